"""What was proved before: a folder of small files named after what each answer rests on.

Only proofs are kept, never "not settled", so a remembered answer is what a new search would give.
The folder may be deleted at any time.
"""

import hashlib
import json
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from trainsched.domain.organisation import Organisation


def usual_folder() -> Path:
    """The user's own folder for things that may be deleted."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library" / "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "trainsched" / "capacity"


class Memory:
    """Answers by key: of this run, and of earlier runs where a folder is given."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._known: dict[str, dict[str, Any]] = {}

    def get(self, key: str) -> dict[str, Any] | None:
        """The answer, if it is known. A damaged file counts as not known."""
        if key not in self._known and self._folder is not None:
            with suppress(OSError, ValueError):
                found = json.loads((self._folder / f"{key}.json").read_text(encoding="utf-8"))
                if isinstance(found, dict):
                    self._known[key] = found
        return self._known.get(key)

    def put(self, key: str, answer: dict[str, Any]) -> None:
        """Keep an answer. A folder that cannot be written is not an error."""
        self._known[key] = answer
        if self._folder is None:
            return
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(answer, file)
            Path(name).replace(self._folder / f"{key}.json")


def fingerprint(kind: str, organisation: Organisation, *more: object) -> str:
    """What a question rests on, as one short text: equal facts give equal texts."""
    digest = hashlib.sha256()
    digest.update(json.dumps([kind, *map(str, more)]).encode())
    digest.update(organisation.model_dump_json().encode())
    return digest.hexdigest()
