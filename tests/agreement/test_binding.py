"""What one more of each limit would let in, and what keeps a whole programme out."""

import threading
from collections.abc import Iterable
from typing import Self

import pytest

from tests.agreement.test_posts_needed import department_that_wants, inquiry
from tests.organisations import department, policy, staff
from trainsched.domain.capacity import NOT_ASKED
from trainsched.domain.curriculum import CurriculumRow, Timing
from trainsched.domain.organisation import Organisation
from trainsched.expansion import side_by_side
from trainsched.expansion.binding import limits_in_question, worth_of_one_more
from trainsched.expansion.memory import Memory
from trainsched.expansion.questions import Asker
from trainsched.expansion.side_by_side import hosting_limits
from trainsched.planning.crew import MemberGoneError
from trainsched.planning.engine import Engine

ONE_QA = (CurriculumRow(programme="STP", activity="QA", timing=Timing(sessions=1)),)


def gains(facts: Organisation) -> dict[tuple[str, str], int]:
    found = inquiry(facts).capacity().capacity.binding_limits
    return {(b.limit, b.detail): b.value_of_one_more for b in found}


def test_a_holder_more_and_a_session_more_a_week_let_starters_in() -> None:
    # S1 gives one session a week, which is the one starter's; two others may not train.
    facts = department_that_wants(
        1,
        curriculum=ONE_QA,
        staff=(
            staff("S1", competences=("qa",)),
            staff("S2", competences=("qa",), trains=False),
            staff("S3", competences=("qa",), max_training_per_week=0),
        ),
    )
    assert gains(facts) == {
        ("trainer time", "D, STP: one more whole-time holder of qa"): 1,
        (
            "supervision limits",
            "D, STP: one more training session a week for each holder of qa",
        ): 1,
    }


def test_more_than_three_starters_are_counted() -> None:
    # There are four slots in the two days, and a holder may give five sessions.
    facts = department_that_wants(1, curriculum=ONE_QA, policy=policy(max_training_per_week=5))
    words = "D, STP: one more whole-time holder of qa"
    assert gains(facts)["trainer time", words] == 4


def test_a_department_that_is_not_accredited_could_host_starters() -> None:
    facts = department_that_wants(
        1,
        curriculum=ONE_QA,
        departments=(department().model_copy(update={"accredited_for": ("HSST",)}),),
    )
    assert gains(facts) == {("accreditation", "D, STP: accredited for the programme"): 1}


def asker(stop: threading.Event | None = None) -> Asker:
    return Asker(Engine(0, 2, float("inf"), stop=stop), Memory())


def quietly(_: str) -> None:
    pass


def test_what_the_clock_left_unasked_is_listed_as_not_asked() -> None:
    facts = department_that_wants(1, curriculum=ONE_QA)
    ((limit,),) = limits_in_question(facts, hosting_limits(facts, asker(), None, quietly))
    asked = {b.detail for b in worth_of_one_more(facts, asker(), limit, quietly)}
    stop = threading.Event()
    stop.set()
    unasked = worth_of_one_more(facts, asker(stop), limit, quietly)
    assert unasked
    assert not any(b.was_asked for b in unasked)
    assert all(b.value_of_one_more == 0 for b in unasked)
    assert asked <= {b.detail.removesuffix(NOT_ASKED) for b in unasked}


def test_the_task_of_a_process_that_was_ended_is_done_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Crew:
        """All of its processes are ended at once."""

        def __init__(self, members: int) -> None:
            assert members == 2

        def __enter__(self) -> Self:
            return self

        def __exit__(self, *_: object) -> None: ...

        def run(self, errands: Iterable[object], **_: object) -> list[Exception]:
            return [MemberGoneError("ended") for _ in errands]

    facts = department_that_wants(1, curriculum=ONE_QA)
    alone = hosting_limits(facts, asker(), None, quietly)
    monkeypatch.setattr(side_by_side, "FEWEST_TRAINEES_FOR_A_CREW", 0)
    monkeypatch.setattr(side_by_side, "Crew", Crew)
    assert hosting_limits(facts, asker(), None, quietly) == alone
