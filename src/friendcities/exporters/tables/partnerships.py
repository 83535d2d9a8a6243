"""The tables of partnerships, of steps, and of the evidence of all records."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any, Final

from friendcities.datasets.partnership_view import PartnershipView
from friendcities.datasets.timeline import TimelineEntry
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables.columns import (
    TABLE_NAMES,
    CellType,
    Column,
    ColumnReader,
    ExportContext,
    Row,
    Table,
    TableDeclaration,
    TableSchema,
    field_columns,
    read_cells,
)
from friendcities.model import RECORD_TYPES, Evidence, Partnership, Source, Sourced, State, Step
from friendcities.model.format_values import format_value
from friendcities.model.partnership import sources_of_state
from friendcities.model.record import short, value_to_plain

_TEXT: Final = CellType.TEXT


def place_columns(id_: str, name: str, country: str, meaning: str) -> tuple[Column, ...]:
    """Return the three columns that describe a city: its id, its name and its country."""
    return (
        Column(id_, _TEXT, meaning, "cities"),
        Column(name, _TEXT, f"{meaning}: English name"),
        Column(country, _TEXT, f"{meaning}: country, ISO 3166-1 alpha-2"),
    )


def _columns(readers: list[ColumnReader]) -> tuple[Column, ...]:
    return tuple(column for column, _ in readers)


_STATE_COLUMNS: Final = field_columns(
    State,
    status="Status at the date of the export",
    kind="Kind at the date of the export",
    since="Start of this status and kind",
)
_HISTORY_COLUMNS: Final = [
    *field_columns(
        Partnership,
        established="Date on which the partnership first came into force",
        ended="Date on which the partnership ended",
        reliability="Reliability of the evidence",
        disputed="Whether the sources disagree",
        last_attested="Latest date at which a source confirms the partnership",
    ),
    (Column("steps", CellType.INTEGER, "Number of steps in the history"), lambda partnership: len(partnership.steps)),
    (Column("sources", _TEXT, "Ids of the sources"), lambda partnership: " ".join(sorted(partnership.cites)) or None),
    *field_columns(Partnership, note="Remarks"),
]
_HISTORY_FIELDS: Final = ("established", "ended", "reliability", "disputed", "last_attested", "steps", "cites", "note")
"""What the columns read; some of it is derived from the history, and several columns read it."""
_DERIVED_COLUMNS: Final = _columns([*_STATE_COLUMNS, *_HISTORY_COLUMNS])


def _derived_cells(partnership: Partnership, context: ExportContext) -> Row:
    """Return the cells of the derived columns. The tables ``partnerships`` and ``partners`` share these cells."""
    cells = context.partnership_cells.get(partnership.id)
    if cells is None:
        state = partnership.state if context.on is None else partnership.at(context.on)
        derived = SimpleNamespace(**{name: getattr(partnership, name) for name in _HISTORY_FIELDS})
        cells = (*read_cells(_STATE_COLUMNS, state), *read_cells(_HISTORY_COLUMNS, derived))
        context.partnership_cells[partnership.id] = cells
    return cells


def city_cells(city: str, context: ExportContext) -> Row:
    """Return the id, the name and the country of a city."""
    known = context.cities.get(city)
    return city, None if known is None else known.name, city[:2].upper()


def _partnership_rows(partnership: Partnership, context: ExportContext) -> Iterator[Row]:
    first, second = (city_cells(city, context) for city in partnership.cities)
    yield (partnership.id, *first, *second, *_derived_cells(partnership, context))


def _partner_rows(partnership: Partnership, context: ExportContext) -> Iterator[Row]:
    first, second = (city_cells(city, context) for city in partnership.cities)
    for places in ((*first, *second), (*second, *first)):
        yield (*places, partnership.id, *_derived_cells(partnership, context))


PARTNERSHIPS: Final = TableDeclaration(
    TableSchema(
        "partnerships",
        "The partnership of two cities, with values derived from the history",
        ("id",),
        (
            Column("id", _TEXT, "Permanent identifier"),
            *place_columns("city_1", "name_1", "country_1", "The first city in alphabetical order of ids"),
            *place_columns("city_2", "name_2", "country_2", "The other city"),
            *_DERIVED_COLUMNS,
        ),
    ),
    frozenset({Partnership}),
    _partnership_rows,
)
PARTNERS: Final = TableDeclaration(
    TableSchema(
        "partners",
        "A partner of a city; each partnership has two rows, for queries by city or country",
        ("city", "partner"),
        (
            *place_columns("city", "name", "country", "The city"),
            *place_columns("partner", "partner_name", "partner_country", "The partner"),
            Column("partnership", _TEXT, "The partnership", "partnerships"),
            *_DERIVED_COLUMNS,
        ),
    ),
    frozenset({Partnership}),
    _partner_rows,
)

_PARTNER_LIST: Final = TableSchema(
    "partners",
    "A partner of a city, for readers",
    ("partnership",),
    (
        Column("partner", _TEXT, "The partner: English name"),
        Column("country", _TEXT, "The country of the partner: English name"),
        Column("kind", _TEXT, "Kind of partnership at the date of the export"),
        Column("status", _TEXT, "Status at the date of the export"),
        Column("established", _TEXT, "Date on which the partnership first came into force", is_partial_date=True),
        Column("status_since", _TEXT, "Start of this status and kind", is_partial_date=True),
        Column("ended", _TEXT, "Date on which the partnership ended", is_partial_date=True),
        Column("disputed", CellType.BOOLEAN, "Whether the sources disagree"),
        Column("sources", _TEXT, "Publishers of the sources"),
        Column("link", _TEXT, "First web address of a source"),
        Column("note", _TEXT, "Remarks"),
        Column("city", _TEXT, "The city: English name"),
        Column("partner_id", _TEXT, "The partner", "cities"),
        Column("partnership", _TEXT, "The partnership", "partnerships"),
    ),
)


def partner_list(views: Iterable[PartnershipView], on: date | None) -> Table:
    """Return a city's partners as a readable table, with a row for each partnership."""
    return Table(_PARTNER_LIST, tuple(_partner_list_row(view, on) for view in views))


