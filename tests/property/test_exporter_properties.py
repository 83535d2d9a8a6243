"""Properties of exports for any records."""

import csv
import io
import json
import re
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from friendcities import Coordinates, Dataset, FriendcitiesError, Partnership
from friendcities.exporters.csv_files import as_csv, mark_formulas, read_csv, unmark_formulas
from friendcities.exporters.geodesics import kilometres_between, line_between
from friendcities.exporters.json_lines import as_json_lines, read_json_lines
from friendcities.exporters.tables import TABLE_SCHEMAS, CellType, Table, build_tables
from friendcities.importers.names_gate import check_name
from friendcities.model import AnyRecord
from tests.strategies import DATE, DECIMAL, RECORDS, anatomy, sources_for

DANGEROUS = st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", '"', " ", ",", ";", "＝", "\u00a0"])
HOSTILE = st.builds("{}{}".format, st.text(DANGEROUS, min_size=1, max_size=4), st.text(max_size=5)) | st.text(
    min_size=1
)
ENCODABLE = HOSTILE.filter(lambda text: text.isprintable() or not any("\ud800" <= c <= "\udfff" for c in text))
CELLS: dict[CellType, st.SearchStrategy[Any]] = {
    CellType.TEXT: ENCODABLE.filter(lambda text: "\0" not in text),
    CellType.INTEGER: st.integers(-(2**53), 2**53),
    CellType.NUMBER: st.floats(allow_nan=False, allow_infinity=False),
    CellType.DECIMAL: DECIMAL.map(lambda value: format(value, "f")),
    CellType.BOOLEAN: st.booleans(),
    CellType.DATE: st.dates(),
}


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A table of any schema with any cells."""
    schema = TABLE_SCHEMAS[draw(st.sampled_from(sorted(TABLE_SCHEMAS)))]
    row = st.tuples(*(st.none() | CELLS[column.type] for column in schema.columns))
    return Table(schema, tuple(draw(st.lists(row, max_size=2))))


@given(tables())
def test_csv_comes_back_as_it_was(table: Table) -> None:
    """Tables with any cells, hostile texts included, are read back exactly."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "table.csv")
        path.write_bytes(as_csv(table))
        assert anatomy(table.rows) == anatomy(read_csv(path, table.schema.name).rows)


@given(tables())
def test_no_cell_of_csv_can_be_run(table: Table) -> None:
    """No part of a text begins like a formula, and cells of other types with a minus are numbers."""
    lines = csv.reader(io.StringIO(as_csv(table).decode(), newline=""))
    next(lines)
    for cells in lines:
        for cell, column in zip(cells, table.schema.columns, strict=True):
            if column.type is CellType.TEXT:
                for piece in re.split("(?<=[;\t\r\n])", cell):
                    assert not re.match(r"[\s\"]*[=+\-@＝＋－＠]|[\t\r\n]", piece)
            elif cell[:1] == "-":
                assert float(cell) <= 0


@given(st.text(st.sampled_from("aé '\"-=+@.()"), min_size=1, max_size=6))
def test_marked_names_are_imported_without_marks(text: str) -> None:
    """A name that importers accept is the same after an export to CSV."""
    name = check_name(text).name

    assert name is None or name == check_name(mark_formulas(name)).name


@given(HOSTILE)
def test_marks_can_be_taken_away(text: str) -> None:
    """Removing the marks restores any text."""
    assert text == unmark_formulas(mark_formulas(text))


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode), st.sampled_from(sorted(TABLE_SCHEMAS)))
def test_no_input_crashes_the_readers(data: bytes, name: str) -> None:
    """Any bytes are a table, a dataset, or an error of the package."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "some")
        path.write_bytes(data)
        for read in (lambda: read_csv(path, name), lambda: Dataset.load_json_lines(path)):
            with suppress(FriendcitiesError):
                assert read() is not None


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
@given(data=st.data())
def test_json_lines_come_back_as_they_were(cls: type[AnyRecord], data: st.DataObject) -> None:
    """Any record is read back with all fields, and no field has the name of the type of a line."""
    record = data.draw(RECORDS[cls])
    written = as_json_lines(Dataset(), [record])
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.jsonl")
        path.write_bytes(written)
        [(read, _)], _ = read_json_lines(path)

    assert anatomy(record) == anatomy(read)
    assert {"type", "id"} <= set(json.loads(written))


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
@given(data=st.data(), on=st.none() | DATE)
def test_every_record_has_rows_that_can_be_written(cls: type[AnyRecord], data: st.DataObject, on: Any) -> None:
    """Any record has its tables at any date, and they are read back from CSV."""
    record = data.draw(RECORDS[cls])
    if isinstance(record, Partnership):
        record = record.with_sources(data.draw(sources_for(record)))
    filled = [table for table in build_tables(Dataset(), [record], on=on).values() if table.rows]

    assert filled
    with TemporaryDirectory() as folder:
        for table in filled:
            path = Path(folder, "table.csv")
            path.write_bytes(as_csv(table))
            assert table == read_csv(path, table.schema.name)


PLACES = st.builds(
    Coordinates,
    latitude=st.floats(-90, 90) | st.sampled_from([-90.0, 0.0, 90.0]),
    longitude=st.floats(-180, 180) | st.sampled_from([-180.0, 0.0, 180.0]),
    point=st.just("city"),
)


@given(PLACES, PLACES)
def test_lines_stay_on_the_map(one: Coordinates, other: Coordinates) -> None:
    """Points are valid degrees, pieces have two points at least, and gaps are only at the antimeridian."""
    pieces = line_between(one, other)

    assert pieces
    for piece in pieces:
        assert len(piece) >= 2
        assert all(-180 <= longitude <= 180 and -90 <= latitude <= 90 for longitude, latitude in piece)
    for piece, after in pairwise(pieces):
        assert {180.0, -180.0} == {piece[-1][0], after[0][0]}
    assert 0 <= kilometres_between(one, other) < 20_004
