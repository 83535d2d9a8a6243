"""What is measured inside one process: warm questions, the strict load of a world, imports, exports and networks.

Run as a script with ``warm``, ``load``, ``files`` or ``lines``, the path of a world and the number of rounds. It prints
one JSON object: for each thing timed, its seconds of processor time in every round. In a round, all are timed in turn.
"""

import csv
import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import networkx as nx
import pycountry

import friendcities as fc
from friendcities.codec.bundle import read_bundle
from friendcities.datasets.dataset import compile_dataset, make_dataset
from friendcities.graph import Network
from friendcities.importers import read_table
from friendcities.importers.formats.graphs import read_graph
from friendcities.merge.merge_records import evolve

CALLS = 2_000
"""How many calls of a warm question are timed together."""
DAYS = 10_000
"""How many dates are asked about in turn: more than a dataset keeps answers, so that none is found again."""

Timed = dict[str, Callable[[], object]]


def warm(path: Path) -> Timed:
    """The questions whose answers take microseconds; each entry makes one call."""
    large = make_dataset(*read_bundle(compile_dataset(fc.Dataset.load(path))))
    bundled = fc.dataset()
    days = [(date(1992, 1, 1) + timedelta(days=day)).isoformat() for day in range(DAYS)]
    here, there = cycle(days), cycle(days)
    return {
        "pycountry": lambda: pycountry.countries.get(alpha_2="NZ"),
        "partners": lambda: bundled.partners_of("Shanghai"),
        "filtered": lambda: bundled.partners_of("Shanghai", on="1995", kind="sister_city"),
        "filtered anew": lambda: bundled.partners_of("Shanghai", on=next(here), kind="sister_city"),
        "large": lambda: large.partners_of("Shanghai"),
        "large anew": lambda: large.partners_of("Shanghai", on=next(there), kind="sister_city"),
    }


def load(path: Path) -> Timed:
    """The strict load of a world and the reading of its text; both as a user runs them."""
    text = path.read_text(encoding="utf-8")
    return {"json": lambda: json.loads(text), "strict": lambda: fc.Dataset.load(path)}


def files(path: Path) -> Timed:
    """A world from CSV, to tables and networks, from GraphML, and its shortest paths, with their comparisons."""
    data = fc.Dataset.load(path)
    pairs, graph = path.with_name("files.csv"), path.with_name("files.graphml")
    data.to_graphml(graph)
    with pairs.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("city1", "country1", "lat1", "lng1", "city2", "country2", "lat2", "lng2"))
        for partnership in data.partnerships():
            one, other = map(data.city, partnership.cities)
            writer.writerow((one.name, one.country, "", "", other.name, other.country, "", ""))
    network = Network(data)
    placeless = fc.Dataset(
        evolve(each, coordinates=None, evidence=()) if isinstance(each, fc.City) else each for each in data
    )

    def import_pairs() -> str:
        return read_table(pairs, profile="pairs", publisher="An association", as_of="2020").report.as_json()

    def read_names() -> list[str]:
        with graph.open("rb") as file:
            return [cells["first.name"] for _, cells, _ in read_graph(file)[1]]

    return {
        "strict load": lambda: fc.Dataset.load(path),
        "import CSV": import_pairs,
        "pandas": data.to_pandas,
        "CSV folder": lambda: data.to_csv(path.with_name("csv")),
        "GeoJSON": lambda: placeless.to_geo_json(path.with_name("files.geojson")),
        "to NetworkX": data.to_networkx,
        "NetworkX": lambda: nx.read_graphml(graph),
        "GraphML": read_names,
        "paths": network.paths,
    }


def lines(path: Path) -> Timed:
    """A world with coordinates to GeoJSON: a geodesic for each partnership."""
    data = fc.Dataset.load(path)
    return {
        "one strict load": lambda: fc.Dataset.load(path),
        "GeoJSON lines": lambda: data.to_geo_json(path.with_name("lines.geojson")),
    }


def measured(timed: Timed, rounds: int, calls: int) -> dict[str, list[float]]:
    """The seconds that so many calls of each take, in every round; the first round is thrown away."""
    seconds: dict[str, list[float]] = {name: [] for name in timed}
    for number in range(rounds + 1):
        for name, call in timed.items():
            gc.collect()
            began = time.process_time()
            for _ in range(calls):
                call()
            took = time.process_time() - began
            if number:
                seconds[name].append(took)
    return seconds


if __name__ == "__main__":
    _, what, where, how_often = sys.argv
    make = {"warm": warm, "load": load, "files": files, "lines": lines}[what]
    print(json.dumps(measured(make(Path(where)), int(how_often), CALLS if what == "warm" else 1)))
