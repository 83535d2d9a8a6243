"""Languages that people name."""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from friendcities.authoring.reading.refusing import refuse_name
from friendcities.model.grammar import LANGUAGE
from friendcities.names.normalize import fold

__all__ = ["read_language"]


def read_language(text: str) -> str:
    """The tag of a language given by tag or English name.

    Raises:
        InvalidQueryError: If no language is called so; ``candidates`` are the names that come near.

    Example:
        >>> read_language("Chinese"), read_language("pt-br"), read_language("traditional Chinese")
        ('zh', 'pt-BR', 'zh-Hant')
    """
    named = _languages().get(fold(text))
    if named is not None:
        return named
    primary, *others = re.split("[-_]", text.strip())
    shortest = _languages().get(primary.lower(), "") if len(primary) in {2, 3} else ""
    tag = "-".join([shortest, *map(_tag_part, others)])
    if shortest and LANGUAGE.matches(tag):
        return tag
    return refuse_name("language", text, _languages(), "write its English name, or a tag like 'pt' or 'zh-Hans'")


def _tag_part(text: str) -> str:
    """A part of a language tag in its recommended case: scripts in title case, regions in capitals."""
    script, region = 4, 2
    return text.title() if len(text) == script else text.upper() if len(text) == region else text.lower()


_EVERYDAY_LANGUAGES: Final = {
    "cantonese": "yue",
    "farsi": "fa",
    "flemish": "nl",
    "greek": "el",
    "mandarin": "zh",
    "simplified chinese": "zh-Hans",
    "traditional chinese": "zh-Hant",
}
"""Names of languages that people use and pycountry lacks."""


@cache
def _languages() -> Mapping[str, str]:
    """Every name and code of a language, with the shortest tag of it."""
    import pycountry  # noqa: PLC0415 - it takes longer to import than most answers take

    found: dict[str, str] = {}
    known: Any = pycountry.languages
    for language in sorted(known, key=lambda each: not hasattr(each, "alpha_2")):  # those with two letters first
        tag = getattr(language, "alpha_2", language.alpha_3)
        names = [getattr(language, key, "") for key in ("alpha_2", "alpha_3", "name", "common_name")]
        for name in (*names, names[2].partition(" (")[0]):
            found.setdefault(fold(name), tag)
    del found[""]
    return found | _EVERYDAY_LANGUAGES
