"""The indexed problem: everything the model is built from. Immutable; knows no solver."""

from collections import Counter
from dataclasses import dataclass, field

from trainsched.domain.curriculum import Pin
from trainsched.domain.organisation import Organisation
from trainsched.domain.rules import RuleId
from trainsched.problem.cover import CoverDay
from trainsched.problem.demands import ActivityNeed, Demand
from trainsched.problem.offerings import Offering
from trainsched.problem.people import Person
from trainsched.problem.published import Earlier, Published
from trainsched.problem.slots import SlotGrid
from trainsched.problem.starts import Setting


@dataclass(frozen=True, slots=True)
class PinNeed:
    """A pinned session: its offering (None when no such session is possible), and who is in it."""

    pin: Pin
    offering: int | None
    demands: tuple[int, ...]
    staff: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """People, demands, offerings and duty places as tuples whose positions are their indexes."""

    organisation: Organisation
    setting: Setting
    offerings: tuple[Offering, ...]
    refused: tuple[Counter[RuleId], ...]
    """For each demand, how many starts each rule refused on the facts alone."""
    cover_days: tuple[CoverDay, ...]
    exclusive_duties: frozenset[tuple[int, str]]
    """``(department, duty)`` of the duties that take the whole person."""
    bound_stays: dict[int, dict[tuple[int, int], str]]
    """By day: the site at which the roster binds ``(person, slot)`` to an exclusive duty."""
    pins: tuple[PinNeed, ...]
    travel_minutes: dict[tuple[str, str], int]
    default_travel_minutes: int
    max_taught_periods_per_day: int | None
    placed_elsewhere: dict[int, int] = field(default_factory=dict)
    """In a part: sessions of each demand that are placed outside it."""
    published: Published | None = None
    """What must stay of an earlier plan; None where nothing is locked."""
    earlier: Earlier | None = None
    """What had better stay of an earlier plan; None in a first plan."""

    @property
    def grid(self) -> SlotGrid:
        """The slots."""
        return self.setting.grid

    @property
    def people(self) -> tuple[Person, ...]:
        """Staff, then trainees."""
        return self.setting.people

    @property
    def activities(self) -> tuple[ActivityNeed, ...]:
        """Activities that somebody needs."""
        return self.setting.activities

    @property
    def demands(self) -> tuple[Demand, ...]:
        """What every trainee needs of every activity."""
        return self.setting.demands

    def site_of(self, department: int) -> str:
        """The site of a department."""
        return self.organisation.departments[department].site

    def minutes_between(self, from_site: str, to_site: str) -> int:
        """Travel time in minutes; 0 within a site."""
        if from_site == to_site:
            return 0
        return self.travel_minutes.get((from_site, to_site), self.default_travel_minutes)

    def leaves_room_to_travel(self, first: int, from_site: str, second: int, to_site: str) -> bool:
        """Whether one can leave after slot ``first`` and be there for slot ``second``, same day."""
        grid = self.grid
        gap = grid.starts[grid.position_of(second)] - grid.ends[grid.position_of(first)]
        return gap >= self.minutes_between(from_site, to_site)
