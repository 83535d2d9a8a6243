"""Every shape of a file with every defect: what is said of it; nothing is executed, nothing fetched, nothing breaks."""

import json
import re
from collections.abc import Callable, Mapping
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import friendcities as fc
from friendcities.importers import Profile, read_table, read_wikidata
from tests.cases import for_each_case
from tests.endpoints import results, statement, text
from tests.wikidata import entity, snak, twinned

HOLE = "@hole@"
"""Where a document has a value of no importance, which some defects are about."""
GRAPHML = "http://graphml.graphdrawing.org/xmlns"
GEXF = "http://www.gexf.net/1.2draft"
PAIR = Profile.parse(
    '[source]\npublisher = "A lexicon"\nas_of = "2026"\n[cities]\nlevel = "town"\n'
    '[first]\nname = "first"\ncountry_is = "IS"\n[second]\nname = "second"\ncountry_is = "FR"\n'
)


def graphml(name: str, more: int) -> str:
    """A graph of one edge, whose attributes are one and some more."""
    keys = "".join(f'<key id="k{n}" for="edge" attr.name="k{n}" attr.type="double"/>' for n in range(more + 1))
    data = f'<data key="k0">{HOLE}</data>' + "".join(f'<data key="k{n + 1}">{n}</data>' for n in range(more))
    edge = f'<edge source="{name}" target="Lyon">{data}</edge>'
    return f'<graphml xmlns="{GRAPHML}">{keys}<graph edgedefault="directed">{edge}</graph></graphml>'


def gexf(name: str, more: int) -> str:
    """As above."""
    keys = "".join(f'<attribute id="k{n}" title="k{n}" type="double"/>' for n in range(more + 1))
    data = f'<attvalue for="k0" value="0">{HOLE}</attvalue>'
    data += "".join(f'<attvalue for="k{n + 1}" value="{n}"/>' for n in range(more))
    edge = f'<edges><edge source="{name}" target="Lyon"><attvalues>{data}</attvalues></edge></edges>'
    return f'<gexf xmlns="{GEXF}"><graph><attributes class="edge">{keys}</attributes>{edge}</graph></gexf>'


def edge_list(name: str, more: int) -> str:
    """A line of two names and more cells."""
    return "\t".join([name, "Lyon", HOLE, *map(str, range(more))]) + "\n"


def geojson(name: str, more: int) -> str:
    """A map of one line with its properties."""
    properties = {"first": name, "second": "Lyon", "hole": HOLE, **{f"k{n}": n for n in range(more)}}
    line = {"type": "LineString", "coordinates": [[-19.0, 63.4], [4.84, 45.76]]}
    return json.dumps({"type": "Feature", "properties": properties, "geometry": line}, ensure_ascii=False)


def entities(name: str, more: int) -> str:
    """Two entities, of which one names the other."""
    claims = {f"P{n}": [{"mainsnak": snak(n)}] for n in range(10_000, 10_000 + more)}
    two = [entity("Q901", name, "Q189", twinned("Q902"), claims=claims, hole=HOLE), entity("Q902", "Lyon", "Q142")]
    return json.dumps(two, ensure_ascii=False)


def bindings(name: str, more: int) -> str:
    """Results of one row."""
    known = {"partnerLabel": text("Lyon"), "partnerCountry": text("FR"), "itemCountry": text("IS"), "hole": text(HOLE)}
    others = {f"k{n}": text(str(n)) for n in range(more)}
    row = statement(1, "Q901", "Q902", itemLabel=text(name), **known, **others)
    return json.dumps(json.loads(results(row)), ensure_ascii=False)


def profile(name: str, more: int) -> str:
    """A profile that names a column."""
    kinds = "".join(f'k{n} = "contact"\n' for n in range(more))
    first = f'[first]\nname = \'{name}\'\ncountry_is = "IS"\n[second]\nname = "b"\ncountry_is = "FR"\n'
    return f'{first}[cities]\nlevel = "town"\n[steps]\ndate = "{HOLE}"\nkind = "kind"\n[steps.kinds]\n{kinds}'


SHAPES: Mapping[str, Callable[[str, int], str]] = {
    "a.graphml": graphml,
    "a.gexf": gexf,
    "a.edgelist": edge_list,
    "a.geojson": geojson,
    "entities.json": entities,
    "results.json": bindings,
    "profile.toml": profile,
}
"""A document of each shape: of one partnership, by the name of its first city and how many columns more it has."""


def filled(name: str, hole: str | None = None) -> Callable[[str], bytes]:
    """Has this name for the first city, and this in the hole."""

    def make(shape: str) -> bytes:
        document = SHAPES[shape](name, 0)
        if hole is not None:
            document = document.replace(f'"{HOLE}"', hole)  # where it makes a difference it is no text
        return document.replace(HOLE, hole or "0").encode()

    return make


def nested(shape: str) -> bytes:
    """Has a value within a value, a hundred thousand times."""
    ends = ("<a>", "</a>") if shape in {"a.graphml", "a.gexf"} else ("[", "]")
    return filled("Vík", "".join(end * 100_000 for end in ends))(shape)


