"""Countries as the files of others spell them: in English, in the language of the file, and in spellings of its own."""

import gettext
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import Final

import pycountry
from attrs import field, frozen

from friendcities.model import FrozenMap
from friendcities.names.bounding_boxes import boxes, is_inside
from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold

__all__ = [
    "ALIASES",
    "EVERYDAY",
    "TERRITORIES",
    "CountryReading",
    "CountrySpellings",
    "read_country",
    "translated_countries",
]

ALIASES: Final[Mapping[str, str]] = {
    "Bonaire": "BQ",
    "Bosnia and Hercegovina": "BA",
    "England": "GB",
    "Georgia (country)": "GE",
    "Grece": "GR",
    "in Italy": "IT",
    "Jan Mayen": "SJ",
    "Kazakhstah": "KZ",
    "Madagaskar": "MG",
    "Moldavia": "MD",
    "Northern Cyprus": "CY",
    "Northern Ireland": "GB",
    "Republic of Georgia": "GE",
    "Republic of Ireland": "IE",
    "Saba": "BQ",
    "Scotland": "GB",
    "Sint Eustatius": "BQ",
    "Surinam": "SR",
    "Svalbard": "SJ",
    "Turks and Caicos": "TC",
    "Wales": "GB",
    "West Bank": "PS",
    "Åland": "AX",
}
"""Spellings that occur in lists and that no standard has; each can mean one country only.

It includes parts of the United Kingdom; places whose state ISO 3166 does not list have the code under which it lists
them."""
_ALIASES: Final = {fold(name): code for name, code in ALIASES.items()}
_LONGEST: Final = 200
"""No name of a country is longer."""
_SHARED: Final[Mapping[str, tuple[str, ...]]] = {"georgia": ("GE", "US")}
"""Names of a country that are also the name of a part of another, with both codes: the coordinates decide."""
_LISTED_WITH: Final[Mapping[str, str]] = {
    "AU": "CC CX NF",
    "CN": "HK MO TW",
    "DK": "FO GL",
    "FI": "AX",
    "FR": "BL GF GP MF MQ NC PF PM RE WF YT",
    "GB": "AI BM FK GG GI IM JE KY MS PN SH TC VG",
    "NL": "AW BQ CW SX",
    "NO": "SJ",
    "NZ": "CK NU TK",
    "US": "AS GU MP PR UM VI",
}
TERRITORIES: Final[Mapping[str, str]] = dict(
    sorted((code, country) for country, codes in _LISTED_WITH.items() for code in codes.split())
)
"""The places that have an ISO 3166-1 code and that lists also name with another country: "Bermuda, United Kingdom".

They are read as this code. The table makes no statement about sovereignty."""


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
    """How a file spells countries, besides their English names.

    Example:
        >>> german = CountrySpellings(language="de", own={"Grossbritannien": "GB"})
        >>> [read_country(text, spellings=german).code for text in ("Polen", "GROSSBRITANNIEN")]
        ['PL', 'GB']
    """

    language: str | None = None
    """Its language, as a tag of BCP 47."""
    own: FrozenMap[str, str] = field(default=FrozenMap(), converter=_fold_keys)
    """Its own spellings, each with an ISO 3166-1 code; they override all others."""


_ENGLISH: Final = CountrySpellings()


def read_country(
    text: str, point: tuple[float, float] | None = None, spellings: CountrySpellings = _ENGLISH
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
    if len(text) > _LONGEST:
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
    codes = _SHARED.get(folded) or tuple(countries_called(text))
    if spellings.language is not None:
        codes = tuple(dict.fromkeys((*codes, *translated_countries(spellings.language).get(folded, ()))))
    if codes:
        return CountryReading(codes[0]) if len(codes) == 1 else CountryReading(None, codes)
    return CountryReading(_ALIASES.get(folded), standard=False)


_DOMAIN: Final = "iso3166-1"
_NAME_FIELDS: Final = ("name", "common_name", "official_name")
_LOCALES: Final[Mapping[str, str]] = {
    "nb": "nb_NO",
    "no": "nb_NO",
    "sr_latn": "sr@latin",
    "zh": "zh_CN",
    "zh_hans": "zh_CN",
    "zh_hant": "zh_TW",
}
"""The locale of a language where it differs from its tag."""
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
"""How umlauts are written in ASCII."""
EVERYDAY: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {
        "BRD": "DE",
        "Bosnien-Herzegowina": "BA",
        "DDR": "DE",
        "DR Kongo": "CD",
        "Elfenbeinküste": "CI",
        "England": "GB",
        "Großbritannien": "GB",
        "Mazedonien": "MK",
        "Moldawien": "MD",
        "Nordirland": "GB",
        "Palästina": "PS",
        "Russland": "RU",
        "Schottland": "GB",
        "VR China": "CN",
        "Wales": "GB",
        "Weißrussland": "BY",
    },
    "es": {
        "Escocia": "GB",
        "Gales": "GB",
        "Gran Bretaña": "GB",
        "Holanda": "NL",
        "Inglaterra": "GB",
        "Irlanda del Norte": "GB",
        "Palestina": "PS",
        "Rusia": "RU",
    },
    "fr": {
        "Angleterre": "GB",
        "Biélorussie": "BY",
        "Écosse": "GB",
        "Grande-Bretagne": "GB",
        "Hollande": "NL",
        "Irlande du Nord": "GB",
        "Macédoine": "MK",
        "Pays de Galles": "GB",
        "RDC": "CD",
        "Russie": "RU",
    },
    "it": {
        "Galles": "GB",
        "Gran Bretagna": "GB",
        "Inghilterra": "GB",
        "Irlanda del Nord": "GB",
        "Olanda": "NL",
        "Palestina": "PS",
        "Scozia": "GB",
    },
    "nl": {
        "Engeland": "GB",
        "Groot-Brittannië": "GB",
        "Noord-Ierland": "GB",
        "Palestina": "PS",
        "Schotland": "GB",
    },
    "pl": {
        "Anglia": "GB",
        "Kosowo": "XK",
        "Palestyna": "PS",
        "Rosja": "RU",
        "Szkocja": "GB",
    },
}
"""Everyday names of countries, and of parts of the United Kingdom, that the translated standard does not have."""


@cache
def translated_countries(language: str) -> Mapping[str, tuple[str, ...]]:
    """The names of countries in a language, folded, each with the codes of all countries that it can mean.

    The translation of an ambiguous English name is ambiguous too.

    Args:
        language: A tag of BCP 47; a language without translations has no names.

    Example:
        >>> translated_countries("de")["frankreich"], translated_countries("fr-CA")["pologne"]
        (('FR',), ('PL',))
        >>> translated_countries("de")["kongo"], translated_countries("de")["oesterreich"]
        (('CD', 'CG'), ('AT',))
    """
    codes: defaultdict[str, set[str]] = defaultdict(set)
    known = gettext.translation(_DOMAIN, pycountry.LOCALES_DIR, languages=list(_locales(language)), fallback=True)
    for country in pycountry.countries:
        for name in filter(None, (getattr(country, key, None) for key in _NAME_FIELDS)):
            translated = known.gettext(name)
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
