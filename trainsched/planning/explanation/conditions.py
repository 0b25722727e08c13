"""The facts that may stand in the way of one requirement, and the facts without each of them.

What is not listed is background, and never named: the calendar, who is hosted where, one place at
a time, the weekly amounts, and the working time of people who could not give the session.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from trainsched.domain.explanation import Fact
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.roster import Meaning
from trainsched.planning.explanation import changes
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.explanation.sentences import Sentences
from trainsched.planning.explanation.times import Times, pool
from trainsched.problem.chosen import Key, key_of

Change = Callable[[Organisation], Organisation]


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact. ``without`` takes it away; ``keeps`` are requirements whose number it keeps."""

    fact: Fact
    without: Change
    keeps: frozenset[Key] = frozenset()


class Conditions:
    """Lists the facts about one requirement, those first that are the least worth telling."""

    def __init__(self, rest: Rest, times: Times, key: Key) -> None:
        self.rest = rest
        self.organisation = rest.organisation
        self.problem = rest.problem
        self.times = times
        self.key = key
        self.need = self.problem.activities[times.demand.activity]
        self.activity = self.need.activity
        self.say = Sentences(rest, times, key)
        people = {p.index: p for role in self.need.roles for p in pool(times, role)}
        self.pool = [people[number] for number in sorted(people)]

    def listed(self, working: frozenset[Key]) -> tuple[Condition, ...]:
        """Every fact that could matter while these requirements are planned together."""
        kinds = (
            self._kept(working),
            self._policy(),
            self._equipment(working),
            self._duties(),
            self._spacing(),
            self._order(working),
            self._group(),
            self._rostered(),
            self._caps(),
            self._presence(),
            self._trainee(),
            self._window(),
            self._roles(),
        )
        return tuple(condition for kind in kinds for condition in kind)

    def _kept(self, working: frozenset[Key]) -> Iterator[Condition]:
        """For each trainee, that they keep what they have; those of the one in question last."""
        mine: dict[str, list[Key]] = defaultdict(list)
        for key in sorted(working):
            if key in self.rest.kept and key != self.key:
                mine[key[0]].append(key)
        for trainee in sorted(mine, key=lambda t: (t == self.key[0], t)):
            yield Condition(
                self.say.kept(trainee, mine[trainee]),
                partial(_without_pins_of, trainee=trainee),
                keeps=frozenset(mine[trainee]),
            )

    def _policy(self) -> Iterator[Condition]:
        policy = self.organisation.policy
        if len({d.site for d in self.organisation.departments}) > 1:
            yield Condition(
                self.say.travel(),
                lambda o: changes.with_policy(o.with_facts(travel=()), "default_travel_minutes", 0),
            )
        if policy.limit("max_taught_periods_per_day") is not None:
            yield Condition(
                self.say.trainee_load(),
                lambda o: changes.without_limit(o, "max_taught_periods_per_day"),
            )
        rests = policy.whole("rest_after_on_call_periods") > 0
        if rests and any(e.meaning is Meaning.ON_CALL for e in self.organisation.roster):
            yield Condition(
                self.say.rest_after_on_call(),
                lambda o: changes.with_policy(o, "rest_after_on_call_periods", 0),
            )

    def _equipment(self, working: frozenset[Key]) -> Iterator[Condition]:
        items = {
            item
            for _, code in working
            for alternatives in self.organisation.activity_by_code[code].equipment
            for item in alternatives
        }
        for item in sorted(items):
            yield Condition(
                self.say.equipment(item),
                partial(changes.with_units, item=item, units=changes.WITHOUT_END),
            )

    def _duties(self) -> Iterator[Condition]:
        there = {self.organisation.department_by_code[code] for code in self.say.cover_departments}
        for department, duty in sorted({(d.department, d.duty) for d in self.organisation.duties}):
            if any(department == d.code for d in there):
                yield Condition(
                    self.say.duty(department, duty),
                    partial(changes.without_duty, department=department, duty=duty),
                )

    def _spacing(self) -> Iterator[Condition]:
        timing = self.times.demand.timing
        if timing.max_per_week or timing.max_per_day or timing.min_gap_days:
            yield Condition(
                self.say.spacing(),
                lambda o: changes.with_timing(
                    o, self.key, max_per_week=None, max_per_day=None, min_gap_days=None
                ),
            )

    def _order(self, working: frozenset[Key]) -> Iterator[Condition]:
        for key in sorted(working):
            demand = self.rest.demand_of[key]
            for number in demand.after:
                earlier = key_of(self.problem.demands[number])
                if key[1] == self.key[1] or earlier == self.key:
                    yield Condition(
                        self.say.order(key, earlier[1]),
                        partial(_not_after, key=key, code=earlier[1]),
                    )

    def _group(self) -> Iterator[Condition]:
        activity = self.activity
        if activity.together or activity.group_min > 1:
            yield Condition(
                self.say.group_min(),
                lambda o: changes.with_activity(o, activity.code, together=False, group_min=1),
            )
        if activity.group_max is not None and len(self.need.demands) > activity.group_max:
            yield Condition(
                self.say.group_max(),
                lambda o: changes.with_activity(o, activity.code, group_max=changes.WITHOUT_END),
            )

    def _rostered(self) -> Iterator[Condition]:
        if self.organisation.cover is not CoverMode.AS_ROSTERED:
            return
        for person in self.pool:
            if person.stays_on:
                yield Condition(
                    self.say.rostered(person),
                    partial(changes.duties_as_work, person_id=person.person_id),
                )

    def _caps(self) -> Iterator[Condition]:
        for person in self.pool:
            limits = person.max_per_week, person.max_per_day, person.max_in_plan
            if any(limit is not None for limit in limits):
                yield Condition(
                    self.say.caps(person),
                    partial(changes.without_caps, staff_id=person.person_id),
                )

    def _presence(self) -> Iterator[Condition]:
        for person in self.pool:
            yield Condition(
                self.say.presence(person),
                partial(changes.staff_always_there, staff_id=person.person_id),
            )

    def _trainee(self) -> Iterator[Condition]:
        trainee = self.organisation.trainee_by_id[self.key[0]]
        code = trainee.trainee_id
        yield Condition(self.say.trainee_time(), partial(_always_free, trainee=code))
        departments = set(self.times.departments)
        shut = {closure.department for closure in self.organisation.closures}
        if shut & {None, *departments}:
            yield Condition(
                self.say.closures(),
                lambda o: o.with_facts(
                    closures=tuple(
                        c
                        for c in o.closures
                        if c.department is not None and c.department not in departments
                    ),
                ),
            )

    def _window(self) -> Iterator[Condition]:
        timing = self.times.demand.timing
        is_weekly = bool(self.times.demand.weekly)
        if not is_weekly and (timing.earliest_week or timing.latest_week or timing.deadline):
            yield Condition(
                self.say.window(),
                lambda o: changes.with_timing(
                    o, self.key, earliest_week=None, latest_week=None, deadline=None
                ),
            )

    def _roles(self) -> Iterator[Condition]:
        for number, role in enumerate(self.need.roles):
            if role.of_officers:
                yield Condition(
                    self.say.officer(role),
                    partial(self._anybody_for, number=number),
                )
            else:
                yield Condition(
                    self.say.role(role, pool(self.times, role)),
                    partial(
                        changes.with_holders,
                        code=self.activity.code,
                        number=number,
                        departments=self.times.departments,
                    ),
                )

    def _anybody_for(self, organisation: Organisation, number: int) -> Organisation:
        """Somebody else may stand in for the training officer."""
        named = changes.with_role(organisation, self.activity.code, number, name="stand_in")
        return changes.with_holders(named, self.activity.code, number, self.times.departments)


def _without_pins_of(organisation: Organisation, trainee: str) -> Organisation:
    pins = tuple(pin for pin in organisation.pins if trainee not in pin.trainee_ids)
    return organisation.with_facts(pins=pins)


def _not_after(organisation: Organisation, key: Key, code: str) -> Organisation:
    now = next(r.timing for r in organisation.requirements if (r.trainee_id, r.activity) == key)
    after = tuple(earlier for earlier in now.after if earlier != code)
    return changes.with_timing(organisation, key, after=after)


def _always_free(organisation: Organisation, trainee: str) -> Organisation:
    """The trainee at work in every slot, never away and never taken."""
    roster = tuple(e for e in organisation.roster if e.person_id != trainee)
    return changes.with_trainee(
        organisation.with_facts(roster=roster),
        trainee,
        pattern=changes.always(organisation),
        hei=None,
        start_date=None,
        end_date=None,
    )
