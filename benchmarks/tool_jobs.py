"""The jobs of ``scale.py``, done by friendcities and, as well as they can do them, by other libraries.

Each tool is asked the same, and has to give the same answers. It reads its data in a form that it reads quickly: tables
of cities and of partnerships, without the evidence that friendcities reads and the checks that it makes.

Run as a script with the name of a tool and the folder that ``scale.py`` has filled, it prints one JSON object: for each
job, the seconds of processor time that it took.
"""

import csv
import gc
import importlib
import json
import sqlite3
import sys
import time
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar, Final, Protocol

import psutil

import friendcities as fc

ON: Final = "1995-01-01"
COUNTED: Final = """
    select (select count(*) from (select city1, country1 from pairs union select city2, country2 from pairs)),
           (select count(*) from (select distinct city1, country1, city2, country2 from pairs))
"""
"""How many cities and how many partnerships there are in a table of pairs, in SQL."""
PARTNERS: Final = """
    select case when first = ? then second else first end from partnerships
    where (first = ? or second = ?) and date <= ? order by date
"""
"""The partners of a city, the earliest first, in SQL."""


class Tool(Protocol):
    """What can do the jobs."""

    name: ClassVar[str]
    modules: ClassVar[tuple[str, ...]]
    """What it imports: that is no part of a job."""

    def load(self, folder: Path) -> None:
        """Read the world, so that it can be asked."""

    def partners(self, city: str) -> list[str]:
        """The ids of the partners of a city at a date, the earliest first."""

    def find(self, name: str) -> object:
        """The cities with the names most like one that is misspelt."""

    def save(self, path: Path) -> None:
        """Write all that was read."""

    def export(self, path: Path) -> None:
        """Write the partnerships as CSV."""

    def take(self, pairs: Path) -> tuple[int, int]:
        """Read a table of pairs of names, and say how many cities and how many partnerships there are in it."""


class Friendcities(Tool):
    """Ours."""

    name = "friendcities"
    modules: ClassVar[tuple[str, ...]] = (
        "friendcities.codec.reader",
        "friendcities.datasets.folder",
        "friendcities.importers",
        "friendcities.datasets.dataset",
    )

    def load(self, folder: Path) -> None:
        """Strictly."""
        self.data = fc.Dataset.load(folder / "world.json")

    def partners(self, city: str) -> list[str]:
        """By one question."""
        return [each.id for each in self.data.partners_of(city, on=ON)]

    def find(self, name: str) -> object:
        """By one question."""
        return self.data.find_cities(name)

    def save(self, path: Path) -> None:
        """As one file."""
        self.data.save(path)

    def export(self, path: Path) -> None:
        """With all that it knows of them, and safe to open in a spreadsheet."""
        self.data.to_csv(path, self.data.partnerships())

    def take(self, pairs: Path) -> tuple[int, int]:
        """With the profile for pairs."""
        from friendcities.importers import read_table  # noqa: PLC0415 - what is not asked for takes no memory

        data = read_table(pairs, profile="pairs", publisher="An association", as_of="2020").dataset
        return len(data.cities()), len(data.partnerships())


class NetworkX(Tool):
    """A graph in memory."""

    name = "NetworkX"
    modules: ClassVar[tuple[str, ...]] = ("networkx",)

    def load(self, folder: Path) -> None:
        """From the tables, with what they say as attributes."""
        import networkx as nx  # noqa: PLC0415 - a process imports its own tool alone

        self.graph: Any = nx.Graph()
        for row in _rows(folder / "cities.csv"):
            self.graph.add_node(row.pop("id"), **row)
        for row in _rows(folder / "partnerships.csv"):
            self.graph.add_edge(row.pop("first"), row.pop("second"), **row)

    def partners(self, city: str) -> list[str]:
        """The neighbours whose edge is old enough."""
        edges = self.graph.adj[city].items()
        return [other for _, other in sorted((edge["date"], other) for other, edge in edges if edge["date"] <= ON)]

    def find(self, name: str) -> object:
        """With difflib."""
        return get_close_matches(name, (node["name"] for _, node in self.graph.nodes(data=True)), 5)

    def save(self, path: Path) -> None:
        """As JSON."""
        import networkx as nx  # noqa: PLC0415

        with path.open("w", encoding="utf-8") as file:
            json.dump(nx.node_link_data(self.graph, edges="edges"), file)

    def export(self, path: Path) -> None:
        """Edge by edge."""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows((*ends, *edge.values()) for *ends, edge in self.graph.edges(data=True))

    def take(self, pairs: Path) -> tuple[int, int]:
        """As a graph of names and countries."""
        import networkx as nx  # noqa: PLC0415

        graph: Any = nx.Graph()
        graph.add_edges_from(((row["city1"], row["country1"]), (row["city2"], row["country2"])) for row in _rows(pairs))
        return graph.number_of_nodes(), graph.number_of_edges()


