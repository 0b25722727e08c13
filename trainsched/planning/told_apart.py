"""Sessions told apart from those that may run beside them: who is in which, by variables.

What is left of an offering is only counted, as ever, and must make sessions by itself.
"""

from collections import defaultdict
from collections.abc import Mapping

from trainsched.planning.build import Build, Literal, PinnedSession
from trainsched.planning.pinned_groups import PinnedGroup
from trainsched.problem.offerings import Offering
from trainsched.problem.published import PublishedSession


def tell_sessions_apart(
    build: Build,
    offering: Offering,
    groups: tuple[PinnedGroup, ...],
    earlier: Mapping[int, PublishedSession],
) -> None:
    """Give the sessions that hold pins, and those of an earlier plan, variables of their own.

    ``earlier`` are the offering's sessions in the earlier plan, by their place there.

    Pinned session k is there when the k-th pinned group opens it; a later group may join it. They,
    the earlier sessions that are kept and the rest must each keep to the group size and have
    officers with trainees of their own.
    """
    _Sessions(build, offering, groups, earlier)


class _Sessions:
    """The sessions of one offering that are told apart from those that run beside them."""

    def __init__(
        self,
        build: Build,
        offering: Offering,
        groups: tuple[PinnedGroup, ...],
        earlier: Mapping[int, PublishedSession],
    ) -> None:
        self.build, self.offering = build, offering
        self.need = build.problem.activities[offering.activity]
        self.pinned = tuple(self._session() for _ in groups)
        self.made = (
            *self.pinned,
            *(self._kept_session(place, one) for place, one in earlier.items()),
        )
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
            is_held=build.literal(),
            demands={demand: build.literal() for demand in offering.attendees},
            staff={
                (role, person): build.literal()
                for role, people in enumerate(offering.roles)
                for person in people
            },
        )

    def _kept_session(self, place: int, session: PublishedSession) -> PinnedSession:
        """An earlier session, if it is kept and is not one that holds a pin now."""
        build = self.build
        is_kept = is_alone = build.literal()
        build.kept[place] = is_kept
        if self.pinned:
            is_alone = build.literal()
            same = [self._is_it(one, session) for one in self.pinned]
            build.model.add(is_alone + sum(same) == is_kept)
        return PinnedSession(
            is_held=is_alone,
            demands=dict.fromkeys(session.demands, is_alone),
            staff=dict.fromkeys(session.staff, is_alone),
        )

    def _is_it(self, pinned: PinnedSession, session: PublishedSession) -> Literal:
        """Whether the session that holds a pin has just the people of the earlier session."""
        is_same = self.build.literal()
        self.build.model.add_implication(is_same, pinned.is_held)
        for demand, is_there in pinned.demands.items():
            expected = is_there if demand in session.demands else is_there.negated()
            self.build.model.add_implication(is_same, expected)
        for pair, is_there in pinned.staff.items():
            expected = is_there if pair in session.staff else is_there.negated()
            self.build.model.add_implication(is_same, expected)
        return is_same

    def _hold(self, position: int, group: PinnedGroup) -> None:
        """The group is in one of the sessions that earlier groups opened, or opens its own."""
        model = self.build.model
        roles = range(len(self.offering.roles))
        joins: list[Literal] = []
        for session in self.made[:position]:
            joins.append(self.build.literal())
            model.add_implication(joins[-1], session.is_held)
        joins.append(self.made[position].is_held)
        model.add_exactly_one(joins)
        for session, is_in in zip(self.made[: position + 1], joins, strict=True):
            for demand in group.demands:
                model.add_implication(is_in, session.demands[demand])
            for person in group.staff:
                serving = [session.staff.get((role, person)) for role in roles]
                model.add_bool_or([is_in.negated(), *(s for s in serving if s is not None)])

    def _keep_people(self) -> None:
        """Those in the sessions are among those who attend and serve; every role is filled."""
        build, number = self.build, self.offering.index
        seats: dict[int, list[Literal]] = defaultdict(list)
        places: dict[tuple[int, int], list[Literal]] = defaultdict(list)
        for session in self.made:
            for demand, is_there in session.demands.items():
                seats[demand].append(is_there)
            for pair, is_there in session.staff.items():
                places[pair].append(is_there)
        for demand, literals in seats.items():
            build.model.add(sum(literals) <= build.attends[number, demand])
        for (role, person), literals in places.items():
            build.model.add(sum(literals) <= build.serves[number, role, person])
        for session in self.pinned:
            for role, people in enumerate(self.offering.roles):
                team = sum(session.staff[role, person] for person in people)
                build.model.add(team == self.need.roles[role].count * session.is_held)

    def _keep_sizes(self) -> None:
        model, number = self.build.model, self.offering.index
        least, most = max(self.need.activity.group_min, 1), self.need.group_max
        sizes = [sum(session.demands.values()) for session in self.made]
        for size, session in zip(sizes, self.pinned, strict=False):
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
            there = [sum(session.demands.get(d, 0) for d in own) for session in self.made]
            places = [session.staff.get((role, person), 0) for session in self.made]
            for place, size in zip(places, there, strict=True):
                build.model.add(place <= size)
            others = sum(build.attends[number, demand] for demand in own) - sum(there)
            build.model.add(build.serves[number, role, person] - sum(places) <= others)
