"""Parquet, row by row, through PyArrow."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from friendcities.extras import extra

_BATCH: Final = 4096
_MOST_ROWS: Final = 10_000_000
"""The most rows that are read: an empty row takes no space in a file."""


def read_parquet(file: BinaryIO) -> tuple[list[str], Iterator[tuple[int, Sequence[Any], str | None]]]:
    """Read the column names, and the rows: each with its number, from 2 on, its cells, and its error if any."""
    with extra("tables", "reading Parquet"):
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    try:
        opened = parquet.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        message = f"this is no Parquet: {error}"
        raise ValueError(message) from None
    if opened.metadata.num_rows > _MOST_ROWS:
        message = f"it has more than {_MOST_ROWS:,} rows"
        raise ValueError(message)
    return [str(name) for name in opened.schema_arrow.names], _read_rows(opened, pa.ArrowException)


def _read_rows(opened: Any, arrow_error: type[Exception]) -> Iterator[tuple[int, Sequence[Any], str | None]]:
    number = 1
    try:
        for batch in opened.iter_batches(batch_size=_BATCH):
            for row in zip(*map(_column_values, batch.columns), strict=True):
                number += 1
                yield number, row, None
    except (arrow_error, OSError) as error:
        yield number + 1, (), f"from here on the file is broken: {error}"


def _column_values(column: Any) -> list[Any]:
    """The values of a column; as text where they are dates outside Python's range."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        values = column.cast("string").to_pylist()
    return values
