"""pinned: a pinned session happens as pinned; others may join it."""

from trainsched.planning.build import Build, Literal, PinnedSession
from trainsched.planning.pairing import most_sessions
from trainsched.planning.pinned_groups import PinnedGroup, pinned_groups
from trainsched.problem.offerings import Offering


def keep_pinned(build: Build) -> None:
    """Force every pin that has an offering; those without are refused before (see ``pins``).

    Published sessions stand fast by a rule of their own.
    """
    published = build.problem.published
    standing = {} if published is None else published.by_offering()
    for number, groups in sorted(pinned_groups(build.problem).items()):
        offering = build.problem.offerings[number]
        need = build.problem.activities[offering.activity]
        if number in standing:
            continue
        if need.activity.together or most_sessions(offering, need) <= 1:
            for group in groups:
                _hold_in_only_session(build, number, group)
        else:
            _Sessions(build, offering, groups)


def _hold_in_only_session(build: Build, number: int, group: PinnedGroup) -> None:
    for demand in group.demands:
        build.model.add(build.attends[number, demand] == 1)
    roles = range(len(build.problem.offerings[number].roles))
    for person in group.staff:
        serving = [build.serves.get((number, role, person), 0) for role in roles]
        build.model.add(sum(serving) >= 1)


class _Sessions:
    """The sessions that hold pins, told apart from those of the offering that run beside them.

    Session k is there when the k-th pinned group opens it; a later group may join it. They and
    the rest must each keep to the group size and have officers with trainees of their own.
    """

    def __init__(self, build: Build, offering: Offering, groups: tuple[PinnedGroup, ...]) -> None:
        self.build, self.offering = build, offering
        self.need = build.problem.activities[offering.activity]
        self.made = tuple(self._session() for _ in groups)
        build.pinned_sessions[offering.index] = self.made
        for position, group in enumerate(groups):
            self._hold(position, group)
        self._keep_people()
        self._keep_sizes()
        for number, role in enumerate(self.need.roles):
            if role.of_officers:
                self._keep_officers(number)

    def _session(self) -> PinnedSession:
        build, offering = self.build, self.offering
        return PinnedSession(
            is_held=build.literal("holds_pin"),
            demands={demand: build.literal("pin_attends") for demand in offering.attendees},
            staff={
                (role, person): build.literal("pin_serves")
                for role, people in enumerate(offering.roles)
                for person in people
            },
        )

    def _hold(self, position: int, group: PinnedGroup) -> None:
        """The group is in one of the sessions that earlier groups opened, or opens its own."""
        model = self.build.model
        roles = range(len(self.offering.roles))
        joins: list[Literal] = []
        for session in self.made[:position]:
            joins.append(self.build.literal("joins"))
            model.add_implication(joins[-1], session.is_held)
        joins.append(self.made[position].is_held)
        model.add_exactly_one(joins)
        for session, is_in in zip(self.made, joins, strict=False):
            for demand in group.demands:
                model.add_implication(is_in, session.demands[demand])
            for person in group.staff:
                serving = [session.staff.get((role, person)) for role in roles]
                model.add_bool_or([is_in.negated(), *(s for s in serving if s is not None)])

    def _keep_people(self) -> None:
        """Those in the sessions are among those who attend and serve; every role is filled."""
        build, number = self.build, self.offering.index
        for demand in self.offering.attendees:
            seats = sum(session.demands[demand] for session in self.made)
            build.model.add(seats <= build.attends[number, demand])
        for role, people in enumerate(self.offering.roles):
            for person in people:
                places = sum(session.staff[role, person] for session in self.made)
                build.model.add(places <= build.serves[number, role, person])
            for session in self.made:
                team = sum(session.staff[role, person] for person in people)
                build.model.add(team == self.need.roles[role].count * session.is_held)

    def _keep_sizes(self) -> None:
        model, number = self.build.model, self.offering.index
        least, most = max(self.need.activity.group_min, 1), self.need.group_max
        sizes = [sum(session.demands.values()) for session in self.made]
        for size, session in zip(sizes, self.made, strict=True):
            model.add(size >= least * session.is_held)
            model.add(size <= most * session.is_held)
        attendance = sum(self.build.attends[number, d] for d in self.offering.attendees)
        others = attendance - sum(sizes)
        # A new expression: taking away in place would change the one that the other rules use.
        runs = self.build.runs[number] - sum(session.is_held for session in self.made)
        model.add(runs >= 0)
        model.add(others >= least * runs)
        model.add(others <= most * runs)

    def _keep_officers(self, role: int) -> None:
        build, number = self.build, self.offering.index
        for person in self.offering.roles[role]:
            own = [
                demand
                for demand in self.offering.attendees
                if build.problem.demands[demand].officer == person
            ]
            there = [sum(session.demands[demand] for demand in own) for session in self.made]
            places = [session.staff[role, person] for session in self.made]
            for place, size in zip(places, there, strict=True):
                build.model.add(place <= size)
            others = sum(build.attends[number, demand] for demand in own) - sum(there)
            build.model.add(build.serves[number, role, person] - sum(places) <= others)
