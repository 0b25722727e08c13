"""The goals in their order."""

from trainsched.planning.search.by_department import bound_departments
from trainsched.planning.search.changing import count_changes
from trainsched.planning.search.pin_start import begin_with_pins
from trainsched.planning.search.placing_stage import place_sessions
from trainsched.planning.search.sharing import spread_the_pain
from trainsched.planning.search.state import Search
from trainsched.planning.search.wishing import grant_wishes


def search_sessions(search: Search) -> None:
    """The goals that ask which sessions there are: the counted ones, and the worst-off trainee.

    Raises PinsClashError when the pins are proved impossible together.
    """
    if search.problem.pins or search.problem.published is not None:
        search.sessions = begin_with_pins(search.problem, search.judgements, search.engine)
    place_sessions(search)
    spread_the_pain(search)
    bound_departments(search)


def finish_goals(search: Search) -> None:
    """Hand the duties out, and search the goals that are left."""
    search.hand_out()
    count_changes(search)
    grant_wishes(search)
