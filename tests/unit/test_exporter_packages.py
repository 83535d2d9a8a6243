"""SQLite, the data package, JSON-LD, and the repeatability of all exports."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities import Dataset, InvalidQueryError
from friendcities.exporters.data_package import LICENCES, describe_package
from friendcities.exporters.formats import FORMATS
from friendcities.exporters.sqlite import as_sqlite
from friendcities.exporters.tables import TABLE_SCHEMAS, build_tables
from tests.worlds import a_city, a_source, a_step, a_tie, told

LISTS = fc.SourceKind.DATABASE
PLACE = Path(__file__).parents[1] / "checks" / "base"
REGISTER = Dataset.load(PLACE)


def test_sqlite_has_every_table(tmp_path: Path) -> None:
    """All tables have their rows, dates in ISO 8601, and valid references."""
    fc.dataset().to_sqlite(tmp_path / "a.sqlite")

    with closing(sqlite3.connect(tmp_path / "a.sqlite")) as database:
        for name, table in build_tables(fc.dataset()).items():
            found = database.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - our own names
            assert [tuple(str(c) if hasattr(c, "isoformat") else c for c in row) for row in table.rows] == found
        assert [] == database.execute("PRAGMA foreign_key_check").fetchall()
        assert [("ok",)] == database.execute("PRAGMA integrity_check").fetchall()
        [(declared,)] = database.execute("SELECT sql FROM sqlite_master WHERE name = 'cities'")
    assert "-- English name" in declared


def test_sqlite_of_a_timeline_has_each_step_once() -> None:
    """A step in the timelines of both cities is one row."""
    both = [*fc.timeline("Dunedin"), *fc.timeline("Shanghai", country="NZ")]

    with closing(sqlite3.connect(":memory:")) as database:
        database.deserialize(as_sqlite(fc.dataset(), both, on="2000"))
        assert [(1,)] == database.execute("SELECT count(*) FROM steps").fetchall()


VALIDATE = """
import json, os, sys
import frictionless
reports = []
for folder in sys.argv[1:]:
    os.chdir(folder)
    reports.append(frictionless.validate("datapackage.json").to_dict())
