"""Pins of one offering, joined where they can only mean one session."""

from collections import defaultdict
from dataclasses import dataclass

from trainsched.domain.rules import RuleId
from trainsched.planning.matching import Matcher
from trainsched.problem.problem import Problem


@dataclass(frozen=True, slots=True)
class PinnedGroup:
    """The demands and staff that pins want in one session."""

    demands: tuple[int, ...]
    staff: tuple[int, ...]


def pinned_groups(problem: Problem) -> dict[int, tuple[PinnedGroup, ...]]:
    """For each pinned offering its pinned sessions.

    Pins that name the same member of staff or the same trainee can only mean one session, whether
    it holds them all or not (if not, they are refused). Others may turn out to be one session or
    several, as the plan likes. Published sessions are pinned as they were; pins among them have
    no more to say.
    """
    published = {} if problem.published is None else problem.published.by_offering()
    found: dict[int, list[PinnedGroup]] = defaultdict(list)
    for offering, sessions in published.items():
        found[offering] = [
            PinnedGroup(s.demands, tuple(sorted(person for _, person in s.staff))) for s in sessions
        ]
    for pin in problem.pins:
        if pin.offering is None or pin.offering in published:
            continue
        need = problem.activities[problem.offerings[pin.offering].activity]
        demands, staff = set(pin.demands), set(pin.staff)
        apart: list[PinnedGroup] = []
        for group in found[pin.offering]:
            if need.activity.together or demands & set(group.demands) or staff & set(group.staff):
                demands.update(group.demands)
                staff.update(group.staff)
            else:
                apart.append(group)
        joined = PinnedGroup(tuple(sorted(demands)), tuple(sorted(staff)))
        found[pin.offering] = [*apart, joined]
    return {offering: tuple(groups) for offering, groups in found.items()}


def misfit(problem: Problem, offering: int, group: PinnedGroup) -> RuleId | None:
    """The rule that keeps a pinned group from being one session, None if none does."""
    made = problem.offerings[offering]
    need = problem.activities[made.activity]
    if len(group.demands) > need.group_max:
        return RuleId.GROUP_SIZE
    matcher = Matcher(set(group.staff))
    filled = sum(
        matcher.fill(people, role.count)
        for role, people in zip(need.roles, made.roles, strict=True)
    )
    return RuleId.QUALIFIED if filled < len(group.staff) else None
