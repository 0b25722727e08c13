"""Writes the smallest .xls and .ods files there are: text in cells, hidden rows and columns."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

_SECTOR = 512
_END, _FREE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


class OldSheet(NamedTuple):
    """The texts of a sheet, and which of its rows and columns are hidden, counted from 1."""

    rows: Sequence[Sequence[str | None]]
    hidden_rows: Sequence[int] = ()
    hidden_columns: Sequence[int] = ()
    hidden: bool = False


def write_old_excel(path: Path, sheets: Mapping[str, OldSheet]) -> None:
    """Write a workbook of text cells in the format of Excel 97."""
    bodies = [_sheet(sheet) for sheet in sheets.values()]
    head = _record(0x809, struct.pack("<HHHHII", 0x600, 0x05, 0x0DBB, 0x07CC, 0, 6))
    length = len(head) + sum(4 + 8 + len(name) for name in sheets) + 4
    start = length
    entries = b""
    for (name, sheet), body in zip(sheets.items(), bodies, strict=True):
        said = struct.pack("<IHBB", start, int(sheet.hidden), len(name), 0)
        entries += _record(0x85, said + name.encode("latin-1"))
        start += len(body)
    book = head + entries + _record(0x0A, b"") + b"".join(bodies)
    path.write_bytes(_compound(book.ljust(4096, b"\0")))


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _sheet(sheet: OldSheet) -> bytes:
    made = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for column in sheet.hidden_columns:
        made += _record(0x7D, struct.pack("<HHHHHH", column - 1, column - 1, 2304, 15, 1, 0))
    width = max(len(row) for row in sheet.rows)
    made += _record(0x200, struct.pack("<IIHHH", 0, len(sheet.rows), 0, width, 0))
    for number, _ in enumerate(sheet.rows):
        look = 0x20 if number + 1 in sheet.hidden_rows else 0
        said = struct.pack("<HHHHHHHH", number, 0, width, 255, 0, 0, 0x100 | look, 15)
        made += _record(0x208, said)
    for number, row in enumerate(sheet.rows):
        for column, text in enumerate(row):
            if text:
                place = struct.pack("<HHHHB", number, column, 0, len(text), 0)
                made += _record(0x204, place + text.encode("latin-1"))
    return made + _record(0x0A, b"")


def _compound(stream: bytes) -> bytes:
    """The stream in a file system of its own: a table, a folder, then the stream."""
    count = -(-len(stream) // _SECTOR)
    links = [_TABLE, _END, *(range(3, count + 2)), _END]
    table = struct.pack(f"<{len(links)}I", *links).ljust(_SECTOR, b"\xff")
    folder = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    head = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16)
    head += struct.pack("<HHHHH6xIIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096,
                        _END, 0, _END, 0, 0)  # fmt: skip
    head = head.ljust(_SECTOR, b"\xff")
    return head + table + folder.ljust(_SECTOR, b"\0") + stream.ljust(count * _SECTOR, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIII", len(text) + 2, kind, 1, _FREE, _FREE, child, start, size, 0
    )


def write_open_document(path: Path, sheets: Mapping[str, OldSheet]) -> None:
    """Write a spreadsheet of text cells in the format of LibreOffice."""
    tables = "".join(_table(name, sheet) for name, sheet in sheets.items())
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}>'
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)


def _table(name: str, sheet: OldSheet) -> str:
    columns = "".join(
        f"<table:table-column{_look(number in sheet.hidden_columns)}/>"
        for number in range(1, max(map(len, sheet.rows)) + 1)
    )
    rows = "".join(
        f"<table:table-row{_look(number in sheet.hidden_rows)}>"
        f"{''.join(map(_cell, row))}</table:table-row>"
        for number, row in enumerate(sheet.rows, 1)
    )
    return f'<table:table table:name="{name}">{columns}{rows}</table:table>'


def _look(hidden: bool) -> str:
    return ' table:visibility="collapse"' if hidden else ""


def _cell(text: str | None) -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    return f'<table:table-cell office:value-type="string">{shown}</table:table-cell>'
