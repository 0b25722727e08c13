"""The command line: parse, call, print, exit. One file a verb, and no domain logic."""

from trainsched.cli.app import main

__all__ = ["main"]
