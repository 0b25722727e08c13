"""Pay points, on-costs and funding, and what a post costs its employer."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from math import floor
from pathlib import Path
from typing import Literal

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
from trainsched.domain.people import BANDS
from trainsched.domain.policy import DeclaredValue

Point = Literal["entry", "mid", "top"]

ON_COSTS: tuple[str, ...] = (
    "ni_rate",
    "ni_threshold",
    "pension_rate",
    "central_pension_rate",
    "levy_rate",
)
"""The on-costs that the employer's cost is computed from."""

STP_SUPPORT_BAND = "stp_salary_support_band"
"""The one figure under [training] that is a band: salary support is paid at its entry point."""

STP_SUPPORT_FIGURES: tuple[str, ...] = (
    STP_SUPPORT_BAND,
    "stp_salary_support_on_cost_rate",
    "stp_education_support_pounds",
)
"""The figures under [training] that STP support is computed from."""


class CostsFile(Declaration):
    """A year's costs as they stand in models/costs/."""

    title: str
    sources: dict[str, str]
    pay: dict[str, dict[Point, WrittenValue]]
    on_costs: dict[str, WrittenValue]
    training: dict[str, WrittenValue]


class Costs(Facts):
    """Pay by band and point, on-costs, and funding of training, each with unit, source, status."""

    title: str
    pay: Mapping[str, Mapping[Point, DeclaredValue]]
    on_costs: Mapping[str, DeclaredValue]
    training: Mapping[str, DeclaredValue]

    def pay_pounds(self, band: str, point: Point) -> int:
        """Whole-time pay a year. Raises DeclaredError for a band or point that has no figure."""
        if band not in self.pay:
            problem = f"there is no pay for band {band!r}."
            raise DeclaredError(Fault("costs", band, problem, remedy_for_name(band, self.pay)))
        points = self.pay[band]
        if point not in points:
            problem = f"band {band} has no {point} point."
            raise DeclaredError(Fault("costs", band, problem, f"It has: {', '.join(points)}."))
        return int(points[point].value)

    def employer_cost_pounds(
        self, band: str, point: Point = "mid", *, with_central_pension: bool = False
    ) -> int:
        """What a whole-time post costs its employer in a year.

        pay + ni_rate x max(0, pay - ni_threshold) + pension_rate x pay + levy_rate x pay, computed
        exactly and rounded once, half up, to whole pounds. ``with_central_pension`` adds the part
        of the pension contribution that is paid centrally. Raises DeclaredError like pay_pounds.
        """
        pay = self.pay_pounds(band, point)
        above = max(Fraction(0), pay - self._on_cost("ni_threshold"))
        rates = self._on_cost("pension_rate") + self._on_cost("levy_rate")
        if with_central_pension:
            rates += self._on_cost("central_pension_rate")
        return _whole_pounds(pay + self._on_cost("ni_rate") * above + rates * pay)

    def stp_salary_support_pounds(self) -> int:
        """Central salary support for one STP trainee in a year: entry pay with its on-cost rate."""
        rate = Fraction(str(self.training["stp_salary_support_on_cost_rate"].value))
        band = str(self.training[STP_SUPPORT_BAND].value)
        return _whole_pounds(self.pay_pounds(band, "entry") * (1 + rate))

    def stp_support_pounds(self) -> int:
        """Salary support and education support for one STP trainee in a year."""
        education = int(self.training["stp_education_support_pounds"].value)
        return self.stp_salary_support_pounds() + education

    def _on_cost(self, name: str) -> Fraction:
        return Fraction(str(self.on_costs[name].value))


def load_costs(name: str | None = None, models_dir: Path | str | None = None) -> Costs:
    """The costs of that file name; without a name, those of the last file in order of name.

    Raises DeclaredError when there is no such file, it is malformed, or a figure is no number.
    """
    files = declared_files("costs", models_dir)
    wanted = name if name is not None else max(files, default="")
    if wanted not in files:
        problem = f"there is no costs file {wanted!r}."
        raise DeclaredError(Fault("costs", wanted, problem, remedy_for_name(wanted, files)))
    path = files[wanted]
    written = read_declaration(path, CostsFile)
    faults = list(_faults(written, shown_path(path)))
    if faults:
        raise DeclaredError(*faults)

    def with_sources(values: Mapping[str, WrittenValue]) -> dict[str, DeclaredValue]:
        return {
            key: declared_value(key, value, written.sources, path) for key, value in values.items()
        }

    return Costs(
        title=written.title,
        pay={
            band: {
                point: declared_value(f"pay.{band}.{point}", value, written.sources, path)
                for point, value in points.items()
            }
            for band, points in written.pay.items()
        },
        on_costs=with_sources(written.on_costs),
        training=with_sources(written.training),
    )


def _faults(written: CostsFile, where: str) -> Iterator[Fault]:
    for band, points in written.pay.items():
        if band not in BANDS:
            problem = f"pay.{band}: {band} is not a band."
            yield Fault(where, f"pay.{band}", problem, remedy_for_name(band, BANDS))
        for point, value in points.items():
            if not isinstance(value.value, int):
                yield _no_number(where, f"pay.{band}.{point}", "a whole number of pounds")
    for known, figures, table in (
        (ON_COSTS, written.on_costs, "on_costs"),
        (STP_SUPPORT_FIGURES, written.training, "training"),
    ):
        for name in known:
            if name not in figures:
                key = f"{table}.{name}"
                yield Fault(where, key, f"{key} is missing.", f"Add [{key}].")
        for name, value in figures.items():
            if name == STP_SUPPORT_BAND:
                if value.value not in written.pay:
                    yield _no_number(where, f"{table}.{name}", "a band that has pay, in quotes")
            elif isinstance(value.value, str) or value.value < 0:
                yield _no_number(where, f"{table}.{name}", "a number, 0 or more")


def _no_number(where: str, key: str, wanted: str) -> Fault:
    return Fault(where, key, f"{key} cannot be used.", f"Give {wanted}.")


def _whole_pounds(exact: Fraction) -> int:
    return floor(exact + Fraction(1, 2))
