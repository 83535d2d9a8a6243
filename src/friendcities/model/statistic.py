"""Statistic: a number that somebody said about a city."""

from decimal import Decimal
from typing import Annotated

from friendcities.model.dates import Period
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import SLUG, UNIT, CityId, OfficialId, StatisticId
from friendcities.model.record import Record, record
from friendcities.model.value_text import format_qualifier, format_value
from friendcities.model.vocabulary import StatisticBasis, ValueQualifier


@record
class StatisticChange(Record):
    """By how much a value is up (or, where negative, down) on that of another period.

    Example:
        >>> import friendcities as fc
        >>> [ventures] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")
        >>> ventures.change.percent
        Decimal('35')
    """

    percent: Decimal
    """The relative change, in percent."""
    qualifier: ValueQualifier = ValueQualifier.EXACTLY
    """How the stated change bounds the true one."""
    compared_with: Period
    """The period it is compared with."""

    def _describe(self) -> str:
        return f"{format_qualifier(self.qualifier)}{self.percent:+,f} % against {format_value(self.compared_with)}"


@record
class Statistic(Sourced):
    """A value of a measure of a city, over a period, as somebody stated it.

    Example:
        >>> import friendcities as fc
        >>> [ventures] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")
        >>> ventures.value, ventures.unit
        (Decimal('4321'), 'foreign_ventures')
    """

    DENIABLE = False

    id: StatisticId
    """Its id for ever."""
    city: CityId
    """The city it is about."""
    measure: Annotated[str, SLUG]
    """What is measured, as a word for programs: ``new_foreign_ventures``."""
    value: Decimal
    """The value as stated, in units."""
    qualifier: ValueQualifier = ValueQualifier.EXACTLY
    """How the stated value bounds the true one."""
    unit: Annotated[str, UNIT]
    """The unit: an ISO 4217 currency code, or a word for what is counted."""
    period: Period
    """The period it holds for; with ``each``, for each of several."""
    change: StatisticChange | None = None
    """Its change against another period."""
    basis: StatisticBasis = StatisticBasis.REPORTED
    """Whether it tells what was or what is expected."""
    stated_by: OfficialId | None = None
    """The official who said it."""

    def __repr__(self) -> str:
        return f"<Statistic {self.id}: {self.qualifier} {self.value} {self.unit}, {self.basis}>"
