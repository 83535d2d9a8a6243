"""The tables of memoranda, officials, statistics, events and cooperations."""

from typing import Final

from friendcities.exporters.tables import columns
from friendcities.model import Cooperation, Event, Memorandum, Official, Statistic

_PARTY_COLUMNS: Final = [
    *columns.text_column("city", "The city, where the city itself is the party", refers_to="cities"),
    *columns.text_column("organisation", "The organisation, or what sort it is"),
    *columns.boolean_column("named", "Whether the source names it"),
    *columns.text_column("based_in", "The city that the organisation belongs to", refers_to="cities"),
    *columns.text_column("on_behalf_of", "The city in whose name it acts", refers_to="cities"),
    *columns.text_column("count_counted", "What is counted", "count.counted"),
    *columns.integer_column("count_number", "How many there are", "count.number"),
    *columns.text_column("count_wording", "The source's word for how many", "count.wording"),
]

ACTIVITIES: Final = (
    columns.record_table(
        Memorandum,
        "A document that was signed, or several that a source describes together",
        columns.text_column("kind", "What kind of document it is"),
        columns.text_column("documents_counted", "What is counted", "documents.counted"),
        columns.integer_column("documents_number", "How many documents", "documents.number"),
        columns.text_column("documents_wording", "The source's word for how many", "documents.wording"),
        columns.date_columns("signed", "When it was signed"),
        columns.period_columns("period", "The period in which it is in force"),
        columns.text_column("subject", "What it is about"),
        columns.note_column(),
    ),
    columns.part_table(
        Memorandum, "signatories", "Who signed a memorandum", "Its place among the parties", _PARTY_COLUMNS
    ),
    columns.record_table(
        Official,
        "A person who holds or held an office",
        columns.text_column("name", "Their name"),
        columns.note_column(),
        id_meaning="Their id for ever",
    ),
    columns.part_table(
        Official,
        "offices",
        "An office that a person held, and when",
        "Its place among the offices",
        columns.text_column("title", "The title, as stated"),
        columns.text_column("body", "The body in which it is held"),
        columns.text_column("city", "The city whose office it is", refers_to="cities"),
        columns.date_columns("attested", "When a source shows the person in it"),
        columns.date_columns("start", "When it began"),
        columns.date_columns("end", "When it ended"),
        columns.note_column(),
        owner="The person",
    ),
    columns.record_table(
        Statistic,
        "A value of a measure of a city, over a period, as somebody stated it",
        columns.text_column("city", "The city it is about", refers_to="cities"),
        columns.text_column("measure", "What is measured"),
        columns.decimal_columns("value", "The value as stated, in units"),
        columns.text_column("qualifier", "How the stated value bounds the true one"),
        columns.text_column("unit", "The unit: ISO 4217, or a word for what is counted"),
        columns.period_columns("period", "The period it holds for"),
        columns.decimal_columns("change_percent", "Its change, in percent", "change.percent"),
        columns.text_column("change_qualifier", "How the stated change bounds the true one", "change.qualifier"),
        columns.period_columns("change_compared_with", "The period it is compared with", "change.compared_with"),
        columns.text_column("basis", "Whether it states what was or what is expected"),
        columns.text_column("stated_by", "The official who said it", refers_to="officials"),
        columns.note_column(),
    ),
    columns.record_table(
        Event,
        "A meeting of cities",
        columns.text_column("name", "Its name"),
        columns.period_columns("period", "When it was"),
        columns.text_column("place", "Where it was", refers_to="cities"),
        columns.note_column(),
    ),
    columns.part_table(
        Event,
        "organisers",
        "Who held an event",
        "Their place among the organisers",
        columns.text_column("name", "Who held it, as stated", str),
    ),
    columns.part_table(
        Event,
        "participants",
        "A city that took part in an event",
        "Its place among the participants",
        columns.text_column("city", "The city", refers_to="cities"),
        columns.text_column("delegate", "Who spoke for it", refers_to="officials"),
        columns.note_column(),
    ),
    columns.part_table(
        Event,
        "counts",
        "How many took part in an event, as stated",
        "Its place among the counts",
        columns.text_column("counted", "What is counted"),
        columns.integer_column("number", "The number"),
        columns.text_column("wording", "The source's own word"),
        name="event_counts",
    ),
    columns.record_table(
        Cooperation,
        "Something concrete between partners",
        columns.text_column("summary", "What it is"),
        columns.text_column("area", "Its area"),
        columns.id_list_column("cities", "The ids of the cities it concerns"),
        columns.period_columns("period", "When"),
        columns.text_column("stage", "Whether it is stated as a fact or as an intention"),
        columns.text_column("stated_by", "The official who said it", refers_to="officials"),
        columns.note_column(),
    ),
    columns.part_table(
        Cooperation,
        "parties",
        "Who takes part in a cooperation",
        "Its place among the parties",
        _PARTY_COLUMNS,
        name="cooperation_parties",
    ),
)
"""The tables, in order."""
