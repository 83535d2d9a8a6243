"""Small worlds to ask: cities, ties and sources made by the handful."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar, cast

import attrs

from friendcities import (
    City,
    CityId,
    Dataset,
    Evidence,
    Level,
    Name,
    NameKind,
    PartialDate,
    Partnership,
    PartnershipId,
    PartnershipKind,
    Source,
    SourceId,
    SourceKind,
    Step,
    StepAction,
)
from friendcities.datasets.dataset import make_dataset
from friendcities.model import RECORD_TYPES, AnyRecord

R = TypeVar("R")


def changed(record: R, **changes: Any) -> R:
    """A record with some fields changed (type checkers do not see that ours are classes of attrs)."""
    return cast("R", attrs.evolve(cast("Any", record), **changes))


def a_dataset(records: Iterable[AnyRecord], redirects: Mapping[type[AnyRecord], Mapping[str, str]]) -> Dataset:
    """A dataset of records and redirects, without any check."""
    by_type: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
    for record in records:
        by_type[type(record)][record.id] = record
    for id_, partnership in by_type[Partnership].items():
        by_type[Partnership][id_] = partnership.with_sources(by_type[Source])
    return make_dataset(by_type, redirects)


def a_city(id_: str, name: str | None = None, *names: Name, **more: Any) -> City:
    """A city, of the country of its id; its name is made of its id where none is given."""
    country = id_[:2].upper()
    level = more.pop("level", Level.MUNICIPALITY)
    return City(id=CityId(id_), name=name or id_[3:].title(), names=names, country=country, level=level, **more)


def a_name(text: str, kind: NameKind = NameKind.ALIAS, language: str = "en") -> Name:
    """One more name of a city."""
    return Name(text=text, kind=kind, language=language)


def a_source(id_: str, as_of: str = "2020", kind: SourceKind = SourceKind.PRESS, *speaks_for: str) -> Source:
    """A source; with cities it speaks for, their government."""
    spoken_for = tuple(map(CityId, speaks_for))
    date = PartialDate.parse(as_of)
    return Source(id=SourceId(id_), kind=kind, publisher=id_, title=id_, as_of=date, speaks_for=spoken_for)


def told(source: str, *supports: str, **says: object) -> Evidence:
    """What a source has to say: the fields that it supports, and what it says instead of others."""
    return Evidence(source=SourceId(source), locator="page 1", supports=supports, claims=says)  # type: ignore[arg-type]


def denial(source: str) -> Evidence:
    """Evidence of a source that states that it did not happen."""
    return Evidence(source=SourceId(source), locator="page 1", denies=True)


def a_step(date: str | None, *evidence: Evidence, action: str = "established", kind: str = "sister_city") -> Step:
    """Something that happened on a date."""
    return Step(
        date=None if date is None else PartialDate.parse(date),
        action=StepAction(action),
        kind=PartnershipKind(kind),
        evidence=evidence,
    )


def a_tie(one: str, other: str, *steps: Step) -> Partnership:
    """A partnership; without steps, one established in 1990."""
    first, second = sorted([one, other])
    return Partnership(id=PartnershipId(f"{first}--{second}"), steps=steps or (a_step("1990"),))
