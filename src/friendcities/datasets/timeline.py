"""What happened in the history of several partnerships, step by step."""

from collections.abc import Iterable
from datetime import date

from attrs import frozen

from friendcities.datasets.partnership_view import Row
from friendcities.datasets.records import when
from friendcities.model import City, PartialDate, Partnership, PartnershipKind, State, Step
from friendcities.model.history import NOTHING, advance

__all__ = ["TimelineEntry", "Within", "entries"]


@frozen
class TimelineEntry:
    """One step in the history of a city's partnerships.

    Example:
        >>> import friendcities as fc
        >>> first = fc.timeline("Shanghai")[0]
        >>> str(first.date), first.partner.name, first.step.action.value
        ('1973-11-30', 'Yokohama', 'established')
    """

    date: PartialDate | None
    """When; ``None``: no source says."""
    partner: City
    """With whom."""
    step: Step
    """What happened."""
    partnership: Partnership
    """The partnership of whose history it is a part."""

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from friendcities.notebook.tables import result_table  # noqa: PLC0415 - only a notebook asks

        return result_table((self,), {})


@frozen
class Within:
    """Which steps to tell of; ``None``: whichever they are."""

    first: date | None
    """What is dated, and not before this day."""
    last: date | None
    """What is dated, and shown to have happened by this day."""
    kinds: frozenset[PartnershipKind] | None
    """Of what kind the partnership was thereby, would have been, or was by then."""
    countries: frozenset[str] | None
    """The partner's country."""

    def tells(self, step: Step, state: State) -> bool:
        """Whether a step, which led to a state, is among them."""
        kind = state.kind if step.kind is PartnershipKind.UNSPECIFIED else step.kind
        if self.kinds is not None and kind not in self.kinds:
            return False
        if step.date is None:
            return self.first is None and self.last is None
        day = step.date.latest
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def entries(rows: Iterable[Row], within: Within) -> tuple[TimelineEntry, ...]:
    """The steps of some partnerships, the earliest first, undated ones last; those of one keep their order."""
    found = []
    for row in rows:
        if within.countries is not None and row.partner.country not in within.countries:
            continue
        latest = (False, (0, 0, 0))
        state = NOTHING
        for position, step in enumerate(row.partnership.steps):
            latest = max(latest, when(step.date)) if step.date is not None else latest
            state = advance(state, step)
            if within.tells(step, state):
                order = when(None) if step.date is None else latest
                entry = TimelineEntry(step.date, row.partner, step, row.partnership)
                found.append((order, row.partner.name, row.partnership.id, position, entry))
    return tuple(entry for *_, entry in sorted(found, key=lambda each: each[:4]))
