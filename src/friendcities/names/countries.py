"""Countries by code and by name."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from friendcities.errors import InvalidQueryError
from friendcities.names.normalize import fold

# fmt: off
_EVERYDAY: Final = {
    "Emirates": "AE", "UAE": "AE", "Bosnia": "BA", "Brunei": "BN", "Congo-Kinshasa": "CD", "DR Congo": "CD",
    "DRC": "CD", "Democratic Republic of Congo": "CD", "Congo-Brazzaville": "CG", "Republic of Congo": "CG",
    "Republic of the Congo": "CG", "Ivory Coast": "CI", "Cape Verde": "CV", "Czech Republic": "CZ",
    "Falkland Islands": "FK", "Micronesia": "FM", "Britain": "GB", "Great Britain": "GB", "U.K.": "GB", "UK": "GB",
    "Macedonia": "MK", "Burma": "MM", "Macau": "MO", "Holland": "NL", "Palestine": "PS", "Russia": "RU",
    "Saint Helena": "SH", "Sint Maarten": "SX", "Swaziland": "SZ", "East Timor": "TL", "Turkey": "TR", "U.S.": "US",
    "U.S.A.": "US", "Vatican": "VA", "Vatican City": "VA", "US Virgin Islands": "VI", "Kosovo": "XK", "XK": "XK",
}
# fmt: on
"""Names that pycountry lacks: short and older ones, and the code of Kosovo."""

_SAINT_MARTIN: Final = {"MF": "Saint Martin (French part)", "SX": "Sint Maarten"}
_SHARED: Final[Mapping[str, Mapping[str, str]]] = {
    "congo": {"CG": "Republic of the Congo", "CD": "DR Congo"},
    "korea": {"KP": "North Korea", "KR": "South Korea"},
    "saint martin": _SAINT_MARTIN,
    "st martin": _SAINT_MARTIN,
    "virgin islands": {"VG": "British Virgin Islands", "VI": "US Virgin Islands"},
}
"""Folded names of several countries, even where the standard gives one of them the name: for each its code and a name
that is its own."""


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country given by code or by name; ``None`` where there is none.

    Case, accents, punctuation and a leading "the" do not matter.

    Raises:
        InvalidQueryError: If several countries have the name; ``candidates`` are distinct names of them with the codes.

    Example:
        >>> country_code("New Zealand"), country_code("nz"), country_code("Atlantis")
        ('NZ', 'NZ', None)
        >>> country_code("Russia"), country_code("Cote d'Ivoire"), country_code("The Netherlands")
        ('RU', 'CI', 'NL')
    """
    called = countries_called(text)
    if len(called) > 1:
        candidates = [f"{name} ({code})" for code, name in called.items()]
        message = f"{text.strip()!r} is the name of {len(called)} countries; write {' or '.join(candidates)}"
        raise InvalidQueryError(message, text, candidates)
    return next(iter(called), None)


def countries_called(text: str) -> Mapping[str, str]:
    """The countries of a code or a name, by code, each with a name that is its own; empty where there is none.

    Example:
        >>> countries_called("nz"), countries_called("Congo")
        ({'NZ': 'New Zealand'}, {'CG': 'Republic of the Congo', 'CD': 'DR Congo'})
    """
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    wanted = fold(text).removeprefix("the ")
    if wanted in _SHARED:
        return _SHARED[wanted]
    try:
        country: Any = pycountry.countries.lookup(text.strip())
    except LookupError:
        code = country_names().get(wanted)
        if code is None:
            return {}
        country = pycountry.countries.get(alpha_2=code)
        if country is None:
            return {code: "Kosovo"}  # the standard lacks it
    return {country.alpha_2: getattr(country, "common_name", country.name)}


@cache
def country_names() -> Mapping[str, str]:
    """Every name of every country, folded, with its code."""
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    found: dict[str, str] = {}
    for country in pycountry.countries:
        for key in ("name", "common_name", "official_name"):
            name = getattr(country, key, None)
            if name is not None:
                before, _, after = name.partition(", ")  # as in "Korea, Republic of"
                for each in (name, f"{after} {before}"):
                    found.setdefault(fold(each).removeprefix("the "), country.alpha_2)
    return found | {fold(name): code for name, code in _EVERYDAY.items()}
