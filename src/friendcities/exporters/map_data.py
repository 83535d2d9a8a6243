"""Partnerships as the map of the documentation and of ``friendcities map`` reads them.

How each partnership stood on which day is worked out here, by the rules of the library; the map only looks it up.
Lists stand for records, since there may be many of them:

* a city is its id, its name, the code of its country, its place (latitude, longitude and whether that is the point on
  record, 0 or 1; or nothing), its other names;
* a source is its id, its publisher, its title, its date, its address (or nothing);
* a partnership is its two cities, its reliability, whether it is disputed (0 or 1), the date that puts it in order (or
  nothing), its states by day (the day from which each is shown, its status, kind and date), its state after the last
  step (or nothing, where that is the last of them), and its sources. Cities and sources are told by their place in the
  lists.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

from friendcities.datasets.partnership_questions import Dataset
from friendcities.errors import UnknownPartnershipError
from friendcities.exporters.places import place_of
from friendcities.model import City, CityId, Partnership, PartnershipKind, Reliability, Source, SourceId, State, Status
from friendcities.model.history import in_force_from

__all__ = ["map_data"]

_VOCABULARY: Final = {
    "status": ["active", "proposed", "unconfirmed", "suspended", "ended"],
    "kind": [kind.value for kind in PartnershipKind],
    "reliability": [reliability.value for reliability in Reliability],
}
"""What the map is filtered by, in the order in which it is offered."""
_LAST: Final = (9999, 12, 31)


def map_data(
    data: Dataset,
    partnerships: Iterable[Partnership],
    opens: Mapping[str, Any],
    links: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Partnerships for a map.

    Args:
        data: The dataset that they are from.
        partnerships: The partnerships.
        opens: The view that the map opens with: ``city`` (an id; without one, all), ``on``, and the values of
            ``status``, ``kind`` and ``reliability`` that are let through (without them: active ones of all sorts).
        links: The folders of the pages of ``cities`` and ``sources``; without them, nothing leads to such pages.

    Raises:
        UnknownPartnershipError: If there are none; a map needs some to have a beginning and an end.

    Example:
        >>> import friendcities as fc
        >>> tie = fc.partnership_between("Dunedin", "Shanghai")
        >>> made = map_data(fc.dataset(), [tie], {"city": "cn-shanghai"})
        >>> made["ties"][0][5], made["years"]
        ([['1994-10-21', 'active', 'sister_city', '1994-10-21']], {'first': 1994, 'last': 1994})
    """
    ordered = sorted(partnerships, key=lambda each: _order(data, each))
    cities: dict[CityId, int] = {}
    sources: dict[SourceId, int] = {}
    ties = [_tie(each, cities, sources) for each in ordered]
    years = sorted({int(day[:4]) for tie in ties for day, *_ in tie[5]})
    if not years:
        message = "there is no partnership to draw, or no date by which to draw one"
        raise UnknownPartnershipError(message, tuple(ordered))
    shown = [data.city(id_) for id_ in cities]
    return {
        "cities": [_city(data, city) for city in shown],
        "countries": dict(sorted(((city.country, city.country_name) for city in shown), key=lambda each: each[1])),
        "sources": [_source(data.source(id_)) for id_ in sources],
        "ties": ties,
        "years": {"first": years[0], "last": years[-1]},
        "vocabulary": _VOCABULARY,
        "opens": {"status": ["active"], **opens},
        "links": None if links is None else dict(links),
    }


def _order(data: Dataset, partnership: Partnership) -> tuple[Any, ...]:
    """The earliest first, undated ones last, then by the names of the cities."""
    from_ = in_force_from(partnership.steps)
    names = [data.city(id_).name for id_ in partnership.cities]
    return (_LAST if from_ is None else from_.order, names, partnership.id)


def _city(data: Dataset, city: City) -> list[Any]:
    place = place_of(data, city)
    at = None if place is None else [place.latitude, place.longitude, int(place.exact)]
    others = dict.fromkeys(name.text for name in city.names if name.text != city.name)
    return [city.id, city.name, city.country, at, list(others)]


def _source(source: Source) -> list[Any]:
    day = str(source.published or source.as_of)
    return [source.id, source.publisher, source.title, day, source.address or source.archived]


def _tie(partnership: Partnership, cities: dict[CityId, int], sources: dict[SourceId, int]) -> list[Any]:
    one, other = (cities.setdefault(id_, len(cities)) for id_ in partnership.cities)
    days: list[list[str | None]] = []
    for day, state in partnership.states_by_day:
        told = _state(state)
        if not days or days[-1][1:] != told:
            days.append([date.fromordinal(day).isoformat(), *told])
    now = _state(partnership.state)
    cited = dict.fromkeys(item.source for step in partnership.steps for item in step.evidence)
    from_ = in_force_from(partnership.steps)
    return [
        one,
        other,
        partnership.reliability.value,
        int(partnership.disputed),
        None if from_ is None else str(from_),
        days,
        None if days and days[-1][1:] == now else now,
        [sources.setdefault(id_, len(sources)) for id_ in cited],
    ]


def _state(state: State) -> list[str | None]:
    status: Status | None = state.status
    return [
        None if status is None else status.value,
        state.kind.value,
        None if state.since is None else str(state.since),
    ]
