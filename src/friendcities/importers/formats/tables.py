"""Opens a table, graph or map by its ending, or a data frame, and reads the columns of a profile as rows of text."""

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime
from decimal import Decimal
from itertools import count, islice, repeat
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from attrs import frozen

from friendcities.errors import DataError, FriendcitiesError, InvalidQueryError, Problem
from friendcities.extras import extra
from friendcities.importers.formats.delimited import read_delimited, read_edge_list
from friendcities.importers.formats.excel import read_workbook
from friendcities.importers.formats.geojson import read_geojson
from friendcities.importers.formats.graphml import read_graph
from friendcities.importers.formats.parquet import read_parquet
from friendcities.importers.import_report import Reason
from friendcities.importers.profile import Profile
from friendcities.model.record import short

DELIMITERS: Final = (",", ";", "\t", "|")
"""The common delimiters, the most common first."""
_GRAPHS: Final = frozenset({".graphml", ".gexf", ".edgelist", ".geojson"})
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_OTHER_WORKBOOKS: Final = frozenset({".xls", ".xlsb", ".ods", ".numbers"})
_PARQUET: Final = frozenset({".parquet", ".pq"})
_ENCODING_HINT: Final = (
    "say the encoding, such as 'latin-1' or 'utf-16', in [file] of the profile; what is no text at all needs another "
    "ending, such as .xlsx"
)
_COLUMN_NUMBER: Final = re.compile("#([1-9][0-9]{0,5})")
_MOST_BYTES: Final = 1 << 26
"""The largest graph that is read, in bytes, since graphs are read whole."""
_MOST_LISTED: Final = 30
_MOST_EXAMINED: Final = 20
"""How many rows below the first are examined to suggest a profile."""
_MOST_BLANK: Final = 1000
"""How many consecutive blank rows are reported one by one."""

Edges = Sequence[tuple[int, Mapping[str, Any], str | None]]
RawRows = Iterator[tuple[int, Sequence[Any], str | None]]
"""The rows of a file: each with its number, its cells, and why it could not be read, if so."""


@frozen
class InputRow:
    """A row of a file: its number, and its cells by column as text."""

    number: int
    cells: Mapping[str, str]
    error: str | None = None
    """Why it could not be read."""
    reason: Reason = Reason.UNREADABLE_ROW
    """The reason to report with the error."""


@frozen
class Table:
    """The rows of a file, in order, and its columns that the profile does not name."""

    rows: Iterable[InputRow]
    unused_columns: tuple[str, ...]


def check_path(path: object) -> Path:
    """The path of a file."""
    if isinstance(path, (str, Path)) and str(path) and "\0" not in str(path):
        return Path(path)
    message = f"{short(path)} is no path; pass that of a file"
    raise InvalidQueryError(message, path)


@contextmanager
def open_table(path: Path, profile: Profile) -> Iterator[Table]:
    """Open a file; its rows are read while it is open, each with the columns that the profile names."""
    with _open_rows(path, profile, tuple(dict.fromkeys(profile.columns))) as (heading, rows):
        yield _select_columns(heading, rows, profile, path)


def read_first_rows(path: Path, profile: Profile) -> list[tuple[int, list[str]]]:
    """Read the heading and the first readable rows below it."""
    with _open_rows(path, profile) as (heading, rows):
        examined = ((number, *_cell_texts(cells, error)) for number, cells, error in islice(rows, _MOST_EXAMINED))
        readable = [(number, [text.strip() for text in texts]) for number, texts, error in examined if error is None]
        return [(profile.heading, heading), *readable]


def is_delimited(path: Path) -> bool:
    """Whether a file is read as delimited text, as every file is whose ending has no other format."""
    return path.suffix.casefold() not in _WORKBOOKS | _OTHER_WORKBOOKS | _PARQUET | _GRAPHS


def is_graph(path: Path) -> bool:
    """Whether a file is read as a graph, an edge list or a map, whose rows are edges with columns of their own."""
    return path.suffix.casefold() in _GRAPHS


