"""Hypothesis strategies for every record type, and what it takes to compare records to the last type."""

import string
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from friendcities import (
    City,
    Completeness,
    Cooperation,
    CooperationStage,
    Coordinates,
    Coverage,
    DocumentKind,
    Event,
    Evidence,
    FrozenMap,
    Level,
    Memorandum,
    Name,
    NameKind,
    Office,
    Official,
    PartialDate,
    Participant,
    Partnership,
    PartnershipKind,
    Party,
    Period,
    PeriodUnit,
    RecurringPeriod,
    Source,
    SourceKind,
    SourceTerm,
    StatedCount,
    Statistic,
    StatisticBasis,
    StatisticChange,
    Step,
    StepAction,
    ValueQualifier,
)
from friendcities.model import AnyRecord
from friendcities.model.evidence import is_empty

Fields = Mapping[str, Any]

_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
TEXTS = st.text(
    st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=_TURNING), min_size=1, max_size=8
)
TEXT = TEXTS.map(str.strip).filter(bool)
NOTE = st.none() | TEXT
_GROUP = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=5)
ID: SearchStrategy[Any] = st.lists(_GROUP, min_size=1, max_size=3).map("-".join)
COUNTRY = st.sampled_from(["CN", "NZ", "FR", "XK"])
CITY_ID: SearchStrategy[Any] = st.builds(lambda country, rest: f"{country.lower()}-{rest}", COUNTRY, ID)
SLUG = st.sampled_from(["ventures", "new_foreign_ventures", "b2b", "x_1"])
LANGUAGE = st.sampled_from(["en", "zh-Hans", "pt-BR", "es-419", "yue-Hant-HK", "sl-rozaj", "de-CH-1901", "en-x-us"])
ADDRESS = st.none() | st.sampled_from(["https://example.org/上海", "http://example.org"])
NUMBER = st.integers(0, 2**53 - 1)
DECIMAL = st.builds(
    lambda digits, places: Decimal(digits).scaleb(-places), st.integers(-(10**20), 10**20), st.integers(0, 9)
)


def partial(day: date, precision: int) -> PartialDate:
    """A day, known to the year (1), the month (2) or the day (3)."""
    return PartialDate(*(day.year, day.month, day.day)[:precision])


DATE = st.builds(partial, st.dates(), st.integers(1, 3))
MAYBE_DATE = st.none() | DATE
EACH = st.builds(RecurringPeriod, number=st.integers(1, 2**53 - 1), unit=st.sampled_from(PeriodUnit))


@st.composite
def starts_and_ends(draw: DrawFn) -> tuple[PartialDate | None, PartialDate | None]:
    """A start and an end, of which each may be unknown, and the end is not before the start."""
    start, end = sorted(draw(st.tuples(DATE, DATE)))
    known = draw(st.tuples(st.booleans(), st.booleans()))
    return start if known[0] else None, end if known[1] else None


@st.composite
def periods(draw: DrawFn) -> Period:
    """A period that says something."""
    start, end = draw(starts_and_ends())
    each = draw(st.none() | EACH)
    says = start or end or each
    return Period(start=start, end=end, each=each, wording=draw(NOTE if says else TEXT))


PERIOD = periods()
COUNT = st.builds(StatedCount, counted=TEXT, number=NUMBER, wording=NOTE) | st.builds(
    StatedCount, counted=TEXT, wording=TEXT
)
PARTY = st.builds(Party, city=CITY_ID, count=st.none() | COUNT) | st.builds(
    Party,
    organisation=TEXT,
    named=st.booleans(),
    based_in=st.none() | CITY_ID,
    on_behalf_of=st.none() | CITY_ID,
    count=st.none() | COUNT,
)
NAME = st.builds(Name, text=TEXT, language=LANGUAGE, kind=st.sampled_from(NameKind), until=MAYBE_DATE)
COORDINATES = st.builds(Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), point=TEXT)
IDENTIFIERS = st.dictionaries(SLUG, TEXT, max_size=3)
TERM = st.builds(SourceTerm, text=TEXT, language=LANGUAGE)


def tuples_of(each: SearchStrategy[Any], at_least: int = 0) -> SearchStrategy[tuple[Any, ...]]:
    """A tuple of up to two more of these than are asked for."""
    return st.lists(each, min_size=at_least, max_size=at_least + 2).map(tuple)


