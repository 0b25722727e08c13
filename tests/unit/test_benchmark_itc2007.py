"""ITC-2007 instances become workbooks that say the same; the judge of its rules judges right."""

from pathlib import Path

import pytest

from scripts.benchmark.itc2007_instance import (
    Instance,
    Lecture,
    hard_faults,
    in_rooms,
    read_instance,
)
from scripts.benchmark.itc2007_workbook import (
    curricula_as_trainees,
    faults_of_plan,
    workbook_tables,
)
from trainsched import workbook
from trainsched.checker import check
from trainsched.domain.organisation import Organisation
from trainsched.planning import plan_training
from trainsched.workbook.write import write_workbook

TINY = """\
Name: Tiny
Courses: 4
Rooms: 2
Days: 2
Periods_per_day: 2
Curricula: 3
Constraints: 2

COURSES:
maths ann 2 2 30
physics ann 1 1 20
safety bea 2 1 10
history cyd 3 2 5

ROOMS:
large\t40
low 12

CURRICULA:
q0  2 maths safety
q1  1 maths
q2  2 physics safety

UNAVAILABILITY_CONSTRAINTS:
history 0 0
maths 1 1

END.
"""


@pytest.fixture
def tiny(tmp_path: Path) -> Instance:
    path = tmp_path / "tiny.ctt"
    # The files of the competition have a blank at the end of every line.
    path.write_text(TINY.replace("\n", " \n"), encoding="ascii")
    return read_instance(path)


@pytest.fixture
def organisation(tiny: Instance, tmp_path: Path) -> Organisation:
    path = tmp_path / "tiny.xlsx"
    write_workbook(path, workbook_tables(tiny))
    return workbook.load(path).facts()


def good_timetable(tiny: Instance) -> list[Lecture]:
    # Ann and everybody of q0 and q2 are one at a time: maths, safety, physics fill the four times.
    times = [("maths", 0, 0), ("maths", 1, 0), ("safety", 0, 1), ("physics", 1, 1)]
    times += [("history", 0, 1), ("history", 1, 0), ("history", 1, 1)]
    return in_rooms(tiny, times)


def test_the_file_is_read_whole(tiny: Instance) -> None:
    assert (tiny.days, tiny.periods_per_day, tiny.lectures) == (2, 2, 8)
    assert tiny.rooms == {"large": 40, "low": 12}
    assert tiny.curricula["q2"] == ("physics", "safety")
    assert tiny.unavailable == {("history", 0, 0), ("maths", 1, 1)}


def test_a_file_that_ends_too_soon_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "short.ctt"
    path.write_text(TINY.replace("q1  1 maths\n", ""), encoding="ascii")
    with pytest.raises(ValueError, match="ends before"):
        read_instance(path)


def test_a_curriculum_within_another_needs_no_trainee(tiny: Instance) -> None:
    # q1 lies within q0; history is in no curriculum, and somebody must attend it.
    assert curricula_as_trainees(tiny) == {
        "q0": {"maths", "safety"},
        "q2": {"physics", "safety"},
        "only history": {"history"},
    }


def test_the_workbook_says_what_the_instance_says(organisation: Organisation) -> None:
    required = {
        (need.trainee_id, need.activity): need.timing.sessions for need in organisation.requirements
    }
    assert required == {
        ("q0", "maths"): 2,
        ("q0", "safety"): 2,
        ("q2", "physics"): 1,
        ("q2", "safety"): 2,
        ("only history", "history"): 3,
    }
    assert organisation.activity_by_code["physics"].staff == ("ann",)
    assert all(activity.together for activity in organisation.activities)
    rooms = [row for row in organisation.equipment if row.item == "room"]
    assert [row.capacity for row in rooms] == [2]


def test_the_planner_places_all_that_can_be(tiny: Instance, organisation: Organisation) -> None:
    plan = plan_training(organisation, workers=1).plan
    assert check(organisation, plan) == []
    # Two lectures of safety and one of physics: q2 has three; q0 four; four times in all. Ann has
    # three. Rooms: two a time, eight lectures in four times. Only that safety and maths, safety and
    # physics, maths and physics are apart makes five lectures for four times: one cannot be placed.
    assert len(plan.sessions) == 7
    assert len(faults_of_plan(tiny, plan)) == 1


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("history", 0, 0), "not available"),
        (("safety", 0, 0), "one curriculum"),
        (("physics", 0, 0), "one teacher"),
        (("maths", 0, 0), "two lectures of one course"),
        (("safety", 2, 0), "outside the week"),
    ],
)
def test_the_judge_finds_what_is_wrong(
    tiny: Instance, wrong: tuple[str, int, int], words: str
) -> None:
    fine = " ".join(hard_faults(tiny, good_timetable(tiny)))
    assert fine == "safety has 1 of 2 lectures."
    times = [(lecture.course, lecture.day, lecture.period) for lecture in good_timetable(tiny)]
    assert words in " ".join(hard_faults(tiny, in_rooms(tiny, [*times, wrong])))


def test_the_judge_finds_too_few_rooms(tiny: Instance) -> None:
    times = [("maths", 0, 1), ("safety", 0, 1), ("history", 0, 1)]
    lectures = in_rooms(tiny, times)
    assert [lecture.room for lecture in lectures] == ["large", "low", "low"]
    assert any("one room" in fault for fault in hard_faults(tiny, lectures))
