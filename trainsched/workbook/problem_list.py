"""Everything that is found wrong while reading, in one place, in one order."""

from collections.abc import Mapping, Sequence

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string

from trainsched.domain.problems import Place, Problem, Severity
from trainsched.workbook.cells.text import text_of

_RANK = {severity: number for number, severity in enumerate(Severity)}


class ProblemList:
    """Problems as they are found. Equal ones of a sheet become one problem with all its cells."""

    def __init__(self) -> None:
        self._cells: dict[tuple[Severity, str | None, str | None, str, str], dict[str, None]] = {}

    def add(
        self,
        severity: Severity,
        place: Place | None,
        problem: str,
        remedy: str = "",
        *,
        value: object = None,
        cells: Sequence[str] = (),
    ) -> None:
        """Note a problem at a place, or at several ``cells`` of its sheet (the first leads)."""
        sheet = place.sheet if place is not None else None
        shown = None if value is None else text_of(value)
        listed = self._cells.setdefault((severity, sheet, shown, problem, remedy), {})
        if place is not None and place.cell:
            listed[place.cell] = None
        listed.update(dict.fromkeys(cells))

    def error(self, place: Place | None, problem: str, remedy: str, value: object = None) -> None:
        """Note an error: no plan is made until it is mended."""
        self.add(Severity.ERROR, place, problem, remedy, value=value)

    def warning(self, place: Place | None, problem: str, remedy: str, value: object = None) -> None:
        """Note a warning: the plan is made, on the reading that is said."""
        self.add(Severity.WARNING, place, problem, remedy, value=value)

    def notice(self, place: Place | None, problem: str, remedy: str = "") -> None:
        """Note what the reader did, for information."""
        self.add(Severity.NOTICE, place, problem, remedy)

    @property
    def has_errors(self) -> bool:
        """Whether there is any error."""
        return any(severity is Severity.ERROR for severity, *_ in self._cells)

    def problems(self, sheet_order: Mapping[str, int]) -> tuple[Problem, ...]:
        """All problems: errors first, then by sheet, row and column."""
        made = [
            Problem(
                severity=severity,
                sheet=sheet,
                cell=next(iter(cells), None),
                cells=tuple(cells),
                value=value,
                problem=problem,
                remedy=remedy,
            )
            for (severity, sheet, value, problem, remedy), cells in self._cells.items()
        ]

        def order(problem: Problem) -> tuple[int, int, tuple[int, int], str]:
            page = sheet_order.get(problem.sheet or "", -1)
            return (_RANK[problem.severity], page, _row_and_column(problem.cell), problem.problem)

        return tuple(sorted(made, key=order))


def _row_and_column(cell: str | None) -> tuple[int, int]:
    if cell is None:
        return (0, 0)
    letters, row = coordinate_from_string(cell)
    return (row, column_index_from_string(letters))
