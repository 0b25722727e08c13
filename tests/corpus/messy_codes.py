"""Codes in every form (cases 26 to 34, 39 to 41 of the list of messes)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill

from tests.corpus.frame import DAYS, book, mess, page_of, says, week

_ORANGE = PatternFill("solid", fgColor="FFFFA500")
_GREY = PatternFill("solid", fgColor="FFCCCCCC")


def _coded(*codes: Any) -> dict[str, Any]:
    return {"Roster": [["Name", *DAYS[: len(codes)]], ["Alma Birch", *codes]]}


def _warned(*letters: str) -> list[str]:
    return [f"warning Roster!{letter}2" for letter in letters]


@mess(week("S1", "absent absent absent absent absent - - absent"))
def case_spaces_and_punctuation(folder: Path) -> Any:
    return _coded("AL", "A/L", "al ", "Annual Leave", "a.l.", None, None, "a\u200b/l")


@mess(week("S1", "busy busy busy busy"), _warned("B", "C", "D", "E"))
def unknown_codes(folder: Path) -> Any:
    return _coded("QZX", "7.5", 2, "swap for Bruno")


@mess(week("S1", "absent/- -/absent absent/- absent/on_call"))
def half_days(folder: Path) -> Any:
    return _coded("AL am", "AL (pm)", "1/2 AL am", "AL am/OC pm")


@mess(week("S1", "busy busy busy busy busy"), _warned("B", "C", "D", "E", "F"))
def parts_that_are_not_plain(folder: Path) -> Any:
    return _coded("1/2 AL", "D/OC", "½ AL", "DAY (swap)", "AL / ward")


@mess(week("S1", "busy busy busy"), "question Roster!B2; question Roster!C2; question Roster!D2")
def codes_with_question_marks(folder: Path) -> Any:
    return _coded("?AL", "AL?", "Linac QC / ?AL")


@mess(week("S1", "busy busy busy"), "question Roster!B2; question Roster!C2; question Roster!D2")
def codes_with_several_meanings(folder: Path) -> Any:
    return _coded("SL", "S/L", "SL am/OC pm")


@mess(week("S1", "absent absent"))
def codes_explained_on_the_codes_sheet(folder: Path) -> Any:
    return {**_coded("SL", "QZX"), "Codes": [["code", "meaning"], ["sl", "absent"],
                                             ["qzx", "absent"]]}  # fmt: skip


@mess(week("S1", "absent"), "warning Roster!B2; warning Roster!B3")
def two_rows_of_one_person_that_differ(folder: Path) -> Any:
    return {"Roster": [["Name", DAYS[0]], ["Alma Birch", "AL"], ["Birch, Alma", "MTG"]]}


@mess(week("S1", "absent busy busy"), _warned("C", "D"))
def codes_by_colour_alone(folder: Path) -> Any:
    made = book(_coded("AL", None, None))
    for cell in ("B2", "C2", "D2"):
        page_of(made)[cell].fill = _ORANGE
    page_of(made)["B2"].fill = _GREY
    page_of(made)["A3"] = "Bruno Cole"
    return made


@mess(says(week("S1", "absent - absent")), "notice Roster!B2; notice Roster!D2")
def a_colour_that_the_key_explains(folder: Path) -> Any:
    made = book({"Roster": [["Name", *DAYS[:3]], ["Alma Birch"], ["Bruno Cole"], [],
                            ["Key"], [None, "Annual leave"]]})  # fmt: skip
    page = page_of(made)
    for cell in ("B2", "D2", "A6"):
        page[cell].fill = _ORANGE
    return made


@mess(says(week("S1", "absent"), week("S2", "- work")))
def shading_that_means_nothing(folder: Path) -> Any:
    made = book({"Roster": [["Name", *DAYS[:7]], ["Alma Birch", "AL"], ["Bruno Cole", None, "D"],
                            ["Isla Jory"]]})  # fmt: skip
    page = page_of(made)
    for row in range(1, 5):
        page.cell(row, 7).fill = _GREY
        page.cell(row, 4).fill = _GREY
    for column in range(1, 9):
        page.cell(3, column).fill = _GREY
    return made


@mess(week("S1", "busy work"), _warned("B"))
def struck_through(folder: Path) -> Any:
    made = book(_coded("AL", "D"))
    page_of(made)["B2"].font = Font(strike=True)
    return made


@mess(week("S1", "work"), "notice Roster!B2")
def comments_in_cells(folder: Path) -> Any:
    made = book(_coded("D"))
    page_of(made)["B2"].comment = Comment("leaves at three", "somebody")
    return made


@mess(week("S1", "absent busy"), _warned("C"))
def emoji_and_invisible_characters(folder: Path) -> Any:
    return _coded("\ufeffAL\u200b 🏖", "🏖")


@mess(week("S1", "busy busy"), _warned("B", "C"))
def errors_and_uncalculated_formulas(folder: Path) -> Any:
    made = book(_coded("#REF!", "=B2"))
    page_of(made)["B2"].data_type = "e"
    return made


@mess(week("S1", "busy"), _warned("B"))
def a_very_long_text(folder: Path) -> Any:
    return _coded("x" * 32_000)


@mess(week("S1", "work absent on_call work"))
def codes_with_line_breaks_and_times(folder: Path) -> Any:
    return _coded("Long Day\n08:00 - 20:00", "00:00", "20:00-08:00", "08:30 17:00")


@mess(week("S1", "busy"), _warned("B"))
def text_that_would_be_a_formula(folder: Path) -> Any:
    made = book(_coded("x"))
    page_of(made)["B2"].value = "=cmd|' /C calc'!A0"
    page_of(made)["B2"].data_type = "s"
    return made


@mess(says(week("S1", "busy absent")), "warning Roster!B2")
def the_text_of_an_error_is_no_code(folder: Path) -> Any:
    return _coded("#N/A", "N/A")
