"""A guess at what the columns of a file mean: never used by itself, but a start for who writes a profile."""

import re
from collections.abc import Mapping, Sequence
from typing import Final

from friendcities.importers.profile import END

__all__ = ["guessed"]

_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_ENDS: Final = ("first", "second", "partner")
"""Columns that have names, though no word in theirs says so."""
_SECOND: Final = frozenset({"2", "partner", "target", "other", "to", "second"})
_LIKELY: Final[Mapping[str, frozenset[str]]] = {
    "latitude": frozenset({"lat", "latitude"}),
    "longitude": frozenset({"lng", "lon", "long", "longitude"}),
    "wikidata": frozenset({"wikidata", "qid"}),
    "country": frozenset({"country", "countries", "nation", "countrycode", "countryname"}),
    "date": frozenset({"year", "date", "since"}),
    "name": frozenset({"city", "town", "municipality", "name", "place", "cityname", "townname"}),
}
"""The words in the name of a column that hint at what it has, the more telling first."""


def guessed(columns: Sequence[str]) -> str:
    """A profile in TOML that may fit these columns, to be looked at by a person before it is used.

    Example:
        >>> print(guessed(["city1", "country1", "city2", "country2", "year"]).splitlines()[3:6])
        ['[first]', 'name = "city1"', 'country = "country1"']
    """
    meant: list[dict[str, str]] = [{}, {}]
    date = ""
    for column in columns:
        words = _WORD.findall(_HUMP.sub(" ", column).casefold())
        unsaid = "name" if column in _ENDS else None
        field = next((field for field, likely in _LIKELY.items() if not likely.isdisjoint(words)), unsaid)
        if field == "date":
            date = date or column
        elif field is not None:
            side = int(not _SECOND.isdisjoint(words) or field in meant[0])
            meant[side].setdefault(field, column)
    lines = ["# A guess: look at every line before you use it.", "[cities]", 'level = "municipality"']
    for table, end in zip(("first", "second"), meant, strict=True):
        lines += [f"[{table}]", *(f"{field} = {_quoted(end[field])}" for field in END if field in end)]
        lines += [] if "name" in end else ['name = "?"']
        lines += [] if "country" in end else ['country_is = "?"']
    lines += ["[steps]", f"date = {_quoted(date)}"] if date else []
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in escaped) + '"'
