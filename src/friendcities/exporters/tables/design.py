"""How tables are declared: each column once, with its meaning and the way to its cell."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Generic, TypeVar

from attrs import frozen

from friendcities.exporters.tables.columns import Cell, CellType, Column, Row, Shape
from friendcities.model import City, DateLike, PartialDate, Period

__all__ = ["Columns", "Design", "Surroundings", "field_of", "ids"]

T = TypeVar("T")


@frozen
class Surroundings:
    """What rows are told in the light of."""

    cities: Mapping[str, City]
    """The cities of the dataset, by id."""
    on: DateLike | None
    """The date at whose end the state is told; ``None``: after the last step on record."""

    def name_of(self, city: str) -> str | None:
        """The name of a city, where it is on record."""
        known = self.cities.get(city)
        return None if known is None else known.name


Taken = tuple[Column, Callable[[T], Cell]]
"""A column, with the way to its cell from what a row is made of."""


class Columns(Generic[T]):
    """Declares columns of tables whose rows are made of one type of thing."""

    def text(
        self, name: str, meaning: str, take: Callable[[T], str | None], refers_to: str | None = None
    ) -> list[Taken[T]]:
        """A text; of a member of a vocabulary, its value."""
        return [(Column(name, CellType.TEXT, meaning, refers_to), _if_known(take, str))]

    def integer(self, name: str, meaning: str, take: Callable[[T], int | None]) -> list[Taken[T]]:
        """A whole number."""
        return [(Column(name, CellType.INTEGER, meaning), take)]

    def number(self, name: str, meaning: str, take: Callable[[T], float | None]) -> list[Taken[T]]:
        """A number as computers count."""
        return [(Column(name, CellType.NUMBER, meaning), _if_known(take, float))]

    def boolean(self, name: str, meaning: str, take: Callable[[T], bool]) -> list[Taken[T]]:
        """True or false."""
        return [(Column(name, CellType.BOOLEAN, meaning), take)]

    def decimal(self, name: str, meaning: str, take: Callable[[T], Decimal | None]) -> list[Taken[T]]:
        """A decimal number to its last digit, and beside it the nearest number that computers count with."""
        exact = Column(name, CellType.DECIMAL, f"{meaning}, to its last digit")
        near = Column(f"{name}_number", CellType.NUMBER, f"{meaning}, as the nearest binary number")
        return [
            (exact, _if_known(take, lambda known: format(known, "f"))),
            (near, _if_known(take, float)),
        ]

    def dates(self, name: str, meaning: str, take: Callable[[T], PartialDate | None]) -> list[Taken[T]]:
        """A date as precise as it is known, and beside it the first and the last day that it can stand for."""
        known = Column(name, CellType.TEXT, f"{meaning}: a year, a month or a day, as far as it is known")
        first = Column(f"{name}_first", CellType.DATE, f"{meaning}: the first day that this can be")
        last = Column(f"{name}_last", CellType.DATE, f"{meaning}: the last day that this can be")
        return [
            (known, _if_known(take, str)),
            (first, _if_known(take, _earliest)),
            (last, _if_known(take, _latest)),
        ]

    def period(self, name: str, meaning: str, take: Callable[[T], Period | None]) -> list[Taken[T]]:
        """A span of time: its ends, of how many sub-periods something is told, and the span as stated."""
        return [
            *self.dates(f"{name}_start", f"{meaning}, from when", lambda row: field_of(take(row), "start")),
            *self.dates(f"{name}_end", f"{meaning}, until when", lambda row: field_of(take(row), "end")),
            *self.integer(
                f"{name}_each_number",
                f"{meaning}: where it is told of each of several sub-periods, how many",
                lambda row: field_of(field_of(take(row), "each"), "number"),
            ),
            *self.text(
                f"{name}_each_unit",
                f"{meaning}: how long each of those is",
                lambda row: field_of(field_of(take(row), "each"), "unit"),
            ),
            *self.text(f"{name}_wording", f"{meaning}, as stated", lambda row: field_of(take(row), "wording")),
        ]


def ids(values: Iterable[str]) -> str | None:
    """Ids in one cell, with blanks between them, which no id has.

    Example:
        >>> ids(["cn-shanghai", "nz-dunedin"])
        'cn-shanghai nz-dunedin'
    """
    return " ".join(values) or None


def field_of(whole: Any, name: str) -> Any:
    """A field of something, where there is that of which it is a field."""
    return None if whole is None else getattr(whole, name)


@frozen
class Design(Generic[T]):
    """A table as it is declared."""

    shape: Shape
    _parts: Callable[[Any, Surroundings], Iterable[T]]
    _takes: tuple[Callable[[T], Cell], ...]

    @classmethod
    def of(
        cls,
        name: str,
        meaning: str,
        key: tuple[str, ...],
        parts: Callable[[Any, Surroundings], Iterable[T]],
        columns: Iterable[Taken[T]],
    ) -> "Design[T]":
        """Declare a table.

        Args:
            name: Its name.
            meaning: What one row of it is.
            key: The columns by which a row is known.
            parts: What of a record each row is made of.
            columns: Its columns, each with the way to its cell.
        """
        taken = list(columns)
        shape = Shape(name, meaning, key, tuple(column for column, _ in taken))
        return cls(shape, parts, tuple(take for _, take in taken))

    def rows(self, record: Any, surroundings: Surroundings) -> Iterator[Row]:
        """The rows of a record."""
        for part in self._parts(record, surroundings):
            yield tuple([take(part) for take in self._takes])


V = TypeVar("V")
C = TypeVar("C", bound=Cell)


def _if_known(take: Callable[[T], V | None], cell: Callable[[V], C]) -> Callable[[T], C | None]:
    def taken(row: T) -> C | None:
        known = take(row)
        return None if known is None else cell(known)

    return taken


def _earliest(known: PartialDate) -> date:
    return known.earliest


def _latest(known: PartialDate) -> date:
    return known.latest
