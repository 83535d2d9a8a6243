"""Names of countries in the language of a file, as pycountry has them translated."""

import gettext
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from friendcities.names.folding import fold

__all__ = ["translated_countries"]

_DOMAIN: Final = "iso3166-1"
_NAMES: Final = ("name", "common_name", "official_name")
_WRITTEN: Final[Mapping[str, str]] = {
    "nb": "nb_NO",
    "no": "nb_NO",
    "sr_latn": "sr@latin",
    "zh": "zh_CN",
    "zh_hans": "zh_CN",
    "zh_hant": "zh_TW",
}
"""What the translators call a language where that is not its tag."""


@cache
def translated_countries(language: str) -> Mapping[str, tuple[str, ...]]:
    """The names of countries in a language, folded, each with the codes of all countries that it is said of.

    Args:
        language: A tag of BCP 47; a language without translations has no names.

    Example:
        >>> translated_countries("de")["frankreich"], translated_countries("fr-CA")["pologne"]
        (('FR',), ('PL',))
    """
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    called: defaultdict[str, set[str]] = defaultdict(set)
    known = gettext.translation(_DOMAIN, pycountry.LOCALES_DIR, languages=list(_written(language)), fallback=True)
    for country in pycountry.countries:
        for name in filter(None, (getattr(country, key, None) for key in _NAMES)):
            translated = known.gettext(name)
            before, _, after = translated.partition(", ")  # as in "Korea, Republik"
            for each in (translated, f"{after} {before}".strip()) if translated != name else ():
                called[fold(each)].add(country.alpha_2)
    return {name: tuple(sorted(codes)) for name, codes in called.items()}


def _written(language: str) -> Iterator[str]:
    """A language as the translators write it, and then with fewer parts: the closest first."""
    parts = language.split("-")
    for number in range(len(parts), 0, -1):
        tag = "_".join((parts[0].lower(), *(part.upper() for part in parts[1:number])))
        yield _WRITTEN.get(tag.lower(), tag)
