"""The rule ``redirect``."""

from collections.abc import Iterator

from attrs import evolve

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, when_read
from friendcities.datasets.redirects import FILE, broken_redirects
from friendcities.errors import Problem

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    yield from when_read("redirect")(register)
    path = str(register.root / FILE)
    for problem in broken_redirects(register.redirects, register.known):
        yield evolve(problem, path=path)


RULE = Rule(
    name="redirect",
    scope=Scope.DATASET,
    summary="a redirect leads straight from an id that is gone to one that is on record",
    description=(
        "An id is for ever. When a record must have another, its old one leaves a line in 'redirects.json', so that "
        "whoever kept it still finds the record. When the record moves again, the old lines are mended with it."
    ),
    find=_find,
)
