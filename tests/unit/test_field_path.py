"""Paths of fields: their text, their parts, and the values that they lead to."""

from typing import Any

import pytest

from friendcities.field_path import FieldPath, join_fields


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", ()),
        ("name", ("name",)),
        ("steps[0].evidence[12].source", ("steps", 0, "evidence", 12, "source")),
        ("[3]", (3,)),
        ("[0][1].a", (0, 1, "a")),
    ],
)
def test_the_text_of_a_path_is_read_and_written(text: str, parts: tuple[str | int, ...]) -> None:
    """Text to parts to text is the same text."""
    assert parts == FieldPath.parse(text)
    assert text == str(FieldPath(parts))


@pytest.mark.parametrize(
    ("outer", "inner", "expected"),
    [("", "a", "a"), ("a", "", "a"), ("a", "b", "a.b"), ("a", "[0].b", "a[0].b"), ("", "", "")],
)
def test_a_field_is_seen_from_further_out(outer: str, inner: str, expected: str) -> None:
    """A dot stands between two names, and before no index."""
    assert expected == join_fields(outer, inner)


def test_a_value_is_looked_up() -> None:
    """A path leads to a value, or to an error."""
    plain = {"a": [1, {"b": 2}]}
    assert 2 == FieldPath.parse("a[1].b").get(plain)
    assert plain == FieldPath().get(plain)
    for missing in ("a[2]", "b"):
        with pytest.raises(LookupError):
            FieldPath.parse(missing).get(plain)


class TestReplace:
    """A value in plain values, found by the way to its field."""

    @pytest.mark.parametrize(
        ("field", "expected"),
        [
            ("", 9),
            ("a", {"a": 9, "d": 4}),
            ("a.b", {"a": {"b": 9}, "d": 4}),
            ("a.b[1]", {"a": {"b": [1, 9]}, "d": 4}),
            ("a.b[1].c", {"a": {"b": [1, {"c": 9}]}, "d": 4}),
            ("a.b[1].x", {"a": {"b": [1, {"c": 3}]}, "d": 4}),
            ("a.b[7]", {"a": {"b": [1, {"c": 3}]}, "d": 4}),
            ("x.y", {"a": {"b": [1, {"c": 3}]}, "d": 4}),
        ],
    )
    def test_one_value_is_another(self, field: str, expected: Any) -> None:
        """The rest is as it was, the values given are not changed, and what is not there is not made."""
        plain = {"a": {"b": [1, {"c": 3}]}, "d": 4}

        assert expected == FieldPath.parse(field).replace(plain, 9)
        assert {"a": {"b": [1, {"c": 3}]}, "d": 4} == plain
