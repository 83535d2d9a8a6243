"""Countries as other people's files spell them."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from attrs import frozen

from friendcities.names.countries import countries_called
from friendcities.names.country_boxes import boxes, is_inside
from friendcities.names.folding import fold

__all__ = ["ALIASES", "Reading", "read_country"]

ALIASES: Final[Mapping[str, str]] = {
    "Bosnia and Hercegovina": "BA",
    "England": "GB",
    "Georgia (country)": "GE",
    "Grece": "GR",
    "in Italy": "IT",
    "Kazakhstah": "KZ",
    "Madagaskar": "MG",
    "Moldavia": "MD",
    "Northern Cyprus": "CY",
    "Northern Ireland": "GB",
    "Republic of Ireland": "IE",
    "Scotland": "GB",
    "Surinam": "SR",
    "Wales": "GB",
    "West Bank": "PS",
}
"""Spellings that are met in lists and that no standard has, each of which can mean one country only.

Parts of the United Kingdom are in it, and places whose state ISO 3166 does not list stand under the country under which
it lists them."""
_ALIASES: Final = {fold(name): code for name, code in ALIASES.items()}
_LONGEST: Final = 200
"""No name of a country is longer."""
_SHARED: Final[Mapping[str, tuple[str, ...]]] = {"georgia": ("GE", "US")}
"""Names that are also said of a part of another country, with all that may be meant: the coordinates decide."""
_TERRITORIES: Final[Mapping[str, str]] = {
    "AX": "FI",
    "FO": "DK",
    "GF": "FR",
    "GL": "DK",
    "GP": "FR",
    "GU": "US",
    "HK": "CN",
    "MO": "CN",
    "MP": "US",
    "MQ": "FR",
    "NC": "FR",
    "PF": "FR",
    "PR": "US",
    "RE": "FR",
    "VI": "US",
    "YT": "FR",
}
"""What has a code of its own in ISO 3166-1 and is also named with the country it belongs to: "Réunion, France"."""


@frozen
class Reading:
    """What a spelling was read as."""

    code: str | None
    """ISO 3166-1 alpha-2; ``None`` where it could not be told."""
    candidates: tuple[str, ...] = ()
    """The codes between which it could not be told."""
    standard: bool = True
    """Whether it is a code or a usual name of the country, and not a spelling of the file's own."""


def read_country(text: str, point: tuple[float, float] | None = None) -> Reading:
    """The country that a spelling means.

    A usual name or a code is taken as it is; then a spelling of :data:`ALIASES`; then, of "a part, a country", the
    country, or the part where that has a code of its own. A name of several is told by the coordinates, where they lie
    in one of them alone.

    Args:
        text: The spelling.
        point: Latitude and longitude of the place, in degrees.

    Example:
        >>> read_country("England, United Kingdom").code, read_country("Réunion, France").code
        ('GB', 'RE')
        >>> read_country("Georgia").candidates, read_country("Georgia", (41.7, 44.8)).code
        (('GE', 'US'), 'GE')
    """
    if len(text) > _LONGEST:
        return Reading(None)
    read = _spelling(text.strip())
    if read.candidates and point is not None:
        within = [code for code in read.candidates if code in boxes() and is_inside(boxes()[code], *point)]
        if len(within) == 1:
            return Reading(within[0], standard=read.standard)
    return read


@lru_cache(4096)
def _spelling(text: str) -> Reading:
    plain = fold(text)
    called = _SHARED.get(plain) or tuple(countries_called(text))
    if called:
        return Reading(called[0]) if len(called) == 1 else Reading(None, called)
    if plain in _ALIASES:
        return Reading(_ALIASES[plain], standard=False)
    part, comma, whole = text.rpartition(",")
    if comma:
        outer = _spelling(whole.strip()).code
        inner = _spelling(part.strip()).code
        if inner is not None and _TERRITORIES.get(inner) == outer:
            return Reading(inner, standard=False)
        if outer is not None:
            return Reading(outer, standard=False)
    return Reading(None)
