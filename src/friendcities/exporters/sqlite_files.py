"""Tables as a database of SQLite, with keys and references."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import date
from typing import Final

from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters.tables import Cell, CellType, Exportable, Row, Shape, tables_of
from friendcities.model import DateLike

__all__ = ["as_sqlite"]

_TYPES: Final = {
    CellType.TEXT: "TEXT",
    CellType.INTEGER: "INTEGER",
    CellType.NUMBER: "REAL",
    CellType.DECIMAL: "TEXT",  # to its last digit, which no number of SQLite's has
    CellType.BOOLEAN: "BOOLEAN",
    CellType.DATE: "DATE",
}
_PAGE: Final = 4096
"""The size of a page, which is otherwise as the library was built."""


def as_sqlite(data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None) -> bytes:
    """A dataset, or an answer of it, as a database of SQLite; what tables and columns mean is told in their SQL.

    The same rows give the same bytes, by one version of SQLite.

    Example:
        >>> import friendcities as fc
        >>> as_sqlite(fc.dataset(), fc.partners_of("Dunedin"))[:15]
        b'SQLite format 3'
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"PRAGMA page_size = {_PAGE}")
        for name, table in tables_of(data, records, on=on).items():
            database.execute(_declared(table.shape))
            places = ", ".join("?" for _ in table.shape.columns)
            database.executemany(f'INSERT INTO "{name}" VALUES ({places})', map(_plain, table.rows))  # noqa: S608 - the names are ours
        database.commit()
        return database.serialize()


def _declared(shape: Shape) -> str:
    lines = []
    for column in shape.columns:
        refers = f' REFERENCES "{column.refers_to}" ("id")' if column.refers_to else ""
        lines.append(f'  "{column.name}" {_TYPES[column.type]}{refers}, -- {column.meaning}')
    key = ", ".join(f'"{name}"' for name in shape.key)
    return f'CREATE TABLE "{shape.name}" ( -- {shape.meaning}\n' + "\n".join(lines) + f"\n  UNIQUE ({key})\n)"


def _plain(row: Row) -> tuple[Cell, ...]:
    return tuple(cell.isoformat() if isinstance(cell, date) else cell for cell in row)
