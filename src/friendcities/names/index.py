"""What cities are called, folded and indexed."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

from friendcities.model import City, CityId, NameKind
from friendcities.names.normalize import fold_each
from friendcities.names.similarity import Likeness

__all__ = ["Named", "Names"]

_OWN: Final = frozenset({NameKind.OFFICIAL, NameKind.ENDONYM, NameKind.EXONYM})
"""The kinds of names that are a city's own, as its English name is; the others are aliases and names of old."""


class Named(NamedTuple):
    """What a city is called."""

    id: CityId
    name: str
    names: Sequence[tuple[str, str]]
    """Its other names, each with its kind."""

    @classmethod
    def of(cls, city: City) -> "Named":
        """What a city on record is called."""
        return cls(city.id, city.name, [(name.text, name.kind) for name in city.names])


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
        own, others = self.own, self.others
        texts: list[str] = []
        places: list[tuple[dict[str, list[CityId]], CityId]] = []
        for id_, name, names in cities:
            texts.append(name)
            places.append((own, id_))
            for text, kind in names:
                texts.append(text)
                places.append((own if kind in _OWN else others, id_))
        for text, (index, id_) in zip(fold_each(texts), places, strict=True):
            called = index.get(text)
            if called is None:
                index[text] = [id_]
            elif called[-1] != id_:
                called.append(id_)

    def called(self, name: str) -> list[CityId]:
        """The cities of a folded name: those whose own it is or else, if it is no city's own, the others."""
        return self.own.get(name) or self.others.get(name) or []

    @cached_property
    def likeness(self) -> Likeness:
        """The names, ready to be compared with a text."""
        return Likeness({**self.others, **self.own})
