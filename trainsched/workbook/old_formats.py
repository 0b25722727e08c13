"""Reads .xls, .xlsb and .ods in a process of its own, and prints their cells as JSON.

The library that reads these files can abort the whole interpreter on a damaged one, so it never
runs inside ours. This file is run by its path and imports nothing of the package.
"""

import json
import sys
from datetime import date, datetime, time, timedelta
from typing import Any

MEMORY_BYTES = 3 * 1024**3


def main(path: str) -> None:
    """Print the sheets of the file: names, whether visible, and filled cells by row and column."""
    _limit_memory()
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    with open(path, "rb") as file:  # noqa: PTH123 - kinds are told by content, not by ending
        book = CalamineWorkbook.from_filelike(file)
    sheets = []
    for sheet in book.sheets_metadata:
        if sheet.typ is not SheetTypeEnum.WorkSheet:
            continue
        page = book.get_sheet_by_name(sheet.name)
        rows = page.to_python(skip_empty_area=False)
        merged = page.merged_cell_ranges or []
        sheets.append(
            {
                "name": sheet.name,
                "hidden": sheet.visible is not SheetVisibleEnum.Visible,
                "rows": [
                    [number, [None if value == "" else _plain(value) for value in values]]
                    for number, values in enumerate(rows, 1)
                    if any(value != "" for value in values)
                ],
                "merged": [
                    [top + 1, left + 1, bottom + 1, right + 1]
                    for (top, left), (bottom, right) in merged
                ],
            }
        )
    json.dump(sheets, sys.stdout)


def _plain(value: Any) -> Any:
    if value.__class__ is str:
        return value
    if isinstance(value, datetime | date):
        return {"date": value.isoformat()}
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _limit_memory() -> None:
    try:
        import resource
    except ImportError:  # not on Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


if __name__ == "__main__":
    main(sys.argv[1])
