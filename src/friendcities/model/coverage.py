"""Coverage: how much of a city's partnerships a dataset has."""

from friendcities.model.dates import PartialDate
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import CityId, CoverageId
from friendcities.model.memorandum import StatedCount
from friendcities.model.record import record
from friendcities.model.value_text import format_value
from friendcities.model.vocabulary import Completeness, PartnershipKind

__all__ = ["Coverage"]


@record
class Coverage(Sourced):
    """How complete the partnerships of a city are in this dataset, and the number that the city states.

    Example:
        >>> import friendcities as fc
        >>> fc.coverage_of("Dunedin")[0].completeness
        <Completeness.INCIDENTAL: 'incidental'>
    """

    DENIABLE = False

    id: CoverageId
    """Its permanent identifier."""
    city: CityId
    """The city whose partnerships it is about."""
    kinds: tuple[PartnershipKind, ...] = ()
    """The kinds of partnership it is about; none: all kinds."""
    include_parts: bool = False
    """Whether it is also about the partnerships of the city's districts and other parts."""
    as_of: PartialDate | None = None
    """The date whose state of affairs it describes."""
    completeness: Completeness
    """How complete this dataset is; our own judgement, which needs no evidence."""
    stated_count: StatedCount | None = None
    """The number of partnerships that the city itself states."""

    def __repr__(self) -> str:
        return f"<Coverage {self.id}: {self.completeness}>"

    def _describe(self) -> str:
        scope = [", ".join(map(format_value, self.kinds))] if self.kinds else []
        scope += ["with districts and other parts"] if self.include_parts else []
        date = [] if self.as_of is None else [f"as of {self.as_of}"]
        count = [] if self.stated_count is None else [f"the city states {format_value(self.stated_count)}"]
        return "; ".join([_COMPLETENESS[self.completeness], *scope, *date, *count])


_COMPLETENESS = {
    Completeness.COMPLETE: "complete",
    Completeness.PARTIAL: "partial",
    Completeness.INCIDENTAL: "incidental, only from the lists of other cities",
}
