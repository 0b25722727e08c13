"""Rostered duty-slots that moved to another person."""

from trainsched.checker.view import View


def value_of_changed_duties(view: View) -> int:
    """Exclusive duty-slots whose rostered people could have done them and were replaced.

    In each slot: of those rostered and able, as many as there are places filled, less those of
    them who are on the duty.
    """
    changed = 0
    for duty, day, position in view.covering_by_slot:
        if not view.duty_book.is_exclusive(duty):
            continue
        able = view.duty_book.rostered_and_able(duty, day, position)
        if not able:
            continue
        kept = len(set(able) & set(view.covering_people(duty, day, position)))
        filled = len(view.fillers_at(duty, day, position))
        changed += max(0, min(len(able), filled) - kept)
    return changed
