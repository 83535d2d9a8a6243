"""Exports cities as nodes and partnerships as edges: NetworkX graphs, GraphML and GEXF."""

import io
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

from friendcities.exporters.tables import Answer, Table, build_checked_tables, check_records
from friendcities.exporters.tables.columns import plain_rows
from friendcities.extras import extra
from friendcities.model import City, DateLike, Partnership

if TYPE_CHECKING:
    import networkx as nx

    from friendcities.datasets.dataset import Dataset

_NOT_IN_XML: Final = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})  # names may contain these characters


def to_networkx(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> "nx.Graph[str]":
    """Convert cities and partnerships to a graph; see :meth:`friendcities.Dataset.to_networkx`."""
    with extra("graph", "a graph of NetworkX"):
        import networkx as nx  # noqa: PLC0415 - an extra
    chosen = check_records(data, records)
    missing = {city for record in chosen if isinstance(record, Partnership) for city in record.cities}
    missing -= {record.id for record in chosen if isinstance(record, City)}
    others = [city for city in data.cities() if city.id in missing]
    tables = build_checked_tables(data, [*others, *chosen], on=on, names=("cities", "partnerships"))
    graph: nx.Graph[str] = nx.Graph()
    for node in sorted(_known_attributes(tables["cities"]), key=lambda node: str(node["id"])):
        graph.add_node(node.pop("id"), **node)
    for edge in _known_attributes(tables["partnerships"]):
        graph.add_edge(edge.pop("city_1"), edge.pop("city_2"), **edge)
    return graph


def as_graphml(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> bytes:
    """Return cities and partnerships as GraphML. The bytes depend only on the records and the version of NetworkX."""
    graph = _xml_safe_graph(data, records, on)
    import networkx as nx  # noqa: PLC0415 - an extra

    written = io.BytesIO()
    # With lxml installed, write_graphml would write other bytes.
    nx.write_graphml_xml(graph, written, infer_numeric_types=False)
    return written.getvalue()


def as_gexf(data: "Dataset", records: Answer = None, *, on: DateLike | None = None) -> bytes:
    """Return cities and partnerships as GEXF. The bytes depend only on the records and the version of NetworkX."""
    graph = _xml_safe_graph(data, records, on)
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415 - an extra

    for _, node in graph.nodes(data=True):
        node["label"] = node.get("name", "")
    for _, _, edge in graph.edges(data=True):
        edge["partnership"] = edge["id"]
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    for element in writer.xml.iter():
        element.attrib.pop("lastmodifieddate", None)  # the day of the export is not part of the data
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _known_attributes(table: Table) -> Iterable[dict[str, Any]]:
    return ({name: cell for name, cell in row.items() if cell is not None} for row in plain_rows(table))


def _xml_safe_graph(data: "Dataset", records: Answer, on: DateLike | None) -> "nx.Graph[str]":
    graph = to_networkx(data, records, on=on)
    for *_, attributes in (*graph.nodes(data=True), *graph.edges(data=True)):
        for name, cell in attributes.items():
            attributes[name] = cell.translate(_NOT_IN_XML) if isinstance(cell, str) else cell
    return graph
