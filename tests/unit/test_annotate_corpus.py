"""Every file of the messy corpus can be marked, and its marked copy is read as the file was."""

import importlib
from pathlib import Path

import openpyxl
import pytest

from tests.corpus.frame import MESSES, TODAY, Mess
from trainsched.workbook import Reading, load
from trainsched.workbook.annotate import annotate

for _path in sorted((Path(__file__).parents[1] / "corpus").glob("messy_*.py")):
    importlib.import_module(f"tests.corpus.{_path.stem}")


def entries(reading: Reading) -> list[tuple[str, ...]]:
    return [tuple(map(str, entry)) for entry in reading.roster_reading]


@pytest.mark.parametrize("one", MESSES, ids=lambda one: one.name)
def test_a_marked_mess_is_read_as_it_was(one: Mess, tmp_path: Path) -> None:
    path = one.build(tmp_path)
    before = load(path, today=TODAY)
    if not before.counts:
        return
    out = tmp_path / "marked.xlsx"
    lost = annotate(path, out, before.problems)
    book = openpyxl.load_workbook(out)
    page = book.worksheets[0]
    assert page.title.startswith("Problems")
    assert page.max_row == max(4, 4 + len(before.problems))
    if lost and "as they were read" in lost[0]:
        return
    after = load(out, today=TODAY)
    assert entries(after) == entries(before)
    assert [(p.sheet, p.cells, p.problem) for p in after.problems] == [
        (p.sheet, p.cells, p.problem) for p in before.problems
    ]
