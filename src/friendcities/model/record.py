"""Record: the base class of all records."""

from collections.abc import Callable, ItemsView, Iterator, Mapping
from decimal import Decimal
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, ClassVar, Generic, TypeVar, cast, dataclass_transform

import attrs

from friendcities.errors import InvalidRecordError, Problem, short
from friendcities.model.field_spec import FieldSpec, Shape, field_specs
from friendcities.model.format_values import shorten
from friendcities.model.grammar import Bounds, is_text

__all__ = ["EMPTY_MAP", "Bounds", "FrozenMap", "Problems", "Record", "frozen_map", "is_text", "record", "short"]

K = TypeVar("K")
V = TypeVar("V")


class FrozenMap(Mapping[K, V], Generic[K, V]):
    """An immutable, hashable mapping that keeps its order. Records convert each dict to a FrozenMap.

    Example:
        >>> identifiers = FrozenMap({"wikidata": "Q133073"})
        >>> identifiers["wikidata"]
        'Q133073'
    """

    __slots__ = ("_items",)
    _items: dict[K, V]

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        object.__setattr__(self, "_items", dict(items or {}))

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def items(self) -> ItemsView[K, V]:
        """Return the pairs of keys and values."""
        return self._items.items()

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"

    def to_dict(self) -> dict[K, Any]:
        """Return a dict of plain JSON values."""
        return {key: value_to_plain(value) for key, value in self._items.items()}

    def _repr_html_(self) -> str | None:
        from friendcities.notebook.cards import mapping_card  # noqa: PLC0415 - only notebooks need it

        return mapping_card(self)

    def __setattr__(self, name: str, value: object) -> None:
        message = f"cannot set {name!r}: a FrozenMap is immutable"
        raise AttributeError(message)

    def __reduce__(self) -> tuple[type["FrozenMap[K, V]"], tuple[dict[K, V]]]:
        return (FrozenMap, (self._items,))


EMPTY_MAP: FrozenMap[str, Any] = FrozenMap()


def value_to_plain(value: Any) -> Any:
    """Convert a value of a record to a plain JSON value.

    Example:
        >>> from friendcities import PartialDate
        >>> value_to_plain((PartialDate(1994),))
        ['1994']
    """
    convert = _TO_PLAIN.get(type(value))
    if convert is not None:
        return convert(value)
    if isinstance(value, Record):
        return value.to_dict()
    return value.value if isinstance(value, Enum) else str(value)


