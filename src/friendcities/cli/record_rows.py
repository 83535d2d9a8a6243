"""Cities and partnerships as rows of tables and as JSON."""

from collections.abc import Iterable
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.dataset import Dataset
from friendcities.model import City, DateLike, Evidence, Partnership, State, Step

CITY_COLUMNS: Final = ("City", "Country", "Level", "Id")
PARTNER_COLUMNS: Final = ("Partner", "Country", "Kind", "Status", "Established", "Status since", "Sources")


def city_row(city: City) -> tuple[str, ...]:
    """A city as a row of ``CITY_COLUMNS``."""
    return (city.name, city.country, city.level.value, city.id)


def city_json(city: City) -> dict[str, Any]:
    """A short form of a city as JSON."""
    return {"id": city.id, "name": city.name, "country": city.country, "level": city.level.value}


@frozen
class PartnerRow:
    """A partnership as seen from one of its cities, at a date."""

    city: City
    partner: City
    partnership: Partnership
    state: State

    @classmethod
    def from_city(cls, data: Dataset, city: City, partnership: Partnership, on: DateLike | None) -> "PartnerRow":
        """A partnership as seen from a city, or from the part of it that has the partnership."""
        own = city.id
        if own not in partnership.cities:
            parts = {part.id for part in data.parts_of(city)}
            own = next(id_ for id_ in partnership.cities if id_ in parts)
        partner = data.city(partnership.partner_of(own))
        return cls(data.city(own), partner, partnership, partnership.state if on is None else partnership.at(on))

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of ``PARTNER_COLUMNS``."""
        state, partnership = self.state, self.partnership
        return (
            self.partner.name,
            self.partner.country,
            value_in_words(state.kind),
            value_in_words(state.status) + (", disputed" if partnership.disputed else ""),
            text_or_none(partnership.established) or "",
            text_or_none(state.since) or "",
            first_publisher(partnership, self._sources),
        )

    def to_json(self) -> dict[str, Any]:
        """The partnership as JSON, with its derived values."""
        partnership, state = self.partnership, self.state
        return {
            "partner": city_json(self.partner),
            "city": city_json(self.city),
            "partnership": partnership.id,
            "status": None if state.status is None else state.status.value,
            "kind": state.kind.value,
            "since": text_or_none(state.since),
            "established": text_or_none(partnership.established),
            "ended": text_or_none(partnership.ended),
            "reliability": partnership.reliability.value,
            "disputed": partnership.disputed,
            "last_attested": text_or_none(partnership.last_attested),
            "sources": self._sources,
        }

    @property
    def _sources(self) -> list[str]:
        steps = self.partnership.steps
        return with_dating_sources_first([*(step for step in steps if step.date == self.state.since), *steps], steps)


def with_dating_sources_first(dated_steps: Iterable[Step], steps: Iterable[Step]) -> list[str]:
    """The sources of some steps: first those that support the date of a step, in the order of ``dated_steps``."""
    dating = [item for step in dated_steps for item in _affirming(step) if "date" in item.supports]
    others = [item for step in steps for item in _affirming(step)]
    return list(dict.fromkeys(item.source for item in (*dating, *others)))


def first_publisher(partnership: Partnership, sources: list[str]) -> str:
    """The publisher of the first of some sources, and the number of the others."""
    if not sources:
        return "no source"
    publisher = partnership.source(sources[0]).publisher
    return publisher if len(sources) == 1 else f"{publisher} and {len(sources) - 1} more"


def value_in_words(value: str | None) -> str:
    """A value of a vocabulary in words."""
    return "" if value is None else value.replace("_", " ")


def text_or_none(value: object) -> str | None:
    """A value as text, unless it is ``None``."""
    return None if value is None else str(value)


def _affirming(step: Step) -> Iterable[Evidence]:
    """The evidence of a step that does not deny it."""
    return (item for item in step.evidence if not item.denies)
