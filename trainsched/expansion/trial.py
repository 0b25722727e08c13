"""Trying one choice of starters and posts on the facts, and learning from what fails."""

from collections.abc import Iterator
from dataclasses import dataclass

from ortools.sat.python import cp_model

from trainsched.domain.organisation import Organisation
from trainsched.expansion.facts import (
    Holder,
    add_holders,
    add_starters,
    every_slot,
    holder_id,
    more_is_never_easier,
)
from trainsched.expansion.memory import fingerprint
from trainsched.expansion.offer import Choice, Offer, PostPlace, unit_numbers
from trainsched.expansion.optional import OptionalModel, Unit
from trainsched.expansion.part_time import is_part_time, usual_slots
from trainsched.expansion.questions import Asker, Placing
from trainsched.expansion.runs import settle
from trainsched.planning.build import Expression
from trainsched.planning.goals.unplaced_must import unplaced_must

FOR_A_TRIAL = 20.0
FOR_A_STRONGER_CUT = 5.0
"""Deterministic time."""
MOST_UNITS_TRIED = 4
"""Units beyond those of a failed choice that are tried at once to learn more from it."""
MOST_WEEKS_TRIED = 12
"""Choices of days for part-time posts that are tried before a choice is left open."""


@dataclass(frozen=True, slots=True)
class Tried:
    """``fits`` None: not settled. ``holders`` have their days, where it fits."""

    fits: bool | None
    holders: tuple[Holder, ...] = ()
    placing: Placing | None = None


