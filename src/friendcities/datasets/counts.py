"""How many partnerships there are of each sort."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Literal

from friendcities.datasets.partnership_view import Row
from friendcities.errors import InvalidQueryError
from friendcities.model import FrozenMap, PartnershipKind
from friendcities.model.history import in_force_from
from friendcities.model.record import short

__all__ = ["CountBy", "checked_by", "counted"]

CountBy = Literal["country", "kind", "status", "decade", "level", "reliability"]
"""What partnerships can be counted by."""

_UNKNOWN: Final = "unknown"
_NOT_KNOWN: Final = frozenset({_UNKNOWN, PartnershipKind.UNSPECIFIED})
"""The sorts of what is not known, which stand last."""


def checked_by(by: object) -> CountBy:
    """What to count by.

    Raises:
        InvalidQueryError: If partnerships cannot be counted by that.
    """
    for each in _SORTS:
        if by == each:
            return each
    message = f"by={short(by)} is nothing to count by; it can be {', '.join(map(repr, _SORTS))}"
    raise InvalidQueryError(message, by, tuple(_SORTS))


def counted(rows: Iterable[Row], by: CountBy, day: int | None) -> FrozenMap[str, int]:
    """How many partnerships there are of each sort, the most first, then by name; what is not known last.

    Decades stand in their order. A partnership that is seen from both its cities counts once for each sort that it has.

    Args:
        rows: The partnerships.
        by: What to count by.
        day: As things stood at the end of this day (a proleptic Gregorian ordinal); ``None``: after the last step.
    """
    sort = _SORTS[by]
    each = Counter(name for _, name in {(row.partnership.id, sort(row, day)) for row in rows})
    ordered = sorted(each, key=lambda name: (name in _NOT_KNOWN, 0 if by == "decade" else -each[name], name))
    return FrozenMap({name: each[name] for name in ordered})


def _decade(row: Row, _day: int | None) -> str:
    date = in_force_from(row.partnership.steps)
    return _UNKNOWN if date is None else f"{date.year // 10 * 10}s"


_SORTS: Final[dict[CountBy, Callable[[Row, int | None], str]]] = {
    "country": lambda row, _: row.partner.country,
    "kind": lambda row, day: row.at(day).kind.value,
    "status": lambda row, day: str(row.at(day).status),
    "decade": _decade,
    "level": lambda row, _: row.partner.level.value,
    "reliability": lambda row, _: row.reliability.value,
}
