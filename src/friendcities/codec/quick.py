"""Plain values that nobody has checked, to records, for those that are right, as nearly all are.

One function a class takes and checks every field, and applies the rules of the class. It is written here from the
annotations of the class, as attrs writes its methods, since no way round a loop over the fields is as quick. It stops
at the first fault and does not say what that is: :mod:`~friendcities.codec.reader` then reads again, and does.
"""

import types
from collections.abc import Callable, Iterator
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, Final, Never, NewType, Union, get_args, get_origin

import attrs

from friendcities.codec.scalars import date, decimal, number, whole
from friendcities.errors import InvalidRecordError
from friendcities.model import AnyRecord, Evidence, FrozenMap, PartialDate, Problems, Record
from friendcities.model.evidence import evidenced_fields
from friendcities.model.record import bare, check_of, is_text

__all__ = ["made"]

Way = Callable[[Any], Any]
"""Makes a value of a plain one, or raises; whatever it raises, the plain one is not right."""


class _Fault(Exception):  # noqa: N818 - it says nothing, and never leaves the codec
    """Something is not right."""


class _AnyProblem(Problems):
    """Stops at the first problem; it keeps none, so one will do for all records."""

    __slots__ = ()

    def add(self, *_: object, **__: object) -> Never:
        """Stop."""
        raise _Fault

    def take(self, error: InvalidRecordError) -> Never:
        """Stop."""
        raise _Fault from error


def made(cls: type[AnyRecord], id_: str, plain: dict[str, Any]) -> Any:
    """A record of plain values, or ``None`` where they are not right, or not in a form that is right at first sight.

    Example:
        >>> from friendcities import City
        >>> made(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ", "level": "municipality"})
        <City nz-dunedin: Dunedin, NZ>
        >>> made(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ"}) is None
        True
    """
    make = _maker(cls, None)
    try:
        return make(plain, id_)
    except Exception:  # noqa: BLE001 - of whatever sort, it says that something is not right
        return None


_MAKERS: dict[tuple[type, type | None], Any] = {}


def _maker(cls: type, owner: type | None) -> Any:
    """The maker of a class; of evidence, whose ``claims`` has the types of its owner's fields, one for each owner."""
    known = _MAKERS.get((cls, owner))
    if known is None:
        names: dict[str, Any] = {
            "cls": cls,
            "new": object.__new__,
            "problems": _AnyProblem(),
            "Fault": _Fault,
            "is_text": is_text,
            "word": _word,
            "date": date,
        }
        exec("\n".join(_written(cls, owner, names)), names)  # noqa: S102 - every line is written in this module
        known = _MAKERS[cls, owner] = names["make"]
    return known


def _written(cls: type, owner: type | None, names: dict[str, Any]) -> Iterator[str]:
    """The lines of the function that makes a class."""
    yield "def make(plain, id_=None):"
    yield "    if type(plain) is not dict: raise Fault"
    yield "    left, made = len(plain), new(cls)"
    for place, attribute in enumerate(attrs.fields(cls)):
        names[f"put{place}"] = getattr(cls, attribute.name).__set__
        yield from (f"    {line}" for line in _field(cls, attribute, owner, f"{place}", names))
    yield "    if left: raise Fault"
    rules = [rule for rule in _RULES if getattr(cls, rule) is not getattr(Record, rule)]
    yield from (f"    made.{rule}(problems)" for rule in rules)
    yield "    return made"


_RULES: Final = ("_check", "_check_evidence")
"""Where a class has rules of its own, beyond the types of its fields."""


def _field(
    cls: type, attribute: "attrs.Attribute[Any]", owner: type | None, place: str, names: dict[str, Any]
) -> Iterator[str]:
    """The lines that take a field."""
    if attribute.name == "id":
        yield from ("value = id_", *_checked(attribute.type, cls, place, names), f"put{place}(made, value)")
        return
    default: Any = attribute.default
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]
        default = default.factory()  # nothing in a record can be changed, so one will do for all
    names[f"default{place}"] = default
    leave_out = "raise Fault" if default is attrs.NOTHING else f"put{place}(made, default{place})"
    if attribute.name.startswith("_"):
        yield leave_out
        return
    if cls is Evidence and attribute.name == "claims" and owner is not None:
        checked = _by_function(_claims(owner), place, names)
    else:
        checked = list(_checked(attribute.type, cls, place, names))
    yield f"if {attribute.name!r} in plain:"
    taken = (f"value = plain[{attribute.name!r}]", "left -= 1", *checked, f"put{place}(made, value)")
    yield from (f"    {line}" for line in taken)
    yield f"else: {leave_out}"


