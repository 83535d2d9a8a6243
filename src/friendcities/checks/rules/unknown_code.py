"""The rule ``unknown-code``."""

from collections.abc import Iterator
from typing import Final

from friendcities.checks.codes import Unknown, unknown
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import codes
from friendcities.errors import Problem
from friendcities.model import AnyRecord, City
from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT

__all__ = ["RULE"]


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for grammar in (COUNTRY, SUBDIVISION, LANGUAGE, UNIT):
        told: dict[str, Unknown | None] = {}
        for field, code in codes(record, grammar):
            if code not in told:
                told[code] = unknown(grammar, code, _names(record) if len(told) < _MOST_SEARCHED else ())
            found = told[code]
            if found is not None:
                yield Problem(field=field, message=found.what, expected=found.expected, hint=found.mend)


_MOST_SEARCHED: Final = 20
"""For how many codes of a record the names are gone through: a city may have very many of both."""


def _names(record: AnyRecord) -> Iterator[str]:
    """The names of a city, made one by one, for hardly ever is one asked for."""
    return (text for city in (record,) if isinstance(city, City) for text in (city.name, *(n.text for n in city.names)))


RULE = Rule(
    name="unknown-code",
    scope=Scope.RECORD,
    summary="codes of countries, subdivisions, languages and currencies exist",
    description=(
        "A code of the right form may still be nobody's: 'UK' for 'GB', 'jp' for 'ja'. Codes are looked up in "
        "pycountry: ISO 3166-1 (and 'XK'), ISO 3166-2, the languages, scripts and regions of language tags, and the "
        "currencies of ISO 4217, those withdrawn included. Where a code is newer than the pycountry installed, "
        "upgrade it, or make an exception."
    ),
    find=in_records(_find),
    excusable=True,
)
