"""Finds the country for a code, or for a name in many languages."""

import gettext
import json
import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any, Final

import pycountry
from attrs import evolve, field, frozen
from importlib_resources import files

from friendcities.errors import InvalidQueryError
from friendcities.limits import COUNTRY_CHARACTERS
from friendcities.model import FrozenMap
from friendcities.names.bounding_boxes import boxes, is_inside
from friendcities.names.normalize import WRITTEN_OUT, fold
from friendcities.names.similarity import SimilarNames

_FILES: Final = files("friendcities.names")
_TABLES: Final = tomllib.loads(_FILES.joinpath("country_spellings.toml").read_text("utf-8"))
ALIASES: Final[Mapping[str, str]] = {name: code[:2] for name, code in _TABLES["aliases"].items()}
"""Spellings that no standard contains, each with the code of the only country that the spelling can mean."""
EVERYDAY: Final[Mapping[str, Mapping[str, str]]] = {
    language: {name: code[:2] for name, code in names.items()} for language, names in _TABLES["everyday"].items()
}
"""Everyday names of countries, by language, that the translations of pycountry lack."""
TERRITORIES: Final[Mapping[str, str]] = dict(
    sorted((code, country) for country, codes in _TABLES["territories"].items() for code in codes.split())
)
"""Places that have their own country code, but that some lists write with another country.

"Bermuda, United Kingdom" is read as the code of Bermuda. The table makes no statement about sovereignty."""
_SUBDIVISION_LANGUAGES: Final = ("en", "de", "es", "fr", "it", "nl", "pl", "pt")
"""The languages in which the names of subdivisions are read."""
_PARTS_OF_COUNTRIES: Final[Mapping[str, tuple[str, str]]] = {"georgia": ("GE", "US")}
"""Names of a country and also of a part of another country, with both country codes."""
_NAME_FIELDS: Final = ("name", "common_name", "official_name")
_LOCALES: Final[Mapping[str, str]] = _TABLES["locales"]

# ---- spelling rules ----

_SKIPPED: Final = frozenset({"the", "of", "and", "former", "formerly", "now"})
_ABBREVIATIONS: Final = {
    "dem": "democratic", "federal": "fed", "federated": "fed", "federation": "fed", "is": "islands", "rep": "republic",
    "st": "saint", "sts": "states",
}  # fmt: skip
_DIRECTIONS: Final = {"n": "north", "s": "south", "e": "east", "w": "western"}
"""Abbreviations at the start of a name, such as "S. Korea" and "W. Sahara"."""
_INITIALS: Final = re.compile(r"\b(\w) (?=\w\b)")
_TWO_NAMES: Final = re.compile(r"(.+?)\s*(?:[,(/\[]|（)\s*([^,/]+?)\s*[])）]?")
"""Matches a text with two names, such as "Texas, USA", "USA (Texas)" or "Holland/Netherlands"."""
_PART_BEHIND: Final = re.compile(r"(.+?)(?:\s+[–—-]\s+|\s*:\s*|\s*[(\[（]\s*)([^()\[\]（）]+?)\s*[])）]?")
"""A country and its part: "Germany (Bavaria)", "Canada - Quebec"."""
_UNITS: Final = frozenset({"city", "county", "district", "island", "province", "region", "state"})
"""Words in brackets that do not confirm that the name before the brackets means a country."""
_NOTES: Final = frozenset({"country", "mainland", "nation"})
"""Words that do not change the meaning of the name of a country if they follow it in brackets."""
_FORM_OF_STATE: Final = re.compile(
    "(?:(?:arab|democratic|fed|federative|independent|islamic|peoples|popular|socialist|yugoslav) )*"
    "(?:emirate|kingdom|principality|republic|sultanate) (.+)"
)
_FORM_OF_STATE_ELSEWHERE: Final = re.compile(
    "bundes|confedera|cumhuriyet|eidgenoss|emirat|estado|etats|foderat|furstentum|kongeri|konigreich|koninkrijk|konunga|"
    "koztars|kralovstvi|krolestwo|principa|regno|reino|republi|repubbli|respubli|royaume|rzeczpospolita|staat|stati|"
    "stany|sultan|tasavalta|vabariik|volks"
)
"""Matches a word for a form of state in another language with Latin letters."""
_OFFICIAL_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "ARABIC": ("ar",),
    "CJK": ("ja", "zh", "zh-Hant"),
    "CYRILLIC": ("bg", "ru", "sr", "uk"),
    "GREEK": ("el",),
    "HANGUL": ("ko",),
    "HEBREW": ("he",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "LATIN": (
        *(
            "cs",
            "da",
            "de",
            "es",
            "et",
            "fi",
            "fr",
            "hr",
            "hu",
            "it",
            "lt",
            "lv",
            "nb",
            "nl",
            "pl",
            "pt",
            "ro",
            "sk",
            "sl",
        ),
        *("sv", "tr"),
    ),
}
"""The languages in which official names are read, by the script of the name."""


