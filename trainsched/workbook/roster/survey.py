"""One look through a roster sheet of nobody known: its dates, and the names in or beside it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import NamedTuple

from trainsched.domain.calendar import PlanCalendar
from trainsched.workbook.cells.clues import clue_of, context_of
from trainsched.workbook.cells.days import period_or_none, weekday_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.grid import Grid
from trainsched.workbook.names import key_of
from trainsched.workbook.roster.block import Block
from trainsched.workbook.roster.codebook import CodeBook
from trainsched.workbook.roster.heading_rows import is_plain
from trainsched.workbook.roster.headings import Headings
from trainsched.workbook.roster.row_labels import (
    ends_the_grid,
    is_entry_label,
    is_label,
    is_total,
)
from trainsched.workbook.roster.view import View, view_of
from trainsched.workbook.written_names import is_placeholder, name_cell, split_names

_CELLS_JUDGED = 400
_LONGEST_NAME = 60
_HEADINGS_TRIED = 12
_PARTICLES = frozenset({"de", "da", "di", "del", "van", "von", "der", "den", "la", "le", "el", "al",
                        "bin", "bint", "ap", "y", "dos"})  # fmt: skip
_NAME_WORD = re.compile(r"(?:[^\W\d_]|['’.-])+\d{0,2}[.,]?")
_TITLED = re.compile(
    r"(?:name|person|staff member|employee|rota (?:for|of)|roster (?:for|of))\s*:?\s+(\S.*)",
    re.IGNORECASE,
)
_NAME_HEADINGS = frozenset(
    key_of(word)
    for word in ("name", "names", "person", "staff", "staff name", "full name", "employee",
                 "staff member", "trainee", "trainee name", "doctor", "physicist")
)  # fmt: skip
_DUTY_HEADINGS = frozenset(
    key_of(word)
    for word in ("duty", "duties", "role", "shift", "task", "activity", "area", "machine", "room",
                 "location", "site", "band", "grade", "job", "post", "wte")
)  # fmt: skip
_FIRST_NAMES = frozenset(
    key_of(word) for word in ("first name", "forename", "forenames", "given name", "first")
)
_SURNAMES = frozenset(key_of(word) for word in ("surname", "last name", "family name", "last"))
_NO_NAMES = frozenset({"sheet", "roster", "rota", "week", "month", "page", "copy", "final", "draft",
                       "version", "call", "duty", "clinic", "team", "site", "hospital",
                       "department", "ward", "band", "grade"})  # fmt: skip


class Found(NamedTuple):
    """The names and dates of a sheet."""

    names: list[str]
    days: set[date]


def looks_like_a_name(text: str) -> bool:
    """Whether a text may be somebody's name: one to four words in capitals or with one each."""
    words = text.split()
    if not 1 <= len(words) <= 4 or len(text) > _LONGEST_NAME:
        return False
    if sum(letter.isalpha() for letter in text) < 2:
        return False
    return all(
        _NAME_WORD.fullmatch(word) and (word[0].isupper() or word.casefold() in _PARTICLES)
        for word in words
    ) and _NO_NAMES.isdisjoint(word.casefold().strip(".,") for word in words)  # fmt: skip


def bare_name(text: str) -> str:
    """The name in a cell without what is written beside it."""
    return name_cell(text).name or text


def _may_be_a_heading(view: View, row: int) -> bool:
    """Whether any of the first cells beside its label says something of a date or a weekday."""
    cells = list(view.cells(row).items())
    for column, value in cells[1:_HEADINGS_TRIED] or cells:
        if view.clue(row, column) is not None:
            return True
        if isinstance(value, str) and (
            any(letter.isdigit() for letter in value) or weekday_or_none(value.split(" ", 1)[0])
        ):
            return True
    return False


def _is_numbered(view: View, block: Block) -> bool:
    """Whether the headings of a grid are bare numbers."""
    clues = [view.clue(block.primary, column) for column in block.data_columns]
    return all(clue is None or is_plain(clue) for clue in clues)


@dataclass
class _Row:
    """A row under headings: what stands beside the dates, and under them."""

    number: int
    labels: dict[int, str]
    inside: list[object]


