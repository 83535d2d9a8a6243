"""Graphs and maps of other people: GraphML, GEXF, edge lists and GeoJSON, edge by edge as text.

An edge is a row. Its columns are ``first`` and ``second`` (the ends as the file names them), ``first.X`` and
``second.X`` for what a node has as its X, and X for what the edge itself has.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import ParseError

from friendcities.errors import DataError, InvalidQueryError, MissingExtraError, Problem
from friendcities.importers.building import Found
from friendcities.importers.profile import Profile
from friendcities.importers.tables import as_text

__all__ = ["ENDINGS", "graph_columns", "graph_rows"]

ENDINGS: Final = frozenset({".graphml", ".gexf", ".edgelist", ".geojson"})
"""How the files end that are read as graphs."""
_INSTALL: Final = "graphs are read by NetworkX and defusedxml: pip install 'friendcities[graph]'"
_MOST_BYTES: Final = 1 << 28
"""The largest file that is read, since graphs are read whole."""
_LEAST_POINTS: Final = 2

Edge = dict[str, str]


def graph_rows(path: Path, profile: Profile) -> Iterator[Found]:
    """The edges of a graph, or the lines of a map, in the order of the file.

    Raises:
        DataError: If the file cannot be read as what its name says it is.
        InvalidQueryError: If none of its edges has a column that the profile names.
        MissingExtraError: If a library that reads it is not installed.
    """
    edges = _edges(path)
    known = _columns(edges)
    missing = [column for column in dict.fromkeys(profile.columns) if column not in known]
    if missing:
        message = (
            f"{path}: no edge has {', '.join(map(repr, missing))}; they have {', '.join(map(repr, known)) or 'nothing'}"
        )
        raise InvalidQueryError(message, missing, tuple(known))
    for number, edge in enumerate(edges, start=1):
        yield Found(number, {column: edge.get(column, "") for column in profile.columns})


def graph_columns(path: Path) -> list[str]:
    """The columns that the edges of a file have; raises as :func:`graph_rows` does."""
    return list(_columns(_edges(path)))


def _columns(edges: Iterable[Edge]) -> dict[str, None]:
    return dict.fromkeys(column for edge in edges for column in edge)


def _edges(path: Path) -> list[Edge]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise _unreadable(path, f"it has more than {_MOST_BYTES:,} bytes")
        if path.suffix.casefold() == ".geojson":
            return list(_lines_of_map(json.loads(path.read_bytes())))
        return list(_edges_of_graph(path))
    except (ParseError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # what NetworkX makes of a file that is none of its kind is any of these
        raise _unreadable(path, f"this is no {path.suffix[1:]}: {error}") from None
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None


def _edges_of_graph(path: Path) -> Iterator[Edge]:
    try:
        import networkx as nx  # noqa: PLC0415 - an extra
        from defusedxml import DefusedXmlException  # noqa: PLC0415
        from defusedxml.ElementTree import parse  # noqa: PLC0415
    except ImportError:
        raise MissingExtraError(_INSTALL) from None
    ending = path.suffix.casefold()
    if ending == ".edgelist":
        graph = nx.read_edgelist(path, delimiter="\t", create_using=nx.MultiDiGraph, data=False)
    else:
        try:
            parse(path)  # refuses what NetworkX would expand: entities, and documents from elsewhere
        except DefusedXmlException as error:
            raise _unreadable(path, f"it declares entities, which are not read: {error}") from None
        read = nx.read_graphml if ending == ".graphml" else nx.read_gexf
        try:
            graph = read(path)
        except nx.NetworkXException as error:
            raise _unreadable(path, f"this is no {ending[1:]}: {error}") from None
    for first, second, data in graph.edges(data=True):
        ends = {"first": as_text(first), "second": as_text(second)}
        of_ends = {
            f"{end}.{key}": as_text(value)
            for end, node in (("first", first), ("second", second))
            for key, value in graph.nodes[node].items()
        }
        yield {**ends, **of_ends, **{str(key): as_text(value) for key, value in data.items()}}


def _lines_of_map(told: Mapping[str, Any]) -> Iterator[Edge]:
    """The lines of GeoJSON (RFC 7946): what each has, and its first and last point as those of its two ends."""
    for feature in told["features"]:
        geometry = feature.get("geometry") or {}
        if geometry.get("type") not in {"LineString", "MultiLineString"}:
            continue
        points = geometry["coordinates"]
        if geometry["type"] == "MultiLineString":
            points = [point for part in points for point in part]
        edge = {str(key): as_text(value) for key, value in (feature.get("properties") or {}).items()}
        if len(points) >= _LEAST_POINTS:
            for end, (longitude, latitude, *_) in (("first", points[0]), ("second", points[-1])):
                edge |= {f"{end}.latitude": as_text(latitude), f"{end}.longitude": as_text(longitude)}
        yield edge


def _unreadable(path: Path, why: str) -> DataError:
    expected = "a file that can be read as what its name says it is"
    return DataError([Problem(rule="readable", path=str(path), what=why, expected=expected)])
