"""What a table is: columns with a type and a meaning, a key, and rows."""

from datetime import date
from enum import StrEnum, unique

from attrs import frozen

__all__ = ["Cell", "CellType", "Column", "Row", "Shape", "Table"]

Cell = str | int | float | bool | date | None
"""What stands in one place of a table; never an empty text: what is not known is ``None``."""
Row = tuple[Cell, ...]


@unique
class CellType(StrEnum):
    """Of what type the cells of a column are."""

    TEXT = "text"
    INTEGER = "integer"
    NUMBER = "number"
    """A number as computers count, to about 16 digits."""
    DECIMAL = "decimal"
    """A decimal number to its last digit, as text."""
    BOOLEAN = "boolean"
    DATE = "date"
    """A day of the (proleptic Gregorian) calendar."""


@frozen
class Column:
    """A column, as every format has it."""

    name: str
    """Its name, for programs."""
    type: CellType
    """Of what type its cells are."""
    meaning: str
    """What it tells, with its unit."""
    refers_to: str | None = None
    """The table whose ids stand in it, one a cell."""


@frozen
class Shape:
    """What every table of one name has in common, whatever is in it."""

    name: str
    """Its name, for programs."""
    meaning: str
    """What one row of it is."""
    key: tuple[str, ...]
    """The columns by which a row is known."""
    columns: tuple[Column, ...]
    """Its columns, in order."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)

    def place_of(self, name: str) -> int:
        """Where a column stands, from 0."""
        return self.names.index(name)


@frozen
class Table:
    """A table: its shape, and its rows.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.exporters.tables import tables_of
        >>> cities = tables_of(fc.dataset(), fc.partners_of("Dunedin"))["cities"]
        >>> dict(zip(cities.shape.names, cities.rows[0]))["name"]
        'Shanghai'
    """

    shape: Shape
    rows: tuple[Row, ...]
    """Its rows, in the order of what was exported; in each the cells in the order of the columns."""
