"""The rule ``shared-identifier``."""

from collections.abc import Iterator
from itertools import islice

from friendcities.checks.cities import listed, shared
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    keyed = ((each, city) for city in register.cities.values() for each in city.identifiers.items())
    for (scheme, id_), group in shared(keyed):
        for city in filter(register.owns, group):
            others = islice((other for other in group if other is not city), 4)
            yield Problem(
                path=register.path_of(city),
                field=f"identifiers.{scheme}",
                message=f"{id_!r} stands with {listed(others)}, too",
                expected="an id that no other city has",
                hint="leave it with the city that it is the id of, or join the two if they are one",
            )


RULE = Rule(
    name="shared-identifier",
    scope=Scope.DATASET,
    summary="an id in another register is that of one city",
    description=(
        "By their ids in other registers, Wikidata or GeoNames, cities are told apart and found again. An id at two "
        "cities was copied to the wrong one, or the two are one. Where the other register does not tell a city from "
        "its state or its district, leave the id with the one that it is about, or make an exception."
    ),
    find=_find,
    excusable=True,
)
