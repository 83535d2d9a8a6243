"""Whether the values of a profile are such as a file can be read by, however the profile was made."""

import codecs
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from friendcities.importers.countries import read_country
from friendcities.importers.dates import is_date_format
from friendcities.model import Level, PartialDate, PartnershipKind, SourceKind, Status
from friendcities.model.grammar import is_address, is_language
from friendcities.model.record import is_text, short
from friendcities.names.normalize import fold

__all__ = ["MOST_ROWS", "unfit"]

MOST_ROWS: Final = 1 << 20
"""How many rows a sheet of a workbook can have, and so the last on which a heading can be."""
_MONTHS: Final = 12
_NOT_OF_FILES: Final = frozenset({"idna", "punycode", "raw-unicode-escape", "unicode-escape"})
"""Encodings of single names and of program text."""
_NEEDS: Final = {"kinds": ("kind",), "statuses": ("status",), "date_formats": ("date", "end")}
"""What says something of a column, and the columns of which."""


def unfit(values: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the values of a profile, by the names of its fields; a field that is missing is not looked at.

    The two ends are mappings of their fields.
    """
    for key, place, fits, write in _FITTING:
        if values.get(key) is not None and not fits(values[key]):
            yield f"{key} of [{place}] = {short(values[key])}; write {write}"
    for end in ("first", "second"):
        yield from _of_end(end, values[end])
    for key, kind in (("kinds", PartnershipKind), ("statuses", Status), ("level", Level), ("source_kind", SourceKind)):
        meant = values.get(key)
        for each in meant.values() if isinstance(meant, Mapping) else () if meant is None else (meant,):
            if not isinstance(each, kind):
                yield f"{key} has {short(each)}, which is no {kind.__name__}"
    for key, columns in _NEEDS.items():
        if values.get(key) and not any(values.get(column) is not None for column in columns):
            yield f"{key} of [steps] says something of a column, so name it: {' or '.join(columns)}"
    yield from _of_dates(values.get("date_formats", ()), values.get("months", ()))
    yield from _of_countries(values.get("countries", {}))
    yield from _of_filling(values)


def _of_end(name: str, end: Mapping[str, Any]) -> Iterator[str]:
    country, country_is = end.get("country"), end.get("country_is")
    if (country is None) == (country_is is None):
        yield f"[{name}] needs 'country' or 'country_is', and one of the two"
    if (end.get("latitude") is None) != (end.get("longitude") is None):
        yield f"[{name}] has one of 'latitude' and 'longitude', and needs both"
    if country_is is not None and not _is_code(country_is):
        yield f"country_is of [{name}] = {short(country_is)}; write {_CODE}"


def _of_dates(formats: tuple[str, ...], months: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with the forms of dates."""
    if months and (len(months), len({month.casefold() for month in months if month.strip()})) != (_MONTHS, _MONTHS):
        yield f"months of [steps] has to be the names of the {_MONTHS} months, the first for January"
    for format_ in formats:
        if not is_date_format(format_, months):
            with_names = "" if months or "%B" not in format_ else ", and the names of the months in months"
            yield (
                f"date_formats of [steps] has {short(format_)}; write %d, %m (or %B, a month by name) and %Y with what "
                f"stands between them, such as '%d.%m.%Y'{with_names}"
            )


def _of_countries(countries: Mapping[str, str]) -> Iterator[str]:
    """What is wrong with the spellings of countries that are a file's own."""
    called: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for spelling, code in countries.items():
        if not fold(spelling):
            yield f"{short(spelling)} of [countries] has no letter, so it names nothing; take it out"
        if not _is_code(code):
            yield f"{short(spelling)} of [countries] = {short(code)}; write {_CODE}"
        called[fold(spelling)].setdefault(code, spelling)
    for spellings in called.values():
        if len(spellings) > 1:
            listed = " and ".join(map(short, spellings.values()))
            yield f"{listed} of [countries] are one spelling but for case, accents and marks, with two codes; keep one"


def _of_filling(values: Mapping[str, Any]) -> Iterator[str]:
    ends = [values[end].get(key) for end in ("first", "second") for key in ("name", "country", "latitude", "longitude")]
    used = {*ends, *(values.get(key) for key in ("date", "kind", "status", "end"))}
    for column in values.get("fill_down", ()):
        if column not in used:
            yield f"fill_down of [file] has {short(column)}, a column that nothing else in the profile names"


def _is_code(text: object) -> bool:
    return isinstance(text, str) and read_country(text).code == text


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
    return 0 < number <= MOST_ROWS


def _is_date(value: object) -> bool:
    return isinstance(value, PartialDate)


_CODE: Final = "the ISO 3166-1 code of the country, such as 'NZ'"
_FITTING: Final[tuple[tuple[str, str, Callable[[Any], bool], str], ...]] = (
    ("publisher", "source", is_text, "a name, in letters that can be shown"),
    ("title", "source", is_text, "a title, in letters that can be shown"),
    ("as_of", "source", _is_date, "a date, such as PartialDate(2026)"),
    ("language", "source", is_language, "a tag of BCP 47, such as 'de'"),
    ("address", "source", is_address, "an address, such as 'https://example.org/list'"),
    ("encoding", "file", _is_encoding, "the encoding of a text file, such as 'utf-8' or 'latin-1'"),
    ("delimiter", "file", _is_delimiter, "one character, and neither a quotation mark nor the end of a line"),
    ("heading", "file", _is_row, "the number of the row with the names of the columns, the first being 1"),
)
"""Where a value has to be of a form: its field, the table of a profile with it, whether it is, and what to write."""
