"""The facts indexed for planning: people, slots, offerings and duty places as tuples and ints."""

from trainsched.problem.index import index
from trainsched.problem.problem import Problem

__all__ = ["Problem", "index"]
