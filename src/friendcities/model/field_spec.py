"""FieldSpec: the description of a record's field, made from its type annotation."""

import math
import types
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from operator import index
from typing import Annotated, Any, Final, NamedTuple, NewType, Union, get_args, get_origin

import attrs

from friendcities.field_path import FieldPath
from friendcities.model.grammar import GRAMMARS, TEXT_IN_WORDS, Bounds, Grammar, is_decimal, is_text, is_whole_number


class Shape(Enum):
    """Whether a value is a scalar, a list, a map or a record."""

    SCALAR = "scalar"
    LIST = "list"
    MAP = "map"
    RECORD = "record"


class FieldSpec(NamedTuple):
    """The description of a field, a list item or a map value."""

    name: str
    """The name of the field; empty for list items and map values."""
    shape: Shape
    """The kind of value."""
    type: Any
    """The class of the value, such as ``str`` for ids and codes, and ``tuple`` for lists."""
    is_valid: Callable[[object], bool]
    """Returns whether a value and its items have the right type. Grammar and bounds are not checked."""
    expected: str
    """A text for messages: the type that a file must contain."""
    optional: bool = False
    """Whether the value may be ``None``."""
    default: Any = attrs.NOTHING
    """The default value; ``attrs.NOTHING`` for a required field."""
    item: "FieldSpec | None" = None
    """The description of the items of a list, or of the values of a map."""
    key: "FieldSpec | None" = None
    """The description of every key of a map."""
    grammar: Grammar | None = None
    """The grammar of an id, a code or an address."""
    key_grammars: Mapping[str, Grammar] = types.MappingProxyType({})
    """The grammars of values of a map, by key. Some keys may have none."""
    bounds: Bounds | None = None
    """The limits of a number, or of the length of a list."""
    id_type: Any = None
    """The type of the id, such as ``CityId``, if the value is an id."""

    @property
    def required(self) -> bool:
        """Whether the field has no default."""
        return self.default is attrs.NOTHING

    @property
    def expected_in_python(self) -> str:
        """A description of the accepted Python types, for messages."""
        if self.id_type is not None:
            return f"a {self.id_type.__name__.removesuffix('Id')} or its id"
        if issubclass(self.type, Enum):
            return f"a {self.type.__name__}, or {self.expected}"
        words = getattr(self.type, "EXPECTED_IN_PYTHON", f"a {self.type.__name__}")
        return self.expected if self.type is str else _IN_PYTHON.get(self.type, words)

    def convert(self, value: Any) -> Any:
        """Convert a Python value to the type of the field. If this is not possible, return the value unchanged."""
        cls: Any = type(value)
        is_text = issubclass(cls, str) and not issubclass(cls, Enum)
        try:
            if self.item is not None and isinstance(value, list | tuple):
                return tuple(each if self.item.is_valid(each) else self.item.convert(each) for each in value)
            if self.id_type is not None and not is_text:
                return value.id if field_specs(cls)[0].id_type is self.id_type else value
            if is_text and (self.type in {str, Decimal} or issubclass(self.type, Enum)):
                return self.type(str(value))
            if self.type in _NUMBERS and not issubclass(cls, bool | str | bytes):
                return _NUMBERS[self.type](value)
            return self.type.convert(value) if hasattr(self.type, "convert") else value
        except (TypeError, ValueError, ArithmeticError, LookupError):
            return value

    def without_rules(self) -> "FieldSpec":
        """Return the description without grammar and bounds, for claims of sources."""
        item = None if self.item is None else self.item.without_rules()
        return self._replace(grammar=None, bounds=None, key=None, key_grammars={}, item=item)


_SPECS: dict[type, tuple[FieldSpec, ...]] = {}
_CLAIM_SPECS: dict[type, Mapping[str, FieldSpec]] = {}


