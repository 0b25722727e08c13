"""What a replan changed: kinds, days, and lines to send out."""

import json
from datetime import date, timedelta

import pytest

from tests.unit.reports_example import (
    MONDAY,
    NEXT_MONDAY,
    ORGANISATION,
    PLAN,
    TUESDAY,
    session,
)
from trainsched.domain.news import Absence, News
from trainsched.domain.plan import GoalResult, GoalStatus, Plan, Session, StaffRole
from trainsched.domain.rules import GoalId
from trainsched.reports.background import background_of
from trainsched.reports.change_document import changes_text
from trainsched.reports.change_words import messages_of
from trainsched.reports.changes import ChangeKind, Changes, changes_between
from trainsched.reports.manifest import ReplanRecord
from trainsched.reports.replan_report import notice_words, proof_words

BACKGROUND = background_of(ORGANISATION, PLAN, program_version="0")
NOBODY = News()
QA_ON_MONDAY = "Linac quality assurance, Mon 5 Jan, 13:00 to 17:00"


def with_sessions(*sessions: Session) -> Plan:
    """The example's plan with other sessions, numbered in this order."""
    numbered = [
        one.model_copy(update={"id": f"s{place:05d}"}) for place, one in enumerate(sessions, 1)
    ]
    return PLAN.model_copy(update={"sessions": tuple(numbered)})


def with_first(**update: object) -> Plan:
    """The example's plan with its first session changed."""
    first = Session.model_validate({**PLAN.sessions[0].model_dump(), **update})
    return with_sessions(first, *PLAN.sessions[1:])


def lines(changes: Changes, plan: Plan, news: News = NOBODY) -> dict[str, list[str]]:
    """The messages by person."""
    found: dict[str, list[str]] = {}
    for message in messages_of(changes, plan, BACKGROUND, news):
        found.setdefault(message.person_id, []).append(message.line)
    return found


def test_an_equal_plan_changes_nothing() -> None:
    changes = changes_between(PLAN, PLAN)
    assert (len(changes.kept), changes.changed, changes.days) == (4, (), ())
    assert changes.moved_sessions == 0
    assert lines(changes, PLAN) == {}


@pytest.mark.parametrize(
    ("update", "kind"),
    [
        ({"date": TUESDAY}, ChangeKind.MOVED),
        ({"period": "AM", "start": "08:30", "end": "12:30"}, ChangeKind.MOVED),
        ({"staff": (StaffRole(role="trainer", staff_id="S2"),)}, ChangeKind.RESTAFFED),
        ({"trainees": ("T1",)}, ChangeKind.REGROUPED),
    ],
)
def test_a_changed_session_is_found_again(update: dict[str, object], kind: ChangeKind) -> None:
    plan = with_first(**update)
    changes = changes_between(PLAN, plan)
    [change] = changes.changed
    assert change.kind is kind
    assert change.before == PLAN.sessions[0]
    assert change.after == plan.sessions[0]
    assert changes.moved_sessions == 1
    assert len(changes.kept) == 3


def test_another_room_leaves_a_session_kept() -> None:
    changes = changes_between(PLAN, with_first(equipment=("linac2",)))
    assert (len(changes.kept), changes.changed) == (4, ())


def test_cancelled_and_added() -> None:
    new = session(9, "READ", TUESDAY, "PM", "", "T2")
    plan = with_sessions(PLAN.sessions[1], new, *PLAN.sessions[2:])
    changes = changes_between(PLAN, plan)
    assert [change.kind for change in changes.changed] == [ChangeKind.CANCELLED, ChangeKind.ADDED]
    assert changes.moved_sessions == 1
    said = lines(changes, plan)
    assert said["S1"] == [f"Cancelled: {QA_ON_MONDAY} with Eve Firth and Finn Gray."]
    assert said["T2"][1] == "New: Reading, Tue 6 Jan, 13:00 to 17:00, Radiotherapy Physics."


def test_the_trainees_tell_which_session_became_which() -> None:
    # Both QA sessions move; each is recognised by its own trainee, not by its place in the list.
    one = session(1, "QA", MONDAY, "AM", "S1", "T1")
    two = session(2, "QA", MONDAY, "PM", "S1", "T2")
    earlier = with_sessions(one, two)
    plan = with_sessions(
        two.model_copy(update={"date": TUESDAY}),
        one.model_copy(update={"date": NEXT_MONDAY}),
    )
    found = {c.either.trainees: c.either.date for c in changes_between(earlier, plan).changed}
    assert found == {("T1",): NEXT_MONDAY, ("T2",): TUESDAY}


