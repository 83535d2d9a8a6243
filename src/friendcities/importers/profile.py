"""What the columns of a file mean: a profile, declared in a few lines of TOML."""

import codecs
import tomllib
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from importlib_resources import files

from friendcities.errors import InvalidQueryError, InvalidRecordError
from friendcities.importers.countries import read_country
from friendcities.model import Level, PartialDate, PartnershipKind, SourceKind
from friendcities.model.grammar import is_address, is_language
from friendcities.model.record import is_text, short

__all__ = ["END", "End", "Profile", "packaged_profiles"]

_FOLDER: Final = "profiles"
END: Final = ("name", "country", "country_is", "latitude", "longitude", "wikidata")
"""What a profile may say of an end."""
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("kind", "publisher", "title", "as_of", "language", "address"),
    "cities": ("level",),
    "first": END,
    "second": END,
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
            text = Path(name).read_text(encoding="utf-8-sig")
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
        except (ValueError, RecursionError) as error:
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
    if _TABLES[table] is END:
        if "name" not in said:
            yield f"'name' in [{table}] is missing"
        if ("country" in said) == ("country_is" in said):
            yield f"[{table}] needs 'country' or 'country_is', and one of the two"
        if ("latitude" in said) != ("longitude" in said):
            yield f"[{table}] has one of 'latitude' and 'longitude', and needs both"


def _values(told: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    source, steps, file = told.get("source", {}), told.get("steps", {}), told.get("file", {})
    problems = list(_unfit(told))

    def word(kind: type[StrEnum], value: Any, place: str) -> Any:
        try:
            return kind(value)
        except ValueError:
            problems.append(f"{place} = {short(value)}; it can be {', '.join(repr(each.value) for each in kind)}")
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
        each: word(PartnershipKind, meant, f"kind {short(each)}") for each, meant in steps.get("kinds", {}).items()
    }
    return values | file, problems


def _unfit(told: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with values that are text, as they have to be, and no words of a list."""
    for table, key, fits, write in _FITTING:
        value = told.get(table, {}).get(key)
        if value is not None and not fits(value):
            yield f"{key} of [{table}] = {short(value)}; write {write}"


def _is_code(text: str) -> bool:
    return read_country(text).code == text


def _is_delimiter(text: str) -> bool:
    return len(text) == 1 and text not in '"\r\n'


def _is_encoding(text: str) -> bool:
    """Whether this names an encoding that text files can have."""
    try:
        "a".encode(text)
    except (LookupError, ValueError):
        return False
    return codecs.lookup(text).name not in _NOT_OF_FILES


_NOT_OF_FILES: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Encodings of single names and of program text."""
_CODE: Final = "the ISO 3166-1 code of the country, such as 'NZ'"
_FITTING: Final[tuple[tuple[str, str, Callable[[str], bool], str], ...]] = (
    ("source", "publisher", is_text, "a name, in letters that can be shown"),
    ("source", "title", is_text, "a title, in letters that can be shown"),
    ("source", "language", is_language, "a tag of BCP 47, such as 'de'"),
    ("source", "address", is_address, "an address, such as 'https://example.org/list'"),
    ("first", "country_is", _is_code, _CODE),
    ("second", "country_is", _is_code, _CODE),
    ("file", "encoding", _is_encoding, "the encoding of a text file, such as 'utf-8' or 'latin-1'"),
    ("file", "delimiter", _is_delimiter, "one character, and neither a quotation mark nor the end of a line"),
)
"""Where a value has to be of a form: table, key, whether it is, and what to write."""
