"""Files of every kind (cases 35 to 37 of the list of messes)."""

from __future__ import annotations

import csv
import struct
import zipfile
from pathlib import Path
from typing import Any

from tests.corpus.frame import TABLES, WEEK, book, mess, says, week

_SAYS = says(week("S1", "absent work QC - on_call"))
_ROSTER = [["Name", *WEEK], ["Alma Birch", "AL", "D", "Linac QC", None, "OC"]]


def _csv_folder(folder: Path, encoding: str, delimiter: str) -> Path:
    made = folder / "fellside"
    made.mkdir()
    for name, rows in {**TABLES, "Roster": _ROSTER}.items():
        with (made / f"{name}.csv").open("w", encoding=encoding, newline="") as file:
            writer = csv.writer(file, delimiter=delimiter)
            for row in rows:
                writer.writerow([f"{v:%d/%m/%Y}" if hasattr(v, "year") else v for v in row])
    return made


@mess(_SAYS)
def csv_with_a_byte_order_mark(folder: Path) -> Any:
    return _csv_folder(folder, "utf-8-sig", ",")


@mess(_SAYS)
def csv_of_windows_with_semicolons(folder: Path) -> Any:
    return _csv_folder(folder, "cp1252", ";")


@mess(_SAYS)
def csv_with_quoted_line_breaks(folder: Path) -> Any:
    made = _csv_folder(folder, "utf-8", ",")
    with (made / "Roster.csv").open("a", encoding="utf-8") as file:
        file.write('\n"Notes: swap,\nbut tell us"\n')
    return made


@mess(_SAYS)
def a_workbook_called_xls(folder: Path) -> Any:
    path = folder / "fellside.xls"
    book({"Roster": _ROSTER}).save(path)
    return path


@mess(_SAYS)
def a_workbook_with_macros(folder: Path) -> Any:
    plain, path = folder / "plain.xlsx", folder / "fellside.xlsm"
    book({"Roster": _ROSTER}).save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 not run")
    return path


def _file(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def _zip(folder: Path, name: str, **parts: bytes) -> Path:
    path = folder / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part.replace("__", "/").replace("_xml", ".xml"), content)
    return path


_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


@mess(refused="is empty")
def an_empty_file(folder: Path) -> Any:
    return _file(folder, "fellside.xlsx", b"")


@mess(refused="temporary file")
def a_temporary_file(folder: Path) -> Any:
    return _file(folder, "~$fellside.xlsx", b"\x05Alma" + b" " * 160)


@mess(refused="password")
def a_file_with_a_password(folder: Path) -> Any:
    content = _OLE + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
    return _file(folder, "fellside.xlsx", content)


@mess(refused="damaged")
def a_file_cut_short(folder: Path) -> Any:
    path = folder / "whole.xlsx"
    book({"Roster": _ROSTER}).save(path)
    return _file(folder, "fellside.xlsx", path.read_bytes()[:-3000])


@mess(refused="damaged")
def an_old_file_that_is_damaged(folder: Path) -> Any:
    return _file(folder, "fellside.xls", _OLE + b"nothing" * 300)


@mess(refused="Word document")
def a_word_document(folder: Path) -> Any:
    return _zip(folder, "rota.docx", word__document_xml=b"<document/>")


@mess(refused="Word document")
def a_word_document_called_xlsx(folder: Path) -> Any:
    return _zip(folder, "rota.xlsx", word__document_xml=b"<document/>")


@mess(refused="PDF")
def a_pdf(folder: Path) -> Any:
    return _file(folder, "rota.pdf", b"%PDF-1.7\n" + b"x" * 100)


@mess(refused="web page")
def a_web_page_called_xls(folder: Path) -> Any:
    return _file(folder, "rota.xls", b"<html><table><tr><td>AL</td></tr></table></html>")


@mess(refused="'.png' are not read")
def a_picture(folder: Path) -> Any:
    return _file(folder, "rota.png", b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13))


@mess(refused="unpacks to far more")
def a_zip_bomb(folder: Path) -> Any:
    return _zip(folder, "fellside.xlsx", xl__workbook_xml=b"<workbook/>",
                xl__worksheets__sheet1_xml=b"0" * 60_000_000)  # fmt: skip


@mess(refused="XML entities")
def entities_that_multiply(folder: Path) -> Any:
    path, evil = folder / "whole.xlsx", folder / "fellside.xlsx"
    book({"Roster": _ROSTER}).save(path)
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">{entities}]>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                content = head + content.replace("Fellside", "&l8;")
            new.writestr(name, content)
    return evil


@mess(refused="XML entities")
def entities_behind_a_long_comment(folder: Path) -> Any:
    path, evil = folder / "whole.xlsx", folder / "fellside.xlsx"
    book({"Roster": _ROSTER}).save(path)
    head = f'<?xml version="1.0"?><!--{"-=" * 9000}--><!DOCTYPE x [<!ENTITY a "b">]>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            new.writestr(name, head + content if name.endswith("sheet1.xml") else content)
    return evil


@mess(_SAYS, "notice file")
def a_chart_sheet_at_which_the_usual_reader_stumbles(folder: Path) -> Any:
    made = book({"Roster": _ROSTER})
    made.create_chartsheet("Chart")
    return made


@mess(refused="XML entities")
def an_entity_that_reads_a_file(folder: Path) -> Any:
    path, evil = folder / "whole.xlsx", folder / "fellside.xlsx"
    book({"Roster": _ROSTER}).save(path)
    head = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "/etc/hostname">]>'
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(evil, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/worksheets/sheet1.xml":
                content = head + content.replace("Fellside", "&f;")
            new.writestr(name, content)
    return evil
