"""How rows of an edited plan.xlsx make sessions, and where two of them differ."""

from collections.abc import Iterable

from trainsched.domain.plan import Session
from trainsched.workbook.plan_cells import SessionRow

_FIELDS = ("date", "period", "length", "activity", "department", "staff", "trainees", "equipment")


def difference(one: Session, other: Session) -> str:
    """The first field in which two sessions differ, "" when they agree."""
    return next((name for name in _FIELDS if getattr(one, name) != getattr(other, name)), "")


def join_trainees(rows: list[SessionRow]) -> list[SessionRow]:
    """Trainees whose rows of one session say the same are in one session; others in another.

    The rows make the group: whoever has no row any more is out of it.
    """
    groups: dict[str, list[list[SessionRow]]] = {}
    for row in rows:
        alike = groups.setdefault(row.session.id, [])
        group = next((g for g in alike if _same_but_trainees(g[0].session, row.session)), None)
        if group is None:
            alike.append([row])
        else:
            group.append(row)
    joined: list[SessionRow] = []
    for session_id, alike in groups.items():
        for number, group in enumerate(alike, start=1):
            new_id = session_id if number == 1 or not session_id else f"{session_id}-{number}"
            trainees = tuple(sorted({row.person_id for row in group}))
            session = group[0].session.model_copy(update={"id": new_id, "trainees": trainees})
            joined.append(group[0]._replace(session=session))
    return joined


def _same_but_trainees(one: Session, other: Session) -> bool:
    return difference(one, other.model_copy(update={"trainees": one.trainees})) == ""


def with_ids(sessions: Iterable[Session]) -> list[Session]:
    """New rows without an id get one of their own."""
    listed = list(sessions)
    taken = {session.id for session in listed}
    named: list[Session] = []
    for number, session in enumerate(listed, start=1):
        new_id = session.id or f"new{number:05d}"
        while not session.id and new_id in taken:
            new_id += "x"
        taken.add(new_id)
        named.append(session.model_copy(update={"id": new_id}))
    return named
