"""Coverage: how many of a city's partnerships a dataset has."""

from friendcities.model.dates import PartialDate
from friendcities.model.evidence import Sourced
from friendcities.model.format_values import format_value
from friendcities.model.grammar import CityId, CoverageId
from friendcities.model.memorandum import StatedCount
from friendcities.model.record import record
from friendcities.model.vocabulary import Completeness, PartnershipKind


@record
class Coverage(Sourced):
    """How many of a city's partnerships this dataset has: ``complete``, ``partial`` or ``incidental``.

    Example:
        >>> import friendcities as fc
        >>> fc.coverage_of("Sofia")[0].completeness
        <Completeness.INCIDENTAL: 'incidental'>
    """

    DENIABLE = False

    id: CoverageId
    """The permanent identifier."""
    city: CityId
    """The city whose partnerships this record describes."""
    kinds: tuple[PartnershipKind, ...] = ()
    """The kinds of partnership that this record describes. An empty list means all kinds."""
    include_parts: bool = False
    """Whether this record also describes the partnerships of the city's districts and other parts."""
    as_of: PartialDate | None = None
    """The date for which ``completeness`` is valid."""
    completeness: Completeness
    """How complete this dataset is. This is our own judgement and has no evidence."""
    stated_count: StatedCount | None = None
    """The number of partnerships that the city itself reports."""

    def __repr__(self) -> str:
        return f"<Coverage {self.id}: {self.completeness}>"

    def _describe(self) -> str:
        incidental = self.completeness is Completeness.INCIDENTAL
        completeness = f"{self.completeness}{', only from the lists of other cities' if incidental else ''}"
        scope = [", ".join(map(format_value, self.kinds))] if self.kinds else []
        scope += ["with districts and other parts"] if self.include_parts else []
        date = [] if self.as_of is None else [f"as of {self.as_of}"]
        count = [] if self.stated_count is None else [f"the city reports {format_value(self.stated_count)}"]
        return "; ".join([completeness, *scope, *date, *count])
