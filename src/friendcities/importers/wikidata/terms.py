"""Which statements of one pair tell of the same time in force: a partnership that ended can have come back."""

from collections.abc import Iterable, Sequence
from typing import Final

from attrs import frozen

from friendcities.importers.wikidata.statements import Statement
from friendcities.model import PartialDate

__all__ = ["RANKS", "Told", "terms_of"]

RANKS: Final = {"preferred": 0, "normal": 1}
"""The ranks of statements that are taken, the better the lower."""


@frozen
class Told:
    """A statement that was taken, with what it says."""

    number: int
    statement: Statement
    start: PartialDate | None
    ended: bool
    """Whether it says that the partnership ended, at whatever date."""
    end: PartialDate | None

    @property
    def order(self) -> tuple[object, ...]:
        """How good it is: a better rank, a reference, a date and a closer one come first."""
        close = 0 if self.start is None else len(str(self.start))
        rested = not self.statement.references
        return (self.start is None, RANKS[self.statement.rank], rested, -close, str(self.start), self.statement.id)


def terms_of(told: Iterable[Told]) -> list[list[Told]]:
    """The statements of one pair by the time in force that they tell of, in order; in each, the best comes first.

    A new time begins where a start lies behind all ends that are told before, and is not one of the starts told before.
    Starts that differ, with no end between them, are two opinions on one time. What has no date that places it stands
    with the best of those that have.

    Args:
        told: The statements, in any order; at least one.
    """
    best_first = sorted(told, key=lambda each: each.order)
    dated = [each for each in best_first if _placed(each) is not None]
    terms: list[list[Told]] = []
    for each in sorted(dated, key=_last_day):
        if terms and not _begins_anew(each, terms[-1]):
            terms[-1].append(each)
        else:
            terms.append([each])
    undated = [each for each in best_first if _placed(each) is None]
    if not dated:
        return [undated]
    next(term for term in terms if dated[0] in term).extend(undated)
    return [sorted(term, key=lambda each: each.order) for term in terms]


def _placed(each: Told) -> PartialDate | None:
    return each.start or each.end


def _last_day(each: Told) -> int:
    """The last day on which the date can be that places a statement: in this order, dates of terms never decrease."""
    placed = _placed(each)
    return 0 if placed is None else placed.latest.toordinal()


def _begins_anew(each: Told, term: Sequence[Told]) -> bool:
    """Whether a statement tells of another time than those before it."""
    start = each.start
    if start is None or not any(other.ended for other in term):
        return False
    return all(
        (other.end is None or other.end.earliest <= start.latest)
        and (other.start is None or not other.start.overlaps(start))
        for other in term
    )
