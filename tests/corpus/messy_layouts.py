"""Grids laid out in every way (cases 1 to 13, 38, 42, 45 of the list of messes)."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.corpus.frame import DAYS, MONDAY, WEEK, book, mess, page_of, says, week

_PLAIN = says(week("S1", "absent work QC - on_call"), week("T1", "work - absent busy work"))
_ROWS = [["Alma Birch", "AL", "D", "Linac QC", None, "OC"],
         ["Isla Jory", "D", None, "UNI", "MTG", "D"]]  # fmt: skip


@mess(_PLAIN)
def plain_grid(folder: Path) -> Any:
    return {"Roster": [["Name", *WEEK], *_ROWS]}


@mess(_PLAIN)
def dates_down(folder: Path) -> Any:
    rows = [["Name", *WEEK], *_ROWS]
    return {"Roster": [list(row) for row in zip(*rows, strict=True)]}


@mess(_PLAIN)
def title_rows_and_blank_rows_and_columns(folder: Path) -> Any:
    rows = [[], ["", "Fellside physics rota, version 3 FINAL"], [], ["", "", "Name", *WEEK], []]
    return {"Roster": [*rows, *(["", "", *row] for row in _ROWS)]}


@mess(_PLAIN)
def three_heading_rows(folder: Path) -> Any:
    return {"Roster": [
        ["", "Week 1", None, None, None, None],
        ["", "Mon", "Tue", "Wed", "Thu", "Fri"],
        ["Name", *WEEK],
        *_ROWS,
    ]}  # fmt: skip


@mess(says(week("S1", "absent/QC -/on_call"), week("S2", "work/- busy/busy")))
def am_and_pm_columns_under_dates(folder: Path) -> Any:
    made = book({"Roster": [
        ["Name", DAYS[0], None, DAYS[1], None],
        ["", "Mon", None, "Tue", None],
        ["", "AM", "PM", "AM", "PM"],
        ["Alma Birch", "AL", "Linac QC", None, "OC"],
        ["Bruno Cole", "D", None, "MTG", "MTG"],
    ]})  # fmt: skip
    for cells in ("B1:C1", "D1:E1", "B2:C2", "D2:E2"):
        page_of(made).merge_cells(cells)
    return made


@mess(says(week("S1", "absent/work"), week("S2", "work/QC")))
def am_and_pm_in_the_dates_own_heading(folder: Path) -> Any:
    return {"Roster": [["Name", "Mon 7 Sep AM", "Mon 7 Sep PM"], ["Alma Birch", "AL", "D"],
                       ["Bruno Cole", "D", "Linac QC"]]}  # fmt: skip


@mess(says(week("S1", "absent/work QC/-"), week("S2", "-/busy work/work")))
def am_and_pm_rows_for_every_person(folder: Path) -> Any:
    made = book({"Roster": [
        ["Name", "", *DAYS[:2]],
        ["Alma Birch", "AM", "AL", "Linac QC"],
        [None, "PM", "D", None],
        ["Bruno Cole", "AM", None, "D"],
        [None, "PM", "MTG", "D"],
    ]})  # fmt: skip
    page_of(made).merge_cells("A2:A3")
    return made


@mess(says(week("S1", "absent/work QC/-"), week("T1", "work/- -/absent")))
def dates_down_with_am_and_pm_rows(folder: Path) -> Any:
    made = book({"Roster": [
        ["Date", "", "Alma Birch", "Isla Jory"],
        [DAYS[0], "AM", "AL", "D"],
        [None, "PM", "D", None],
        [DAYS[1], "AM", "Linac QC", None],
        [None, "PM", None, "UNI"],
    ]})  # fmt: skip
    page_of(made).merge_cells("A2:A3")
    return made


@mess(says(week("S1", "absent work", date(2026, 9, 29)), week("S1", "absent", date(2026, 10, 1)),
           week("S2", "on_call", date(2026, 12, 1))))  # fmt: skip
def a_sheet_for_each_month_in_no_order(folder: Path) -> Any:
    return {
        "Roster Dec": [["Name", 1, 2, 3, 4], ["Bruno Cole", "OC", None, None, None]],
        "Roster Sept": [["Name", 28, 29, 30], ["Alma Birch", None, "AL", "D"]],
        "Roster Oct": [["Name", 1, 2, 3, 4], ["Alma Birch", "AL", None, None, None]],
        "Roster Nov": [],
    }


@mess(says(week("S1", "absent - - - work"), week("S1", "on_call", date(2026, 9, 14))))
def a_sheet_for_each_week(folder: Path) -> Any:
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    return {
        "Roster wc 14 Sep": [["Name", *days], ["Alma Birch", "OC"]],
        "Roster Wk 1": [["Name", *days], ["Alma Birch", "AL", None, None, None, "D"]],
    }


@mess(says(week("S1", "absent - - - work"), week("S1", "- on_call", date(2026, 9, 14))),
      "notice Alma Birch")  # fmt: skip
def a_sheet_for_each_person_with_weeks_down(folder: Path) -> Any:
    return {"Alma Birch": [
        ["Week commencing", "Mon", "Tue", "Wed", "Thu", "Fri"],
        ["07/09/2026", "AL", None, None, None, "D"],
        ["14/09/2026", None, "OC", None, None, None],
    ]}  # fmt: skip


@mess(says(week("T1", "absent/work -/busy")), "notice Isla Jory")
def a_sheet_for_a_person_with_dates_down(folder: Path) -> Any:
    return {"Isla Jory": [["Date", "AM", "PM"], [DAYS[0], "AL", "D"], [DAYS[1], None, "MTG"]]}


@mess(says(week("S1", "absent - work"), week("S2", "- on_call"),
           week("S1", "busy", date(2026, 9, 14))))  # fmt: skip
def weeks_of_every_person_one_row_each(folder: Path) -> Any:
    days = ["Mon", "Tue", "Wed", "Thu", "Fri"]
    return {"Roster": [
        ["Name", "W/C", *days],
        ["Alma Birch", MONDAY, "AL", None, "D"],
        ["Bruno Cole", MONDAY, None, "OC"],
        ["Alma Birch", DAYS[7], "MTG"],
    ]}  # fmt: skip


@mess(says(week("S1", "absent work"), week("S1", "on_call", DAYS[7]), week("S2", "busy", DAYS[7])))
def grids_stacked_with_headings_repeated(folder: Path) -> Any:
    return {"Roster": [
        ["Name", *WEEK], ["Alma Birch", "AL", "D"], [], ["Satellite site"],
        ["Name", *DAYS[7:12]], ["Alma Birch", "OC"], ["Bruno Cole", "MTG"],
        ["Total", 1, 0, 0, 0, 0],
    ]}  # fmt: skip


@mess(says(week("S1", "absent work"), week("S3", "CL CL"), week("S2", "- on_call")))
def two_grids_side_by_side(folder: Path) -> Any:
    return {"Roster": [
        ["Radiotherapy", None, None, None, "Nuclear medicine"],
        ["Name", *DAYS[:2], None, "Name", *DAYS[:2]],
        ["Alma Birch", "AL", "D", None, "Cerys Dunn", "Clinic", "Clinic"],
        ["Bruno Cole", None, "OC"],
    ]}  # fmt: skip


@mess(says(week("S1", "absent - work"), week("S1", "on_call", DAYS[7])))
def two_weeks_side_by_side_for_the_same_people(folder: Path) -> Any:
    return {"Roster": [["Name", *DAYS[:3], None, *DAYS[7:10]],
                       ["Alma Birch", "AL", None, "D", None, "OC"]]}  # fmt: skip


@mess(says(week("S1", "absent"), week("S3", "CL")))
def merged_site_labels(folder: Path) -> Any:
    made = book({"Roster": [
        ["Site", "Name", *DAYS[:2]],
        ["Main", "Alma Birch", "AL"],
        [None, "Bruno Cole"],
        ["East", "Cerys Dunn", "Clinic"],
        [None, "Isla Jory"],
    ]})  # fmt: skip
    page_of(made).merge_cells("A2:A3")
    page_of(made).merge_cells("A4:A5")
    return made


@mess(says(week("S1", "absent absent absent - -"), week("S2", "busy"), week("T1", "busy")))
def merged_codes_over_days_and_people(folder: Path) -> Any:
    made = book({"Roster": [["Name", *WEEK], ["Alma Birch", "AL"], ["Bruno Cole", "MTG"],
                            ["Isla Jory"]]})  # fmt: skip
    page_of(made).merge_cells("B2:D2")
    page_of(made).merge_cells("B3:B4")
    return made


@mess(_PLAIN)
def totals_and_minimum_staffing(folder: Path) -> Any:
    made = book({"Roster": [
        ["Name", *WEEK, "Total AL"], *_ROWS,
        ["Total", 2, 1, 2, 1, 2], ["Minimum staffing", 2, 2, 2, 2, 2],
        ["Staff in", 1, 2, 3, 4, 5], ["Count of AL", 1, 0, 0, 0, 0],
    ]})  # fmt: skip
    page_of(made)["G1"] = None
    return made


@mess(_PLAIN, "notice Roster!A9; notice Roster!A10")
def key_notes_and_leave_tally_below(folder: Path) -> Any:
    return {"Roster": [
        ["Name", *WEEK], *_ROWS, [],
        ["Key"], ["AL", "Annual leave"], ["OC", "On call"],
        ["A/L entitlement", "Entitlement", "Taken", "Remaining"],
        ["Alma Birch", 27, 10, 17], ["Isla Jory", 27, 5, 22],
        ["Notes:"], ["Please swap among yourselves and tell the office"],
    ]}  # fmt: skip


@mess(_PLAIN, "notice Roster!A6")
def requests_below(folder: Path) -> Any:
    return {"Roster": [["Name", *WEEK], *_ROWS, [], ["Requests"],
                       ["Alma Birch", "cannot do Tuesdays in October"]]}  # fmt: skip


@mess(_PLAIN, "notice Key to rota")
def key_on_another_sheet(folder: Path) -> Any:
    return {"Roster": [["Name", *WEEK], *_ROWS],
            "Key to rota": [["Code", "Meaning"], ["AL", "Annual leave"]]}  # fmt: skip


@mess(says(week("S1", "absent - work")))
def spacer_rows_and_columns(folder: Path) -> Any:
    return {"Roster": [["Name", DAYS[0], None, DAYS[1], None, DAYS[2]], [],
                       ["Alma Birch", "AL", None, None, None, "D"], []]}  # fmt: skip


@mess(says(week("S2", "- work")), "notice Roster!A2; notice Roster!B1; notice Old rota")
def hidden_rows_columns_and_sheets(folder: Path) -> Any:
    made = book({"Old rota": [["Name", DAYS[0]], ["Alma Birch", "AL"]],
                 "Roster": [["Name", *DAYS[:2]], ["Alma Birch", "AL", "AL"],
                            ["Bruno Cole", "OC", "D"]]})  # fmt: skip
    made["Old rota"].sheet_state = "hidden"
    page_of(made).row_dimensions[2].hidden = True
    page_of(made).column_dimensions["B"].hidden = True
    return made


@mess(_PLAIN)
def inflated_used_range(folder: Path) -> Any:
    made = book({"Roster": [["Name", *WEEK], *_ROWS]})
    page = page_of(made)
    for row in range(5, 1004):
        page.cell(row, 288).number_format = "0.0"
    page.cell(1003, 311, " ")
    return made


@mess(_PLAIN, "notice Rota 26 v3 FINAL (2)")
def a_sheet_of_another_name(folder: Path) -> Any:
    return {"Rota 26 v3 FINAL (2)": [["Name", *WEEK], *_ROWS]} | {}


@mess(_PLAIN, "notice Physics autumn")
def a_sheet_that_is_plainly_a_roster(folder: Path) -> Any:
    return {"Physics autumn": [["Physics autumn"], ["Name", *WEEK], *_ROWS], "Sheet2": []}


@mess(says(week("S1", "QC QC"), week("S2", "- on_call"), week("T1", "on_call")))
def duties_across_and_names_in_cells(folder: Path) -> Any:
    return {"Roster": [["Date", "Linac QC", "On-Call"], [DAYS[0], "Alma Birch", "Isla Jory"],
                       [DAYS[1], "Alma Birch", "Bruno Cole"]]}  # fmt: skip


@mess(says(week("S1", "QC -"), week("S2", "- QC")), "question Roster!D2")
def duties_down_and_names_in_cells(folder: Path) -> Any:
    return {"Roster": [["Duty", *DAYS[:3]], ["Linac QC", "Alma Birch", "Bruno Cole", "B. Coles"]]}


@mess(says(week("S1", "busy - busy"), week("S2", "- busy")), "warning Roster!B2;"
      "warning Roster!B3; warning Roster!B4; notice Roster!D3")  # fmt: skip
def names_beside_dates_without_a_heading(folder: Path) -> Any:
    return {"Roster": [["Sep"], [7, "Alma Birch"], [8, "Bruno Cole", "swap", "Alma Birch"],
                       [9, "Alma Birch"], [10], [11]]}  # fmt: skip


@mess(says(week("S1", "on_call"), week("S2", "work QC")))
def an_on_call_table_beside_the_grid_on_its_own_sheet(folder: Path) -> Any:
    return {"Roster": [["Name", *DAYS[:2]], ["Bruno Cole", "D", "Linac QC"]],
            "Roster on call": [["Date", "On call"], [DAYS[0], "Alma Birch"]]}  # fmt: skip


@mess(says(week("S1", "absent work QC - on_call")), "notice Roster!B6")
def a_list_as_rostering_systems_export_it(folder: Path) -> Any:
    rows = [["Alma Birch", DAYS[0], "AL"], ["Alma Birch", "08/09/2026", "D"],
            ["Birch, Alma", DAYS[2], "Linac QC"], ["S1", DAYS[4], "OC"],
            ["S1", MONDAY + timedelta(days=400), "AL"]]  # fmt: skip
    return {"Roster": [["Person", "Duty date", "Shift"], *rows]}


@mess((), "error Roster!B2")
def weekdays_of_no_week(folder: Path) -> Any:
    return {"Roster": [["Name", "Mon", "Tue"], ["Alma Birch", "AL", "D"]]}


@mess(says(week("S1", "absent - work work"), week("S2", "- on_call work work")))
def day_numbers_down_under_a_month(folder: Path) -> Any:
    return {"Roster": [["September 2026"], ["Date", "Day", "Alma Birch", "Bruno Cole"],
                       [7, "Mon", "AL"], [8, "Tue", None, "OC"], [9, "Wed", "D", "D"],
                       [10, "Thu", "D", "D"]]}  # fmt: skip


@mess(says(week("S2", "work")), "question Roster!A2")
def a_team_before_the_name(folder: Path) -> Any:
    return {"Roster": [["", *DAYS[:2]], ["Team A: Alma Birch", "AL"], ["Bruno Cole", "D"],
                       ["AL", 1, 0], ["Bookings count", 1, 1]]}  # fmt: skip


@mess(says(week("S1", "absent"), week("S2", "work")), "notice Roster!H1")
def a_key_to_the_right(folder: Path) -> Any:
    return {
        "Roster": [
            ["Name", *WEEK, None, "Key"],
            ["Alma Birch", "AL", None, None, None, None, None, "AL", "Annual leave"],
            ["Bruno Cole", "D", None, None, None, None, None, "OC", "On call"],
        ]
    }
