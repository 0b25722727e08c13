"""What a roster cell says: single codes, half-day forms and combined codes."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from trainsched.domain.calendar import Period
from trainsched.domain.roster import Code, Meaning, code_key
from trainsched.workbook.cells.days import parse_periods
from trainsched.workbook.cells.error import CellError
from trainsched.workbook.names import tidy
from trainsched.workbook.roster.shift_times import shift_times
from trainsched.workbook.sources import Sources

_BETWEEN_PARTS = re.compile(r"\s*[/+&;,\n]\s*")
_MOST_PARTS = 8
_HALF = re.compile(r"\b1\s?/\s?2\b|\u00bd|\bhalf(?:[\s-]?day)?\b|\bh/d\b|\b0\.5\b", re.IGNORECASE)
_EXCEL_ERRORS = frozenset({"#N/A", "#REF", "#NAME", "#VALUE", "#DIV/0", "#NULL", "#NUM"})
UNSETTLED = "The entry is marked as not settled"
NOT_KNOWN = "The code is not known"
SEVERAL_MEANINGS = "The code has several usual meanings"
_SAFE_AGAINST_A_DUTY = frozenset({Meaning.ABSENT, Meaning.ON_CALL})


class Said(NamedTuple):
    """One statement of a cell. ``periods`` None: all periods that the cell stands for.

    ``typed``: the cell itself named the periods, rather than the Codes sheet.
    """

    meaning: Meaning
    duty: str | None = None
    periods: tuple[str, ...] | None = None
    typed: bool = False


class CellReading(NamedTuple):
    """All that a cell says. ``trouble`` is "" where it was understood, else why it was not.

    ``question`` is set where the trouble is that a code has several usual meanings.
    """

    said: tuple[Said, ...]
    trouble: str = ""
    question: str = ""


def _quarantined(trouble: str, question: str = "") -> CellReading:
    return CellReading((Said(Meaning.BUSY),), trouble, question)


def is_error(text: str) -> bool:
    """Whether the text is what Excel shows where a formula failed: ``#N/A`` is no ``N/A``."""
    return text.startswith("#") and text.rstrip("!?").upper() in _EXCEL_ERRORS


