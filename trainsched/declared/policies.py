"""Protected-time policies: the figures in force, from a policy file and the workbook's Settings."""

import math
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

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
from trainsched.domain.policy import NO_LIMIT, DeclaredValue, Policy


class Allowed(NamedTuple):
    """What a policy value may be: whole or any number of at least 0, and whether ``none``."""

    may_be_none: bool = False
    whole: bool = True
    most: int | None = None

    def words(self) -> str:
        """The same in words, for a remedy."""
        number = "a whole number" if self.whole else "a number"
        limits = f"{number}, 0 or more" if self.most is None else f"{number} from 0 to {self.most}"
        return f"{limits}, or none for no limit" if self.may_be_none else limits


POLICY_KEYS: Mapping[str, Allowed] = MappingProxyType(
    {
        "max_training_per_week": Allowed(may_be_none=True, whole=False),
        "max_training_per_day": Allowed(may_be_none=True, whole=False),
        "max_taught_periods_per_day": Allowed(may_be_none=True),
        "rest_after_on_call_periods": Allowed(),
        "default_travel_minutes": Allowed(),
        "min_notice_days": Allowed(),
        "absence_rate": Allowed(whole=False, most=1),
        "min_block_periods": Allowed(),
        "wish_extra_trainer": Allowed(),
        "even_load_sessions_per_week": Allowed(whole=False),
        "wish_uneven_load": Allowed(),
        "wish_uneven_spread": Allowed(),
    }
)
"""Every figure that a policy has, and what it may be."""


class PolicyFile(Declaration):
    """A policy as it stands in models/policies/."""

    title: str
    purpose: str
    aliases: tuple[str, ...] = ()
    sources: dict[str, str]
    values: dict[str, WrittenValue]


def policy_names(models_dir: Path | str | None = None) -> tuple[str, ...]:
    """Every name that ``policy`` may have, aliases included, sorted."""
    return tuple(sorted(_paths_by_name(models_dir)))


def load_policy(
    name: str,
    overrides: Mapping[str, tuple[object, str]] | None = None,
    models_dir: Path | str | None = None,
) -> Policy:
    """The policy of that name (in any case) with the overrides put on top.

    ``overrides`` maps a policy key to the new value and the words that say where it was set, such
    as ``Settings!B7``. Raises DeclaredError, with every fault at once, for an unknown policy or
    key, or a value that the key cannot have; a fault of an override carries its ``where``.
    """
    paths = _paths_by_name(models_dir)
    wanted = name.strip().casefold()
    if wanted not in paths:
        raise DeclaredError(
            Fault("policy", name, f"there is no policy {name!r}.", remedy_for_name(wanted, paths))
        )
    path = paths[wanted]
    written = read_declaration(path, PolicyFile)
    values = _checked_values(written, path)
    values.update(_overridden(values, overrides or {}))
    return Policy(name=path.stem, values=tuple(values[key] for key in POLICY_KEYS))


def _paths_by_name(models_dir: Path | str | None) -> dict[str, Path]:
    files = declared_files("policies", models_dir)
    by_alias = {
        alias.casefold(): path
        for path in files.values()
        for alias in read_declaration(path, PolicyFile).aliases
    }
    # A file of one's own called default.toml beats the shipped policy that has it as an alias.
    return by_alias | {stem.casefold(): path for stem, path in files.items()}


def _checked_values(written: PolicyFile, path: Path) -> dict[str, DeclaredValue]:
    where = shown_path(path)
    faults = [
        Fault(where, key, f"{key} is not a policy figure.", remedy_for_name(key, POLICY_KEYS))
        for key in sorted(written.values.keys() - POLICY_KEYS.keys())
    ]
    faults += [
        Fault(where, key, f"{key} is missing.", f"Add [values.{key}].")
        for key in POLICY_KEYS
        if key not in written.values
    ]
    values: dict[str, DeclaredValue] = {}
    for key in POLICY_KEYS.keys() & written.values.keys():
        value = declared_value(key, written.values[key], written.sources, path)
        number = _number(value.value, POLICY_KEYS[key])
        if number is None:
            faults.append(_bad_value(where, key, value.value))
        else:
            values[key] = value.model_copy(update={"value": number})
    if faults:
        raise DeclaredError(*faults)
    return values


def _overridden(
    values: Mapping[str, DeclaredValue], overrides: Mapping[str, tuple[object, str]]
) -> dict[str, DeclaredValue]:
    faults: list[Fault] = []
    changed: dict[str, DeclaredValue] = {}
    for key, (raw, set_in) in overrides.items():
        if key not in POLICY_KEYS:
            remedy = remedy_for_name(key, POLICY_KEYS)
            faults.append(Fault(set_in, key, f"{key} is not a policy figure.", remedy))
            continue
        number = _number(raw, POLICY_KEYS[key])
        if number is None:
            faults.append(_bad_value(set_in, key, raw))
            continue
        local = {"value": number, "source": set_in, "status": "assumption", "set_in": set_in}
        changed[key] = values[key].model_copy(update=local)
    if faults:
        raise DeclaredError(*faults)
    return changed


def _bad_value(where: str, key: str, raw: object) -> Fault:
    allowed = POLICY_KEYS[key].words()
    return Fault(where, key, f"{key} cannot be {raw!r}.", f"Give {allowed}.")


def _number(raw: object, allowed: Allowed) -> int | float | str | None:
    """The value in its plain form (``4.0`` is 4, ``None`` in any case is none); None if unfit."""
    if isinstance(raw, str) and raw.strip().casefold() == NO_LIMIT:
        return NO_LIMIT if allowed.may_be_none else None
    if isinstance(raw, bool) or not isinstance(raw, int | float | str):
        return None
    try:
        exact = _exact(raw)
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    if exact < 0 or (allowed.most is not None and exact > allowed.most):
        return None
    if exact.denominator == 1:
        return int(exact)
    return None if allowed.whole else float(exact)


def _exact(raw: float | str) -> Fraction:
    text = str(raw).strip()
    if text.endswith("%"):
        return Fraction(text[:-1].strip()) / 100
    if isinstance(raw, float) and not math.isfinite(raw):
        raise ValueError(text)
    return Fraction(text)
