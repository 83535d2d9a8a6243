"""The rule ``shared-name``."""

from collections.abc import Iterator

from friendcities.checks.cities import listed, namesakes
from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem
from friendcities.model import City

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    for city, others in namesakes(register.cities):
        if register.owns(city):
            yield Problem(
                path=register.path_of(city),
                field="name",
                message=f"{city.name!r} is the name of {listed(others)}, too, which nothing tells apart from this city",
                expected="cities of one country that can be told apart",
                hint="join them if they are one; else give each its subdivision, in its id and its name, too",
            )
    for record in register.records[City].values():
        yield from _repeated(record, register)


def _repeated(city: City, register: Register) -> Iterator[Problem]:
    seen: dict[tuple[str, str, str], int] = {}
    for index, name in enumerate(city.names):
        first = seen.setdefault((name.text, name.language, name.kind), index)
        if first != index:
            yield Problem(
                path=register.path_of(city),
                field=f"names[{index}]",
                message=f"{name.text!r} is listed already, as names[{first}]",
                expected="each name once in a language and a kind",
                hint="delete one of the two",
            )


RULE = Rule(
    name="shared-name",
    scope=Scope.DATASET,
    summary="cities of one name can be told apart, and a city lists a name once",
    description=(
        "Two cities of one country, one level and one English name, case and accents aside, are told apart by their "
        "subdivisions or by the cities that they are parts of. If both are in one subdivision, or one names none, they "
        "may be one city entered twice, and a reader cannot tell which is meant. Write 'Springfield, Illinois' and "
        "'us-il-springfield', or join the two."
    ),
    find=_find,
    excusable=True,
)
