"""Suggests a profile for a file, from the names of its columns and from how it is written; a person has to check it."""

import codecs
import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Final

from attrs import evolve, fields, frozen
from importlib_resources import files

from friendcities.importers.formats.tables import (
    DELIMITERS,
    cell_texts,
    check_path,
    is_delimited,
    is_graph,
    open_file,
)
from friendcities.importers.profile import CityColumns, Profile
from friendcities.model import Level


def suggest_profile(path: str | Path) -> str:
    r"""A profile in TOML that may fit a file, for a person to check and correct; it is never used by itself.

    Raises:
        DataError, MissingExtraError: As :func:`read_table` does.

    Example:
        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "mine.csv")
        ...     _ = file.write_text("city1,country1,city2,country2,year\n")
        ...     print(suggest_profile(file), end="")
        # A guess: look at every line before you use it. The columns of the file are:
        #   "city1" "country1" "city2" "country2" "year"
        [cities]
        level = "municipality"  # of the places that the file lists, or another
        [first]
        name = "city1"
        country = "country1"
        [second]
        name = "city2"
        country = "country2"
        [steps]
        date = "year"
    """
    return format_suggestion(_examine_file(check_path(path)))


# How a file is written


_CHUNK: Final = 1 << 16
_MOST_EXAMINED: Final = 20
"""How many rows below the first are examined."""
_NEUTRAL: Final = Profile(
    first=CityColumns("first", country_is="CH"), second=CityColumns("second", country_is="CH"), level=Level.MUNICIPALITY
)
"""A profile with which any file is opened; its columns are not read."""


@frozen
class FileLayout:
    """How a file seems to be written; ``None`` where that is usual for its ending."""

    columns: tuple[str, ...]
    encoding: str | None = None
    delimiter: str | None = None
    heading: int = 1


def _examine_file(path: Path) -> FileLayout:
    encoding = _guess_encoding(path) if is_graph(path) or is_delimited(path) else None
    profile = evolve(_NEUTRAL, encoding=encoding or _NEUTRAL.encoding)
    rows = _read_first_rows(path, profile)
    if is_graph(path):
        return FileLayout(tuple(rows[0][1]), encoding)
    delimiter = None
    if is_delimited(path):
        tried = [
            (None, rows),
            *((each, _read_first_rows(path, evolve(profile, delimiter=each))) for each in DELIMITERS),
        ]
        delimiter, rows = max(tried, key=lambda each: _rate_rows(each[1]))
    # the heading is the first row with more than half as many texts as any other row
    texts = [sum(map(bool, row)) for _, row in rows]
    number, heading = rows[next((place for place, count in enumerate(texts) if 2 * count > max(texts)), 0)]
    return FileLayout(tuple(heading), encoding, delimiter, number)


def _read_first_rows(path: Path, profile: Profile) -> list[tuple[int, list[str]]]:
    """Read the heading and the first readable rows below it."""
    with open_file(path, profile) as opened:
        examined = islice(opened.rows, 0 if is_graph(path) else _MOST_EXAMINED)
        texts = [(number, *cell_texts(list(cells), error)) for number, cells, error in examined]
        readable = [(number, [text.strip() for text in cells]) for number, cells, error in texts if error is None]
        return [(profile.heading, opened.heading), *readable]


def _guess_encoding(path: Path) -> str | None:
    """The encoding of a file that is not UTF-8."""
    with suppress(OSError):  # reported by the reader of the file
        with path.open("rb") as file:
            if file.read(2) in {codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE}:
                return "utf-16"
        for encoding in (None, "cp1252"):
            with suppress(UnicodeDecodeError), path.open(encoding=encoding or "utf-8") as text:
                while text.read(_CHUNK):
                    pass
                return encoding
        return "latin-1"  # decodes every byte
    return None


def _rate_rows(rows: Sequence[tuple[int, Sequence[str]]]) -> tuple[bool, int, int]:
    """How well a delimiter fits: whether rows have several cells, how many rows have the usual width, that width."""
    widths = Counter(len(row) for _, row in rows if any(row))
    width, count = max(widths.items(), key=lambda each: (each[0] > 1, each[1], each[0]), default=(0, 0))
    return width > 1, count, width


