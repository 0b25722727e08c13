"""The roster codes that are understood without being told, and those that are asked about."""

from pathlib import Path
from typing import Literal

from trainsched.declared.files import (
    Declaration,
    DeclaredError,
    Fault,
    declared_files,
    read_declaration,
    shown_path,
)
from trainsched.domain.roster import Code, Meaning, code_key

CODES_FILE = "default"


class WrittenCode(Declaration):
    """A code as it stands in the file: a meaning, or a question, never both."""

    code: str
    aliases: tuple[str, ...] = ()
    meaning: Meaning | None = None
    question: str = ""


class CodesFile(Declaration):
    """The dictionary of models/codes/. Unit, source and status hold for every code in it."""

    title: str
    unit: str
    source: str
    status: Literal["published", "derived", "assumption"]
    codes: tuple[WrittenCode, ...]


def load_codes(models_dir: Path | str | None = None) -> tuple[Code, ...]:
    """The built-in codes, sorted. A code without a meaning has the question to ask instead.

    Raises DeclaredError when the file is malformed, a code has neither meaning nor question (or
    both), or two codes are written alike once case, spaces and punctuation are set aside.
    """
    path = declared_files("codes", models_dir)[CODES_FILE]
    written = read_declaration(path, CodesFile)
    faults = _faults(written, shown_path(path))
    if faults:
        raise DeclaredError(*faults)
    return tuple(
        Code(code=code.code, aliases=code.aliases, meaning=code.meaning, question=code.question)
        for code in sorted(written.codes, key=lambda code: code.code)
    )


def _faults(written: CodesFile, where: str) -> list[Fault]:
    faults: list[Fault] = []
    owner: dict[str, str] = {}
    for code in written.codes:
        if (code.meaning is None) == (code.question == ""):
            problem = f"{code.code} needs either a meaning or a question, not both."
            faults.append(Fault(where, code.code, problem, "Give one of the two."))
        for spelling in (code.code, *code.aliases):
            key = code_key(spelling)
            if not key:
                problem = f"{code.code}: {spelling!r} has no letter or digit."
                faults.append(Fault(where, code.code, problem, "Take it out."))
            elif owner.setdefault(key, code.code) != code.code:
                problem = f"{spelling!r} belongs to both {owner[key]} and {code.code}."
                faults.append(Fault(where, code.code, problem, "Leave it under one of them."))
    return faults
