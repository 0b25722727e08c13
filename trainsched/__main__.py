"""Lets `python -m trainsched` do what the `trainsched` command does."""

from trainsched.cli.app import main

if __name__ == "__main__":
    raise SystemExit(main())
