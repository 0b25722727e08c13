"""Curriculum and training plan rows: how much of each activity, when, for whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from trainsched.generate.activities import (
    CASE,
    RESEARCH,
    REVIEW,
    STUDY,
    SUPERVISION,
    discussion,
    introduction,
    lecture,
    observation,
    patient_observation,
    rotation,
    technical,
    tutorial,
)
from trainsched.generate.row import Row
from trainsched.generate.skills import SKILLS, Activity
from trainsched.generate.staffing import Person
from trainsched.generate.term import Term
from trainsched.generate.trainees import Learner, is_first_year

LONG_PLAN_WEEKS = 20

AWAY_ALLOWANCE = 0.85
"""Part of the weeks that is left once leave and university are taken off."""


@dataclass(frozen=True, slots=True)
class Need:
    """So much of an activity; ``own`` rows are for one trainee, the others for a programme."""

    activity: Activity
    sessions: int | None = None
    per_week: int | None = None
    earliest_week: int | None = None
    latest_week: int | None = None
    deadline_days_before_end: int | None = None
    own: bool = False
    department: str | None = None
    """Where it falls, to estimate load; None for the home section."""


@dataclass
class Syllabus:
    """Turns trainees into needs. ``contact`` is sessions with staff a trainee and week."""

    term: Term
    contact: float
    tutorial_least: dict[str, int] = field(default_factory=dict)

    @classmethod
    def for_learners(cls, term: Term, contact: float, learners: list[Learner]) -> Syllabus:
        """A syllabus whose tutorials ask for two trainees only where every section has two."""
        sizes: dict[str, Counter[str]] = {}
        for learner in learners:
            if learner.route == "STP" and not is_first_year(learner):
                sizes.setdefault(learner.key, Counter())[learner.department] += 1
        least = {key: min(2, *count.values(), 2) for key, count in sizes.items()}
        return cls(term, contact, least)

    def needs(self, learner: Learner) -> Iterator[Need]:
        """Everything that the trainee needs, in the order of the curriculum."""
        weeks = self.term.weeks
        study = 2 if learner.route in {"STP", "APP-L6"} else 1
        yield Need(STUDY, per_week=study)
        if learner.route == "HSST":
            yield from self._doctoral()
        elif learner.route != "STP":
            yield Need(REVIEW, sessions=max(1, weeks // 6))
            yield from self._technical(learner)
        else:
            yield Need(REVIEW, sessions=max(1, weeks // 4))
            if is_first_year(learner):
                yield from self._first_year(learner)
            else:
                yield from self._specialist(learner)

    def _doctoral(self) -> Iterator[Need]:
        weeks = self.term.weeks
        yield Need(SUPERVISION, sessions=max(1, weeks // 4))
        yield Need(CASE, sessions=max(1, weeks // 6))
        yield Need(RESEARCH, sessions=max(1, weeks // 3))

    def _technical(self, learner: Learner) -> Iterator[Need]:
        bench, skill, log = technical(learner.key)
        logs = max(1, self.term.weeks // 8)
        total = max(2, round(self.contact * self.term.weeks * AWAY_ALLOWANCE) - logs)
        yield Need(bench, sessions=total - total * 2 // 5, own=True)
        yield Need(skill, sessions=total * 2 // 5, own=True)
        yield Need(log, sessions=logs, deadline_days_before_end=3, own=True)

    def _specialist(self, learner: Learner) -> Iterator[Need]:
        key, weeks = learner.key, self.term.weeks
        fixed = [
            Need(introduction(key), sessions=1, latest_week=max(2, weeks // 3)),
            Need(observation(key), sessions=max(1, weeks // 8), deadline_days_before_end=3),
            Need(discussion(key), sessions=1, earliest_week=max(weeks // 2, 1)),
            Need(tutorial(key, self.tutorial_least[key]), sessions=max(1, weeks // 4)),
        ]
        if weeks >= 8:
            observed = max(1, weeks // 16)
            fixed.append(Need(patient_observation(key), sessions=observed))
        spent = sum(need.sessions or 0 for need in fixed) + max(1, weeks // 4)
        skills = SKILLS[key]
        total = max(len(skills), round(self.contact * weeks * AWAY_ALLOWANCE) - spent)
        column = 0 if learner.year == 2 else 1
        counts = split(total, [skill.weight[column] for skill in skills])
        yield fixed[0]
        for place, (skill, count) in enumerate(zip(skills, counts, strict=True)):
            # A long plan is taught in two overlapping modules.
            first, last = (None, weeks * 6 // 10) if place % 2 == 0 else (weeks * 4 // 10, None)
            if weeks < LONG_PLAN_WEEKS:
                first, last = None, None
            yield Need(skill, sessions=count, earliest_week=first, latest_week=last)
        yield from fixed[1:]

    def _first_year(self, learner: Learner) -> Iterator[Need]:
        key, weeks = learner.key, self.term.weeks
        yield Need(observation(key), sessions=1)
        for bench_or_not, need in zip((True, False), rotation(key), strict=True):
            yield Need(need, sessions=self._visit(weeks, at_bench=bench_or_not))
        for placement in learner.placements:
            length = placement.last_week - placement.first_week + 1
            for at_bench, activity in zip((True, False), rotation(placement.key), strict=True):
                if length < weeks:
                    yield Need(
                        activity,
                        sessions=self._visit(length, at_bench=at_bench),
                        earliest_week=placement.first_week,
                        latest_week=placement.last_week,
                        own=True,
                        department=placement.department,
                    )

    def _visit(self, weeks: int, *, at_bench: bool) -> int:
        total = max(2, round((self.contact - 0.5) * weeks * AWAY_ALLOWANCE))
        return total - total // 3 if at_bench else total // 3


def split(total: int, weights: list[float]) -> list[int]:
    """Share whole sessions by weight, at least one each, the largest remainders first."""
    shares = [total * weight / sum(weights) for weight in weights]
    counts = [max(1, int(share)) for share in shares]
    while sum(counts) < total:
        lacking = [share - count for share, count in zip(shares, counts, strict=True)]
        counts[lacking.index(max(lacking))] += 1
    return counts


def cohort_needs(
    learners: list[Learner], suffix: str, department: str, term: Term
) -> list[tuple[Learner, Need]]:
    """Lectures that the first year of a trust attends together, where there are two or more."""
    cohort = [learner for learner in learners if is_first_year(learner)]
    if len(cohort) < 2:
        return []
    talk = lecture(suffix, department)
    need = Need(talk, sessions=max(2, term.weeks // 6), own=True, department=department)
    return [(learner, need) for learner in cohort]


def localised(need: Need, suffix: str, people: list[Person]) -> Need:
    """The need with a trust's own activity, items and people where it names any."""
    activity = need.activity
    if activity.named is not None:
        named = [p.staff_id for p in people if activity.named in p.competences]
        activity = replace(activity, staff="; ".join(named))
        need = replace(need, activity=activity)
    if not suffix or (activity.equipment is None and activity.named is None):
        return need
    own = replace(activity, code=f"{activity.code}{suffix}")
    if activity.equipment is not None:
        items = [
            "|".join(f"{item}{suffix}" for item in group.split("|"))
            for group in activity.equipment.split("; ")
        ]
        own = replace(own, equipment="; ".join(items))
    return replace(need, activity=own, own=True)


