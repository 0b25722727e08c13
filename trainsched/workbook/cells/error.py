"""The one way in which a cell's parser says no."""


class CellError(Exception):
    """A cell that cannot be understood: what is wrong, and how to mend it."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(problem)
