"""The rule ``part-of``."""

from collections.abc import Iterator
from itertools import chain

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, when_read
from friendcities.datasets.references import round_trips
from friendcities.errors import Problem

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    for city, way in round_trips(register.cities):
        if register.owns(city):
            what = f"the city is a part of itself: {' → '.join(way)}"
            path, expected = register.path_of(city), "parts that end at a whole"
            yield Problem(path=path, field="part_of", message=what, expected=expected)


RULE = Rule(
    name="part-of",
    scope=Scope.DATASET,
    summary="no city is a part of itself",
    description=(
        "A district names the city that it is a part of, and that may be a part of another; the way must end at one "
        "that is a part of nothing."
    ),
    find=lambda register: chain(when_read("part-of")(register), _find(register)),
)
