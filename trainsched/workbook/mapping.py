"""Answers kept beside the workbook: who a written name is, and what a code means here.

The file is TOML that people edit by hand. ``<workbook>.mapping.toml`` speaks for one workbook,
``mapping.toml`` for every workbook of its folder, next month's included.
"""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from trainsched.domain.problems import Problem, Severity
from trainsched.domain.roster import Meaning, code_key
from trainsched.workbook.names import person_key, tidy

FILE_NAME = "mapping.toml"
ANSWERABLE_MEANINGS: tuple[str, ...] = tuple(str(m) for m in Meaning if m is not Meaning.DUTY)
"""What a code may mean in one word. A duty also needs its name: ``duty: Linac QC``."""

_HEADER = (
    "# What trainsched has been told about names and codes in rosters.",
    "# Write the answer between the empty quotes. Lines with empty quotes are still open.",
)
_TABLE_WORDS: dict[str, tuple[str, ...]] = {
    "people": ('# "the name as written" = "the id from the sheet Staff or Trainees"',),
    "codes": (
        '# "the code as written" = "its meaning": ' + ", ".join(ANSWERABLE_MEANINGS) + ",",
        '# or "duty: the name of the duty".',
        "# absent is all leave; busy is at work, but free for neither cover nor training.",
    ),
}
_MOST_ANSWERS_SHOWN = 20
_QUESTION_MARK = "#? "
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'"
_ENTRY = re.compile(rf"^\s*({_STRING}|[\w-]+)\s*=\s*({_STRING})\s*(?P<comment>#.*)?$")
_TABLE = re.compile(r"^\s*\[(\w+)\]")


class MappingError(Exception):
    """A mapping file that cannot be read, or not be written without losing something."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Answers given. Keys are normal forms: ``person_key`` of names, ``code_key`` of codes.

    ``file`` is the name of the file they come from, "" for none, and ``sha256`` its fingerprint
    where it holds any. ``said`` has each answer with the words that repeat it. ``faults`` says of
    entries why they were not used.
    """

    people: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    file: str = ""
    faults: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    sha256: str = ""

    def person(self, written: str) -> str | None:
        """The id of the person written so, if that was answered."""
        return self.people.get(person_key(written))

    def meaning(self, code: str) -> str | None:
        """The meaning of a code, if that was answered."""
        return self.codes.get(code_key(code))


class OpenQuestion(NamedTuple):
    """A name or a code to be asked about. ``table`` is ``people`` or ``codes``.

    ``hint`` says where it stands and what it may be.
    """

    table: str
    written: str
    hint: str = ""

    @property
    def key(self) -> str:
        """The normal form under which the answer is found again."""
        return _key(self.table, self.written)


def names_a_duty(answer: str) -> bool:
    """Whether an answer about a code is a duty with its name."""
    word, colon, duty = answer.partition(":")
    return bool(word.strip() == Meaning.DUTY and colon and duty.strip())


def mapping_file(workbook: Path) -> Path:
    """The file that holds the answers for a workbook, there already or to be written."""
    own = workbook.parent / f"{_stem(workbook)}.{FILE_NAME}"
    return own if own.is_file() else workbook.parent / FILE_NAME


def load_mapping(workbook: Path) -> Mapping:
    """The answers for a workbook; none where there is no file. Faulty entries are in ``faults``."""
    path = mapping_file(workbook)
    try:
        tables = _read(path)
    except FileNotFoundError:
        return Mapping()
    except MappingError as error:
        return Mapping(file=path.name, faults=(str(error),))
    people: dict[str, str] = {}
    codes: dict[str, str] = {}
    faults: list[str] = []
    for written, answer in sorted(tables["people"].items()):
        _take(people, "people", written, answer, faults)
    for written, answer in sorted(tables["codes"].items()):
        if not answer or answer in ANSWERABLE_MEANINGS or names_a_duty(answer):
            _take(codes, "codes", written, answer, faults)
        else:
            faults.append(
                f"The code {written} is said to mean '{answer}'. "
                f"Write one of: {', '.join(ANSWERABLE_MEANINGS)}, or duty: and the duty's name."
            )
    said = [
        (answer, f"'{name}' is {answer}")
        for name, answer in sorted(tables["people"].items())
        if answer and people.get(person_key(name)) == answer
    ]
    said += [
        (answer, f"'{code}' means {answer}")
        for code, answer in sorted(tables["codes"].items())
        if answer and codes.get(code_key(code)) == answer
    ]
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest() if said else ""
    return Mapping(people, codes, path.name, tuple(faults), tuple(said), fingerprint)


