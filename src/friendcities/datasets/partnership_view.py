"""The rows of the dataset's index: one for each partnership of a city, as seen from that city.

What a question filters by is worked out once a row and kept, because a derived value of a record is worked out anew at
each access.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache

from attrs import frozen

from friendcities.datasets.results import Results
from friendcities.model import City, CityId, PartialDate, Partnership, PartnershipKind, Reliability, State, Status
from friendcities.model.history import NOTHING, in_force_from

__all__ = ["Answer", "Question", "Row"]


class Row:
    """A partnership and the partner on its other side."""

    def __init__(self, partnership: Partnership, partner: City) -> None:
        self.partnership = partnership
        self.partner = partner

    @cached_property
    def state(self) -> State:
        """How the partnership stands after its last step."""
        return self.partnership.state

    @cached_property
    def reliability(self) -> Reliability:
        """On how good a word it stands."""
        return self.partnership.reliability

    @cached_property
    def disputed(self) -> bool:
        """Whether its sources disagree."""
        return self.partnership.disputed

    @cached_property
    def order(self) -> tuple[bool, tuple[int, int, int], str, str]:
        """Its place among others: the earliest partnership first, undated ones last, then by the partner's name."""
        date = in_force_from(self.partnership.steps)
        return (date is None, (date or _NEVER).order, self.partner.name, self.partner.id)

    @property
    def days(self) -> list[int]:
        """The days on which it changes, in order."""
        return self._days[0]

    @cached_property
    def _days(self) -> tuple[list[int], list[State]]:
        days = self.partnership.states_by_day
        return [day for day, _ in days], [state for _, state in days]

    def at(self, day: int | None) -> State:
        """How it stood at the end of a day (a proleptic Gregorian ordinal), or stands after the last step on record."""
        if day is None:
            return self.state
        days, states = self._days
        index = bisect_right(days, day)
        return states[index - 1] if index else NOTHING


_NEVER = PartialDate(9999, 12, 31)


@frozen
class Answer:
    """The partnerships that a question lets through, and the partners, each once, in order."""

    rows: tuple[Row, ...]
    partnerships: tuple[Partnership, ...]
    partners: tuple[City, ...]


_REMEMBERED = 4096
"""For how many spans of time a question keeps its answer."""


class Question:
    """What was asked about the partnerships of a city, all but the date, ready to be answered for any date.

    From one day on which a partnership changes to the next, the answer is the same; so it is found, and kept, by the
    span that a day lies in.

    Args:
        rows: The partnerships that may be let through, whatever the date, in order.
        statuses: The statuses to let through; ``None`` for all.
        kinds: The kinds to let through; ``None`` for all.
        cities: All cities, by id.
    """

    def __init__(
        self,
        rows: Sequence[Row],
        statuses: frozenset[Status] | None,
        kinds: frozenset[PartnershipKind] | None,
        cities: Mapping[CityId, City],
    ) -> None:
        self._rows = rows
        self._cities = cities
        self._statuses: frozenset[Status] = frozenset(Status) if statuses is None else statuses
        self._kinds = kinds
        self._in_span = lru_cache(_REMEMBERED)(self._answer)

    def answer(self, day: int | None) -> Answer:
        """The answer at the end of a day (a proleptic Gregorian ordinal), or after the last step on record."""
        return self._in_span(None if day is None else bisect_right(self._changes, day))

    @cached_property
    def _changes(self) -> list[int]:
        """The days on which one of the partnerships changes, in order."""
        return sorted({day for row in self._rows for day in row.days})

    def _answer(self, span: int | None) -> Answer:
        """The answer in the span before the change of this number, the first being 0; or after the last step."""
        day = None if span is None else self._changes[span - 1] if span else 0
        statuses, kinds = self._statuses, self._kinds
        chosen = []
        for row in self._rows:
            state = row.at(day)
            if state.status in statuses and (kinds is None or state.kind in kinds):
                chosen.append(row)
        return Answer(
            rows=tuple(chosen),
            partnerships=Results([row.partnership for row in chosen], self._cities),
            partners=Results({row.partner.id: row.partner for row in chosen}.values(), self._cities),
        )
