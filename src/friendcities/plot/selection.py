"""The data of a figure: the partnerships of a city that filters select at any time."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, normalize_filter, parse_members
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.model import City, PartnershipKind, State, Status

__all__ = ["FigureData", "select", "year_of"]

_DAYS_PER_YEAR = 365.2425


@frozen
class FigureData:
    """The data of a figure."""

    data: Dataset
    city: City
    views: tuple[PartnershipView, ...]
    statuses: frozenset[Status]
    kinds: frozenset[PartnershipKind]

    def fits(self, state: State) -> bool:
        """Whether the filters select a state."""
        return state.status in self.statuses and state.kind in self.kinds

    @property
    def last_day(self) -> int:
        """The last day that a source attests or on which a partnership changes; the clock is never read."""
        attested = [date_.latest for view in self.views if (date_ := view.partnership.last_attested) is not None]
        changes = [date.fromordinal(day) for view in self.views for day, _ in view.states_by_day]
        return max([*attested, *changes], default=date.min).toordinal()

    def spans(self, view: PartnershipView) -> Iterator[tuple[int, int | None, State]]:
        """The spans in which the filters select a partnership: first day, end (``None``: still lasting) and state."""
        days = view.states_by_day
        ends = [*(day for day, _ in days[1:]), None]
        for (day, state), end in zip(days, ends, strict=True):
            if self.fits(state):
                yield day, end, state


def select(data: Dataset | None, city: str | City, filters: PartnershipFilters) -> FigureData:
    """The data of a figure.

    Args:
        data: The dataset; ``None``: the bundled one.
        city: The city.
        filters: The filters; the date is ignored.
    """
    data = dataset() if data is None else data
    found = data.city(city)
    statuses = parse_members("status", normalize_filter(filters.get("status", "active")), Status, required=True)
    kinds = parse_members("kind", normalize_filter(filters.get("kind")), PartnershipKind)
    undated: Any = {name: value for name, value in filters.items() if name not in {"on", "status", "kind"}}
    parts = data.parts_of(found) if filters.get("include_parts") is True else ()
    own = {each.id: each for each in (found, *parts)}
    views = []
    for partnership in data.partnerships_of(found, status="any", **undated):
        id_ = next(each for each in partnership.cities if each in own)
        views.append(PartnershipView(partnership, own[id_], data.city(partnership.partner_of(id_))))
    return FigureData(
        data,
        found,
        tuple(views),
        frozenset(Status) if statuses is None else statuses,
        frozenset(PartnershipKind) if kinds is None else kinds,
    )


def year_of(day: int) -> float:
    """A day (a proleptic Gregorian ordinal) as a number of years: the end of 1985 is close to 1986."""
    first = date.fromordinal(day).replace(month=1, day=1)
    return first.year + (day - first.toordinal()) / _DAYS_PER_YEAR
