"""Where sections are, how far apart, and what equipment they own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from trainsched.generate.row import Row
from trainsched.generate.term import AM, EVE, PM, Term

# The site of each kind of section in a trust: five in all, two for a trust of a few sections.
LARGE = {
    "RT": "Cancer Centre",
    "SC": "Cancer Centre",
    "NM": "General Hospital",
    "DR": "Royal Infirmary",
    "MR": "Royal Infirmary",
    "CE": "Estuary Hospital",
    "RE": "Mobility Centre",
}
SMALL = {"CE": "Estuary Hospital", "RE": "Estuary Hospital"}
SITES = ("Cancer Centre", "General Hospital", "Royal Infirmary", "Estuary Hospital",
         "Mobility Centre")  # fmt: skip

MINUTES = {
    ("Cancer Centre", "General Hospital"): 25,
    ("Cancer Centre", "Royal Infirmary"): 40,
    ("Cancer Centre", "Estuary Hospital"): 55,
    ("Cancer Centre", "Mobility Centre"): 30,
    ("General Hospital", "Royal Infirmary"): 20,
    ("General Hospital", "Estuary Hospital"): 45,
    ("General Hospital", "Mobility Centre"): 35,
    ("Royal Infirmary", "Estuary Hospital"): 50,
    ("Royal Infirmary", "Mobility Centre"): 25,
    ("Estuary Hospital", "Mobility Centre"): 60,
}


@dataclass(frozen=True, slots=True)
class Item:
    """Units that a section owns, and the days and periods in which training may have them."""

    name: str
    capacity: int = 1
    days: str | None = None
    periods: tuple[str, ...] = (AM, PM)
    by_day: tuple[str, tuple[str, ...]] | None = None


ITEMS: dict[str, tuple[Item, ...]] = {
    # A linac treats patients by day; where nobody stays late, one afternoon a week is kept free.
    "RT": (
        Item("linac_a", days="Tue; Thu", periods=(EVE,), by_day=("Wed", (PM,))),
        Item("linac_b", days="Tue; Thu", periods=(EVE,), by_day=("Fri", (PM,))),
        Item("phantom_a"),
        Item("phantom_b", days="Mon-Wed"),
        Item("electrometer", capacity=2),
    ),
    "NM": (Item("gamma_camera", periods=(PM,)),),
    "DR": (
        Item("survey_kit_a"),
        Item("survey_kit_b", days="Mon; Wed; Fri"),
        Item("tld_reader", days="Tue-Fri"),
    ),
    "CE": (Item("vent_tester", capacity=2),),
    "MR": (
        Item("mri_scanner", days="Wed", periods=(EVE,), by_day=("Wed", (AM,))),
        Item("flow_phantom"),
    ),
    "SC": (Item("test_system", days="Mon-Thu"),),
    "RE": (),
}


def site_of(key: str, sections: int, suffix: str) -> str:
    """The site of a section in a trust of so many sections."""
    site = LARGE[key] if sections > 4 else SMALL.get(key, SITES[0])
    return f"{site}{suffix.replace('-', ' ')}"


def travel_rows(sites: list[str], suffix: str) -> list[Row]:
    """Minutes between the sites of one trust."""
    ending = suffix.replace("-", " ")
    return [
        {"from_site": f"{a}{ending}", "to_site": f"{b}{ending}", "minutes": MINUTES[a, b]}
        for a, b in combinations(SITES, 2)
        if f"{a}{ending}" in sites and f"{b}{ending}" in sites
    ]


def equipment_rows(department: str, key: str, site: str, suffix: str, term: Term) -> list[Row]:
    """Equipment of one section."""
    rows: list[Row] = []
    for item in ITEMS[key]:
        days, periods = item.days, item.periods
        if EVE in periods and not term.evenings and item.by_day is not None:
            days, periods = item.by_day
        rows.append(
            {
                "equipment": f"{item.name}{suffix}",
                "department": department,
                "site": site,
                "capacity": item.capacity,
                "days": days,
                "periods": "; ".join(periods) if periods != (AM, PM) or term.evenings else None,
            }
        )
    return rows
