"""Cities as points and partnerships as the shortest lines, cut at the antimeridian."""

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyproj
import pytest

import friendcities as fc
from friendcities import Coordinates, Dataset
from friendcities.exporters.geodesics import kilometres_between, line_between
from tests.worlds import a_city, a_tie

GEOD = pyproj.Geod(ellps="WGS84")
"""Another implementation of geodesics, for comparison."""


def at(latitude: float, longitude: float) -> Coordinates:
    """Coordinates."""
    return Coordinates(latitude=latitude, longitude=longitude, point="city")


PAIRS = {
    "far": (at(31.2, 121.5), at(-45.9, 170.5)),
    "east over the antimeridian": (at(31.2, 121.5), at(37.8, -122.4)),
    "west over the antimeridian": (at(37.8, -122.4), at(31.2, 121.5)),
    "over the pole": (at(60.0, 10.0), at(70.0, -170.0)),
    "near": (at(50.0, 8.0), at(50.1, 8.1)),
    "within the southern ocean": (at(-77.8, 166.7), at(-54.8, -68.3)),
}


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_distances_are_those_that_others_measure(pair: tuple[Coordinates, Coordinates]) -> None:
    """PROJ finds the same distance, and the distance back is equal."""
    one, other = pair
    _, _, metres = GEOD.inv(one.longitude, one.latitude, other.longitude, other.latitude)

    assert pytest.approx(metres / 1000, rel=1e-9) == kilometres_between(one, other)
    assert pytest.approx(kilometres_between(other, one), rel=1e-12) == kilometres_between(one, other)


@pytest.mark.parametrize("pair", PAIRS.values(), ids=PAIRS)
def test_lines_are_the_shortest_and_stay_on_the_map(pair: tuple[Coordinates, Coordinates]) -> None:
    """A line has its ends, steps of at most 200 km, the length of the distance, and no jumps."""
    one, other = pair
    pieces = line_between(one, other)
    lengths = [GEOD.inv(*here, *there)[2] for piece in pieces for here, there in pairwise(piece)]

    assert (one.longitude, one.latitude) == pieces[0][0]
    assert (other.longitude, other.latitude) == pieces[-1][-1]
    assert max(lengths) < 200_001
    assert pytest.approx(kilometres_between(one, other), abs=0.01) == sum(lengths) / 1000
    assert all(-180 <= longitude <= 180 and -90 <= latitude <= 90 for piece in pieces for longitude, latitude in piece)
    for piece, after in pairwise(pieces):
        assert {180.0, -180.0} == {piece[-1][0], after[0][0]}
        assert piece[-1][1] == after[0][1]


@pytest.mark.parametrize(("name", "number"), [("far", 1), ("east over the antimeridian", 2), ("over the pole", 1)])
def test_lines_are_cut_where_they_cross_the_antimeridian(name: str, number: int) -> None:
    """A line is cut once for each crossing of the antimeridian."""
    assert number == len(line_between(*PAIRS[name]))


@pytest.mark.parametrize(
    ("one", "other", "ends"),
    [
        (at(0.0, 180.0), at(10.0, -170.0), [(-180.0, 0.0), (-170.0, 10.0)]),
        (at(0.0, -180.0), at(10.0, 170.0), [(180.0, 0.0), (170.0, 10.0)]),
        (at(0.0, 180.0), at(10.0, -180.0), [(180.0, 0.0), (180.0, 10.0)]),
        (at(0.0, 170.0), at(10.0, 180.0), [(170.0, 0.0), (180.0, 10.0)]),
        (at(0.0, 170.0), at(10.0, -180.0), [(170.0, 0.0), (180.0, 10.0)]),
        (at(1.0, 2.0), at(1.0, 2.0), [(1.0 + 1.0, 1.0), (2.0, 1.0)]),
    ],
    ids=["from it eastward", "from it westward", "along it", "to it", "to it by its other name", "nowhere"],
)
def test_lines_that_end_on_the_antimeridian_stay_on_one_side(one: Coordinates, other: Coordinates, ends: Any) -> None:
    """No piece is a single point, and no line goes around the earth."""
    [piece] = line_between(one, other)

    assert ends == [piece[0], piece[-1]]
    assert len(piece) >= 2
    assert all(abs(here[0] - there[0]) < 180 for here, there in pairwise(piece))


SMALL = Dataset(
    [
        a_city("fj-suva", coordinates=at(-18.1, 178.4)),
        a_city("ws-apia", coordinates=at(-13.8, -171.8)),
        a_city("is-vik"),
        a_tie("fj-suva", "ws-apia"),
        a_tie("fj-suva", "is-vik"),
    ]
)


def features(path: Path) -> dict[str, Any]:
    """The features of a file, by id."""
    found = json.loads(path.read_bytes())
    assert "FeatureCollection" == found["type"]
    return {each["id"]: each for each in found["features"]}


def test_geojson_has_points_and_lines(tmp_path: Path) -> None:
    """Cities are points, longitude first; a line across the antimeridian has two pieces."""
    SMALL.to_geo_json(tmp_path / "a.geojson")
    found = features(tmp_path / "a.geojson")

    assert {"type": "Point", "coordinates": [178.4, -18.1]} == found["fj-suva"]["geometry"]
    assert "MultiLineString" == found["fj-suva--ws-apia"]["geometry"]["type"]
    assert "1990-01-01" == found["fj-suva--ws-apia"]["properties"]["since_first"]


def test_what_has_no_place_is_there_without_one(tmp_path: Path) -> None:
    """Cities without coordinates and their partnerships are features without a geometry."""
    SMALL.to_geo_json(tmp_path / "a.geojson")
    found = features(tmp_path / "a.geojson")

    assert {*(city.id for city in SMALL.cities()), *(tie.id for tie in SMALL.partnerships())} == set(found)
    assert [None, None] == [found["is-vik"]["geometry"], found["fj-suva--is-vik"]["geometry"]]


def test_an_answer_needs_no_city_in_it(tmp_path: Path) -> None:
    """The ends of a line come from the dataset; an exported city has its own coordinates."""
    SMALL.to_geo_json(tmp_path / "a.geojson", SMALL.partnerships_of("fj-suva"), on="1995")
    Dataset().to_geo_json(tmp_path / "b.geojson", SMALL.cities())

    assert {"fj-suva--is-vik", "fj-suva--ws-apia"} == set(features(tmp_path / "a.geojson"))
    assert [178.4, -18.1] == features(tmp_path / "b.geojson")["fj-suva"]["geometry"]["coordinates"]


def test_geopandas_has_points_and_lines() -> None:
    """Frames have the columns of the tables and geometries in WGS 84, or none without coordinates."""
    frames = SMALL.to_geopandas()

    assert ["Point", None, "Point"] == [each and each.geom_type for each in frames["cities"].geometry]
    assert [None, "MultiLineString"] == [each and each.geom_type for each in frames["partnerships"].geometry]
    assert "EPSG:4326" == str(frames["cities"].crs) == str(frames["partnerships"].crs)
    assert ["1990", "1990"] == frames["partnerships"]["since"].tolist()


def test_geopandas_of_the_dataset_covers_it() -> None:
    """Every city with coordinates has a point, and every partnership between such cities a valid line."""
    frames = fc.dataset().to_geopandas()

    assert sum(city.coordinates is not None for city in fc.cities()) == frames["cities"].geometry.notna().sum()
    assert all(each.is_valid for each in frames["partnerships"].geometry if each is not None)
    assert len(fc.partnerships()) == len(frames["partnerships"])
