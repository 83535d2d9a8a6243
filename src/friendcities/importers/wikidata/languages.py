"""Wikimedia's codes for languages as BCP 47 tags."""

from typing import Final

from friendcities.model.grammar import is_language

__all__ = ["language_tag"]

_OTHERS: Final = {
    "als": "gsw",
    "bat-smg": "sgs",
    "cbk-zam": "cbk-x-zam",
    "fiu-vro": "vro",
    "map-bms": "jv-x-bms",
    "no": "nb",
    "nrm": "nrf",
    "roa-rup": "rup",
    "roa-tara": "nap-x-tara",
    "simple": "en-x-simple",
    "sr-ec": "sr-Cyrl",
    "sr-el": "sr-Latn",
    "zh-classical": "lzh",
    "zh-min-nan": "nan",
    "zh-yue": "yue",
}
"""The codes that are no tags, or the tag of something else."""
_SCRIPT, _COUNTRY = 4, 2
"""How many letters the parts of a tag have that name a script or a country."""
_PRIVATE: Final = frozenset({"formal", "informal"})


def language_tag(code: str) -> str | None:
    """The tag of a language that Wikimedia has a code for; ``None`` where it is none.

    Example:
        >>> language_tag("zh-hant"), language_tag("pt-br"), language_tag("als"), language_tag("?")
        ('zh-Hant', 'pt-BR', 'gsw', None)
    """
    first, *rest = code.lower().split("-")
    parts = [part.title() if len(part) == _SCRIPT else part.upper() if len(part) == _COUNTRY else part for part in rest]
    marked = [f"x-{part}" if part in _PRIVATE else part for part in parts]
    tag = _OTHERS.get(code.lower(), "-".join((first, *marked)))
    return tag if is_language(tag) else None
