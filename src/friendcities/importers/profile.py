"""Profiles: TOML files with the meaning of the columns of a table."""

import codecs
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Final, NamedTuple

from attrs import asdict, frozen
from importlib_resources import files

from friendcities.datasets.folder import read_file
from friendcities.errors import InvalidQueryError
from friendcities.importers.dates import is_date_format
from friendcities.limits import PROFILE_BYTES
from friendcities.model import CityId, Level, PartialDate, PartnershipKind, SourceKind, Status, as_date
from friendcities.model.grammar import is_address, is_city_id, is_language
from friendcities.model.record import is_text, short
from friendcities.names.countries import read_country
from friendcities.names.normalize import fold

_FOLDER: Final = files("friendcities.importers") / "profiles"
_ENDS: Final = ("first", "second")
_COLUMN_KEYS: Final = (
    *("name", "country", "subdivision", "latitude", "longitude", "wikidata"),
    *("date", "kind", "status", "end"),
)


def _named_columns(values: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(values[key] for key in _COLUMN_KEYS if values.get(key) is not None)


@frozen
class CityColumns:
    """The columns about one of the two cities."""

    name: str | None = None
    country: str | None = None
    """The column with the country, or the column ``name`` for cells such as "City, Country" or "City (Country)"."""
    country_is: str | None = None
    """The code of the country of all rows; needed if no column contains the country."""
    name_is: str | None = None
    """The name of the city of all rows; needed if no column contains the name."""
    subdivision: str | None = None
    """The column with the subdivision of the country, such as a state: its name, or its ISO 3166-2 code."""
    latitude: str | None = None
    longitude: str | None = None
    wikidata: str | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to read."""
        return _named_columns(asdict(self))


@frozen
class Profile:
    """The meaning of the columns of a file, and the description of its publisher.

    A column is named by its heading, or by its number, such as ``#3``.

    Raises:
        InvalidQueryError: If the profile is invalid; the message lists every problem.

    Example:
        >>> Profile.load("pairs").first.columns
        ('city1', 'country1', 'lat1', 'lng1')
    """

    first: CityColumns
    second: CityColumns
    level: Level
    """The administrative level of the places in the file."""
    source_kind: SourceKind | None = None
    """The kind of publisher. ``None`` means a database; the report states this."""
    speaks_for: tuple[CityId, ...] = ()
    """The cities in the file whose own government published the file."""
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
    """The kind for each word in the column ``kind``."""
    status: str | None = None
    """The column with the status of a partnership. A blank cell means in force."""
    statuses: Mapping[str, Status] = {}
    """The status for each word in the column ``status``."""
    end: str | None = None
    """The column with the date on which a partnership was suspended or ended."""
    date_formats: tuple[str, ...] = ()
    """The date formats in the file, such as ``%d.%m.%Y``. ISO 8601 is always accepted. Ambiguous dates are rejected."""
    months: tuple[str, ...] = ()
    """The names of the months for ``%B``, from January to December."""
    countries: Mapping[str, str] = {}
    """The ISO code for each country name that is neither English nor in the language of the file."""
    encoding: str = "utf-8-sig"
    delimiter: str | None = None
    """The character between two cells. The default is a tab for ``.tsv``, and a comma for other files."""
    sheet: str | None = None
    """The sheet of a workbook. The default is the first visible sheet with cells."""
    heading: int = 1
    """The number of the row with the column names. If there is none, use 0; then the columns are ``#1``, ``#2``, ..."""
    comment: str | None = None
    """The text with which comment lines start, such as ``%``."""
    names: str | None = None
    """A file in the same folder with the names of the nodes. A line contains a name, or an id, a tab and a name."""
    fill_down: tuple[str, ...] = ()
    """The columns in which a blank cell repeats the cell above."""
    blank: tuple[str, ...] = ()
    """The missing-value markers, such as "-" or "unknown"; case does not matter."""

    def __attrs_post_init__(self) -> None:
        problems: list[str] = []
        values = asdict(self, recurse=False)
        read = _read_values(values | {end: asdict(values[end]) for end in _ENDS}, problems)
        _raise_problems("the profile", problems)
        for key in values.keys() - set(_ENDS):
            object.__setattr__(self, key, read[key])

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to read."""
        return (*self.first.columns, *self.second.columns, *_named_columns(asdict(self, recurse=False)))

    @classmethod
    def load(cls, name: str | Path, *, required: Iterable[str] = ()) -> "Profile":
        """Load a bundled profile by name, or a profile from a file by path.

        Args:
            name: The name or the path.
            required: As for :meth:`parse`.

        Raises:
            InvalidQueryError: If the profile does not exist or is invalid.
        """
        if not isinstance(name, (str, Path)):
            expected = "a Profile, the name of a profile, or the path of a TOML file"  # type: ignore[unreachable]  # untyped callers
            message = f"invalid profile {short(name)}; expected {expected}"
            raise InvalidQueryError(message, name)
        if str(name) in packaged_profiles():
            return cls.parse((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"), str(name), required=required)
        try:
            text = read_file(Path(name), PROFILE_BYTES).decode("utf-8-sig")
        except (OSError, ValueError) as error:
            why = error.strerror or str(error) if isinstance(error, OSError) else "the file is not UTF-8 text"
            known = ", ".join(map(repr, packaged_profiles()))
            message = (
                f"cannot read the profile {short(str(name))}: {why}; pass the path of a TOML file, or one of {known}"
            )
            raise InvalidQueryError(message, str(name), packaged_profiles()) from None
        return cls.parse(text, str(name), required=required)

    @classmethod
    def parse(cls, text: str, name: str = "the profile", *, required: Iterable[str] = ()) -> "Profile":
        r"""Read a profile from TOML.

        Args:
            text: The text of the profile, in TOML.
            name: The name of the profile in error messages.
            required: Keys of ``[source]`` that an error lists if they are missing.

        Raises:
            InvalidQueryError: If the profile is invalid; the message lists every problem.

        Example:
            >>> Profile.parse('[cities]\nlevel = "town"\n[first]\nname = "a"\ncountry_is = "IS"\n')
            Traceback (most recent call last):
            friendcities.errors.InvalidQueryError: the profile: [second] is missing
        """
        try:
            tables = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise _invalid_toml(name, str(error)) from None
        except ValueError:
            raise _invalid_toml(name, "a number has too many digits") from None
        except RecursionError:
            raise _invalid_toml(name, "the values are nested too deep") from None
        problems: list[str] = []
        values = _read_values(_flatten_tables(tables, problems), problems)
        if problems:
            problems += [f"{key} of [source] is not set" for key in required if values.get(key) is None]
        _raise_problems(name, problems)
        values.update({end: CityColumns(**values[end]) for end in _ENDS})
        return cls(**values)


def packaged_profiles() -> tuple[str, ...]:
    """The names of the bundled profiles.

    Example:
        >>> packaged_profiles()
        ('pairs', 'register-of-a-country')
    """
    return tuple(sorted(each.name.removesuffix(".toml") for each in _FOLDER.iterdir() if each.name.endswith(".toml")))


def _raise_problems(name: str, problems: list[str]) -> None:
    if problems:
        message = f"{name}: {'; '.join(problems)}"
        raise InvalidQueryError(message, name)


# Keys and readers of their values


_DELIMITER: Final = re.compile(r'[^"\r\n]')
_SHEET_ROWS: Final = range((1 << 20) + 1)
"""0, and the row numbers of a worksheet."""
_OTHER_ENCODINGS: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Encodings of domain names and of string literals. No file has such an encoding."""


_UNSET: Final = "?"
"""The value in a proposed profile that a person has to replace."""


class _Key(NamedTuple):
    """A key of a profile, with a function that reads the value."""

    expected: str
    read: Callable[[Any], Any]
    container: type | None = None


def _key(expected: str, is_valid: Callable[[Any], object] = bool, type_: type = str, *, several: bool = False) -> _Key:
    def read(value: Any) -> Any:
        if type(value) is type_ and is_valid(value):
            return value
        raise ValueError

    return _Key(expected, read, list if several else None)


def _word(words: type[StrEnum], container: type | None = None) -> _Key:
    return _Key(f"one of {', '.join(repr(each.value) for each in words)}", words, container)


def _is_encoding(text: str) -> bool:
    with suppress(LookupError, ValueError):
        "a".encode(text)
        return codecs.lookup(text).name not in _OTHER_ENCODINGS
    return False


_COLUMN: Final = _key("the name of a column")
_TEXTS: Final = _key("a text", several=True)
_COUNTRY: Final = _key("the ISO 3166-1 code of a country, such as 'NZ'", lambda text: read_country(text).code == text)
_END_KEYS: Final = {
    **dict.fromkeys(_COLUMN_KEYS[:6], _COLUMN),
    "country_is": _COUNTRY,
    "name_is": _key("a name", is_text),
}
_KEYS: Final[Mapping[str, Mapping[str, _Key]]] = {
    "source": {
        "kind": _word(SourceKind),
        "speaks_for": _key("the id of a city, such as 'de-koln'", is_city_id, several=True),
        "publisher": _key("a name without control characters", is_text),
        "title": _key("a title without control characters", is_text),
        "as_of": _Key("a date such as '2026-02'", as_date),
        "language": _key("a BCP 47 tag, such as 'de'", is_language),
        "address": _key("a URL, such as 'https://example.org/list'", is_address),
    },
    "cities": {"level": _word(Level)},
    "first": _END_KEYS,
    "second": _END_KEYS,
    "countries": {},
    "steps": {
        **dict.fromkeys(_COLUMN_KEYS[6:], _COLUMN),
        **dict.fromkeys(("date_formats", "months"), _TEXTS),
        "kinds": _word(PartnershipKind, dict),
        "statuses": _word(Status, dict),
    },
    "file": {
        "encoding": _key("the encoding of a text file, such as 'utf-8' or 'latin-1'", _is_encoding),
        "delimiter": _key("one character that is neither a quotation mark nor a line end", _DELIMITER.fullmatch),
        "sheet": _key("the name of a sheet"),
        "comment": _key("the start of comment lines"),
        "names": _key("the path of a file", lambda text: text and "\0" not in text),
        "heading": _key("the number of the row with the column names, or 0 if no row has them", _SHEET_ROWS.count, int),
        **dict.fromkeys(("fill_down", "blank"), _TEXTS),
    },
}
"""The valid keys of each table of a profile. The table ``countries`` accepts any key."""
_FIELDS: Final[Mapping[tuple[str, str], str]] = {("source", "kind"): "source_kind"}
"""The fields whose names differ from the keys in a TOML file."""
_NEEDED_COLUMNS: Final = {"kinds": ("kind",), "statuses": ("status",), "date_formats": ("date", "end")}
"""Fields that need a column, each with the fields that can name the column."""


def _invalid_toml(name: str, why: str) -> InvalidQueryError:
    message = f"{name}: invalid TOML: {why}"
    return InvalidQueryError(message, name)


def _flatten_tables(tables: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    problems.extend(f"[{table}] is missing" for table in ("cities", *_ENDS) if table not in tables)
    values: dict[str, Any] = {end: {} for end in _ENDS}
    for table, content in tables.items():
        keys = _KEYS.get(table)
        if keys is None:
            problems.append(f"unknown table [{table}]; expected one of {', '.join(f'[{each}]' for each in _KEYS)}")
        elif not isinstance(content, dict):
            problems.append(f"invalid {table} = {short(content)}; expected a table: [{table}]")
        else:
            given: dict[str, Any] = content
            fields = {_FIELDS.get((table, key), key): value for key, value in given.items()}
            if table == "source":
                fields = {key: value for key, value in fields.items() if value != _UNSET}
            values |= {table: content} if not keys or table in _ENDS else fields
            known, unknown = ", ".join(map(repr, keys)), content.keys() - keys if keys else ()
            problems.extend(f"unknown key {key!r} in [{table}]; expected one of {known}" for key in sorted(unknown))
    return values


def _read_values(values: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    found = dict(values)
    for table, keys in _KEYS.items():
        content = values[table] if table in _ENDS else found
        for name, key in keys.items():
            field = _FIELDS.get((table, name), name)
            if content.get(field) is not None:
                read = _read_value(key, content[field], f"{name} of [{table}]", problems)
                found |= {} if table in _ENDS else {field: read}
    return found if problems else _check_values(found, problems)


def _read_value(key: _Key, value: Any, where: str, problems: list[str]) -> Any:
    one = key._replace(container=None)
    if key.container is dict and isinstance(value, Mapping):
        return {word: _read_value(one, each, f"{where}, {short(word)}", problems) for word, each in value.items()}
    if key.container is list and isinstance(value, (list, tuple)):
        return tuple([_read_value(one, each, where, problems) for each in value])
    with suppress(ValueError):
        if key.container is None and value != _UNSET:
            return key.read(value)
    expected = key.expected if key.container is None else "a table" if key.container is dict else "a list of texts"
    problems.append(f"invalid {where}: {short(value)}; expected {expected}")
    return None


# Checks of several values together


def _check_values(values: dict[str, Any], problems: list[str]) -> dict[str, Any]:
    for end in _ENDS:
        problems.extend(_invalid_end(end, values[end]))
    for key, columns in _NEEDED_COLUMNS.items():
        if values.get(key) and not any(values.get(column) is not None for column in columns):
            problems.append(f"{key} of [steps] needs a column; set {' or '.join(columns)}")
    problems.extend(_invalid_dates(values.get("date_formats", ()), values.get("months", ())))
    problems.extend(_invalid_countries(values.get("countries", {})))
    named = {column for each in (values["first"], values["second"], values) for column in _named_columns(each)}
    unnamed = [column for column in values.get("fill_down", ()) if column not in named]
    expected = "expected a column that another key of the profile names"
    problems.extend(f"invalid fill_down of [file]: {short(column)}; {expected}" for column in unnamed)
    return values


def _invalid_end(name: str, end: Mapping[str, Any]) -> Iterator[str]:
    if (end.get("name") is None) == (end.get("name_is") is None):
        yield f"[{name}] needs either 'name' or 'name_is'"
    if (end.get("country") is None) == (end.get("country_is") is None):
        yield f"[{name}] needs either 'country' or 'country_is'"
    if (end.get("latitude") is None) != (end.get("longitude") is None):
        yield f"[{name}] needs both 'latitude' and 'longitude', or none of them"


def _invalid_dates(formats: tuple[str, ...], months: tuple[str, ...]) -> Iterator[str]:
    if months and (len(months), len({month.casefold() for month in months if month.strip()})) != (12, 12):
        yield "invalid months of [steps]; expected the names of the 12 months, the first for January"
    for format_ in formats:
        if not is_date_format(format_, months):
            expected = "a format with %Y, with %m (or %B for month names) and with %d, such as '%d.%m.%Y'"
            hint = "; %B needs the key 'months' with the names" if "%B" in format_ and not months else ""
            yield f"invalid date_formats of [steps]: {short(format_)}; expected {expected}{hint}"


def _invalid_countries(countries: Mapping[str, Any]) -> Iterator[str]:
    spellings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    problems: list[str] = []
    for spelling, code in countries.items():
        _read_value(_COUNTRY, code, f"{short(spelling)} of [countries]", problems)
        if not fold(spelling):
            problems.append(f"invalid {short(spelling)} of [countries]; expected a name with a letter")
        spellings[fold(spelling)].setdefault(str(code), spelling)
    yield from problems
    for by_code in spellings.values():
        if len(by_code) > 1:
            listed = " and ".join(map(short, by_code.values()))
            yield f"{listed} of [countries] differ only in case, accents or marks, but have two codes; keep one"
