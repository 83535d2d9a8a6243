"""Cities as tables: the places, their names, and their ids elsewhere."""

from collections.abc import Iterator
from typing import Final

from friendcities.exporters.tables.design import Columns, Design, field_of
from friendcities.model import City, Name

__all__ = ["CITIES", "IDENTIFIERS", "NAMES"]

_city: Final = Columns[City]()
CITIES: Final = Design.of(
    "cities",
    "A place that can be a party: a municipality, a district, a state",
    ("id",),
    lambda record, _: _cities(record),
    [
        *_city.text("id", "Its id for ever", lambda city: city.id),
        *_city.text("name", "Its name in English", lambda city: city.name),
        *_city.text("country", "Its country, ISO 3166-1 alpha-2", lambda city: city.country),
        *_city.text("subdivision", "The part of the country, ISO 3166-2", lambda city: city.subdivision),
        *_city.text("level", "Its level of government", lambda city: city.level),
        *_city.text("part_of", "The city that it is a part of", lambda city: city.part_of, "cities"),
        *_city.number("latitude", "Degrees north, WGS 84", lambda city: field_of(city.coordinates, "latitude")),
        *_city.number("longitude", "Degrees east, WGS 84", lambda city: field_of(city.coordinates, "longitude")),
        *_city.text("point", "What the point is the point of", lambda city: field_of(city.coordinates, "point")),
        *_city.boolean("disputed", "Whether its sources disagree", lambda city: city.disputed),
        *_city.text("note", "Anything a reader must know", lambda city: city.note),
    ],
)

_Named = tuple[City, int, Name]
_name: Final = Columns[_Named]()
NAMES: Final = Design.of(
    "names",
    "One more name of a city",
    ("city", "position"),
    lambda record, _: ((city, place, name) for city in _cities(record) for place, name in enumerate(city.names, 1)),
    [
        *_name.text("city", "The city", lambda row: row[0].id, "cities"),
        *_name.integer("position", "Its place among the names, from 1", lambda row: row[1]),
        *_name.text("text", "The name itself", lambda row: row[2].text),
        *_name.text("language", "Its language, BCP 47", lambda row: row[2].language),
        *_name.text("kind", "What kind of name it is", lambda row: row[2].kind),
        *_name.dates("until", "Until when it was in use", lambda row: row[2].until),
    ],
)

_Identified = tuple[City, str, str]
_identifier: Final = Columns[_Identified]()
IDENTIFIERS: Final = Design.of(
    "identifiers",
    "The id of a city elsewhere",
    ("city", "scheme"),
    lambda record, _: _identified(record),
    [
        *_identifier.text("city", "The city", lambda row: row[0].id, "cities"),
        *_identifier.text("scheme", "Whose id it is, such as wikidata or geonames", lambda row: row[1]),
        *_identifier.text("value", "The id", lambda row: row[2]),
    ],
)


def _cities(record: object) -> Iterator[City]:
    if isinstance(record, City):
        yield record


def _identified(record: object) -> Iterator[_Identified]:
    for city in _cities(record):
        for scheme, value in sorted(city.identifiers.items()):
            yield city, scheme, value
