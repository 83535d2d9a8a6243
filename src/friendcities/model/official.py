"""Official: a person and the offices that the person held."""

from friendcities.model.dates import PartialDate, check_date_order
from friendcities.model.evidence import Sourced
from friendcities.model.format_values import shorten
from friendcities.model.grammar import CityId, OfficialId
from friendcities.model.record import Problems, record


@record
class Office(Sourced):
    """An office that a person held.

    Example:
        >>> import friendcities as fc
        >>> [office] = fc.official("bf-yoma-etienne-bako").offices
        >>> office.title, office.city
        ('president', 'bf-bobo-dioulasso-5')
    """

    title: str
    """The title of the office, as the source states it."""
    body: str | None = None
    """The institution to which the office belongs."""
    city: CityId
    """The city to which the office belongs."""
    attested: PartialDate | None = None
    """A date on which the person held the office, according to a source."""
    start: PartialDate | None = None
    """The first day in office."""
    end: PartialDate | None = None
    """The last day in office."""

    def _describe(self) -> str:
        return ", ".join(shorten(text) for text in (self.title, self.body, self.city) if text is not None)

    def _check(self, problems: Problems) -> None:
        check_date_order(problems, self.start, self.end)


@record
class Official(Sourced):
    """A person who holds or held an office.

    Example:
        >>> import friendcities as fc
        >>> [official.name for official in fc.officials_of("Dunedin")]
        ['Jules Radich']
    """

    id: OfficialId
    """The permanent identifier."""
    name: str
    """The name, in the order and spelling of the source."""
    offices: tuple[Office, ...]
    """The offices of the person. The earliest office comes first."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """The cities in which the person held an office, without repeats."""
        return tuple(dict.fromkeys(office.city for office in self.offices))

    def __repr__(self) -> str:
        return f"<Official {self.id}: {self.name}>"
