"""Universities that starters may go to: those with the same weeks away are alike but in price."""

from collections.abc import Iterator
from itertools import combinations_with_replacement

from trainsched.domain.organisation import Organisation
from trainsched.expansion.money import rows_for


def weeks_away(
    organisation: Organisation, hei: str, programme: str, years: tuple[int, ...]
) -> tuple[object, ...]:
    """The blocks of a university that concern a programme's trainees of these years."""
    return tuple(
        sorted(
            (year, block.first_date, block.last_date)
            for block in organisation.university
            for year in years
            if block.hei == hei
            and block.programme in (None, programme)
            and block.year in (None, year)
        )
    )


def alike(
    organisation: Organisation, programme: str, years: tuple[int, ...], year: int | None = None
) -> list[list[str]]:
    """The universities with places for the programme, those with equal weeks away together."""
    groups: dict[tuple[object, ...], list[str]] = {}
    for row in rows_for(organisation, programme, year):
        key = weeks_away(organisation, row.hei, programme, years)
        groups.setdefault(key, []).append(row.hei)
    return list(groups.values())


def choices_of_universities(
    organisation: Organisation, programme: str, number: int, years: tuple[int, ...]
) -> Iterator[tuple[str | None, ...]]:
    """Every way to share ``number`` starters among universities that are not alike.

    How many places each has is another question; the workbook names no university: none.
    """
    every_year = {row.year for row in organisation.hei_places if row.programme == programme}
    year = None if None in every_year else min((y for y in every_year if y), default=None)
    groups = alike(organisation, programme, years, year)
    if not groups:
        yield (None,) * number
        return
    first_of_each = [group[0] for group in groups]
    ways = list(combinations_with_replacement(first_of_each, number))
    ways.sort(key=lambda way: (max(map(way.count, way), default=0), way))
    yield from ways
