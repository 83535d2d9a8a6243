"""Reading JSON text: nothing that JSON leaves open is let through, and what is refused is said with its place."""

import json

import pytest

from friendcities import InvalidRecordError, Problem
from friendcities.codec.parse_json import NotJson, decode_text, parse_json, read_json


def problems(text: str | bytes) -> list[Problem]:
    """All that is wrong with a text."""
    with pytest.raises(InvalidRecordError) as caught:
        parse_json(text)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    "value",
    [None, True, 0, -12, 12.5, "", "上海", [], [1, [2]], {}, {"a": {"b": [None]}}],
    ids=json.dumps,
)
def test_json_is_read_as_it_is(value: object) -> None:
    """Text and UTF-8 bytes give the values that they stand for, each of its own type."""
    text = json.dumps(value, ensure_ascii=False)
    assert repr(value) == repr(parse_json(text)) == repr(parse_json(text.encode()))


def test_a_repeated_key_is_a_problem_with_its_place() -> None:
    """Every repeated key is named once, in the order of the text, with the way to it."""
    text = '{"a": 1, "b": [{}, {"c": 1, "d": 2, "c": 3, "c": 4}], "e": {"f": {"g": 1, "g": 2}}, "a": 5}'
    found = problems(text)
    assert ["a", "b[1].c", "e.f.g"] == [problem.field for problem in found]
    assert {("repeated key", "each key once", "keep one of the values, and delete the others")} == {
        (problem.message, problem.expected, problem.hint) for problem in found
    }


def test_repeated_keys_are_ordered_by_what_encloses_them() -> None:
    """An object's own repeated keys come before those of what lies in it, and a list's from its front."""
    text = '{"x": [{"a": 1, "a": 2}, {"b": 1, "b": 2}], "y": {"c": 1, "c": 2}, "z": 1, "z": 2}'
    assert ["z", "x[0].a", "x[1].b", "y.c"] == [problem.field for problem in problems(text)]


@pytest.mark.parametrize(
    ("text", "line", "column", "what"),
    [
        ("", 1, 1, "the file is empty"),
        (" \n\t", 2, 2, "the file is empty"),
        ('{"a": 1', 1, 8, "invalid JSON: expecting ',' delimiter"),
        ('{"a": 1,\n  "b" 2}', 2, 7, "invalid JSON: expecting ':' delimiter"),
        ("{'a': 1}", 1, 2, "invalid JSON: expecting property name enclosed in double quotes"),
        ('{"a": "x', 1, 7, "invalid JSON: unterminated string starting at"),
        ("[1] [2]", 1, 5, "invalid JSON: extra data"),
        ('"a\nb"', 1, 3, "invalid JSON: invalid control character at"),
        ("nul", 1, 1, "invalid JSON: expecting value"),
        ("[,]", 1, 2, "invalid JSON: expecting value"),
        ("[1}", 1, 3, "invalid JSON: expecting ',' delimiter"),
        ("[1:]", 1, 3, "invalid JSON: expecting ',' delimiter"),
    ],
    ids=["empty", "blank", "truncated", "colon", "quotes", "string", "extra", "control", "word", "comma", "} ]", ":"],
)
def test_what_is_not_json_is_said_with_line_and_column(text: str, line: int, column: int, what: str) -> None:
    """A broken text is one problem at the line and column where reading stopped."""
    (problem,) = problems(text)
    assert (line, column, what) == (problem.line, problem.column, problem.message)
    assert "JSON (RFC 8259)" == problem.expected
    assert "" == problem.field


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{\n  "a": 1,\n}', 2, 9),
        ('{"a": [1, 2,]}', 1, 12),
        ('{"a": {"b": 1 ,\t\r\n  }}', 1, 15),
        ("[1,}", 1, 3),
        ('{"上": "a,",}', 1, 11),
    ],
    ids=["object", "list", "blanks", "another bracket", "text"],
)
def test_a_comma_too_many_is_found_at_the_comma(text: str, line: int, column: int) -> None:
    """Whatever version of Python reads it, and it is said what to do."""
    (problem,) = problems(text)
    assert (line, column, "invalid JSON: trailing comma", "delete the comma") == (
        problem.line,
        problem.column,
        problem.message,
        problem.hint,
    )


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ('{\n  "a": 1\n  "b": 2}', 2, 9),
        ('["a" "b"]', 1, 5),
        ("[{}{}]", 1, 4),
        ("[1 -1]", 1, 3),
        ("[null\n\n\nnull]", 1, 6),
    ],
    ids=["object", "list", "no blank", "numbers", "empty lines"],
)
def test_a_missing_comma_is_found_where_it_belongs(text: str, line: int, column: int) -> None:
    """Behind the value before it, not at the one that follows, and it is said what to do."""
    (problem,) = problems(text)
    assert (line, column, "invalid JSON: missing comma", "add a comma") == (
        problem.line,
        problem.column,
        problem.message,
        problem.hint,
    )


