"""What the columns of a file mean: a profile, declared in a few lines of TOML."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from importlib_resources import files

from friendcities.errors import InvalidQueryError, InvalidRecordError
from friendcities.model import Level, PartialDate, PartnershipKind, SourceKind
from friendcities.model.record import short

__all__ = ["End", "Profile", "guessed", "packaged_profiles"]

_FOLDER: Final = "profiles"
_END: Final = ("name", "country", "country_is", "latitude", "longitude", "wikidata")
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("kind", "publisher", "title", "as_of", "language", "address"),
    "cities": ("level",),
    "first": _END,
    "second": _END,
    "steps": ("date", "kind", "kinds"),
    "file": ("encoding", "delimiter", "sheet"),
}
"""The tables of a profile, and what each may say."""


@frozen
class End:
    """The columns that tell of one of the two cities of a row."""

    name: str
    country: str | None = None
    country_is: str | None = None
    """The country of all of them, where no column has it."""
    latitude: str | None = None
    longitude: str | None = None
    wikidata: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are looked at."""
        every = (self.name, self.country, self.latitude, self.longitude, self.wikidata)
        return tuple(column for column in every if column is not None)


@frozen
class Profile:
    """What the columns of a file mean, and what the file is as a source.

    Example:
        >>> Profile.named("pairs").first.columns
        ('city1', 'country1', 'lat1', 'lng1')
    """

    first: End
    second: End
    level: Level
    """The level of the places that the file lists."""
    source_kind: SourceKind = SourceKind.DATABASE
    publisher: str | None = None
    title: str | None = None
    as_of: PartialDate | None = None
    language: str | None = None
    address: str | None = None
    date: str | None = None
    """The column with the date of a partnership."""
    kind: str | None = None
    """The column with the kind of a partnership."""
    kinds: Mapping[str, PartnershipKind] = {}
    """What the words of that column mean."""
    encoding: str = "utf-8-sig"
    delimiter: str | None = None
    """What stands between two cells; ``None``: a tab in ``.tsv``, else a comma."""
    sheet: str | None = None
    """The sheet of a workbook; ``None``: the first."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are looked at."""
        steps = (column for column in (self.date, self.kind) if column is not None)
        return (*self.first.columns, *self.second.columns, *steps)

    @classmethod
    def named(cls, name: str | Path) -> "Profile":
        """A profile of this package, by name, or one in a file, by its path.

        Raises:
            InvalidQueryError: If there is none, or something is wrong with it.
        """
        if str(name) in packaged_profiles():
            text = (files("friendcities.importers") / _FOLDER / f"{name}.toml").read_text(encoding="utf-8")
            return cls.parse(text, str(name))
        try:
            text = Path(name).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else "it is no text"
            known = ", ".join(map(repr, packaged_profiles()))
            message = f"there is no profile {short(str(name))}: {why}; pass the path of a TOML file, or one of {known}"
            raise InvalidQueryError(message, str(name), packaged_profiles()) from None
        return cls.parse(text, str(name))

    @classmethod
    def parse(cls, text: str, name: str = "the profile") -> "Profile":
        r"""Read a profile from TOML.

        Raises:
            InvalidQueryError: If anything is wrong with it: all that is.

        Example:
            >>> Profile.parse('[cities]\nlevel = "town"\n[first]\nname = "a"\ncountry_is = "IS"\n')
            Traceback (most recent call last):
            friendcities.errors.InvalidQueryError: the profile: [second] is missing
        """
        try:
            told = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            message = f"{name}: this is no TOML: {error}"
            raise InvalidQueryError(message, name) from None
        problems = list(_problems(told))
        values: dict[str, Any] = {}
        if not problems:
            values, problems = _values(told)
        if problems:
            message = f"{name}: {'; '.join(problems)}"
            raise InvalidQueryError(message, name)
        return cls(**values)


