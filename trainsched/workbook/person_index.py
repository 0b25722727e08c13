"""Finding the person that a cell means: by id, or by a name that only one person has."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from trainsched.workbook.names import nearest, person_key
from trainsched.workbook.written_names import is_placeholder, name_cell, split_names, words_key


class Found(NamedTuple):
    """What a name cell came to. ``note``: words beside the name that were not read.

    ``placeholder``: a post without a person. ``several``: more than one person is named.
    """

    person_id: str | None = None
    note: str = ""
    placeholder: bool = False
    several: tuple[str, ...] = ()


class PersonIndex:
    """Staff and trainees by id and by name. ``answers``: who a written name is, by normal form."""

    def __init__(
        self,
        staff: Iterable[tuple[str, str]],
        trainees: Iterable[tuple[str, str]],
        answers: Mapping[str, str] | None = None,
    ) -> None:
        self._names: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = {}
        self._by_words: dict[str, set[str]] = {}
        self._by_bare_id: dict[str, set[str]] = {}
        self._found: dict[str, Found] = {}
        self.staff_ids = self._take(staff)
        self.trainee_ids = self._take(trainees)
        self._answers = {
            key: person_id for key, person_id in (answers or {}).items() if person_id in self._names
        }

    def _take(self, people: Iterable[tuple[str, str]]) -> frozenset[str]:
        ids = set()
        for person_id, name in people:
            ids.add(person_id)
            self._names[person_id] = name
            self._by_key.setdefault(person_key(name), set()).add(person_id)
            self._by_words.setdefault(words_key(name), set()).add(person_id)
            self._by_bare_id.setdefault(person_id.casefold(), set()).add(person_id)
        return frozenset(ids)

    def find(self, text: str) -> str | None:
        """The id of the person: an exact id, else an exact unique name; None if neither.

        A name may be turned round and have notes in brackets beside it; an answer given for the
        text as written comes before all of that but the id.
        """
        return self.look_up(text).person_id

    def look_up(self, text: str) -> Found:
        """All that a name cell says."""
        found = self._found.get(text)
        if found is None:
            found = self._found[text] = self._look_up(text)
        return found

    def _look_up(self, text: str) -> Found:
        if text in self._names:
            return Found(text)
        answer = self._answers.get(person_key(text))
        if answer is not None:
            return Found(answer)
        whole = self._exact(text)
        if whole is not None:
            return Found(whole)
        cell = name_cell(text)
        if cell.name and cell.name != text:
            answer = self._answers.get(person_key(cell.name))
            person_id = answer or (
                cell.name if cell.name in self._names else self._exact(cell.name)
            )
            if person_id is not None:
                return Found(person_id, cell.note)
        if is_placeholder(text):
            return Found(placeholder=True)
        parts = split_names(text)
        if len(parts) > 1:
            ids = [self._look_up(part).person_id for part in parts]
            if all(ids):
                return Found(several=tuple(person_id for person_id in ids if person_id))
        return Found()

    def _exact(self, text: str) -> str | None:
        key = person_key(text)
        if not key:
            return None
        for known in (
            self._by_key.get(key),
            self._by_bare_id.get(text.casefold()),
            self._by_words.get(words_key(text)),
        ):
            if known is not None:
                return next(iter(known)) if len(known) == 1 else None
        return None

    def name(self, person_id: str) -> str:
        """The name of a known person. Raises KeyError."""
        return self._names[person_id]

    def proposal(self, text: str) -> str:
        """A sentence that names the people who may be meant."""
        several = self.look_up(text).several
        if several:
            shown = " and ".join(f"{one} ({self._names[one]})" for one in several)
            return f"Give {shown} a row each."
        written = name_cell(text).name or text
        alike = sorted(self._by_key.get(person_key(written), ()))
        alike = alike or sorted(self._by_words.get(words_key(written), ()))
        alike = alike or self._by_parts(written)
        if not alike:
            ids = sorted(self._names, reverse=True)
            words = {self._names[person_id]: person_id for person_id in ids}
            words |= {person_id: person_id for person_id in ids}
            alike = list(dict.fromkeys(words[word] for word in nearest(written, words)))
        if not alike:
            return "Write the id from the Staff or Trainees sheet."
        shown = " or ".join(f"{person_id} ({self._names[person_id]})" for person_id in alike[:4])
        return f"Is it {shown}? Write the id."

    def _by_parts(self, text: str) -> list[str]:
        """People whose initials these are, or of whose name these words are a part."""
        words = words_key(text).split()
        letters = "".join(words)
        found = []
        for person_id, name in self._names.items():
            theirs = words_key(name).split()
            initials = "".join(sorted(word[0] for word in theirs))
            if "".join(sorted(letters)) == initials or (
                words and all(_matches(word, theirs) for word in words)
            ):
                found.append(person_id)
        return sorted(found)


def _matches(word: str, theirs: list[str]) -> bool:
    if len(word) == 1:
        return any(other.startswith(word) for other in theirs)
    return word in theirs
