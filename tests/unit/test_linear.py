"""Bounds by linear relaxation hold whatever the solver says, and so do the numbers they lead to."""

import random

import pytest
from ortools.sat.python import cp_model

from trainsched.expansion.climbing import largest, most_without_lack
from trainsched.expansion.linear import Relaxation
from trainsched.planning.crowd import Crowd, newcomers_among, number_in

FACTORS = (-3, -2, -1, 1, 2, 5)


def random_model(seed: int) -> tuple[cp_model.CpModel, dict[int, int]]:
    """A small model with rows of every kind, and an objective."""
    chance = random.Random(seed)
    model = cp_model.CpModel()
    literals = [model.new_bool_var("") for _ in range(5)]
    numbers = [model.new_int_var(-2, 4, "") for _ in range(3)]
    variables = [*literals, *numbers]

    def either(literal: cp_model.IntVar) -> cp_model.BoolVarT:
        return literal if chance.random() < 0.6 else ~literal

    for _ in range(3):
        chosen = chance.sample(variables, 4)
        total = sum(chance.choice(FACTORS) * variable for variable in chosen)
        model.add(total <= chance.randint(-2, 8))
    model.add(sum(chance.sample(variables, 3)) >= chance.randint(-4, 2))
    model.add_at_most_one(either(literal) for literal in chance.sample(literals, 3))
    model.add_bool_or([either(literal) for literal in chance.sample(literals, 2)])
    model.add_implication(either(literals[0]), either(literals[1]))
    model.add(numbers[0] + numbers[1] <= 3).only_enforce_if(either(literals[2]))
    if chance.random() < 0.5:
        model.add_exactly_one(either(literal) for literal in literals[2:])
    return model, {variable.index: chance.choice(FACTORS) for variable in variables}


def least(model: cp_model.CpModel, objective: dict[int, int], fixed: dict[int, int]) -> int | None:
    """The truth, by search; None where nothing fits."""
    asked = model.clone()
    for index, value in fixed.items():
        asked.add(asked.get_int_var_from_proto_index(index) == value)
    asked.minimize(
        sum(
            factor * asked.get_int_var_from_proto_index(index)
            for index, factor in objective.items()
        )
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    if solver.solve(asked) != cp_model.OPTIMAL:
        return None
    return round(solver.objective_value)


@pytest.mark.parametrize("seed", range(60))
def test_a_bound_is_never_above_the_truth(seed: int) -> None:
    model, objective = random_model(seed)
    relaxation = Relaxation(model)
    chance = random.Random(seed)
    for fixed in ({}, {0: 1}, {5: chance.randint(-2, 4)}, {}):
        relaxed = relaxation.at_least(objective, fixed)
        truth = least(model, objective, fixed)
        if relaxed is not None and truth is not None:
            assert relaxed.bound <= truth


@pytest.mark.parametrize("seed", range(60))
def test_whatever_the_multipliers_what_they_prove_is_true(seed: int) -> None:
    model, objective = random_model(seed)
    truth = least(model, objective, {})
    relaxation = Relaxation(model)
    chance = random.Random(seed)
    for _ in range(20):
        multipliers = [chance.uniform(-2, 2) for _ in relaxation.rows]
        if truth is not None:
            assert relaxation.proved_by(multipliers, objective, {}) <= truth


def test_the_bound_is_the_whole_number_above_the_relaxation() -> None:
    model = cp_model.CpModel()
    numbers = [model.new_int_var(0, 9, "") for _ in range(2)]
    model.add(2 * numbers[0] + 2 * numbers[1] >= 5)
    relaxation = Relaxation(model)
    objective = {number.index: 1 for number in numbers}
    for fixed, expected in (({}, 3), ({0: 1}, 3), ({0: 4}, 4), ({}, 3)):
        relaxed = relaxation.at_least(objective, fixed)
        assert relaxed is not None
        assert relaxed.bound == expected


def test_what_cannot_be_has_no_bound() -> None:
    model = cp_model.CpModel()
    number = model.new_int_var(0, 9, "")
    model.add(number >= 5)
    relaxation = Relaxation(model)
    assert relaxation.at_least({number.index: 1}, {number.index: 3}) is None
    relaxed = relaxation.at_least({number.index: 1}, {})
    assert relaxed is not None
    assert (relaxed.bound, relaxed.values) == (5, [5.0])


@pytest.mark.parametrize("truth", range(13))
@pytest.mark.parametrize("start", [-3, 0, 1, 5, 12, 40])
def test_the_largest_number_is_found_from_anywhere(truth: int, start: int) -> None:
    asked: list[int] = []

    def holds(number: int) -> bool:
        asked.append(number)
        return number <= truth

    assert largest(holds, 0, 12, start=start) == truth
    assert len(set(asked)) == len(asked)
    assert set(asked) <= set(range(1, 13))


def test_a_likely_number_is_settled_at_once() -> None:
    asked: list[int] = []

    def holds(number: int) -> bool | None:
        asked.append(number)
        return None if number > 40 else True

    assert largest(holds, 0, 100, start=40) == 40
    assert asked == [40, 41]


@pytest.mark.parametrize("truth", [0, 1, 5, 44, 45, 88, 199, 200])
@pytest.mark.parametrize("start", [-3, 0, 1, 45, 93, 200, 400])
@pytest.mark.parametrize("each", [1, 4, 12])
def test_the_largest_number_with_which_nothing_lacks_is_found(
    truth: int, start: int, each: int
) -> None:
    asked: list[int] = []

    def lacking(number: int) -> int:
        asked.append(number)
        over = max(number - truth, 0)
        return each * over + over**2 // 40

    assert most_without_lack(lacking, 0, 200, start=start) == truth
    assert len(set(asked)) == len(asked) <= 16
    assert set(asked) <= set(range(1, 201))


def test_where_it_is_not_known_what_lacks_nothing_is_proved() -> None:
    assert most_without_lack(lambda _: None, 0, 50, start=50) == 50
    assert most_without_lack(lambda n: 133 if n > 20 else None, 0, 200, start=200) == 20


@pytest.mark.parametrize("number", range(11))
def test_newcomers_are_dealt_out_to_officers_in_turn(number: int) -> None:
    model = cp_model.CpModel()
    crowds = [Crowd(10, turn, 4) for turn in range(4)]
    newcomers = newcomers_among(model, crowds)
    assert newcomers is not None
    parts = [number_in(crowd, newcomers) for crowd in crowds]
    newcomers.add_up()
    known = newcomers.if_so_many(number)
    model.add(newcomers.number == number)
    solver = cp_model.CpSolver()
    assert solver.solve(model) == cp_model.OPTIMAL
    dealt = [0, 0, 0, 0]
    for turn in range(number):
        dealt[turn % 4] += 1
    assert [solver.value(part) for part in parts] == dealt
    assert sorted(known.values()) == sorted([number, *dealt])