def activity_columns(activity: Activity) -> Row:
    """The columns that say what an activity is."""
    return {
        "title": activity.title,
        "kind": activity.kind,
        "length": activity.length,
        "roles": activity.roles or None,
        "group_max": activity.group_max,
        "group_min": activity.group_min if activity.group_min > 1 else None,
        "together": "yes" if activity.together else None,
        "staff": activity.staff,
        "equipment": activity.equipment,
        "department": activity.department,
    }


def timing_columns(need: Need, after: str | None, term: Term) -> Row:
    """The columns that say how much and when."""
    before_end = need.deadline_days_before_end
    return {
        "sessions": need.sessions,
        "per_week": need.per_week,
        "earliest_week": need.earliest_week,
        "latest_week": need.latest_week,
        "deadline": None if before_end is None else term.end - timedelta(days=before_end),
        "max_per_week": need.activity.max_per_week,
        "max_per_day": need.activity.max_per_day,
        "min_gap_days": need.activity.min_gap_days,
        "after": after,
        "priority": need.activity.priority,
    }


def curriculum_tables(needs: list[tuple[Learner, Need]], term: Term) -> tuple[list[Row], list[Row]]:
    """Rows of the Curriculum and of the Training plan sheet."""
    curriculum: dict[tuple[str, int | None, str], Row] = {}
    training_plan: list[Row] = []
    for learner, need in needs:
        columns = activity_columns(need.activity) | timing_columns(need, need.activity.after, term)
        if need.own:
            head: Row = {"trainee_id": learner.trainee_id, "activity": need.activity.code}
            training_plan.append(head | columns)
        else:
            year = learner.year if learner.route == "STP" else None
            key = (learner.programme, year, need.activity.code)
            programme: Row = {
                "programme": learner.programme,
                "activity": need.activity.code,
                "year": year,
            }
            curriculum.setdefault(key, programme | columns)
    return list(curriculum.values()), training_plan


def weekly_load(needs: list[tuple[Learner, Need]], term: Term) -> dict[tuple[str, bool], float]:
    """Estimated staff sessions a week by department and layer (True: band 7 and above)."""
    load: dict[tuple[str, bool], float] = {}
    replaced = {(learner.trainee_id, need.activity.code) for learner, need in needs if need.own}
    for learner, need in needs:
        activity = need.activity
        if not need.own and (learner.trainee_id, activity.code) in replaced:
            continue
        sharing = 1.0 if activity.group_max == 1 else 0.6 * (activity.group_max or 6)
        # A placement of half the plan loads its host twice as much while it lasts; the average
        # over the plan is what the section is staffed for.
        sessions = (need.sessions or 0) * activity.length * activity.staff_in_room / sharing
        key = (need.department or learner.department, activity.senior)
        load[key] = load.get(key, 0.0) + sessions / term.weeks
    return load
