"""FieldSpec: the description of each field of a record class, read once from its annotations.

Validation, both readers, the writer, the JSON Schema, references and checks use this description.
"""

import math
import types
from collections.abc import Callable, Collection, Iterable, Mapping
from decimal import Decimal
from enum import Enum
from operator import index
from typing import Annotated, Any, Final, NamedTuple, NewType, Union, get_args, get_origin

import attrs

from friendcities.field_path import FieldPath
from friendcities.model.grammar import GRAMMARS, Bounds, Grammar, is_decimal, is_text, is_whole_number


class Shape(Enum):
    """The kinds of values."""

    SCALAR = "scalar"
    LIST = "list"
    MAP = "map"
    RECORD = "record"


class FieldSpec(NamedTuple):
    """The description of one field, of the items of a list or of the values of a map."""

    name: str
    """The name of the field; empty for items and values."""
    shape: Shape
    """The kind of value."""
    type: Any
    """The class of the value: ``str`` for ids and codes, ``tuple`` for lists."""
    is_valid: Callable[[object], bool]
    """Whether a value and its items have the right type; grammar and bounds are separate rules."""
    expected: str
    """The type in files, in words."""
    optional: bool = False
    """Whether the value may be ``None``."""
    default: Any = attrs.NOTHING
    """The default; ``attrs.NOTHING`` for a required field."""
    item: "FieldSpec | None" = None
    """The items of a list, or the values of a map."""
    key: "FieldSpec | None" = None
    """The keys of a map."""
    grammar: Grammar | None = None
    """The grammar of an id, a code or an address."""
    key_grammars: Mapping[str, Grammar] = types.MappingProxyType({})
    """The grammars of the values of a map, by key."""
    bounds: Bounds | None = None
    """The limits of a number, or of the length of a list."""
    id_type: Any = None
    """The type of id, such as ``CityId``, if the field refers to a record."""

    @property
    def required(self) -> bool:
        """Whether the field has no default."""
        return self.default is attrs.NOTHING

    @property
    def expected_in_python(self) -> str:
        """The types in Python, in words."""
        if self.id_type is not None:
            return f"a {self.id_type.__name__.removesuffix('Id')} or its id"
        if issubclass(self.type, Enum):
            return f"a {self.type.__name__}, or {self.expected}"
        words = getattr(self.type, "EXPECTED_IN_PYTHON", f"a {self.type.__name__}")
        return self.expected if self.type is str else _IN_PYTHON.get(self.type, words)

    def convert(self, value: Any) -> Any:
        """Return a value with the type of the field, if it has one meaning in Python; else the value itself."""
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
        """Return the same description without grammar and bounds, because the value in a claim may break both."""
        item = None if self.item is None else self.item.without_rules()
        return self._replace(grammar=None, bounds=None, key=None, key_grammars={}, item=item)


_SPECS: dict[type, tuple[FieldSpec, ...]] = {}
_CLAIM_SPECS: dict[type, Mapping[str, FieldSpec]] = {}


def field_specs(cls: type) -> tuple[FieldSpec, ...]:
    """Return the descriptions of the public fields of a record class, in their order.

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
"""The fields without evidence: our own identifiers, notes and judgements, and the evidence itself."""


def claim_specs(owner: type) -> Mapping[str, FieldSpec]:
    """Return the fields of a class that its evidence can be about, by name."""
    if owner not in _CLAIM_SPECS:
        _CLAIM_SPECS[owner] = {spec.name: spec for spec in field_specs(owner) if spec.name not in _NOT_EVIDENCED}
    return _CLAIM_SPECS[owner]


def evidenced_fields(cls: type) -> tuple[str, ...]:
    """Return the names of the fields of a class that its evidence can be about."""
    return tuple(claim_specs(cls))


def value_spec(hint: Any) -> FieldSpec:
    """Return the description of a type annotation of the model.

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
        (str, is_text, "text (not empty, without control characters or blanks around it)"),
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
    """Return the description of a vocabulary, a record, or a class whose values are written as text."""
    if issubclass(cls, Enum):
        shape, expected = Shape.SCALAR, "one of " + ", ".join(repr(str(member)) for member in cls)
    elif hasattr(cls, "EXPECTED"):
        shape, expected = Shape.SCALAR, cls.EXPECTED
    else:
        shape, expected = Shape.RECORD, f"an object: {cls.__name__}"
    return FieldSpec("", shape, cls, lambda value: type(value) is cls, expected)


