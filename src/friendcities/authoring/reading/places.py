"""Countries and parts of countries that people name."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from friendcities.authoring.reading.refusing import near_names, or_list, refuse, refuse_name
from friendcities.model.record import short
from friendcities.names.countries import country_code, country_names
from friendcities.names.normalize import fold

__all__ = ["parts_called", "read_country", "read_subdivision"]


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
    return refuse_name("country", text, country_names(), "write its English name, or a code like 'NZ'")


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
        message = f"{short(text)} is the name of {len(named)} parts of {country}; write one of {or_list(named)}"
        refuse(message, text, named)
    hint = "leave it out" if not parts else f"write a name, or a code like {next(iter(parts))!r}, or leave it out"
    near = [f"{parts[each]} ({each})" for each in near_names(text, {fold(name): each for each, name in parts.items()})]
    meant = f"; did you mean {' or '.join(near)}?" if near else ""
    message = f"{country} has no part called {short(text)}{meant}" + ("" if near else f"; {hint}")
    return refuse(message, text, near)


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
