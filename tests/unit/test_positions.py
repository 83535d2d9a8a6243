"""Where a field stands in a JSON text: whatever the text, and whatever is asked for."""

from itertools import product

import pytest

from friendcities import Problem
from friendcities.codec.positions import Positions, locate_problems
from tests.cases import for_each_case

TEXT = """{
  "name": "Dunedin",
  "steps": [
    {"action": "established", "evidence": [{"source": "a"}, 5, [6]]},
    {
      "date":
        "1994"
    }
  ],
  "identifiers": {"a.b": 1, "c[0]": {"d": 2}, "[x]": 3, "say \\"so\\"": 4, "\\u4e0a": 5, "": 6}
}
"""


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("", "{\n"),
        ("name", '"name"'),
        ("steps", '"steps"'),
        ("steps[0]", '{"action"'),
        ("steps[0].action", '"action"'),
        ("steps[0].evidence[0]", '{"source"'),
        ("steps[0].evidence[0].source", '"source"'),
        ("steps[0].evidence[1]", "5"),
        ("steps[0].evidence[2]", "[6]"),
        ("steps[0].evidence[2][0]", "6]"),
        ("steps[1].date", '"date"'),
        ("identifiers.a.b", '"a.b"'),
        ("identifiers.c[0]", '"c[0]"'),
        ("identifiers.c[0].d", '"d"'),
        ("identifiers[x]", '"[x]"'),
        ("identifiers.[x]", '"[x]"'),
        ('identifiers.say "so"', '"say '),
        ("identifiers.上", '"\\u4e0a"'),
        ("identifiers.", '"": 6'),
    ],
)
def test_a_field_stands_where_its_key_does(field: str, expected: str) -> None:
    """A member stands where its key begins, an item where it begins itself, the document at its first character."""
    assert rest_of(TEXT, field).startswith(expected)


@pytest.mark.parametrize(
    ("field", "nearest"),
    [
        ("country", ""),
        ("name.of.action", "name"),
        ("steps[7]", "steps"),
        ("steps.action", "steps"),
        ("steps[x]", "steps"),
        ("steps[99999999999999999999]", "steps"),
        ("steps[1].action", "steps[1]"),
        ("steps[1].date[0]", "steps[1].date"),
        ("steps[1].evidence[0].source", "steps[1]"),
        ("identifiers.a", "identifiers"),
        ("identifiers.c", "identifiers"),
        ("identifiers.a.bc", "identifiers"),
        ("identifiers.a.b.c", "identifiers.a.b"),
        ("[0]", ""),
        (".name", ""),
        ("..", ""),
    ],
)
def test_what_is_missing_stands_where_it_is_missing_from(field: str, nearest: str) -> None:
    """The way is followed as far as it goes."""
    assert Positions(TEXT).of(nearest) == Positions(TEXT).of(field)


def rest_of(text: str, field: str) -> str:
    """The text from a field on."""
    line, column = Positions(text).of(field)
    return "\n".join(text.split("\n")[line - 1 :])[column - 1 :]


@pytest.mark.parametrize(
    ("text", "field", "place"),
    [
        ('{"a": 1, "b": 2, "a": 3}', "a", (1, 18)),
        ('{"a": {"b": 1},\n "a": {"c": 2}}', "a.c", (2, 8)),
        ('{"a": {"b": 1},\n "a": {"c": 2}}', "a.b", (2, 2)),
        ('{"a": [1],\n "a": {}}', "a[0]", (2, 2)),
    ],
    ids=["value", "in the last", "only in the first", "of another type"],
)
def test_of_members_that_share_a_key_the_last_counts(text: str, field: str, place: tuple[int, int]) -> None:
    """What stood in an earlier one is missing, as it is for readers of JSON."""
    assert place == Positions(text).of(field)


