"""At seven in the morning a pin gives way where only absence makes it impossible."""

from datetime import date

import pytest

import trainsched as ts
from tests.organisations import (
    AM,
    MONDAY,
    PM,
    TUESDAY,
    WEDNESDAY,
    Meaning,
    Role,
    activity,
    calendar,
    duty,
    entry,
    needs,
    organisation,
    staff,
    trainee,
)
from trainsched.domain.curriculum import Pin
from trainsched.domain.news import News
from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import Place
from trainsched.domain.rules import GoalId
from trainsched.reports.changes import ChangeKind
from trainsched.reports.manifest import ReplanRecord, news_from_manifest, replan_document
from trainsched.service import Plan

TAUGHT = activity("QA", roles=(Role(name="trainer", competences=("qa",)),))


def pinned(*who: str, day: date = TUESDAY, period: str = "AM", row: int = 2, **more: object) -> Pin:
    return Pin.model_validate(
        {"trainee_ids": who, "activity": "QA", "date": day, "period": period, "row": row, **more}
    )


def facts(**more: object) -> Organisation:
    """Three days, one trainee who needs one session, pinned to Tuesday morning."""
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1, 2), periods=(AM, PM)),
        "staff": (staff("S1", competences=("qa",)), staff("S2")),
        "trainees": (trainee("T1"),),
        "activities": (TAUGHT,),
        "training_plan": (needs("T1", "QA"),),
        "pins": (pinned("T1"),),
        "places": {
            "pin:2": Place(sheet="Pins", cell="A2"),
            "pin:3": Place(sheet="Pins", cell="A3"),
        },
        **more,
    }
    return organisation(**given)


def replanned(
    organisation: Organisation, *absent: tuple[str, date, date]
) -> tuple[Plan, Plan, list[str]]:
    """The plan before, the plan after, and what is said of pins."""
    before = ts.plan(organisation, workers=1)
    after = ts.replan(organisation, before, absent=absent, workers=1)
    assert ts.verify(organisation, after, published=before) == []
    return before, after, [words for words in after.warnings if "pin" in words]


def moved(plan: Plan) -> float | int | None:
    return next(goal.value for goal in plan.goals if goal.name is GoalId.MOVED_SESSIONS)


def test_a_pin_without_names_gives_way_when_the_only_trainer_is_away() -> None:
    before, after, said = replanned(facts(), ("S1", TUESDAY, TUESDAY))
    assert said == [
        "The pin of QA for T1 on 02/03/2027, AM (Pins!A2) gives way: S1 is away.",
    ]
    [was], [is_now] = before.sessions, after.sessions
    assert (was.date, is_now.date) == (TUESDAY, WEDNESDAY)
    assert moved(after) == 1
    assert after.changes is not None
    assert [change.kind for change in after.changes.changed] == [ChangeKind.MOVED]


def test_where_there_is_no_other_time_the_session_is_cancelled() -> None:
    only = facts(training_plan=(needs("T1", "QA", deadline=TUESDAY),))
    _, after, said = replanned(only, ("S1", TUESDAY, TUESDAY))
    assert len(said) == 1
    assert after.sessions == ()
    assert [(u.trainee_id, u.activity) for u in after.unplaced] == [("T1", "QA")]
    assert moved(after) == 1
    assert after.changes is not None
    assert [change.kind for change in after.changes.changed] == [ChangeKind.CANCELLED]


def test_a_pin_that_names_the_person_gives_way_altogether_if_nobody_else_can() -> None:
    _, after, said = replanned(
        facts(pins=(pinned("T1", staff_ids=("S1",)),)), ("S1", TUESDAY, TUESDAY)
    )
    assert said == ["The pin of QA for T1 on 02/03/2027, AM (Pins!A2) gives way: S1 is away."]
    assert [session.date for session in after.sessions] == [WEDNESDAY]


def test_a_pin_holds_with_somebody_else_where_there_is_one() -> None:
    two = facts(
        staff=(staff("S1", competences=("qa",)), staff("S2", competences=("qa",))),
        pins=(pinned("T1", staff_ids=("S1",)),),
    )
    _, after, said = replanned(two, ("S1", TUESDAY, TUESDAY))
    assert said == [
        "The pin of QA for T1 on 02/03/2027, AM (Pins!A2) gives way in part: S1 is away.",
    ]
    [session] = after.sessions
    assert (session.date, session.period, session.pinned) == (TUESDAY, "AM", True)
    assert [entry.staff_id for entry in session.staff] == ["S2"]
    assert moved(after) == 1


def test_of_two_pins_that_share_who_is_left_the_first_row_stays() -> None:
    two = facts(
        staff=(staff("S1", competences=("qa",)), staff("S2", competences=("qa",))),
        trainees=(trainee("T1"), trainee("T2")),
        training_plan=(needs("T1", "QA"), needs("T2", "QA")),
        pins=(pinned("T1"), pinned("T2", row=3)),
    )
    _, after, said = replanned(two, ("S2", TUESDAY, TUESDAY))
    assert said == ["The pin of QA for T2 on 02/03/2027, AM (Pins!A3) gives way: S2 is away."]
    at = {session.trainees: (session.date, session.period) for session in after.sessions}
    assert at["T1",] == (TUESDAY, "AM")
    assert at["T2",] != (TUESDAY, "AM")


