"""Source: what a fact rests on."""

import re
from typing import Annotated, Final

from friendcities.model.dates import PartialDate
from friendcities.model.grammar import ADDRESS, LANGUAGE, CityId, SourceId
from friendcities.model.record import Record, record
from friendcities.model.vocabulary import SourceKind

_START: Final = re.compile("https?://", re.IGNORECASE)
_PLACE: Final = re.compile("#(?![!/]).*")
"""A place on the page; what follows ``#/`` or ``#!`` is a page of its own."""


@record
class Source(Record):
    """Something that was published and says something: an article, an official page, a yearbook, a database.

    Example:
        >>> import friendcities as fc
        >>> article = fc.source("shine-2023-12-02")
        >>> article.publisher, str(article.as_of)
        ('SHINE (Shanghai Daily)', '2023-12-02')
    """

    id: SourceId
    """Its id for ever: who and when."""
    kind: SourceKind
    """Who speaks in it."""
    publisher: str
    """Who published it."""
    title: str
    """Its title, as published."""
    authors: tuple[str, ...] = ()
    """Who wrote it, as printed."""
    published: PartialDate | None = None
    """When it was published."""
    as_of: PartialDate | None = None
    """The date whose state of affairs it describes; ``None`` where that is not known, as of an undated page."""
    accessed: PartialDate | None = None
    """When it was read for this dataset."""
    language: Annotated[str, LANGUAGE] | None = None
    """Its language, a BCP 47 tag."""
    address: Annotated[str, ADDRESS] | None = None
    """Its address; ``None`` where only a copy was seen, or it has none."""
    archived: Annotated[str, ADDRESS] | None = None
    """The address of an archived copy."""
    speaks_for: tuple[CityId, ...] = ()
    """The cities whose government speaks in it."""
    note: str | None = None
    """Anything that a reader must know, in our own words."""

    @property
    def date_text(self) -> str:
        """When it was published, else the date that it describes, else ``undated``.

        Example:
            >>> import friendcities as fc
            >>> fc.source("shine-2023-12-02").date_text
            '2023-12-02'
        """
        return str(self.published or self.as_of or "undated")

    def __repr__(self) -> str:
        return f"<Source {self.id}: {self.publisher}, {self.date_text}>"


def page_of(address: str) -> str:
    """What two addresses of one page have in common: not the protocol, the case of the host, or a place on the page.

    Example:
        >>> page_of("http://Example.org/cities/#top") == page_of("https://example.org/cities")
        True
    """
    host, slash, rest = _PLACE.sub("", _START.sub("", address)).partition("/")
    return f"{host.lower()}{slash}{rest}".rstrip("/")