@dataclass
class Survey:
    """One look through a sheet: its grids, and the names in or beside them."""

    grid: Grid
    calendar: PlanCalendar
    codes: CodeBook
    days: set[date] = field(default_factory=set)
    names: list[str] = field(default_factory=list)

    def read(self) -> Found:
        """All names and dates of the sheet."""
        view = view_of(self.grid)
        headings = Headings(view, self.calendar, lambda _: False)
        blocks: list[Block] = []
        above: list[int] = []
        rows: list[_Row] = []
        data: set[int] = set()
        ended = False
        for row in view.row_numbers:
            if blocks and row < blocks[0].first_row:
                continue
            cells = view.cells(row)
            opened = [] if blocks and not _may_be_a_heading(view, row) else (
                headings.blocks_at(row, above[-8:])
            )  # fmt: skip
            if opened and not self._is_data(view, row, opened, blocks):
                self._judge(view, blocks, rows)
                blocks, above, rows, ended = opened, [], [], False
                data = {column for block in blocks for column in block.data_columns}
                self.days |= {one.date for block in blocks for one in block.columns}
                continue
            above.append(row)
            ended = ended or (bool(blocks) and ends_the_grid(cells))
            if blocks and not ended and not is_total(next(iter(cells.values()))):
                labels = {c: text_of(v) for c, v in cells.items() if c not in data}
                inside = [v for c, v in cells.items() if c in data]
                rows.append(_Row(row, labels, inside))
        self._judge(view, blocks, rows)
        return Found(self.names, self.days)

    @staticmethod
    def _is_data(view: View, row: int, opened: Sequence[Block], blocks: Sequence[Block]) -> bool:
        """Whether numbers or times that look like days are codes, under dates already open."""
        cells = view.cells(row)
        if not blocks or opened[0].primary != row:
            return False
        if not looks_like_a_name(text_of(next(iter(cells.values())))):
            return False
        under = [column for block in blocks for column in block.data_columns if column in cells]
        dated = sum(len(block.data_columns) + len(block.lost) for block in opened)
        return 2 * dated < len(under) or (
            _is_numbered(view, opened[0]) and not _is_numbered(view, blocks[0])
        )

    def _judge(self, view: View, blocks: Sequence[Block], rows: Sequence[_Row]) -> None:
        """Tell whether names stand beside the grid or in it, and take them."""
        if not blocks or not any(row.inside for row in rows):
            return
        self._join_names(view, blocks, rows)
        columns = self._name_columns(view, blocks, rows)
        beside = [row.labels[c] for row in rows for c in columns if c in row.labels]
        values = islice((value for row in rows for value in row.inside), _CELLS_JUDGED)
        texts = [text_of(value) for value in values]
        understood = sum(not self.codes.read(text).trouble for text in texts)
        in_codes = 2 * understood >= len(texts)
        if columns and (in_codes or self._are_names(beside) >= self._are_names(texts)):
            for row in rows:
                for column in columns:
                    self._take_label(row, column)
        elif not columns and in_codes:
            self._take_title(view, blocks[0])
        else:
            for row in rows:
                self._take_inside(row, labelled=bool(row.labels))

    @staticmethod
    def _heads(view: View, blocks: Sequence[Block], column: int) -> set[str]:
        """The headings of a column, in normal form."""
        rows = range(blocks[0].first_heading, blocks[0].first_row)
        return {key_of(text_of(view.cells(row).get(column, ""))) for row in rows}

    def _join_names(self, view: View, blocks: Sequence[Block], rows: Sequence[_Row]) -> None:
        """Put first names and surnames from columns of their own together."""
        columns = {column for row in rows for column in row.labels}
        first = [c for c in columns if self._heads(view, blocks, c) & _FIRST_NAMES]
        last = [c for c in columns if self._heads(view, blocks, c) & _SURNAMES]
        if not first or not last:
            return
        for row in rows:
            if first[0] in row.labels and last[0] in row.labels:
                row.labels[first[0]] += f" {row.labels.pop(last[0])}"

    def _name_columns(self, view: View, blocks: Sequence[Block], rows: Sequence[_Row]) -> list[int]:
        """The column whose texts are most like names and least repeated, and such columns between
        dates, beside which another grid begins.
        """
        best, found = (0.0, 0.0), 0
        between: list[int] = []
        first = min(block.first_column for block in blocks)
        last = max(block.last_column for block in blocks)
        for column in sorted({c for row in rows for c in row.labels}):
            texts = [row.labels[column] for row in rows if column in row.labels and row.inside]
            texts = [text for text in texts if self._may_be_a_name(text)]
            if not texts or (column > first and len(set(texts)) < 2):
                continue
            likeness = self._are_names(texts)
            if first < column < last and likeness >= 0.5:
                between.append(column)
                continue
            heads = self._heads(view, blocks, column)
            if heads & _DUTY_HEADINGS:
                continue
            named = bool(heads & _NAME_HEADINGS)
            score = ((10.0 if named else len(set(texts)) ** 0.5) * (0.2 + likeness), likeness)
            if score > best:
                best, found = score, column
        return [found, *between] if found else between

    def _may_be_a_name(self, text: str) -> bool:
        return (
            any(letter.isalpha() for letter in text)
            and len(text) <= _LONGEST_NAME
            and not is_label(text)
            and not is_entry_label(text)
            and clue_of(text) is None
            and weekday_or_none(text) is None
            and period_or_none(text, self.calendar.period_names) is None
            and not self.codes.knows(text)
        )

    @staticmethod
    def _are_names(texts: Sequence[str]) -> float:
        """The share of texts that look like names; those of several words count in full."""
        if not texts:
            return 0.0
        names = [bare_name(text) for text in texts]
        full = [1.0 if " " in name or name.istitle() else 0.5 for name in names
                if looks_like_a_name(name)]  # fmt: skip
        return sum(full) / len(names)

    def _take_label(self, row: _Row, column: int) -> None:
        text = row.labels.get(column, "")
        if self._may_be_a_name(text) and row.inside:
            if not is_placeholder(text):
                parts = [part for part in split_names(text) if len(part) > 1]
                self.names += [bare_name(part) for part in (parts if len(parts) > 1 else [text])]
        elif text and self.codes.knows(text):
            self._take_inside(row, labelled=True)

    def _take_inside(self, row: _Row, *, labelled: bool) -> None:
        """Names in the cells of a row; where nothing labels it, all its cells must be names."""
        parts = [bare_name(part) for value in row.inside for part in split_names(text_of(value))]
        named = [
            part for part in parts
            if looks_like_a_name(part) and not self.codes.knows(part) and not is_placeholder(part)
        ]  # fmt: skip
        if 2 * len(named) >= len(parts) or (labelled and named):
            self.names += named

    def _take_title(self, view: View, block: Block) -> None:
        """The one person whom a title or the sheet's name names."""
        for row in view.row_numbers:
            if row >= block.first_heading:
                break
            for value in view.cells(row).values():
                titled = _TITLED.fullmatch(text_of(value))
                if titled is not None and looks_like_a_name(bare_name(titled[1])):
                    self.names.append(bare_name(titled[1]))
                    return
        sheet = text_of(self.grid.sheet)
        if " " in sheet and looks_like_a_name(sheet) and context_of(sheet) is None:
            self.names.append(sheet)
