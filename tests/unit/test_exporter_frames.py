"""Data frames, Arrow and Parquet: equal cells, types independent of the cells, and files that others read."""

import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

import friendcities as fc
from friendcities import Dataset, InvalidQueryError, MissingExtraError
from friendcities.exporters.tables import TABLE_SCHEMAS, build_tables
from friendcities.extras import extra, install_command
from tests.worlds import a_source, changed

DATA = fc.dataset()
TABLES = build_tables(DATA)
PANDAS, POLARS, ARROW = DATA.to_pandas(), DATA.to_polars(), DATA.to_arrow()
NOTHING = Dataset()
NO_PANDAS, NO_POLARS, NO_ARROW = NOTHING.to_pandas(), NOTHING.to_polars(), NOTHING.to_arrow()


def cells_of(frame: pd.DataFrame) -> list[tuple[Any, ...]]:
    """The cells of a frame of pandas as in a table."""
    return [
        tuple(
            None if pd.isna(cell) else cell.date() if isinstance(cell, pd.Timestamp) else cell
            for cell in row  # of objects, so that numpy's numbers are Python's
        )
        for row in frame.astype(object).itertuples(index=False, name=None)
    ]


@pytest.mark.parametrize("name", TABLE_SCHEMAS)
def test_every_frame_has_the_cells_of_its_table(name: str) -> None:
    """pandas, polars and Arrow have the same rows and columns, with dates and numbers as such."""
    table = TABLES[name]

    assert list(table.rows) == cells_of(PANDAS[name])
    assert list(table.rows) == POLARS[name].rows()
    assert [dict(zip(table.schema.names, row, strict=True)) for row in table.rows] == ARROW[name].to_pylist()


@pytest.mark.parametrize("name", TABLE_SCHEMAS)
def test_types_do_not_depend_on_what_is_there(name: str) -> None:
    """A frame without rows has all columns with their types."""
    assert PANDAS[name].dtypes.to_dict() == NO_PANDAS[name].dtypes.to_dict()
    assert POLARS[name].schema == NO_POLARS[name].schema
    assert ARROW[name].schema == NO_ARROW[name].schema


def test_an_answer_at_a_date_as_frames() -> None:
    """The records of an answer in their order, with states at a date."""
    ties = [fc.partnership_between("Shanghai", "Rhône-Alpes")]

    assert ["friendly_exchange"] == DATA.to_pandas(ties, on="1990")["partnerships"]["kind"].tolist()
    assert ["friendly_exchange"] == DATA.to_polars(ties, on="1990")["partnerships"]["kind"].to_list()
    assert ["friendly_exchange"] == DATA.to_arrow(ties, on="1990")["partnerships"]["kind"].to_pylist()


def test_days_of_any_year_fit() -> None:
    """The first and the last day of the calendar are valid in every frame."""
    source = changed(a_source("a", "0001"), published=fc.PartialDate(9999))
    data = Dataset([source])

    assert date(1, 1, 1) == data.to_polars()["sources"]["as_of_first"].item()
    assert date(9999, 12, 31) == data.to_polars()["sources"]["published_last"].item()
    assert date(1, 1, 1) == data.to_arrow()["sources"]["as_of_first"][0].as_py()
    assert date(1, 1, 1) == data.to_pandas()["sources"]["as_of_first"].iloc[0].date()
    assert date(9999, 12, 31) == data.to_pandas()["sources"]["published_last"].iloc[0].date()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one Parquet file for each table."""
    folder = tmp_path_factory.mktemp("parquet") / "all"
    DATA.to_parquet(folder)
    return folder


def test_columns_of_arrow_say_what_they_mean(written: Path) -> None:
    """Tables and columns have their meanings as metadata, also in Parquet."""
    schema = pq.read_schema(written / "partnerships.parquet")

    assert schema.metadata[b"description"].startswith(b"The partnership of two cities")
    assert b"Permanent identifier" == schema.field("id").metadata[b"description"]


@pytest.mark.parametrize("name", TABLE_SCHEMAS)
def test_parquet_is_read_back_as_it_was(name: str, written: Path) -> None:
    """Each table is a file with its cells."""
    assert pl.read_parquet(written / f"{name}.parquet").rows() == list(TABLES[name].rows)


ENGINES: Final = {
    "duckdb": """
import duckdb
ties = "read_parquet('partners/*/*.parquet', hive_partitioning = true)"
counted = duckdb.sql(f"select country, count(*) from {ties} group by all")
print(json.dumps(dict(counted.fetchall())))
""",
    "pyspark": """
