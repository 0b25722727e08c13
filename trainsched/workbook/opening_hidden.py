"""Which rows and columns of an .xls or .ods file are hidden: its reader does not tell."""

import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0 "
_FREE = 0xFFFFFFFA
_BOUNDSHEET, _ROW, _COLINFO, _BOF, _EOF = 0x85, 0x208, 0x7D, 0x809, 0x0A
_HIDDEN_ROW_BIT = 0x20
_SMALL_STREAM = 4096


class Hidden(NamedTuple):
    """Hidden rows and columns of a sheet, as ranges from the first to the last, from 1."""

    rows: tuple[tuple[int, int], ...]
    columns: tuple[tuple[int, int], ...]


def hidden_parts(path: Path) -> dict[str, Hidden] | None:
    """What is hidden, by sheet; None where the kind of file, or this one, does not tell."""
    try:
        if zipfile.is_zipfile(path):
            return _of_ods(path)
        return _of_xls(path.read_bytes())
    except (OSError, ValueError, KeyError, IndexError, struct.error, expat.ExpatError,
            zipfile.BadZipFile, UnicodeDecodeError):  # fmt: skip
        return None


def _of_ods(path: Path) -> dict[str, Hidden] | None:
    parts = _OdsParts()
    with zipfile.ZipFile(path) as archive:
        if "content.xml" not in archive.namelist():
            return None
        # Entities were refused when the file was opened.
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = parts.take
        with archive.open("content.xml") as part:
            parser.ParseFile(part)
    return {
        sheet: Hidden(tuple(found["row"]), tuple(found["column"]))
        for sheet, found in parts.found.items()
    }


class _OdsParts:
    """Follows the rows and columns of the tables of an .ods file."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, list[tuple[int, int]]]] = {}
        self._sheet = ""
        self._last = {"row": 0, "column": 0}

    def take(self, name: str, attributes: dict[str, str]) -> None:
        """Take an element where it begins."""
        if name == f"{_TABLE}table":
            self._sheet = attributes.get(f"{_TABLE}name", "")
            self._last = {"row": 0, "column": 0}
            self.found[self._sheet] = {"row": [], "column": []}
            return
        kind = name.removeprefix(f"{_TABLE}table-")
        if kind not in self._last or kind == name or self._sheet not in self.found:
            return
        first = self._last[kind] + 1
        self._last[kind] += int(attributes.get(f"{_TABLE}number-{kind}s-repeated", "1"))
        if attributes.get(f"{_TABLE}visibility", "visible") != "visible":
            self.found[self._sheet][kind].append((first, self._last[kind]))


def _of_xls(content: bytes) -> dict[str, Hidden] | None:
    book = _stream(content, ("Workbook", "Book"))
    if book is None:
        return None
    found: dict[str, Hidden] = {}
    for kind, data in _records(book, 0):
        if kind == _BOUNDSHEET:
            start, _, length = struct.unpack_from("<IHB", data)
            wide = data[7] & 1
            name = data[8 : 8 + length * (2 if wide else 1)]
            title = name.decode("utf-16-le" if wide else "latin-1")
            found[title] = _hidden_in(book, start)
    return found


def _hidden_in(book: bytes, start: int) -> Hidden:
    rows, columns = [], []
    for kind, data in _records(book, start):
        if kind == _ROW and len(data) >= 14 and data[12] & _HIDDEN_ROW_BIT:
            row = struct.unpack_from("<H", data)[0] + 1
            rows.append((row, row))
        elif kind == _COLINFO and len(data) >= 10 and data[8] & 1:
            first, last = struct.unpack_from("<HH", data)
            columns.append((first + 1, last + 1))
    return Hidden(tuple(rows), tuple(columns))


def _records(book: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the book, without those of charts inside it."""
    depth = 0
    while start + 4 <= len(book):
        kind, length = struct.unpack_from("<HH", book, start)
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        if depth == 1:
            yield kind, book[start + 4 : start + 4 + length]
        start += 4 + length


def _stream(content: bytes, names: tuple[str, ...]) -> bytes | None:
    """A stream of a compound file by its name."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    small_size = 1 << struct.unpack_from("<H", content, 32)[0]
    directory = struct.unpack_from("<I", content, 48)[0]
    small_table = struct.unpack_from("<I", content, 60)[0]
    table = _allocation(content, size)
    folder = _chain(content, directory, table, size, size)
    entries = [folder[at : at + 128] for at in range(0, len(folder) - 127, 128)]
    root_start = struct.unpack_from("<I", entries[0], 116)[0]
    for entry in entries:
        length = struct.unpack_from("<H", entry, 64)[0]
        if entry[: max(0, length - 2)].decode("utf-16-le", "replace") in names:
            start, count = struct.unpack_from("<II", entry, 116)
            if count >= _SMALL_STREAM:
                return _chain(content, start, table, size, size)[:count]
            small = _chain(content, root_start, table, size, size)
            listed = _chain(content, small_table, table, size, size)
            small_links = struct.unpack(f"<{len(listed) // 4}I", listed)
            return _chain(small, start, small_links, small_size, 0)[:count]
    return None


def _allocation(content: bytes, size: int) -> tuple[int, ...]:
    """The table that says which sector follows which."""
    sectors = [one for one in struct.unpack_from("<109I", content, 76) if one < _FREE]
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(count):
        if following >= _FREE:
            break
        at = size * (following + 1)
        *more, following = struct.unpack_from(f"<{size // 4}I", content, at)
        sectors += [one for one in more if one < _FREE]
    links: list[int] = []
    for one in sectors:
        links += struct.unpack_from(f"<{size // 4}I", content, size * (one + 1))
    return tuple(links)


def _chain(content: bytes, start: int, links: tuple[int, ...], size: int, offset: int) -> bytes:
    parts = []
    seen = 0
    while start < _FREE:
        parts.append(content[offset + size * start : offset + size * (start + 1)])
        start = links[start]
        seen += 1
        if seen > len(links):
            raise ValueError
    return b"".join(parts)