def comparison_key(text: str) -> str:
    """Normalize the name of a country, so that the same name always gives the same key.

    Example:
        >>> comparison_key("St. Kitts & Nevis"), comparison_key("The U.S. Virgin Is.")
        ('saint kitts nevis', 'us virgin islands')
    """
    words = [each for each in _INITIALS.sub(r"\1", fold(text)).split() if each not in _SKIPPED]
    if len(words) > 1:
        words[0] = _DIRECTIONS.get(words[0], words[0])
    return " ".join(_ABBREVIATIONS.get(word, word) for word in words)


def _with_usual_order(name: str) -> Iterator[str]:
    """For "Korea, Republic of", also yield "Republic of Korea"."""
    before, comma, after = name.partition(", ")
    yield name
    if comma:
        yield f"{after} {before}"


# ---- tables of names ----


@cache
def country_names() -> Mapping[str, str]:
    """Return the country code for each normalized English name."""
    found: dict[str, str] = {}
    for country in pycountry.countries:
        for name in filter(None, (getattr(country, key, None) for key in _NAME_FIELDS)):
            for each in _with_usual_order(name):
                found.setdefault(comparison_key(each), country.alpha_2)
    return found | {comparison_key(name): code for name, code in _TABLES["names"].items()}


@cache
def _codes() -> Mapping[str, str]:
    codes = {code: each.alpha_2 for each in pycountry.countries for code in (each.alpha_2, each.alpha_3, each.numeric)}
    return codes | {"XK": "XK"}


@cache
def _shared() -> Mapping[str, tuple[str, ...]]:
    return {comparison_key(name): tuple(codes.split()) for name, codes in _TABLES["shared"].items()}


@cache
def _aliases() -> Mapping[str, str]:
    return {comparison_key(name): code for name, code in ALIASES.items()}


@cache
def _parts_by_name() -> Mapping[str, str]:
    """Return the ISO 3166-2 codes of parts that lists name as countries, such as "Scotland"."""
    tables = (_TABLES["aliases"], *_TABLES["everyday"].values())
    return {comparison_key(name): code for names in tables for name, code in names.items() if "-" in code}


