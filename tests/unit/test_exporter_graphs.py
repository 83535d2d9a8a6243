"""Cities as nodes and partnerships as edges."""

import io
from pathlib import Path
from typing import Any

import networkx as nx

import friendcities as fc
from friendcities import Dataset
from friendcities.exporters.graphs import as_gexf, as_graphml
from tests.worlds import a_city, a_tie


def nodes_of(graph: "nx.Graph[str]") -> dict[str, dict[str, Any]]:
    """The nodes of a graph with their attributes."""
    return {node: graph.nodes[node] for node in graph}


def test_the_graph_has_every_city_and_partnership() -> None:
    """Nodes are ids of cities, edges are pairs of them, and attributes are cells of the tables."""
    graph = fc.dataset().to_networkx()

    assert [city.id for city in fc.cities()] == list(graph)
    assert {frozenset(tie.cities) for tie in fc.partnerships()} == {frozenset(edge) for edge in graph.edges}
    assert ("Dunedin", "NZ", -45.87416) == tuple(
        graph.nodes["nz-dunedin"][name] for name in ("name", "country", "latitude")
    )
    edge = graph.edges["nz-dunedin", "cn-shanghai"]
    assert ("cn-shanghai--nz-dunedin", "sister_city", "1994-10-21") == (edge["id"], edge["kind"], edge["since"])


def test_what_is_not_known_is_left_out() -> None:
    """Unknown values are not attributes."""
    graph = Dataset([a_city("is-a"), a_city("is-b"), a_tie("is-a", "is-b")]).to_networkx()

    assert {"name", "country", "level", "disputed"} == set(graph.nodes["is-a"])
    assert "ended" not in graph.edges["is-a", "is-b"]


def test_the_graph_of_an_answer_has_the_cities_at_its_edges() -> None:
    """Partnerships include their cities; a city alone is a node without an edge."""
    graph = fc.dataset().to_networkx(fc.partnerships_of("Dunedin"), on="1990")

    assert ["cn-shanghai", "nz-dunedin"] == list(graph)
    assert "status" not in graph.edges["cn-shanghai", "nz-dunedin"]
    assert ["nz-dunedin"] == list(fc.dataset().to_networkx([fc.city("Dunedin")]))


def test_a_partnership_of_unknown_cities_is_an_edge() -> None:
    """Unknown cities are nodes without attributes."""
    graph = Dataset().to_networkx([a_tie("is-a", "is-b")])

    assert {"is-a": {}, "is-b": {}} == nodes_of(graph)


def test_graphml_is_read_back_as_the_same_graph(tmp_path: Path) -> None:
    """Files contain nodes, edges, and attributes with their types."""
    fc.dataset().to_graphml(tmp_path / "a.graphml")

    graph, read = fc.dataset().to_networkx(), nx.read_graphml(tmp_path / "a.graphml")

    assert nodes_of(graph) == nodes_of(read)
    assert {frozenset((a, b)): told for a, b, told in graph.edges(data=True)} == {
        frozenset((a, b)): told for a, b, told in read.edges(data=True)
    }


def test_gexf_is_read_back_as_the_same_graph(tmp_path: Path) -> None:
    """Nodes have names of cities as labels, and edges have ids of partnerships."""
    fc.dataset().to_gexf(tmp_path / "a.gexf")

    graph, read = fc.dataset().to_networkx(), nx.read_gexf(tmp_path / "a.gexf")

    assert set(graph) == set(read)
    assert "Dunedin" == read.nodes["nz-dunedin"]["label"]
    edge = read.edges["cn-shanghai", "nz-dunedin"]
    assert ("cn-shanghai--nz-dunedin", "sister_city") == (edge["partnership"], edge["kind"])


def test_no_day_of_export_is_in_a_file() -> None:
    """The file does not contain the day of the export."""
    assert b"lastmodified" not in as_gexf(fc.dataset())
    assert as_gexf(fc.dataset()) == as_gexf(fc.dataset())
    assert as_graphml(fc.dataset()) == as_graphml(fc.dataset())


def test_characters_that_xml_has_not_are_replaced() -> None:
    """Characters that XML cannot contain are replaced."""
    data = Dataset([a_city("is-a", "V\uffffk \ufffe<&")])

    assert "V\ufffdk \ufffd<&" == nx.read_graphml(io.BytesIO(as_graphml(data))).nodes["is-a"]["name"]
    assert "V\ufffdk \ufffd<&" == nx.read_gexf(io.BytesIO(as_gexf(data))).nodes["is-a"]["label"]
    assert "V\uffffk \ufffe<&" == data.to_networkx().nodes["is-a"]["name"]
