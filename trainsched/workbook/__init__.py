"""The border between workbooks and facts: reading, writing, templates and plan.xlsx."""

from trainsched.workbook.counting import SheetCounts
from trainsched.workbook.read_plan import read_plan
from trainsched.workbook.reader import Reading, load
from trainsched.workbook.roster.statements import RosterRead
from trainsched.workbook.write import write_workbook

__all__ = ["Reading", "RosterRead", "SheetCounts", "load", "read_plan", "write_workbook"]
