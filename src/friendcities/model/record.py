"""What every record has in common: it is frozen, it is slotted, and it says at once all that is wrong with it."""

import math
import types
import unicodedata
from collections.abc import Callable, ItemsView, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from reprlib import Repr
from typing import (
    Annotated,
    Any,
    ClassVar,
    Final,
    Generic,
    NewType,
    TypeVar,
    Union,
    dataclass_transform,
    get_args,
    get_origin,
)

import attrs

from friendcities.errors import InvalidRecordError, Problem

__all__ = ["Bounds", "FrozenMap", "Problems", "Record", "bare", "record", "short"]

K = TypeVar("K")
V = TypeVar("V")

_SHORT = Repr()
_SHORT.maxstring = _SHORT.maxother = _SHORT.maxlong = 60
_SHORT.maxlevel = 2
_SHORT.maxlist = _SHORT.maxdict = _SHORT.maxtuple = 3


def short(value: object) -> str:
    """A value as an error message shows it: its repr, cut where it is long or deep."""
    try:
        return _SHORT.repr(value)
    except ValueError:  # Python writes out no whole number of thousands of digits
        return f"a value of type {type(value).__name__} too long to be shown"


class FrozenMap(Mapping[K, V], Generic[K, V]):
    """A mapping that cannot be changed, can be hashed, and keeps the order it was made in.

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

    def __contains__(self, key: object) -> bool:
        return key in self._items

    def __bool__(self) -> bool:
        return bool(self._items)

    def get(self, key: K, default: Any = None) -> Any:
        """The value of a key, or something else where it has none."""
        return self._items.get(key, default)

    def items(self) -> ItemsView[K, V]:
        """Its keys, each with its value."""
        return self._items.items()

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({self._items!r})"

    def _repr_html_(self) -> str | None:
        """What a notebook shows."""
        from friendcities.notebook.cards import mapping_card  # noqa: PLC0415 - only a notebook asks

        return mapping_card(self)

    def __setattr__(self, name: str, value: object) -> None:
        message = f"a FrozenMap cannot be changed (it was asked to set {name!r})"
        raise AttributeError(message)

    def __reduce__(self) -> tuple[type["FrozenMap[K, V]"], tuple[dict[K, V]]]:
        return (FrozenMap, (self._items,))


def empty_map() -> FrozenMap[str, Any]:
    """A mapping with nothing in it: the default of fields that hold one."""
    return FrozenMap()


def frozen_map(value: Mapping[K, V]) -> FrozenMap[K, V]:
    """Freeze a mapping; what is none is left for the check of types to refuse."""
    return FrozenMap(value) if type(value) is dict else value  # type: ignore[return-value]


class Problems:
    """Collects what is wrong with one record, so that all of it can be said at once."""

    __slots__ = ("found",)

    def __init__(self) -> None:
        self.found: list[Problem] = []

    def add(self, field: str, message: str, expected: str = "", hint: str = "", *, rule: str = "") -> None:
        """Note one problem."""
        self.found.append(Problem(rule=rule, field=field, message=message, expected=expected, hint=hint))

    def take(self, error: InvalidRecordError) -> None:
        """Note all that an error says."""
        self.found.extend(error.problems)

    def raise_if_any(self) -> None:
        """Raise all that was noted, if anything was."""
        if self.found:
            raise InvalidRecordError(self.found)


class Record:
    """The base of every class of the model: when one is made, its types and its own rules are checked."""

    __slots__ = ()
    __attrs_attrs__: ClassVar[Any]

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        values, plan = _checking(type(self))
        for value, (default, holds, name, expected) in zip(values(self), plan, strict=True):
            if value is not default and not holds(value):
                problems.add(name, f"{short(value)} cannot stand here", expected)
        problems.raise_if_any()
        self._check(problems)
        self._check_evidence(problems)
        problems.raise_if_any()

    def __repr__(self) -> str:
        """What it says: its fields, less those at their default."""
        said = []
        for attribute in attrs.fields(type(self)):
            value = getattr(self, attribute.name)
            default = attribute.default
            if default is attrs.NOTHING or value not in (default, (), FrozenMap()):
                said.append(f"{attribute.name}={value if isinstance(value, Enum) else repr(value)}")
        return f"{type(self).__name__}({', '.join(said)})"

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from friendcities.notebook.cards import record_card  # noqa: PLC0415 - only a notebook asks

        return record_card(self)

    def _check(self, problems: Problems) -> None:
        """Note what is wrong with the values of this record, whose types are known to be right.

        A rule about what is *absent* from several fields names none of them: its problem is the whole record's.
        """

    def _check_evidence(self, problems: Problems) -> None:
        """Note what is wrong with the evidence of this record, where it has any."""


T = TypeVar("T")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(attrs.field,))
def record(cls: type[T]) -> type[T]:
    """Make a class of the model: frozen, slotted, made by keyword, compared by value."""
    return attrs.frozen(kw_only=True, repr=False)(cls)


MOST_WHOLE: Final = 2**53 - 1
"""The greatest whole number; beyond it, and its negative, programs that read JSON no longer agree (RFC 7493)."""


@attrs.frozen
class Bounds:
    """What an annotation says beside a type: the least and the most that a number, or the length of a list, may be.

    The record itself enforces it; the annotation lets others, such as the schema, read it off.

    Example:
        >>> from typing import Annotated
        >>> Degrees = Annotated[float, Bounds(-90, 90)]
    """

    least: int = -MOST_WHOLE
    most: int = MOST_WHOLE


def bare(hint: Any) -> Any:
    """A type hint without what is annotated beside the type.

    Example:
        >>> from typing import Annotated
        >>> bare(Annotated[int, Bounds(1)])
        <class 'int'>
    """
    return get_args(hint)[0] if get_origin(hint) is Annotated else hint


Check = tuple[Callable[[object], bool], str]
"""Whether a value is of a type, and that type in words."""


def is_text(value: object) -> bool:
    """Whether this is text that can be shown: not blank, not padded, no control characters, no half characters."""
    if type(value) is not str or not value or value != value.strip():
        return False
    return value.isprintable() or not any(unicodedata.category(c) in _UNSHOWN or c in _TURNERS for c in value)


_UNSHOWN = frozenset({"Cc", "Cs", "Zl", "Zp"})
_TURNERS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""The characters that turn the direction of what follows them, beyond the text that holds them."""


