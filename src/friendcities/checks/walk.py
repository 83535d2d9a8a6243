"""What stands in a record, however deep, each with the way to it: its texts, its dates, all that carries evidence.

How a class is walked is read off its annotations and worked out once, and a way is written out only for what is
wanted: a register has many records and few faults.
"""

import types
from collections.abc import Callable, Iterator, Mapping
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin

import attrs

from friendcities.checks.plain import replaced
from friendcities.codec.writer import dumps, to_plain
from friendcities.datasets.tree import RecordFile
from friendcities.model import AnyRecord, Evidence, FrozenMap, PartialDate, Record, Sourced
from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT, Grammar
from friendcities.model.record import bare

__all__ = ["codes", "dates", "sourced", "texts", "with_texts"]

T = TypeVar("T")
Found = Iterator[tuple[str, T]]
Wanted = Callable[[T], bool]
Walk = Callable[[Any, Wanted[T]], Found[T]]


def texts(record: AnyRecord, wanted: Wanted[str] = bool) -> Found[str]:
    """The texts of a record that can be in any script, in the order of its fields.

    Ids, codes and addresses are none of them: each has a grammar of its own.

    Args:
        record: The record.
        wanted: Which of them.

    Example:
        >>> import friendcities as fc
        >>> list(texts(fc.city("Shanghai"), lambda text: not text.isascii()))
        [('names[0].text', '上海市'), ('names[1].text', '上海')]
    """
    return _TEXTS.walk(record, wanted)


def codes(record: AnyRecord, grammar: Grammar) -> Found[str]:
    """The codes of one grammar in a record, and those that its evidence says instead, in the order of its fields.

    Args:
        record: The record.
        grammar: Their grammar: ``COUNTRY``, ``LANGUAGE``, ``SUBDIVISION`` or ``UNIT``.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.model.grammar import COUNTRY
        >>> list(codes(fc.city("Carabobo"), COUNTRY))
        [('country', 'VE'), ('evidence[0].claims.country', 'ZA')]
    """
    return _CODES[grammar].walk(record, bool)


def dates(record: AnyRecord, wanted: Wanted[PartialDate] = bool) -> Found[PartialDate]:
    """The dates of a record, and those that its evidence tells instead, in the order of its fields.

    Args:
        record: The record.
        wanted: Which of them.

    Example:
        >>> import friendcities as fc
        >>> [(field, str(day)) for field, day in dates(fc.source("shine-2023-12-02"))]
        [('published', '2023-12-02'), ('as_of', '2023-12-02')]
    """
    return _DATES.walk(record, wanted)


def sourced(record: AnyRecord) -> Found[Sourced]:
    """A record and everything in it that carries evidence of its own: steps, offices, participants.

    Example:
        >>> import friendcities as fc
        >>> [way for way, _ in sourced(fc.partnership_between("Dunedin", "Shanghai"))]
        ['steps[0]']
    """
    if isinstance(record, Sourced):
        yield "", record
    yield from _SOURCED.walk(record, bool)


def with_texts(file: RecordFile, mended: Callable[[str], str]) -> bytes | None:
    """The file with its texts mended; ``None`` where that changes none, or would leave what is no record.

    Args:
        file: The file.
        mended: A text as it should be.
    """
    if file.record is None:
        return None
    changed = [(way, mended(text)) for way, text in texts(file.record, lambda text: mended(text) != text)]
    if not changed:
        return None
    plain: Any = to_plain(file.record)
    for way, text in changed:
        plain = replaced(plain, way, text)
    after = RecordFile.of(file.path, file.cls, dumps(plain).encode())
    return None if after.record is None else after.data


