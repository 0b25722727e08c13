"""Cells whose meaning is not known or open to question: all are ``busy``, and said so."""

from typing import NamedTuple

from trainsched.domain.problems import Place, Severity
from trainsched.domain.roster import code_key
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.roster.codebook import (
    NOT_KNOWN,
    SEVERAL_MEANINGS,
    UNSETTLED,
    CellReading,
)
from trainsched.workbook.roster.legend import Legend

_REMEDIES = {
    Severity.QUESTION: "Answer with a row on the Codes sheet.",
    Severity.WARNING: "Add it to the Codes sheet with its meaning, or mend the cell.",
}
_SETTLE = "Write the code without the question mark if it holds; clear the cell if it does not."
_READ_AS_BUSY = "it is read as busy: at work, but free for neither cover nor training"


class _Doubt(NamedTuple):
    """What is in doubt, on a sheet. ``is_code``: the code, which a key may explain."""

    is_question: bool
    sheet: str
    text: str
    problem: str
    remedy: str = ""
    is_code: bool = False


class Doubts:
    """Gathers doubts with their cells, and notes them when the whole file has been read."""

    def __init__(self, problems: ProblemList) -> None:
        self._problems = problems
        self._cells: dict[_Doubt, dict[str, None]] = {}

    def of_reading(self, reading: CellReading, text: str, sheet: str, cell: str) -> None:
        """A cell that the code book did not understand, or of which it asks something."""
        is_code = reading.trouble in {NOT_KNOWN, SEVERAL_MEANINGS}
        problem = f"{reading.trouble}; {_READ_AS_BUSY}."
        if reading.question:
            problem = f"{reading.question} Until this is answered, {_READ_AS_BUSY}."
        remedy = _SETTLE if reading.trouble == UNSETTLED else ""
        doubt = _Doubt(bool(reading.question), sheet, text, problem, remedy, is_code)
        self._cells.setdefault(doubt, {})[cell] = None

    def add(self, trouble: str, text: str, sheet: str, cell: str, remedy: str = "") -> None:
        """A cell that cannot be used as it stands, for another reason."""
        doubt = _Doubt(False, sheet, text, f"{trouble}; {_READ_AS_BUSY}.", remedy)
        self._cells.setdefault(doubt, {})[cell] = None

    def places(self, *, questions: bool) -> list[str]:
        """The cells that are open to question, or that were not understood: ``Sheet!A1``."""
        return [
            f"{doubt.sheet}!{cell}"
            for doubt, cells in self._cells.items()
            if doubt.is_question is questions
            for cell in cells
        ]

    def note(self, legend: Legend) -> None:
        """Note all of them. ``legend`` tells what the sheets' own keys say of the codes."""
        texts = dict.fromkeys(doubt.text for doubt in self._cells if doubt.is_code)
        entries = {(doubt.sheet, cell) for doubt, cells in self._cells.items() for cell in cells}
        keys = legend.find(texts, entries)
        proposals = {key: legend.proposal(entry) for key, entry in keys.items()}
        for doubt, cells in self._cells.items():
            severity = Severity.QUESTION if doubt.is_question else Severity.WARNING
            remedy = doubt.remedy or _REMEDIES[severity]
            if doubt.is_code:
                remedy = proposals.get(code_key(doubt.text), remedy)
            self._problems.add(
                severity,
                Place(sheet=doubt.sheet, cell=next(iter(cells))),
                doubt.problem,
                remedy,
                value=doubt.text,
                cells=list(cells),
            )
