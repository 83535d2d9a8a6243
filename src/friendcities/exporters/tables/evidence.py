"""The tables of sources, their authors, and the evidence that they give."""

import json
from collections.abc import Iterator
from typing import Any, Final

from friendcities.codec.writer import value_to_plain
from friendcities.datasets.timeline import TimelineEntry
from friendcities.exporters.tables import columns
from friendcities.exporters.tables.columns import CellType, Column, ExportContext, Row, TableDeclaration, TableSchema
from friendcities.exporters.tables.partnerships import step_position
from friendcities.model import RECORD_TYPES, Evidence, Source, Sourced

SOURCES: Final = columns.record_table(
    Source,
    "Something that was published and says something",
    columns.text_column("kind", "Who speaks in it"),
    columns.text_column("publisher", "Who published it"),
    columns.text_column("title", "Its title, as published"),
    columns.date_columns("published", "When it was published"),
    columns.date_columns("as_of", "The date whose state it describes"),
    columns.date_columns("accessed", "When it was read for this dataset"),
    columns.text_column("language", "Its language, BCP 47"),
    columns.text_column("address", "Its address"),
    columns.text_column("archived", "The address of an archived copy"),
    columns.id_list_column("speaks_for", "The ids of the cities whose government speaks"),
    columns.note_column(),
)
AUTHORS: Final = columns.part_table(
    Source,
    "authors",
    "Who wrote a source",
    "Their place among the authors",
    columns.text_column("name", "Their name, as printed", str),
)


def _claims_as_json(item: Evidence) -> str | None:
    claims = value_to_plain(item.claims)
    return json.dumps(claims, ensure_ascii=False) if claims else None


_EVIDENCE_COLUMNS: Final = [
    *columns.text_column("source", "The source", refers_to="sources"),
    *columns.text_column("locator", "Where in the source"),
    *columns.id_list_column("supports", "The fields on which it says what the record says"),
    *columns.text_column("claims", "What it says instead, by field, as a JSON object", _claims_as_json),
    *columns.boolean_column("denies", "Whether it states that this step, office or participation did not happen"),
    *columns.note_column(),
]
_PARTS: Final = ("steps", "offices", "participants")
"""The fields of records, and the tables, whose parts have evidence of their own."""


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
    owner: Any = record
    table_name, id_ = columns.TABLE_NAMES[type(owner)], owner.id
    for table, part_position, part in parts:
        for position, item in enumerate(part.evidence, 1):
            leading = (table_name, id_, table, part_position, position)
            yield (*leading, *columns.read_cells(_EVIDENCE_COLUMNS, item))


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