def test_a_pin_gives_way_to_cover_that_somebody_else_has_to_take_over() -> None:
    covered = facts(
        staff=(
            staff("S1", competences=("qa", "clinic")),
            staff("S2", competences=("clinic",), trains=False),
        ),
        duties=(duty("clinic", competences=("clinic",)),),
    )
    _, after, said = replanned(covered, ("S2", TUESDAY, TUESDAY))
    assert said == ["The pin of QA for T1 on 02/03/2027, AM (Pins!A2) gives way: S2 is away."]
    assert all(session.date != TUESDAY for session in after.sessions)


def test_a_group_too_small_without_one_of_them_gives_way() -> None:
    group = facts(
        activities=(TAUGHT.model_copy(update={"group_min": 2, "group_max": 2}),),
        trainees=(trainee("T1"), trainee("T2")),
        training_plan=(needs("T1", "QA"), needs("T2", "QA")),
        pins=(pinned("T1", "T2"),),
    )
    _, after, said = replanned(group, ("T2", TUESDAY, TUESDAY))
    assert said == ["The pin of QA for T1, T2 on 02/03/2027, AM (Pins!A2) gives way: T2 is away."]
    assert [session.date for session in after.sessions] == [WEDNESDAY]


def test_only_those_are_named_without_whom_it_cannot_be() -> None:
    three = facts(staff=(staff("S1", competences=("qa",)), staff("S2"), staff("S3")))
    away = [(who, TUESDAY, TUESDAY) for who in ("S1", "S2", "S3")]
    _, _, said = replanned(three, *away)
    assert said == ["The pin of QA for T1 on 02/03/2027, AM (Pins!A2) gives way: S1 is away."]
    either = facts(staff=(staff("S1", competences=("qa",)), staff("S2", competences=("qa",))))
    _, _, said = replanned(either, *away[:2])
    assert said == [
        "The pin of QA for T1 on 02/03/2027, AM (Pins!A2) gives way: S1, S2 are away.",
    ]


def test_no_more_than_must_give_way() -> None:
    """The other trainer's pin at the same hour, and that of another day, stay."""
    several = facts(
        staff=(staff("S1", competences=("qa",)), staff("S2", competences=("qb",))),
        activities=(TAUGHT, activity("QB", roles=(Role(name="trainer", competences=("qb",)),))),
        trainees=(trainee("T1"), trainee("T2")),
        training_plan=(needs("T1", "QA", 2), needs("T2", "QB")),
        pins=(
            pinned("T1"),
            pinned("T2", row=3, activity="QB"),
            pinned("T1", day=WEDNESDAY, row=4),
        ),
    )
    _, after, said = replanned(several, ("S1", TUESDAY, TUESDAY))
    assert len(said) == 1
    at = {(s.activity, s.date, s.period) for s in after.sessions if s.pinned}
    assert ("QB", TUESDAY, "AM") in at
    assert ("QA", WEDNESDAY, "AM") in at


@pytest.mark.parametrize(
    "impossible",
    [
        (pinned("T1", day=MONDAY, row=3, staff_ids=("S2",)),),
        (pinned("T1", day=MONDAY, row=3), pinned("T1", day=WEDNESDAY, row=4)),
    ],
    ids=["a person without the competence", "more sessions than are needed"],
)
def test_a_pin_that_is_wrong_whoever_is_there_stays_an_error(impossible: tuple[Pin, ...]) -> None:
    plan = ts.plan(facts(), workers=1)
    wrong = facts(pins=(pinned("T1"), *impossible))
    with pytest.raises(ts.WorkbookError) as raised:
        ts.replan(wrong, plan, absent=[("S1", TUESDAY, TUESDAY)], locked_until=MONDAY, workers=1)
    assert "A3" in {problem.cell for problem in raised.value.problems}
    assert "A2" not in {problem.cell for problem in raised.value.problems}


def test_an_absence_of_the_workbook_itself_still_stands_against_a_pin() -> None:
    plan = ts.plan(facts(), workers=1)
    written = facts(roster=(entry("S1", TUESDAY, "AM", Meaning.ABSENT),))
    with pytest.raises(ts.WorkbookError):
        ts.replan(written, plan, workers=1)
    with pytest.raises(ts.WorkbookError):
        ts.replan(written, plan, absent=[("S2", TUESDAY, TUESDAY)], workers=1)


def test_the_record_of_a_run_keeps_which_pins_gave_way() -> None:
    _, after, _ = replanned(facts(), ("S1", TUESDAY, TUESDAY))
    record = after.record.replan
    assert isinstance(record, ReplanRecord)
    assert len(record.news.pins_given_way) == 1
    assert news_from_manifest({"replan": replan_document(record)}) == record.news
    assert isinstance(record.news, News)
