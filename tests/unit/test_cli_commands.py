import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import trainsched
from trainsched.cli import main
from trainsched.cli.app import app
from trainsched.cli.endings import ExitCode
from trainsched.cli.interrupt import run_until_stopped

VERBS = [command.name or "" for command in app.registered_commands]


def test_the_verbs_of_the_contract_are_there() -> None:
    assert {"template", "plan", "replan", "verify", "report", "generate"} <= set(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_shows_an_example_of_itself(
    verb: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([verb, "--help"]) == ExitCode.DONE
    text = capsys.readouterr().out
    assert "Example" in text
    assert f"  trainsched {verb} " in text
    assert max(len(line) for line in text.splitlines()) <= 80


@pytest.mark.parametrize("words", [["--version"], ["plan", "--version"]])
def test_the_version_is_told(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == ExitCode.DONE
    assert capsys.readouterr().out == f"trainsched {trainsched.__version__}\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([], "Usage: trainsched"),
        (["pln"], "Did you mean 'plan'"),
        (["plan"], "Missing argument 'WORKBOOK'"),
        (["plan", "x.xlsx", "--tim-limit", "3"], "--time-limit"),
        (["plan", "x.xlsx", "--time-limit", "0"], "--time-limit"),
        (["plan", "x.xlsx", "--workers", "0"], "--workers"),
        (["plan", "x.xlsx", "--seed", "one"], "--seed"),
        (["replan", "x.xlsx"], "Missing option '--from'"),
        (["replan", "x.xlsx", "--from", "y", "--absent", "S1"], "--absent"),
        (["replan", "x", "--from", "y", "--absent", "S1", "soon", "1/3/2027"], "not a date"),
        (["replan", "x", "--from", "y", "--locked-until", "31/2/2027"], "not a date"),
        (["report", "x", "--department", "RT", "--person", "S1"], "not both"),
    ],
)
def test_a_command_typed_wrongly_ends_with_4_and_says_why(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == ExitCode.BAD_COMMAND
    spoken = capsys.readouterr()
    assert said in spoken.err
    assert spoken.out == ""


@pytest.mark.parametrize("verb", ["template", "generate"])
def test_a_file_that_is_there_is_left_alone(
    verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = tmp_path / "mine.xlsx"
    there.write_text("precious", encoding="utf-8")
    assert main([verb, str(there)]) == ExitCode.BAD_COMMAND
    assert "--force" in capsys.readouterr().err
    assert there.read_text(encoding="utf-8") == "precious"


def test_a_report_of_nothing_is_an_input_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(tmp_path / "none")]) == ExitCode.INPUT_ERRORS
    assert "no finished run" in capsys.readouterr().err


def test_a_damaged_plan_is_refused_as_a_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "plan.json").write_text('{"format": "trainsched-plan/1"}', encoding="utf-8")
    assert main(["report", str(tmp_path), "--json"]) == ExitCode.INPUT_ERRORS
    document = json.loads(capsys.readouterr().out)
    assert document["format"] == "trainsched-problems/1"
    assert document["ok"] is False
    assert "damaged at organisation" in document["problems"][0]["problem"]


def fail() -> None:
    raise RuntimeError("the sky fell")


@pytest.mark.parametrize("debug", [False, True])
def test_a_fault_of_ours_is_one_sentence_unless_asked(
    *, debug: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("trainsched.reports.run_folder.read_run", lambda folder: fail())
    words = ["report", "x", *(["--debug"] if debug else [])]
    assert main(words) == ExitCode.INTERNAL_ERROR
    said = capsys.readouterr().err
    assert "the sky fell" in said
    assert ("Traceback" in said) == debug


def test_importing_the_package_loads_nothing_heavy() -> None:
    code = (
        "import sys, trainsched\n"
        "heavy = {'ortools', 'pandas', 'openpyxl', 'pydantic', 'xlsxwriter', 'rich', 'typer'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert done.stdout.strip() == "[]"


def test_every_public_name_can_be_loaded() -> None:
    assert [name for name in trainsched.__all__ if getattr(trainsched, name) is None] == []
    assert set(trainsched.__all__) <= set(dir(trainsched))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = trainsched.nonsense


def test_work_hands_back_its_result_or_its_failure() -> None:
    assert run_until_stopped(lambda stop: 7, print) == 7
    with pytest.raises(RuntimeError, match="the sky fell"):
        run_until_stopped(lambda stop: fail(), print)


@pytest.mark.skipif(sys.platform == "win32", reason="signals to oneself are for other systems")
def test_one_interrupt_stops_the_work_and_keeps_its_result() -> None:
    said: list[str] = []

    def work(stop: threading.Event) -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return "kept" if stop.wait(timeout=30) else "never stopped"

    assert run_until_stopped(work, said.append) == "kept"
    assert "best plan so far" in said[0]


TWICE = """
import sys, threading, time
from trainsched.cli.interrupt import run_until_stopped

def work(stop):
    print("ready", flush=True)
    stop.wait()
    print("stopping", flush=True)
    time.sleep(60)

run_until_stopped(work, lambda text: print(text, file=sys.stderr, flush=True))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="signals to oneself are for other systems")
def test_two_interrupts_end_the_program_without_a_traceback() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", TWICE],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        assert child.stdout.readline() == "ready\n"
        child.send_signal(signal.SIGINT)
        assert child.stdout.readline() == "stopping\n"
        child.send_signal(signal.SIGINT)
        assert child.wait(timeout=30) == ExitCode.ABORTED
        said = child.stderr.read()
    assert "Traceback" not in said
    assert "Stopped. Nothing was written." in said