class Pandas(Tool):
    """Data frames."""

    name = "pandas"
    modules: ClassVar[tuple[str, ...]] = ("pandas",)

    def load(self, folder: Path) -> None:
        """With both ends of each partnership under an index."""
        import pandas as pd  # noqa: PLC0415

        self.cities = pd.read_csv(folder / "cities.csv", keep_default_na=False)
        self.partnerships = pd.read_csv(folder / "partnerships.csv", keep_default_na=False)
        turned = self.partnerships.rename(columns={"first": "second", "second": "first"})
        self.ends = pd.concat([self.partnerships, turned]).set_index("first").sort_index()

    def partners(self, city: str) -> list[str]:
        """By the index."""
        rows = self.ends.loc[[city]]
        return list(rows[rows["date"] <= ON].sort_values("date", kind="stable")["second"])

    def find(self, name: str) -> object:
        """With difflib."""
        return get_close_matches(name, self.cities["name"], 5)

    def save(self, path: Path) -> None:
        """As CSV."""
        self.cities.to_csv(path, index=False)
        self.partnerships.to_csv(path.with_suffix(".partnerships"), index=False)

    def export(self, path: Path) -> None:
        """As they are."""
        self.partnerships.to_csv(path, index=False)

    def take(self, pairs: Path) -> tuple[int, int]:
        """By dropping what is there twice."""
        import pandas as pd  # noqa: PLC0415

        rows = pd.read_csv(pairs, keep_default_na=False)
        first, second = rows[["city1", "country1"]], rows[["city2", "country2"]]
        ends = pd.concat([first, second.set_axis(first.columns, axis=1)])
        return len(ends.drop_duplicates()), len(rows[[*first, *second]].drop_duplicates())


class Polars(Tool):
    """Data frames, of another make."""

    name = "polars"
    modules: ClassVar[tuple[str, ...]] = ("polars",)

    def load(self, folder: Path) -> None:
        """As they are: there is no index to make."""
        import polars as pl  # noqa: PLC0415

        self.pl = pl
        self.cities = pl.read_csv(folder / "cities.csv")
        self.partnerships = pl.read_csv(folder / "partnerships.csv")

    def partners(self, city: str) -> list[str]:
        """By a filter."""
        first, second = self.pl.col("first"), self.pl.col("second")
        rows = self.partnerships.filter(((first == city) | (second == city)) & (self.pl.col("date") <= ON)).sort("date")
        return rows.select(self.pl.when(first == city).then(second).otherwise(first)).to_series().to_list()

    def find(self, name: str) -> object:
        """With difflib."""
        return get_close_matches(name, self.cities["name"], 5)

    def save(self, path: Path) -> None:
        """As CSV."""
        self.cities.write_csv(path)
        self.partnerships.write_csv(path.with_suffix(".partnerships"))

    def export(self, path: Path) -> None:
        """As they are."""
        self.partnerships.write_csv(path)

    def take(self, pairs: Path) -> tuple[int, int]:
        """By counting what is unique."""
        rows = self.pl.read_csv(pairs, infer_schema=False)
        first, second = rows.select("city1", "country1"), rows.select("city2", "country2")
        ends = self.pl.concat([first, second.rename({"city2": "city1", "country2": "country1"})])
        return ends.n_unique(), rows.select(*first.columns, *second.columns).n_unique()