def frame_table(frame: Any, profile: Profile) -> Table:
    """The rows of a data frame of pandas, polars, PyArrow or another library that narwhals supports."""
    with extra("tables", "reading a data frame"):
        import narwhals  # noqa: PLC0415 - an extra
        from narwhals.exceptions import NarwhalsError  # noqa: PLC0415
    _reject_heading(profile, "a data frame")
    try:
        known = narwhals.from_native(frame, eager_only=True)
        columns = list(map(str, known.columns))
    except TypeError:
        message = (
            f"{type(frame).__name__} is no data frame; pass one of pandas, polars or PyArrow, or a file to read_table()"
        )
        raise InvalidQueryError(message, frame) from None
    except NarwhalsError as error:
        message = f"the data frame cannot be read: {str(error).strip().splitlines()[0]}"
        raise InvalidQueryError(message, frame) from None
    return _select_columns(columns, zip(count(2), known.iter_rows(), repeat(None)), profile)


@contextmanager
def _open_rows(path: Path, profile: Profile, columns: Sequence[str] = ()) -> Iterator[tuple[list[str], RawRows]]:
    """Open a file and read its heading; ``columns`` are the heading of a graph without a readable edge."""
    try:
        with ExitStack() as files:
            yield _read_rows(path, profile, columns, files)
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise _unreadable(path, f"byte {error.start} is not {error.encoding}", _ENCODING_HINT) from None


def _read_rows(path: Path, profile: Profile, columns: Sequence[str], files: ExitStack) -> tuple[list[str], RawRows]:
    ending = path.suffix.casefold()
    if ending in _OTHER_WORKBOOKS:
        raise _unreadable(path, f"workbooks of the kind {ending} are not read", "save it as .xlsx or as .csv")
    if ending in _GRAPHS:
        _reject_heading(profile, "a graph, a map or an edge list")
        return _align_edges(_read_edges(path, ending, profile), columns)
    try:
        if ending in _PARQUET:
            _reject_heading(profile, "Parquet")
            return read_parquet(files.enter_context(path.open("rb")))
        if ending in _WORKBOOKS:
            rows = read_workbook(files.enter_context(path.open("rb")), profile.sheet)
        else:
            delimiter = profile.delimiter or ("\t" if ending in {".tsv", ".tab"} else ",")
            text = files.enter_context(path.open(encoding=profile.encoding, newline=""))
            rows = read_delimited(text, delimiter, profile.heading)
        _, heading, error = next(islice(rows, profile.heading - 1, None), (1, (), None))
        if error is None:
            return [cell_text(cell).strip() for cell in heading], rows
        error = f"its heading could not be read: {error}"
    except (UnicodeDecodeError, FriendcitiesError):
        raise
    except ValueError as invalid:
        error = str(invalid)
    raise _unreadable(path, error)


def _unreadable(path: Path, message: str, hint: str = "") -> DataError:
    expected = "a file that can be read as what its name says it is"
    return DataError([Problem(rule="readable", path=str(path), message=message, expected=expected, hint=hint)])


def _reject_heading(profile: Profile, what: str) -> None:
    if profile.heading != 1:
        message = f"heading of [file] says nothing of {what}, which has the names of its columns apart; take it out"
        raise InvalidQueryError(message, profile.heading)


