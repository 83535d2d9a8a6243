"""The tables of all record types except partnerships."""

from collections.abc import Iterator
from typing import Final

from friendcities.exporters.tables.columns import (
    CellType,
    Column,
    ExportContext,
    Row,
    TableDeclaration,
    TableSchema,
    part_table,
    record_table,
)
from friendcities.model import City, Cooperation, Coverage, Event, Memorandum, Official, Source, Statistic


def _identifier_rows(city: City, _: ExportContext) -> Iterator[Row]:
    return ((city.id, scheme, value) for scheme, value in sorted(city.identifiers.items()))


CITIES: Final = (
    record_table(
        City,
        "A place that can have partnerships: a municipality, a district, a state",
        name="English name",
        country="Country, ISO 3166-1 alpha-2",
        subdivision="Subdivision of the country, ISO 3166-2",
        level="Level of government",
        part_of="The city that contains this city",
        coordinates="Location",
        disputed="Whether the sources disagree",
    ),
    part_table(
        City,
        "names",
        "Another name of a city",
        text="The name",
        language="Language of the name, BCP 47",
        kind="Kind of name",
        until="End of the use of the name",
    ),
    TableDeclaration(
        TableSchema(
            "identifiers",
            "The identifier of a city in another dataset",
            ("city", "scheme"),
            (
                Column("city", CellType.TEXT, "The city", "cities"),
                Column("scheme", CellType.TEXT, "The other dataset, such as wikidata or geonames"),
                Column("value", CellType.TEXT, "The identifier in the other dataset"),
            ),
        ),
        frozenset({City}),
        _identifier_rows,
    ),
)
SOURCES: Final = (
    record_table(
        Source,
        "A publication that supports facts",
        kind="Kind of source",
        publisher="Publisher",
        title="Title, as published; a description in brackets if the title is unknown",
        published="Date of publication",
        as_of="Date that the source describes",
        accessed="Date on which the source was read for this dataset",
        language="Language, BCP 47",
        address="Web address",
        archived="Web address of an archived copy",
        speaks_for="Ids of the cities with a government that publishes the source",
    ),
    part_table(Source, "authors", "An author of a source", name="Name, as printed"),
)
_PARTY: Final = {
    "city": "The city, if the city itself is the party",
    "organisation": "The organisation, or its type",
    "named": "Whether the source names the organisation",
    "based_in": "The city to which the organisation belongs",
    "on_behalf_of": "The city for which the organisation acts",
    "count": "Number of organisations",
}
ACTIVITIES: Final = (
    record_table(
        Memorandum,
        "A signed document, or several documents that a source describes together",
        kind="Kind of document",
        documents="Number of documents",
        signed="Date of signature",
        period="Period in which the document is in force",
        subject="Subject",
    ),
    part_table(Memorandum, "signatories", "A party that signed a memorandum", **_PARTY),
    record_table(Official, "A person who holds or held an office", name="Name"),
    part_table(
        Official,
        "offices",
        "An office of a person, with its dates",
        title="Title, as stated",
        body="The body to which the office belongs",
        city="The city to which the office belongs",
        attested="Date at which a source shows the person in office",
        start="Start of the term",
        end="End of the term",
    ),
    record_table(
        Statistic,
        "The value of a measure of a city over a period, as stated",
        city="The city",
        measure="What is measured",
        value="Stated value, in units",
        qualifier="Relation of the stated value to the true value",
        unit="Unit: ISO 4217, or a word for what is counted",
        period="Period of the value",
        change="Change",
        basis="Whether the value is reported or a forecast",
        stated_by="The official who stated this",
    ),
    record_table(Event, "A meeting of cities", name="Name", period="Period of the event", place="Its location"),
    part_table(Event, "organisers", "An organiser of an event", name="Name, as stated"),
    part_table(
        Event,
        "participants",
        "A city that took part in an event",
        city="The city",
        delegate="The official who represented the city",
    ),
    part_table(
        Event,
        "counts",
        "A number of participants of an event, as stated",
        "event_counts",
        counted="What is counted",
        number="Number",
        wording="Wording of the source",
    ),
    record_table(
        Cooperation,
        "A concrete activity of partners",
        summary="Summary",
        area="Area",
        cities="Ids of the cities that take part",
        period="Period",
        stage="Whether the source states a fact or an intention",
        stated_by="The official who stated this",
    ),
    part_table(Cooperation, "parties", "A party to a cooperation", "cooperation_parties", **_PARTY),
    record_table(
        Coverage,
        "How complete the partnerships of a city are in the dataset",
        city="The city",
        kinds="Covered kinds of partnership; empty if all kinds are covered",
        include_parts="Whether partnerships of the city's districts and other parts are included",
        as_of="Date that the coverage describes",
        completeness="Completeness of the dataset",
        stated_count="Number that the city reports",
    ),
)
