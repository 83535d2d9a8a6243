"""Tables of other people: CSV and TSV, Excel, Parquet, and data frames, row by row as text."""

import csv
import io
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Final

from friendcities.errors import DataError, InvalidQueryError, MissingExtraError, Problem
from friendcities.importers.building import Found
from friendcities.importers.profile import Profile

__all__ = ["as_text", "columns_of", "frame_rows", "table_rows"]

_LONGEST_LINE: Final = 1 << 20
"""The longest line that is read, in characters: none of a table of cities comes near it."""
_INSTALL: Final = "workbooks, Parquet and data frames are read by other libraries: pip install 'friendcities[tables]'"
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"})
_COLUMNAR: Final = frozenset({".parquet", ".pq"})
_BATCH: Final = 4096

Cells = Iterator[tuple[int, Sequence[Any] | str]]
"""The rows below the heading: each with its number, and its cells, or why it could not be read."""


def table_rows(path: Path, profile: Profile) -> Iterator[Found]:
    """The rows of a file, in order, with the columns that the profile names.

    Raises:
        DataError: If the file cannot be read as what its name says it is.
        InvalidQueryError: If it lacks a column that the profile names.
        MissingExtraError: If a library that reads it is not installed.
    """
    with _opened(path, profile) as (heading, cells):
        yield from _found(heading, cells, profile, str(path))


def columns_of(path: Path, profile: Profile) -> Sequence[str]:
    """The names of the columns of a file; raises as :func:`table_rows` does."""
    with _opened(path, profile) as (heading, _):
        return heading


def frame_rows(frame: Any, profile: Profile) -> Iterator[Found]:
    """The rows of a data frame of pandas, polars, PyArrow or another that narwhals knows.

    Raises:
        InvalidQueryError: If it is none, or lacks a column that the profile names.
        MissingExtraError: If narwhals is not installed.
    """
    try:
        import narwhals  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    try:
        known = narwhals.from_native(frame, eager_only=True)
    except TypeError:
        message = (
            f"{type(frame).__name__} is no data frame; pass one of pandas, polars or PyArrow, or a file to read_table()"
        )
        raise InvalidQueryError(message, frame) from None
    rows = enumerate(known.iter_rows(), start=2)
    yield from _found([str(column) for column in known.columns], rows, profile, "the data frame")


def _found(heading: Sequence[str], cells: Cells, profile: Profile, name: str) -> Iterator[Found]:
    places = {column: place for place, column in reversed(list(enumerate(heading)))}
    missing = [column for column in dict.fromkeys(profile.columns) if column not in places]
    if missing:
        listed = ", ".join(map(repr, heading[:_MOST_LISTED])) or "none"
        message = f"{name} has no column {', '.join(map(repr, missing))}; it has {listed}"
        raise InvalidQueryError(message, missing, tuple(heading))
    wanted = [(column, places[column]) for column in dict.fromkeys(profile.columns)]
    empty = dict.fromkeys(profile.columns, "")
    for number, row in cells:
        if isinstance(row, str):
            yield Found(number, empty, row)
        elif any(value is not None and value != "" for value in row):
            yield Found(number, {name: as_text(row[place]) if place < len(row) else "" for name, place in wanted})


_MOST_LISTED: Final = 30


def as_text(value: Any) -> str:
    """A cell as text: what is missing as nothing, and a whole number without a point behind it."""
    match value:
        case None:
            return ""
        case float() if math.isnan(value):
            return ""
        case float() | Decimal() if math.isfinite(value) and value == int(value):
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case _:
            return str(value)


@contextmanager
def _opened(path: Path, profile: Profile) -> Iterator[tuple[list[str], Cells]]:
    """The heading and the rows of a file, which is closed afterwards."""
    ending = path.suffix.casefold()
    try:
        if ending in _WORKBOOKS | _COLUMNAR:
            with path.open("rb") as file:
                yield _workbook(file, profile) if ending in _WORKBOOKS else _parquet(file)
        else:
            with path.open(encoding=profile.encoding, newline="") as text:
                yield _separated(text, profile, ending)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is not {error.encoding}"
        raise _unreadable(path, why, "say the encoding, such as 'latin-1', in [file] of the profile") from None
    except LookupError:
        raise _unreadable(path, f"there is no encoding {profile.encoding!r}") from None


def _unreadable(path: Path, why: str, mend: str = "") -> DataError:
    expected = "a file that can be read as what its name says it is"
    return DataError([Problem(rule="readable", path=str(path), what=why, expected=expected, mend=mend)])


def _separated(text: io.TextIOWrapper, profile: Profile, ending: str) -> tuple[list[str], Cells]:
    delimiter = profile.delimiter or ("\t" if ending in {".tsv", ".tab"} else ",")
    reader = csv.reader(_Lines(text), delimiter=delimiter, strict=False)
    heading = next(_csv_rows(reader), (1, []))[1]
    return ([] if isinstance(heading, str) else [str(name).strip() for name in heading]), _csv_rows(reader, 2)


class _Lines:
    """The lines of a text. One that is too long is an error of its own row, and the next is read all the same."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text

    def __iter__(self) -> "_Lines":
        return self

    def __next__(self) -> str:
        line = self._text.readline(_LONGEST_LINE)
        if len(line) < _LONGEST_LINE:
            if not line:
                raise StopIteration
            return line
        while len(line) == _LONGEST_LINE and not line.endswith(("\n", "\r")):
            line = self._text.readline(_LONGEST_LINE)
        message = f"it is a line of more than {_LONGEST_LINE:,} characters"
        raise csv.Error(message)


def _csv_rows(reader: Any, start: int = 1) -> Cells:
    number = start - 1
    while True:
        number += 1
        try:
            row: Sequence[Any] = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield number, str(error)
            continue
        yield number, row


def _workbook(file: BinaryIO, profile: Profile) -> tuple[list[str], Cells]:
    try:
        import python_calamine  # noqa: PLC0415 - an extra
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        name = profile.sheet if profile.sheet is not None else next(iter(book.sheet_names), "")
        rows = iter(book.get_sheet_by_name(name).to_python(skip_empty_area=False))
    except (python_calamine.CalamineError, ValueError, IndexError, KeyError) as error:
        raise _unreadable(Path(file.name), f"this is no workbook, or has no such sheet: {error}") from None
    heading = [as_text(cell).strip() for cell in next(rows, [])]
    return heading, enumerate(rows, start=2)


def _parquet(file: BinaryIO) -> tuple[list[str], Cells]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    try:
        opened = parquet.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(Path(file.name), f"this is no Parquet: {error}") from None
    return [str(name) for name in opened.schema_arrow.names], _batches(opened, pa.ArrowException)


def _batches(opened: Any, broken: type[Exception]) -> Cells:
    number = 1
    try:
        for batch in opened.iter_batches(batch_size=_BATCH):
            for row in zip(*(column.to_pylist() for column in batch.columns), strict=True):
                number += 1
                yield number, row
    except (broken, OSError) as error:
        yield number + 1, f"from here on the file is broken: {error}"
