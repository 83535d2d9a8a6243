"""One line of a timeline."""

from attrs import frozen

from friendcities.model import City, PartialDate, Partnership, Step

__all__ = ["TimelineEntry"]


@frozen
class TimelineEntry:
    """One step in the history of a city's partnerships.

    Example:
        >>> import friendcities as fc
        >>> first = fc.timeline("Shanghai")[0]
        >>> str(first.date), first.partner.name, first.step.what.value
        ('1994-10-21', 'Dunedin', 'established')
    """

    date: PartialDate | None
    """When; ``None``: no source says."""
    partner: City
    """With whom."""
    step: Step
    """What happened."""
    partnership: Partnership
    """The partnership of whose history it is a part."""
