"""Curriculum and Training plan: how much of each activity, when, and for whom."""

from collections.abc import Mapping
from typing import Any

from trainsched.domain.curriculum import CurriculumRow, Timing, TrainingPlanRow
from trainsched.domain.duties import Priority
from trainsched.domain.people import Trainee
from trainsched.domain.problems import Place
from trainsched.workbook.records import Record
from trainsched.workbook.sources import Sources

_PLAIN = ("earliest_week", "latest_week", "deadline", "max_per_week", "max_per_day",
          "min_gap_days", "after", "priority")  # fmt: skip


def read_curriculum(sources: Sources) -> tuple[tuple[CurriculumRow, Record], ...]:
    """The programmes' rows with where they stand. Two that apply to one trainee are an error."""
    rows: list[tuple[CurriculumRow, Record]] = []
    alike: dict[tuple[str, str], list[tuple[CurriculumRow, Record]]] = {}
    for record in sources.of("Curriculum"):
        if not record.has_all("programme", "activity") or "year" in record.faulty:
            continue
        timing = _timing(sources, record, None)
        if timing is None:
            continue
        row = CurriculumRow(
            programme=record.get("programme"),
            year=record.get("year"),
            activity=record.get("activity"),
            timing=timing,
        )
        others = alike.setdefault((row.programme, row.activity), [])
        clash = next((other for other in others if _both_apply(row, other[0])), None)
        if clash is not None:
            sources.problems.error(
                record.place("activity"),
                f"{row.activity} for {row.programme} stands here and in "
                f"{clash[1].place('activity')}; both rows apply to the same trainees.",
                "Keep one of the two, or give them different years.",
                row.activity,
            )
        others.append((row, record))
        rows.append((row, record))
    rows.sort(key=lambda pair: (pair[0].programme, pair[0].year or 0, pair[0].activity))
    return tuple(rows)


def read_training_plan(
    sources: Sources,
    trainees: Mapping[str, Trainee],
    curriculum: tuple[tuple[CurriculumRow, Record], ...],
) -> tuple[tuple[TrainingPlanRow, Record], ...]:
    """The trainees' own rows; blank cells take what the programme's row says."""
    sources.refuse_repeats("Training plan", ["trainee_id", "activity"], "activity", "The row for")
    by_activity: dict[str, list[CurriculumRow]] = {}
    for programme_row, _ in curriculum:
        by_activity.setdefault(programme_row.activity, []).append(programme_row)
    rows: dict[tuple[str, str], tuple[TrainingPlanRow, Record]] = {}
    for record in sources.of("Training plan"):
        if not record.has_all("trainee_id", "activity"):
            continue
        trainee_id, activity = record.get("trainee_id"), record.get("activity")
        trainee = trainees.get(trainee_id)
        inherited = next(
            (
                row.timing
                for row in by_activity.get(activity, ())
                if trainee is not None and row.applies_to(trainee)
            ),
            None,
        )
        timing = _timing(sources, record, inherited)
        if timing is not None:
            own = TrainingPlanRow(trainee_id=trainee_id, activity=activity, timing=timing)
            rows.setdefault((trainee_id, activity), (own, record))
    return tuple(rows[key] for key in sorted(rows))


def quantity_place(record: Record) -> Place:
    """Where a row says how much is needed."""
    return record.place("per_week" if record.has("per_week") else "sessions")


def _both_apply(row: CurriculumRow, other: CurriculumRow) -> bool:
    return row.year is None or other.year is None or row.year == other.year


def _timing(sources: Sources, record: Record, inherited: Timing | None) -> Timing | None:
    if not record.faulty.isdisjoint({"sessions", "per_week"}):
        return None
    sessions, per_week = record.get("sessions"), record.get("per_week")
    if sessions is not None and per_week is not None:
        sources.problems.error(
            record.place("per_week"),
            f"The row has both sessions (in {record.place('sessions').cell}) and per_week.",
            "Keep one of the two.",
            per_week,
        )
        return None
    if sessions is None and per_week is None:
        if inherited is None:
            sources.problems.error(
                record.place("sessions"),
                "The row has neither sessions nor per_week.",
                "Write how many sessions over the whole plan, or how many in a week.",
            )
            return None
        sessions, per_week = inherited.sessions, inherited.per_week
    values: dict[str, Any] = {name: record.get(name) for name in _PLAIN if record.has(name)}
    if "priority" in values:
        values["priority"] = Priority(values["priority"])
    base = inherited if inherited is not None else Timing()
    timing = base.model_copy(update={**values, "sessions": sessions, "per_week": per_week})
    _check_window(sources, record, timing)
    return timing


def _check_window(sources: Sources, record: Record, timing: Timing) -> None:
    calendar = sources.settings.calendar
    first, last = timing.earliest_week, timing.latest_week
    if first is not None and last is not None and first > last:
        sources.problems.error(
            record.place("latest_week"),
            f"The latest week, {last}, is before the earliest week, {first}.",
            "Swap the two, or mend one.",
            last,
        )
    if first is not None and first > calendar.week_numbers[-1]:
        sources.problems.warning(
            record.place("earliest_week"),
            f"Week {first} is after the plan's last week, {calendar.week_numbers[-1]}, so "
            "nothing of this can be placed.",
            "Write a week of the plan, or make the plan longer.",
            first,
        )
    if timing.deadline is not None and timing.deadline < calendar.start_date:
        sources.problems.warning(
            record.place("deadline"),
            "The deadline is before the first day of the plan, so nothing of this can be placed.",
            "Write a later date.",
            timing.deadline,
        )
