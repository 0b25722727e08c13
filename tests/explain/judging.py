"""The oracle asked what an explanation claims: can these requirements all have so many sessions?

The question is put as an organisation of its own, in which each must have exactly that many, so
that the oracle, which knows nothing of explanations, answers it by trying everything.
"""

from collections.abc import Mapping
from itertools import product

from tests.agreement.brute_force import Oracle
from trainsched.domain.curriculum import Timing, TrainingPlanRow
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import GoalId

Key = tuple[str, str]
MOST_STEPS = 50_000


def can_have(
    organisation: Organisation, least: Mapping[Key, int], required: Mapping[Key, int]
) -> bool:
    """Whether the oracle finds a plan in which each has at least so many sessions."""
    timings = {(r.trainee_id, r.activity): r.timing for r in organisation.requirements}
    wanted = _with_company({k: n for k, n in least.items() if n}, timings, organisation, required)
    codes = {activity for _, activity in wanted}
    optional = {
        key: count
        for key, count in required.items()
        if key[1] in codes
        and key not in wanted
        and organisation.activity_by_code[key[1]].group_max != 1
    }
    waiting = sorted(optional)
    while waiting:
        trainee, activity = waiting.pop()
        for code in timings[trainee, activity].after:
            earlier = trainee, code
            if earlier in required and earlier not in optional and earlier not in wanted:
                optional[earlier] = required[earlier]
                waiting.append(earlier)
    # Company may need more than its own number, to make up a group: every number is tried.
    shared = [
        key for key in wanted if not _is_alone(organisation, key) and wanted[key] < required[key]
    ]
    ranges = [range(wanted[key], required[key] + 1) for key in shared]
    return any(
        _fits(
            organisation,
            {**wanted, **dict(zip(shared, counts, strict=True))},
            optional,
            timings,
        )
        for counts in product(*ranges)
    )


def _is_alone(organisation: Organisation, key: Key) -> bool:
    activity = organisation.activity_by_code[key[1]]
    return activity.together or activity.group_max == 1


def _fits(
    organisation: Organisation,
    wanted: Mapping[Key, int],
    optional: Mapping[Key, int],
    timings: Mapping[Key, Timing],
) -> bool:
    """Whether all that is wanted can be had, in just these numbers."""
    rows = [_row(key, count, timings[key], Priority.MUST) for key, count in wanted.items()]
    rows += [_row(key, count, timings[key], Priority.COULD) for key, count in optional.items()]
    known = {*wanted, *optional}
    asked = organisation.with_facts(
        curriculum=(),
        training_plan=tuple(sorted(rows, key=lambda r: (r.trainee_id, r.activity))),
        pins=tuple(
            pin
            for pin in organisation.pins
            if all((trainee, pin.activity) in known for trainee in pin.trainee_ids)
        ),
        preferences=(),
    )
    best = Oracle(asked, MOST_STEPS).best()
    return best is not None and best[GoalId.UNPLACED_MUST] == 0


def _with_company(
    wanted: dict[Key, int],
    timings: Mapping[Key, Timing],
    organisation: Organisation,
    required: Mapping[Key, int],
) -> dict[Key, int]:
    """What must come before is had in full; a cohort has as many sessions all together."""
    while True:
        more = dict(wanted)
        for trainee, activity in wanted:
            for code in timings[trainee, activity].after:
                if (trainee, code) in required:
                    more[trainee, code] = required[trainee, code]
            if organisation.activity_by_code[activity].together:
                cohort = [key for key in required if key[1] == activity]
                most = max(more.get(key, 0) for key in cohort)
                more.update(dict.fromkeys(cohort, most))
        if more == wanted:
            return wanted
        wanted = more


def _row(key: Key, count: int, timing: Timing, priority: Priority) -> TrainingPlanRow:
    changed = timing.model_copy(update={"sessions": count, "per_week": None, "priority": priority})
    return TrainingPlanRow(trainee_id=key[0], activity=key[1], timing=changed)
