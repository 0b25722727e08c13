"""changes.json: what a replan changed, for other programs and for sending out."""

import json
from typing import Any

from trainsched.domain.plan import CoverEntry, Plan, Session
from trainsched.reports.background import Background
from trainsched.reports.change_words import messages_of
from trainsched.reports.changes import Changes
from trainsched.reports.manifest import ReplanRecord, replan_document

CHANGES_FORMAT = "trainsched-changes/1"


def changes_text(changes: Changes, plan: Plan, background: Background, record: ReplanRecord) -> str:
    """The text of changes.json."""
    document = {
        "format": CHANGES_FORMAT,
        **replan_document(record),
        "counts": {
            "kept": len(changes.kept),
            **{str(kind): count for kind, count in changes.counts.items()},
            "moved_sessions": changes.moved_sessions,
        },
        "changes": [
            {
                "kind": str(change.kind),
                "before": _session(change.before),
                "after": _session(change.after),
                "people": list(change.people),
            }
            for change in changes.changed
        ],
        "days": [
            {
                "person": day.person_id,
                "date": day.date.isoformat(),
                "before": _day(day.sessions_before, day.duties_before),
                "after": _day(day.sessions_after, day.duties_after),
            }
            for day in changes.days
        ],
        "messages": [
            {"person": message.person_id, "date": message.date.isoformat(), "line": message.line}
            for message in messages_of(changes, plan, background, record.news)
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _session(session: Session | None) -> dict[str, Any] | None:
    return None if session is None else session.model_dump(mode="json")


def _day(
    sessions: tuple[Session, ...], duties: tuple[CoverEntry, ...]
) -> dict[str, list[dict[str, Any]]]:
    return {
        "sessions": [
            {
                "id": session.id,
                "activity": session.activity,
                "department": session.department,
                "start": session.start,
                "end": session.end,
            }
            for session in sessions
        ],
        "duties": [
            {"department": entry.department, "duty": entry.duty, "period": entry.period}
            for entry in duties
        ],
    }
