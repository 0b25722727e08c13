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
    it holds them all or not (if not, they are refused). Pins of a group activity of which one
    names no staff are one session as long as it holds them all. Published sessions are pinned as
    they were; pins among them have no more to say.
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
        groups = found[pin.offering]
        for position, group in enumerate(groups):
            demands = tuple(sorted({*group.demands, *pin.demands}))
            must_join = set(group.staff) & set(pin.staff) or set(group.demands) & set(pin.demands)
            may_join = not (group.staff and pin.staff) and len(demands) <= need.group_max
            if must_join or may_join or need.activity.together:
                staff = tuple(sorted({*group.staff, *pin.staff}))
                groups[position] = PinnedGroup(demands, staff)
                break
        else:
            groups.append(PinnedGroup(tuple(sorted(pin.demands)), tuple(sorted(pin.staff))))
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