@dataclass(slots=True)
class Trials:
    """Tries choices of one offer; everything that is settled is remembered."""

    offer: Offer
    asker: Asker

    def scenario(self, choice: Choice, holders: tuple[Holder, ...]) -> Organisation:
        """The facts with the choice in them."""
        with_posts = add_holders(self.offer.organisation, self.offer.posts, holders)
        return add_starters(with_posts, choice.people())

    def attempt(self, choice: Choice) -> Tried:
        """Whether the choice will do, and on which days part-time holders then work."""
        holders = self._on_every_day(choice)
        if self._choosing(choice):
            if self.is_hopeless(choice, most=FOR_A_TRIAL):
                return Tried(fits=False)
            return self._choose_days(choice, FOR_A_TRIAL)
        placing = self.asker.every_must(
            self.scenario(choice, holders), most=FOR_A_TRIAL, begin=self._present()
        )
        return Tried(placing.fits, holders, placing)

    def _present(self) -> Placing:
        """The present trainees' sessions, around which there may be room."""
        return self.asker.standing(self.offer.organisation)

    def is_hopeless(self, choice: Choice, *, most: float = FOR_A_STRONGER_CUT) -> bool:
        """Whether it is proved that neither the choice nor any with fewer posts will do.

        More posts may also make things harder: what they let be covered must then be covered.
        That is left out of account here, and so are the days off of part-time posts.
        """
        holders = self._on_every_day(choice)
        idle = frozenset(holder_id(h.post, h.number) for h in holders)
        scenario = self.scenario(choice, holders)
        placing = self.asker.every_must(scenario, most=most, idle=idle, begin=self._present())
        return placing.fits is False

    def _on_every_day(self, choice: Choice) -> tuple[Holder, ...]:
        slots = every_slot(self.offer.organisation.calendar).weeks[0]
        return tuple(Holder(p, d, number, slots) for p, d, number in unit_numbers(choice.units))

    def _choosing(self, choice: Choice) -> bool:
        calendar = self.offer.organisation.calendar
        return any(is_part_time(self.offer.posts[post], calendar) for (post, _), _ in choice.units)

    def _choose_days(self, choice: Choice, most: float) -> Tried:
        """Days at which everything fits; working every day it would, so this may still fail."""
        key = fingerprint("days", self.scenario(choice, self._on_every_day(choice)), choice)
        known = self.asker.memory.get(key)
        if known is not None:
            return self._remembered(known, choice)
        tried = self._on_usual_days(choice)
        if tried is not None:
            self.asker.memory.put(key, _with_days(tried.holders))
            return tried
        units = tuple(Unit(p, d, n) for p, d, n in unit_numbers(choice.units))
        facts = add_starters(self.offer.organisation, choice.people())
        model = OptionalModel(facts, self.offer.posts, units, ())
        if model.impossible:
            return Tried(fits=False)
        build = model.build
        for week in model.weeks.values():
            build.model.add(week.comes == 1)

        def make() -> tuple[cp_model.CpModel, Expression]:
            return build.model, unplaced_must(build)

        for _ in range(MOST_WEEKS_TRIED):
            answer = settle(self.asker.engine, make, most=most)
            if answer.fits is False:
                self.asker.memory.put(key, {"fits": False})
                return Tried(fits=False)
            if answer.read is None:
                return Tried(fits=None)
            holders = model.read_units(answer.read)
            placing = self.asker.every_must(
                self.scenario(choice, holders), most=most, begin=self._present()
            )
            if placing.fits:
                self.asker.memory.put(key, _with_days(holders))
                return Tried(True, holders, placing)
            model.forbid_weeks(answer.read)
        return Tried(fits=None)

    def _on_usual_days(self, choice: Choice) -> Tried | None:
        """Part-time holders on days in a row, if the starters are then easily put in; else None."""
        calendar, posts = self.offer.organisation.calendar, self.offer.posts
        for first in range(len(calendar.working_days)):
            holders = tuple(
                Holder(post, d, n, usual_slots(posts[post], calendar, first + turn))
                for turn, (post, d, n) in enumerate(unit_numbers(choice.units))
            )
            placing = self.asker.put_in(self.scenario(choice, holders), self._present())
            if placing is not None:
                return Tried(True, holders, placing)
        return None

    def _remembered(self, known: dict[str, object], choice: Choice) -> Tried:
        if not known["fits"]:
            return Tried(fits=False)
        days = known["days"]
        assert isinstance(days, list)  # noqa: S101 - written above
        holders = tuple(
            Holder(post, department, number, tuple((day, name) for day, name in slots))
            for (post, department, number), slots in zip(
                unit_numbers(choice.units), days, strict=True
            )
        )
        placing = self.asker.every_must(self.scenario(choice, holders), begin=self._present())
        return Tried(placing.fits, holders, placing)

    # Learning as much as possible from a choice that will not do

    def strengthened(self, choice: Choice) -> Choice:
        """A choice of more posts or fewer starters that will not do either."""
        limits = self.offer.places
        units = dict(choice.units)
        for places in self._bundles(choice):
            more = {
                place: min(limits[place], units.get(place, 0) + MOST_UNITS_TRIED)
                for place in places
            }
            if all(units.get(place, 0) == number for place, number in more.items()):
                continue
            bigger = choice.with_units({**units, **more})
            if self.is_hopeless(bigger):
                units = {**units, **more}
                choice = bigger
        starters = dict(choice.starters)
        if self._may_leave_out(choice):
            for group in sorted(starters, key=lambda g: starters[g]):
                if len(starters) == 1:
                    break
                fewer = {g: n for g, n in starters.items() if g != group}
                if self.is_hopeless(choice.with_starters(fewer)):
                    starters = fewer
                    choice = choice.with_starters(fewer)
        return choice

    def _may_leave_out(self, choice: Choice) -> bool:
        return len(choice.starters) > 1 and is_monotone(self.offer)

    def _bundles(self, choice: Choice) -> Iterator[list[PostPlace]]:
        """Posts to be added together: those of departments without starters first."""
        busy = {department for (_, department, _), _ in choice.starters}
        idle = [place for place in self.offer.places if place[1] not in busy]
        if idle and busy:
            yield idle
        for place in self.offer.places:
            if not busy or place[1] in busy:
                yield [place]


def _with_days(holders: tuple[Holder, ...]) -> dict[str, object]:
    """What is remembered of a choice that will do on these days."""
    days = [[list(slot) for slot in holder.slots] for holder in holders]
    return {"fits": True, "days": days}


def is_monotone(offer: Offer) -> bool:
    """Whether fewer starters are never harder than more."""
    programmes = {target.programme for target in offer.targets}
    return more_is_never_easier(offer.organisation, programmes)