@pytest.mark.parametrize("version", ["3.11", "3.13"])
def test_all_pythons_say_the_same_of_a_comma_too_many(version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some stop at the bracket and some at the comma: what is told is the same."""
    text = '{"a": 1,\n}'
    message, place = {
        "3.11": ("Expecting property name enclosed in double quotes", 9),
        "3.13": ("Illegal trailing comma before end of object", 7),
    }[version]

    def stop(*_: object) -> object:
        raise json.JSONDecodeError(message, text, place)

    monkeypatch.setattr(json.JSONDecoder, "decode", stop)

    assert [(1, 8, "invalid JSON: trailing comma")] == [
        (problem.line, problem.column, problem.message) for problem in problems(text)
    ]


@pytest.mark.parametrize("text", ['\ufeff{"a": 1}', b'\xef\xbb\xbf{"a": 1}'], ids=["text", "bytes"])
def test_a_byte_order_mark_is_refused(text: str | bytes) -> None:
    """A byte-order mark is named as what it is, with how to be rid of it."""
    assert [
        Problem(
            line=1,
            column=1,
            rule="encoding",
            message="the file begins with a byte-order mark",
            expected="UTF-8 without a byte-order mark",
            hint="save the file as UTF-8 without a byte-order mark",
        )
    ] == problems(text)


@pytest.mark.parametrize(
    ("data", "line", "column", "byte"),
    [
        (b"\xff", 1, 1, "0xff"),
        (b'{"name":\n "Malm\xf6"}', 2, 7, "0xf6"),
        ('{"上海": "'.encode() + b'\xc3("}', 1, 9, "0xc3"),
        (b'{"a": "\xed\xa0\x80"}', 1, 8, "0xed"),
        ("{}".encode("utf-16"), 1, 1, "0xff"),
    ],
    ids=["start", "latin-1", "after wide characters", "half a character", "utf-16"],
)
def test_what_is_not_utf8_is_said_with_line_and_column(data: bytes, line: int, column: int, byte: str) -> None:
    """Bytes that are not UTF-8 are one problem, its column counted in characters."""
    assert [
        Problem(
            line=line,
            column=column,
            rule="encoding",
            message=f"invalid UTF-8: byte {byte}",
            expected="text in UTF-8",
            hint="save the file as UTF-8 without a byte-order mark",
        )
    ] == problems(data)


@pytest.mark.parametrize("constant", ["NaN", "Infinity", "-Infinity"])
def test_constants_that_json_lacks_are_kept_for_the_check_of_types(constant: str) -> None:
    """What Python takes for a number and JSON does not becomes a value that no field takes, shown as it was written."""
    value = parse_json(constant)
    assert NotJson is type(value)
    assert constant == repr(value)


def test_numbers_of_forty_digits_are_read_and_longer_ones_are_kept_for_the_check_of_types() -> None:
    """Whole numbers have an end, so that none can be made that takes long to read or cannot be shown."""
    assert 10**39 == parse_json("1" + 39 * "0")
    value = parse_json("1" + 40 * "0")
    assert NotJson is type(value)
    assert 60 >= len(repr(value))


@pytest.mark.parametrize("depth", [100_000, 1_000_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")], ids=["lists", "objects"])
@pytest.mark.parametrize("whole", [True, False], ids=["whole", "truncated"])
def test_what_is_nested_without_end_is_refused(depth: int, opening: str, closing: str, *, whole: bool) -> None:
    """Nesting that would exhaust the stack is a problem like any other."""
    text = opening * depth + ("1" + closing * depth if whole else "")
    (problem,) = problems(text)
    assert ("the JSON values are nested too deeply", "fewer levels") == (problem.message, problem.expected)


def test_repeated_keys_are_found_however_deep_they_lie() -> None:
    """The search for repeated keys does not itself exhaust the stack."""
    (problem,) = problems("[" * 300 + '{"a": 1, "a": 2}' + "]" * 300)
    assert "[0]" * 300 + ".a" == problem.field


def test_reading_goes_on_after_a_repeated_key() -> None:
    """The value is given beside the problems, with the last of the values under each key."""
    value, problems_found = read_json('{"a": 1, "b": {"c": 2, "c": 3}, "a": 4}')

    assert {"a": 4, "b": {"c": 3}} == value
    assert [("repeated-key", "a", None), ("repeated-key", "b.c", None)] == [
        (problem.rule, problem.field, problem.line) for problem in problems_found
    ]
    assert ({"a": 1}, []) == read_json('{"a": 1}')


def test_what_is_not_json_ends_the_reading() -> None:
    """It breaks a rule of its own, at its line and column."""
    with pytest.raises(InvalidRecordError) as caught:
        read_json('{"a": 1, "a": 2,\n')

    assert [("json-syntax", 2, 1)] == [(each.rule, each.line, each.column) for each in caught.value.problems]


@pytest.mark.parametrize("text", ["", "{}", "上", "a\r\nb", "\x00"], ids=repr)
def test_text_is_decoded_as_it_stands(text: str) -> None:
    """UTF-8 gives its text, and text itself."""
    assert text == decode_text(text) == decode_text(text.encode())
