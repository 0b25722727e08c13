"""A folder with one JSON document and its tables as CSV: written whole or not at all."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from trainsched.reports.run_folder import FolderExistsError, put_in_place

if TYPE_CHECKING:
    import pandas as pd


def write_document(
    folder: Path,
    name: str,
    text: str,
    tables: "Mapping[str, pd.DataFrame]",
    *,
    force: bool = False,
) -> Path:
    """``<name>.json`` and one ``<table>.csv`` for each table. Raises FolderExistsError.

    With ``force`` an earlier document of that name may be replaced, and nothing else.
    """
    document = f"{name}.json"
    ours = {document, *(f"{table}.csv" for table in tables)}
    _check(folder, document, force=force)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        making = workshop / folder.name
        making.mkdir()
        (making / document).write_text(text, encoding="utf-8", newline="\n")
        for table, rows in tables.items():
            # The mark at the beginning tells Excel that names are in UTF-8.
            rows.to_csv(making / f"{table}.csv", index=False, encoding="utf-8-sig")
        if folder.exists():
            for entry in sorted(folder.iterdir()):
                if entry.name in ours:
                    entry.unlink()
        put_in_place(making, folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return folder


def _check(folder: Path, document: str, *, force: bool) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderExistsError(f"{folder} is a file. Choose another folder.")
    held = sorted(entry.name for entry in folder.iterdir())
    if held and document not in held:
        raise FolderExistsError(
            f"{folder} holds something else ({held[0]}), and was left as it is. Choose another "
            "folder."
        )
    if held and not force:
        raise FolderExistsError(
            f"{folder} holds an earlier {document}, and was left as it is. Choose another folder, "
            "or say force=True to replace it."
        )
