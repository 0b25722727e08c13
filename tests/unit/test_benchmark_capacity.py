"""The table of capacity says what a run answered, and how much of it is proved."""

from scripts.benchmark.asking import Asked
from scripts.benchmark.capacity import with_starters
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
    made = with_starters("small+2", tmp_path)
    assert made.stem == "small-and-2"
    assert made.exists()
    assert with_starters("small", tmp_path).stem == "small"
