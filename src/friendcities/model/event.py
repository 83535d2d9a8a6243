"""Event: where cities met."""

from friendcities.model.dates import Period
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import CityId, EventId, OfficialId
from friendcities.model.memorandum import StatedCount
from friendcities.model.record import record


@record
class Participant(Sourced):
    """A city that took part in an event. Taking part is not a partnership.

    Example:
        >>> import friendcities as fc
        >>> forum = fc.event("2023-shanghai-friendship-cities-forum")
        >>> [participant.city for participant in forum.participants if participant.delegate is not None]
        ['bf-bobo-dioulasso', 'nz-dunedin', 've-carabobo']
    """

    city: CityId
    """The city."""
    delegate: OfficialId | None = None
    """Who spoke for it."""

    def _describe(self) -> str:
        return self.city


@record
class Event(Sourced):
    """A meeting of cities.

    Example:
        >>> import friendcities as fc
        >>> forum = fc.event("2023-shanghai-friendship-cities-forum")
        >>> [(count.number, count.counted) for count in forum.counts]
        [(13, 'cities'), (12, 'countries')]
    """

    id: EventId
    """Its id for ever."""
    name: str
    """Its name."""
    period: Period
    """When it was."""
    place: CityId
    """Where it was."""
    organisers: tuple[str, ...] = ()
    """Who held it, as stated."""
    participants: tuple[Participant, ...] = ()
    """The cities that are known to have taken part."""
    counts: tuple[StatedCount, ...] = ()
    """How many took part, as stated; it may be more than are named."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """Where it was and who took part, without repeats."""
        return tuple(dict.fromkeys((self.place, *(participant.city for participant in self.participants))))

    def __repr__(self) -> str:
        return f"<Event {self.id}: {self.name}>"
