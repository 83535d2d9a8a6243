"""The tables of partnerships: each once, each as seen from either city, and the steps of their histories."""

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from friendcities.datasets.timeline import TimelineEntry
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables import columns
from friendcities.exporters.tables.columns import CellType, Column, ExportContext, Row, TableDeclaration, TableSchema
from friendcities.model import PartialDate, Partnership, State
from friendcities.model.record import short

_TEXT: Final = CellType.TEXT


@frozen
class _DerivedValues:
    """The values that are derived from the history of a partnership, each computed once."""

    partnership: Partnership
    state: State
    established: PartialDate | None
    ended: PartialDate | None
    last_attested: PartialDate | None


_DERIVED_COLUMNS: Final = [
    *columns.text_column("status", "How it stands, at the date asked about", "state.status"),
    *columns.text_column("kind", "Of what kind it is, at that date", "state.kind"),
    *columns.date_columns("since", "Since when it has had this status and kind", "state.since"),
    *columns.date_columns("established", "When it first came into force"),
    *columns.date_columns("ended", "When it ended"),
    *columns.text_column("reliability", "On how good a word it stands", "partnership.reliability"),
    *columns.boolean_column("disputed", "Whether its sources disagree", "partnership.disputed"),
    *columns.date_columns(
        "last_attested", "The latest date whose state a source describes, and does not contradict it", "last_attested"
    ),
    *columns.integer_column("steps", "How many steps its history has", lambda values: len(values.partnership.steps)),
    *columns.id_list_column("sources", "The ids of its sources", lambda values: sorted(values.partnership.cites)),
    *columns.text_column("note", "Anything a reader must know", "partnership.note"),
]


def _derived_cells(partnership: Partnership, context: ExportContext) -> Row:
    """The cells of the derived columns, computed once for both tables that have them."""
    cells = context.partnership_cells.get(partnership.id)
    if cells is None:
        state = partnership.state if context.on is None else partnership.at(context.on)
        dates = (partnership.established, partnership.ended, partnership.last_attested)
        cells = columns.read_cells(_DERIVED_COLUMNS, _DerivedValues(partnership, state, *dates))
        context.partnership_cells[partnership.id] = cells
    return cells


def _place_cells(city: str, context: ExportContext) -> Row:
    """The id, the name and the country of a city; its id begins with the code of its country."""
    known = context.cities.get(city)
    return city, None if known is None else known.name, city[:2].upper()


def _partnership_rows(partnership: Partnership, context: ExportContext) -> Iterator[Row]:
    first, second = (_place_cells(city, context) for city in partnership.cities)
    yield (partnership.id, *first, *second, *_derived_cells(partnership, context))


def _tie_rows(partnership: Partnership, context: ExportContext) -> Iterator[Row]:
    first, second = (_place_cells(city, context) for city in partnership.cities)
    for places in ((*first, *second), (*second, *first)):
        yield (*places, partnership.id, *_derived_cells(partnership, context))


PARTNERSHIPS: Final = TableDeclaration(
    TableSchema(
        "partnerships",
        "The partnership of two cities, with what is derived from its history",
        ("id",),
        (
            Column("id", _TEXT, "Its id for ever"),
            Column("city_1", _TEXT, "The city whose id is first by the alphabet", "cities"),
            Column("name_1", _TEXT, "Its name in English"),
            Column("country_1", _TEXT, "Its country, ISO 3166-1 alpha-2"),
            Column("city_2", _TEXT, "The other city", "cities"),
            Column("name_2", _TEXT, "Its name in English"),
            Column("country_2", _TEXT, "Its country, ISO 3166-1 alpha-2"),
            *(column for column, _ in _DERIVED_COLUMNS),
        ),
    ),
    frozenset({Partnership}),
    _partnership_rows,
)
TIES: Final = TableDeclaration(
    TableSchema(
        "ties",
        "A partnership as seen from one of its cities; each is here twice, for questions that go by city or country",
        ("city", "partner"),
        (
            Column("city", _TEXT, "The city from which it is seen", "cities"),
            Column("name", _TEXT, "Its name in English"),
            Column("country", _TEXT, "Its country, ISO 3166-1 alpha-2"),
            Column("partner", _TEXT, "The city on the other side", "cities"),
            Column("partner_name", _TEXT, "Its name in English"),
            Column("partner_country", _TEXT, "Its country, ISO 3166-1 alpha-2"),
            Column("partnership", _TEXT, "The partnership", "partnerships"),
            *(column for column, _ in _DERIVED_COLUMNS),
        ),
    ),
    frozenset({Partnership}),
    _tie_rows,
)

_STEP_COLUMNS: Final = [
    *columns.date_columns("date", "When it happened"),
    *columns.text_column("action", "What happened"),
    *columns.text_column("kind", "Of what kind the partnership was thereby, or would have been"),
    *columns.text_column("initiator", "Who acted, where only one side did", refers_to="cities"),
    *columns.text_column("memorandum", "The memorandum that it rests on", refers_to="memoranda"),
    *columns.text_column("term", "What the source calls it", "term.text"),
    *columns.text_column("term_language", "The language of those words, BCP 47", "term.language"),
    *columns.boolean_column("disputed", "Whether its sources disagree"),
    *columns.id_list_column(
        "sources", "The ids of its sources", lambda step: dict.fromkeys(item.source for item in step.evidence)
    ),
    *columns.note_column(),
]


def _step_rows(record: Partnership | TimelineEntry, _: ExportContext) -> Iterator[Row]:
    if isinstance(record, Partnership):
        partnership, steps = record, [*enumerate(record.steps, 1)]
    else:
        partnership, steps = record.partnership, [(step_position(record), record.step)]
    for position, step in steps:
        yield (partnership.id, position, *partnership.cities, *columns.read_cells(_STEP_COLUMNS, step))


STEPS: Final = TableDeclaration(
    TableSchema(
        "steps",
        "One thing that happened in the history of a partnership",
        ("partnership", "position"),
        (
            Column("partnership", _TEXT, "The partnership", "partnerships"),
            Column("position", CellType.INTEGER, "Its place in the history, from 1"),
            Column("city_1", _TEXT, "The city whose id is first by the alphabet", "cities"),
            Column("city_2", _TEXT, "The other city", "cities"),
            *(column for column, _ in _STEP_COLUMNS),
        ),
    ),
    frozenset({Partnership, TimelineEntry}),
    _step_rows,
)


def step_position(entry: TimelineEntry) -> int:
    """The position of the step of a timeline entry in the history of its partnership, from 1."""
    steps = entry.partnership.steps
    same = [position for position, step in enumerate(steps, 1) if step is entry.step]
    if same or entry.step in steps:
        return same[0] if same else steps.index(entry.step) + 1
    message = f"the step of {short(entry)} is no step of its partnership; take entries as `timeline` gives them"
    raise InvalidQueryError(message, entry)
