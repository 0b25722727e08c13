"""A reading as one JSON document: its problems, the rows counted, and what was understood."""

from typing import Any

from trainsched.domain.problems import Severity
from trainsched.reports.problems_list import in_order
from trainsched.workbook import Reading

CHECK_FORMAT = "trainsched-check/1"


def check_document(reading: Reading) -> dict[str, Any]:
    """The document that ``check --json`` prints."""
    return {
        "format": CHECK_FORMAT,
        "ok": not any(problem.severity is Severity.ERROR for problem in reading.problems),
        "problems": [problem.model_dump(mode="json") for problem in in_order(reading.problems)],
        "counts": {sheet: counts._asdict() for sheet, counts in reading.counts.items()},
        "reading": {
            "staff": sorted(reading.staff_ids),
            "trainees": sorted(reading.trainee_ids),
            "roster": [
                {**entry._asdict(), "date": entry.date.isoformat(), "meaning": str(entry.meaning)}
                for entry in reading.roster_reading
            ],
        },
    }
