"""Reads unchecked plain values into records: no coercion, no unknown key, every problem at once.

The builder reads what is right; cattrs finds the problems of the rest.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final, TypeVar, cast

import attrs
from attrs import evolve
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from friendcities.codec.json_text import decode_text, read_json
from friendcities.codec.positions import locate_problems
from friendcities.codec.record_builder import SCALAR_READERS, SCHEMA, build_checked, invalid_value
from friendcities.errors import InvalidRecordError, Problem
from friendcities.field_path import FieldPath
from friendcities.model import AnyRecord, FrozenMap, PartialDate, Period, Record
from friendcities.model.field_spec import FieldSpec, Shape, claim_specs, field_specs

Hook = Callable[[Any, Any], Any]

_AN_OBJECT: Final = "an object: { … }"


def read_text(cls: type[AnyRecord], id_: str, text: str | bytes) -> AnyRecord:
    """Read the text of one record, whose id is the name of its file.

    Raises:
        InvalidRecordError: If anything is wrong with it; its ``problems`` name all that is, each with its field.

    Example:
        >>> from friendcities import City
        >>> read_text(City, "nz-dunedin", '{"name": "Dunedin", "country": "NZ", "level": "municipality"}')
        <City nz-dunedin: Dunedin, NZ>
        >>> read_text(City, "nz-dunedin", '{"name": null, "country": "NZ", "level": "municipality", "mayor": "?"}')
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: 1:2: name: invalid value null; expected text (not empty, without \
control characters or blanks around it)
        1:58: mayor: there is no such field; expected one of 'name', 'names', 'country', 'subdivision', 'level', \
'part_of', 'coordinates', 'identifiers', 'note', 'evidence'
    """
    return read_checked(decode_text(text), lambda plain: read_record(cls, id_, plain))


T = TypeVar("T")


def read_checked(text: str, make: Callable[[Any], T]) -> T:
    """Make something of the plain values of a text.

    Raises:
        InvalidRecordError: If the text is not JSON, if a key is repeated, or if ``make`` raises it; with all problems
            of both, each with its line and column, in the order of the text.
    """
    plain, problems = read_json(text)
    try:
        value = make(plain)
    except InvalidRecordError as error:
        problems = [*problems, *error.problems]
    else:
        if not problems:
            return value
    raise InvalidRecordError(sorted(locate_problems(problems, text), key=lambda each: (each.line, each.column)))


def read_record(cls: type[AnyRecord], id_: str, plain: Any) -> AnyRecord:
    """Make a record of plain values, as :func:`~friendcities.codec.json_text.parse` gives them.

    Raises:
        InvalidRecordError: If anything is wrong with them; its ``problems`` name all that is, each with its field.
    """
    if not isinstance(plain, dict):
        raise invalid_value(plain, _AN_OBJECT)
    record = build_checked(cls, id_, plain)
    if record is not None:
        return cast("AnyRecord", record)
    problems: list[Problem] = []
    if "id" in plain:
        message, hint = "the id is the file's name and does not stand inside", "delete the key"
        problems.append(Problem(rule="id-inside", field="id", message=message, hint=hint))
    try:
        record = _READER.record(cls)({**plain, "id": id_}, None)
    except InvalidRecordError as error:
        problems += error.problems
    if not problems:
        return cast("AnyRecord", record)
    raise InvalidRecordError([each if each.rule else evolve(each, rule=SCHEMA) for each in problems])


class _Reader:
    """Reads classes with cattrs; every field has a hook of ours, so that the hooks of cattrs never coerce a value."""

    def __init__(self) -> None:
        self._converter = Converter(detailed_validation=True, forbid_extra_keys=True)
        self._hooks: dict[tuple[type, type | None], Hook] = {}

    def record(self, cls: type[Record], owner: type | None = None) -> Hook:
        """Return the hook of a class; evidence has one for each owner, whose fields its claims are of."""
        if (cls, owner) not in self._hooks:
            self._hooks[cls, owner] = self._record(cls, owner)
        return self._hooks[cls, owner]

    def _record(self, cls: type[Record], owner: type | None) -> Hook:
        hooks = {spec.name: self._field(spec, cls, owner) for spec in field_specs(cls)}
        overrides: dict[str, Any] = {name: override(struct_hook=hook) for name, hook in hooks.items()}
        overrides |= {each.name: override(omit=True) for each in attrs.fields(cls) if each.name not in hooks}
        make = make_dict_structure_fn(cls, self._converter, **overrides)

        def hook(value: Any, _: Any) -> Any:
            if not isinstance(value, dict):
                raise invalid_value(value, f"an object: {cls.__name__}")
            try:
                return make(value, cls)
            except ClassValidationError as error:
                problems = _problems(error)
                problems += _broken_rules(cls, value, hooks, {_first_name(problem.field) for problem in problems})
                raise InvalidRecordError(problems) from None

        return hook

    def _field(self, spec: FieldSpec, cls: type[Record], owner: type | None) -> Hook:
        if spec.name == "claims" and owner is not None:
            hooks = {name: self._value(each._replace(optional=True)) for name, each in claim_specs(owner).items()}
            return _map_hook(lambda name: hooks.get(name, lambda value, _: value))  # the record rejects unknown ones
        return self._value(spec, cls if spec.name == "evidence" else None)

    def _value(self, spec: FieldSpec, owner: type | None = None) -> Hook:
        hook = self._hook(spec, owner)
        return (lambda value, _: None if value is None else hook(value, None)) if spec.optional else hook

    def _hook(self, spec: FieldSpec, owner: type | None) -> Hook:
        if spec.shape is Shape.RECORD:
            return self.record(spec.type, owner)
        if spec.item is not None:
            item = self._value(spec.item, owner)
            return _map_hook(lambda _: item) if spec.shape is Shape.MAP else _list_hook(item, spec.expected)
        if issubclass(spec.type, Enum):
            return _member_hook(spec)
        if spec.type in SCALAR_READERS:
            return lambda value, _: SCALAR_READERS[spec.type](value)
        return _scalar_hook(spec)


def _scalar_hook(spec: FieldSpec) -> Hook:
    def hook(value: Any, _: Any) -> Any:
        if not spec.is_valid(value):
            raise invalid_value(value, spec.expected)
        return value

    return hook


def _member_hook(spec: FieldSpec) -> Hook:
    members = {member.value: member for member in spec.type}

    def hook(value: Any, _: Any) -> Enum:
        if type(value) is str and value in members:
            return cast("Enum", members[value])
        raise invalid_value(value, spec.expected, _hint_at(value, members) if type(value) is str else "")

    return hook


def _hint_at(name: str, names: Iterable[str]) -> str:
    close = get_close_matches(name, list(names), n=1)
    return f"did you mean {close[0]!r}?" if close else ""


def _list_hook(item_hook: Hook, expected: str) -> Hook:
    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise invalid_value(value, expected)
        return tuple(_read_items(((f"[{index}]", item, item_hook) for index, item in enumerate(value))).values())

    return hook


def _map_hook(hook_of: Callable[[str], Hook]) -> Hook:
    def hook(value: Any, _: Any) -> FrozenMap[str, Any]:
        if not isinstance(value, dict):
            raise invalid_value(value, _AN_OBJECT)
        return FrozenMap(_read_items((key, item, hook_of(key)) for key, item in value.items()))

    return hook


def _read_items(items: Iterable[tuple[str, Any, Hook]]) -> dict[str, Any]:
    """Read the items of a list or a map, or raise the problems of all of them."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for field, item, hook in items:
        try:
            values[field] = hook(item, None)
        except InvalidRecordError as error:
            problems.extend(problem.within(field) for problem in error.problems)
    if problems:
        raise InvalidRecordError(problems)
    return values


