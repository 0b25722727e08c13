"""The planner in a process of its own: the same plans, the same refusals, and never no answer."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.organisations import (
    AM,
    MONDAY,
    PM,
    Role,
    activity,
    calendar,
    needs,
    organisation,
    staff,
    trainee,
)
from trainsched.cli.interrupt import never_lost
from trainsched.domain.curriculum import Pin
from trainsched.domain.organisation import Organisation
from trainsched.domain.problems import Place, WorkbookError
from trainsched.domain.progress import Progress
from trainsched.planning import EarlyStart, early_start, plan_training
from trainsched.planning.crew import Crew


def facts(**more: object) -> Organisation:
    """Two days, two trainees who need two sessions each of one trainer."""
    given: dict[str, object] = {
        "calendar": calendar(days=(0, 1), periods=(AM, PM)),
        "staff": (staff("S1", competences=("qa",)), staff("S2")),
        "trainees": (trainee("T1"), trainee("T2")),
        "activities": (activity("QA", roles=(Role(name="trainer", competences=("qa",)),)),),
        "training_plan": (needs("T1", "QA", sessions=2), needs("T2", "QA", sessions=2)),
        **more,
    }
    return organisation(**given)


def test_the_plan_is_the_one_that_is_made_in_place_and_progress_is_heard() -> None:
    told: list[Progress] = []
    with EarlyStart() as planner:
        elsewhere = planner.plan_training(facts(), progress=told.append)
    here = plan_training(facts())
    assert elsewhere.plan == here.plan
    assert elsewhere.least_missing == here.least_missing
    assert len(elsewhere.plan.sessions) == 4
    assert "placing sessions" in {step.message for step in told}


def test_one_process_plans_again_and_again() -> None:
    with EarlyStart() as planner:
        first = planner.plan_training(facts())
        second = planner.plan_training(facts(training_plan=(needs("T1", "QA"),)))
    assert len(first.plan.sessions) == 4
    assert len(second.plan.sessions) == 1


def test_a_pin_that_cannot_hold_is_refused_with_its_cell() -> None:
    pins = tuple(
        Pin(trainee_ids=(who,), activity="QA", date=MONDAY, period="AM", row=row)
        for row, who in enumerate(("T1", "T2"), start=2)
    )
    places = {f"pin:{row}": Place(sheet="Pins", cell=f"A{row}") for row in (2, 3)}
    with EarlyStart() as planner, pytest.raises(WorkbookError) as refusal:
        planner.plan_training(facts(pins=pins, places=places))
    assert {problem.sheet for problem in refusal.value.problems} == {"Pins"}


def test_where_the_process_is_gone_the_plan_is_made_here() -> None:
    with EarlyStart() as planner:
        assert planner._crew is not None
        (member,) = planner._crew._members
        os.kill(member._process.pid, signal.SIGTERM)
        member._process.wait()
        outcome = planner.plan_training(facts())
    assert len(outcome.plan.sessions) == 4


def test_where_no_process_may_begin_the_plan_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Crew, members: int) -> None:
        raise PermissionError("this desktop lets no program begin another")

    monkeypatch.setattr(Crew, "__init__", refuse)
    with EarlyStart() as planner:
        outcome = planner.plan_training(facts())
    assert len(outcome.plan.sessions) == 4


def test_a_large_organisation_is_planned_here_and_the_process_is_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(early_start, "MOST_REQUIREMENTS", 1)
    with EarlyStart() as planner:
        assert planner._crew is not None
        (member,) = planner._crew._members
        outcome = planner.plan_training(facts())
        assert member._process.returncode is not None
    assert len(outcome.plan.sessions) == 4


@pytest.mark.skipif(sys.platform == "win32", reason="process groups are those of Unix")
def test_ctrl_c_while_the_workbook_is_read_shows_no_traceback(tmp_path: Path) -> None:
    book = Path(__file__).parents[2] / "inputs" / "examples" / "regional.xlsx"
    command = [sys.executable, "-m", "trainsched", "plan", str(book), "-o", str(tmp_path / "run")]
    child = subprocess.Popen(
        command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert child.stderr is not None
    assert child.stderr.readline().startswith("Reading")
    os.killpg(child.pid, signal.SIGINT)  # as a terminal does: to everybody in front of it
    _, said = child.communicate(timeout=60)
    assert "Traceback" not in said
    assert "Nothing was written" in said
    assert not (tmp_path / "run").exists()


def test_a_ctrl_c_that_python_lets_fall_is_heard_a_moment_later(
    capsys: pytest.CaptureFixture[str],
) -> None:
    class Falls:
        def __del__(self) -> None:
            raise KeyboardInterrupt

    def let_one_fall() -> None:
        falling = Falls()
        del falling
        time.sleep(5)

    with never_lost(), pytest.raises(KeyboardInterrupt):
        let_one_fall()
    assert capsys.readouterr().err == ""