def test_who_leaves_and_who_takes_over_are_both_told() -> None:
    plan = with_first(staff=(StaffRole(role="trainer", staff_id="S2"),))
    said = lines(changes_between(PLAN, plan), plan)
    assert said["S1"] == [f"No longer yours: {QA_ON_MONDAY} with Eve Firth and Finn Gray."]
    assert said["S2"][0].startswith(f"New: {QA_ON_MONDAY}")
    before, after = "with Ada Bell and Finn Gray", "now with Ben Carr and Finn Gray"
    assert said["T1"] == [f"Changed: {QA_ON_MONDAY} {before}: {after}."]


def test_duties_that_change_hands_are_told_but_not_to_those_away() -> None:
    cover = tuple(
        entry.model_copy(update={"staff_id": "S1"}) if entry.staff_id == "S2" else entry
        for entry in PLAN.cover
    )
    plan = PLAN.model_copy(update={"cover": cover})
    changes = changes_between(PLAN, plan)
    assert {(day.person_id, day.date) for day in changes.days} == {("S1", MONDAY), ("S2", MONDAY)}
    assert lines(changes, plan) == {
        "S1": ["Duty Mon 5 Jan, AM: Linac QA (RT)."],
        "S2": ["Duty Mon 5 Jan, AM: not Linac QA (RT)."],
    }
    away = News(absences=(Absence(person_id="S2", first_date=MONDAY, last_date=TUESDAY),))
    assert set(lines(changes, plan, away)) == {"S1"}


def test_sessions_on_dates_that_are_no_longer_planned_are_passed_over() -> None:
    later = with_sessions(*PLAN.sessions[2:]).model_copy(
        update={"start_date": NEXT_MONDAY, "weeks": 1}
    )
    changes = changes_between(PLAN, later)
    assert (len(changes.kept), changes.changed) == (2, ())


def test_the_document_counts_and_never_says_why() -> None:
    plan = with_first(date=TUESDAY)
    changes = changes_between(PLAN, plan)
    news = News(
        absences=(Absence(person_id="S1", first_date=MONDAY, last_date=MONDAY),),
        locked_until=MONDAY,
    )
    record = ReplanRecord("0" * 64, news)
    document = json.loads(changes_text(changes, plan, BACKGROUND, record))
    assert document["format"] == "trainsched-changes/1"
    assert document["counts"]["kept"] == 3
    assert document["counts"]["moved"] == document["counts"]["moved_sessions"] == 1
    assert document["absent"] == [{"person": "S1", "from": "2026-01-05", "to": "2026-01-05"}]
    assert [change["kind"] for change in document["changes"]] == ["moved"]
    assert {day["person"] for day in document["days"]} == {"S1", "T1", "T2"}
    assert {message["person"] for message in document["messages"]} == {"S1", "T1", "T2"}


@pytest.mark.parametrize(
    ("locked_until", "expected"),
    [
        (MONDAY, "1 change comes at less than 42 days' notice, counted from Mon 5 Jan 2026."),
        (MONDAY - timedelta(days=60), "1 change comes at less than 42 days' notice, counted from"),
    ],
)
def test_short_notice_is_said(locked_until: date, expected: str) -> None:
    changes = changes_between(PLAN, with_first(date=TUESDAY))
    words = notice_words(PLAN, BACKGROUND, changes, News(locked_until=locked_until))
    assert words.startswith(expected)
    assert notice_words(PLAN, BACKGROUND, changes_between(PLAN, PLAN), NOBODY) == ""


def test_a_proof_is_claimed_only_where_there_is_one() -> None:
    for bound, status, words in (
        (3, GoalStatus.PROVED_BEST, "Proved: "),
        (2, GoalStatus.BEST_FOUND, "changes at least 2 earlier sessions"),
    ):
        goal = GoalResult(name=GoalId.MOVED_SESSIONS, value=3, bound=bound, status=status)
        assert words in proof_words(PLAN.model_copy(update={"goals": (goal,)}))
