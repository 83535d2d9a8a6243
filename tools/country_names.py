"""Make ``src/friendcities/names/country_names.json``: everyday names of countries in many languages.

The tool reads CLDR's names from the package Babel. Their licence is the Unicode licence. The file was made with Babel
2.19.0 (CLDR 47), and with the names that CLDR has changed since Babel 2.6.0 (CLDR 32), such as 터키:

    pip install babel==2.19.0
    pip install --no-deps --target OLD babel==2.6.0
    python tools/country_names.py OLD/babel/locale-data

Each code has its normalised names, joined by ``|``. A language is included if CLDR has names of most countries in this
language. English names, English words and short Latin names are left out.
"""

import json
import sys
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
SHORTEST_LATIN = 3
ENGLISH_WORDS = frozenset({"end", "man", "sin"})
"""Short names of countries in other languages that are English words."""
CONNECTORS = frozenset({"und", "et", "y", "e", "i", "en", "og", "och", "ja", "ve", "es", "a", "dan", "na", "in", "ir"})
"""Words for "and" in many languages. A name with such a word is also known without this word."""
CONTINENTS = frozenset({"africa", "america", "asia", "europe", "oceania"})


def collect_names(*, inherited: bool = True) -> defaultdict[str, set[str]]:
    """The names of each country, by its code, from the names of each locale, with or without those of its parent."""
    codes = {country.alpha_2 for country in pycountry.countries} | {"XK"}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for locale in localedata.locale_identifiers():
        names = {code: str(name) for code, name in localedata.load(locale, inherited).get("territories", {}).items()}
        named = [code for code in codes & names.keys() if names[code] != code]
        if len(named) >= LEAST_NAMES:
            for code in named:
                spellings = {names[code], names[code].translate(WRITTEN_OUT) if locale == "de" else names[code]}
                found[code] |= {key for each in spellings for key in keys(each) if is_useful(key)}
    return found


def keys(name: str) -> Iterator[str]:
    """The normalised forms of a name."""
    words = comparison_key(name).split()
    yield " ".join(words)
    for place, word in enumerate(words[1:-1], 1):
        if word in CONNECTORS:
            yield " ".join(words[:place] + words[place + 1 :])


def is_useful(key: str) -> bool:
    """Whether a name is long enough, and neither an English word nor an English name of a country or continent."""
    english = CONTINENTS | ENGLISH_WORDS | country_names().keys()
    return len(key) >= (SHORTEST_LATIN if key.isascii() else 1) and key not in english


if __name__ == "__main__":
    found = collect_names()
    localedata._dirname = sys.argv[1]  # noqa: SLF001 - Babel has no other way to read another version
    localedata._cache.clear()  # noqa: SLF001
    localedata.locale_identifiers.cache_clear()
    older = collect_names(inherited=False)
    joined = {code: "|".join(sorted(found[code] | older[code])) for code in sorted(found)}
    FILE.write_text(json.dumps(joined, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
