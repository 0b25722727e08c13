"""No more equipment is used than there is, and every session holds what it needs."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from trainsched.checker.matching import match_in_order
from trainsched.checker.view import Placed, View
from trainsched.domain.findings import Finding
from trainsched.domain.rules import RuleId


def check_equipment(view: View) -> Iterator[Finding]:
    """A finding for every wrong choice of items, and every item and slot that is overbooked."""
    used: dict[tuple[date, int, str], list[str]] = defaultdict(list)
    for item in view.placed:
        if not _is_a_choice(item):
            yield Finding(
                rule=RuleId.EQUIPMENT,
                detail=f"Session {item.session.id} ({item.session.activity}) holds "
                f"{'; '.join(item.session.equipment) or 'nothing'}, but needs "
                f"{'; '.join('|'.join(items) for items in item.activity.equipment) or 'nothing'}.",
                session_id=item.session.id,
                date=item.session.date,
                period=item.session.period,
            )
        for position in item.positions:
            for name in item.session.equipment:
                used[item.session.date, position, name].append(item.session.id)
    for (day, position, name), sessions in sorted(used.items()):
        units = _units(view, day, position, name)
        if len(sessions) > units:
            yield Finding(
                rule=RuleId.EQUIPMENT,
                detail=f"{name} at {view.slot_words(day, position)}: {units} available, "
                f"{len(sessions)} used by {', '.join(sorted(set(sessions)))}.",
                date=day,
                period=view.calendar.period_names[position],
            )


def _is_a_choice(item: Placed) -> bool:
    """Whether the items held are one alternative of each thing needed, and nothing else."""
    held, needed = item.session.equipment, item.activity.equipment
    if len(held) != len(needed):
        return False
    fits = {
        number: [str(place) for place, name in enumerate(held) if name in alternatives]
        for number, alternatives in enumerate(needed)
    }
    chosen = match_in_order([(number, 1) for number in range(len(needed))], fits)
    return len(chosen) == len(held)


def _units(view: View, day: date, position: int, name: str) -> int:
    period = view.calendar.period_names[position]
    rows = view.organisation.equipment
    return sum(row.units_at(day, period) for row in rows if row.item == name)
