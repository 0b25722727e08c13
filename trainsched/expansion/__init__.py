"""How many can be trained, what more would take, and what money buys; all of it proved by plans.

Not named after its command: ``trainsched.capacity`` is the public function.
"""

from trainsched.expansion.answer import CapacityOutcome, Inquiry
from trainsched.expansion.fund import FundOutcome, fund_budgets, fund_frontier
from trainsched.expansion.memory import usual_folder
from trainsched.expansion.year_answer import YearAnswer

__all__ = [
    "CapacityOutcome",
    "FundOutcome",
    "Inquiry",
    "YearAnswer",
    "fund_budgets",
    "fund_frontier",
    "usual_folder",
]
