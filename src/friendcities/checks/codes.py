"""Which codes exist, as far as the installed pycountry knows, and which one may have been meant by one that does not.

Each code is asked about once: a register has few different ones.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import Any, Final

from attrs import frozen

from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT, Grammar
from friendcities.names import fold

__all__ = ["Unknown", "unknown"]

KOSOVO: Final = "XK"
"""In use everywhere, and in no edition of the standard, which leaves it to its users."""


_MOST_MEANT: Final = 2


@frozen
class Unknown:
    """What to say of a code that does not exist."""

    what: str
    """What is wrong with it."""
    expected: str
    """What was expected instead."""
    mend: str = ""
    """Which one may have been meant."""


def unknown(grammar: Grammar, code: str, names: Iterable[str] = ()) -> Unknown | None:
    """What is wrong with a code; ``None`` where it exists.

    Args:
        grammar: What kind of code it is: ``COUNTRY``, ``LANGUAGE``, ``SUBDIVISION`` or ``UNIT``.
        code: The code.
        names: Names of what it stands beside, by which a subdivision may be found that was meant.

    Example:
        >>> unknown(COUNTRY, "UK").mend
        "did you mean 'GB' (United Kingdom)?"
        >>> unknown(LANGUAGE, "zh-Hanz").what
        "'Hanz' in 'zh-Hanz' is no known script"
    """
    found = _ASK[grammar](code)
    if found is not None and grammar is SUBDIVISION:
        return Unknown(found.what, found.expected, _nearest_subdivision(code, names))
    return found


@cache
def _country(code: str) -> Unknown | None:
    if _is_country(code):
        return None
    import pycountry  # noqa: PLC0415 - only a check needs it

    gone: Any = pycountry.historic_countries.get(alpha_2=code)
    what = f"{code!r} is no country's code" if gone is None else f"{code!r} was the code of {gone.name}, now gone"
    taken = _TAKEN_FOR_COUNTRY.get(code)
    near = [
        (each.alpha_2, _name(each))
        for each in pycountry.countries
        if (each.alpha_2 == taken if taken else gone is None and fold(each.name).startswith(code.lower()))
    ]
    return Unknown(what, "one of ISO 3166-1, like 'NZ'", _meant(near[:_MOST_MEANT]))


@cache
def _subdivision(code: str) -> Unknown | None:
    import pycountry  # noqa: PLC0415 - only a check needs it

    subdivisions: Any = pycountry.subdivisions
    if subdivisions.get(code=code) is not None:
        return None
    return Unknown(f"{code!r} is no subdivision's code", f"one of ISO 3166-2 that begins with '{code[:2]}-'")


def _nearest_subdivision(code: str, names: Iterable[str]) -> str:
    """The subdivision of the same country that has one of the names, or else comes near the code."""
    there = _subdivisions_of(code[:2])
    named = {fold(name): known for known, name in reversed(there.items())}
    by_name = next((named[folded] for folded in map(fold, names) if folded in named), None)
    return _near_code(code) if by_name is None else _meant([(by_name, there[by_name])])


@cache
def _near_code(code: str) -> str:
    """The subdivision of the same country with the same number, the same beginning, or a code that comes near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    country, _, part = code.partition("-")
    there = _subdivisions_of(country)
    if not there and _is_country(country):
        return "leave it out: none is known of this country"
    near = [known for known in there if part.isdigit() and known[3:].lstrip("0") == part.lstrip("0")]
    near += [known for known, name in there.items() if part.isalpha() and fold(name).startswith(part.lower())]
    near += [f"{country}-{each}" for each in get_close_matches(part, [known[3:] for known in there], n=1)]
    return _meant((each, there[each]) for each in near[:1])


@cache
def _subdivisions_of(country: str) -> dict[str, str]:
    """The subdivisions of a country, by code."""
    import pycountry  # noqa: PLC0415 - only a check needs it

    subdivisions: Any = pycountry.subdivisions
    there = subdivisions.get(country_code=country) or ()
    return {each.code: each.name for each in sorted(there, key=lambda each: str(each.code))}


@cache
def _language(tag: str) -> Unknown | None:
    language, *more = tag.split("-")
    found = _language_subtag(language)
    for subtag in more if found is None else ():
        if len(subtag) == 1:  # from here on come extensions and private subtags
            break
        if subtag[0].isupper():
            found = found or (_script if len(subtag) == _SCRIPT else _region)(subtag)
    if found is None:
        return None
    subtag, kind, meant = found
    what = f"{subtag!r} is no known {kind}" if subtag == tag else f"{subtag!r} in {tag!r} is no known {kind}"
    return Unknown(what, f"a {kind} of BCP 47", meant)


