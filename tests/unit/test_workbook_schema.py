"""The declared schema, canonical writing, and the template."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.unit.workbook_builder import MONDAY, TODAY, found, tables
from trainsched.domain.problems import Severity
from trainsched.workbook import load, write_workbook
from trainsched.workbook.dictionary import data_dictionary
from trainsched.workbook.names import key_of
from trainsched.workbook.schema import sheet_named, sheets
from trainsched.workbook.schema_work import SETTINGS
from trainsched.workbook.template import write_template

CONTRACT = {
    "Settings": "setting* value*",
    "Departments": "department* name site specialism region accredited_for",
    "Staff": "staff_id* name* department* band wte competences working_pattern pattern_anchor "
    "trains max_training_per_week max_training_per_day max_training site start_date end_date email",
    "Trainees": "trainee_id* name* department* programme* year training_officer hei wte "
    "working_pattern start_date end_date supernumerary competences",
    "Rotations": "trainee_id* department* from* to*",
    "Duties": "department* duty* staff_needed* competence min_band days periods presence "
    "one_person from to priority",
    "Curriculum": "programme* activity* title year kind sessions per_week length roles staff "
    "group_max group_min together equipment department earliest_week latest_week deadline "
    "max_per_week max_per_day min_gap_days after priority",
    "Equipment": "equipment* department site capacity days periods from to",
    "Roster": "staff_id* date* period code*",
    "Codes": "code* meaning* duty periods",
    "Leave": "person* from* to* periods",
    "University": "hei* programme year from* to*",
    "Closures": "date* department note",
    "Travel": "from_site* to_site* minutes*",
    "Preferences": "person* kind* value* weight",
    "Pins": "trainee_id* activity* date* period* staff_ids",
    "Programmes": "programme* years* annual_cost hei_fee start_month completion_rate "
    "retention_rate",
    "Targets": "programme* year* intake* department region",
    "HEI": "hei* programme* year places* fee_per_place extra_places_max extra_place_cost",
    "Posts": "post* band* competences* wte annual_cost department max_posts lead_time_months "
    "working_pattern",
    "Workforce": "specialism* year establishment_wte* in_post_wte* recommended_wte leavers_rate "
    "retirements_wte growth_wte region source",
    "Assumptions": "name* low central* high unit source*",
}


@pytest.mark.parametrize("name", sorted(CONTRACT))
def test_sheets_have_the_columns_of_the_contract(name: str) -> None:
    sheet = sheet_named(name)
    assert sheet is not None
    assert sheet.name == name
    shown = [column.name + ("*" if column.required else "") for column in sheet.columns]
    assert shown == CONTRACT[name].split()


def test_the_training_plan_has_all_activity_columns_of_the_curriculum() -> None:
    plan, curriculum = sheet_named("Training plan"), sheet_named("Curriculum")
    assert plan is not None
    assert curriculum is not None
    own = {column.name for column in plan.columns}
    assert {c.name for c in curriculum.columns} - own == {"programme", "year"}
    assert {column.name for column in sheets()[0].columns} == {"setting", "value"}
    assert set(CONTRACT) | {"Training plan"} == {sheet.name for sheet in sheets()}


def test_every_column_and_setting_has_help_and_no_two_share_a_spelling() -> None:
    for sheet in sheets():
        keys = [key for column in sheet.columns for key in set(column.keys)]
        assert len(keys) == len(set(keys)), sheet.name
        assert all(column.help.endswith((".", ":")) or column.help for column in sheet.columns)
    names = [key_of(name) for sheet in sheets() for name in (sheet.name, *sheet.aliases)]
    assert len(names) == len(set(names))
    words = [key_of(name) for setting in SETTINGS for name in (setting.name, *setting.aliases)]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("STAFF", "Staff"),
        ("training_plans", "Training plan"),
        (" Training-Plan ", "Training plan"),
        ("Department", "Departments"),
        ("Roster March", "Roster"),
        ("ROSTER_NM", "Roster"),
        ("rotation", "Rotations"),
        ("Roster codes", "Codes"),
        ("Key to rota", None),
        ("Budget", None),
    ],
)
def test_sheet_names_match_whatever_their_spelling(typed: str, meant: str | None) -> None:
    sheet = sheet_named(typed)
    assert (sheet.name if sheet else None) == meant


def test_written_workbooks_are_reproducible_and_in_order(tmp_path: Path) -> None:
    made = tables(Roster=[["staff_id", MONDAY], ["S1", "AL"]], Scribbles=[{"a": 1}])
    backwards = dict(reversed(made.items()))
    write_workbook(tmp_path / "one.xlsx", made)
    write_workbook(tmp_path / "two.xlsx", backwards)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "one.xlsx")
    assert book.sheetnames == ["Settings", "Departments", "Staff", "Trainees", "Duties",
                               "Curriculum", "Roster", "Scribbles"]  # fmt: skip
    assert book["Staff"].freeze_panes == "B2"
    assert book["Roster"]["B1"].is_date
    assert book["Staff"]["A1"].comment is not None


def test_text_stays_text_and_dates_are_dates(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    staff = [{"staff_id": "007", "name": "=cmd()", "department": "RT", "trains": False,
              "start_date": date(2027, 1, 4), "email": "http://a.example"}]  # fmt: skip
    write_workbook(path, {"Staff": staff})
    page = openpyxl.load_workbook(path)["Staff"]
    header = [cell.value for cell in page[1]]
    cells = dict(zip(header, page[2], strict=True))
    assert (cells["staff_id"].value, cells["staff_id"].data_type) == ("007", "s")
    assert (cells["name"].value, cells["name"].data_type) == ("=cmd()", "s")
    assert cells["trains"].value == "no"
    assert cells["start_date"].is_date
    assert cells["email"].hyperlink is None
    assert "band" not in cells


def test_writing_a_column_that_the_sheet_lacks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Staff has no column surname"):
        write_workbook(tmp_path / "book.xlsx", {"Staff": [{"staff_id": "1", "surname": "x"}]})


def test_the_template_has_every_sheet_and_column_with_lists_and_notes(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["Read me", *(sheet.name for sheet in sheets())]
    for sheet in sheets():
        page = book[sheet.name]
        assert [cell.value for cell in page[1]] == [column.name for column in sheet.columns]
        assert all(cell.comment for cell in page[1])
        assert page.freeze_panes == "B2"
    lists = {str(one.sqref): one.formula1 for one in book["Duties"].data_validations.dataValidation}
    assert '"exclusive,on_site"' in lists.values()
    assert '"yes,no"' in lists.values()
    assert [row[0].value for row in book["Settings"].iter_rows(min_row=2)] == [
        setting.name for setting in SETTINGS
    ]


def test_the_blank_template_reads_with_only_what_has_to_be_filled_in(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path)
    reading = load(path, today=TODAY)
    assert {p.sheet for p in found(reading, Severity.ERROR)} == {"Departments", "Staff"}
    assert all("no rows" in p.problem for p in found(reading, Severity.ERROR))
    assert "Read me" not in {p.sheet for p in reading.problems}


def test_the_example_reads_without_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "template.xlsx"
    write_template(path, example=True)
    reading = load(path, today=TODAY)
    assert reading.problems == ()
    organisation = reading.facts()
    assert len(organisation.requirements) == 13
    assert organisation.pins[0].trainee_ids == ("T1",)
    assert {entry.meaning.value for entry in organisation.roster} == {"absent", "busy", "duty"}


def test_the_template_is_reproducible(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        write_template(tmp_path / name, example=True)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_the_data_dictionary_names_every_column_and_setting() -> None:
    text = data_dictionary()
    for sheet in sheets():
        section = text.split(f"\n## {sheet.name}\n", 1)[1].split("\n## ", 1)[0]
        for column in sheet.columns:
            row = next(
                line for line in section.splitlines() if line.startswith(f"| `{column.name}`")
            )
            assert column.help.replace("|", "\\|") in row
            assert row.replace("\\|", "").count("|") == 7
    assert all(f"| `{setting.name}` |" in text for setting in SETTINGS)
