"""What would place the session: one change of the facts at a time, each confirmed by solving again.

Only facts of the irreducible set are changed: the others keep nobody from anything here. A kind is
first tried as widely as possible; where that helps, the plan found says where to narrow it down,
to one slot, one person, one week. What is reported is the narrow change, confirmed.
"""

from collections.abc import Callable, Iterator

from trainsched.planning.explanation.attempts import Attempts, Confirmed
from trainsched.planning.explanation.bounds_moved import higher_limits, larger_group, other_weeks
from trainsched.planning.explanation.extra_posts import extra_post
from trainsched.planning.explanation.slots_freed import slots_freed
from trainsched.planning.explanation.units_and_holders import one_more_holder, one_more_unit

KINDS: tuple[Callable[[Attempts], Iterator[Confirmed]], ...] = (
    other_weeks,
    larger_group,
    higher_limits,
    slots_freed,
    one_more_unit,
    one_more_holder,
    extra_post,
)


def find_unlocks(attempts: Attempts) -> tuple[Confirmed, ...]:
    """Every change that was found to help, the cheapest first, then the least disruptive."""
    return tuple(sorted((u for kind in KINDS for u in kind(attempts)), key=_cheapest_first))


def _cheapest_first(confirmed: Confirmed) -> tuple[object, ...]:
    unlock = confirmed.unlock
    price = (1, 0) if unlock.pounds is None else (0, unlock.pounds)
    return (*price, unlock.moved, str(unlock.kind), unlock.subject)
