"""Statistic: a number about a city, as reported by a source."""

from decimal import Decimal
from typing import Annotated

from friendcities.model.dates import Period
from friendcities.model.evidence import Sourced
from friendcities.model.format_values import format_qualifier, format_value
from friendcities.model.grammar import SLUG, UNIT, CityId, OfficialId, StatisticId
from friendcities.model.record import Record, record
from friendcities.model.vocabulary import StatisticBasis, ValueQualifier


@record
class StatisticChange(Record):
    """The change of a value compared with another period, in percent. A decrease is negative.

    Example:
        >>> import friendcities as fc
        >>> [ventures] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")
        >>> ventures.change.percent
        Decimal('35')
    """

    percent: Decimal
    """The relative change, in percent."""
    qualifier: ValueQualifier = ValueQualifier.EXACTLY
    """Whether the stated change is exact, approximate, or a limit of the true change."""
    compared_with: Period
    """The period with which the value is compared."""

    def _describe(self) -> str:
        return f"{format_qualifier(self.qualifier)}{self.percent:+,f} % against {format_value(self.compared_with)}"


@record
class Statistic(Sourced):
    """A number about a city, as reported by a source.

    Example:
        >>> import friendcities as fc
        >>> [ventures] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")
        >>> ventures.value, ventures.unit
        (Decimal('4321'), 'foreign_ventures')
    """

    DENIABLE = False

    id: StatisticId
    """The permanent identifier."""
    city: CityId
    """The city."""
    measure: Annotated[str, SLUG]
    """The thing that is measured, as a slug such as ``new_foreign_ventures``."""
    value: Decimal
    """The stated value."""
    qualifier: ValueQualifier = ValueQualifier.EXACTLY
    """Whether the stated value is exact, approximate, or a limit of the true value."""
    unit: Annotated[str, UNIT]
    """The unit of the value: an ISO 4217 currency code, or a word such as ``ventures``."""
    period: Period
    """The period of the value. If the period has sub-periods, each sub-period has this value."""
    change: StatisticChange | None = None
    """The change compared with another period."""
    basis: StatisticBasis = StatisticBasis.REPORTED
    """Whether the value is reported or forecast."""
    stated_by: OfficialId | None = None
    """The official who stated the value."""

    def __repr__(self) -> str:
        return f"<Statistic {self.id}: {self.qualifier} {self.value} {self.unit}, {self.basis}>"
