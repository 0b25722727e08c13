"""Staff, trainees, where trainees are hosted, and what people would like."""

from datetime import date
from enum import StrEnum

from trainsched.domain.calendar import WorkingPattern
from trainsched.domain.facts import Facts

BANDS: tuple[str, ...] = ("1", "2", "3", "4", "5", "6", "7", "8a", "8b", "8c", "8d", "9")
"""Agenda for Change bands, lowest first."""


def meets_band(band: str | None, min_band: str | None) -> bool:
    """Whether a band reaches a minimum. No minimum is always met; no band never meets one."""
    if min_band is None:
        return True
    return band is not None and BANDS.index(band) >= BANDS.index(min_band)


class Staff(Facts):
    """A member of staff. Limits are in sessions; None means that the policy's figure applies."""

    staff_id: str
    name: str
    departments: tuple[str, ...]
    department_wte: tuple[float, ...] = ()
    """WTE in each department where the workbook splits it, else empty."""
    band: str | None = None
    wte: float = 1.0
    competences: tuple[str, ...] = ()
    pattern: WorkingPattern
    trains: bool = True
    max_training_per_week: int | None = None
    max_training_per_day: int | None = None
    max_training: int | None = None
    site: str | None = None
    start_date: date | None = None
    end_date: date | None = None
    email: str | None = None


class Trainee(Facts):
    """A trainee. ``supernumerary`` trainees never count in clinical cover."""

    trainee_id: str
    name: str
    department: str
    programme: str
    year: int | None = None
    training_officer: str | None = None
    hei: str | None = None
    wte: float = 1.0
    pattern: WorkingPattern
    start_date: date | None = None
    end_date: date | None = None
    supernumerary: bool = True
    competences: tuple[str, ...] = ()


class Rotation(Facts):
    """Between the two dates, both included, the trainee is hosted by the department."""

    trainee_id: str
    department: str
    first_date: date
    last_date: date


class UniversityBlock(Facts):
    """Trainees of the HEI (and programme, year, if given) are away on these dates, inclusive."""

    hei: str
    programme: str | None = None
    year: int | None = None
    first_date: date
    last_date: date

    def takes(self, trainee: Trainee) -> bool:
        """Whether the block concerns this trainee."""
        return (
            trainee.hei == self.hei
            and self.programme in (None, trainee.programme)
            and self.year in (None, trainee.year)
        )


class PreferenceKind(StrEnum):
    """What a person may wish for."""

    PREFER_DAY = "prefer_day"
    AVOID_DAY = "avoid_day"
    PREFER_PERIOD = "prefer_period"
    AVOID_PERIOD = "avoid_period"
    PREFER_TRAINER = "prefer_trainer"
    AVOID_TRAINER = "avoid_trainer"


class Preference(Facts):
    """A wish of one person. ``values`` are weekday numbers as text, period names or staff ids."""

    person_id: str
    kind: PreferenceKind
    values: tuple[str, ...]
    weight: int = 1
