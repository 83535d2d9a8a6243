"""What cities are called, folded and indexed."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from friendcities.model import City, CityId, NameKind
from friendcities.names.folding import fold_each
from friendcities.names.likeness import Likeness

__all__ = ["Named", "Names"]

_OWN: Final = frozenset({NameKind.OFFICIAL, NameKind.ENDONYM, NameKind.EXONYM})
"""The kinds of names that are a city's own, as its English name is; the others are aliases and names of old."""


class Named(NamedTuple):
    """What a city is called."""

    id: CityId
    name: str
    names: Sequence[tuple[str, str]]
    """Its other names, each with its kind."""
    wikidata: str | None

    @classmethod
    def of(cls, city: City) -> "Named":
        """What a city on record is called."""
        names = [(name.text, name.kind) for name in city.names]
        return cls(city.id, city.name, names, city.identifiers.get("wikidata"))


class Names:
    """The names of some cities, folded: which of them each is the name of, in their order.

    Args:
        cities: What each is called.
    """

    def __init__(self, cities: Iterable[Named]) -> None:
        self.own: dict[str, list[CityId]] = {}
        """The names that are a city's own."""
        self.others: dict[str, list[CityId]] = {}
        """Aliases, and names of old."""
        self.wikidata: dict[str, list[CityId]] = {}
        """Wikidata ids."""
        texts: list[str] = []
        places: list[tuple[dict[str, list[CityId]], CityId]] = []
        for city in cities:
            texts.append(city.name)
            places.append((self.own, city.id))
            for text, kind in city.names:
                texts.append(text)
                places.append((self.own if kind in _OWN else self.others, city.id))
            if city.wikidata is not None:
                self.wikidata.setdefault(city.wikidata, []).append(city.id)
        for text, (index, id_) in zip(fold_each(texts), places, strict=True):
            called = index.setdefault(text, [])
            if id_ not in called[-1:]:
                called.append(id_)

    def called(self, name: str) -> list[CityId]:
        """The cities of a folded name: those whose own it is or else, if it is no city's own, the others."""
        return self.own.get(name) or self.others.get(name) or []

    @cached_property
    def likeness(self) -> Likeness:
        """The names, ready to be compared with a text."""
        return Likeness({**self.others, **self.own})
