"""Facts for capacity, funding and forecast. Money in whole pounds, rates as fractions."""

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.facts import Facts


class Programme(Facts):
    """A training programme. Costs are pounds a year for one trainee."""

    code: str
    title: str = ""
    years: int
    annual_cost_pounds: int | None = None
    hei_fee_pounds: int | None = None
    start_month: int | None = None
    completion_rate: float | None = None
    retention_rate: float | None = None


class Target(Facts):
    """Starters wanted in an academic year, in a department, a region, or (both None) anywhere."""

    programme: str
    year: int
    intake: int
    department: str | None = None
    region: str | None = None


class HeiPlaces(Facts):
    """Places that an HEI has for a programme in a year, and what more would cost."""

    hei: str
    programme: str
    year: int | None = None
    places: int
    fee_per_place_pounds: int | None = None
    extra_places_max: int | None = None
    extra_place_cost_pounds: int | None = None


class Post(Facts):
    """A post that could be funded. ``pattern`` None: the days of the post are to be chosen."""

    post: str
    band: str | None = None
    competences: tuple[str, ...] = ()
    wte: float = 1.0
    annual_cost_pounds: int | None = None
    department: str | None = None
    max_posts: int | None = None
    lead_time_months: int | None = None
    pattern: WorkingPattern | None = None


class WorkforceRow(Facts):
    """Posts and people of a specialism in a year, in WTE."""

    specialism: str
    year: int | None = None
    establishment_wte: float
    in_post_wte: float
    recommended_wte: float | None = None
    leavers_rate: float | None = None
    retirements_wte: float | None = None
    growth_wte: float | None = None
    region: str | None = None
    source: str | None = None


class Assumption(Facts):
    """A named figure with its range and source."""

    name: str
    low: float | None = None
    central: float
    high: float | None = None
    unit: str | None = None
    source: str
