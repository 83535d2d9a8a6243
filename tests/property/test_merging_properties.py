"""What holds of every merge."""

import contextlib
from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from friendcities import (
    City,
    CityId,
    Coordinates,
    Dataset,
    Evidence,
    FrozenMap,
    InvalidRecordError,
    Level,
    NameKind,
    PartialDate,
    Partnership,
    Source,
    SourceId,
    SourceKind,
    Step,
)
from friendcities.codec.canonical import to_plain
from friendcities.codec.strict import structure
from friendcities.collection.references import references
from friendcities.collection.repointing import repointed
from friendcities.model import RECORD_TYPES, AnyRecord
from friendcities.model.evidence import evidenced_fields, is_empty
from tests.strategies import RECORDS
from tests.worlds import a_name, a_source, a_step, a_tie, changed, told

CITIES = ("cn-a", "cn-b", "nz-a", "nz-c")
IDS = {cls: ("one", "two", "three") for cls in RECORD_TYPES.values()} | {City: CITIES}
KINDS = ("sister_city", "friendship_city", "unspecified")
DATES = (None, "1980", "1985", "1985-06", "1985-06-01", "1990", "2000-01-01")
EVENTS = ("proposed", "established", "upgraded", "renewed", "suspended", "resumed", "ended", "listed", "claimed")
PLACES = [Coordinates(latitude=float(north), longitude=0.0, point="city") for north in (0, 0.1, 0.9, 40)]
NAMES = ("Alba", "Álba", "Beta")


@st.composite
def evidence(draw: st.DrawFn, owner: Any) -> tuple[Evidence, ...]:
    """Evidence for some of what a record says."""
    full = [name for name in evidenced_fields(type(owner)) if not is_empty(getattr(owner, name))]
    found = []
    for source in draw(st.lists(st.sampled_from(IDS[Source]), max_size=2)):
        supports = draw(st.lists(st.sampled_from(full), unique=True, min_size=1))
        found.append(changed(told(source, *supports), locator=draw(st.sampled_from(["page 1", "row 2"]))))
    return tuple(found)


@st.composite
def cities(draw: st.DrawFn, id_: str) -> City:
    """A city that may be another, by its names, its place and its ids elsewhere."""
    schemes = {"wikidata": st.sampled_from(["Q1", "Q2"]), "geonames": st.sampled_from(["1", "2"])}
    city = City(
        id=CityId(id_),
        name=draw(st.sampled_from(NAMES)),
        names=tuple(draw(st.lists(st.builds(a_name, st.sampled_from(NAMES), st.sampled_from(NameKind)), max_size=1))),
        country=id_[:2].upper(),
        subdivision=draw(st.none() | st.sampled_from([f"{id_[:2].upper()}-1", f"{id_[:2].upper()}-2"])),
        level=draw(st.sampled_from([Level.MUNICIPALITY, Level.TOWN, Level.REGION])),
        part_of=draw(st.none() | st.sampled_from([*map(CityId, CITIES[CITIES.index(id_) + 1 :]), None])),
        coordinates=draw(st.none() | st.sampled_from(PLACES)),
        identifiers=FrozenMap({name: draw(way) for name, way in schemes.items() if draw(st.booleans())}),
    )
    return changed(city, evidence=draw(evidence(city)))


@st.composite
def ties(draw: st.DrawFn) -> Partnership:
    """A partnership of two of the cities, with a history of a few steps."""
    one, other = draw(st.lists(st.sampled_from(CITIES), unique=True, min_size=2, max_size=2))
    steps = []
    for date in sorted(draw(st.lists(st.sampled_from(DATES[1:]), min_size=1, max_size=4))):
        known = date if draw(st.booleans()) else None
        step = a_step(known, what=draw(st.sampled_from(EVENTS)), kind=draw(st.sampled_from(KINDS)))
        step = changed(step, by=draw(st.none() | st.sampled_from([CityId(one), CityId(other)])))
        step = changed(step, note=draw(st.none() | st.sampled_from(["A note.", "Another."])))
        steps.append(changed(step, evidence=draw(evidence(step)) + draw(dissent(step))))
    return a_tie(one, other, *steps)


@st.composite
def dissent(draw: st.DrawFn, step: Step) -> tuple[Evidence, ...]:
    """Evidence that says something else than a step, or nothing."""
    date = draw(st.sampled_from(DATES))
    said = None if date is None else PartialDate.parse(date)
    if said is not None and said == step.date:
        return ()
    return draw(st.sampled_from([(), (told("three", "what", date=said),)]))


@st.composite
def sources(draw: st.DrawFn, id_: str) -> Source:
    """A source that may be another, by its address and its contents."""
    source = a_source("any", draw(st.sampled_from(["2001", "2001-05", "2020"])), SourceKind.PRESS)
    address = draw(st.none() | st.sampled_from(["https://example.org/a", "http://EXAMPLE.org/a#b"]))
    spoken = draw(st.lists(st.sampled_from(list(map(CityId, CITIES))), max_size=1))
    return changed(source, id=SourceId(id_), address=address, speaks_for=tuple(spoken), seen=draw(st.none() | SEEN))


SEEN = st.sampled_from([PartialDate(2021), PartialDate(2022)])


@st.composite
def settled(draw: st.DrawFn, cls: type[AnyRecord]) -> list[AnyRecord]:
    """A record of any shape that names what is there; nothing where that cannot be."""
    record = draw(RECORDS[cls])
    named = {id_ for _, _, id_ in references(record)} | {record.id}
    to = {kind: {id_: draw(st.sampled_from(ids)) for id_ in sorted(named)} for kind, ids in IDS.items()}
    moved = repointed(record, to)
    with contextlib.suppress(InvalidRecordError):  # what it says otherwise may be what it says now
        return [structure(cls, moved.id, to_plain(moved))]
    return []


@st.composite
def worlds(draw: st.DrawFn) -> Dataset:
    """A small world, of which two may be about the same things, in parts and under other ids."""
    found: dict[tuple[type, str], AnyRecord] = {}
    made: list[AnyRecord] = [draw(cities(id_)) for id_ in CITIES]
    made += [draw(sources(id_)) for id_ in IDS[Source]]
    made += draw(st.lists(ties(), max_size=2))
    others = [cls for cls in RECORD_TYPES.values() if cls not in {City, Source, Partnership}]
    for cls in others:
        made += draw(settled(cls)) if cls.__name__ in {"Memorandum", "Official"} else ()
    for cls in draw(st.lists(st.sampled_from(others), max_size=3)):
        made += draw(settled(cls))
    for record in made:
        found[type(record), record.id] = record
    known = {cls: {id_ for kind, id_ in found if kind is cls} for cls in RECORD_TYPES.values()}
    while True:
        loose = [
            key for key, record in found.items() if any(id_ not in known[cls] for _, cls, id_ in references(record))
        ]
        if not loose:
            return Dataset(found.values())
        for key in loose:
            del found[key]
            known[key[0]].discard(key[1])