def _checked(hint: Any, owner: type, place: str, names: dict[str, Any]) -> Iterator[str]:
    """The lines that make the value of a type of a plain one: those of most fields in place, others by a function."""
    plain = bare(hint)
    if get_origin(plain) in {types.UnionType, Union}:
        arm = next(arm for arm in get_args(plain) if arm is not types.NoneType)
        yield "if value is not None:"
        yield from (f"    {line}" for line in _checked(arm, owner, place, names))
    elif hint is str:
        yield "right = type(value) is str and value and value.isprintable() and value[0] != ' ' != value[-1]"
        yield "if not right and not is_text(value): raise Fault"
    elif plain is str or isinstance(plain, NewType):
        yield "value = word(value)"
    elif plain is PartialDate:
        yield "value = date(value)"
    else:
        yield from _by_function(_way(plain, owner), place, names)


def _by_function(way: Way, place: str, names: dict[str, Any]) -> list[str]:
    names[f"way{place}"] = way
    return [f"value = way{place}(value)"]


def _way(hint: Any, owner: type) -> Way:  # noqa: PLR0911 - one way out for each form of type
    """The function that makes the value of a type of a plain one."""
    hint = bare(hint)
    origin = get_origin(hint)
    if origin in {types.UnionType, Union}:
        return _optional(_way(next(arm for arm in get_args(hint) if arm is not types.NoneType), owner))
    if hint in _SCALARS:
        return _SCALARS[hint]
    if isinstance(hint, NewType):
        return _word
    if origin is tuple:
        way = _way(get_args(hint)[0], owner)
        return _words if way is _word else _tuple_of(way)
    if origin is FrozenMap:
        way = _way(get_args(hint)[1], owner)
        return _map_of(lambda _: way)
    if issubclass(hint, Enum):
        return _member_of({member.value: member for member in hint})
    if issubclass(hint, Record):
        make: Way = _maker(hint, owner if hint is Evidence else None)
        return make
    return _held_to(check_of(hint)[0])


def _claims(owner: type) -> Way:
    """The function that makes what evidence says of the fields of a class that it can be about; of no other."""
    told = attrs.fields_dict(owner)
    return _map_of({name: _optional(_way(told[name].type, owner)) for name in evidenced_fields(owner)}.__getitem__)


def _optional(way: Way) -> Way:
    return lambda value: None if value is None else way(value)


def _tuple_of(way: Way) -> Way:
    def make(value: Any) -> tuple[Any, ...]:
        if type(value) is not list:
            raise _Fault
        return tuple(map(way, value))

    return make


def _map_of(way_of: Callable[[str], Way]) -> Way:
    def make(value: Any) -> FrozenMap[str, Any]:
        if type(value) is not dict:
            raise _Fault
        return FrozenMap({key: way_of(key)(each) for key, each in value.items()})

    return make


def _member_of(members: dict[str, Any]) -> Way:
    def make(value: Any) -> Any:
        if type(value) is not str:
            raise _Fault
        return members[value]

    return make


def _held_to(holds: Callable[[object], bool]) -> Way:
    def same(value: Any) -> Any:
        if not holds(value):
            raise _Fault
        return value

    return same


_MOST_SHARED: Final = 65536
"""How many words, and lists of words, are remembered: registers have many facts, and few words that recur in them."""


@lru_cache(_MOST_SHARED, typed=True)
def _word(value: str) -> str:
    """Text that recurs, such as an id or a code: looked at once, and one object wherever it stands."""
    if not is_text(value):
        raise _Fault
    return value


@lru_cache(_MOST_SHARED)
def _all_words(value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(_word, value))


def _words(value: Any) -> tuple[str, ...]:
    """Some of them, one object for all that are equal."""
    if type(value) is not list or not _TEXT.issuperset(map(type, value)):
        raise _Fault
    return _all_words(tuple(value))


_TEXT: Final = frozenset({str})
_SCALARS: Final[dict[Any, Way]] = {
    str: _word,
    int: whole,
    float: number,
    Decimal: decimal,
    PartialDate: date,
}
