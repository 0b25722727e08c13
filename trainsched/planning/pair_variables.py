"""Variables that say which trainee meets which member of staff, where the wishes ask for it."""

from collections import defaultdict
from collections.abc import Callable

from trainsched.planning.build import Build, Expression, Literal, PinnedSession
from trainsched.planning.draft import Chosen, DraftSession
from trainsched.planning.pairing import Pairer, Seats, most_sessions
from trainsched.problem.demands import ActivityNeed
from trainsched.problem.offerings import Offering


class PairVariables:
    """Makes, on demand, what links attendance to roles in parallel sessions of an offering."""

    def __init__(self, build: Build) -> None:
        self.build = build
        self._made: dict[tuple[int, int, int, int], Expression] = {}
        self._ready: set[tuple[int, int]] = set()
        self._anchored: dict[int, _Anchors] = {}

    def of(self, number: int, demand: int, role: int, person: int) -> Expression:
        """1 when the demand's session of the offering has the person in the role, else 0."""
        offering = self.build.offerings[number]
        need = self.build.problem.activities[offering.activity]
        serves = self.build.serves[number, role, person]
        if need.activity.together or len(offering.attendees) == 1:
            return serves
        if need.is_solo:
            self._pair_solo(offering, need, role)
            return self._made.get((number, demand, role, person), 0)
        key = number, demand, role, person
        if key not in self._made:
            if most_sessions(offering, need) <= 1:
                self._made[key] = self._both(self.build.attends[number, demand], serves)
            else:
                self._made[key] = self._in_one_group(offering, need, demand, role, person)
        return self._made[key]

    def make_sessions(
        self, chosen: tuple[Chosen, ...], value: Callable[[Expression], int]
    ) -> tuple[DraftSession, ...]:
        """The sessions of a solution, seated as its pairs say; the rest as ever."""
        problem = self.build.problem
        pairer = Pairer(problem)
        sessions: list[DraftSession] = []
        by_time = sorted(chosen, key=lambda c: (problem.offerings[c.offering].slot, c.offering))
        for choice in by_time:
            is_free = choice.offering not in pairer.published
            seats = self._seats(choice, value) if is_free else None
            if seats is None:
                seats = pairer.seat(
                    choice.offering, choice.runs, choice.demands, choice.serving, choice.seated
                )
            for position, (demands, staff) in enumerate(seats):
                items = pairer.items(choice.offering, choice.held, position)
                sessions.append(DraftSession(choice.offering, demands, staff, items))
        return tuple(sessions)

    def _seats(self, choice: Chosen, value: Callable[[Expression], int]) -> Seats | None:
        if choice.runs == 1:
            return None
        anchors = self._anchored.get(choice.offering)
        if anchors is not None:
            return anchors.seats_of(value)
        roles = range(len(choice.serving))
        if not any((choice.offering, role) in self._ready for role in roles):
            return None
        return self._solo_seats(choice, value)

    def _solo_seats(self, choice: Chosen, value: Callable[[Expression], int]) -> Seats:
        offering = self.build.offerings[choice.offering]
        needs = self.build.problem.activities[offering.activity].roles
        team: dict[int, list[tuple[int, int]]] = {demand: [] for demand in choice.demands}
        standing = {demands[0]: staff for demands, staff in choice.seated}
        for role, (need, serving) in enumerate(zip(needs, choice.serving, strict=True)):
            pinned = {pair for staff in standing.values() for pair in staff}
            waiting = [person for person in serving if (role, person) not in pinned]
            for demand in choice.demands:
                if demand in standing:
                    mine = [person for number, person in standing[demand] if number == role]
                elif (choice.offering, role) in self._ready:
                    keys = [(choice.offering, demand, role, person) for person in serving]
                    mine = [k[3] for k in keys if k in self._made and value(self._made[k])]
                elif need.of_officers:
                    mine = [p for p in waiting if p == self.build.problem.demands[demand].officer]
                else:
                    mine = waiting[: need.count]
                waiting = [person for person in waiting if person not in mine]
                team[demand] += [(role, person) for person in mine]
        return [((demand,), tuple(team[demand])) for demand in choice.demands]

    def _both(self, first: Literal, second: Literal) -> Literal:
        both = self.build.literal()
        self.build.model.add_implication(both, first)
        self.build.model.add_implication(both, second)
        self.build.model.add_bool_or([both, first.negated(), second.negated()])
        return both

    def _pair_solo(self, offering: Offering, need: ActivityNeed, role: int) -> None:
        """A solo session is its trainee's: each role is dealt out among those who attend."""
        if (offering.index, role) in self._ready:
            return
        self._ready.add((offering.index, role))
        wanted = need.roles[role]
        by_person: dict[int, list[Literal]] = defaultdict(list)
        for demand in offering.attendees:
            mine: list[Literal] = []
            for person in offering.roles[role]:
                officer = self.build.problem.demands[demand].officer
                if wanted.of_officers and officer != person:
                    continue
                pair = self.build.literal()
                self._made[offering.index, demand, role, person] = pair
                mine.append(pair)
                by_person[person].append(pair)
            attends = self.build.attends[offering.index, demand]
            self.build.model.add(sum(mine) == wanted.count * attends)
        for person in offering.roles[role]:
            serves = self.build.serves[offering.index, role, person]
            self.build.model.add(sum(by_person[person]) == serves)
        for session in self.build.pinned_sessions.get(offering.index, ()):
            for demand, is_there in session.demands.items():
                for person in offering.roles[role]:
                    is_serving = session.staff.get((role, person))
                    if is_serving is not None:
                        is_pair = self._made.get((offering.index, demand, role, person), 0)
                        self.build.model.add(is_pair >= is_serving + is_there - 1)

    def _in_one_group(
        self, offering: Offering, need: ActivityNeed, demand: int, role: int, person: int
    ) -> Literal:
        if offering.index not in self._anchored:
            self._anchored[offering.index] = _Anchors(self.build, offering, need)
        anchors = self._anchored[offering.index]
        together = self.build.literal()
        there = [
            self._both(anchors.seats[demand, anchor], anchors.members[role, person, anchor])
            for anchor in anchors.people
            if (role, person, anchor) in anchors.members
        ]
        self.build.model.add(sum(there) == together)
        return together


