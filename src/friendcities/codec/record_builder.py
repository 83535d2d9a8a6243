"""Builds records from plain values, as FieldSpec describes each class.

The checked builder accepts exactly what :mod:`~friendcities.codec.reader` accepts, and leaves the details of what it
rejects to the reader. The trusted builder is for values that were checked before they were written.
"""

import json
import math
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from sys import intern
from typing import Any, Final, Never, cast

import attrs

from friendcities.errors import InvalidRecordError, Problem, short
from friendcities.model import AnyRecord, FrozenMap, PartialDate, Problems, Record
from friendcities.model.field_spec import FieldSpec, Shape, claim_specs, field_specs, value_spec
from friendcities.model.grammar import MOST_DIGITS, Bounds

SCHEMA: Final = "schema"
"""The rule that a value breaks where no closer rule is known: the types and the form of a record."""
DECIMAL: Final = re.compile(rf"-?(?:0|[1-9][0-9]{{0,{MOST_DIGITS - 1}}})(?:\.[0-9]{{1,{MOST_DIGITS}}})?")
DECIMAL_IN_WORDS: Final = 'a decimal number in quotes, like "4321" or "-0.5"'

Read = Callable[[Any], Any]
"""Makes a value of a plain one, or raises."""


def build_checked(cls: type[AnyRecord], id_: str, plain: dict[str, Any]) -> Any:
    """Build a record of plain values; return ``None`` where anything is wrong with them.

    Example:
        >>> from friendcities import City
        >>> build_checked(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ", "level": "municipality"})
        <City nz-dunedin: Dunedin, NZ>
        >>> build_checked(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ"}) is None
        True
    """
    build = _CHECKED.record(cls)
    try:
        return build(plain, id_)
    except Exception:  # noqa: BLE001 - whatever was raised, something is wrong with the values
        return None


def build_trusted(cls: type[AnyRecord], id_: str, plain: dict[str, Any]) -> Any:
    """Build a record of plain values that are known to be right.

    Example:
        >>> from friendcities import City
        >>> build_trusted(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ", "level": "municipality"})
        <City nz-dunedin: Dunedin, NZ>
    """
    return _TRUSTED.record(cls)(plain, id_)


def invalid_value(value: Any, expected: str, hint: str = "") -> InvalidRecordError:
    """Return the error about a value that is not what its field expects."""
    shown = json.dumps(value) if value is None or type(value) is bool else short(value)
    return InvalidRecordError([Problem(rule=SCHEMA, message=f"invalid value {shown}", expected=expected, hint=hint)])


class _InvalidError(Exception):
    """A value is wrong; raised by the checked builder alone, and caught by it."""


class _FirstProblem(Problems):
    """Raises the first problem; it keeps none, so that one object serves all records."""

    __slots__ = ()

    def add(self, *_: object, **__: object) -> Never:
        raise _InvalidError

    def take(self, error: InvalidRecordError) -> Never:
        raise _InvalidError from error


_FIRST_PROBLEM: Final = _FirstProblem()
_RULES: Final = ("_check", "_check_evidence")


class _Builder:
    """Makes the functions that build each class; those of a checked builder check types, grammar and rules."""

    def __init__(self, *, checked: bool) -> None:
        self._checked = checked
        self._built: dict[tuple[type, type | None], Any] = {}

    def record(self, cls: type, owner: type | None = None) -> Any:
        """Return the function that builds a class; evidence has one for each owner, whose fields its claims are of."""
        if (cls, owner) not in self._built:
            self._built[cls, owner] = self._record(cls, owner)
        return self._built[cls, owner]

    def _record(self, cls: type, owner: type | None) -> Any:
        setters = {each.name: getattr(cls, each.name).__set__ for each in attrs.fields(cls)}
        plan = [
            (spec.name, setters.pop(spec.name), self._plan_field(spec, cls, owner), spec.optional, spec.default)
            for spec in field_specs(cls)
        ]
        _, set_id, read_id, _, _ = plan.pop(0) if plan[0][0] == "id" else (None,) * 5
        hidden = [(put, getattr(attrs.fields(cls), name).default) for name, put in setters.items()]
        own_rules = [rule for rule in _RULES if getattr(cls, rule) is not getattr(Record, rule)]
        rules: list[Any] = [getattr(cls, rule) for rule in own_rules] if self._checked else []
        new: Any = object.__new__

        def build(plain: Any, id_: Any = None) -> Any:
            if type(plain) is not dict:
                raise _InvalidError
            record = new(cls)
            if set_id is not None:
                set_id(record, id_ if read_id is None else read_id(id_))
            left = len(plain)
            for name, put, read, optional, default in plan:
                if name in plain:
                    value = plain[name]
                    put(record, value if read is None or (optional and value is None) else read(value))
                    left -= 1
                elif default is attrs.NOTHING:
                    raise _InvalidError
                else:
                    put(record, default)
            if left:
                raise _InvalidError
            for put, default in hidden:
                put(record, default)
            for check in rules:
                check(record, _FIRST_PROBLEM)
            return record

        return build

    def _plan_field(self, spec: FieldSpec, cls: type, owner: type | None) -> Read | None:
        if spec.name == "claims" and owner is not None:
            return self._claims(owner)
        read = self._value(spec, cls if spec.name == "evidence" else None)
        return _read_within(read, spec.bounds) if self._checked and read and spec.bounds else read

    def _claims(self, owner: type) -> Read:
        """The function that reads claims: values of the owner's fields, held to their types but not to a grammar."""
        reads = {name: self._value(spec.without_rules(), None) for name, spec in claim_specs(owner).items()}

        def read(value: Any) -> FrozenMap[str, Any]:
            _require_type(value, dict)
            claims = {}
            for name, claim in value.items():
                read = reads[name]
                claims[name] = claim if claim is None or read is None else read(claim)
            return FrozenMap(claims)

        return read

    def _value(self, spec: FieldSpec, owner: type | None) -> Read | None:
        """The function that reads a value other than ``None``; ``None`` where the plain value is the value."""
        if spec.shape is Shape.RECORD:
            return cast("Read", self.record(spec.type, owner))
        if spec.item is not None:
            item = self._value(spec.item, owner)
            if spec.shape is Shape.MAP:
                return _read_map(item) if self._checked else FrozenMap
            return self._list(item, spec.item)
        if issubclass(spec.type, Enum):
            members = {member.value: member for member in spec.type}
            return _read_member(members) if self._checked else members.__getitem__
        if self._checked:
            return SCALAR_READERS.get(spec.type) or _read_same(spec)
        return _TRUSTED_READERS.get(spec.type)

    def _list(self, item: Read | None, spec: FieldSpec) -> Read:
        if item is None:
            return tuple
        if self._checked:
            return _read_texts(item) if spec.type is str else _read_list(item)
        return lambda value: tuple(map(item, value))


