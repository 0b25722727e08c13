"""manifest.json: the record of a run, enough to repeat it. It holds ids at most, no names."""

import json
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from trainsched.domain.duties import Priority
from trainsched.domain.news import Absence, News, PinGivenWay
from trainsched.domain.plan import Plan
from trainsched.domain.policy import DeclaredValue
from trainsched.domain.rules import RuleId
from trainsched.reports.background import Background, Demand

MANIFEST_FORMAT = "trainsched-manifest/1"
LIBRARIES = (
    *("ortools", "pandas", "openpyxl", "python-calamine", "xlsxwriter"),
    *("pydantic", "rich", "typer", "rapidfuzz", "holidays", "icalendar"),
)


@dataclass(frozen=True, slots=True)
class ReplanRecord:
    """What a replan began with: the fingerprint of the earlier plan.json, and the news."""

    earlier_sha256: str
    news: News


@dataclass(frozen=True, slots=True)
class RunRecord:
    """How a plan was made. Times are in seconds of the clock, so they differ from run to run."""

    input_file: str = ""
    input_sha256: str = ""
    mapping_file: str = ""
    mapping_sha256: str = ""
    time_limit_seconds: float | None = None
    seed: int = 0
    workers: int | None = None
    stopped_early: bool = False
    robust: bool = False
    """Whether standbys were asked for."""
    seconds: float = 0.0
    seconds_by_step: Mapping[str, float] = field(default_factory=dict)
    deterministic_time: float = 0.0
    replan: ReplanRecord | None = None


def manifest_text(plan: Plan, background: Background, record: RunRecord) -> str:
    """The text of manifest.json."""
    document = {
        "format": MANIFEST_FORMAT,
        "program": "trainsched",
        "version": background.program_version,
        "input_file": record.input_file or None,
        "input_sha256": record.input_sha256 or None,
        "mapping_file": record.mapping_file or None,
        "mapping_sha256": record.mapping_sha256 or None,
        "plan_sha256": sha256(plan.to_json().encode()).hexdigest(),
        "settings": {
            "time_limit_seconds": record.time_limit_seconds,
            "seed": record.seed,
            "workers": record.workers,
            "stopped_early": record.stopped_early,
            "robust": record.robust,
        },
        "seed": record.seed,
        "replan": None if record.replan is None else replan_document(record.replan),
        "policy": {
            "name": background.policy_name,
            "values": [value.model_dump(mode="json") for value in background.assumptions],
        },
        "library_versions": library_versions(),
        "goals": [
            {
                "name": goal.name,
                "value": goal.value,
                "bound": goal.bound,
                "gap": goal.gap,
                "status": goal.status,
            }
            for goal in plan.goals
        ],
        "training": [asdict(demand) for demand in background.demand],
        "times": {
            "seconds": round(record.seconds, 3),
            "seconds_by_step": {
                step: round(seconds, 3) for step, seconds in record.seconds_by_step.items()
            },
            "deterministic_time": round(record.deterministic_time, 6),
        },
        "checker": {
            "verdict": "passed" if background.checked else "not checked",
            "sessions": len(plan.sessions),
            "duty_slots": len(plan.cover),
            "rules": [str(rule) for rule in RuleId],
        },
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def replan_document(record: ReplanRecord) -> dict[str, Any]:
    """What a replan began with. Who was away when, never why."""
    until = record.news.locked_until
    return {
        "earlier_plan_sha256": record.earlier_sha256,
        "locked_until": None if until is None else until.isoformat(),
        "absent": [
            {
                "person": absence.person_id,
                "from": absence.first_date.isoformat(),
                "to": absence.last_date.isoformat(),
            }
            for absence in record.news.absences
        ],
        "pins_given_way": [pin.model_dump(mode="json") for pin in record.news.pins_given_way],
    }


def news_from_manifest(document: Mapping[str, Any]) -> News | None:
    """The news of a replan; None for another run. Raises KeyError, TypeError, ValueError."""
    replan = document.get("replan")
    if replan is None:
        return None
    until = replan["locked_until"]
    return News(
        locked_until=None if until is None else date.fromisoformat(until),
        absences=tuple(
            Absence(
                person_id=str(absence["person"]),
                first_date=date.fromisoformat(absence["from"]),
                last_date=date.fromisoformat(absence["to"]),
            )
            for absence in replan["absent"]
        ),
        pins_given_way=tuple(
            PinGivenWay.model_validate(pin) for pin in replan.get("pins_given_way", ())
        ),
    )


def library_versions() -> dict[str, str]:
    """The versions of Python and of the libraries that a plan depends on."""
    found = {"python": platform.python_version()}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "unknown"
    return found


def background_from_manifest(document: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a background that a manifest holds. Raises KeyError, TypeError, ValueError."""
    policy = document["policy"]
    return {
        "program_version": str(document["version"]),
        "input_file": str(document["input_file"] or ""),
        "policy_name": str(policy["name"]),
        "assumptions": tuple(DeclaredValue.model_validate(value) for value in policy["values"]),
        "demand": tuple(
            Demand(
                d["department"],
                Priority(d["priority"]),
                d["required"],
                d["placed"],
                d.get("least_missing"),
            )
            for d in document["training"]
        ),
        "checked": document["checker"]["verdict"] == "passed",
    }
