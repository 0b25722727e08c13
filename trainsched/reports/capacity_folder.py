"""The run's folder of capacity and fund: written whole or not at all."""

import json
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from trainsched.domain.capacity import Capacity, Funding
from trainsched.domain.plan import Plan
from trainsched.reports.capacity_story import Story
from trainsched.reports.capacity_workbook import write_capacity_workbook, write_funding_workbook
from trainsched.reports.manifest import MANIFEST_FORMAT, library_versions
from trainsched.reports.run_folder import (
    MANIFEST,
    PLAN_JSON,
    FolderExistsError,
    check_folder_is_free,
    put_in_place,
)

CAPACITY_JSON, CAPACITY_WORKBOOK = "capacity.json", "capacity.xlsx"
FUND_JSON, FUND_WORKBOOK = "fund.json", "fund.xlsx"
PLANS = "plans"
OURS = (CAPACITY_JSON, FUND_JSON)


def check_folder(folder: Path, *, force: bool) -> None:
    """Raise FolderExistsError unless the folder may be written; ours may be replaced by force."""
    ours = folder.is_dir() and any((folder / name).is_file() for name in OURS)
    if not ours:
        check_folder_is_free(folder, force=force)
        return
    if not force:
        raise FolderExistsError(
            f"{folder} holds an earlier run, and was left as it is. "
            "Choose another folder with -o, or add --force to replace it."
        )


def write_capacity(
    folder: Path,
    capacity: Capacity,
    story: Story,
    plans: Mapping[int, Plan],
    *,
    dearest: int | None,
    force: bool = False,
) -> Path:
    """capacity.json, capacity.xlsx, the plans that prove it, and the manifest.

    ``plans`` by academic year; that of the ``dearest`` is plan.json.
    """

    def fill(making: Path) -> None:
        _text(making / CAPACITY_JSON, capacity.to_json())
        for year, plan in plans.items():
            if year == dearest:
                _text(making / PLAN_JSON, plan.to_json())
            else:
                _one_of_many(making, f"year-{year}.json", plan)
        write_capacity_workbook(making / CAPACITY_WORKBOOK, capacity, story, plans)
        _text(making / MANIFEST, manifest("capacity", story))

    return _whole(folder, fill, force=force)


def write_funding(
    folder: Path,
    funding: Funding,
    story: Story,
    plans: Sequence[Plan | None],
    *,
    force: bool = False,
) -> Path:
    """fund.json, fund.xlsx, a plan for each point, and the manifest."""

    def fill(making: Path) -> None:
        _text(making / FUND_JSON, funding.to_json())
        for number, plan in enumerate(plans, start=1):
            if plan is not None:
                _one_of_many(making, f"point-{number:02d}.json", plan)
        write_funding_workbook(making / FUND_WORKBOOK, funding, story, plans)
        _text(making / MANIFEST, manifest("fund", story))

    return _whole(folder, fill, force=force)


def _whole(folder: Path, fill: Callable[[Path], None], *, force: bool) -> Path:
    check_folder(folder, force=force)
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    workshop = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        making = workshop / folder.name
        making.mkdir()
        fill(making)
        if folder.exists():
            _clear(folder)
        put_in_place(making, folder)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)
    return folder


def _clear(folder: Path) -> None:
    """Take away what an earlier run of ours left; what the user put there stays."""
    for name in (CAPACITY_JSON, CAPACITY_WORKBOOK, FUND_JSON, FUND_WORKBOOK, PLAN_JSON, MANIFEST):
        (folder / name).unlink(missing_ok=True)
    plans = folder / PLANS
    for plan in (*plans.glob("point-*.json"), *plans.glob("year-*.json")):
        plan.unlink()
    if plans.is_dir() and not any(plans.iterdir()):
        plans.rmdir()


def manifest(verb: str, story: Story) -> str:
    """The record of the run."""
    record = story.record
    document = {
        "format": MANIFEST_FORMAT,
        "program": "trainsched",
        "verb": verb,
        "version": story.program_version,
        "input_file": record.input_file or None,
        "input_sha256": record.input_sha256 or None,
        "settings": {
            "time_limit_seconds": record.time_limit_seconds,
            "seed": record.seed,
            "workers": record.workers,
            "stopped_early": record.stopped_early,
        },
        "seed": record.seed,
        "assumptions": [value.model_dump(mode="json") for value in story.assumptions],
        "library_versions": library_versions(),
        "times": {
            "seconds": round(record.seconds, 3),
            "deterministic_time": round(record.deterministic_time, 6),
        },
        "checker": {"verdict": "passed"},
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _one_of_many(making: Path, name: str, plan: Plan) -> None:
    (making / PLANS).mkdir(exist_ok=True)
    _text(making / PLANS / name, plan.to_json())


def _text(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