def _require_type(value: Any, cls: type) -> None:
    if type(value) is not cls:
        raise _InvalidError


def _read_within(read: Read, bounds: Bounds) -> Read:
    def read_within(value: Any) -> Any:
        made = read(value)
        if not bounds.include(made):
            raise _InvalidError
        return made

    return read_within


def _read_list(item: Read) -> Read:
    def read(value: Any) -> tuple[Any, ...]:
        _require_type(value, list)
        return tuple(map(item, value))

    return read


def _read_map(item: Read | None) -> Read:
    def read(value: Any) -> FrozenMap[str, Any]:
        _require_type(value, dict)
        return FrozenMap(value if item is None else {key: item(each) for key, each in value.items()})

    return read


def _read_member(members: Mapping[str, Enum]) -> Read:
    def read(value: Any) -> Enum:
        _require_type(value, str)
        return members[value]

    return read


def _read_same(spec: FieldSpec) -> Read:
    """The function that takes a plain value as it is; texts that recur, those with a grammar, are shared."""
    is_valid = spec.is_valid if spec.grammar is None else spec.grammar.matches
    share: Read | None = None if spec.grammar is None else intern

    def read(value: Any) -> Any:
        if not is_valid(value):
            raise _InvalidError
        return value if share is None else share(value)

    return read


def _read_texts(item: Read) -> Read:
    """The function that reads a list of texts; equal lists are one object."""

    @lru_cache(_MOST_SHARED)
    def read_all(values: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(item, values))

    def read_list(value: Any) -> tuple[str, ...]:
        _require_type(value, list)
        if not _TEXT.issuperset(map(type, value)):
            raise _InvalidError
        return read_all(tuple(value))

    return read_list


_MOST_SHARED: Final = 65536
_TEXT: Final = frozenset({str})


def _read_decimal(value: Any) -> Decimal:
    if type(value) is not str or not DECIMAL.fullmatch(value):
        raise invalid_value(value, DECIMAL_IN_WORDS)
    return Decimal(value)


def _read_whole_number(value: Any) -> int:
    """Read a whole number, also where it is written like 2.0: JSON and JSON Schema see no difference."""
    number = int(value) if type(value) is float and value.is_integer() else value
    spec = value_spec(int)
    if not spec.is_valid(number):
        raise invalid_value(value, spec.expected)
    return cast("int", number)


def _read_number(value: Any) -> float:
    try:
        number = float(value) if type(value) in {int, float} else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise invalid_value(value, "a number")
    return number


def _read_date(value: Any) -> PartialDate:
    return _parse_date(value) if type(value) is str else PartialDate.parse(value)


_parse_date: Final = lru_cache(_MOST_SHARED)(PartialDate.parse)
"""Datasets contain few dates many times; equal ones are one object."""

SCALAR_READERS: Final[Mapping[type, Read]] = {
    int: _read_whole_number,
    float: _read_number,
    Decimal: _read_decimal,
    PartialDate: _read_date,
}
"""The values that JSON writes differently."""
_TRUSTED_READERS: Final[Mapping[type, Read]] = {float: float, Decimal: Decimal, PartialDate: _parse_date}
_CHECKED: Final = _Builder(checked=True)
_TRUSTED: Final = _Builder(checked=False)
