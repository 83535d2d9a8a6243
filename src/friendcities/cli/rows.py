"""Records as rows of a table, and partnerships as JSON with what is derived from them."""

from typing import Any

from friendcities.collection import Dataset
from friendcities.model import City, DateLike, Partnership, State

__all__ = ["CITY_COLUMNS", "PARTNER_COLUMNS", "city_row", "partner_json", "partner_row"]

CITY_COLUMNS = ("City", "Country", "Level", "Id")
PARTNER_COLUMNS = ("Partner", "Country", "Kind", "Status", "Since", "Sources")


def city_row(city: City) -> tuple[str, ...]:
    """A city as a row."""
    return (city.name, city.country, city.level.value, city.id)


def partner_row(data: Dataset, city: City, partnership: Partnership, on: DateLike | None) -> tuple[str, ...]:
    """A partnership as a row, seen from one of its cities: with whom, how it stands, on whose word."""
    partner = _partner(data, city, partnership)
    state = _state(partnership, on)
    first, *others = _best_first(partnership) or ["no source"]
    since = "" if state.since is None else str(state.since)
    sources = first + (f" and {len(others)} more" if others else "")
    return (partner.name, partner.country, _words(state.kind), _words(state.status), since, sources)


def partner_json(data: Dataset, city: City, partnership: Partnership, on: DateLike | None) -> dict[str, Any]:
    """A partnership as JSON, seen from one of its cities."""
    partner = _partner(data, city, partnership)
    state = _state(partnership, on)
    return {
        "partner": {"id": partner.id, "name": partner.name, "country": partner.country, "level": partner.level.value},
        "partnership": partnership.id,
        "status": None if state.status is None else state.status.value,
        "kind": state.kind.value,
        "since": _text(state.since),
        "established": _text(partnership.established),
        "ended": _text(partnership.ended),
        "assurance": partnership.assurance.value,
        "disputed": partnership.disputed,
        "last_attested": _text(partnership.last_attested),
        "sources": _best_first(partnership),
    }


def _partner(data: Dataset, city: City, partnership: Partnership) -> City:
    """The partner's side: the party that is neither the city nor a part of it."""
    own = {city.id, *(part.id for part in data.parts_of(city))}
    return data.city(next((id_ for id_ in partnership.cities if id_ not in own), partnership.cities[1]))


def _state(partnership: Partnership, on: DateLike | None) -> State:
    return partnership.state if on is None else partnership.at(on)


def _best_first(partnership: Partnership) -> list[str]:
    """The sources of a partnership, those that support the date of a step before the others."""
    evidence = [item for step in partnership.steps for item in step.evidence]
    dated = [item.source for item in evidence if "date" in item.supports]
    return list(dict.fromkeys([*dated, *(item.source for item in evidence)]))


def _words(value: str | None) -> str:
    return "" if value is None else value.replace("_", " ")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
