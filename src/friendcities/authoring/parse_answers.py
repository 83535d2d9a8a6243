"""Parses typed text into values of records.

Every function raises InvalidQueryError for invalid or ambiguous text. The error's ``candidates`` are the possible
values.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any, Final, NoReturn, TypeVar

import pycountry

from friendcities.errors import InvalidQueryError
from friendcities.importers.names_gate import check_name
from friendcities.model.grammar import ADDRESS, ANY_ID, LANGUAGE, SLUG, UNIT, WIKIDATA, Grammar, is_decimal
from friendcities.model.record import is_text, short
from friendcities.names.countries import (
    countries_called,
    country_code,
    country_names,
    names_in_all_languages,
    read_country,
)
from friendcities.names.normalize import composed, fold

E = TypeVar("E", bound=StrEnum)
_subdivisions: Any = pycountry.subdivisions  # pycountry has no types


def _reject(message: str, text: str, hint: str, candidates: Iterable[object] = ()) -> NoReturn:
    raise InvalidQueryError(message, text, candidates, hint) from None


def _reject_name(what: str, text: str, names: Mapping[str, str], expected: str) -> NoReturn:
    """Reject an unknown name. The error suggests similar names with codes."""
    by_code: dict[str, str] = {}
    for name in _find_similar(fold(text), names):
        by_code.setdefault(names[name], name)
    similar = [f"{name.title()} ({code})" for code, name in by_code.items()]
    hint = f"did you mean {' or '.join(similar)}?" if similar else f"expected {expected}"
    _reject(f"unknown {what} {short(text.strip())}", text, hint, similar)


def _find_similar(wanted: str, names: Iterable[str]) -> list[str]:
    """Return at most three similar names, the best first. Codes are not suggested."""
    return get_close_matches(wanted, [name for name in names if len(name) > 3], n=3, cutoff=0.75)  # noqa: PLR2004


def _match(grammar: Grammar, text: str, what: str) -> str:
    if not grammar.matches(text):
        _reject(f"invalid {what} {short(text)}", text, f"expected {grammar.words}")
    return text


_HOST: Final = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?$")
"""The host of an address, and the rest of the address."""


def split_list(text: str) -> list[str]:
    """Split a line at semicolons.

    Example:
        >>> split_list("Yang Meiping; Li Ming")
        ['Yang Meiping', 'Li Ming']
    """
    return [part.strip() for part in text.split(";") if part.strip()]


def parse_text(text: str) -> str:
    """Strip surrounding spaces, and convert the text to Unicode NFC."""
    text = composed(text.strip())
    if not is_text(text):
        _reject(f"invalid text {short(text)}", text, "expected printable characters")
    return text


def parse_city_name(text: str) -> str:
    """Parse the name of a city.

    Example:
        >>> parse_city_name("Ulm[2]")
        'Ulm'
    """
    checked = check_name(text)
    if checked.name is None:
        _reject(f"invalid name: {checked.remarks[-1].detail}", text, "expected only the name of a city")
    return checked.name


def parse_choice(text: str, vocabulary: type[E]) -> E:
    """Parse a value of a vocabulary. The text may be the number in the list, or the value.

    Example:
        >>> from friendcities import PartnershipKind
        >>> parse_choice("sister city", PartnershipKind) is parse_choice("1", PartnershipKind)
        True
    """
    members = list(vocabulary)
    wanted = text.strip()
    if wanted.isascii() and wanted.isdecimal() and 0 < int(wanted) <= len(members):
        return members[int(wanted) - 1]
    by_words = {fold(member.value): member for member in members}
    if fold(wanted) in by_words:
        return by_words[fold(wanted)]
    parts = [words for words in by_words if fold(wanted) in words.split()]  # "city" for "city government"
    similar = [by_words[words].value for words in dict.fromkeys([*_find_similar(fold(wanted), by_words), *parts])]
    hint = f"did you mean {' or '.join(map(repr, similar))}?" if similar else f"expected one of {', '.join(members)}"
    return _reject(f"invalid answer {short(wanted)}", text, hint, similar or members)


def parse_yes_or_no(text: str) -> bool:
    """Parse "yes" or "no"."""
    wanted = text.strip().lower()
    if wanted not in {"y", "yes", "true", "n", "no", "false"}:
        _reject(f"invalid answer {short(text)}", text, "expected 'y' or 'n'")
    return wanted[0] in "yt"


def parse_address(text: str) -> str:
    """Parse a web address. If the protocol is missing, ``https://`` is added.

    Example:
        >>> parse_address("www.dunedin.govt.nz/partners")
        'https://www.dunedin.govt.nz/partners'
    """
    plain = text.strip()
    return _match(ADDRESS, f"https://{plain}" if _HOST.match(plain) else plain, "address")


def is_address(text: str) -> bool:
    """Whether a text is a web address."""
    plain = text.strip()
    return "://" in plain or ((plain.startswith("www.") or "/" in plain) and _HOST.match(plain) is not None)


def parse_id(text: str) -> str:
    """Parse an id."""
    return _match(ANY_ID, text.strip(), "id")


def parse_wikidata_id(text: str) -> str:
    """Parse the id or the web address of a Wikidata item."""
    return _match(WIKIDATA, text.strip().rstrip("/").rpartition("/")[2].upper(), "Wikidata id")


def parse_slug(text: str) -> str:
    """Convert words to an identifier with underscores.

    Example:
        >>> parse_slug("New foreign ventures")
        'new_foreign_ventures'
    """
    return _match(SLUG, fold(text).replace(" ", "_"), "word")


def parse_unit(text: str) -> str:
    """Parse a unit, such as ``USD`` or ``inhabitants``."""
    plain = text.strip()
    return plain if UNIT.matches(plain) else _match(UNIT, fold(plain).replace(" ", "_"), "unit")


_SPACE: Final = r"[ \u00a0\u2009\u202f]"
_GROUPED: Final = re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:\.\d+)?", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_ONE_SEPARATOR: Final = re.compile(r"(-?\d{1,3})[.,](\d{3})", re.ASCII)
_MAX_DEGREES: Final = 180


def parse_decimal(text: str) -> Decimal:
    """Parse a decimal number. Spaces may separate groups of thousands.

    Example:
        >>> parse_decimal("24 000 000.5")
        Decimal('24000000.5')
        >>> parse_decimal("4,321")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: '4,321' can mean 4321 or 4.321; write '4321', or '4.3210' with a point \
