"""GraphML and GEXF, through NetworkX: every edge that the document has, in its order, with its ends as they stand.

NetworkX makes one edge of two with the same id, may turn the ends of an edge that has no direction, and stops at one
value that is not of the type declared. So the document is prepared for it: each edge has its number as its id, all are
directed, and all values are text. What comes back with no number was not read, and is reported.
"""

import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import Element

from friendcities.extras import extra
from friendcities.importers.cells import Found
from friendcities.importers.formats.cell_text import as_text

__all__ = ["network_rows"]

_TEXT: Final[Mapping[str, Mapping[str, str]]] = {
    "graph": {"edgedefault": "directed", "defaultedgetype": "directed", "timeformat": "string"},
    "key": {"attr.type": "string"},
    "attribute": {"type": "string"},
}
"""What is set on the elements that say how others are to be read."""
_OWN: Final = ("id", "weight")
"""What an edge says of itself that is kept beside NetworkX, as it was found."""
_UNREAD: Final = ("directed", "type", "weight")
"""What an edge says of itself that NetworkX does not get to see."""


def network_rows(path: Path) -> Iterator[Found]:
    """The edges of a graph, each with all that it and its two nodes have.

    Raises:
        MissingExtraError: If a library that reads it is not installed.
        ValueError: If it is no such graph; NetworkX has other exceptions for that too.
    """
    with extra("graph", "reading a graph"):
        import networkx as nx  # noqa: PLC0415 - an extra
        from defusedxml import DefusedXmlException  # noqa: PLC0415
        from defusedxml.ElementTree import parse  # noqa: PLC0415
    try:
        tree = parse(path)  # refuses what would grow without end, and what would be fetched from elsewhere
    except DefusedXmlException as error:
        message = f"it declares entities, which are not read: {error}"
        raise ValueError(message) from None
    edges = _prepared(tree.iter())
    prepared = io.BytesIO()
    tree.write(prepared, encoding="utf-8")
    prepared.seek(0)
    graph: Any
    try:
        with warnings.catch_warnings(action="ignore"):  # of parts that tell nothing of an edge
            if path.suffix.casefold() == ".gexf":
                graph = nx.read_gexf(prepared)
                numbered = [(int(data.pop("id")), *ends, data) for *ends, data in graph.edges(data=True)]
            else:
                graph = nx.read_graphml(prepared, force_multigraph=True)
                numbered = [(key, *ends, data) for *ends, key, data in graph.edges(keys=True, data=True)]
    except nx.NetworkXException as error:
        raise ValueError(str(error)) from None
    read = {number: (first, second, data) for number, first, second, data in numbered}
    for number, own in enumerate(edges, start=1):
        if "source" not in own or "target" not in own:
            yield Found(number, _ends(own.get("source", ""), own.get("target", "")), "it has no two ends")
        elif number not in read:
            why = "it stands where no edge is read, such as in a second graph"
            yield Found(number, _ends(own["source"], own["target"]), why)
        else:
            yield Found(number, _cells(graph, *read[number], own))


def _prepared(elements: Iterable[Element]) -> list[dict[str, str]]:
    """Make a document fit for NetworkX; what each edge said of itself before."""
    found = []
    for element in elements:
        name = element.tag.rpartition("}")[2]
        element.attrib.update(_TEXT.get(name, {}))
        if name == "edge":
            found.append(dict(element.attrib))
            element.set("id", str(len(found)))
            for each in _UNREAD:
                element.attrib.pop(each, None)
    return found


def _ends(first: str, second: str) -> dict[str, str]:
    return {"first": first, "second": second}


def _cells(graph: Any, first: str, second: str, data: Mapping[str, Any], own: Mapping[str, str]) -> dict[str, str]:
    of_nodes, of_edges = (graph.graph.get(f"{each}_default", {}) for each in ("node", "edge"))
    cells = _ends(first, second)
    for end, node in (("first", first), ("second", second)):
        cells |= {f"{end}.{key}": as_text(value) for key, value in {**of_nodes, **graph.nodes[node]}.items()}
    cells |= {str(key): as_text(value) for key, value in {**of_edges, **data}.items()}
    return cells | {key: own[key] for key in _OWN if key in own}
