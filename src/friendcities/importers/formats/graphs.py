"""Graphs and maps of other people: GraphML, GEXF, edge lists and GeoJSON, edge by edge as text.

An edge is a row. Its columns are ``first`` and ``second`` (the ends as the file names them), ``first.X`` and
``second.X`` for what a node has as its X, and X for what the edge itself has. In an edge list a line is a row, and what
follows the two names has the number of its place for a column, from ``3``.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from attrs import evolve

from friendcities.errors import DataError, InvalidQueryError, Problem
from friendcities.importers.cells import Found
from friendcities.importers.formats.geojson import map_rows
from friendcities.importers.formats.graphml import network_rows
from friendcities.importers.formats.tables import Table, refuse_heading
from friendcities.importers.import_report import Reason
from friendcities.importers.profile import Profile
from friendcities.model.record import short

__all__ = ["ENDINGS", "graph_columns", "graph_table"]

ENDINGS: Final = frozenset({".graphml", ".gexf", ".edgelist", ".geojson"})
"""How the files end that are read as graphs."""
_MOST_BYTES: Final = 1 << 26
"""The largest file that is read, since graphs are read whole."""
_LONGEST_LINE: Final = 1 << 17
"""The longest line of an edge list that is read, in characters."""
_ENDS: Final = ("first", "second")


def graph_table(path: Path, profile: Profile) -> Table:
    """The edges of a graph, the lines of an edge list, or the features of a map, in the order of the file.

    Raises:
        DataError: If the file cannot be read as what its name says it is.
        InvalidQueryError: If none of its edges has a column that the profile names.
        MissingExtraError: If a library that reads it is not installed.
    """
    refuse_heading(profile, "a graph, a map or an edge list")
    edges = _edges(path, profile)
    known = _columns(edges)
    missing = [column for column in dict.fromkeys(profile.columns) if column not in known]
    if missing and known:
        message = f"{path}: no edge has {', '.join(map(repr, missing))}; they have {', '.join(map(repr, known))}"
        raise InvalidQueryError(message, missing, tuple(known))
    looked_at = dict.fromkeys(profile.columns)
    rows = [evolve(edge, cells={column: edge.cells.get(column, "") for column in looked_at}) for edge in edges]
    return Table(rows, tuple(column for column in known if column not in looked_at))


def graph_columns(path: Path, profile: Profile) -> list[str]:
    """The columns that the edges of a file have; raises as :func:`graph_table` does."""
    return list(_columns(_edges(path, profile)))


def _columns(edges: Iterable[Found]) -> dict[str, None]:
    """The columns of those edges that could be read."""
    return dict.fromkeys(column for edge in edges if edge.broken is None for column in edge.cells)


def _edges(path: Path, profile: Profile) -> list[Found]:
    ending = path.suffix.casefold()
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None
    if size > _MOST_BYTES:
        raise _unreadable(path, f"it has more than {_MOST_BYTES:,} bytes")
    try:
        if ending == ".geojson":
            return list(map_rows(path.read_text(encoding=profile.encoding)))
        if ending == ".edgelist":
            with path.open(encoding=profile.encoding) as text:
                return list(_lines(list(text), profile.delimiter or "\t"))
        return list(network_rows(path))
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is not {error.encoding}"
        raise _unreadable(path, why, "say the encoding, such as 'latin-1', in [file] of the profile") from None
    except (ParseError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        # what NetworkX makes of a file that is none of its kind is any of these
        raise _unreadable(path, f"this is no {ending[1:]}: {error}") from None
    except OSError as error:
        raise _unreadable(path, error.strerror or str(error)) from None


def _lines(lines: Sequence[str], delimiter: str) -> Iterator[Found]:
    """The lines of an edge list; blank ones at its end are none."""
    whole = len(list(dropwhile(lambda line: not line.strip(), reversed(lines))))
    for number, line in enumerate(lines[:whole], start=1):
        cells = line.rstrip("\n").split(delimiter)
        if not line.strip():
            yield Found(number, {}, "it has no text", Reason.BLANK_ROW)
        elif len(line) > _LONGEST_LINE:
            yield Found(number, {}, f"it is a line of more than {_LONGEST_LINE:,} characters")
        elif len(cells) < len(_ENDS):
            yield Found(number, {}, f"it has no two names with {delimiter!r} between them: {short(line.strip())}")
        else:
            more = map(str, range(len(_ENDS) + 1, len(cells) + 1))
            yield Found(number, dict(zip((*_ENDS, *more), cells, strict=True)))


def _unreadable(path: Path, why: str, mend: str = "") -> DataError:
    expected = "a file that can be read as what its name says it is"
    return DataError([Problem(rule="readable", path=str(path), message=why, expected=expected, hint=mend)])
