"""A run's folder: written whole or not at all, never over another run unasked, read back."""

import json
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trainsched.domain.news import News
from trainsched.domain.plan import PLAN_FORMAT, Plan
from trainsched.domain.problems import Problem, Severity, WorkbookError
from trainsched.domain.standbys import Standbys
from trainsched.reports.background import Background
from trainsched.reports.calendar_book import CalendarBook, first_book
from trainsched.reports.change_document import changes_text
from trainsched.reports.changes import Changes
from trainsched.reports.manifest import (
    RunRecord,
    background_from_manifest,
    manifest_text,
    news_from_manifest,
)

PLAN_JSON = "plan.json"
PLAN_WORKBOOK = "plan.xlsx"
MANIFEST = "manifest.json"
CHANGES = "changes.json"
CALENDARS = "calendars"
CALENDAR_BOOK = "calendars.json"
STANDBYS = "standbys.json"
CONTENTS = (PLAN_JSON, PLAN_WORKBOOK, MANIFEST, CHANGES, CALENDARS, CALENDAR_BOOK, STANDBYS)


class FolderExistsError(FileExistsError):
    """The folder of a run may not be written. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished run as read from its folder."""

    plan: Plan
    background: Background


def check_folder_is_free(folder: Path, *, force: bool) -> None:
    """Raise FolderExistsError unless the folder may be written.

    With ``force`` an earlier run may be replaced, but never a folder that holds anything else.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise FolderExistsError(f"{folder} is a file. Choose another folder with -o.")
    held = sorted(entry.name for entry in folder.iterdir())
    if not held:
        return
    if PLAN_JSON not in held:
        raise FolderExistsError(
            f"{folder} holds something that is not a run of ours ({held[0]}), and was left as it "
            "is. Choose another folder with -o."
        )
    if not force:
        raise FolderExistsError(
            f"{folder} holds an earlier run, and was left as it is. "
            "Choose another folder with -o, or add --force to replace it."
        )


def write_run(
    folder: Path,
    plan: Plan,
    background: Background,
    record: RunRecord,
    *,
    changes: Changes | None = None,
    book: CalendarBook | None = None,
    force: bool = False,
) -> Path:
    """Write the folder beside its place, then move it there. Raises FolderExistsError.

    ``changes`` are those of a replan. ``book`` says which events of people's calendars the
    sessions are; without it they are all new.
    """
    from trainsched.reports.calendars import write_calendars
    from trainsched.reports.plan_workbook import write_plan_workbook

    check_folder_is_free(folder, force=force)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        # The workshop is private; the run inside it is as open as the user's other folders.
        making = workshop / folder.name
        making.mkdir()
        (making / PLAN_JSON).write_text(plan.to_json(), encoding="utf-8", newline="\n")
        news = record.replan.news if record.replan is not None else None
        write_plan_workbook(making / PLAN_WORKBOOK, plan, background, changes, news)
        (making / CALENDARS).mkdir()
        book = book or first_book(plan)
        write_calendars(making / CALENDARS, plan, book, background)
        (making / CALENDAR_BOOK).write_text(book.to_json(), encoding="utf-8", newline="\n")
        if changes is not None and record.replan is not None:
            text = changes_text(changes, plan, background, record.replan)
            (making / CHANGES).write_text(text, encoding="utf-8", newline="\n")
        if background.standbys is not None:
            text = background.standbys.to_json()
            (making / STANDBYS).write_text(text, encoding="utf-8", newline="\n")
        manifest = manifest_text(plan, background, record)
        (making / MANIFEST).write_text(manifest, encoding="utf-8", newline="\n")
        put_in_place(making, folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return folder


def put_in_place(making: Path, folder: Path) -> None:
    """Move the finished folder to its name; what was there goes only once the new one stands."""
    if not folder.exists():
        making.rename(folder)
        return
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-old-", dir=folder.parent))
    folder.rename(old / folder.name)
    try:
        making.rename(folder)
    except OSError:
        (old / folder.name).rename(folder)
        old.rmdir()
        raise
    # What the user put beside the earlier run is theirs, and stays.
    for entry in sorted((old / folder.name).iterdir()):
        if entry.name not in CONTENTS:
            entry.rename(folder / entry.name)
    shutil.rmtree(old, ignore_errors=True)


def read_run(folder: Path) -> Run:
    """Read a finished run. Raises WorkbookError if there is none, or if plan.json is damaged.

    Only plan.json is needed; without the other two files, ids stand for names.
    """
    path = folder / PLAN_JSON if folder.is_dir() else folder
    plan, text = read_plan_text(path)
    parts: dict[str, Any] = {}
    with suppress(OSError, ValueError, KeyError, TypeError):
        manifest = json.loads((path.parent / MANIFEST).read_text(encoding="utf-8"))
        parts = background_from_manifest(manifest)
        if manifest.get("plan_sha256") != sha256(text.encode()).hexdigest():
            # plan.json is no longer the plan that was checked.
            parts["checked"] = None
    parts["standbys"] = read_standbys(path.parent, text)
    workbook = path.parent / PLAN_WORKBOOK
    if workbook.is_file():
        from trainsched.reports.plan_names import read_names

        parts |= read_names(workbook)
    return Run(plan, Background(**parts))


def read_standbys(folder: Path, plan_text: str) -> Standbys | None:
    """The standbys of a run; None where there are none, or they are of another plan."""
    with suppress(OSError, ValueError):
        found = Standbys.model_validate_json((folder / STANDBYS).read_text(encoding="utf-8"))
        if found.plan_sha256 == sha256(plan_text.encode()).hexdigest():
            return found
    return None


def read_news(path: Path) -> News | None:
    """The news with which the replan in a folder, or beside a plan of it, was made; else None."""
    folder = path if path.is_dir() else path.parent
    with suppress(OSError, ValueError, KeyError, TypeError):
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return news_from_manifest(manifest)
    return None


def read_plan_text(path: Path) -> tuple[Plan, str]:
    """Read plan.json and its text. Raises WorkbookError."""
    try:
        text = path.read_text(encoding="utf-8")
        document = json.loads(text)
        if not isinstance(document, dict) or document.get("format") != PLAN_FORMAT:
            raise refusal(f"{path} is not a plan of trainsched ({PLAN_FORMAT}).")
        return Plan.model_validate(document), text
    except OSError:
        raise refusal(
            f"There is no finished run in {path.parent}: {path.name} is missing."
        ) from None
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise refusal(f"{path} is damaged at {where}: {first['msg']}.") from None
    except ValueError:
        raise refusal(f"{path} is not a JSON file.") from None


def refusal(sentence: str) -> WorkbookError:
    """A file that cannot be used at all, as one problem without a cell."""
    return WorkbookError(
        (
            Problem(
                severity=Severity.ERROR,
                problem=sentence,
                remedy="Give the folder that trainsched plan wrote.",
            ),
        )
    )
