"""The HTML tables that a notebook shows for the result of a question and for a dataset."""

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
    Source,
    Statistic,
)
from friendcities.model.value_text import format_statistic, format_value
from friendcities.notebook.cards import mark_disputed, source_link
from friendcities.notebook.markup import (
    Content,
    Element,
    element,
    html_list,
    html_table,
    isolated_text,
    joined,
    unbroken_text,
)

__all__ = ["MAX_ROWS", "QUESTIONS", "dataset_table", "result_table"]

MAX_ROWS: Final = 50
"""The most rows that are shown."""

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
"""The questions about the records of each type."""

Cities = Mapping[CityId, City]


def result_table(results: Sequence[Any], cities: Cities) -> str:
    """The result of a question as HTML.

    Args:
        results: Records or timeline entries of one type, at least one.
        cities: The cities whose names are shown; for others the id is shown.
    """
    cls = type(results[0])
    columns, build_row = _TABLES[cls]
    rows = [build_row(result, cities) for result in results[:MAX_ROWS]]
    own_city = ""
    if cls is Partnership:
        own = _common_city(results)
        columns = ("Partner" if own else "Cities", *columns)
        own_city = f" of {_name(own, cities)}" if own else ""
        rows = [(_partner_names(result, own, cities), *row) for result, row in zip(results, rows, strict=False)]
    left = len(results) - MAX_ROWS
    foot = f"{left} more; a slice shows them: [{MAX_ROWS}:]" if left > 0 else ""
    return html_table(isolated_text(f"{_count(results)}{own_city}"), columns, rows, foot)


def dataset_table(records: Mapping[type[AnyRecord], Mapping[str, Any]], version: str) -> str:
    """A dataset as HTML: the number of records of each type, and the questions about them.

    Args:
        records: Its records, by type and id.
        version: The version of the data; empty if there is none.
    """
    rows = [
        (name, f"{len(records[cls]):,}", joined(element("code", question) for question in (name, *QUESTIONS[name])))
        for name, cls in RECORD_TYPES.items()
    ]
    caption = element("span", element("strong", "Dataset"), f", data of {version}" if version else "")
    return html_table(caption, ("Records", "How many", "What to ask"), rows)


def _count(results: Sequence[Any]) -> str:
    cls, several = type(results[0]), len(results) > 1
    if cls is TimelineEntry:
        return f"{len(results)} step{'s' if several else ''}"
    plural = next(name for name, record_type in RECORD_TYPES.items() if record_type is cls)
    return f"{len(results):,} {plural if several else cls.__name__.lower()}"


def _common_city(partnerships: Sequence[Partnership]) -> CityId | None:
    """The city that all partnerships have in common, if it is a single one."""
    common = set[CityId].intersection(*(set(partnership.cities) for partnership in partnerships))
    return common.pop() if len(common) == 1 else None


def _partner_names(partnership: Partnership, own: CityId | None, cities: Cities) -> str:
    return " – ".join(_name(id_, cities) for id_ in partnership.cities if id_ != own)


def _name(id_: CityId, cities: Cities) -> str:
    return cities[id_].name if id_ in cities else id_


def _names(ids: Iterable[CityId], cities: Cities) -> Element:
    return joined(isolated_text(_name(id_, cities)) for id_ in ids)


def _date(date: PartialDate | None, unknown: str = "") -> Content:
    return unknown if date is None else unbroken_text(str(date))


def _city_row(city: City, _: Cities) -> tuple[Content, ...]:
    return (city.name, city.country, format_value(city.level), city.id)


def _partnership_row(partnership: Partnership, _: Cities) -> tuple[Content, ...]:
    """The cells after the column of the partners."""
    state = partnership.state
    return (
        format_value(state.kind),
        format_value(state.status),
        _date(state.since),
        format_value(partnership.reliability),
        mark_disputed(str(len(partnership.cites)), disputed=partnership.disputed),
    )


def _memorandum_row(memorandum: Memorandum, cities: Cities) -> tuple[Content, ...]:
    return (
        _date(memorandum.signed, "undated"),
        format_value(memorandum.kind),
        html_list(
            isolated_text(_name(party.city, cities) if party.city is not None else format_value(party))
            for party in memorandum.signatories
        ),
        memorandum.subject or "",
        memorandum.id,
    )


def _official_row(official: Official, cities: Cities) -> tuple[Content, ...]:
    offices = [
        ", ".join(filter(None, (office.title, office.body, _name(office.city, cities)))) for office in official.offices
    ]
    return (official.name, html_list(map(isolated_text, offices)), official.id)


def _statistic_row(statistic: Statistic, cities: Cities) -> tuple[Content, ...]:
    return (
        _name(statistic.city, cities),
        format_value(statistic.measure),
        format_statistic(statistic),
        format_value(statistic.period),
        format_value(statistic.basis),
        statistic.id,
    )


def _event_row(event: Event, cities: Cities) -> tuple[Content, ...]:
    participants = [participant.city for participant in event.participants]
    return (event.name, format_value(event.period), _name(event.place, cities), _names(participants, cities), event.id)


def _cooperation_row(cooperation: Cooperation, cities: Cities) -> tuple[Content, ...]:
    return (
        cooperation.summary,
        format_value(cooperation.area),
        _names(cooperation.cities, cities),
        format_value(cooperation.stage),
        cooperation.id,
    )


def _source_row(source: Source, _: Cities) -> tuple[Content, ...]:
    title = (
        isolated_text(source.title, source.language)
        if source.address is None
        else source_link(source.address, source.title)
    )
    return (source.publisher, title, format_value(source.kind), _date(source.as_of), source.id)


def _entry_row(entry: TimelineEntry, _: Cities) -> tuple[Content, ...]:
    step = entry.step
    return (
        _date(step.date, "undated"),
        format_value(step.action),
        "" if step.kind == "unspecified" else format_value(step.kind),
        entry.partner.name,
        entry.partner.country,
        mark_disputed(str(len({item.source for item in step.evidence})), disputed=step.disputed),
    )


_TABLES: Final[Mapping[type[Any], tuple[tuple[str, ...], Callable[[Any, Cities], tuple[Content, ...]]]]] = {
    City: (("City", "Country", "Level", "Id"), _city_row),
    Partnership: (("Kind", "Status", "Since", "Reliability", "Sources"), _partnership_row),
    Memorandum: (("Signed", "DocumentKind", "Signatories", "Subject", "Id"), _memorandum_row),
    Official: (("Official", "Offices", "Id"), _official_row),
    Statistic: (("City", "Measure", "Value", "Period", "Basis", "Id"), _statistic_row),
    Event: (("Event", "When", "Where", "Took part", "Id"), _event_row),
    Cooperation: (("Cooperation", "Area", "Cities", "Stage", "Id"), _cooperation_row),
    Source: (("Publisher", "Title", "Kind", "As of", "Id"), _source_row),
    TimelineEntry: (("Date", "What happened", "Kind", "Partner", "Country", "Sources"), _entry_row),
}
"""The columns of each type, and the function that makes a row."""
