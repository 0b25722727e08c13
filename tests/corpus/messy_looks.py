"""What a sheet says by its looks, in its key, in hidden parts, or beside its entries."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill

from tests.corpus.frame import DAYS, TABLES, WEEK, book, mess, page_of, says, week
from tests.corpus.old_formats import OldSheet, write_old_excel, write_open_document

_ROWS = [["Alma Birch", "AL", "D", "OC", "D", "D"], ["Bruno Cole", "D", None, "D", "D", "D"]]
_SAYS = says(week("S1", "absent work on_call work work"), week("S2", "work - work work work"))


@mess(_SAYS, "notice Roster")
def colours_that_follow_rules(folder: Path) -> Any:
    made = book({"Roster": [["Name", *WEEK], *_ROWS]})
    red = PatternFill("solid", bgColor="FFFF0000")
    page_of(made).conditional_formatting.add("B2:F30", FormulaRule(formula=['B2=""'], fill=red))
    return made


@mess(_SAYS)
def rules_that_colour_no_entry(folder: Path) -> Any:
    made = book({"Roster": [["Name", *WEEK], *_ROWS]})
    red = PatternFill("solid", bgColor="FFFF0000")
    page_of(made).conditional_formatting.add("J2:K30", FormulaRule(formula=['B2=""'], fill=red))
    return made


@mess(_SAYS, "notice Roster!D2")
def an_entry_in_red_letters(folder: Path) -> Any:
    made = book({"Roster": [["Name", *WEEK], *_ROWS]})
    for cell in ("A1", "B1", "A2", "A3"):
        page_of(made)[cell].font = Font(bold=True)
    page_of(made)["D2"].font = Font(color="FFFF0000")
    return made


@mess(_SAYS)
def a_sheet_all_in_bold(folder: Path) -> Any:
    made = book({"Roster": [["Name", *WEEK], *_ROWS]})
    for row in page_of(made).iter_rows():
        for cell in row:
            cell.font = Font(bold=True)
    return made


@mess(_SAYS, "notice Roster!H2")
def a_sentence_beside_the_entries(folder: Path) -> Any:
    first = [*_ROWS[0], None, "can't do Tuesdays in May", 12]
    return {"Roster": [["Name", *WEEK], first, _ROWS[1]]}


@mess(says(week("S1", "busy busy"), week("S2", "busy work")),
      "warning Roster!B2; warning Roster!C2; warning Roster!B3")  # fmt: skip
def codes_that_a_key_explains(folder: Path) -> Any:
    return {"Roster": [
        ["Name", *DAYS[:2]], ["Alma Birch", "ANL", "LA1"], ["Bruno Cole", "MR", "D"], [], ["Key"],
        ["ANL = Annual leave; LA1 = Linac QC"], ["MR", "Meeting room"],
    ]}  # fmt: skip


@mess(says(week("S1", "absent work")), "notice Staff!D1")
def a_hidden_column_of_a_table(folder: Path) -> Any:
    made = book({"Roster": [["Name", *DAYS[:2]], ["Alma Birch", "AL", "D"]]})
    page_of(made, "Staff").column_dimensions["D"].hidden = True
    return made


def _hidden_sheets() -> dict[str, OldSheet]:
    """The department as text, with a row and a column of its roster hidden."""
    roster = [["Name", *DAYS[:3]], ["Alma Birch", "AL", "D", "D"], ["Bruno Cole", "D", "D", "D"]]
    made = {
        name: OldSheet([[_text(value) for value in row] for row in rows])
        for name, rows in {**TABLES, "Roster": roster}.items()
    }
    return {**made, "Roster": made["Roster"]._replace(hidden_rows=[3], hidden_columns=[3])}


def _text(value: Any) -> str:
    return f"{value:%d/%m/%Y}" if hasattr(value, "year") else str(value)


@mess(
    says(week("S1", "absent - work")),
    "notice file; notice Roster!C1; notice Roster!A3; notice Roster old",
)
def hidden_parts_of_an_old_excel_file(folder: Path) -> Any:
    path = folder / "fellside.xls"
    old = OldSheet([["Name", "07/09/2026"], ["Alma Birch", "X"]], hidden=True)
    write_old_excel(path, {**_hidden_sheets(), "Roster old": old})
    return path


@mess(says(week("S1", "absent - work")), "notice file; notice Roster!C1; notice Roster!A3")
def hidden_parts_of_an_open_document(folder: Path) -> Any:
    path = folder / "fellside.ods"
    write_open_document(path, _hidden_sheets())
    return path
