"""What people type, read as the values of records; what can be read in two ways is refused, and never guessed."""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Final, NoReturn, TypeVar

from friendcities.errors import InvalidQueryError, InvalidRecordError
from friendcities.model import PartialDate
from friendcities.model.grammar import ADDRESS, ANY_ID, LANGUAGE, SLUG, UNIT, WIKIDATA, Grammar
from friendcities.model.record import is_decimal, is_text, short
from friendcities.names.countries import country_code, country_names
from friendcities.names.folding import composed, fold

__all__ = [
    "parts_called",
    "read_address",
    "read_choice",
    "read_country",
    "read_date",
    "read_decimal",
    "read_degrees",
    "read_flag",
    "read_id",
    "read_language",
    "read_number",
    "read_slug",
    "read_subdivision",
    "read_text",
    "read_unit",
    "read_wikidata",
    "split",
]

E = TypeVar("E", bound=StrEnum)

_MONTHS: Final = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_LEAST_OF_A_MONTH: Final = 3
"""How many letters of a month's name are enough: "Oct", "Sept"."""
_GROUPED: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?", re.ASCII)
_BLANKS: Final = re.compile(r"[ \u00a0\u2009\u202f]")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_MOST_DEGREES: Final = 180
_ONE_MARK: Final = re.compile(r"(-?\d{1,3})([.,])(\d{3})", re.ASCII)
_DATES: Final = "write a date like '1994', 'October 1994', '21 October 1994' or '1994-10-21'"


def read_text(text: str) -> str:
    """Text as it stands, its letters composed (NFC, ideographs left alone), without the blanks around it.

    Raises:
        InvalidQueryError: If it holds what cannot be shown, or nothing.
    """
    text = composed(text.strip())
    if not is_text(text):
        _refuse(f"{short(text)} holds characters that cannot be shown, or nothing", text)
    return text


def read_date(text: str) -> PartialDate:
    """A year, a month or a day, in words or figures.

    Figures that can be read as two different days are refused.

    Raises:
        InvalidQueryError: If it is no date, or may be two.

    Example:
        >>> [str(read_date(each)) for each in ("1994", "October 1994", "21 October 1994", "Oct 21, 1994", "21.10.1994")]
        ['1994', '1994-10', '1994-10-21', '1994-10-21', '1994-10-21']
        >>> read_date("03/04/1994")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: '03/04/1994' may be 3 April 1994 or 4 March 1994; write which, as '3 \
April 1994' or '4 March 1994'
    """
    plain = " ".join(text.split())
    for pattern, order in _FORMS:
        match = pattern.fullmatch(plain)
        if match is not None:
            parts = dict(zip(order, match.groups(), strict=True))
            month = _month(parts["m"]) if "m" in parts else None
            if "m" in parts and month is None:
                _refuse(f"{parts['m']!r} is no month; {_DATES}", text)
            return _day(text, int(parts["y"]), month, int(parts["d"]) if "d" in parts else None)
    match = _FIGURES.fullmatch(plain)
    if match is None:
        _refuse(f"{short(text)} is no date that can be read; {_DATES}", text)
    first, second, year = (int(part) for part in match.groups())
    return _figures(text, first, second, year)


_FORMS: Final = tuple(
    (re.compile(pattern, re.ASCII | re.IGNORECASE), order)
    for pattern, order in (
        (r"(\d{4})", "y"),
        (r"(\d{4})[-/.](\d\d?)", "ym"),
        (r"(\d{4})[-/.](\d\d?)[-/.](\d\d?)", "ymd"),
        (r"(\d\d?)[/.](\d{4})", "my"),
        (r"([a-z]+)\.?,? (?:of )?(\d{4})", "my"),
        (r"(?:the )?(\d\d?)(?:[snrt][tdh]|\.)? (?:of )?([a-z]+)\.?,? (\d{4})", "dmy"),
        (r"(\d\d?)-([a-z]+)-(\d{4})", "dmy"),
        (r"([a-z]+)\.? (\d\d?)(?:[snrt][tdh])?,? (\d{4})", "mdy"),
        (r"(\d{4})[年년]", "y"),
        (r"(\d{4})[年년] ?(\d\d?)[月월]", "ym"),
        (r"(\d{4})[年년] ?(\d\d?)[月월] ?(\d\d?)[日일号]", "ymd"),
    )
)
_FIGURES: Final = re.compile(r"(\d\d?)[-/.](\d\d?)[-/.](\d{4})", re.ASCII)


