"""What headings say of dates, and how a line of them becomes dates."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from trainsched.domain.calendar import PlanCalendar
from trainsched.workbook.cells.clues import Clue, clue_of, context_of
from trainsched.workbook.roster.sequence import are_month_first, date_line

PLAN = PlanCalendar(start_date=date(2026, 9, 7), weeks=20, periods=())


@pytest.mark.parametrize(
    ("heading", "parts"),
    [
        ("2026-09-01", (1, 9, 2026)), ("01/09/26", (1, 9, 2026)), ("1/9", (1, 9, None)),
        ("7th August", (7, 8, None)), ("Mon 1 Sep", (1, 9, None)), ("3rd", (3, None, None)),
        ("Aug-22", (None, 8, 2022)), ("Aug 22", (22, 8, None)), ("Sep \u201926", (None, 9, 2026)),
        (46000, (9, 12, 2025)), (9, (9, None, None)), (2018, (None, None, 2018)),
        ("W/C 07/09/2026", (7, 9, 2026)), ("Wed 2 September 2026 BH", (2, 9, 2026)),
    ],
)  # fmt: skip
def test_parts_of_a_date(heading: Any, parts: tuple[int | None, ...]) -> None:
    clue = clue_of(heading)
    assert clue is not None
    assert clue[:3] == parts
    assert not clue.broken


@pytest.mark.parametrize("text", ["AL", "D", "OC", "Mat", "SPR", "AL am", "B7", "08:30 17:00",
                                  "1/2 AL", "swap 3", "", "Long Day", 7.5, None])  # fmt: skip
def test_what_is_no_date(text: Any) -> None:
    assert clue_of(text) is None


@pytest.mark.parametrize("text", ["31/09/2026", "30 Feb", "04/13/2026", 0, "45"])
def test_what_was_meant_as_a_date(text: Any) -> None:
    clue = clue_of(text)
    assert clue is not None
    assert clue.broken


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Physics rota - September 2026", Clue(month=9, year=2026)),
        ("Sept 26", Clue(month=9, year=2026)),
        ("Rota w/c 7 September", Clue(7, 9, commencing=True)),
        ("Roster Wk 12", Clue(week=12)),
        ("Roster NM", None),
    ],
)
def test_titles(title: str, said: Clue | None) -> None:
    assert context_of(title) == said


def line(*headings: Any) -> list[str]:
    """The dates of a line; mended ones with a star, lost ones as a question mark."""
    clues = {n: clue for n, h in enumerate(headings) if (clue := clue_of(h)) is not None}
    made = date_line(clues, PLAN)
    return [
        "?" if n in made.lost else f"{made.dates[n]:%d/%m/%y}" + "*" * (n in made.mended)
        for n in clues
    ]


@pytest.mark.parametrize(
    ("headings", "dates"),
    [
        (("30 Dec", "31 Dec", "1 Jan"), ["30/12/26", "31/12/26", "01/01/27"]),
        ((29, 30, 1), ["29/09/26", "30/09/26", "01/10/26"]),
        (("7/9/26", "8/9/26", "9/9/27", "10/9/26", "11/9/26"),
         ["07/09/26", "08/09/26", "09/09/26*", "10/09/26", "11/09/26"]),
        (("7 Sep", "8 Sep", "8 Sep", "10 Sep", "11 Sep"),
         ["07/09/26", "08/09/26", "09/09/26*", "10/09/26", "11/09/26"]),
        (("5 Sep", "7 Sep", "18 Sep", "10 Sep", "11 Sep"),
         ["05/09/26", "07/09/26", "?", "10/09/26", "11/09/26"]),
        (("11 Sep", "14 Sep", "51 Sep", "16 Sep"),
         ["11/09/26", "14/09/26", "15/09/26*", "16/09/26"]),
        (("w/c 7 Sep", "w/c 14 Sep", "w/c 12 Sep", "w/c 28 Sep"),
         ["07/09/26", "14/09/26", "21/09/26*", "28/09/26"]),
    ],
)  # fmt: skip
def test_lines_of_dates(headings: tuple[Any, ...], dates: list[str]) -> None:
    assert line(*headings) == dates


def test_dates_with_the_month_first_are_told_apart() -> None:
    def clues(*texts: str) -> dict[int, Clue]:
        return {n: clue for n, text in enumerate(texts) if (clue := clue_of(text)) is not None}

    assert are_month_first(clues("09/07/2026", "09/08/2026", "09/09/2026"))
    assert not are_month_first(clues("07/09/2026", "08/09/2026", "09/09/2026"))
    assert not are_month_first(clues("07/09/2026", "07/10/2026"))
