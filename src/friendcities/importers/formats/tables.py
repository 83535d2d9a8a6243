"""Tables of other people: CSV and TSV, Excel, Parquet, and data frames, row by row as text."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

from attrs import frozen

from friendcities.errors import DataError, FriendcitiesError, InvalidQueryError, MissingExtraError, Problem
from friendcities.importers.cells import Found
from friendcities.importers.formats.cell_text import as_text, texts_of
from friendcities.importers.formats.delimited import separated_rows
from friendcities.importers.formats.excel import workbook_rows
from friendcities.importers.formats.parquet import columnar_rows
from friendcities.importers.import_report import Reason
from friendcities.importers.profile import Profile
from friendcities.model.record import short

__all__ = ["DELIMITERS", "Table", "first_rows", "frame_table", "is_separated", "refuse_heading", "table_of"]

DELIMITERS: Final = (",", ";", "\t", "|")
"""What stands between cells in most files, the usual first."""
_ENCODE: Final = (
    "say the encoding, such as 'latin-1' or 'utf-16', in [file] of the profile; what is no text at all needs another "
    "ending, such as .xlsx"
)
_NUMBERED: Final = re.compile("#([1-9][0-9]{0,5})")
_INSTALL: Final = "data frames are read through narwhals: pip install 'friendcities[tables]'"
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_OTHER_WORKBOOKS: Final = frozenset({".xls", ".xlsb", ".ods", ".numbers"})
_COLUMNAR: Final = frozenset({".parquet", ".pq"})
_MOST_LISTED: Final = 30
_MOST_EXAMINED: Final = 20
"""How many rows below the first are looked at to see what a file looks like."""
_MOST_BLANK: Final = 1000
"""How many blank rows that follow one another are told one by one."""

Cells = Iterator[tuple[int, Sequence[Any] | str]]
"""The rows below the heading: each with its number, and its cells, or why it could not be read."""


@frozen
class Table:
    """The rows of a file, in order, and the columns of it that the profile does not name."""

    rows: Iterable[Found]
    unread: tuple[str, ...]


@contextmanager
def table_of(path: Path, profile: Profile) -> Iterator[Table]:
    """The rows of a file, with the columns that the profile names; the file is closed afterwards.

    Raises:
        DataError: If the file cannot be read as what its name says it is.
        InvalidQueryError: If it has no column that the profile names, or two, or rows have no heading.
        MissingExtraError: If a library that reads it is not installed.
    """
    with _opened(path, profile) as (heading, cells):
        yield _table(heading, cells, profile, str(path), _hint(path, heading))


def first_rows(path: Path, profile: Profile) -> list[tuple[int, list[str]]]:
    """The first rows of a file from the heading on, those that can be read; raises as :func:`table_of` does."""
    with _opened(path, profile) as (heading, cells):
        found = [(profile.heading, heading)]
        for number, row in islice(cells, _MOST_EXAMINED):
            texts = texts_of(row)
            if not isinstance(texts, str):
                found.append((number, [text.strip() for text in texts]))
        return found


def is_separated(path: Path) -> bool:
    """Whether a file is read as text whose cells have something between them: every one that is nothing else."""
    return path.suffix.casefold() not in _WORKBOOKS | _OTHER_WORKBOOKS | _COLUMNAR


def frame_table(frame: Any, profile: Profile) -> Table:
    """The rows of a data frame of pandas, polars, PyArrow or another that narwhals knows.

    Raises:
        InvalidQueryError: If it is none, or has no column that the profile names.
        MissingExtraError: If narwhals is not installed.
    """
    try:
        import narwhals  # noqa: PLC0415 - an extra
        from narwhals.exceptions import NarwhalsError  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    refuse_heading(profile, "a data frame")
    try:
        known = narwhals.from_native(frame, eager_only=True)
        columns = [str(column) for column in known.columns]
    except TypeError:
        message = (
            f"{type(frame).__name__} is no data frame; pass one of pandas, polars or PyArrow, or a file to read_table()"
        )
        raise InvalidQueryError(message, frame) from None
    except NarwhalsError as error:
        message = f"the data frame cannot be read: {str(error).strip().splitlines()[0]}"
        raise InvalidQueryError(message, frame) from None
    return _table(columns, enumerate(known.iter_rows(), start=2), profile, "the data frame", "")


def refuse_heading(profile: Profile, what: str) -> None:
    """Refuse to read by a profile that says where the heading is what has its names elsewhere.

    Raises:
        InvalidQueryError: If it says so.
    """
    if profile.heading != 1:
        message = f"heading of [file] says nothing of {what}, which has the names of its columns apart; take it out"
        raise InvalidQueryError(message, profile.heading)


def _hint(path: Path, heading: Sequence[str]) -> str:
    """What may help where a column is missing."""
    if is_separated(path) and len(heading) == 1 and any(each in heading[0] for each in DELIMITERS):
        return ". It is one column, so something else stands between the cells: say delimiter in [file] of the profile"
    if path.suffix.casefold() in _COLUMNAR:
        return ""
    return ". If these are not the names of its columns, say which row has them: heading in [file] of the profile"


def _table(heading: Sequence[str], cells: Cells, profile: Profile, name: str, hint: str) -> Table:
    wanted = _places(heading, dict.fromkeys(profile.columns), name, hint)
    last = max((place for place, column in enumerate(heading) if column), default=-1)
    named = [column or f"#{place + 1}" for place, column in enumerate(heading) if place <= last]
    unread = tuple(column for place, column in enumerate(named) if place not in wanted.values())
    return Table(_found(len(heading), wanted, cells), unread)


def _places(heading: Sequence[str], columns: Iterable[str], name: str, hint: str) -> dict[str, int]:
    """Where each of some columns stands.

    Raises:
        InvalidQueryError: If there is none, or two, of a name.
    """
    places: dict[str, int] = {}
    missing = []
    for column in columns:
        found = [place for place, each in enumerate(heading) if each == column]
        numbered = _NUMBERED.fullmatch(column)
        if not found and numbered is not None and int(numbered[1]) <= len(heading):
            found = [int(numbered[1]) - 1]
        if len(found) > 1:
            listed = " and ".join(f"#{place + 1}" for place in found)
            message = f"{name} has {len(found)} columns {column!r}: {listed}; name one of them so in the profile"
            raise InvalidQueryError(message, column, tuple(heading))
        if found:
            places[column] = found[0]
        else:
            missing.append(column)
    if missing:
        listed = ", ".join(map(repr, heading[:_MOST_LISTED])) or "none"
        message = f"{name} has no column {', '.join(map(repr, missing))}; it has {listed}{hint}"
        raise InvalidQueryError(message, missing, tuple(heading))
    return places


def _found(width: int, wanted: Mapping[str, int], cells: Cells) -> Iterator[Found]:
    empty = dict.fromkeys(wanted, "")
    blank: list[int] = []  # the first and the last of blank rows, of which it is not known yet whether a row follows
    for number, row in cells:
        texts = texts_of(row)
        if not any(texts):
            blank = [*blank[:1], number]
            continue
        yield from _blank(blank, empty)
        blank = []
        if isinstance(texts, str):
            yield Found(number, empty, texts)
        elif any(texts[width:]):
            yield Found(number, empty, f"it has {len(texts)} cells, and the heading {width}: {short(', '.join(texts))}")
        else:
            yield Found(number, {name: texts[place] if place < len(texts) else "" for name, place in wanted.items()})


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
                    refuse_heading(profile, "Parquet")
                    yield _columns(file, path)
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
        raise _unreadable(path, why, _ENCODE) from None


def _unreadable(path: Path, why: str, mend: str = "") -> DataError:
    expected = "a file that can be read as what its name says it is"
    return DataError([Problem(rule="readable", path=str(path), message=why, expected=expected, hint=mend)])


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


def _columns(file: BinaryIO, path: Path) -> tuple[list[str], Cells]:
    try:
        return columnar_rows(file)
    except ValueError as error:
        raise _unreadable(path, str(error)) from None
