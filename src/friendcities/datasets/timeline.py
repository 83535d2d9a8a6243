"""Lists the steps of several partnerships by date."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import frozen

from friendcities.datasets.partnership_view import PartnershipView, date_order
from friendcities.model import City, PartialDate, Partnership, PartnershipKind, State, Step
from friendcities.model.partnership import sources_in_order
from friendcities.model.partnership_state import NOTHING, advance


@frozen
class TimelineEntry:
    """One step in the history of a city's partnerships.

    Example:
        >>> first = fc.timeline("Shanghai")[0]
        >>> str(first.date), first.partner.name, first.step.action.value
        ('1973-11-30', 'Yokohama', 'established')
    """

    date: PartialDate | None
    """The date; ``None`` if no source states a date."""
    city: City
    """The queried city, or the part of this city that has the partnership."""
    partner: City
    """The partner of ``city``."""
    step: Step
    """The step."""
    partnership: Partnership
    """The partnership whose history contains the step."""

    def to_dict(self) -> dict[str, Any]:
        """Return the entry as plain JSON values, without the evidence of the step.

        Example:
            >>> plain = fc.timeline("Dunedin")[0].to_dict()
            >>> plain["date"], plain["action"], plain["partner"]["name"]
            ('1994-10-21', 'established', 'Shanghai')
        """
        return {
            "date": None if self.date is None else str(self.date),
            "action": self.step.action.value,
            "kind": self.step.kind.value,
            "partner": self.partner.summary(),
            "city": self.city.summary(),
            "partnership": str(self.partnership.id),
            "disputed": self.step.disputed,
            "sources": sources_in_order([self.step]),
        }

    def _repr_html_(self) -> str:
        from friendcities.notebook.tables import result_table  # noqa: PLC0415 - only a notebook needs it

        return result_table((self,), {})


def timeline_entries(
    views: Iterable[PartnershipView],
    *,
    first: date | None,
    last: date | None,
    kinds: frozenset[PartnershipKind] | None,
    countries: frozenset[str] | None,
) -> tuple[TimelineEntry, ...]:
    """Return the steps of partnerships, sorted by date. Undated steps come last.

    Steps of one partnership keep their order. For the filters, see :meth:`Dataset.timeline`.
    """

    def is_selected(step: Step, state: State) -> bool:
        kind = state.kind if step.kind is PartnershipKind.UNSPECIFIED else step.kind
        if kinds is not None and kind not in kinds:
            return False
        if step.date is None:
            return first is None and last is None
        day = step.date.latest
        return (first is None or first <= day) and (last is None or day <= last)

    found = []
    for view in views:
        if countries is not None and view.partner.country not in countries:
            continue
        latest = (False, (0, 0, 0))
        state = NOTHING
        for position, step in enumerate(view.partnership.steps):
            latest = max(latest, date_order(step.date)) if step.date is not None else latest
            state = advance(state, step)
            if is_selected(step, state):
                order = date_order(None) if step.date is None else latest
                entry = TimelineEntry(step.date, view.city, view.partner, step, view.partnership)
                found.append((order, view.partner.name, view.partnership.id, position, entry))
    return tuple(entry for *_, entry in sorted(found, key=lambda each: each[:4]))
