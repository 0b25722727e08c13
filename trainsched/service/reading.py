"""Reading workbooks and plans."""

import dataclasses
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from pydantic import PrivateAttr

from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan as DomainPlan
from trainsched.domain.problems import Problem, Severity, WorkbookError

if TYPE_CHECKING:
    from trainsched.workbook import Reading
    from trainsched.workbook.mapping import Mapping as Answers


class WorkbookOrganisation(Organisation):
    """An organisation that knows which file it was read from, and what was odd about it."""

    _input_file: str = PrivateAttr(default="")
    _input_sha256: str = PrivateAttr(default="")
    _mapping_file: str = PrivateAttr(default="")
    _mapping_sha256: str = PrivateAttr(default="")
    _problems: tuple[Problem, ...] = PrivateAttr(default=())

    @property
    def input_file(self) -> str:
        """The name of the file, without its folder; "" where the facts were changed since."""
        return self._input_file

    @property
    def input_sha256(self) -> str:
        """The SHA-256 of the file as it was read; "" where the facts were changed since."""
        return self._input_sha256

    @property
    def mapping_file(self) -> str:
        """The name of the file of answers that was used for the reading; "" for none."""
        return self._mapping_file

    @property
    def mapping_sha256(self) -> str:
        """The SHA-256 of the file of answers; "" where there was none."""
        return self._mapping_sha256

    @property
    def problems(self) -> tuple[Problem, ...]:
        """The warnings, questions and notices of the reading; no errors."""
        return self._problems

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """A copy. With other facts in it, it is no longer what the file says."""
        copied = super().model_copy(update=update, deep=deep)
        if update:
            copied._input_file = ""
            copied._input_sha256 = ""
            copied._mapping_file = ""
            copied._mapping_sha256 = ""
        return copied


def read_workbook(path: Path | str, *, models: Path | str | None = None) -> WorkbookOrganisation:
    """Read a workbook. Raises WorkbookError, with every problem found, if it has errors.

    ``models`` is a folder to read policies, codes, programmes and costs from, instead of our own.
    """
    from trainsched.workbook.mapping import load_mapping

    path = Path(path)
    mapping = load_mapping(path)
    reading = _read_with_answers(path, models, mapping)
    if reading.organisation is None:
        raise WorkbookError(tuple(reading.problems))
    facts = {name: getattr(reading.organisation, name) for name in Organisation.model_fields}
    organisation = WorkbookOrganisation.model_construct(**facts)
    organisation._input_file = path.name
    organisation._input_sha256 = sha256_of(path)
    organisation._mapping_file = mapping.file if mapping.sha256 else ""
    organisation._mapping_sha256 = mapping.sha256
    organisation._problems = tuple(reading.problems)
    return organisation


def check_workbook(path: Path | str, *, models: Path | str | None = None) -> "Reading":
    """Read a workbook with the answers kept beside it. Never raises for what is in the file.

    ``models`` is as for ``read_workbook``. A workbook of which only headings are filled in is a
    sound template: what it lacks is then no error, though nothing can be planned.
    """
    from trainsched.workbook.mapping import load_mapping

    reading = _read_with_answers(Path(path), models, load_mapping(Path(path)))
    if not _only_headings(reading):
        return reading
    kinder = tuple(
        problem.model_copy(update={"severity": Severity.WARNING})
        if problem.severity is Severity.ERROR
        else problem
        for problem in reading.problems
    )
    return dataclasses.replace(reading, problems=kinder)


def _only_headings(reading: "Reading") -> bool:
    """Whether no sheet but Settings has a row, and all errors say just that of their sheet."""
    rows = sum(
        counts.rows_used + counts.rows_reported
        for sheet, counts in reading.counts.items()
        if sheet != "Settings"
    )
    errors = [one for one in reading.problems if one.severity is Severity.ERROR]
    return rows == 0 and all(one.sheet in reading.counts and one.cell is None for one in errors)


def _read_with_answers(path: Path, models: Path | str | None, mapping: "Answers") -> "Reading":
    from trainsched import workbook
    from trainsched.workbook.mapping import said_of

    models_dir = None if models is None else Path(models)
    reading = workbook.load(path, models_dir=models_dir, mapping=mapping)
    if not reading.counts:
        # Refused as a whole: that is the one thing to say.
        return reading
    said = said_of(mapping, (*reading.staff_ids, *reading.trainee_ids))
    return dataclasses.replace(reading, problems=(*reading.problems, *said))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, or of the names and contents of a folder's csv files in order."""
    if path.is_file():
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256()
    for file_path in sorted(p for p in path.iterdir() if p.suffix.lower() == ".csv"):
        digest.update(file_path.name.encode() + b"\0" + file_path.read_bytes() + b"\0")
    return digest.hexdigest()


def read_plan(path: Path | str, organisation: Organisation) -> DomainPlan:
    """Read a plan from plan.json, plan.xlsx or a run's folder. Raises WorkbookError."""
    from trainsched import workbook

    path = Path(path)
    return workbook.read_plan(path / "plan.json" if path.is_dir() else path, organisation)
