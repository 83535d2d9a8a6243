"""Tables of other people: CSV and TSV, Excel, Parquet, and data frames, row by row as text."""

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import evolve

from friendcities.errors import DataError, FriendcitiesError, InvalidQueryError, MissingExtraError, Problem
from friendcities.importers.cells import Found
from friendcities.importers.profile import Profile
from friendcities.importers.report import Reason
from friendcities.importers.separated import separated_rows
from friendcities.importers.workbooks import workbook_rows
from friendcities.model.record import short

__all__ = ["as_text", "first_rows", "frame_rows", "is_separated", "table_rows"]

_INSTALL: Final = "Parquet and data frames are read by other libraries: pip install 'friendcities[tables]'"
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_OTHER_WORKBOOKS: Final = frozenset({".xls", ".xlsb", ".ods", ".numbers"})
_COLUMNAR: Final = frozenset({".parquet", ".pq"})
_BATCH: Final = 4096
_MOST_ROWS: Final = 10_000_000
"""How many rows of Parquet are read, where a row without a text costs no space in the file."""
_MOST_LISTED: Final = 30
_MOST_EXAMINED: Final = 20
"""How many rows below the first are looked at to see what a file looks like."""
_MOST_BLANK: Final = 1000
"""How many blank rows that follow one another are told one by one."""

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
        yield from _filled_down(_found(heading, cells, profile, str(path)), profile)


def first_rows(path: Path, profile: Profile) -> list[list[str]]:
    """The first rows of a file from the heading on, those that can be read; raises as :func:`table_rows` does."""
    with _opened(path, profile) as (heading, cells):
        first = islice(cells, _MOST_EXAMINED)
        return [heading, *([as_text(cell).strip() for cell in row] for _, row in first if not isinstance(row, str))]


def is_separated(path: Path) -> bool:
    """Whether a file is read as text whose cells have something between them: every one that is nothing else."""
    return path.suffix.casefold() not in _WORKBOOKS | _OTHER_WORKBOOKS | _COLUMNAR


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
    yield from _filled_down(_found([str(column) for column in known.columns], rows, profile, "the data frame"), profile)


def _found(heading: Sequence[str], cells: Cells, profile: Profile, name: str) -> Iterator[Found]:
    places = {column: place for place, column in reversed(list(enumerate(heading)))}
    looked_at = dict.fromkeys((*profile.columns, *profile.fill_down))
    missing = [column for column in looked_at if column not in places]
    if missing:
        listed = ", ".join(map(repr, heading[:_MOST_LISTED])) or "none"
        message = (
            f"{name} has no column {', '.join(map(repr, missing))}; it has {listed}. If these are not the names of its "
            "columns, say which row has them: heading in [file] of the profile"
        )
        raise InvalidQueryError(message, missing, tuple(heading))
    wanted = [(column, places[column]) for column in dict.fromkeys(profile.columns)]
    empty = dict.fromkeys(profile.columns, "")
    blank: list[int] = []  # the first and the last of blank rows, of which it is not known yet whether a row follows
    for number, row in cells:
        if not isinstance(row, str) and all(value is None or value == "" for value in row):
            blank = [*blank[:1], number]
            continue
        yield from _blank(blank, empty)
        blank = []
        if isinstance(row, str):
            yield Found(number, empty, row)
        elif any(value is not None and value != "" for value in row[len(heading) :]):
            told = ", ".join(as_text(value) for value in row)
            yield Found(number, empty, f"it has {len(row)} cells, and the heading {len(heading)}: {short(told)}")
        else:
            yield Found(number, {name: as_text(row[place]) if place < len(row) else "" for name, place in wanted})


def _filled_down(rows: Iterator[Found], profile: Profile) -> Iterator[Found]:
    """The rows, with the text above in blank cells of the columns that are to be filled so."""
    above: dict[str, str] = {}
    for row in rows:
        if row.broken is None and profile.fill_down:
            blank = {column: above.get(column, "") for column in profile.fill_down if not row.cells[column].strip()}
            cells = {**row.cells, **blank}
            above = {column: cells[column] for column in profile.fill_down}
            yield evolve(row, cells=cells)
        else:
            yield row


def _blank(ends: Sequence[int], empty: Mapping[str, str]) -> Iterator[Found]:
    """Blank rows before another; those at the end of a file are none."""
    if not ends:
        return
    first, last = ends[0], ends[-1]
    one_by_one = min(last, first + _MOST_BLANK - 1)
    for number in range(first, one_by_one + 1):
        yield Found(number, empty, "no cell of it has a text", Reason.BLANK_ROW)
    if one_by_one < last:
        why = f"no cell has a text from here to row {last}; these are told as one"
        yield Found(one_by_one + 1, empty, why, Reason.BLANK_ROW)


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
        if ending in _OTHER_WORKBOOKS:
            raise _unreadable(path, f"workbooks of the kind {ending} are not read", "save it as .xlsx or as .csv")
        if ending in _WORKBOOKS | _COLUMNAR:
            with path.open("rb") as file:
                if ending in _COLUMNAR:
                    yield _columnar(file)
                else:
                    yield _headed(workbook_rows(file, profile.sheet), path, profile.heading)
        else:
            delimiter = profile.delimiter or ("\t" if ending in {".tsv", ".tab"} else ",")
            with path.open(encoding=profile.encoding, newline="") as text:
                yield _headed(separated_rows(text, delimiter, profile.heading), path, profile.heading)
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


def _headed(rows: Cells, path: Path, number: int) -> tuple[list[str], Cells]:
    try:
        _, heading = next(islice(rows, number - 1, None), (1, ()))
    except (UnicodeDecodeError, FriendcitiesError):
        raise
    except ValueError as error:
        raise _unreadable(path, str(error)) from None
    if isinstance(heading, str):
        raise _unreadable(path, f"its heading could not be read: {heading}")
    return [as_text(cell).strip() for cell in heading], rows


def _columnar(file: BinaryIO) -> tuple[list[str], Cells]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra
        from pyarrow import parquet  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    try:
        opened = parquet.ParquetFile(file)
    except (pa.ArrowException, OSError) as error:
        raise _unreadable(Path(file.name), f"this is no Parquet: {error}") from None
    if opened.metadata.num_rows > _MOST_ROWS:
        raise _unreadable(Path(file.name), f"it has more than {_MOST_ROWS:,} rows")
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
