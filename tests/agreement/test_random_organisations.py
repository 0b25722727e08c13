"""The random organisations meet everything that the planner is judged on, and stay the same."""

from collections.abc import Callable

import pytest

from tests.agreement.brute_force import Oracle, TooLargeError
from tests.agreement.day_cover import DayCover
from tests.agreement.presence import WhoIsWhere
from tests.agreement.random_organisations import random_organisation
from trainsched.domain.curriculum import TRAINING_OFFICER, Kind
from trainsched.domain.duties import Presence, Priority
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import PreferenceKind
from trainsched.domain.roster import Meaning

SEEDS = range(60)


def short_anyway(organisation: Organisation) -> bool:
    """Whether some duty place is missing however little training there is."""
    where = WhoIsWhere(organisation)
    return any(
        any(missing)
        for day in organisation.calendar.open_dates
        for missing in DayCover(where, day).unavoidable.values()
    )


def pooled_at_two_sites(organisation: Organisation) -> bool:
    """Whether somebody serves departments at two sites."""
    return any(
        len({organisation.department_by_code[code].site for code in person.departments}) > 1
        for person in organisation.staff
    )


FEATURES: dict[str, Callable[[Organisation], bool]] = {
    "a role for two": lambda o: any(r.count == 2 for a in o.activities for r in a.roles),
    "two roles": lambda o: any(len(a.roles) == 2 for a in o.activities),
    "a role with a band": lambda o: any(r.min_band for a in o.activities for r in a.roles),
    "the training officer": lambda o: any(
        r.name == TRAINING_OFFICER for a in o.activities for r in a.roles
    ),
    "staff by name": lambda o: any(a.staff for a in o.activities),
    "groups": lambda o: any((a.group_max or 0) > 1 for a in o.activities),
    "a least group": lambda o: any(a.group_min > 1 for a in o.activities),
    "a cohort": lambda o: any(a.together for a in o.activities) and len(o.trainees) > 1,
    "study": lambda o: any(a.kind is Kind.STUDY for a in o.activities),
    "long sessions": lambda o: any(a.length > 1 for a in o.activities),
    "a department by name": lambda o: (
        len(o.departments) > 1 and any(a.department for a in o.activities)
    ),
    "alternatives": lambda o: any(len(i) > 1 for a in o.activities for i in a.equipment),
    "an item twice": lambda o: any(len(set(a.equipment)) < len(a.equipment) for a in o.activities),
    "weekly amounts": lambda o: any(r.timing.per_week for r in o.requirements),
    "deadlines": lambda o: any(r.timing.deadline for r in o.requirements),
    "first weeks": lambda o: any((r.timing.earliest_week or 1) > 1 for r in o.requirements),
    "last weeks": lambda o: any(r.timing.latest_week for r in o.requirements),
    "order": lambda o: any(r.timing.after for r in o.requirements),
    "the most in a week": lambda o: any(r.timing.max_per_week for r in o.requirements),
    "the most in a day": lambda o: any(r.timing.max_per_day for r in o.requirements),
    "gaps": lambda o: any(r.timing.min_gap_days for r in o.requirements),
    "three priorities": lambda o: {r.timing.priority for r in o.requirements} == set(Priority),
    "one person for the day": lambda o: any(d.one_person for d in o.duties),
    "on site": lambda o: any(d.presence is Presence.ON_SITE for d in o.duties),
    "two rows of a duty": lambda o: len({(d.department, d.duty) for d in o.duties}) < len(o.duties),
    "duties of less priority": lambda o: any(d.priority is not Priority.MUST for d in o.duties),
    "a duty with a band": lambda o: any(d.min_band for d in o.duties),
    "short anyway": short_anyway,
    "pooled at two sites": pooled_at_two_sites,
    "rotations": lambda o: bool(o.rotations),
    "university": lambda o: any(b.takes(t) for b in o.university for t in o.trainees),
    "closures": lambda o: bool(o.closures),
    "bank holidays": lambda o: bool(o.calendar.bank_holidays),
    "flexible duties": lambda o: (
        o.cover is CoverMode.FLEXIBLE and any(e.meaning is Meaning.DUTY for e in o.roster)
    ),
    "duties as rostered": lambda o: (
        o.cover is CoverMode.AS_ROSTERED and any(e.meaning is Meaning.DUTY for e in o.roster)
    ),
    "every code": lambda o: {e.meaning for e in o.roster} == set(Meaning),
    "caps": lambda o: any(p.max_training is not None for p in o.staff),
    "a cap by policy": lambda o: o.policy.limit("max_training_per_week") is not None,
    "taught periods": lambda o: o.policy.limit("max_taught_periods_per_day") is not None,
    "those who do not train": lambda o: not all(p.trains for p in o.staff),
    "alternating weeks": lambda o: any(len(p.pattern.weeks) > 1 for p in o.staff),
    "trainees who cover": lambda o: not all(t.supernumerary for t in o.trainees),
    "pins": lambda o: bool(o.pins),
    **{
        f"{kind}": lambda o, kind=kind: any(p.kind is kind for p in o.preferences)
        for kind in PreferenceKind
    },
}


@pytest.fixture(scope="module")
def organisations() -> list[Organisation]:
    return [random_organisation(seed) for seed in SEEDS]


@pytest.mark.parametrize("feature", sorted(FEATURES))
def test_some_organisation_has_it(organisations: list[Organisation], feature: str) -> None:
    assert any(FEATURES[feature](organisation) for organisation in organisations)


def test_a_seed_is_one_organisation() -> None:
    assert random_organisation(7) == random_organisation(7)
    assert random_organisation(7) != random_organisation(8)


def test_most_are_small_enough_to_try_everything(organisations: list[Organisation]) -> None:
    too_large = 0
    for organisation in organisations:
        try:
            Oracle(organisation)
        except TooLargeError:
            too_large += 1
    assert too_large <= len(organisations) // 10
