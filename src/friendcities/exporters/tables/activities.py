"""The tables of memoranda, officials, statistics, events and cooperations."""

from typing import Final

from friendcities.exporters.tables.columns import (
    ColumnReader,
    boolean_column,
    date_columns,
    decimal_columns,
    id_list_column,
    integer_column,
    part_table,
    period_columns,
    record_table,
    text_column,
)
from friendcities.model import Cooperation, Event, Memorandum, Official, Statistic

__all__ = ["ACTIVITIES"]


def _note_column() -> list[ColumnReader]:
    return text_column("note", "Anything a reader must know")


_PARTY_COLUMNS: Final = [
    *text_column("city", "The city, where the city itself is the party", refers_to="cities"),
    *text_column("organisation", "The organisation, or what sort it is"),
    *boolean_column("named", "Whether the source names it"),
    *text_column("based_in", "The city that the organisation belongs to", refers_to="cities"),
    *text_column("on_behalf_of", "The city in whose name it acts", refers_to="cities"),
    *text_column("count_counted", "What is counted", "count.counted"),
    *integer_column("count_number", "How many there are", "count.number"),
    *text_column("count_wording", "The source's word for how many", "count.wording"),
]

ACTIVITIES: Final = (
    record_table(
        Memorandum,
        "A document that was signed, or several that a source describes together",
        [
            *text_column("kind", "What kind of document it is"),
            *text_column("documents_counted", "What is counted", "documents.counted"),
            *integer_column("documents_number", "How many documents", "documents.number"),
            *text_column("documents_wording", "The source's word for how many", "documents.wording"),
            *date_columns("signed", "When it was signed"),
            *period_columns("period", "The period in which it is in force"),
            *text_column("subject", "What it is about"),
            *_note_column(),
        ],
    ),
    part_table(
        "signatories",
        "Who signed a memorandum",
        Memorandum,
        "signatories",
        "The memorandum",
        "Its place among the parties, from 1",
        _PARTY_COLUMNS,
    ),
    record_table(
        Official,
        "A person who holds or held an office",
        [*text_column("name", "Their name"), *_note_column()],
        "Their id for ever",
    ),
    part_table(
        "offices",
        "An office that a person held, and when",
        Official,
        "offices",
        "The person",
        "Its place among the offices, from 1",
        [
            *text_column("title", "The title, as stated"),
            *text_column("body", "The body in which it is held"),
            *text_column("city", "The city whose office it is", refers_to="cities"),
            *date_columns("attested", "When a source shows the person in it"),
            *date_columns("start", "When it began"),
            *date_columns("end", "When it ended"),
            *_note_column(),
        ],
    ),
    record_table(
        Statistic,
        "A value of a measure of a city, over a period, as somebody stated it",
        [
            *text_column("city", "The city it is about", refers_to="cities"),
            *text_column("measure", "What is measured"),
            *decimal_columns("value", "The value as stated, in units"),
            *text_column("qualifier", "How the stated value bounds the true one"),
            *text_column("unit", "The unit: ISO 4217, or a word for what is counted"),
            *period_columns("period", "The period it holds for"),
            *decimal_columns("change_percent", "Its change, in percent", "change.percent"),
            *text_column("change_qualifier", "How the stated change bounds the true one", "change.qualifier"),
            *period_columns("change_compared_with", "The period it is compared with", "change.compared_with"),
            *text_column("basis", "Whether it states what was or what is expected"),
            *text_column("stated_by", "The official who said it", refers_to="officials"),
            *_note_column(),
        ],
    ),
    record_table(
        Event,
        "A meeting of cities",
        [
            *text_column("name", "Its name"),
            *period_columns("period", "When it was"),
            *text_column("place", "Where it was", refers_to="cities"),
            *_note_column(),
        ],
    ),
    part_table(
        "organisers",
        "Who held an event",
        Event,
        "organisers",
        "The event",
        "Their place among the organisers, from 1",
        text_column("name", "Who held it, as stated", str),
    ),
    part_table(
        "participants",
        "A city that took part in an event",
        Event,
        "participants",
        "The event",
        "Its place among the participants, from 1",
        [
            *text_column("city", "The city", refers_to="cities"),
            *text_column("delegate", "Who spoke for it", refers_to="officials"),
            *_note_column(),
        ],
    ),
    part_table(
        "event_counts",
        "How many took part in an event, as stated",
        Event,
        "counts",
        "The event",
        "Its place among the counts, from 1",
        [
            *text_column("counted", "What is counted"),
            *integer_column("number", "The number"),
            *text_column("wording", "The source's own word"),
        ],
    ),
    record_table(
        Cooperation,
        "Something concrete between partners",
        [
            *text_column("summary", "What it is"),
            *text_column("area", "Its area"),
            *id_list_column("cities", "The ids of the cities it concerns"),
            *period_columns("period", "When"),
            *text_column("stage", "Whether it is stated as a fact or as an intention"),
            *text_column("stated_by", "The official who said it", refers_to="officials"),
            *_note_column(),
        ],
    ),
    part_table(
        "cooperation_parties",
        "Who takes part in a cooperation",
        Cooperation,
        "parties",
        "The cooperation",
        "Its place among the parties, from 1",
        _PARTY_COLUMNS,
    ),
)
"""The tables, in order."""
