"""Reads JSON text into plain values. Repeated keys, NaN and very long numbers are rejected."""

import json
from collections import Counter
from typing import Any, Final

from friendcities.errors import InvalidRecordError, Problem, short
from friendcities.field_path import FieldPath
from friendcities.limits import NUMBER_DIGITS

_SYNTAX: Final = "json-syntax"
_ENCODING: Final = "encoding"
_SAVE: Final = "save the file as UTF-8 without a byte-order mark"


class NotJson:
    """Replaces a number that is invalid in records, such as NaN."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return short(self.text).strip("'")


class _Repeated(dict[str, Any]):
    __slots__ = ("keys_repeated",)

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        counts = Counter(key for key, _ in pairs)
        self.keys_repeated = [key for key, count in counts.items() if count > 1]


def _integer(digits: str) -> int | NotJson:
    return int(digits) if len(digits) <= NUMBER_DIGITS else NotJson(digits)


def parse_json(text: str | bytes) -> Any:
    """Read JSON text into dicts, lists, strings, numbers, booleans and ``None``.

    Raises:
        InvalidRecordError: If the text is not UTF-8, is not JSON, or repeats a key.

    Example:
        >>> parse_json('{"name": "Dunedin"}')
        {'name': 'Dunedin'}
        >>> parse_json('{"name": "Dunedin", "name": "Otepoti"}')
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: name: repeated key; expected each key once; keep one \
of the values, and delete the others
    """
    value, problems = read_json(decode_text(text))
    if problems:
        raise InvalidRecordError(problems)
    return value


def read_json(text: str) -> tuple[Any, list[Problem]]:
    """Return the plain values of JSON text, and a problem for each repeated key. The last value of a key is used.

    Raises:
        InvalidRecordError: If the text is not JSON. The error has a line and a column.
    """
    repeats: list[_Repeated] = []

    def an_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) == len(pairs):
            return values
        repeats.append(_Repeated(pairs))
        return repeats[-1]

    decoder = json.JSONDecoder(object_pairs_hook=an_object, parse_int=_integer, parse_constant=NotJson)
    try:
        value = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise _not_json(text, error) from None
    except RecursionError:
        raise _error_at(1, 1, _SYNTAX, "the JSON values are nested too deeply", expected="fewer levels") from None
    return value, _repeated_keys(value) if repeats else []


def _not_json(text: str, error: json.JSONDecodeError) -> InvalidRecordError:
    """Make the message the same in all versions of Python."""
    place, hint = error.pos, ""
    before, char = len(text[:place].rstrip(" \t\r\n")), text[place : place + 1]
    if not text.strip():
        what = "the file is empty"
    elif error.msg.startswith("Illegal trailing comma"):  # Python 3.13 and later
        what, hint = _COMMA_TOO_MANY
    elif char in {"}", "]"} and text[:before].endswith(","):
        place, (what, hint) = before - 1, _COMMA_TOO_MANY
    elif error.msg.startswith("Expecting ',' delimiter") and char in _OPENING:
        place, (what, hint) = before, ("invalid JSON: missing comma", "add a comma")
    else:
        what = f"invalid JSON: {error.msg[0].lower()}{error.msg[1:]}"
    at = json.JSONDecodeError("", text, place)
    return _error_at(at.lineno, at.colno, _SYNTAX, what, expected="JSON (RFC 8259)", hint=hint)


_OPENING: Final = frozenset('"{[-0123456789tfn')
"""The characters with which a key or a value can begin."""
_COMMA_TOO_MANY: Final = ("invalid JSON: trailing comma", "delete the comma")


def decode_text(text: str | bytes) -> str:
    """Decode the content of a UTF-8 file.

    Raises:
        InvalidRecordError: If the text is not UTF-8, or begins with a byte-order mark.
    """
    try:
        text = text.decode() if isinstance(text, bytes) else text
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2].decode()) + 1
        what = f"invalid UTF-8: byte {error.object[error.start]:#04x}"
        raise _error_at(line, column, _ENCODING, what, expected="text in UTF-8", hint=_SAVE) from None
    if text.startswith("\ufeff"):
        what = "the file begins with a byte-order mark"
        raise _error_at(1, 1, _ENCODING, what, expected="UTF-8 without a byte-order mark", hint=_SAVE)
    return text


def _error_at(line: int, column: int, rule: str, what: str, *, expected: str, hint: str = "") -> InvalidRecordError:
    problem = Problem(line=line, column=column, rule=rule, message=what, expected=expected, hint=hint)
    return InvalidRecordError([problem])


def _repeated_keys(value: Any) -> list[Problem]:
    problems = []
    stack: list[tuple[FieldPath, Any]] = [(FieldPath(), value)]
    while stack:
        path, item = stack.pop()
        if type(item) is _Repeated:
            for key in item.keys_repeated:
                what, hint = "repeated key", "keep one of the values, and delete the others"
                field = str(path.join(key))
                problem = Problem(rule="repeated-key", field=field, message=what, expected="each key once", hint=hint)
                problems.append(problem)
        if isinstance(item, dict):
            stack.extend((path.join(key), inner) for key, inner in reversed(item.items()))
        elif isinstance(item, list):
            stack.extend((path.join(index), inner) for index, inner in reversed(list(enumerate(item))))
    return problems
