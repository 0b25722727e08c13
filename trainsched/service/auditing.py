"""The roster scored as it is."""

import threading

from pydantic import PrivateAttr

from trainsched import __version__
from trainsched.domain.audit import Audit as DomainAudit
from trainsched.domain.organisation import Organisation
from trainsched.domain.progress import ProgressListener
from trainsched.reports.background import Background, names_of


class Audit(DomainAudit):
    """The roster scored as it is, with names for reports."""

    _background: Background = PrivateAttr()

    @property
    def background(self) -> Background:
        """What reports need beside the audit: names and titles."""
        return self._background


def audit(
    organisation: Organisation,
    *,
    with_plans: bool = True,
    time_limit: float | None = None,
    seed: int = 0,
    workers: int | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Audit:
    """Score the roster as it is; change nothing.

    ``with_plans``: also work out how much training fits, with every rostered duty left with its
    person, and as ``plan`` would do it. ``time_limit`` is in seconds for both together. Raises
    WorkbookError for pins that cannot hold.
    """
    from trainsched.audit import audit_organisation

    found = audit_organisation(
        organisation,
        with_plans=with_plans,
        time_limit=time_limit,
        seed=seed,
        workers=workers,
        progress=progress,
        stop=stop,
    )
    scored = Audit(**{name: getattr(found, name) for name in DomainAudit.model_fields})
    scored._background = names_of(organisation, program_version=__version__)
    return scored
