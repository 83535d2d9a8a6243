"""Reads GraphML, GEXF and GeoJSON files. Each edge or line is a row."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO, Final
from xml.etree.ElementTree import Element

from attrs import field, frozen

from friendcities.extras import extra
from friendcities.model.record import short

Edges = Iterator[tuple[int, Mapping[str, Any], str | None]]
"""The edges of a file. An edge is its number, its cells by column, and an error if the edge cannot be read."""
_ENDS: Final = ("first", "second")
_UNUSED: Final = frozenset({"source", "target", "directed", "type"})
"""The XML attributes of edges that do not become columns."""


def read_graph(file: BinaryIO) -> tuple[list[str], Edges]:
    """Read the columns and the edges of a GraphML or GEXF file. Every declared attribute is a column."""
    with extra("graph", "reading a graph"):
        from defusedxml import DefusedXmlException  # noqa: PLC0415 - an extra
        from defusedxml.ElementTree import iterparse  # noqa: PLC0415
    graph = _Graph()
    has_graph = False
    try:
        for _, element in iterparse(file):  # rejects entities that expand without limit or load other files
            has_graph |= _local_name(element) == "graph"
            graph.add_element(element)
    except DefusedXmlException as error:
        message = f"XML entities are not supported: {error}"
        raise ValueError(message) from None
    if not has_graph:
        message = "no graph found"
        raise ValueError(message)
    return graph.columns(), graph.rows()


@frozen
class _Graph:
    nodes: dict[str, dict[str, str]] = field(factory=dict)
    edges: list[dict[str, str]] = field(factory=list)
    names: dict[str, dict[str, str]] = field(factory=lambda: {"node": {}, "edge": {}})
    """The name of each attribute of nodes and edges, by the id of the attribute."""
    defaults: dict[str, dict[str, str]] = field(factory=lambda: {"node": {}, "edge": {}})

    def add_element(self, element: Element) -> None:
        match _local_name(element):
            case "hyperedge":
                message = "hyperedges are not supported"
                raise ValueError(message)
            case "key":
                for owner in self.names if element.get("for", "all") == "all" else (element.get("for", ""),):
                    self._declare(owner, element)
            case "attributes":
                for each in element:
                    self._declare(element.get("class", ""), each)
            case "node":
                label = {"label": element.attrib["label"]} if "label" in element.attrib else {}
                self.nodes.setdefault(element.get("id", ""), {}).update(label | _values(element))
                element.clear()
            case "edge":
                self.edges.append(dict(element.attrib) | _values(element))
                element.clear()
            case _:
                pass

    def _declare(self, owner: str, element: Element) -> None:
        if owner in self.names:
            id_ = element.get("id", "")
            self.names[owner][id_] = element.get("attr.name") or element.get("title") or id_
            default = element.findtext("{*}default")
            self.defaults[owner] |= {} if default is None else {id_: default}

    def columns(self) -> list[str]:
        ids = {owner: dict.fromkeys(names) for owner, names in self.names.items()}
        for owner, elements in (("node", self.nodes.values()), ("edge", self.edges)):
            for element in elements:
                ids[owner].update(dict.fromkeys(element))
        names = {owner: [self.names[owner].get(id_, id_) for id_ in ids[owner]] for owner in ids}
        ends = [f"{end}.{name}" for end in _ENDS for name in names["node"]]
        return [*_ENDS, *ends, *(name for name in names["edge"] if name not in _UNUSED)]

    def rows(self) -> Edges:
        ids = {owner: {name: id_ for id_, name in names.items()} for owner, names in self.names.items()}
        for number, edge in enumerate(self.edges, start=1):
            ends = {"first": edge.get("source", ""), "second": edge.get("target", "")}
            if "source" in edge and "target" in edge and any(ends.values()):
                yield number, _EdgeCells(self, ids, ends, edge), None
            else:
                yield number, ends, "the edge needs a source and a target"


@frozen
class _EdgeCells(Mapping[str, str]):
    """The cells of an edge, looked up on access. A graph can declare thousands of attributes."""

    graph: _Graph
    ids: Mapping[str, Mapping[str, str]]
    ends: Mapping[str, str]
    edge: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        end, dot, name = column.partition(".")
        if end not in self.ends:
            owner, values, name = "edge", self.edge, column
        elif dot:
            owner, values = "node", self.graph.nodes.get(self.ends[end], {})
        else:
            return self.ends[end]
        id_ = self.ids[owner].get(name, name)
        return values[id_] if id_ in values else self.graph.defaults[owner][id_]

    def __iter__(self) -> Iterator[str]:
        return iter(self.ends)

    def __len__(self) -> int:
        return len(self.ends)


def _values(element: Element) -> dict[str, str]:
    values = {each.get("key", ""): each.text or "" for each in element if _local_name(each) == "data"}
    for each in element.iterfind("{*}attvalues/{*}attvalue"):
        values[each.get("for", each.get("id", ""))] = each.get("value", "")
    return values


def _local_name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


# GeoJSON (RFC 7946)


_PAIR: Final = 2
"""Two: the minimum number of points in a line, and of numbers in a point."""
_MOST_DIGITS: Final = 400


def read_geojson(text: str) -> Edges:
    """Read the features in order. A row has the properties of a feature, and the two ends of its line."""
    # constants such as NaN and very long numbers stay text
    for number, feature in enumerate(_features(json.loads(text, parse_constant=str, parse_int=_read_int)), start=1):
        fields = feature if isinstance(feature, dict) else {}
        properties, geometry = fields.get("properties") or {}, fields.get("geometry")
        if not isinstance(properties, dict):
            yield number, {}, f"invalid properties {short(properties)}; expected an object"
            continue
        cells = {key: _cell(value) for key, value in properties.items()}
        points = _line_points(geometry)
        if len(points) < _PAIR:
            error = f"invalid geometry {short(geometry if fields else feature)}; expected a line of two points"
            yield number, cells, error
            continue
        for end, point in zip(_ENDS, (points[0], points[-1]), strict=True):
            # both columns get an invalid point, so the report shows the point
            is_point = isinstance(point, list) and len(point) >= _PAIR
            longitude, latitude = map(_cell, point[:_PAIR]) if is_point else [json.dumps(point)] * 2
            cells |= {f"{end}.latitude": latitude, f"{end}.longitude": longitude}
        yield number, cells, None


def _read_int(digits: str) -> int | str:
    """Return the text if it has too many digits for Python."""
    return int(digits) if len(digits) < _MOST_DIGITS else digits


def _features(document: Any) -> list[Any]:
    match document:
        case {"type": "Feature"}:
            return [document]
        case {"type": "FeatureCollection", "features": list(features)}:
            return features
        case _:
            message = "no features found"
            raise ValueError(message)


def _line_points(geometry: Any) -> list[Any]:
    match geometry:
        case {"type": "LineString", "coordinates": list(points)}:
            return points
        case {"type": "MultiLineString", "coordinates": list(parts)}:
            return [point for part in parts if isinstance(part, list) for point in part]
        case _:
            return []


def _cell(value: Any) -> Any:
    """Booleans, lists and objects become JSON text."""
    return json.dumps(value, ensure_ascii=False) if isinstance(value, bool | dict | list) else value
