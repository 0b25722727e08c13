"""Names as people type them: normal forms for comparing, and the nearest known name."""

import unicodedata
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from trainsched.domain.roster import code_key

_NEAR = 70
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
TITLES = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sir", "dame"})


def tidy(text: str) -> str:
    """The text without invisible characters, outer spaces and doubled spaces."""
    return " ".join(text.translate(_INVISIBLE).split())


def key_of(text: str) -> str:
    """The normal form of a sheet, header or setting name: also blind to a plural ending."""
    bare = code_key(text) or tidy(text)
    if bare.endswith("ies") and len(bare) > 4:
        return bare[:-3] + "y"
    return bare[:-1] if bare.endswith("s") and len(bare) > 2 else bare


def person_key(name: str) -> str:
    """A person's name without case, spaces, accents and title; ``LAST, First`` is turned round."""
    text = unicodedata.normalize("NFKD", tidy(name).casefold())
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    if text.count(",") == 1:
        last, first = text.split(",")
        text = f"{first} {last}"
    words = text.replace(".", " ").split()
    while words and words[0] in TITLES:
        words = words[1:]
    return "".join(letter for word in words for letter in word if letter.isalnum())


def nearest(word: str, known: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """The known names most like the word, best first; none when nothing is alike."""
    found = process.extract(
        word,
        sorted(set(known)),
        scorer=fuzz.WRatio,
        processor=lambda text: text.casefold().replace("_", " "),
        limit=limit,
        score_cutoff=_NEAR,
    )
    return tuple(name for name, _, _ in found)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A sentence that offers the nearest known names, or "" when nothing is alike."""
    near = nearest(word, known)
    return f"Did you mean {' or '.join(near)}?" if near else ""
