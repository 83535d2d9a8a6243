"""What the tests of the schemas share: the validators, and what a schema leaves to the codec."""

import re
from typing import Final

from jsonschema import Draft202012Validator

from friendcities import InvalidRecordError, Problem
from friendcities.codec.parse_json import parse_json
from friendcities.codec.reader import read_record
from friendcities.codec.schema import schema_of
from friendcities.model import RECORD_TYPES, AnyRecord

__all__ = ["UNSAYABLE", "VALIDATORS", "problems_of", "unsayable"]

VALIDATORS: Final = {cls: Draft202012Validator(schema_of(cls)) for cls in RECORD_TYPES.values()}

UNSAYABLE: Final = {
    "country and id": "contradicts the id",
    "country and subdivision": "is not in the country",
    "part of itself": "the city is a part of itself",
    "end before start": "is before the start",
    "dates backwards": "is before the date of an earlier step",
    "no party": "is not one of the two cities",
    "empty field supported": "but this field is empty in the record",
    "supported and said": "is in 'claims' and in 'supports'",
    "said as recorded": "is the recorded value",
    "half a character": r"\ud800",
}
"""What the codec says of faults that no schema can see, for they lie between fields; each by a part of its words."""

_UNSAYABLE: Final = re.compile("|".join(map(re.escape, UNSAYABLE.values())))


def unsayable(problem: Problem) -> bool:
    """Whether a problem is of a kind that no schema can say."""
    return _UNSAYABLE.search(problem.message) is not None


def problems_of(cls: type[AnyRecord], id_: str, text: str) -> tuple[Problem, ...]:
    """What the codec finds wrong with a text."""
    try:
        read_record(cls, id_, parse_json(text))
    except InvalidRecordError as error:
        return error.problems
    return ()
