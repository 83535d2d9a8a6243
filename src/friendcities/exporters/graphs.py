"""Cities as nodes and partnerships as edges: graphs of NetworkX, and through it GraphML and GEXF."""

import io
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters.tables import Exportable, Table, checked_records, tables_of
from friendcities.extras import extra
from friendcities.model import City, DateLike, Partnership

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["as_gexf", "as_graphml", "to_networkx"]

_NO_XML: Final = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
"""The characters that a name may have and XML has not."""


def to_networkx(
    data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None
) -> "nx.Graph[str]":
    """Cities and partnerships as a graph; see :meth:`friendcities.Dataset.to_networkx`."""
    with extra("graph", "a graph of NetworkX"):
        import networkx as nx  # noqa: PLC0415 - an extra
    chosen = checked_records(data, records)
    here = {each.id for each in chosen if isinstance(each, City)}
    absent = {end for each in chosen if isinstance(each, Partnership) for end in each.cities} - here
    others = [city for city in data.cities() if city.id in absent]
    tables = tables_of(data, [*others, *chosen], on=on)
    graph: nx.Graph[str] = nx.Graph()
    for told in sorted(_told(tables["cities"]), key=lambda told: str(told["id"])):
        graph.add_node(told.pop("id"), **told)
    for told in _told(tables["partnerships"]):
        graph.add_edge(told.pop("city_1"), told.pop("city_2"), **told)
    return graph


def as_graphml(data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None) -> bytes:
    """Cities and partnerships as GraphML; the same bytes for the same records, by one version of NetworkX."""
    graph = _for_xml(to_networkx(data, records, on=on))
    import networkx as nx  # noqa: PLC0415 - an extra, which is there by now

    written = io.BytesIO()
    # Not write_graphml, which writes other bytes where lxml is installed.
    nx.write_graphml_xml(graph, written, infer_numeric_types=False)
    return written.getvalue()


def as_gexf(data: Dataset, records: Iterable[Exportable] | None = None, *, on: DateLike | None = None) -> bytes:
    """Cities and partnerships as GEXF; the same bytes for the same records, by one version of NetworkX."""
    graph = _for_xml(to_networkx(data, records, on=on))
    from networkx.readwrite.gexf import GEXFWriter  # noqa: PLC0415 - an extra, which is there by now

    for _, told in graph.nodes(data=True):
        told["label"] = told.get("name", "")
    for _, _, told in graph.edges(data=True):
        told["partnership"] = told["id"]
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(graph)
    for element in writer.xml.iter():
        element.attrib.pop("lastmodifieddate", None)  # the day of the export, which is no part of the data
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _told(table: Table) -> Iterable[dict[str, Any]]:
    """The rows of a table, each as attributes; what is not known is left out, for graph files have no word for it."""
    for row in table.rows:
        cells = zip(table.shape.names, row, strict=True)
        yield {name: cell.isoformat() if isinstance(cell, date) else cell for name, cell in cells if cell is not None}


def _for_xml(graph: "nx.Graph[str]") -> "nx.Graph[str]":
    """A graph without the characters that XML has not."""
    for told in (*(each for _, each in graph.nodes(data=True)), *(each for _, _, each in graph.edges(data=True))):
        told.update({name: cell.translate(_NO_XML) for name, cell in told.items() if isinstance(cell, str)})
    return graph
