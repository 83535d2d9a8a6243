"""What is true of every document of other people that was right before something in it was changed."""

import copy
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

import friendcities as fc
from friendcities.importers import ImportResult, Profile, read_table, read_wikidata
from tests.endpoints import results, statement, text, uri
from tests.wikidata import EARTH, claim, entity, snak, twinned, when

MAP = Profile.parse(
    '[source]\npublisher = "A lexicon"\nas_of = "2026"\n[cities]\nlevel = "town"\n'
    '[first]\nname = "a"\ncountry_is = "IS"\nlatitude = "first.latitude"\nlongitude = "first.longitude"\n'
    '[second]\nname = "b"\ncountry_is = "FR"\nlatitude = "second.latitude"\nlongitude = "second.longitude"\n'
)
PAGE = {
    "P854": [snak("https://vik.example/lyon")],
    "P1476": [snak({"text": "Bæir", "language": "is"})],
    "P577": [when("+2015-03-01", 10)],
}
CLAIMS = {
    "P625": [claim(snak({"latitude": 63.42, "longitude": -19.0, "globe": EARTH}))],
    "P1566": [claim(snak("3412888"))],
    "P297": [claim(snak("IS"))],
}
TIE = twinned("Q902", when("+1994-10-21"), when("+2010-00-00", 9), id="Q901$1", references=[{"snaks": PAGE}])
ENTITIES = [
    entity("Q901", "Vik", "Q189", TIE, claims=CLAIMS, aliases={"en": [{"value": "Vik i Myrdal"}]}),
    entity("Q902", "Lyon", "Q142"),
]
KNOWN = {
    "itemLabel": text("Vik"),
    "itemCountry": text("IS"),
    "itemPoint": text("Point(-19.0 63.42)"),
    "partnerLabel": text("Lyon"),
    "partnerCountry": text("FR"),
    "start": text("1994-10-21T00:00:00Z"),
    "startPrecision": text("11"),
    "reference": uri("Q5-ref"),
    "referenceAddress": text("https://vik.example/"),
    "referenceTitle": text("Bæir", "is"),
    "referencePublished": text("2015-03-01T00:00:00Z"),
}
LINE = {
    "type": "Feature",
    "properties": {"a": "Vík", "b": "Lyon"},
    "geometry": {"type": "LineString", "coordinates": [[-19.0, 63.4], [4.84, 45.76]]},
}
DOCUMENTS: dict[str, Any] = {
    "entities.json": {"entities": {each["id"]: each for each in ENTITIES}},
    "dump.json": ENTITIES,
    "results.json": json.loads(results(statement(1, "Q901", "Q902", **KNOWN))),
    "map.geojson": {"type": "FeatureCollection", "features": [LINE]},
}
DEEP: Any = json.loads("[" * 200 + "]" * 200)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text()
ODD = st.recursive(
    PLAIN, lambda each: st.lists(each) | st.dictionaries(st.text(), each), max_leaves=5
) | st.sampled_from(
    [10**4000, "\ud800", "\x07", "x" * 100_000, "https://[", "Q901", "+9999-99-99T00:00:00Z", DEEP, {"value": DEEP}]
)


def places(plain: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Where a value stands in a document: the document itself, and whatever is in it."""
    yield path
    inside = plain.items() if isinstance(plain, dict) else enumerate(plain) if isinstance(plain, list) else ()
    for key, value in inside:
        yield from places(value, (*path, key))


def changed(plain: Any, path: tuple[str | int, ...], value: Any) -> Any:
    """A document with another value in one place."""
    if not path:
        return value
    made = copy.deepcopy(plain)
    found = made
    for key in path[:-1]:
        found = found[key]
    found[path[-1]] = value
    return made


PLACES = [(name, path) for name, plain in DOCUMENTS.items() for path in places(plain)]


def read(path: Path) -> ImportResult:
    """What is read of a file."""
    return read_table(path, profile=MAP) if path.suffix == ".geojson" else read_wikidata(path, as_of="2026")


@given(st.sampled_from(PLACES), ODD)
@example(("map.geojson", ()), 5)
@example(("map.geojson", ("features", 0)), 5)
def test_no_value_breaks_the_reader(place: tuple[str, tuple[str | int, ...]], value: Any) -> None:
    """Whatever stands in a place of a document, it is refused, or read, told in every form, saved and loaded."""
    name, path = place
    with tempfile.TemporaryDirectory() as folder:
        file, made = Path(folder, name), Path(folder, "made")
        file.write_text(json.dumps(changed(DOCUMENTS[name], path, value)), encoding="utf-8")
        try:
            found = read(file)
        except (fc.DataError, fc.InvalidQueryError):
            return
        found.dataset.save(made)

        assert found.dataset == fc.Dataset.load(made)
        assert found.report.total == len(json.loads(found.report.as_json())["rows"])
        assert found.report.as_text(None).startswith((f"{found.report.total:,} rows: ", "1 row: "))
        assert found.report.as_csv().startswith("row,outcome,")


def test_the_documents_are_right() -> None:
    """Before anything is changed, each document tells of one partnership."""
    with tempfile.TemporaryDirectory() as folder:
        for name, plain in DOCUMENTS.items():
            file = Path(folder, name)
            file.write_text(json.dumps(plain), encoding="utf-8")

            assert ["fr-lyon--is-vik"] == [tie.id for tie in read(file).dataset.partnerships()]
