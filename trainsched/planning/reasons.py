"""Why something was not placed: for every possible start, the first rule that is in the way."""

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from trainsched.domain.plan import Reason
from trainsched.domain.rules import RuleId
from trainsched.planning.draft import DraftSession, engagements
from trainsched.planning.hand_out import may_be_covered
from trainsched.planning.search.placing import counted_goals
from trainsched.problem.demands import Demand
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

if TYPE_CHECKING:
    from trainsched.planning.search import Search

MOST_REASONS = 3
MOST_COVER_CHECKS = 12
MOST_COVER_CHECKS_IN_ALL = 100
"""Cover questions asked for one requirement, and for all; further starts are judged by what is
known without asking."""

BLOCKED: dict[RuleId, str] = {
    RuleId.ONE_PLACE_AT_A_TIME: "the trainee or everyone for some role is in another session",
    RuleId.CLINICAL_COVER: "nobody who could fill a role can be spared from clinical duties",
    RuleId.TRAINER_LOAD: "everyone who could fill a role has reached their limit of sessions",
    RuleId.TRAINEE_LOAD: "the trainee's day is full of taught periods",
    RuleId.SPACING: "another session of the same activity is too near",
    RuleId.TRAINING_DEMAND: "the week already has what it asks for",
    RuleId.ACTIVITY_ORDER: "an activity that must come first is not complete by then",
    RuleId.EQUIPMENT: "the equipment is in use",
    RuleId.GROUP_SIZE: "too few trainees could come at that time, or the group is full",
    RuleId.TRAVEL: "somebody would not have time to travel between sites",
    RuleId.PUBLISHED: "the time is locked, because its sessions are published",
}
REFUSED: dict[RuleId, str] = {
    RuleId.AT_WORK: "the trainee is not at work, or the department is shut",
    RuleId.REST_AFTER_ON_CALL: "the trainee rests after a night on call",
    RuleId.TIME_WINDOW: "the start is outside the weeks allowed or past the deadline",
    RuleId.TRAINING_DEMAND: "the week asks for no session",
    RuleId.EQUIPMENT: "the equipment is not available",
    RuleId.QUALIFIED: "no qualified trainer is at work for every role",
    RuleId.GROUP_SIZE: "too few of the group's trainees are there",
}


