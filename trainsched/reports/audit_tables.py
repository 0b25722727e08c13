"""An audit as data frames."""

import pandas as pd

from trainsched.domain.audit import Audit
from trainsched.reports.background import Background
from trainsched.reports.rows import Row
from trainsched.reports.tables import frame

COVER_COLUMNS = (
    *("department", "duty", "priority", "needed", "rostered", "short_as_rostered", "short_at_best"),
)
SHORT_COLUMNS = ("department", "duty", "date", "period", "as_rostered", "at_best")
TRAINEE_COLUMNS = (
    *("trainee_id", "name", "required", "with_roster_kept", "with_plan"),
    *("hours_with_roster_kept", "hours_with_plan"),
)
TRAINER_COLUMNS = (
    *("staff_id", "name", "hours_in_roster", "hours_with_roster_kept", "hours_with_plan"),
)
COMPETENCE_COLUMNS = ("competence", "asked_by", "holders", "staff_id", "name", "slots", "dates")
BROKEN_COLUMNS = ("rule", "detail", "date", "period")


def audit_tables(audit: Audit, background: Background) -> dict[str, pd.DataFrame]:
    """Cover by duty and by slot, trainees, trainers, single points of failure, broken rules.

    ``competences`` has one row for each holder who is alone at some time; a row without a holder
    has the dates on which nobody is there.
    """
    duties: list[Row] = []
    short: list[Row] = []
    for duty in audit.cover:
        duties.append(duty.model_dump(mode="json", exclude={"slots"}))
        where: Row = {"department": duty.department, "duty": duty.duty}
        short += [{**where, **slot.model_dump()} for slot in duty.slots]
    competences: list[Row] = []
    for competence in audit.competences:
        about: Row = {
            "competence": competence.competence,
            "asked_by": "; ".join(competence.asked_by),
            "holders": "; ".join(competence.holders),
        }
        competences += [
            {
                **about,
                "staff_id": alone.staff_id,
                "name": background.name(alone.staff_id),
                "slots": alone.slots,
                "dates": "; ".join(str(day) for day in alone.dates),
            }
            for alone in competence.alone
        ]
        if competence.nobody:
            dates = "; ".join(str(day) for day in competence.nobody)
            competences.append({**about, "staff_id": "", "name": "", "dates": dates})
    return {
        "cover": frame(duties, COVER_COLUMNS),
        "short": frame(short, SHORT_COLUMNS),
        "trainees": frame(
            [{"name": background.name(t.trainee_id), **t.model_dump()} for t in audit.trainees],
            TRAINEE_COLUMNS,
        ),
        "trainers": frame(
            [{"name": background.name(t.staff_id), **t.model_dump()} for t in audit.trainers],
            TRAINER_COLUMNS,
        ),
        "competences": frame(competences, COMPETENCE_COLUMNS),
        "broken": frame([f.model_dump(mode="json") for f in audit.broken], BROKEN_COLUMNS),
    }