class DuckDB(Tool):
    """A database for analyses, in memory."""

    name = "DuckDB"
    modules: ClassVar[tuple[str, ...]] = ("duckdb",)

    def load(self, folder: Path) -> None:
        """With an index on either end."""
        import duckdb  # noqa: PLC0415

        self.base = duckdb.connect()
        for table in ("cities", "partnerships"):
            self.base.execute(f"create table {table} as from read_csv(?, all_varchar=true)", [f"{folder / table}.csv"])
        self.base.execute("create index firsts on partnerships(first); create index seconds on partnerships(second)")

    def partners(self, city: str) -> list[str]:
        """By SQL."""
        return [other for (other,) in self.base.execute(PARTNERS, [city, city, city, ON]).fetchall()]

    def find(self, name: str) -> object:
        """By its likeness of Jaro and Winkler."""
        likest = "select name from cities order by jaro_winkler_similarity(name, ?) desc limit 5"
        return self.base.execute(likest, [name]).fetchall()

    def save(self, path: Path) -> None:
        """As CSV."""
        for table, where in (("cities", path), ("partnerships", path.with_suffix(".partnerships"))):
            self.base.execute(f"copy {table} to '{where}' (header)")

    def export(self, path: Path) -> None:
        """As they are."""
        self.base.execute(f"copy partnerships to '{path}' (header)")

    def take(self, pairs: Path) -> tuple[int, int]:
        """By SQL."""
        self.base.execute("create table pairs as from read_csv(?, all_varchar=true)", [str(pairs)])
        return self.base.execute(COUNTED).fetchall()[0]


class SQLite(Tool):
    """A database, in memory."""

    name = "SQLite"
    modules: ClassVar[tuple[str, ...]] = ()

    def load(self, folder: Path) -> None:
        """With an index on either end."""
        self.base = sqlite3.connect(":memory:")
        for table in ("cities", "partnerships"):
            self._table(table, folder / f"{table}.csv")
        self.base.executescript(
            "create index firsts on partnerships(first); create index seconds on partnerships(second)"
        )

    def _table(self, name: str, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            columns = next(reader)
            self.base.execute(f"create table {name} ({', '.join(columns)})")
            places = ", ".join("?" * len(columns))
            self.base.executemany(f"insert into {name} values ({places})", reader)  # noqa: S608 - names of ours

    def partners(self, city: str) -> list[str]:
        """By SQL."""
        return [other for (other,) in self.base.execute(PARTNERS, [city, city, city, ON])]

    def find(self, name: str) -> object:
        """With difflib."""
        return get_close_matches(name, (each for (each,) in self.base.execute("select name from cities")), 5)

    def save(self, path: Path) -> None:
        """As a database."""
        with sqlite3.connect(path) as file:
            self.base.backup(file)
        file.close()

    def export(self, path: Path) -> None:
        """Row by row."""
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(self.base.execute("select * from partnerships"))

    def take(self, pairs: Path) -> tuple[int, int]:
        """By SQL."""
        self._table("pairs", pairs)
        cities, partnerships = self.base.execute(COUNTED).fetchone()
        return cities, partnerships


TOOLS: Final[dict[str, type[Tool]]] = {
    tool.name: tool for tool in (Friendcities, NetworkX, Pandas, Polars, DuckDB, SQLite)
}


def _rows(path: Path) -> "csv.DictReader[str]":
    return csv.DictReader(path.read_text(encoding="utf-8").splitlines())


def measured(tool: Tool, folder: Path) -> dict[str, Any]:
    """The seconds of processor time of every job, the bytes that the loaded world takes, and the answers."""
    asked = json.loads((folder / "asked.json").read_text(encoding="utf-8"))
    first, *cities = asked["cities"]
    misspelt, *names = asked["names"]
    for module in tool.modules:
        importlib.import_module(module)
    process = psutil.Process()
    gc.collect()
    before = process.memory_info().rss

    def load() -> list[str]:
        tool.load(folder)
        return tool.partners(first)

    loading, answer = _timed(load)
    memory = process.memory_info().rss - before
    looking, answers = _timed(lambda: [tool.partners(city) for city in cities])
    tool.find(misspelt)
    finding, _ = _timed(lambda: [tool.find(name) for name in names])
    saving, _ = _timed(lambda: tool.save(folder / f"{tool.name}.saved"))
    exporting, _ = _timed(lambda: tool.export(folder / f"{tool.name}.csv"))
    taking, counted = _timed(lambda: tool.take(folder / "pairs.csv"))
    return {
        "seconds": {
            "load": loading,
            "look-up": looking / len(cities),
            "find": finding / len(names),
            "save": saving,
            "export": exporting,
            "import": taking,
        },
        "memory": memory,
        "answers": [sorted(each) for each in (answer, *answers)],
        "counted": counted,
    }


def _timed(do: Callable[[], Any]) -> tuple[float, Any]:
    began = time.process_time()
    result = do()
    return time.process_time() - began, result


if __name__ == "__main__":
    print(json.dumps(measured(TOOLS[sys.argv[1]](), Path(sys.argv[2]))))
