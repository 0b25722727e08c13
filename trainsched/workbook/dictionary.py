"""The data dictionary: every sheet and column of the workbook in words, from the schema alone."""

from collections.abc import Iterator

from trainsched.workbook.schema import CellType, Column, Sheet, sheets
from trainsched.workbook.schema_work import SETTINGS


def data_dictionary() -> str:
    """The dictionary as Markdown: one table a sheet, and one of the settings."""
    parts = ["# Data dictionary of the workbook", *(_sheet(sheet) for sheet in sheets())]
    return "\n\n".join(parts) + "\n"


def _sheet(sheet: Sheet) -> str:
    needed = " Every workbook needs it." if sheet.required else ""
    also = f" Also read under the names: {', '.join(sheet.aliases)}." if sheet.aliases else ""
    lines = [
        f"## {sheet.name}",
        "",
        f"{sheet.help}{needed}{also}",
        "",
        "| column | required | holds | if blank | meaning | also |",
        "|---|---|---|---|---|---|",
        *(_row(column) for column in sheet.columns),
    ]
    if sheet.name == "Settings":
        lines += ["", *_settings()]
    return "\n".join(lines)


def _row(column: Column) -> str:
    cells = (
        f"`{column.name}`",
        "yes" if column.required else "",
        holds(column),
        column.default,
        column.help,
        ", ".join(column.aliases),
    )
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _settings() -> Iterator[str]:
    yield "| setting | default | meaning |"
    yield "|---|---|---|"
    for setting in SETTINGS:
        choices = f" One of: {', '.join(setting.choices)}." if setting.choices else ""
        yield f"| `{setting.name}` | {setting.default} | {setting.help}{choices} |"


def holds(column: Column) -> str:
    """What a cell of the column may hold, in words."""
    if column.type is CellType.CHOICE:
        return ", ".join(column.choices)
    limits = [
        f"at least {column.minimum:g}" if column.minimum is not None else "",
        f"at most {column.maximum:g}" if column.maximum is not None else "",
    ]
    return ", ".join(filter(None, [str(column.type), *limits]))
