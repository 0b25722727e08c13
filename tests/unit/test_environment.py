"""The set-up scripts explain themselves on a Python that cannot run the project."""

import ast
import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"


@pytest.fixture
def environment(tmp_path: Path) -> ModuleType:
    """The set-up module, made to work on an empty folder instead of the project."""
    spec = importlib.util.spec_from_file_location("environment", SCRIPTS / "environment.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.PROJECT_ROOT = tmp_path
    module.ENVIRONMENT = tmp_path / ".venv"
    module.LOCK_FILE = tmp_path / "requirements.lock"
    module.FINGERPRINT_FILE = tmp_path / ".venv" / "made-from.sha256"
    module.LOCK_FILE.write_text("one==1\n", encoding="ascii")
    return module


@pytest.mark.parametrize("name", ["environment.py", "demo.py", "test.py"])
def test_an_older_python_can_read_the_scripts_and_so_say_what_to_install(name: str) -> None:
    ast.parse((SCRIPTS / name).read_text(encoding="utf-8"), feature_version=(3, 7))


def test_an_older_python_is_told_what_to_install(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or later; this is 3\.9\.2"):
        environment.ensure_environment()
    assert not environment.ENVIRONMENT.exists()


def test_a_python_without_ensurepip_names_the_system_package(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 13, 1))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(SystemExit, match=r"sudo apt install python3\.13-venv"):
        environment.ensure_environment()
    assert not environment.ENVIRONMENT.exists()


def test_a_finished_environment_is_used_until_the_lock_file_changes(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "environment_python", lambda: Path(sys.executable))
    environment.ENVIRONMENT.mkdir()
    assert not environment._is_current(), "set-up that never finished"
    environment.FINGERPRINT_FILE.write_text(environment._fingerprint(), encoding="ascii")
    assert environment._is_current()
    environment.LOCK_FILE.write_bytes(b"one==1\r\n")
    assert environment._is_current(), "line endings mean nothing"
    environment.LOCK_FILE.write_text("one==2\n", encoding="ascii")
    assert not environment._is_current()


def test_an_environment_whose_python_has_gone_is_not_used(
    environment: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "environment_python", lambda: tmp_path / "gone")
    environment.ENVIRONMENT.mkdir()
    environment.FINGERPRINT_FILE.write_text(environment._fingerprint(), encoding="ascii")
    assert not environment._is_current()


def test_a_failing_installation_is_said_and_not_taken_for_finished(
    environment: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(environment, "run", lambda *arguments: 1)
    monkeypatch.setattr(environment.venv.EnvBuilder, "create", lambda self, folder: folder.mkdir())
    with pytest.raises(SystemExit, match="Installing stopped"):
        environment.ensure_environment()
    assert not environment.FINGERPRINT_FILE.exists()
