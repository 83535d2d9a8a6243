"""The rule ``mixed-script``."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Final

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import texts
from friendcities.errors import Problem
from friendcities.model import AnyRecord
from friendcities.model.record import short

__all__ = ["RULE"]

_ALIKE: Final = ("LATIN", "CYRILLIC", "GREEK")
"""The scripts that share the look of many letters."""
_NOT_LATIN: Final = re.compile("[\u0370-\u052f\u1c80-\u1c8f\u1d26-\u1d2b\u1f00-\u1fff\ua640-\ua69f]")
"""Letters of Greek and Cyrillic, without one of which no word is mixed."""
_NEITHER: Final = re.compile(r"[\W\d_]+")


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for field, text in texts(record, lambda text: _NOT_LATIN.search(text) is not None):
        for word in dict.fromkeys(_NEITHER.split(_without_marks(text))):
            found = {script: [c for c in word if _script(c) == script] for script in _ALIKE}
            mixed = sorted((script for script in _ALIKE if found[script]), key=lambda script: len(found[script]))
            if len(mixed) > 1:
                odd = ", ".join(f"{c!r} is {unicodedata.name(c)}" for c in dict.fromkeys(found[mixed[0]]))
                what = f"{short(word)} is written with letters of two alphabets that look alike: {odd}"
                mend = "type the word again, all in one alphabet"
                yield Problem(field=field, message=what, expected="letters of one alphabet in a word", hint=mend)


def _without_marks(text: str) -> str:
    return "".join(c for c in text if not unicodedata.category(c).startswith("M"))


@cache
def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]


RULE = Rule(
    name="mixed-script",
    scope=Scope.RECORD,
    summary="a word does not mix letters of Latin, Cyrillic and Greek",
    description=(
        "'М' (Cyrillic) and 'M' (Latin) look the same; a name in which one stands for the other is found by nobody "
        "who types it. Words of Chinese characters and kana, or with digits, are right. Where a name does mix two "
        "alphabets on purpose, 'exceptions.json' can say so."
    ),
    find=in_records(_find),
    excusable=True,
)
