"""wishes: one sum of points for trainer continuity, even load, even spread, and preferences.

Only here does it matter who sits with whom, so the goal adds variables for that:
``pairs[offering, demand, role, person]``, the trainee's session has this person in this role.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from math import ceil

from trainsched.domain.people import Preference, PreferenceKind
from trainsched.planning.build import Build, Expression, Literal
from trainsched.planning.draft import DraftSession
from trainsched.planning.pair_variables import PairVariables
from trainsched.problem.offerings import Offering
from trainsched.problem.problem import Problem

DAY_KINDS = (PreferenceKind.PREFER_DAY, PreferenceKind.AVOID_DAY)
PERIOD_KINDS = (PreferenceKind.PREFER_PERIOD, PreferenceKind.AVOID_PERIOD)
TRAINER_KINDS = (PreferenceKind.PREFER_TRAINER, PreferenceKind.AVOID_TRAINER)


@dataclass(slots=True)
class WishPoints:
    """What each kind of wish costs, from the policy, and who wishes what."""

    extra_trainer: int
    uneven_load: int
    uneven_spread: int
    preferences: dict[int, list[Preference]] = field(default_factory=dict)
    load_from: dict[int, int] = field(default_factory=dict)
    """For each member of staff, the sessions in a week that are still even."""
    spread_from: dict[int, int] = field(default_factory=dict)
    """For each trainee, the sessions in a week that are still evenly spread."""


def wish_points(problem: Problem) -> WishPoints:
    """Read the points and thresholds of a problem."""
    policy = problem.organisation.policy
    by_id = {person.person_id: person.index for person in problem.people}
    points = WishPoints(
        extra_trainer=policy.whole("wish_extra_trainer"),
        uneven_load=policy.whole("wish_uneven_load"),
        uneven_spread=policy.whole("wish_uneven_spread"),
    )
    preferences: dict[int, list[Preference]] = defaultdict(list)
    for preference in problem.organisation.preferences:
        preferences[by_id[preference.person_id]].append(preference)
    points.preferences = dict(preferences)
    required: dict[int, int] = defaultdict(int)
    for demand in problem.demands:
        if not problem.activities[demand.activity].is_study:
            required[demand.trainee] += demand.required
    for person in problem.people:
        if person.is_staff:
            even = policy.limit_for("even_load_sessions_per_week", person.wte)
            if even is not None:
                points.load_from[person.index] = even
            continue
        days = [n for n in range(len(problem.grid.days)) if person.days_at_work >> n & 1]
        weeks = len({problem.grid.week_of_day[day] for day in days})
        points.spread_from[person.index] = ceil(required[person.index] / weeks) if weeks else 0
    return points


def time_points(problem: Problem, offering: Offering, wishes: list[Preference]) -> int:
    """Points that one person's session costs by its day and first period."""
    grid = problem.grid
    weekday = str(grid.days[grid.day_of(offering.slot)].weekday())
    period = grid.calendar.period_names[grid.position_of(offering.slot)]
    total = 0
    for (prefer, avoid), value in ((DAY_KINDS, weekday), (PERIOD_KINDS, period)):
        wanted = [wish for wish in wishes if wish.kind is prefer]
        if wanted and not any(value in wish.values for wish in wanted):
            total += max(wish.weight for wish in wanted)
        total += sum(wish.weight for wish in wishes if wish.kind is avoid and value in wish.values)
    return total


