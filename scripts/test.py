"""Run every check of the project: `python3 scripts/test.py`. Extra arguments go to pytest."""

import sys

from environment import ensure_environment, run, say

CHECKS = (
    ("style (ruff check)", ("-m", "ruff", "check", ".")),
    ("layout (ruff format)", ("-m", "ruff", "format", "--check", ".")),
    ("types (mypy)", ("-m", "mypy")),
    ("layers (import-linter)", ("-c", "from importlinter.cli import lint_imports_command as c; c()")),
    ("tests (pytest)", ("-m", "pytest")),
)


def main(pytest_arguments):
    """Run all checks even when one fails; 0 only when all passed."""
    ensure_environment()
    outcomes = []
    for name, command in CHECKS:
        say("\n== {}".format(name))
        extra = tuple(pytest_arguments) if "pytest" in command else ()
        outcomes.append((name, run(*command, *extra)))
    say("\n== summary")
    for name, code in outcomes:
        say("{:<26}{}".format(name, "passed" if code == 0 else "FAILED (exit {})".format(code)))
    return 1 if any(code for _, code in outcomes) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