@cache
def names_in_all_languages() -> Mapping[str, tuple[str, ...]]:
    """Return the country codes for common names in all languages. ``tools/country_names.py`` makes the file."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    for code, names in json.loads(_FILES.joinpath("country_names.json").read_bytes()).items():
        for name in names.split("|"):
            codes[name].add(code)
    for everyday in EVERYDAY.values():
        for name, code in everyday.items():
            codes[comparison_key(name)].add(code)
    return {name: tuple(sorted(each)) for name, each in codes.items()}


def _official_names(key: str) -> tuple[str, ...]:
    script = unicodedata.name((key or " ")[0], "").partition(" ")[0]
    if script == "LATIN" and _FORM_OF_STATE_ELSEWHERE.search(key) is None:
        return ()
    languages = _OFFICIAL_NAMES.get(script, ())
    return tuple(sorted({code for each in languages for code in translated_countries(each).get(key, ())}))


@cache
def translated_countries(language: str) -> Mapping[str, tuple[str, ...]]:
    """Return the names of countries in a language, each with its possible country codes.

    Example:
        >>> translated_countries("de")["frankreich"], translated_countries("fr-CA")["pologne"]
        (('FR',), ('PL',))
        >>> translated_countries("de")["kongo"], translated_countries("de")["oesterreich"]
        (('CD', 'CG'), ('AT',))
    """
    codes: defaultdict[str, set[str]] = defaultdict(set)
    translation = gettext.translation(
        "iso3166-1", pycountry.LOCALES_DIR, languages=list(_locales(language)), fallback=True
    )
    for country in pycountry.countries:
        for name in filter(None, (getattr(country, key, None) for key in _NAME_FIELDS)):
            translated = translation.gettext(name)
            for each in _with_usual_order(translated) if translated != name else ():
                for spelling in (each, each.translate(WRITTEN_OUT)):
                    codes[comparison_key(spelling)] |= {country.alpha_2, *_shared().get(comparison_key(name), ())}
    for name, code in EVERYDAY.get(language.partition("-")[0].lower(), {}).items():
        for spelling in (name, name.translate(WRITTEN_OUT)):
            codes[comparison_key(spelling)].add(code)
    return {name: tuple(sorted(each)) for name, each in codes.items()}


def _locales(language: str) -> Iterator[str]:
    parts = language.split("-")
    for number in range(len(parts), 0, -1):
        tag = "_".join((parts[0].lower(), *(part.upper() for part in parts[1:number])))
        yield _LOCALES.get(tag.lower(), tag)


# ---- the reader ----


@frozen
class CountryReading:
    """The country that a spelling means."""

    code: str | None
    """The ISO 3166-1 alpha-2 code; ``None`` if the spelling is unknown or ambiguous."""
    candidates: tuple[str, ...] = ()
    """The codes of all countries that an ambiguous spelling can mean."""
    standard: bool = True
    """Whether the spelling is a code, a usual English name, or a usual name in the language of the file."""
    part: str | None = None
    """The name or the ISO 3166-2 code of the part of the country that the spelling means, as in "Ohio, USA"."""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of all possible countries."""
        return self.candidates if self.code is None else (self.code,)


_UNKNOWN: Final = CountryReading(None, standard=False)


def _reading(codes: tuple[str, ...], *, standard: bool = False) -> CountryReading:
    return CountryReading(codes[0], (), standard) if len(codes) == 1 else CountryReading(None, codes, standard)


