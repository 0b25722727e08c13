"""The one way in which a file is refused as a whole."""

SAVE_AS_XLSX = "Save it from Excel as an Excel workbook (.xlsx) and use that file."


class RefusedError(Exception):
    """A file that cannot be read at all: why, and what to do."""

    def __init__(self, problem: str, remedy: str = SAVE_AS_XLSX) -> None:
        self.problem = problem
        self.remedy = remedy
        super().__init__(problem)