MOST_DIGITS = 40
"""How many digits a number may have before its point, and behind it: more than anybody counts, and a bound for all."""


def is_decimal(value: object) -> bool:
    """Whether this is a decimal number that can be written out in full."""
    if type(value) is not Decimal or not value.is_finite():
        return False
    exponent = value.as_tuple().exponent
    return value.adjusted() < MOST_DIGITS and isinstance(exponent, int) and exponent >= -MOST_DIGITS


_SCALARS: dict[object, Check] = {
    str: (is_text, "text (not empty, without control characters or blanks around it)"),
    int: (lambda value: type(value) is int and -MOST_WHOLE <= value <= MOST_WHOLE, "a whole number"),
    bool: (lambda value: type(value) is bool, "true or false"),
    float: (lambda value: type(value) is float and math.isfinite(value), "a number"),
    Decimal: (is_decimal, "a decimal number"),
    object: (lambda _: True, "anything"),
}


def check_of(hint: Any) -> Check:  # noqa: PLR0911 - one way out for each form of type
    """The check that belongs to a type hint of the model, and its words."""
    hint = bare(hint)
    if hint in _SCALARS:
        return _SCALARS[hint]
    if isinstance(hint, NewType):
        return check_of(hint.__supertype__)
    origin = get_origin(hint)
    if origin is tuple:
        holds, words = check_of(get_args(hint)[0])
        return (lambda value: type(value) is tuple and all(map(holds, value))), f"a list, each of it {words}"
    if origin in {types.UnionType, Union}:
        holds, words = check_of(next(arm for arm in get_args(hint) if arm is not types.NoneType))
        return (lambda value: value is None or holds(value)), words
    if origin is FrozenMap:
        holds, words = check_of(get_args(hint)[1])
        return (lambda value: type(value) is FrozenMap and _maps_to(value, holds)), f"a mapping to {words}"
    if issubclass(hint, Enum):
        values = ", ".join(repr(str(member)) for member in hint)
        return (lambda value: type(value) is hint), f"one of {values}"
    return (lambda value: type(value) is hint), getattr(hint, "IN_WORDS", f"an object: {hint.__name__}")


def _maps_to(value: FrozenMap[object, object], holds: Callable[[object], bool]) -> bool:
    return all(type(key) is str and holds(each) for key, each in value.items())


_TYPED: dict[type, tuple[tuple[str, Callable[[object], bool], str], ...]] = {}


def typed_fields(cls: type) -> tuple[tuple[str, Callable[[object], bool], str], ...]:
    """The public fields of a class of the model, each with the check of its type; worked out once a class."""
    known = _TYPED.get(cls)
    if known is None:
        known = tuple((a.name, *check_of(a.type)) for a in attrs.fields(cls) if not a.name.startswith("_"))
        _TYPED[cls] = known
    return known


_Plan = tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[object, Callable[[object], bool], str, str], ...]]
_CHECKING: dict[type, _Plan] = {}


def _checking(cls: type) -> _Plan:
    """How a class is checked: how all values are taken at once; and of each the default, which needs no check."""
    known = _CHECKING.get(cls)
    if known is None:
        typed = typed_fields(cls)
        defaults = {attribute.name: attribute.default for attribute in attrs.fields(cls)}
        plan = tuple((defaults[name], holds, name, expected) for name, holds, expected in typed)
        known = _CHECKING[cls] = (_values_of([name for name, _, _ in typed]), plan)
    return known


def _values_of(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    values: Any = attrgetter(*names)
    return values if len(names) > 1 else lambda record: (values(record),)
