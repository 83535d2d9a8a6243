"""Opens a file or a data frame, and reads the columns of a profile as text."""

import codecs
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO, TextIOWrapper
from itertools import chain, count, repeat
from pathlib import Path
from typing import Any, BinaryIO, Final, NamedTuple, TextIO
from xml.etree.ElementTree import ParseError

from attrs import field, frozen

from friendcities.datasets.folder import open_regular_file, read_file
from friendcities.errors import DataError, FriendcitiesError, InvalidQueryError, Problem
from friendcities.extras import extra
from friendcities.importers.find_notes import NoteFinder
from friendcities.importers.formats.binary_tables import read_parquet, read_workbook
from friendcities.importers.formats.delimited import read_delimited, read_edge_list
from friendcities.importers.formats.graphs import read_geojson, read_graph
from friendcities.importers.import_report import Reason
from friendcities.importers.profile import Profile
from friendcities.limits import CELL_CHARACTERS, GRAPH_BYTES, GRAPH_MARKS, TABLE_CHARACTERS, TABLE_ROWS
from friendcities.model.record import short

DELIMITERS: Final = (",", ";", "\t", "|")
"""The common delimiters, the most common first."""
_GRAPHS: Final = frozenset({".graphml", ".gexf", ".edgelist", ".geojson"})
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm"})
_PARQUET: Final = frozenset({".parquet", ".pq"})
_SAVE: Final = "save the table as .csv or .xlsx"
_JSON: Final = f"{_SAVE}; rename a map to .geojson; read Wikidata with --profile wikidata or read_wikidata()"
_MAP: Final = "export a map as .geojson, and a graph as .graphml"
_OTHER_FORMATS: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        (".xls", ".xlsb", ".ods", ".numbers", ".html", ".htm", ".pdf", ".doc", ".docx", ".odt", ".rtf"), _SAVE
    ),
    **dict.fromkeys((".json", ".jsonl", ".ndjson"), _JSON),
    **dict.fromkeys((".yaml", ".yml", ".ini", ".pptx", ".odp"), _SAVE),
    ".toml": f"{_SAVE}; pass a profile with --profile or profile=",
    ".xml": f"{_SAVE}; rename a graph to .graphml or .gexf",
    **dict.fromkeys((".kml", ".kmz", ".gml", ".gpx", ".shp", ".gpkg", ".geojsonl", ".geojsons", ".topojson"), _MAP),
    **dict.fromkeys((".dot", ".net", ".pajek", ".gephi"), _MAP),
    **dict.fromkeys(
        (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".svg"),
        "type the table into a .csv or .xlsx file",
    ),
    **dict.fromkeys((".db", ".sqlite", ".sqlite3", ".sql", ".mdb", ".accdb"), "export the table as .csv"),
    **dict.fromkeys(
        (".pkl", ".pickle", ".feather", ".arrow", ".orc", ".avro", ".h5", ".npy", ".dta", ".sav", ".rds", ".rdata"),
        "load the file as a data frame, and call read_frame()",
    ),
    **dict.fromkeys(
        (".zip", ".gz", ".bz2", ".xz", ".7z", ".rar", ".tar", ".tgz", ".zst"), "unpack the archive; import its file"
    ),
}
"""The extensions of unsupported files, each with a hint."""
_SIGNATURES: Final[Mapping[str, str]] = {
    "SQLite format 3": ".db",
    "PK\x03\x04": ".zip",
    "%PDF": ".pdf",
    "\x1f\x8b": ".gz",
    "\x80\x04": ".pkl",
    "\xd0\xcf\x11\xe0": ".xls",
    "\x89PNG": ".png",
    "\xff\xd8\xff": ".jpg",
    "GIF8": ".gif",
    "{\\rtf": ".rtf",
    "<kml": ".kml",
    "<!DOCTYPE": ".html",
    "<html": ".html",
    "<table": ".html",
    "<": ".xml",
}
"""The first bytes of files that are not delimited text, each with the usual extension of such files."""
_JSON_START: Final = re.compile(r"""\{\s*(?:["}]|$)|\[\s*(?:["{\[\]]|$)""")
_CONTROLS: Final = frozenset(range(32)) - frozenset(b"\t\n\v\f\r\x1a\x1b")
_MOST_CONTROLS: Final = 0.05
"""The maximum share of control characters at the start of a text."""
_START: Final = 1024
_ENCODING_HINT: Final = "set encoding in [file] of the profile, such as 'latin-1' or 'utf-16'"
_BYTE_ORDER_MARKS: Final[Mapping[bytes, str]] = {
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""The encoding for each byte-order mark. Longer marks come first."""
_UNICODE: Final = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
"""Encodings with zero bytes. UTF-32 comes first, because UTF-32 text can also be decoded as UTF-16."""
_PRINTABLE: Final = bytes(range(0x20, 0x7F))
_LEAST_UNPRINTABLE: Final = 0.25
"""The minimum share of other bytes in UTF-16. A text with fewer such bytes is ASCII, even if it has a zero byte."""
_ESCAPED: Final[Mapping[bytes, str]] = {b"\x1b$)C": "iso2022_kr", b"\x1b$": "iso2022_jp", b"\x1b(": "iso2022_jp"}
"""The encoding for each escape sequence. Longer sequences come first."""
_COLUMN_NUMBER: Final = re.compile("#([1-9][0-9]{0,5})")
_MOST_LISTED: Final = 30
_MOST_BLANK: Final = 1000
"""The maximum number of consecutive blank rows that are reported one by one."""


@frozen
class InputRow:
    """A row of a file: its number, and the texts of its cells by column."""

    number: int
    cells: Mapping[str, str]
    error: str | None = None
    """Why the row cannot be read."""
    reason: Reason = Reason.UNREADABLE_ROW
    """The reason to report with the error."""


@frozen
class Table:
    """The rows of a file in order, and the names of the ignored columns and sheets."""

    rows: Iterable[InputRow]
    unused_columns: tuple[str, ...]
    unread_sheets: tuple[str, ...] = ()
    notes: NoteFinder = field(factory=NoteFinder)
    """The notes in the ignored columns; complete after all rows were read."""


RawRow = tuple[int, Sequence[Any] | Mapping[str, Any], str | None]
"""The number of a row, its cells, and an error if the row cannot be read."""


class OpenFile(NamedTuple):
    """An open file with its column names, its rows and the names of ignored sheets."""

    heading: list[str]
    rows: Iterator[RawRow]
    unread_sheets: tuple[str, ...] = ()


def check_path(path: object) -> Path:
    """Check the path of a file, and convert it to ``Path``."""
    if isinstance(path, (str, Path)) and str(path) and "\0" not in str(path):
        return Path(path)
    message = f"invalid path {short(path)}; expected the path of a file"
    raise InvalidQueryError(message, path)


def is_delimited(path: Path) -> bool:
    """Whether a file is read as delimited text. Files with an unknown extension are delimited text, too."""
    return path.suffix.casefold() not in _WORKBOOKS | _PARQUET | _GRAPHS | _OTHER_FORMATS.keys()


def is_graph(path: Path) -> bool:
    """Whether a file is a graph, an edge list or a map."""
    return path.suffix.casefold() in _GRAPHS


@contextmanager
def open_table(path: Path, profile: Profile) -> Iterator[Table]:
    """Open a file, and read the columns of the profile."""
    with open_file(path, profile) as opened:
        no_edge = is_graph(path) and not opened.heading
        heading = list(dict.fromkeys(profile.columns)) if no_edge else opened.heading
        yield _select_columns(opened._replace(heading=heading), profile, path)


def frame_table(frame: Any, profile: Profile) -> Table:
    """Return the rows of a data frame, such as one of pandas or polars."""
    with extra("tables", "reading a data frame"):
        import narwhals  # noqa: PLC0415 - an extra
        from narwhals.exceptions import NarwhalsError  # noqa: PLC0415
    _reject_heading(profile, "a data frame")
    try:
        known = narwhals.from_native(frame, eager_only=True)
        columns = list(map(str, known.columns))
    except TypeError:
        given = f"invalid data frame of type {type(frame).__name__}"
        message = f"{given}; expected one of pandas, polars or PyArrow; pass a file to read_table()"
        raise InvalidQueryError(message, frame) from None
    except NarwhalsError as error:
        message = f"cannot read the data frame: {str(error).strip().splitlines()[0]}"
        raise InvalidQueryError(message, frame) from None
    return _select_columns(OpenFile(columns, zip(count(2), known.iter_rows(), repeat(None))), profile)


@contextmanager
def open_file(path: Path, profile: Profile) -> Iterator[OpenFile]:
    """Open a file, and read the column names."""
    try:
        with ExitStack() as files:
            yield _open_format(path, profile, files)
    except OSError as error:
        raise unreadable(path, error.strerror or str(error)) from None
    except UnicodeDecodeError as error:
        raise unreadable(path, f"byte {error.start} is not valid {error.encoding}", _ENCODING_HINT) from None


def _open_format(path: Path, profile: Profile, files: ExitStack) -> OpenFile:
    ending = path.suffix.casefold()
    if ending in _OTHER_FORMATS:
        raise unreadable(path, f"{ending} files cannot be imported", _OTHER_FORMATS[ending])
    file = files.enter_context(open_regular_file(path))
    try:
        if ending in _GRAPHS:
            _reject_heading(profile, "a graph, a map or an edge list")
            return _open_graph(path, file, profile)
        if ending in _PARQUET:
            _reject_heading(profile, "Parquet")
            return OpenFile(*read_parquet(file))
        if ending in _WORKBOOKS:
            rows, sheets = read_workbook(file, profile.sheet)
            return _read_heading(OpenFile([], rows, sheets), profile.heading)
        delimiter = profile.delimiter or ("\t" if ending in {".tsv", ".tab"} else ",")
        text = files.enter_context(_decode_text(path, file, profile.encoding))
        lines = read_delimited(text, delimiter, profile.heading, profile.comment)
        return _read_heading(OpenFile([], lines), profile.heading)
    except (UnicodeDecodeError, FriendcitiesError):
        raise
    except (ParseError, ValueError, RecursionError) as error:
        why = "the values are nested too deep" if isinstance(error, RecursionError) else str(error)
        raise unreadable(path, f"invalid {ending[1:]}: {why}" if ending in _GRAPHS else why) from None


def _open_graph(path: Path, file: BinaryIO, profile: Profile) -> OpenFile:
    ending = path.suffix.casefold()
    content = file.read(GRAPH_BYTES + 1)
    if len(content) > GRAPH_BYTES:
        raise unreadable(path, f"the file has more than {GRAPH_BYTES:,} bytes")
    if ending in {".graphml", ".gexf"}:
        _check_marks(path, content.count(b"<") + content.count(b"="), "marks < and =")
        return OpenFile(*read_graph(BytesIO(content)))
    if ending == ".geojson":
        text = content.decode(profile.encoding)
        _check_marks(path, sum(map(text.count, "{[,")), "marks {, [ and ,")
        edges = list(read_geojson(text))
    else:
        _reject_other_content(path, content[:_START], profile.encoding)
        text, delimiter = content.decode(profile.encoding).removeprefix("\ufeff"), profile.delimiter or "\t"
        _check_marks(path, sum(map(text.count, (delimiter, "\n", "\r"))), "cells and lines")
        edges = list(read_edge_list(StringIO(text, newline=""), delimiter, profile.comment))
    heading = dict.fromkeys(column for _, cells, error in edges if error is None for column in cells)
    return OpenFile(list(heading), iter(edges))


def _check_marks(path: Path, number: int, what: str) -> None:
    if number > GRAPH_MARKS:
        raise unreadable(path, f"the file has more than {GRAPH_MARKS:,} {what}")


def _decode_text(path: Path, file: BinaryIO, encoding: str) -> TextIO:
    _reject_other_content(path, file.read(_START), encoding)
    file.seek(0)
    text = TextIOWrapper(file, encoding=encoding, newline="")
    if text.read(1) != "\ufeff":
        text.seek(0)
    return text


def find_unicode_or_escaped(content: bytes) -> str | None:
    """Detect UTF-16, UTF-32 and ISO 2022 at the start of a text; ``None`` for any other encoding.

    Example:
        >>> find_unicode_or_escaped("Ulm".encode("utf-32-le")), find_unicode_or_escaped("Ulm".encode())
        ('utf-32-le', None)
    """
    marked = next((encoding for mark, encoding in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    if marked is not None:
        return marked
    if b"\0" in content and len(content.translate(None, _PRINTABLE)) > _LEAST_UNPRINTABLE * len(content):
        rates = {encoding: _rate_unicode(content, encoding) for encoding in _UNICODE}
        encoding = max(rates, key=lambda each: rates[each])
        return encoding if rates[encoding] else None
    return next((encoding for escape, encoding in _ESCAPED.items() if escape in content), None)


def _rate_unicode(content: bytes, encoding: str) -> int:
    """Count ASCII characters, because the right encoding has most of them."""
    with suppress(UnicodeDecodeError):
        text = codecs.getincrementaldecoder(encoding)().decode(content)
        return sum(each.isascii() and each != "\0" for each in text)
    return 0


def _reject_other_content(path: Path, start: bytes, encoding: str) -> None:
    begun = start.removeprefix(codecs.BOM_UTF8).decode("latin-1").lstrip()
    known = (ending for signature, ending in _SIGNATURES.items() if begun.startswith(signature))
    ending = ".json" if _JSON_START.match(begun) else next(known, None)
    if ending is not None:
        raise unreadable(path, f"the content is that of a {ending} file", _OTHER_FORMATS[ending])
    if not codecs.lookup(encoding).name.startswith(("utf-16", "utf-32", "iso2022", "hz")):
        shown = find_unicode_or_escaped(start)
        if shown is not None:
            hint = f'set encoding = "{shown}" in [file] of the profile'
            raise unreadable(path, f"the content is not {encoding} but {shown} text", hint)
        controls = sum(byte in _CONTROLS for byte in start)
        if controls > _MOST_CONTROLS * len(start):
            raise unreadable(path, f"the content is not {encoding} text", f"{_ENCODING_HINT}; or {_SAVE}")


def _read_heading(opened: OpenFile, heading: int) -> OpenFile:
    """Without a heading row, all column names are empty."""
    first = next((row for row in opened.rows if row[0] >= heading), None)
    if first is None and heading <= 1:
        message = "the file has no rows"
        raise ValueError(message)
    first = first or (1, (), None)
    if first[2] is not None:
        message = f"the heading cannot be read: {first[2]}"
        raise ValueError(message)
    if heading == 0:
        return opened._replace(heading=[""] * len(first[1]), rows=chain([first], opened.rows))
    return opened._replace(heading=[cell_text(cell).strip() for cell in first[1]])


def unreadable(path: Path, message: str, hint: str = "") -> DataError:
    """Return the error for a file that cannot be imported."""
    expected = "a readable file in the format of its extension"
    return DataError([Problem(rule="readable", path=str(path), message=message, expected=expected, hint=hint)])


def _reject_heading(profile: Profile, format_: str) -> None:
    if profile.heading != 1:
        message = f"invalid heading of [file]: {format_} has column names; remove heading from the profile"
        raise InvalidQueryError(message, profile.heading)


def _select_columns(opened: OpenFile, profile: Profile, path: Path | None = None) -> Table:
    heading = opened.heading
    places = _find_columns(heading, dict.fromkeys(profile.columns), path)
    last = max((place for place, column in enumerate(heading) if column or profile.heading == 0), default=-1)
    unused = {place: heading[place] or f"#{place + 1}" for place in range(last + 1) if place not in places.values()}
    notes = NoteFinder(unused)
    rows = _input_rows(heading, places, opened._replace(rows=_examine_rows(opened, notes)) if unused else opened)
    if profile.names is not None and path is not None:
        rows = _name_nodes(rows, profile, path.parent / profile.names)
    return Table(rows, tuple(unused.values()), opened.unread_sheets, notes)


def _find_columns(heading: Sequence[str], columns: Iterable[str], path: Path | None) -> dict[str, int]:
    name = "the data frame" if path is None else str(path)
    places: dict[str, int] = {}
    missing = []
    for column in columns:
        found = [place for place, each in enumerate(heading) if each == column]
        numbered = _COLUMN_NUMBER.fullmatch(column)
        if not found and numbered is not None and int(numbered[1]) <= len(heading):
            found = [int(numbered[1]) - 1]
        if len(found) > 1:
            listed = " or ".join(f"#{place + 1}" for place in found)
            message = f"{name} has {len(found)} columns {column!r}; write {listed} in the profile"
            raise InvalidQueryError(message, column, tuple(heading))
        if found:
            places[column] = found[0]
        else:
            missing.append(column)
    if missing:
        lacking, listed = (", ".join(map(short, each)) or "none" for each in (missing, heading[:_MOST_LISTED]))
        message = f"{name} has no column {lacking}; its columns: {listed}{_missing_column_hint(path, heading)}"
        raise InvalidQueryError(message, missing, tuple(heading))
    return places


def _missing_column_hint(path: Path | None, heading: Sequence[str]) -> str:
    if path is None or path.suffix.casefold() in _PARQUET | _GRAPHS:
        return ""
    if is_delimited(path) and len(heading) == 1 and any(each in heading[0] for each in DELIMITERS):
        return ". There is only one column: set delimiter in [file] of the profile"
    return ". If another row has the column names, set heading in [file] of the profile; use 0 if no row has them"


def _examine_rows(opened: OpenFile, notes: NoteFinder) -> Iterator[RawRow]:
    for row in opened.rows:
        cells = row[1]
        for place in notes.places:
            if isinstance(cells, Mapping):
                notes.examine_cell(place, cells.get(opened.heading[place]))
            elif place < len(cells):
                notes.examine_cell(place, cells[place])
        yield row


def _input_rows(heading: Sequence[str], places: Mapping[str, int], opened: OpenFile) -> Iterator[InputRow]:
    empty = dict.fromkeys(places, "")
    width = len(heading)
    size = 0
    blank: list[int] = []  # the numbers of the first and the last of consecutive blank rows
    for place, (number, cells, unreadable) in enumerate(opened.rows):
        if place == TABLE_ROWS:
            yield InputRow(
                number, empty, f"the rest of the table is not read; the table has more than {TABLE_ROWS:,} rows"
            )
            return
        if isinstance(cells, Mapping):
            selected, error = cell_texts([cells.get(heading[place], "") for place in places.values()], unreadable)
            is_blank, here = not cells, dict(zip(places, selected or empty.values(), strict=True))
        else:
            texts, error = cell_texts(cells, unreadable)
            if error is None and any(texts[width:]):
                error = f"the row has {len(texts)} cells, but the heading has {width}: {short(', '.join(texts))}"
                texts = ()
            elif error is None and any(heading) and [text.strip() for text in texts] == heading:
                error = "it repeats the names of the columns"
                texts = ()
            is_blank, end = not any(texts), len(texts)
            here = {name: texts[place] if place < end else "" for name, place in places.items()}
        if error is None and is_blank:
            blank = [*blank[:1], number]
            continue
        if blank:
            yield from _blank_rows(blank[0], blank[-1], empty)
            blank = []
        size += sum(map(len, here.values()))
        longest = max(here.values(), key=len, default="")
        if len(longest) > CELL_CHARACTERS:
            here, error = empty, f"a cell has more than {CELL_CHARACTERS:,} characters: {short(longest)}"
        if size > TABLE_CHARACTERS:
            error = f"the rest of the table is not read; the cells have more than {TABLE_CHARACTERS:,} characters"
            yield InputRow(number, empty, error)
            return
        yield InputRow(number, here, error)


def _blank_rows(first: int, last: int, empty: Mapping[str, str]) -> Iterator[InputRow]:
    for number in range(first, min(last + 1, first + _MOST_BLANK)):
        yield InputRow(number, empty, "all cells are blank", Reason.BLANK_ROW)
    if first + _MOST_BLANK <= last:
        error = f"all cells are blank from here to row {last}; these rows are reported as one"
        yield InputRow(first + _MOST_BLANK, empty, error, Reason.BLANK_ROW)


def _name_nodes(rows: Iterable[InputRow], profile: Profile, path: Path) -> Iterator[InputRow]:
    """A line of the file contains a name, or an id, a tab and a name."""
    try:
        lines = read_file(path).decode(profile.encoding).removeprefix("\ufeff").splitlines()
    except (OSError, ValueError) as error:
        reason = (
            error.strerror or str(error) if isinstance(error, OSError) else f"the file is not {profile.encoding} text"
        )
        raise unreadable(
            path, f"the names of the nodes cannot be read: {reason}", "check names in [file] of the profile"
        ) from None
    listed = [line for line in lines if not (profile.comment and line.startswith(profile.comment))]
    parts = [line.partition("\t") for line in listed]
    has_ids = all(tab for _, tab, _ in parts)
    names = {id_.strip(): name for id_, _, name in parts} if has_ids else dict(zip(map(str, count(1)), listed))  # noqa: B905
    ends = [end.name for end in (profile.first, profile.second) if end.name is not None]
    for row in rows:
        missing = [row.cells[end] for end in ends if row.error is None and row.cells[end].strip() not in names]
        if row.error is not None:
            yield row
        elif missing:
            yield InputRow(row.number, row.cells, f"{path.name} has no name for {', '.join(map(short, missing))}")
        else:
            yield InputRow(row.number, {**row.cells, **{end: names[row.cells[end].strip()] for end in ends}})


def cell_texts(cells: Sequence[Any], error: str | None) -> tuple[Sequence[str], str | None]:
    """Convert the cells of a row to text. If a cell cannot be converted, return no cells, and an error."""
    try:
        return [cell if type(cell) is str else cell_text(cell) for cell in cells], error
    except (ValueError, ArithmeticError) as invalid:
        return (), f"a cell cannot be converted to text: {invalid}"


def cell_text(value: Any) -> str:
    """Convert a cell to text. A missing value becomes an empty text. A whole number has no decimal point."""
    try:
        if value is None or value != value:  # noqa: PLR0124 - NaN and NaT differ from themselves
            return ""
    except (TypeError, ArithmeticError):  # NA has no truth value
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
