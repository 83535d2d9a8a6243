"""The rows of the dataset's index: one for each partnership of a city, as seen from that city.

What a question filters by is worked out once a row and kept, because a derived value of a record is worked out anew at
each access.
"""

from bisect import bisect_right
from functools import cached_property

from attrs import frozen

from friendcities.model import Assurance, City, PartialDate, Partnership, State
from friendcities.model.history import NOTHING, in_force_from

__all__ = ["Answer", "Row"]


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
    def assurance(self) -> Assurance:
        """On how good a word it stands."""
        return self.partnership.assurance

    @cached_property
    def disputed(self) -> bool:
        """Whether its sources disagree."""
        return self.partnership.disputed

    @cached_property
    def order(self) -> tuple[bool, tuple[int, int, int], str, str]:
        """Its place among others: the earliest partnership first, undated ones last, then by the partner's name."""
        date = in_force_from(self.partnership.steps)
        return (date is None, (date or _NEVER).order, self.partner.name, self.partner.id)

    @cached_property
    def _days(self) -> tuple[list[int], list[State]]:
        days = self.partnership.states_by_day
        return [day for day, _ in days], [state for _, state in days]

    def at(self, day: int) -> State:
        """How the partnership stood at the end of a day, given as proleptic Gregorian ordinal."""
        days, states = self._days
        index = bisect_right(days, day)
        return states[index - 1] if index else NOTHING


_NEVER = PartialDate(9999, 12, 31)


@frozen
class Answer:
    """The partnerships that a question lets through, and the partners, each once, in order."""

    partnerships: tuple[Partnership, ...]
    partners: tuple[City, ...]