def _month(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    wanted = text.lower()
    if len(wanted) < _LEAST_OF_A_MONTH:
        return None
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(wanted)), None)


def _day(text: str, year: int, month: int | None, day: int | None) -> PartialDate:
    try:
        return PartialDate(year, month, day)
    except InvalidRecordError:
        _refuse(f"there is no day {text.strip()!r} in the calendar; {_DATES}", text)


def _figures(text: str, first: int, second: int, year: int) -> PartialDate:
    """A date of three numbers, the year last: read where only one reading is a day."""
    readings = []
    for day, month in dict.fromkeys([(first, second), (second, first)]):
        try:
            readings.append(PartialDate(year, month, day))
        except InvalidRecordError:
            continue
    if len(readings) == 1:
        return readings[0]
    if not readings:
        _refuse(f"there is no day {text.strip()!r} in the calendar; {_DATES}", text)
    one, other = (f"{each.day} {_MONTHS[(each.month or 1) - 1].title()} {each.year}" for each in readings)
    return _refuse(f"{text.strip()!r} may be {one} or {other}; write which, as {one!r} or {other!r}", text, readings)


def read_country(text: str) -> str:
    """The code of a country given by code or name.

    Raises:
        InvalidQueryError: If no country is called so, or several are; ``candidates`` are the names that come near, or
            those of the several.

    Example:
        >>> read_country("Russia")
        'RU'
    """
    code = country_code(text)
    if code is not None:
        return code
    return _refuse_name("country", text, country_names(), "write its English name, or a code like 'NZ'")


def read_subdivision(text: str, country: str) -> str:
    """The code of a part of a country given by code, the last letters of the code, or name.

    Raises:
        InvalidQueryError: If the country has none of that name, or several.

    Example:
        >>> read_subdivision("Otago", "NZ"), read_subdivision("IL", "US")
        ('NZ-OTA', 'US-IL')
    """
    parts = _subdivisions(country)
    code = text.strip().upper()
    for each in (code, f"{country}-{code}"):
        if each in parts:
            return each
    named = [each for each, name in parts.items() if fold(name) == fold(text)]
    if len(named) == 1:
        return named[0]
    if named:
        message = f"{short(text)} is the name of {len(named)} parts of {country}; write one of {_or(named)}"
        _refuse(message, text, named)
    hint = "leave it out" if not parts else f"write a name, or a code like {next(iter(parts))!r}, or leave it out"
    near = [f"{parts[each]} ({each})" for each in _near(text, {fold(name): each for each, name in parts.items()})]
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    message = f"{country} has no part called {short(text)}{meant}" + ("" if near else f"; {hint}")
    return _refuse(message, text, near)


_OFTEN_PARTS: Final = ("US", "CA", "AU", "BR")
"""Countries whose people write a part of them by two letters behind a city: "Springfield, IL"."""


def parts_called(text: str) -> Mapping[str, str]:
    """The parts of all countries that are called so: by code, the name.

    Two letters are parts only of the countries whose people write them so.

    Example:
        >>> parts_called("Georgia"), parts_called("il"), parts_called("Narnia")
        ({'US-GA': 'Georgia'}, {'US-IL': 'Illinois'}, {})
    """
    short_codes = [f"{country}-{text.strip().upper()}" for country in _OFTEN_PARTS]
    short_ones = {code: _subdivisions(code[:2])[code] for code in short_codes if code in _subdivisions(code[:2])}
    return {**_parts_by_name().get(fold(text), {}), **short_ones}


