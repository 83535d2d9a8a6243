"""Countries as other people's files spell them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from attrs import field, frozen

from friendcities.importers.translations import translated_countries
from friendcities.model import FrozenMap
from friendcities.names.bounding_boxes import boxes, is_inside
from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold

__all__ = ["ALIASES", "TERRITORIES", "Reading", "Wording", "read_country"]

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
"""Spellings that are met in lists and that no standard has, each of which can mean one country only.

Parts of the United Kingdom are in it, and places whose state ISO 3166 does not list stand under the country under which
it lists them."""
_ALIASES: Final = {fold(name): code for name, code in ALIASES.items()}
_LONGEST: Final = 200
"""No name of a country is longer."""
_SHARED: Final[Mapping[str, tuple[str, ...]]] = {"georgia": ("GE", "US")}
"""Names that are also said of a part of another country, with all that may be meant: the coordinates decide."""
TERRITORIES: Final[Mapping[str, str]] = {
    "AI": "GB",
    "AS": "US",
    "AW": "NL",
    "AX": "FI",
    "BL": "FR",
    "BM": "GB",
    "BQ": "NL",
    "CC": "AU",
    "CK": "NZ",
    "CW": "NL",
    "CX": "AU",
    "FK": "GB",
    "FO": "DK",
    "GF": "FR",
    "GG": "GB",
    "GI": "GB",
    "GL": "DK",
    "GP": "FR",
    "GU": "US",
    "HK": "CN",
    "IM": "GB",
    "JE": "GB",
    "KY": "GB",
    "MF": "FR",
    "MO": "CN",
    "MP": "US",
    "MQ": "FR",
    "MS": "GB",
    "NC": "FR",
    "NF": "AU",
    "NU": "NZ",
    "PF": "FR",
    "PM": "FR",
    "PN": "GB",
    "PR": "US",
    "RE": "FR",
    "SH": "GB",
    "SJ": "NO",
    "SX": "NL",
    "TC": "GB",
    "TK": "NZ",
    "TW": "CN",
    "UM": "US",
    "VG": "GB",
    "VI": "US",
    "WF": "FR",
    "YT": "FR",
}
"""What ISO 3166-1 gives a code of its own and lists also name with another country: "Bermuda, United Kingdom".

It is read as what the standard codes it as. Whose it is, the table does not say."""


@frozen
class Reading:
    """What a spelling was read as."""

    code: str | None
    """ISO 3166-1 alpha-2; ``None`` where it could not be told."""
    candidates: tuple[str, ...] = ()
    """The codes between which it could not be told."""
    standard: bool = True
    """Whether it is a code or a usual name of the country, and not a spelling of the file's own."""


def _folded(own: Mapping[str, str]) -> FrozenMap[str, str]:
    return FrozenMap({fold(spelling): code for spelling, code in own.items()})


@frozen
class Wording:
    """How a file calls countries, besides what they are called in English.

    Example:
        >>> german = Wording(language="de", own={"Grossbritannien": "GB"})
        >>> read_country("Polen", wording=german).code, read_country("GROSSBRITANNIEN", wording=german).code
        ('PL', 'GB')
    """

    language: str | None = None
    """Its language, as a tag of BCP 47."""
    own: FrozenMap[str, str] = field(default=FrozenMap(), converter=_folded)
    """Spellings of its own, each with an ISO 3166-1 code; these go before all others."""


_ENGLISH: Final = Wording()


def read_country(text: str, point: tuple[float, float] | None = None, wording: Wording = _ENGLISH) -> Reading:
    """The country that a spelling means.

    A spelling that the file is said to have of its own goes first; then a usual name in English or in the language of
    the file, or a code; then a spelling of :data:`ALIASES`; then a name turned round ("Korea, South"); then, of "a
    part, a country", the country, or the part where :data:`TERRITORIES` has it. A name of several, and the names of
    two countries, are told by the coordinates, where they lie in one of them alone.

    Args:
        text: The spelling.
        point: Latitude and longitude of the place, in degrees.
        wording: How the file calls countries.

    Example:
        >>> read_country("England, United Kingdom").code, read_country("Réunion, France").code
        ('GB', 'RE')
        >>> read_country("Congo, Democratic Republic of the").code
        'CD'
        >>> read_country("Georgia").candidates, read_country("Georgia", (41.7, 44.8)).code
        (('GE', 'US'), 'GE')
        >>> read_country("Frankreich").code, read_country("Frankreich", wording=Wording("de")).code
        (None, 'FR')
    """
    if len(text) > _LONGEST:
        return Reading(None)
    read = _spelling(text.strip(), wording)
    if read.candidates and point is not None:
        within = [code for code in read.candidates if code in boxes() and is_inside(boxes()[code], *point)]
        if len(within) == 1:
            return Reading(within[0], standard=read.standard)
    return read


@lru_cache(4096)
def _spelling(text: str, wording: Wording) -> Reading:
    part, comma, whole = (each.strip() for each in text.rpartition(","))
    read = _called(text, wording)
    if not comma or read.code or read.candidates:
        return read
    turned = _called(f"{whole} {part}", wording)
    if turned.code is not None:
        return Reading(turned.code, standard=False)
    outer, inner = _spelling(whole, wording).code, _spelling(part, wording)
    if outer is None:
        return Reading(None)
    called = tuple(code for code in (inner.code, *inner.candidates) if code is not None)
    own = [code for code in called if TERRITORIES.get(code) == outer]
    if called and not own and outer not in called:
        return Reading(None, (*called, outer), standard=False)
    return Reading(own[0] if len(own) == 1 else outer, standard=False)


def _called(text: str, wording: Wording) -> Reading:
    """What a whole name is that of."""
    plain = fold(text)
    if plain in wording.own:
        return Reading(wording.own[plain])
    called = _SHARED.get(plain) or tuple(countries_called(text))
    if wording.language is not None:
        called = tuple(dict.fromkeys((*called, *translated_countries(wording.language).get(plain, ()))))
    if called:
        return Reading(called[0]) if len(called) == 1 else Reading(None, called)
    return Reading(_ALIASES.get(plain), standard=False)
