"""Finding and reading the declared files: TOML in, checked tables out, plain errors.

Every declared number carries ``unit``, ``source`` and ``status``. ``source`` is a key of the same
file's ``[sources]`` table, which gives title and address once; the loaded value carries the text.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple, TypeVar

from pydantic import BaseModel, ConfigDict, StrictFloat, StrictInt, StrictStr, ValidationError

from trainsched.domain.policy import DeclaredValue

KINDS: tuple[str, ...] = ("policies", "codes", "programmes", "costs")
"""The folders of models/ that hold declared figures."""

PACKAGE_DIRECTORY = Path(__file__).resolve().parent.parent


class Fault(NamedTuple):
    """One thing that is wrong. ``where`` is a file and key, or where an override was set."""

    where: str
    name: str
    problem: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.where}: {self.problem} {self.remedy}".strip()


class DeclaredError(LookupError):
    """A declared file or name cannot be used. ``faults`` lists everything wrong, all at once."""

    def __init__(self, *faults: Fault) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


class Declaration(BaseModel):
    """The base of everything read from a declared file: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WrittenValue(Declaration):
    """A value as it stands in a file."""

    value: StrictInt | StrictFloat | StrictStr
    unit: StrictStr
    source: StrictStr
    status: Literal["published", "derived", "assumption"]
    meaning: StrictStr = ""


DeclarationT = TypeVar("DeclarationT", bound=Declaration)


def models_directory(explicit: Path | str | None = None) -> Path:
    """The folder of declared files: the one asked for, else the packaged one, else the checkout's.

    Raises DeclaredError when the folder is not there or holds none of the expected folders.
    """
    if explicit is not None:
        folder = Path(explicit)
        if not any((folder / kind).is_dir() for kind in KINDS):
            raise DeclaredError(
                Fault(
                    str(folder),
                    "models",
                    "is not a folder with declared figures.",
                    f"Give a folder that holds at least one of: {', '.join(KINDS)}.",
                )
            )
        return folder
    return shipped_models_directory()


def shipped_models_directory() -> Path:
    """The folder that comes with the program. Raises DeclaredError when it is missing."""
    for folder in (PACKAGE_DIRECTORY / "models", PACKAGE_DIRECTORY.parent / "models"):
        if (folder / "policies").is_dir():
            return folder
    raise DeclaredError(
        Fault(
            str(PACKAGE_DIRECTORY / "models"),
            "models",
            "the declared figures that come with the program are missing.",
            "Install the program again.",
        )
    )


def declared_files(kind: str, models_dir: Path | str | None = None) -> dict[str, Path]:
    """The TOML files of one kind by name, sorted.

    A folder of one's own is laid over the shipped one: a file of the same name replaces the
    shipped file, so that a local policy needs no copy of everything else.
    """
    folders = [shipped_models_directory()]
    if models_dir is not None:
        folders.append(models_directory(models_dir))
    found = {
        path.stem: path for folder in folders for path in sorted((folder / kind).glob("*.toml"))
    }
    return dict(sorted(found.items()))


def shown_path(path: Path) -> str:
    """The file as messages name it: kind and file name, never a machine's folders."""
    return f"models/{path.parent.name}/{path.name}"


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a TOML file. Raises DeclaredError naming file and line."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise DeclaredError(
            Fault(shown_path(path), "", f"cannot be read ({error}).", "Save it as UTF-8 text.")
        ) from error
    except tomllib.TOMLDecodeError as error:
        raise DeclaredError(
            Fault(
                shown_path(path),
                "",
                f"is not valid TOML: {error}.",
                "Mend the line named, or restore the shipped file.",
            )
        ) from error


def read_declaration(path: Path, shape: type[DeclarationT]) -> DeclarationT:
    """The file checked against its shape. Raises DeclaredError with every faulty key."""
    try:
        return shape.model_validate(read_toml(path))
    except ValidationError as error:
        raise DeclaredError(
            *(
                Fault(
                    shown_path(path),
                    _key(detail["loc"]),
                    f"{_key(detail['loc']) or 'the file'}: {detail['msg']}.",
                    "Compare with the shipped file of the same kind.",
                )
                for detail in error.errors()
            )
        ) from error


def _key(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in location)


def declared_value(
    name: str, written: WrittenValue, sources: Mapping[str, str], path: Path
) -> DeclaredValue:
    """The value with its source spelt out. Raises DeclaredError for a source nobody listed."""
    if written.source not in sources:
        raise DeclaredError(
            Fault(
                shown_path(path),
                name,
                f"{name} cites the source {written.source!r}, which is not under [sources].",
                _did_you_mean(written.source, sources) or "Add it there with title and address.",
            )
        )
    return DeclaredValue(
        name=name,
        value=written.value,
        unit=written.unit,
        source=sources[written.source],
        status=written.status,
        meaning=written.meaning,
        set_in=shown_path(path),
    )


def remedy_for_name(name: str, known: Iterable[str]) -> str:
    """A nearby name if there is one, and always the list of names that exist."""
    names = sorted(known)
    return f"{_did_you_mean(name, names)} Known: {', '.join(names)}.".strip()


def _did_you_mean(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name.casefold(), sorted(known), n=1, cutoff=0.6)
    return f"Did you mean {close[0]!r}?" if close else ""
