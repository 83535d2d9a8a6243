"""What holds of schema and codec together: they accept the same documents, and refuse the same."""

import json
import re
from collections.abc import Iterator
from enum import Enum
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from friendcities import PeriodUnit
from friendcities.codec.writer import to_plain
from friendcities.model import RECORD_TYPES, AnyRecord, vocabulary
from tests.documents import DOCUMENTS
from tests.schemas import VALIDATORS, problems_of, unsayable
from tests.strategies import JSON, RECORDS

every_type = pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)

VOCABULARIES = [
    [member.value for member in each]
    for each in (*vars(vocabulary).values(), PeriodUnit)
    if isinstance(each, type) and issubclass(each, Enum)
]
MEMBERS = sorted({value for values in VOCABULARIES for value in values})
NUMBERS = [0, 1, -1, 2, 2.0, 2.5, -0.0, 90, 90.5, -91, 181, -180.5, 1e300, 2**53 - 1, 2**53, 2.0**53, 10**45]
DATES = ["1994", "1994-10", "1994-10-21", "1900-02-29", "1996-02-29", "0000", "1994-13", "1994-04-31", "１９９４", "94"]
CODES = ["NZ", "nz", "NZ-OTA", "NZ-OTAG", "en", "zh-hans", "es-419", "en-x", "USD", "USDT", "b2b", "_x", "Q1", "Q0"]
IDS = ["nz-dunedin", "cn-shanghai", "nz", "nz-", "a--b", "Nz-x", "nz-" + "a" * 97, "nz-" + "a" * 98, "1-2"]
DECIMALS = ["0", "-0.5", "+1", "01", "1.", "1e3", "9" * 40, "9" * 41, "0." + "1" * 40, "0." + "1" * 41, "1٣"]
ADDRESSES = ["https://", "http://example.org", "https://a b", "https://a\u3000", "https://a\u3000b", "ftp://a"]
TEXTS = [
    "",
    " ",
    "abc",
    "abc\n",
    " abc",
    "a\u202eb",
    "a\u2028b",
    "\ud800",
    "a\u00a0",
    "a\u00a0b",
    "\u200b",
    "😀",
    "a\tb",
]
OTHERS: list[Any] = [None, True, False, [], {}, 7, "x"]
LOOKS = {
    r"\d{4}(-\d\d)*": DATES,
    r"-?\d+(\.\d+)?": DECIMALS,
    r"[A-Z]{2}(-.*)?|[a-z]{2}(-.*[A-Z].*)?|Q\d+|\w+_\w+|USD": CODES,
    "https?:.*": ADDRESSES,
}
"""What texts look like, and texts that look nearly so."""
JUNK: st.SearchStrategy[Any] = (
    st.sampled_from([*OTHERS, *NUMBERS])
    | st.sampled_from([*DATES, *CODES, *IDS, *DECIMALS, *ADDRESSES, *TEXTS, *MEMBERS])
    | JSON.filter(lambda value: "NaN" not in json.dumps(value) and "Infinity" not in json.dumps(value))
)
CHARACTERS = st.sampled_from(" \n\t-_.A1x\x7f\u0085\u00a0\u200b\u2028\u202e\u2069\ud800") | st.characters()


def copied(plain: Any) -> Any:
    """The values of a document, as they come out of its text."""
    return json.loads(json.dumps(plain))


def places(plain: Any) -> Iterator[tuple[Any, Any]]:
    """Every key of an object and every index of a list in a document, with the object or the list that it is of."""
    for key, below in list(plain.items() if isinstance(plain, dict) else enumerate(plain)):
        yield plain, key
        if isinstance(below, dict | list):
            yield from places(below)


FIELDS = sorted({key for _, plain in DOCUMENTS.values() for _, key in places(plain) if isinstance(key, str)})
KEYS = st.sampled_from([*FIELDS, "id", "$schema", "mayor", "a b"])


def near(value: Any) -> list[Any]:
    """Values that may stand where this one does, and values that just may not."""
    if not isinstance(value, str):
        return OTHERS if isinstance(value, bool | dict | list) else NUMBERS
    if value in MEMBERS:
        kin = {each for values in VOCABULARIES if value in values for each in values}
        return [*sorted(kin), value.upper(), MEMBERS[0]]
    if value in FIELDS:
        return FIELDS
    return next((values for look, values in LOOKS.items() if re.fullmatch(look, value)), [*IDS, *TEXTS])


def one_of(draw: DrawFn, found: list[Any]) -> Any:
    """One of what was found in a document."""
    return found[draw(st.integers(0, len(found) - 1))]


