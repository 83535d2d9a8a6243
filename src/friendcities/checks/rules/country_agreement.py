"""The rule ``country-agreement``."""

from collections.abc import Iterator
from itertools import chain

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, when_read
from friendcities.errors import Problem
from friendcities.model import City

__all__ = ["RULE"]

_NAME = "country-agreement"


def _find(register: Register) -> Iterator[Problem]:
    for city in register.records[City].values():
        whole = None if city.part_of is None else register.cities.get(city.part_of)
        if whole is not None and whole.country != city.country:
            yield Problem(
                path=register.path_of(city),
                field="part_of",
                message=f"{str(whole.id)!r} is in {whole.country!r}, and this city in {city.country!r}",
                expected="one country for a city and its parts",
                hint="name the city that it is a part of, or mend the country",
            )


RULE = Rule(
    name=_NAME,
    scope=Scope.DATASET,
    summary="id, country and subdivision agree",
    description=(
        "A city's id begins with its country's code in small letters, its subdivision lies in its country, "
        "and so does the city that it is a part of."
    ),
    find=lambda register: chain(when_read(_NAME)(register), _find(register)),
)