SOURCE = st.builds(
    Source,
    id=ID,
    kind=st.sampled_from(SourceKind),
    publisher=TEXT,
    title=TEXT,
    authors=tuples_of(TEXT),
    published=MAYBE_DATE,
    as_of=MAYBE_DATE,
    accessed=MAYBE_DATE,
    language=st.none() | LANGUAGE,
    address=ADDRESS,
    archived=ADDRESS,
    speaks_for=tuples_of(CITY_ID),
    note=NOTE,
)


@st.composite
def evidence_of(
    draw: DrawFn, values: Fields, ways: Mapping[str, SearchStrategy[Any]], *, deniable: bool
) -> tuple[Evidence, ...]:
    """Evidence for a record with these values: a denial, or each field supported, claimed otherwise or not named."""
    found = []
    for source in draw(st.lists(ID, max_size=2)):
        if deniable and draw(st.integers(0, 4)) == 0:
            found.append(Evidence(source=source, locator=draw(TEXT), denies=True, note=draw(NOTE)))
            continue
        says = {
            name: said
            for name in sorted(draw(st.sets(st.sampled_from(sorted(ways)), max_size=3)))
            if not is_empty(said := draw(ways[name])) and said != values[name]
        }
        full = [name for name in ways if name not in says and not is_empty(values[name])]
        supports = draw(st.permutations(full))[: draw(st.integers(int(not says), 3))]
        item = {"source": source, "locator": draw(TEXT), "supports": tuple(supports), "claims": FrozenMap(says)}
        found += [Evidence(**item)] if says or supports else []
    return tuple(found)


@st.composite
def sourced(
    draw: DrawFn, /, cls: Any, ways: Mapping[str, SearchStrategy[Any]], fixed: Fields | None = None, **hidden: Any
) -> Any:
    """A record with evidence: ``fixed`` values hang together, ``hidden`` fields have no evidence."""
    values = {name: draw(way) for name, way in ways.items()} | dict(fixed or {})
    evidence = draw(evidence_of(values, ways, deniable=cls.DENIABLE))
    return cls(**values, **{name: draw(way) for name, way in hidden.items()}, note=draw(NOTE), evidence=evidence)


@st.composite
def cities(draw: DrawFn) -> City:
    """A city."""
    id_ = draw(CITY_ID)
    country = id_[:2].upper()
    ways = {
        "name": TEXT,
        "names": tuples_of(NAME),
        "country": COUNTRY,
        "subdivision": st.none() | st.sampled_from([f"{country}-1", f"{country}-OTA"]),
        "level": st.sampled_from(Level),
        "part_of": st.none() | CITY_ID.filter(lambda other: other != id_),
        "coordinates": st.none() | COORDINATES,
        "identifiers": IDENTIFIERS.map(FrozenMap),
    }
    made: City = draw(sourced(City, ways, {"country": country}, id=st.just(id_)))
    return made


def ways_of_step(parties: tuple[str, str]) -> dict[str, SearchStrategy[Any]]:
    """What the fields of a step between two cities may hold, but for its date."""
    return {
        "date": MAYBE_DATE,
        "action": st.sampled_from(StepAction),
        "kind": st.sampled_from(PartnershipKind),
        "initiator": st.none() | st.sampled_from(parties),
        "memorandum": st.none() | ID,
        "term": st.none() | TERM,
    }


@st.composite
def partnerships(draw: DrawFn) -> Partnership:
    """A partnership whose known dates never decrease."""
    first, second = sorted(draw(st.lists(CITY_ID, unique=True, min_size=2, max_size=2)))
    ways = ways_of_step((first, second))
    dates = sorted(draw(st.lists(DATE, min_size=1, max_size=4)))
    known = [day if draw(st.booleans()) else None for day in dates]
    steps = tuple(draw(sourced(Step, ways, {"date": day})) for day in known)
    id_: Any = f"{first}--{second}"
    return Partnership(id=id_, steps=steps, note=draw(NOTE))


def with_id(id_: Any) -> Callable[[Any], Any]:
    """What gives a source this id."""
    return lambda made: attrs.evolve(made, id=id_)