_TO_PLAIN: dict[type, Callable[[Any], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: bool,
    NoneType: lambda _: None,
    tuple: lambda value: list(map(value_to_plain, value)),
    FrozenMap: lambda value: {key: value_to_plain(value[key]) for key in sorted(value)},
    Decimal: lambda value: format(value, "f"),
}


def frozen_map(value: Mapping[K, V]) -> FrozenMap[K, V]:
    """Convert a dict to a FrozenMap; return other values unchanged."""
    if type(value) is dict:
        return FrozenMap(value)
    return cast("FrozenMap[K, V]", value)


class Problems:
    """Collects problems, and raises one error with all of them."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, field: str, message: str, expected: str = "", hint: str = "", *, rule: str = "") -> None:
        """Add one problem."""
        self.found.append(Problem(rule=rule, field=field, message=message, expected=expected, hint=hint))

    def take(self, error: InvalidRecordError) -> None:
        """Add every problem that an error contains."""
        self.found.extend(error.problems)

    def raise_if_any(self) -> None:
        """Raise one error with all problems, if any."""
        if self.found:
            raise InvalidRecordError(self.found)


class Record:
    """The base class of all records. Creating a record validates its values."""

    __slots__ = ()
    __attrs_attrs__: ClassVar[Any]

    def __attrs_post_init__(self) -> None:
        problems, cls = Problems(), cast("Any", type(self))
        for spec in field_specs(cls):
            value = getattr(self, spec.name)
            if value is not spec.default and not spec.is_valid(value):
                converted = spec.convert(value)
                object.__setattr__(self, spec.name, converted)
                if not spec.is_valid(converted):
                    add_type_problems(problems, spec, spec.name, converted)
        problems.raise_if_any()
        self._convert_claims()
        for spec in _specs_with_rules(cls):
            _check_rules(problems, spec, spec.name, getattr(self, spec.name))
        self._check(problems)
        self._check_evidence(problems)
        problems.raise_if_any()

    def to_dict(self) -> dict[str, Any]:
        """Return the record as plain JSON values.

        Default values are omitted, and dates are ISO 8601 text.

        Example:
            >>> from friendcities import Name, NameKind
            >>> Name(text="但尼丁", language="zh-Hans", kind=NameKind.EXONYM).to_dict()
            {'text': '但尼丁', 'language': 'zh-Hans', 'kind': 'exonym'}
        """
        plain = {}
        for spec in field_specs(type(self)):
            value = getattr(self, spec.name)
            if value != spec.default or type(value) is not type(spec.default):
                plain[spec.name] = value_to_plain(value)
        return plain

    def __repr__(self) -> str:
        shown = []
        for spec in field_specs(type(self)):
            value = getattr(self, spec.name)
            if spec.required or value not in (spec.default, (), EMPTY_MAP):
                shown.append(f"{spec.name}={value if isinstance(value, Enum) else repr(value)}")
        return f"{type(self).__name__}({', '.join(shown)})"

    def _describe(self) -> str:
        return shorten(str(self))

    def _repr_html_(self) -> str:
        from friendcities.notebook.cards import record_card  # noqa: PLC0415 - only notebooks need it

        return record_card(self)

    def _check(self, problems: Problems) -> None:
        """Add the problems of this record. All values already have valid types."""

    def _convert_claims(self) -> None:
        """Convert claimed values to the types of their fields."""

    def _check_evidence(self, problems: Problems) -> None:
        """Add the problems of the evidence."""


def add_type_problems(problems: Problems, spec: FieldSpec, field: str, value: Any) -> None:
    """Add a problem for a value of the wrong type. For a list, add a problem for each invalid item."""
    if spec.item is None or spec.shape is Shape.MAP or type(value) is not tuple:
        problems.add(field, f"invalid value {short(value)}", spec.expected_in_python)
        return
    for index, item in enumerate(value):
        if not spec.item.is_valid(item):
            add_type_problems(problems, spec.item, f"{field}[{index}]", item)


@cache
def _specs_with_rules(cls: type) -> tuple[FieldSpec, ...]:
    specs = field_specs(cls)
    return tuple(spec for spec in specs if spec.bounds or spec.grammar or (spec.item is not None and spec.item.grammar))


def _check_rules(problems: Problems, spec: FieldSpec, field: str, value: Any) -> None:
    if value is None:
        return
    if spec.bounds is not None and not spec.bounds.include(value):
        empty = ("the list is empty", "at least one item")
        problems.add(field, *(empty if value == () else (f"{short(value)} is out of range", spec.bounds.words)))
    if spec.item is not None and spec.item.grammar is not None and spec.key is None:
        for index, item in enumerate(value):
            _check_rules(problems, spec.item, f"{field}[{index}]", item)
    elif spec.grammar is not None and not spec.grammar.matches(value):
        noun = spec.grammar.noun or spec.name
        problems.add(field, f"invalid {noun} {short(value)}", spec.grammar.words, rule=spec.grammar.rule)


T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(attrs.field,))
def record(cls: type[T]) -> type[T]:
    """Make an immutable attrs class with keyword-only arguments."""
    return attrs.frozen(kw_only=True, repr=False, field_transformer=_inherited_last)(cls)


def _inherited_last(_: type, fields: "list[attrs.Attribute[Any]]") -> "list[attrs.Attribute[Any]]":
    return sorted(fields, key=attrgetter("inherited"))  # note and evidence come last in files
