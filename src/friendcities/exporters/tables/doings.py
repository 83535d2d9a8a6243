"""What came of partnerships, as tables: memoranda, officials, statistics, events, cooperations."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final, TypeVar

from friendcities.exporters.tables.design import Columns, Design, field_of, ids
from friendcities.model import (
    AnyRecord,
    Cooperation,
    Event,
    Memorandum,
    Office,
    Official,
    Participant,
    Party,
    StatedCount,
    Statistic,
)

__all__ = ["DOINGS"]

R = TypeVar("R", Memorandum, Official, Statistic, Event, Cooperation)
P = TypeVar("P")


def _only(cls: type[R]) -> Callable[[Any, object], Iterable[R]]:
    """Takes the records of one type."""
    return lambda record, _: [record] if isinstance(record, cls) else []


def _parts(cls: type[R], take: Callable[[R], Iterable[P]]) -> Callable[[Any, object], Iterator[tuple[R, int, P]]]:
    """Takes the parts of the records of one type, each with its record and its place."""

    def parts(record: Any, _: object) -> Iterator[tuple[R, int, P]]:
        if isinstance(record, cls):
            for place, part in enumerate(take(record), 1):
                yield record, place, part

    return parts


_NOTE: Final = "Anything a reader must know"

_memorandum: Final = Columns[Memorandum]()
MEMORANDA: Final = Design.of(
    "memoranda",
    "A document that was signed, or several that a source tells of together",
    ("id",),
    _only(Memorandum),
    [
        *_memorandum.text("id", "Its id for ever", lambda each: each.id),
        *_memorandum.text("kind", "What kind of document it is", lambda each: each.kind),
        *_memorandum.text("documents_counted", "What is counted", lambda each: field_of(each.documents, "counted")),
        *_memorandum.integer("documents_number", "How many documents", lambda each: field_of(each.documents, "number")),
        *_memorandum.text(
            "documents_wording", "The source's word for how many", lambda each: field_of(each.documents, "wording")
        ),
        *_memorandum.dates("signed", "When it was signed", lambda each: each.signed),
        *_memorandum.period("period", "The period in which it is in force", lambda each: each.period),
        *_memorandum.text("subject", "What it is about", lambda each: each.subject),
        *_memorandum.text("note", _NOTE, lambda each: each.note),
    ],
)


def _party_columns(owner: str, table: str) -> list[Any]:
    """The columns of parties of something; the first says of what."""
    party = Columns[tuple[AnyRecord, int, Party]]()
    return [
        *party.text(owner, f"The {owner}", lambda row: row[0].id, table),
        *party.integer("position", "Its place among the parties, from 1", lambda row: row[1]),
        *party.text("city", "The city, where the city itself is the party", lambda row: row[2].city, "cities"),
        *party.text("organisation", "The organisation, or what sort it is", lambda row: row[2].organisation),
        *party.boolean("named", "Whether the source names it", lambda row: row[2].named),
        *party.text("based_in", "The city that the organisation belongs to", lambda row: row[2].based_in, "cities"),
        *party.text("on_behalf_of", "The city in whose name it acts", lambda row: row[2].on_behalf_of, "cities"),
        *party.text("count_counted", "What is counted", lambda row: field_of(row[2].count, "counted")),
        *party.integer("count_number", "How many there are", lambda row: field_of(row[2].count, "number")),
        *party.text("count_wording", "The source's word for how many", lambda row: field_of(row[2].count, "wording")),
    ]


SIGNATORIES: Final = Design.of(
    "signatories",
    "Who signed a memorandum",
    ("memorandum", "position"),
    _parts(Memorandum, lambda each: each.signatories),
    _party_columns("memorandum", "memoranda"),
)

_official: Final = Columns[Official]()
OFFICIALS: Final = Design.of(
    "officials",
    "A person who holds or held an office",
    ("id",),
    _only(Official),
    [
        *_official.text("id", "Their id for ever", lambda each: each.id),
        *_official.text("name", "Their name", lambda each: each.name),
        *_official.text("note", _NOTE, lambda each: each.note),
    ],
)
_office: Final = Columns[tuple[Official, int, Office]]()
OFFICES: Final = Design.of(
    "offices",
    "An office that a person held, and when",
    ("official", "position"),
    _parts(Official, lambda each: each.offices),
    [
        *_office.text("official", "The person", lambda row: row[0].id, "officials"),
        *_office.integer("position", "Its place among the offices, from 1", lambda row: row[1]),
        *_office.text("title", "The title, as stated", lambda row: row[2].title),
        *_office.text("body", "The body in which it is held", lambda row: row[2].body),
        *_office.text("city", "The city whose office it is", lambda row: row[2].city, "cities"),
        *_office.dates("attested", "When a source shows the person in it", lambda row: row[2].attested),
        *_office.dates("start", "When it began", lambda row: row[2].start),
        *_office.dates("end", "When it ended", lambda row: row[2].end),
        *_office.text("note", _NOTE, lambda row: row[2].note),
    ],
)

_statistic: Final = Columns[Statistic]()
STATISTICS: Final = Design.of(
    "statistics",
    "A value of a measure of a city, over a period, as somebody stated it",
    ("id",),
    _only(Statistic),
    [
        *_statistic.text("id", "Its id for ever", lambda each: each.id),
        *_statistic.text("city", "The city it is about", lambda each: each.city, "cities"),
        *_statistic.text("measure", "What is measured", lambda each: each.measure),
        *_statistic.decimal("value", "The value as stated, in units", lambda each: each.value),
        *_statistic.text("qualifier", "How the stated value bounds the true one", lambda each: each.qualifier),
        *_statistic.text("unit", "The unit: ISO 4217, or a word for what is counted", lambda each: each.unit),
        *_statistic.period("period", "The period it holds for", lambda each: each.period),
        *_statistic.decimal(
            "change_percent",
            "Its change, in percent",
            lambda each: field_of(each.change, "percent"),
        ),
        *_statistic.text(
            "change_qualifier",
            "How the stated change bounds the true one",
            lambda each: field_of(each.change, "qualifier"),
        ),
        *_statistic.period(
            "change_compared_with",
            "The period it is compared with",
            lambda each: field_of(each.change, "compared_with"),
        ),
        *_statistic.text("basis", "Whether it tells what was or what is expected", lambda each: each.basis),
        *_statistic.text("stated_by", "The official who said it", lambda each: each.stated_by, "officials"),
        *_statistic.text("note", _NOTE, lambda each: each.note),
    ],
)

_event: Final = Columns[Event]()
EVENTS: Final = Design.of(
    "events",
    "A meeting of cities",
    ("id",),
    _only(Event),
    [
        *_event.text("id", "Its id for ever", lambda each: each.id),
        *_event.text("name", "Its name", lambda each: each.name),
        *_event.period("period", "When it was", lambda each: each.period),
        *_event.text("place", "Where it was", lambda each: each.place, "cities"),
        *_event.text("note", _NOTE, lambda each: each.note),
    ],
)
_organiser: Final = Columns[tuple[Event, int, str]]()
ORGANISERS: Final = Design.of(
    "organisers",
    "Who held an event",
    ("event", "position"),
    _parts(Event, lambda each: each.organisers),
    [
        *_organiser.text("event", "The event", lambda row: row[0].id, "events"),
        *_organiser.integer("position", "Their place among the organisers, from 1", lambda row: row[1]),
        *_organiser.text("name", "Who held it, as stated", lambda row: row[2]),
    ],
)
_participant: Final = Columns[tuple[Event, int, Participant]]()
PARTICIPANTS: Final = Design.of(
    "participants",
    "A city that took part in an event",
    ("event", "position"),
    _parts(Event, lambda each: each.participants),
    [
        *_participant.text("event", "The event", lambda row: row[0].id, "events"),
        *_participant.integer("position", "Its place among the participants, from 1", lambda row: row[1]),
        *_participant.text("city", "The city", lambda row: row[2].city, "cities"),
        *_participant.text("delegate", "Who spoke for it", lambda row: row[2].delegate, "officials"),
        *_participant.text("note", _NOTE, lambda row: row[2].note),
    ],
)
_count: Final = Columns[tuple[Event, int, StatedCount]]()
EVENT_COUNTS: Final = Design.of(
    "event_counts",
    "How many took part in an event, as stated",
    ("event", "position"),
    _parts(Event, lambda each: each.counts),
    [
        *_count.text("event", "The event", lambda row: row[0].id, "events"),
        *_count.integer("position", "Its place among the counts, from 1", lambda row: row[1]),
        *_count.text("counted", "What is counted", lambda row: row[2].counted),
        *_count.integer("number", "The number", lambda row: row[2].number),
        *_count.text("wording", "The source's own word", lambda row: row[2].wording),
    ],
)

_cooperation: Final = Columns[Cooperation]()
COOPERATIONS: Final = Design.of(
    "cooperations",
    "Something concrete between partners",
    ("id",),
    _only(Cooperation),
    [
        *_cooperation.text("id", "Its id for ever", lambda each: each.id),
        *_cooperation.text("summary", "What it is", lambda each: each.summary),
        *_cooperation.text("area", "Its area", lambda each: each.area),
        *_cooperation.text("cities", "The ids of the cities it concerns", lambda each: ids(each.cities)),
        *_cooperation.period("period", "When", lambda each: each.period),
        *_cooperation.text("stage", "Whether it is told as a fact or as an intention", lambda each: each.stage),
        *_cooperation.text("stated_by", "The official who said it", lambda each: each.stated_by, "officials"),
        *_cooperation.text("note", _NOTE, lambda each: each.note),
    ],
)
COOPERATION_PARTIES: Final = Design.of(
    "cooperation_parties",
    "Who takes part in a cooperation",
    ("cooperation", "position"),
    _parts(Cooperation, lambda each: each.parties),
    _party_columns("cooperation", "cooperations"),
)

DOINGS: Final = (
    MEMORANDA,
    SIGNATORIES,
    OFFICIALS,
    OFFICES,
    STATISTICS,
    EVENTS,
    ORGANISERS,
    PARTICIPANTS,
    EVENT_COUNTS,
    COOPERATIONS,
    COOPERATION_PARTIES,
)
"""The tables, in order."""
