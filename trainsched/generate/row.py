"""The rows that the generator hands to the workbook writer."""

from __future__ import annotations

from trainsched.workbook.write import CellValue

Row = dict[str, CellValue]
"""A row of a sheet: canonical column name to value."""
