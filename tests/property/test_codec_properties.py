"""What holds of the codec for every record, and for whatever comes in place of one."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from friendcities import InvalidRecordError
from friendcities.codec import reader
from friendcities.codec.parse_json import parse_json
from friendcities.codec.reader import read_record, read_text
from friendcities.codec.record_builder import build_checked, build_trusted
from friendcities.codec.writer import dumps, encode, to_plain
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.documents import DOCUMENTS
from tests.strategies import JSON, RECORDS, anatomy

every_type = pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)


def spots(plain: Any, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value in a document, the document itself first."""
    inner: list[tuple[Any, Any]] = []
    if isinstance(plain, dict):
        inner = list(plain.items())
    elif isinstance(plain, list):
        inner = list(enumerate(plain))
    return [way, *(spot for key, value in inner for spot in spots(value, (*way, key)))]


def with_value_at(plain: Any, way: tuple[Any, ...], value: Any) -> Any:
    """A copy of a document with another value at one spot."""
    if not way:
        return value
    key, *rest = way
    copied = plain.copy()
    copied[key] = with_value_at(plain[key], tuple(rest), value)
    return copied


def value_at(plain: Any, way: tuple[Any, ...]) -> Any:
    """The value at one spot of a document."""
    for key in way:
        plain = plain[key]
    return plain


def read_or_refused(cls: type[AnyRecord], text: str | bytes) -> bool:
    """Whether a text is read, to a record that has a text of its own; if not, it is refused as a record is."""
    id_, _ = DOCUMENTS[cls]
    refused = []
    try:
        made = read_text(cls, id_, text)
    except InvalidRecordError as error:
        refused = list(error.problems)
    else:
        assert anatomy(made) == anatomy(read_text(cls, id_, encode(made)))
    assert all(problem.message and str(problem).isprintable() for problem in refused)
    return not refused


@every_type
@given(data=st.data())
def test_a_record_comes_back_from_its_text(cls: type[AnyRecord], data: st.DataObject) -> None:
    """Record to text to record is the same record, to the types of its last parts, and the text is one for ever."""
    made = data.draw(RECORDS[cls])
    text = encode(made)
    again = read_text(cls, made.id, text.encode())
    assert made == again
    assert hash(made) == hash(again)
    assert anatomy(made) == anatomy(again)
    assert text == encode(again)


@every_type
@given(data=st.data())
def test_the_trusting_way_makes_what_the_strict_way_makes(cls: type[AnyRecord], data: st.DataObject) -> None:
    """What was checked when it was written is built the same without checks."""
    made = data.draw(RECORDS[cls])
    plain = json.loads(encode(made))
    assert anatomy(read_record(cls, made.id, plain)) == anatomy(build_trusted(cls, made.id, plain))


@every_type
@given(data=st.data())
def test_writing_needs_no_order_and_no_form(cls: type[AnyRecord], data: st.DataObject) -> None:
    """A document with its keys in any order, on one line or many, is the same record with the same canonical text."""
    made = data.draw(RECORDS[cls])
    plain = to_plain(made)
    shuffled = dict(data.draw(st.permutations(list(plain.items()))))
    text = json.dumps(shuffled, indent=data.draw(st.sampled_from([None, 0, 7])))
    assert encode(made) == encode(read_text(cls, made.id, text))


@every_type
@given(text=st.text() | st.binary() | JSON.map(json.dumps))
def test_no_text_crashes_the_reader(cls: type[AnyRecord], text: str | bytes) -> None:
    """Whatever text or bytes come: they are no record, and one kind of error says so."""
    assert not read_or_refused(cls, text)


@every_type
@given(data=st.data())
def test_no_value_anywhere_in_a_document_crashes_the_reader(cls: type[AnyRecord], data: st.DataObject) -> None:
    """Any JSON value at any spot of a sound document: it is read or refused, and never anything else."""
    _, plain = DOCUMENTS[cls]
    way = data.draw(st.sampled_from(spots(plain)))
    read_or_refused(cls, json.dumps(with_value_at(plain, way, data.draw(JSON))))


@every_type
@given(data=st.data())
def test_what_the_quick_reading_takes_the_thorough_one_takes(cls: type[AnyRecord], data: st.DataObject) -> None:
    """Any value, sound or not, at any spot of a document: what is taken quickly is the same record either way."""
    id_, plain = DOCUMENTS[cls]
    sound = to_plain(data.draw(RECORDS[cls]))
    way, other = data.draw(st.sampled_from(spots(plain))), data.draw(st.sampled_from(spots(sound)))
    instead = data.draw(st.just(value_at(sound, other)) | JSON)
    document = parse_json(json.dumps(with_value_at(plain, way, instead)))
    quickly = build_checked(cls, id_, document)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "build_checked", lambda *_: None)
        thoroughly = read_record(cls, id_, document) if quickly is not None else None
    assert anatomy(quickly) == anatomy(thoroughly)


@every_type
@given(data=st.data())
def test_no_cut_in_a_text_crashes_the_reader(cls: type[AnyRecord], data: st.DataObject) -> None:
    """A text of which a stretch is lost is read or refused, and never anything else."""
    text = dumps(DOCUMENTS[cls][1])
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    read_or_refused(cls, text[:start] + text[end:])


@given(st.text() | st.binary())
@example("")
@example("0")
def test_text_is_json_or_refused(text: str | bytes) -> None:
    """What is no JSON is one problem with its line and column; what is taken, the standard library takes too."""
    try:
        parse_json(text)
    except InvalidRecordError as error:
        places = [(problem.line, problem.column) for problem in error.problems]
    else:
        places = [(1, 1)]
        json.loads(text)
    assert 1 == len(places)
    assert None not in places[0]
