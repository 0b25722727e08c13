"""From what a planner said while it ran: when it had a first plan, nearly its best, a proof.

Only what is said of the whole plan counts, not of a part. Goals 1 to 3 may be pursued as one
weighted sum; its value and bound are then taken apart again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from trainsched.domain.plan import GoalStatus
from trainsched.domain.rules import GoalId

if TYPE_CHECKING:
    from .measuring import Event, Measured, Size

NEARLY = 0.99
"""Of the must sessions that are placed in the end."""
SMALL = 1e-6
LAST_GOAL_TO_PROVE = 4


class Times(NamedTuple):
    """Seconds since planning began; None for what never happened."""

    first: float | None
    nearly: float | None
    proof_of_first_goal: float | None
    proof_of_goals_1_to_4: float | None


class Sight(NamedTuple):
    """What was known of a goal at a time."""

    seconds: float
    goal: GoalId
    value: float
    bound: float | None


def times_of(measured: Measured) -> Times:
    """Read the times off the events of a run."""
    sights = sights_of(measured)
    if measured.failure or measured.size is None:
        return Times(None, None, None, None)
    musts = [sight for sight in sights if sight.goal is GoalId.UNPLACED_MUST]
    final = next(g.value for g in measured.goals if g.name is GoalId.UNPLACED_MUST)
    if final is None:
        return Times(None, None, None, None)
    wanted = NEARLY * (measured.size.must_sessions - final)
    placed = [(s.seconds, measured.size.must_sessions - s.value) for s in musts]
    pursued = [found.name for found in measured.goals]
    proofs = [proof_of(measured, sights, goal) for goal in pursued[:LAST_GOAL_TO_PROVE]]
    worst_off = next(g.value for g in measured.goals if g.name is GoalId.WORST_OFF_TRAINEE)
    if worst_off == 0 and proofs[0] is not None and proofs[1] is not None:
        proofs[3] = max(proofs[0], proofs[1])  # nobody lacks anything: no further search
    known = [proof for proof in proofs if proof is not None]
    return Times(
        first=musts[0].seconds if musts else measured.seconds,
        nearly=next((s for s, count in placed if count >= wanted - SMALL), measured.seconds),
        proof_of_first_goal=proofs[0],
        proof_of_goals_1_to_4=max(known) if len(known) == LAST_GOAL_TO_PROVE else None,
    )


def proof_of(measured: Measured, sights: list[Sight], goal: GoalId) -> float | None:
    """When the goal was proved best: when it was said, else when the planner went on from it."""
    result = next(found for found in measured.goals if found.name is goal)
    if result.status is not GoalStatus.PROVED_BEST:
        return None
    mine = [sight for sight in sights if sight.goal is goal]
    for sight in mine:
        is_final = result.value is None or abs(sight.value - result.value) < SMALL
        bound = 0.0 if sight.bound is None else sight.bound
        if is_final and bound >= sight.value - SMALL:
            return sight.seconds
    last = mine[-1].seconds if mine else 0.0
    order = list(GoalId)
    later = [
        event.seconds
        for event in measured.events
        if event.seconds >= last
        and event.progress.goal is not None
        and order.index(event.progress.goal) > order.index(goal)
    ]
    return later[0] if later else measured.seconds


def sights_of(measured: Measured) -> list[Sight]:
    """Everything said of a goal over the whole plan, the weighted sum taken apart."""
    found: list[Sight] = []
    for event in measured.events:
        _, part, goal, value, bound = event.progress
        if part or value is None:
            continue
        if goal is not None:
            found.append(Sight(event.seconds, goal, value, bound))
        elif measured.size is not None and event.progress.message.startswith("placing"):
            found += _taken_apart(event, measured.size)
    return found


def _taken_apart(event: Event, size: Size) -> list[Sight]:
    """Unplaced must, should and could from their weighted sum; bounds of the first alone.

    A weight is more than all that comes after it can add up to. Where the sum is proved, so are
    all three.
    """
    could = 1
    should = 1 + size.could_sessions
    must = 1 + size.could_sessions + should * size.should_sessions
    value = round(event.progress.value or 0.0)
    parts = (value // must, value % must // should, value % should // could)
    bound = event.progress.bound
    is_proved = bound is not None and bound >= value - SMALL
    bounds: list[float | None] = list(parts) if is_proved else [None, None, None]
    if bound is not None and not is_proved:
        bounds[0] = max(0.0, -(-(bound - (must - 1) - SMALL) // must))
    goals = (GoalId.UNPLACED_MUST, GoalId.UNPLACED_SHOULD, GoalId.UNPLACED_COULD)
    return [
        Sight(event.seconds, goal, part, known)
        for goal, part, known in zip(goals, parts, bounds, strict=True)
    ]
