"""The tables of cities: the cities themselves, their names, and their ids elsewhere."""

from collections.abc import Iterator
from typing import Final

from friendcities.exporters.tables.columns import (
    CellType,
    Column,
    ExportContext,
    Row,
    TableDeclaration,
    TableSchema,
    boolean_column,
    date_columns,
    number_column,
    part_table,
    record_table,
    text_column,
)
from friendcities.model import City

__all__ = ["CITIES", "IDENTIFIERS", "NAMES"]

CITIES: Final = record_table(
    City,
    "A place that can be a party: a municipality, a district, a state",
    [
        *text_column("name", "Its name in English"),
        *text_column("country", "Its country, ISO 3166-1 alpha-2"),
        *text_column("subdivision", "The part of the country, ISO 3166-2"),
        *text_column("level", "Its level of government"),
        *text_column("part_of", "The city that it is a part of", refers_to="cities"),
        *number_column("latitude", "Degrees north, WGS 84", "coordinates.latitude"),
        *number_column("longitude", "Degrees east, WGS 84", "coordinates.longitude"),
        *text_column("point", "What the point is the point of", "coordinates.point"),
        *boolean_column("disputed", "Whether its sources disagree"),
        *text_column("note", "Anything a reader must know"),
    ],
)
NAMES: Final = part_table(
    "names",
    "One more name of a city",
    City,
    "names",
    "The city",
    "Its place among the names, from 1",
    [
        *text_column("text", "The name itself"),
        *text_column("language", "Its language, BCP 47"),
        *text_column("kind", "What kind of name it is"),
        *date_columns("until", "Until when it was in use"),
    ],
)


def _identifier_rows(city: City, _: ExportContext) -> Iterator[Row]:
    return ((city.id, scheme, value) for scheme, value in sorted(city.identifiers.items()))


IDENTIFIERS: Final = TableDeclaration(
    TableSchema(
        "identifiers",
        "The id of a city elsewhere",
        ("city", "scheme"),
        (
            Column("city", CellType.TEXT, "The city", "cities"),
            Column("scheme", CellType.TEXT, "Whose id it is, such as wikidata or geonames"),
            Column("value", CellType.TEXT, "The id"),
        ),
    ),
    frozenset({City}),
    _identifier_rows,
)
