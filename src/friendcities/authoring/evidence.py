"""Evidence for what was answered: the source says whatever the record says."""

from typing import Any, Final, TypeVar, cast

import attrs

from friendcities.authoring.session import Desk
from friendcities.model import City, Evidence, Partnership, Record, Source, SourceId
from friendcities.model.evidence import evidenced_fields, is_empty

__all__ = ["cited"]

R = TypeVar("R", bound=Record)

_DIVISIONS: Final = "iso-3166-2"
"""The source, where it is on record, for the parts of countries and their codes."""


def cited(record: R, source: SourceId, locator: str, desk: Desk) -> R:
    """A record with one source's evidence for every field in which it says something of its own.

    The code of a subdivision rests on the standard besides, where that is on record.

    Args:
        record: The record; of a partnership, each step.
        source: The source, by id.
        locator: Where in it.
        desk: Knows what is on record.
    """
    whole = cast("Any", record)  # type checkers do not see that records are classes of attrs
    if isinstance(record, Partnership):
        return cast("R", attrs.evolve(whole, steps=tuple(cited(step, source, locator, desk) for step in record.steps)))
    said = [name for name in evidenced_fields(type(record)) if _says_something(record, name)]
    found = []
    has_standard = source != _DIVISIONS and _DIVISIONS in desk.records(Source)
    if isinstance(record, City) and record.subdivision is not None and has_standard:
        said.remove("subdivision")
        standard = SourceId(_DIVISIONS)
        found = [Evidence(source=standard, locator=record.subdivision, supports=("country", "subdivision"))]
    told = Evidence(source=source, locator=locator, supports=tuple(said))
    return cast("R", attrs.evolve(whole, evidence=(told, *found)))


def _says_something(record: Record, name: str) -> bool:
    value = getattr(record, name)
    return not is_empty(value) and value != attrs.fields_dict(cast("Any", type(record)))[name].default
