"""Every parser of a cell: what it takes, and what it refuses."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest

from trainsched.domain.curriculum import Role
from trainsched.workbook.cells import dates, days, numbers, roles, text
from trainsched.workbook.cells.error import CellError

PERIODS = ("AM", "PM", "EVE")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("007", "007"), (7, "7"), (7.0, "7"), (" S1\u00a0 ", "S1"), ("a\u200bb", "ab"), (7.5, "7.5")],
)
def test_ids_are_text(raw: object, shown: str) -> None:
    assert text.parse_id(raw) == shown


@pytest.mark.parametrize("raw", [True, datetime.fromisoformat("2027-03-01"), time(8, 30)])
def test_an_id_that_excel_changed_is_refused(raw: object) -> None:
    with pytest.raises(CellError):
        text.parse_id(raw)


@pytest.mark.parametrize(
    ("raw", "ids"),
    [("a; b", ("a", "b")), ("a,b\nc", ("a", "b", "c")), ("a;;a", ("a",)), (7.0, ("7",))],
)
def test_lists_of_ids(raw: object, ids: tuple[str, ...]) -> None:
    assert text.parse_ids(raw) == ids


@pytest.mark.parametrize("raw", ["yes", "Y", "TRUE", True, 1, 1.0, "1"])
def test_yes(raw: object) -> None:
    assert text.parse_yes_no(raw) is True


@pytest.mark.parametrize("raw", ["no", "N", "False", False, 0, "0 "])
def test_no(raw: object) -> None:
    assert text.parse_yes_no(raw) is False


@pytest.mark.parametrize("raw", ["maybe", 2, "x", datetime.fromisoformat("2027-03-01")])
def test_neither_yes_nor_no(raw: object) -> None:
    with pytest.raises(CellError, match="neither yes nor no"):
        text.parse_yes_no(raw)


def test_choices_match_whatever_their_spelling() -> None:
    assert text.parse_choice("On-Site ", ["exclusive", "on_site"]) == "on_site"
    assert text.parse_choice("AS ROSTERED", ["flexible", "as rostered"]) == "as rostered"


def test_a_wrong_choice_is_told_the_nearest() -> None:
    with pytest.raises(CellError) as caught:
        text.parse_choice("assesment", ["taught", "assessment"])
    assert "Did you mean assessment?" in caught.value.remedy
    assert "taught, assessment" in caught.value.remedy


def test_equipment_alternatives_and_two_units() -> None:
    assert text.parse_equipment("l1|l2; phantom; phantom") == (
        ("l1", "l2"),
        ("phantom",),
        ("phantom",),
    )
    with pytest.raises(CellError, match="alternative is missing"):
        text.parse_equipment("l1|")


@pytest.mark.parametrize(("raw", "value"), [(12, 12), (12.0, 12), ("12", 12), ("1,000", 1000)])
def test_whole_numbers(raw: object, value: int) -> None:
    assert numbers.parse_whole(raw) == value


@pytest.mark.parametrize("raw", [0.5, "2.5", "two", True, "1_0", "nan", "1e999"])
def test_no_whole_number(raw: object) -> None:
    with pytest.raises(CellError):
        numbers.parse_whole(raw)


def test_limits_of_numbers() -> None:
    assert numbers.parse_whole(0, 0, 3) == 0
    with pytest.raises(CellError, match="below 1"):
        numbers.parse_whole(0, 1)
    with pytest.raises(CellError, match="above 3"):
        numbers.parse_whole(4, 1, 3)


@pytest.mark.parametrize(
    ("raw", "value"), [(0.6, 0.6), ("60%", 0.6), ("0.6", 0.6), (1, 1), ("100 %", 1)]
)
def test_wte(raw: object, value: float) -> None:
    assert numbers.parse_wte(raw) == value


@pytest.mark.parametrize("raw", [0, -0.5, 1.2, "120%", "full", 37.5])
def test_no_wte(raw: object) -> None:
    with pytest.raises(CellError):
        numbers.parse_wte(raw)


def test_rates_and_pounds() -> None:
    assert numbers.parse_rate("12.5%") == 0.125
    assert numbers.parse_rate(0) == 0
    assert numbers.parse_pounds("£13,500") == 13500
    with pytest.raises(CellError):
        numbers.parse_rate(12)
    with pytest.raises(CellError):
        numbers.parse_pounds("12.50")


@pytest.mark.parametrize("raw", [2027, 2027.0, "2027", "2027/28", "2027-28", "2027/2028"])
def test_academic_years(raw: object) -> None:
    assert numbers.parse_academic_year(raw) == 2027


@pytest.mark.parametrize("raw", ["2027/29", 27, "next year", 20270])
def test_no_academic_year(raw: object) -> None:
    with pytest.raises(CellError):
        numbers.parse_academic_year(raw)


def test_departments_with_and_without_shares() -> None:
    assert numbers.parse_shares("RT 0.6; NM 40%") == (("RT", "NM"), (0.6, 0.4))
    assert numbers.parse_shares("RT, NM") == (("RT", "NM"), ())
    assert numbers.parse_shares("Nuc Med 0.5; RT 0.5") == (("Nuc Med", "RT"), (0.5, 0.5))
    assert numbers.parse_shares(7) == (("7",), ())


@pytest.mark.parametrize("raw", ["RT 0.6; NM", "RT; RT", "RT 1.6; NM 0.1"])
def test_shares_that_make_no_sense(raw: str) -> None:
    with pytest.raises(CellError):
        numbers.parse_shares(raw)


@pytest.mark.parametrize(
    "raw",
    [
        date(2027, 3, 4),
        datetime.fromisoformat("2027-03-04"),
        "04/03/2027",
        "4/3/2027",
        "04/03/27",
        "04-03-2027",
        "2027-03-04",
        "4 Mar 2027",
        "04 March 2027",
        " 4  March 2027 ",
    ],
)
def test_dates(raw: object) -> None:
    assert dates.parse_date(raw) == date(2027, 3, 4)


@pytest.mark.parametrize(
    "raw", ["04/13/2026", "31/02/2027", "AL", "next week", "7th August", 46085, time(8), "2027", ""]
)
def test_what_is_no_date_is_refused(raw: object) -> None:
    assert dates.date_or_none(raw) is None
    with pytest.raises(CellError, match="not a date"):
        dates.parse_date(raw)


def test_a_year_that_cannot_be_meant() -> None:
    with pytest.raises(CellError, match="207"):
        dates.parse_date("04/03/0207")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Mon-Thu; Sat", (0, 1, 2, 3, 5)),
        ("monday, WED", (0, 2)),
        ("Tues – Thurs", (1, 2, 3)),
        ("Mon to Wed", (0, 1, 2)),
        ("Fri-Mon", (0, 4, 5, 6)),
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
    ],
)
def test_days(raw: str, expected: tuple[int, ...]) -> None:
    assert days.parse_days(raw) == expected


@pytest.mark.parametrize("raw", ["Mun", "Mon AM", "1-3", "Mon-", "-Fri"])
def test_no_days(raw: str) -> None:
    with pytest.raises(CellError):
        days.parse_days(raw)


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("AM", ("AM",)), ("eve; am", ("AM", "EVE")), ("AM-PM", ("AM", "PM")), ("all day", PERIODS)],
)
def test_periods(raw: str, expected: tuple[str, ...]) -> None:
    assert days.parse_periods(raw, PERIODS) == expected


def test_ranges_of_periods_by_position_even_with_dashes_in_names() -> None:
    names = ("P-1", "P-2", "P-3")
    assert days.parse_periods("P-1-P-3", names) == names
    assert days.parse_periods("P-2", names) == ("P-2",)


@pytest.mark.parametrize("raw", ["NIGHT", "PM-AM", "AM-NIGHT"])
def test_no_periods(raw: str) -> None:
    with pytest.raises(CellError):
        days.parse_periods(raw, PERIODS)


def test_periods_with_their_times() -> None:
    made = days.parse_period_times("AM 08:30-12:30; Late PM 1300–17.15")
    assert [(p.name, p.start, p.end) for p in made] == [("AM", 510, 750), ("Late PM", 780, 1035)]


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("AM 08:30-12:30; PM 12:00-17:00", "before AM ends"),
        ("AM 12:30-08:30", "ends before it starts"),
        ("AM 08:30-12:30; am 13:00-17:00", "twice"),
        ("AM 08:30-25:00", "not a time"),
        ("AM 08:61-12:00", "not a time"),
        ("AM", "not a period with its times"),
    ],
)
def test_periods_that_cannot_be(raw: str, words: str) -> None:
    with pytest.raises(CellError, match=words):
        days.parse_period_times(raw)


def test_working_patterns() -> None:
    (week,) = days.parse_pattern("Mon; Tue AM; Wed-Thu PM-EVE", PERIODS)
    assert week == (
        *((0, name) for name in PERIODS),
        (1, "AM"),
        *((day, name) for day in (2, 3) for name in ("PM", "EVE")),
    )


def test_working_patterns_with_weeks_in_turn() -> None:
    first, second, third = days.parse_pattern("Mon-Tue | Mon | off", ("AM",))
    assert (first, second, third) == (((0, "AM"), (1, "AM")), ((0, "AM"),), ())


@pytest.mark.parametrize("raw", ["Mon-Fri |", "Someday", "Mon NIGHT", "AM Mon", "9-5"])
def test_no_working_pattern(raw: str) -> None:
    with pytest.raises(CellError):
        days.parse_pattern(raw, PERIODS)


@pytest.mark.parametrize(
    ("raw", "band"),
    [("8A", "8a"), ("Band 7", "7"), ("B7", "7"), (7, "7"), (7.0, "7"), ("band 8c", "8c"),
     ("AfC 6", "6"), ("8 b", "8b")],
)  # fmt: skip
def test_bands(raw: object, band: str) -> None:
    assert roles.parse_band(raw) == band


@pytest.mark.parametrize("raw", [8, "10", "senior", "8e"])
def test_no_band(raw: object) -> None:
    with pytest.raises(CellError):
        roles.parse_band(raw)


def test_band_eight_is_four_bands() -> None:
    with pytest.raises(CellError, match="four bands"):
        roles.parse_band("Band 8")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("trainer", [Role(name="trainer")]),
        ("trainer x2", [Role(name="trainer", count=2)]),
        ("training officer", [Role(name="training_officer")]),
        ("training_officer: mpe", [Role(name="training_officer", competences=("mpe",))]),
        ("trainer >= 7", [Role(name="trainer", min_band="7")]),
        ("Assessor: a|b", [Role(name="assessor", competences=("a", "b"))]),
        (
            "trainer: linac_qc >=7 x2; supervisor: mpe_rt >=8A",
            [
                Role(name="trainer", competences=("linac_qc",), min_band="7", count=2),
                Role(name="supervisor", competences=("mpe_rt",), min_band="8a"),
            ],
        ),
    ],
)
def test_roles(raw: str, expected: list[Role]) -> None:
    assert list(roles.parse_roles(raw)) == expected


@pytest.mark.parametrize(
    "raw",
    ["trainer: a, b", "trainer: a; trainer: b", "trainer:", ": a", "trainer x0", "trainer: a >=",
     "trainer: a >=8", "trainer: a > 7", "lead trainer", "trainer: a|"],
)  # fmt: skip
def test_no_roles(raw: str) -> None:
    with pytest.raises(CellError):
        roles.parse_roles(raw)
