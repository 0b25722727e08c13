"""Checks of what each trainee needs, once curriculum and training plan are joined."""

from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import groupby

from trainsched.domain.curriculum import Activity, CurriculumRow, Requirement, requirements_from
from trainsched.domain.people import Trainee
from trainsched.domain.problems import Place
from trainsched.workbook.facts.activities import needs_training_officer
from trainsched.workbook.facts.training import (
    quantity_place,
    read_curriculum,
    read_training_plan,
)
from trainsched.workbook.records import Record
from trainsched.workbook.sources import Sources, joined


class Needs:
    """The rows of Curriculum and Training plan, the requirements they make, and their places."""

    def __init__(self, sources: Sources, trainees: Sequence[Trainee]) -> None:
        by_id = {trainee.trainee_id: trainee for trainee in trainees}
        programme_rows = read_curriculum(sources)
        own_rows = read_training_plan(sources, by_id, programme_rows)
        self.curriculum = tuple(row for row, _ in programme_rows)
        self.training_plan = tuple(row for row, _ in own_rows)
        self.requirements = requirements_from(tuple(trainees), self.curriculum, self.training_plan)
        self.activities: Mapping[str, Activity] = {}
        self.records: dict[tuple[str, str], Record] = {}
        for trainee in trainees:
            for row, record in programme_rows:
                if row.applies_to(trainee):
                    self.records[trainee.trainee_id, row.activity] = record
        for own, record in own_rows:
            self.records[own.trainee_id, own.activity] = record
        for need in self.requirements:
            key = f"requirement:{need.trainee_id}:{need.activity}"
            sources.places[key] = self.place(need)

    def place(self, need: Requirement) -> Place:
        """Where the sheets say how much of the activity the trainee needs."""
        return quantity_place(self.records[need.trainee_id, need.activity])


def check_needs(
    sources: Sources, needs: Needs, trainees: Sequence[Trainee], activities: Sequence[Activity]
) -> None:
    """Note what cannot be met or makes no sense: cohorts, groups, order, officers, nothing due."""
    by_code = {activity.code: activity for activity in activities}
    by_activity = sorted(needs.requirements, key=lambda need: (need.activity, need.trainee_id))
    for code, group in groupby(by_activity, key=lambda need: need.activity):
        _check_group(sources, needs, by_code[code], list(group))
    _check_officers(sources, needs, trainees, needs_training_officer(activities))
    _check_order(sources, needs)
    with_needs = {need.trainee_id for need in needs.requirements}
    for trainee in trainees:
        if trainee.trainee_id not in with_needs and trainee.programme:
            sources.problems.warning(
                sources.places[f"trainee:{trainee.trainee_id}"],
                f"Nothing is due to {trainee.trainee_id}: no Curriculum row is for "
                f"{trainee.programme}{f' year {trainee.year}' if trainee.year else ''}, and no "
                "Training plan row is theirs.",
                "Mend the programme or year, or add rows.",
                trainee.trainee_id,
            )


def _check_group(
    sources: Sources, needs: Needs, activity: Activity, group: list[Requirement]
) -> None:
    if activity.together:
        first = group[0]
        wanted = (first.timing.sessions, first.timing.per_week)
        for need in group[1:]:
            if (need.timing.sessions, need.timing.per_week) != wanted:
                sources.problems.error(
                    needs.place(need),
                    f"{activity.code} is taught to all together, but {need.trainee_id} needs "
                    f"another number of sessions here than {first.trainee_id} in "
                    f"{needs.place(first)}.",
                    "Give everybody the same number, or set together to no.",
                    activity.code,
                )
        if activity.group_max is not None and len(group) > activity.group_max:
            sources.problems.warning(
                sources.places[f"activity:{activity.code}"],
                f"{activity.code} is taught to all together, but {len(group)} trainees need it "
                f"and group_max is {activity.group_max}, so it cannot be placed.",
                "Raise group_max, or leave it blank.",
                activity.code,
            )
    if len(group) < activity.group_min:
        sources.problems.warning(
            sources.places[f"activity:{activity.code}"],
            f"{activity.code} asks for groups of at least {activity.group_min}, but only "
            f"{len(group)} need it, so it cannot be placed.",
            "Lower group_min.",
            activity.code,
        )


def _check_officers(
    sources: Sources, needs: Needs, trainees: Sequence[Trainee], codes: frozenset[str]
) -> None:
    without = {t.trainee_id for t in trainees if t.training_officer is None}
    for trainee_id, group in groupby(needs.requirements, key=lambda need: need.trainee_id):
        asked = [need.activity for need in group if need.activity in codes]
        if trainee_id in without and asked:
            sources.problems.warning(
                sources.places[f"trainee:{trainee_id}"],
                f"{trainee_id} has no training officer, whom {joined(asked)} asks for.",
                "Name one in the column training_officer.",
                trainee_id,
            )


def _check_order(sources: Sources, needs: Needs) -> None:
    """Note every circle of ``after``, once, at the row of its first activity."""
    told: set[frozenset[str]] = set()
    looked_at: set[tuple[tuple[str, tuple[str, ...]], ...]] = set()
    for _, group in groupby(needs.requirements, key=lambda need: need.trainee_id):
        mine = list(group)
        orders = tuple((need.activity, need.timing.after) for need in mine)
        if orders in looked_at:
            continue
        looked_at.add(orders)
        circle = _circle(dict(orders))
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            record = needs.records[mine[0].trainee_id, circle[0]]
            _report_circle(sources, record, circle)
    for (programme, year), rows in _by_programme_year(needs.curriculum).items():
        circle = _circle({row.activity: row.timing.after for row in rows})
        if circle and frozenset(circle) not in told:
            told.add(frozenset(circle))
            record = next(
                record
                for record in sources.of("Curriculum")
                if record.get("programme") == programme
                and record.get("year") in {None, year}
                and record.get("activity") == circle[0]
            )
            _report_circle(sources, record, circle)


def _by_programme_year(
    rows: Iterable[CurriculumRow],
) -> dict[tuple[str, int | None], list[CurriculumRow]]:
    listed = list(rows)
    keys = sorted({(row.programme, row.year or 0) for row in listed})
    return {
        (programme, year or None): [
            row for row in listed if row.programme == programme and row.year in {None, year or None}
        ]
        for programme, year in keys
    }


def _report_circle(sources: Sources, record: Record, circle: list[str]) -> None:
    shown = " after ".join([*circle, circle[0]])
    sources.problems.error(
        record.place("after"),
        f"The order goes round in a circle: {shown}.",
        "Take one of them out of the column after.",
        record.raw.get("after"),
    )


def _circle(after: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A circle in the order, each code after the next, from its least one; [] if there is none."""
    known = {code: [other for other in after[code] if other in after] for code in sorted(after)}
    try:
        TopologicalSorter(known).prepare()
    except CycleError as error:
        circle: list[str] = error.args[1][:0:-1]
        turn = circle.index(min(circle))
        return circle[turn:] + circle[:turn]
    return []
