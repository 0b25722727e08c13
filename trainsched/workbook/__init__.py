"""The border between workbooks and facts: reading, writing, templates and plan.xlsx."""

from trainsched.workbook.counting import SheetCounts
from trainsched.workbook.reader import Reading, load
from trainsched.workbook.roster.statements import RosterRead
from trainsched.workbook.write import write_workbook

__all__ = ["Reading", "RosterRead", "SheetCounts", "load", "write_workbook"]
