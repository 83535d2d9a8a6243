"""What the exit code of the command line says."""

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """What the exit code says."""

    ANSWERED = 0
    NOT_FOUND = 1
    """What was asked for is not there or ambiguous, the data cannot be read, or the answer cannot be written."""
    PROBLEMS = 1
    """Something is wrong with what was checked; the same code, for to a shell both say "no"."""
    USAGE = 2
    INTERRUPTED = 130
