"""Why not, and what would."""

import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import PrivateAttr

from trainsched import __version__
from trainsched.domain.explanation import Explanation as DomainExplanation
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.progress import ProgressListener
from trainsched.reports.background import Background, background_of
from trainsched.service.refusals import BrokenPlan

if TYPE_CHECKING:
    import pandas as pd


class Explanation(DomainExplanation):
    """Why sessions are not in a plan and what would place them, with names for reports."""

    _background: Background = PrivateAttr()

    @property
    def background(self) -> Background:
        """What reports need beside the explanation: names and titles."""
        return self._background

    def tables(self) -> "dict[str, pd.DataFrame]":
        """The explanation as data frames: causes, items, facts, unlocks and could_take."""
        from trainsched.reports.explanation_tables import explanation_tables

        return explanation_tables(self, self._background)

    def write(self, folder: Path | str, *, force: bool = False) -> Path:
        """Write explain.json and the tables as CSV, whole or not at all; return the folder.

        Raises FolderExistsError if something is there already and ``force`` is not given.
        """
        from trainsched.reports.document_folder import write_document

        return write_document(Path(folder), "explain", self.to_json(), self.tables(), force=force)


def explain(  # noqa: PLR0913 - each option of the command by its name
    organisation: Organisation,
    plan: DomainPlan,
    *,
    trainee: str | None = None,
    activity: str | None = None,
    time_limit: float | None = None,
    seed: int = 0,
    models: Path | str | None = None,
    progress: ProgressListener | None = None,
    stop: threading.Event | None = None,
) -> Explanation:
    """Say why a plan leaves out what it does, and what would place it.

    ``trainee`` and ``activity`` narrow it down. ``time_limit`` is in seconds; what it does not
    suffice for is named. Raises BrokenPlan with the findings if the plan breaks a rule, and
    UnknownNameError for a trainee or an activity that the workbook does not have.
    """
    from trainsched import checker
    from trainsched.declared import load_costs
    from trainsched.planning.explanation import Only, explain_plan

    _must_know(trainee, "trainee", organisation.trainee_by_id)
    _must_know(activity, "activity", organisation.activity_by_code)
    findings = checker.check(organisation, plan)
    if findings:
        raise BrokenPlan(findings)
    found = explain_plan(
        organisation,
        plan,
        costs=load_costs(models_dir=models),
        only=Only(trainee, activity),
        time_limit=time_limit,
        seed=seed,
        progress=progress,
        stop=stop,
    )
    explained = Explanation(**{n: getattr(found, n) for n in DomainExplanation.model_fields})
    explained._background = background_of(organisation, plan, program_version=__version__)
    return explained


def _must_know(name: str | None, what: str, known: Mapping[str, object]) -> None:
    from trainsched.reports.figures import UnknownNameError

    if name is not None and name not in known:
        have = ", ".join(sorted(known)) or "none"
        raise UnknownNameError(f"There is no {what} {name} in this workbook. It has: {have}.")
