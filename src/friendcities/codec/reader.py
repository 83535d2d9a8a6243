"""Reads plain values into records, and reports all problems at once.

If a record is invalid, cattrs finds all its problems.
"""

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import Enum
from typing import Any, Final, TypeVar, cast

import attrs
from attrs import evolve
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from friendcities.codec.parse_json import decode_text, read_json
from friendcities.codec.positions import locate_problems
from friendcities.codec.record_builder import (
    AN_OBJECT,
    SCHEMA,
    CheckedBuilder,
    Read,
    build_checked,
    did_you_mean,
    invalid_value,
)
from friendcities.errors import InvalidRecordError, Problem
from friendcities.field_path import FieldPath
from friendcities.limits import FILE_PROBLEMS, LIST_PROBLEMS
from friendcities.model import AnyRecord, PartialDate, Period, Record
from friendcities.model.field_spec import FieldSpec, field_specs


def read_text(cls: type[AnyRecord], id_: str, text: str | bytes) -> AnyRecord:
    """Read a record from the text of its file. The id is the name of the file.

    Raises:
        InvalidRecordError: If the record is invalid. The error contains all problems.

    Example:
        >>> from friendcities import City
        >>> read_text(City, "nz-dunedin", '{"name": "Dunedin", "country": "NZ", "level": "municipality"}')
        <City nz-dunedin: Dunedin, NZ>
        >>> read_text(City, "nz-dunedin", '{"name": null, "country": "NZ", "level": "municipality", "mayor": "?"}')
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: 1:2: name: invalid value null; expected text (1 to 5,000 \
characters, no control characters, no blanks at the ends, at most 30 combining marks in a row)
        1:58: mayor: unknown field; expected one of 'name', 'names', 'country', 'subdivision', 'level', \
'part_of', 'coordinates', 'identifiers', 'note', 'evidence'
    """
    return read_checked(decode_text(text), lambda plain: read_record(cls, id_, plain))


T = TypeVar("T")


def read_checked(text: str, make: Callable[[Any], T]) -> T:
    """Parse a JSON text, and call ``make`` with its plain values.

    Raises:
        InvalidRecordError: If the text is not JSON, repeats a key, or ``make`` raises this error. Each problem has a
            line and a column.
    """
    plain, problems = read_json(text)
    try:
        value = make(plain)
    except InvalidRecordError as error:
        problems = [*problems, *error.problems]
    else:
        if not problems:
            return value
    located = sorted(locate_problems(problems[:FILE_PROBLEMS], text), key=lambda each: (each.line, each.column))
    more = len(problems) - len(located)
    if more:
        located.append(Problem(rule=SCHEMA, line=located[-1].line, message=f"{more:,} other problems are not listed"))
    raise InvalidRecordError(located)


def read_record(cls: type[AnyRecord], id_: str, plain: Any) -> AnyRecord:
    """Make a record from plain JSON values.

    Raises:
        InvalidRecordError: If the record is invalid. The error contains all problems.
    """
    if not isinstance(plain, dict):
        raise invalid_value(plain, AN_OBJECT)
    record = build_checked(cls, id_, plain)
    if record is not None:
        return cast("AnyRecord", record)
    problems: list[Problem] = []
    if "id" in plain:
        message, hint = "the key 'id' is not allowed, because the name of the file is the id", "delete the key"
        problems.append(Problem(rule="id-inside", field="id", message=message, hint=hint))
    try:
        record = _PROBLEM_FINDER.record(cls)({**plain, "id": id_})
    except InvalidRecordError as error:
        problems += error.problems
    if not problems:
        return cast("AnyRecord", record)
    raise InvalidRecordError([each if each.rule else evolve(each, rule=SCHEMA) for each in problems])


class _ProblemFinder(CheckedBuilder):
    """Reads classes with cattrs, and raises all problems at once."""

    def _record(self, cls: type[Record], owner: type | None) -> Read:
        reads = {each.name: cast("Read", self._field(each.without_rules(), cls, owner)) for each in field_specs(cls)}
        overrides: dict[str, Any] = {name: override(struct_hook=_hook(read)) for name, read in reads.items()}
        overrides |= {each.name: override(omit=True) for each in attrs.fields(cls) if each.name not in reads}
        make = make_dict_structure_fn(cls, _CONVERTER, **overrides)

        def read_record(value: Any) -> Any:
            if not isinstance(value, dict):
                raise invalid_value(value, f"an object: {cls.__name__}")
            try:
                return make(value, cls)
            except ClassValidationError as error:
                problems = _problems(error)
                problems += _broken_rules(cls, value, reads, {_first_name(problem.field) for problem in problems})
                raise InvalidRecordError(problems) from None

        return read_record

    def _value(self, spec: FieldSpec, owner: type | None = None) -> Read | None:
        read = cast("Read", super()._value(spec, owner))
        return read if not spec.optional else lambda value: None if value is None else read(value)

    def _list(self, spec: FieldSpec, item: Read | None) -> Read:
        def read_list(value: Any) -> tuple[Any, ...]:
            if type(value) is not list:
                raise invalid_value(value, spec.expected)
            return tuple(self._read_items((f"[{index}]", each, item) for index, each in enumerate(value)).values())

        return read_list

    def _read_items(self, items: Iterable[tuple[str, Any, Read | None]]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for field, item, read in items:
            if len(problems) >= LIST_PROBLEMS:
                problems.append(
                    Problem(field=field, message="reading stopped here, because there are too many problems")
                )
                break
            try:
                values[field] = item if read is None else read(item)
            except InvalidRecordError as error:
                problems.extend(problem.within(field) for problem in error.problems)
        if problems:
            raise InvalidRecordError(problems)
        return values


def _hook(read: Read) -> Callable[[Any, Any], Any]:
    return lambda value, _: read(value)


def _first_name(field: str) -> str:
    return str(next(iter(FieldPath.parse(field)), ""))


def _broken_rules(cls: type[Record], value: dict[str, Any], reads: dict[str, Read], faulty: set[str]) -> list[Problem]:
    """Return the problems that depend on several fields."""
    specs = field_specs(cls)
    stand_ins = {
        spec.name: next(iter(spec.type)) if issubclass(spec.type, Enum) else _STAND_INS[spec.type]
        for spec in specs
        if spec.required
    }
    names = [spec.name for spec in specs if spec.name in value and spec.name not in {"evidence", *faulty}]
    try:
        cls(**(stand_ins | {name: reads[name](value[name]) for name in names}))
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
    if isinstance(error, InvalidRecordError):
        return list(error.problems)
    if isinstance(error, ForbiddenExtraKeysError):
        known = [spec.name for spec in field_specs(error.cl) if spec.name != "id"]
        what, expected = "unknown field", "one of " + ", ".join(map(repr, known))
        keys = sorted(error.extra_fields)
        found = [
            Problem(field=key, message=what, expected=expected, hint=did_you_mean(key, known))
            for key in keys[:LIST_PROBLEMS]
        ]
        more = len(keys) - len(found)
        return found + ([Problem(message=f"{more:,} other unknown fields", hint="delete them")] if more else [])
    if isinstance(error, KeyError):
        return [Problem(message="missing field", hint="add it")]
    if isinstance(error, ClassValidationError):
        placed, others = error.group_exceptions()
        found = [problem.within(note.name) for each, note in placed for problem in _problems(each)]
        return found + [problem for each in others for problem in _problems(each)]
    raise error


_CONVERTER: Final = Converter(detailed_validation=True, forbid_extra_keys=True)
_PROBLEM_FINDER: Final = _ProblemFinder()
