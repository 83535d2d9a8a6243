"""The rule ``shared-coordinates``."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from friendcities.checks.cities import are_nested, listed, shared
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem
from friendcities.model import Coordinates

__all__ = ["RULE"]

_DECIMALS: Final = 4
"""To which two points are the same: some ten metres."""
_AROUND: Final = 360


def _find(register: Register) -> Iterator[Problem]:
    cities = register.cities.values()
    for _, group in shared((_point(city.coordinates), city) for city in cities if city.coordinates is not None):
        for city in filter(register.owns, group):
            found = (each for each in group if each is not city and not are_nested(city, each, register.cities))
            others = list(islice(found, 4))
            if others:
                yield Problem(
                    path=register.path_of(city),
                    field="coordinates",
                    message=f"this is the very point of {listed(others)}, too",
                    expected="a point of its own",
                    hint="mend the one that was copied, join the two if they are one, or say which is a part of which",
                )


def _point(coordinates: Coordinates) -> tuple[float, float]:
    longitude = coordinates.longitude % _AROUND  # the 180th meridian has two names
    return round(coordinates.latitude, _DECIMALS), round(longitude, _DECIMALS) % _AROUND


RULE = Rule(
    name="shared-coordinates",
    scope=Scope.DATASET,
    summary="two cities do not lie at one point",
    description=(
        "Coordinates that agree to four decimals were copied from one city to another, or the two are one city. A "
        "district may share the point of the city that it is a part of."
    ),
    find=_find,
    excusable=True,
)