def _first_name(field: str) -> str:
    return str(next(iter(FieldPath.parse(field)), ""))


def _broken_rules(cls: type[Record], value: dict[str, Any], hooks: dict[str, Hook], faulty: set[str]) -> list[Problem]:
    """The rules of the record itself that its valid fields break.

    A faulty field that is required gets a stand-in. What a rule reports about a faulty field is left out, and what it
    reports about the whole record too, for the record may miss nothing but the faulty field.
    """
    specs = field_specs(cls)
    stand_ins = {
        spec.name: next(iter(spec.type)) if issubclass(spec.type, Enum) else _STAND_INS[spec.type]
        for spec in specs
        if spec.required
    }
    names = [spec.name for spec in specs if spec.name in value and spec.name not in {"evidence", *faulty}]
    try:
        cls(**(stand_ins | {name: hooks[name](value[name], None) for name in names}))
    except InvalidRecordError as error:
        return [problem for problem in error.problems if _first_name(problem.field) not in {"", *faulty}]
    return []


_STAND_INS: Final[dict[type, Any]] = {
    str: "?",
    int: 1,
    float: 0.0,
    tuple: (),
    Decimal: Decimal(0),
    PartialDate: PartialDate(1),
    Period: Period(start=PartialDate(1)),
}


def _problems(error: BaseException) -> list[Problem]:
    """Return the problems that an error of a hook stands for."""
    if isinstance(error, InvalidRecordError):
        return list(error.problems)
    if isinstance(error, ForbiddenExtraKeysError):
        known = [spec.name for spec in field_specs(error.cl) if spec.name != "id"]
        what, expected = "there is no such field", "one of " + ", ".join(map(repr, known))
        return [
            Problem(field=key, message=what, expected=expected, hint=_hint_at(key, known))
            for key in sorted(error.extra_fields)
        ]
    if isinstance(error, KeyError):
        return [Problem(message="the field is missing", hint="add it")]
    if isinstance(error, ClassValidationError):
        placed, others = error.group_exceptions()
        found = [problem.within(note.name) for each, note in placed for problem in _problems(each)]
        return found + [problem for each in others for problem in _problems(each)]
    raise error


_READER: Final = _Reader()
