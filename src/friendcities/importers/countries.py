"""Countries as the files of others spell them: in English, in the language of the file, and in spellings of its own."""

import gettext
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

import pycountry
from attrs import field, frozen
from importlib_resources import files

from friendcities.model import FrozenMap
from friendcities.names.bounding_boxes import boxes, is_inside
from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold

_TABLES: Final = tomllib.loads(files("friendcities.importers").joinpath("country_spellings.toml").read_text("utf-8"))
ALIASES: Final[Mapping[str, str]] = _TABLES["aliases"]
"""Spellings that occur in lists and that no standard has, each with the code of the one country that it can mean."""
EVERYDAY: Final[Mapping[str, Mapping[str, str]]] = _TABLES["everyday"]
"""Everyday names of countries, by language, that the translated standard does not have."""
TERRITORIES: Final[Mapping[str, str]] = dict(
    sorted((code, country) for country, codes in _TABLES["territories"].items() for code in codes.split())
)
"""The places that have an ISO 3166-1 code, and the country with which lists also name them: "Bermuda, United Kingdom".

They are read as their own code. The table makes no statement about sovereignty."""
_ALIASES: Final = {fold(name): code for name, code in ALIASES.items()}
_MOST_CHARACTERS: Final = 200
"""The longest spelling that is read."""
_AMBIGUOUS: Final[Mapping[str, tuple[str, ...]]] = {"georgia": ("GE", "US")}
"""Names of a country that are also the name of a part of another, with both codes: the coordinates decide."""


@frozen
class CountryReading:
    """The country that a spelling means."""

    code: str | None
    """ISO 3166-1 alpha-2; ``None`` where the spelling is unknown or ambiguous."""
    candidates: tuple[str, ...] = ()
    """The codes of all countries that an ambiguous spelling can mean."""
    standard: bool = True
    """Whether the spelling is a code or a usual name, and not one of the file's own."""


def _fold_keys(spellings: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({fold(spelling): code for spelling, code in spellings.items()})


@frozen
class CountrySpellings:
    """How a file spells countries, besides their English names."""

    language: str | None = None
    """Its language, as a tag of BCP 47."""
    own: FrozenMap[str, str] = field(default=FrozenMap(), converter=_fold_keys)
    """Its own spellings, each with an ISO 3166-1 code; they override all others."""


def read_country(
    text: str, point: tuple[float, float] | None = None, spellings: CountrySpellings = CountrySpellings()
) -> CountryReading:
    """The country that a spelling means.

    The file's own spellings come first; then a usual name in English or in the language of the file, or a code; then
    :data:`ALIASES`; then an inverted name ("Korea, South"); then, of "a part, a country", the country, or the part if
    it is in :data:`TERRITORIES`. An ambiguous name, and the names of two countries, are resolved by the coordinates if
    these lie in one of the countries only.

    Args:
        text: The spelling.
        point: Latitude and longitude of the place, in degrees.
        spellings: How the file spells countries.

    Example:
        >>> read_country("England, United Kingdom").code, read_country("Réunion, France").code
        ('GB', 'RE')
        >>> read_country("Congo, Democratic Republic of the").code
        'CD'
        >>> read_country("Georgia").candidates, read_country("Georgia", (41.7, 44.8)).code
        (('GE', 'US'), 'GE')
        >>> read_country("Frankreich").code, read_country("Frankreich", spellings=CountrySpellings("de")).code
        (None, 'FR')
    """
    if len(text) > _MOST_CHARACTERS:
        return CountryReading(None)
    reading = _read_spelling(text.strip(), spellings)
    if reading.candidates and point is not None:
        within = [code for code in reading.candidates if code in boxes() and is_inside(boxes()[code], *point)]
        if len(within) == 1:
            return CountryReading(within[0], standard=reading.standard)
    return reading


@lru_cache(4096)
def _read_spelling(text: str, spellings: CountrySpellings) -> CountryReading:
    part, comma, whole = (each.strip() for each in text.rpartition(","))
    reading = _read_name(text, spellings)
    if not comma or reading.code or reading.candidates:
        return reading
    inverted = _read_name(f"{whole} {part}", spellings)
    if inverted.code is not None:
        return CountryReading(inverted.code, standard=False)
    outer, inner = _read_spelling(whole, spellings).code, _read_spelling(part, spellings)
    if outer is None:
        return CountryReading(None)
    codes = tuple(code for code in (inner.code, *inner.candidates) if code is not None)
    territories = [code for code in codes if TERRITORIES.get(code) == outer]
    if codes and not territories and outer not in codes:
        return CountryReading(None, (*codes, outer), standard=False)
    return CountryReading(territories[0] if len(territories) == 1 else outer, standard=False)


def _read_name(text: str, spellings: CountrySpellings) -> CountryReading:
    """The country of a name without a part."""
    folded = fold(text)
    if folded in spellings.own:
        return CountryReading(spellings.own[folded])
    codes = _AMBIGUOUS.get(folded) or tuple(countries_called(text))
    if spellings.language is not None:
        codes = tuple(dict.fromkeys((*codes, *translated_countries(spellings.language).get(folded, ()))))
    if codes:
        return CountryReading(codes[0]) if len(codes) == 1 else CountryReading(None, codes)
    return CountryReading(_ALIASES.get(folded), standard=False)


_NAME_FIELDS: Final = ("name", "common_name", "official_name")
_LOCALES: Final[Mapping[str, str]] = _TABLES["locales"]
"""The locale of a language where it differs from its tag."""
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
"""How umlauts are written in ASCII."""


@cache
def translated_countries(language: str) -> Mapping[str, tuple[str, ...]]:
    """The names of countries in a language, folded, each with the codes of all countries that it can mean.

    The translation of an ambiguous English name is ambiguous too; a language without translations has no names.

    Example:
        >>> translated_countries("de")["frankreich"], translated_countries("fr-CA")["pologne"]
        (('FR',), ('PL',))
        >>> translated_countries("de")["kongo"], translated_countries("de")["oesterreich"]
        (('CD', 'CG'), ('AT',))
    """
    codes: defaultdict[str, set[str]] = defaultdict(set)
    locales = list(_locales(language))
    translation = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=locales, fallback=True)
    for country in pycountry.countries:
        for name in filter(None, (getattr(country, key, None) for key in _NAME_FIELDS)):
            translated = translation.gettext(name)
            before, _, after = translated.partition(", ")  # as in "Korea, Republik"
            for each in (translated, f"{after} {before}".strip()) if translated != name else ():
                for spelling in (each, each.translate(_UMLAUTS)):
                    codes[fold(spelling)] |= {country.alpha_2, *countries_called(name)}
    for name, code in EVERYDAY.get(language.partition("-")[0].lower(), {}).items():
        for spelling in (name, name.translate(_UMLAUTS)):
            codes[fold(spelling)].add(code)
    return {name: tuple(sorted(each)) for name, each in codes.items()}


def _locales(language: str) -> Iterator[str]:
    """The locales for a language, the closest first, then with fewer parts."""
    parts = language.split("-")
    for number in range(len(parts), 0, -1):
        tag = "_".join((parts[0].lower(), *(part.upper() for part in parts[1:number])))
        yield _LOCALES.get(tag.lower(), tag)
