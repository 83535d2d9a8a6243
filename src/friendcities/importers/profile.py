"""What the columns of a file mean: a profile, declared in a few lines of TOML, and the checks of its values."""

import codecs
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from attrs import asdict, fields, frozen
from importlib_resources import files

from friendcities.errors import InvalidQueryError, InvalidRecordError
from friendcities.importers.countries import read_country
from friendcities.importers.dates import is_date_format
from friendcities.model import Level, PartialDate, PartnershipKind, SourceKind, Status
from friendcities.model.grammar import is_address, is_language
from friendcities.model.record import is_text, short
from friendcities.names.normalize import fold

_FOLDER: Final = files("friendcities.importers") / "profiles"
_ENDS: Final = ("first", "second")


@frozen
class CityColumns:
    """The columns of one of the two cities of a row."""

    name: str
    country: str | None = None
    country_is: str | None = None
    """The country of all of them, where no column has it."""
    latitude: str | None = None
    longitude: str | None = None
    wikidata: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        every = (self.name, self.country, self.latitude, self.longitude, self.wikidata)
        return tuple(column for column in every if column is not None)


@frozen
class Profile:
    """What the columns of a file mean, and what the file is as a source.

    A column is named by its heading, or by its place: ``#3`` is the third.

    Raises:
        InvalidQueryError: If no file can be read by it; the message lists every problem.

    Example:
        >>> Profile.load("pairs").first.columns
        ('city1', 'country1', 'lat1', 'lng1')
    """

    first: CityColumns
    second: CityColumns
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
    status: str | None = None
    """The column with the status of a partnership; blank: in force."""
    statuses: Mapping[str, Status] = {}
    """What the words of that column mean."""
    end: str | None = None
    """The column with the date at which a partnership was suspended or ended."""
    date_formats: tuple[str, ...] = ()
    """How dates are written besides ISO 8601: ``%d``, ``%m`` or ``%B``, and ``%Y``; ambiguous dates are rejected."""
    months: tuple[str, ...] = ()
    """The names of the months that ``%B`` stands for, the first for January."""
    countries: Mapping[str, str] = {}
    """What the file calls countries besides their English names and those in its language, each with its ISO code."""
    encoding: str = "utf-8-sig"
    delimiter: str | None = None
    """The character between two cells; ``None``: a tab in ``.tsv``, else a comma."""
    sheet: str | None = None
    """The sheet of a workbook; ``None``: the first."""
    heading: int = 1
    """The row with the names of the columns; rows above it are skipped."""
    fill_down: tuple[str, ...] = ()
    """The columns in which a blank cell repeats the text above it, as merged cells of a workbook do."""
    blank: tuple[str, ...] = ()
    """The missing-value markers, such as "-" or "unknown"; case does not matter."""

    def __attrs_post_init__(self) -> None:
        values = asdict(self, recurse=False)
        problems = list(_invalid_values(values | {end: asdict(values[end]) for end in _ENDS}))
        if problems:
            message = f"the profile: {'; '.join(problems)}"
            raise InvalidQueryError(message, self)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are read."""
        steps = (column for column in (self.date, self.kind, self.status, self.end) if column is not None)
        return (*self.first.columns, *self.second.columns, *steps)

    @classmethod
    def load(cls, name: str | Path) -> "Profile":
        """A profile of this package, by name, or one in a file, by its path.

        Raises:
            InvalidQueryError: If there is none, or it is invalid.
        """
        if not isinstance(name, (str, Path)):
            message = f"{short(name)} names no profile; pass the name of one, or the path of a TOML file"  # type: ignore[unreachable]
            raise InvalidQueryError(message, name)
        if str(name) in packaged_profiles():
            return cls.parse((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"), str(name))
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

        Args:
            text: The profile, in TOML.
            name: Its name in error messages.

        Raises:
            InvalidQueryError: If it is invalid; the message lists every problem.

        Example:
            >>> Profile.parse('[cities]\nlevel = "town"\n[first]\nname = "a"\ncountry_is = "IS"\n')
            Traceback (most recent call last):
            friendcities.errors.InvalidQueryError: the profile: [second] is missing
        """
        try:
            tables = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            message = f"{name}: this is no TOML: {error}"
            raise InvalidQueryError(message, name) from None
        problems = list(_invalid_tables(tables))
        values: dict[str, Any] = {}
        if not problems:
            values = _read_values(tables, problems)
            problems += _invalid_values(values)
        if problems:
            message = f"{name}: {'; '.join(problems)}"
            raise InvalidQueryError(message, name)
        values |= {end: CityColumns(**values[end]) for end in _ENDS}
        return cls(**values)


