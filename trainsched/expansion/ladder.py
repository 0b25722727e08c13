"""One department, one programme: scenarios with 0, 1, 2 ... starters, and how far up they go."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

from trainsched.domain.capacity import STEADY_STATE, Limit
from trainsched.domain.organisation import CoverGoal, Organisation
from trainsched.domain.plan import Plan
from trainsched.domain.rules import RuleId
from trainsched.expansion.climbing import climb, descend, largest
from trainsched.expansion.counting import MOST_STARTERS, nobody_who_could
from trainsched.expansion.dealing import deal, deal_around, dealt_again
from trainsched.expansion.facts import (
    FIRST_YEAR,
    Starter,
    add_starters,
    more_is_never_easier,
    only_what_must_be,
    starter_ids,
    steady_state,
)
from trainsched.expansion.memory import fingerprint
from trainsched.expansion.named import in_words
from trainsched.expansion.newcomers import Kinds, kinds_of
from trainsched.expansion.optional import OptionalModel
from trainsched.expansion.proof import musts_alone
from trainsched.expansion.questions import Asker, Placing
from trainsched.expansion.room import NamedPlan, Room
from trainsched.expansion.room_search import RoomSearch
from trainsched.expansion.runs import cheapest
from trainsched.expansion.universities import choices_of_universities
from trainsched.planning.build import Literal
from trainsched.planning.draft import DraftSession
from trainsched.problem.problem import Problem

TIMES_FOR_A_BOUND = (1.5, 6.0)
"""Deterministic time for the relaxation of one department and programme, in turns."""
FIRST_STEP = 4
MOST_WAYS_LOOKED_AT = 3
"""Ways to share starters among universities, where one is looked for without proof."""
MOST_SEARCHED = 8
"""Starters in a large organisation."""
STEPS_WHEN_OPEN = (2, 4, 8)
"""Beyond the first number that could not be settled, these are tried for an upper end."""


class Ladder:
    """The scenarios with 0, 1, 2 ... starters of one programme in one department."""

    def __init__(
        self,
        asker: Asker,
        facts: Organisation,
        department: str,
        programme: str,
        view: str,
        *,
        known: int = 0,
    ) -> None:
        """``known``: so many fit, as is known, and no plan for them is wanted."""
        self.asker = asker
        self.department = department
        self.programme = programme
        self.years: tuple[int, ...] = (FIRST_YEAR,)
        self.facts = self.present = facts
        self.best = Placing(fits=None)
        self.best_number = 0
        if view.startswith(STEADY_STATE):
            lasts = {p.code: p.years for p in facts.programmes}
            self.years = tuple(range(1, lasts.get(programme, 1) + 1))
            self.facts = steady_state(facts, programme, department)
        self.is_monotone = more_is_never_easier(facts, [programme])
        self.known = known
        self.answers: dict[int, bool | None] = (
            dict.fromkeys(range(known + 1), True) if known else {}
        )
        self.reasons: dict[int, Limit] = {}

    def starters(self, choice: tuple[str | None, ...]) -> tuple[Starter, ...]:
        """Starters who go to these universities, one of each for every year of the view."""
        return tuple(
            Starter(self.programme, self.department, turn, hei, year)
            for year in self.years
            for turn, hei in enumerate(choice)
        )

    def fits(self, number: int) -> bool | None:
        """Whether so many starters (a year) can be hosted; None: not settled."""
        if number not in self.answers:
            self.answers[number] = self._fits(number)
        return self.answers[number]

    def _fits(self, number: int) -> bool | None:
        answer: bool | None = False
        # Once the search is over only what is remembered is still told: nothing need stand for it.
        begin = None if self.asker.engine.is_spent else self._begin()
        for choice in self._choices(number):
            placing = self.asker.every_must(self._with(choice), begin=begin)
            if placing.fits:
                self.best, self.best_number = placing, number
                return True
            if placing.reason is not None:
                self.reasons[number] = placing.reason
            if placing.fits is None:
                answer = None
        return answer

    def _fits_around(self, number: int) -> bool:
        """Whether so many are easily put in beside those who are there: yes, or not known."""
        if self.asker.engine.is_spent:
            return False
        for choice in islice(self._choices(number), MOST_WAYS_LOOKED_AT):
            placing = self.asker.put_in(self._with(choice), self._begin())
            if placing is not None:
                self.answers[number] = True
                self.best, self.best_number = placing, number
                return True
        return False

    def _choices(self, number: int) -> Iterator[tuple[str | None, ...]]:
        return choices_of_universities(self.facts, self.programme, number, self.years)

    def _with(self, choice: tuple[str | None, ...]) -> Organisation:
        return add_starters(self.facts, self.starters(choice))

    def _begin(self) -> Placing:
        """Sessions of most of the people, if there are any yet."""
        if self.best.problem is not None:
            return self.best
        return self.asker.standing(self.present)

    def find(self, guess: int = 0) -> tuple[int, int | None]:
        """The largest number known to fit, and the smallest proved not to (None: none was).

        ``guess``: a number that may be near.
        """
        never = nobody_who_could(self.facts, self.programme, self.department, self.years)
        if never is not None:
            self.reasons[1] = never
            return 0, 1
        if not self.is_monotone:
            above = self._proved_above()
            if above is None:
                return climb(self.fits, most=MOST_STARTERS)
            return descend(self.fits, above, is_monotone=False)
        # With full cover as the goal nobody may be missing even without training, of which a room
        # knows nothing; otherwise a plan with some of them shows that it can be done with none.
        if self.facts.cover_goal is CoverGoal.FULL and self.fits(0) is False:
            return 0, 1
        most, is_limited = self._most_by_counting()
        room = self._room(most, guess)
        if not self.best_number and self.fits(0) is False:
            return 0, 1
        if room is not None:
            is_limited = is_limited or room.above < most
            most = min(most, room.above)
        is_all_known = False
        if most and self.answers.get(most):
            low = most
        else:
            guess = guess if room is None else room.fits or guess
            is_near = 0 < guess <= most and self.fits(guess)
            low = guess if is_near else self._easily(most)
            low = max(low, self.best_number, self.known)
            is_all_known = room is not None and self._says_all(room, low, most)
            if not is_all_known and (most <= MOST_STARTERS or room is None or not room.fits):
                low = largest(self.fits, low, most, start=low + 1)
        if is_limited:
            self.answers[most + 1] = False
        if low == most:
            return low, most + 1 if is_limited else None
        if not is_all_known and self.fits(low + 1) is None:
            further = (low + step for step in STEPS_WHEN_OPEN if low + step <= most)
            next((number for number in further if self.fits(number) is False), None)
        return low, min((n for n, answer in self.answers.items() if answer is False), default=None)

    def _says_all(self, room: Room, low: int, most: int) -> bool:
        """Whether to search for more than ``low`` is of no use, as little as the room may say.

        A room with a plan that is not the last word is one of a large organisation, whose model is
        too large to be searched as a whole but for a few, or where time is limited.
        """
        is_too_long = most > MOST_SEARCHED or self.asker.engine.deadline is not None
        is_last_word = room.is_last_word or (room.plan is not None and is_too_long)
        return is_last_word and low >= (room.fits or 0)

    def _easily(self, most: int) -> int:
        """The largest number found to fit by putting starters in beside those who are there."""
        if most and self._fits_around(most):
            return most
        return largest(self._fits_around, 0, most - 1, start=FIRST_STEP)

    @cached_property
    def _kinds(self) -> Kinds | None:
        """How starters are dealt out to officers; None where they may go to several universities.

        Universities with the same weeks away count as one.
        """
        ways = list(self._choices(1))
        if len(ways) != 1:
            return None
        return kinds_of(self.facts, self.programme, self.department, ways[0][0], self.years)

    @cached_property
    def _one_of_each(self) -> Problem | None:
        """The problem with one starter for each officer."""
        return None if self._kinds is None else self._kinds.problem(self.facts)

    def _counted(self) -> int | None:
        if self._kinds is None or self._one_of_each is None:
            return None
        return self._kinds.counted(self.facts, self._one_of_each)

    def _most_by_counting(self) -> tuple[int, bool]:
        """A number to stop at, and whether counting proves that there cannot be more."""
        most = self._counted()
        return (MOST_STARTERS, False) if most is None else (most, True)

    def _room(self, most: int, guess: int) -> Room | None:
        """How many have room at the most; so many are put in as there is a plan for."""
        kinds, problem = self._kinds, self._one_of_each
        if kinds is None or problem is None or self.asker.engine.is_spent:
            return None
        asker = self.asker
        search = RoomSearch(asker.engine, self.facts, kinds, problem, most, asker.judge, self.known)
        if search.key in asker.rooms:
            room = asker.rooms[search.key]
        else:
            room = search.look(guess, lambda found: self._is_dealt(search, found))
            asker.rooms[search.key] = room
        is_worth_dealing = room is not None and (room.is_last_word or room.plan is not None)
        if room is not None and is_worth_dealing and not self.answers.get(room.fits or 0):
            self._is_dealt(search, room)
        return room

    def _is_dealt(self, search: RoomSearch, room: Room) -> bool:
        """Whether the room could be dealt out by name, which is then the best so far."""
        if not room.fits:
            return False
        starters = self.starters(self._choice_of(room.fits))
        scenario = only_what_must_be(add_starters(self.facts, starters))
        ids = starter_ids(starters, self.facts.trainee_by_id)
        dealt = dealt_again(search, room, scenario, ids) or self._dealt(search, room, scenario, ids)
        if dealt is None:
            return False
        problem, sessions = dealt
        turns = {(starter.turn, starter.year): name for starter, name in ids.items()}
        room.plan = NamedPlan(in_words(problem, sessions), turns)
        self.answers[room.fits] = True
        self.best_number = room.fits
        self.best = Placing(
            fits=True, sessions=sessions, problem=problem, judgements=self.asker.judge(problem)
        )
        return True

    def _dealt(
        self,
        search: RoomSearch,
        room: Room,
        scenario: Organisation,
        ids: Mapping[Starter, str],
    ) -> tuple[Problem, tuple[DraftSession, ...]] | None:
        named = {name: starter for starter, name in ids.items()}
        if room.is_of_whole:
            return deal(search, room, scenario, named)
        if self.asker.engine.is_spent:
            return None
        begin = self._begin()
        if begin.problem is None:
            return None
        return deal_around(search, room, scenario, named, (begin.problem, begin.sessions))

    def _choice_of(self, number: int) -> tuple[str | None, ...]:
        """The one way to send so many to universities."""
        return next(self._choices(number))

    def _proved_above(self) -> int | None:
        """A number that no plan exceeds, by a relaxation; None where none is at hand."""
        ways = list(choices_of_universities(self.facts, self.programme, 1, self.years))
        if len(ways) != 1 or self.asker.engine.must_stop:
            return None
        counted = self._counted()
        most = MOST_STARTERS if counted is None else min(counted, MOST_STARTERS)
        choice = ways[0] * most
        key = fingerprint("most starters", self.facts, self.programme, self.department, self.years)
        known = self.asker.memory.get(key)
        if known is not None:
            return int(known["above"])
        model = OptionalModel(self.facts, {}, (), self.starters(choice))
        first: dict[int, Literal] = {}
        for starter, literal in sorted(model.comes.items()):
            same = first.setdefault(starter.turn, literal)
            if same is not literal:
                model.build.model.add(literal == same)
        model.build.model.minimize(most - sum(first.values()))
        above = most
        for time_for_it in TIMES_FOR_A_BOUND:
            answer = cheapest(
                self.asker.engine,
                model.build.model,
                f"{self.department}, {self.programme}: most starters",
                most=2 * time_for_it,
                searches=("max_lp",),
            )
            above = 0 if answer.fits is False else min(above, most - answer.bound)
            # The bound is mostly right long before the search for such a plan is over.
            if answer.is_proved or self.asker.engine.is_spent or self.fits(above):
                break
        if not self.asker.engine.is_spent:
            self.asker.memory.put(key, {"above": above})
        return above

    def plan(self, fits: int) -> tuple[Organisation, Plan] | None:
        """The facts with so many, and a plan of their musts; None where the search was cut off."""
        placing = self.best
        if placing.problem is None or self.best_number != fits:
            choice = next((c for c in self._choices(fits) if self._with_known(c)), None)
            if choice is None:
                return None
            begin = self._begin()
            placing = self.asker.every_must(self._with(choice), with_sessions=True, begin=begin)
        if placing.problem is None:
            return None
        plan = musts_alone(placing.problem, placing.judgements, placing.sessions, self.asker.engine)
        return placing.problem.organisation, plan

    def _with_known(self, choice: tuple[str | None, ...]) -> bool:
        return self.asker.every_must(self._with(choice)).fits is True

    def limits(self, fits: int) -> tuple[Limit, ...]:
        """What keeps one more starter out, as far as it is known."""
        reason = self.reasons.get(fits + 1)
        if reason is not None:
            return (reason,)
        if not fits and self.fits(0) is False:
            detail = "present trainees alone cannot be given every must session"
            return (Limit(rule=RuleId.TRAINING_DEMAND, detail=detail),)
        return ()
