"""pinned: a pinned session happens as pinned; others may join it."""

from trainsched.planning.build import Build, Literal
from trainsched.planning.pinned_groups import PinnedGroup, pinned_groups
from trainsched.problem.problem import PinNeed


def keep_pinned(build: Build) -> None:
    """Force every pin that has an offering; those without are refused before (see ``pins``)."""
    for pin in build.problem.pins:
        if pin.offering is not None:
            for literal in pinned_literals(build, pin):
                build.model.add(literal == 1)
    for number, groups in pinned_groups(build.problem).items():
        _leave_room(build, number, groups)


def _leave_room(build: Build, number: int, groups: tuple[PinnedGroup, ...]) -> None:
    """Pinned groups are seated whole; the sessions beside them must still reach group_min."""
    offering = build.problem.offerings[number]
    need = build.problem.activities[offering.activity]
    if need.is_solo or need.activity.together:
        return
    pinned = sum(len(group.demands) for group in groups)
    least = max(need.activity.group_min, 1)
    attendance = sum(build.attends[number, demand] for demand in offering.attendees)
    build.model.add(build.runs[number] >= len(groups))
    for group in groups:
        others = build.runs[number] - 1
        build.model.add(attendance >= len(group.demands) + least * others)
    if len(groups) > 1 and pinned > least * len(groups):
        build.model.add(attendance >= pinned + least * (build.runs[number] - len(groups)))


def pinned_literals(build: Build, pin: PinNeed) -> list[Literal]:
    """What must hold for the pin: its trainees attend, and its staff serve in some role.

    Staff who could fill several roles get one literal that stands for any of them.
    """
    if pin.offering is None:
        return []
    literals = [build.attends[pin.offering, demand] for demand in pin.demands]
    roles = range(len(build.problem.offerings[pin.offering].roles))
    for person in pin.staff:
        serving = [
            build.serves[pin.offering, role, person]
            for role in roles
            if (pin.offering, role, person) in build.serves
        ]
        any_role = build.literal(f"pinned[{pin.offering},{person}]")
        build.model.add(sum(serving) >= 1).only_enforce_if(any_role)
        literals.append(any_role)
    return literals