def packaged_profiles() -> tuple[str, ...]:
    """The names of the profiles that come with the package.

    Example:
        >>> packaged_profiles()
        ('pairs', 'register-of-a-country')
    """
    return tuple(sorted(each.name.removesuffix(".toml") for each in _FOLDER.iterdir() if each.name.endswith(".toml")))


# The TOML form


_CITY_KEYS: Final = tuple(attribute.name for attribute in fields(CityColumns))
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("kind", "publisher", "title", "as_of", "language", "address"),
    "cities": ("level",),
    "first": _CITY_KEYS,
    "second": _CITY_KEYS,
    "countries": (),
    "steps": ("date", "date_formats", "months", "kind", "kinds", "status", "statuses", "end"),
    "file": ("encoding", "delimiter", "sheet", "heading", "fill_down", "blank"),
}
"""The tables of a profile, and the keys of each; the keys of ``countries`` are the spellings of the file."""
_TYPES: Final[Mapping[str, tuple[type, str]]] = {
    **dict.fromkeys(("date_formats", "months", "fill_down", "blank"), (list, "a list of texts")),
    **dict.fromkeys(("kinds", "statuses"), (dict, "a table")),
    "heading": (int, "a number"),
}
"""The types of the values that are no text, each with a description."""
_ENUMS: Final[tuple[tuple[str, type[StrEnum], str], ...]] = (
    ("source_kind", SourceKind, "kind of [source]"),
    ("kinds", PartnershipKind, "kind"),
    ("statuses", Status, "status"),
    ("level", Level, "level"),
)
"""The fields whose values are words of an enumeration, each with its name in messages."""


def _invalid_tables(tables: Mapping[str, Any]) -> Iterator[str]:
    """The problems in the tables, keys and types of a profile."""
    yield from (f"[{table}] is missing" for table in ("cities", *_ENDS) if table not in tables)
    for table, content in tables.items():
        if table not in _TABLES:
            yield f"there is no table [{table}]; there are {', '.join(f'[{each}]' for each in _TABLES)}"
        elif not isinstance(content, dict):
            yield f"{table} is to be a table: [{table}]"
        else:
            yield from _invalid_keys(table, content)


def _invalid_keys(table: str, content: Mapping[str, Any]) -> Iterator[str]:
    known = _TABLES[table]
    for key, value in content.items():
        type_, words = _TYPES.get(key, (str, "text")) if known else (str, "text")
        if known and key not in known:
            yield f"[{table}] has no {key!r}; it has {', '.join(map(repr, known))}"
        elif type(value) is not type_ or (isinstance(value, list) and not all(isinstance(each, str) for each in value)):
            yield f"{key!r} in [{table}] is to be {words}"
    if table in _ENDS and "name" not in content:
        yield f"'name' in [{table}] is missing"


