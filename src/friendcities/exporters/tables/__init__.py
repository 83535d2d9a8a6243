"""Declares the tables of a dataset or of query results for all export formats.

A cell contains one value. A list in a record, such as the names of a city, has its own table. A partial date has three
columns: the text, the first day and the last day.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from friendcities.datasets.partnership_view import PartnershipView
from friendcities.datasets.references import Exportable
from friendcities.datasets.timeline import TimelineEntry
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables.columns import (
    Cell,
    CellType,
    Column,
    ExportContext,
    Row,
    Table,
    TableDeclaration,
    TableSchema,
)
from friendcities.exporters.tables.partnerships import (
    EVIDENCE,
    PARTNERS,
    PARTNERSHIPS,
    STEPS,
    TIMELINE,
    partner_list,
    partner_row,
    step_position,
)
from friendcities.exporters.tables.records import ACTIVITIES, CITIES, SOURCES
from friendcities.model import RECORD_TYPES, AnyRecord, City, DateLike, as_date
from friendcities.model.record import short

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

Answer = Iterable[Exportable] | None
"""The records and timeline entries to export. ``None`` means the whole dataset."""

__all__ = [
    "TABLE_SCHEMAS",
    "Answer",
    "Cell",
    "CellType",
    "Column",
    "Exportable",
    "Row",
    "Table",
    "TableDeclaration",
    "TableSchema",
    "build_checked_tables",
    "build_tables",
    "check_records",
    "check_table_name",
    "partner_list",
    "result_table",
]

_TABLES: Final = (*CITIES, PARTNERSHIPS, PARTNERS, STEPS, *SOURCES, EVIDENCE, *ACTIVITIES)
TABLE_SCHEMAS: Final[Mapping[str, TableSchema]] = {table.schema.name: table.schema for table in _TABLES}
_RESULT_TABLES: Final[Mapping[type, TableDeclaration]] = {
    TimelineEntry: TIMELINE,
    **{RECORD_TYPES[table.schema.name]: table for table in _TABLES if table.schema.name in RECORD_TYPES},
}
"""The table for each type of results."""
_EXPORTABLE_TYPES: Final = frozenset({*RECORD_TYPES.values(), TimelineEntry})


def build_tables(
    data: "Dataset",
    records: Answer = None,
    *,
    on: DateLike | None = None,
    names: Iterable[str] = TABLE_SCHEMAS,
) -> dict[str, Table]:
    """Build the tables of a dataset by name, or the tables of query results.

    The order of the rows is the order of the records. ``on`` sets the date for the state of partnerships.

    Raises:
        InvalidQueryError: If a record or the date is invalid, or if an id is repeated.

    Example:
        >>> import friendcities as fc
        >>> tables = build_tables(fc.dataset(), fc.partnerships_of("Dunedin"))
        >>> {name: len(table.rows) for name, table in tables.items() if table.rows}
        {'partnerships': 1, 'partners': 2, 'steps': 1, 'evidence': 8}
    """
    return build_checked_tables(data, check_records(data, records), on=on, names=names)


def build_checked_tables(
    data: "Dataset", chosen: Collection[Exportable], *, on: DateLike | None = None, names: Iterable[str]
) -> dict[str, Table]:
    """Build tables like :func:`build_tables`, from the records that :func:`check_records` returned."""
    cities: dict[str, City] = {record.id: record for record in (*data.cities(), *chosen) if isinstance(record, City)}
    context = ExportContext(cities, None if on is None else as_date(on))
    has_entries = any(type(record) is TimelineEntry for record in chosen)  # the steps of a partnership may occur twice
    built, wanted = {}, set(names)
    for table in _TABLES:
        if table.schema.name in wanted:
            of_type = (record for record in chosen if type(record) in table.record_types)
            rows = [row for record in of_type for row in table.build_rows(record, context)]
            built[table.schema.name] = Table(table.schema, tuple(dict.fromkeys(rows) if has_entries else rows))
    return built


def result_table(
    results: Iterable[Any],
    item_type: Any,
    views: Iterable[PartnershipView] | None,
    *,
    cities: Mapping[Any, City],
    on: date | None,
) -> Table:
    """Return the table of query results, with one row for each result."""
    context = ExportContext(cities, None if on is None else as_date(on))
    if views is not None:
        rows = (partner_row(view.partnership, view.city.id, context) for view in views)
        return Table(PARTNERS.schema, tuple(rows))
    declared: TableDeclaration = _RESULT_TABLES.get(item_type) or item_type.TABLE
    return Table(declared.schema, tuple(row for each in results for row in declared.build_rows(each, context)))


def check_records(data: "Dataset", records: Answer) -> tuple[Exportable, ...]:
    """Return the records of query results, or all records of the dataset, without repeats."""
    if records is None:
        return tuple(data)
    known: dict[tuple[type, str], AnyRecord] = {}
    unique: dict[tuple[type, str, int], Exportable] = {}
    for item in records if isinstance(records, Iterable) else (records,):
        if type(item) not in _EXPORTABLE_TYPES:
            message = f"{short(item)} cannot be exported; pass records or timeline entries"
            raise InvalidQueryError(message, item)
        record, position = (item.partnership, step_position(item)) if isinstance(item, TimelineEntry) else (item, 0)
        first = known.setdefault((type(record), record.id), record)
        if first is not record and first != record:
            message = f"two different records have the id {record.id!r}; export only one of them"
            raise InvalidQueryError(message, item)
        unique.setdefault((type(item), record.id, position), item)
    return tuple(unique.values())


def check_table_name(name: object) -> str:
    """Return the name of a table. Raises InvalidQueryError if there is no such table."""
    if isinstance(name, str) and name in TABLE_SCHEMAS:
        return name
    message = f"unknown table {short(name)}; expected one of {', '.join(map(repr, TABLE_SCHEMAS))}"
    raise InvalidQueryError(message, name, tuple(TABLE_SCHEMAS))
