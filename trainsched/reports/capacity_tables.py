"""Capacity and funding as data frames."""

import pandas as pd

from trainsched.domain.capacity import Capacity, Funding
from trainsched.reports.capacity_rows import (
    BINDING,
    HOSTING,
    PLACES,
    POINTS,
    POSTS,
    TARGETS,
    binding_rows,
    hosting_rows,
    place_rows,
    point_rows,
    post_rows,
    target_rows,
)


def capacity_tables(capacity: Capacity) -> dict[str, pd.DataFrame]:
    """Hosting limits, targets, posts, places and binding limits."""
    return {
        "hosting": pd.DataFrame(hosting_rows(capacity), columns=list(HOSTING)),
        "targets": pd.DataFrame(target_rows(capacity), columns=list(TARGETS)),
        "posts": pd.DataFrame(post_rows(capacity.posts), columns=list(POSTS)),
        "hei_places": pd.DataFrame(place_rows(capacity.hei_places), columns=list(PLACES)),
        "binding_limits": pd.DataFrame(binding_rows(capacity), columns=list(BINDING)),
    }


def funding_tables(funding: Funding) -> dict[str, pd.DataFrame]:
    """The points."""
    return {"points": pd.DataFrame(point_rows(funding), columns=list(POINTS))}
