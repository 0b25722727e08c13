"""The oracle: the best plan of a tiny organisation by trying everything.

Written from the contracts alone. Day by day, every set of sessions that the day allows is added to
every history so far. Histories that agree in all that a later day could ask about are one; of
these the one with the fewest changes and wishes is kept. A first, narrow pass finds a good plan;
the second pass drops only what provably cannot be better than that.
"""

from collections import Counter
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.agreement.day_cover import DayCover
from tests.agreement.day_sessions import (
    DaySessions,
    Sitting,
    required_in_all,
    required_in_week,
)
from tests.agreement.earlier import Earlier
from tests.agreement.histories import (
    Best,
    Coming,
    Day,
    Goals,
    History,
    Key,
    Part,
    Price,
    Received,
    cheaper,
)
from tests.agreement.presence import WhoIsWhere
from tests.agreement.wishes import Wishes
from trainsched.domain.curriculum import Kind, Requirement
from trainsched.domain.duties import Priority
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.domain.rules import FIRST_PLAN_GOALS, REPLAN_GOALS, GoalId

NARROW = 60
"""Histories kept a day in the first pass."""

MOST_STEPS = 150_000
"""Enough for about two seconds."""

STEPS_PER_SET = 10
"""What it costs to judge one set of sessions of a day, in steps of the search."""


class TooLargeError(Exception):
    """The organisation is not tiny enough to try everything."""


