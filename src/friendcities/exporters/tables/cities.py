"""The tables of cities: the cities themselves, their names, and their ids elsewhere."""

from collections.abc import Iterator
from typing import Final

from friendcities.exporters.tables import columns
from friendcities.exporters.tables.columns import CellType, Column, ExportContext, Row, TableDeclaration, TableSchema
from friendcities.model import City

CITIES: Final = columns.record_table(
    City,
    "A place that can be a party: a municipality, a district, a state",
    columns.text_column("name", "Its name in English"),
    columns.text_column("country", "Its country, ISO 3166-1 alpha-2"),
    columns.text_column("subdivision", "The part of the country, ISO 3166-2"),
    columns.text_column("level", "Its level of government"),
    columns.text_column("part_of", "The city that it is a part of", refers_to="cities"),
    columns.number_column("latitude", "Degrees north, WGS 84", "coordinates.latitude"),
    columns.number_column("longitude", "Degrees east, WGS 84", "coordinates.longitude"),
    columns.text_column("point", "What the point is the point of", "coordinates.point"),
    columns.boolean_column("disputed", "Whether its sources disagree"),
    columns.note_column(),
)
NAMES: Final = columns.part_table(
    City,
    "names",
    "One more name of a city",
    "Its place among the names",
    columns.text_column("text", "The name itself"),
    columns.text_column("language", "Its language, BCP 47"),
    columns.text_column("kind", "What kind of name it is"),
    columns.date_columns("until", "Until when it was in use"),
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
