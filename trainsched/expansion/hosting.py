"""Hosting limits: the most starters of a programme that a department can train."""

from collections.abc import Callable
from dataclasses import dataclass, field

from trainsched.domain.capacity import STARTERS, STEADY_STATE, SUSTAINABLE, HostingLimit, Limit
from trainsched.domain.departments import Department
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId
from trainsched.expansion.facts import (
    FIRST_YEAR,
    Starter,
    add_starters,
    more_is_never_easier,
    only_what_must_be,
    steady_state,
)
from trainsched.expansion.optional import OptionalModel
from trainsched.expansion.questions import Asker, fingerprint
from trainsched.expansion.runs import cheapest
from trainsched.expansion.universities import choices_of_universities
from trainsched.planning.build import Literal
from trainsched.problem.index import index
from trainsched.problem.problem import Problem

TIMES_FOR_A_BOUND = (1.5, 6.0)
"""Deterministic time for the relaxation of one department and programme, in turns."""
MOST_STEPS_DOWN = 4
MOST_STARTERS = 30
"""More than this are not looked for: nothing in the workbook then limits them."""


def programmes_with_demand(organisation: Organisation) -> list[str]:
    """Programmes whose starters need must sessions, by the curriculum."""
    return sorted(
        {
            row.programme
            for row in organisation.curriculum
            if row.year in (None, FIRST_YEAR) and row.timing.priority is Priority.MUST
        }
    )


def is_accredited(department: Department, programme: str) -> bool:
    """Whether the department may train the programme."""
    return department.accredited_for is None or programme in department.accredited_for


@dataclass(slots=True)
class HostingSearch:
    """Finds the limits of every department and programme, one after another."""

    organisation: Organisation
    asker: Asker
    base_fits: bool | None = None
    found: list[HostingLimit] = field(default_factory=list)

    def run(self, absent: Organisation | None, say: Callable[[str], None]) -> None:
        """Find every limit; ``absent`` is the organisation with people away at the stated rate."""
        for view, facts in (
            *((STARTERS, self.organisation), (STEADY_STATE, self.organisation)),
            *(
                ((STARTERS + SUSTAINABLE, absent), (STEADY_STATE + SUSTAINABLE, absent))
                if absent is not None
                else ()
            ),
        ):
            for department in facts.departments:
                for programme in programmes_with_demand(facts):
                    if self.asker.engine.is_spent:
                        return
                    say(f"{department.code}, {programme}: {view.replace('_', ' ')}")
                    self.found.append(self.limit(facts, department, programme, view))

    def limit(
        self, facts: Organisation, department: Department, programme: str, view: str
    ) -> HostingLimit:
        """The limit of one department and programme in one view."""
        if not is_accredited(department, programme):
            detail = f"{department.code} is not accredited for {programme}"
            return HostingLimit(
                department=department.code,
                programme=programme,
                view=view,
                fits=0,
                impossible_from=1,
                limits=(Limit(rule=RuleId.HOSTING, detail=detail),),
            )
        ladder = _Ladder(self.asker, facts, department.code, programme, view)
        fits, impossible = ladder.find()
        return HostingLimit(
            department=department.code,
            programme=programme,
            view=view,
            fits=fits,
            impossible_from=impossible,
            limits=ladder.limits(fits),
        )


