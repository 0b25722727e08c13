"""Each fact in one plain sentence, with the times that it is about."""

from collections.abc import Iterable

from trainsched.domain.explanation import Fact
from trainsched.domain.roster import Meaning
from trainsched.domain.rules import RuleId
from trainsched.planning.explanation.rest import Rest
from trainsched.planning.explanation.times import Times, who_would_do
from trainsched.problem.chosen import Key
from trainsched.problem.demands import RoleNeed
from trainsched.problem.people import Person

MOST_NAMES = 6
MOST_NAMES_ON_DUTY = 3


class Sentences:
    """Writes facts about one requirement."""

    def __init__(self, rest: Rest, times: Times, key: Key) -> None:
        self.rest = rest
        self.organisation = rest.organisation
        self.problem = rest.problem
        self.times = times
        self.key = key
        self.activity = self.organisation.activity_by_code[key[1]]
        self.trainee = self.label(key[0])
        groups = {d for code in times.departments for d in self._group_of(code)}
        self.cover_departments = tuple(sorted(groups))

    def _group_of(self, code: str) -> set[str]:
        """The departments that share people with this one, itself included."""
        found = {code}
        while True:
            more = {
                other
                for person in self.organisation.staff
                if found.intersection(person.departments)
                for other in person.departments
            }
            if more <= found:
                return found
            found |= more

    def label(self, person_id: str) -> str:
        """Name and id."""
        person = self.organisation.staff_by_id.get(person_id)
        name = person.name if person else self.organisation.trainee_by_id[person_id].name
        return person_id if name == person_id else f"{name} ({person_id})"

    def _fact(
        self,
        rule: RuleId,
        kind: str,
        subject: str,
        detail: str,
        starts: tuple[int, ...] = (),
        department: str | None = None,
    ) -> Fact:
        return Fact(
            rule=rule,
            kind=kind,
            subject=subject,
            department=department,
            detail=detail,
            slots=self.times.names(starts),
        )

    # Other sessions, and what holds for all

    def kept(self, trainee: str, keys: list[Key]) -> Fact:
        """A trainee keeps what the plan gives them, as far as it matters as much."""
        counts = {code: self.rest.kept[trainee, code] for _, code in keys}
        codes = ", ".join(c if count == 1 else f"{c} ({count})" for c, count in counts.items())
        own = "their other sessions" if trainee == self.key[0] else "their sessions"
        pinned = sum(
            trainee in pin.trainee_ids and pin.activity in counts for pin in self.organisation.pins
        )
        fixed = f", {pinned} of them pinned" if pinned else ""
        detail = f"{self.label(trainee)} keeps {own} that matter as much{fixed}: {codes}."
        return self._fact(RuleId.TRAINING_DEMAND, "sessions kept", trainee, detail)

    def travel(self) -> Fact:
        """The journey between sites takes time."""
        detail = "People need time to travel between sites on one day."
        return self._fact(RuleId.TRAVEL, "travel time", "travel", detail)

    def trainee_load(self) -> Fact:
        """The policy's limit on a trainee's day."""
        most = self.problem.max_taught_periods_per_day
        detail = f"The policy allows {self.trainee} at most {most} taught periods a day."
        return self._fact(
            RuleId.TRAINEE_LOAD, "policy figure", "max_taught_periods_per_day", detail
        )

    def rest_after_on_call(self) -> Fact:
        """The policy's rest after a night on call."""
        count = self.organisation.policy.whole("rest_after_on_call_periods")
        periods = "first period" if count == 1 else f"first {count} periods"
        detail = f"After a night on call nobody trains in the {periods} of the day."
        subject = "rest_after_on_call_periods"
        return self._fact(RuleId.REST_AFTER_ON_CALL, "policy figure", subject, detail)

    def equipment(self, item: str) -> Fact:
        """How many units of an item there are."""
        units = self.problem.setting.units[item]
        most = max(units, default=0)
        away = self.times.those(lambda s: any(units[s + k] == 0 for k in range(self.times.length)))
        detail = f"There {_units(most)} of {item}"
        if away and len(away) < len(self.times.starts):
            detail += f", and none {self.times.share(away)}"
        return self._fact(RuleId.EQUIPMENT, "equipment", item, f"{detail}.", away)

    def duty(self, department: str, duty: str) -> Fact:
        """A duty that needs its people."""
        starts, need = self._when_needed(department, duty)
        people = f"{need} {'person' if need == 1 else 'people'}"
        what = f"{department} keeps {people} on {duty}"
        if starts:
            what += f" {self.times.share(starts)}"
        able = self._who_covers(department, duty)
        if able:
            what += f"; {self._names(able, MOST_NAMES_ON_DUTY)} can cover it"
        return self._fact(
            RuleId.CLINICAL_COVER, "duty", duty, f"{what}.", starts, department=department
        )

    def _when_needed(self, department: str, duty: str) -> tuple[tuple[int, ...], int]:
        code = [d.code for d in self.organisation.departments].index(department)
        needed: dict[int, int] = {}
        for day in self.problem.cover_days:
            for place in day.places:
                if (place.department, place.duty) == (code, duty):
                    for slot in place.slots:
                        needed[slot] = needed.get(slot, 0) + place.need
        length = self.times.length
        starts = self.times.those(lambda s: any(s + k in needed for k in range(length)))
        return starts, max(needed.values(), default=0)

    def _who_covers(self, department: str, duty: str) -> list[str]:
        code = [d.code for d in self.organisation.departments].index(department)
        found = {
            person
            for day in self.problem.cover_days
            for place in day.places
            if (place.department, place.duty) == (code, duty)
            for person in place.candidates
        }
        return [self.problem.people[person].person_id for person in sorted(found)]

    def _names(self, people: Iterable[str], most: int = MOST_NAMES) -> str:
        ids = list(people)
        shown = [self.label(person) for person in ids[:most]]
        if len(ids) > most:
            return f"{', '.join(shown)} and {len(ids) - most} more"
        return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"

    # The requirement

    def spacing(self) -> Fact:
        """Limits and gaps between the trainee's sessions of the activity."""
        timing = self.times.demand.timing
        parts = [
            f"at most {timing.max_per_week} a week" if timing.max_per_week else "",
            f"at most {timing.max_per_day} a day" if timing.max_per_day else "",
            f"at least {timing.min_gap_days} days apart" if timing.min_gap_days else "",
        ]
        words = ", ".join(part for part in parts if part)
        detail = f"The sessions of {self.key[1]} are to be {words}."
        return self._fact(RuleId.SPACING, "spacing", self.key[1], detail)

    def order(self, later: Key, earlier: str) -> Fact:
        """One activity waits for another."""
        detail = (
            f"{self.label(later[0])} has {later[1]} only on dates after every session of {earlier}."
        )
        subject = f"{earlier} before {later[1]}"
        return self._fact(RuleId.ACTIVITY_ORDER, "order", subject, detail)

    def group_min(self) -> Fact:
        """The group must come together."""
        activity = self.activity
        if activity.together:
            detail = f"Everybody who needs {activity.code} has to be there together."
        else:
            detail = f"{activity.code} needs at least {activity.group_min} trainees in a session."
        return self._fact(RuleId.GROUP_SIZE, "group_min", activity.code, detail)

    def group_max(self) -> Fact:
        """The group is full."""
        most = self.activity.group_max
        people = "one trainee" if most == 1 else f"{most} trainees"
        detail = f"A session of {self.activity.code} holds at most {people}."
        return self._fact(RuleId.GROUP_SIZE, "group_max", self.activity.code, detail)

    def window(self) -> Fact:
        """Weeks and deadline."""
        timing = self.times.demand.timing
        parts = [
            f"not before week {timing.earliest_week}" if timing.earliest_week else "",
            f"not after week {timing.latest_week}" if timing.latest_week else "",
            f"by {timing.deadline:%d/%m/%Y}" if timing.deadline else "",
        ]
        words = " and ".join(part for part in parts if part)
        detail = f"{self.key[1]} is to be given {words}."
        return self._fact(RuleId.TIME_WINDOW, "window", self.key[1], detail, self.times.starts)

    # People

    def rostered(self, person: Person) -> Fact:
        """Somebody stays on the duties they are rostered for."""
        starts = self.times.those(lambda s: bool(person.stays_on & self.times.span(s)))
        where = self.times.share(starts) if starts else "at other times"
        detail = f"{self.label(person.person_id)} stays on a rostered duty {where}."
        return self._fact(
            RuleId.ROSTERED_DUTIES, "rostered duties", person.person_id, detail, starts
        )

    def caps(self, person: Person) -> Fact:
        """A trainer's limit of sessions."""
        parts = [
            f"{limit} {words}"
            for limit, words in (
                (person.max_per_day, "a day"),
                (person.max_per_week, "a week"),
                (person.max_in_plan, "in the whole plan"),
            )
            if limit is not None
        ]
        has = sum(
            any(entry.staff_id == person.person_id for entry in session.staff)
            for session in self.rest.plan.sessions
        )
        detail = (
            f"{self.label(person.person_id)} gives at most {', '.join(parts)} "
            f"(the plan has {has} in all)."
        )
        return self._fact(RuleId.TRAINER_LOAD, "limit of sessions", person.person_id, detail)

    def presence(self, person: Person) -> Fact:
        """When a trainer is not there."""
        stays = person.stays_on
        starts = self.times.those(lambda s: bool(~(person.trainable | stays) & self.times.span(s)))
        where = self.times.share(starts) if starts else "at other times"
        detail = f"{self.label(person.person_id)} is not at work, or not free, {where}."
        return self._fact(RuleId.AT_WORK, "not at work", person.person_id, detail, starts)

    def trainee_time(self) -> Fact:
        """When the trainee is there at all."""
        trainee = self.organisation.trainee_by_id[self.key[0]]
        parts: list[str] = []
        blocks = [b for b in self.organisation.university if b.takes(trainee)]
        if blocks:
            dates = (f"{b.first_date:%d/%m/%Y} to {b.last_date:%d/%m/%Y}" for b in blocks)
            parts.append(f"at university {', '.join(dates)}")
        entries = [e for e in self.organisation.roster if e.person_id == self.key[0]]
        away = {e.date for e in entries if e.meaning is not Meaning.WORK}
        if away:
            parts.append(f"away or taken by the roster on {len(away)} dates")
        if trainee.start_date:
            parts.append(f"here from {trainee.start_date:%d/%m/%Y}")
        if trainee.end_date:
            parts.append(f"here until {trainee.end_date:%d/%m/%Y}")
        known = f" ({'; '.join(parts)})" if parts else ""
        times = len(self.times.starts)
        detail = f"{self.trainee} is at work and free to begin at {times} times only{known}."
        return self._fact(
            RuleId.AT_WORK, "time of the trainee", self.key[0], detail, self.times.starts
        )

    def closures(self) -> Fact:
        """The days on which the department is shut."""
        dates = sorted(
            c.date
            for c in self.organisation.closures
            if c.department is None or c.department in self.times.departments
        )
        days = ", ".join(f"{day:%d/%m/%Y}" for day in dates)
        subject = "; ".join(self.times.departments)
        return self._fact(RuleId.AT_WORK, "closures", subject, f"{subject} is shut on {days}.")

    def officer(self, role: RoleNeed) -> Fact:
        """The training officer must be there."""
        officer = self.organisation.trainee_by_id[self.key[0]].training_officer
        who = self.label(officer) if officer else "nobody"
        detail = f"The training officer has to be there: {who} for {self.trainee}."
        person = self.organisation.staff_by_id.get(officer or "")
        if person is not None and not person.trains:
            detail += f" {who} does not train."
        return self._fact(RuleId.QUALIFIED, "role", role.name, detail)

    def role(self, role: RoleNeed, people: tuple[Person, ...]) -> Fact:
        """Who may fill a role."""
        asked = " or ".join(sorted(role.competences))
        band = f"band {role.min_band} or above" if role.min_band else ""
        what = " and ".join(part for part in (asked, band) if part) or "anybody who trains"
        only = "one of the people named for it, " if role.only is not None else ""
        if len(people) > 1:
            who = f"only {self._names(p.person_id for p in people)} can be that"
        else:
            who = f"only {self.label(people[0].person_id)} can" if people else "nobody here can"
        article = "an" if role.name[:1].lower() in "aeiou" else "a"
        detail = f"{self.key[1]} needs {article} {role.name} ({only}{what}): {who}."
        apt = () if people else who_would_do(self.times, role)
        if apt:
            verb = "does" if len(apt) == 1 else "do"
            detail += f" {self._names(p.person_id for p in apt)} {verb} not train."
        return self._fact(RuleId.QUALIFIED, "role", f"{self.key[1]}: {role.name}", detail, (), None)


def _units(count: int) -> str:
    return "is no unit" if count == 0 else ("is one unit" if count == 1 else f"are {count} units")