@cache
def _parts_by_name() -> Mapping[str, Mapping[str, str]]:
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    found: dict[str, dict[str, str]] = {}
    for each in pycountry.subdivisions:
        found.setdefault(fold(each.name), {})[each.code] = each.name
    return found


@cache
def _subdivisions(country: str) -> Mapping[str, str]:
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    known: Any = pycountry.subdivisions
    return {each.code: each.name for each in known.get(country_code=country) or ()}


def read_language(text: str) -> str:
    """The tag of a language given by tag or English name.

    Raises:
        InvalidQueryError: If no language is called so; ``candidates`` are the names that come near.

    Example:
        >>> read_language("Chinese"), read_language("pt-br"), read_language("traditional Chinese")
        ('zh', 'pt-BR', 'zh-Hant')
    """
    named = _languages().get(fold(text))
    if named is not None:
        return named
    primary, *others = re.split("[-_]", text.strip())
    shortest = _languages().get(primary.lower(), "") if len(primary) in {2, 3} else ""
    tag = "-".join([shortest, *map(_tag_part, others)])
    if shortest and LANGUAGE.matches(tag):
        return tag
    return _refuse_name("language", text, _languages(), "write its English name, or a tag like 'pt' or 'zh-Hans'")


def _tag_part(text: str) -> str:
    """A part of a language tag in its recommended case: scripts in title case, regions in capitals."""
    script, region = 4, 2
    return text.title() if len(text) == script else text.upper() if len(text) == region else text.lower()


_EVERYDAY_LANGUAGES: Final = {
    "cantonese": "yue",
    "farsi": "fa",
    "flemish": "nl",
    "greek": "el",
    "mandarin": "zh",
    "simplified chinese": "zh-Hans",
    "traditional chinese": "zh-Hant",
}
"""Names of languages that people use and pycountry lacks."""


@cache
def _languages() -> Mapping[str, str]:
    """Every name and code of a language, with the shortest tag of it."""
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    found: dict[str, str] = {}
    known: Any = pycountry.languages
    for language in sorted(known, key=lambda each: not hasattr(each, "alpha_2")):  # those with two letters first
        tag = getattr(language, "alpha_2", language.alpha_3)
        names = [getattr(language, key, "") for key in ("alpha_2", "alpha_3", "name", "common_name")]
        for name in (*names, names[2].partition(" (")[0]):
            found.setdefault(fold(name), tag)
    del found[""]
    return found | _EVERYDAY_LANGUAGES


def read_choice(text: str, vocabulary: type[E]) -> E:
    """A member of a vocabulary, by its number in the list that is shown, by its value, or by its value in words.

    Raises:
        InvalidQueryError: If it has none of them.

    Example:
        >>> from friendcities import PartnershipKind
        >>> read_choice("sister city", PartnershipKind) is read_choice("1", PartnershipKind)
        True
    """
    members = list(vocabulary)
    wanted = text.strip()
    if wanted.isascii() and wanted.isdecimal() and 0 < int(wanted) <= len(members):
        return members[int(wanted) - 1]
    by_words = {fold(member.value): member for member in members}
    if fold(wanted) in by_words:
        return by_words[fold(wanted)]
    near = [by_words[each].value for each in _close(fold(wanted), by_words)]
    meant = f"did you mean {_or(near)}?" if near else f"write one of {', '.join(member.value for member in members)}"
    return _refuse(f"{short(wanted)} is none of those that can be; {meant}", text, near or members)


