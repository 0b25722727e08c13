"""Whether departments are accredited for the trainees they host."""

from collections.abc import Iterator, Mapping, Sequence

from trainsched.domain.calendar import PlanCalendar
from trainsched.domain.curriculum import Activity, Requirement
from trainsched.domain.departments import Department
from trainsched.domain.people import Rotation, Trainee
from trainsched.workbook.sources import Sources


def check_accreditation(
    sources: Sources,
    departments: Sequence[Department],
    trainees: Sequence[Trainee],
    rotations: Sequence[Rotation],
    requirements: Sequence[Requirement],
    activities: Mapping[str, Activity],
) -> None:
    """Warn of every trainee who trains in a department without accreditation; plans repeat it."""
    by_code = {department.code: department for department in departments}
    for trainee in trainees:
        hosts = dict.fromkeys(_hosts(trainee, rotations, sources.settings.calendar))
        hosts |= dict.fromkeys(
            where
            for need in requirements
            if need.trainee_id == trainee.trainee_id
            and (where := activities[need.activity].department) is not None
        )
        for code in hosts:
            department = by_code.get(code)
            if department is None or department.accredited_for is None:
                continue
            if trainee.programme not in department.accredited_for:
                sentence = (
                    f"{trainee.trainee_id} trains in {code}, which is not accredited for "
                    f"{trainee.programme}."
                )
                sources.problems.warning(
                    sources.places[f"trainee:{trainee.trainee_id}"],
                    sentence,
                    f"Add {trainee.programme} to accredited_for of {code}, or move the trainee.",
                    trainee.programme,
                )
                sources.notices.append(sentence)


def _hosts(
    trainee: Trainee, rotations: Sequence[Rotation], calendar: PlanCalendar
) -> Iterator[str]:
    """The departments that host the trainee on some working day of the plan, own one first."""
    mine = [rotation for rotation in rotations if rotation.trainee_id == trainee.trainee_id]
    days = [
        day
        for day in calendar.open_dates
        if (trainee.start_date is None or trainee.start_date <= day)
        and (trainee.end_date is None or day <= trainee.end_date)
    ]
    if any(not any(r.first_date <= day <= r.last_date for r in mine) for day in days):
        yield trainee.department
    for rotation in mine:
        if any(rotation.first_date <= day <= rotation.last_date for day in days):
            yield rotation.department
