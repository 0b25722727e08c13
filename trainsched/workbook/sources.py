"""What the facts are built from: the parsed rows of every sheet, and where problems are noted."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field

from trainsched.domain.problems import Place
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.records import Record
from trainsched.workbook.settings import SettingsRead


@dataclass(slots=True)
class Sources:
    """The parsed rows by canonical sheet name. ``present`` names the sheets that the file has.

    ``places`` and ``notices`` gather what the organisation keeps of them.
    """

    settings: SettingsRead
    problems: ProblemList
    records: dict[str, list[Record]]
    present: frozenset[str]
    places: dict[str, Place] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)

    def of(self, sheet: str) -> Sequence[Record]:
        """The rows of a sheet; none where the file does not have it."""
        return self.records.get(sheet, [])

    def values(self, sheet: str, column: str) -> frozenset[str]:
        """Every value that stands in a column of single ids or words."""
        return frozenset(r.get(column) for r in self.of(sheet) if r.has(column))

    def refuse_repeats(
        self, sheet: str, columns: Sequence[str], place_column: str, what: str
    ) -> None:
        """Note an error for every row that repeats the key of an earlier one."""
        seen: dict[Hashable, Record] = {}
        for record in self.of(sheet):
            if any(name in record.faulty for name in columns):
                continue
            key = tuple(record.get(name) for name in columns)
            first = seen.setdefault(key, record)
            if first is not record:
                shown = ", ".join(str(part) for part in key if part is not None)
                value = record.raw.get(place_column)
                place, other = record.place(place_column), first.place(place_column)
                self.repeated(place, other, what, shown, value)

    def repeated(self, place: Place, first: Place, what: str, shown: str, value: object) -> None:
        """Note that something stands in two places; ``value`` is what the later cell holds."""
        self.problems.error(
            place,
            f"{what} {shown} stands here and in {first}.",
            "Keep one of the two rows, or give them different codes.",
            value,
        )


def joined(words: Iterable[str]) -> str:
    """Words as a list in a sentence: ``a, b and c``."""
    listed = list(words)
    return " and ".join(filter(None, [", ".join(listed[:-1]), *listed[-1:]]))
