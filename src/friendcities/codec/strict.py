"""Plain values that nobody has checked, to records, by cattrs: no coercion, no unknown key, every problem at once.

Two converters share their rules. The quick one leaves the checks of values to the model and stops at the first fault;
only then is the record read again by the thorough one, which goes on and finds them all.
"""

import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from enum import Enum
from typing import Any, Final, cast, get_args, get_origin

import attrs
from cattrs import ClassValidationError, Converter, ForbiddenExtraKeysError
from cattrs.gen import make_dict_structure_fn, override

from friendcities.codec.text import parse
from friendcities.errors import InvalidRecordError, Problem
from friendcities.model import AnyRecord, Evidence, FrozenMap, PartialDate, Problems, Record, Sourced
from friendcities.model.record import check_of, short, typed_fields

__all__ = ["decode", "structure"]

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
        friendcities.errors.InvalidRecordError: name: None cannot stand here; expected text (not empty, without \
control characters or blanks around it)
        mayor: there is no such field; expected one of 'name', 'names', 'country', 'subdivision', 'level', 'part_of', \
'coordinates', 'identifiers', 'note', 'evidence'
    """
    return structure(cls, id_, parse(text))


def structure(cls: type[AnyRecord], id_: str, plain: Any) -> AnyRecord:
    """Make a record of plain values, as :func:`~friendcities.codec.text.parse` gives them.

    Raises:
        InvalidRecordError: If anything is wrong with them; its ``problems`` name all that is, each with its field.
    """
    if not isinstance(plain, dict):
        raise _refused(plain, "an object: { … }")
    named = {**plain, "id": id_}
    if "id" not in plain:
        try:
            return cast(AnyRecord, _QUICK.structure(named, cls))
        except Exception:  # noqa: BLE001, S110 - whatever it was, the thorough reading says it in our words
            pass
    problems: list[Problem] = []
    if "id" in plain:
        problems.append(Problem(field="id", what="the id is the file's name", mend="delete the key"))
    try:
        made = cast(AnyRecord, _THOROUGH.structure(named, cls))
    except InvalidRecordError as error:
        problems.extend(error.problems)
    else:
        if not problems:
            return made
    raise InvalidRecordError(problems)


def _refused(value: Any, expected: str) -> InvalidRecordError:
    return InvalidRecordError([Problem(what=f"{short(value)} cannot stand here", expected=expected)])


_DECIMAL: Final = re.compile(r"-?(?:0|[1-9]\d{0,39})(?:\.\d{1,40})?", re.ASCII)


def _decimal(value: Any, _: Any) -> Decimal:
    if type(value) is not str or not _DECIMAL.fullmatch(value):
        raise _refused(value, "a decimal number in quotes, like \"4321\" or \"-0.5\"")
    return Decimal(value)


def _number(value: Any, _: Any) -> float:
    try:
        number = float(value) if type(value) in {int, float} else math.nan
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise _refused(value, "a number")
    return number


def _date(value: Any, _: Any) -> PartialDate:
    return PartialDate.parse(value)


def _leaf(hint: Any) -> Hook:
    """The hook of a type whose plain values are its values."""
    holds, expected = check_of(hint)

    def hook(value: Any, _: Any) -> Any:
        if not holds(value):
            raise _refused(value, expected)
        return value

    return hook


def _member(hint: Any) -> Hook:
    members = {member.value: member for member in hint}
    expected = check_of(hint)[1]

    def hook(value: Any, _: Any) -> Enum:
        if type(value) is str and value in members:
            return cast(Enum, members[value])
        close = get_close_matches(value, members, n=1) if type(value) is str else []
        what = f"{short(value)} cannot stand here"
        mend = f"did you mean {close[0]!r}?" if close else ""
        raise InvalidRecordError([Problem(what=what, expected=expected, mend=mend)])

    return hook


def _list_hook(hint: Any, converter: Converter) -> Hook:
    element = get_args(hint)[0]
    return _list_of(converter.get_structure_hook(element), element, check_of(hint)[1])


def _list_of(each: Hook, element: Any, expected: str) -> Hook:
    def hook(value: Any, _: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise _refused(value, expected)
        try:
            return tuple([each(item, element) for item in value])
        except Exception:  # noqa: BLE001, S110 - the loop below says what it was, and what else there is
            pass
        problems = []
        for index, item in enumerate(value):
            try:
                each(item, element)
            except Exception as error:  # noqa: BLE001 - all are told apart in _problems
                problems.extend(problem.within(f"[{index}]") for problem in _problems(error))
        raise InvalidRecordError(problems)

    return hook


def _mapping_hook(hint: Any, converter: Converter) -> Hook:
    key_type, value_type = get_args(hint)
    if value_type is object:  # the claims of evidence, which its owner's hook takes to pieces
        return lambda value, _: value
    return _mapping_of(lambda _: (converter.get_structure_hook(value_type), value_type), check_of(key_type)[0])


def _mapping_of(way: Callable[[str], tuple[Hook, Any]], good_key: Callable[[object], bool]) -> Hook:
    def hook(value: Any, _: Any) -> FrozenMap[str, Any]:
        if type(value) is not dict:
            raise _refused(value, "an object: { … }")
        made, problems = {}, []
        for key, item in value.items():
            each, hint = way(key)
            try:
                made[key] = each(item, hint)
            except Exception as error:  # noqa: BLE001 - all are told apart in _problems
                problems.extend(problem.within(key) for problem in _problems(error))
            if not good_key(key):
                problems.append(Problem(field=short(key), what="this cannot be a key", expected="text"))
        if problems:
            raise InvalidRecordError(problems)
        return FrozenMap(made)

    return hook


def _claims_hook(owner: type[Sourced], converter: Converter) -> Hook:
    """What evidence says instead: for each field of its owner, a value of that field's type, or nothing."""
    ways = {a.name: (converter.get_structure_hook(a.type), a.type) for a in attrs.fields(owner) if a.name != "evidence"}

    def maybe(way: tuple[Hook, Any]) -> tuple[Hook, Any]:
        return (lambda value, hint: None if value is None else way[0](value, hint)), way[1]

    optional = {name: maybe(way) for name, way in ways.items()}
    as_it_is: tuple[Hook, Any] = (lambda value, _: value, object)  # the record itself refuses a field it lacks
    return _mapping_of(lambda name: optional.get(name, as_it_is), lambda _: True)


