"""The rule ``unknown-code``: codes of countries, subdivisions, languages and currencies, according to pycountry."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Final

import pycountry
from attrs import evolve

from friendcities.checks.find_values import find_codes
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.errors import Problem
from friendcities.model import AnyRecord, City
from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT, Grammar
from friendcities.names import fold
from friendcities.names.countries import read_country

_subdivisions: Any = pycountry.subdivisions  # has no types
_SCRIPT_LENGTH: Final = 4
_MOST_SUGGESTED: Final = 2
_MOST_SEARCHED: Final = 20
"""The maximum number of codes in a record for which the check searches for a suggestion."""
_COUNTRY_SLIPS: Final = {"EL": "GR", "EN": "GB"}
_LANGUAGE_SLIP_PAIRS: Final = "cn:zh cz:cs dk:da gr:el in:id iw:he ji:yi jp:ja kr:ko ua:uk"
_LANGUAGE_SLIPS: Final = {pair[:2]: pair[3:] for pair in _LANGUAGE_SLIP_PAIRS.split()}
"""Wrong codes of languages, each with the right code. A wrong code is the code of a country or a withdrawn code."""
_CURRENCY_SLIPS: Final = {"NTD": "TWD", "RMB": "CNY", "UKP": "GBP", "YEN": "JPY"}
_WITHDRAWN: Final = (
    "ADP AFA ALK ANG AON AOR ARA ARP ARY ATS AYM AZM BAD BEF BGJ BGK BGL BGN BOP BRB BRC BRE BRN BRR BUK BYB BYR "
    "CHC CSD CSJ CSK CUC CYP DDM DEM ECS EEK ESP FIM FRF GEK GHC GHP GNE GQE GRD GWE GWP HRD HRK IEP ILP ILR ISJ "
    "ITL LAJ LTL LTT LUF LVL LVR MGF MLF MRO MTL MTP MVQ MXP MZE MZM NIC NLG PEH PEI PES PLZ PTE RHD ROK ROL RUR "
    "SDD SDP SIT SKK SLL SRG STD SUR TJR TMM TPE TRL UAK UGS UGW UYN UYP VEB VEF VNC XEU YDD YUD YUM YUN ZAL ZMK "
    "ZRN ZRZ ZWC ZWD ZWL ZWN ZWR"
)
_WITHDRAWN_CURRENCIES: Final = frozenset(_WITHDRAWN.split())
"""Withdrawn codes of ISO 4217. These codes are valid, but pycountry does not contain them."""


@rule(Scope.RECORD, excusable=True)
def unknown_code(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """Codes of countries, subdivisions, languages and currencies must exist.

    For example, the country code 'UK' does not exist; the right code is 'GB'.
    The package pycountry lists the codes. The code 'XK' (Kosovo) is also valid. If a code is newer than the installed
    pycountry, upgrade pycountry or add an exception.
    """
    for grammar, find in find_codes.items():
        explained: dict[str, Problem | None] = {}
        for field, code in find(record):
            if code not in explained:
                names: tuple[str, ...] = ()
                if isinstance(record, City) and len(explained) < _MOST_SEARCHED:
                    names = (record.name, *(name.text for name in record.names))
                explained[code] = explain_unknown_code(grammar, code, names)
            problem = explained[code]
            if problem is not None:
                yield evolve(problem, field=field)


def explain_unknown_code(grammar: Grammar, code: str, names: Iterable[str] = ()) -> Problem | None:
    """Return the problem of an unknown code. Return ``None`` if the code exists.

    A subdivision with one of ``names`` is suggested first.
    """
    problem = _EXPLAIN[grammar](code)
    if problem is not None and grammar is SUBDIVISION:
        return evolve(problem, hint=_suggest_subdivision(code, names))
    return problem


def _is_country(code: str) -> bool:
    """Whether a code is a current ISO 3166-1 code, or 'XK' for Kosovo."""
    return read_country(code).code == code


@cache
def _explain_country(code: str) -> Problem | None:
    if _is_country(code):
        return None
    former: Any = pycountry.historic_countries.get(alpha_2=code)
    message = f"unknown country code {code!r}" if former is None else f"{code!r} is the withdrawn code of {former.name}"
    meant = _COUNTRY_SLIPS.get(code, read_country(code).code)
    similar = [
        (country.alpha_2, str(getattr(country, "common_name", country.name)))
        for country in pycountry.countries
        if (country.alpha_2 == meant if meant else former is None and fold(country.name).startswith(code.lower()))
    ]
    return Problem(
        message=message, expected="a country code of ISO 3166-1, such as 'NZ'", hint=_suggest(similar[:_MOST_SUGGESTED])
    )


@cache
def _explain_subdivision(code: str) -> Problem | None:
    if _subdivisions.get(code=code) is not None:
        return None
    expected = f"a code of ISO 3166-2 that begins with '{code[:2]}-'"
    return Problem(message=f"unknown subdivision code {code!r}", expected=expected)


def _suggest_subdivision(code: str, names: Iterable[str]) -> str:
    subdivisions = _subdivisions_of(code[:2])
    by_name = {fold(name): known for known, name in reversed(subdivisions.items())}
    named = next((by_name[folded] for folded in map(fold, names) if folded in by_name), None)
    return _suggest_similar_code(code) if named is None else _suggest([(named, subdivisions[named])])


@cache
def _suggest_similar_code(code: str) -> str:
    country, _, part = code.partition("-")
    subdivisions = _subdivisions_of(country)
    if not subdivisions and _is_country(country):
        return "delete the field: this country has no subdivision codes"
    similar = [known for known in subdivisions if part.isdigit() and known[3:].lstrip("0") == part.lstrip("0")]
    similar += [known for known, name in subdivisions.items() if part.isalpha() and fold(name).startswith(part.lower())]
    similar += [f"{country}-{each}" for each in get_close_matches(part, [known[3:] for known in subdivisions], n=1)]
    return _suggest((known, subdivisions[known]) for known in similar[:1])


@cache
def _subdivisions_of(country: str) -> dict[str, str]:
    found = _subdivisions.get(country_code=country) or ()
    return {each.code: each.name for each in sorted(found, key=lambda each: str(each.code))}


@cache
def _explain_language(tag: str) -> Problem | None:
    language, *others = tag.split("-")
    found = _explain_language_subtag(language)
    for subtag in others if found is None else ():
        if len(subtag) == 1:  # extensions and private subtags follow
            break
        if subtag[0].isupper():
            found = found or (_explain_script if len(subtag) == _SCRIPT_LENGTH else _explain_region)(subtag)
    if found is None:
        return None
    subtag, kind, hint = found
    message = f"unknown {kind} {subtag!r}" if subtag == tag else f"unknown {kind} {subtag!r} in {tag!r}"
    return Problem(message=message, expected=f"a {kind} that BCP 47 allows", hint=hint)


_Subtag = tuple[str, str, str]
"""An unknown part of a tag, the kind of part, and a suggestion."""


def _explain_language_subtag(subtag: str) -> _Subtag | None:
    if "qaa" <= subtag <= "qtz" and len(subtag) == len("qaa"):  # for private use
        return None
    languages: Any = pycountry.languages
    known = languages.get(alpha_2=subtag) if len(subtag) == len("en") else languages.get(alpha_3=subtag)
    if known is not None and getattr(known, "alpha_2", subtag) == subtag:
        return None
    other = known or languages.get(bibliographic=subtag)
    meant = _LANGUAGE_SLIPS.get(subtag) or (other and getattr(other, "alpha_2", other.alpha_3))
    if not meant:
        return subtag, "language", ""
    right = languages.get(alpha_2=meant) or languages.get(alpha_3=meant)
    return subtag, "language", _suggest([(meant, right.name)])


def _explain_script(subtag: str) -> _Subtag | None:
    if "Qaaa" <= subtag <= "Qabx" or pycountry.scripts.get(alpha_4=subtag) is not None:
        return None
    names = {each.alpha_4: each.name for each in pycountry.scripts}
    similar = get_close_matches(subtag, names, n=_MOST_SUGGESTED)
    return subtag, "script", _suggest((code, names[code]) for code in similar)


def _explain_region(subtag: str) -> _Subtag | None:
    problem = _explain_country(subtag)
    return None if problem is None else (subtag, "region", problem.hint)


@cache
def _explain_currency(unit: str) -> Problem | None:
    if not unit.isupper() or unit in _WITHDRAWN_CURRENCIES or pycountry.currencies.get(alpha_3=unit) is not None:
        return None
    names = {each.alpha_3: each.name for each in pycountry.currencies}
    similar = [_CURRENCY_SLIPS[unit]] if unit in _CURRENCY_SLIPS else get_close_matches(unit, names, n=1)
    expected = "a code of ISO 4217 such as 'USD', or a unit in lower-case letters"
    hint = _suggest((code, names[code]) for code in similar)
    return Problem(message=f"unknown currency code {unit!r}", expected=expected, hint=hint)


def _suggest(named_codes: Iterable[tuple[str, str]]) -> str:
    listed = " or ".join(f"{code!r} ({name})" for code, name in named_codes)
    return f"did you mean {listed}?" if listed else ""


_EXPLAIN: Final[Mapping[Grammar, Callable[[str], Problem | None]]] = {
    COUNTRY: _explain_country,
    LANGUAGE: _explain_language,
    SUBDIVISION: _explain_subdivision,
    UNIT: _explain_currency,
}