class Reasons:
    """Explains what is missing against the finished plan, all else left as it is."""

    def __init__(self, problem: Problem, search: "Search") -> None:
        self.problem = problem
        self.search = search
        self.engaged = engagements(problem, search.sessions)
        self.by_offering: dict[int, list[DraftSession]] = defaultdict(list)
        self.of_demand: dict[int, list[Offering]] = defaultdict(list)
        self.load: Counter[tuple[int, str, int]] = Counter()
        self.held: Counter[tuple[str, int]] = Counter()
        self.taught: Counter[tuple[int, int]] = Counter()
        for session in search.sessions:
            self._note(session)
        self.possible: dict[int, list[Offering]] = defaultdict(list)
        for offering in problem.offerings:
            for demand in offering.attendees:
                self.possible[demand].append(offering)
        self.cover_day = {
            (department, cover_day.day): number
            for number, cover_day in enumerate(problem.cover_days)
            for department in cover_day.departments
        }
        self.spared: dict[tuple[int, int, int, int], bool] = {}

    def of(self, demand: Demand) -> tuple[Reason, ...]:
        """The rules most often in the way of the missing sessions, each with a count of starts."""
        refused = self.problem.refused[demand.index]
        starts = self.possible.get(demand.index, [])
        if not starts:
            return self._nothing_possible(refused)
        blocked: Counter[RuleId | None] = Counter()
        checks = 0
        attended = {offering.index for offering in self.of_demand[demand.index]}
        for offering in starts:
            if offering.index in attended:
                continue
            rule = self._trainee_blocked(demand, offering)
            if rule is None:
                rule = self._staff_blocked(offering, may_ask=checks < MOST_COVER_CHECKS)
                checks += 1
            blocked[rule] += 1
        return self._in_words(blocked, len(starts) - len(attended))

    def _nothing_possible(self, refused: Counter[RuleId]) -> tuple[Reason, ...]:
        total = sum(refused.values())
        ranked = sorted(refused.items(), key=lambda r: (r[0] is RuleId.TIME_WINDOW, -r[1], r[0]))
        reasons = tuple(
            Reason(
                rule=rule,
                detail=f"No start is possible: at {count} of {total} starts {REFUSED[rule]}.",
            )
            for rule, count in ranked[:MOST_REASONS]
        )
        nothing = Reason(
            rule=RuleId.TIME_WINDOW,
            detail="No start is possible: the plan has no open working day.",
        )
        return reasons or (nothing,)

    def _in_words(self, blocked: Counter[RuleId | None], total: int) -> tuple[Reason, ...]:
        open_starts = blocked.pop(None, 0)
        ranked = sorted(blocked.items(), key=lambda item: (-item[1], str(item[0])))
        reasons = [
            Reason(rule=rule, detail=f"At {count} of {total} possible starts {BLOCKED[rule]}.")
            for rule, count in ranked[:MOST_REASONS]
            if rule is not None
        ]
        if open_starts or not reasons:
            goals = counted_goals(self.problem)
            proved = all(self.search.figures[counted.goal].is_proved for counted in goals)
            moves = "" if self.problem.earlier is None else "move one of the earlier plan, "
            why = (
                f"giving it would cost another session at least as important, {moves}or break a "
                "rule together with other sessions"
                if proved
                else "the search ended before this was settled; a longer time limit may place it"
            )
            detail = (
                f"At {open_starts} of {total} possible starts nothing alone is in the way: {why}."
            )
            if not total:
                detail = "Every possible start is already used by this activity."
            reasons.append(Reason(rule=RuleId.TRAINING_DEMAND, detail=detail))
        return tuple(reasons)

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

    def _trainee_blocked(self, demand: Demand, offering: Offering) -> RuleId | None:
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
        for earlier in demand.after:
            days = [grid.day_of(other.slot) for other in self.of_demand[earlier]]
            if len(days) < problem.demands[earlier].required or max(days) >= day:
                return RuleId.ACTIVITY_ORDER
        if self._breaks_later(demand, day):
            return RuleId.ACTIVITY_ORDER
        most = problem.max_taught_periods_per_day
        taught = self.taught[demand.trainee, day] + offering.length
        if most is not None and not need.is_study and taught > most:
            return RuleId.TRAINEE_LOAD
        return None

    def _breaks_later(self, demand: Demand, day: int) -> bool:
        grid = self.problem.grid
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

    def _staff_blocked(self, offering: Offering, *, may_ask: bool) -> RuleId | None:
        need = self.problem.activities[offering.activity]
        running = self.by_offering[offering.index]
        if need.activity.together or need.activity.group_min > 1:
            return RuleId.GROUP_SIZE
        if any(len(session.demands) < need.group_max for session in running):
            return None
        if not self._equipment_is_free(offering):
            return RuleId.EQUIPMENT
        for role, people in zip(need.roles, offering.roles, strict=True):
            free = [p for p in people if not self._is_engaged(p, offering)]
            if len(free) < role.count:
                return RuleId.ONE_PLACE_AT_A_TIME
            within = [p for p in free if self._is_within_limits(p, offering)]
            if len(within) < role.count:
                return RuleId.TRAINER_LOAD
            if may_ask and not self._enough_can_be_spared(within, role.count, offering):
                return RuleId.CLINICAL_COVER
        return None

    def _equipment_is_free(self, offering: Offering) -> bool:
        units = self.problem.setting.units
        listed = self.problem.activities[offering.activity].activity.equipment
        return all(
            any(
                all(self.held[item, slot] < units[item][slot] for slot in offering.slots)
                for item in alternatives
            )
            for alternatives in listed
        )

    def _is_engaged(self, person: int, offering: Offering) -> bool:
        return any((person, slot) in self.engaged for slot in offering.slots)

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

    def _enough_can_be_spared(self, people: list[int], count: int, offering: Offering) -> bool:
        spared = 0
        for person in people:
            if len(self.spared) >= MOST_COVER_CHECKS_IN_ALL:
                return True
            spared += self._can_be_spared(person, offering)
            if spared >= count:
                return True
        return False

    def _can_be_spared(self, person: int, offering: Offering) -> bool:
        key = person, offering.slot, offering.length, offering.department
        if key not in self.spared:
            self.spared[key] = self._try_without(person, offering)
        return self.spared[key]

    def _try_without(self, person: int, offering: Offering) -> bool:
        site = self.problem.site_of(offering.department)
        more = dict(self.engaged)
        more.update({(person, slot): site for slot in offering.slots})
        day = self.problem.grid.day_of(offering.slot)
        for department in self.problem.people[person].departments:
            number = self.cover_day.get((department, day))
            if number is not None:
                judgement = self.search.judgements[number]
                return may_be_covered(self.problem, number, judgement, more)
        return True
