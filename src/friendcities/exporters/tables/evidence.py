"""The tables of sources, their authors, and the evidence that they give."""

import json
from collections.abc import Iterator
from typing import Any, Final

from friendcities.codec.writer import value_to_plain
from friendcities.datasets.timeline import TimelineEntry
from friendcities.exporters.tables.columns import (
    CellType,
    Column,
    ExportContext,
    Row,
    TableDeclaration,
    TableSchema,
    boolean_column,
    date_columns,
    id_list_column,
    part_table,
    read_cells,
    record_table,
    text_column,
)
from friendcities.exporters.tables.partnerships import step_position
from friendcities.model import RECORD_TYPES, Evidence, Source, Sourced

__all__ = ["AUTHORS", "EVIDENCE", "SOURCES"]

SOURCES: Final = record_table(
    Source,
    "Something that was published and says something",
    [
        *text_column("kind", "Who speaks in it"),
        *text_column("publisher", "Who published it"),
        *text_column("title", "Its title, as published"),
        *date_columns("published", "When it was published"),
        *date_columns("as_of", "The date whose state it describes"),
        *date_columns("accessed", "When it was read for this dataset"),
        *text_column("language", "Its language, BCP 47"),
        *text_column("address", "Its address"),
        *text_column("archived", "The address of an archived copy"),
        *id_list_column("speaks_for", "The ids of the cities whose government speaks"),
        *text_column("note", "Anything a reader must know"),
    ],
)
AUTHORS: Final = part_table(
    "authors",
    "Who wrote a source",
    Source,
    "authors",
    "The source",
    "Their place among the authors, from 1",
    text_column("name", "Their name, as printed", str),
)


def _claims_as_json(item: Evidence) -> str | None:
    claims = value_to_plain(item.claims)
    return json.dumps(claims, ensure_ascii=False) if claims else None


_EVIDENCE_COLUMNS: Final = [
    *text_column("source", "The source", refers_to="sources"),
    *text_column("locator", "Where in the source"),
    *id_list_column("supports", "The fields on which it says what the record says"),
    *text_column("claims", "What it says instead, by field, as a JSON object", _claims_as_json),
    *boolean_column("denies", "Whether it states that this step, office or participation did not happen"),
    *text_column("note", "Anything a reader must know"),
]
_PARTS: Final = ("steps", "offices", "participants")
"""The fields of records, and the tables, whose parts have evidence of their own."""
_TABLE_NAMES: Final = {cls: name for name, cls in RECORD_TYPES.items()}


def _evidence_rows(record: Any, _: ExportContext) -> Iterator[Row]:
    parts: list[tuple[str | None, int | None, Sourced]] = []
    if isinstance(record, TimelineEntry):
        parts.append(("steps", step_position(record), record.step))
        record = record.partnership
    else:
        if isinstance(record, Sourced):
            parts.append((None, None, record))
        for name in _PARTS:
            parts += [(name, position, part) for position, part in enumerate(getattr(record, name, ()), 1)]
    for table, part_position, part in parts:
        for position, item in enumerate(part.evidence, 1):
            leading = (_TABLE_NAMES[type(record)], record.id, table, part_position, position)
            yield (*leading, *read_cells(_EVIDENCE_COLUMNS, item))


EVIDENCE: Final = TableDeclaration(
    TableSchema(
        "evidence",
        "What one source has to say about a record, or about one step, office or participant of it",
        ("table", "record", "part", "part_position", "position"),
        (
            Column("table", CellType.TEXT, "The table of the record"),
            Column("record", CellType.TEXT, "The id of the record"),
            Column("part", CellType.TEXT, "The table of the part that it is about: steps, offices, participants"),
            Column("part_position", CellType.INTEGER, "The position of that part"),
            Column("position", CellType.INTEGER, "Its place among the evidence, from 1"),
            *(column for column, _ in _EVIDENCE_COLUMNS),
        ),
    ),
    frozenset({*RECORD_TYPES.values(), TimelineEntry} - {Source}),
    _evidence_rows,
)
