"""Random changes of valid inputs: every reader answers, or raises an error of the package, and soon.

The documents are drawn from a seed. ``FUZZ_SECONDS=3600 FUZZ_SEED=7 pytest tests/unit/test_fuzzing.py`` draws others,
and more of them; by default all readers together have thirty seconds of processor time.
"""

import io
import json
import os
import random
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import pyarrow as pa
import pytest
from pyarrow import parquet

import friendcities as fc
from friendcities.codec.reader import read_text
from friendcities.datasets.dataset import Dataset
from friendcities.importers import Profile, read_table, read_wikidata, suggest_profile
from friendcities.model import RECORD_TYPES
from tests.documents import DOCUMENTS
from tests.endpoints import results, statement
from tests.tables import COLUMNS, PAIRS
from tests.unit.test_import_limits import pack

SECONDS: Final = float(os.environ.get("FUZZ_SECONDS", "30"))
SEED: Final = os.environ.get("FUZZ_SEED", "1")
SLOWEST: Final = 5.0
"""The processor time of one document, in seconds."""
ROW: Final = ("Vík", "Iceland", "63.4", "-19", "Lyon", "France", "", "")
VALUES: Final[tuple[Any, ...]] = (
    *(None, True, 0, -1, 1.5, 1e308, 10**39, 10**400, "", " ", "x", "NA", "é", "\u0301" * 40, "\x00", "\ud800"),
    *(
        "1994-13-45",
        "9999",
        "0000",
        "=1+1",
        "a" * 10_000,
        "Q1",
        "nz-dunedin",
        "cn-shanghai--nz-dunedin",
        "<b>",
        "::error::",
    ),
    *([], {}, [[]], [{}], {"": {}}, {"id": "x"}, [None] * 50, {"a.b[0]": 1}),
)
TOKENS: Final = (
    *(
        b"",
        b"\0",
        b"\xff",
        b'"',
        b"'",
        b",",
        b";",
        b"\t",
        b"\n",
        b"\r",
        b"<",
        b">",
        b"&",
        b"[",
        b"]",
        b"{",
        b"}",
        b"=",
        b"%",
    ),
    *(
        b"<!--",
        b"]]>",
        b"<row>",
        b"&#0;",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"1e999",
        b"NaN",
        b"9" * 500,
        b"../",
        b"\x1b[31m",
    ),
)
GRAPH: Final = "".join(f'[{end}]\nname = "{end}"\ncountry_is = "NZ"\n' for end in ("first", "second"))
GRAPHML: Final = (
    '<graphml><key id="d" for="edge" attr.name="since"><default>1990</default></key><graph><node id="a"/>'
    '<node id="b"/><edge source="a" target="b"><data key="d">1994</data></edge></graph></graphml>'
)
GEXF: Final = (
    '<gexf><graph><attributes class="node"><attribute id="0" title="land"/></attributes><nodes><node id="a" label="A">'
    '<attvalues><attvalue for="0" value="NZ"/></attvalues></node></nodes><edges><edge source="a" target="b"/></edges>'
    "</graph></gexf>"
)
GEOJSON: Final = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"first": "A", "second": "B"},
            "geometry": {"type": "LineString", "coordinates": [[170.5, -45.9], [121.5, 31.2]]},
        }
    ],
}
ENTITY: Final = {
    "id": "Q133073",
    "modified": "2026-01-31T08:00:00Z",
    "labels": {"en": {"language": "en", "value": "Dunedin"}},
    "claims": {
        "P17": [
            {"mainsnak": {"snaktype": "value", "datavalue": {"value": {"id": "Q664"}, "type": "wikibase-entityid"}}}
        ],
        "P190": [
            {
                "id": "Q133073$1",
                "rank": "normal",
                "mainsnak": {
                    "snaktype": "value",
                    "datavalue": {"value": {"id": "Q8686"}, "type": "wikibase-entityid"},
                },
                "qualifiers": {
                    "P580": [
                        {
                            "snaktype": "value",
                            "datavalue": {"value": {"time": "+1994-10-21T00:00:00Z", "precision": 11}, "type": "time"},
                        }
                    ]
                },
                "references": [
                    {"snaks": {"P854": [{"snaktype": "value", "datavalue": {"value": "https://x.example"}}]}}
                ],
            }
        ],
    },
}


def change_value(value: Any, draw: random.Random) -> Any:
    """Replace, remove or repeat some values in plain JSON values."""
    if draw.random() < 0.05:
        return draw.choice(VALUES)
    if isinstance(value, dict):
        changed = {key: change_value(item, draw) for key, item in value.items() if draw.random() > 0.03}
        return changed | ({str(draw.choice(VALUES))[:50]: draw.choice(VALUES)} if draw.random() < 0.05 else {})
    if isinstance(value, list):
        return [change_value(item, draw) for item in value for _ in range(1 if draw.random() > 0.05 else 3)]
    return value


def change_bytes(data: bytes, draw: random.Random) -> bytes:
    """Replace, remove or insert some bytes."""
    for _ in range(draw.randint(1, 6)):
        start = draw.randrange(len(data) + 1)
        end = start + draw.choice((0, 0, 1, 1, 5, 50))
        piece = draw.choice((*TOKENS, data[start : start + draw.randint(0, 60)], bytes([draw.randrange(256)])))
        data = data[:start] + piece * draw.choice((1, 1, 1, 2, 100)) + data[end:]
    return data