def field_specs(cls: type) -> tuple[FieldSpec, ...]:
    """Return a description of each public field of a record class, in order.

    Example:
        >>> from friendcities import City
        >>> [spec.name for spec in field_specs(City) if spec.required]
        ['id', 'name', 'country', 'level']
    """
    if cls not in _SPECS:
        public = [attribute for attribute in attrs.fields(cls) if not attribute.name.startswith("_")]
        specs = (value_spec(each.type)._replace(name=each.name, default=each.default) for each in public)
        _SPECS[cls] = tuple(specs)
    return _SPECS[cls]


_NOT_EVIDENCED: Final = frozenset({"id", "evidence", "note", "completeness"})
"""The fields that evidence cannot support."""


def claim_specs(owner: type) -> Mapping[str, FieldSpec]:
    """Return a description of each field that evidence can support."""
    if owner not in _CLAIM_SPECS:
        _CLAIM_SPECS[owner] = {spec.name: spec for spec in field_specs(owner) if spec.name not in _NOT_EVIDENCED}
    return _CLAIM_SPECS[owner]


def evidenced_fields(cls: type) -> tuple[str, ...]:
    """Return the names of the fields that evidence can support."""
    return tuple(claim_specs(cls))


def value_spec(hint: Any) -> FieldSpec:
    """Convert a type annotation to a field description.

    Example:
        >>> value_spec(tuple[str, ...]).shape, value_spec(int | None).optional
        (<Shape.LIST: 'list'>, True)
    """
    beside: Any = None
    if get_origin(hint) is Annotated:
        hint, beside = get_args(hint)
    origin = get_origin(hint)
    if origin in {types.UnionType, Union}:
        spec = value_spec(next(arm for arm in get_args(hint) if arm is not types.NoneType))
        is_valid = spec.is_valid
        spec = spec._replace(optional=True, is_valid=lambda value: value is None or is_valid(value))
    elif origin is tuple:
        spec = _list_spec(value_spec(get_args(hint)[0]))
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        spec = _map_spec(origin, *map(value_spec, get_args(hint)))
    elif isinstance(hint, NewType):
        spec = value_spec(hint.__supertype__)._replace(grammar=GRAMMARS.get(hint), id_type=hint)
    else:
        spec = _SCALARS.get(hint) or _class_spec(hint)
    if isinstance(beside, Grammar):
        return spec._replace(grammar=beside)
    if isinstance(beside, Bounds):
        return spec._replace(bounds=beside)
    return spec if beside is None else spec._replace(key_grammars=beside)


_SCALARS: Final = {
    cls: FieldSpec("", Shape.SCALAR, cls, is_valid, expected)
    for cls, is_valid, expected in (
        (str, is_text, TEXT_IN_WORDS),
        (int, is_whole_number, "a whole number"),
        (bool, lambda value: type(value) is bool, "true or false"),
        (float, lambda value: type(value) is float and math.isfinite(value), "a number"),
        (Decimal, is_decimal, "a decimal number"),
        (object, lambda _: True, "anything"),
    )
}
_NUMBERS: Final[dict[Any, Callable[[Any], Any]]] = {
    int: index,
    float: float,
    Decimal: lambda number: Decimal(index(number)),
}
_IN_PYTHON: Final[dict[Any, str]] = {
    int: "an int",
    bool: "True or False",
    float: "a finite float",
    Decimal: "a Decimal, an int, or text like '4321'",
    tuple: "a tuple or a list",
}


def _list_spec(item: FieldSpec) -> FieldSpec:
    def is_valid(value: Any) -> bool:
        return type(value) is tuple and all(map(item.is_valid, value))

    return FieldSpec("", Shape.LIST, tuple, is_valid, "a list", item=item)


def _map_spec(cls: type, key: FieldSpec, item: FieldSpec) -> FieldSpec:
    def is_valid(value: Any) -> bool:
        items: Any = value
        return type(value) is cls and all(type(name) is str and item.is_valid(items[name]) for name in items)

    return FieldSpec("", Shape.MAP, cls, is_valid, "an object", key=key, item=item)


