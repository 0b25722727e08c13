"""Run every check of the project: `python3 scripts/test.py`. Extra arguments go to pytest."""

import sys

from environment import ensure_environment, run, say

# import-linter offers a command but no module to run.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"
CHECKS = {
    "style": ("-m", "ruff", "check", "."),
    "layout": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "imports": ("-c", LINT_IMPORTS, "--no-logo"),
    "tests": ("-m", "pytest"),
}


def main(pytest_arguments):
    """Run all checks even when one fails; 0 only when all passed."""
    ensure_environment()
    failed = []
    for name, command in CHECKS.items():
        say(f"\n== {name}")
        extra = pytest_arguments if name == "tests" else []
        if run(*command, *extra) != 0:
            failed.append(name)
    say("\n== summary")
    for name in CHECKS:
        say(f"{name:<10}{'FAILED' if name in failed else 'passed'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
