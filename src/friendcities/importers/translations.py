"""Names of countries in the language of a file: as pycountry has them translated, and as people say."""

import gettext
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from friendcities.names.countries import countries_called
from friendcities.names.normalize import fold

__all__ = ["EVERYDAY", "translated_countries"]

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
_UMLAUTS: Final = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})
"""How umlauts are written where they cannot be."""
EVERYDAY: Final[Mapping[str, Mapping[str, str]]] = {
    "de": {
        "BRD": "DE",
        "Bosnien-Herzegowina": "BA",
        "DDR": "DE",
        "DR Kongo": "CD",
        "Elfenbeinküste": "CI",
        "England": "GB",
        "Großbritannien": "GB",
        "Mazedonien": "MK",
        "Moldawien": "MD",
        "Nordirland": "GB",
        "Palästina": "PS",
        "Russland": "RU",
        "Schottland": "GB",
        "VR China": "CN",
        "Wales": "GB",
        "Weißrussland": "BY",
    },
    "es": {
        "Escocia": "GB",
        "Gales": "GB",
        "Gran Bretaña": "GB",
        "Holanda": "NL",
        "Inglaterra": "GB",
        "Irlanda del Norte": "GB",
        "Palestina": "PS",
        "Rusia": "RU",
    },
    "fr": {
        "Angleterre": "GB",
        "Biélorussie": "BY",
        "Écosse": "GB",
        "Grande-Bretagne": "GB",
        "Hollande": "NL",
        "Irlande du Nord": "GB",
        "Macédoine": "MK",
        "Pays de Galles": "GB",
        "RDC": "CD",
        "Russie": "RU",
    },
    "it": {
        "Galles": "GB",
        "Gran Bretagna": "GB",
        "Inghilterra": "GB",
        "Irlanda del Nord": "GB",
        "Olanda": "NL",
        "Palestina": "PS",
        "Scozia": "GB",
    },
    "nl": {
        "Engeland": "GB",
        "Groot-Brittannië": "GB",
        "Noord-Ierland": "GB",
        "Palestina": "PS",
        "Schotland": "GB",
    },
    "pl": {
        "Anglia": "GB",
        "Kosowo": "XK",
        "Palestyna": "PS",
        "Rosja": "RU",
        "Szkocja": "GB",
    },
}
"""What people call countries, and parts of the United Kingdom, where the translated standard has another name."""


@cache
def translated_countries(language: str) -> Mapping[str, tuple[str, ...]]:
    """The names of countries in a language, folded, each with the codes of all countries that it is said of.

    A name that English has for several countries is that of as many in translation.

    Args:
        language: A tag of BCP 47; a language without translations has no names.

    Example:
        >>> translated_countries("de")["frankreich"], translated_countries("fr-CA")["pologne"]
        (('FR',), ('PL',))
        >>> translated_countries("de")["kongo"], translated_countries("de")["oesterreich"]
        (('CD', 'CG'), ('AT',))
    """
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    called: defaultdict[str, set[str]] = defaultdict(set)
    known = gettext.translation(_DOMAIN, pycountry.LOCALES_DIR, languages=list(_written(language)), fallback=True)
    for country in pycountry.countries:
        for name in filter(None, (getattr(country, key, None) for key in _NAMES)):
            translated = known.gettext(name)
            before, _, after = translated.partition(", ")  # as in "Korea, Republik"
            for each in (translated, f"{after} {before}".strip()) if translated != name else ():
                for spelt in (each, each.translate(_UMLAUTS)):
                    called[fold(spelt)] |= {country.alpha_2, *countries_called(name)}
    for name, code in EVERYDAY.get(language.partition("-")[0].lower(), {}).items():
        for spelt in (name, name.translate(_UMLAUTS)):
            called[fold(spelt)].add(code)
    return {name: tuple(sorted(codes)) for name, codes in called.items()}


def _written(language: str) -> Iterator[str]:
    """A language as the translators write it, and then with fewer parts: the closest first."""
    parts = language.split("-")
    for number in range(len(parts), 0, -1):
        tag = "_".join((parts[0].lower(), *(part.upper() for part in parts[1:number])))
        yield _WRITTEN.get(tag.lower(), tag)