class WishModel:
    """The points as an expression, with the variables that it needs."""

    def __init__(self, build: Build, points: WishPoints) -> None:
        self.build = build
        self.points = points
        self.problem = build.problem
        self.pairs = PairVariables(build)

    def total(self) -> Expression:
        """The sum of all points."""
        return sum(
            [
                self.points.extra_trainer * self.extra_trainers(),
                self.points.uneven_load * self.uneven_load(),
                self.points.uneven_spread * self.uneven_spread(),
                self.time_preferences(),
                self.trainer_preferences(),
            ]
        )

    def extra_trainers(self) -> Expression:
        """Different people in the first role of a trainee's activity, beyond what it asks for."""
        total: list[Expression] = []
        for demand in self.problem.demands:
            need = self.problem.activities[demand.activity]
            if need.is_study or not need.roles:
                continue
            by_person: dict[int, list[Expression]] = defaultdict(list)
            for number in self.build.offerings_of_demand[demand.index]:
                for person in self.problem.offerings[number].roles[0]:
                    by_person[person].append(self.pairs.of(number, demand.index, 0, person))
            if len(by_person) <= need.roles[0].count:
                continue
            met = [self._any(pairs, demand.required) for _, pairs in sorted(by_person.items())]
            extra = self.build.model.new_int_var(0, len(met), "")
            self.build.model.add(extra >= sum(met) - need.roles[0].count)
            total.append(extra)
        return sum(total)

    def _any(self, pairs: list[Expression], most: int) -> Literal:
        met = self.build.literal()
        for pair in pairs:
            self.build.model.add(pair <= met)
        if len(pairs) > 1:
            self.build.model.add(sum(pairs) <= most * met)
        return met

    def uneven_load(self) -> Expression:
        """Sessions of a trainer in a week beyond the even number."""
        groups: dict[tuple[int, int], list[Expression]] = defaultdict(list)
        for person, serving in sorted(self.build.serving.items()):
            for number, literal in serving:
                week = self.problem.grid.week_of(self.problem.offerings[number].slot)
                groups[person, week].append(literal)
        even = self.points.load_from
        return sum(
            self._beyond(literals, even[person])
            for (person, _), literals in sorted(groups.items())
            if person in even
        )

    def uneven_spread(self) -> Expression:
        """Sessions of a trainee in a week beyond the even number; study is not counted."""
        groups: dict[tuple[int, int], list[Expression]] = defaultdict(list)
        for (number, demand), literal in self.build.attends.items():
            need = self.problem.demands[demand]
            if not self.problem.activities[need.activity].is_study:
                week = self.problem.grid.week_of(self.problem.offerings[number].slot)
                groups[need.trainee, week].append(literal)
        even = self.points.spread_from
        return sum(
            self._beyond(literals, even[trainee])
            for (trainee, _), literals in sorted(groups.items())
        )

    def _beyond(self, literals: list[Expression], even: int) -> Expression:
        if len(literals) <= even:
            return 0
        beyond = self.build.model.new_int_var(0, len(literals) - even, "")
        self.build.model.add(beyond >= sum(literals) - even)
        return beyond

    def time_preferences(self) -> Expression:
        """Points for the days and periods of sessions, for staff and trainees."""
        total: list[Expression] = []
        for (number, demand), literal in self.build.attends.items():
            mine = self.points.preferences.get(self.problem.demands[demand].trainee)
            if mine:
                points = time_points(self.problem, self.problem.offerings[number], mine)
                total.append(points * literal)
        for (number, _, person), literal in self.build.serves.items():
            mine = self.points.preferences.get(person)
            if mine:
                points = time_points(self.problem, self.problem.offerings[number], mine)
                total.append(points * literal)
        return sum(total)

    def trainer_preferences(self) -> Expression:
        """Points for sessions without a preferred trainer, and with one to be avoided."""
        by_id = {person.person_id: person.index for person in self.problem.people}
        total: list[Expression] = []
        for (number, demand), literal in self.build.attends.items():
            offering = self.problem.offerings[number]
            mine = self.points.preferences.get(self.problem.demands[demand].trainee, [])
            prefer = [wish for wish in mine if wish.kind is PreferenceKind.PREFER_TRAINER]
            avoid = [wish for wish in mine if wish.kind is PreferenceKind.AVOID_TRAINER]
            if not offering.roles or not (prefer or avoid):
                continue
            total += [
                wish.weight * self._in_session(number, demand, by_id[value])
                for wish in avoid
                for value in wish.values
            ]
            if prefer:
                wanted = sorted({by_id[value] for wish in prefer for value in wish.values})
                without = self.build.literal()
                there = [self._in_session(number, demand, person) for person in wanted]
                self.build.model.add(without >= literal - sum(there))
                total.append(max(wish.weight for wish in prefer) * without)
        return sum(total)

    def _in_session(self, number: int, demand: int, person: int) -> Expression:
        roles = self.problem.offerings[number].roles
        return sum(
            self.pairs.of(number, demand, role, person)
            for role, people in enumerate(roles)
            if person in people
        )


def wish_value(problem: Problem, points: WishPoints, sessions: tuple[DraftSession, ...]) -> int:
    """The points of finished sessions."""
    teachers: dict[int, set[int]] = defaultdict(set)
    given: dict[tuple[int, int], int] = defaultdict(int)
    received: dict[tuple[int, int], int] = defaultdict(int)
    total = 0
    for session in sessions:
        offering = problem.offerings[session.offering]
        need = problem.activities[offering.activity]
        week = problem.grid.week_of(offering.slot)
        people = {person for _, person in session.staff}
        for demand in session.demands:
            trainee = problem.demands[demand].trainee
            teachers[demand] |= {person for role, person in session.staff if role == 0}
            received[trainee, week] += not need.is_study
            mine = points.preferences.get(trainee, [])
            total += time_points(problem, offering, mine)
            total += _trainer_points(problem, mine, people) if people else 0
        for person in people:
            given[person, week] += 1
            total += time_points(problem, offering, points.preferences.get(person, []))
    for demand, met in teachers.items():
        need = problem.activities[problem.demands[demand].activity]
        if need.roles:
            total += points.extra_trainer * max(0, len(met) - need.roles[0].count)
    for (person, _), sessions_given in given.items():
        if person in points.load_from:
            beyond = max(0, sessions_given - points.load_from[person])
            total += points.uneven_load * beyond
    for (trainee, _), sessions_had in received.items():
        beyond = max(0, sessions_had - points.spread_from[trainee])
        total += points.uneven_spread * beyond
    return total


def _trainer_points(problem: Problem, wishes: list[Preference], people: set[int]) -> int:
    ids = {problem.people[person].person_id for person in people}
    prefer = [wish for wish in wishes if wish.kind is PreferenceKind.PREFER_TRAINER]
    total = sum(
        wish.weight
        for wish in wishes
        if wish.kind is PreferenceKind.AVOID_TRAINER
        for value in wish.values
        if value in ids
    )
    if prefer and not any(value in ids for wish in prefer for value in wish.values):
        total += max(wish.weight for wish in prefer)
    return total
