"""The Settings sheet: the plan's days, its policy and its title."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from trainsched.declared import POLICY_KEYS, DeclaredError, load_policy
from trainsched.domain.calendar import DAYS_IN_WEEK, Period, PlanCalendar, monday_of
from trainsched.domain.organisation import CoverGoal, CoverMode
from trainsched.domain.policy import Policy
from trainsched.domain.problems import Place
from trainsched.workbook.cells.days import parse_period_times
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.cells.parse import DayShape, parse_cell
from trainsched.workbook.cells.text import text_of
from trainsched.workbook.names import did_you_mean, key_of
from trainsched.workbook.problem_list import ProblemList
from trainsched.workbook.records import Record
from trainsched.workbook.schema import Setting
from trainsched.workbook.schema_work import SETTINGS

DEFAULT_PERIODS = "AM 08:30-12:30; PM 13:00-17:00"
DEFAULT_WEEKS = 12
DEFAULT_NATION = "England and Wales"
DEFAULT_POLICY = "default"
_MONDAY_TO_FRIDAY = (0, 1, 2, 3, 4)
_SUBDIVISIONS = {"England and Wales": "ENG", "Scotland": "SCT", "Northern Ireland": "NIR"}


@dataclass(slots=True)
class SettingsRead:
    """What the settings say, defaults filled in. ``places`` says where each was set."""

    name: str
    calendar: PlanCalendar
    policy: Policy
    cover: CoverMode
    cover_goal: CoverGoal
    locked_until: date | None
    places: dict[str, Place] = field(default_factory=dict)

    @property
    def shape(self) -> DayShape:
        """What the parsers of other sheets need to know of a day and a week."""
        return DayShape(self.calendar.period_names, self.calendar.working_days)


def read_settings(
    records: Sequence[Record],
    problems: ProblemList,
    *,
    stem: str,
    today: date,
    models_dir: Path | None,
) -> SettingsRead:
    """The settings in force; faults are noted and the default stands in for them."""
    known = {key_of(name): setting for setting in SETTINGS for name in _names(setting)}
    policy_keys = {key_of(name): name for name in POLICY_KEYS}
    values: dict[str, Any] = {}
    places: dict[str, Place] = {}
    overrides: dict[str, tuple[object, str]] = {}
    for record in records:
        if not record.has("setting"):
            continue
        word = str(record.get("setting"))
        place = record.place("value")
        setting = known.get(key_of(word))
        name = setting.name if setting is not None else policy_keys.get(key_of(word))
        if name is None:
            names = [*(setting.name for setting in SETTINGS), *POLICY_KEYS]
            problem = f"There is no setting '{word}', so it was not used."
            hint = did_you_mean(word, names) or f"Settings are: {', '.join(names)}."
            problems.warning(record.place("setting"), problem, hint, word)
        elif name in places:
            problem = f"The setting {name} stands here and in {places[name].cell}."
            problems.error(record.place("setting"), problem, "Keep one of the two.", word)
        elif record.has("value"):
            places[name] = place
            if setting is None:
                overrides[name] = (record.get("value"), str(place))
            else:
                _read_value(setting, record.get("value"), place, values, problems)
    calendar = _calendar(values, today)
    policy = _policy(values, places, overrides, models_dir, problems)
    return SettingsRead(
        name=values.get("organisation", stem),
        calendar=calendar,
        policy=policy,
        cover=CoverMode(values.get("cover", CoverMode.FLEXIBLE)),
        cover_goal=CoverGoal(values.get("cover_goal", CoverGoal.KEPT)),
        locked_until=values.get("locked_until"),
        places=places,
    )


def _names(setting: Setting) -> tuple[str, ...]:
    return (setting.name, *setting.aliases)


def _read_value(
    setting: Setting, raw: object, place: Place, values: dict[str, Any], problems: ProblemList
) -> None:
    if setting.name == "locked_until" and text_of(raw).casefold() == "none":
        return
    try:
        if setting.name == "periods":
            values["periods"] = parse_period_times(raw)
        else:
            values[setting.name] = parse_cell(setting, raw, DayShape((), ()))
    except CellError as error:
        problems.error(place, f"{setting.name}: {error.problem}", error.remedy, raw)


def note_no_start(settings: SettingsRead, problems: ProblemList) -> None:
    """Say that the plan's first day was reckoned from today, where no cell sets it."""
    if "start_date" not in settings.places:
        problems.notice(
            None,
            f"No start_date is set, so the plan starts next Monday, "
            f"{settings.calendar.start_date:%d/%m/%Y}; the same file gives another plan next week.",
            "Set start_date on the Settings sheet.",
        )


def _calendar(values: dict[str, Any], today: date) -> PlanCalendar:
    start: date = values.get("start_date") or monday_of(today) + timedelta(days=DAYS_IN_WEEK)
    weeks: int = values.get("weeks", DEFAULT_WEEKS)
    nation: str = values.get("nation", DEFAULT_NATION)
    periods: tuple[Period, ...] = values.get("periods") or parse_period_times(DEFAULT_PERIODS)
    return PlanCalendar(
        start_date=start,
        weeks=weeks,
        periods=periods,
        working_days=values.get("working_days") or _MONDAY_TO_FRIDAY,
        nation=nation,
        bank_holidays=bank_holidays(nation, start, start + timedelta(weeks=weeks)),
    )


def bank_holidays(nation: str, first: date, last: date) -> tuple[date, ...]:
    """The bank holidays of a nation in all years from the first date's to the last date's."""
    subdivision = _SUBDIVISIONS.get(nation)
    if subdivision is None:
        return ()
    import holidays

    years = range(first.year, last.year + 1)
    return tuple(sorted(holidays.country_holidays("GB", subdiv=subdivision, years=years)))


def _policy(
    values: dict[str, Any],
    places: dict[str, Place],
    overrides: dict[str, tuple[object, str]],
    models_dir: Path | None,
    problems: ProblemList,
) -> Policy:
    name = values.get("policy", DEFAULT_POLICY)
    try:
        return load_policy(name, overrides, models_dir)
    except DeclaredError as error:
        for fault in error.faults:
            place = places.get(fault.name)
            if fault.where == "policy":
                place = places.get("policy")
            value = overrides[fault.name][0] if fault.name in overrides else None
            starts_with_name = fault.problem.startswith(tuple(POLICY_KEYS))
            first = fault.problem[:1] if starts_with_name else fault.problem[:1].upper()
            problem = first + fault.problem[1:]
            if place is None:
                problem = f"{fault.where}: {fault.problem}"
            problems.error(place, problem, fault.remedy, fault.name if value is None else value)
    return load_policy(DEFAULT_POLICY)
