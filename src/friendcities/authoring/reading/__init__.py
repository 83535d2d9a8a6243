"""What people type, read as the values of records; what can be read in two ways is refused, and never guessed."""

from friendcities.authoring.reading.dates import read_date
from friendcities.authoring.reading.figures import read_decimal, read_degrees, read_number
from friendcities.authoring.reading.languages import read_language
from friendcities.authoring.reading.places import parts_called, read_country, read_subdivision
from friendcities.authoring.reading.words import (
    read_address,
    read_choice,
    read_flag,
    read_id,
    read_slug,
    read_text,
    read_unit,
    read_wikidata,
    split,
)

__all__ = [
    "parts_called",
    "read_address",
    "read_choice",
    "read_country",
    "read_date",
    "read_decimal",
    "read_degrees",
    "read_flag",
    "read_id",
    "read_language",
    "read_number",
    "read_slug",
    "read_subdivision",
    "read_text",
    "read_unit",
    "read_wikidata",
    "split",
]
