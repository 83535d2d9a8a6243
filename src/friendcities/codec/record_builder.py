"""Builds records from plain values.

The checked builder rejects invalid values without a message. The trusted builder does not validate.
"""

import json
import math
import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from sys import intern
from typing import Any, ClassVar, Final, Never, cast

import attrs

from friendcities.errors import InvalidRecordError, Problem, short
from friendcities.limits import NUMBER_DIGITS
from friendcities.model import AnyRecord, FrozenMap, PartialDate, Problems, Record
from friendcities.model.field_spec import FieldSpec, Shape, claim_specs, field_specs, value_spec

SCHEMA: Final = "schema"
"""The name of the rule about the types and the form of values."""
DECIMAL: Final = rf"-?(?:0|[1-9][0-9]{{0,{NUMBER_DIGITS - 1}}})(?:\.[0-9]{{1,{NUMBER_DIGITS}}})?"
DECIMAL_IN_WORDS: Final = 'a decimal number in quotes, like "4321" or "-0.5"'

Read = Callable[[Any], Any]
"""A function that converts a plain value, and raises an error for an invalid value."""


def build_checked(cls: type[AnyRecord], id_: str, plain: dict[str, Any]) -> Any:
    """Build a record from plain values. Return ``None`` if the values are invalid.

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
    except Exception:  # noqa: BLE001 - any error means that the values are invalid
        return None


def build_trusted(cls: type[AnyRecord], id_: str, plain: dict[str, Any]) -> Any:
    """Build a record from plain values that are known to be valid.

    Example:
        >>> from friendcities import City
        >>> build_trusted(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ", "level": "municipality"})
        <City nz-dunedin: Dunedin, NZ>
    """
    return _TRUSTED.record(cls)(plain, id_)


def invalid_value(value: Any, expected: str, hint: str = "") -> InvalidRecordError:
    """Return the error for an invalid value."""
    shown = json.dumps(value) if value is None or type(value) is bool else short(value)
    return InvalidRecordError([Problem(rule=SCHEMA, message=f"invalid value {shown}", expected=expected, hint=hint)])


class _InvalidError(Exception):
    """A value is invalid."""


class _FirstProblem(Problems):
    __slots__ = ()

    def add(self, *_: object, **__: object) -> Never:
        raise _InvalidError

    def take(self, error: InvalidRecordError) -> Never:
        raise _InvalidError from error


_FIRST_PROBLEM: Final = _FirstProblem()


class _TrustedBuilder:
    """Makes functions that build records without validation."""

    rules: ClassVar[tuple[str, ...]] = ()
    """The methods that check a new record."""

    def __init__(self) -> None:
        self._built: dict[tuple[type, type | None], Any] = {}

    def record(self, cls: type, owner: type | None = None) -> Any:
        """For Evidence, ``owner`` is the class of the record with the evidence."""
        if (cls, owner) not in self._built:
            self._built[cls, owner] = self._record(cls, owner)
        return self._built[cls, owner]

    def _record(self, cls: type, owner: type | None) -> Any:
        setters = {each.name: getattr(cls, each.name).__set__ for each in attrs.fields(cls)}
        plan = [
            (spec.name, setters.pop(spec.name), self._field(spec, cls, owner), spec.optional, spec.default)
            for spec in field_specs(cls)
        ]
        _, set_id, read_id, _, _ = plan.pop(0) if plan[0][0] == "id" else (None,) * 5
        hidden = [(put, getattr(attrs.fields(cls), name).default) for name, put in setters.items()]
        rules: list[Any] = [getattr(cls, rule) for rule in self.rules if getattr(cls, rule) != getattr(Record, rule)]
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

    def _field(self, spec: FieldSpec, cls: type, owner: type | None) -> Read | None:
        if spec.name == "claims" and owner is not None:  # a claim may break the grammar and the bounds of its field
            specs = {name: each.without_rules()._replace(optional=True) for name, each in claim_specs(owner).items()}
            reads = {name: self._value(each) for name, each in specs.items()}
            return self._map(reads.get)  # the record itself rejects unknown fields
        return self._value(spec, cls if spec.name == "evidence" else None)

    def _value(self, spec: FieldSpec, owner: type | None = None) -> Read | None:
        """Return ``None`` if plain values need no conversion."""
        if spec.shape is Shape.RECORD:
            return cast("Read", self.record(spec.type, owner))
        if spec.item is None:
            return self._scalar_reader(spec)
        item = self._value(spec.item, owner)
        if spec.shape is Shape.LIST:
            return self._list(spec, item)
        return FrozenMap if item is None else self._map(lambda _: item)

    def _scalar_reader(self, spec: FieldSpec) -> Read | None:
        return _members(spec).__getitem__ if issubclass(spec.type, Enum) else _TRUSTED_READERS.get(spec.type)

    def _list(self, spec: FieldSpec, item: Read | None) -> Read:
        del spec  # the checked builder needs it
        return tuple if item is None else lambda value: tuple(map(item, value))

    def _map(self, item_read: Callable[[str], Read | None]) -> Read:
        def read_map(value: Any) -> FrozenMap[str, Any]:
            if not isinstance(value, dict):
                raise invalid_value(value, AN_OBJECT)
            return FrozenMap(self._read_items((key, item, item_read(key)) for key, item in value.items()))

        return read_map

    def _read_items(self, items: Iterable[tuple[str, Any, Read | None]]) -> dict[str, Any]:
        return {key: item if read is None else read(item) for key, item, read in items}


AN_OBJECT: Final = "an object: { … }"


class CheckedBuilder(_TrustedBuilder):
    """Makes functions that validate plain values and build records."""

    rules: ClassVar[tuple[str, ...]] = ("_check", "_check_evidence")

    def _value(self, spec: FieldSpec, owner: type | None = None) -> Read | None:
        read, bounds = super()._value(spec, owner), spec.bounds
        if read is None or bounds is None:
            return read

        def read_within(value: Any) -> Any:
            made = read(value)
            if not bounds.include(made):
                raise _InvalidError
            return made

        return read_within

    def _scalar_reader(self, spec: FieldSpec) -> Read:
        return _read_member(spec) if issubclass(spec.type, Enum) else SCALAR_READERS.get(spec.type) or _read_same(spec)

    def _list(self, spec: FieldSpec, item: Read | None) -> Read:
        make = super()._list(spec, item)
        make_shared = lru_cache(_MOST_SHARED)(make)

        def read_list(value: Any) -> Any:
            if type(value) is not list:
                raise _InvalidError
            return make(value)

        def read_texts(value: Any) -> Any:
            if type(value) is not list or not _TEXT.issuperset(map(type, value)):
                raise _InvalidError
            return make_shared(tuple(value))

        return read_texts if spec.item is not None and spec.item.type is str else read_list


def _members(spec: FieldSpec) -> dict[str, Enum]:
    return {member.value: member for member in spec.type}


def _read_member(spec: FieldSpec) -> Read:
    members = _members(spec)

    def read(value: Any) -> Enum:
        if type(value) is not str:
            raise invalid_value(value, spec.expected)
        if value not in members:
            raise invalid_value(value, spec.expected, did_you_mean(value, members))
        return members[value]

    return read


def did_you_mean(name: str, names: Iterable[str]) -> str:
    """Return a hint with the most similar name, or an empty text."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a problem needs it

    close = get_close_matches(name, list(names), n=1)
    return f"did you mean {close[0]!r}?" if close else ""


def _read_same(spec: FieldSpec) -> Read:
    """Texts with a grammar are interned."""
    is_valid = spec.is_valid if spec.grammar is None else spec.grammar.matches
    share: Read | None = None if spec.grammar is None else intern

    def read(value: Any) -> Any:
        if not is_valid(value):
            raise invalid_value(value, spec.expected)
        return value if share is None else share(value)

    return read


_MOST_SHARED: Final = 65536
_TEXT: Final = frozenset({str})


def _read_decimal(value: Any) -> Decimal:
    if type(value) is not str or not re.fullmatch(DECIMAL, value):
        raise invalid_value(value, DECIMAL_IN_WORDS)
    return Decimal(value)


def _read_whole_number(value: Any) -> int:
    """Accept 2.0, because JSON does not distinguish 2 and 2.0."""
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
    if type(value) is not str:
        raise invalid_value(value, PartialDate.EXPECTED.replace("date", "date in quotes", 1))
    return _parse_date(value)


_parse_date: Final = lru_cache(_MOST_SHARED)(PartialDate.parse)
"""Parses a date. Equal dates become one object."""

SCALAR_READERS: Final[Mapping[type, Read]] = {
    int: _read_whole_number,
    float: _read_number,
    Decimal: _read_decimal,
    PartialDate: _read_date,
}
"""The functions that convert JSON values to these types."""
_TRUSTED_READERS: Final[Mapping[type, Read]] = {float: float, Decimal: Decimal, PartialDate: _parse_date}
_CHECKED: Final = CheckedBuilder()
_TRUSTED: Final = _TrustedBuilder()
