"""The rule ``missing-evidence``."""

from collections.abc import Iterator

import attrs

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import sourced
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Sourced
from friendcities.model.evidence import evidenced_fields

__all__ = ["RULE"]

_EMPTY: tuple[object, ...] = (None, (), {})
_SILENT: dict[type, tuple[tuple[str, object], ...]] = {}


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for way, owner in sourced(record):
        supported = {name for item in owner.evidence for name in item.supports}
        for name, silent in _silent(type(owner)):
            if name in supported:
                continue
            value = getattr(owner, name)
            if value != silent and value not in _EMPTY:
                what = f"no source is named for {name!r}"
                expected = "evidence that names it in 'supports'"
                mend = "name the source, or leave the field out"
                yield Problem(field=name, message=what, expected=expected, hint=mend).within(way)


def _silent(cls: type[Sourced]) -> tuple[tuple[str, object], ...]:
    """The fields that evidence can be about, each with the value at which it says nothing; worked out once."""
    if cls not in _SILENT:
        defaults = {attribute.name: attribute.default for attribute in attrs.fields(cls)}
        _SILENT[cls] = tuple((name, defaults[name]) for name in evidenced_fields(cls))
    return _SILENT[cls]


RULE = Rule(
    name="missing-evidence",
    scope=Scope.RECORD,
    summary="every field that says something has a source for it",
    description=(
        "Nothing stands here on our own word. Each field of a record, of a step, an office or a participant is named "
        "in the 'supports' of some evidence beside it. A field at its default (a kind that is unspecified, a value "
        "that is exact) says nothing and needs none; nor does a note, which is ours."
    ),
    find=in_records(_find),
)