class _Ladder:
    """The scenarios with 0, 1, 2 ... starters of one programme in one department."""

    def __init__(
        self, asker: Asker, facts: Organisation, department: str, programme: str, view: str
    ) -> None:
        self.asker = asker
        self.department = department
        self.programme = programme
        self.years: tuple[int, ...] = (FIRST_YEAR,)
        self.facts = facts
        if view.startswith(STEADY_STATE):
            known = {p.code: p.years for p in facts.programmes}
            self.years = tuple(range(1, known.get(programme, 1) + 1))
            self.facts = steady_state(facts, programme, department)
        self.is_monotone = more_is_never_easier(facts, [programme])
        self.answers: dict[int, bool | None] = {}
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
        for choice in choices_of_universities(self.facts, self.programme, number, self.years):
            placing = self.asker.every_must(add_starters(self.facts, self.starters(choice)))
            if placing.fits:
                return True
            if placing.reason is not None:
                self.reasons[number] = placing.reason
            if placing.fits is None:
                answer = None
        return answer

    def find(self) -> tuple[int, int | None]:
        """The largest number known to fit, and the smallest proved not to (None: none was)."""
        if self.fits(0) is False and self.is_monotone:
            return 0, 1
        if self.fits(1) is False and self.is_monotone:
            return 0, 1
        above = self._proved_above()
        if above is None:
            return climb(self.fits, most=MOST_STARTERS)
        return descend(self.fits, above, is_monotone=self.is_monotone)

    def _proved_above(self) -> int | None:
        """A number that no plan exceeds, by a relaxation; None where none is at hand."""
        ways = list(choices_of_universities(self.facts, self.programme, 1, self.years))
        if len(ways) != 1 or self.asker.engine.must_stop:
            return None
        problem = index(only_what_must_be(add_starters(self.facts, self.starters(ways[0]))))
        most = min(most_by_counting(problem, self.programme), MOST_STARTERS)
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

    def limits(self, fits: int) -> tuple[Limit, ...]:
        """What keeps one more starter out, as far as it is known."""
        if fits >= MOST_STARTERS:
            return ()
        reason = self.reasons.get(fits + 1)
        if reason is not None:
            return (reason,)
        if self.fits(0) is False:
            detail = "present trainees alone cannot be given every must session"
            return (Limit(rule=RuleId.TRAINING_DEMAND, detail=detail),)
        return ()


def most_by_counting(problem: Problem, programme: str) -> int:
    """Starters whom the sessions of all who may train them would suffice for, nothing else asked.

    For each role of each activity: the sessions its people may give, by their weekly limits and
    the slots in which they could, times the group's size, over what one starter requires.
    """
    grid = problem.grid
    new = {
        p.index
        for p in problem.people
        if not p.is_staff and p.person_id.startswith(f"NEW-{programme}-")
    }
    most = MOST_STARTERS
    for demand in problem.demands:
        need = problem.activities[demand.activity]
        if demand.trainee not in new or demand.priority != 0 or need.activity.together:
            continue
        offerings = [o for o in problem.offerings if demand.index in o.attendees]
        for role in range(len(need.roles)):
            if need.roles[role].of_officers:
                continue
            weeks: dict[tuple[int, int], int] = {}
            for offering in offerings:
                for person in offering.roles[role]:
                    key = person, grid.week_of(offering.slot)
                    weeks[key] = weeks.get(key, 0) + 1
            given: dict[int, int] = {}
            for (person, _), slots in weeks.items():
                limit = problem.people[person].max_per_week
                given[person] = given.get(person, 0) + (
                    slots if limit is None else min(slots, limit)
                )
            in_all = sum(
                number
                if problem.people[person].max_in_plan is None
                else min(number, problem.people[person].max_in_plan or 0)
                for person, number in given.items()
            )
            places = in_all // need.roles[role].count * need.group_max
            most = min(most, places // demand.required)
    return max(most, 1)


def climb(fits: Callable[[int], bool | None], *, most: int) -> tuple[int, int | None]:
    """The largest number known to fit, and the smallest proved not to (None: none was).

    Doubles until a number does not fit, then halves the gap.
    """
    low, high = 0, None
    number = 1
    while number <= most:
        answer = fits(number)
        if answer is not True:
            high = number
            break
        low, number = number, (2 * number if 2 * number <= most or number == most else most)
    if high is None:
        return low, None
    while high - low > 1:
        middle = (low + high) // 2
        if fits(middle):
            low = middle
        else:
            high = middle
    return low, high if fits(high) is False else None


def descend(
    fits: Callable[[int], bool | None], above: int, *, is_monotone: bool
) -> tuple[int, int | None]:
    """The same from a number that nothing exceeds, downward one by one."""
    impossible: int | None = above + 1 if above < MOST_STARTERS else None
    number = above
    while number > 0:
        answer = fits(number)
        if answer:
            return number, impossible
        if answer is False and impossible in (number + 1, None):
            impossible = number
        if above - number >= MOST_STEPS_DOWN and is_monotone:
            low, _ = climb(fits, most=number - 1)
            return low, impossible
        number -= 1
    return 0, impossible
