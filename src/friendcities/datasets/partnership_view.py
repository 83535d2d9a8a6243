"""Views of partnerships from one city, and their selection by filters."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from friendcities.model import (
    City,
    PartialDate,
    Partnership,
    PartnershipKind,
    Reliability,
    State,
    Status,
)
from friendcities.model.partnership_state import NOTHING, in_force_from

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Results

_CACHE_SIZE: Final = 4096
"""The maximum number of cached periods of a selection."""


def date_order(date: PartialDate | None) -> tuple[bool, tuple[int, int, int]]:
    """Return the sort key of a date. Unknown dates come last."""
    return (date is None, (0, 0, 0) if date is None else date.order)


class PartnershipView:
    """A partnership as seen from one of its cities. Computed values are cached."""

    def __init__(self, partnership: Partnership, city: City, partner: City) -> None:
        self.partnership = partnership
        self.city = city
        self.partner = partner

    @cached_property
    def state(self) -> State:
        """The status, the kind and the start date after the last step."""
        return self.partnership.state

    @cached_property
    def reliability(self) -> Reliability:
        """The reliability of the evidence."""
        return self.partnership.reliability

    @cached_property
    def disputed(self) -> bool:
        """Whether the sources disagree."""
        return self.partnership.disputed

    @cached_property
    def order(self) -> tuple[bool, tuple[int, int, int], str, str]:
        """The sort key: first the date, then the name of the partner. Undated partnerships come last."""
        return (*date_order(in_force_from(self.partnership.steps)), self.partner.name, self.partner.id)

    @cached_property
    def states_by_day(self) -> tuple[tuple[int, State], ...]:
        """The days on which the state changes, each paired with the new state."""
        return self.partnership.states_by_day

    def state_on(self, day: int | None) -> State:
        """Return the state at the end of a day (an ordinal); for ``None``, the last state."""
        if day is None:
            return self.state
        index = bisect_right(self.states_by_day, day, key=lambda change: change[0])
        return self.states_by_day[index - 1][1] if index else NOTHING

    def is_established_between(self, first: date | None, last: date | None) -> bool:
        """Whether the date of establishment is in a period. The date 1994 means 31 December 1994."""
        if first is None and last is None:
            return True
        established = self.partnership.established
        day = None if established is None else established.latest
        return day is not None and (first is None or first <= day) and (last is None or day <= last)

    def to_dict(self, on: date | None) -> dict[str, Any]:
        """Return the partner, the city and the partnership as plain JSON values."""
        return {"partner": self.partner.summary(), "city": self.city.summary(), **self.partnership.to_dict(on)}


class Selected(NamedTuple):
    """The partnerships that a query selects, and the partners without repeats."""

    views: tuple[PartnershipView, ...]
    partnerships: "Results[Partnership]"
    partners: "Results[City]"


class Selection:
    """Selects partnerships by status and kind on a date. Results are cached until the next change of a partnership."""

    def __init__(
        self,
        views: Sequence[PartnershipView],
        statuses: frozenset[Status] | None,
        kinds: frozenset[PartnershipKind] | None,
        make_results: "Callable[..., Results[Any]]",
    ) -> None:
        self._views = views
        self._statuses = frozenset(Status) if statuses is None else statuses
        self._kinds = frozenset(PartnershipKind) if kinds is None else kinds
        self._make_results = make_results
        self._in_span = lru_cache(_CACHE_SIZE)(self._select)

    def on(self, day: int | None) -> Selected:
        """Return the partnerships selected at the end of a day (an ordinal); for ``None``, by the last state."""
        return self._in_span(None if day is None else bisect_right(self._change_days, day))

    @cached_property
    def _change_days(self) -> list[int]:
        return sorted({day for view in self._views for day, _ in view.states_by_day})

    def _select(self, span: int | None) -> Selected:
        day = None if span is None else self._change_days[span - 1] if span else 1
        on = None if day is None else date.fromordinal(day)
        states = [(view, view.state_on(day)) for view in self._views]
        views = [view for view, state in states if state.status in self._statuses and state.kind in self._kinds]
        return Selected(
            views=tuple(views),
            partnerships=self._make_results([view.partnership for view in views], Partnership, views=views, on=on),
            partners=self._make_results({view.partner.id: view.partner for view in views}.values(), City),
        )
