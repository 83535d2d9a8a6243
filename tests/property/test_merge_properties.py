"""What holds of every merge."""

import contextlib
from collections.abc import Iterator
from typing import Any

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
    StepAction,
)
from friendcities.codec.reader import read_record
from friendcities.codec.writer import to_plain
from friendcities.datasets.references import references, replace_ids
from friendcities.merge import MergeReport
from friendcities.model import RECORD_TYPES, AnyRecord
from friendcities.model.evidence import evidenced_fields, is_empty
from friendcities.model.partnership_state import PUTS_IN_FORCE
from tests.strategies import RECORDS
from tests.worlds import a_name, a_source, a_step, a_tie, changed, denial, told

CITIES = ("cn-a", "cn-b", "nz-a", "nz-c")
IDS = dict.fromkeys(RECORD_TYPES.values(), ("one", "two", "three")) | {City: CITIES}
KINDS = ("sister_city", "friendship_city", "unspecified")
DATES = (None, "1980", "1985", "1985-06", "1985-06-01", "1990", "2000-01-01")
EVENTS = ("proposed", "established", "upgraded", "renewed", "suspended", "resumed", "ended", "listed", "unconfirmed")
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
        step = a_step(known, action=draw(st.sampled_from(EVENTS)), kind=draw(st.sampled_from(KINDS)))
        step = changed(step, initiator=draw(st.none() | st.sampled_from([CityId(one), CityId(other)])))
        step = changed(step, note=draw(st.none() | st.sampled_from(["A note.", "Another."])))
        steps.append(changed(step, evidence=draw(evidence(step)) + draw(dissent(step))))
    return a_tie(one, other, *steps)


@st.composite
def dissent(draw: st.DrawFn, step: Step) -> tuple[Evidence, ...]:
    """Evidence that states another date than a step, or denies it."""
    date = draw(st.sampled_from(DATES))
    if date is None:
        return draw(st.sampled_from([(), (denial("three"),)]))
    said = PartialDate.parse(date)
    if said == step.date:
        return ()
    return draw(st.sampled_from([(), (told("three", "action", date=said),)]))


@st.composite
def sources(draw: st.DrawFn, id_: str) -> Source:
    """A source that may be another, by its address and its contents."""
    source = a_source("any", draw(st.sampled_from(["2001", "2001-05", "2020"])), SourceKind.PRESS)
    address = draw(st.none() | st.sampled_from(["https://example.org/a", "http://EXAMPLE.org/a#b"]))
    spoken = draw(st.lists(st.sampled_from(list(map(CityId, CITIES))), max_size=1))
    return changed(source, id=SourceId(id_), address=address, speaks_for=tuple(spoken), accessed=draw(st.none() | SEEN))


SEEN = st.sampled_from([PartialDate(2021), PartialDate(2022)])


@st.composite
def settled(draw: st.DrawFn, cls: type[AnyRecord]) -> list[AnyRecord]:
    """A record of any shape that names what is there; nothing where that cannot be."""
    record = draw(RECORDS[cls])
    named = {id_ for _, _, id_ in references(record)} | {record.id}
    to = {kind: {id_: draw(st.sampled_from(ids)) for id_ in sorted(named)} for kind, ids in IDS.items()}
    moved = replace_ids(record, to)
    with contextlib.suppress(InvalidRecordError):  # what it says otherwise may be what it says now
        return [read_record(cls, moved.id, to_plain(moved))]
    return []


@st.composite
def worlds(draw: st.DrawFn) -> Dataset:
    """A small world, of which two may be about the same things, in parts and under other ids."""
    found: dict[tuple[type, str], AnyRecord] = {}
    made: list[AnyRecord] = [draw(cities(id_)) for id_ in CITIES]
    made += [draw(sources(id_)) for id_ in IDS[Source]]
    made += draw(st.lists(ties(), max_size=2))
    others = [cls for cls in RECORD_TYPES.values() if cls not in {City, Source, Partnership}]
    made += draw(st.sampled_from(others).flatmap(settled))
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


def pieces(record: AnyRecord) -> Iterator[Evidence]:
    """All the evidence in a record."""
    yield from getattr(record, "evidence", ())
    for name in ("steps", "offices", "participants"):
        for part in getattr(record, name, ()):
            yield from part.evidence


def statements(record: AnyRecord) -> set[tuple[str, str, str, object]]:
    """What each source states at each place, whatever is recorded; of a start, any action that puts it in force."""
    found: set[tuple[str, str, str, object]] = set()
    parts = [part for name in ("steps", "offices", "participants") for part in getattr(record, name, ())]
    for owner in (record, *parts):
        for item in getattr(owner, "evidence", ()):
            values = {**{name: getattr(owner, name) for name in item.supports}, **item.claims, "": item.denies}
            for name, value in values.items():
                is_start = name == "action" and value in PUTS_IN_FORCE
                grows = isinstance(value, tuple | FrozenMap)
                stated = StepAction.ESTABLISHED if is_start else name if grows else value
                found.add((item.source, item.locator, name, stated))
    return found


