"""Plain values that nobody has checked, to records, by cattrs: no coercion, no unknown key, every problem at once.

Cattrs is asked only for what :mod:`~friendcities.codec.quick` does not take, to find every problem in it.
"""

import re
import types
from collections.abc import Callable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from functools import cached_property
from typing import Any, Final, NewType, TypeVar, Union, cast, get_args, get_origin

import attrs
from attrs import evolve
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from friendcities.codec.json_text import decoded, read
from friendcities.codec.positions import located
from friendcities.codec.quick import made
from friendcities.codec.scalars import SCHEMA, date, decimal, number, refused, whole
from friendcities.errors import InvalidRecordError, Problem
from friendcities.model import AnyRecord, Evidence, FrozenMap, PartialDate, Period, Record, Sourced
from friendcities.model.record import bare, check_of, typed_fields

__all__ = ["checked", "decode", "structure"]

Hook = Callable[[Any, Any], Any]


def decode(cls: type[AnyRecord], id_: str, text: str | bytes) -> AnyRecord:
    """Read the text of one record, whose id is the name of its file.

    Raises:
        InvalidRecordError: If anything is wrong with it; its ``problems`` name all that is, each with its field.

    Example:
        >>> from friendcities import City
        >>> decode(City, "nz-dunedin", '{"name": "Dunedin", "country": "NZ", "level": "municipality"}')
        <City nz-dunedin: Dunedin, NZ>
        >>> decode(City, "nz-dunedin", '{"name": null, "country": "NZ", "level": "municipality", "mayor": "?"}')
        Traceback (most recent call last):
        friendcities.errors.InvalidRecordError: 1:2: name: null cannot stand here; expected text (not empty, without \
control characters or blanks around it)
        1:58: mayor: there is no such field; expected one of 'name', 'names', 'country', 'subdivision', 'level', \
'part_of', 'coordinates', 'identifiers', 'note', 'evidence'
    """
    return checked(decoded(text), lambda plain: structure(cls, id_, plain))


T = TypeVar("T")


def checked(text: str, make: Callable[[Any], T]) -> T:
    """Make something of the plain values of a text, or say all that is wrong with either, each with its place.

    Raises:
        InvalidRecordError: If the text is not JSON, if a key is repeated, or if ``make`` says what is wrong.
    """
    plain, problems = read(text)
    try:
        made = make(plain)
    except InvalidRecordError as error:
        problems = [*problems, *error.problems]
    else:
        if not problems:
            return made
    raise InvalidRecordError(sorted(located(problems, text), key=lambda each: (each.line, each.column)))


def structure(cls: type[AnyRecord], id_: str, plain: Any) -> AnyRecord:
    """Make a record of plain values, as :func:`~friendcities.codec.json_text.parse` gives them.

    Raises:
        InvalidRecordError: If anything is wrong with them; its ``problems`` name all that is, each with its field.
    """
    if not isinstance(plain, dict):
        raise refused(plain, "an object: { … }")
    quickly = made(cls, id_, plain)
    if quickly is not None:
        return cast("AnyRecord", quickly)
    named = {**plain, "id": id_}
    problems: list[Problem] = []
    if "id" in plain:
        what, mend = "the id is the file's name and does not stand inside", "delete the key"
        problems.append(Problem(rule="id-inside", field="id", message=what, hint=mend))
    try:
        thoroughly = cast("AnyRecord", _THOROUGH.record(cls)(named, None))
    except InvalidRecordError as error:
        problems.extend(error.problems)
    else:
        if not problems:
            return thoroughly
    raise InvalidRecordError([each if each.rule else evolve(each, rule=SCHEMA) for each in problems])


def _leaf(hint: Any) -> Hook:
    """The hook of a type whose plain values are its values."""
    holds, expected = check_of(hint)

    def hook(value: Any, _: Any) -> Any:
        if not holds(value):
            raise refused(value, expected)
        return value

    return hook


