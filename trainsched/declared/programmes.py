"""Training programmes: how long, what a trainee costs, what each year asks of a department."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from trainsched.declared.files import (
    Declaration,
    DeclaredError,
    Fault,
    WrittenValue,
    declared_files,
    declared_value,
    read_declaration,
    remedy_for_name,
    shown_path,
)
from trainsched.domain.facts import Facts
from trainsched.domain.funding import Programme
from trainsched.domain.policy import DeclaredValue

WHOLE_FIGURES: tuple[str, ...] = ("years", "annual_cost_pounds", "hei_fee_pounds", "start_month")
"""Figures of every programme that are whole numbers."""

RATES: tuple[str, ...] = ("completion_rate", "retention_rate")
"""Figures of every programme that are fractions from 0 to 1."""

DURATIONS: tuple[str, ...] = (
    "trainees_per_officer_max",
    "dops_hours",
    "oce_hours",
    "cbd_hours",
    "one_to_one_hours",
    "progress_review_hours",
)
"""Further figures of every programme, in the unit that each states."""

YEAR_FIGURES: tuple[str, ...] = (
    "contact_hours_per_week",
    "study_share",
    "university_days",
    "workplace_sessions",
    "training_activities",
    "dops",
    "oce",
    "cbd",
    "msf",
    "reviews",
)
"""Figures of each year of a programme."""


class YearTable(Declaration):
    """Figures that hold for the years listed."""

    numbers: tuple[int, ...]
    values: dict[str, WrittenValue]


class Specialism(Declaration):
    """A programme of its own with the figures of the file it stands in."""

    code: str
    title: str


class ProgrammeFile(Declaration):
    """A programme as it stands in models/programmes/."""

    code: str
    title: str
    sources: dict[str, str]
    values: dict[str, WrittenValue]
    year: tuple[YearTable, ...]
    specialism: tuple[Specialism, ...] = ()


class ProgrammeYear(Facts):
    """What one year of a programme asks for, by the names of YEAR_FIGURES."""

    number: int
    values: Mapping[str, DeclaredValue]


class DeclaredProgramme(Facts):
    """A programme with every figure's unit, source and status, and its years in order."""

    programme: Programme
    values: Mapping[str, DeclaredValue]
    years: tuple[ProgrammeYear, ...]


def load_programmes(models_dir: Path | str | None = None) -> tuple[DeclaredProgramme, ...]:
    """Every declared programme, specialisms included, sorted by code.

    A file of its own for a code beats the specialism of that code in another file. Raises
    DeclaredError when a file is malformed, a figure is missing, unknown or out of range, the years
    are not 1 to the programme's length, or two files give one code.
    """
    specialisms: dict[str, DeclaredProgramme] = {}
    found: dict[str, DeclaredProgramme] = {}
    for path in declared_files("programmes", models_dir).values():
        written = read_declaration(path, ProgrammeFile)
        if written.code in found:
            problem = f"{written.code} is given in another file too."
            raise DeclaredError(Fault(shown_path(path), "code", problem, "Keep one of the two."))
        programme = _programme(written, path)
        found[written.code] = programme
        for specialism in written.specialism:
            title = f"{written.title}: {specialism.title}"
            named = programme.programme.model_copy(update={"code": specialism.code, "title": title})
            specialisms[specialism.code] = programme.model_copy(update={"programme": named})
    return tuple(programme for _, programme in sorted((specialisms | found).items()))


def _programme(written: ProgrammeFile, path: Path) -> DeclaredProgramme:
    where = shown_path(path)
    faults = list(
        _name_faults(written.values, (*WHOLE_FIGURES, *RATES, *DURATIONS), where, "values")
    )
    for table in written.year:
        label = f"year {', '.join(map(str, table.numbers))}"
        faults += _name_faults(table.values, YEAR_FIGURES, where, label)
        faults += _number_faults(table.values, where, label)
    faults += _number_faults(written.values, where, "values")
    if faults:
        raise DeclaredError(*faults)
    values = _with_sources(written.values, written.sources, path)
    years = sorted(
        ((number, table) for table in written.year for number in table.numbers),
        key=lambda numbered: numbered[0],
    )
    if [number for number, _ in years] != list(range(1, int(values["years"].value) + 1)):
        problem = "the years listed are not 1 to the length of the programme, once each."
        raise DeclaredError(Fault(where, "year", problem, "Mend numbers in the [[year]] tables."))
    return DeclaredProgramme(
        programme=Programme.model_validate(
            {"code": written.code, "title": written.title}
            | {name: values[name].value for name in (*WHOLE_FIGURES, *RATES)}
        ),
        values=values,
        years=tuple(
            ProgrammeYear(number=number, values=_with_sources(table.values, written.sources, path))
            for number, table in years
        ),
    )


def _with_sources(
    written: Mapping[str, WrittenValue], sources: Mapping[str, str], path: Path
) -> dict[str, DeclaredValue]:
    return {name: declared_value(name, value, sources, path) for name, value in written.items()}


def _name_faults(
    written: Mapping[str, WrittenValue], known: tuple[str, ...], where: str, label: str
) -> Iterator[Fault]:
    for name in sorted(written.keys() - set(known)):
        problem = f"{label}: {name} is not a figure of a programme."
        yield Fault(where, name, problem, remedy_for_name(name, known))
    for name in known:
        if name not in written:
            yield Fault(where, name, f"{label}: {name} is missing.", f"Add the table for {name}.")


def _number_faults(written: Mapping[str, WrittenValue], where: str, label: str) -> Iterator[Fault]:
    for name, value in written.items():
        number = value.value
        if isinstance(number, str) or number < 0:
            wanted = "a number, 0 or more"
        elif name in WHOLE_FIGURES and not isinstance(number, int):
            wanted = "a whole number"
        elif (name in RATES or name == "study_share") and number > 1:
            wanted = "a fraction from 0 to 1"
        elif name == "start_month" and not 1 <= number <= 12:
            wanted = "a month from 1 to 12"
        else:
            continue
        yield Fault(where, name, f"{label}: {name} cannot be {number!r}.", f"Give {wanted}.")
