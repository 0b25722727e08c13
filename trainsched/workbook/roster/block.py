"""A grid that was found in a sheet: its columns of dates, and where people may stand."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple


class DateColumn(NamedTuple):
    """A column of a grid: its date, and its periods where it is not the whole day."""

    column: int
    date: date
    periods: tuple[str, ...] | None


@dataclass(slots=True)
class Block:
    """A grid found under its headings. ``labels`` are the columns in which people may stand.

    ``weekdays`` is filled where weekdays stand in the headings and each row has its own week,
    named in the column ``week_column`` (0: nowhere). ``whole_weeks``: a column stands for a week,
    which is said or (``guessed_weeks``) concluded. ``month_first``: the dates were not read,
    because they make sense only with the month before the day. ``read_month_first``: columns whose
    dates were read so, because some of them are no dates otherwise.
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
    month_first: bool = False
    read_month_first: list[int] = field(default_factory=list)

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
