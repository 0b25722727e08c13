"""What one more of each limit would let in, and what keeps a whole programme out."""

from tests.agreement.test_posts_needed import department_that_wants, inquiry
from tests.organisations import department, policy, staff
from trainsched.domain.curriculum import CurriculumRow, Timing
from trainsched.domain.organisation import Organisation

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
