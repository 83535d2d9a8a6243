"""What there is to doubt about the places of a file once all of its rows are known."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.match_places import Place
from friendcities.importers.nearness import Near
from friendcities.model.record import short
from friendcities.names.normalize import fold

__all__ = ["doubts_about"]

_MOST_NAMED: Final = 3
_UMLAUTS: Final = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))
"""What some write for ä, ö, ü and å, and what these fold to."""


def doubts_about(mentioned: Mapping[Place, Sequence[int]]) -> dict[int, list[Remark]]:
    """What there is to say of places, by the first row that names the place.

    Args:
        mentioned: The places, and the numbers of the rows that name them.
    """
    found: defaultdict[int, list[Remark]] = defaultdict(list)
    for place, remark in (*_at_one_point(mentioned), *_alike(mentioned)):
        found[mentioned[place][0]].append(remark)
    return dict(found)


def _at_one_point(mentioned: Mapping[Place, object]) -> Iterator[tuple[Place, Remark]]:
    """Places that have their point in common with another."""
    at: dict[tuple[float, float], list[Place]] = defaultdict(list)
    for place in mentioned:
        if place.point is not None:
            at[place.point].append(place)
    for places in at.values():
        for place, others in _among(places):
            yield place, Remark(Reason.COORDINATES_SHARED, f"{short(place.name)} is said to lie where {others} lies")


def _alike(mentioned: Mapping[Place, object]) -> Iterator[tuple[Place, Remark]]:
    """Places of one country whose names differ in how they write an umlaut, and that nothing tells apart."""
    called: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for place in mentioned:
        plain = fold(place.name)
        for written, letter in _UMLAUTS:
            plain = plain.replace(written, letter)
        called[place.country, plain].append(place)
    for places in called.values():
        if len({fold(place.name) for place in places}) > 1:
            for place, others in _among([place for place in places if _is_near_another(place, places)]):
                what = f"{short(place.name)} and {others} may be one place; if so, spell it in one way"
                yield place, Remark(Reason.NAMES_ALIKE, what)


def _is_near_another(place: Place, places: Sequence[Place]) -> bool:
    """Whether there is another that has no point, or a near one, and no other id of Wikidata."""
    return any(
        other is not place
        and fold(other.name) != fold(place.name)
        and (place.wikidata is None or other.wikidata is None)
        and (place.point is None or other.point is None or _are_near(place.point, other.point))
        for other in places
    )


def _are_near(one: tuple[float, float], other: tuple[float, float]) -> bool:
    near = Near()
    near.add(one, 0)
    return next(near.around(other), None) is not None


def _among(places: Sequence[Place]) -> Iterator[tuple[Place, str]]:
    """Each of several places, with the names of some of the others."""
    shown = sorted(places, key=lambda place: place.name)[: _MOST_NAMED + 1]
    for place in places if len(places) > 1 else ():
        others = [short(other.name) for other in shown if other is not place][:_MOST_NAMED]
        left = len(places) - 1 - len(others)
        yield place, ", ".join(others) + (f" and {left:,} more" if left else "")
