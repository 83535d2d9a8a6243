"""Classes for tables and columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum, unique
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from attrs import Factory, frozen

from friendcities.model import (
    RECORD_TYPES,
    AnyRecord,
    City,
    Coordinates,
    PartialDate,
    Period,
    RecurringPeriod,
    SourceTerm,
    StatedCount,
    StatisticChange,
)
from friendcities.model.field_spec import FieldSpec, Shape, field_specs, value_spec

Cell = str | int | float | bool | date | None
"""The value of one cell. Unknown values are ``None``, never an empty text."""
Row = tuple[Cell, ...]


@unique
class CellType(StrEnum):
    """The type of the cells of a column."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    """A binary floating-point number, exact to about 16 digits."""
    DECIMAL = "decimal"
    """An exact decimal number, as text."""
    BOOLEAN = "boolean"
    DATE = "date"  # in the proleptic Gregorian calendar


@frozen
class Column:
    """A column of an exported table; the same in every format."""

    name: str
    type: CellType
    meaning: str
    """The meaning of the cells, with the unit."""
    refers_to: str | None = None
    """The table with the ids that the cells refer to."""
    is_partial_date: bool = False
    """Whether the texts are partial dates: a year, a month or a day in ISO 8601."""


@frozen
class TableSchema:
    """The name, the meaning, the key and the columns of a table."""

    name: str
    meaning: str
    """What one row describes."""
    key: tuple[str, ...]
    """The columns that identify a row."""
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)

    def column_index(self, name: str) -> int:
        """Return the position of a column, from 0."""
        return self.names.index(name)


@frozen
class Table:
    """A table: its schema and its rows.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.exporters.tables import build_tables
        >>> cities = build_tables(fc.dataset(), fc.partners_of("Dunedin"))["cities"]
        >>> dict(zip(cities.schema.names, cities.rows[0]))["name"]
        'Shanghai'
    """

    schema: TableSchema
    rows: tuple[Row, ...]
    """The rows in the order of the exported records. The cells are in the order of the columns."""


@frozen
class ExportContext:
    """The data that a row of an export needs besides the record."""

    cities: Mapping[str, City]
    on: PartialDate | None
    """The date of the states. ``None`` means after the last recorded step."""
    partnership_cells: dict[str, Row] = Factory(dict)
    """The cells about the state of each partnership, which two tables share."""


@frozen
class TableDeclaration:
    """The declaration of a table, with the function that makes the rows for a record."""

    schema: TableSchema
    record_types: frozenset[type]
    build_rows: Callable[[Any, ExportContext], Iterable[Row]]


TABLE_NAMES: Final = {cls: name for name, cls in RECORD_TYPES.items()}
_ID_TABLES: Final = {field_specs(cls)[0].id_type: name for name, cls in RECORD_TYPES.items()}
_CELL_TYPES: Final = {int: CellType.INTEGER, float: CellType.NUMBER, bool: CellType.BOOLEAN}
"""The type of cell for each type of value. All other values are texts."""
_PART_MEANINGS: Final[Mapping[type, Mapping[str, str]]] = {
    Coordinates: {"latitude": "degrees north, WGS 84", "longitude": "degrees east, WGS 84", "point": "of what"},
    Period: {"start": "start", "end": "end", "each": "sub-periods", "wording": "as stated"},
    RecurringPeriod: {"number": "number", "unit": "length of each"},
    SourceTerm: {"text": "text", "language": "language, BCP 47"},
    StatedCount: {"counted": "what is counted", "number": "number", "wording": "as stated"},
    StatisticChange: {
        "percent": "percent",
        "qualifier": "relation of the stated value to the true value",
        "compared_with": "period of the earlier value",
    },
}
"""For values with several columns, the meaning of each of these columns."""
_NOTE: Final = "Remarks"
ColumnReader = tuple[Column, Callable[[Any], Cell]]
"""A column, and the function that reads its cell from a record or a part of a record."""


def field_columns(cls: type, /, **meanings: str) -> list[ColumnReader]:
    """Make the columns for some fields of a class. The annotations of the fields determine types and references."""
    specs = {spec.name: spec for spec in field_specs(cls)}
    readers = []
    for name, meaning in meanings.items():
        spec = specs[name] if name in specs else value_spec(getattr(cls, name).fget.__annotations__["return"])
        readers += _value_columns(name, meaning, spec, attrgetter(name))
    return readers


def _value_columns(name: str, meaning: str, spec: FieldSpec, read: Callable[[Any], Any]) -> list[ColumnReader]:
    """Make the columns for a field. A date, a decimal number or a record needs several columns."""

    def column(type_: CellType, convert: Callable[[Any], Cell], suffix: str = "", words: str = "") -> ColumnReader:
        refers_to = None if name == "id" else _ID_TABLES.get(spec.id_type)
        return Column(f"{name}{suffix}", type_, f"{meaning}{words}", refers_to), _chain(read, convert)

    if spec.shape is Shape.RECORD:
        readers = []
        for part in field_specs(spec.type):
            part_name = part.name if spec.type is Coordinates else f"{name}_{part.name}".removesuffix("_text")
            words = f"{meaning}: {_PART_MEANINGS[spec.type][part.name]}"
            readers += _value_columns(part_name, words, part, _chain(read, attrgetter(part.name)))
        return readers
    if spec.shape is Shape.LIST:
        return [column(CellType.TEXT, lambda ids: " ".join(ids) or None)]
    if spec.type is PartialDate:
        words = f"{meaning}: year, month or day, as far as known"
        return [
            (
                Column(name, CellType.TEXT, words, is_partial_date=True),
                _chain(read, lambda day: _date_cells(day)[0]),
            ),
            column(CellType.DATE, lambda day: _date_cells(day)[1], "_first", ": first possible day"),
            column(CellType.DATE, lambda day: _date_cells(day)[2], "_last", ": last possible day"),
        ]
    if spec.type is Decimal:
        return [
            column(CellType.DECIMAL, lambda number: format(number, "f"), words=", exact"),
            column(CellType.NUMBER, float, "_number", ", as the nearest floating-point number"),
        ]
    if spec.type in _CELL_TYPES:
        return [(Column(name, _CELL_TYPES[spec.type], meaning), read)]
    text, read_text = column(CellType.TEXT, str)
    return [(text, read if spec.type is str else read_text)]


@lru_cache(maxsize=2**16)
def _date_cells(day: PartialDate) -> tuple[str, date, date]:
    return str(day), day.earliest, day.latest


def _chain(read: Callable[[Any], Any], convert: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Make a function that reads a value, then converts any value except ``None``."""

    def read_converted(record: Any) -> Any:
        value = read(record)
        return None if value is None else convert(value)

    return read_converted


