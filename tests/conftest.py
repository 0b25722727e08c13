"""Settings for every test: no colour, and examples that do not differ from run to run."""

import pytest
from hypothesis import settings

# A failing example must fail again elsewhere, and a slow machine must not fail a test.
settings.register_profile("steady", derandomize=True, deadline=None, database=None)
settings.load_profile("steady")


@pytest.fixture(autouse=True)
def plain_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what a developer's terminal would add to the output under test."""
    for name in ("FORCE_COLOR", "CLICOLOR_FORCE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("NO_COLOR", "1")
