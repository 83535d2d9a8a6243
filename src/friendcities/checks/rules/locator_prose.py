"""The rule ``locator-prose``."""

import re
from collections.abc import Iterator
from typing import Final

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import sourced
from friendcities.errors import Problem
from friendcities.model import AnyRecord
from friendcities.model.record import short

__all__ = ["RULE"]

_LONGEST: Final = 80
_FEWEST_WORDS: Final = 4
_FEWEST_SENTENCES: Final = 2
_MARKS: Final = '“”„‟«»「」『』｢｣〝〞〟＂"'
_QUOTED: Final = re.compile(rf"[{_MARKS}]([^{_MARKS}]+)[{_MARKS}]|[‘‚‛‹›]([^‘’‚‛‹›]+)[‘’‹›]")
_WITHOUT_BLANKS: Final = "\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Chinese characters, which are written without blanks between words: two of them count as a word."""
_WORD: Final = re.compile(rf"[{_WITHOUT_BLANKS}]{{1,2}}|[^\W{_WITHOUT_BLANKS}]+(?:['’-]\w+)*")
_SENTENCE: Final = re.compile(r"(?<=\w{3})[.!?]['\"”’»)]*(?=\s+[^\W\d_a-z]|$)|[。！？।؟۔]")
"""Where a sentence ends; "p. 3" and "vol. 2, no. 1" end none."""


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for way, owner in sourced(record):
        for index, item in enumerate(owner.evidence):
            why = _prose(item.locator)
            if why:
                expected = "where it says so: a line, a page, a row, a paragraph"
                what = f"{short(item.locator)} {why}"
                mend = "write where it stands; what it says is known from the fields"
                problem = Problem(field=f"evidence[{index}].locator", message=what, expected=expected, hint=mend)
                yield problem.within(way)


def _prose(locator: str) -> str:
    """Why a locator is prose; empty where it is none."""
    if len(locator) > _LONGEST:
        return f"has {len(locator)} characters, more than {_LONGEST}"
    for match in _QUOTED.finditer(locator):
        words = len(_WORD.findall(match[1] or match[2]))
        if words >= _FEWEST_WORDS:
            return f"quotes {words} words"
    if len(_SENTENCE.findall(locator)) >= _FEWEST_SENTENCES:
        return "reads like sentences"
    return ""


RULE = Rule(
    name="locator-prose",
    scope=Scope.RECORD,
    summary="a locator says where, and quotes nothing",
    description=(
        "Facts are free, sentences belong to those who wrote them: a locator stands where a quotation would. It names "
        "the line, the page or the row, in at most 80 characters, and quotes no four words in a row. Where a heading "
        "in quotation marks is the only way to name the place, 'exceptions.json' can say so."
    ),
    find=in_records(_find),
    excusable=True,
)
