"""Finds the record for a text that a user types: a city by id or name, or another record by id."""

from difflib import get_close_matches

from friendcities.datasets.dataset import Dataset
from friendcities.errors import UnknownCityError, UnknownRecordError, short
from friendcities.model import AnyRecord
from friendcities.names.countries import countries_called


def find_record(data: Dataset, text: str) -> AnyRecord:
    """The city with an id or name, or the record with an id.

    Raises:
        UnknownCityError: If no record has the id or name.
        UnknownRecordError: If no record has the id or name, and sources have similar ids.
        AmbiguousCityError, InvalidQueryError, UnknownPartnershipError: As :meth:`Dataset.__getitem__` does.
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
