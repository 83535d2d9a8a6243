"""Official: a person and the offices they held."""

from friendcities.model.dates import PartialDate, check_date_order
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import CityId, OfficialId
from friendcities.model.record import Problems, record
from friendcities.model.value_text import shorten


@record
class Office(Sourced):
    """An office that a person held, and when.

    Example:
        >>> import friendcities as fc
        >>> [office] = fc.official("bf-yoma-etienne-bako").offices
        >>> office.title, office.city
        ('president', 'bf-bobo-dioulasso-5')
    """

    title: str
    """The title, as stated."""
    body: str | None = None
    """The body in which it is held."""
    city: CityId
    """The city whose office it is."""
    attested: PartialDate | None = None
    """When a source shows the person in it."""
    start: PartialDate | None = None
    """When it began."""
    end: PartialDate | None = None
    """When it ended."""

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
    """Their id for ever."""
    name: str
    """Their name, in the source's order and spelling."""
    offices: tuple[Office, ...]
    """The offices they held, the earliest first."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """The cities in which they held an office, without repeats."""
        return tuple(dict.fromkeys(office.city for office in self.offices))

    def __repr__(self) -> str:
        return f"<Official {self.id}: {self.name}>"