def _member(hint: Any) -> Hook:
    members = {member.value: member for member in hint}
    expected = check_of(hint)[1]

    def hook(value: Any, _: Any) -> Enum:
        if type(value) is str and value in members:
            return cast("Enum", members[value])
        close = get_close_matches(value, members, n=1) if type(value) is str else []
        raise refused(value, expected, f"did you mean {close[0]!r}?" if close else "")

    return hook


def _optional(hook: Hook) -> Hook:
    return lambda value, hint: None if value is None else hook(value, hint)


def _list_of(each: Hook, expected: str) -> Hook:
    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise refused(value, expected)
        made: list[Any] = []
        problems: list[Problem] = []
        for index, item in enumerate(value):
            try:
                made.append(each(item, None))
            except InvalidRecordError as error:
                problems.extend(problem.within(f"[{index}]") for problem in error.problems)
        if problems:
            raise InvalidRecordError(problems)
        return tuple(made)

    return hook


def _mapping_of(way: Callable[[str], Hook]) -> Hook:
    def hook(value: Any, _: Any) -> FrozenMap[str, Any]:
        if not isinstance(value, dict):
            raise refused(value, "an object: { … }")
        made: dict[str, Any] = {}
        problems: list[Problem] = []
        for key, item in value.items():
            try:
                made[key] = way(key)(item, None)
            except InvalidRecordError as error:
                problems.extend(problem.within(key) for problem in error.problems)
        if problems:
            raise InvalidRecordError(problems)
        return FrozenMap(made)

    return hook


def _as_it_is(value: Any, _: Any) -> Any:
    return value


def _scalar(make: Callable[[Any], Any]) -> Hook:
    return lambda value, _: make(value)


_SCALARS: Final[dict[Any, Hook]] = {
    hint: _scalar(make) for hint, make in ((int, whole), (float, number), (Decimal, decimal), (PartialDate, date))
}


class _Reader:
    """The hooks of a converter, one for each type of the model.

    Every field is given its own, so that none of cattrs' defaults, which coerce, is ever asked.
    """

    def __init__(self) -> None:
        self._converter = Converter(detailed_validation=True, forbid_extra_keys=True)
        self._hooks: dict[type, Hook] = {}

    def hook(self, hint: Any) -> Hook:  # noqa: PLR0911 - one way out for each form of type
        """The hook of a type hint of the model."""
        hint = bare(hint)
        origin = get_origin(hint)
        if hint in _SCALARS:
            return _SCALARS[hint]
        if origin in {types.UnionType, Union}:
            return _optional(self.hook(next(arm for arm in get_args(hint) if arm is not types.NoneType)))
        if origin is tuple:
            return _list_of(self.hook(get_args(hint)[0]), check_of(hint)[1])
        if origin is FrozenMap:
            each = self.hook(get_args(hint)[1])
            return _mapping_of(lambda _: each)
        if isinstance(hint, type) and issubclass(hint, Record):
            return self.record(hint)
        if isinstance(hint, type) and issubclass(hint, Enum):
            return _member(hint)
        return _leaf(hint)

    def record(self, cls: type[Record]) -> Hook:
        """The hook of a class of the model, made once."""
        if cls not in self._hooks:
            self._hooks[cls] = self._record(cls)
        return self._hooks[cls]

    def _record(self, cls: type[Record]) -> Hook:
        hooks = {a.name: self.hook(a.type) for a in _public(cls) if a.name not in {"claims", "evidence"}}
        if issubclass(cls, Sourced):
            claims = {name: _optional(hook) for name, hook in hooks.items()}
            says = _mapping_of(lambda name: claims.get(name, _as_it_is))  # the record refuses a field that it lacks
            told = self._made(Evidence, {"claims": says, **{a: h for a, h in self._evidence.items() if a != "claims"}})
            hooks["evidence"] = _list_of(told, check_of(attrs.fields_dict(cls)["evidence"].type)[1])
        return self._made(cls, hooks)

    @cached_property
    def _evidence(self) -> dict[str, Hook]:
        return {a.name: self.hook(a.type) for a in _public(Evidence) if a.name != "claims"}

    def _made(self, cls: type[Record], hooks: dict[str, Hook]) -> Hook:
        """A hook that makes a record of an object, or says all that is wrong with it."""
        overrides: dict[str, Any] = {name: override(struct_hook=hook) for name, hook in hooks.items()}
        overrides |= {a.name: override(omit=True) for a in attrs.fields(cls) if a.name not in hooks}
        make = make_dict_structure_fn(cls, self._converter, **overrides)
        expected = check_of(cls)[1]

        def hook(value: Any, _: Any) -> Any:
            if not isinstance(value, dict):
                raise refused(value, expected)
            try:
                return make(value, cls)
            except ClassValidationError as error:
                problems = _problems(error)
                problems += _rules_broken(cls, value, hooks, {_root(problem.field) for problem in problems})
                raise InvalidRecordError(problems) from None

        return hook


