"""What holds of places in JSON texts, however they are written."""

import json
from collections.abc import Iterator
from typing import Any, Final

from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from friendcities.codec.positions import Positions

KEYS: Final = st.text(
    st.characters(exclude_characters=".[", exclude_categories=["Cs"]) | st.sampled_from('"\\/上𝄞\n\t'), min_size=1
)
VALUES: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda below: st.lists(below, max_size=4) | st.dictionaries(KEYS, below, max_size=4),
    max_leaves=12,
)
BLANKS: Final = st.text(st.sampled_from(" \t\r\n"), max_size=3)
FIELDS: Final = st.text(st.sampled_from('ab.[]01"\\') | st.characters(), max_size=12)


@st.composite
def written(draw: DrawFn, value: Any) -> str:
    """A value as JSON text, with blanks wherever there may be some, and letters escaped or not."""
    before, after = draw(BLANKS), draw(BLANKS)
    if isinstance(value, dict):
        members = [
            f"{draw(BLANKS)}{draw(string(key))}{draw(BLANKS)}:{draw(written(each))}" for key, each in value.items()
        ]
        return f"{before}{{{','.join(members) or draw(BLANKS)}}}{after}"
    if isinstance(value, list):
        return f"{before}[{','.join([draw(written(each)) for each in value]) or draw(BLANKS)}]{after}"
    return f"{before}{draw(string(value)) if isinstance(value, str) else json.dumps(value)}{after}"


@st.composite
def string(draw: DrawFn, text: str) -> str:
    """Text as JSON, with or without escapes."""
    return json.dumps(text, ensure_ascii=draw(st.booleans()))


def ways(value: Any, way: str = "") -> Iterator[tuple[str, Any, Any]]:
    """The way to everything below a value, with its key, if it is a member, and it itself."""
    if isinstance(value, dict):
        below = [(f"{way}.{key}" if way else key, key, each) for key, each in value.items()]
    else:
        items = enumerate(value) if isinstance(value, list) else ()
        below = [(f"{way}[{index}]", None, each) for index, each in items]
    for here, key, each in below:
        yield here, key, each
        yield from ways(each, here)


def read_at(text: str, place: tuple[int, int]) -> Any:
    """The value that stands at a line and a column."""
    line, column = place
    start = sum(len(each) + 1 for each in text.split("\n")[: line - 1]) + column - 1
    return json.JSONDecoder(strict=False).raw_decode(text, start)[0]


@given(value=VALUES, data=st.data())
def test_at_the_place_of_a_field_stands_its_key_or_itself(value: Any, data: st.DataObject) -> None:
    """However a value is written, a member is found at its key, an item at itself, and the whole at its beginning."""
    text = data.draw(written(value))
    positions = Positions(text)

    assert value == read_at(text, positions.of(""))
    for way, key, each in ways(value):
        assert (each if key is None else key) == read_at(text, positions.of(way))


@given(value=VALUES, indent=st.none() | st.integers(0, 4), windows=st.booleans(), ascii_only=st.booleans())
def test_every_usual_way_of_writing_is_read(value: Any, *, indent: int | None, windows: bool, ascii_only: bool) -> None:
    """On one line or many, with either end of a line, with letters as they are or escaped."""
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    text = text.replace("\n", "\r\n") if windows else text
    positions = Positions(text)

    for way, key, each in ways(value):
        assert (each if key is None else key) == read_at(text, positions.of(way))


@given(value=VALUES, missing=KEYS)
def test_what_is_missing_is_placed_where_it_is_missing_from(value: Any, missing: str) -> None:
    """A key that an object does not have has the place of the object."""
    text = json.dumps(value)
    positions = Positions(text)

    for way, _, each in ways(value):
        if isinstance(each, dict) and missing not in each:
            assert positions.of(way) == positions.of(f"{way}.{missing}")


@given(
    value=st.recursive(st.integers(), lambda below: st.dictionaries(st.text(st.sampled_from('ab.[]0"')), below)),
    field=FIELDS,
)
@example(value={"": {"": 1}}, field="..")
@example(value={"[": {"a.": {".b": 1}}}, field="[.a...b")
def test_no_key_and_no_way_leads_out_of_the_text(value: Any, field: str) -> None:
    """Whatever the keys hold and whatever is asked for, the place is one at which something begins."""
    text = json.dumps(value)

    read_at(text, Positions(text).of(field))
    for way, _, _ in ways(value):
        read_at(text, Positions(text).of(way))


@given(text=st.text() | st.text(st.sampled_from('{}[],:"\\ab \n')), field=FIELDS)
def test_no_text_breaks_it(text: str, field: str) -> None:
    """Of whatever is no JSON, a place within it is given."""
    line, column = Positions(text).of(field)

    assert 1 <= line <= text.count("\n") + 1
    assert 1 <= column <= len(text.split("\n")[line - 1]) + 1
