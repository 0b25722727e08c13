"""The heading rows of a roster grid: which columns stand for which dates and periods."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum
from typing import NamedTuple

from trainsched.domain.calendar import DAYS_IN_WEEK, PlanCalendar, monday_of
from trainsched.workbook.cells.clues import Clue, clue_of, context_of
from trainsched.workbook.cells.days import period_or_none
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.names import key_of
from trainsched.workbook.roster.sequence import date_line
from trainsched.workbook.roster.view import View, split_period

_LETTERS = frozenset("mtwfs")
_MOST_WORDS = 12
_NAMING = frozenset(
    key_of(word)
    for word in ("name", "names", "person", "id", "staff_id", "staff", "trainee_id", "trainee",
                 "employee", "staff member", "date", "dates", "day", "week", "w/c",
                 "week commencing")
)  # fmt: skip


class Kind(Enum):
    """What a row of headings holds."""

    DATES = "dates"
    WEEKDAYS = "weekdays"
    PERIODS = "periods"
    WEEKS = "weeks"
    MONTHS = "months"
    LETTERS = "letters"


class DateColumn(NamedTuple):
    """A column of a grid: its date, and its periods where it is not the whole day."""

    column: int
    date: date
    periods: tuple[str, ...] | None


@dataclass(slots=True)
class Block:
    """A grid found under its headings. ``labels`` are the columns in which people may stand.

    ``weekly``: weekdays stand in the headings and each row has its own week, named in the column
    ``week_column`` (or by what stands around the grid: 0).
    """

    first_heading: int
    first_row: int
    labels: list[int]
    columns: list[DateColumn] = field(default_factory=list)
    weekdays: dict[int, int] = field(default_factory=dict)
    periods: dict[int, tuple[str, ...]] = field(default_factory=dict)
    week_column: int | None = None
    mended: dict[int, date] = field(default_factory=dict)
    lost: list[int] = field(default_factory=list)
    primary: int = 0
    whole_weeks: bool = False
    guessed_weeks: bool = False

    @property
    def data_columns(self) -> set[int]:
        """The columns whose cells say something of dates."""
        return {one.column for one in self.columns} | set(self.weekdays)

    @property
    def first_column(self) -> int:
        """The first column of dates."""
        return min(self.data_columns | set(self.lost), default=1)

    @property
    def last_column(self) -> int:
        """The last column of dates."""
        return max(self.data_columns | set(self.lost), default=1)


def kind_of(view: View, row: int, names: Sequence[str], start: int = 0) -> Kind | None:
    """What kind of heading a row is, from column ``start`` on; None for rows of other things."""
    cells = {c: v for c, v in view.cells(row).items() if c >= start}
    if not cells:
        return None
    clues = {c: view.clue(row, c) or _without_period(view, row, c, names) for c in cells}
    first = min(cells)
    named = {c: clue for c, clue in clues.items() if clue is not None}
    dated = [c for c, clue in named.items() if clue.names_a_day and not _is_plain(clue)]
    bare = [c for c, clue in named.items() if clue.names_a_day and _is_plain(clue)]
    weekdays = [c for c, clue in named.items() if clue.is_weekday]
    others = [c for c in cells if c not in named and c != first]
    if _is_date_row(view, row, dated, bare, others):
        return Kind.DATES
    if len(weekdays) >= 2 and len(weekdays) >= len(others):
        return Kind.WEEKDAYS
    texts = [text_of(value) for column, value in cells.items() if column != first or len(cells) < 3]
    if texts and all(period_or_none(text, names) for text in texts):
        return Kind.PERIODS
    weeks = [c for c, clue in named.items() if clue.names_a_week]
    if len(weeks) >= 2 and len(weeks) >= len(others):
        return Kind.WEEKS
    if len([c for c, clue in named.items() if clue.is_month and c != first]) > len(others):
        return Kind.MONTHS
    if len(texts) > 4 and all(text.casefold() in _LETTERS for text in texts):
        return Kind.LETTERS
    return None


def _is_plain(clue: Clue) -> bool:
    return clue.bare and clue.month is None


def _is_date_row(
    view: View, row: int, dated: list[int], bare: list[int], others: list[int]
) -> bool:
    cells = view.cells(row)
    faulty = {c for c in dated if (clue := view.clue(row, c)) is not None and clue.broken}
    sound = [c for c in dated if c not in faulty]
    count = len(sound) + len(bare)
    if sound:
        if sound == [min(cells)] and (min(cells) == 1 or len(cells) > 1):
            return False
        before = sum(c < min(sound) for c in others)
        return 3 * count >= len(others) - before
    numbers = [
        (place, clue.day)
        for place, c in enumerate(bare)
        if (clue := view.clue(row, c)) is not None and clue.day is not None
    ]
    steps = [
        1 if after - before == there - here else after - before
        for (here, before), (there, after) in zip(numbers, numbers[1:], strict=False)
    ]
    regular = sum(step == 1 or (step < -26) for step in steps)
    weekday_steps = sum(step in {1, 3} or step < -24 for step in steps)
    if len(bare) == 3 and regular == 2 and not others:
        return True
    return (
        len(bare) >= 4
        and len(others) < len(bare)
        and (5 * regular >= 3 * len(steps) or 10 * weekday_steps >= 9 * len(steps))
        and regular >= 2
    )


def _without_period(view: View, row: int, column: int, names: Sequence[str]) -> Clue | None:
    rest, period = split_period(view.cells(row).get(column), names)
    return clue_of(rest) if period else None


class Headings:
    """Reads the headings that begin in a row, with what stands above them."""

    def __init__(
        self, view: View, calendar: PlanCalendar, is_person: Callable[[str], bool]
    ) -> None:
        self.view = view
        self.calendar = calendar
        self.names = calendar.period_names
        self.is_person = is_person
        self.around = context_of(view.grid.sheet)

    def blocks_at(self, row: int, above: Sequence[int]) -> list[Block]:
        """The grids whose headings begin in the row, from left to right; none if there are none.

        ``above``: the rows since the last grid, in which months, weeks and titles may stand.
        """
        start = kind_of(self.view, row, self.names)
        if start not in {Kind.DATES, Kind.WEEKDAYS}:
            return []
        band = [(row, start)]
        for number in self._below(row):
            kind = kind_of(self.view, number, self.names)
            if kind is None or (kind is Kind.DATES and start is Kind.DATES
                                and not self._is_finer(band[0][0], number)):  # fmt: skip
                break
            band.append((number, kind))
        above = [n for n in above if n < row]
        made = self._assemble(band, above)
        return [block for block in made if block.data_columns or block.lost]

    def _below(self, row: int) -> list[int]:
        numbers = self.view.row_numbers
        found = []
        start = numbers.index(row) + 1
        for number in numbers[start : start + 4]:
            if number > row + 5 or self._has_person(number):
                break
            found.append(number)
        return found

    def _has_person(self, row: int) -> bool:
        return any(
            isinstance(value, str) and self.is_person(value)
            for value in list(self.view.cells(row).values())[:6]
        )

    def _is_finer(self, upper: int, lower: int) -> bool:
        """Whether the lower of two rows of dates has more different ones (weeks above days)."""
        return len(self._days(lower)) > len(self._days(upper))

    def _days(self, row: int) -> set[Clue]:
        clues = (self.view.clue(row, column) for column in self.view.cells(row))
        return {clue for clue in clues if clue is not None and clue.names_a_day}

    def _assemble(self, band: list[tuple[int, Kind]], above: Sequence[int]) -> list[Block]:
        dates = [row for row, kind in band if kind is Kind.DATES]
        weekday_rows = [row for row, kind in band if kind is Kind.WEEKDAYS]
        primary = max(dates, key=lambda row: (len(self._days(row)), -row)) if dates else 0
        weekdays = self._weekdays(weekday_rows)
        if primary and len(weekdays) > 1 and self._repeats_over(primary, weekdays):
            primary = 0
        rows = [row for row, _ in band]
        if not primary:
            primary_row = weekday_rows[0]
            columns = dict(weekdays)
        else:
            primary_row = primary
            columns = {}
        context = [*above, *(row for row in rows if row != primary_row)]
        last = rows[-1]
        if primary:
            return self._dated_blocks(primary, rows, context, weekdays, last)
        return self._weekday_blocks(primary_row, rows, context, columns, last)

    def _weekdays(self, rows: Sequence[int]) -> dict[int, int]:
        found = {}
        for row in rows:
            for column in self.view.cells(row):
                clue = self.view.clue(row, column) or _without_period(
                    self.view, row, column, self.names
                )
                if clue is not None and clue.is_weekday and clue.weekday is not None:
                    found[column] = clue.weekday
        return found

    def _repeats_over(self, primary: int, weekdays: dict[int, int]) -> bool:
        """Whether one date of the row stands over several weekdays: it names their week."""
        seen: dict[Clue, set[int]] = {}
        last: Clue | None = None
        for column in sorted(weekdays):
            clue = self.view.clue(primary, column)
            last = clue if clue is not None and clue.names_a_day else last
            if last is not None:
                seen.setdefault(last, set()).add(weekdays[column])
        return bool(seen) and sum(len(days) > 1 for days in seen.values()) * 2 > len(seen)

    # ------------------------------------------------------------------ context

    def _context(self, rows: Sequence[int], column: int) -> Clue:
        """What rows around the headings say of a column: the nearest one that says it wins."""
        year = month = week = day = None
        commencing = False
        for row in reversed(rows):
            clue = self._said_for(row, column)
            if clue is None or clue.is_weekday:
                continue
            if day is None and week is None and (clue.day is not None or clue.week is not None) \
                    and not _is_plain(clue):
                day, week, commencing = clue.day, clue.week, clue.commencing
                month, year = clue.month, clue.year or year  # fmt: skip
            elif month is None:
                month, year = clue.month, year or clue.year
        if self.around is not None:
            if month is None and day is None and week is None:
                day, week, commencing = self.around.day, self.around.week, self.around.commencing
                month = self.around.month
                year = year or self.around.year
            elif year is None and self.around.month in {None, month}:
                year = self.around.year
        return Clue(day, month, year, None, week, commencing)

    def _said_for(self, row: int, column: int) -> Clue | None:
        """The nearest clue at or left of the column; a row with only one speaks for all."""
        said: list[tuple[int, Clue]] = []
        for at, value in self.view.cells(row).items():
            clue = self.view.clue(row, at)
            if clue is not None and (clue.bare and clue.year is None):
                clue = None
            if clue is None and isinstance(value, str) and len(value.split()) <= _MOST_WORDS \
                    and not self.is_person(value):
                clue = context_of(value)  # fmt: skip
            if clue is not None and not clue.broken and not clue.is_weekday:
                said.append((at, clue))
        left = [clue for at, clue in said if at <= column]
        if left:
            return left[-1]
        return said[0][1] if len({clue for _, clue in said}) == 1 else None

    # ------------------------------------------------------------------ blocks

    def _segments(self, columns: Sequence[int], rows: Sequence[int], last: int) -> list[list[int]]:
        """The columns split where people's names begin again."""
        segments: list[list[int]] = []
        previous = None
        for column in columns:
            gap = range(previous + 1, column) if previous is not None else ()
            if previous is None or any(self._is_label_column(one, rows, last) for one in gap):
                segments.append([])
            segments[-1].append(column)
            previous = column
        return segments

    def _is_label_column(self, column: int, rows: Sequence[int], last: int) -> bool:
        for row in rows:
            value = self.view.cells(row).get(column)
            if isinstance(value, str) and key_of(value) in _NAMING:
                return True
        people = 0
        for row in self.view.row_numbers:
            if last < row <= last + 25:
                value = self.view.cells(row).get(column)
                people += isinstance(value, str) and self.is_person(value)
        return people > 0 and not self.view.turned

    def _dated_blocks(
        self,
        primary: int,
        rows: Sequence[int],
        context: Sequence[int],
        weekdays: dict[int, int],
        last: int,
    ) -> list[Block]:
        clues: dict[int, Clue] = {}
        periods: dict[int, tuple[str, ...]] = {}
        inline = Clue()
        around: dict[int, int] = {}
        for column in sorted(self.view.cells(primary)):
            clue = self.view.clue(primary, column)
            if clue is None:
                rest, period = split_period(self.view.cells(primary)[column], self.names)
                clue = clue_of(rest) if period else None
                if clue is not None and period is not None:
                    periods[column] = (period,)
            if clue is None:
                continue
            if clue.is_month:
                month = inline.month if clue.month is None else clue.month
                inline = Clue(month=month, year=clue.year)
            elif clue.names_a_day:
                made = self._completed(clue, column, context, inline, weekdays)
                if clue.month is None and inline.month is None and made.month is not None:
                    around[column] = made.month
                clues[column] = made
        _carry_months(clues, around)
        lower = [row for row in rows if row > primary]
        spread = self._spread(clues, primary, lower, periods)
        found: list[Block] = []
        for columns in self._segments(sorted(spread), rows, last):
            block = self._block(columns, found, min(rows), last, primary)
            self._date_segment(block, columns, spread, clues, periods, primary, rows)
            found.append(block)
        return found

    def _completed(
        self,
        clue: Clue,
        column: int,
        context: Sequence[int],
        inline: Clue,
        weekdays: dict[int, int],
    ) -> Clue:
        if clue.weekday is None and column in weekdays:
            clue = clue._replace(weekday=weekdays[column])
        if clue.month is not None and clue.year is not None:
            return clue
        around = self._context(context, column)
        month = clue.month or inline.month
        if clue.month is None and month is None and around.week is None:
            # Days under a week's first day may run into the next month: the run decides.
            month = around.month if not around.commencing else None
        year = clue.year or inline.year
        if year is None and around.year is not None and around.month in {None, month}:
            year = around.year
        return clue._replace(month=month, year=year)

    def _spread(
        self,
        clues: dict[int, Clue],
        primary: int,
        lower: Sequence[int],
        periods: dict[int, tuple[str, ...]],
    ) -> dict[int, int]:
        """Columns of the grid, each with the column of the date that stands over it."""
        over = {column: column for column in clues}
        known = sorted(clues)
        for row in lower:
            if kind_of(self.view, row, self.names, min(known)) is not Kind.PERIODS:
                continue
            for column, value in self.view.cells(row).items():
                period = period_or_none(text_of(value), self.names)
                left = [one for one in known if one <= column]
                if period is None or not left:
                    continue
                if column in clues or column not in self.view.cells(primary):
                    over[column] = left[-1]
                    periods[column] = (period,)
        return over

    def _block(
        self, columns: Sequence[int], found: Sequence[Block], first: int, last: int, primary: int
    ) -> Block:
        before = found[-1].last_column if found else 0
        labels = [c for c in range(before + 1, min(columns))]
        if found and not any(self._is_label_column(c, range(first, last + 1), last)
                             for c in labels):  # fmt: skip
            labels = found[-1].labels
        return Block(first_heading=first, first_row=last + 1, labels=labels, primary=primary)

    def _date_segment(
        self,
        block: Block,
        columns: Sequence[int],
        spread: dict[int, int],
        clues: dict[int, Clue],
        periods: dict[int, tuple[str, ...]],
        primary: int,
        rows: Sequence[int],
    ) -> None:
        mine = {spread[column]: clues[spread[column]] for column in columns}
        line = date_line(mine, self.calendar, repeats=bool(periods))
        block.mended = dict(line.mended)
        block.lost = list(line.lost)
        block.periods = {c: periods[c] for c in columns if c in periods}
        commencing = self._are_whole_weeks(block, mine, line.dates, rows)
        for column in columns:
            day = line.dates.get(spread[column])
            if day is None:
                continue
            if commencing:
                for offset in range(DAYS_IN_WEEK):
                    block.columns.append(
                        DateColumn(column, monday_of(day) + timedelta(days=offset), None)
                    )
            else:
                block.columns.append(DateColumn(column, day, periods.get(column)))

    def _are_whole_weeks(
        self, block: Block, clues: dict[int, Clue], dates: dict[int, date], rows: Sequence[int]
    ) -> bool:
        days = sorted(set(dates.values()))
        if any((b - a).days % DAYS_IN_WEEK for a, b in zip(days, days[1:], strict=False)):
            return False
        said = sum(clue.commencing for clue in clues.values()) * 2 > len(clues)
        for row in rows:
            for column in block.labels:
                value = self.view.cells(row).get(column)
                clue = context_of(value) if isinstance(value, str) else None
                text = text_of(value).casefold() if isinstance(value, str) else ""
                said = said or "commencing" in text or text.startswith(("w/c", "w/b")) or (
                    clue is not None and clue.commencing
                )  # fmt: skip
        block.guessed_weeks = (
            not said and len(days) >= 3 and len(days) == len(dates)
            and all(day.weekday() == 0 for day in days)
        )  # fmt: skip
        block.whole_weeks = said or block.guessed_weeks
        return block.whole_weeks

    def _weekday_blocks(
        self,
        primary: int,
        rows: Sequence[int],
        context: Sequence[int],
        weekdays: dict[int, int],
        last: int,
    ) -> list[Block]:
        periods: dict[int, tuple[str, ...]] = {}
        for column in weekdays:
            _, period = split_period(self.view.cells(primary).get(column), self.names)
            if period is not None:
                periods[column] = (period,)
        over = self._spread(dict.fromkeys(weekdays, Clue()), primary, rows, periods)
        found: list[Block] = []
        for columns in self._segments(sorted(over), rows, last):
            block = self._block(columns, found, min(rows), last, primary)
            block.periods = {c: periods[c] for c in columns if c in periods}
            mondays = {column: self._monday(context, over[column]) for column in columns}
            if all(mondays.values()) and self._week_column(block, last) is None:
                for column, monday in mondays.items():
                    if monday is not None:
                        day = monday + timedelta(days=weekdays[over[column]])
                        block.columns.append(DateColumn(column, day, periods.get(column)))
            else:
                block.weekdays = {column: weekdays[over[column]] for column in columns}
                block.week_column = self._week_column(block, last) or 0
            found.append(block)
        return found

    def _monday(self, context: Sequence[int], column: int) -> date | None:
        around = self._context(context, column)
        return week_start(around, self.calendar)

    def _week_column(self, block: Block, last: int) -> int | None:
        """The column in which rows name their own week, if there is one."""
        counts: dict[int, int] = {}
        for row in [n for n in self.view.row_numbers if n > last][:12]:
            for column in block.labels:
                clue = self.view.clue(row, column)
                if clue is not None and not clue.broken and (
                    clue.names_a_week or (clue.day is not None and not _is_plain(clue))
                ):  # fmt: skip
                    counts[column] = counts.get(column, 0) + 1
        return max(counts, key=lambda column: (counts[column], -column), default=None)


def _carry_months(clues: dict[int, Clue], around: dict[int, int]) -> None:
    """Days under a month's name that begin anew (29, 30, 1) are those of the next month."""
    before: Clue | None = None
    named = carried = 0
    for column in sorted(around):
        clue = clues[column]
        if around[column] != named:
            named, carried, before = around[column], 0, None
        if before is not None and before.day is not None and clue.day is not None:
            carried += clue.day < before.day - 20
        if clue.day is not None:
            before = clue
        if carried:
            month = named + carried
            year = clue.year + (month - 1) // 12 if clue.year is not None else None
            clues[column] = clue._replace(month=(month - 1) % 12 + 1, year=year)


def week_start(clue: Clue, calendar: PlanCalendar) -> date | None:
    """The Monday of the week that a clue names, None where it names none."""
    if clue.day is not None:
        line = date_line({0: clue}, calendar)
        return monday_of(line.dates[0]) if 0 in line.dates else None
    if clue.week is not None and 1 <= clue.week <= len(calendar.week_numbers):
        return calendar.first_monday + timedelta(days=DAYS_IN_WEEK * (clue.week - 1))
    return None
