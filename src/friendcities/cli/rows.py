"""Records as rows of a table, and partnerships as JSON with what is derived from them."""

from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.dataset import Dataset
from friendcities.model import City, DateLike, Evidence, Partnership, State, Step

__all__ = [
    "CITY_COLUMNS",
    "CUT",
    "PARTNER_COLUMNS",
    "Tie",
    "best_first",
    "city_json",
    "city_row",
    "first_of",
    "text_of",
    "words_of",
]

CITY_COLUMNS: Final = ("City", "Country", "Level", "Id")
PARTNER_COLUMNS: Final = ("Partner", "Country", "Kind", "Status", "Since", "Sources")
CUT: Final = ("Sources", "Address")
"""The columns of which a beginning will do where there is no room."""


def city_row(city: City) -> tuple[str, ...]:
    """A city as a row."""
    return (city.name, city.country, city.level.value, city.id)


def city_json(city: City) -> dict[str, Any]:
    """A city as JSON, in short."""
    return {"id": city.id, "name": city.name, "country": city.country, "level": city.level.value}


@frozen
class Tie:
    """A partnership as it is shown, seen from one of its cities."""

    city: City
    """From which it is seen."""
    partner: City
    """The city on the other side."""
    partnership: Partnership
    state: State
    """How it stood at the date asked about."""

    @classmethod
    def of(cls, data: Dataset, city: City, partnership: Partnership, on: DateLike | None) -> "Tie":
        """A partnership seen from a city, or from the part of it whose partnership it is."""
        own = city.id
        if own not in partnership.cities:
            parts = {part.id for part in data.parts_of(city)}
            own = next(id_ for id_ in partnership.cities if id_ in parts)
        partner = data.city(partnership.partner_of(own))
        return cls(data.city(own), partner, partnership, partnership.state if on is None else partnership.at(on))

    def row(self) -> tuple[str, ...]:
        """Whom it is with, how it stands, on whose word."""
        return (
            self.partner.name,
            self.partner.country,
            words_of(self.state.kind),
            words_of(self.state.status),
            text_of(self.state.since) or "",
            first_of(self._sources()),
        )

    def as_json(self) -> dict[str, Any]:
        """It as JSON."""
        partnership, state = self.partnership, self.state
        return {
            "partner": city_json(self.partner),
            "city": city_json(self.city),
            "partnership": partnership.id,
            "status": None if state.status is None else state.status.value,
            "kind": state.kind.value,
            "since": text_of(state.since),
            "established": text_of(partnership.established),
            "ended": text_of(partnership.ended),
            "reliability": partnership.reliability.value,
            "disputed": partnership.disputed,
            "last_attested": text_of(partnership.last_attested),
            "sources": self._sources(),
        }

    def _sources(self) -> list[str]:
        steps = self.partnership.steps
        return best_first([*(step for step in steps if step.date == self.state.since), *steps], steps)


def best_first(dating: Iterable[Step], every: Iterable[Step]) -> list[str]:
    """The sources that tell of some steps: those that date a step, in the order of the steps given, then the others.

    Args:
        dating: The steps whose dates matter, in the order in which they do.
        every: The steps to be told of.
    """
    dated = [item for step in dating for item in step.evidence if _tells(item) and "date" in item.supports]
    told = [item for step in every for item in step.evidence if _tells(item)]
    return list(dict.fromkeys(item.source for item in (*dated, *told)))


def first_of(sources: list[str]) -> str:
    """The first source, and how many more there are."""
    first, *others = sources or ["no source"]
    return first + (f" and {len(others)} more" if others else "")


def words_of(value: str | None) -> str:
    """A member of a vocabulary in words."""
    return "" if value is None else value.replace("_", " ")


def text_of(value: object) -> str | None:
    """A value as text, if there is one."""
    return None if value is None else str(value)


def _tells(item: Evidence) -> bool:
    """Whether a source says that it happened."""
    return item.claims.get("action", "") is not None
