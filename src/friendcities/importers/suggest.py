"""A guess at what the columns of a file mean: never used by itself, but a start for who writes a profile."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from friendcities.importers.declaring import END

__all__ = ["guessed"]

_WIDTH: Final = 100
_MOST_LISTED: Final = 100
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ENDS: Final = ("first", "second", "partner")
"""Columns that have names, though no word in theirs says so; the first of them has those of the first end."""
_SECOND: Final = frozenset(
    {"2", "partner", "target", "other", "to", "second", "partnerstadt", "partnergemeinde", "partnerland", "partnerort"}
)
_LIKELY: Final[Mapping[str, frozenset[str]]] = {
    "latitude": frozenset({"lat", "latitude"}),
    "longitude": frozenset({"lng", "lon", "long", "longitude"}),
    "wikidata": frozenset({"wikidata", "qid"}),
    "country": frozenset(
        {"country", "countries", "nation", "countrycode", "countryname", "land", "staat", "partnerland", "pays", "país"}
    ),
    "end": frozenset({"until", "end", "ended", "bis", "ende", "fin"}),
    "date": frozenset({"year", "date", "since", "seit", "depuis", "desde", "jahr"}),
    "status": frozenset({"status"}),
    "kind": frozenset({"kind", "type", "form"}),
    "name": frozenset(
        {
            *("city", "town", "municipality", "name", "place", "cityname", "townname", "ville", "commune", "ciudad"),
            *("stadt", "gemeinde", "ort", "partnerstadt", "partnergemeinde", "partnerort"),
        }
    ),
}
"""The words in the name of a column that hint at what it has, the more telling first."""
_OF_STEPS: Final = ("date", "end", "kind", "status")
_WORDS: Final = {
    "kind": 'kinds = {}  # what its words mean, as in {"P" = "sister_city"}',
    "status": 'statuses = {}  # what its words mean, as in {"dormant" = "suspended"}',
}
"""What is to be filled in beside a column."""


def guessed(
    columns: Sequence[str], *, encoding: str | None = None, delimiter: str | None = None, heading: int = 1
) -> str:
    """A profile in TOML that may fit a file, to be looked at by a person before it is used.

    Args:
        columns: The names of its columns.
        encoding: In what it is written, where that is not UTF-8.
        delimiter: What stands between its cells, where its ending does not say.
        heading: The row with the names of the columns.

    Example:
        >>> print(guessed(["city1", "country1", "city2", "country2", "year"]), end="")
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
    lines = [*_of_columns(columns), *_of_file({"encoding": encoding, "delimiter": delimiter}, heading)]
    return "\n".join(lines) + "\n"


def _of_columns(columns: Sequence[str]) -> Iterator[str]:
    meant, of_steps = _meant(columns)
    yield "# A guess: look at every line before you use it. The columns of the file are:"
    yield from _listed(columns)
    yield "[cities]"
    yield 'level = "municipality"  # of the places that the file lists, or another'
    for table, end in zip(("first", "second"), meant, strict=True):
        yield f"[{table}]"
        yield from (f"{field} = {_quoted(end[field])}" for field in END if field in end)
        if "name" not in end:
            yield 'name = "?"  # no column says that it has one; name one of those above'
        if "country" not in end:
            yield 'country_is = "?"  # the code of the country of them all, such as "NZ"; or country = a column'
    if of_steps:
        yield "[steps]"
    for field, column in of_steps.items():
        yield f"{field} = {_quoted(column)}"
        if field in _WORDS:
            yield _WORDS[field]


def _of_file(said: Mapping[str, str | None], heading: int) -> Iterator[str]:
    if heading > 1 or any(said.values()):
        yield "[file]"
    yield from (f"{key} = {_quoted(value)}" for key, value in said.items() if value is not None)
    if heading > 1:
        yield f"heading = {heading}  # the row with the names of the columns"


def _meant(columns: Sequence[str]) -> tuple[list[dict[str, str]], dict[str, str]]:
    """What columns may mean of the two ends, and of the steps."""
    ends: list[dict[str, str]] = [{}, {}]
    steps: dict[str, str] = {}
    twice = {column for column, number in Counter(columns).items() if number > 1}
    # what says nothing of itself is the name of an end, unless another column says that it has that
    for said in (True, False):
        for place, heading in enumerate(columns, start=1):
            column = f"#{place}" if heading in twice or not heading else heading
            words = _WORD.findall(_HUMP.sub(" ", heading).casefold())
            field = next((field for field, likely in _LIKELY.items() if not likely.isdisjoint(words)), None)
            if said is (field is None):
                continue
            if field is None and heading in _ENDS:
                ends[int(heading not in _ENDS[:1])].setdefault("name", column)
            elif field in _OF_STEPS:
                steps.setdefault(field, column)
            elif field is not None:
                side = int(not _SECOND.isdisjoint(words) or field in ends[0])
                ends[side].setdefault(field, column)
    for end in ends:
        if ("latitude" in end) != ("longitude" in end):
            end.pop("latitude", None)
            end.pop("longitude", None)
    return ends, {field: steps[field] for field in _OF_STEPS if field in steps}


def _listed(columns: Sequence[str]) -> Iterator[str]:
    """The names of columns, in comments no wider than a screen."""
    line = "#  "
    for column in columns[:_MOST_LISTED]:
        if len(line) + len(column) > _WIDTH and line.strip("# "):
            yield line
            line = "#  "
        line += f" {_quoted(column)}"
    more = len(columns) - _MOST_LISTED
    yield f"{line} and {more:,} more" if more > 0 else line


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in escaped) + '"'
