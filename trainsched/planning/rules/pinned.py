"""pinned: a pinned session happens as pinned; others may join it."""

from trainsched.planning.build import Build
from trainsched.planning.pairing import most_sessions
from trainsched.planning.pinned_groups import PinnedGroup, pinned_groups
from trainsched.planning.told_apart import tell_sessions_apart


def keep_pinned(build: Build) -> None:
    """Force every pin that has an offering; those without are refused before (see ``pins``).

    Published sessions stand fast by a rule of their own.
    """
    published = build.problem.published
    standing = {} if published is None else published.by_offering()
    earlier = build.problem.earlier
    sessions = {} if earlier is None else earlier.by_offering()
    for number, groups in sorted(pinned_groups(build.problem).items()):
        offering = build.problem.offerings[number]
        need = build.problem.activities[offering.activity]
        if number in standing:
            continue
        if need.activity.together or most_sessions(offering, need) <= 1:
            for group in groups:
                _hold_in_only_session(build, number, group)
        else:
            tell_sessions_apart(build, offering, groups, sessions.get(number, {}))


def _hold_in_only_session(build: Build, number: int, group: PinnedGroup) -> None:
    for demand in group.demands:
        build.model.add(build.attends[number, demand] == 1)
    roles = range(len(build.problem.offerings[number].roles))
    for person in group.staff:
        serving = [build.serves.get((number, role, person), 0) for role in roles]
        build.model.add(sum(serving) >= 1)
