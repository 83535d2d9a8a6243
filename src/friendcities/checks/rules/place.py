"""The rule ``place``."""

from collections.abc import Iterator
from itertools import chain

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_files, when_read
from friendcities.datasets.storage import path_of
from friendcities.datasets.tree import PLACE, RecordFile
from friendcities.errors import Problem

__all__ = ["RULE"]


def _find(file: RecordFile, register: Register) -> Iterator[Problem]:
    if file.record is not None:
        belongs = path_of(file.record)
        if file.path != register.root / belongs:
            what, expected = (
                "the file does not lie where its record belongs",
                f"{belongs!r}, below the folder of records",
            )
            yield Problem(message=what, expected=expected, hint="move it there")


RULE = Rule(
    name=PLACE,
    scope=Scope.FILE,
    summary="a file lies where its record belongs",
    description=(
        "The place of a file follows from its type and its id, so that nobody has to search: 'cities/nz/' by the "
        "country of the city, 'partnerships/cn-nz/' by those of both, the other types straight in their folder."
    ),
    find=lambda register: chain(when_read(PLACE)(register), in_files(_find)(register)),
)