def where_it_went(report: MergeReport) -> dict[tuple[type, str], str]:
    """From the id of a record of the other dataset to that in the result."""
    joined = {(each.record_type, each.their_id): each.id for each in report.joined}
    return joined | {(each.record_type, each.their_id): each.id for each in report.added if not each.field}


def by_id(data: Dataset) -> dict[tuple[type, str], AnyRecord]:
    """The records of a dataset."""
    return {(type(record), record.id): record for record in data}


MERGES = settings(max_examples=settings().max_examples * 3 // 2, suppress_health_check=[HealthCheck.too_slow])


@MERGES
@given(worlds())
def test_a_dataset_has_nothing_to_tell_itself(data: Dataset) -> None:
    """Merged with itself, or with nothing, a dataset is what it was, and there is nothing to report."""
    merge = data.merge(data)

    assert data == merge.dataset
    assert ((), (), ()) == (merge.report.added, merge.report.disagreements, merge.report.doubts)
    assert data == data.merge(Dataset()).dataset == Dataset().merge(data).dataset


@MERGES
@given(worlds(), worlds())
def test_nothing_is_lost(ours: Dataset, theirs: Dataset) -> None:
    """Our ids stay, every record of theirs has one place, and what a source says, and where, is found there."""
    merge = ours.merge(theirs)
    made, went = by_id(merge.dataset), where_it_went(merge.report)

    assert by_id(ours).keys() <= made.keys()
    assert by_id(theirs).keys() == went.keys()
    for key, record in by_id(ours).items():
        assert statements(record) <= statements(made[key])
    for (cls, id_), record in by_id(theirs).items():
        witnesses = {(item.source, item.locator) for item in pieces(made[cls, went[cls, id_]])}
        told_there = {(went[Source, item.source], item.locator) for item in pieces(record)}
        assert told_there <= witnesses


@MERGES
@given(worlds(), worlds())
def test_what_is_made_is_right(ours: Dataset, theirs: Dataset) -> None:
    """Every record of a merge is read as it is written, and the order of the records makes no difference."""
    merge = ours.merge(theirs)
    backwards = Dataset(reversed(list(ours))).merge(Dataset(reversed(list(theirs))))

    for record in merge.dataset:
        assert record == read_record(type(record), record.id, to_plain(record))
    assert merge == backwards


@MERGES
@given(worlds(), worlds())
def test_merging_again_adds_nothing(ours: Dataset, theirs: Dataset) -> None:
    """What was merged already is known again, unless two of its own cities could be each other."""
    theirs = Dataset(map(set_apart, theirs))
    merged = ours.merge(theirs).dataset

    assert merged == merged.merge(theirs).dataset


@MERGES
@given(worlds(), worlds())
def test_what_a_source_tells_stays_what_it_tells(ours: Dataset, theirs: Dataset) -> None:
    """A source that is new dates the coming into force of a partnership after the merge as it did before."""
    apart = Dataset(renamed(record) for record in theirs)
    merge = ours.merge(apart)
    made, went = by_id(merge.dataset), where_it_went(merge.report)
    for tie in apart.partnerships():
        for id_ in tie.cites:
            before = tie.according_to(id_)
            found = made[Partnership, went[Partnership, tie.id]]
            assert isinstance(found, Partnership)
            after = found.according_to(SourceId(went[Source, id_]))
            if before is not None:
                assert after is not None
                assert {step.date for step in before.steps} <= {step.date for step in after.steps}


def set_apart(record: AnyRecord) -> AnyRecord:
    """A record that no other of its dataset can be: its names, its ids elsewhere and its date are its own."""
    if isinstance(record, City):
        own = {scheme: f"Q{CITIES.index(record.id) + 1}" for scheme in record.identifiers}
        name = NAMES[CITIES.index(record.id) * 2 % 4]  # one of each in a country
        return changed(record, name=name, names=(a_name(record.id),), identifiers=FrozenMap(own))
    if isinstance(record, Source):
        return changed(record, as_of=PartialDate(2001 + IDS[Source].index(record.id)))
    return record


def renamed(record: AnyRecord) -> AnyRecord:
    """A record as it is where each source has another id and describes another time."""
    moved = replace_ids(
        record, {cls: {} for cls in RECORD_TYPES.values()} | {Source: {id_: f"x-{id_}" for id_ in IDS[Source]}}
    )
    return changed(moved, as_of=PartialDate(1999), address=None, title=moved.id) if isinstance(moved, Source) else moved
