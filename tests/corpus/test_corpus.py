"""Every mess of the corpus is read exactly as stated beside it, or refused as stated."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus import (  # noqa: F401 - each adds its files to the corpus
    messy_alone,
    messy_codes,
    messy_dates,
    messy_files,
    messy_layouts,
    messy_looks,
    messy_people,
)
from tests.corpus.frame import MESSES, TODAY, Mess, problems_of, said_by
from trainsched.workbook import load


@pytest.mark.parametrize("one", MESSES, ids=lambda one: one.name)
def test_a_mess_is_read_exactly(one: Mess, tmp_path: Path) -> None:
    reading = load(one.build(tmp_path), today=TODAY)
    if one.refused:
        (problem,) = reading.problems
        assert one.refused in problem.problem
        assert (problem.sheet, problem.cell) == (None, None)
        assert problem.remedy
        return
    assert said_by(reading) == one.says
    assert problems_of(reading) == one.problems
    for name, (read, used, reported, skipped) in reading.counts.items():
        assert read == used + reported + skipped, name
        assert min(read, used, reported, skipped) >= 0, name