_SCRIPT = 4
_Subtag = tuple[str, str, str]
"""A part of a tag that is not known, what it should be, and which one may have been meant."""


def _language_subtag(subtag: str) -> _Subtag | None:
    import pycountry  # noqa: PLC0415 - only a check needs it

    if "qaa" <= subtag <= "qtz" and len(subtag) > len("qa"):  # for private use
        return None
    languages = pycountry.languages
    known: Any = languages.get(alpha_2=subtag) if len(subtag) == len("en") else languages.get(alpha_3=subtag)
    if known is not None and getattr(known, "alpha_2", subtag) == subtag:
        return None
    other: Any = known or languages.get(bibliographic=subtag)
    meant = _TAKEN_FOR_LANGUAGE.get(subtag) or (other and getattr(other, "alpha_2", other.alpha_3))
    if not meant:
        return subtag, "language", ""
    right: Any = languages.get(alpha_2=meant) or languages.get(alpha_3=meant)
    return subtag, "language", _meant([(meant, right.name)])


def _script(subtag: str) -> _Subtag | None:
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    import pycountry  # noqa: PLC0415 - only a check needs it

    if "Qaaa" <= subtag <= "Qabx" or pycountry.scripts.get(alpha_4=subtag) is not None:
        return None
    known = {each.alpha_4: each.name for each in pycountry.scripts}
    return subtag, "script", _meant((each, known[each]) for each in get_close_matches(subtag, known, n=_MOST_MEANT))


def _region(subtag: str) -> _Subtag | None:
    found = _country(subtag)
    return None if found is None else (subtag, "region", found.mend)


@cache
def _unit(unit: str) -> Unknown | None:
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    import pycountry  # noqa: PLC0415 - only a check needs it

    if not unit.isupper() or unit in _WITHDRAWN or pycountry.currencies.get(alpha_3=unit) is not None:
        return None
    known = {each.alpha_3: each.name for each in pycountry.currencies}
    near = [_TAKEN_FOR_CURRENCY[unit]] if unit in _TAKEN_FOR_CURRENCY else get_close_matches(unit, known, n=1)
    expected = "one of ISO 4217 like 'USD', or a word in small letters for what is counted"
    return Unknown(f"{unit!r} is no currency's code", expected, _meant((each, known[each]) for each in near))


def _is_country(code: str) -> bool:
    import pycountry  # noqa: PLC0415 - only a check needs it

    return code == KOSOVO or pycountry.countries.get(alpha_2=code) is not None


def _name(country: Any) -> str:
    return str(getattr(country, "common_name", country.name))


def _meant(near: Iterable[tuple[str, str]]) -> str:
    listed = " or ".join(f"{code!r} ({name})" for code, name in near)
    return f"did you mean {listed}?" if listed else ""


_ASK: Final[Mapping[Grammar, Callable[[str], Unknown | None]]] = {
    COUNTRY: _country,
    LANGUAGE: _language,
    SUBDIVISION: _subdivision,
    UNIT: _unit,
}
_TAKEN_FOR_COUNTRY: Final = {"EL": "GR", "EN": "GB", "UK": "GB"}
_TAKEN_FOR_LANGUAGE: Final = {
    "cn": "zh",
    "cz": "cs",
    "dk": "da",
    "gr": "el",
    "in": "id",
    "iw": "he",
    "ji": "yi",
    "jp": "ja",
    "kr": "ko",
    "ua": "uk",
}
"""Codes of countries, and withdrawn codes of languages, that stand where the code of a language belongs."""
_TAKEN_FOR_CURRENCY: Final = {"NTD": "TWD", "RMB": "CNY", "UKP": "GBP", "YEN": "JPY"}
_ROWS: Final = (
    "ADP AFA ALK ANG AON AOR ARA ARP ARY ATS AYM AZM BAD BEF BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK BYB BYR CHC "
    "CSD CSJ CSK CUC CYP DDM DEM ECS EEK ESP FIM FRF GEK GHC GHP GNE GQE GRD GWE GWP HRD HRK IEP ILP ILR ISJ ITL LAJ "
    "LTL LTT LUF LVL LVR MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR SDD SDP SIT "
    "SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UGW UYN UYP VEB VEF VNC XEU YDD YUD YUM YUN ZAL ZMK ZRN ZRZ ZWC ZWD "
    "ZWL ZWN ZWR"
)
_WITHDRAWN: Final = frozenset(_ROWS.split())
"""Codes that ISO 4217 withdrew, and pycountry with it: what was counted in marks stays counted in marks."""