@pytest.mark.parametrize(
    ("text", "field", "place"),
    [
        ('{"a.b": {"x": 1}, "a": {"b": {"c": 2}}}', "a.b.c", (1, 31)),
        ('{"a": {"b": {"c": 2}}, "a.b": {"x": 1}}', "a.b.x", (1, 32)),
        ('{"a.b": 1, "a.b.c": {"d": 2}}', "a.b.c.d", (1, 22)),
        ('{"a.b.c": 1, "a": {"x": 2}}', "a.b.c", (1, 2)),
        ('{"": {"name": 1}}', "name", (1, 1)),
        ('{"a": {"": {"b": 1}}}', "a.b", (1, 2)),
        ('{"": {"b": 1}}', ".c", (1, 1)),
    ],
)
def test_keys_that_look_like_ways_do_not_lead_astray(text: str, field: str, place: tuple[int, int]) -> None:
    """Of all that a way can mean, what leads to its end is meant, and else what leads furthest."""
    assert place == Positions(text).of(field)


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["LF", "CRLF"])
def test_lines_end_in_either_way(newline: str) -> None:
    """A column is counted from the line feed, in characters, whatever stands before it."""
    assert (3, 10) == Positions(newline.join(['{"上海": "𝄞",', "", ' "a": 5, "b": 6}'])).of("b")


@pytest.mark.parametrize("depth", [1_000, 20_000])
def test_nesting_has_no_end(depth: int) -> None:
    """However deep a value lies, neither reading nor looking exhausts the stack or the memory."""
    objects, lists = Positions('{"a":' * depth + "1" + "}" * depth), Positions("[" * depth + "1" + "]" * depth)

    assert (1, 5 * depth - 3) == objects.of(".".join("a" * depth))
    assert (1, 5 * depth - 3) == objects.of(".".join("a" * depth) + ".b.c")
    assert (1, depth + 1) == lists.of("[0]" * depth)


@pytest.mark.parametrize(
    "text", ['"' + '\\"' * 2_000_000, '\\"' * 2_000_000, "\\" * 4_000_000], ids=["open", "odd", "\\"]
)
def test_what_is_never_closed_is_read_once(text: str) -> None:
    """Garbage of megabytes is passed over, not searched again from each of its characters."""
    assert Positions(text).of("a") in {(1, 1), (1, 2)}


@for_each_case(
    product(
        [
            "",
            " ",
            "}",
            "]]",
            "{",
            "[",
            '{"',
            '{"a',
            '{"a\\',
            '{"a"',
            '{"a":',
            '{"a" "b"',
            ",",
            '{,"a"}',
            "[}",
            '{"\\x": 1}',
            '"\n',
            '{"\\ud800": 1}',
            '{"a\nb": 1}',
            "[1}2]",
            "\ufeff{}",
            "\x00",
            "]{}",
            '},"a":1',
            "12 34",
            "{]",
        ],
        ["", "a", "a.b", "[0]", "[0].a", "\\x", "\ud800", "]", "."],
    )
)
def test_garbage_has_places_too(text: str, field: str) -> None:
    """Of what is no JSON, a place within the text is given all the same."""
    line, column = Positions(text).of(field)

    assert 1 <= line <= text.count("\n") + 1
    assert 1 <= column <= len(text) + 1


def test_a_key_with_an_escape_that_is_none_is_taken_as_written() -> None:
    """It has been reported already; the place is still that of the key."""
    assert (1, 2) == Positions('{"\\x": 1}').of("\\x")


def test_the_document_begins_at_its_first_character() -> None:
    """Blanks in front are passed over."""
    assert (3, 3) == Positions('\n \n  {"a": 1}').of("")
    assert (3, 3) == Positions('\n \n  {"a": 1}').of("b")


def test_problems_are_given_their_places() -> None:
    """One that has a line keeps it, and the order stays as it was."""
    problems = [
        Problem(field="b", message="?"),
        Problem(field="a", message="?", line=7, column=8),
        Problem(message="?"),
    ]

    found = locate_problems(problems, '{"a": 1,\n "b": 2}')

    assert [(2, 2), (7, 8), (1, 1)] == [(problem.line, problem.column) for problem in found]
    assert ["b", "a", ""] == [problem.field for problem in found]


def test_problems_of_a_value_within_a_text_are_found_in_it() -> None:
    """Their fields are ways from that value, and stay so."""
    [found] = locate_problems([Problem(field="[1]", message="?")], '{"a": [1, 2], "b": [3, 4]}', within="b")

    assert Problem(field="[1]", message="?", line=1, column=24) == found


def test_where_every_problem_has_its_place_the_text_is_not_read() -> None:
    """What was found by the parser of JSON itself needs no second look."""
    problem = Problem(message="?", line=1, column=2)

    assert [problem] == locate_problems([problem], None)  # type: ignore[arg-type]
