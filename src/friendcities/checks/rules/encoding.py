"""The rule ``encoding``."""

from codecs import BOM_UTF8

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, when_read
from friendcities.datasets.tree import RecordFile

__all__ = ["RULE"]


def _without_mark(file: RecordFile, register: Register) -> bytes | None:
    del register
    return file.data.removeprefix(BOM_UTF8) if file.data.startswith(BOM_UTF8) else None


RULE = Rule(
    name="encoding",
    scope=Scope.FILE,
    summary="text is UTF-8, without a byte-order mark",
    description=(
        "Names stand in their own letters, so one encoding must hold for all: UTF-8. A byte-order mark, which "
        "some editors write in front, is not part of it."
    ),
    find=when_read("encoding"),
    fix=_without_mark,
)