def _record_hook(cls: Any, converter: Converter) -> Hook:
    special = {a.name: override(omit=True) for a in attrs.fields(cls) if a.name.startswith("_")}
    if issubclass(cls, Sourced):
        says = override(struct_hook=_claims_hook(cls, converter))
        told = _checked(Evidence, make_dict_structure_fn(Evidence, converter, says=says), converter)
        hint = attrs.fields_dict(cls)["evidence"].type
        special["evidence"] = override(struct_hook=_list_of(told, Evidence, check_of(hint)[1]))
    return _checked(cls, make_dict_structure_fn(cls, converter, **special), converter)


def _checked(cls: type[Record], make: Any, converter: Converter) -> Hook:
    """A hook that makes a record of an object, or says all that is wrong with it."""
    expected = check_of(cls)[1]

    def hook(value: Any, _: Any) -> Any:
        if not isinstance(value, dict):
            raise _refused(value, expected)
        try:
            return make(value, cls)
        except ClassValidationError as error:
            problems = _problems(error)
            problems += _rules_broken(cls, value, converter, {_root(problem.field) for problem in problems})
            raise InvalidRecordError(problems) from None

    return hook


def _root(field: str) -> str:
    return re.split(r"[.\[]", field, maxsplit=1)[0]


def _rules_broken(cls: type[Record], value: dict[str, Any], converter: Converter, faulty: set[str]) -> list[Problem]:
    """The rules of the record itself that its sound fields break, where all faulty fields can be left out."""
    fields = [a for a in attrs.fields(cls) if not a.name.startswith("_")]
    sound = {a.name: converter.get_structure_hook(a.type)(value[a.name], a.type)
             for a in fields if a.name in value and a.name not in faulty and a.name != "evidence"}
    if any(a.default is attrs.NOTHING and a.name not in sound for a in fields):
        return []
    try:
        cls(**sound)
    except InvalidRecordError as error:
        return [problem for problem in error.problems if _root(problem.field) not in faulty]
    return []


def _problems(error: BaseException) -> list[Problem]:
    """What an error of a hook says, as problems."""
    if isinstance(error, InvalidRecordError):
        return list(error.problems)
    if isinstance(error, ForbiddenExtraKeysError):
        return list(_extra_keys(error))
    if isinstance(error, KeyError):
        return [Problem(what="the field is missing", mend="add it")]
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
        yield Problem(field=key, what="there is no such field", expected=expected, mend=mend)


def _converter(*, thorough: bool) -> Converter:
    converter = Converter(detailed_validation=thorough, forbid_extra_keys=True, prefer_attrib_converters=False)
    for scalar in (str, int, bool):
        leaf: Hook = _leaf(scalar) if thorough else lambda value, _: value
        converter.register_structure_hook_func(lambda hint, scalar=scalar: hint is scalar, leaf)
    converter.register_structure_hook_func(lambda hint: hint is float, _number)
    converter.register_structure_hook_func(lambda hint: hint is Decimal, _decimal)
    converter.register_structure_hook_func(lambda hint: hint is PartialDate, _date)
    converter.register_structure_hook_factory(lambda hint: isinstance(hint, type) and issubclass(hint, Enum), _member)
    converter.register_structure_hook_factory(lambda hint: get_origin(hint) is tuple, _list_hook)
    converter.register_structure_hook_factory(lambda hint: get_origin(hint) is FrozenMap, _mapping_hook)
    converter.register_structure_hook_factory(
        lambda hint: isinstance(hint, type) and issubclass(hint, Record), _record_hook if thorough else _quick_hook
    )
    return converter


def _quick_hook(cls: Any, converter: Converter) -> Hook:
    return _record_hook(cls, converter)


_QUICK: Final = _converter(thorough=False)
_THOROUGH: Final = _converter(thorough=True)