def is_empty(value: object) -> bool:
    """Whether a value is ``None``, ``unspecified``, or an empty list or map."""
    return value is None or value in ("unspecified", ()) or (not value and isinstance(value, Mapping))


_Path = tuple[str | int, ...]
_Found = list[tuple[_Path, FieldSpec, Any]]
_Wanted = Callable[[FieldSpec, Any], bool]
_Walk = Callable[[Any, _Path, _Wanted, _Found], None]


class FieldFinder:
    """Finds the values of selected fields in records at any depth, including the claims of evidence.

    Args:
        selects: Whether a field, or an item of a list, is selected.
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
        self._walks: dict[tuple[type, type | None], _Walk | None] = {}

    def find(self, record: object, wanted: _Wanted = lambda *_: True) -> list[tuple[FieldPath, FieldSpec, Any]]:
        """Return the wanted values of the selected fields, in the order of the fields, each with its path and spec."""
        found: _Found = []
        walk = self._record_walk(type(record), None)
        if walk is not None:
            walk(record, (), wanted, found)
        return [(FieldPath(path), spec, value) for path, spec, value in found]

    def _record_walk(self, cls: type, owner: type | None) -> _Walk | None:
        """Return the walk through a class; evidence has one for each owner, because claims hold fields of the owner."""
        if (cls, owner) not in self._walks:
            plan = [(spec.name, self._value_walk(spec, cls, owner)) for spec in field_specs(cls)]
            self._walks[cls, owner] = _walk_fields([(name, walk) for name, walk in plan if walk])
        return self._walks[cls, owner]

    def _value_walk(self, spec: FieldSpec, cls: type, owner: type | None) -> _Walk | None:
        if self._selects(spec):
            return _select(spec)
        if spec.name == "claims" and owner is not None:
            plan = {name: self._value_walk(each, owner, None) for name, each in claim_specs(owner).items()}
            return _walk_claims({name: walk for name, walk in plan.items() if walk}) if self._claims else None
        if spec.item is not None:
            walk = self._value_walk(spec.item._replace(name=spec.name), cls, owner)
            return walk and _walk_items(walk, is_map=spec.shape is Shape.MAP)
        if spec.shape is Shape.RECORD:
            return self._record_walk(spec.type, cls if spec.name == "evidence" else None)
        return None


def _select(spec: FieldSpec) -> _Walk:
    def walk(value: Any, path: _Path, wanted: _Wanted, found: _Found) -> None:
        if wanted(spec, value):
            found.append((path, spec, value))

    return walk


def _walk_fields(plan: Collection[tuple[str, _Walk]]) -> _Walk | None:
    def walk(record: Any, path: _Path, wanted: _Wanted, found: _Found) -> None:
        for name, walk_field in plan:
            value = getattr(record, name)
            if value:
                walk_field(value, (*path, name), wanted, found)

    return walk if plan else None


def _walk_claims(walks: Mapping[str, _Walk]) -> _Walk | None:
    def walk(claims: Mapping[str, Any], path: _Path, wanted: _Wanted, found: _Found) -> None:
        for name, value in claims.items():
            if name in walks and value:
                walks[name](value, (*path, name), wanted, found)

    return walk if walks else None


def _walk_items(walk_item: _Walk, *, is_map: bool) -> _Walk:
    def walk(items: Any, path: _Path, wanted: _Wanted, found: _Found) -> None:
        entries: Iterable[tuple[str | int, Any]] = items.items() if is_map else enumerate(items)
        for key, item in entries:
            walk_item(item, (*path, key), wanted, found)

    return walk
