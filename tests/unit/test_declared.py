"""What is declared: every figure has unit, source and status, and nothing wrong gets through."""

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from trainsched.declared import (
    POLICY_KEYS,
    DeclaredError,
    load_codes,
    load_costs,
    load_policy,
    load_programmes,
    models_directory,
    policy_names,
)
from trainsched.declared.programmes import YEAR_FIGURES
from trainsched.domain.policy import DeclaredValue
from trainsched.domain.roster import Meaning, code_key
from trainsched.domain.rules import GoalId, RuleId

MODELS = models_directory()
TOML_FILES = sorted(MODELS.glob("*/*.toml"))
STATUSES = {"published", "derived", "assumption"}


def values_within(table: dict[str, Any], name: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every table with a value in it, at any depth."""
    if "value" in table:
        yield name, table
        return
    for key, inside in table.items():
        for number, child in enumerate(inside if isinstance(inside, list) else [inside]):
            if isinstance(child, dict):
                yield from values_within(child, f"{name}.{key}[{number}]")


def numbers_without_a_value(table: dict[str, Any]) -> list[str]:
    """Keys of bare numbers: figures that slipped in without unit, source and status."""
    found = []
    for key, inside in table.items():
        for child in inside if isinstance(inside, list) else [inside]:
            if isinstance(child, dict) and "value" not in child:
                found += numbers_without_a_value(child)
            elif isinstance(child, int | float) and key != "numbers":
                found.append(key)
    return found


# ------------------------------------------------------------------ every file


def test_the_expected_files_are_there() -> None:
    names = {f"{path.parent.name}/{path.stem}" for path in TOML_FILES}
    assert {
        "policies/standard",
        "policies/minimum",
        "policies/strict",
        "codes/default",
        "costs/pay_2025_26",
        "programmes/stp",
        "programmes/hsst",
    } <= names


@pytest.mark.parametrize("path", TOML_FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_value_has_unit_source_and_status(path: Path) -> None:
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    assert numbers_without_a_value(table) == []
    values = list(values_within(table))
    if path.parent.name == "codes":
        values = [("the whole file", table)]
    assert values
    for name, value in values:
        assert value["unit"].strip(), name
        assert value["status"] in STATUSES, name
        assert value["source"].strip(), name
    if "sources" in table:
        cited = {value["source"] for _, value in values}
        assert cited == set(table["sources"]), (
            "every source is listed, and every one listed is used"
        )
    for _, value in values:
        source = table.get("sources", {}).get(value["source"], "")
        if value["status"] == "published":
            assert "https://" in source or "http://" in source, "published figures name an address"


# ------------------------------------------------------------------ policies


def as_dict(name: str) -> dict[str, Any]:
    return {value.name: value.value for value in load_policy(name).values}


def test_standard_policy_has_the_contract_figures() -> None:
    figures = as_dict("standard")
    assert figures["max_training_per_week"] == 4
    assert figures["max_training_per_day"] == 2
    assert figures["max_taught_periods_per_day"] == "none"
    assert figures["rest_after_on_call_periods"] == 1
    assert figures["default_travel_minutes"] == 45
    assert figures["min_notice_days"] == 42
    assert figures["min_block_periods"] == 1
    assert 0 < figures["absence_rate"] < 1


def test_default_is_the_standard_policy_in_any_case() -> None:
    assert load_policy("default") == load_policy(" Standard ") == load_policy("STANDARD")
    assert policy_names() == ("default", "minimum", "standard", "strict")


@pytest.mark.parametrize("name", ["minimum", "standard", "strict"])
def test_a_policy_has_every_figure_and_nothing_else(name: str) -> None:
    policy = load_policy(name)
    assert policy.name == name
    assert tuple(value.name for value in policy.values) == tuple(POLICY_KEYS)
    assert all(
        value.meaning and value.set_in == f"models/policies/{name}.toml" for value in policy.values
    )
    # Weights of wishes must be whole, or the sum of wishes would not be.
    assert all(isinstance(value.value, int) for value in policy.values if "wish" in value.name)


def test_strict_asks_less_of_trainers_than_standard_and_minimum_more() -> None:
    weekly = [
        load_policy(name).limit("max_training_per_week")
        for name in ("strict", "standard", "minimum")
    ]
    assert weekly == sorted(weekly)  # type: ignore[type-var]
    assert len(set(weekly)) == 3


def test_an_override_replaces_the_value_and_says_where_it_was_set() -> None:
    policy = load_policy("default", {"max_training_per_week": (2.0, "Settings!B7")})
    (value,) = [value for value in policy.values if value.name == "max_training_per_week"]
    assert value.value == 2
    assert isinstance(value.value, int)
    assert (value.source, value.set_in, value.status) == (
        "Settings!B7",
        "Settings!B7",
        "assumption",
    )
    assert value.unit.startswith("sessions")
    assert policy.whole("max_training_per_day") == 2, "the others stay"


@pytest.mark.parametrize(
    ("raw", "read"), [("None", "none"), (" 3 ", 3), ("2.5", 2.5), (0, 0), (1.5, 1.5), ("4.0", 4)]
)
def test_what_an_override_may_look_like(raw: object, read: object) -> None:
    policy = load_policy("default", {"max_training_per_week": (raw, "Settings!B7")})
    assert policy.values[0].value == read


def test_a_rate_may_be_a_percentage() -> None:
    policy = load_policy("default", {"absence_rate": ("6%", "Settings!B7")})
    assert policy.limit("absence_rate") == pytest.approx(0.06)


@pytest.mark.parametrize(
    ("key", "raw"),
    [
        ("max_training_per_week", "lots"),
        ("max_training_per_week", -1),
        ("max_training_per_week", True),
        ("max_training_per_week", None),
        ("max_training_per_week", float("nan")),
        ("max_training_per_week", "1/0"),
        ("rest_after_on_call_periods", "none"),
        ("rest_after_on_call_periods", 1.5),
        ("absence_rate", 2),
        ("wish_uneven_load", 0.5),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_a_remedy(key: str, raw: object) -> None:
    with pytest.raises(DeclaredError) as caught:
        load_policy("default", {key: (raw, "Settings!B9")})
    (fault,) = caught.value.faults
    assert (fault.where, fault.name) == ("Settings!B9", key)
    assert fault.remedy.startswith("Give ")


def test_all_faulty_overrides_are_named_at_once() -> None:
    overrides = {"max_trainng_per_week": (3, "Settings!B7"), "absence_rate": (2, "Settings!B8")}
    with pytest.raises(DeclaredError) as caught:
        load_policy("default", overrides)
    assert [fault.where for fault in caught.value.faults] == ["Settings!B7", "Settings!B8"]
    assert "Did you mean 'max_training_per_week'?" in caught.value.faults[0].remedy


def test_an_unknown_policy_is_answered_with_a_near_name() -> None:
    with pytest.raises(DeclaredError, match=r"Did you mean 'standard'\?"):
        load_policy("standrd")


# ------------------------------------------------------------------ a folder of one's own


def own_policy(folder: Path, text: str, name: str = "local") -> Path:
    (folder / "policies").mkdir(exist_ok=True)
    (folder / "policies" / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


def standard_text() -> str:
    return (MODELS / "policies" / "standard.toml").read_text(encoding="utf-8")


def test_a_folder_of_ones_own_is_laid_over_the_shipped_one(tmp_path: Path) -> None:
    text = standard_text().replace('aliases = ["default"]\n', "").replace("value = 45", "value = 7")
    own_policy(tmp_path, text)
    assert load_policy("local", models_dir=tmp_path).whole("default_travel_minutes") == 7
    assert load_policy("strict", models_dir=tmp_path).whole("default_travel_minutes") == 60
    assert "local" in policy_names(tmp_path)
    assert load_codes(tmp_path) == load_codes()


def test_a_file_called_default_beats_the_alias(tmp_path: Path) -> None:
    text = standard_text().replace('aliases = ["default"]\n', "").replace("value = 45", "value = 7")
    own_policy(tmp_path, text, name="default")
    assert load_policy("default", models_dir=tmp_path).whole("default_travel_minutes") == 7


def test_a_folder_without_declared_figures_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(DeclaredError, match="not a folder with declared figures"):
            models_directory(folder)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("value = 45", "value = ", r"local\.toml: is not valid TOML: .*line \d+"),
        ("value = 45", "value = true", r"local\.toml: values\.default_travel_minutes\.value"),
        ('status = "assumption"', 'status = "guess"', r"values\.\w+\.status: .*published"),
        ('unit = "minutes"', "", r"values\.default_travel_minutes\.unit: Field required"),
        ('source = "working_time"', 'source = "workng_time"', "Did you mean 'working_time'"),
        ("[values.absence_rate]", "[values.absense_rate]", "Did you mean 'absence_rate'"),
        ("[values.absence_rate]", "[values.absense_rate]", "absence_rate is missing"),
        ("value = 0.05", "value = 5", "absence_rate cannot be 5"),
        ('title = "Standard"', 'titel = "Standard"', "titel: Extra inputs"),
    ],
)
def test_a_faulty_file_is_named_with_its_key(
    tmp_path: Path, old: str, new: str, words: str
) -> None:
    assert old in standard_text()
    own_policy(tmp_path, standard_text().replace(old, new))
    with pytest.raises(DeclaredError) as caught:
        load_policy("local", models_dir=tmp_path)
    assert re.search(words, str(caught.value))
    assert str(tmp_path) not in str(caught.value)
    assert all(fault.remedy for fault in caught.value.faults)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    own_policy(tmp_path, "")
    (tmp_path / "policies" / "local.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DeclaredError, match=r"models/policies/local\.toml: cannot be read"):
        load_policy("local", models_dir=tmp_path)


# ------------------------------------------------------------------ codes


def meaning_of(text: str) -> Meaning | None:
    (code,) = [
        code for code in load_codes() if code_key(text) in map(code_key, (code.code, *code.aliases))
    ]
    return code.meaning


@pytest.mark.parametrize(
    "text",
    [
        "AL",
        "A/L",
        "a.l ",
        "Annual Leave",
        "Hol",
        "BH",
        "SICK",
        "ML",
        "PAT",
        "TOIL",
        "RD",
        "OFF",
        "X",
        "x",
        "(off)",
        "UNI",
        "ZERO",
        "off day",
        "Mat leave",
    ],
)
def test_codes_of_the_contract_that_mean_absent(text: str) -> None:
    assert meaning_of(text) is Meaning.ABSENT


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("OC", Meaning.ON_CALL),
        ("on-call", Meaning.ON_CALL),
        ("NIGHT", Meaning.ON_CALL),
        ("TRAIN", Meaning.TRAINING),
        ("PT", Meaning.TRAINING),
        ("MTG", Meaning.BUSY),
        ("IND", Meaning.BUSY),
        ("WFH", Meaning.BUSY),
        ("Self-Development", Meaning.BUSY),
        ("LD", Meaning.WORK),
        ("DAY", Meaning.WORK),
    ],
)
def test_codes_that_mean_something_else(text: str, meaning: Meaning) -> None:
    assert meaning_of(text) is meaning


@pytest.mark.parametrize("text", ["SL", "S/L", "s", "SD", "E", "SWAP"])
def test_codes_without_a_safe_default_are_questions(text: str) -> None:
    assert meaning_of(text) is None


def test_every_code_has_a_meaning_or_a_question_and_one_owner() -> None:
    codes = load_codes()
    assert [code.code for code in codes] == sorted(code.code for code in codes)
    keys = [key for code in codes for key in {code_key(t) for t in (code.code, *code.aliases)}]
    assert len(keys) == len(set(keys))
    assert all(bool(code.question) == (code.meaning is None) for code in codes)


@pytest.mark.parametrize(
    ("addition", "words"),
    [
        ('code = "ZZ"', "ZZ needs either a meaning or a question"),
        ('code = "ZZ"\nmeaning = "work"\nquestion = "What?"', "not both"),
        ('code = "a.L"\nmeaning = "work"', "'a.L' belongs to both AL and a.L"),
        ('code = "--"\nmeaning = "work"', "no letter or digit"),
        ('code = "ZZ"\nmeaning = "asleep"', r"codes\.\d+\.meaning"),
        ('code = "ZZ"\nmeaning = "work"\nreason = "ill"', "reason: Extra inputs"),
    ],
)
def test_a_faulty_code_is_refused(tmp_path: Path, addition: str, words: str) -> None:
    (tmp_path / "codes").mkdir()
    path = tmp_path / "codes" / "default.toml"
    shutil.copy(MODELS / "codes" / "default.toml", path)
    with path.open("a", encoding="utf-8") as file:
        file.write(f"\n[[codes]]\n{addition}\n")
    with pytest.raises(DeclaredError, match=words):
        load_codes(tmp_path)


# ------------------------------------------------------------------ programmes


def test_every_route_is_declared() -> None:
    programmes = load_programmes()
    codes = [programme.programme.code for programme in programmes]
    assert codes == sorted(codes)
    assert {"STP", "HSST", "APP-L6", "APP-L4", "TTS", "ROUTE-2"} <= set(codes)
    assert len([code for code in codes if code.startswith("STP-")]) == 6
    for declared in programmes:
        programme = declared.programme
        assert [year.number for year in declared.years] == list(range(1, programme.years + 1))
        assert all(set(year.values) == set(YEAR_FIGURES) for year in declared.years)
        assert programme.completion_rate is not None
        assert 0 < programme.completion_rate <= 1


def figure(value: DeclaredValue) -> float:
    assert not isinstance(value.value, str)
    return value.value


def test_workplace_sessions_follow_from_the_calendar() -> None:
    # 260 weekdays less 35 of leave and bank holidays, less university, less study, two half-days.
    for declared in load_programmes():
        for year in declared.years:
            days = 225 - figure(year.values["university_days"])
            expected = days * (1 - figure(year.values["study_share"])) * 2
            assert figure(year.values["workplace_sessions"]) == pytest.approx(expected)


def test_stp_by_year() -> None:
    (stp,) = [declared for declared in load_programmes() if declared.programme.code == "STP"]
    by_year = {
        name: [year.values[name].value for year in stp.years]
        for name in ("contact_hours_per_week", "workplace_sessions", "study_share")
    }
    assert by_year["contact_hours_per_week"] == [8, 7, 5]
    assert by_year["workplace_sessions"] == [304, 320, 344]
    assert by_year["study_share"] == [0.2, 0.2, 0.2]
    for name, total in {
        "training_activities": 70,
        "dops": 12,
        "oce": 6,
        "cbd": 6,
        "msf": 2,
    }.items():
        assert sum(figure(year.values[name]) for year in stp.years) == total
    assert stp.programme.completion_rate == round(0.98**3 * 0.95, 3)


def test_costs_of_programmes_agree_with_pay_and_on_costs() -> None:
    costs = load_costs()
    cost = {d.programme.code: d.programme.annual_cost_pounds for d in load_programmes()}
    assert cost["STP"] == costs.stp_support_pounds()
    assert cost["HSST"] == costs.training["hsst_funding_pounds"].value
    assert cost["APP-L4"] == costs.employer_cost_pounds("3", "entry")
    assert cost["TTS"] == costs.employer_cost_pounds("5", "entry")
    # Annex 21: 65, 70 and 75 per cent of the top of band 5, on average 70.
    pay = 0.70 * costs.pay_pounds("5", "top")
    assert cost["APP-L6"] == round(pay + 0.15 * (pay - 5000) + (0.1438 + 0.005) * pay)


def test_a_file_of_its_own_beats_a_specialism(tmp_path: Path) -> None:
    (tmp_path / "programmes").mkdir()
    text = (MODELS / "programmes" / "stp.toml").read_text(encoding="utf-8")
    text = re.sub(r"(?s)\[\[specialism\]\].*?(?=\[values)", "", text)
    text = text.replace('code = "STP"', 'code = "STP-NM"').replace("value = 8000", "value = 9999")
    (tmp_path / "programmes" / "stp_nm.toml").write_text(text, encoding="utf-8")
    fees = {d.programme.code: d.programme.hei_fee_pounds for d in load_programmes(tmp_path)}
    assert (fees["STP-NM"], fees["STP-RTP"]) == (9999, 8000)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("value = 0.894", "value = 1.894", "completion_rate cannot be 1.894"),
        ("value = 3\n", "value = 4\n", "the years listed are not 1 to the length"),
        ("numbers = [2]", "numbers = [1]", "the years listed are not 1 to the length"),
        ("[values.retention_rate]", "[values.retension_rate]", "Did you mean 'retention_rate'"),
        ("value = 49_966", "value = 49_966.5", "annual_cost_pounds cannot be"),
        ("value = 35\n", "value = -35\n", "year 1: university_days cannot be -35"),
        ("[values.start_month]\nvalue = 9", "[values.start_month]\nvalue = 13", "from 1 to 12"),
    ],
)
def test_a_faulty_programme_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "programmes").mkdir()
    text = (MODELS / "programmes" / "stp.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "programmes" / "stp.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DeclaredError, match=words):
        load_programmes(tmp_path)


# ------------------------------------------------------------------ costs

PUBLISHED_EMPLOYER_COSTS = {
    "4": (34948, None, 38424),
    "5": (39576, 42743, 48339),
    "6": (49490, 52271, 59748),
    "7": (61346, 64545, 70307),
    "8a": (71580, 75213, 80661),
    "8b": (82964, 88388, 96525),
    "8c": (99212, 105300, 114430),
    "8d": (117885, 125157, 136062),
}
"""A table of employer costs worked out by hand elsewhere from the same pay and on-costs."""


@pytest.mark.parametrize("band", PUBLISHED_EMPLOYER_COSTS)
def test_employer_costs_equal_the_table_worked_out_elsewhere(band: str) -> None:
    # Equal to the pound: exact fractions, rounded once, half up, leave no room for a difference.
    costs = load_costs()
    points = dict(zip(("entry", "mid", "top"), PUBLISHED_EMPLOYER_COSTS[band], strict=True))
    for point, expected in points.items():
        if expected is not None:
            assert costs.employer_cost_pounds(band, point) == expected  # type: ignore[arg-type]


def test_one_employer_cost_by_hand() -> None:
    # 27,485 + 15% of 22,485 (3,372.75) + 14.38% (3,952.343) + 0.5% (137.425) = 34,947.518
    assert load_costs().employer_cost_pounds("4", "entry") == 34948
    # and 9.4% more paid centrally: 34,947.518 + 2,583.59 = 37,531.108
    assert load_costs().employer_cost_pounds("4", "entry", with_central_pension=True) == 37531


def test_stp_support() -> None:
    # 38,682 x 1.24 = 47,965.68, and 2,000 education support.
    assert load_costs().stp_salary_support_pounds() == 47966
    assert load_costs().stp_support_pounds() == 49966


def test_a_band_or_point_without_pay_is_an_error_not_a_guess() -> None:
    with pytest.raises(DeclaredError, match="no pay for band '10'"):
        load_costs().employer_cost_pounds("10")
    with pytest.raises(DeclaredError, match="band 4 has no mid point"):
        load_costs().employer_cost_pounds("4", "mid")
    with pytest.raises(DeclaredError, match="Did you mean 'pay_2025_26'"):
        load_costs("pay_2025_27")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("[pay.8a]", "[pay.8z]", r"pay\.8z: 8z is not a band"),
        ("value = 27_485", "value = 27_485.5", r"pay\.4\.entry cannot be used"),
        ("mid = {", "middle = {", r"pay\.5\.middle"),
        ("[on_costs.ni_threshold]", "[on_costs.ni_treshold]", r"on_costs\.ni_threshold is missing"),
        ("value = 0.1438", 'value = "14.38%"', r"on_costs\.pension_rate cannot be used"),
        ('value = "6"', 'value = "6b"', r"stp_salary_support_band cannot be used"),
    ],
)
def test_a_faulty_costs_file_is_refused(tmp_path: Path, old: str, new: str, words: str) -> None:
    (tmp_path / "costs").mkdir()
    text = (MODELS / "costs" / "pay_2025_26.toml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "costs" / "pay_2025_26.toml").write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(DeclaredError, match=words):
        load_costs(models_dir=tmp_path)


# ------------------------------------------------------------------ the mathematics


def test_formulation_has_one_section_for_every_rule_and_goal_in_order() -> None:
    text = (MODELS / "formulation.md").read_text(encoding="utf-8")
    sections = re.split(r"(?m)^#{1,2} ", text)
    by_heading = {
        section.splitlines()[0].strip(): section for section in sections if section.strip()
    }
    expected = [str(name) for name in (*RuleId, *GoalId)]
    assert [heading for heading in by_heading if heading in expected] == expected
    for name in expected:
        assert text.count(f"\n## {name}\n") == 1
        assert "Contract: " in by_heading[name], f"{name} does not say where it is asked for"
