"""Make ``src/friendcities/names/country_names.json``: everyday names of countries in many languages.

The tool reads CLDR's names from the package Babel. Their licence is the Unicode licence. The file was made with Babel
2.19.0 (CLDR 47):

    pip install babel==2.19.0
    python tools/country_names.py

Each code has its normalised names, joined by ``|``. A language is included if CLDR has names of most countries in this
language. English names and short Latin names are left out.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pycountry
from babel import localedata

from friendcities.names.countries import comparison_key, country_names
from friendcities.names.normalize import WRITTEN_OUT

FILE = Path(__file__).parents[1] / "src" / "friendcities" / "names" / "country_names.json"
LEAST_NAMES = 240
"""The minimum number of country names in an included language."""
SHORTEST_LATIN = 4
CONNECTORS = frozenset({"und", "et", "y", "e", "i", "en", "og", "och", "ja", "ve", "es", "a", "dan", "na", "in", "ir"})
"""Words for "and" in many languages. A name with such a word is also known without this word."""
CONTINENTS = frozenset({"africa", "america", "asia", "europe", "oceania"})


def collect_names() -> dict[str, set[str]]:
    """The names of each country, by its code."""
    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for locale in localedata.locale_identifiers():
        names = {code: str(name) for code, name in localedata.load(locale).get("territories", {}).items()}
        named = [code for code in codes & names.keys() if names[code] != code]
        if len(named) >= LEAST_NAMES:
            for code in named:
                spellings = {names[code], names[code].translate(WRITTEN_OUT) if locale == "de" else names[code]}
                found[code] |= {key for each in spellings for key in keys(each) if is_useful(key)}
    return dict(sorted(found.items()))


def keys(name: str) -> Iterator[str]:
    """The normalised forms of a name."""
    words = comparison_key(name).split()
    yield " ".join(words)
    for place, word in enumerate(words[1:-1], 1):
        if word in CONNECTORS:
            yield " ".join(words[:place] + words[place + 1 :])


def is_useful(key: str) -> bool:
    """Whether a name is long enough, and not an English name of a country or continent."""
    return len(key) >= (SHORTEST_LATIN if key.isascii() else 1) and key not in CONTINENTS | country_names().keys()


if __name__ == "__main__":
    joined = {code: "|".join(sorted(names)) for code, names in collect_names().items()}
    FILE.write_text(json.dumps(joined, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