def _read_values(tables: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    """The values by field of a profile, the ends as mappings; invalid words and dates are added to the problems."""
    source = {"source_kind" if key == "kind" else key: value for key, value in tables.get("source", {}).items()}
    values = {"level": "", **source, **tables["cities"], **tables.get("steps", {}), **tables.get("file", {})}
    values = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
    for key, kind, place in _ENUMS:
        words = values.get(key, {})
        if isinstance(words, dict):
            read = {word: _read_word(kind, each, f"{place} {short(word)}", problems) for word, each in words.items()}
            values |= {key: read} if read else {}
        else:
            values[key] = _read_word(kind, words, place, problems)
    if "as_of" in values:
        try:
            values["as_of"] = PartialDate.parse(str(values["as_of"]))
        except InvalidRecordError as error:
            problems.append(f"as_of: {error}")
            del values["as_of"]
    return values | {"countries": tables.get("countries", {}), **{end: tables[end] for end in _ENDS}}


def _read_word(kind: type[StrEnum], value: Any, place: str, problems: list[str]) -> StrEnum:
    try:
        return kind(value)
    except ValueError:
        problems.append(f"{place} = {short(value)}; it can be {', '.join(repr(each.value) for each in kind)}")
        return next(iter(kind))


# The values


_DELIMITER: Final = re.compile(r'[^"\r\n]')
_SHEET_ROWS: Final = range(1, (1 << 20) + 1)
"""The rows that a sheet of a workbook can have."""
_OTHER_ENCODINGS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Encodings of single names and of program text."""
_CODE: Final = "the ISO 3166-1 code of the country, such as 'NZ'"
_NEEDED_COLUMNS: Final = {"kinds": ("kind",), "statuses": ("status",), "date_formats": ("date", "end")}
"""The fields that describe a column, each with the fields that can name that column."""


def _is_encoding(text: str) -> bool:
    """Whether this names an encoding that text files can have."""
    try:
        "a".encode(text)
    except (LookupError, ValueError):
        return False
    return codecs.lookup(text).name not in _OTHER_ENCODINGS


_VALUE_CHECKS: Final[Mapping[str, tuple[Callable[[Any], object], str]]] = {
    "publisher": (is_text, "a name, in letters that can be shown"),
    "title": (is_text, "a title, in letters that can be shown"),
    "as_of": (lambda value: isinstance(value, PartialDate), "a date, such as PartialDate(2026)"),
    "language": (is_language, "a tag of BCP 47, such as 'de'"),
    "address": (is_address, "an address, such as 'https://example.org/list'"),
    "encoding": (_is_encoding, "the encoding of a text file, such as 'utf-8' or 'latin-1'"),
    "delimiter": (_DELIMITER.fullmatch, "one character, and neither a quotation mark nor the end of a line"),
    "heading": (_SHEET_ROWS.count, "the number of the row with the names of the columns, the first being 1"),
}
"""The fields with a form: whether a value is valid, and what to write."""


def _invalid_values(values: Mapping[str, Any]) -> Iterator[str]:
    """The problems in the values of a profile, by field; missing fields are not checked, and the ends are mappings."""
    for key, (is_valid, write) in _VALUE_CHECKS.items():
        if values.get(key) is not None and not is_valid(values[key]):
            table = next(table for table, keys in _TABLES.items() if key in keys)
            yield f"{key} of [{table}] = {short(values[key])}; write {write}"
    for end in _ENDS:
        yield from _invalid_end(end, values[end])
    for key, kind, _ in _ENUMS:
        value = values.get(key, {})
        members = value.values() if isinstance(value, Mapping) else (value,)
        wrong = [each for each in members if not isinstance(each, kind)]
        yield from (f"{key} has {short(each)}, which is no {kind.__name__}" for each in wrong)
    for key, columns in _NEEDED_COLUMNS.items():
        if values.get(key) and not any(values.get(column) is not None for column in columns):
            yield f"{key} of [steps] says something of a column, so name it: {' or '.join(columns)}"
    yield from _invalid_dates(values.get("date_formats", ()), values.get("months", ()))
    yield from _invalid_countries(values.get("countries", {}))
    used = {values[end].get(key) for end in _ENDS for key in ("name", "country", "latitude", "longitude")}
    used |= {values.get(key) for key in ("date", "kind", "status", "end")}
    for column in values.get("fill_down", ()):
        if column not in used:
            yield f"fill_down of [file] has {short(column)}, a column that nothing else in the profile names"


def _invalid_end(name: str, end: Mapping[str, Any]) -> Iterator[str]:
    country_is = end.get("country_is")
    if (end.get("country") is None) == (country_is is None):
        yield f"[{name}] needs 'country' or 'country_is', and one of the two"
    if (end.get("latitude") is None) != (end.get("longitude") is None):
        yield f"[{name}] has one of 'latitude' and 'longitude', and needs both"
    if country_is is not None and not _is_country_code(country_is):
        yield f"country_is of [{name}] = {short(country_is)}; write {_CODE}"


def _invalid_dates(formats: tuple[str, ...], months: tuple[str, ...]) -> Iterator[str]:
    if months and (len(months), len({month.casefold() for month in months if month.strip()})) != (12, 12):
        yield "months of [steps] has to be the names of the 12 months, the first for January"
    for format_ in formats:
        if not is_date_format(format_, months):
            with_names = "" if months or "%B" not in format_ else ", and the names of the months in months"
            yield (
                f"date_formats of [steps] has {short(format_)}; write %d, %m (or %B, a month by name) and %Y with what "
                f"stands between them, such as '%d.%m.%Y'{with_names}"
            )


def _invalid_countries(countries: Mapping[str, str]) -> Iterator[str]:
    spellings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for spelling, code in countries.items():
        if not fold(spelling):
            yield f"{short(spelling)} of [countries] has no letter, so it names nothing; take it out"
        if not _is_country_code(code):
            yield f"{short(spelling)} of [countries] = {short(code)}; write {_CODE}"
        spellings[fold(spelling)].setdefault(code, spelling)
    for by_code in spellings.values():
        if len(by_code) > 1:
            listed = " and ".join(map(short, by_code.values()))
            yield f"{listed} of [countries] are one spelling but for case, accents and marks, with two codes; keep one"


def _is_country_code(text: object) -> bool:
    return isinstance(text, str) and read_country(text).code == text
