"""Parquet, row by row, through PyArrow."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Final

from friendcities.errors import MissingExtraError

__all__ = ["columnar_rows"]

_INSTALL: Final = "Parquet is read by PyArrow: pip install 'friendcities[tables]'"
_BATCH: Final = 4096
_MOST_ROWS: Final = 10_000_000
"""How many rows are read, where a row without a text costs no space in the file."""


def columnar_rows(file: BinaryIO) -> tuple[list[str], Iterator[tuple[int, Sequence[Any] | str]]]:
    """The names of the columns, and the rows: each with its number, from 2 on, and its cells or why it has none.

    Raises:
        MissingExtraError: If PyArrow is not installed.
        ValueError: If it is no Parquet, or has too many rows.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    try:
        opened = parquet.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        message = f"this is no Parquet: {error}"
        raise ValueError(message) from None
    if opened.metadata.num_rows > _MOST_ROWS:
        message = f"it has more than {_MOST_ROWS:,} rows"
        raise ValueError(message)
    return [str(name) for name in opened.schema_arrow.names], _batches(opened, pa.ArrowException)


def _values(column: Any) -> list[Any]:
    """The values of a column; as text where they are days that Python has not."""
    try:
        values: list[Any] = column.to_pylist()
    except (ValueError, OverflowError):
        values = column.cast("string").to_pylist()
    return values


def _batches(opened: Any, broken: type[Exception]) -> Iterator[tuple[int, Sequence[Any] | str]]:
    number = 1
    try:
        for batch in opened.iter_batches(batch_size=_BATCH):
            for row in zip(*map(_values, batch.columns), strict=True):
                number += 1
                yield number, row
    except (broken, OSError) as error:
        yield number + 1, f"from here on the file is broken: {error}"
