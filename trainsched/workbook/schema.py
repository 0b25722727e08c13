"""The one declared schema of the workbook: it drives the reader, the template and the dictionary.

Sheet and column names are a public interface. What a cell may hold is said once, here, by
``CellType``, ``choices``, ``minimum`` and ``maximum``; what it must point at by ``refers``.
"""

from dataclasses import dataclass
from enum import StrEnum

from trainsched.workbook.names import key_of


class CellType(StrEnum):
    """What a cell of a column holds."""

    TEXT = "text"
    ID = "id"
    IDS = "list of ids"
    YES_NO = "yes or no"
    CHOICE = "one of a list"
    WHOLE = "whole number"
    NUMBER = "number"
    POUNDS = "whole pounds"
    RATE = "fraction or percentage"
    WTE = "whole-time equivalent"
    ACADEMIC_YEAR = "academic year"
    DATE = "date"
    DAYS = "days"
    PERIOD = "period"
    PERIODS = "periods"
    PATTERN = "working pattern"
    ROLES = "roles"
    EQUIPMENT = "equipment"
    SHARES = "departments with shares"
    BAND = "band"
    CELL = "anything"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``refers`` names what the ids in it must be known as, "" for nothing.

    ``default`` says in words what a blank cell means. ``minimum`` and ``maximum`` are inclusive.
    A required column must be there; its cells must be filled unless ``may_be_blank``.
    """

    name: str
    type: CellType
    help: str
    required: bool = False
    aliases: tuple[str, ...] = ()
    default: str = ""
    choices: tuple[str, ...] = ()
    refers: str = ""
    minimum: float | None = None
    maximum: float | None = None
    may_be_blank: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The normal forms under which a header is recognised as this column."""
        return (key_of(self.name), *(key_of(alias) for alias in self.aliases))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. ``family``: every sheet whose name begins with this one's belongs to it."""

    name: str
    help: str
    columns: tuple[Column, ...]
    aliases: tuple[str, ...] = ()
    required: bool = False
    family: bool = False

    def column(self, name: str) -> Column:
        """The column of that canonical name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def required_columns(self) -> tuple[Column, ...]:
        """The columns without which a row means nothing."""
        return tuple(column for column in self.columns if column.required)


@dataclass(frozen=True, slots=True)
class Setting:
    """One row that the Settings sheet may hold."""

    name: str
    type: CellType
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    aliases: tuple[str, ...] = ()


README_SHEET = "Read me"
"""A sheet of words for people; the reader passes over it without a notice."""

NOT_DATA = frozenset({key_of(README_SHEET), key_of("Problems"), key_of("Data dictionary")})
"""Normal forms of the names of sheets that we write ourselves and that hold no facts."""


def sheets() -> tuple[Sheet, ...]:
    """Every sheet of the contract, in the order in which they are written."""
    from trainsched.workbook import schema_funding, schema_people, schema_training, schema_work

    return (
        schema_work.SETTINGS_SHEET,
        schema_work.DEPARTMENTS,
        schema_people.STAFF,
        schema_people.TRAINEES,
        schema_people.ROTATIONS,
        schema_work.DUTIES,
        schema_training.CURRICULUM,
        schema_training.TRAINING_PLAN,
        schema_work.EQUIPMENT,
        schema_people.ROSTER,
        schema_people.CODES,
        schema_people.LEAVE,
        schema_people.UNIVERSITY,
        schema_work.CLOSURES,
        schema_work.TRAVEL,
        schema_people.PREFERENCES,
        schema_training.PINS,
        schema_funding.PROGRAMMES,
        schema_funding.TARGETS,
        schema_funding.HEI,
        schema_funding.POSTS,
        schema_funding.WORKFORCE,
        schema_funding.ASSUMPTIONS,
    )


def sheet_named(name: str) -> Sheet | None:
    """The sheet that a tab of this name is, whatever its case, spacing or plural; None if none."""
    key = key_of(name)
    known = sheets()
    for sheet in known:
        if key in (key_of(sheet.name), *(key_of(alias) for alias in sheet.aliases)):
            return sheet
    for sheet in known:
        if sheet.family and key.startswith(key_of(sheet.name)):
            return sheet
    return None
