"""The rule ``unknown-reference``."""

from collections.abc import Iterator
from typing import Any

from friendcities.checks.plain import replaced
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.codec.writer import dumps, to_plain
from friendcities.datasets.references import dangling, references
from friendcities.datasets.tree import RecordFile
from friendcities.errors import Problem

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    return dangling(register.records, register.path_of, register.moved, register.known)


def _follow(file: RecordFile, register: Register) -> bytes | None:
    """The file with the ids of today in the place of those that moved; ``None`` where that would leave no record."""
    if file.record is None:
        return None
    plain: Any = to_plain(file.record)
    moved = [
        (field, now)
        for field, cls, id_ in references(file.record)
        if field != "id" and (now := register.moved[cls].get(id_)) is not None
    ]
    for field, now in moved:
        plain = replaced(plain, field, now)
    after = RecordFile.of(file.path, file.cls, dumps(plain).encode())
    return after.data if moved and after.record is not None else None


RULE = Rule(
    name="unknown-reference",
    scope=Scope.DATASET,
    summary="whatever a record names is on record",
    description=(
        "A record names others by their ids: a partnership its cities, evidence its source. An id that nothing has is "
        "a slip of the pen, or a record still to be added ('friendcities add'). An id that moved is followed by "
        "'friendcities check --fix', except in the name of a file."
    ),
    find=_find,
    fix=_follow,
)
