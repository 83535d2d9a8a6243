"""Exports tables as a SQLite database with primary keys and foreign keys."""

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Final

from friendcities.exporters.tables import Answer, CellType, TableSchema, build_tables
from friendcities.exporters.tables.columns import as_plain
from friendcities.model import DateLike

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

_TYPES: Final = {CellType.NUMBER: "REAL", CellType.DECIMAL: "TEXT"}  # numbers in SQLite are not exact decimals
"""The types with different names in SQLite."""
_PAGE_SIZE: Final = 4096  # the default size differs between builds of SQLite


def as_sqlite(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> bytes:
    """Make a SQLite database from a dataset or query results.

    Comments in the SQL schema describe tables and columns. The bytes depend only on the rows and the version of SQLite.

    Example:
        >>> import friendcities as fc
        >>> as_sqlite(fc.dataset(), fc.partners_of("Dunedin"))[:15]
        b'SQLite format 3'
    """
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute(f"PRAGMA page_size = {_PAGE_SIZE}")
        for name, table in build_tables(data, records, on=on).items():
            database.execute(_create_statement(table.schema))
            places = ", ".join("?" for _ in table.schema.columns)
            rows = (tuple(map(as_plain, row)) for row in table.rows)
            database.executemany(f'INSERT INTO "{name}" VALUES ({places})', rows)  # noqa: S608 - the names are ours
        database.commit()
        return database.serialize()


def _create_statement(schema: TableSchema) -> str:
    lines = []
    for column in schema.columns:
        reference = f' REFERENCES "{column.refers_to}" ("id")' if column.refers_to else ""
        lines.append(
            f'  "{column.name}" {_TYPES.get(column.type, column.type.upper())}{reference}, -- {column.meaning}'
        )
    key = ", ".join(f'"{name}"' for name in schema.key)
    return f'CREATE TABLE "{schema.name}" ( -- {schema.meaning}\n' + "\n".join(lines) + f"\n  UNIQUE ({key})\n)"
