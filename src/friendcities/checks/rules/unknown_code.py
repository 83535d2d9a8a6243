"""The rule ``unknown-code``."""

from collections.abc import Iterator

from friendcities.checks.codes import unknown
from friendcities.checks.register import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import codes
from friendcities.errors import Problem
from friendcities.model import AnyRecord, City
from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT

__all__ = ["RULE"]


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for grammar in (COUNTRY, SUBDIVISION, LANGUAGE, UNIT):
        for field, code in codes(record, grammar):
            names = (record.name, *(name.text for name in record.names)) if isinstance(record, City) else ()
            found = unknown(grammar, code, names)
            if found is not None:
                yield Problem(field=field, what=found.what, expected=found.expected, mend=found.mend)


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
