"""Who could take a session: everybody who might, the nearest first, and what keeps them from it."""

from collections import Counter

from trainsched.domain.explanation import Candidate, Hindrance
from trainsched.domain.people import meets_band
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation.rest import Rest, busy_slots
from trainsched.planning.explanation.times import Times, pool
from trainsched.problem.demands import RoleNeed
from trainsched.problem.people import Person

MOST_OF_A_ROLE = 8

WORDS: dict[RuleId, str] = {
    RuleId.AT_WORK: "not at work or not free",
    RuleId.ROSTERED_DUTIES: "stays on a rostered duty",
    RuleId.ONE_PLACE_AT_A_TIME: "in another session",
    RuleId.TRAINER_LOAD: "at their limit of sessions",
    RuleId.CLINICAL_COVER: "on duty in the plan",
    RuleId.TRAINING_DEMAND: "free, without all others who are needed,",
}


class Candidates:
    """Looks at every member of staff at every time in question, against the plan as it is."""

    def __init__(self, rest: Rest, times: Times) -> None:
        self.rest = rest
        self.times = times
        self.problem = rest.problem
        self.busy = busy_slots(self.problem, rest.plan.sessions)
        self.on_duty = self._on_duty()
        self.load = self._load()

    def _on_duty(self) -> set[tuple[str, int]]:
        grid = self.problem.grid
        return {
            (e.staff_id, grid.slot(grid.day_index[e.date], grid.calendar.position(e.period)))
            for e in self.rest.plan.cover
            if e.date in grid.day_index
        }

    def _load(self) -> Counter[tuple[str, str, int]]:
        grid = self.problem.grid
        load: Counter[tuple[str, str, int]] = Counter()
        for session in self.rest.plan.sessions:
            day = grid.day_index[session.date]
            for entry in session.staff:
                who = entry.staff_id
                load.update(
                    [(who, "day", day), (who, "week", grid.week_of_day[day]), (who, "plan", 0)]
                )
        return load

    def listed(self) -> tuple[Candidate, ...]:
        """The nearest for each role: those who are qualified, then those who nearly are."""
        found: list[Candidate] = []
        for role in self.problem.activities[self.times.demand.activity].roles:
            able = pool(self.times, role)
            if role.of_officers and not self._may_be_in_a_group:
                able = tuple(person for person in able if person.index == self.times.demand.officer)
            mine = [self._qualified(role, person) for person in able]
            if role.of_officers:
                mine += [self._nearly(role, p) for p in self._officer if p not in able]
            else:
                mine += [
                    self._nearly(role, person)
                    for person in self.problem.people
                    if person.is_staff and person not in able and self._is_here(person)
                ]
            mine.sort(key=lambda c: (not c.is_qualified, len(c.hindrances), -c.nearest, c.staff_id))
            mine.sort(key=lambda c: (not c.is_qualified, -c.nearest))
            found += mine[:MOST_OF_A_ROLE]
        return tuple(found)

    @property
    def _may_be_in_a_group(self) -> bool:
        """Whether others could be in the session, whose officers then do as well."""
        activity = self.problem.activities[self.times.demand.activity].activity
        return activity.together or activity.group_max != 1

    @property
    def _officer(self) -> list[Person]:
        """The trainee's own training officer."""
        return [p for p in self.problem.people if p.index == self.times.demand.officer]

    def _is_here(self, person: Person) -> bool:
        codes = [d.code for d in self.problem.organisation.departments]
        return any(codes[department] in self.times.departments for department in person.departments)

    def _qualified(self, role: RoleNeed, person: Person) -> Candidate:
        in_the_way: Counter[RuleId] = Counter(self._rule(person, s) for s in self.times.starts)
        free = in_the_way[RuleId.TRAINING_DEMAND] + in_the_way[RuleId.CLINICAL_COVER]
        return Candidate(
            staff_id=person.person_id,
            role=role.name,
            is_qualified=True,
            nearest=free,
            hindrances=tuple(
                Hindrance(rule=rule, detail=f"{WORDS[rule]} at {count} of {len(self.times.starts)}")
                for rule, count in sorted(in_the_way.items(), key=lambda item: (-item[1], item[0]))
            ),
        )

    def _nearly(self, role: RoleNeed, person: Person) -> Candidate:
        lacks: list[str] = []
        if not person.trains:
            lacks.append("does not train")
        if role.only is not None and person.index not in role.only:
            lacks.append("is not named for it")
        if role.competences and not role.competences & person.competences:
            lacks.append(f"does not hold {' or '.join(sorted(role.competences))}")
        if not meets_band(person.band, role.min_band):
            lacks.append(f"is band {person.band or 'unknown'}, below {role.min_band}")
        rules = Counter(self._rule(person, start) for start in self.times.starts)
        return Candidate(
            staff_id=person.person_id,
            role=role.name,
            is_qualified=False,
            nearest=rules[RuleId.TRAINING_DEMAND] if len(lacks) == 1 else 0,
            hindrances=tuple(Hindrance(rule=RuleId.QUALIFIED, detail=lack) for lack in lacks),
        )

    def _rule(self, person: Person, start: int) -> RuleId:
        """The first thing that keeps the person from a session that begins then."""
        span, length = self.times.span(start), self.times.length
        slots = range(start, start + length)
        if person.stays_on & span:
            return RuleId.ROSTERED_DUTIES
        if person.trainable & span != span:
            return RuleId.AT_WORK
        if any((person.person_id, slot) in self.busy for slot in slots):
            return RuleId.ONE_PLACE_AT_A_TIME
        if self._is_at_limit(person, start):
            return RuleId.TRAINER_LOAD
        if any((person.person_id, slot) in self.on_duty for slot in slots):
            return RuleId.CLINICAL_COVER
        return RuleId.TRAINING_DEMAND

    def _is_at_limit(self, person: Person, start: int) -> bool:
        grid, who = self.problem.grid, person.person_id
        limits = (
            (person.max_per_day, ("day", grid.day_of(start))),
            (person.max_per_week, ("week", grid.week_of(start))),
            (person.max_in_plan, ("plan", 0)),
        )
        return any(
            most is not None and self.load[who, kind, which] >= most
            for most, (kind, which) in limits
        )