def spoil(draw: DrawFn, plain: dict[str, Any]) -> None:
    """Change a document at one place."""
    found = list(places(plain))
    objects = [plain, *(at[key] for at, key in found if isinstance(at[key], dict))]
    way = draw(st.sampled_from(["near", "near", "thin", "replace", "letter", "drop", "add", "move", "repeat"]))
    if way == "add" or not found:
        one_of(draw, objects)[draw(KEYS)] = copied(draw(JUNK))
        return
    at, key = one_of(draw, found)
    if way == "near":
        at[key] = copied(draw(st.sampled_from(near(at[key]))))
    elif way == "thin":
        thinned = one_of(draw, objects)
        for name in draw(st.sets(st.sampled_from(sorted(thinned))) if thinned else st.just(set[str]())):
            del thinned[name]
    elif way == "letter" and isinstance(at[key], str):
        cut = draw(st.sampled_from([0, 1, len(at[key])]))
        at[key] = at[key][:cut] + draw(CHARACTERS) + at[key][cut:]
    elif way == "drop":
        del at[key]
    elif way == "move":
        there, name = one_of(draw, found)
        at[key] = copied(there[name])
    elif way == "repeat" and isinstance(at, list):
        at.append(copied(at[key]))
    else:
        at[key] = copied(draw(JUNK))


def with_value_at(plain: Any, way: tuple[Any, ...], value: Any) -> Any:
    """A copy of a document with another value at one place."""
    if not way:
        return value
    spoiled = plain.copy()
    spoiled[way[0]] = with_value_at(plain[way[0]], way[1:], value)
    return spoiled


def ways(plain: Any, way: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """The way to every value in a document, with the value; the document itself first."""
    yield way, plain
    for key, below in plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ():
        yield from ways(below, (*way, key))


def variants(value: Any) -> Iterator[Any]:
    """What to put in place of a value: others of all kinds, near ones, and of an object what is left without a part."""
    yield from (each for each in OTHERS if type(each) is not type(value) or not isinstance(value, bool))
    yield from near(value)
    if isinstance(value, dict):
        for number in range(1, len(value) if len(value) <= 5 else 2):
            for gone in combinations(value, number):
                yield {key: below for key, below in value.items() if key not in gone}
        yield {key: type(below)() if isinstance(below, dict | list) else below for key, below in value.items()}
        yield from ({**value, key: "x"} for key in ("mayor", "id", "a b", "slug"))
        yield {**value, "slug": " "}
    if isinstance(value, list):
        yield [*value, *value]


@st.composite
def spoilt(draw: DrawFn, cls: type[AnyRecord]) -> tuple[str, str]:
    """The id and the text of a document that was sound, before it was changed at up to three places."""
    id_, plain = DOCUMENTS[cls]
    if draw(st.booleans()):
        made = draw(RECORDS[cls])
        id_, plain = made.id, to_plain(made)
    plain = copied(plain)
    for _ in range(draw(st.integers(1, 3))):
        spoil(draw, plain)
    return id_, json.dumps(plain)


@every_type
@given(data=st.data())
def test_every_record_is_accepted(cls: type[AnyRecord], data: st.DataObject) -> None:
    """What the codec writes, the schema accepts."""
    VALIDATORS[cls].validate(copied(to_plain(data.draw(RECORDS[cls]))))


def assert_they_agree(cls: type[AnyRecord], id_: str, text: str) -> None:
    """Fail if the one accepts what the other refuses, though a schema could say why."""
    problems = problems_of(cls, id_, text)
    accepted = VALIDATORS[cls].is_valid(json.loads(text))

    assert accepted or problems
    assert not accepted or all(map(unsayable, problems))


@every_type
@given(data=st.data())
def test_schema_and_codec_accept_and_refuse_the_same(cls: type[AnyRecord], data: st.DataObject) -> None:
    """What the codec reads, the schema accepts; what it refuses, the schema refuses too, unless no schema can."""
    assert_they_agree(cls, *data.draw(spoilt(cls)))


@pytest.mark.slow
@every_type
def test_schema_and_codec_agree_at_every_place(cls: type[AnyRecord]) -> None:
    """The same of a document with every field, each place of it spoilt in turn, in every way that we know."""
    id_, plain = DOCUMENTS[cls]
    plain = copied(plain)
    for way, value in ways(plain):
        for variant in variants(value):
            assert_they_agree(cls, id_, json.dumps(with_value_at(plain, way, variant)))