class Oracle:
    """Tries everything. Beyond ``most_steps`` steps of the search it raises TooLargeError."""

    def __init__(
        self,
        organisation: Organisation,
        most_steps: int = MOST_STEPS,
        *,
        earlier: Plan | None = None,
    ) -> None:
        self.organisation = organisation
        self.earlier = earlier
        self.steps_left = most_steps
        self.sessions: tuple[Sitting, ...] = ()
        self.where = WhoIsWhere(organisation, earlier)
        # A stay taken out of a day must never make the travel rule harder to keep.
        shortest = min(period.minutes for period in organisation.calendar.periods)
        assert all(travel.minutes <= shortest for travel in organisation.travel)
        self.requirements: dict[Key, Requirement] = {
            (r.trainee_id, r.activity): r
            for r in organisation.requirements
            if required_in_all(self.where, r) > 0
        }
        self.keys = sorted(self.requirements)
        self.required = {
            key: required_in_all(self.where, self.requirements[key]) for key in self.keys
        }
        self.weekly = {
            (key, week): required_in_week(self.where, self.requirements[key], week)
            for key in self.keys
            if self.requirements[key].timing.per_week is not None
            for week in organisation.calendar.week_numbers
        }
        self.staff = tuple(person.staff_id for person in organisation.staff)
        self.wishes = Wishes(self.where, self.required)
        self.keys_by_priority = {
            priority: [k for k in self.keys if self.requirements[k].timing.priority is priority]
            for priority in (Priority.MUST, Priority.SHOULD, Priority.COULD)
        }
        self.days = [self._day(day) for day in organisation.calendar.open_dates]
        self.coming = [self._coming(number) for number in range(len(self.days) + 1)]

    def best(self) -> dict[GoalId, int | float] | None:
        """The least value of every goal; None if pins or locked sessions cannot all be kept."""
        dates = self.organisation.calendar.open_dates
        if any(pin.date not in dates for pin in self.organisation.pins):
            return None
        locked = self.organisation.locked_until
        if locked and any(s.date < locked and s.date not in dates for s in self._earlier_sessions):
            return None
        narrow = self._search(NARROW, None)
        best = self._search(None, narrow) or narrow
        if best is None:
            return None
        self.sessions = best.sessions
        goals = best.goals
        rounded = (*goals[:4], round(float(goals[4]), 6), *goals[5:])
        found = dict(zip(REPLAN_GOALS, rounded, strict=True))
        names = FIRST_PLAN_GOALS if self.earlier is None else REPLAN_GOALS
        return {name: found[name] for name in names}

    @property
    def _earlier_sessions(self) -> tuple[Session, ...]:
        return () if self.earlier is None else self.earlier.sessions

    # ------------------------------------------------------------ days

    def _day(self, day: date) -> Day:
        found = Day(day)
        cover = DayCover(self.where, day)
        earlier = Earlier(self.organisation, self.earlier, day)
        for sittings in DaySessions(self.where, day).sets():
            self._work(STEPS_PER_SET)
            if not self._holds_pins(sittings, day) or not earlier.allows(sittings):
                continue
            busy = frozenset(
                (person, position, self.where.site(sitting.department))
                for sitting in sittings
                for person in sitting.people
                for position in sitting.positions
            )
            changed = cover.fewest_changes(busy)
            if changed is None:
                continue
            part = self._part(sittings)
            wishes = sum(self.wishes.preferences(s, day) for s in sittings)
            price = Price(earlier.moved(sittings), changed, wishes)
            if part not in found.parts or cheaper(price, found.parts[part][0]):
                found.parts[part] = (price, sittings)
        for part in found.parts:
            by_priority: Counter[Priority] = Counter()
            for key, sessions, _ in part.received:
                found.most[key] = max(found.most[key], sessions)
                by_priority[self.requirements[key].timing.priority] += sessions
            for priority, sessions in by_priority.items():
                found.most_by_priority[priority] = max(found.most_by_priority[priority], sessions)
        return found

    def _coming(self, number: int) -> Coming:
        coming = Coming()
        for day in self.days[number:]:
            coming.most.update(day.most)
            coming.most_by_priority.update(day.most_by_priority)
            coming.moved += min((cost.moved for cost, _ in day.parts.values()), default=0)
            coming.changed += min((cost.changed for cost, _ in day.parts.values()), default=0)
        return coming

    def _holds_pins(self, sittings: tuple[Sitting, ...], day: date) -> bool:
        return all(
            any(
                sitting.activity.code == pin.activity
                and self.where.period(sitting.positions[0]) == pin.period
                and set(pin.trainee_ids) <= set(sitting.trainees)
                and set(pin.staff_ids) <= {person for _, person in sitting.staff}
                for sitting in sittings
            )
            for pin in self.organisation.pins
            if pin.date == day
        )

    def _part(self, sittings: tuple[Sitting, ...]) -> Part:
        sessions: Counter[Key] = Counter()
        people: dict[Key, frozenset[str]] = {}
        given: Counter[str] = Counter()
        for sitting in sittings:
            for trainee in sitting.trainees:
                key = trainee, sitting.activity.code
                sessions[key] += 1
                people[key] = people.get(key, frozenset()) | sitting.first_role
            if sitting.activity.kind is not Kind.STUDY:
                given.update(person for _, person in sitting.staff)
        return Part(
            tuple((key, sessions[key], people[key]) for key in sorted(sessions)),
            tuple(sorted(given.items())),
        )

    # ------------------------------------------------------------ search

    def _search(self, keep: int | None, beat: Best | None) -> Best | None:
        """The best goals among all histories; ``keep`` so many a day; only better than ``beat``."""
        empty = History(tuple(Received() for _ in self.keys), tuple((0, 0) for _ in self.staff))
        histories = {empty: Price()}
        for number, day in enumerate(self.days):
            following: dict[History, Price] = {}
            starts_week = number == 0 or self._week(number) != self._week(number - 1)
            for history, price in histories.items():
                if starts_week and number > 0:
                    history, price = self._close_week(history, price)  # noqa: PLW2901
                self._work(len(day.parts))
                for part, (cost, sittings) in day.parts.items():
                    after = self._after(history, part, day.day)
                    if after is None:
                        continue
                    paid = Price(
                        price.moved + cost.moved,
                        price.changed + cost.changed,
                        price.wishes + cost.wishes,
                        price.sessions + sittings,
                    )
                    if after not in following or cheaper(paid, following[after]):
                        following[after] = paid
            ranked = sorted(
                (
                    (self._hope(history, price, number + 1), place, history, price)
                    for place, (history, price) in enumerate(following.items())
                ),
                key=lambda item: item[:2],
            )
            histories = {
                h: p for hope, _, h, p in ranked[:keep] if beat is None or hope < beat.goals
            }
        ends = [
            Best(self._hope(history, price, len(self.days)), price.sessions)
            for history, price in histories.items()
        ]
        return min(ends, default=None, key=lambda best: best.goals)

    def _work(self, steps: int) -> None:
        self.steps_left -= steps
        if self.steps_left < 0:
            raise TooLargeError

    def _week(self, number: int) -> int:
        return self.organisation.calendar.week_number(self.days[number].day)

    def _after(self, history: History, part: Part, day: date) -> History | None:
        """The history with the day's part added; None where a rule over several days forbids it."""
        received, given = list(history.received), list(history.given)
        week = self.organisation.calendar.week_number(day)
        for key, sessions, people in part.received:
            place = self.keys.index(key)
            before, timing = received[place], self.requirements[key].timing
            total, this_week = before.total + sessions, before.this_week + sessions
            if (
                total > self.required[key]
                or this_week > self.weekly.get((key, week), this_week)
                or (timing.max_per_week is not None and this_week > timing.max_per_week)
            ):
                return None
            gap = timing.min_gap_days
            if gap and before.latest is not None and (day - before.latest).days < gap:
                return None
            for earlier in timing.after:
                needed = (key[0], earlier)
                if needed in self.requirements and (
                    history.received[self.keys.index(needed)].total < self.required[needed]
                ):
                    return None
            several = self.required[key] > 1
            received[place] = Received(
                total,
                this_week,
                day if gap else None,
                before.people | people if several else frozenset(),
            )
        for staff_id, sessions in part.given:
            place = self.staff.index(staff_id)
            total, this_week = given[place][0] + sessions, given[place][1] + sessions
            if not self._within_caps(staff_id, total, this_week):
                return None
            given[place] = total, this_week
        return History(tuple(received), tuple(given))

    def _within_caps(self, staff_id: str, total: int, this_week: int) -> bool:
        person = self.organisation.staff_by_id[staff_id]
        weekly = person.max_training_per_week
        if weekly is None:
            weekly = self.organisation.policy.limit_for("max_training_per_week", person.wte)
        return (weekly is None or this_week <= weekly) and (
            person.max_training is None or total <= person.max_training
        )

    def _close_week(self, history: History, price: Price) -> tuple[History, Price]:
        """Pay for the unevenness of the week that ends, and forget its counts."""
        wishes = price.wishes + self._week_wishes(history)
        received = tuple(Received(r.total, 0, r.latest, r.people) for r in history.received)
        given = tuple(
            (total if self.organisation.staff_by_id[staff_id].max_training is not None else 0, 0)
            for staff_id, (total, _) in zip(self.staff, history.given, strict=True)
        )
        return History(received, given), replace(price, wishes=wishes)

    def _week_wishes(self, history: History) -> int:
        return self.wishes.of_week(
            {key: r.this_week for key, r in zip(self.keys, history.received, strict=True)},
            {s: week for s, (_, week) in zip(self.staff, history.given, strict=True)},
        )

    def _hope(self, history: History, price: Price, number: int) -> Goals:
        """No end of this history is better, goal by goal; with no day left it is the very value.

        Every term only grows as sessions are added, so what is paid so far is a lower bound.
        """
        left = {
            key: self.required[key] - r.total
            for key, r in zip(self.keys, history.received, strict=True)
        }
        coming = self.coming[number]
        unplaced = {key: max(0, left[key] - coming.most[key]) for key in left}
        missed = []
        for priority, keys in self.keys_by_priority.items():
            at_most = coming.most_by_priority[priority]
            missed.append(max(sum(unplaced[k] for k in keys), sum(left[k] for k in keys) - at_most))
        moved = price.moved + coming.moved
        changed = price.changed + coming.changed
        wishes = price.wishes + self._week_wishes(history)
        wishes += self.wishes.continuity(
            {key: r.people for key, r in zip(self.keys, history.received, strict=True)}
        )
        must, should, could = missed
        return must, moved, should, could, self._worst_off(unplaced), changed, wishes

    def _worst_off(self, unplaced: dict[Key, int]) -> Fraction:
        shares = [Fraction(0)]
        for trainee in self.organisation.trainees:
            lengths = {
                key: self.organisation.activity_by_code[key[1]].length
                for key in self.keys
                if key[0] == trainee.trainee_id
                and self.requirements[key].timing.priority is not Priority.COULD
            }
            required = sum(self.required[key] * length for key, length in lengths.items())
            if required:
                lost = sum(unplaced[key] * length for key, length in lengths.items())
                shares.append(Fraction(lost, required))
        return max(shares)
