"""Dates in every form (cases 14 to 20 of the list of messes)."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.corpus.frame import DAYS, WEEK, book, mess, page_of, says, week

_WEEK = says(week("S1", "absent work QC - on_call"))
_CODES = ["Alma Birch", "AL", "D", "Linac QC", None, "OC"]


def _headed(*headings: Any) -> dict[str, Any]:
    return {"Roster": [["Name", *headings], _CODES]}


@mess(_WEEK)
def iso_text(folder: Path) -> Any:
    return _headed("2026-09-07", "2026-09-08", "2026-09-09", "2026-09-10", "2026-09-11")


@mess(_WEEK)
def day_first_text(folder: Path) -> Any:
    return _headed("07/09/2026", "8/9/26", "09-09-2026", "10.09.2026", "11/09/26")


@mess(_WEEK)
def day_and_month_in_words(folder: Path) -> Any:
    return _headed("7th September", "8th September", "9th Sept", "10th Sep", "11 September")


@mess(_WEEK)
def weekday_day_and_month(folder: Path) -> Any:
    return _headed("Mon 7 Sep", "Tue 8 Sep", "Weds 9 Sep", "Thurs 10 Sep", "Friday 11th September")


@mess(_WEEK)
def month_before_day(folder: Path) -> Any:
    return _headed("Sep 7", "Sep 8", "September 9th", "Sept 10", "Sep 11, 2026")


@mess(_WEEK)
def day_and_month_in_digits(folder: Path) -> Any:
    return _headed("7/9", "8/9", "9/9", "10/9", "11/9")


@mess(says(week("S1", "absent work QC - on_call", date(2026, 9, 28))))
def month_on_top_of_day_numbers(folder: Path) -> Any:
    return {"Roster": [["", "September 2026", None, None, "October 2026"],
                       ["Name", 28, 29, 30, 1, 2], _CODES]}  # fmt: skip


@mess(says(week("S1", "absent work QC - on_call", date(2026, 9, 28))))
def day_numbers_that_run_into_the_next_month(folder: Path) -> Any:
    return {"Roster": [["Rota for September"], ["Name", 28, 29, 30, 1, 2], _CODES]}


@mess(_WEEK)
def ordinals_under_a_month_with_weekdays_between(folder: Path) -> Any:
    return {"Roster": [["Sep-26"], ["", "Mon", "Tue", "Wed", "Thu", "Fri"],
                       ["Name", "7th", "8th", "9th", "10th", "11th"], _CODES]}  # fmt: skip


@mess(says(week("S1", "- work QC - on_call"), week("S1", "absent work", date(2026, 9, 14))))
def week_commencing_over_weekdays(folder: Path) -> Any:
    return {"Roster": [
        ["", "w/c 07/09/26", None, None, None, None, "w/c 14/09/26"],
        ["Name", "Mon", "Tue", "Wed", "Thu", "Fri", "Mon", "Tue"],
        ["Alma Birch", None, "D", "Linac QC", None, "OC", "AL", "D"],
    ]}  # fmt: skip


@mess(says(week("S1", "- work QC - on_call", date(2026, 9, 14))))
def week_commencing_in_the_title(folder: Path) -> Any:
    return {"Roster": [["Physics rota week commencing 14th September"], [],
                       ["Name", "Mon", "Tue", "Wed", "Thu", "Fri"],
                       ["Alma Birch", None, "D", "Linac QC", None, "OC"]]}  # fmt: skip


@mess(
    says(
        week("S1", "absent absent absent absent absent absent absent"),
        week("S1", "on_call on_call on_call on_call on_call on_call on_call", date(2026, 9, 14)),
    )
)
def one_column_for_a_whole_week(folder: Path) -> Any:
    return {"Roster": [["Name", "w/c 7 Sep", "w/c 14 Sep"], ["Alma Birch", "AL", "OC"]]}


@mess(says(week("S1", "absent", date(2026, 9, 21)), week("S1", "busy", date(2026, 9, 30))))
def week_numbers_of_the_plan_over_weekdays(folder: Path) -> Any:
    return {"Roster": [["", "Wk 3", None, None, "Week 4"], ["Name", "Mon", "Tue", "Wed", "Wed"],
                       ["Alma Birch", "AL", None, None, "MTG"]]}  # fmt: skip


@mess(says(week("S1", "absent absent - absent work", date(2026, 12, 30))),
      "notice Roster!F2")  # fmt: skip
def a_new_year_without_years(folder: Path) -> Any:
    return {"Roster": [["Name", "30 Dec", "31 Dec", "1 Jan", "2 Jan", "3 Jan"],
                       ["Alma Birch", "AL", "AL", None, "AL", "D"]]}  # fmt: skip


@mess(says(week("S1", "absent work QC - on_call")), "warning Roster!D1")
def a_mistyped_year(folder: Path) -> Any:
    return _headed(DAYS[0], DAYS[1], date(2027, 9, 9), DAYS[3], DAYS[4])


@mess(says(week("S1", "absent work QC - on_call")), "warning Roster!D1")
def a_mistyped_day(folder: Path) -> Any:
    return _headed("7 Sep", "8 Sep", "19 Sep", "10 Sep", "11 Sep")


@mess(says(week("S1", "absent work QC - on_call")), "warning Roster!D2")
def zero_typed_for_a_day(folder: Path) -> Any:
    return {"Roster": [["Sept 2026"], ["Name", 7, 8, 0, 10, 11], _CODES]}


@mess(says(week("S1", "absent work - - on_call")), "warning Roster!D1")
def a_date_that_may_be_either_of_two(folder: Path) -> Any:
    """The third column may be 9 or 10 September."""
    return {"Roster": [["Name", "7 Sep", "8 Sep", "29 Aug", "11 Sep", "12 Sep"],
                       ["Alma Birch", "AL", "D", "Linac QC", "OC", None]]}  # fmt: skip


@mess(_WEEK, "warning Roster!C1")
def a_date_that_does_not_exist(folder: Path) -> Any:
    return _headed("07/09/2026", "38/09/2026", "09/09/2026", "10/09/2026", "11/09/2026")


@mess(_WEEK, "warning Roster!C1")
def an_error_in_a_heading(folder: Path) -> Any:
    made = book(_headed(*WEEK))
    page_of(made)["C1"] = "#REF!"
    page_of(made)["C1"].data_type = "e"
    return made


@mess(_WEEK, "warning Roster!C1")
def a_weekday_that_does_not_fit(folder: Path) -> Any:
    return _headed("Mon 7 Sep 2026", "Wed 8 Sep 2026", "Wed 9 Sep 2026", "Thu 10 Sep 2026",
                   "Fri 11 Sep 2026")  # fmt: skip


@mess(_WEEK)
def serial_numbers(folder: Path) -> Any:
    return _headed(46272, 46273, 46274.0, 46275, 46276)


@mess(_WEEK)
def dates_counted_from_1904(folder: Path) -> Any:
    made = book(_headed(44810, 44811, 44812, 44813, 44814))
    made.epoch = CALENDAR_MAC_1904
    return made


@mess(_WEEK)
def dates_with_times(folder: Path) -> Any:
    return _headed(
        *(datetime.combine(DAYS[n], time(8, 30)) for n in range(4)), "2026-09-11 00:00:00"
    )


@mess(says(week("S1", "absent work"), week("S1", "- on_call", date(2026, 9, 10))),
      "warning Roster!D1")  # fmt: skip
def a_formula_never_calculated_in_a_heading(folder: Path) -> Any:
    return {"Roster": [["Name", DAYS[0], DAYS[1], "=C1+2", DAYS[4]],
                       ["Alma Birch", "AL", "D", None, "OC"]]}  # fmt: skip


@mess(says(week("S1", "absent - on_call")))
def a_bank_holiday_in_the_heading(folder: Path) -> Any:
    return {"Roster": [["Name", "Mon 7 Sep BH", "Tue 8 Sep", "Wed 9 Sep"],
                       ["Alma Birch", "AL", None, "OC"]]}  # fmt: skip


@mess(says(week("S1", "absent/work busy/busy work/absent absent -/work")),
      "notice Roster!B1")  # fmt: skip
def shift_times_in_cells(folder: Path) -> Any:
    return {"Roster": [["Name", date(2026, 9, 6), *WEEK],
                       ["Alma Birch", None, "13:00-17:00", "09:00 16:00", "08:00 - 12:30", "00:00",
                        "D pm"]]}  # fmt: skip


@mess((), "error Roster!B1; error Roster!C1; error Roster!D1; error Roster!E1")
def dates_with_the_month_first(folder: Path) -> Any:
    return _headed("09/07/2026", "09/08/2026", "09/09/2026", "09/10/2026")


@mess(
    says(week("S1", "on_call on_call on_call on_call on_call on_call on_call", date(2026, 9, 21)))
)
def one_column_for_a_numbered_week(folder: Path) -> Any:
    return {"Roster": [["Name", "Wk 1", "Wk 2", "Wk 3"], ["Alma Birch", None, None, "OC"]]}


@mess(says(week("S1", "busy busy busy busy busy busy busy")), "warning Roster!B1")
def mondays_alone(folder: Path) -> Any:
    return {"Roster": [["Name", DAYS[0], DAYS[7], date(2026, 9, 21)], ["Alma Birch", "MTG"]]}


def _american(*days: date) -> list[str]:
    return [f"{day:%m/%d/%Y}" for day in days]


_AMERICAN = DAYS[:10]


@mess(week("S1", "absent " * 10), [f"warning Roster!{letter}1" for letter in "BCDEFGHIJK"])
def american_dates_of_which_some_can_be_nothing_else(folder: Path) -> Any:
    return {"Roster": [["Name", *_american(*_AMERICAN)], ["Alma Birch", *["AL"] * 10]]}


@mess(week("S1", "absent " * 10), [f"warning Roster!{letter}1" for letter in "BCDEFGHIJK"])
def american_dates_half_turned_into_dates_by_excel(folder: Path) -> Any:
    heads = [
        day.replace(month=day.day, day=day.month) if day.day <= 12 else text
        for day, text in zip(_AMERICAN, _american(*_AMERICAN), strict=True)
    ]
    return {"Roster": [["Name", *heads], ["Alma Birch", *["AL"] * 10]]}


_PLANNED = says("S1 07/09 absent", "S1 08/10 work", "S1 09/11 absent")


@mess(_PLANNED)
def a_year_planned_with_a_row_a_month(folder: Path) -> Any:
    rows = [["September", *_days({7: "AL"})], ["October", *_days({8: "D"})],
            ["November", *_days({9: "AL"})]]  # fmt: skip
    return {"Roster": [["Alma Birch"], ["", *range(1, 31)], *rows]}


@mess(_PLANNED)
def a_year_planned_with_a_column_a_month(folder: Path) -> Any:
    said = {7: ["AL"], 8: [None, "D"], 9: [None, None, "AL"]}
    heads = ["", "September 2026", "October 2026", "November 2026"]
    rows = [[day, *said.get(day, [])] for day in range(1, 31)]
    return {"Roster": [["Planner: Alma Birch"], heads, *rows]}


def _days(said: dict[int, str]) -> list[str | None]:
    return [said.get(day) for day in range(1, 31)]
