"""The text of a profile: what may stand in each of its tables, and the values that it declares."""

import codecs
import tomllib
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from friendcities.errors import InvalidQueryError, InvalidRecordError
from friendcities.importers.countries import read_country
from friendcities.importers.dates import is_date_format
from friendcities.model import Level, PartialDate, PartnershipKind, SourceKind, Status
from friendcities.model.grammar import is_address, is_language
from friendcities.model.record import is_text, short

__all__ = ["END", "declared"]

END: Final = ("name", "country", "country_is", "latitude", "longitude", "wikidata")
"""What a profile may say of an end."""
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("kind", "publisher", "title", "as_of", "language", "address"),
    "cities": ("level",),
    "first": END,
    "second": END,
    "countries": (),
    "steps": ("date", "date_formats", "months", "kind", "kinds", "status", "statuses", "end"),
    "file": ("encoding", "delimiter", "sheet", "heading", "fill_down"),
}
"""The tables of a profile, and what each may say; ``countries`` has the spellings of the file for keys."""
_NEEDED: Final = ("cities", "first", "second")
_TEXTS: Final = frozenset({"date_formats", "months", "fill_down"})
_TEXT: Final[tuple[type, str]] = (str, "text")
_FORMS: Final[Mapping[str, tuple[type, str]]] = {
    **dict.fromkeys(("kinds", "statuses"), (dict, "a table")),
    **dict.fromkeys(_TEXTS, (list, "a list of texts")),
    "heading": (int, "a number"),
}
"""What values are that are no text."""
_MONTHS: Final = 12


def declared(text: str, name: str) -> dict[str, Any]:
    """The values that a profile declares, by the names that :class:`Profile` has for them; the ends as tables.

    Args:
        text: The profile, in TOML.
        name: What it is called in errors.

    Raises:
        InvalidQueryError: If anything is wrong with it: all that is.
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
    return values


def _problems(told: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the form of a profile."""
    yield from (f"[{table}] is missing" for table in _NEEDED if table not in told)
    for table, said in told.items():
        if table not in _TABLES:
            yield f"there is no table [{table}]; there are {', '.join(f'[{each}]' for each in _TABLES)}"
        elif not isinstance(said, dict):
            yield f"{table} is to be a table: [{table}]"
        else:
            yield from _of_table(table, said)


def _of_table(table: str, said: Mapping[str, Any]) -> Iterator[str]:
    for key, value in said.items():
        form, words = _FORMS.get(key, _TEXT) if _TABLES[table] else _TEXT
        if _TABLES[table] and key not in _TABLES[table]:
            yield f"[{table}] has no {key!r}; it has {', '.join(map(repr, _TABLES[table]))}"
        elif type(value) is not form or (isinstance(value, list) and not _are_texts(value)):
            yield f"{key!r} in [{table}] is to be {words}"
    if _TABLES[table] is END:
        if "name" not in said:
            yield f"'name' in [{table}] is missing"
        if ("country" in said) == ("country_is" in said):
            yield f"[{table}] needs 'country' or 'country_is', and one of the two"
        if ("latitude" in said) != ("longitude" in said):
            yield f"[{table}] has one of 'latitude' and 'longitude', and needs both"


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(each, str) for each in values)


def _values(told: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    source, steps, file = (told.get(table, {}) for table in ("source", "steps", "file"))
    problems = [*_unfit(told), *_of_dates(steps)]

    def word(kind: type[StrEnum], value: Any, place: str) -> Any:
        try:
            return kind(value)
        except ValueError:
            problems.append(f"{place} = {short(value)}; it can be {', '.join(repr(each.value) for each in kind)}")
            return None

    values: dict[str, Any] = {"first": told["first"], "second": told["second"]}
    values["level"] = word(Level, told["cities"].get("level", ""), "level")
    if "kind" in source:
        values["source_kind"] = word(SourceKind, source["kind"], "kind of [source]")
    if "as_of" in source:
        try:
            values["as_of"] = PartialDate.parse(source["as_of"])
        except InvalidRecordError as error:
            problems.append(f"as_of: {error}")
    values |= {key: source[key] for key in ("publisher", "title", "language", "address") if key in source}
    values |= {key: steps[key] for key in ("date", "kind", "status", "end") if key in steps}
    for key, kind, called in (("kinds", PartnershipKind, "kind"), ("statuses", Status, "status")):
        meant = steps.get(key, {})
        values[key] = {each: word(kind, said, f"{called} {short(each)}") for each, said in meant.items()}
    for table in (steps, file):
        values |= {key: tuple(table[key]) for key in _TEXTS if key in table}
    values["countries"] = told.get("countries", {})
    return values | {key: value for key, value in file.items() if key not in _TEXTS}, problems


def _unfit(told: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with values that have to be of a form, and are no words of a list."""
    for table, key, fits, write in _FITTING:
        value = told.get(table, {}).get(key)
        if value is not None and not fits(value):
            yield f"{key} of [{table}] = {short(value)}; write {write}"
    for spelling, code in told.get("countries", {}).items():
        if not _is_code(code):
            yield f"{short(spelling)} of [countries] = {short(code)}; write {_CODE}"


def _of_dates(steps: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the forms of dates."""
    months = steps.get("months", ())
    if months and len({month.casefold() for month in months if month.strip()}) != _MONTHS:
        yield f"months of [steps] has to be the names of the {_MONTHS} months, the first for January"
    for format_ in steps.get("date_formats", ()):
        if not is_date_format(format_, months):
            with_names = "" if months or "%B" not in format_ else ", and the names of the months in months"
            yield (
                f"date_formats of [steps] has {short(format_)}; write %d, %m (or %B, a month by name) and %Y with what "
                f"stands between them, such as '%d.%m.%Y'{with_names}"
            )


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


def _is_row(number: int) -> bool:
    return number > 0


_NOT_OF_FILES: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Encodings of single names and of program text."""
_CODE: Final = "the ISO 3166-1 code of the country, such as 'NZ'"
_FITTING: Final[tuple[tuple[str, str, Callable[[Any], bool], str], ...]] = (
    ("source", "publisher", is_text, "a name, in letters that can be shown"),
    ("source", "title", is_text, "a title, in letters that can be shown"),
    ("source", "language", is_language, "a tag of BCP 47, such as 'de'"),
    ("source", "address", is_address, "an address, such as 'https://example.org/list'"),
    ("first", "country_is", _is_code, _CODE),
    ("second", "country_is", _is_code, _CODE),
    ("file", "encoding", _is_encoding, "the encoding of a text file, such as 'utf-8' or 'latin-1'"),
    ("file", "delimiter", _is_delimiter, "one character, and neither a quotation mark nor the end of a line"),
    ("file", "heading", _is_row, "the number of the row with the names of the columns, the first being 1"),
)
"""Where a value has to be of a form: table, key, whether it is, and what to write."""
