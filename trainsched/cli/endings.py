"""How a command ends: its exit code, and the sentence that says why."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the caller of a command may rely on."""

    DONE = 0
    FINDINGS = 1
    """`verify` found broken rules, or what was asked is proved impossible."""
    INPUT_ERRORS = 2
    """The input has errors; all are listed."""
    NO_ANSWER_IN_TIME = 3
    BAD_COMMAND = 4
    INTERNAL_ERROR = 5
    """A fault of the program, a rejection by the checker included. Nothing was written."""
    ABORTED = 130
    """Ctrl-C twice; the usual code of a program that was told to stop at once."""


class Ending(Exception):  # noqa: N818 - an ending is not always an error
    """Ends the command with a code; the message, if any, goes to stderr as it stands."""

    def __init__(self, code: ExitCode, message: str = "") -> None:
        self.code = code
        self.message = message
        super().__init__(message)
