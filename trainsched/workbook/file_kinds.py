"""What kind of file it is, by its content: endings are often wrong."""

import re
import zipfile
from enum import Enum
from pathlib import Path

from trainsched.workbook.refusal import SAVE_AS_XLSX, RefusedError

MAX_FILE_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 250_000_000
MAX_RATIO = 200
# A small file may be packed as tightly as it likes: it cannot become large.
_SMALL_BYTES = 20_000_000
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_BOOK_ENDINGS = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods"})
_TEXT_ENDINGS = frozenset({".csv", ".tsv", ".txt"})
_BYTES_LOOKED_AT = 4096
# All that may stand before an XML file's own content but a declaration of its kind: only that can
# declare entities. One that never comes to an end is as suspect.
_PROLOGUE = re.compile(rb"\A[^<]*(?:(?:<\?.*?\?>|<!--.*?-->)\s*)*", re.DOTALL)
_PROLOGUE_BYTES = 65_536
_BOM = b"\xef\xbb\xbf"
_NO_WORKBOOK = "The file is damaged, or is no Excel workbook."


class FileKind(Enum):
    """How a file is read."""

    XLSX = "xlsx"
    OLD = "old"
    CSV = "csv"


def kind_of_file(path: Path) -> FileKind:
    """How the file is to be read. Raises RefusedError for everything that is not read."""
    if path.name.startswith("~$") or path.name.startswith(".~lock"):
        raise RefusedError(
            "This is a temporary file of Excel, not the workbook.",
            "Close the workbook in Excel and choose the file without ~$ before its name.",
        )
    if not path.is_file():
        raise RefusedError(
            "There is no such file.",
            "Give the path of an Excel workbook (.xlsx).",
        )
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_BYTES_LOOKED_AT)
    except OSError as error:
        raise RefusedError(
            f"The file cannot be read ({error.strerror}).", "Check that you may open it."
        ) from error
    if not start:
        raise RefusedError("The file is empty.", "Choose the file again, or save it again.")
    if size > MAX_FILE_BYTES:
        raise RefusedError(
            f"The file has {size // 1_000_000} million bytes, far more than a workbook ever needs, "
            "so it was not opened.",
            "Copy the sheets that matter into a new workbook and use that.",
        )
    if start.startswith(_OLE):
        return _ole(path)
    if start.startswith(b"PK"):
        return _zip(path)
    return _other(path, start)


def _ole(path: Path) -> FileKind:
    content = path.read_bytes()
    if _utf16("EncryptedPackage") in content or _utf16("EncryptionInfo") in content:
        raise RefusedError(
            "The file is protected by a password.",
            "Open it in Excel, remove the password and save it as .xlsx.",
        )
    if _utf16("WordDocument") in content:
        raise RefusedError("This is a Word document, not an Excel workbook.", _FROM_WORD)
    if path.suffix.casefold() in {".xls", ".xlsb"} or _utf16("Workbook") in content:
        return FileKind.OLD
    raise RefusedError(
        "The file is damaged, or protected by a password.",
        "Open it in Excel, remove the password and save it as .xlsx.",
    )


_FROM_WORD = "Copy its table into Excel, save that as .xlsx and use it."


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _zip(path: Path) -> FileKind:
    ending = path.suffix.casefold()
    try:
        with zipfile.ZipFile(path) as archive:
            _check_sizes(archive)
            _refuse_entities(archive)
            names = frozenset(archive.namelist())
            kind = archive.read("mimetype")[:100] if "mimetype" in names else b""
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, ValueError, OSError) as error:
        if ending not in _BOOK_ENDINGS:
            raise RefusedError(f"Files ending in '{path.suffix}' are not read.") from error
        raise RefusedError(_NO_WORKBOOK) from error
    if "xl/workbook.xml" in names or any(name.startswith("xl/worksheets/") for name in names):
        return FileKind.XLSX
    if "xl/workbook.bin" in names or kind.startswith(
        b"application/vnd.oasis.opendocument.spreadsheet"
    ):
        return FileKind.OLD
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        raise RefusedError("This is a Word document, not an Excel workbook.", _FROM_WORD)
    if any(name.startswith("ppt/") for name in names):
        raise RefusedError("This is a presentation, not an Excel workbook.", SAVE_AS_XLSX)
    if any(name.casefold().endswith((".numbers", ".iwa")) for name in names):
        raise RefusedError(
            "This is a file of Apple Numbers.", "Export it from Numbers as Excel and use that file."
        )
    if ending not in _BOOK_ENDINGS:
        raise RefusedError(
            f"Files ending in '{path.suffix}' are not read.",
            "Unpack it if it is an archive; give an Excel workbook (.xlsx) or a folder of .csv.",
        )
    raise RefusedError(_NO_WORKBOOK)


def _check_sizes(archive: zipfile.ZipFile) -> None:
    sizes = [(info.file_size, info.compress_size) for info in archive.infolist()]
    unpacked = sum(size for size, _ in sizes)
    packed = max(1, sum(size for _, size in sizes))
    tight = unpacked > _SMALL_BYTES and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED_BYTES or tight:
        raise RefusedError(
            "The file unpacks to far more than a workbook ever needs, so it was not opened.",
            "Copy the sheets that matter into a new workbook and use that.",
        )


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """No spreadsheet program writes these, and they can reach other files or fill the memory."""
    for name in archive.namelist():
        if not name.casefold().endswith((".xml", ".rels")):
            continue
        with archive.open(name) as part:
            start = part.read(_PROLOGUE_BYTES).replace(b"\x00", b"")
        after = _PROLOGUE.sub(b"", start, count=1)
        if after.startswith((b"<!", b"<?")):
            raise RefusedError(
                "The file holds XML entities, as no Excel workbook does, so it was not opened.",
                "Copy the sheets that matter into a new workbook and use that.",
            )


def _other(path: Path, start: bytes) -> FileKind:
    ending = path.suffix.casefold()
    if start.startswith(b"%PDF"):
        raise RefusedError(
            "This is a PDF, from which no roster can be read for sure.",
            "Ask for the Excel file that it was printed from.",
        )
    if start.startswith(b"{\\rtf"):
        raise RefusedError("This is a Word document, not an Excel workbook.", _FROM_WORD)
    bare = start.removeprefix(_BOM).lstrip().lower()
    if bare.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"<head")):
        raise RefusedError(
            "This is a web page or XML under the name of a workbook.",
            "Open it in Excel, save it as an Excel workbook (.xlsx) and use that file.",
        )
    if ending in _TEXT_ENDINGS or (ending in _BOOK_ENDINGS and _looks_like_csv(start)):
        return FileKind.CSV
    if ending in _BOOK_ENDINGS:
        raise RefusedError(_NO_WORKBOOK)
    raise RefusedError(f"Files ending in '{path.suffix}' are not read.")


def _looks_like_csv(start: bytes) -> bool:
    """Whether the text is lines with separators, rather than some other file."""
    if b"\x00" in start:
        return False
    lines = start.splitlines() if len(start) < _BYTES_LOOKED_AT else start.splitlines()[:-1]
    lines = [line for line in lines if line.strip()]
    return len(lines) >= 2 and any(
        all(line.count(one) for line in lines[:2]) for one in (b",", b";", b"\t")
    )
