"""travel: between two sites on one day there is room for the travel minutes."""

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    Meaning,
    activity,
    calendar,
    department,
    duty,
    entry,
    needs,
    organisation,
    pattern,
    policy,
    staff,
    trainee,
)
from tests.rules.judging import judge_pair, placed
from trainsched.domain.calendar import Period
from trainsched.domain.departments import Travel
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId

RULE = RuleId.TRAVEL
MORNING = pattern(periods=("AM",))
AFTERNOON = pattern(periods=("PM",))


def minutes(there: int, back: int | None = None) -> tuple[Travel, ...]:
    return (
        Travel(from_site="site D", to_site="site E", minutes=there),
        Travel(from_site="site E", to_site="site D", minutes=there if back is None else back),
    )


def facts(**more: object) -> Organisation:
    """S1 serves two sites: T1 at D is there in the morning, T2 at E in the afternoon.

    The morning ends at 12:30 and the afternoon begins at 13:00: half an hour.
    """
    given: dict[str, object] = {
        "calendar": calendar(periods=(AM, PM)),
        "departments": (department("D"), department("E")),
        "staff": (staff("S1", ("D", "E")),),
        "trainees": (trainee("T1", "D", pattern=MORNING), trainee("T2", "E", pattern=AFTERNOON)),
        "activities": (activity("A"),),
        "training_plan": (needs("T1", "A"), needs("T2", "A")),
        "travel": minutes(30),
        **more,
    }
    return organisation(**given)


def test_thirty_minutes_fit_and_thirty_one_do_not() -> None:
    judge_pair(RULE, facts(), facts(travel=minutes(31)), loose_places=2, tight_places=1)


def test_only_the_way_that_is_taken_counts() -> None:
    assert placed(facts(travel=minutes(30, back=60))) == 2
    assert placed(facts(travel=minutes(60, back=30))) == 1


def test_a_pair_not_listed_takes_the_default() -> None:
    judge_pair(
        RULE,
        facts(travel=()),
        facts(travel=(), policy=policy(default_travel_minutes=45)),
        loose_places=2,
        tight_places=1,
    )


def test_one_site_takes_no_time() -> None:
    together = (department("D", site="one"), department("E", site="one"))
    far = {"travel": (), "policy": policy(default_travel_minutes=45)}
    assert placed(facts(departments=together, **far)) == 2


def test_trainees_travel_too() -> None:
    # T1's two activities are at two sites, each with a trainer of its own.
    def two_places(travel: tuple[Travel, ...]) -> Organisation:
        return facts(
            staff=(
                staff("S1", ("D",), pattern=MORNING),
                staff("S2", ("E",), pattern=AFTERNOON),
            ),
            trainees=(trainee("T1"),),
            activities=(activity("A", department="D"), activity("B", department="E")),
            training_plan=(needs("T1", "A"), needs("T1", "B")),
            travel=travel,
        )

    judge_pair(
        RULE, two_places(minutes(30)), two_places(minutes(31)), loose_places=2, tight_places=1
    )


def test_duties_are_stays() -> None:
    # S1 alone covers E's clinic in the afternoon, and so cannot teach at D in the morning.
    def on_duty(travel: tuple[Travel, ...]) -> Organisation:
        return facts(
            trainees=(trainee("T1", "D", pattern=MORNING),),
            training_plan=(needs("T1", "A"),),
            duties=(duty("clinic", home="E", periods=("PM",)),),
            travel=travel,
        )

    judge_pair(RULE, on_duty(minutes(30)), on_duty(minutes(31)), loose_places=1, tight_places=0)


def test_a_rostered_duty_that_a_trainee_does_not_do_is_no_stay() -> None:
    # T1 is on D's roster in the afternoon, which keeps T1 out of training then, but is on no duty
    # of the plan; in the morning T1 may be taught at E, however far it is.
    far = facts(
        trainees=(trainee("T1", "D"),),
        activities=(activity("A", department="E"),),
        training_plan=(needs("T1", "A"),),
        duties=(duty("clinic", weekdays=(1,)),),
        roster=(entry("T1", MONDAY, "PM", Meaning.DUTY, "clinic"),),
        travel=minutes(45),
    )
    assert placed(far) == 1


def test_a_free_period_between_makes_room() -> None:
    # Two hours at noon are enough for 45 minutes, even with two gaps of ten minutes around them.
    three = (
        AM,
        Period(name="NOON", start=12 * 60 + 40, end=14 * 60 + 40),
        Period(name="PM", start=14 * 60 + 50, end=17 * 60),
    )
    assert placed(facts(calendar=calendar(periods=three), travel=minutes(45))) == 2
