"""For how many newcomers there is room: their number is a variable, and they are only counted.

Nobody in the model tells newcomers apart, so it is hardly larger for a hundred of them than for
one, and what it proves impossible is impossible (see ``relaxed``). It is asked first of a narrow
model, without what others than staff of the department could give; where the whole has room for
the newcomers when the narrow one has, nothing more need be proved. What is found is then dealt out
by name (see ``dealing``).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from ortools.sat.python import cp_model

from trainsched.domain.organisation import Organisation
from trainsched.expansion.climbing import downward, largest
from trainsched.expansion.counted_model import CountedModel, Value
from trainsched.expansion.counted_parts import CountedParts
from trainsched.expansion.memory import fingerprint
from trainsched.expansion.newcomers import Kinds
from trainsched.expansion.part_by_part import PartByPart
from trainsched.expansion.relaxed import SEARCH, Counted, Judge
from trainsched.expansion.repair import SEARCH_FOR_MORE
from trainsched.expansion.room import Room
from trainsched.expansion.runs import in_turn, might_fit
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
        self.kinds = kinds
        self.judge = judge
        self.most = most
        self.asked = CountedParts(facts, kinds, problem, most)
        whole = self.asked.whole()
        is_small = whole and choices(whole.problem) <= MOST_CHOICES_AS_A_WHOLE
        self.counted = whole if is_small else None
        """None where newcomers cannot be counted, as where they join a cohort; or it is large."""
        self.parts = self.asked.beside_the_whole() if is_small else self.asked.instead_of_it()

    @property
    def key(self) -> str:
        """What the room rests on: programmes that take the same of the same staff have one."""
        rests_on = [self.counted] if self.counted is not None else self.parts
        return " ".join(
            fingerprint("room", counted.facts, self.most, sorted(counted.alike.items()))
            for counted in rests_on
        )

    def rivals(self, counting: CountedModel, lacking: Sequence[int]) -> CountedModel | None:
        """The model of what those ask who compete for whoever is scarce (see ``CountedParts``)."""
        part = self.asked.by_rivals(counting.build.problem, lacking)
        return None if part is None else self.build(part)

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
            if member in self.asked.newcomers
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

        def ask(number: int) -> cp_model.CpSolverStatus:
            status, value = in_turn(self.engine, counting.with_so_many(number), searches)
            if value is not None:
                found[number] = value
            return status

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
        above = largest(might_fit(self.engine, ask, MOST_DOUBTS), low, above, start=start)
        best = max(found, default=None)
        return Room(above) if best is None else self.read(counting, found[best], above)

    def near(
        self, counting: CountedModel, most: int, low: int = 0, asked_in_vain: int = -1
    ) -> Iterator[tuple[int, Value]]:
        """Numbers found to fit near the relaxation, the largest first, and what reads the plan.

        Down in ever larger steps; from the first that fits up again by halves, before it is given.
        So many as are ``asked_in_vain`` are not asked for: none were found when less was asked.
        """

        def found(number: int) -> Value | None:
            is_over = self.engine.is_spent or number == asked_in_vain
            return None if is_over else counting.near_relaxation(number)

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
