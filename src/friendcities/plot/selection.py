"""What a figure shows: the partnerships of a city that filters let through, whenever they did."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import checked_values, hashable
from friendcities.model import City, Partnership, PartnershipKind, State, Status

__all__ = ["Shown", "Tie", "shown", "year_of"]

_DAYS: float = 365.2425


@frozen
class Tie:
    """A partnership as seen from the city that is asked about, or from a part of it."""

    own: City
    partner: City
    partnership: Partnership


@frozen
class Shown:
    """What a figure shows, and of which dataset."""

    data: Dataset
    city: City
    ties: tuple[Tie, ...]
    statuses: frozenset[Status]
    kinds: frozenset[PartnershipKind]

    def fits(self, state: State) -> bool:
        """Whether a state is one of those that are asked for."""
        return state.status in self.statuses and state.kind in self.kinds

    @property
    def last_day(self) -> int:
        """The last day that a source tells of, or on which something is shown to have happened; no clock is asked."""
        told = [day.latest for tie in self.ties if (day := tie.partnership.last_attested) is not None]
        happened = [date.fromordinal(day) for tie in self.ties for day, _ in tie.partnership.states_by_day]
        return max([*told, *happened], default=date.min).toordinal()

    def spans(self, tie: Tie) -> Iterator[tuple[int, int | None, State]]:
        """When a partnership was as asked for: from which day on, to which (``None``: ever since), and its state."""
        days = tie.partnership.states_by_day
        ends = [*(day for day, _ in days[1:]), None]
        for (day, state), end in zip(days, ends, strict=True):
            if self.fits(state):
                yield day, end, state


def shown(data: Dataset | None, city: str | City, status: Any, kind: Any, **filters: Any) -> Shown:
    """What a figure shows.

    Args:
        data: The dataset; ``None``: the bundled one.
        city: The city.
        status: How a partnership stands.
        kind: Of what kind it is.
        **filters: Further filters of ``partnerships_of``, which do not depend on the date.
    """
    data = dataset() if data is None else data
    found = data.city(city)
    statuses = checked_values("status", hashable(status), Status, required=True)
    kinds = checked_values("kind", hashable(kind), PartnershipKind)
    here = {found.id, *(part.id for part in data.parts_of(found))} if filters["include_parts"] is True else {found.id}
    ties = []
    for partnership in data.partnerships_of(found, status="any", **filters):
        own = next(id_ for id_ in partnership.cities if id_ in here)
        ties.append(Tie(data.city(own), data.city(partnership.partner_of(own)), partnership))
    return Shown(
        data,
        found,
        tuple(ties),
        frozenset(Status) if statuses is None else statuses,
        frozenset(PartnershipKind) if kinds is None else kinds,
    )


def year_of(day: int) -> float:
    """A day (a proleptic Gregorian ordinal) as a number of years: the end of 1985 is close to 1986."""
    first = date.fromordinal(day).replace(month=1, day=1)
    return first.year + (day - first.toordinal()) / _DAYS
