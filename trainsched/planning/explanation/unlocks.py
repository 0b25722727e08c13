"""What would place the session: one change of the facts at a time, each confirmed by solving again.

Only facts of the irreducible set are changed: the others keep nobody from anything here. A kind is
first tried as widely as possible; where that helps, the plan found says where to narrow it down,
to one slot, one person, one week. What is reported is the narrow change, confirmed.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from trainsched.declared import Costs
from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.explanation import Fact, Unlock, UnlockKind
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import BANDS, Staff, meets_band
from trainsched.domain.roster import Meaning
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation import changes, prices
from trainsched.planning.explanation.budget import Budget
from trainsched.planning.explanation.core import Core, settle_near
from trainsched.planning.explanation.question import Answer
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.explanation.sentences import Sentences
from trainsched.planning.explanation.times import Times, pool
from trainsched.planning.explanation.ways import Way, way_of
from trainsched.problem.chosen import Key
from trainsched.problem.demands import RoleNeed
from trainsched.problem.people import Person

MOST_OF_A_KIND = 2
"""Confirmed ways of one kind that are worth showing: for slots freed by backfill, for limits."""
MOST_TRIES = 2
MOST_PEOPLE = 2
"""People of whom a slot freed is tried for one kind of change, the likeliest first."""
WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")
WTE_OF_A_DAY = 0.2
FULL_WEEK_DAYS = 5
BACKFILL = "~backfill"
NEW_POST = "~post"


class Confirmed(NamedTuple):
    """An unlock with the facts under which the session was seen to fit."""

    unlock: Unlock
    organisation: Organisation


class Unlocks:
    """Tries the kinds of changes in turn."""

    def __init__(
        self, rest: Rest, times: Times, key: Key, core: Core, costs: Costs, budget: Budget
    ) -> None:
        self.rest = rest
        self.organisation = rest.organisation
        self.times = times
        self.key = key
        self.costs = costs
        self.budget = budget
        self.say = Sentences(rest, times, key)
        self.activity = self.say.activity
        self.facts = [condition.fact for condition in core.conditions]
        self.roles = rest.problem.activities[times.demand.activity].roles
        people = {p.index: p for role in self.roles for p in pool(times, role)}
        self.pool = [people[number] for number in sorted(people)]

    def found(self) -> tuple[Confirmed, ...]:
        """Every change that was found to help, the cheapest first, then the least disruptive."""
        kinds = (
            self._weeks(),
            self._larger_group(),
            self._higher_limits(),
            self._not_busy(),
            self._backfilled(),
            self._days_off(),
            self._more_units(),
            self._more_holders(),
            self._extra_posts(),
        )
        return tuple(sorted((u for kind in kinds for u in kind), key=_cheapest_first))

    def _has(self, rule: RuleId, kind: str, subject: str | None = None) -> list[Fact]:
        return [
            fact
            for fact in self.facts
            if (fact.rule, fact.kind) == (rule, kind) and subject in (None, fact.subject)
        ]

    def _try(self, organisation: Organisation, like: Way | None = None) -> Way | None:
        """How the session fits the whole plan under these facts; None where no way was found.

        ``like`` is a way under wider facts: no more is moved than it takes, or than for that.
        """
        if self.budget.is_spent:
            return None
        near = None if like is None else like.near
        settled, near = settle_near(organisation, self.rest, self.key, self.budget, near)
        if settled.answer is not Answer.POSSIBLE:
            return None
        return way_of(self.rest, self.key, settled, near)

    def _when(self, slot: int) -> tuple[date, str, str]:
        """Date, period, and both in words."""
        grid = self.times.problem.grid
        day, period = (
            grid.days[grid.day_of(slot)],
            grid.calendar.period_names[grid.position_of(slot)],
        )
        return day, period, f"{day:%a} {day.day} {day:%b} {day.year}, {period}"

    # Weeks, groups, limits

    def _weeks(self) -> Iterator[Confirmed]:
        if not self._has(RuleId.TIME_WINDOW, "window"):
            return
        timing = self.times.demand.timing
        if timing.latest_week or timing.deadline:
            yield from self._later()
        if timing.earliest_week:
            for week in range(timing.earliest_week - 1, 0, -1):
                changed = changes.with_timing(self.organisation, self.key, earliest_week=week)
                way = self._try(changed)
                if way is not None:
                    detail = f"{self.key[1]} may begin in week {week}, not {timing.earliest_week}"
                    yield self._unlock(UnlockKind.EARLIER_START, self.key[1], detail, way, pounds=0)
                    return

    def _later(self) -> Iterator[Confirmed]:
        """The smallest extension that helps, in weeks."""
        calendar, timing = self.organisation.calendar, self.times.demand.timing
        ends = [calendar.week_number(timing.deadline)] if timing.deadline else []
        ends += [timing.latest_week] if timing.latest_week else []
        widest = changes.with_timing(self.organisation, self.key, latest_week=None, deadline=None)
        if self._try(widest) is None:
            return
        for week in range(min(ends) + 1, calendar.week_numbers[-1] + 1):
            last = calendar.first_monday + timedelta(days=7 * week - 1)
            later_week = None if timing.latest_week is None else max(timing.latest_week, week)
            later_date = None if timing.deadline is None else max(timing.deadline, last)
            way = self._try(
                changes.with_timing(
                    self.organisation, self.key, latest_week=later_week, deadline=later_date
                )
            )
            if way is not None:
                detail = (
                    f"{self.key[1]} may be given until the end of week {week} ({last:%d/%m/%Y})"
                )
                yield self._unlock(UnlockKind.LATER_DEADLINE, self.key[1], detail, way, pounds=0)
                return

    def _larger_group(self) -> Iterator[Confirmed]:
        if not self._has(RuleId.GROUP_SIZE, "group_max") or self.activity.group_max is None:
            return
        most = self.activity.group_max + 1
        way = self._try(
            changes.with_activity(self.organisation, self.activity.code, group_max=most)
        )
        if way is not None:
            detail = f"A session of {self.activity.code} may hold {most} trainees"
            yield self._unlock(UnlockKind.LARGER_GROUP, self.activity.code, detail, way, pounds=0)

    def _higher_limits(self) -> Iterator[Confirmed]:
        shown = 0
        for person in self.pool:
            if not self._has(RuleId.TRAINER_LOAD, "limit of sessions", person.person_id):
                continue
            for name, now, words in (
                ("max_training_per_week", person.max_per_week, "a week"),
                ("max_training_per_day", person.max_per_day, "a day"),
                ("max_training", person.max_in_plan, "in the plan"),
            ):
                if now is None or shown >= MOST_OF_A_KIND:
                    continue
                who = person.person_id
                raised = changes.with_staff(self.organisation, who, **{name: now + 1})
                way = self._try(raised)
                if way is not None:
                    shown += 1
                    detail = f"{self.say.label(who)} may give {now + 1} sessions {words}, not {now}"
                    yield self._unlock(UnlockKind.HIGHER_LIMIT, who, detail, way, pounds=0)
                    break

    # A slot freed

    def _not_busy(self) -> Iterator[Confirmed]:
        """At work, but taken by something the roster names: that would have to give way."""
        taken = {
            (entry.person_id, entry.date, entry.period)
            for entry in self.organisation.roster
            if entry.meaning in (Meaning.BUSY, Meaning.TRAINING)
        }

        def change(organisation: Organisation, who: str, slots: list[int]) -> Organisation:
            there = [(d, p) for d, p, _ in map(self._when, slots) if (who, d, p) in taken]
            return changes.at_work_in(organisation, who, there)

        people = [
            p
            for p in self.pool
            if self._has(RuleId.AT_WORK, "not at work", p.person_id)
            and any(who == p.person_id for who, _, _ in taken)
        ]
        yield from self._slots(people, change, "is freed from what the roster has", paid=False)

    def _days_off(self) -> Iterator[Confirmed]:
        """Somebody comes in when their pattern has them off; nobody is called back from leave."""
        problem = self.rest.problem
        said = {(entry.person_id, entry.date, entry.period) for entry in self.organisation.roster}

        def change(organisation: Organisation, who: str, slots: list[int]) -> Organisation:
            person = next(p for p in problem.people if p.person_id == who)
            off = [slot for slot in slots if not person.usable >> slot & 1]
            there = [(d, p) for d, p, _ in map(self._when, off) if (who, d, p) not in said]
            return changes.at_work_in(organisation, who, there)

        people = [p for p in self.pool if self._has(RuleId.AT_WORK, "not at work", p.person_id)]
        yield from self._slots(people, change, "comes in outside their working pattern", paid=True)

    def _backfilled(self) -> Iterator[Confirmed]:
        """Somebody else covers for them in that slot, paid at their band."""
        if not self._has(RuleId.CLINICAL_COVER, "duty") and not self._has(
            RuleId.ROSTERED_DUTIES, "rostered duties"
        ):
            return
        yield from self._slots(
            self.pool, self._backfill, "is freed from duty by backfill", paid=True
        )

    def _backfill(self, organisation: Organisation, who: str, slots: list[int]) -> Organisation:
        person = organisation.staff_by_id[who]
        stand_in = Staff(
            staff_id=f"{BACKFILL}~{who}",
            name=f"backfill for {who}",
            departments=person.departments,
            band=person.band,
            competences=person.competences,
            pattern=WorkingPattern(weeks=((),)),
            trains=False,
        )
        organisation = changes.with_new_staff(organisation, stand_in)
        bound = self.organisation.cover is CoverMode.AS_ROSTERED
        on_duty = {
            (entry.date, entry.period)
            for entry in organisation.roster
            if entry.person_id == who and entry.meaning is Meaning.DUTY
        }
        there = [(day, period) for day, period, _ in map(self._when, slots)]
        organisation = changes.at_work_in(organisation, stand_in.staff_id, there)
        freed = [slot for slot in there if bound and slot in on_duty]
        return changes.at_work_in(organisation, who, freed)

    def _slots(
        self,
        people: list[Person],
        change: Callable[[Organisation, str, list[int]], Organisation],
        words: str,
        *,
        paid: bool,
        most: int = 1,
    ) -> Iterator[Confirmed]:
        """One slot of one named person, found by trying all slots of all, then of each."""
        everywhere = sorted({s + k for s in self.times.starts for k in range(self.times.length)})
        widest = self.organisation
        for person in people:
            widest = change(widest, person.person_id, everywhere)
        wide = self._try(widest) if people else None
        if wide is None:
            return
        nearest = sorted(people, key=lambda p: (p.person_id not in wide.staff, p.index))
        shown = 0
        for person in nearest[:MOST_PEOPLE]:
            if shown >= most:
                return
            seen = wide if person.person_id in wide.staff else None
            unlock = self._one_slot(person, change, words, everywhere, seen, paid=paid)
            if unlock is not None:
                shown += 1
                yield unlock

    def _one_slot(
        self,
        person: Person,
        change: Callable[[Organisation, str, list[int]], Organisation],
        words: str,
        slots: list[int],
        seen: Way | None,
        *,
        paid: bool,
    ) -> Confirmed | None:
        """``seen`` is a way with the person in it, to begin with."""
        who, left = person.person_id, slots
        for _ in range(MOST_TRIES):
            wide, seen = seen or self._try(change(self.organisation, who, left)), None
            if wide is None:
                return None
            held = list(range(wide.slot, wide.slot + self.times.length))
            way = self._try(change(self.organisation, who, held), like=wide)
            if way is not None:
                day, period, when = self._when(wide.slot)
                minutes = prices.minutes_of(
                    self.organisation, self.organisation.calendar.position(period), len(held)
                )
                band = person.band
                return self._unlock(
                    UnlockKind.SLOT_FREED,
                    who,
                    f"{self.say.label(who)} {words} on {when}",
                    way,
                    pounds=prices.hours_pounds(self.costs, band, minutes) if paid else 0,
                    basis=prices.price_basis(self.costs, band) if paid else "",
                    slot=(day, period),
                )
            left = [slot for slot in left if slot not in held]
        return None

    # More of something

    def _more_units(self) -> Iterator[Confirmed]:
        for fact in self._has(RuleId.EQUIPMENT, "equipment"):
            way = self._try(changes.with_units(self.organisation, fact.subject, 1))
            if way is not None:
                detail = f"There is one unit more of {fact.subject}"
                yield self._unlock(UnlockKind.ONE_MORE_UNIT, fact.subject, detail, way)

    def _more_holders(self) -> Iterator[Confirmed]:
        for number, role in enumerate(self.roles):
            if role.of_officers or not self._has(
                RuleId.QUALIFIED, "role", f"{self.key[1]}: {role.name}"
            ):
                continue
            apt = self._could_learn(role)
            wide = self._try(self._qualified(number, apt)) if apt else None
            new = [person for person in apt if wide is not None and person.staff_id in wide.staff]
            way = self._try(self._qualified(number, new[:1]), like=wide) if new else None
            if way is not None:
                who = self.say.label(new[0].staff_id)
                asked = " or ".join(sorted(role.competences)) or f"the role of {role.name}"
                detail = f"{who} also holds {asked}"
                yield self._unlock(UnlockKind.ONE_MORE_HOLDER, new[0].staff_id, detail, way)

    def _could_learn(self, role: RoleNeed) -> list[Staff]:
        """Staff who would do but for the competence, or for not being named."""
        able = {person.person_id for person in pool(self.times, role)}
        return [
            person
            for person in self.organisation.staff
            if person.staff_id not in able
            and person.trains
            and meets_band(person.band, role.min_band)
            and set(person.departments) & set(self.times.departments)
        ]

    def _qualified(self, number: int, people: list[Staff]) -> Organisation:
        organisation = self.organisation
        role = self.activity.roles[number]
        for person in people:
            competences = tuple(sorted({*person.competences, *role.competences[:1]}))
            organisation = changes.with_staff(
                organisation, person.staff_id, competences=competences
            )
        if number == 0 and self.activity.staff:
            named = (*self.activity.staff, *(person.staff_id for person in people))
            organisation = changes.with_activity(organisation, self.activity.code, staff=named)
        return organisation

    # Posts

    def _extra_posts(self) -> Iterator[Confirmed]:
        """The cheapest post that helps, for as few days as do."""
        for name, post, cost in self._posts():
            whole = self._try(self._with_post(post))
            if whole is None:
                continue
            for wte, days, pattern in self._part_time(whole.slot, post):
                part = post.model_copy(update={"pattern": pattern})
                way = self._try(self._with_post(part), like=whole)
                if way is None:
                    continue
                yield self._unlock(
                    UnlockKind.EXTRA_POST,
                    name,
                    f"An extra post of {wte:g} WTE{days}, {name}, in {post.departments[0]}",
                    way,
                    pounds=None if cost is None else round(cost * wte),
                    basis=prices.price_basis(self.costs, post.band),
                    wte=wte,
                )
                return

    def _posts(self) -> Iterator[tuple[str, Staff, int | None]]:
        """Posts that could be funded; where none are listed, one like each of the lowest bands."""
        for listed in self.organisation.posts:
            for code in (listed.department,) if listed.department else self.times.departments:
                yearly = listed.annual_cost_pounds
                cost = prices.year_pounds(self.costs, listed.band) if yearly is None else None
                if yearly is not None:
                    cost = round(yearly / listed.wte)
                yield listed.post, self._post(listed.band, listed.competences, code), cost
        if self.organisation.posts:
            return
        by_id = self.organisation.staff_by_id
        alike = sorted(
            (by_id[p.person_id] for p in self.pool),
            key=lambda s: (BANDS.index(s.band) if s.band else -1, s.staff_id),
        )
        seen: set[tuple[object, ...]] = set()
        for person in alike:
            where = next((d for d in person.departments if d in self.times.departments), None)
            kind = person.band, person.competences, where
            if where is None or kind in seen:
                continue
            seen.add(kind)
            band = f"band {person.band}, " if person.band else ""
            name = f"{band}like {self.say.label(person.staff_id)}"
            post = self._post(person.band, person.competences, where)
            yield name, post, prices.year_pounds(self.costs, person.band)

    def _post(self, band: str | None, competences: tuple[str, ...], department: str) -> Staff:
        return Staff(
            staff_id=NEW_POST,
            name="extra post",
            departments=(department,),
            band=band,
            competences=competences,
            pattern=changes.always(self.organisation),
        )

    def _with_post(self, post: Staff) -> Organisation:
        organisation = changes.with_new_staff(self.organisation, post)
        if self.activity.staff:
            named = (*self.activity.staff, post.staff_id)
            organisation = changes.with_activity(organisation, self.activity.code, staff=named)
        return organisation

    def _part_time(self, slot: int, post: Staff) -> Iterator[tuple[float, str, WorkingPattern]]:
        """One day a week, on the day of the session first; else the whole week."""
        calendar = self.organisation.calendar
        day = self.times.problem.grid.days[self.times.problem.grid.day_of(slot)].weekday()
        if len(calendar.working_days) == FULL_WEEK_DAYS:
            one_day = tuple((day, name) for name in calendar.period_names)
            yield WTE_OF_A_DAY, f" ({WEEKDAYS[day]})", WorkingPattern(weeks=(one_day,))
        yield 1.0, "", post.pattern

    def _unlock(
        self,
        kind: UnlockKind,
        subject: str,
        detail: str,
        way: Way,
        *,
        pounds: int | None = None,
        basis: str = "",
        slot: tuple[date, str] | None = None,
        wte: float | None = None,
    ) -> Confirmed:
        _, _, when = self._when(way.slot)
        staff = " and ".join(
            self.say.label(who) for who in way.staff if who in self.organisation.staff_by_id
        )
        beside = f" with {staff}" if staff else ""
        unlock = Unlock(
            kind=kind,
            subject=subject,
            detail=f"{detail}. The session is then on {when}{beside}.",
            pounds=pounds,
            per_year=kind is UnlockKind.EXTRA_POST,
            price_basis=basis,
            moved=way.moved,
            date=slot[0] if slot else None,
            period=slot[1] if slot else None,
            wte=wte,
        )
        return Confirmed(unlock, way.organisation)


def _cheapest_first(confirmed: Confirmed) -> tuple[object, ...]:
    unlock = confirmed.unlock
    price = (1, 0) if unlock.pounds is None else (0, unlock.pounds)
    return (*price, unlock.moved, str(unlock.kind), unlock.subject)
