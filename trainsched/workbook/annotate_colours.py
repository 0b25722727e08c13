"""How our marks in a user's workbook look, so that reading the copy can tell them from theirs."""

from trainsched.domain.problems import Severity

SEVERITY_FILLS: dict[Severity, str] = {
    Severity.ERROR: "FFFFC8CF",
    Severity.WARNING: "FFFFE69A",
    Severity.QUESTION: "FFDDEBF8",
    Severity.NOTICE: "FFEDEDEF",
}
"""The colour of a cell by the worst that is said of it, as ARGB; none is a usual colour."""

SEVERITY_BORDERS: dict[Severity, str] = {
    Severity.ERROR: "FFC00001",
    Severity.WARNING: "FFBF8F01",
    Severity.QUESTION: "FF2F75B6",
    Severity.NOTICE: "FF808081",
}
"""The frame of a cell that has a colour of its own, which may mean something and so stays."""

OUR_FILLS = frozenset(SEVERITY_FILLS.values())
NOTE_START = "trainsched check"
"""The first words of our part of a note: what follows them is ours."""


def is_our_note(text: str) -> bool:
    """Whether a note holds nothing but what an earlier check put there."""
    return text.startswith(NOTE_START)
