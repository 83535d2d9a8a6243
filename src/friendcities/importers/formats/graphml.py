"""GraphML and GEXF, through NetworkX: every edge of the document, in its order, with its ends as written.

NetworkX merges two edges with the same id, may swap the ends of an undirected edge, and stops at a value that is not of
the declared type. So the document is prepared first: each edge gets its number as its id, all edges are directed, and
all values are text. An edge whose number is missing afterwards was not read, and is reported.
"""

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from friendcities.extras import extra

_TYPES: Final[Mapping[str, Mapping[str, str]]] = {
    "graph": {"edgedefault": "directed", "defaultedgetype": "directed", "timeformat": "string"},
    "key": {"attr.type": "string"},
    "attribute": {"type": "string"},
}
"""The attributes that are set on the elements that declare types."""
_KEPT: Final = ("id", "weight")
"""The attributes of an edge that become cells as written."""
_HIDDEN: Final = ("directed", "type", "weight")
"""The attributes of an edge that are removed before NetworkX reads it."""


def read_graph(path: Path) -> Iterator[tuple[int, Mapping[str, str], str | None]]:
    """Read the edges of a graph: each with its number, the cells of itself and its two nodes, and its error if any."""
    with extra("graph", "reading a graph"):
        import networkx as nx  # noqa: PLC0415 - an extra
        from defusedxml import DefusedXmlException  # noqa: PLC0415
        from defusedxml.ElementTree import parse  # noqa: PLC0415
    try:
        tree = parse(path)  # refuses entities that grow without end, or that are fetched from elsewhere
    except DefusedXmlException as error:
        message = f"it declares entities, which are not read: {error}"
        raise ValueError(message) from None
    edges = _prepare_elements(tree.iter())
    prepared = io.BytesIO()
    tree.write(prepared, encoding="utf-8")
    prepared.seek(0)
    graph: Any
    try:
        with warnings.catch_warnings(action="ignore"):  # about parts that do not concern edges
            if path.suffix.casefold() == ".gexf":
                graph = nx.read_gexf(prepared)
                read = {int(data.pop("id")): (first, second, data) for first, second, data in graph.edges(data=True)}
            else:
                graph = nx.read_graphml(prepared, force_multigraph=True)
                read = {key: (first, second, data) for first, second, key, data in graph.edges(keys=True, data=True)}
    except nx.NetworkXException as error:
        raise ValueError(str(error)) from None
    for number, attributes in enumerate(edges, start=1):
        ends = {"first": attributes.get("source", ""), "second": attributes.get("target", "")}
        if "source" not in attributes or "target" not in attributes or not any(ends.values()):
            yield number, ends, "it has no two ends"
        elif number not in read:
            yield number, ends, "it stands where no edge is read, such as in a second graph"
        else:
            yield number, _edge_cells(graph, *read[number], attributes), None


def _prepare_elements(elements: Iterable[Element]) -> list[dict[str, str]]:
    """Prepare a document for NetworkX; returns the attributes that each edge had before."""
    edges = []
    for element in elements:
        name = element.tag.rpartition("}")[2]
        element.attrib.update(_TYPES.get(name, {}))
        if name == "edge":
            edges.append(dict(element.attrib))
            element.set("id", str(len(edges)))
            for attribute in _HIDDEN:
                element.attrib.pop(attribute, None)
    return edges


def _edge_cells(
    graph: Any, first: str, second: str, data: Mapping[str, Any], attributes: Mapping[str, str]
) -> dict[str, str]:
    node_default, edge_default = graph.graph.get("node_default", {}), graph.graph.get("edge_default", {})
    cells = {"first": first, "second": second}
    for end, node in (("first", first), ("second", second)):
        cells |= {f"{end}.{key}": value for key, value in {**node_default, **graph.nodes[node]}.items()}
    cells |= {str(key): value for key, value in {**edge_default, **data}.items()}
    return cells | {key: attributes[key] for key in _KEPT if key in attributes}