def _partner_list_row(view: PartnershipView, on: date | None) -> Row:
    partnership, partner = view.partnership, view.partner
    state = view.state_on(None if on is None else on.toordinal())
    sources = [partnership.source(id_) for id_ in sources_of_state(partnership, state)]
    return (
        partner.name,
        partner.country_name,
        format_value(state.kind),
        format_value(state.status),
        *(None if day is None else str(day) for day in (partnership.established, state.since, partnership.ended)),
        partnership.disputed,
        "; ".join(dict.fromkeys(source.publisher for source in sources)) or None,
        next((link for source in sources if (link := source.address or source.archived)), None),
        partnership.note,
        view.city.name,
        partner.id,
        partnership.id,
    )


_STEP_COLUMNS: Final = [
    *field_columns(
        Step,
        date="Date of the step",
        action="Action",
        kind="Kind of partnership after the step, or the proposed kind",
        initiator="The city that acted, if only one city acted",
        memorandum="The memorandum on which the step is based",
        term="Word that the source uses for the partnership",
        disputed="Whether the sources disagree",
    ),
    (
        Column("sources", _TEXT, "Ids of the sources"),
        lambda step: " ".join(dict.fromkeys(item.source for item in step.evidence)) or None,
    ),
    *field_columns(Step, note="Remarks"),
]


def _step_rows(record: Partnership | TimelineEntry, _: ExportContext) -> Iterator[Row]:
    if isinstance(record, Partnership):
        partnership, steps = record, [*enumerate(record.steps, 1)]
    else:
        partnership, steps = record.partnership, [(step_position(record), record.step)]
    for position, step in steps:
        yield (partnership.id, position, *partnership.cities, *read_cells(_STEP_COLUMNS, step))