def packaged_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with the package.

    Example:
        >>> packaged_profiles()
        ('pairs', 'register-of-a-country')
    """
    folder = files("friendcities.importers") / _FOLDER
    return tuple(sorted(each.name.removesuffix(".toml") for each in folder.iterdir() if each.name.endswith(".toml")))


def guessed(columns: Sequence[str]) -> str:
    """A profile in TOML that may fit these columns, to be looked at by a person before it is used.

    Example:
        >>> print(guessed(["city1", "country1", "city2", "country2", "year"]).splitlines()[3:6])
        ['[first]', 'name = "city1"', 'country = "country1"']
    """
    meant: list[dict[str, str]] = [{}, {}]
    date = ""
    for column in columns:
        plain = column.casefold()
        field = next((field for field, words in _LIKELY.items() if any(word in plain for word in words)), None)
        if field == "date":
            date = date or column
        elif field is not None:
            side = int(any(word in plain for word in _SECOND) or field in meant[0])
            meant[side].setdefault(field, column)
    lines = ["# A guess: look at every line before you use it.", "[cities]", 'level = "municipality"']
    for table, end in zip(("first", "second"), meant, strict=True):
        lines += [f"[{table}]", *(f"{field} = {_quoted(end[field])}" for field in _END if field in end)]
        lines += [] if "name" in end else ['name = "?"']
        lines += [] if "country" in end else ['country_is = "?"']
    lines += ["[steps]", f"date = {_quoted(date)}"] if date else []
    return "\n".join(lines) + "\n"


_SECOND: Final = ("2", "partner", "target", "other", "to_", "second")
_LIKELY: Final[Mapping[str, tuple[str, ...]]] = {
    "latitude": ("lat",),
    "longitude": ("lng", "lon"),
    "wikidata": ("wikidata", "qid"),
    "country": ("country", "nation"),
    "date": ("year", "date", "since"),
    "name": ("city", "town", "municipality", "name", "place"),
}
"""What the names of columns hint at, the more telling first."""


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in escaped) + '"'


def _problems(told: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the form of a profile."""
    yield from (f"[{table}] is missing" for table in ("cities", "first", "second") if table not in told)
    for table, said in told.items():
        if table not in _TABLES:
            yield f"there is no table [{table}]; there are {', '.join(f'[{each}]' for each in _TABLES)}"
        elif not isinstance(said, dict):
            yield f"{table} is to be a table: [{table}]"
        else:
            yield from _of_table(table, said)


def _of_table(table: str, said: Mapping[str, Any]) -> Iterator[str]:
    for key, value in said.items():
        if key not in _TABLES[table]:
            yield f"[{table}] has no {key!r}; it has {', '.join(map(repr, _TABLES[table]))}"
        elif not isinstance(value, dict if key == "kinds" else str):
            yield f"{key!r} in [{table}] is to be {'a table' if key == 'kinds' else 'text'}"
    if _TABLES[table] is _END:
        if "name" not in said:
            yield f"'name' in [{table}] is missing"
        if ("country" in said) == ("country_is" in said):
            yield f"[{table}] needs 'country' or 'country_is', and one of the two"
        if ("latitude" in said) != ("longitude" in said):
            yield f"[{table}] has one of 'latitude' and 'longitude', and needs both"


def _values(told: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    source, steps, file = told.get("source", {}), told.get("steps", {}), told.get("file", {})
    problems: list[str] = []

    def word(kind: type[StrEnum], value: Any, place: str) -> Any:
        try:
            return kind(value)
        except ValueError:
            problems.append(f"{place} = {value!r}; it can be {', '.join(repr(each.value) for each in kind)}")
            return None

    values: dict[str, Any] = {"first": End(**told["first"]), "second": End(**told["second"])}
    values["level"] = word(Level, told["cities"].get("level", ""), "level")
    if "kind" in source:
        values["source_kind"] = word(SourceKind, source["kind"], "kind of [source]")
    if "as_of" in source:
        try:
            values["as_of"] = PartialDate.parse(source["as_of"])
        except InvalidRecordError as error:
            problems.append(f"as_of: {error}")
    values |= {key: source[key] for key in ("publisher", "title", "language", "address") if key in source}
    values |= {key: steps[key] for key in ("date", "kind") if key in steps}
    values["kinds"] = {
        each: word(PartnershipKind, meant, f"kind {each!r}") for each, meant in steps.get("kinds", {}).items()
    }
    return values | file, problems