def record_table(cls: type[AnyRecord], meaning: str, /, **meanings: str) -> TableDeclaration:
    """Declare the table of a record type. A row contains the id, the declared fields and the note of a record."""
    readers = field_columns(cls, id="Permanent identifier", **meanings, note=_NOTE)
    schema = TableSchema(TABLE_NAMES[cls], meaning, ("id",), tuple(column for column, _ in readers))
    return TableDeclaration(schema, frozenset({cls}), lambda record, _: [read_cells(readers, record)])


def part_table(cls: type[AnyRecord], field: str, meaning: str, name: str = "", /, **meanings: str) -> TableDeclaration:
    """Declare a table for a field with a list, such as the names of a city."""
    [part_type] = [spec.item.type for spec in field_specs(cls) if spec.name == field and spec.item is not None]
    if part_type is str:
        readers: list[ColumnReader] = [(Column(each, CellType.TEXT, words), str) for each, words in meanings.items()]
    else:
        note = {"note": _NOTE} if hasattr(part_type, "note") else {}
        readers = field_columns(part_type, **meanings, **note)
    owner = cls.__name__.lower()
    leading = (
        Column(owner, CellType.TEXT, f"The {owner}", TABLE_NAMES[cls]),
        Column("position", CellType.INTEGER, "Position in the list, from 1"),
    )
    schema = TableSchema(name or field, meaning, (owner, "position"), (*leading, *(column for column, _ in readers)))

    def build_rows(record: Any, _: ExportContext) -> Iterable[Row]:
        parts = enumerate(getattr(record, field), 1)
        return [(record.id, position, *read_cells(readers, part)) for position, part in parts]

    return TableDeclaration(schema, frozenset({cls}), build_rows)


def read_cells(columns: Iterable[ColumnReader], record: Any) -> Row:
    """Read the cells of some columns from a record or from a part of a record."""
    return tuple([read(record) for _, read in columns])


def as_plain(cell: Cell) -> str | int | float | bool | None:
    """Convert a cell to a JSON value. A date becomes a text."""
    return cell.isoformat() if isinstance(cell, date) else cell


def plain_rows(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the rows of a table as mappings from column names to JSON values. A date becomes a text."""
    names = table.schema.names
    dates = [column.name for column in table.schema.columns if column.type is CellType.DATE]
    for row in table.rows:
        plain: dict[str, Any] = dict(zip(names, row, strict=True))
        for name in dates:
            if plain[name] is not None:
                plain[name] = plain[name].isoformat()
        yield plain
