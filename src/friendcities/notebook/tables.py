"""What a notebook shows of what a question gave, and of a dataset: tables, with the names of cities."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from friendcities.datasets.timeline import TimelineEntry
from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    CityId,
    Cooperation,
    Event,
    Memorandum,
    Official,
    PartialDate,
    Partnership,
    Party,
    Source,
    Statistic,
)
from friendcities.model.words import amount, in_words, span
from friendcities.notebook.cards import link, with_dispute
from friendcities.notebook.markup import Content, Element, alone, element, items, table, unbroken

__all__ = ["MOST_SHOWN", "QUESTIONS", "as_table", "overview"]

MOST_SHOWN: Final = 50
"""How many rows are shown."""

QUESTIONS: Final = MappingProxyType(
    {
        "cities": ("city", "find_cities", "parts_of"),
        "partnerships": ("partners_of", "partnerships_of", "partnership_between", "timeline", "count_partnerships"),
        "memoranda": ("memoranda_of",),
        "officials": ("officials_of",),
        "statistics": ("statistics_of",),
        "events": ("events_of",),
        "cooperations": ("cooperations_of",),
        "sources": ("source", "sources_of"),
    }
)
"""What to ask next about the records of each type."""

Cities = Mapping[CityId, City]


def as_table(found: Sequence[Any], cities: Cities) -> str:
    """What a question gave, as HTML.

    Args:
        found: Things of one type, at least one.
        cities: The cities that may be named in it; of others the id is shown.
    """
    columns, row = _SHOWN[type(found[0])]
    of = ""
    if isinstance(found[0], Partnership):
        own = _own_city(found)
        columns = ("Partner" if own else "Cities", *columns)
        of = f" of {_name(own, cities)}" if own else ""
        rows = [(_parties(each, own, cities), *row(each, cities)) for each in found[:MOST_SHOWN]]
    else:
        rows = [row(each, cities) for each in found[:MOST_SHOWN]]
    left = len(found) - MOST_SHOWN
    foot = f"{left} more; a slice shows them: [{MOST_SHOWN}:]" if left > 0 else ""
    return table(alone(f"{_how_many(found)}{of}"), columns, rows, foot)


def overview(records: Mapping[type[AnyRecord], Mapping[str, Any]], version: str) -> str:
    """A dataset, as HTML: how much there is of each type, and what to ask next.

    Args:
        records: Its records, by type and id.
        version: The version of the data; empty where there is none.
    """
    rows = [
        (
            folder,
            f"{len(records[cls]):,}",
            element("span", *_in_a_row(element("code", question) for question in (folder, *QUESTIONS[folder]))),
        )
        for folder, cls in RECORD_TYPES.items()
    ]
    caption = element("span", element("strong", "Dataset"), f", data of {version}" if version else "")
    return table(caption, ("Records", "How many", "What to ask"), rows)


def _in_a_row(each: Iterable[Content]) -> list[Content]:
    return [part for one in each for part in (one, ", ")][:-1]


def _how_many(found: Sequence[Any]) -> str:
    cls, several = type(found[0]), len(found) > 1
    if cls is TimelineEntry:
        return f"{len(found)} step{'s' if several else ''}"
    plural = next(folder for folder, each in RECORD_TYPES.items() if each is cls)
    return f"{len(found):,} {plural if several else cls.__name__.lower()}"


def _own_city(found: Sequence[Partnership]) -> CityId | None:
    """The city that all partnerships have in common, where it is one city."""
    common = set[CityId].intersection(*(set(each.cities) for each in found))
    return common.pop() if len(common) == 1 else None


def _parties(partnership: Partnership, own: CityId | None, cities: Cities) -> str:
    return " – ".join(_name(id_, cities) for id_ in partnership.cities if id_ != own)


def _name(id_: CityId, cities: Cities) -> str:
    return cities[id_].name if id_ in cities else id_


def _names(ids: Iterable[CityId], cities: Cities) -> Element:
    return element("span", *_in_a_row(alone(_name(id_, cities)) for id_ in ids))


def _party(party: Party, cities: Cities) -> str:
    if party.city is not None:
        return _name(party.city, cities)
    return in_words(party)


def _date(date: PartialDate | None, unknown: str = "") -> Content:
    return unknown if date is None else unbroken(str(date))


def _city(city: City, _: Cities) -> tuple[Content, ...]:
    return (city.name, city.country, in_words(city.level), city.id)


def _partnership(partnership: Partnership, _: Cities) -> tuple[Content, ...]:
    """How it stands, after the column that says who is tied."""
    state = partnership.state
    return (
        in_words(state.kind),
        in_words(state.status),
        _date(state.since),
        in_words(partnership.reliability),
        with_dispute(str(len(partnership.cites)), disputed=partnership.disputed),
    )


def _memorandum(memorandum: Memorandum, cities: Cities) -> tuple[Content, ...]:
    return (
        _date(memorandum.signed, "undated"),
        in_words(memorandum.kind),
        items(alone(_party(party, cities)) for party in memorandum.signatories),
        memorandum.subject or "",
        memorandum.id,
    )


def _official(official: Official, cities: Cities) -> tuple[Content, ...]:
    offices = [
        ", ".join(filter(None, (office.title, office.body, _name(office.city, cities)))) for office in official.offices
    ]
    return (official.name, items(map(alone, offices)), official.id)


def _statistic(statistic: Statistic, cities: Cities) -> tuple[Content, ...]:
    return (
        _name(statistic.city, cities),
        in_words(statistic.measure),
        amount(statistic),
        span(statistic.period),
        in_words(statistic.basis),
        statistic.id,
    )


def _event(event: Event, cities: Cities) -> tuple[Content, ...]:
    there = [participant.city for participant in event.participants]
    return (event.name, span(event.period), _name(event.place, cities), _names(there, cities), event.id)


def _cooperation(cooperation: Cooperation, cities: Cities) -> tuple[Content, ...]:
    return (
        cooperation.summary,
        in_words(cooperation.area),
        _names(cooperation.cities, cities),
        in_words(cooperation.stage),
        cooperation.id,
    )


def _source(source: Source, _: Cities) -> tuple[Content, ...]:
    title = alone(source.title, source.language) if source.address is None else link(source.address, source.title)
    return (source.publisher, title, in_words(source.kind), _date(source.as_of), source.id)


def _entry(entry: TimelineEntry, _: Cities) -> tuple[Content, ...]:
    step = entry.step
    return (
        _date(step.date, "undated"),
        in_words(step.action),
        "" if step.kind == "unspecified" else in_words(step.kind),
        entry.partner.name,
        entry.partner.country,
        with_dispute(str(len({item.source for item in step.evidence})), disputed=step.disputed),
    )


_SHOWN: Final[Mapping[type[Any], tuple[tuple[str, ...], Callable[[Any, Cities], tuple[Content, ...]]]]] = {
    City: (("City", "Country", "Level", "Id"), _city),
    Partnership: (("Kind", "Status", "Since", "Reliability", "Sources"), _partnership),
    Memorandum: (("Signed", "DocumentKind", "Signatories", "Subject", "Id"), _memorandum),
    Official: (("Official", "Offices", "Id"), _official),
    Statistic: (("City", "Measure", "Value", "Period", "Basis", "Id"), _statistic),
    Event: (("Event", "When", "Where", "Took part", "Id"), _event),
    Cooperation: (("Cooperation", "Area", "Cities", "Stage", "Id"), _cooperation),
    Source: (("Publisher", "Title", "Kind", "As of", "Id"), _source),
    TimelineEntry: (("Date", "What happened", "Kind", "Partner", "Country", "Sources"), _entry),
}
"""The columns of each type, and what makes a row."""