def _public(cls: type[Record]) -> "list[attrs.Attribute[Any]]":
    return [a for a in attrs.fields(cls) if not a.name.startswith("_")]


def _root(field: str) -> str:
    return re.split(r"[.\[]", field, maxsplit=1)[0]


def _rules_broken(cls: type[Record], value: dict[str, Any], hooks: dict[str, Hook], faulty: set[str]) -> list[Problem]:
    """The rules of the record itself that its sound fields break.

    Something has to stand where a field is faulty and needed; what a rule says of that field itself is left out, and
    what it says of the whole record too, for it may miss nothing but the faulty field.
    """
    stand_ins = {a.name: _stand_in(a.type) for a in _public(cls) if a.default is attrs.NOTHING}
    sound = {
        a.name: hooks[a.name](value[a.name], None)
        for a in _public(cls)
        if a.name in value and a.name not in faulty and a.name != "evidence"
    }
    try:
        cls(**(stand_ins | sound))
    except InvalidRecordError as error:
        return [problem for problem in error.problems if _root(problem.field) not in {"", *faulty}]
    return []


def _stand_in(hint: Any) -> Any:
    """Some value of a type of the model."""
    hint = bare(hint)
    if isinstance(hint, NewType):
        return _stand_in(hint.__supertype__)
    if get_origin(hint) is tuple:
        return ()
    if issubclass(hint, Enum):
        return next(iter(hint))
    return _STAND_INS[hint]


_STAND_INS: Final = {
    str: "?",
    int: 1,
    float: 0.0,
    Decimal: Decimal(0),
    PartialDate: PartialDate(1),
    Period: Period(start=PartialDate(1)),
}


def _problems(error: BaseException) -> list[Problem]:
    """What an error of a hook says, as problems."""
    if isinstance(error, InvalidRecordError):
        return list(error.problems)
    if isinstance(error, ForbiddenExtraKeysError):
        return list(_extra_keys(error))
    if isinstance(error, KeyError):
        return [Problem(message="the field is missing", hint="add it")]
    if isinstance(error, ClassValidationError):
        placed, others = error.group_exceptions()
        found = [problem.within(note.name) for each, note in placed for problem in _problems(each)]
        return found + [problem for each in others for problem in _problems(each)]
    raise error


def _extra_keys(error: ForbiddenExtraKeysError) -> Iterator[Problem]:
    known = [name for name, _, _ in typed_fields(error.cl) if name != "id"]
    for key in sorted(error.extra_fields):
        close = get_close_matches(key, known, n=1)
        mend = f"did you mean {close[0]!r}?" if close else ""
        expected = "one of " + ", ".join(map(repr, known))
        yield Problem(field=key, message="there is no such field", expected=expected, hint=mend)


_THOROUGH: Final = _Reader()
