"""Plain values that were checked when they were written, to records, without checking them again.

What the wheel carries was read strictly and written canonically when the wheel was built, so reading it needs neither
cattrs nor the rules of the model. One builder a class is derived from the annotations: nothing here knows a field.
"""

import types
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin

import attrs

from friendcities.model import AnyRecord, Evidence, FrozenMap, PartialDate, Record
from friendcities.model.record import bare

__all__ = ["build"]

Build = Callable[[Any], Any]


def build(cls: type[AnyRecord], id_: str, plain: dict[str, Any]) -> Any:
    """Make a record of plain values that are known to be right.

    Example:
        >>> from friendcities import City
        >>> build(City, "nz-dunedin", {"name": "Dunedin", "country": "NZ", "level": "municipality"})
        <City nz-dunedin: Dunedin, NZ>
    """
    plain["id"] = id_
    made = _builder(cls, None)(plain)
    del plain["id"]
    return made


_BUILDERS: dict[tuple[type, type | None], Build] = {}


def _builder(cls: type, owner: type | None) -> Build:
    """The builder of a class; of evidence, whose ``claims`` has the types of its owner's fields, one for each owner."""
    known = _BUILDERS.get((cls, owner))
    if known is not None:
        return known
    ways = {a.name: _way(a.type, cls) for a in attrs.fields(cls)}
    if cls is Evidence and owner is not None:
        ways["claims"] = _says({a.name: _way(a.type, owner) for a in attrs.fields(owner) if a.name != "evidence"})
    plan = tuple((a.name, ways[a.name], getattr(cls, a.name).__set__, *_default(a)) for a in attrs.fields(cls))
    new: Any = object.__new__

    def make(plain: dict[str, Any]) -> Any:
        made = new(cls)
        for name, way, put, default, factory in plan:
            if name in plain:
                value = plain[name]
                put(made, value if way is None or value is None else way(value))
            else:
                put(made, default if factory is None else factory())
        return made

    _BUILDERS[cls, owner] = make
    return make


def _default(attribute: "attrs.Attribute[Any]") -> tuple[Any, Any]:
    default: Any = attribute.default
    return (None, default.factory) if isinstance(default, attrs.Factory) else (default, None)  # type: ignore[arg-type]


def _way(hint: Any, owner: type) -> Build | None:
    """How a value of a type is made of a plain one; ``None``: it is the plain one."""
    hint = bare(hint)
    origin = get_origin(hint)
    if origin in {types.UnionType, Union}:
        return _way(next(arm for arm in get_args(hint) if arm is not types.NoneType), owner)
    if origin is tuple:
        way = _way(get_args(hint)[0], owner)
        return tuple if way is None else lambda plain: tuple(map(way, plain))
    if origin is FrozenMap:
        return FrozenMap
    if isinstance(hint, type):
        if issubclass(hint, Record):
            return _builder(hint, owner if hint is Evidence else None)
        if issubclass(hint, Enum):
            return {member.value: member for member in hint}.__getitem__
    return _SCALARS.get(hint)


_DATES: dict[str, PartialDate] = {}


def _date(text: str) -> PartialDate:
    known = _DATES.get(text)
    if known is None:
        known = _DATES[text] = PartialDate.parse(text)
    return known


_SCALARS: dict[Any, Build] = {float: float, Decimal: Decimal, PartialDate: _date}


def _says(ways: dict[str, Build | None]) -> Build:
    def make(plain: dict[str, Any]) -> FrozenMap[str, Any]:
        said = {}
        for name, value in plain.items():
            way = ways[name]
            said[name] = value if way is None or value is None else way(value)
        return FrozenMap(said)

    return make
