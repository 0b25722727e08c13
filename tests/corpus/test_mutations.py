"""Workbooks changed at random, from a seed: nothing breaks, hangs or is lost without a word."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from openpyxl.utils.cell import coordinate_from_string

from tests.corpus import (  # noqa: F401 - each adds its files to the corpus
    messy_alone,
    messy_codes,
    messy_dates,
    messy_files,
    messy_layouts,
    messy_looks,
    messy_people,
)
from tests.corpus.frame import MESSES, TODAY
from trainsched.domain.problems import Severity
from trainsched.workbook import Reading, load
from trainsched.workbook.grid import Grid
from trainsched.workbook.opening import open_file
from trainsched.workbook.reader import read_grids

SECONDS = 20
_JUNK: list[Any] = [
    *("AL", "??", "", " ", "#REF!", "=1+1", "Total", "Key", "Alma Birch", "Birch, Alma", "Vacant"),
    *("Bruno / Alma", "Mon", "AM", "7 Sep", "31/02/2026", "Sep", "w/c 7/9", "Wk 3", "\u200b"),
    *("x" * 400, "🏖", "None", "NaN", "S1", "08:30 17:00", "1/2 AL", "(((", "AL am/OC pm/SL", "-"),
    *("2026", "Name", "date", "code", "staff_id", "\n\n", "/", "((( AL )))", "Notes:", "Taken"),
    *(0, 1, 7, 31, 46272, -5, 1e300, 7.5, True, float("inf"), float("nan")),
]


def _grids(name: str, folder: Path) -> tuple[Grid, ...]:
    one = next(one for one in MESSES if one.name == name)
    return open_file(one.build(folder)).grids


def _mutated(grid: Grid, chance: random.Random) -> Grid:
    rows = {number: dict(cells) for number, cells in grid.rows.items()}
    for _ in range(chance.randint(1, 6)):
        if not rows:
            break
        row = chance.choice(sorted(rows))
        column = chance.randint(1, 9)
        kind = chance.randrange(6)
        if kind < 2:
            rows[row][column] = chance.choice(_JUNK) or "x"
        elif kind == 2:
            rows[row].pop(column, None)
        elif kind == 3:
            other = chance.choice(sorted(rows))
            rows[row], rows[other] = rows[other], rows[row]
        elif kind == 4:
            rows[max(rows) + chance.randint(1, 3)] = dict(rows[row])
        else:
            rows[row] = {number + 1: value for number, value in rows[row].items()}
    filled = {number: dict(sorted(rows[number].items())) for number in sorted(rows) if rows[number]}
    return Grid(grid.sheet, filled, hidden_rows=grid.hidden_rows, date_1904=grid.date_1904)


def check(reading: Reading, grids: tuple[Grid, ...]) -> None:
    """Rows add up, and nothing in a used row is lost."""
    for name, (read, used, reported, skipped) in reading.counts.items():
        assert read == used + reported + skipped, name
        assert min(read, used, reported, skipped) >= 0, name
    asked = {
        (p.sheet, coordinate_from_string(cell)[1])
        for p in reading.problems
        if p.severity is Severity.QUESTION
        for cell in p.cells
    }
    told = {(p.sheet, cell) for p in reading.problems for cell in p.cells}
    read_cells = {(entry.sheet, entry.cell) for entry in reading.roster_reading}
    days = {(entry.person, entry.date) for entry in reading.roster_reading}
    for grid in grids:
        mine = [entry for entry in reading.roster_reading if entry.sheet == grid.sheet]
        dates: dict[str, set[Any]] = {}
        people: dict[int, set[str]] = {}
        columns: dict[str, set[str]] = {}
        for entry in mine:
            letters, row = coordinate_from_string(entry.cell)
            dates.setdefault(letters, set()).add(entry.date)
            people.setdefault(row, set()).add(entry.person)
            columns.setdefault(entry.person, set()).add(letters)
        for entry in mine:
            letters, row = coordinate_from_string(entry.cell)
            # Of two grids side by side, the row of one may be that of somebody unknown.
            if len(dates[letters]) > 1 or len(people[row]) > 1 or (grid.sheet, row) in asked:
                continue
            for other, named in dates.items():
                cell = f"{other}{row}"
                if len(named) > 1 or _column(other) not in grid.rows.get(row, {}):
                    continue
                # Of two grids side by side, nobody's entries stand in both.
                if not any({letters, other} <= used for used in columns.values()):
                    continue
                known = (grid.sheet, cell) in told | read_cells
                assert known or (entry.person, next(iter(named))) in days, cell


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _mutate_cells(numbers: range, folder: Path) -> None:
    names = sorted(one.name for one in MESSES if not one.refused)
    opened: dict[str, tuple[Grid, ...]] = {}
    for number in numbers:
        chance = random.Random(number)
        name = chance.choice(names)
        if name not in opened:
            place = folder / name
            place.mkdir()
            opened[name] = _grids(name, place)
        grids = tuple(
            _mutated(grid, chance) if grid.sheet not in {"Departments", "Settings"}
            or chance.random() < 0.2 else grid
            for grid in opened[name]
        )  # fmt: skip
        start = monotonic()
        reading = read_grids(grids, "fellside", today=TODAY)
        assert monotonic() - start < SECONDS, f"{name} {number}"
        check(reading, grids)


def _mutate_bytes(numbers: range, folder: Path) -> None:
    whole = next(one for one in MESSES if one.name == "plain_grid").build(folder)
    content = whole.read_bytes()
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    path = folder / "changed.xlsx"
    for number in numbers:
        chance = random.Random(number)
        if chance.random() < 0.3:
            changed = bytearray(content)
            for _ in range(chance.randint(1, 20)):
                changed[chance.randrange(len(changed))] = chance.randrange(256)
            path.write_bytes(changed[: chance.randint(len(changed) // 2, len(changed))])
        else:
            name = chance.choice(sorted(parts))
            inside = bytearray(parts[name])
            for _ in range(chance.randint(1, 4)):
                at = chance.randrange(len(inside))
                inside[at : at + chance.randint(0, 9)] = bytes(
                    chance.choice(b'<>/"=019AZsrt &;') for _ in range(chance.randint(0, 5))
                )
            with zipfile.ZipFile(path, "w") as archive:
                for part, old in parts.items():
                    archive.writestr(part, bytes(inside) if part == name else old)
        start = monotonic()
        reading = load(path, today=TODAY)
        assert monotonic() - start < SECONDS, number
        for read, used, reported, skipped in reading.counts.values():
            assert read == used + reported + skipped


def test_cells_changed_at_random(tmp_path: Path) -> None:
    _mutate_cells(range(40), tmp_path)


def test_files_changed_at_random(tmp_path: Path) -> None:
    _mutate_bytes(range(12), tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_cells_changed_at_random(tmp_path: Path) -> None:
    _mutate_cells(range(1000, 2600), tmp_path)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_many_files_changed_at_random(tmp_path: Path) -> None:
    _mutate_bytes(range(1000, 1400), tmp_path)
