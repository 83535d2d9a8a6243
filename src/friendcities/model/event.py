"""Event: a meeting of cities."""

from friendcities.model.dates import Period
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import CityId, EventId, OfficialId
from friendcities.model.memorandum import StatedCount
from friendcities.model.record import record


@record
class Participant(Sourced):
    """A city that took part in an event.

    Example:
        >>> import friendcities as fc
        >>> forum = fc.event("2023-shanghai-friendship-cities-forum")
        >>> [participant.city for participant in forum.participants if participant.delegate is not None]
        ['bf-bobo-dioulasso', 'nz-dunedin', 've-carabobo']
    """

    city: CityId
    """The city that took part."""
    delegate: OfficialId | None = None
    """The official who represented the city."""

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
    """The permanent identifier."""
    name: str
    """The name of the event."""
    period: Period
    """The period of the event."""
    place: CityId
    """The city where the event took place."""
    organisers: tuple[str, ...] = ()
    """The names of the organisers in the sources."""
    participants: tuple[Participant, ...] = ()
    """The participants in the sources."""
    counts: tuple[StatedCount, ...] = ()
    """The numbers of participants in the sources. A number may exceed the length of ``participants``."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """The ids of the host city and of the participating cities, without repeats."""
        return tuple(dict.fromkeys((self.place, *(participant.city for participant in self.participants))))

    def __repr__(self) -> str:
        return f"<Event {self.id}: {self.name}>"
