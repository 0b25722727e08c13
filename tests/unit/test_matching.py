"""Places matched by masks stay empty exactly where people matched one by one leave them so."""

import random

from trainsched.planning.matching import Kind, Matcher, left_empty

KINDS, PEOPLE, TRIALS = 7, 9, 3_000


def some_kinds(dice: random.Random) -> list[Kind]:
    able = range(1 << dice.randint(1, PEOPLE))
    kinds = [
        (dice.randint(0, 2), dice.randint(1, 3), dice.choice(able) & dice.choice(able))
        for _ in range(dice.randint(1, KINDS))
    ]
    return sorted(kinds, key=lambda kind: kind[0])


def test_masks_and_people_leave_the_same_places_empty() -> None:
    dice = random.Random(1)
    for _ in range(TRIALS):
        kinds = some_kinds(dice)
        matcher, missing = Matcher(set(range(PEOPLE))), [0, 0, 0]
        for priority, need, mask in kinds:
            able = [person for person in range(PEOPLE) if mask >> person & 1]
            missing[priority] += need - matcher.fill(able, need)
        assert left_empty(kinds) == tuple(missing)


def test_somebody_gives_way_to_one_who_can_do_nothing_else() -> None:
    assert left_empty([(0, 1, 0b11), (0, 1, 0b01)]) == (0, 0, 0)
    assert left_empty([(0, 1, 0b11), (1, 2, 0b01)]) == (0, 1, 0)