class _Walker(Generic[T]):
    """Walks from a record to all values of some types."""

    def __init__(self, takes: Callable[[Any], bool], *, claims: bool) -> None:
        self._takes = takes
        self._claims = claims
        self._known: dict[tuple[type, type | None], Walk[T] | None] = {}

    def walk(self, record: AnyRecord, wanted: Wanted[T]) -> Found[T]:
        """The values in a record that are wanted, each with the way to it."""
        walk = self._of(type(record), None)
        return iter(()) if walk is None else walk(record, wanted)

    def _of(self, cls: type[Record], owner: type[Record] | None) -> Walk[T] | None:
        if (cls, owner) not in self._known:
            self._known[cls, owner] = self._make(cls, owner)
        return self._known[cls, owner]

    def _make(self, cls: type[Record], owner: type[Record] | None) -> Walk[T] | None:
        ways = {a.name: self._way(a.type, cls) for a in attrs.fields(cls) if not a.name.startswith("_")}
        if cls is Evidence:
            del ways["supports"]  # names of fields, which stand for themselves
            ways["claims"] = self._claimed(owner) if owner is not None and self._claims else None
        plan = [(name, walk) for name, walk in ways.items() if walk is not None]

        def walk_record(record: Any, wanted: Wanted[T]) -> Found[T]:
            for name, walk in plan:
                value = getattr(record, name)
                if value is not None:
                    for way, found in walk(value, wanted):
                        yield _joined(name, way), found

        return walk_record if plan else None

    def _claimed(self, owner: type[Record]) -> Walk[T] | None:
        """How what evidence says instead is walked: its values have the types of its owner's fields."""
        ways = {a.name: self._way(a.type, owner) for a in attrs.fields(owner) if a.name != "evidence"}

        def walk_claims(says: Mapping[str, Any], wanted: Wanted[T]) -> Found[T]:
            for name, said in says.items():
                walk = ways[name]
                if walk is not None and said is not None:
                    for way, found in walk(said, wanted):
                        yield _joined(name, way), found

        return walk_claims if any(ways.values()) else None

    def _way(self, hint: Any, owner: type[Record]) -> Walk[T] | None:
        if self._takes(hint):
            return _taken
        hint = bare(hint)
        origin = get_origin(hint)
        if origin in {types.UnionType, Union}:
            return self._way(next(arm for arm in get_args(hint) if arm is not types.NoneType), owner)
        if origin is tuple:
            each = self._way(get_args(hint)[0], owner)
            return None if each is None else lambda items, wanted: _items(each, items, wanted)
        if origin is FrozenMap:
            value = self._way(get_args(hint)[1], owner)
            return None if value is None else lambda items, wanted: _values(value, items, wanted)
        if isinstance(hint, type) and issubclass(hint, Record):
            return self._of(hint, owner if hint is Evidence else None)
        return None


def _taken(value: T, wanted: Wanted[T]) -> Found[T]:
    if wanted(value):
        yield "", value


def _items(each: Walk[T], items: Any, wanted: Wanted[T]) -> Found[T]:
    for index, item in enumerate(items):
        for way, found in each(item, wanted):
            yield _joined(f"[{index}]", way), found


def _values(each: Walk[T], items: Mapping[str, Any], wanted: Wanted[T]) -> Found[T]:
    for key, item in items.items():
        for way, found in each(item, wanted):
            yield _joined(key, way), found


def _joined(outer: str, inner: str) -> str:
    return outer + inner if not inner or inner.startswith("[") else f"{outer}.{inner}"


def _is_sourced(hint: Any) -> bool:
    return isinstance(hint, type) and issubclass(hint, Sourced)


def _carries(grammar: Grammar) -> Callable[[Any], bool]:
    """Whether a type hint has a grammar beside the type."""
    return lambda hint: get_origin(hint) is Annotated and grammar in get_args(hint)[1:]


_CODES: Mapping[Grammar, _Walker[str]] = {
    grammar: _Walker(_carries(grammar), claims=True) for grammar in (COUNTRY, LANGUAGE, SUBDIVISION, UNIT)
}
_TEXTS: _Walker[str] = _Walker(lambda hint: hint is str, claims=True)
_DATES: _Walker[PartialDate] = _Walker(lambda hint: hint is PartialDate, claims=True)
_SOURCED: _Walker[Sourced] = _Walker(_is_sourced, claims=False)
