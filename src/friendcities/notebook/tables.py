"""Makes the HTML tables that a notebook shows for query results and datasets."""

from collections.abc import Mapping, Sequence
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
from friendcities.model.format_values import field_label, format_statistic, format_value
from friendcities.notebook.cards import mark_disputed, source_link
from friendcities.notebook.markup import Content, element, html_list, html_table, isolated_text, joined, unbroken_text

MAX_ROWS: Final = 50
"""The maximum number of rows of a table."""

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
"""The methods of a dataset that return records of each type."""

Cities = Mapping[CityId, City]


def result_table(results: Sequence[Any], cities: Cities) -> str:
    """Return the results of a query as HTML. A city that is not in ``cities`` is shown by id."""
    cls = type(results[0])
    columns, own_city = _COLUMNS.get(cls, _ENTRY_COLUMNS), ""
    headings = [_heading(cls, column) for column in columns]
    rows = [[_cell(result, column, cities) for column in columns] for result in results[:MAX_ROWS]]
    if cls is Partnership:
        own = _common_city(results)
        own_city = f" of {_name(own, cities)}" if own else ""
        headings = ["Partner" if own else "Cities", *headings]
        partners = (" – ".join(_name(id_, cities) for id_ in result.cities if id_ != own) for result in results)
        rows = [[names, *row] for names, row in zip(partners, rows, strict=False)]
    left = len(results) - MAX_ROWS
    foot = f"{left} more; show them with the slice [{MAX_ROWS}:]" if left > 0 else ""
    return html_table(isolated_text(f"{_count(results)}{own_city}"), headings, rows, foot)


def dataset_table(records: Mapping[type[AnyRecord], Mapping[str, Any]], version: str) -> str:
    """Return the number of records of each type as HTML, with the methods that return these records."""
    rows = [
        (name, f"{len(records[cls]):,}", joined(element("code", question) for question in (name, *QUESTIONS[name])))
        for name, cls in RECORD_TYPES.items()
    ]
    caption = element("span", element("strong", "Dataset"), f", data of {version}" if version else "")
    return html_table(caption, ("Records", "Number", "Methods"), rows)


def cell_table(caption: str, columns: Sequence[str], rows: Sequence[Sequence[object]], total: int = 0) -> str:
    """Return at most ``MAX_ROWS`` rows as HTML. ``total`` is the number of all rows if ``rows`` is incomplete."""
    shown = [["" if cell is None else str(cell) for cell in row] for row in rows[:MAX_ROWS]]
    left = max(total, len(rows)) - len(shown)
    return html_table(isolated_text(caption), columns, shown, f"{left:,} more" if left else "")


def _count(results: Sequence[Any]) -> str:
    cls, several = type(results[0]), len(results) > 1
    if cls not in _COLUMNS:
        return f"{len(results)} step{'s' if several else ''}"
    plural = next(name for name, record_type in RECORD_TYPES.items() if record_type is cls)
    return f"{len(results):,} {plural if several else cls.__name__.lower()}"


def _common_city(partnerships: Sequence[Partnership]) -> CityId | None:
    common = set[CityId].intersection(*(set(partnership.cities) for partnership in partnerships))
    return common.pop() if len(common) == 1 else None


def _name(value: Any, cities: Cities) -> str:
    city = getattr(value, "city", value)
    name = format_value(value) if city is None else cities[city].name if city in cities else city
    return ", ".join(filter(None, (value.title, value.body, name))) if hasattr(value, "body") else name


def _heading(cls: type, column: str) -> str:
    """Return the heading of a column."""
    owner, _, field = column.rpartition(".")
    return (owner or cls.__name__ if field in {"name", "summary"} else field_label(field)).capitalize()


def _cell(result: Any, column: str, cities: Cities) -> Content:  # noqa: C901, PLR0911 - a case for each sort of value
    owner, _, field = column.rpartition(".")
    record = getattr(result, owner) if owner else result
    if field == "sources":
        count = len({item.source for step in getattr(record, "steps", (record,)) for item in step.evidence})
        return mark_disputed(str(count), disputed=record.disputed)
    value = getattr(record, field)
    match field, value:
        case "value", _:
            return format_statistic(record)
        case "title", title:
            return source_link(title, record.address, record.language)
        case "signed" | "date", None:
            return "undated"
        case _, None:
            return ""
        case "kind", "unspecified" if owner == "step":
            return ""
        case _, PartialDate() as date:
            return unbroken_text(str(date))
        case "city" | "place", id_:
            return _name(id_, cities)
        case "cities" | "participants", values:
            return joined(isolated_text(_name(value, cities)) for value in values)
        case "offices" | "signatories", values:
            return html_list(isolated_text(_name(value, cities)) for value in values)
        case "name" | "summary" | "country" | "subject" | "publisher" | "id", text:
            return str(text)
        case _:
            return format_value(value)


_COLUMNS: Final[Mapping[type[Any], tuple[str, ...]]] = {
    City: ("name", "country", "level", "id"),
    Partnership: ("state.kind", "state.status", "state.since", "reliability", "sources"),
    Memorandum: ("signed", "kind", "signatories", "subject", "id"),
    Official: ("name", "offices", "id"),
    Statistic: ("city", "measure", "value", "period", "basis", "id"),
    Event: ("name", "period", "place", "participants", "id"),
    Cooperation: ("summary", "area", "cities", "stage", "id"),
    Coverage: ("city", "completeness", "as_of", "stated_count", "id"),
    Source: ("publisher", "title", "kind", "as_of", "id"),
}
_ENTRY_COLUMNS: Final = ("date", "step.action", "step.kind", "partner.name", "partner.country", "step.sources")
