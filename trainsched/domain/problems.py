"""What is wrong with an input: where, what, and how to mend it."""

from enum import StrEnum

from trainsched.domain.facts import Facts


class Severity(StrEnum):
    """How much a problem matters. Only errors stop a plan."""

    ERROR = "error"
    WARNING = "warning"
    QUESTION = "question"
    NOTICE = "notice"


class Place(Facts):
    """Where something stands in the workbook: sheet and cell address, or the sheet alone."""

    sheet: str
    cell: str | None = None

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class Problem(Facts):
    """One fault or question of the input. ``cells`` are all addresses it stands in, in order."""

    severity: Severity
    sheet: str | None = None
    cell: str | None = None
    cells: tuple[str, ...] = ()
    value: str | None = None
    problem: str
    remedy: str = ""

    @property
    def where(self) -> str:
        """``Sheet!Cell``, the sheet alone, or "" for the whole file."""
        if self.sheet is None:
            return ""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


class WorkbookError(Exception):
    """The input has errors. ``problems`` holds every problem found, warnings included."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        errors = [problem for problem in problems if problem.severity is Severity.ERROR]
        lines = [f"{p.where}: {p.problem} {p.remedy}".strip(": ") for p in errors]
        super().__init__("\n".join(lines) or "the workbook could not be read")

    def __reduce__(self) -> tuple[type["WorkbookError"], tuple[tuple[Problem, ...]]]:
        """Let the error go from one process to another with its problems."""
        return type(self), (self.problems,)
