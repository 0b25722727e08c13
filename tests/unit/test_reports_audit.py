"""The audit's table of duties: nothing is cut off at 80 characters, and no empty column shown."""

import io
from datetime import date

import pytest
from rich.console import Console

from trainsched.domain.audit import DutyAudit, ShortSlot
from trainsched.reports.audit import print_duties

DATES = (date(2027, 3, 31), date(2027, 4, 2), date(2027, 4, 5), date(2027, 4, 6))


def duty(department: str, name: str, dates: tuple[date, ...] = ()) -> DutyAudit:
    return DutyAudit(
        department=department,
        duty=name,
        priority="must",
        needed=1234,
        rostered=1000,
        short_as_rostered=234,
        short_at_best=len(dates),
        slots=tuple(ShortSlot(date=d, period="AM", as_rostered=0, at_best=1) for d in dates),
    )


def shown(cover: tuple[DutyAudit, ...], width: int = 80) -> str:
    stream = io.StringIO()
    print_duties(cover, Console(file=stream, width=width, markup=False, highlight=False))
    return stream.getvalue().replace("\u00a0", " ")


@pytest.mark.parametrize("width", [80, 120])
def test_dates_and_words_stay_whole(width: int) -> None:
    text = shown((duty("NM", "Incident coordinator", DATES), duty("RT", "Plan checking")), width)
    for word in ("Incident", "coordinator", "Wed 31 Mar", "Mon 5 Apr", "and 1 more"):
        assert word in text
    assert "Tue 6 Apr" not in text
    assert max(len(line) for line in text.splitlines()) <= width


def test_columns_that_say_nothing_are_left_out() -> None:
    text = shown((duty("RT", "Plan checking"), duty("RT", "Brachytherapy theatre")))
    assert "Department" not in text
    assert "Short on" not in text
    assert "Brachytherapy theatre" in text
