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
    first, *others = _best_first(partnership, state) or ["no source"]
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
        "sources": _best_first(partnership, state),
    }


def _partner(data: Dataset, city: City, partnership: Partnership) -> City:
    """The partner's side: the party that is neither the city nor a part of it."""
    if city.id in partnership.cities:
        return data.city(partnership.partner_of(city.id))
    own = {part.id for part in data.parts_of(city)}
    return data.city(next(id_ for id_ in partnership.cities if id_ not in own))


def _state(partnership: Partnership, on: DateLike | None) -> State:
    return partnership.state if on is None else partnership.at(on)


def _best_first(partnership: Partnership, state: State) -> list[str]:
    """The sources that tell of a partnership: those that date its state, those that date another step, the others."""
    told = [
        (step, item) for step in partnership.steps for item in step.evidence if item.says.get("what", "") is not None
    ]
    dated = [(step, item) for step, item in told if "date" in item.supports]
    ranked = [*(pair for pair in dated if pair[0].date == state.since), *dated, *told]
    return list(dict.fromkeys(item.source for _, item in ranked))


def _words(value: str | None) -> str:
    return "" if value is None else value.replace("_", " ")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
