"""The project keeps its own promises: names, versions, quick start-up, nothing of one machine."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import trainsched
from trainsched.domain.rules import GoalId, RuleId

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "trainsched"
HEAVY_LIBRARIES = ("numpy", "openpyxl", "ortools", "pandas", "python_calamine", "xlsxwriter")

LIST_MODULES = """
import json, sys
from trainsched.cli import main
sys.argv = ["trainsched", *sys.argv[1:]]
try:
    code = main()
except SystemExit as stop:
    code = stop.code
print()
print(json.dumps({"code": code or 0, "modules": sorted(sys.modules)}))
"""


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_asking_for_help_loads_no_heavy_library(option: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", LIST_MODULES, option],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["code"] == 0
    assert [name for name in HEAVY_LIBRARIES if name in seen["modules"]] == []


def formulation_headings() -> set[str]:
    """The names in the headings of the formulation, whatever stands around them."""
    text = (ROOT / "models" / "formulation.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.*)$", text, flags=re.MULTILINE)
    return {word for heading in headings for word in re.findall(r"[a-z_]+", heading)}


@pytest.mark.parametrize("rule", list(RuleId), ids=str)
def test_every_rule_has_its_files_and_its_heading(rule: RuleId) -> None:
    files = (
        PACKAGE / "planning" / "rules" / f"{rule}.py",
        PACKAGE / "checker" / "rules" / f"{rule}.py",
        ROOT / "tests" / "rules" / f"test_{rule}.py",
    )
    assert [str(file.relative_to(ROOT)) for file in files if not file.is_file()] == []
    assert str(rule) in formulation_headings()


@pytest.mark.parametrize("goal", list(GoalId), ids=str)
def test_every_goal_has_its_files_and_its_heading(goal: GoalId) -> None:
    files = (
        PACKAGE / "planning" / "goals" / f"{goal}.py",
        PACKAGE / "checker" / "goals" / f"{goal}.py",
    )
    assert [str(file.relative_to(ROOT)) for file in files if not file.is_file()] == []
    assert str(goal) in formulation_headings()


@pytest.mark.parametrize(
    "room", ["planning/rules", "planning/goals", "checker/rules", "checker/goals"]
)
def test_no_rule_or_goal_file_is_without_a_name(room: str) -> None:
    names = set(RuleId) if room.endswith("rules") else set(GoalId)
    files = {file.stem for file in (PACKAGE / room).glob("*.py") if file.stem != "__init__"}
    assert files - names == set()


def project_version() -> str:
    with (ROOT / "pyproject.toml").open("rb") as file:
        version: str = tomllib.load(file)["project"]["version"]
    return version


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    versions = re.findall(r"^## \[([^\]]+)\]", text, flags=re.MULTILINE)
    assert versions[0] == project_version()


def test_the_citation_names_this_version() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {project_version()}\n" in text


def test_the_package_and_the_command_tell_this_version() -> None:
    assert trainsched.__version__ == project_version()
    done = subprocess.run(
        [sys.executable, "-m", "trainsched", "--version"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert project_version() in done.stdout


def project_files() -> list[Path]:
    """Every file of the project, without what the set-up and the tools make."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    names = [name for name in listed.stdout.decode("utf-8").split("\0") if name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


# Home folders, temporary folders and this very checkout: true of one machine only.
MACHINE_PATH = re.compile(
    r"(?<![\w.~])/(?:home|root|Users|work|mnt|opt)/[\w.-]+|[A-Z]:\\Users\\\w+|file:///\w"
)


def test_no_file_names_a_place_on_one_machine() -> None:
    found = []
    for file in project_files():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if match := MACHINE_PATH.search(text):
            found.append(f"{file.relative_to(ROOT)}: {match.group()}")
        if len(ROOT.parts) > 2 and str(ROOT) in text:
            found.append(f"{file.relative_to(ROOT)}: {ROOT}")
    assert found == []


def test_the_lock_file_names_no_package_index() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    options = [line for line in text.splitlines() if line.startswith("--")]
    assert options == []
    assert "://" not in text


def test_every_dependency_has_a_lower_and_an_upper_bound() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    # Time zone data is dated, not versioned: newer is always right.
    unbounded = [
        requirement
        for requirement in project["dependencies"]
        if not requirement.startswith("tzdata") and not (">=" in requirement and "<" in requirement)
    ]
    assert unbounded == []