def sources_for(tie: Partnership) -> SearchStrategy[FrozenMap[Any, Source]]:
    """The sources that a partnership cites, of any date and kind."""
    cited = {id_: SOURCE.map(with_id(id_)) for id_ in sorted(tie.cites)}
    return st.fixed_dictionaries(cited).map(FrozenMap)


MEMORANDUM = sourced(
    Memorandum,
    {
        "kind": st.sampled_from(DocumentKind),
        "signatories": tuples_of(PARTY, at_least=1),
        "documents": st.none() | COUNT,
        "signed": MAYBE_DATE,
        "period": st.none() | PERIOD,
        "subject": NOTE,
    },
    id=ID,
)


@st.composite
def offices(draw: DrawFn) -> Office:
    """An office that does not end before it begins."""
    start, end = draw(starts_and_ends())
    ways = {
        "title": TEXT,
        "body": NOTE,
        "city": CITY_ID,
        "attested": MAYBE_DATE,
        "start": MAYBE_DATE,
        "end": MAYBE_DATE,
    }
    made: Office = draw(sourced(Office, ways, {"start": start, "end": end}))
    return made


OFFICIAL = sourced(Official, {"name": TEXT, "offices": tuples_of(offices())}, id=ID)
STATISTIC = sourced(
    Statistic,
    {
        "city": CITY_ID,
        "measure": SLUG,
        "value": DECIMAL,
        "qualifier": st.sampled_from(ValueQualifier),
        "unit": st.just("USD") | SLUG,
        "period": PERIOD,
        "change": st.none()
        | st.builds(StatisticChange, percent=DECIMAL, qualifier=st.sampled_from(ValueQualifier), compared_with=PERIOD),
        "basis": st.sampled_from(StatisticBasis),
        "stated_by": st.none() | ID,
    },
    id=ID,
)
EVENT = sourced(
    Event,
    {
        "name": TEXT,
        "period": PERIOD,
        "place": CITY_ID,
        "organisers": tuples_of(TEXT),
        "participants": tuples_of(sourced(Participant, {"city": CITY_ID, "delegate": st.none() | ID})),
        "counts": tuples_of(COUNT),
    },
    id=ID,
)
COOPERATION = sourced(
    Cooperation,
    {
        "summary": TEXT,
        "area": SLUG,
        "cities": tuples_of(CITY_ID, at_least=1),
        "parties": tuples_of(PARTY),
        "period": st.none() | PERIOD,
        "stage": st.sampled_from(CooperationStage),
        "stated_by": st.none() | ID,
    },
    id=ID,
)
COVERAGE = sourced(
    Coverage,
    {
        "city": CITY_ID,
        "kinds": tuples_of(st.sampled_from(PartnershipKind)),
        "include_parts": st.booleans(),
        "as_of": MAYBE_DATE,
        "stated_count": st.none() | COUNT,
    },
    id=ID,
    completeness=st.sampled_from(Completeness),
)

RECORDS: dict[type[AnyRecord], SearchStrategy[Any]] = {
    City: cities(),
    Partnership: partnerships(),
    Memorandum: MEMORANDUM,
    Official: OFFICIAL,
    Statistic: STATISTIC,
    Event: EVENT,
    Cooperation: COOPERATION,
    Coverage: COVERAGE,
    Source: SOURCE,
}
"""Valid records of every type."""

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**45), 10**45) | st.floats() | st.text(max_size=5),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(max_size=5), below, max_size=3),
    max_leaves=6,
)
"""Any value that JSON, as Python reads it, can hold."""


def anatomy(value: Any) -> Any:
    """A value taken apart to its last part, each with its type, so that ``==`` compares the types too.

    What takes no part in comparisons is no part: the sources that a dataset puts at hand for a partnership.
    """
    if attrs.has(type(value)):
        parts = [(a.name, anatomy(getattr(value, a.name))) for a in attrs.fields(type(value)) if a.eq]
        return type(value), parts
    if isinstance(value, Mapping):
        return type(value), [(anatomy(key), anatomy(value[key])) for key in sorted(value)]
    if isinstance(value, tuple):
        return type(value), [anatomy(each) for each in value]
    return type(value), repr(value)
