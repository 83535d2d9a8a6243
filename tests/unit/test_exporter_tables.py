"""The tables to which everything is exported, and their cells."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities import DataError, Dataset, InvalidQueryError, UnknownRecordError
from friendcities.codec.reader import read_record
from friendcities.exporters.tables import TABLE_SCHEMAS, CellType, Table, build_tables, check_records, check_table_name
from tests.documents import DOCUMENTS
from tests.worlds import a_city, a_source, a_step, a_tie, changed, denial, told

REGISTER = Dataset.load(Path(__file__).parents[1] / "checks" / "base")
"""A small dataset with a record of each type."""
TYPES: dict[CellType, type] = {
    CellType.TEXT: str,
    CellType.INTEGER: int,
    CellType.NUMBER: float,
    CellType.DECIMAL: str,
    CellType.BOOLEAN: bool,
    CellType.DATE: date,
}


def rows(table: Table) -> list[dict[str, Any]]:
    """The rows of a table as mappings from column names to cells."""
    return [dict(zip(table.schema.names, row, strict=True)) for row in table.rows]


def the_row(data: Dataset, table: str, *records: Any, on: str | None = None) -> dict[str, Any]:
    """The only row that some records have in a table."""
    [row] = rows(build_tables(data, records or None, on=on)[table])
    return row


@pytest.mark.parametrize("name", TABLE_SCHEMAS)
def test_every_column_says_what_it_means(name: str) -> None:
    """Columns have unique names and meanings, keys are columns, and references lead to tables with ids."""
    schema = TABLE_SCHEMAS[name]

    assert name == schema.name
    assert schema.meaning
    assert len(set(schema.names)) == len(schema.columns)
    assert all(column.meaning for column in schema.columns)
    assert set(schema.key) <= set(schema.names)
    assert all("id" in TABLE_SCHEMAS[column.refers_to].names for column in schema.columns if column.refers_to)


@pytest.mark.parametrize("data", [fc.dataset(), REGISTER], ids=["bundled", "register"])
@pytest.mark.parametrize("name", TABLE_SCHEMAS)
def test_cells_are_of_their_type_and_rows_known_by_their_key(data: Dataset, name: str) -> None:
    """Cells have their type and no empty text, keys are unique, and every reference leads to a row."""
    tables = build_tables(data)
    table = tables[name]
    ids = {
        each: {row["id"] for row in rows(tables[each])}
        for each, schema in TABLE_SCHEMAS.items()
        if "id" in schema.names
    }

    for row in table.rows:
        for cell, column in zip(row, table.schema.columns, strict=True):
            assert cell is None or (type(cell) is TYPES[column.type] and cell != "")
            assert cell is None or column.refers_to is None or cell in ids[column.refers_to]
    keys = [tuple(row[key] for key in table.schema.key) for row in rows(table)]
    assert len(set(keys)) == len(keys)


def test_every_table_of_a_register_with_everything_has_rows() -> None:
    """Only these tables are empty for a dataset with one record of each type."""
    empty = {name for name, table in build_tables(REGISTER).items() if not table.rows}

    assert {"organisers", "cooperation_parties"} == empty


def test_a_partnership_has_its_state_and_what_it_is_derived_from() -> None:
    """A row has names and countries of both cities, state, dates and reliability."""
    row = the_row(fc.dataset(), "partnerships", *fc.partnerships_of("Dunedin"))

    assert ("Shanghai", "CN", "Dunedin", "NZ") == (row["name_1"], row["country_1"], row["name_2"], row["country_2"])
    assert ("active", "sister_city", "official") == (row["status"], row["kind"], row["reliability"])
    assert ("1994-10-21", date(1994, 10, 21)) == (row["established"], row["established_first"])
    assert "shine-2023-12-02" in row["sources"].split()


def test_a_partnership_at_a_date() -> None:
    """Status and kind are those at the date; before the first step there is no status."""
    tie = fc.partnership_between("Shanghai", "Rhône-Alpes")

    assert "friendly_exchange" == the_row(fc.dataset(), "partnerships", tie, on="1990")["kind"]
    assert "sister_city" == the_row(fc.dataset(), "partnerships", tie, on="2010")["kind"]
    assert the_row(fc.dataset(), "partnerships", tie, on="1950")["status"] is None


def test_partners_show_each_partnership_from_both_sides() -> None:
    """Each partnership has two rows, which differ only in the order of the cities."""
    one, other = rows(build_tables(fc.dataset(), fc.partnerships_of("Dunedin"))["partners"])

    assert ("cn-shanghai", "nz-dunedin") == (one["city"], one["partner"]) == (other["partner"], other["city"])
    assert ("NZ", "Dunedin") == (one["partner_country"], one["partner_name"]) == (other["country"], other["name"])
    assert one["since"] == other["since"]


def test_a_date_is_as_precise_as_it_is_known() -> None:
    """A year has a text, a first and a last day; an unknown date has three empty cells."""
    year, unknown = a_tie("is-a", "is-b", a_step("1994")), a_tie("is-c", "is-d", a_step(None))
    data = Dataset([*map(a_city, ("is-a", "is-b", "is-c", "is-d")), year, unknown])

    dated, undated = rows(build_tables(data)["steps"])

    assert ("1994", date(1994, 1, 1), date(1994, 12, 31)) == (dated["date"], dated["date_first"], dated["date_last"])
    assert (None, None, None) == (undated["date"], undated["date_first"], undated["date_last"])


@pytest.mark.parametrize("cls", DOCUMENTS, ids=lambda cls: cls.__name__)
def test_records_with_every_field_set(cls: Any) -> None:
    """A record with all fields set has all cells of its table set, even outside a dataset."""
    id_, plain = DOCUMENTS[cls]
    record = read_record(cls, id_, plain)
    if isinstance(record, fc.Partnership):
        record = record.with_sources(fc.FrozenMap({fc.SourceId("gazette-1994"): a_source("gazette-1994")}))

    filled = {name: table for name, table in build_tables(Dataset(), [record]).items() if table.rows}

    assert filled
    for name, table in filled.items():
        never = {column for column in table.schema.names if all(row[column] is None for row in rows(table))}
        assert never == NOT_SAID.get((cls, name), set())


def leaves(plain: Any) -> Iterator[str]:
    """All values in JSON, as text."""
    if isinstance(plain, dict | list):
        for each in plain.values() if isinstance(plain, dict) else plain:
            yield from leaves(each)
    else:
        yield json.dumps(plain, ensure_ascii=False).strip('"')


@pytest.mark.parametrize("cls", DOCUMENTS, ids=lambda cls: cls.__name__)
def test_nothing_that_a_record_says_is_lost(cls: Any) -> None:
    """Each value in the file of a record is a cell, one of several ids, or a claim."""
    id_, plain = DOCUMENTS[cls]
    record: Any = read_record(cls, id_, plain)
    if cls is fc.Partnership:
        source = read_record(fc.Source, *DOCUMENTS[fc.Source])
        record = record.with_sources({source.id: source})
    tables = build_tables(Dataset(), [record])
    cells = {str(cell) for table in tables.values() for row in table.rows for cell in row if cell is not None}
    parts = {part for cell in cells for part in (cell, cell.lower(), *cell.split())}
    said = [value for row in rows(tables["evidence"]) if row["claims"] for value in leaves(json.loads(row["claims"]))]

    assert [] == [value for value in leaves(plain) if not {value, f"{value}.0"} & {*parts, *said}]


NOT_OF_IT = {
    *("ended", "ended_first", "ended_last"),
    *("last_attested", "last_attested_first", "last_attested_last"),
}
"""Unknown values of an active partnership whose only source contradicts it."""
NOT_SAID: dict[tuple[Any, str], set[str]] = {
    (fc.Partnership, "partnerships"): {"name_1", "name_2", *NOT_OF_IT},
    (fc.Partnership, "partners"): {"name", "partner_name", *NOT_OF_IT},
    (fc.City, "evidence"): {"part", "part_position"},
    (fc.Memorandum, "evidence"): {"part", "part_position"},
    (fc.Memorandum, "signatories"): {"city"},
    (fc.Coverage, "evidence"): {"part", "part_position"},
    (fc.Statistic, "evidence"): {"part", "part_position"},
    (fc.Statistic, "statistics"): {
        *(
            f"change_compared_with_{rest}"
            for rest in ("end", "end_first", "end_last", "each_number", "each_unit", "wording")
        )
    },
    (fc.Event, "events"): {
        *(f"period_{rest}" for rest in ("end", "end_first", "end_last", "each_number", "each_unit", "wording"))
    },
    (fc.Cooperation, "evidence"): {"part", "part_position"},
    (fc.Cooperation, "cooperation_parties"): {
        *("organisation", "based_in", "on_behalf_of", "count_counted", "count_number", "count_wording")
    },
}
"""The cells that these records leave empty: of other records, of other parts, or of excluded alternatives."""


def test_a_decimal_is_kept_to_its_last_digit() -> None:
    """A decimal number has its exact value and the nearest floating-point number."""
    [statistic] = fc.statistics_of("Shanghai", measure="new_foreign_ventures")
    precise = changed(statistic, value=Decimal("0.10000000000000000000000000000000000001"))

    row = the_row(fc.dataset(), "statistics", precise)

    assert ("0.10000000000000000000000000000000000001", 0.1) == (row["value"], row["value_number"])


def test_a_timeline_is_rows_of_steps_in_its_order() -> None:
    """Timeline entries are rows of steps in their order, with their evidence."""
    timeline = fc.timeline("Shanghai", until="1980")
    tables = build_tables(fc.dataset(), timeline)

    assert [str(entry.date) for entry in timeline] == [row["date"] for row in rows(tables["steps"])]
    assert {entry.partnership.id for entry in timeline} == {row["record"] for row in rows(tables["evidence"])}
    assert () == tables["partnerships"].rows


def test_evidence_tells_what_is_said_instead() -> None:
    """Supported fields are separated by spaces; claims are a JSON object."""
    evidence = told("gazette", "action", "kind", date=fc.PartialDate(1995)), denial("list")
    tie = a_tie("is-a", "is-b", a_step("1994", *evidence))
    data = Dataset([a_city("is-a"), a_city("is-b"), a_source("gazette"), a_source("list"), tie])

    row, denied = rows(build_tables(data)["evidence"])

    assert ("partnerships", "is-a--is-b", "steps", 1, 1) == tuple(
        row[name] for name in ("table", "record", "part", "part_position", "position")
    )
    assert ("action kind", '{"date": "1995"}', False) == (row["supports"], row["claims"], row["denies"])
    assert (None, None, True) == (denied["supports"], denied["claims"], denied["denies"])


def test_an_answer_keeps_its_order_and_may_be_empty() -> None:
    """Rows are in the order of the records, from any iterable; an empty answer has all tables."""
    partners = fc.partners_of("Shanghai")[:5]

    assert [city.id for city in partners] == [
        row["id"] for row in rows(build_tables(fc.dataset(), iter(partners))["cities"])
    ]
    empty = build_tables(fc.dataset(), [])
    assert dict.fromkeys(TABLE_SCHEMAS, ()) == {name: table.rows for name, table in empty.items()}


@pytest.mark.parametrize("wrong", [["cn-shanghai"], [None], 7, fc.city("Dunedin").names], ids=repr)
def test_what_is_no_record_cannot_be_exported(wrong: Any) -> None:
    """Other values are rejected with a hint."""
    with pytest.raises(InvalidQueryError, match=r"cannot be exported; pass records or timeline entries"):
        build_tables(fc.dataset(), wrong)


def test_what_an_answer_has_twice_is_exported_once() -> None:
    """A repeated record, and a step in a partnership and in two timelines, are one row each."""
    [tie], steps = fc.partnerships_of("Dunedin"), fc.timeline("Dunedin")
    answer: list[Any] = [tie, *steps, tie, *fc.timeline("Shanghai", country="NZ")]
    built = build_tables(fc.dataset(), answer)

    assert (1, 2, 1) == tuple(len(built[name].rows) for name in ("partnerships", "partners", "steps"))
    assert built["evidence"] == build_tables(fc.dataset(), [tie])["evidence"]
    assert (tie, *steps) == check_records(fc.dataset(), answer)


def test_two_records_of_one_id_are_refused() -> None:
    """A partnership according to one source differs from the recorded one, so both together are rejected."""
    [other] = fc.partnerships_of("Dunedin", source="shine-2023-12-02")

    answers: list[list[Any]] = [[*fc.partnerships_of("Dunedin"), other], [*fc.timeline("Dunedin"), other]]
    for answer in answers:
        with pytest.raises(InvalidQueryError, match="two different records have the id 'cn-shanghai--nz-dunedin'"):
            build_tables(fc.dataset(), answer)
        with pytest.raises(InvalidQueryError, match="two different records"):
            fc.dataset().extract(answer)


def test_an_entry_may_be_a_copy() -> None:
    """A copied step is found by its value; a step of another partnership is rejected."""
    [entry] = fc.timeline("Dunedin")

    assert 1 == the_row(fc.dataset(), "steps", changed(entry, step=deepcopy(entry.step)))["position"]
    with pytest.raises(InvalidQueryError, match=r"is not in the partnership; pass entries from `timeline` unchanged"):
        build_tables(fc.dataset(), [changed(entry, step=a_step("1066"))])


@pytest.mark.parametrize("wrong", ["city", None, ["cities"]], ids=repr)
def test_an_unknown_table_is_refused(wrong: Any) -> None:
    """The error lists the tables."""
    with pytest.raises(InvalidQueryError, match=r"unknown table .*'cities', 'names'") as caught:
        check_table_name(wrong)

    assert tuple(TABLE_SCHEMAS) == caught.value.candidates


# Extracts ------------------------------------------------------------------------------------------------------------


def test_an_extract_is_a_dataset_of_its_own() -> None:
    """An extract has the partnerships and all records that they refer to, and gives the same answers."""
    extract = fc.dataset().extract(fc.partnerships_of("Pudong New Area"))

    assert isinstance(extract, Dataset)
    assert fc.partnerships_of("Pudong New Area") == extract.partnerships_of("Pudong New Area")
    assert fc.parse_city_id("cn-shanghai") in {city.id for city in extract.cities()}
    assert len(extract) < len(fc.dataset())
    assert extract == extract.extract(extract)


def test_an_extract_of_a_timeline_has_its_partnerships() -> None:
    """A timeline entry brings its partnership once."""
    extract = fc.dataset().extract(fc.timeline("Dunedin"))

    assert ["cn-shanghai--nz-dunedin"] == [tie.id for tie in extract.partnerships()]


def test_an_extract_of_what_fits_nothing_is_refused() -> None:
    """A reference to an unknown record is an error."""
    with pytest.raises(UnknownRecordError, match="there is no city 'is-a'"):
        fc.dataset().extract([a_tie("is-a", "is-b")])


def test_an_extract_of_records_that_contradict_the_grammar_of_a_dataset_is_refused() -> None:
    """Two cities that are parts of each other are not a dataset."""
    one, other = a_city("is-a", part_of="is-b"), a_city("is-b", part_of="is-a")

    with pytest.raises(DataError, match="a part of itself"):
        Dataset().extract([one, other])
