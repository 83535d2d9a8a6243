"""Reports and networks: a short line at a prompt, a table in a notebook, plain values for programs."""

import json
from pathlib import Path
from typing import Any, Final

import pytest

import friendcities as fc
from friendcities.checks import RecordTree, check
from friendcities.diff import compare
from friendcities.graph import Network
from friendcities.importers import ImportResult
from tests.shown import shown
from tests.tables import built
from tests.worlds import a_city, a_tie

MANY: Final = built(*((f"Vík {number}", "Iceland", "", "", "1994", "France", "", "") for number in range(2000)))
IMPORT: Final = built(("Vík", "Iceland", "", "", "Lyon", "France", "", ""), ("1994", "France", "", "", "x", "", "", ""))
WORLD: Final = fc.Dataset([a_city("fr-a"), a_city("it-b"), a_tie("fr-a", "it-b")])
CHANGES: Final = compare(WORLD, fc.Dataset([a_city("fr-a"), a_city("it-b", "Bari")]))


def checked(folder: Path) -> Any:
    """The report on a folder with one bad file."""
    path = folder / "cities" / "nz-dunedin.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"name": "Dunedin", "country": "NZ", "level": "twon"}', encoding="utf-8")
    return check(RecordTree.read(folder), only=["schema"])


def test_an_import() -> None:
    """The totals; in a notebook the reasons, and the dataset."""
    assert "<Report: 2 rows: 1 imported, 0 merged, 1 rejected>" == repr(IMPORT.report)
    assert f"<ImportResult: {IMPORT.report!r}, {IMPORT.dataset!r}>" == repr(IMPORT)
    assert len(repr(ImportResult(MANY.dataset, MANY.report))) < 300
    assert ["year for city", "1"] in shown(IMPORT.report).cells
    assert shown(IMPORT.report).cells == shown(IMPORT).cells[: len(shown(IMPORT.report).cells)]


def test_a_merge() -> None:
    """The numbers of entries; in a notebook what a person should read."""
    report = fc.dataset().merge(fc.Dataset([a_city("fr-lyon", "Lyon")])).report
    assert repr(report).startswith("<MergeReport: ")
    assert ["Section", "Entry"] == shown(report).cells[0]
    doubts = WORLD.merge(fc.Dataset([a_city("it-other", "B")]), same={"it-other": "it-b"}).report
    assert any("Matches with different ids" in row[0] for row in shown(doubts).cells)


def test_a_check(tmp_path: Path) -> None:
    """The number of problems; in a notebook each of them."""
    report = checked(tmp_path)
    assert "<Report: 1 problem in 1 file>" == repr(report)
    assert ["1", "schema"] == shown(report).cells[1][1:3]
    assert f"<RecordTree {tmp_path}: 1 file>" == repr(RecordTree.read(tmp_path))
    empty = check(RecordTree.read(tmp_path / "cities"), only=["schema"])
    assert "<Report: 0 problems in 0 files>" == repr(empty)
    assert repr(RecordTree.read(tmp_path / "none")).endswith(": 0 files>")


def test_changes() -> None:
    """How many records changed; in a notebook each of them."""
    assert "<Changes: 1 partnership removed, 1 city changed>" == repr(CHANGES)
    assert [["partnership", "removed"], ["city", "changed"]] == [row[0::2] for row in shown(CHANGES).cells[1:]]


def test_a_network() -> None:
    """The numbers of cities and partnerships; in a notebook the cities with the most partners."""
    network = Network(fc.dataset())
    assert repr(network) == f"<Network: {len(network.degrees())} cities, {network.figures().partnerships} partnerships>"
    assert "Shanghai" == shown(network).cells[1][0]
    assert 22 == len(shown(network).cells)  # the headings, 20 cities, and how many more
    assert "<CountryMatrix: 2 countries>" == repr(Network(WORLD).countries())
    assert [["Country", "FR", "IT"], ["FR", "0", "1"], ["IT", "1", "0"]] == shown(Network(WORLD).countries()).cells


@pytest.mark.parametrize("name", ["degrees", "distances", "indirect_partners"])
def test_answers_about_a_network(name: str) -> None:
    """They are tables in a notebook, data frames, and plain values."""
    network = Network(fc.dataset(), on=1990)
    found = getattr(network, name)(*["Yokohama"] * (name == "indirect_partners"))
    frame = found.to_pandas()
    assert list(frame.columns) == found.to_polars().columns == shown(found).cells[0]
    assert len(found) == len(frame) == len(found.to_dicts())
    assert found.to_dicts() == json.loads(json.dumps(found.to_dicts()))
    assert "Yokohama" in {*frame.iloc[:, 1]} | {*frame.iloc[:, 2]} | {city.name for city in fc.partners_of("Shanghai")}


def test_values_about_a_network() -> None:
    """Each is plain values."""
    network = Network(WORLD)
    assert [{"city": fc.City.summary(WORLD.city("fr-a")), "partners": 1}] == network.degrees()[:1].to_dicts()
    assert [{"partnership": "fr-a--it-b", "cities": ["fr-a", "it-b"], "kilometres": None}] == (
        network.distances().to_dicts()
    )
    assert {"countries": ["FR", "IT"], "rows": [[0, 1], [1, 0]]} == network.countries().to_dict()
    assert {"diameter": 1, "mean": 1.0} == network.paths().to_dict()
    assert 2 == network.figures().to_dict()["cities"]
    assert "Milan" in {each["city"]["name"] for each in Network(fc.dataset()).indirect_partners("Yokohama").to_dicts()}


def test_reports_are_plain_values(tmp_path: Path) -> None:
    """They are those of their JSON."""
    merged = WORLD.merge(fc.Dataset([a_city("it-other", "B")]), same={"it-other": "it-b"}).report
    assert json.loads(merged.as_json()) == merged.to_dict()
    assert json.loads(IMPORT.report.as_json()) == IMPORT.report.to_dict()
    report = checked(tmp_path)
    assert {"files": 1, "problems": [report.problems[0].to_dict()]} == json.loads(json.dumps(report.to_dict()))
    assert ("schema", 1) == (report.problems[0].to_dict()["rule"], report.problems[0].to_dict()["line"])
