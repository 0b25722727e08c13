"""Runs of the real command in a process of its own, on workbooks of its own making."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]


def trainsched(
    *words: str | Path, folder: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run `python -m trainsched` and keep what it says, exit code and all."""
    kept = {k: v for k, v in os.environ.items() if k not in ("COLUMNS", "FORCE_COLOR")}
    return subprocess.run(
        [sys.executable, "-m", "trainsched", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=folder,
        check=False,
        timeout=280,
        env={**kept, "PYTHONIOENCODING": "utf-8", **environment},
    )


@pytest.fixture(scope="session")
def command() -> Run:
    """The command, as a function of its words."""
    return trainsched


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The template's small example department."""
    path = tmp_path_factory.mktemp("example") / "department.xlsx"
    done = trainsched("template", path, "--example")
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def planned(
    example: Path, tmp_path_factory: pytest.TempPathFactory
) -> subprocess.CompletedProcess[str]:
    """The planning of the example: what was said; its last word is the folder."""
    folder = tmp_path_factory.mktemp("runs") / "outputs" / "example"
    done = trainsched("plan", example, "-o", folder)
    assert done.returncode == 0, done.stderr
    assert str(folder) in done.stderr
    return done


@pytest.fixture(scope="session")
def example_run(planned: subprocess.CompletedProcess[str]) -> Path:
    """The folder of the finished run on the example."""
    return Path(planned.args[planned.args.index("-o") + 1])


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny generated organisation."""
    path = tmp_path_factory.mktemp("generated") / "tiny.xlsx"
    words = ("--departments", "1", "--trainees", "2", "--weeks", "2", "--seed", "5")
    done = trainsched("generate", path, *words)
    assert done.returncode == 0, done.stderr
    return path