class _Anchors:
    """Parallel group sessions told apart by the first person, by index, of their first role."""

    def __init__(self, build: Build, offering: Offering, need: ActivityNeed) -> None:
        self.people = offering.roles[0]
        self.runs = {anchor: build.literal() for anchor in self.people}
        self.seats = {
            (demand, anchor): build.literal()
            for demand in offering.attendees
            for anchor in self.people
        }
        self.members: dict[tuple[int, int, int], Literal] = {}
        for anchor in self.people:
            for role, people in enumerate(offering.roles):
                for person in people:
                    if role == 0 and person < anchor:
                        continue
                    is_anchor = role == 0 and person == anchor
                    self.members[role, person, anchor] = (
                        self.runs[anchor] if is_anchor else build.literal()
                    )
        self._link(build, offering, need)

    def _link(self, build: Build, offering: Offering, need: ActivityNeed) -> None:
        model, least = build.model, max(need.activity.group_min, 1)
        for demand in offering.attendees:
            seats = [self.seats[demand, anchor] for anchor in self.people]
            model.add(sum(seats) == build.attends[offering.index, demand])
        for anchor in self.people:
            size = sum(self.seats[demand, anchor] for demand in offering.attendees)
            model.add(size <= need.group_max * self.runs[anchor])
            model.add(size >= least * self.runs[anchor])
        for number, (role, people) in enumerate(zip(need.roles, offering.roles, strict=True)):
            for anchor in self.people:
                team = [self.members[key] for key in self._team(number, people, anchor)]
                model.add(sum(team) == role.count * self.runs[anchor])
            for person in people:
                where = [
                    self.members[number, person, anchor]
                    for anchor in self.people
                    if (number, person, anchor) in self.members
                ]
                model.add(sum(where) == build.serves[offering.index, number, person])
            if role.of_officers:
                self._keep_officers(build, offering, number, people)
        for session in build.pinned_sessions.get(offering.index, ()):
            self._hold(build, session)

    def _hold(self, build: Build, session: PinnedSession) -> None:
        """Everybody in a session that holds pins has the same anchor."""
        here = {anchor: build.literal() for anchor in self.people}
        build.model.add(sum(here.values()) == session.is_held)
        for anchor, is_here in here.items():
            for demand, is_there in session.demands.items():
                seat = self.seats[demand, anchor]
                build.model.add_bool_or([is_there.negated(), is_here.negated(), seat])
            for (role, person), is_there in session.staff.items():
                if (role, person, anchor) in self.members:
                    member = self.members[role, person, anchor]
                    build.model.add_bool_or([is_there.negated(), is_here.negated(), member])
                else:
                    build.model.add_bool_or([is_there.negated(), is_here.negated()])

    def seats_of(self, value: Callable[[Expression], int]) -> Seats:
        """The parallel sessions of a solution: who attends, and who serves in which role."""
        found: Seats = []
        for anchor in self.people:
            if not value(self.runs[anchor]):
                continue
            demands = sorted(d for d, a in self.seats if a == anchor and value(self.seats[d, a]))
            staff = sorted(
                (role, person)
                for role, person, a in self.members
                if a == anchor and value(self.members[role, person, a])
            )
            found.append((tuple(demands), tuple(staff)))
        return found

    def _team(self, role: int, people: tuple[int, ...], anchor: int) -> list[tuple[int, int, int]]:
        keys = [(role, person, anchor) for person in people]
        return [key for key in keys if key in self.members]

    def _keep_officers(
        self, build: Build, offering: Offering, role: int, people: tuple[int, ...]
    ) -> None:
        for anchor in self.people:
            for person in people:
                if (role, person, anchor) not in self.members:
                    continue
                own = [
                    self.seats[demand, anchor]
                    for demand in offering.attendees
                    if build.problem.demands[demand].officer == person
                ]
                build.model.add(self.members[role, person, anchor] <= sum(own))
