"""What keeps one start of one requirement from being used, everything else in the plan as it is.

Rules are judged one after another and the first that is broken is named: those of the trainee,
of the others who would have to come, of equipment, then of the people for the roles.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, islice, product

from trainsched.domain.rules import RuleId
from trainsched.planning.cover_questions import CoverQuestions
from trainsched.planning.draft import DraftSession, engagements
from trainsched.planning.judgement import DayJudgement
from trainsched.problem.demands import Demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

MOST_CREWS = 60
"""Ways to fill all roles at one start that are tried against cover."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """``rule`` is in the way; None: not settled (``is_open``), or nothing is. ``who`` are those
    trainees of the group who could not come.
    """

    rule: RuleId | None
    who: tuple[int, ...] = ()
    is_open: bool = False


NOTHING = Obstacle(None)
OPEN = Obstacle(None, is_open=True)


class InTheWay:
    """Judges starts against the finished plan."""

    def __init__(
        self,
        problem: Problem,
        sessions: tuple[DraftSession, ...],
        judgements: Sequence[DayJudgement],
        *,
        share: float = 1.0,
        until: float | None = None,
    ) -> None:
        self.problem = problem
        self.engaged = engagements(problem, sessions)
        self.questions = CoverQuestions(problem, judgements, self.engaged, share, until)
        self.by_offering: dict[int, list[DraftSession]] = defaultdict(list)
        self.of_demand: dict[int, list[Offering]] = defaultdict(list)
        self.load: Counter[tuple[int, str, int]] = Counter()
        self.held: Counter[tuple[str, int]] = Counter()
        self.taught: Counter[tuple[int, int]] = Counter()
        for session in sessions:
            self._note(session)

    def _note(self, session: DraftSession) -> None:
        grid = self.problem.grid
        offering = self.problem.offerings[session.offering]
        need = self.problem.activities[offering.activity]
        day, week = grid.day_of(offering.slot), grid.week_of(offering.slot)
        self.by_offering[offering.index].append(session)
        for _, person in session.staff:
            self.load.update([(person, "week", week), (person, "day", day), (person, "plan", 0)])
        for item in session.items:
            self.held.update((item, slot) for slot in offering.slots)
        for demand in session.demands:
            self.of_demand[demand].append(offering)
            if not need.is_study:
                self.taught[self.problem.demands[demand].trainee, day] += offering.length

    def at(self, demand: Demand, offering: Offering) -> Obstacle:
        """The first rule in the way of one more session of the requirement that begins then."""
        rule = self._for_trainee(demand, offering)
        if rule is not None:
            return Obstacle(rule)
        need = self.problem.activities[offering.activity]
        for session in self.by_offering[offering.index]:
            if len(session.demands) < need.group_max:
                return self._if_spared((demand.trainee,), offering)
        company, missing = self._company(demand, offering)
        if company is None:
            return Obstacle(RuleId.GROUP_SIZE, who=missing)
        if not self._equipment_is_free(offering):
            return Obstacle(RuleId.EQUIPMENT)
        return self._for_staff(offering, (demand, *company))

    def of_person(self, person: int, offering: Offering) -> Obstacle:
        """What keeps somebody who may fill a role from stepping into a session of it."""
        for rule, holds in (
            (RuleId.ONE_PLACE_AT_A_TIME, self._is_free),
            (RuleId.TRAINER_LOAD, self._is_within_limits),
            (RuleId.TRAVEL, self._can_travel),
        ):
            if not holds(person, offering):
                return Obstacle(rule)
        return self._if_spared((person,), offering)

    # The trainees

    def _for_trainee(self, demand: Demand, offering: Offering) -> RuleId | None:
        problem, grid = self.problem, self.problem.grid
        need = problem.activities[offering.activity]
        day = grid.day_of(offering.slot)
        if problem.published is not None and grid.days[day] < problem.published.until:
            return RuleId.PUBLISHED
        if any((demand.trainee, slot) in self.engaged for slot in offering.slots):
            return RuleId.ONE_PLACE_AT_A_TIME
        mine = self.of_demand[demand.index]
        if demand.weekly:
            week = grid.week_of(offering.slot)
            had = sum(grid.week_of(other.slot) == week for other in mine)
            if had >= demand.weekly.get(week, 0):
                return RuleId.TRAINING_DEMAND
        if self._too_near(demand, offering, mine):
            return RuleId.SPACING
        if self._out_of_order(demand, day):
            return RuleId.ACTIVITY_ORDER
        most = problem.max_taught_periods_per_day
        taught = self.taught[demand.trainee, day] + offering.length
        if most is not None and not need.is_study and taught > most:
            return RuleId.TRAINEE_LOAD
        if not self._can_travel(demand.trainee, offering):
            return RuleId.TRAVEL
        return None

    def _out_of_order(self, demand: Demand, day: int) -> bool:
        grid = self.problem.grid
        for earlier in demand.after:
            days = [grid.day_of(other.slot) for other in self.of_demand[earlier]]
            if len(days) < self.problem.demands[earlier].required or max(days) >= day:
                return True
        return any(
            grid.day_of(other.slot) <= day
            for later in self.problem.demands
            if demand.index in later.after
            for other in self.of_demand[later.index]
        )

    def _too_near(self, demand: Demand, offering: Offering, mine: list[Offering]) -> bool:
        grid, timing = self.problem.grid, demand.timing
        day, week = grid.day_of(offering.slot), grid.week_of(offering.slot)
        in_week = sum(grid.week_of(other.slot) == week for other in mine)
        on_day = sum(grid.day_of(other.slot) == day for other in mine)
        if timing.max_per_week is not None and in_week >= timing.max_per_week:
            return True
        if timing.max_per_day is not None and on_day >= timing.max_per_day:
            return True
        gap = timing.min_gap_days or 0
        return any(
            abs((grid.days[grid.day_of(other.slot)] - grid.days[day]).days) < gap for other in mine
        )

    def _company(
        self, demand: Demand, offering: Offering
    ) -> tuple[tuple[Demand, ...] | None, tuple[int, ...]]:
        """Who must come too, None if too few can; and the trainees who cannot."""
        need = self.problem.activities[offering.activity]
        others = [self.problem.demands[d] for d in offering.attendees if d != demand.index]
        wanted = len(others) if need.activity.together else need.activity.group_min - 1
        if wanted <= 0:
            return (), ()
        able: list[Demand] = []
        missing: list[int] = []
        for other in others:
            lacks_one = len(self.of_demand[other.index]) < other.required
            can_come = lacks_one and self._for_trainee(other, offering) is None
            if can_come:
                able.append(other)
            else:
                missing.append(other.trainee)
        return (tuple(able[:wanted]) if len(able) >= wanted else None), tuple(missing)

    # Equipment and staff

    def _equipment_is_free(self, offering: Offering) -> bool:
        """Whether each listed item can have a unit of its own, for the whole session."""
        listed = self.problem.activities[offering.activity].activity.equipment
        return any(self._are_free(Counter(choice), offering) for choice in product(*listed))

    def _are_free(self, wanted: Counter[str], offering: Offering) -> bool:
        units = self.problem.setting.units
        return all(
            self.held[item, slot] + count <= units[item][slot]
            for item, count in wanted.items()
            for slot in offering.slots
        )

    def _for_staff(self, offering: Offering, coming: tuple[Demand, ...]) -> Obstacle:
        need = self.problem.activities[offering.activity]
        trainees = tuple(demand.trainee for demand in coming)
        officers = {demand.officer for demand in coming}
        able: list[list[int]] = []
        for role, people in zip(need.roles, offering.roles, strict=True):
            left = [p for p in people if not role.of_officers or p in officers]
            if len(left) < role.count:
                return Obstacle(RuleId.QUALIFIED)
            for rule, holds in (
                (RuleId.ONE_PLACE_AT_A_TIME, self._is_free),
                (RuleId.TRAINER_LOAD, self._is_within_limits),
                (RuleId.TRAVEL, self._can_travel),
                (RuleId.CLINICAL_COVER, self._may_be_spared),
            ):
                left = [person for person in left if holds(person, offering)]
                if len(left) < role.count:
                    return Obstacle(rule)
            able.append(left)
        return self._crewed(offering, trainees, able)

    def _crewed(
        self, offering: Offering, trainees: tuple[int, ...], able: list[list[int]]
    ) -> Obstacle:
        """Whether some choice of different people for all roles leaves cover as it must be."""
        counts = [r.count for r in self.problem.activities[offering.activity].roles]
        crews = _crews(able, counts)
        some, settled = False, True
        for crew in islice(crews, MOST_CREWS):
            some = True
            answer = self._if_spared((*trainees, *crew), offering)
            if answer == NOTHING:
                return NOTHING
            settled = settled and not answer.is_open
        if next(crews, None) is not None:
            settled = False
        if not some:
            return Obstacle(RuleId.QUALIFIED) if settled else OPEN
        return Obstacle(RuleId.CLINICAL_COVER) if settled else OPEN

    def _if_spared(self, people: tuple[int, ...], offering: Offering) -> Obstacle:
        site = self.problem.site_of(offering.department)
        spared = self.questions.are_spared(people, offering.slots, site)
        if spared is None:
            return OPEN
        return NOTHING if spared else Obstacle(RuleId.CLINICAL_COVER)

    def _may_be_spared(self, person: int, offering: Offering) -> bool:
        return self._if_spared((person,), offering).rule is None

    def _is_free(self, person: int, offering: Offering) -> bool:
        return all((person, slot) not in self.engaged for slot in offering.slots)

    def _is_within_limits(self, person: int, offering: Offering) -> bool:
        grid, who = self.problem.grid, self.problem.people[person]
        limits = (
            (who.max_per_week, "week", grid.week_of(offering.slot)),
            (who.max_per_day, "day", grid.day_of(offering.slot)),
            (who.max_in_plan, "plan", 0),
        )
        return all(
            most is None or self.load[person, kind, which] < most for most, kind, which in limits
        )

    def _can_travel(self, person: int, offering: Offering) -> bool:
        """Whether the person's sessions, and duties that bind, before and after leave room."""
        problem, grid = self.problem, self.problem.grid
        day = grid.day_of(offering.slot)
        bound = problem.bound_stays.get(day, {})
        site = problem.site_of(offering.department)
        first, last = offering.slots[0], offering.slots[-1]

        def stay(slot: int) -> str | None:
            return self.engaged.get((person, slot)) or bound.get((person, slot))

        begin = grid.slot(day, 0)
        before = next((s for s in range(first - 1, begin - 1, -1) if stay(s)), None)
        after = next((s for s in range(last + 1, begin + grid.periods) if stay(s)), None)
        return (
            before is None
            or problem.leaves_room_to_travel(before, stay(before) or site, first, site)
        ) and (
            after is None or problem.leaves_room_to_travel(last, site, after, stay(after) or site)
        )


def _crews(able: list[list[int]], counts: list[int]) -> Iterator[tuple[int, ...]]:
    """Every choice of different people for all roles."""
    choices = (combinations(people, count) for people, count in zip(able, counts, strict=True))
    for choice in product(*choices):
        crew = tuple(person for part in choice for person in part)
        if len(set(crew)) == len(crew):
            yield crew
