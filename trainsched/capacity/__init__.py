"""How many can be trained, what more would take, and what money buys; all of it proved by plans."""

from trainsched.capacity.answer import CapacityOutcome, Inquiry, YearAnswer
from trainsched.capacity.fund import FundOutcome, fund_budgets, fund_frontier
from trainsched.capacity.memory import usual_folder

__all__ = [
    "CapacityOutcome",
    "FundOutcome",
    "Inquiry",
    "YearAnswer",
    "fund_budgets",
    "fund_frontier",
    "usual_folder",
]
