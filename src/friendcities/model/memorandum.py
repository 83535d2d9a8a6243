"""Memorandum: a signed document, with its parties and counts."""

from typing import Annotated

from friendcities.model.dates import PartialDate, Period
from friendcities.model.evidence import Sourced
from friendcities.model.format_values import format_value, shorten
from friendcities.model.grammar import CityId, MemorandumId
from friendcities.model.record import Bounds, Problems, Record, record
from friendcities.model.vocabulary import DocumentKind


@record
class StatedCount(Record):
    """A count from a source: a number, or a word like "several".

    Example:
        >>> StatedCount(counted="memoranda", wording="several").number is None
        True
    """

    counted: str
    """The things that are counted, such as ``memoranda``."""
    number: Annotated[int, Bounds(0)] | None = None
    """The number; ``None`` if the source states no number."""
    wording: str | None = None
    """The wording of the source, such as "several"; ``None`` if the source uses figures."""

    def _describe(self) -> str:
        wording = "" if self.wording is None else f"“{shorten(self.wording)}”"
        if self.number is not None:
            wording = f"{self.number:,} ({wording})" if wording else f"{self.number:,}"
        return f"{wording} {shorten(self.counted)}"

    def _check(self, problems: Problems) -> None:
        if self.number is None and self.wording is None:
            problems.add("", "the count is empty", "'number' or 'wording'")


@record
class Party(Record):
    """A city or an organisation that signs a document or takes part in a cooperation.

    Example:
        >>> Party(organisation="universities", named=False, count=StatedCount(counted="universities", number=2)).named
        False
    """

    city: CityId | None = None
    """The city, if the city itself is the party."""
    organisation: str | None = None
    """The name of the organisation, or the type of organisation if the source states no name."""
    named: bool = True
    """Whether the source gives the name of the party."""
    based_in: CityId | None = None
    """The city where the organisation is based, if the source states a city."""
    on_behalf_of: CityId | None = None
    """The city for which the organisation acts, if the source states a city."""
    count: StatedCount | None = None
    """The number of such organisations, if the source states a number."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """The cities in the fields ``city``, ``based_in`` and ``on_behalf_of``, without repeats."""
        return tuple(dict.fromkeys(city for city in (self.city, self.based_in, self.on_behalf_of) if city is not None))

    def _describe(self) -> str:
        party = self.city or f"{shorten(str(self.organisation))}{'' if self.named else ' (unnamed)'}"
        based_in = None if self.based_in is None else f"of {self.based_in}"
        on_behalf_of = None if self.on_behalf_of is None else f"acting for {self.on_behalf_of}"
        count = None if self.count is None else format_value(self.count)
        return ", ".join(filter(None, (party, based_in, on_behalf_of, count)))

    def _check(self, problems: Problems) -> None:
        if (self.city is None) == (self.organisation is None):
            given = (
                "neither 'city' nor 'organisation' is" if self.city is None else "'city' and 'organisation' are both"
            )
            problems.add("", f"{given} given", "exactly one of the two fields")
        elif self.city is not None and not (self.named and self.based_in is None and self.on_behalf_of is None):
            what = "'city' is combined with 'named', 'based_in' or 'on_behalf_of'"
            problems.add("city", what, "the city without these fields")


@record
class Memorandum(Sourced):
    """A signed document, or several documents that a source reports together.

    Example:
        >>> import friendcities as fc
        >>> [signed] = fc.memoranda_of("Carabobo")
        >>> signed.kind
        <DocumentKind.MEMORANDUM_OF_UNDERSTANDING: 'memorandum_of_understanding'>
    """

    id: MemorandumId
    """The permanent identifier."""
    kind: DocumentKind
    """The kind of document."""
    signatories: Annotated[tuple[Party, ...], Bounds(1)]
    """The signatories in the sources. If the list is incomplete, the note says so."""
    documents: StatedCount | None = None
    """The number of documents if the record describes several documents."""
    signed: PartialDate | None = None
    """The date of signature."""
    period: Period | None = None
    """The period in which the document is in force."""
    subject: str | None = None
    """The subject of the document."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """The cities of all signatories, without repeats."""
        return tuple(dict.fromkeys(city for party in self.signatories for city in party.cities))

    def __repr__(self) -> str:
        return f"<Memorandum {self.id}: {self.kind}{f', {self.signed}' if self.signed else ''}>"
