"""Judges who stands by: each one put into the session in place of somebody, by the rules alone."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from trainsched.checker.days import Day, Need
from trainsched.checker.rules.at_work import check_at_work
from trainsched.checker.rules.one_place_at_a_time import check_one_place_at_a_time
from trainsched.checker.rules.qualified import check_qualified
from trainsched.checker.rules.rest_after_on_call import check_rest_after_on_call
from trainsched.checker.rules.trainer_load import check_trainer_load
from trainsched.checker.rules.travel import check_travel
from trainsched.checker.unavoidable import least_missing
from trainsched.checker.view import View
from trainsched.domain.curriculum import Kind
from trainsched.domain.duties import Priority
from trainsched.domain.findings import Finding
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan, Session
from trainsched.domain.rules import RuleId
from trainsched.domain.standbys import Standby, Standbys

OF_A_PERSON = (
    check_one_place_at_a_time,
    check_at_work,
    check_qualified,
    check_trainer_load,
    check_travel,
    check_rest_after_on_call,
)
"""The rules that one person's own sessions are judged by."""


class Stepped(NamedTuple):
    """A standby with the session as it would then be."""

    standby: Standby
    session: Session
    person: str


def check_standbys(organisation: Organisation, plan: Plan, standbys: Standbys) -> list[Finding]:
    """Everything that is wrong with the standbys of a plan that keeps every rule."""
    return list(_Judge(organisation, plan, standbys).findings())


class _Judge:
    def __init__(self, organisation: Organisation, plan: Plan, standbys: Standbys) -> None:
        self.organisation = organisation
        self.plan = plan
        self.standbys = standbys
        self.view = View(organisation, plan, None)
        self.by_id = {session.id: session for session in plan.sessions}
        self.sessions_of: dict[str, list[Session]] = defaultdict(list)
        for session in plan.sessions:
            for entry in session.staff:
                self.sessions_of[entry.staff_id].append(session)
        self.days: dict[tuple[tuple[str, ...], date], Day] = {}

    def findings(self) -> Iterator[Finding]:
        """The list as a whole, then everybody on it."""
        yield from self._list()
        stepped = [one for standby in self.standbys.sessions for one in self._step(standby)]
        yield from self._at_one_time(stepped)
        for one in stepped:
            yield from self._own_rules(one)
            yield from self._cover(one)

    def _list(self) -> Iterator[Finding]:
        """Every must session once, and the numbers that are said of them."""
        listed = Counter(standby.session_id for standby in self.standbys.sessions)
        must = {session.id for session in self.plan.sessions if self._is_must(session)}
        for wrong in sorted(must ^ listed.keys() | {i for i, n in listed.items() if n > 1}):
            yield Finding(
                detail=f"Session {wrong} is not listed once among those that want a standby.",
                session_id=wrong,
            )
        named = sum(standby.staff_id is not None for standby in self.standbys.sessions)
        if (self.standbys.wanted, self.standbys.named) != (len(must), named):
            yield Finding(detail="The numbers of sessions and of standbys are not those listed.")

    def _is_must(self, session: Session) -> bool:
        priority = {
            r.trainee_id: r.timing.priority
            for r in self.organisation.requirements
            if r.activity == session.activity
        }
        return session.kind is not Kind.STUDY and any(
            priority.get(trainee) is Priority.MUST for trainee in session.trainees
        )

    def _step(self, standby: Standby) -> Iterator[Stepped]:
        session = self.by_id.get(standby.session_id)
        if standby.staff_id is None or session is None:
            return
        role = self.organisation.activity_by_code[session.activity].roles[0].name
        first = next((n for n, e in enumerate(session.staff) if e.role == role), None)
        if first is None or standby.staff_id in {entry.staff_id for entry in session.staff}:
            yield from ()
            return
        staff = list(session.staff)
        staff[first] = staff[first].model_copy(update={"staff_id": standby.staff_id})
        changed = session.model_copy(update={"staff": tuple(staff)})
        yield Stepped(standby, changed, standby.staff_id)

    def _at_one_time(self, stepped: list[Stepped]) -> Iterator[Finding]:
        taken: set[tuple[str, date, int]] = set()
        for one in stepped:
            for position in self._positions(one.session):
                key = one.person, one.session.date, position
                if key in taken:
                    words = "stands by for two sessions at one time"
                    yield self._finding(RuleId.ONE_PLACE_AT_A_TIME, one, words)
                    break
                taken.add(key)

    def _positions(self, session: Session) -> range:
        first = self.view.calendar.position(session.period)
        return range(first, first + session.length)

    def _finding(self, rule: RuleId, one: Stepped, words: str) -> Finding:
        return Finding(
            rule=rule,
            detail=f"{one.person} {words} (session {one.session.id}).",
            session_id=one.session.id,
            person_id=one.person,
            date=one.session.date,
            period=one.session.period,
        )

    def _own_rules(self, one: Stepped) -> Iterator[Finding]:
        """The person's own sessions and this one, and the duties on which the roster keeps them."""
        day, attendance = one.session.date, self.view.attendance
        for position in self._positions(one.session):
            if attendance.fixed_duty(one.person, day, position) is not None:
                yield self._finding(RuleId.ROSTERED_DUTIES, one, "stays on a rostered duty then")
                return
        kept = tuple(
            covering.entry
            for covering in self.view.covering
            if covering.person == one.person
            and attendance.fixed_duty(one.person, covering.entry.date, covering.position)
        )
        sessions = (*self.sessions_of[one.person], one.session)
        small = self.plan.model_copy(update={"sessions": sessions, "cover": kept})
        view = View(self.organisation, small, None)
        for judge in OF_A_PERSON:
            for finding in judge(view):
                if finding.person_id in (None, one.person):
                    words = f"cannot stand by: {finding.detail}"
                    yield self._finding(finding.rule or RuleId.QUALIFIED, one, words)

    def _cover(self, one: Stepped) -> Iterator[Finding]:
        """Whether the day's duties can be handed out as well as before, without the person."""
        day = one.session.date
        if not any(c.person == one.person and c.entry.date == day for c in self.view.covering):
            return  # the plan's own cover stays as it is
        person = self.organisation.staff_by_id[one.person]
        for group in sorted({self.view.duty_book.group_of(code) for code in person.departments}):
            filled = least_missing(self._day_with(group, one))
            allowed = self.view.missing_places(group, day)
            if filled is not None and filled.missing > allowed:
                words = "is needed for clinical cover then"
                yield self._finding(RuleId.CLINICAL_COVER, one, words)

    def _day_with(self, group: tuple[str, ...], one: Stepped) -> Day:
        """The day's places, for those whom no session keeps from them."""
        day = one.session.date
        if (group, day) not in self.days:
            self.days[group, day] = self.view.duty_book.day_without_training(group, day)
        asked = self.days[group, day]
        site_of = self.view.duty_book.site
        held = {
            (person, position): site_of(item.session.department)
            for item in self.view.placed
            if item.session.date == day
            for person in item.people
            for position in item.positions
        }
        held |= {
            (one.person, position): site_of(one.session.department)
            for position in self._positions(one.session)
        }
        needs = tuple(need._replace(able=_free(need, held)) for need in asked.needs)
        return Day(needs, asked.too_far, {**asked.given, **held})


def _free(need: Need, held: dict[tuple[str, int], str]) -> frozenset[str]:
    here = None if need.exclusive else need.site
    return frozenset(
        person
        for person in need.able
        if all(held.get((person, position), here) == here for position in need.positions)
    )
