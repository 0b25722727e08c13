"""A slot freed for a named trainer: from what the roster has, from a day off, or from duty."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.explanation import UnlockKind
from trainsched.domain.organisation import CoverMode, Organisation
from trainsched.domain.people import Staff
from trainsched.domain.roster import Meaning
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation import changes, prices
from trainsched.planning.explanation.attempts import Attempts, Confirmed, in_words
from trainsched.planning.explanation.ways import Way
from trainsched.problem.chosen import Start
from trainsched.problem.people import Person

MOST_TRIES = 4
"""Slots freed that are tried for one kind of change, the likeliest first."""
BACKFILL = "~backfill"
Slot = tuple[date, str]


class SlotFreed:
    """One way to free people: for all in all slots, then for one in those of one session."""

    words = ""
    is_paid = True
    by_the_day = False
    """Whether the whole day may be freed where the session's own time does not do."""

    def __init__(self, attempts: Attempts) -> None:
        self.attempts = attempts
        self.organisation = attempts.organisation

    def people(self) -> list[Person]:
        """Those whom this could free."""
        raise NotImplementedError

    def change(self, organisation: Organisation, who: Person, slots: list[int]) -> Organisation:
        """The facts with the person freed in the slots, as far as this way can."""
        raise NotImplementedError

    def found(self) -> Iterator[Confirmed]:
        """One slot of one named person, those first whose session upsets the least."""
        tried: list[tuple[Person, list[int]]] = []
        for chances, far in ((islice(self._chances(), MOST_TRIES), False), (tried, True)):
            for person, held in chances:
                changed = self.change(self.organisation, person, held)
                way = self.attempts.way_with(changed, far=far)
                if way is not None:
                    yield self._of_who_gives_it(person, held, way)
                    return
                if not far:
                    tried.append((person, held))

    def _chances(self) -> Iterator[tuple[Person, list[int]]]:
        """Who, freed in which slots, lets the session be had if all others give way to it.

        All are freed in all slots at first, then each in all slots, to see which starts could do;
        then one person for each start, those starts first that upset the least.
        """
        people, slots = self.people(), self._all_slots()
        widest = self.organisation
        for person in people:
            widest = self.change(widest, person, slots)
        starts = self.attempts.starts_under(widest) if people else []
        able: dict[Start, list[Person]] = {start: [] for start in starts}
        for person in people if starts else ():
            changed = self.change(self.organisation, person, slots)
            for start in self.attempts.starts_under(changed, starts):
                able[start].append(person)
        for start, those in able.items():
            chances = (chance for person in those for chance in self._with_one(person, start))
            for _, _, person, held in sorted(chances, key=lambda c: c[:2])[:1]:
                yield person, held

    def _with_one(
        self, person: Person, start: Start
    ) -> Iterator[tuple[int, int, Person, list[int]]]:
        """The person freed for a session that begins then, where that does; first what it upsets.

        The whole day where the session's own time does not do and ``by_the_day`` says so.
        """
        slot = start[2]
        session = list(range(slot, slot + self.attempts.times.length))
        for held in (session, self._day_of(slot)) if self.by_the_day else (session,):
            upset = self.attempts.upset_by(self.change(self.organisation, person, held), start)
            if upset is not None:
                yield upset, person.index, person, held
                return

    def _all_slots(self) -> list[int]:
        times = self.attempts.times
        return sorted({start + later for start in times.starts for later in range(times.length)})

    def _of_who_gives_it(self, person: Person, held: list[int], way: Way) -> Confirmed:
        """The same for somebody who gives the session, where the one freed does not."""
        for other in self.people():
            if person.person_id not in way.staff and other.person_id in way.staff:
                changed = self.change(self.organisation, other, held)
                theirs = self.attempts.way_with(changed, like=way)
                if theirs is not None and other.person_id in theirs.staff:
                    return self._confirmed(other, held, theirs)
        return self._confirmed(person, held, way)

    def _day_of(self, slot: int) -> list[int]:
        grid = self.attempts.times.problem.grid
        first = grid.slot(grid.day_of(slot), 0)
        return list(range(first, first + grid.periods))

    def _confirmed(self, person: Person, held: list[int], way: Way) -> Confirmed:
        attempts, costs = self.attempts, self.attempts.costs
        day, period = attempts.when(held[0])
        is_whole_day = len(held) > attempts.times.length
        position = self.organisation.calendar.position(period)
        minutes = prices.minutes_of(self.organisation, position, len(held))
        when = f"{in_words(day)}, {'all day' if is_whole_day else period}"
        return attempts.confirmed(
            UnlockKind.SLOT_FREED,
            person.person_id,
            f"{attempts.say.label(person.person_id)} {self.words} on {when}",
            way,
            pounds=prices.hours_pounds(costs, person.band, minutes) if self.is_paid else 0,
            basis=prices.price_basis(costs, person.band) if self.is_paid else "",
            slot=(day, None if is_whole_day else period),
        )

    def named(self, slots: list[int]) -> list[Slot]:
        """The slots as dates and periods."""
        return [self.attempts.when(slot) for slot in slots]

    def away(self) -> list[Person]:
        """Those of whom it is a fact of the set that they are not at work, or not free."""
        return [
            person
            for person in self.attempts.pool
            if self.attempts.facts_of(RuleId.AT_WORK, "not at work", person.person_id)
        ]


