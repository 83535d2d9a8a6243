"""Source: a publication that records cite as evidence."""

import re
from typing import Annotated, Final

from friendcities.model.dates import PartialDate
from friendcities.model.grammar import ADDRESS, LANGUAGE, CityId, SourceId
from friendcities.model.record import Record, record
from friendcities.model.vocabulary import SourceKind

_START: Final = "(?i:https?://)"
_PLACE: Final = "#(?![!/]).*"
"""Matches the fragment of an address, except a fragment that names a separate page (``#/`` or ``#!``)."""


@record
class Source(Record):
    """A publication, such as an article, an official page, a yearbook or a database.

    Example:
        >>> import friendcities as fc
        >>> article = fc.source("shine-2023-12-02")
        >>> article.publisher, str(article.as_of)
        ('SHINE (Shanghai Daily)', '2023-12-02')
    """

    id: SourceId
    """The permanent identifier, made of the publisher and the date."""
    kind: SourceKind
    """The kind of publisher."""
    publisher: str
    """The publisher."""
    title: str
    """The published title, or our own description in brackets."""
    authors: tuple[str, ...] = ()
    """The authors, as printed."""
    published: PartialDate | None = None
    """The date of publication."""
    as_of: PartialDate | None = None
    """The date that the source describes; ``None`` if unknown."""
    accessed: PartialDate | None = None
    """The date on which the source was read for this dataset."""
    language: Annotated[str, LANGUAGE] | None = None
    """The language, as a BCP 47 tag."""
    address: Annotated[str, ADDRESS] | None = None
    """The web address; ``None`` if there is none, or if only a copy was read."""
    archived: Annotated[str, ADDRESS] | None = None
    """The web address of an archived copy."""
    speaks_for: tuple[CityId, ...] = ()
    """The cities for which this source is a publication of the city government."""
    note: str | None = None
    """A note for readers, in our own words."""

    @property
    def date_text(self) -> str:
        """The first known date: ``published``, ``as_of``, or the text ``undated``.

        Example:
            >>> import friendcities as fc
            >>> fc.source("shine-2023-12-02").date_text
            '2023-12-02'
        """
        return str(self.published or self.as_of or "undated")

    def __repr__(self) -> str:
        return f"<Source {self.id}: {self.publisher}, {self.date_text}>"


def page_of(address: str) -> str:
    """Normalize a web address, so that the same page has the same address.

    Example:
        >>> page_of("http://Example.org/cities/#top") == page_of("https://example.org/cities")
        True
    """
    host, slash, rest = re.sub(_PLACE, "", re.sub(_START, "", address)).partition("/")
    return f"{host.lower()}{slash}{rest}".rstrip("/")
