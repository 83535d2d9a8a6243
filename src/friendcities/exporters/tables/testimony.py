"""Sources as tables, and the evidence that each of them gives."""

import json
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from friendcities.codec.writer import value_to_plain
from friendcities.datasets.timeline import TimelineEntry
from friendcities.exporters.tables.design import Columns, Design, Surroundings, ids
from friendcities.exporters.tables.partnerships import place_of
from friendcities.model import (
    RECORD_TYPES,
    City,
    Cooperation,
    Event,
    Evidence,
    Memorandum,
    Official,
    Partnership,
    Source,
    Sourced,
    Statistic,
)

__all__ = ["AUTHORS", "EVIDENCE", "SOURCES"]

_source: Final = Columns[Source]()
SOURCES: Final = Design.of(
    "sources",
    "Something that was published and says something",
    ("id",),
    lambda record, _: [record] if isinstance(record, Source) else [],
    [
        *_source.text("id", "Its id for ever", lambda source: source.id),
        *_source.text("kind", "Who speaks in it", lambda source: source.kind),
        *_source.text("publisher", "Who published it", lambda source: source.publisher),
        *_source.text("title", "Its title, as published", lambda source: source.title),
        *_source.dates("published", "When it was published", lambda source: source.published),
        *_source.dates("as_of", "The date whose state it describes", lambda source: source.as_of),
        *_source.dates("accessed", "When it was read for this dataset", lambda source: source.accessed),
        *_source.text("language", "Its language, BCP 47", lambda source: source.language),
        *_source.text("address", "Its address", lambda source: source.address),
        *_source.text("archived", "The address of an archived copy", lambda source: source.archived),
        *_source.text(
            "speaks_for", "The ids of the cities whose government speaks", lambda source: ids(source.speaks_for)
        ),
        *_source.text("note", "Anything a reader must know", lambda source: source.note),
    ],
)

_Written = tuple[Source, int, str]
_author: Final = Columns[_Written]()
AUTHORS: Final = Design.of(
    "authors",
    "Who wrote a source",
    ("source", "position"),
    lambda record, _: (
        [(record, place, name) for place, name in enumerate(record.authors, 1)] if isinstance(record, Source) else []
    ),
    [
        *_author.text("source", "The source", lambda row: row[0].id, "sources"),
        *_author.integer("position", "Their place among the authors, from 1", lambda row: row[1]),
        *_author.text("name", "Their name, as printed", lambda row: row[2]),
    ],
)

_TYPES: Final = {cls: folder for folder, cls in RECORD_TYPES.items()}


@frozen
class _Told:
    """A piece of evidence, and where it stands."""

    table: str
    record: str
    part: str | None
    part_position: int | None
    position: int
    evidence: Evidence


def _told(record: object, _: Surroundings) -> Iterator[_Told]:
    for table, id_, owners in _testified(record):
        for part, place, owner in owners:
            for position, item in enumerate(owner.evidence, 1):
                yield _Told(table, id_, part, place, position, item)


_Owner = tuple[str | None, int | None, Sourced]
"""What has evidence: the table of the part of a record that it is, and its position there; and itself."""


def _testified(record: object) -> Iterator[tuple[str, str, list[_Owner]]]:
    """What of a record has evidence, with the record's table and id."""
    if isinstance(record, TimelineEntry):
        yield _TYPES[Partnership], record.partnership.id, [("steps", place_of(record), record.step)]
    elif isinstance(record, Partnership):
        yield _TYPES[Partnership], record.id, _parts("steps", record.steps)
    elif isinstance(record, Official):
        yield _TYPES[Official], record.id, [(None, None, record), *_parts("offices", record.offices)]
    elif isinstance(record, Event):
        yield _TYPES[Event], record.id, [(None, None, record), *_parts("participants", record.participants)]
    elif isinstance(record, City | Memorandum | Statistic | Cooperation):
        yield _TYPES[type(record)], record.id, [(None, None, record)]


def _parts(table: str, parts: Sequence[Sourced]) -> list[_Owner]:
    return [(table, place, part) for place, part in enumerate(parts, 1)]


def _said(item: Evidence) -> str | None:
    says = value_to_plain(item.claims)
    return json.dumps(says, ensure_ascii=False) if says else None


_evidence: Final = Columns[_Told]()
EVIDENCE: Final = Design.of(
    "evidence",
    "What one source has to say about a record, or about one step, office or participant of it",
    ("table", "record", "part", "part_position", "position"),
    _told,
    [
        *_evidence.text("table", "The table of the record", lambda row: row.table),
        *_evidence.text("record", "The id of the record", lambda row: row.record),
        *_evidence.text(
            "part", "The table of the part that it is about: steps, offices, participants", lambda row: row.part
        ),
        *_evidence.integer("part_position", "The position of that part", lambda row: row.part_position),
        *_evidence.integer("position", "Its place among the evidence, from 1", lambda row: row.position),
        *_evidence.text("source", "The source", lambda row: row.evidence.source, "sources"),
        *_evidence.text("locator", "Where in the source", lambda row: row.evidence.locator),
        *_evidence.text(
            "supports", "The fields on which it says what the record says", lambda row: ids(row.evidence.supports)
        ),
        *_evidence.text("claims", "What it says instead, by field, as a JSON object", lambda row: _said(row.evidence)),
        *_evidence.text("note", "Anything a reader must know", lambda row: row.evidence.note),
    ],
)
