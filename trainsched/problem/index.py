"""From facts to the indexed problem."""

from collections import defaultdict

from trainsched.domain.departments import Equipment
from trainsched.domain.organisation import Organisation
from trainsched.domain.plan import Plan
from trainsched.problem.cover import CoverIndexer, exclusive_duties
from trainsched.problem.demands import index_demands
from trainsched.problem.offerings import Offering, make_offerings
from trainsched.problem.people import Person, index_people
from trainsched.problem.problem import PinNeed, Problem
from trainsched.problem.published import index_earlier, index_published
from trainsched.problem.slots import SlotGrid, make_grid
from trainsched.problem.starts import Setting


def index(organisation: Organisation, published: Plan | None = None) -> Problem:
    """Index the facts of an organisation. They are trusted: the reader has checked them.

    ``published`` is an earlier plan, of which the sessions before ``locked_until`` stay, and the
    others as far as they can.
    """
    grid = make_grid(organisation.calendar)
    people = index_people(organisation, grid)
    activities, demands = index_demands(organisation, grid, people, published)
    setting = Setting(
        grid=grid,
        people=people,
        activities=activities,
        demands=demands,
        open_days=open_days_of(organisation, grid),
        units=units_of(organisation, grid),
    )
    offerings, refused = make_offerings(setting)
    exclusive = exclusive_duties(organisation)
    limit = organisation.policy.limit("max_taught_periods_per_day")
    return Problem(
        organisation=organisation,
        setting=setting,
        offerings=offerings,
        refused=refused,
        cover_days=CoverIndexer(organisation, grid, people, setting.open_days).days(),
        exclusive_duties=exclusive,
        bound_stays=bound_stays_of(organisation, grid, people, exclusive),
        pins=pins_of(organisation, setting, offerings),
        travel_minutes=travel_of(organisation),
        default_travel_minutes=organisation.policy.whole("default_travel_minutes"),
        max_taught_periods_per_day=None if limit is None else int(limit),
        published=index_published(organisation, setting, offerings, published),
        earlier=index_earlier(organisation, setting, offerings, published),
    )


def bound_stays_of(
    organisation: Organisation,
    grid: SlotGrid,
    people: tuple[Person, ...],
    exclusive: frozenset[tuple[int, str]],
) -> dict[int, dict[tuple[int, int], str]]:
    """By day: the site at which the roster binds ``(person, slot)`` to an exclusive duty."""
    held: dict[int, dict[tuple[int, int], str]] = defaultdict(dict)
    for person in people:
        if not person.stays_on:
            continue
        for slot, duty in sorted(person.rostered.items()):
            if person.is_bound(slot) and duty in exclusive:
                site = organisation.departments[duty[0]].site
                held[grid.day_of(slot)][person.index, slot] = site
    return dict(held)


def open_days_of(organisation: Organisation, grid: SlotGrid) -> tuple[int, ...]:
    """For each department, the mask of slots in which it is open."""
    masks: list[int] = []
    for department in organisation.departments:
        shut = {c.date for c in organisation.closures if c.department in (None, department.code)}
        masks.append(
            sum(grid.day_mask(number) for number, day in enumerate(grid.days) if day not in shut)
        )
    return tuple(masks)


def units_of(organisation: Organisation, grid: SlotGrid) -> dict[str, tuple[int, ...]]:
    """For each item of equipment, the units available in each slot."""
    names = grid.calendar.period_names
    rows: dict[str, list[Equipment]] = defaultdict(list)
    for row in organisation.equipment:
        rows[row.item].append(row)
    return {
        item: tuple(
            sum(row.units_at(day, name) for row in mine) for day in grid.days for name in names
        )
        for item, mine in sorted(rows.items())
    }


def travel_of(organisation: Organisation) -> dict[tuple[str, str], int]:
    """Minutes in both directions, unless the other one is listed too."""
    minutes = {(t.to_site, t.from_site): t.minutes for t in organisation.travel}
    minutes.update({(t.from_site, t.to_site): t.minutes for t in organisation.travel})
    return minutes


def pins_of(
    organisation: Organisation, setting: Setting, offerings: tuple[Offering, ...]
) -> tuple[PinNeed, ...]:
    """Every pin with its offering, None where no such session is possible."""
    by_id: dict[str, Person] = {person.person_id: person for person in setting.people}
    activity = {need.activity.code: need for need in setting.activities}
    found: list[PinNeed] = []
    for pin in organisation.pins:
        need = activity.get(pin.activity)
        wanted = {by_id[trainee_id].index for trainee_id in pin.trainee_ids}
        demands = tuple(
            number
            for number in (need.demands if need else ())
            if setting.demands[number].trainee in wanted
        )
        day = setting.grid.day_index.get(pin.date)
        slot = None
        if day is not None:
            slot = setting.grid.slot(day, organisation.calendar.position(pin.period))
        offering = next(
            (
                o.index
                for o in offerings
                if need
                and o.activity == need.index
                and o.slot == slot
                and len(demands) == len(wanted)
                and set(demands) <= set(o.attendees)
            ),
            None,
        )
        staff = tuple(by_id[staff_id].index for staff_id in pin.staff_ids)
        found.append(PinNeed(pin=pin, offering=offering, demands=demands, staff=staff))
    return tuple(found)
