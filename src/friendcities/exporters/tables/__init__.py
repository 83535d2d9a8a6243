"""The flat tables that a dataset, or any answer, is exported as: declared once, for every format that has tables.

A cell holds one thing; what a record has several of is a table of its own. A date that may be known to the year alone
is its text, and beside it the first and the last day that it can stand for.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from friendcities.datasets.closure import Exportable
from friendcities.datasets.partnership_questions import Dataset
from friendcities.datasets.timeline import TimelineEntry
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables.columns import Cell, CellType, Column, Row, Shape, Table
from friendcities.exporters.tables.design import Design, Surroundings
from friendcities.exporters.tables.doings import DOINGS
from friendcities.exporters.tables.partnerships import PARTNERSHIPS, STEPS, TIES, place_of
from friendcities.exporters.tables.places import CITIES, IDENTIFIERS, NAMES
from friendcities.exporters.tables.testimony import AUTHORS, EVIDENCE, SOURCES
from friendcities.model import RECORD_TYPES, AnyRecord, City, DateLike, as_date
from friendcities.model.record import short

__all__ = [
    "SHAPES",
    "Cell",
    "CellType",
    "Column",
    "Exportable",
    "Row",
    "Shape",
    "Table",
    "checked_records",
    "checked_table",
    "tables_of",
]

_DESIGNS: Final[tuple[Design[Any], ...]] = (
    CITIES,
    NAMES,
    IDENTIFIERS,
    PARTNERSHIPS,
    TIES,
    STEPS,
    SOURCES,
    AUTHORS,
    EVIDENCE,
    *DOINGS,
)
SHAPES: Final[Mapping[str, Shape]] = {design.shape.name: design.shape for design in _DESIGNS}
"""The tables by name: their columns, and what they mean."""


def tables_of(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> dict[str, Table]:
    """A dataset, or an answer of it, as tables by name; a table of which nothing is exported has no rows.

    Rows stand in the order of the records, each once; the entries of a timeline are rows of ``steps``.

    Args:
        data: The dataset.
        records: The answer; ``None``: the whole dataset.
        on: How partnerships stood at the end of this date, instead of after the last step on record.

    Raises:
        InvalidQueryError: If something is neither a record nor an entry of a timeline, two of them contradict each
            other, or the date is none.

    Example:
        >>> import friendcities as fc
        >>> tables = tables_of(fc.dataset(), fc.partnerships_of("Dunedin"))
        >>> {name: len(table.rows) for name, table in tables.items() if table.rows}
        {'partnerships': 1, 'ties': 2, 'steps': 1, 'evidence': 8}
    """
    chosen = checked_records(data, records)
    cities: dict[str, City] = {each.id: each for each in (*data.cities(), *chosen) if isinstance(each, City)}
    around = Surroundings(cities, None if on is None else as_date(on))
    return {design.shape.name: Table(design.shape, _rows(design, chosen, around)) for design in _DESIGNS}


def _rows(design: Design[Any], records: Iterable[Exportable], around: Surroundings) -> tuple[Row, ...]:
    """The rows of one table, each once: a timeline may tell a step of a partnership that is there as well."""
    return tuple(dict.fromkeys(row for record in records for row in design.rows(record, around)))


def checked_records(data: Dataset, records: Iterable[Exportable] | None) -> tuple[Exportable, ...]:
    """What is to be exported: the answer, or all there is; each once, in the order in which they came first.

    Raises:
        InvalidQueryError: If something is neither a record nor an entry of a timeline, or two of them contradict each
            other: they have one id, and are not the same.
    """
    if records is None:
        return tuple(data)
    chosen = tuple(records) if isinstance(records, Iterable) else (records,)
    known: dict[tuple[type, str], AnyRecord] = {}
    once: dict[tuple[type, str, int], Exportable] = {}
    for each in chosen:
        if type(each) not in _KNOWN:
            message = f"{short(each)} cannot be exported; pass records, or entries of a timeline"
            raise InvalidQueryError(message, each)
        record = each.partnership if isinstance(each, TimelineEntry) else each
        if known.setdefault((type(record), record.id), record) != record:
            message = f"there are two different records of the id {record.id!r}; export one of them at a time"
            raise InvalidQueryError(message, each)
        once.setdefault((type(each), record.id, place_of(each) if isinstance(each, TimelineEntry) else 0), each)
    return tuple(once.values())


_KNOWN: Final = frozenset({*RECORD_TYPES.values(), TimelineEntry})


def checked_table(name: object) -> str:
    """The name of a table.

    Raises:
        InvalidQueryError: If there is no such table; ``candidates`` are those there are.
    """
    if isinstance(name, str) and name in SHAPES:
        return name
    message = f"there is no table {short(name)}; it can be {', '.join(map(repr, SHAPES))}"
    raise InvalidQueryError(message, name, tuple(SHAPES))