# What its columns may mean


_WIDTH: Final = 100
_MOST_LISTED: Final = 100
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_CAMEL_CASE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAME_COLUMNS: Final = ("first", "second", "partner")
"""Columns that hold the names of an end, though no word says so; the first of these is the first end."""
_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))
_FIELD_WORDS: Final[Mapping[str, list[str]]] = _WORDS["columns"]
"""The words in the name of a column that suggest a field, the more specific field first."""
_STEP_FIELDS: Final = ("date", "end", "kind", "status")
_VALUE_LINES: Final = {
    "kind": ['kinds = {}  # what its words mean, as in {"P" = "sister_city"}'],
    "status": ['statuses = {}  # what its words mean, as in {"dormant" = "suspended"}'],
}
"""The line to complete beside a column."""


def format_suggestion(layout: FileLayout) -> str:
    """A profile in TOML that may fit a file."""
    return "\n".join(_profile_lines(layout)) + "\n"


def _profile_lines(layout: FileLayout) -> Iterator[str]:
    ends, steps = _guess_fields(layout.columns)
    yield "# A guess: look at every line before you use it. The columns of the file are:"
    yield from _comment_lines(layout.columns)
    yield "[cities]"
    yield 'level = "municipality"  # of the places that the file lists, or another'
    for table, end in zip(("first", "second"), ends, strict=True):
        yield f"[{table}]"
        yield from (f"{field.name} = {_quote(end[field.name])}" for field in fields(CityColumns) if field.name in end)
        if "name" not in end:
            yield 'name = "?"  # no column says that it has one; name one of those above'
        if "country" not in end:
            yield 'country_is = "?"  # the code of the country of them all, such as "NZ"; or country = a column'
    if steps:
        yield "[steps]"
    for field, column in steps.items():
        yield f"{field} = {_quote(column)}"
        yield from _VALUE_LINES.get(field, ())
    if layout.heading > 1 or layout.encoding or layout.delimiter:
        yield "[file]"
    for key, value in (("encoding", layout.encoding), ("delimiter", layout.delimiter)):
        if value is not None:
            yield f"{key} = {_quote(value)}"
    if layout.heading > 1:
        yield f"heading = {layout.heading}  # the row with the names of the columns"


def _guess_fields(columns: Sequence[str]) -> tuple[list[dict[str, str]], dict[str, str]]:
    """What columns may mean: the fields of the two ends, and those of the steps."""
    ends: list[dict[str, str]] = [{}, {}]
    steps: dict[str, str] = {}
    repeated = {column for column, number in Counter(columns).items() if number > 1}
    # first the columns with a known word; then those that may be the name of an end by their own name
    for has_word in (True, False):
        for place, heading in enumerate(columns, start=1):
            column = f"#{place}" if heading in repeated or not heading else heading
            words = set(_WORD.findall(_CAMEL_CASE.sub(" ", heading).casefold()))
            field = next((field for field, likely in _FIELD_WORDS.items() if words & set(likely)), None)
            if has_word is (field is None):
                continue
            if field is None and heading in _NAME_COLUMNS:
                ends[heading != "first"].setdefault("name", column)
            elif field in _STEP_FIELDS:
                steps.setdefault(field, column)
            elif field is not None:
                side = ends[field in ends[0] or bool(words & set(_WORDS["ends"]["second"]))]
                side.setdefault(field, column)
    for end in ends:
        if not {"latitude", "longitude"} <= end.keys():
            end.pop("latitude", None)
            end.pop("longitude", None)
    return ends, {field: steps[field] for field in _STEP_FIELDS if field in steps}


def _comment_lines(columns: Sequence[str]) -> Iterator[str]:
    """The names of columns, in comments no wider than a screen."""
    line = "#  "
    for column in columns[:_MOST_LISTED]:
        if len(line) + len(column) > _WIDTH and line.strip("# "):
            yield line
            line = "#  "
        line += f" {_quote(column)}"
    more = len(columns) - _MOST_LISTED
    yield f"{line} and {more:,} more" if more > 0 else line


def _quote(text: str) -> str:
    """A text as a TOML string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in escaped) + '"'
