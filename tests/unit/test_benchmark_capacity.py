"""The table of capacity says what a run answered, and how much of it is proved."""

import trainsched
from scripts.benchmark.asking import Asked
from scripts.benchmark.capacity import made_from
from scripts.benchmark.capacity_table import CapacityTable, row_of

HOSTING = [
    {"fits": 4, "impossible_from": 5},
    {"fits": 2, "impossible_from": 4},
    {"fits": 1, "impossible_from": None},
]
TARGETS = [{"intake": 3, "hosted": 3}, {"intake": 2, "hosted": 1}]


def asked(document: dict[str, object]) -> Asked:
    return Asked(document, seconds=12.34, cpu_seconds=20.0, peak_megabytes=300)


def test_limits_and_costs_are_summed_up() -> None:
    document = {
        "hosting": HOSTING,
        "targets": TARGETS,
        "annual_cost": {"value": 32_000, "bound": 30_000, "status": "best found"},
    }
    row = row_of("medium", "capacity", 60.0, asked(document))
    text = CapacityTable().text([row])
    assert "| 1 of 3 | 6 / 7 / 1 | 4 of 5 | 32000 (30000) |" in text
    assert "| 60 | 12.3 / 20.0 | 300 |" in text


def test_a_cost_that_is_proved_least_stands_alone() -> None:
    money = {"value": 0, "bound": 0, "status": "proved best"}
    row = row_of("x", "capacity", None, asked({"targets": TARGETS, "annual_cost": money}))
    assert "| none |" in CapacityTable().text([row])
    assert "| 4 of 5 | 0 |  |" in CapacityTable().text([row])


def test_points_of_a_frontier_are_counted() -> None:
    points = [{"status": "proved best"}, {"status": "best found"}]
    row = row_of("x", "fund --frontier", None, asked({"points": points, "is_complete": False}))
    assert "| 1 of 2, not complete |" in CapacityTable().text([row])


def test_starters_are_added_to_an_example(tmp_path) -> None:
    made = made_from("small+2", tmp_path)
    assert made.stem == "small-and-2"
    assert made.exists()
    assert made_from("small", tmp_path).stem == "small"


def test_tasks_become_a_workbook_whose_cost_is_the_number_of_posts(tmp_path) -> None:
    # Two tasks at once and a third after: two of the three workers, one of whom does two tasks.
    tasks = ("0 10", "5 15", "20 30")
    able = ("2 : 0 2", "2 : 1 2", "1 : 2")
    lines = ("Type = 1", "Jobs = 3", *tasks, "Qualifications = 3", *able)
    instance = tmp_path / "tiny.dat"
    instance.write_text("\n".join(lines), encoding="utf-8")
    workbook = made_from(str(instance), tmp_path)
    answer = trainsched.capacity(trainsched.read_workbook(workbook))
    assert (answer.annual_cost.value, answer.annual_cost.bound) == (2, 2)
    money = answer.annual_cost.model_dump(mode="json")
    text = CapacityTable().text([row_of("tiny", "capacity", None, asked({"annual_cost": money}))])
    assert "|  | 2 |  |" in text


def test_what_costs_nothing_because_nothing_is_wanted_is_left_out() -> None:
    money = {"value": 0, "bound": 0, "status": "proved best"}
    row = row_of("x", "capacity", None, asked({"annual_cost": money}))
    assert row["annual_cost"] == ""
