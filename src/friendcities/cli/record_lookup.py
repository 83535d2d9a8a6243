"""Finds records by the text of a user, such as a name or an id."""

from collections.abc import Sequence
from difflib import get_close_matches

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.references import references
from friendcities.errors import UnknownCityError, UnknownRecordError, short
from friendcities.model import AnyRecord, City, Source
from friendcities.names.countries import countries_called


def find_record(data: Dataset, text: str) -> AnyRecord:
    """Return the city with this id or name, or another record with this id.

    Raises:
        UnknownCityError: If no record has the id or name.
        UnknownRecordError: If no record has the id or name, but sources have similar ids.
        AmbiguousCityError, InvalidQueryError, UnknownPartnershipError: See :meth:`Dataset.__getitem__`.
    """
    try:
        return data[text]
    except UnknownCityError as error:
        if error.query != text or error.candidates or countries_called(text):
            raise
        near = get_close_matches(text, [source.id for source in data.sources()])
        message = f"there is no city, partnership or source {short(text)}"
        if near:
            hint = f"did you mean {' or '.join(map(repr, near))}?"
            raise UnknownRecordError(message, text, near, hint) from None
        command = f"search cities with: friendcities find {short(text)}"
        raise UnknownCityError(message, text, (), error.hint, command) from None


def find_sources(data: Dataset, record: AnyRecord, *, include_parts: bool = False) -> Sequence[Source]:
    """Return the sources of a record, sorted by id. For a city, return all sources about the city."""
    match record:
        case Source():
            return [record]
        case City():
            return data.sources_of(record, include_parts=include_parts)
        case _:
            return [data.source(id_) for id_ in sorted({id_ for _, cls, id_ in references(record) if cls is Source})]
