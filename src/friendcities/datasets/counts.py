"""Counts partnerships by a property, such as the country of the partner."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Final, Literal

from friendcities.datasets.partnership_view import PartnershipView
from friendcities.errors import InvalidQueryError
from friendcities.model import FrozenMap, PartnershipKind
from friendcities.model.partnership_state import in_force_from
from friendcities.model.record import short

CountBy = Literal["country", "kind", "status", "year", "decade", "level", "reliability", "dispute"]
"""A property by which partnerships can be grouped."""

_UNKNOWN: Final = "unknown"
_LAST: Final = frozenset({_UNKNOWN, PartnershipKind.UNSPECIFIED})
"""The names of groups that are sorted last."""
_BY_TIME: Final = frozenset({"year", "decade"})


def parse_count_by(by: object) -> CountBy:
    """Return the argument ``by`` if it is valid, or raise InvalidQueryError."""
    for each in _GROUPS:
        if by == each:
            return each
    message = f"invalid group {short(by)}; expected one of {', '.join(map(repr, _GROUPS))}"
    raise InvalidQueryError(message, by, tuple(_GROUPS))


def count_views(views: Iterable[PartnershipView], by: CountBy, day: int | None) -> FrozenMap[str, int]:
    """Return the number of partnerships in each group; see :meth:`Dataset.count_partnerships`.

    ``day`` is an ordinal, or ``None`` for the state after the last step.
    """
    group_of = _GROUPS[by]
    counts = Counter(group for _, group in {(view.partnership.id, group_of(view, day)) for view in views})
    ordered = sorted(counts, key=lambda group: (group in _LAST, 0 if by in _BY_TIME else -counts[group], group))
    return FrozenMap({group: counts[group] for group in ordered})


def _year(view: PartnershipView, _day: int | None) -> str:
    date = in_force_from(view.partnership.steps)
    return _UNKNOWN if date is None else f"{date.year:04}"


def _decade(view: PartnershipView, _day: int | None) -> str:
    date = in_force_from(view.partnership.steps)
    return _UNKNOWN if date is None else f"{date.year // 10 * 10}s"


_GROUPS: Final[dict[CountBy, Callable[[PartnershipView, int | None], str]]] = {
    "country": lambda view, _: view.partner.country,
    "kind": lambda view, day: view.state_on(day).kind.value,
    "status": lambda view, day: str(view.state_on(day).status),
    "year": _year,
    "decade": _decade,
    "level": lambda view, _: view.partner.level.value,
    "reliability": lambda view, _: view.reliability.value,
    "dispute": lambda view, _: "disputed" if view.partnership.disputed else "undisputed",
}