def read_decimal(text: str) -> Decimal:
    """A number in figures: a point before its decimals, and blanks, if any, between its thousands.

    Raises:
        InvalidQueryError: If it is none, or its comma or point may be either.

    Example:
        >>> read_decimal("24 000 000.5")
        Decimal('24000000.5')
        >>> read_decimal("4,321")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: '4,321' may be 4321 or 4.321; write '4321', or '4.3210' with a point \
before the decimals
    """
    plain = text.strip()
    match = _ONE_MARK.fullmatch(plain)
    if match is not None and match[1] not in {"0", "-0"}:
        whole, _, rest = match.groups()
        ways = f"{plain!r} may be {whole}{rest} or {whole}.{rest}"
        _refuse(f"{ways}; write '{whole}{rest}', or '{whole}.{rest}0' with a point before the decimals", text)
    if _GROUPED.fullmatch(plain):
        plain = _BLANKS.sub("", plain)
    number = Decimal(plain) if _NUMBER.fullmatch(plain) else None
    if number is None or not is_decimal(number):
        message = f"{short(text)} is no number that can be read; write figures, a point before decimals, and no comma"
        _refuse(message, text)
    return number


def read_number(text: str) -> int:
    """A whole number, 0 or more."""
    number = read_decimal(text)
    if number != int(number) or number < 0 or number >= 10**15:
        _refuse(f"{short(text)} is no whole number of things; write one like '4321'", text)
    return int(number)


def read_degrees(text: str) -> float:
    """Degrees north or east, with a point before the decimals."""
    plain = text.strip()
    if not _NUMBER.fullmatch(plain) or abs(float(plain)) > _MOST_DEGREES:
        _refuse(f"{short(text)} is no number of degrees; write one like '-45.874'", text)
    return float(plain)


def read_flag(text: str) -> bool:
    """Yes or no."""
    wanted = text.strip().lower()
    if wanted in {"y", "yes", "true"}:
        return True
    if wanted in {"n", "no", "false"}:
        return False
    return _refuse(f"{short(text)} is neither yes nor no; write 'y' or 'n'", text)


def read_address(text: str) -> str:
    """An address on the web."""
    return _of(ADDRESS, text.strip(), "address")


def read_id(text: str) -> str:
    """An id."""
    return _of(ANY_ID, text.strip(), "id")


def read_wikidata(text: str) -> str:
    """The id of a Wikidata item, also from its address."""
    return _of(WIKIDATA, text.strip().rstrip("/").rpartition("/")[2].upper(), "Wikidata id")


def read_slug(text: str) -> str:
    """A word for programs, made of words as people write them.

    Example:
        >>> read_slug("New foreign ventures")
        'new_foreign_ventures'
    """
    return _of(SLUG, fold(text).replace(" ", "_"), "word for what is meant")


def read_unit(text: str) -> str:
    """A currency code, or a word for what is counted."""
    plain = text.strip()
    return plain if UNIT.matches(plain) else _of(UNIT, fold(plain).replace(" ", "_"), "unit")


def split(text: str) -> list[str]:
    """Several things in one line, with semicolons between them.

    Example:
        >>> split("Yang Meiping; Li Ming")
        ['Yang Meiping', 'Li Ming']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def _of(grammar: Grammar, text: str, what: str) -> str:
    if not grammar.matches(text):
        _refuse(f"{short(text)} is no {what}; write {grammar.words}", text)
    return text


def _refuse_name(what: str, text: str, names: Mapping[str, str], hint: str) -> NoReturn:
    near = [f"{name.title()} ({names[name]})" for name in _close(fold(text), names)]
    meant = f"did you mean {' or '.join(near)}?" if near else hint
    _refuse(f"no {what} is called {short(text.strip())}; {meant}", text, near)


def _near(text: str, names: Mapping[str, str]) -> list[str]:
    """What is called a name that comes near, or one that begins with it or ends on it."""
    wanted = fold(text)
    begun = [each for name, each in names.items() if wanted and (name.startswith(wanted) or name.endswith(wanted))]
    return list(dict.fromkeys([*begun, *(names[name] for name in _close(wanted, names))]))[:3]


def _close(wanted: str, names: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    return get_close_matches(wanted, [name for name in names if len(name) > 3], n=3, cutoff=0.75)  # noqa: PLR2004 - codes are no names


def _or(values: Iterable[str]) -> str:
    return " or ".join(map(repr, values))


def _refuse(message: str, text: str, candidates: Iterable[object] = ()) -> NoReturn:
    raise InvalidQueryError(message, text, candidates) from None
