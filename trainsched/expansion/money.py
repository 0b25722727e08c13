"""What posts, places at universities and salaries cost, in whole pounds a year."""

from dataclasses import dataclass

from trainsched.declared import Costs
from trainsched.declared.costs import Point
from trainsched.domain.funding import HeiPlaces, Post, Programme
from trainsched.domain.organisation import Organisation


@dataclass(frozen=True, slots=True)
class PriceList:
    """Prices of the workbook, and of the declared pay scales where the workbook has none."""

    costs: Costs

    def of_post(self, post: Post) -> int:
        """One unit of a post for a year: as written, else by band (middle pay point) and WTE.

        Raises DeclaredError when the post has neither a cost nor a band with declared pay.
        """
        if post.annual_cost_pounds is not None:
            return post.annual_cost_pounds
        points = self.costs.pay.get(post.band or "", {})
        point: Point = "mid" if "mid" in points else "entry"
        return round(self.costs.employer_cost_pounds(post.band or "", point) * post.wte)

    def of_place(self, row: HeiPlaces, *, is_extra: bool) -> int:
        """One place for one starter: the fee, or for an extra place its own price if it has one."""
        if is_extra and row.extra_place_cost_pounds is not None:
            return row.extra_place_cost_pounds
        return row.fee_per_place_pounds or 0


def most_extra_places(row: HeiPlaces) -> int | None:
    """How many extra places can be bought; None: as many as wanted.

    Without a figure there are none, unless a price for them is given.
    """
    if row.extra_places_max is not None:
        return row.extra_places_max
    return None if row.extra_place_cost_pounds is not None else 0


def programme_of(organisation: Organisation, code: str) -> Programme | None:
    """The programme's figures, if any are known."""
    return next((p for p in organisation.programmes if p.code == code), None)


def rows_for(organisation: Organisation, programme: str, year: int | None) -> list[HeiPlaces]:
    """The places that starters of an academic year could have; a row of the year beats a general.

    ``year`` None: only what holds in every year, else the first year listed.
    """
    chosen: dict[str, HeiPlaces] = {}
    for row in organisation.hei_places:
        if row.programme != programme:
            continue
        if row.year is None:
            chosen.setdefault(row.hei, row)
        elif row.year == year:
            chosen[row.hei] = row
    return [row for _, row in sorted(chosen.items())]
