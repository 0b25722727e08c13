"""For how many newcomers there is room: their number is a variable, and they are only counted.

Nobody in the model tells newcomers apart, so it is hardly larger for a hundred of them than for
one, and what it proves impossible is impossible (see ``relaxed``). It is asked first of a narrow
model, without what others than staff of the department could give; where the whole has room for
the newcomers when the narrow one has, nothing more need be proved. What is found is then dealt out
by name (see ``dealing``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import islice

from ortools.sat.python import cp_model

from trainsched.domain.organisation import Organisation
from trainsched.expansion.climbing import downward, largest
from trainsched.expansion.counted_model import CountedModel, Value
from trainsched.expansion.facts import (
    add_starters,
    only_what_must_be,
)
from trainsched.expansion.memory import fingerprint
from trainsched.expansion.newcomers import (
    NEW,
    Kinds,
    cover_together,
    departments_together,
    renamed,
    staff_of,
    what_only_they_give,
    who_could_give,
    without_study,
)
from trainsched.expansion.part_by_part import PartByPart
from trainsched.expansion.relaxed import SEARCH, Counted, Judge, Newcomer, count_alike, with_rows
from trainsched.expansion.repair import SEARCH_FOR_MORE, ids_of
from trainsched.expansion.room import Room
from trainsched.expansion.runs import in_turn
from trainsched.planning.engine import Engine
from trainsched.planning.model import build_model
from trainsched.planning.search.windows import choices
from trainsched.problem.problem import Problem

AROUND = ((SEARCH_FOR_MORE, 0.4), (SEARCH, 1.0))
IN_NARROW = ((SEARCH_FOR_MORE, 0.4), (SEARCH, 2.2))
IN_WHOLE = ((SEARCH_FOR_MORE, 1.5), (SEARCH, 8.0))
MORE_IN_WHOLE = IN_WHOLE[:1]
"""Deterministic time for one number to fit or not to, by the search."""
LIKELY_SHARE = 0.8
"""Of a first bound that nothing meets: to go up from there is quicker than to come down."""
MOST_DOUBTS = 2
"""So many numbers that could not be settled end the search of a model."""
MOST_CHOICES_AS_A_WHOLE = 25_000


class RoomSearch:
    """The model with the newcomers counted, first a narrow one and then the whole."""

    def __init__(
        self,
        engine: Engine,
        facts: Organisation,
        kinds: Kinds,
        problem: Problem,
        most: int,
        judge: Judge,
        known: int = 0,
    ) -> None:
        """``problem`` is that of the kinds with one of each; ``known`` have room, as is known."""
        self.engine = engine
        self.known = known
        self.facts = facts
        self.kinds = kinds
        self.judge = judge
        self.most = most
        first = kinds.first_of_each()
        self.id_of = {starter: f"{NEW} {number}" for number, starter in enumerate(first)}
        self._newcomers = {
            self.id_of[starter]: Newcomer(most, starter.turn, kinds.officers[starter.year])
            for starter in first
        }
        names = {name: self.id_of[starter] for starter, name in kinds.ids(facts).items()}
        asked = renamed(only_what_must_be(add_starters(facts, first)), names)
        asked = without_study(asked, self._newcomers)
        counted = self._count(asked)
        is_small = counted and choices(counted.problem) <= MOST_CHOICES_AS_A_WHOLE
        self.counted = counted if is_small else None
        """None where newcomers cannot be counted, as where they join a cohort; or it is large."""
        self._problem, self._asked, self._names = problem, asked, names
        self.parts = self._parts()

    def _parts(self) -> list[Counted]:
        """The same with less asked, the least first.

        What only staff of the department could give, or of those whose duties are filled with its
        own; then all that is asked, and where that is not large, by whoever needs such.
        """
        problem = self._problem
        rows = {(row.trainee_id, row.activity) for row in self._asked.training_plan}
        of_newcomers = {(name, code) for name, code in rows if name in self._newcomers}

        def given_by(departments: AbstractSet[str]) -> set[tuple[str, str]]:
            return self._given_by(staff_of(problem, departments)) | of_newcomers

        together = given_by(departments_together(problem, self.kinds.department))
        if self.counted is None:
            kept = []
            for part in given_by({self.kinds.department}), together, rows:
                if part not in kept:
                    kept.append(part)
        else:
            whose = {name for name, _ in together}
            kept = [{(name, code) for name, code in rows if name in whose}]
        parts = (self._part(less) for less in kept)
        return [part for part in parts if part is not None]

    def _given_by(self, staff: AbstractSet[int]) -> set[tuple[str, str]]:
        """What only these staff could give, by the names of the room."""
        given = what_only_they_give(self._problem, staff)
        return {(self._names.get(name, name), code) for name, code in given}

    def _part(self, kept: AbstractSet[tuple[str, str]]) -> Counted | None:
        less = with_rows(self._asked, kept)
        return None if less is None else self._count(less)

    def rivals(self, counting: CountedModel, lacking: Sequence[int]) -> CountedModel | None:
        """What is asked of those who cover with whoever could give what lacks; None: of nobody.

        What others than their officers give to one newcomer is kept of all: only then are they
        counted together. ``lacking``: demands of the model.
        """
        problem = counting.build.problem
        scarce = set().union(*(who_could_give(problem, demand) for demand in lacking))
        ids = ids_of(problem, cover_together(problem, scarce))
        staff = {person.index for person in self._problem.people if person.person_id in ids}
        given = self._given_by(staff)
        codes = {code for who, code in given if who in self._newcomers}
        if not codes <= self._given_by_officers:
            given |= {(who, code) for who in self._newcomers for code in codes}
        part = self._part(given) if given else None
        return None if part is None else self.build(part)

    @property
    def _given_by_officers(self) -> set[str]:
        """The activities that trainees have with their own training officers alone."""
        return {
            need.activity.code
            for need in self._problem.activities
            if need.is_solo and any(role.of_officers for role in need.roles)
        }

    def _count(self, facts: Organisation) -> Counted | None:
        counted = count_alike(facts, set(facts.trainee_by_id), self._newcomers)
        if counted is None or not counted.facts.trainee_by_id.keys().isdisjoint(self._newcomers):
            return None
        return counted

    @property
    def key(self) -> str:
        """What the room rests on: programmes that take the same of the same staff have one."""
        rests_on = [self.counted] if self.counted is not None else self.parts
        return " ".join(
            fingerprint("room", counted.facts, self.most, sorted(counted.alike.items()))
            for counted in rests_on
        )

    def look(self, guess: int, is_dealt: Callable[[Room], bool]) -> Room | None:
        """How many have room at the most, and sessions for so many, if they were found.

        ``guess``: a number that is likely. ``is_dealt`` says of a room of a part whether there is a
        plan with it.
        """
        if self.counted is None:
            return PartByPart(self, is_dealt).look(guess)
        room, above = None, self.most
        for part in self.parts:
            counting = None if self.engine.is_spent or not above else self.build(part)
            if counting is None:
                continue
            room = self._narrowed(counting, above, above if room is not None else guess)
            room.of, above = part, room.above
            if above <= self.known:
                return room
            around = self._around(room) if room.is_settled else None
            if around is not None:
                around.is_last_word = True
                return around
            if room.is_settled and is_dealt(room):
                room.is_last_word = True
                return room
        whole = self._whole
        if whole is None or self.engine.is_spent or not above:
            return room
        room = self._some(whole, self._narrowed(whole, above, above, is_whole=True))
        room.of, room.is_of_whole, room.is_last_word = self.counted, True, bool(room.fits)
        return room

    def bound(self, counting: CountedModel, above: int, guess: int, known: int = 0) -> int:
        """How many there are at the most, ``above`` at most; ``guess`` is near, ``known`` fit."""
        if not counting.is_small:
            return counting.first_bound(above)
        low = min(max(self.known, known), above)
        return counting.most(low, above, guess=max(guess or above, low + 1))

    @cached_property
    def _whole(self) -> CountedModel | None:
        """The model of the whole, built when it is needed."""
        return None if self.counted is None else self.build(self.counted)

    def build(self, counted: Counted) -> CountedModel | None:
        """Its model; None where no newcomers are in it."""
        problem = counted.problem
        build = build_model(problem, self.judge(problem), alike=counted.crowds)
        if build.newcomers is None:
            return None
        return CountedModel(self.engine, build, build.newcomers)

    def _around(self, narrow: Room) -> Room | None:
        """The whole where the newcomers come when they do in its part; None: not found."""
        counting = self._whole
        if counting is None or self.counted is None or narrow.of is None:
            return None
        name_in_narrow = {
            (name, code): narrow.of.stands_for[member, code]
            for (member, code), name in self.counted.stands_for.items()
            if member in self._newcomers
        }
        model = counting.with_so_many(narrow.above)
        problem = counting.build.problem
        for (number, demand), literal in counting.build.attends.items():
            offering = problem.offerings[number]
            code = problem.activities[offering.activity].activity.code
            who = problem.people[problem.demands[demand].trainee].person_id
            if (who, code) in name_in_narrow:
                used = narrow.used.get((name_in_narrow[who, code], code), {})
                model.add(literal == used.get((offering.department, offering.slot), 0))
        _, value = in_turn(self.engine, model, AROUND)
        if value is None:
            return None
        room = self.read(counting, value, narrow.above)
        room.of, room.is_of_whole = self.counted, True
        return room

    def _narrowed(
        self, counting: CountedModel, above: int, guess: int, *, is_whole: bool = False
    ) -> Room:
        """The most that the relaxation allows, which mostly fit, or the most below that fit.

        Where the relaxation takes too long, the search begins at the guess or at a likely share of
        a first bound. Numbers that can neither be shown to fit nor not to soon end it.
        """
        searches = IN_WHOLE if is_whole else IN_NARROW
        found: dict[int, Value] = {}
        doubts = 0

        def might_fit(number: int) -> bool:
            nonlocal doubts
            if self.engine.is_spent or doubts == MOST_DOUBTS:
                return True
            status, value = in_turn(self.engine, counting.with_so_many(number), searches)
            if value is not None:
                found[number] = value
            doubts += status == cp_model.UNKNOWN
            return status != cp_model.INFEASIBLE

        if counting.is_small:
            above = self.bound(counting, above, guess)
            if above <= self.known:
                return Room(above)
            found |= dict(islice(self.near(counting, above), 1))
            low = max(found, default=0)
            start = low + 1 if found else above
        elif guess:
            low, start = 0, min(guess, above)
        else:
            above = counting.first_bound(above)
            low, start = 0, int(LIKELY_SHARE * above)
        above = largest(might_fit, low, above, start=start)
        best = max(found, default=None)
        return Room(above) if best is None else self.read(counting, found[best], above)

    def near(
        self, counting: CountedModel, most: int, low: int = 0, in_vain: int = -1
    ) -> Iterator[tuple[int, Value]]:
        """Numbers found to fit near the relaxation, the largest first, and what reads the plan.

        Down in ever larger steps; from the first that fits up again by halves, before it is given.
        So many as are ``in_vain`` are not asked for: none were found when less was asked.
        """

        def found(number: int) -> Value | None:
            is_in_vain = self.engine.is_spent or number == in_vain
            return None if is_in_vain else counting.near_relaxation(number)

        number, step, too_many = most, 1, most + 1
        is_first = True
        while number > low and not self.engine.is_spent:
            value = found(number)
            while is_first and value is not None and too_many - number > 1:
                middle = (number + too_many) // 2
                more = found(middle)
                if more is None:
                    too_many = middle
                else:
                    number, value = middle, more
            if value is None:
                too_many = number
            else:
                is_first = False
                yield number, value
            number, step = number - step, 2 * step

    def _some(self, counting: CountedModel, room: Room) -> Room:
        """A number that fits, where the most that might could not be settled."""
        for number in downward(room.above - 1, low=room.fits or 0):
            if self.engine.is_spent:
                break
            _, value = in_turn(self.engine, counting.with_so_many(number), MORE_IN_WHOLE)
            if value is not None:
                return self.read(counting, value, room.above)
        return room

    def read(self, counting: CountedModel, value: Value, above: int) -> Room:
        """The room of a solution."""
        build, problem = counting.build, counting.build.problem
        room = Room(above=above, fits=value(counting.newcomers.number))
        used: dict[tuple[str, str], dict[tuple[int, int], int]] = defaultdict(dict)
        for offering in problem.offerings:
            code = problem.activities[offering.activity].activity.code
            place = offering.department, offering.slot
            for demand in offering.attendees:
                number = value(build.attends[offering.index, demand])
                if number:
                    who = problem.people[problem.demands[demand].trainee].person_id
                    used[who, code][place] = number
            room.serving[code, *place] = tuple(
                tuple(
                    problem.people[p].person_id
                    for p in people
                    if value(build.serves[offering.index, role, p])
                )
                for role, people in enumerate(offering.roles)
            )
        room.used = dict(used)
        return room
