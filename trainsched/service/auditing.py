"""The roster scored as it is."""

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import PrivateAttr

from trainsched import __version__
from trainsched.domain.audit import Audit as DomainAudit
from trainsched.domain.organisation import Organisation
from trainsched.domain.progress import ProgressListener
from trainsched.reports.background import Background, names_of

if TYPE_CHECKING:
    import pandas as pd


class Audit(DomainAudit):
    """The roster scored as it is, with names for reports."""

    _background: Background = PrivateAttr()

    @property
    def background(self) -> Background:
        """What reports need beside the audit: names and titles."""
        return self._background

    def tables(self) -> "dict[str, pd.DataFrame]":
        """The audit as data frames: cover, short, trainees, trainers, competences, broken."""
        from trainsched.reports.audit_tables import audit_tables

        return audit_tables(self, self._background)

    def write(self, folder: Path | str, *, force: bool = False) -> Path:
        """Write audit.json and the tables as CSV, whole or not at all; return the folder.

        Raises FolderExistsError if something is there already and ``force`` is not given.
        """
        from trainsched.reports.document_folder import write_document

        return write_document(Path(folder), "audit", self.to_json(), self.tables(), force=force)


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
    from trainsched.roster_audit import audit_organisation

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
