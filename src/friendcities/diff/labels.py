"""What people call a record."""

from collections.abc import Mapping

from friendcities.model import (
    AnyRecord,
    City,
    CityId,
    Cooperation,
    Memorandum,
    Partnership,
    Source,
    Statistic,
)
from friendcities.model.words import in_words, span

__all__ = ["label_of"]


def label_of(record: AnyRecord, cities: Mapping[str, City]) -> str:
    """What people call a record, its cities by their English names.

    Example:
        >>> import friendcities as fc
        >>> named = {city.id: city for city in fc.cities()}
        >>> label_of(fc.partnership_between("Shanghai", "Dunedin"), named)
        'Dunedin–Shanghai'
    """
    match record:
        case Partnership():
            return _joined(record.cities, cities)
        case Memorandum():
            when = "" if record.signed is None else f", {record.signed}"
            between = _joined(record.cities, cities)
            return f"{between}{', ' if between else ''}{in_words(record.kind)}{when}"
        case Statistic():
            return f"{_name(record.city, cities)}, {in_words(record.measure)}, {span(record.period)}"
        case Cooperation():
            return record.summary
        case Source():
            return record.title
        case _:
            return record.name


def _joined(ids: tuple[CityId, ...], cities: Mapping[str, City]) -> str:
    return "–".join(sorted((_name(id_, cities) for id_ in ids), key=str.casefold))


def _name(id_: CityId, cities: Mapping[str, City]) -> str:
    return cities[id_].name