def write_mapping(
    workbook: Path,
    *,
    answers: Iterable[tuple[OpenQuestion, str]] = (),
    questions: Iterable[OpenQuestion] = (),
) -> Path:
    """Add answers and open questions to a workbook's file, and return its path.

    What is answered there stays, with the comments beside and above it; a new answer replaces an
    old one. Raises MappingError if the file there cannot be read, OSError if it cannot be written.
    """
    path = mapping_file(workbook)
    try:
        listed = _read(path)
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        listed, text = {"people": {}, "codes": {}}, ""
    entries = {
        table: {
            _key(table, written): (written, answer) for written, answer in listed[table].items()
        }
        for table in _TABLE_WORDS
    }
    comments = _Comments(text)
    hints: dict[tuple[str, str], str] = {}
    for question in questions:
        entries[question.table].setdefault(question.key, (question.written, ""))
        hints[question.table, question.key] = question.hint
    for question, answer in answers:
        entries[question.table][question.key] = (question.written, answer)
    lines = list(_HEADER)
    for table, words in _TABLE_WORDS.items():
        lines += ["", f"[{table}]", *words]
        for key, (written, answer) in sorted(entries[table].items()):
            hint = hints.get((table, key), "") if not answer else ""
            lines += [_QUESTION_MARK + _printable(hint)] if hint else []
            lines += comments.above.get((table, written), [])
            beside = comments.beside.get((table, written), "")
            lines.append(f"{_quoted(written)} = {_quoted(answer)}{beside}")
        lines += comments.at_end.get(table, [])
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    partial.replace(path)
    return path


def said_of(mapping: Mapping, known_ids: Iterable[str]) -> tuple[Problem, ...]:
    """What a reading has to say of the answers it was given. ``known_ids``: all people read."""
    said = [(Severity.WARNING, fault, "Mend it there.") for fault in mapping.faults]
    known = frozenset(known_ids)
    said += [
        (
            # Other workbooks of the folder may have that person; the name is asked again anyway.
            Severity.NOTICE,
            f"It answers with the id {answer}, which nobody on the Staff and Trainees sheets has.",
            "Mend it there, or add the person.",
        )
        for answer in sorted(set(mapping.people.values()) - known)
        if known
    ]
    strange = set(mapping.people.values()) - known
    used = [words for answer, words in mapping.said if answer not in strange]
    names, codes = len(used) - len(mapping.codes), len(mapping.codes)
    if used:
        rest = len(used) - _MOST_ANSWERS_SHOWN
        shown = "; ".join(used[:_MOST_ANSWERS_SHOWN]) + (f"; and {rest} more" if rest > 0 else "")
        words = f"Its answers were used (names: {names}, codes: {codes}): {shown}."
        said.append((Severity.NOTICE, words, "Change them there."))
    return tuple(
        Problem(severity=severity, problem=f"{mapping.file}: {text}", remedy=remedy)
        for severity, text, remedy in said
    )


class _Comments:
    """The user's own comments of a mapping file: beside, above and after its entries."""

    def __init__(self, text: str) -> None:
        self.beside: dict[tuple[str, str], str] = {}
        self.above: dict[tuple[str, str], list[str]] = {}
        self.at_end: dict[str, list[str]] = {}
        ours = {*_HEADER, *(line for words in _TABLE_WORDS.values() for line in words)}
        table, waiting = "people", list[str]()
        for line in map(str.rstrip, text.splitlines()):
            entry = _ENTRY.match(line)
            heading = _TABLE.match(line)
            if heading is not None:
                self.at_end.setdefault(table, []).extend(waiting)
                table, waiting = heading[1], []
            elif line.lstrip().startswith("#"):
                if line not in ours and not line.startswith(_QUESTION_MARK):
                    waiting.append(line)
            elif entry is not None:
                written = next(iter(tomllib.loads(line)))
                self.above[table, written] = waiting
                self.beside[table, written] = f"  {entry['comment']}" if entry["comment"] else ""
                waiting = []
        self.at_end.setdefault(table, []).extend(waiting)


def _read(path: Path) -> dict[str, dict[str, str]]:
    """The two tables as written. Raises FileNotFoundError or MappingError."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise MappingError(
            f"The file cannot be read, so none of its answers were used: {error}."
        ) from error
    strange = sorted(set(content) - set(_TABLE_WORDS))
    if strange:
        raise MappingError(
            f"The file holds '{strange[0]}', which is neither [people] nor [codes], so none of its "
            "answers were used."
        )
    tables: dict[str, dict[str, str]] = {}
    for name in _TABLE_WORDS:
        table = content.get(name, {})
        if not isinstance(table, dict):
            raise MappingError(f"'{name}' is to be a table: write [{name}] above its lines.")
        for written, answer in table.items():
            if not isinstance(answer, str):
                raise MappingError(f"The answer for '{written}' is to stand between quotes.")
        tables[name] = {written: tidy(answer) for written, answer in table.items()}
    return tables


def _take(taken: dict[str, str], table: str, written: str, answer: str, faults: list[str]) -> None:
    key = _key(table, written)
    if not answer:
        return
    if not key:
        faults.append(f"'{written}' holds neither letters nor digits.")
    elif taken.setdefault(key, answer) != answer:
        faults.append(f"'{written}' is answered twice: {taken[key]} was used, {answer} was not.")


def _key(table: str, written: str) -> str:
    return person_key(written) if table == "people" else code_key(written)


def _stem(workbook: Path) -> str:
    return workbook.name if workbook.is_dir() else workbook.stem


def _quoted(text: str) -> str:
    # A JSON string is a TOML string too, once the one control character is escaped that JSON lets
    # pass and TOML does not.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _printable(text: str) -> str:
    return "".join(letter for letter in tidy(text) if letter.isprintable())
