"""JSON text to plain values; what JSON leaves open is refused: repeated keys, NaN, numbers without end."""

import json
from typing import Any, Final

from friendcities.errors import InvalidRecordError, Problem, short
from friendcities.field_path import FieldPath
from friendcities.model.grammar import MOST_DIGITS

_SYNTAX: Final = "json-syntax"
_ENCODING: Final = "encoding"
_BOM: Final = "\ufeff"
_BOM_FOUND: Final = "the file begins with a byte-order mark"


class NotJson:
    """Stands where the text has something that is no value of ours; the check of types refuses it, with its place."""

    __slots__ = ("text",)

    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return short(self.text).strip("'")


class _Repeated(dict[str, Any]):
    """An object in which a key stands more than once."""

    __slots__ = ("keys_repeated",)
    keys_repeated: list[str]


def _repeated(pairs: list[tuple[str, Any]]) -> _Repeated:
    seen: set[str] = set()
    repeated = _Repeated(pairs)
    repeated.keys_repeated = [key for key, _ in pairs if key in seen or seen.add(key)]  # type: ignore[func-returns-value]
    return repeated


def _integer(digits: str) -> int | NotJson:
    return int(digits) if len(digits) <= MOST_DIGITS else NotJson(digits)


def parse_json(text: str | bytes) -> Any:
    """Read JSON text into dicts, lists, strings, numbers, booleans and ``None``, and refuse repeated keys.

    Raises:
        InvalidRecordError: If it is not UTF-8 or not JSON (with line and column), or if a key stands twice in an
            object (with the way to it).

    Example:
        >>> parse_json('{"name": "Dunedin"}')
        {'name': 'Dunedin'}
        >>> parse_json('{"name": "Dunedin", "name": "Otepoti"}')
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: name: the key stands more than once; expected each key once; delete \
all but one
    """
    value, problems = read_json(decode_text(text))
    if problems:
        raise InvalidRecordError(problems)
    return value


def read_json(text: str) -> tuple[Any, list[Problem]]:
    """Read JSON text into plain values and the problems that leave them whole: keys that are repeated.

    Of values under one key the last is kept, as everywhere.

    Raises:
        InvalidRecordError: If it is not JSON, with line and column: those of a comma too many, or of the place where
            one is missing, or else where reading stopped.
    """
    repeats: list[_Repeated] = []

    def an_object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        values = dict(pairs)
        if len(values) == len(pairs):
            return values
        repeats.append(_repeated(pairs))
        return repeats[-1]

    decoder = json.JSONDecoder(object_pairs_hook=an_object, parse_int=_integer, parse_constant=NotJson)
    try:
        value = decoder.decode(text)
    except json.JSONDecodeError as error:
        raise _not_json(text, error) from None
    except RecursionError:
        raise _at(1, 1, _SYNTAX, "values nested deeper than any record", expected="a record") from None
    return value, _repeated_keys(value) if repeats else []


def _not_json(text: str, error: json.JSONDecodeError) -> InvalidRecordError:
    """What is wrong, in plain words and at one place whatever Python reads it, where it is a comma."""
    place, mend = error.pos, ""
    before = len(text[:place].rstrip(_BLANKS))
    if not text.strip():
        what = "the file is empty"
    elif error.msg.startswith("Illegal trailing comma"):  # Python 3.13 and later
        what, mend = _COMMA_TOO_MANY
    elif text[place : place + 1] in _CLOSING and text[:before].endswith(","):
        place, (what, mend) = before - 1, _COMMA_TOO_MANY
    elif error.msg.startswith("Expecting ',' delimiter") and text[place : place + 1] in _OPENING:
        place, (what, mend) = before, _COMMA_MISSING
    else:
        what = f"this is not JSON: {error.msg[0].lower()}{error.msg[1:]}"
    at = json.JSONDecodeError("", text, place)
    return _at(at.lineno, at.colno, _SYNTAX, what, expected="JSON (RFC 8259)", mend=mend)


_BLANKS: Final = " \t\r\n"
"""The blanks of JSON."""
_CLOSING: Final = frozenset("}]")
_OPENING: Final = frozenset('"{[-0123456789tfn')
"""How a key or a value begins."""
_COMMA_TOO_MANY: Final = ("this is not JSON: a comma with nothing behind it", "delete it")
_COMMA_MISSING: Final = ("this is not JSON: a comma is missing here", "write one, for more follows")


def decode_text(text: str | bytes) -> str:
    """The text of a file.

    Raises:
        InvalidRecordError: If it is not UTF-8, or begins with a byte-order mark, with line and column.
    """
    if isinstance(text, bytes):
        text = _decode(text)
    if text.startswith(_BOM):
        raise _at(1, 1, _ENCODING, _BOM_FOUND, expected="UTF-8 without one", mend="save it as plain UTF-8")
    return text


def _decode(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode()) + 1
        what = f"this is not UTF-8: byte {data[error.start]:#04x}"
        raise _at(line, column, _ENCODING, what, expected="text in UTF-8", mend="save it as UTF-8") from None


def _at(line: int, column: int, rule: str, what: str, *, expected: str, mend: str = "") -> InvalidRecordError:
    return InvalidRecordError(
        [Problem(line=line, column=column, rule=rule, message=what, expected=expected, hint=mend)]
    )


def _repeated_keys(value: Any) -> list[Problem]:
    """Where a key stands more than once, in the order of the text; by a stack, for a value may be nested deep."""
    problems = []
    stack: list[tuple[FieldPath, Any]] = [(FieldPath(), value)]
    while stack:
        path, item = stack.pop()
        if type(item) is _Repeated:
            for key in dict.fromkeys(item.keys_repeated):
                problem = Problem(
                    rule="repeated-key",
                    field=str(FieldPath((*path, key))),
                    message="the key stands more than once",
                    expected="each key once",
                    hint="delete all but one",
                )
                problems.append(problem)
        if isinstance(item, dict):
            stack.extend((FieldPath((*path, key)), inner) for key, inner in reversed(item.items()))
        elif isinstance(item, list):
            stack.extend((FieldPath((*path, index)), inner) for index, inner in reversed(list(enumerate(item))))
    return problems