before the decimals
    """
    plain = text.strip()
    match = _ONE_SEPARATOR.fullmatch(plain)
    if match is not None and match[1] not in {"0", "-0"}:
        whole, rest = match.groups()
        hint = f"write '{whole}{rest}', or '{whole}.{rest}0' with a point before the decimals"
        _reject(f"{plain!r} can mean {whole}{rest} or {whole}.{rest}", text, hint)
    if _GROUPED.fullmatch(plain):
        plain = re.sub(_SPACE, "", plain)
    number = Decimal(plain) if _NUMBER.fullmatch(plain) else None
    if number is None or not is_decimal(number):
        _reject(f"invalid number {short(text)}", text, "expected a number without commas, such as 12.5")
    return number


def parse_number(text: str) -> int:
    """Parse an integer that is not negative."""
    number = parse_decimal(text)
    if number != int(number) or number < 0 or number >= 10**15:
        _reject(f"invalid count {short(text)}", text, "expected a whole number such as '4321'")
    return int(number)


def parse_degrees(text: str) -> float:
    """Parse degrees north or east as a decimal number."""
    plain = text.strip()
    if not _NUMBER.fullmatch(plain) or abs(float(plain)) > _MAX_DEGREES:
        _reject(f"invalid degrees {short(text)}", text, "expected a number from -180 to 180, such as '-45.874'")
    return float(plain)


def parse_country(text: str) -> str:
    """Parse the code or name of a country.

    Example:
        >>> parse_country("Russia")
        'RU'
    """
    called = read_country(text)
    if called.standard and len(called.candidates) > 1 and len(countries_called(text)) == 1:
        one, other = called.candidates
        hint = f"write {one!r}, or {other!r} for the country of this part"
        _reject(f"{text.strip()!r} can mean the country {one} or a part of {other}", text, hint, (one, other))
    code = country_code(text)
    if code is not None:
        return code
    return _reject_name("country", text, country_names(), "the name or code of a country, such as 'NZ'")


def parse_subdivision(text: str, country: str) -> str:
    """Parse the name or code of a subdivision.

    Example:
        >>> parse_subdivision("Otago", "NZ"), parse_subdivision("IL", "US")
        ('NZ-OTA', 'US-IL')
    """
    names = _subdivision_names(country)
    code = text.strip().upper()
    for known in (code, f"{country}-{code}"):
        if known in names:
            return known
    wanted = fold(text)
    codes = [known for known, name in names.items() if fold(name) == wanted]
    if len(codes) == 1:
        return codes[0]
    if codes:
        hint = f"write one of {' or '.join(map(repr, codes))}"
        _reject(f"{country} has {len(codes)} parts with the name {short(text)}", text, hint, codes)
    by_name = {fold(name): known for known, name in names.items()}
    begun = [known for name, known in by_name.items() if wanted and (name.startswith(wanted) or name.endswith(wanted))]
    found = dict.fromkeys([*begun, *(by_name[name] for name in _find_similar(wanted, by_name))])
    similar = [f"{names[known]} ({known})" for known in found][:3]
    expected = f"expected a name, a code such as {next(iter(names))!r}, or nothing" if names else "leave the answer out"
    hint = f"did you mean {' or '.join(similar)}?" if similar else expected
    return _reject(f"{country} has no state, province or region {short(text)}", text, hint, similar)


_ABBREVIATING: Final = ("US", "CA", "AU", "BR")
"""Countries with two-letter states after the names of cities, such as "Springfield, IL"."""


def find_subdivisions(text: str) -> Mapping[str, str]:
    """Return the names of the subdivisions that match a text, by code.

    Short codes match, too, such as "il" for US-IL.

    Example:
        >>> find_subdivisions("Georgia"), find_subdivisions("il"), find_subdivisions("Narnia")
        ({'US-GA': 'Georgia'}, {'US-IL': 'Illinois'}, {})
    """
    codes = [f"{country}-{text.strip().upper()}" for country in _ABBREVIATING]
    abbreviated = {code: _subdivision_names(code[:2])[code] for code in codes if code in _subdivision_names(code[:2])}
    return {**_subdivisions_by_name().get(fold(text), {}), **abbreviated}


def find_constituent_country(text: str) -> tuple[str, str] | None:
    """Return the codes of a constituent country such as Scotland. Return ``None`` for other names.

    Example:
        >>> find_constituent_country("Scotland"), find_constituent_country("Mexico")
        (('GB', 'GB-SCT'), None)
    """
    reading = read_country(text)
    if reading.code is None or reading.standard:
        return None
    codes = [code for code, name in _subdivision_names(reading.code).items() if fold(name) == fold(text)]
    return (reading.code, codes[0]) if len(codes) == 1 else None


def check_place(text: str) -> None:
    """Reject a text that is neither a country nor a part of a country.

    Example:
        >>> check_place("Portugl")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: unknown country or part 'Portugl'; did you mean Portugal (PT)?
    """
    parts = _subdivisions_by_name()
    code = f"-{text.strip().upper()}"
    if countries_called(text) or fold(text) in parts or any(f"-{each.code}".endswith(code) for each in _subdivisions):
        return
    names = {name: next(iter(codes)) for name, codes in (*names_in_all_languages().items(), *parts.items())}
    expected = "the name or code of a country or of a part, such as 'NZ'"
    _reject_name("country or part", text, {**names, **country_names()}, expected)


@cache
def _subdivisions_by_name() -> Mapping[str, Mapping[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for subdivision in _subdivisions:
        name = subdivision.name.partition(" [")[0]  # "Wales [Cymru GB-CYM]"
        found.setdefault(fold(name), {})[subdivision.code] = name
    return found


@cache
def _subdivision_names(country: str) -> Mapping[str, str]:
    return {each.code: each.name.partition(" [")[0] for each in _subdivisions.get(country_code=country) or ()}


_COMMON_LANGUAGE_NAMES: Final = {
    "cantonese": "yue",
    "farsi": "fa",
    "flemish": "nl",
    "greek": "el",
    "mandarin": "zh",
    "simplified chinese": "zh-Hans",
    "traditional chinese": "zh-Hant",
}
"""Common names that pycountry lacks."""


def parse_language(text: str) -> str:
    """Parse the tag or the English name of a language.

    Example:
        >>> parse_language("Chinese"), parse_language("pt-br"), parse_language("traditional Chinese")
        ('zh', 'pt-BR', 'zh-Hant')
    """
    tags = _language_tags()
    if fold(text) in tags:
        return tags[fold(text)]
    primary, *subtags = re.split("[-_]", text.strip())
    shortest = tags.get(primary.lower(), "") if len(primary) in {2, 3} else ""
    tag = "-".join([shortest, *map(_format_subtag, subtags)])
    if shortest and LANGUAGE.matches(tag):
        return tag
    return _reject_name("language", text, tags, "the English name of a language, or a tag such as 'zh-Hans'")


def _format_subtag(text: str) -> str:
    """Return a part of a language tag in the standard case, such as ``Hant`` or ``BR``."""
    script, region = 4, 2
    return text.title() if len(text) == script else text.upper() if len(text) == region else text.lower()


@cache
def _language_tags() -> Mapping[str, str]:
    """Return the shortest language tag for each name and code."""
    found: dict[str, str] = {}
    languages: Any = pycountry.languages
    for language in sorted(languages, key=lambda each: not hasattr(each, "alpha_2")):  # two-letter codes first
        tag = getattr(language, "alpha_2", language.alpha_3)
        names = [getattr(language, key, "") for key in ("alpha_2", "alpha_3", "name", "common_name")]
        for name in (*names, names[2].partition(" (")[0]):
            found.setdefault(fold(name), tag)
    del found[""]
    return found | _COMMON_LANGUAGE_NAMES
