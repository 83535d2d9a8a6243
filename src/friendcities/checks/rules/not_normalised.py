"""The rule ``not-normalised``."""

import unicodedata
from collections.abc import Iterator

from friendcities.checks.register import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import texts, with_texts
from friendcities.collection.tree import RecordFile
from friendcities.errors import Problem
from friendcities.model import AnyRecord
from friendcities.model.record import short

__all__ = ["RULE"]


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    for field, text in texts(record, lambda text: not unicodedata.is_normalized("NFC", text)):
        what = f"{short(text)} is written with letters and marks apart"
        mend = "run 'friendcities check --fix'"
        yield Problem(field=field, what=what, expected="composed characters (Unicode NFC)", mend=mend)


def _normalise(file: RecordFile, register: Register) -> bytes | None:
    del register
    return with_texts(file, lambda text: unicodedata.normalize("NFC", text))


RULE = Rule(
    name="not-normalised",
    scope=Scope.RECORD,
    summary="text is in Unicode's normal form NFC",
    description=(
        "'é' can be one character or two that look the same, and then equal names are not equal. The composed form is "
        "kept. 'friendcities check --fix' writes it."
    ),
    find=in_records(_find),
    fix=_normalise,
)
