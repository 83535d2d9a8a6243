"""Tables, their columns, and how the cells of a column are read from a record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum, unique
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Final

from attrs import Factory, frozen

from friendcities.model import RECORD_TYPES, AnyRecord, City, PartialDate

Cell = str | int | float | bool | date | None
"""The value of one cell; unknown values are ``None``, never an empty text."""
Row = tuple[Cell, ...]


@unique
class CellType(StrEnum):
    """The type of the cells of a column."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    """A binary floating-point number, exact to about 16 digits."""
    DECIMAL = "decimal"
    """A decimal number to its last digit, as text."""
    BOOLEAN = "boolean"
    DATE = "date"  # of the (proleptic Gregorian) calendar


@frozen
class Column:
    """A column, the same in every format."""

    name: str
    type: CellType
    meaning: str
    """What it means, with its unit."""
    refers_to: str | None = None
    """The table whose ids its cells contain, one a cell."""


@frozen
class TableSchema:
    """The name, the key and the columns of a table."""

    name: str
    meaning: str
    """What one row of it is."""
    key: tuple[str, ...]
    """The columns that identify a row."""
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def column_index(self, name: str) -> int:
        """The position of a column, from 0."""
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
    """Its rows, in the order of the exported records, with their cells in the order of the columns."""


@frozen
class ExportContext:
    """What the rows of one export depend on besides their records."""

    cities: Mapping[str, City]
    on: PartialDate | None
    """The date at whose end the states are shown; ``None``: after the last recorded step."""
    partnership_cells: dict[str, Row] = Factory(dict)
    """The cells about the state of each partnership, which two tables share."""


@frozen
class TableDeclaration:
    """A table, the types of the records that have rows in it, and the function that makes the rows of one record."""

    schema: TableSchema
    record_types: frozenset[type]
    build_rows: Callable[[Any, ExportContext], Iterable[Row]]


TABLE_NAMES: Final = {cls: name for name, cls in RECORD_TYPES.items()}
ColumnReader = tuple[Column, Callable[[Any], Cell]]
"""A column, with the function that reads its cell from a record or a part of one."""
Value = str | Callable[[Any], Any]
"""How to read the value of a column: the path of an attribute, such as ``"coordinates.latitude"``, or a function."""


def text_column(name: str, meaning: str, value: Value = "", refers_to: str | None = None) -> list[ColumnReader]:
    """A column of texts, or of the values of an enumeration; by default those of the attribute of that name."""
    return [(Column(name, CellType.TEXT, meaning, refers_to), _cell_reader(value or name, str))]


def id_list_column(name: str, meaning: str, value: Value = "") -> list[ColumnReader]:
    """A column of ids, several a cell, separated by blanks (which no id has)."""
    return text_column(name, meaning, _cell_reader(value or name, lambda ids: " ".join(ids) or None))


def integer_column(name: str, meaning: str, value: Value = "") -> list[ColumnReader]:
    """A column of whole numbers."""
    return [(Column(name, CellType.INTEGER, meaning), _value_reader(value or name))]


def number_column(name: str, meaning: str, value: Value = "") -> list[ColumnReader]:
    """A column of floating-point numbers."""
    return [(Column(name, CellType.NUMBER, meaning), _cell_reader(value or name, float))]


def boolean_column(name: str, meaning: str, value: Value = "") -> list[ColumnReader]:
    """A column of truth values."""
    return [(Column(name, CellType.BOOLEAN, meaning), _value_reader(value or name))]


def decimal_columns(name: str, meaning: str, value: Value = "") -> list[ColumnReader]:
    """A decimal number to its last digit, and beside it the nearest floating-point number."""
    exact = Column(name, CellType.DECIMAL, f"{meaning}, to its last digit")
    return [
        (exact, _cell_reader(value or name, lambda number: format(number, "f"))),
        *number_column(f"{name}_number", f"{meaning}, as the nearest binary number", value or name),
    ]


def date_columns(name: str, meaning: str, value: Value = "") -> list[ColumnReader]:
    """A partial date as text, and beside it the first and the last day that it can stand for."""
    first = Column(f"{name}_first", CellType.DATE, f"{meaning}: the first day that this can be")
    last = Column(f"{name}_last", CellType.DATE, f"{meaning}: the last day that this can be")
    known = f"{meaning}: a year, a month or a day, as far as it is known"
    return [
        *text_column(name, known, _cell_reader(value or name, lambda day: _date_cells(day)[0])),
        (first, _cell_reader(value or name, lambda day: _date_cells(day)[1])),
        (last, _cell_reader(value or name, lambda day: _date_cells(day)[2])),
    ]


@lru_cache(maxsize=2**16)
def _date_cells(day: PartialDate) -> tuple[str, date, date]:
    return str(day), day.earliest, day.latest


def period_columns(name: str, meaning: str, path: str = "") -> list[ColumnReader]:
    """A period: its start and end, the number and length of its sub-periods, and its wording."""
    path = path or name
    number_meaning = f"{meaning}: where it is stated for each of several sub-periods, how many"
    return [
        *date_columns(f"{name}_start", f"{meaning}, from when", f"{path}.start"),
        *date_columns(f"{name}_end", f"{meaning}, until when", f"{path}.end"),
        *integer_column(f"{name}_each_number", number_meaning, f"{path}.each.number"),
        *text_column(f"{name}_each_unit", f"{meaning}: how long each of those is", f"{path}.each.unit"),
        *text_column(f"{name}_wording", f"{meaning}, as stated", f"{path}.wording"),
    ]


def note_column() -> list[ColumnReader]:
    """The column of the note of a record or a part of one."""
    return text_column("note", "Anything a reader must know")


def record_table(
    cls: type[AnyRecord], meaning: str, *columns: list[ColumnReader], id_meaning: str = "Its id for ever"
) -> TableDeclaration:
    """Declare the table of a record type: one row a record, identified by its id."""
    readers = [*text_column("id", id_meaning), *chain(*columns)]
    schema = TableSchema(TABLE_NAMES[cls], meaning, ("id",), tuple(column for column, _ in readers))
    return TableDeclaration(schema, frozenset({cls}), lambda record, _: [read_cells(readers, record)])


def part_table(
    cls: type[AnyRecord],
    field: str,
    meaning: str,
    position: str,
    *columns: list[ColumnReader],
    name: str = "",
    owner: str = "",
) -> TableDeclaration:
    """Declare the table of the parts of a record, such as the names of a city: one row a part.

    Args:
        cls: The type of the records.
        field: The field that holds the parts.
        meaning: What one row is.
        position: What the second column means, the position of the part.
        columns: The columns that are read from the part.
        name: The name of the table; by default that of the field.
        owner: What the first column means, the id of the record; by default the name of the record type.
    """
    readers, type_name = [*chain(*columns)], cls.__name__.lower()
    leading = (
        Column(type_name, CellType.TEXT, owner or f"The {type_name}", TABLE_NAMES[cls]),
        Column("position", CellType.INTEGER, f"{position}, from 1"),
    )
    key = (type_name, "position")
    schema = TableSchema(name or field, meaning, key, (*leading, *(column for column, _ in readers)))

    def build_rows(record: Any, _: ExportContext) -> Iterable[Row]:
        parts = enumerate(getattr(record, field), 1)
        return [(record.id, index, *read_cells(readers, part)) for index, part in parts]

    return TableDeclaration(schema, frozenset({cls}), build_rows)


def read_cells(columns: Iterable[ColumnReader], record: Any) -> Row:
    """The cells that some columns read from a record or a part of one."""
    return tuple([read(record) for _, read in columns])


def as_plain(cell: Cell) -> str | int | float | bool | None:
    """A cell as JSON has it: a day as text."""
    return cell.isoformat() if isinstance(cell, date) else cell


def plain_rows(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, each as a mapping of the names of its columns to its cells, days as text."""
    names = table.schema.names
    return (dict(zip(names, map(as_plain, row), strict=True)) for row in table.rows)


def _cell_reader(value: Value, convert: Callable[[Any], Cell]) -> Callable[[Any], Cell]:
    """A function that reads a value and converts it to a cell, unless it is ``None``."""
    read = _value_reader(value)

    def read_cell(record: Any) -> Cell:
        known = read(record)
        return None if known is None else convert(known)

    return read_cell


def _value_reader(value: Value) -> Callable[[Any], Any]:
    """A function that reads the value of a path; ``None`` where an attribute on the way is ``None``."""
    if not isinstance(value, str):
        return value
    first, _, rest = value.partition(".")
    read = attrgetter(first)
    if not rest:
        return read
    read_rest = _value_reader(rest)

    def read_path(record: Any) -> Any:
        whole = read(record)
        return None if whole is None else read_rest(whole)

    return read_path