print(json.dumps(reports))
"""
"""A program that validates data packages, in its own process because Frictionless changes the limits of ``csv``."""


@pytest.mark.slow
@pytest.mark.bundled_data
def test_data_packages_are_valid(tmp_path: Path) -> None:
    """Frictionless finds no invalid cell, key or reference in large, small and empty packages."""
    folders = {"dataset": fc.dataset(), "register": REGISTER, "empty": Dataset()}
    for name, data in folders.items():
        data.to_data_package(tmp_path / name)
    command = [sys.executable, "-c", VALIDATE, *(str(tmp_path / name) for name in folders)]
    reports = json.loads(subprocess.check_output(command, text=True))

    assert [[]] * 3 == [[error for task in report["tasks"] for error in task["errors"]] for report in reports]
    assert [True] * 3 == [report["valid"] for report in reports]
    assert [len(TABLE_SCHEMAS) + 1] * 3 == [report["stats"]["tasks"] for report in reports]


def test_data_packages_hold_the_whole(tmp_path: Path) -> None:
    """The file of records in the package is the same dataset."""
    fc.dataset().to_data_package(tmp_path / "package", on="1990")

    assert fc.dataset() == Dataset.load(tmp_path / "package" / "friendcities.json")


def test_data_packages_tell_of_marks() -> None:
    """The description of a package explains the apostrophes in its CSV files."""
    assert "an apostrophe marks a text" in describe_package(REGISTER)["description"]


def test_data_packages_name_their_licence_and_sources() -> None:
    """The bundled data has its licence, other datasets a given one or none; all sources are listed."""
    [source] = [each for each in describe_package(fc.dataset())["sources"] if "2312023535" in each.get("path", "")]

    assert "SHINE (Shanghai Daily): Shanghai and friendship cities seek high-quality development" == source["title"]
    assert ["CC-BY-4.0"] == [each["name"] for each in describe_package(fc.dataset())["licenses"]]
    assert ["CC0-1.0"] == [each["name"] for each in describe_package(REGISTER, "CC0-1.0")["licenses"]]
    assert {"licenses", "version"}.isdisjoint(describe_package(REGISTER))
    assert "sources" not in describe_package(Dataset())


@pytest.mark.parametrize("wrong", ["GPL", "", ["CC0-1.0"]], ids=repr)
def test_an_unknown_licence_is_refused(wrong: Any) -> None:
    """The error lists the known licences."""
    with pytest.raises(InvalidQueryError, match=r"unknown licence .*; expected one of 'CC-BY-4\.0'") as caught:
        describe_package(REGISTER, wrong)
    assert tuple(LICENCES) == caught.value.candidates


def test_linked_data_has_everything_in_one_graph(tmp_path: Path) -> None:
    """Cities and sources have ids of their own, which partners refer to; a city without partners has none."""
    REGISTER.to_json_ld(tmp_path / "a.jsonld")
    graph = json.loads((tmp_path / "a.jsonld").read_bytes())["@graph"]
    nodes = {node["@id"]: node for node in graph}

    assert {f"#cities/{city.id}" for city in REGISTER.cities()} <= set(nodes)
    assert {f"#sources/{source.id}" for source in REGISTER.sources()} <= set(nodes)
    assert not [node for node in nodes.values() if "@context" in node]
    linked = {each["@id"] for node in nodes.values() for each in node.get("wdt:P190", [])}
    assert linked
    assert linked < set(nodes)


def test_linked_data_says_of_sister_cities_alone_that_they_are_twinned(tmp_path: Path) -> None:
    """Only active sister cities at the date, not exchanges or mere listings, have Wikidata's property."""
    exchange = a_step("1990", told("city", "action"), kind="friendly_exchange")
    sister = a_step("2000", told("city", "action", "kind"), action="upgraded", kind="sister_city")
    listed = a_step("1990", told("list", "action", "kind"), action="listed", kind="sister_city")
    sources = [a_source("city", "2020", fc.SourceKind.CITY_GOVERNMENT, "is-a"), a_source("list", "2020", LISTS)]
    cities = [a_city("is-a"), a_city("is-b"), a_city("is-c")]
    data = Dataset([*cities, *sources, a_tie("is-a", "is-b", exchange, sister), a_tie("is-a", "is-c", listed)])

    def twinned(on: str | None) -> list[str]:
        data.to_json_ld(tmp_path / "a.jsonld", on=on)
        [node, *_] = json.loads((tmp_path / "a.jsonld").read_bytes())["@graph"]
        return [each["@id"] for each in node.get("wdt:P190", [])]

    assert [] == twinned("1995")
    assert ["#cities/is-b"] == twinned(None) == twinned("2000")


DIGESTS = """
import hashlib, json, sys
from friendcities import Dataset
from friendcities.exporters.formats import FORMATS
data = Dataset.load(sys.argv[1])
made = {name: each.export(data, None, "evidence") for name, each in FORMATS.items()}
print(json.dumps({name: hashlib.sha256(repr(each).encode()).hexdigest() for name, each in made.items()}))
"""
"""A program that exports all formats and prints a hash of each."""


@pytest.mark.slow
@pytest.mark.bundled_data
def test_bytes_do_not_hang_on_how_python_hashes() -> None:
    """All formats have the same bytes in another process with another order of sets."""
    made = {name: each.export(REGISTER, None, "evidence") for name, each in FORMATS.items()}
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    told = subprocess.check_output([sys.executable, "-c", DIGESTS, str(PLACE)], env=environment)

    assert {name: sha256(repr(each).encode()).hexdigest() for name, each in made.items()} == json.loads(told)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_records_give_the_same_bytes(name: str) -> None:
    """The bytes do not depend on the order of the records."""
    shuffled = Dataset(reversed(tuple(REGISTER)))

    made = [FORMATS[name].export(data, None, "steps") for data in (REGISTER, REGISTER, shuffled)]

    assert made[0]
    assert made[0] == made[1] == made[2]
