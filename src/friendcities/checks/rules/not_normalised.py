"""The rule ``not-normalised``."""

import unicodedata
from collections.abc import Iterator

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import texts, with_texts
from friendcities.datasets.tree import RecordFile
from friendcities.errors import Problem
from friendcities.model import AnyRecord
from friendcities.model.record import short
from friendcities.names.normalize import composed

__all__ = ["RULE"]


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for field, text in texts(record, lambda text: composed(text) != text):
        mend = "run 'friendcities check --fix'"
        what = f"{short(text)} {_told(text)}"
        yield Problem(field=field, message=what, expected="composed characters (Unicode NFC)", hint=mend)


def _told(text: str) -> str:
    """What is not composed: characters that stand for others, or else letters and marks."""
    others = {each: composed(each) for each in text if composed(each) != each}
    if not others:
        return "is written with letters and marks apart, or with marks in another order"
    named = (f"{_named(each)}, for which {' and '.join(map(_named, other))} is kept" for each, other in others.items())
    return f"holds {'; '.join(named)}"


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character)}"


def _normalise(file: RecordFile, register: Register) -> bytes | None:
    del register
    return with_texts(file, composed)


RULE = Rule(
    name="not-normalised",
    scope=Scope.RECORD,
    summary="text is in Unicode's normal form NFC",
    description=(
        "'é' can be one character or two that look the same, and then equal names are not equal. The composed form is "
        "kept, and of signs that stand for a letter (of kelvin, of ångström) the letter. 'friendcities check --fix' "
        "writes it. CJK compatibility ideographs stay as they are: they may be the right form of a name."
    ),
    find=in_records(_find),
    fix=_normalise,
)
