"""Countries by what people call them."""

from collections.abc import Mapping
from functools import cache
from typing import Final

from friendcities.names.folding import fold

__all__ = ["country_code", "country_names"]

_EVERYDAY: Final = {
    "Bosnia": "BA",
    "Britain": "GB",
    "Brunei": "BN",
    "Burma": "MM",
    "Cape Verde": "CV",
    "Congo-Brazzaville": "CG",
    "Congo-Kinshasa": "CD",
    "Czech Republic": "CZ",
    "DR Congo": "CD",
    "DRC": "CD",
    "East Timor": "TL",
    "Emirates": "AE",
    "Falkland Islands": "FK",
    "Great Britain": "GB",
    "Holland": "NL",
    "Ivory Coast": "CI",
    "Kosovo": "XK",
    "Macau": "MO",
    "Macedonia": "MK",
    "Micronesia": "FM",
    "Palestine": "PS",
    "Republic of the Congo": "CG",
    "Russia": "RU",
    "Saint Helena": "SH",
    "Swaziland": "SZ",
    "Turkey": "TR",
    "U.K.": "GB",
    "U.S.": "US",
    "U.S.A.": "US",
    "UAE": "AE",
    "UK": "GB",
    "Vatican": "VA",
    "Vatican City": "VA",
    "XK": "XK",
}
"""What pycountry lacks: the short and the older names that people use, and the code that stands for Kosovo."""


def country_code(text: str) -> str | None:
    """The ISO 3166-1 alpha-2 code of a country given by code or by name; ``None`` where none is called so.

    Case, accents and punctuation do not matter, nor a "the" in front.

    Example:
        >>> country_code("New Zealand"), country_code("nz"), country_code("Atlantis")
        ('NZ', 'NZ', None)
        >>> country_code("Russia"), country_code("Cote d'Ivoire"), country_code("The Netherlands")
        ('RU', 'CI', 'NL')
    """
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    try:
        return str(pycountry.countries.lookup(text.strip()).alpha_2)
    except LookupError:
        return country_names().get(fold(text).removeprefix("the "))


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