class CodeBook:
    """The codes in force: the Codes sheet, then the duties' own names and the usual codes."""

    def __init__(
        self,
        sheet_codes: dict[str, list[Said]],
        usual: Iterable[Code],
        duties: Iterable[str],
        periods: Sequence[Period],
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self._sheet = _answered(answers or {}, {code_key(duty): duty for duty in duties})
        self._sheet |= sheet_codes
        self._usual = {
            code_key(word): code for code in usual for word in (code.code, *code.aliases)
        }
        self._duties = {code_key(duty): duty for duty in sorted(duties, reverse=True)}
        self._periods_of_day = tuple(periods)
        self._period_names = tuple(period.name for period in periods)
        self._readings: dict[str, CellReading] = {}

    def read(self, text: str) -> CellReading:
        """What a cell of this text says. A text that is not understood is ``busy``."""
        found = self._readings.get(text)
        if found is None:
            found = self._readings[text] = self._read(text)
        return found

    def knows(self, text: str) -> bool:
        """Whether the text is a code by itself."""
        return self._single(text) is not None

    def _read(self, text: str) -> CellReading:
        if "?" in text and not is_error(text):
            return _quarantined(
                UNSETTLED,
                "Does this hold? The entry carries a question mark.",
            )
        whole = self._single(text)
        if whole is not None:
            return whole
        timed = self._timed(text)
        if timed is not None:
            return timed
        half = self._half(text)
        if half is not None:
            return half
        parts = [part for part in _BETWEEN_PARTS.split(text) if tidy(part)]
        plain = self._parts(parts) if len(parts) <= _MOST_PARTS else []
        asked = next((reading for reading in plain if reading.question), None)
        if asked is not None:
            return _quarantined(asked.trouble, asked.question)
        said = tuple(one for reading in plain for one in reading.said)
        if _plain_periods(said):
            return CellReading(said)
        if len(parts) > 1 and any(self.knows(part) for part in parts):
            return _quarantined("The code is made of parts, and which part holds when is not plain")
        return _quarantined(NOT_KNOWN)

    def _timed(self, text: str) -> CellReading | None:
        """Times of a shift, alone or beside a code that agrees with them."""
        times = shift_times(tidy(text), self._periods_of_day)
        if times is None:
            return None
        if not times.words:
            return CellReading(_by_period(times.meanings))
        beside = self._single(times.words)
        if beside is None or beside.trouble:
            return beside
        if len(beside.said) > 1 or beside.said[0].periods is not None:
            return None
        one = beside.said[0]
        if one.meaning not in {Meaning.WORK, Meaning.DUTY}:
            return beside
        return CellReading(tuple(
            Said(one.meaning, one.duty, said.periods, typed=True)
            if said.meaning is Meaning.WORK else said
            for said in _by_period(times.meanings)
        ))  # fmt: skip

    def _half(self, text: str) -> CellReading | None:
        """``1/2 AL``: half a day, read only where the cell says which half (``1/2 AL am``)."""
        found = _HALF.search(text)
        if found is None:
            return None
        rest = tidy(text[: found.start()] + " " + text[found.end() :])
        part = self._part(rest) if rest else None
        if part is not None:
            return part
        if rest and self.knows(rest):
            return _quarantined("The code is for half a day, and which half is not plain")
        return None

    def _parts(self, parts: Sequence[str]) -> list[CellReading]:
        """The parts read one by one, some of them joined again (``A/L am``); [] if not plain."""
        for end in range(1, len(parts) + 1):
            first = self._part("/".join(parts[:end]))
            rest = self._parts(parts[end:]) if first is not None and end < len(parts) else []
            if first is not None and (rest or end == len(parts)):
                return [first, *rest]
        return []

    def _part(self, part: str) -> CellReading | None:
        """``AL am`` or ``am AL``; a code alone has no periods of its own and is no plain part."""
        words = part.replace("(", " ").replace(")", " ").split()
        if len(words) < 2:
            return None
        for code, period in ((words[:-1], words[-1]), (words[1:], words[0])):
            periods = self._periods(period)
            reading = self._single(" ".join(code)) if code and periods else None
            if reading is not None:
                said = tuple(one._replace(periods=periods, typed=True) for one in reading.said[:1])
                return reading._replace(said=said)
        return None

    def _periods(self, word: str) -> tuple[str, ...] | None:
        try:
            return parse_periods(word, self._period_names)
        except CellError:
            return None

    def _single(self, text: str) -> CellReading | None:
        if is_error(text):
            return _quarantined("The cell holds an error of Excel")
        key = code_key(text)
        if key in self._sheet:
            return CellReading(tuple(self._sheet[key]))
        usual = self._usual.get(key)
        if usual is not None and usual.meaning in _SAFE_AGAINST_A_DUTY:
            return CellReading((Said(usual.meaning),))
        # A duty of that very name is what the workbook's owner means, except where the usual
        # meaning keeps the person out of harm's way.
        if key and key in self._duties:
            return CellReading((Said(Meaning.DUTY, self._duties[key]),))
        if usual is None:
            return None
        if usual.meaning is None:
            return _quarantined(SEVERAL_MEANINGS, usual.question)
        return CellReading((Said(usual.meaning),))


def _by_period(meanings: Mapping[str, Meaning]) -> tuple[Said, ...]:
    if len(set(meanings.values())) == 1:
        return (Said(next(iter(meanings.values()))),)
    return tuple(Said(meaning, None, (name,), typed=False) for name, meaning in meanings.items())


def _answered(answers: Mapping[str, str], duties: Mapping[str, str]) -> dict[str, list[Said]]:
    """What codes were said to mean: a meaning, or a duty by its name."""
    found = {}
    for key, answer in answers.items():
        word, _, duty = answer.partition(":")
        named = duties.get(code_key(duty or word))
        if word.strip() in set(Meaning) - {Meaning.DUTY}:
            found[key] = [Said(Meaning(word.strip()))]
        elif named is not None:
            found[key] = [Said(Meaning.DUTY, named)]
    return found


def _plain_periods(said: tuple[Said, ...]) -> bool:
    named = [period for one in said for period in one.periods or ()]
    return bool(said) and len(named) == len(set(named))


def read_codes(
    sources: Sources, usual: Iterable[Code], answers: Mapping[str, str] | None = None
) -> CodeBook:
    """The code book of a workbook. Rows of the Codes sheet that clash or lack a duty are errors.

    ``answers``: what codes were said to mean before, by normal form; the Codes sheet beats them.
    """
    duties = sources.values("Duties", "duty")
    names = sources.settings.shape.period_names
    codes: dict[str, list[Said]] = {}
    first_rows: dict[str, str] = {}
    for record in sources.of("Codes"):
        if not record.has_all("code", "meaning") or "periods" in record.faulty:
            continue
        key = code_key(record.get("code"))
        meaning = Meaning(record.get("meaning"))
        duty = record.get("duty") if meaning is Meaning.DUTY else None
        if meaning is Meaning.DUTY and not record.filled("duty"):
            sources.problems.error(
                record.place("duty"),
                f"The code {record.get('code')} means a duty, but no duty is named.",
                "Write the duty's name as on the Duties sheet.",
                record.get("code"),
            )
            continue
        if meaning is not Meaning.DUTY and record.has("duty"):
            sources.problems.warning(
                record.place("duty"),
                f"The code {record.get('code')} does not mean a duty, so this was not used.",
                "Leave it blank, or write duty as the meaning.",
                record.get("duty"),
            )
        said = Said(meaning, duty, record.get("periods"))
        place = record.place("code")
        if not _plain_periods_apart(codes.get(key, []), said, names):
            sources.problems.error(
                place,
                f"The code {record.get('code')} stands here and in {first_rows[key]}.",
                "Keep one of the two rows, or give them different periods.",
                record.get("code"),
            )
            continue
        first_rows.setdefault(key, str(place))
        codes.setdefault(key, []).append(said)
    return CodeBook(codes, usual, duties, sources.settings.calendar.periods, answers)


def _plain_periods_apart(earlier: list[Said], said: Said, names: Sequence[str]) -> bool:
    mine = set(said.periods or names)
    return all(mine.isdisjoint(other.periods or names) for other in earlier)
