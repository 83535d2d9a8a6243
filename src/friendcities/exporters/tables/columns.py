"""Tables, their columns, and how the cells of a column are read from a record."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum, unique
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final

from attrs import Factory, frozen

from friendcities.model import RECORD_TYPES, AnyRecord, City, PartialDate

__all__ = [
    "Cell",
    "CellType",
    "Column",
    "ColumnReader",
    "ExportContext",
    "Row",
    "Table",
    "TableDeclaration",
    "TableSchema",
    "as_plain",
    "boolean_column",
    "date_columns",
    "decimal_columns",
    "id_list_column",
    "integer_column",
    "number_column",
    "part_table",
    "period_columns",
    "plain_rows",
    "read_cells",
    "record_table",
    "text_column",
]

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
    DATE = "date"
    """A day of the (proleptic Gregorian) calendar."""


@frozen
class Column:
    """A column, the same in every format."""

    name: str
    """Its name, for programs."""
    type: CellType
    """The type of its cells."""
    meaning: str
    """What it means, with its unit."""
    refers_to: str | None = None
    """The table whose ids its cells contain, one a cell."""


@frozen
class TableSchema:
    """The name, the key and the columns of a table."""

    name: str
    """Its name, for programs."""
    meaning: str
    """What one row of it is."""
    key: tuple[str, ...]
    """The columns that identify a row."""
    columns: tuple[Column, ...]
    """Its columns, in order."""

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
    """Its rows, in the order of the exported records; each has its cells in the order of the columns."""


@frozen
class ExportContext:
    """What the rows of one export depend on besides their records."""

    cities: Mapping[str, City]
    """The cities of the dataset, by id."""
    on: PartialDate | None
    """The date at whose end the states are shown; ``None``: after the last recorded step."""
    partnership_cells: dict[str, Row] = Factory(dict)
    """The cells about the state of each partnership, which two tables share."""


@frozen
class TableDeclaration:
    """A table with the function that makes its rows."""

    schema: TableSchema
    record_types: frozenset[type]
    """The types of the records that have rows in it."""
    build_rows: Callable[[Any, ExportContext], Iterable[Row]]
    """Makes the rows of one record."""


ColumnReader = tuple[Column, Callable[[Any], Cell]]
"""A column, with the function that reads its cell from a record or a part of one."""
Value = str | Callable[[Any], Any]
"""How to read the value of a column: the path of an attribute, such as ``"coordinates.latitude"``, or a function."""


def text_column(name: str, meaning: str, value: Value = "", refers_to: str | None = None) -> list[ColumnReader]:
    """A column of texts, or of the values of an enumeration.

    Args:
        name: Its name.
        meaning: What it means.
        value: How to read it; by default the attribute of that name.
        refers_to: The table whose ids it contains.
    """
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
    near = Column(f"{name}_number", CellType.NUMBER, f"{meaning}, as the nearest binary number")
    return [
        (exact, _cell_reader(value or name, lambda number: format(number, "f"))),
        (near, _cell_reader(value or name, float)),
    ]


def date_columns(name: str, meaning: str, value: Value = "") -> list[ColumnReader]:
    """A partial date as text, and beside it the first and the last day that it can stand for."""
    known = Column(name, CellType.TEXT, f"{meaning}: a year, a month or a day, as far as it is known")
    first = Column(f"{name}_first", CellType.DATE, f"{meaning}: the first day that this can be")
    last = Column(f"{name}_last", CellType.DATE, f"{meaning}: the last day that this can be")
    return [
        (known, _cell_reader(value or name, lambda day: _date_cells(day)[0])),
        (first, _cell_reader(value or name, lambda day: _date_cells(day)[1])),
        (last, _cell_reader(value or name, lambda day: _date_cells(day)[2])),
    ]


@lru_cache(maxsize=2**16)
def _date_cells(day: PartialDate) -> tuple[str, date, date]:
    return str(day), day.earliest, day.latest


def period_columns(name: str, meaning: str, path: str = "") -> list[ColumnReader]:
    """A period: its start and end, the number and length of its sub-periods, and its wording."""
    path = path or name
    return [
        *date_columns(f"{name}_start", f"{meaning}, from when", f"{path}.start"),
        *date_columns(f"{name}_end", f"{meaning}, until when", f"{path}.end"),
        *integer_column(
            f"{name}_each_number",
            f"{meaning}: where it is stated for each of several sub-periods, how many",
            f"{path}.each.number",
        ),
        *text_column(f"{name}_each_unit", f"{meaning}: how long each of those is", f"{path}.each.unit"),
        *text_column(f"{name}_wording", f"{meaning}, as stated", f"{path}.wording"),
    ]


def record_table(
    cls: type[AnyRecord], meaning: str, columns: list[ColumnReader], id_meaning: str = "Its id for ever"
) -> TableDeclaration:
    """Declare the table of a record type: one row a record, identified by its id."""
    columns = [*text_column("id", id_meaning), *columns]
    schema = TableSchema(_TABLE_NAMES[cls], meaning, ("id",), tuple(column for column, _ in columns))
    return TableDeclaration(schema, frozenset({cls}), lambda record, _: [read_cells(columns, record)])


def part_table(  # noqa: PLR0917 - every declaration needs all of them
    name: str,
    meaning: str,
    cls: type[AnyRecord],
    field: str,
    owner: str,
    position: str,
    columns: list[ColumnReader],
) -> TableDeclaration:
    """Declare the table of the parts of a record, such as the names of a city: one row a part.

    Args:
        name: Its name.
        meaning: What one row of it is.
        cls: The type of the records.
        field: The field that holds the parts.
        owner: What the first column means, the id of the record.
        position: What the second column means, the position of the part.
        columns: The other columns, which are read from the part.
    """
    key = (cls.__name__.lower(), "position")
    leading = (Column(key[0], CellType.TEXT, owner, _TABLE_NAMES[cls]), Column(key[1], CellType.INTEGER, position))
    schema = TableSchema(name, meaning, key, (*leading, *(column for column, _ in columns)))

    def build_rows(record: Any, _: ExportContext) -> Iterable[Row]:
        parts = enumerate(getattr(record, field), 1)
        return [(record.id, index, *read_cells(columns, part)) for index, part in parts]

    return TableDeclaration(schema, frozenset({cls}), build_rows)


_TABLE_NAMES: Final = {cls: name for name, cls in RECORD_TYPES.items()}


def read_cells(columns: Iterable[ColumnReader], record: Any) -> Row:
    """The cells that some columns read from a record or a part of one."""
    return tuple([read(record) for _, read in columns])


def as_plain(cell: Cell) -> str | int | float | bool | None:
    """A cell as JSON has it: a day as text."""
    return cell.isoformat() if isinstance(cell, date) else cell


def plain_rows(table: Table) -> Iterator[dict[str, Any]]:
    """The rows of a table, each as a mapping of the names of its columns to its cells, days as text."""
    names = table.schema.names
    days = [column.name for column in table.schema.columns if column.type is CellType.DATE]
    for row in table.rows:
        cells: dict[str, Any] = dict(zip(names, row, strict=True))
        for name in days:
            cells[name] = as_plain(cells[name])
        yield cells


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