class FromOtherWork(SlotFreed):
    """At work, but taken by something the roster names: that would have to give way."""

    words = "is freed from what the roster has"
    is_paid = False

    def __init__(self, attempts: Attempts) -> None:
        super().__init__(attempts)
        self._taken = {
            (entry.person_id, entry.date, entry.period)
            for entry in self.organisation.roster
            if entry.meaning in (Meaning.BUSY, Meaning.TRAINING)
        }

    def people(self) -> list[Person]:
        """Those who are not free, and of whom the roster has such work."""
        taken = {person_id for person_id, _, _ in self._taken}
        return [person for person in self.away() if person.person_id in taken]

    def change(self, organisation: Organisation, who: Person, slots: list[int]) -> Organisation:
        """At work instead."""
        there = [s for s in self.named(slots) if (who.person_id, *s) in self._taken]
        return changes.at_work_in(organisation, who.person_id, there)


class FromDayOff(SlotFreed):
    """Somebody comes in when their pattern has them off; nobody is called back from leave."""

    words = "comes in outside their working pattern"

    def __init__(self, attempts: Attempts) -> None:
        super().__init__(attempts)
        self._said = {
            (entry.person_id, entry.date, entry.period) for entry in attempts.organisation.roster
        }

    def people(self) -> list[Person]:
        """Those who are not at work."""
        return self.away()

    def change(self, organisation: Organisation, who: Person, slots: list[int]) -> Organisation:
        """At work where only the pattern says otherwise."""
        off = self.named([slot for slot in slots if not who.usable >> slot & 1])
        there = [s for s in off if (who.person_id, *s) not in self._said]
        return changes.at_work_in(organisation, who.person_id, there)


class FromDuty(SlotFreed):
    """Somebody else covers for them then, paid at their band."""

    words = "is freed from duty by backfill"
    by_the_day = True

    def people(self) -> list[Person]:
        """Everybody who could fill a role, where a duty is a fact of the set."""
        duties = self.attempts.facts_of(RuleId.CLINICAL_COVER, "duty")
        rostered = self.attempts.facts_of(RuleId.ROSTERED_DUTIES, "rostered duties")
        return self.attempts.pool if duties or rostered else []

    def change(self, organisation: Organisation, who: Person, slots: list[int]) -> Organisation:
        """A stand-in in these slots, who covers whatever they can."""
        person = organisation.staff_by_id[who.person_id]
        stand_in = Staff(
            staff_id=f"{BACKFILL}~{person.staff_id}",
            name=f"backfill for {person.staff_id}",
            departments=person.departments,
            band=person.band,
            competences=person.competences,
            pattern=WorkingPattern(weeks=((),)),
            trains=False,
        )
        organisation = changes.with_new_staff(organisation, stand_in)
        there = self.named(slots)
        organisation = changes.at_work_in(organisation, stand_in.staff_id, there)
        if organisation.cover is not CoverMode.AS_ROSTERED:
            return organisation
        on_duty = {
            (entry.date, entry.period)
            for entry in organisation.roster
            if entry.person_id == person.staff_id and entry.meaning is Meaning.DUTY
        }
        freed = [slot for slot in there if slot in on_duty]
        return changes.at_work_in(organisation, person.staff_id, freed)


WAYS: tuple[type[SlotFreed], ...] = (FromOtherWork, FromDuty, FromDayOff)


def slots_freed(attempts: Attempts) -> Iterator[Confirmed]:
    """The ways to free a slot of somebody, one person for each."""
    for way in WAYS:
        yield from way(attempts).found()
