"""People in every form (cases 21 to 25, 46 and 49 of the list of messes)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.corpus.frame import DAYS, MONDAY, TABLES, book, mess, page_of, says, week

_DAY = ["S1 07/09 absent"]


def _named(*names: Any) -> dict[str, Any]:
    return {"Roster": [["Name", DAYS[0]], *([name, "AL"] for name in names)]}


@mess(_DAY)
def titles_and_spaces(folder: Path) -> Any:
    return _named("Dr. Alma\u00a0Birch", "  Prof  Alma   Birch ", "dr alma birch")


@mess(_DAY)
def surname_first(folder: Path) -> Any:
    return _named("Birch, Alma", "BIRCH Alma", "Birch Alma (Dr)")


@mess("S4 07/09 absent")
def accents_and_apostrophes(folder: Path) -> Any:
    return _named("Zoe O\u2019Hara-Finch", "ZOË O'HARA FINCH", "O`Hara-Finch, Zoë")


@mess(_DAY)
def grade_and_hours_beside_the_name(folder: Path) -> Any:
    return _named("Alma Birch (0.6)", "Alma Birch B7", "Alma Birch 0.8 WTE", "Alma Birch 30h",
                  "Alma Birch - Band 8a", "Alma Birch (80%)")  # fmt: skip


@mess(_DAY, "notice Roster!A2; notice Roster!A3")
def notes_beside_the_name(folder: Path) -> Any:
    return _named("Alma Birch - mat leave from May", "Alma Birch (swap with Bruno 3/12)")


@mess("S1 07/09 absent; S2 07/09 absent")
def forename_and_surname_in_two_columns(folder: Path) -> Any:
    return {"Roster": [["Surname", "Forename", "Band", DAYS[0]], ["Birch", "Alma", "8a", "AL"],
                       ["Cole", "Bruno", 7, "AL"]]}  # fmt: skip


@mess((), "question Roster!A2; question Roster!A3; question Roster!A4; question Roster!A5")
def initials_and_parts_of_names(folder: Path) -> Any:
    return _named("AB", "A. Birch", "Bruno", "J Kerr")


@mess((), "question Roster!A2")
def a_name_that_two_people_have(folder: Path) -> Any:
    staff = [*TABLES["Staff"], ["S5", "Jo Smith", "RT"], ["S6", "Jo Smith", "NM"]]
    return {"Staff": staff, **_named("Jo Smith")}


@mess(says(week("S1", "absent - work")))
def one_person_on_two_sheets(folder: Path) -> Any:
    return {"Roster RT": [["Name", *DAYS[:3]], ["Alma Birch", "AL"]],
            "Roster NM": [["Name", *DAYS[:3]], ["Birch, Alma", None, None, "D"]]}  # fmt: skip


@mess(_DAY, [f"notice Roster!A{row}" for row in range(3, 9)])
def posts_without_a_person(folder: Path) -> Any:
    return _named("Alma Birch", "Vacant", "Vacancy (B6)", "Bank", "Agency", "TBC", "Trainee 3")


@mess(_DAY, "question Roster!A3; question Roster!A4")
def two_names_in_one_cell(folder: Path) -> Any:
    return _named("Alma Birch", "Bruno Cole / Cerys Dunn", "AB/CD")


@mess("S1 07/09 absent; S2 07/09 absent")
def numbers_and_ids_beside_names(folder: Path) -> Any:
    return {"Roster": [["ESR", "Name", DAYS[0]], [90210, "Alma Birch", "AL"],
                       [90211, "s2", "AL"]]}  # fmt: skip


@mess(
    "S1 07/09 duty Linac QC; S2 07/09 duty Linac QC; T1 09/09 duty Linac QC",
    "question Roster!B3; notice Roster!B4; notice Roster!B6",
)
def names_in_cells_of_a_duty_table(folder: Path) -> Any:
    return {"Roster": [["Date", "Linac QC"], [DAYS[0], "Alma Birch / Bruno Cole"],
                       [DAYS[1], "Brian Coles"], [DAYS[2], "Isla Jory (am only?)"],
                       [DAYS[3], None], [DAYS[4], "TBC"]]}  # fmt: skip


@mess("S1 07/09 absent; S2 07/09 absent", "warning Leave!A2")
def leave_on_another_sheet(folder: Path) -> Any:
    return {"Roster": [["Name", DAYS[0]], ["Alma Birch", "D"]],
            "Leave": [["Name", "From", "To"], ["Birch, Alma", MONDAY, "7th September 2026"],
                      ["Bruno Cole (0.6)", MONDAY, MONDAY]]}  # fmt: skip


@mess("S1 07/09 busy; S2 07/09 busy")
def a_merged_code_over_two_people(folder: Path) -> Any:
    made = book({"Roster": [["Name", DAYS[0]], ["Alma Birch", "MTG"], ["Bruno Cole"]]})
    page_of(made).merge_cells("B2:B3")
    return made


@mess((), "question Roster!A2; question Roster!A3")
def people_called_by_numbers(folder: Path) -> Any:
    return {"Roster": [["Name", *DAYS[:2]], ["Person 1", "QX", "QY"], ["Staff 12", "QX"]]}


@mess((), "notice September; question September!A2; question September!A3")
def nobody_called_as_on_the_sheets_of_people(folder: Path) -> Any:
    return {"September": [["Name", *DAYS[:3]], ["AB", "AL", "D", "D"], ["B Cole", "D", "D", "AL"]]}
