"""What has happened since the workbook was written: known for one replan, kept in no workbook."""

from datetime import date

from trainsched.domain.curriculum import Pin
from trainsched.domain.facts import Facts
from trainsched.domain.organisation import Organisation
from trainsched.domain.roster import Meaning, RosterEntry


class Absence(Facts):
    """Somebody is away on these dates, both included. No reason is asked or kept."""

    person_id: str
    first_date: date
    last_date: date


class PinGivenWay(Facts):
    """A pin that cannot be kept while these people are away, and that is let go for it."""

    trainee_ids: tuple[str, ...]
    activity: str
    date: date
    period: str
    away: tuple[str, ...]

    def is_of(self, pin: Pin) -> bool:
        """Whether this is about the pin."""
        return (self.trainee_ids, self.activity, self.date, self.period) == (
            pin.trainee_ids,
            pin.activity,
            pin.date,
            pin.period,
        )


class News(Facts):
    """Absences beyond the roster, and the date before which nothing may change.

    ``pins_given_way`` are pins that name nobody who is away and cannot be kept all the same.
    """

    absences: tuple[Absence, ...] = ()
    locked_until: date | None = None
    pins_given_way: tuple[PinGivenWay, ...] = ()

    def has_away(self, person_id: str, day: date) -> bool:
        """Whether the person is said to be away on the date."""
        return any(
            absence.person_id == person_id and absence.first_date <= day <= absence.last_date
            for absence in self.absences
        )

    def applied_to(self, organisation: Organisation) -> Organisation:
        """The organisation as it is with the news: the roster says ``absent`` on those dates.

        Pins give way to absences: nobody is pinned to a session on a date on which they are away,
        and what cannot be kept without them is let go.
        """
        away = {
            (absence.person_id, day): absence
            for absence in self.absences
            for day in organisation.calendar.dates
            if absence.first_date <= day <= absence.last_date
        }
        entries = [e for e in organisation.roster if (e.person_id, e.date) not in away]
        entries += [
            RosterEntry(person_id, day, period, Meaning.ABSENT)
            for person_id, day in away
            for period in organisation.calendar.period_names
        ]
        position = organisation.calendar.position
        entries.sort(key=lambda e: (e.person_id, e.date, position(e.period)))
        pins, notices = self._pins_of(organisation)
        return organisation.model_copy(
            update={
                "roster": tuple(entries),
                "locked_until": self.locked_until,
                "pins": pins,
                "notices": (*organisation.notices, *notices),
            }
        )

    def _pins_of(self, organisation: Organisation) -> tuple[tuple[Pin, ...], tuple[str, ...]]:
        """The pins without those who are away, and a sentence for each that was changed."""
        pins: list[Pin] = []
        notices: list[str] = []
        for pin in organisation.pins:
            away = [p for p in (*pin.trainee_ids, *pin.staff_ids) if self.has_away(p, pin.date)]
            update = {
                "trainee_ids": tuple(p for p in pin.trainee_ids if p not in away),
                "staff_ids": tuple(p for p in pin.staff_ids if p not in away),
            }
            let_go = next((one for one in self.pins_given_way if one.is_of(pin)), None)
            if let_go is not None or not update["trainee_ids"]:
                away = away if let_go is None else list(let_go.away)
                notices.append(_gives_way(organisation, pin, "gives way", away))
                continue
            if away:
                notices.append(_gives_way(organisation, pin, "gives way in part", away))
            pins.append(pin.model_copy(update=update) if away else pin)
        return tuple(pins), tuple(notices)


def _gives_way(organisation: Organisation, pin: Pin, how: str, away: list[str]) -> str:
    """Which pin, and who is away; never why."""
    place = organisation.places.get(f"pin:{pin.row}")
    where = "" if place is None else f" ({place})"
    verb = "is" if len(away) == 1 else "are"
    return (
        f"The pin of {pin.activity} for {', '.join(pin.trainee_ids)} on "
        f"{pin.date:%d/%m/%Y}, {pin.period}{where} {how}: {', '.join(away)} {verb} away."
    )


def news_of(
    organisation: Organisation,
    absences: tuple[Absence, ...] = (),
    *,
    locked_until: date | None = None,
) -> News:
    """The news of a replan, with the date before which nothing may change.

    That is ``locked_until`` if given. Else, with absences, it is never later than the first day of
    absence: what was locked has to give way from then on, and what is before it has happened or
    need not change. Else it is the workbook's own date.
    """
    until = locked_until or organisation.locked_until
    if absences and locked_until is None:
        first = min(absence.first_date for absence in absences)
        first = max(first, organisation.calendar.start_date)
        until = first if until is None else min(until, first)
    return News(absences=absences, locked_until=until)
