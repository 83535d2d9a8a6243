"""Ids for records of theirs whose own is taken."""

from collections.abc import Container
from itertools import count
from typing import Final

__all__ = ["free_id", "is_made_of"]

_LONGEST: Final = 92
"""How long an id may be to which a number is added: an id has at most 100 characters."""


def free_id(id_: str, taken: Container[str]) -> str:
    """An id that is not taken: this one, else this one with the first number behind it that makes it so.

    Example:
        >>> free_id("gazette-1994", {"gazette-1994"})
        'gazette-1994-2'
    """
    base = id_[:_LONGEST].rstrip("-")
    return (
        id_ if id_ not in taken else next(f"{base}-{number}" for number in count(2) if f"{base}-{number}" not in taken)
    )


def is_made_of(id_: str, first: str) -> bool:
    """Whether :func:`free_id` may have made an id of another: it is that, with a number behind it or without.

    Example:
        >>> is_made_of("gazette-1994-2", "gazette-1994"), is_made_of("gazette-1994", "gazette")
        (True, True)
    """
    base, _, number = id_.rpartition("-")
    return id_ == first or (number.isdecimal() and base == first[:_LONGEST].rstrip("-"))