def _class_spec(cls: Any) -> FieldSpec:
    if issubclass(cls, Enum):
        shape, expected = Shape.SCALAR, "one of " + ", ".join(repr(str(member)) for member in cls)
    elif hasattr(cls, "EXPECTED"):
        shape, expected = Shape.SCALAR, cls.EXPECTED
    else:
        shape, expected = Shape.RECORD, f"an object: {cls.__name__}"
    return FieldSpec("", shape, cls, lambda value: type(value) is cls, expected)


def is_empty(value: object) -> bool:
    """Whether a value is ``None``, ``unspecified``, or an empty list or map."""
    if isinstance(value, str):
        return value == "unspecified"
    return value is None or (not value and isinstance(value, tuple | Mapping))


_Path = tuple[str | int, ...]
_Found = list[tuple[_Path, FieldSpec, Any]]
_Wanted = Callable[[FieldSpec, Any], bool]


class _Items(NamedTuple):
    plan: "_Plan"
    is_map: bool


class _Claims(dict[str, "_Plan"]):
    """Plans by claimed field."""


_Plan = FieldSpec | dict[str, Any] | _Items
"""A plan for finding selected values."""


class FieldFinder:
    """Finds the values of selected fields in a record, at any depth.

    Args:
        selects: Returns whether a field or a list item is selected.
        claims: Whether to search the claims of evidence.

    Example:
        >>> import friendcities as fc
        >>> finder = FieldFinder(lambda spec: spec.id_type is not None and spec.name != "id")
        >>> [(str(path), id_) for path, _, id_ in finder.find(fc.city("Pudong New Area"))][0]
        ('part_of', 'cn-shanghai')
    """

    def __init__(self, selects: Callable[[FieldSpec], bool], *, claims: bool = True) -> None:
        self._selects = selects
        self._claims = claims
        self._plans: dict[tuple[type, type | None], dict[str, Any]] = {}

    def find(self, record: object, wanted: _Wanted = lambda *_: True) -> list[tuple[FieldPath, FieldSpec, Any]]:
        """Return the path, the description and the value of each selected field, in order."""
        found: _Found = []
        _walk(self._plan_record(type(record), None), record, (), wanted, found)
        return [(FieldPath(path), spec, value) for path, spec, value in found]

    def _plan_record(self, cls: type, owner: type | None) -> dict[str, Any]:
        """For Evidence, ``owner`` is the class of the record with the evidence."""
        if (cls, owner) not in self._plans:
            plans = {spec.name: self._plan(spec, cls, owner) for spec in field_specs(cls)}
            self._plans[cls, owner] = {name: plan for name, plan in plans.items() if plan}
        return self._plans[cls, owner]

    def _plan(self, spec: FieldSpec, cls: type, owner: type | None) -> _Plan | None:
        if self._selects(spec):
            return spec
        if spec.name == "claims" and owner is not None:
            plans = {name: self._plan(each, owner, None) for name, each in claim_specs(owner).items()}
            return _Claims((name, plan) for name, plan in plans.items() if plan and self._claims)
        if spec.item is not None:
            plan = self._plan(spec.item._replace(name=spec.name), cls, owner)
            return _Items(plan, spec.shape is Shape.MAP) if plan else None
        return (
            self._plan_record(spec.type, cls if spec.name == "evidence" else None)
            if spec.shape is Shape.RECORD
            else None
        )


def _walk(plan: Any, value: Any, path: _Path, wanted: _Wanted, found: _Found) -> None:
    kind = type(plan)
    if kind is FieldSpec:
        found.append((path, plan, value))
    elif kind is _Items:
        inner = plan.plan
        items: Iterable[tuple[str | int, Any]] = value.items() if plan.is_map else enumerate(value)
        for key, item in items:
            if type(inner) is not FieldSpec or wanted(inner, item):
                _walk(inner, item, (*path, key), wanted, found)
    else:
        for name, inner in plan.items():
            item = value.get(name) if kind is _Claims else getattr(value, name)
            if item and (type(inner) is not FieldSpec or wanted(inner, item)):
                _walk(inner, item, (*path, name), wanted, found)
