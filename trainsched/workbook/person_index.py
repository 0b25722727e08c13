"""Finding the person that a cell means: by id, or by a name that only one person has."""

from collections.abc import Iterable

from trainsched.workbook.names import nearest, person_key


class PersonIndex:
    """Staff and trainees by id and by name."""

    def __init__(
        self, staff: Iterable[tuple[str, str]], trainees: Iterable[tuple[str, str]]
    ) -> None:
        self._names: dict[str, str] = {}
        self._by_key: dict[str, set[str]] = {}
        self.staff_ids = self._take(staff)
        self.trainee_ids = self._take(trainees)

    def _take(self, people: Iterable[tuple[str, str]]) -> frozenset[str]:
        ids = set()
        for person_id, name in people:
            ids.add(person_id)
            self._names[person_id] = name
            self._by_key.setdefault(person_key(name), set()).add(person_id)
        return frozenset(ids)

    def find(self, text: str) -> str | None:
        """The id of the person: an exact id, else an exact unique name; None if neither."""
        if text in self._names:
            return text
        ids = self._by_key.get(person_key(text), set())
        return next(iter(ids)) if len(ids) == 1 else None

    def name(self, person_id: str) -> str:
        """The name of a known person. Raises KeyError."""
        return self._names[person_id]

    def proposal(self, text: str) -> str:
        """A sentence that names the people who may be meant."""
        alike = sorted(self._by_key.get(person_key(text), ()))
        if not alike:
            ids = sorted(self._names, reverse=True)
            words = {self._names[person_id]: person_id for person_id in ids}
            words |= {person_id: person_id for person_id in ids}
            alike = list(dict.fromkeys(words[word] for word in nearest(text, words)))
        if not alike:
            return "Write the id from the Staff or Trainees sheet."
        shown = " or ".join(f"{person_id} ({self._names[person_id]})" for person_id in alike)
        return f"Is it {shown}? Write the id."
