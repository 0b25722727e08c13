"""What the library that rewrites workbooks would lose: results of formulas, put back here, and
parts that it does not know, which are named.
"""

import re
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.datetime import to_excel
from openpyxl.workbook import Workbook

_SHEET_PART = "xl/worksheets/sheet{}.xml"
_FORMULA = re.compile(
    r'<c r="(?P<cell>[A-Z]+\d+)"(?P<style>(?: s="\d+")?)>'
    r"(?P<formula><f(?:\s[^>]*)?/>|<f(?:\s[^>]*)?>[^<]*</f>)<v(?:\s*/>|></v>)</c>"
)
_LOST_PARTS: tuple[tuple[str, str], ...] = (
    (r"xl/vbaProject\.bin", "the macros"),
    (r"xl/media/", "pictures"),
    (r"xl/(ctrlProps|activeX)/", "buttons and form controls"),
    (r"xl/embeddings/", "embedded files"),
    (r"xl/(slicers|slicerCaches|timelines|timelineCaches)/", "slicers"),
    (r"xl/threadedComments/", "threads of comments (their text stays as a note)"),
    (r"xl/(connections\.xml|queryTables/)", "data connections"),
    (r"xl/charts/chart\d", "some charts"),
)
"""Parts of a file by the beginning of their name, and what users know them as."""

_LOST_MARKUP: tuple[tuple[str, str, str], ...] = (
    (r"xl/drawings/drawing", r"<xdr:(sp|cxnSp|grpSp)[ >]", "shapes and text boxes"),
    (r"xl/worksheets/sheet", r"<x14:sparkline[ >]", "sparklines"),
    (r"xl/worksheets/sheet", r"<x14:cfRule[ >]", "some conditional formats, such as data bars"),
    (r"xl/worksheets/sheet", r"<x14:dataValidation[ >]", "some drop-down lists"),
)
_LOST_BY_WARNING = {
    "header or footer": "headers or footers for printing",
    "Print area": "a print area",
    "Data Validation extension": "some drop-down lists",
    "Conditional Formatting extension": "some conditional formats, such as data bars",
}


def keep_results(source: Path, out: Path, titles: Sequence[str]) -> None:
    """Put the last results of the source's formulas into the copy, where the library left none.

    ``titles``: the sheets of the copy in its order. Without this, whatever reads the copy before
    Excel has saved it finds formulas without values.
    """
    with zipfile.ZipFile(out) as written:
        parts = (_SHEET_PART.format(number) for number in range(1, len(titles) + 1))
        if not any(re.search(rb"<f[\s/>]", written.read(part)) for part in parts):
            return
    with warnings.catch_warnings(), source.open("rb") as file:
        warnings.simplefilter("ignore")
        results = openpyxl.load_workbook(file, data_only=True, keep_links=False)
    by_part = {
        _SHEET_PART.format(number): _written_results(results, title)
        for number, title in enumerate(titles, start=1)
    }
    partial = out.with_name(f"{out.name}.partial")
    with (
        zipfile.ZipFile(out) as old,
        zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            content = old.read(name)
            if by_part.get(name):
                content = _with_results(content.decode("utf-8"), by_part[name]).encode("utf-8")
            new.writestr(name, content)
    partial.replace(out)


def _written_results(book: Workbook, title: str) -> dict[str, tuple[str, str]]:
    """By address, the type and the text under which each value is written in the file."""
    page = next((page for page in book.worksheets if page.title == title), None)
    if page is None:
        return {}
    return {
        cell.coordinate: _written(cell.value, cell.data_type, book)
        for cell in page._cells.values()
        if cell.value is not None
    }


def _written(value: object, kind: str, book: Workbook) -> tuple[str, str]:
    if kind == "e":
        return "e", escape(str(value))
    if isinstance(value, bool):
        return "b", str(int(value))
    if isinstance(value, int | float):
        return "n", repr(value)
    if isinstance(value, datetime | date | time | timedelta):
        return "n", repr(to_excel(value, book.epoch))  # type: ignore[no-untyped-call]
    return "str", escape(ILLEGAL_CHARACTERS_RE.sub("", str(value)))


def _with_results(markup: str, results: Mapping[str, tuple[str, str]]) -> str:
    def with_result(found: re.Match[str]) -> str:
        result = results.get(found["cell"])
        if result is None:
            return found[0]
        kind, text = result
        space = ' xml:space="preserve"' if text != text.strip() else ""
        return (
            f'<c r="{found["cell"]}"{found["style"]} t="{kind}">'
            f"{found['formula']}<v{space}>{text}</v></c>"
        )

    return _FORMULA.sub(with_result, markup)


def what_was_lost(source: Path, out: Path, warned: Sequence[str]) -> tuple[str, ...]:
    """Sentences on what the source has and the copy has not. ``warned``: the library's warnings."""
    lost: dict[str, None] = {}
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(out) as after:
        for pattern, words in _LOST_PARTS:
            if _count(before, pattern) > _count(after, pattern):
                lost[words] = None
        for part, markup, words in _LOST_MARKUP:
            if _holds(before, part, markup) and not _holds(after, part, markup):
                lost[words] = None
    for message in warned:
        for begun, words in _LOST_BY_WARNING.items():
            if begun in message:
                lost[words] = None
    if not lost:
        return ()
    return (f"The copy could not keep: {'; '.join(lost)}. Your own file still has everything.",)


def _count(archive: zipfile.ZipFile, pattern: str) -> int:
    return sum(re.match(pattern, name) is not None for name in archive.namelist())


def _holds(archive: zipfile.ZipFile, part: str, markup: str) -> bool:
    wanted = re.compile(markup.encode())
    return any(
        wanted.search(archive.read(name))
        for name in archive.namelist()
        if re.match(part, name) and name.endswith(".xml")
    )
