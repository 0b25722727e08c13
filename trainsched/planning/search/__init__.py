"""The search through the goals, one after another: what is kept, proved, and best so far."""

from trainsched.planning.search.replan import search_from_earlier
from trainsched.planning.search.run import finish_goals, search_sessions
from trainsched.planning.search.state import Search

__all__ = ["Search", "finish_goals", "search_from_earlier", "search_sessions"]