from pyspark.sql import SparkSession
session = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false").getOrCreate()
counted = session.read.parquet("partners").groupBy("country").count().collect()
print(json.dumps({row["country"]: row["count"] for row in counted}))
""",
}
"""Programs that count the partnerships of each country in a partitioned folder, by the package that they need."""


@pytest.fixture(scope="module")
def partitioned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one Parquet file for each partition."""
    folder = tmp_path_factory.mktemp("partitioned") / "all"
    DATA.to_parquet(folder, partitioned=True)
    return folder


def needing(package: str) -> Any:
    """A program as a parameter, skipped with a message if its package is not installed."""
    there = find_spec(package) is not None
    return pytest.param(package, marks=pytest.mark.skipif(not there, reason=f"{package} is not installed"))


@pytest.mark.parametrize("engine", [needing(package) for package in ENGINES])
@pytest.mark.bundled_data
def test_partitions_are_read_by_other_engines(engine: str, partitioned: Path) -> None:
    """DuckDB and Spark read the column from the names of folders; every row is in one partition."""
    command = [sys.executable, "-c", f"import json\n{ENGINES[engine]}"]
    done = subprocess.run(command, cwd=partitioned, capture_output=True, check=True, text=True)

    place = TABLE_SCHEMAS["partners"].column_index("country")
    assert Counter(row[place] for row in TABLES["partners"].rows) == json.loads(done.stdout.splitlines()[-1])


def test_partitions_have_every_cell(partitioned: Path) -> None:
    """All partitions together are the table."""
    names = ", ".join(TABLE_SCHEMAS["partners"].names)
    question = f"select {names} from read_parquet(?, hive_partitioning = true) order by city, partner"  # noqa: S608 - our names
    found = duckdb.connect().execute(question, [f"{partitioned}/partners/*/*.parquet"]).fetchall()

    assert sorted(TABLES["partners"].rows, key=lambda row: (row[0], row[3])) == found


def test_tables_without_a_country_are_one_partition(tmp_path: Path) -> None:
    """Each table is a folder; cities are partitioned by country."""
    DATA.to_parquet(tmp_path / "all", fc.partners_of("Dunedin"), partitioned=True)

    written = {path.relative_to(tmp_path / "all").as_posix() for path in tmp_path.rglob("*.parquet")}
    assert "cities/country=CN/part-0.parquet" in written
    assert "steps/part-0.parquet" in written


def test_a_table_without_rows_has_its_columns(tmp_path: Path) -> None:
    """A table without rows is read as a table without rows."""
    DATA.to_parquet(tmp_path / "all", fc.partners_of("Dunedin"), partitioned=True)
    DATA.to_parquet(tmp_path / "all", [], partitioned=True)

    for name in ("cities", "partners"):
        question = f"select * from read_parquet('{tmp_path}/all/{name}/*/*.parquet', hive_partitioning = true)"  # noqa: S608 - ours
        found = duckdb.connect().execute(question)
        assert set(TABLE_SCHEMAS[name].names) == {column for column, *_ in found.description or ()}
        assert [] == found.fetchall()


def test_partitioned_is_true_or_false(tmp_path: Path) -> None:
    """Other values are rejected before anything is written."""
    with pytest.raises(InvalidQueryError, match="invalid partitioned 'country'"):
        DATA.to_parquet(tmp_path / "all", partitioned="country")  # type: ignore[arg-type]
    assert not (tmp_path / "all").exists()


@pytest.mark.parametrize(
    ("package", "name", "export"),
    [
        ("pandas", "pandas", lambda data: data.to_pandas()),
        ("polars", "polars", lambda data: data.to_polars()),
        ("pyarrow", "arrow", lambda data: data.to_arrow()),
        ("pyarrow", "arrow", lambda data: data.to_parquet("never")),
        ("geopandas", "geo", lambda data: data.to_geopandas()),
        ("geographiclib", "geo", lambda data: data.to_geo_json("never")),
        ("networkx", "graph", lambda data: data.to_networkx()),
        ("networkx", "graph", lambda data: data.to_gexf("never")),
    ],
    ids=["pandas", "polars", "arrow", "parquet", "geopandas", "geojson", "networkx", "gexf"],
)
def test_a_missing_extra_is_named(package: str, name: str, export: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing package is an error with the command that installs it."""
    for module in [each for each in sys.modules if each.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(MissingExtraError, match=rf"\({package}.*\): {re.escape(install_command(name))}"):
        export(DATA)
    assert not Path("never").exists()


def test_an_error_within_that_is_none_of_imports_is_let_through() -> None:
    """Other import errors are not changed."""
    with pytest.raises(ZeroDivisionError), extra("pandas", "a frame"):
        1 / 0  # noqa: B018
