"""The HTML tables that a notebook shows for the result of a question and for a dataset."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    CityId,
    Cooperation,
    Coverage,
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
        "coverage": ("coverage_of",),
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
    columns, rows = _COLUMNS.get(cls, _ENTRY_COLUMNS), [_row(result, cities) for result in results[:MAX_ROWS]]
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
    if cls not in _COLUMNS:
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


def _row(result: Any, cities: Cities) -> tuple[Content, ...]:  # noqa: PLR0911 - one return for each type
    """The cells of a record or a timeline entry; for a partnership, those after the column of the partners."""
    match result:
        case City():
            return (result.name, result.country, format_value(result.level), result.id)
        case Partnership(state=state):
            sources = mark_disputed(str(len(result.cites)), disputed=result.disputed)
            kind, status = format_value(state.kind), format_value(state.status)
            return (kind, status, _date(state.since), format_value(result.reliability), sources)
        case Memorandum():
            parties = (
                isolated_text(_name(party.city, cities) if party.city is not None else format_value(party))
                for party in result.signatories
            )
            signed, kind = _date(result.signed, "undated"), format_value(result.kind)
            return (signed, kind, html_list(parties), result.subject or "", result.id)
        case Official():
            offices = [(office.title, office.body, _name(office.city, cities)) for office in result.offices]
            texts = (isolated_text(", ".join(filter(None, office))) for office in offices)
            return (result.name, html_list(texts), result.id)
        case Statistic():
            city, measure, period = (
                _name(result.city, cities),
                format_value(result.measure),
                format_value(result.period),
            )
            return (city, measure, format_statistic(result), period, format_value(result.basis), result.id)
        case Event():
            participants = _names((participant.city for participant in result.participants), cities)
            return (result.name, format_value(result.period), _name(result.place, cities), participants, result.id)
        case Cooperation():
            area, stage = format_value(result.area), format_value(result.stage)
            return (result.summary, area, _names(result.cities, cities), stage, result.id)
        case Coverage():
            count = "" if result.stated_count is None else format_value(result.stated_count)
            return (
                _name(result.city, cities),
                format_value(result.completeness),
                _date(result.as_of),
                count,
                result.id,
            )
        case Source():
            text = isolated_text(result.title, result.language)
            title = text if result.address is None else source_link(result.address, result.title)
            return (result.publisher, title, format_value(result.kind), _date(result.as_of), result.id)
        case entry:  # of a timeline; its module imports this one
            step, partner = entry.step, entry.partner
            sources = mark_disputed(str(len({item.source for item in step.evidence})), disputed=step.disputed)
            kind = "" if step.kind == "unspecified" else format_value(step.kind)
            date = _date(step.date, "undated")
            return (date, format_value(step.action), kind, partner.name, partner.country, sources)


_COLUMNS: Final[Mapping[type[Any], tuple[str, ...]]] = {
    City: ("City", "Country", "Level", "Id"),
    Partnership: ("Kind", "Status", "Since", "Reliability", "Sources"),
    Memorandum: ("Signed", "Kind", "Signatories", "Subject", "Id"),
    Official: ("Official", "Offices", "Id"),
    Statistic: ("City", "Measure", "Value", "Period", "Basis", "Id"),
    Event: ("Event", "When", "Where", "Took part", "Id"),
    Cooperation: ("Cooperation", "Area", "Cities", "Stage", "Id"),
    Coverage: ("City", "Completeness", "As of", "Stated count", "Id"),
    Source: ("Publisher", "Title", "Kind", "As of", "Id"),
}
_ENTRY_COLUMNS: Final = ("Date", "What happened", "Kind", "Partner", "Country", "Sources")