STEPS: Final = TableDeclaration(
    TableSchema(
        "steps",
        "One step in the history of a partnership",
        ("partnership", "position"),
        (
            Column("partnership", _TEXT, "The partnership", "partnerships"),
            Column("position", CellType.INTEGER, "Position in the history, from 1"),
            Column("city_1", _TEXT, "The first city in alphabetical order of ids", "cities"),
            Column("city_2", _TEXT, "The other city", "cities"),
            *_columns(_STEP_COLUMNS),
        ),
    ),
    frozenset({Partnership, TimelineEntry}),
    _step_rows,
)


def _timeline_rows(entry: TimelineEntry, context: ExportContext) -> Iterator[Row]:
    places = (*city_cells(entry.city.id, context), *city_cells(entry.partner.id, context))
    yield (*places, entry.partnership.id, step_position(entry), *read_cells(_STEP_COLUMNS, entry.step))


TIMELINE: Final = TableDeclaration(
    TableSchema(
        "timeline",
        "One step in the history of the partnerships of a city",
        ("partnership", "position"),
        (
            *PARTNERS.schema.columns[:7],
            Column("position", CellType.INTEGER, "Position in the history, from 1"),
            *_columns(_STEP_COLUMNS),
        ),
    ),
    frozenset({TimelineEntry}),
    _timeline_rows,
)
"""The table of the results of ``timeline``. Exports of datasets do not contain this table."""


def partner_row(partnership: Partnership, city: str, context: ExportContext) -> Row:
    """Return the row of the table ``partners`` for a partnership as seen from a city."""
    return next(row for row in _partner_rows(partnership, context) if row[0] == city)


def step_position(entry: TimelineEntry) -> int:
    """Return the position of the step in the history of its partnership, from 1."""
    steps = entry.partnership.steps
    same = [position for position, step in enumerate(steps, 1) if step is entry.step]
    if same or entry.step in steps:
        return same[0] if same else steps.index(entry.step) + 1
    message = f"the step of {short(entry)} is not in the partnership; pass entries from `timeline` unchanged"
    raise InvalidQueryError(message, entry)


def _claims_as_json(item: Evidence) -> str | None:
    claims = value_to_plain(item.claims)
    return json.dumps(claims, ensure_ascii=False) if claims else None


_EVIDENCE_COLUMNS: Final = [
    *field_columns(
        Evidence,
        source="The source",
        locator="Location of the statement in the source",
        supports="Fields that the source confirms",
    ),
    (Column("claims", _TEXT, "Other values that the source states, by field, as a JSON object"), _claims_as_json),
    *field_columns(
        Evidence,
        denies="Whether the source states that this step, office or participation did not happen",
        note="Remarks",
    ),
]
_PARTS: Final = ("steps", "offices", "participants")
"""The fields with parts that have evidence of their own. The tables have the same names."""


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
    table_name, id_ = TABLE_NAMES[type(owner)], owner.id
    for table, part_position, part in parts:
        for position, item in enumerate(part.evidence, 1):
            yield (table_name, id_, table, part_position, position, *read_cells(_EVIDENCE_COLUMNS, item))


EVIDENCE: Final = TableDeclaration(
    TableSchema(
        "evidence",
        "What a source states about a record, or about a step, an office or a participant in the record",
        ("table", "record", "part", "part_position", "position"),
        (
            Column("table", _TEXT, "The table of the record"),
            Column("record", _TEXT, "The id of the record"),
            Column("part", _TEXT, "The table of the part with the evidence: steps, offices or participants"),
            Column("part_position", CellType.INTEGER, "The position of the part"),
            Column("position", CellType.INTEGER, "Position in the list of evidence, from 1"),
            *_columns(_EVIDENCE_COLUMNS),
        ),
    ),
    frozenset({*RECORD_TYPES.values(), TimelineEntry} - {Source}),
    _evidence_rows,
)