def _read_edges(path: Path, ending: str, profile: Profile) -> Edges:
    if path.stat().st_size > _MOST_BYTES:
        raise _unreadable(path, f"it has more than {_MOST_BYTES:,} bytes")
    try:
        if ending == ".geojson":
            return list(read_geojson(path.read_text(encoding=profile.encoding)))
        if ending == ".edgelist":
            with path.open(encoding=profile.encoding) as text:
                return list(read_edge_list(text, profile.delimiter or "\t"))
        return list(read_graph(path))
    except (UnicodeDecodeError, FriendcitiesError):
        raise
    except (ParseError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # NetworkX raises any of these for a file that is no such graph
        raise _unreadable(path, f"this is no {ending[1:]}: {error}") from None


def _align_edges(edges: Edges, columns: Sequence[str]) -> tuple[list[str], RawRows]:
    """The columns that the readable edges have, and the edges as rows of these columns."""
    found = list(dict.fromkeys(column for _, cells, error in edges if error is None for column in cells))
    heading = found or list(columns)
    return heading, ((number, [cells.get(column, "") for column in heading], error) for number, cells, error in edges)


def _select_columns(heading: Sequence[str], rows: RawRows, profile: Profile, path: Path | None = None) -> Table:
    places = _find_columns(heading, dict.fromkeys(profile.columns), path)
    last = max((place for place, column in enumerate(heading) if column), default=-1)
    rest = [place for place in range(last + 1) if place not in places.values()]
    unused = tuple(heading[place] or f"#{place + 1}" for place in rest)
    return Table(_input_rows(len(heading), places, rows), unused)


def _find_columns(heading: Sequence[str], columns: Iterable[str], path: Path | None) -> dict[str, int]:
    """The place of each column; raises where one is missing, or there are two of its name."""
    name = "the data frame" if path is None else str(path)
    places: dict[str, int] = {}
    missing = []
    for column in columns:
        found = [place for place, each in enumerate(heading) if each == column]
        numbered = _COLUMN_NUMBER.fullmatch(column)
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
        lacking, listed = (", ".join(map(repr, each)) or "none" for each in (missing, heading[:_MOST_LISTED]))
        message = f"{name} has no column {lacking}; it has {listed}{_missing_column_hint(path, heading)}"
        if path is not None and is_graph(path):
            message = f"{name}: no edge has {lacking}; they have {listed}"
        raise InvalidQueryError(message, missing, tuple(heading))
    return places


def _missing_column_hint(path: Path | None, heading: Sequence[str]) -> str:
    if path is None or path.suffix.casefold() in _PARQUET:
        return ""
    if is_delimited(path) and len(heading) == 1 and any(each in heading[0] for each in DELIMITERS):
        return ". It is one column, so something else stands between the cells: say delimiter in [file] of the profile"
    return ". If these are not the names of its columns, say which row has them: heading in [file] of the profile"


def _input_rows(width: int, places: Mapping[str, int], rows: RawRows) -> Iterator[InputRow]:
    """The rows with some of their columns; blank rows are reported where another row follows."""
    empty = dict.fromkeys(places, "")
    blank: list[int] = []  # the numbers of the first and the last of consecutive blank rows
    for number, cells, unreadable in rows:
        texts, error = _cell_texts(cells, unreadable)
        if error is None and not any(texts):
            blank = [*blank[:1], number]
            continue
        if blank:
            yield from _blank_rows(blank[0], blank[-1], empty)
            blank = []
        if error is None and any(texts[width:]):
            error = f"it has {len(texts)} cells, and the heading {width}: {short(', '.join(texts))}"
            texts = ()
        here = len(texts)
        yield InputRow(number, {name: texts[place] if place < here else "" for name, place in places.items()}, error)


def _blank_rows(first: int, last: int, empty: Mapping[str, str]) -> Iterator[InputRow]:
    for number in range(first, min(last + 1, first + _MOST_BLANK)):
        yield InputRow(number, empty, "no cell of it has a text", Reason.BLANK_ROW)
    if first + _MOST_BLANK <= last:
        error = f"no cell has a text from here to row {last}; these are reported as one"
        yield InputRow(first + _MOST_BLANK, empty, error, Reason.BLANK_ROW)


def _cell_texts(cells: Sequence[Any], error: str | None) -> tuple[Sequence[str], str | None]:
    try:
        return [cell if type(cell) is str else cell_text(cell) for cell in cells], error
    except (ValueError, ArithmeticError) as invalid:
        return (), f"a cell cannot be converted to text: {invalid}"


def cell_text(value: Any) -> str:
    """A cell as text: empty if it is missing, a whole number without a decimal point."""
    try:
        if value is None or value != value:  # noqa: PLR0124 - NaN and NaT, which are not equal to themselves
            return ""
    except (TypeError, ArithmeticError):  # NA, which has no truth value
        return ""
    match value:
        case bytes():
            return value.decode()
        case float() | Decimal() if math.isfinite(value) and value == int(value):
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case _:
            return str(value)
