"""Plans read back: plan.json, and plan.xlsx after changes by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.unit.workbook_builder import MONDAY, read_quickly, tables
from trainsched.domain.curriculum import Kind
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import (
    CoverEntry,
    Plan,
    Session,
    StaffRole,
    Summary,
    written_periods,
)
from trainsched.domain.problems import WorkbookError
from trainsched.workbook import read_plan
from trainsched.workbook.plan_sheets import (
    PlanTable,
    fingerprint,
    fingerprint_property,
    fingerprints,
    plan_tables,
)
from trainsched.workbook.write import Formats, open_book, write_grid

TUESDAY = MONDAY + timedelta(days=1)
NO_SUMMARY = Summary(
    required=0,
    placed=0,
    share_placed=0,
    protected_trainer_hours=0,
    protected_trainee_hours=0,
    changed_duties=0,
)


@pytest.fixture(scope="module")
def organisation() -> Organisation:
    curriculum = [
        {"programme": "STP-RT", "activity": "QA", "sessions": 2, "group_max": 2,
         "roles": "trainer: qc; supervisor: mpe", "equipment": "linac", "kind": None,
         "per_week": None, "length": None},
        {"programme": "STP-RT", "activity": "STUDY", "kind": "study", "per_week": 1, "length": 2,
         "sessions": None},
    ]  # fmt: skip
    equipment = [{"equipment": "linac", "capacity": 1}]
    duties = [
        {"department": "RT", "duty": "QC", "staff_needed": 1, "periods": "AM", "to": TUESDAY},
        {"department": "NM", "duty": "Clinic", "staff_needed": 1, "periods": "AM", "to": MONDAY},
    ]
    made = tables(Curriculum=curriculum, Equipment=equipment, Duties=duties)
    made["Settings"][2]["value"] = 1
    return read_quickly(made).facts()


def session(number: int, day: date, period: str, **changed: Any) -> Session:
    values: dict[str, Any] = {
        "id": f"s{number:05d}",
        "activity": "QA",
        "kind": Kind.TAUGHT,
        "department": "RT",
        "site": "RT",
        "date": day,
        "period": period,
        "length": 1,
        "start": "08:30" if period == "AM" else "13:00",
        "end": "12:30" if period == "AM" else "17:00",
        "staff": (
            StaffRole(role="trainer", staff_id="S2"),
            StaffRole(role="supervisor", staff_id="S1"),
        ),
        "trainees": ("T1", "T2"),
        "equipment": ("linac",),
    }
    return Session(**values | changed)


@pytest.fixture
def plan(organisation: Organisation) -> Plan:
    calendar = organisation.calendar
    study = {"activity": "STUDY", "kind": Kind.STUDY, "length": 2, "staff": (), "equipment": (),
             "trainees": ("T1",), "end": "17:00"}  # fmt: skip
    return Plan(
        organisation=organisation.name,
        start_date=calendar.start_date,
        weeks=calendar.weeks,
        periods=written_periods(calendar),
        sessions=(
            session(1, MONDAY, "PM"),
            session(2, TUESDAY, "PM", pinned=True),
            session(3, TUESDAY + timedelta(days=1), "AM", **study),
        ),
        cover=(
            CoverEntry(department="NM", duty="Clinic", date=MONDAY, period="AM", staff_id="S3"),
            CoverEntry(department="RT", duty="QC", date=MONDAY, period="AM", staff_id="S1",
                       rostered_staff_id="S2"),
        ),
        shortfalls=(), unplaced=(), goals=(), summary=NO_SUMMARY,
    )  # fmt: skip


def write(path: Path, made: Mapping[str, PlanTable], *, with_fingerprints: bool = True) -> None:
    book = open_book(path)
    formats = Formats(book)
    for name, table in made.items():
        write_grid(book.add_worksheet(name), formats, [table.headers, *table.rows])
    if with_fingerprints:
        for name, value in fingerprints(made).items():
            book.set_custom_property(name, value)
    book.close()


@pytest.fixture
def path(tmp_path: Path, plan: Plan, organisation: Organisation) -> Path:
    made = tmp_path / "plan.xlsx"
    write(made, plan_tables(plan, organisation))
    return made


def edit(path: Path, sheet: str, changes: Mapping[tuple[int, str], Any]) -> dict[str, str]:
    """Change cells by row and header; gives the letters of the columns by header."""
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    columns = {cell.value: cell.column_letter for cell in page[1]}
    for (row, header), value in changes.items():
        page[f"{columns[header]}{row}"] = value
    book.save(path)
    return {str(header): letter for header, letter in columns.items()}


def delete_row(path: Path, sheet: str, row: int) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet].delete_rows(row)
    book.save(path)


def rows_of(path: Path, sheet: str) -> Sequence[Sequence[Any]]:
    return list(openpyxl.load_workbook(path)[sheet].iter_rows(values_only=True))


def faults(path: Path, organisation: Organisation) -> list[tuple[str, str]]:
    with pytest.raises(WorkbookError) as caught:
        read_plan(path, organisation)
    assert all(problem.remedy for problem in caught.value.problems)
    return [(problem.where, problem.problem) for problem in caught.value.problems]


def test_an_unchanged_plan_reads_back_the_same(
    path: Path, plan: Plan, organisation: Organisation
) -> None:
    again = read_plan(path, organisation)
    assert again.sessions == plan.sessions
    assert again.cover == plan.cover
    assert again.goals == ()


def test_what_follows_from_sessions_and_cover_is_counted_anew(
    path: Path, organisation: Organisation
) -> None:
    again = read_plan(path, organisation)
    assert [(s.department, s.duty, s.date, s.missing) for s in again.shortfalls] == [
        ("RT", "QC", TUESDAY, 1)
    ]
    assert [(u.trainee_id, u.activity, u.required, u.placed) for u in again.unplaced] == [
        ("T2", "STUDY", 1, 0)
    ]
    summary = again.summary
    assert (summary.required, summary.placed, summary.share_placed) == (6, 5, 0.833333)
    assert (summary.protected_trainer_hours, summary.protected_trainee_hours) == (16, 24)
    assert summary.changed_duties == 1


def test_fingerprints_are_those_of_what_excel_keeps(
    path: Path, plan: Plan, organisation: Organisation
) -> None:
    made = plan_tables(plan, organisation)
    for name in made:
        assert fingerprint(rows_of(path, name)) == fingerprints(made)[fingerprint_property(name)]
    assert fingerprint([["a", None], [1.0, ""]]) == fingerprint([["a"], [1]])
    assert fingerprint([["a"], ["b"]]) != fingerprint([["a", "b"]])


@pytest.mark.parametrize("sheet", ["By trainee", "By trainer", "By department"])
def test_the_changed_sheet_counts(path: Path, organisation: Organisation, sheet: str) -> None:
    rows = rows_of(path, sheet)
    mine = [n for n, row in enumerate(rows, 1) if row[-1] == "s00001"]
    thursday = MONDAY + timedelta(days=3)
    edit(path, sheet, {(n, "date"): thursday for n in mine} | {(n, "period"): "AM" for n in mine})
    again = read_plan(path, organisation)
    moved = next(s for s in again.sessions if s.id == "s00001")
    assert (moved.date, moved.period, moved.start, moved.end) == (
        thursday,
        "AM",
        "08:30",
        "12:30",
    )
    assert moved.trainees == ("T1", "T2")
    assert [s.id for s in again.sessions] == ["s00002", "s00003", "s00001"]


def test_a_trainee_moved_alone_has_a_session_of_their_own(
    path: Path, organisation: Organisation
) -> None:
    rows = rows_of(path, "By trainee")
    (mine,) = [n for n, row in enumerate(rows, 1) if (row[0], row[-1]) == ("T2", "s00001")]
    edit(path, "By trainee", {(mine, "date"): "05/03/2027"})
    again = read_plan(path, organisation)
    parted = {s.id: (s.date, s.trainees) for s in again.sessions if s.id.startswith("s00001")}
    assert parted == {
        "s00001": (MONDAY, ("T1",)),
        "s00001-2": (date(2027, 3, 5), ("T2",)),
    }


def test_a_row_taken_away_takes_the_trainee_away(path: Path, organisation: Organisation) -> None:
    rows = rows_of(path, "By trainee")
    (mine,) = [n for n, row in enumerate(rows, 1) if (row[0], row[-1]) == ("T2", "s00001")]
    delete_row(path, "By trainee", mine)
    again = read_plan(path, organisation)
    assert again.sessions[0].trainees == ("T1",)
    assert {(u.trainee_id, u.activity) for u in again.unplaced} == {("T2", "QA"), ("T2", "STUDY")}


def test_trainees_typed_into_by_trainee_are_not_lost_in_silence(
    path: Path, organisation: Organisation
) -> None:
    columns = edit(path, "By trainee", {(2, "trainees"): "T1"})
    ((where, what),) = faults(path, organisation)
    assert where == f"By trainee!{columns['trainees']}2"
    assert "s00001" in what


def test_new_sessions_and_cover_are_taken(path: Path, organisation: Organisation) -> None:
    book = openpyxl.load_workbook(path)
    page = book["By department"]
    row = [cell.value for cell in page[2]]
    header = [cell.value for cell in page[1]]
    row[header.index("session")] = None
    row[header.index("date")] = date(2027, 3, 5)
    page.append(row)
    book["Cover"].append(["RT", "QC", TUESDAY, "Tue", "AM", "S2", None, None, None])
    book.save(path)
    again = read_plan(path, organisation)
    assert len(again.sessions) == 4
    assert len({s.id for s in again.sessions}) == 4
    assert again.shortfalls == ()


def test_staff_without_roles_take_the_roles_in_order(
    path: Path, organisation: Organisation
) -> None:
    edit(path, "By department", {(2, "staff"): "S2; S1"})
    assert read_plan(path, organisation).sessions[0].staff == (
        StaffRole(role="trainer", staff_id="S2"),
        StaffRole(role="supervisor", staff_id="S1"),
    )


@pytest.mark.parametrize(
    ("header", "value", "words"),
    [
        ("date", "tomorrow", "not a date"),
        ("date", None, "not a date"),
        ("period", "NIGHT", "not a period"),
        ("length", 5, "5 periods, but from PM only 1"),
        ("length", "two", "not a number"),
        ("activity", "QB", "no activity 'QB'"),
        ("department", "RX", "no department 'RX'"),
        ("staff", "trainer=S9", "no member of staff 'S9'"),
        ("trainees", "T1; T9", "no trainee 'T9'"),
        ("equipment", "linak", "no equipment 'linak'"),
        ("pinned", "perhaps", "neither yes nor no"),
    ],
)
def test_faulty_cells_are_named(
    path: Path, organisation: Organisation, header: str, value: Any, words: str
) -> None:
    columns = edit(path, "By department", {(2, header): value})
    ((where, what),) = faults(path, organisation)
    assert where == f"By department!{columns[header]}2"
    assert words in what


def test_all_faults_are_named_at_once(path: Path, organisation: Organisation) -> None:
    edit(path, "By department", {(2, "activity"): "QB", (3, "staff"): "trainer=S9"})
    edit(path, "Cover", {(2, "staff_id"): "S9", (3, "duty"): "QD"})
    assert [where.split("!")[0] for where, _ in faults(path, organisation)] == [
        "By department",
        "By department",
        "Cover",
        "Cover",
    ]


def test_two_changed_sheets_that_disagree_are_named_both(
    path: Path, organisation: Organisation
) -> None:
    edit(path, "By department", {(2, "period"): "AM"})
    columns = edit(path, "By trainee", {(2, "date"): TUESDAY, (4, "date"): TUESDAY})
    told = faults(path, organisation)
    assert told
    assert all("disagree" in what for _, what in told)
    assert any("By trainee!" in what and where.startswith("By department!") for where, what in told)
    assert columns


def test_two_changed_sheets_that_agree_are_fine(path: Path, organisation: Organisation) -> None:
    edit(path, "By department", {(2, "period"): "AM"})
    rows = rows_of(path, "By trainee")
    mine = [n for n, row in enumerate(rows, 1) if row[-1] == "s00001"]
    edit(path, "By trainee", {(n, "period"): "AM" for n in mine})
    assert read_plan(path, organisation).sessions[0].period == "AM"


def test_rows_of_one_session_must_agree_on_by_trainer(
    path: Path, organisation: Organisation
) -> None:
    columns = edit(path, "By trainer", {(2, "date"): "05/03/2027"})
    ((where, what),) = faults(path, organisation)
    assert where.startswith(f"By trainer!{columns['date']}")
    assert "say different things" in what


def test_the_person_of_a_trainers_row_must_be_among_the_staff(
    path: Path, organisation: Organisation
) -> None:
    edit(path, "By trainer", {(2, "staff_id"): "S3"})
    ((_, what),) = faults(path, organisation)
    assert "This row is for S3" in what


def test_sessions_that_stand_twice_are_refused(path: Path, organisation: Organisation) -> None:
    edit(path, "By department", {(3, "session"): "s00001"})
    ((_, what),) = faults(path, organisation)
    assert "The session s00001 stands here and in By department!" in what


def test_without_fingerprints_by_department_counts(
    tmp_path: Path, plan: Plan, organisation: Organisation
) -> None:
    path = tmp_path / "plan.xlsx"
    write(path, plan_tables(plan, organisation), with_fingerprints=False)
    edit(path, "By trainee", {(2, "date"): TUESDAY})
    edit(path, "By department", {(2, "period"): "AM"})
    again = read_plan(path, organisation)
    assert (again.sessions[0].date, again.sessions[0].period) == (MONDAY, "AM")


def test_a_workbook_that_is_no_plan(tmp_path: Path, organisation: Organisation) -> None:
    path = tmp_path / "other.xlsx"
    openpyxl.Workbook().save(path)
    ((where, what),) = faults(path, organisation)
    assert where == ""
    assert "none of the sheets" in what
    ((_, what),) = faults(tmp_path / "missing.xlsx", organisation)
    assert "There is no plan at" in what


def test_a_column_taken_away_is_named(path: Path, organisation: Organisation) -> None:
    edit(path, "By department", {(1, "period"): "when"})
    ((where, what),) = faults(path, organisation)
    assert where == "By department!A1"
    assert "The column period is missing" in what


def test_plan_json_reads_back_the_same(
    tmp_path: Path, plan: Plan, organisation: Organisation
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(plan.to_json(), encoding="utf-8")
    assert read_plan(path, organisation) == plan


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('"length": 1', '"length": "long"', "sessions.0.length"),
        ("trainsched-plan/1", "trainsched-plan/9", "format"),
        ('"goals"', '"gaols"', "gaols"),
        ('"sessions": [', '"sessions": [[', "not well formed"),
    ],
)
def test_a_malformed_plan_json_is_refused(
    tmp_path: Path, plan: Plan, organisation: Organisation, old: str, new: str, words: str
) -> None:
    path = tmp_path / "plan.json"
    path.write_text(plan.to_json().replace(old, new, 1), encoding="utf-8")
    assert any(words in what for _, what in faults(path, organisation))
    assert faults(tmp_path / "none.json", organisation)


def test_weekly_needs_are_counted_pro_rata() -> None:
    curriculum = [{"programme": "STP-RT", "activity": "A", "per_week": 2}]
    trainees = tables()["Trainees"][:1]
    made = tables(
        Curriculum=curriculum,
        Trainees=trainees,
        Closures=[{"date": MONDAY + timedelta(days=n)} for n in (0, 1, 2)],
        University=[{"hei": "U", "from": MONDAY + timedelta(days=7),
                     "to": MONDAY + timedelta(days=11)}],
        Roster=[["id", *[MONDAY + timedelta(days=n) for n in (14, 15, 16, 17)]],
                ["T1", "AL", "AL am", "AL", "AL"]],
    )  # fmt: skip
    made["Trainees"][0]["hei"] = "U"
    organisation = read_quickly(made).facts()
    from trainsched.workbook.recount import recount

    (short,) = recount(organisation, (), ()).unplaced
    # Week 1: two days left, 2 x 2 / 5 = 0.8, so 1. Week 2: away. Week 3: two days, one in part: 1.
    # Week 4 (with Good Friday off): four days, so 2.
    assert short.required == 4


def test_a_plan_of_another_workbook_is_refused_in_one_sentence(
    tmp_path: Path, plan: Plan, organisation: Organisation
) -> None:
    path = tmp_path / "plan.xlsx"
    several = plan.model_copy(update={"sessions": plan.sessions * 3})
    write(path, plan_tables(several, organisation))
    names = {"staff": "staff_id", "trainees": "trainee_id"}
    others = {
        kind: tuple(
            person.model_copy(update={column: f"X{number}"})
            for number, person in enumerate(getattr(organisation, kind))
        )
        for kind, column in names.items()
    }
    another = organisation.with_facts(**others, roster=())
    ((where, what),) = faults(path, another)
    assert where == ""
    assert "of another workbook" in what
