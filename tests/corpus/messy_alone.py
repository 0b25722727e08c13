"""Rosters that come alone, without sheets of staff, trainees or settings: read as written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from tests.corpus.frame import DAYS, WEEK, Sheets, mess, says, week

_MISSING = ["error file", "notice file"]
_AB = says(week("Alma Birch", "absent work on_call"), week("Bruno Cole", "work absent work"))
_ROWS = [["Alma Birch", "AL", "D", "OC"], ["Bruno Cole", "D", "X", "D"]]


def _alone(sheets: Sheets) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(list(row))
    return made


@mess(_AB, [*_MISSING, "notice Rota!A6"])
def a_roster_alone_with_title_totals_and_key(folder: Path) -> Any:
    return _alone({"Rota": [
        ["Fellside physics rota"], [], ["Name", *DAYS[:3]], *_ROWS,
        ["Vacancy", "D", "D"], ["Total", 1, 2, 1], [], ["Key"], ["AL = annual leave"],
        ["OC", "On call"],
    ]})  # fmt: skip


@mess(_AB, [*_MISSING, "notice Sheet1"])
def a_roster_alone_on_a_sheet_of_any_name(folder: Path) -> Any:
    columns = zip(["Date", *DAYS[:3]], *_ROWS, strict=True)
    return _alone({"Sheet1": [list(row) for row in columns]})


@mess(_AB, _MISSING)
def a_csv_alone_under_a_title_with_commas(folder: Path) -> Any:
    path = folder / "Rota.csv"
    text = 'Rota, September, draft\n\nName;"Mon\n7 Sep 2026";"Tue\n8 Sep 2026";9 Sep 2026\n'
    text += "Alma Birch;AL;D;OC\nBruno Cole;D;X;D\n"
    path.write_bytes(text.encode("cp1252"))
    return path


@mess(
    says(week("Alma", "on_call - on_call"), week("Bruno", "- on_call"), week("Cerys", "on_call")),
    [*_MISSING, "notice Rota!C3", "warning Rota!C4"],
)
def duties_with_names_in_the_cells_alone(folder: Path) -> Any:
    return _alone({"Rota": [
        ["Date", "On call", "2nd on call"], [DAYS[0], "Alma", "Cerys"], [DAYS[1], "Bruno", "TBC"],
        [DAYS[2], "Alma", "AL"],
    ]})  # fmt: skip


@mess(says(week("Alma", "busy -"), week("Bruno", "- busy")), [*_MISSING, "warning Rota!B2",
                                                              "warning Rota!C2"])  # fmt: skip
def an_unknown_duty_with_names_in_its_cells(folder: Path) -> Any:
    return _alone({"Rota": [["Duty", *DAYS[:2]], ["Brachytherapy", "Alma", "Bruno"]]})


@mess(
    [*_AB, *week("Cerys Dunn", "work work work"), *week("Zoe Finch", "work work absent")], _MISSING
)
def two_rosters_side_by_side_alone(folder: Path) -> Any:
    return _alone({"Rota": [
        ["RT", *DAYS[:3], None, "NM", *DAYS[:3]],
        [*_ROWS[0], None, "Cerys Dunn", "D", "D", "D"],
        [*_ROWS[1], None, "Zoe Finch", "D", "D", "X"],
    ]})  # fmt: skip


@mess(_AB, _MISSING)
def first_names_and_surnames_apart(folder: Path) -> Any:
    rows = [[*row[0].split()[::-1], *row[1:]] for row in _ROWS]
    return _alone({"Rota": [["Surname", "First name", *DAYS[:3]], *rows]})


@mess(_AB, _MISSING)
def sites_and_bands_beside_the_names(folder: Path) -> Any:
    rows = [["Main", row[0], band, *row[1:]] for band, row in zip(["8a", "7"], _ROWS, strict=True)]
    return _alone({"Rota": [["Site", "Name", "Band", *DAYS[:3]], *rows]})


@mess(_AB, _MISSING)
def a_list_alone(folder: Path) -> Any:
    rows = [[row[0], day, code] for row in _ROWS for day, code in zip(DAYS, row[1:], strict=False)]
    rows[2][0] = "BIRCH, Alma"
    return _alone({"Roster": [["Person", "Duty date", "Shift"], *rows]})


@mess(_AB, [*_MISSING, "notice Alma Birch", "notice Bruno Cole"])
def a_sheet_for_each_person_alone(folder: Path) -> Any:
    return _alone({
        row[0]: [["Date", "Shift"], *map(list, zip(DAYS, row[1:], strict=False))] for row in _ROWS
    })  # fmt: skip


@mess(
    says(week("Alma Birch", "busy busy busy busy busy")),
    [*_MISSING, *(f"warning Rota!{letter}2" for letter in "BCDEF")],
)
def numbers_that_are_codes_and_no_days(folder: Path) -> Any:
    return _alone({"Rota": [["Name", *WEEK], ["Alma Birch", 1, 2, 3, 4, 5]]})


@mess(says(week("Alma Birch", "work on_call absent absent busy")), [*_MISSING, "warning Rota!F2"])
def times_that_are_no_dates(folder: Path) -> Any:
    times = ["08:30-17:00", "20:00-08:00", "off", "00:00", "9-5"]
    return _alone({"Rota": [["Name", *WEEK], ["Alma Birch", *times]]})


@mess((), [*_MISSING, "error Rota!A1"])
def numbered_weeks_of_no_plan(folder: Path) -> Any:
    return _alone({"Rota": [["Name", "Wk 1", "Wk 2", "Wk 3"], ["Alma Birch", "AL", "D", "OC"]]})


@mess((), [*_MISSING, "notice Shopping"])
def a_workbook_of_other_things(folder: Path) -> Any:
    return _alone({"Shopping": [["thing", "price"], ["milk", 2], ["eggs", 3]]})


@mess(says(week("Person 1", "absent work"), week("Person 2", "work work")), _MISSING)
def people_called_by_numbers_alone(folder: Path) -> Any:
    return _alone({
        "Rota": [["Name", *DAYS[:2]], ["Person 1", "AL", "D"], ["Person 2", "D", "D"]]
    })  # fmt: skip


@mess(week("Alma Birch", "QC work"), _MISSING)
def a_roster_and_its_duties_alone(folder: Path) -> Any:
    return _alone({
        "Rota": [["Name", *DAYS[:2]], ["Alma Birch", "Linac QC", "D"]],
        "Duties": [["department", "duty", "staff_needed"], ["RT", "Linac QC", 1]],
    })  # fmt: skip
