"""Memorandum: a signed document; and what it shares with other records: parties and counts as stated."""

from typing import Annotated

from friendcities.model.dates import PartialDate, Period
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import CityId, MemorandumId
from friendcities.model.record import Bounds, Problems, Record, record
from friendcities.model.value_text import format_value, shorten
from friendcities.model.vocabulary import DocumentKind


@record
class StatedCount(Record):
    """How many, as a source counts: a number, or a word like "several".

    Example:
        >>> StatedCount(counted="memoranda", wording="several").number is None
        True
    """

    counted: str
    """What is counted."""
    number: Annotated[int, Bounds(0)] | None = None
    """The number; ``None`` where the source gives none."""
    wording: str | None = None
    """The source's own word, where it is not the number in figures."""

    def _describe(self) -> str:
        wording = "" if self.wording is None else f"“{shorten(self.wording)}”"
        if self.number is not None:
            wording = f"{self.number:,} ({wording})" if wording else f"{self.number:,}"
        return f"{wording} {shorten(self.counted)}"

    def _check(self, problems: Problems) -> None:
        if self.number is None and self.wording is None:
            problems.add("", "a count that says nothing", "a number, or the source's word for it")


@record
class Party(Record):
    """Who signs or takes part: a city, or an organisation, named or not.

    Example:
        >>> Party(organisation="universities", named=False, count=StatedCount(counted="universities", number=2)).named
        False
    """

    city: CityId | None = None
    """The city, where the city itself is the party."""
    organisation: str | None = None
    """The organisation, as the source names it; where it does not, what sort it is."""
    named: bool = True
    """Whether the source names it."""
    based_in: CityId | None = None
    """The city that the organisation belongs to, where the source says so."""
    on_behalf_of: CityId | None = None
    """The city in whose name the organisation acts, where the source says so."""
    count: StatedCount | None = None
    """How many there are, where the source counts."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """The cities that the party is, belongs to or acts for, without repeats."""
        return tuple(dict.fromkeys(city for city in (self.city, self.based_in, self.on_behalf_of) if city is not None))

    def _describe(self) -> str:
        party = self.city or f"{shorten(str(self.organisation))}{'' if self.named else ' (unnamed)'}"
        based_in = None if self.based_in is None else f"of {self.based_in}"
        on_behalf_of = None if self.on_behalf_of is None else f"acting for {self.on_behalf_of}"
        count = None if self.count is None else format_value(self.count)
        return ", ".join(filter(None, (party, based_in, on_behalf_of, count)))

    def _check(self, problems: Problems) -> None:
        if (self.city is None) == (self.organisation is None):
            problems.add("", "a party that is not one of the two", "either a city or an organisation")
        elif self.city is not None and not (self.named and self.based_in is None and self.on_behalf_of is None):
            problems.add("city", "a city is named and acts for itself", "'named', 'based_in', 'on_behalf_of' left out")


@record
class Memorandum(Sourced):
    """A document that was signed, or several that a source tells of together.

    Example:
        >>> import friendcities as fc
        >>> [signed] = fc.memoranda_of("Carabobo")
        >>> signed.kind
        <DocumentKind.MEMORANDUM_OF_UNDERSTANDING: 'memorandum_of_understanding'>
    """

    id: MemorandumId
    """Its id for ever."""
    kind: DocumentKind
    """What kind of document it is."""
    signatories: Annotated[tuple[Party, ...], Bounds(1)]
    """Who signed, as far as the sources say; the list may be open, and then the note says so."""
    documents: StatedCount | None = None
    """How many documents, where there is more than one."""
    signed: PartialDate | None = None
    """When it was signed."""
    period: Period | None = None
    """The period in which it is in force."""
    subject: str | None = None
    """What it is about."""

    @property
    def cities(self) -> tuple[CityId, ...]:
        """The cities that its signatories are, belong to or act for, without repeats."""
        return tuple(dict.fromkeys(city for party in self.signatories for city in party.cities))

    def __repr__(self) -> str:
        return f"<Memorandum {self.id}: {self.kind}{f', {self.signed}' if self.signed else ''}>"