def with_entities(shape: str) -> bytes:
    """Declares what would grow, or be fetched, and names it."""
    declared = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    return (declared if shape in {"a.graphml", "a.gexf"} else "").encode() + filled("&b;&c;")(shape)


DEFECTS: Mapping[str, Callable[[str], bytes]] = {
    "none": filled("Vík"),
    "empty": lambda _: b"",
    "truncated": lambda shape: filled("Vík")(shape)[: -len(filled("Vík")(shape)) // 3],
    "Latin-1": lambda shape: filled("Vík")(shape).decode().encode("latin-1"),
    "byte-order mark": lambda shape: filled("Vík")(shape).decode().encode("utf-8-sig"),
    "1,000 columns": lambda shape: SHAPES[shape]("Vík", 1000).replace(HOLE, "0").encode(),
    "very long line": filled("x" * 1_000_000),
    "formula": filled("=HYPERLINK(1)"),
    "path": filled("../../etc/passwd"),
    "entities": with_entities,
    "nested": nested,
    "number of 5,000 digits": filled("Vík", "9" * 5000),
    "not a number": filled("Vík", "NaN"),
}
"""What is done to a document."""

READ = "1 row: 1 imported, 0 merged, 0 rejected"
INVALID = "invalid name: 1 row"
LONG = "a cell has more than 5,000 characters"
PATH = "file for city: 1 row"
NO_JSON = "this is not JSON"
SAID: Mapping[str, Mapping[str, str]] = {
    "a.graphml": {
        "empty": "invalid graphml: no element found",
        "truncated": "invalid graphml: unclosed token",
        "Latin-1": "invalid graphml: not well-formed",
        "very long line": LONG,
        "formula": INVALID,
        "path": PATH,
        "entities": "XML entities are not supported",
    },
    "a.gexf": {
        "empty": "invalid gexf: no element found",
        "truncated": "invalid gexf: unclosed token",
        "Latin-1": "invalid gexf: not well-formed",
        "very long line": LONG,
        "formula": INVALID,
        "path": PATH,
        "entities": "XML entities are not supported",
    },
    "a.edgelist": {
        "empty": "0 rows: 0 imported",
        "Latin-1": "byte 1 is not valid utf-8; .*set encoding in",
        "very long line": "the line has more than 131,072 characters",
        "formula": INVALID,
        "path": PATH,
        "entities": "markup: 1 row",
        "nested": "the line has more than 131,072 characters",
    },
    "a.geojson": {
        "empty": "invalid geojson: Expecting value",
        "truncated": "invalid geojson: ",
        "Latin-1": "byte .* is not valid utf-8",
        "very long line": LONG,
        "formula": INVALID,
        "path": PATH,
        "entities": "markup: 1 row",
        "nested": "invalid geojson: the values are nested too deep",
    },
    "entities.json": {
        "empty": NO_JSON,
        "truncated": NO_JSON,
        "Latin-1": "this is not UTF-8",
        "very long line": INVALID,
        "formula": INVALID,
        "path": PATH,
        "entities": "markup: 1 row",
        "nested": "values are nested too deep",
        "number of 5,000 digits": "a number has too many digits",
    },
    "results.json": {
        "empty": NO_JSON,
        "truncated": NO_JSON,
        "Latin-1": "this is not UTF-8",
        "very long line": INVALID,
        "formula": INVALID,
        "path": PATH,
        "entities": "markup: 1 row",
        "nested": "values are nested too deep",
        "number of 5,000 digits": "a number has too many digits",
    },
    "profile.toml": {
        "empty": r"\[cities\] is missing",
        "truncated": "invalid TOML",
        "Latin-1": "the file is not UTF-8 text",
        "nested": "invalid TOML: the values are nested too deep",
        "number of 5,000 digits": "invalid TOML: a number has too many digits",
        "not a number": "invalid TOML",
    },
}
"""What is said of a defect; where nothing stands, it does no harm."""


def told(path: Path) -> str:
    """What is said of a file: the report, or the error."""
    try:
        match path.suffix:
            case ".json":
                found: Any = read_wikidata(path, as_of="2026")
            case ".toml":
                Profile.load(path)
                return READ
            case _:
                found = read_table(path, profile=PAIR)
    except (fc.DataError, fc.InvalidQueryError) as error:
        return str(error)
    assert not any(cell.startswith(("=", "@")) for cell in found.report.as_csv().split(","))
    said: str = found.report.as_text(None)
    return said


@for_each_case(product(SHAPES, DEFECTS))
def test_what_is_said_of_a_defect(shape: str, defect: str) -> None:
    """One error with the name of the file, or a report that says what became of the row."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / shape
        path.write_bytes(DEFECTS[defect](shape))

        expected = SAID[shape].get(defect, READ)
        assert re.search(expected, told(path), re.DOTALL)


def test_what_is_said_is_about_these() -> None:
    """No shape and no defect is expected that is not there."""
    assert SHAPES.keys() == SAID.keys()
    assert set() == {defect for said in SAID.values() for defect in said} - DEFECTS.keys()
