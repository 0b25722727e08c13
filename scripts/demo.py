"""Plan the example department and print the report: `python3 scripts/demo.py`."""

import sys

from environment import ensure_environment, run, say

WORKBOOK = "inputs/examples/medium.xlsx"
FOLDER = "outputs/demo"


def main():
    """Set up if need be, then plan; the exit code is the plan command's own."""
    ensure_environment()
    say(f"Planning the example department: trainsched plan {WORKBOOK} -o {FOLDER} --force")
    return run("-m", "trainsched", "plan", WORKBOOK, "-o", FOLDER, "--force")


if __name__ == "__main__":
    sys.exit(main())