def change_json(value: Any, draw: random.Random) -> bytes:
    """Change plain values, and rarely their text."""
    data = json.dumps(change_value(value, draw)).encode()
    return change_bytes(data, draw) if draw.random() < 0.2 else data


def change_workbook(data: bytes, draw: random.Random) -> bytes:
    """Change the parts of a workbook, and rarely the archive itself."""
    if draw.random() < 0.2:
        return change_bytes(data, draw)
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            part = before.read(name)
            after.writestr(name, change_bytes(part, draw) if draw.random() < 0.3 else part)
    return packed.getvalue()


@cache
def make_workbook() -> bytes:
    """A workbook with one partnership."""
    with TemporaryDirectory() as folder:
        return pack(Path(folder, "a.xlsx")).read_bytes()


@cache
def make_parquet() -> bytes:
    """A Parquet file with one partnership."""
    written = io.BytesIO()
    parquet.write_table(pa.table({name: [cell] for name, cell in zip(COLUMNS, ROW, strict=True)}), written)
    return written.getvalue()


def read_any_table(path: Path) -> None:
    """Read a table, and propose a profile for it."""
    is_graph = path.suffix in {".graphml", ".gexf", ".geojson", ".edgelist"}
    profile = Profile.parse(f'{GRAPH}[cities]\nlevel = "town"\n') if is_graph else PAIRS
    with suppress(fc.FriendcitiesError):
        suggest_profile(path)
    read_table(path, profile=profile, publisher="A lexicon", as_of="2026").report.as_text()


def read_profile(path: Path) -> None:
    """Read a profile."""
    Profile.load(path)


def read_entities(path: Path) -> None:
    """Read a file of Wikidata."""
    read_wikidata(path, as_of="2026").report.as_text()


def read_record(path: Path) -> None:
    """Read a text as a record of each type."""
    for cls in RECORD_TYPES.values():
        with suppress(fc.FriendcitiesError):
            read_text(cls, "nz-dunedin", path.read_bytes())


CSV: Final = "\n".join([",".join(COLUMNS), ",".join(ROW), ",".join(reversed(ROW))]).encode()
WHOLE: Final = {
    "friendcities": 1,
    "cities": {"nz-dunedin": {"name": "Dunedin", "country": "NZ", "level": "municipality"}},
}
READERS: Final[dict[str, tuple[str, Callable[[Path], object], Callable[[random.Random], bytes]]]] = {
    "record": ("a.json", read_record, lambda draw: change_json(draw.choice([*DOCUMENTS.values()])[1], draw)),
    "dataset": ("a.json", Dataset.load, lambda draw: change_json(WHOLE, draw)),
    "wikidata": ("a.json", read_entities, lambda draw: change_json(ENTITY, draw)),
    "sparql": (
        "a.json",
        read_entities,
        lambda draw: change_json(json.loads(results(statement(1), statement(2))), draw),
    ),
    "csv": ("a.csv", read_any_table, lambda draw: change_bytes(CSV, draw)),
    "edge list": ("a.edgelist", read_any_table, lambda draw: change_bytes(b"a\tb\t1\nc\td\n", draw)),
    "geojson": ("a.geojson", read_any_table, lambda draw: change_json(GEOJSON, draw)),
    "graphml": ("a.graphml", read_any_table, lambda draw: change_bytes(GRAPHML.encode(), draw)),
    "gexf": ("a.gexf", read_any_table, lambda draw: change_bytes(GEXF.encode(), draw)),
    "workbook": ("a.xlsx", read_any_table, lambda draw: change_workbook(make_workbook(), draw)),
    "parquet": ("a.parquet", read_any_table, lambda draw: change_bytes(make_parquet(), draw)),
    "profile": ("a.toml", read_profile, lambda draw: change_bytes(GRAPH.encode(), draw)),
}
"""For each reader, the name of its file, a function that reads the file, and one that makes a document."""


FEWEST: Final = 50
"""The fewest documents that each reader must get in its time."""


@pytest.mark.slow
@pytest.mark.parametrize("name", READERS)
def test_any_document_is_read_or_refused(
    name: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """No document ends a reader with another error, or takes long. The summary has the number of documents."""
    file, read, make = READERS[name]
    draw = random.Random(f"{SEED} {name}")  # noqa: S311 - documents, not secrets
    left, number = SECONDS / len(READERS), 0
    while number < FEWEST or left > 0:
        number += 1
        content = make(draw)
        (tmp_path / file).write_bytes(content)
        start = time.process_time()
        try:
            with suppress(fc.FriendcitiesError):
                read(tmp_path / file)
        except Exception as error:  # noqa: BLE001 - reported with the document  # pragma: no cover
            pytest.fail(f"document {number} of seed {SEED}: {type(error).__name__}: {error}: {content[:2000]!r}")
        used = time.process_time() - start
        assert used < SLOWEST, content[:2000]
        left -= used if number > 1 else 0  # the first document loads tables and libraries
    record_property("documents", number)