def _key_spellings(spellings: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({comparison_key(spelling): code for spelling, code in spellings.items()})


@frozen
class CountrySpellings:
    """The language of a file, and its spellings of countries."""

    language: str | None = None
    """The language of the file, as a BCP 47 tag."""
    own: FrozenMap[str, str] = field(default=FrozenMap(), converter=_key_spellings)
    """The file's own spellings, each with an ISO 3166-1 code. These spellings override all others."""


_NO_SPELLINGS: Final = CountrySpellings()


def read_country(
    text: str, point: tuple[float, float] | None = None, spellings: CountrySpellings = _NO_SPELLINGS
) -> CountryReading:
    """Return the country that a spelling means.

    Names in English and in the language of the file take precedence over names in other languages.

    A code in lower case can also be a name. For example, "Nga" means Russia in a Vietnamese file. If several countries
    are possible, ``point`` decides.

    Args:
        text: The spelling.
        point: Latitude and longitude of the place, in degrees.
        spellings: The spellings of the file.

    Example:
        >>> read_country("England, United Kingdom").code, read_country("Réunion, France").code
        ('GB', 'RE')
        >>> read_country("Congo, Democratic Republic of the").code, read_country("ロシア").code
        ('CD', 'RU')
        >>> read_country("Georgia").candidates, read_country("Georgia", (41.7, 44.8)).code
        (('GE', 'US'), 'GE')
    """
    reading = _read_one_or_two_names(text.strip(), spellings) if len(text) <= COUNTRY_CHARACTERS else _UNKNOWN
    if reading.candidates and point is not None:
        within = tuple(code for code in reading.candidates if code in boxes() and is_inside(boxes()[code], *point))
        if len(within) == 1:
            return _reading(within, standard=reading.standard)
    return reading


@lru_cache(4096)
def _read_one_or_two_names(text: str, spellings: CountrySpellings) -> CountryReading:
    reading = _read_name(text, spellings)
    two = _TWO_NAMES.fullmatch(text) or _PART_BEHIND.fullmatch(text)
    if two is None or reading.codes:
        return evolve(reading, part=_parts_by_name().get(comparison_key(text)))
    part, whole = two.groups()
    for inverted in (f"{whole} {part}", f"{part} {whole}"):
        codes = _read_name(inverted, spellings).codes
        if len(codes) == 1:
            return _reading(codes)
    one, other = _read_one_or_two_names(part, spellings), _read_one_or_two_names(whole, spellings)
    inner, outer = one.codes, other.code
    if fold(whole) in _NOTES:
        return _reading(inner[:1])
    if outer is None:  # "USA (Texas)"
        is_part = len(inner) == 1 and _may_be_part(inner[0], whole, text)
        return evolve(_reading(inner), part=whole) if is_part else _UNKNOWN
    territories = [code for code in inner if TERRITORIES.get(code) == outer]
    if TERRITORIES.get(outer) in inner:  # "China (Taiwan)" means the same as "Taiwan, China"
        territories = [outer]
    subdivision = find_subdivision(outer, part)
    is_code = subdivision == f"{outer}-{part.upper()}"  # "CO, USA"
    if inner and not territories and outer not in inner and not is_code:
        return CountryReading(None, (*inner, outer), standard=False)
    is_part = not inner or is_code or (len(inner) > 1 and subdivision is not None)  # "Georgia, USA"
    named = part if is_part else one.part or other.part
    return evolve(_reading((territories[0] if len(territories) == 1 else outer,)), part=None if territories else named)


def _may_be_part(country: str, part: str, text: str) -> bool:
    """ISO 3166-2 lacks some parts of countries, such as "Franconia"."""
    if find_subdivision(country, part) is not None:
        return True
    if fold(part) in _UNITS or _PART_BEHIND.fullmatch(text) is None:
        return False
    return fold(part) not in _countries_by_subdivision()


def is_part_of(country: str, text: str) -> bool:
    """Whether a text means a part of a country, such as a state.

    Example:
        >>> is_part_of("GB", "Scotland"), is_part_of("US", "OH"), is_part_of("FR", "Ohio")
        (True, True, False)
    """
    reading = read_country(text)
    return find_subdivision(country, text) is not None or (reading.code == country and not reading.standard)


def find_part(country: str, text: str) -> str | None:
    """Return the ISO 3166-2 code of the part of a country that a text means; ``None`` if it means the whole country.

    Example:
        >>> find_part("GB", "Scotland"), find_part("US", "USA - Ohio"), find_part("GB", "United Kingdom")
        ('GB-SCT', 'US-OH', None)
    """
    return find_subdivision(country, read_country(text).part or "")


def country_of_part(text: str) -> str | None:
    """Return the code of the country if a text means a part of a country; ``None`` for other texts.

    Example:
        >>> country_of_part("Scotland"), country_of_part("Ontario, Canada"), country_of_part("Hawaii")
        ('GB', 'CA', 'US')
        >>> country_of_part("United Kingdom"), country_of_part("Narnia")
        (None, None)
    """
    reading = read_country(text)
    if reading.codes:
        return None if reading.part is None else reading.code
    found = _countries_by_subdivision().get(fold(text), set())
    return next(iter(found)) if len(found) == 1 else None


@cache
def _countries_by_subdivision() -> Mapping[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    subdivisions: Any = pycountry.subdivisions
    for each in subdivisions:
        for text in (each.name, each.code):
            found[fold(text)].add(each.country_code)
    return found


def subdivisions_conflict(one: str, other: str) -> bool:
    """Whether neither of two subdivisions is a part of the other.

    Example:
        >>> subdivisions_conflict("GB-LIV", "GB-ENG"), subdivisions_conflict("GB-LIV", "GB-SCT")
        (False, True)
    """
    return one not in _with_larger_subdivisions(other) and other not in _with_larger_subdivisions(one)


def smallest_subdivisions(codes: Iterable[str]) -> list[str]:
    """Return the sorted codes of subdivisions that contain no other of the subdivisions.

    Example:
        >>> smallest_subdivisions({"GB-ENG", "GB-LIV", "GB-SCT"})
        ['GB-LIV', 'GB-SCT']
    """
    larger = {each for code in codes for each in list(_with_larger_subdivisions(code))[1:]}
    return sorted(set(codes) - larger)


def _with_larger_subdivisions(code: str | None) -> Iterator[str]:
    subdivisions: Any = pycountry.subdivisions
    while code is not None:
        yield code
        known = subdivisions.get(code=code)
        code = None if known is None else known.parent_code


def find_subdivision(country: str, text: str) -> str | None:
    """Return the ISO 3166-2 code of a subdivision with this name or code; ``None`` if there is none.

    Names in some other languages and usual abbreviations are read, too.

    Example:
        >>> find_subdivision("US", "Oregon"), find_subdivision("US", "OR"), find_subdivision("FR", "Ohio")
        ('US-OR', 'US-OR', None)
        >>> find_subdivision("DE", "Bavaria"), find_subdivision("US", "N.Y."), find_subdivision("CN", "Hunan Province")
        ('DE-BY', 'US-NY', 'CN-HN')
    """
    if not text:
        return None
    key = _INITIALS.sub(r"\1", fold(text))  # "N.Y."
    return _subdivisions_by_name(country).get(key) or _other_names_of_subdivisions(country).get(key)


@cache
def _subdivisions_by_name(country: str) -> dict[str, str]:
    """Return the codes of a country's subdivisions, by normalized name and by code. Codes take precedence."""
    subdivisions: Any = pycountry.subdivisions
    known: list[Any] = [*(subdivisions.get(country_code=country) or ())]
    parts = sorted(known, key=lambda part: part.code, reverse=True)
    names = {fold(part.name.partition(" [")[0]): part.code for part in parts}  # "Wales [Cymru GB-CYM]"
    return names | {fold(code): part.code for part in parts for code in (part.code, part.code[3:])}


@cache
def _other_names_of_subdivisions(country: str) -> Mapping[str, str]:
    """Return the codes of a country's subdivisions by names in other languages. Names of several are left out."""
    codes: defaultdict[str, set[str]] = defaultdict(set)
    subdivisions: Any = pycountry.subdivisions
    for part in subdivisions.get(country_code=country) or ():
        translated = [] if TERRITORIES.get(part.code[3:]) == country else _translate_subdivision(part.name)
        for name in (part.name.partition(" [")[0], *translated):
            short_name = name.partition(",")[0]  # "Murcia, Región de"
            for each in (name, short_name, short_name.translate(WRITTEN_OUT)):
                for text in (each, f"{each} {part.type}", f"{part.type} {each}", f"{part.type} of {each}"):
                    codes[fold(text)].add(part.code)
    found = {name: next(iter(each)) for name, each in codes.items() if len(each) == 1}
    own = {code: names for code, names in _TABLES["subdivisions"].items() if code.startswith(f"{country}-")}
    return found | {_INITIALS.sub(r"\1", fold(name)): code for code, names in own.items() for name in names.split("|")}


def _translate_subdivision(name: str) -> Iterator[str]:
    for language in _SUBDIVISION_LANGUAGES:
        translated = _subdivision_translation(language).gettext(name)
        if translated != name:
            yield translated


@cache
def _subdivision_translation(language: str) -> gettext.NullTranslations:
    return gettext.translation("iso3166-2", pycountry.LOCALES_DIR, languages=[language], fallback=True)


def find_territory(country: str, city: str) -> tuple[str, bool] | None:
    """Return the code of a country's territory with a city, and whether the country itself has no city of this name.

    Example:
        >>> find_territory("CN", "Hong Kong"), find_territory("NL", "Willemstad"), find_territory("US", "Hong Kong")
        (('HK', True), ('CW', False), None)
    """
    key = comparison_key(city)
    bare = key.removesuffix(" city")  # "Taipei City"
    if (country, bare) in _territories_by_city():
        return _territories_by_city()[country, bare]
    code = country_names().get(key) or _aliases().get(key)
    codes = (code,) if code else names_in_all_languages().get(key, ())
    return (codes[0], True) if len(codes) == 1 and TERRITORIES.get(codes[0]) == country else None


@cache
def _territories_by_city() -> Mapping[tuple[str, str], tuple[str, bool]]:
    return {
        (TERRITORIES[code], comparison_key(name)): (code, is_only)
        for table, is_only in (("territory_cities", True), ("territory_homonyms", False))
        for code, cities in _TABLES[table].items()
        for name in cities.split("|")
    }


def _read_name(text: str, spellings: CountrySpellings) -> CountryReading:
    key = comparison_key(text)
    if key in spellings.own:
        return _reading((spellings.own[key],), standard=True)
    found = _english_codes(text, key)
    language = spellings.language
    named = () if language is None else translated_countries(language).get(key, ())
    if text.upper() in _codes() and not text.isupper():  # "Nga" can be NGA or the Vietnamese name of Russia
        if language is None:
            named = names_in_all_languages().get(key, ())
        elif text.capitalize() in EVERYDAY.get(language.partition("-")[0].lower(), {}):
            found = ()
    found = tuple(dict.fromkeys((*found, *named)))
    if found:
        return _reading(found, standard=True)
    if key in _aliases():
        return _reading((_aliases()[key],))
    form = _FORM_OF_STATE.fullmatch(key)
    english = _english_codes("", form[1]) if form else ()
    return _reading(english or names_in_all_languages().get(key) or _official_names(key))


def _english_codes(text: str, key: str) -> tuple[str, ...]:
    code = _codes().get(text.strip().upper()) or country_names().get(key)
    return _PARTS_OF_COUNTRIES.get(key) or _shared().get(key) or ((code,) if code else ())


def countries_called(text: str) -> Mapping[str, str]:
    """Return the English names of the countries with this code or name, by country code.

    Example:
        >>> countries_called("nz"), countries_called("Congo")
        ({'NZ': 'New Zealand'}, {'CG': 'Republic of the Congo', 'CD': 'DR Congo'})
    """
    codes = _PARTS_OF_COUNTRIES.get(comparison_key(text), ())[:1] or read_country(text).codes
    return {code: display_name(code) for code in codes}


def similar_countries(text: str) -> Mapping[str, str]:
    """Return the English names of countries with similar names, by country code. The most similar name comes first.

    Example:
        >>> similar_countries("Jappan"), similar_countries("Atlantis")
        ({'JP': 'Japan'}, {})
    """
    names = _similar_names().find(comparison_key(text))
    return {code: display_name(code) for code in dict.fromkeys(country_names()[name] for name in names)}


@cache
def _similar_names() -> SimilarNames:
    return SimilarNames(name for name in country_names() if len(name) > len("usa"))


def display_name(code: str) -> str:
    """Return the usual English name of a country.

    Example:
        >>> display_name("GB")
        'United Kingdom'
    """
    country: Any = pycountry.countries.get(alpha_2=code)
    return str(_TABLES["display"].get(code) or getattr(country, "common_name", country.name))


def country_code(text: str) -> str | None:
    """Return the country code for a code or a name; ``None`` if there is no such country.

    Raises:
        InvalidQueryError: If several countries have the name. ``candidates`` contains their names and codes.

    Example:
        >>> country_code("New Zealand"), country_code("nz"), country_code("Atlantis")
        ('NZ', 'NZ', None)
        >>> country_code("Russia"), country_code("Cote d'Ivoire"), country_code("The Netherlands")
        ('RU', 'CI', 'NL')
    """
    called = countries_called(text)
    if len(called) > 1:
        candidates = [f"{name} ({code})" for code, name in called.items()]
        message = f"{text.strip()!r} is the name of {len(called)} countries: {', '.join(candidates)}"
        raise InvalidQueryError(message, text, candidates, "use the name or code of one of these countries")
    return next(iter(called), None)
