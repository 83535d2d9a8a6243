"""The rule ``canonical-form``."""

from collections.abc import Iterator

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_files
from friendcities.codec.writer import encode
from friendcities.datasets.tree import RecordFile
from friendcities.errors import Problem

__all__ = ["RULE", "canonical"]


def canonical(file: RecordFile, register: Register) -> bytes | None:
    """What the file holds in canonical form; ``None`` where its record could not be read."""
    del register
    return None if file.record is None else encode(file.record).encode()


def _find(file: RecordFile, register: Register) -> Iterator[Problem]:
    wanted = canonical(file, register)
    if wanted is None or wanted == file.data:
        return
    text, right = file.data.decode(), wanted.decode()
    same = next((i for i, (a, b) in enumerate(zip(text, right, strict=False)) if a != b), min(len(text), len(right)))
    line, column = text.count("\n", 0, same) + 1, same - (text.rfind("\n", 0, same) + 1) + 1
    what = "the file is not in canonical form, from here on"
    expected = "the fields in their order, defaults left out, two spaces, one newline at the end"
    yield Problem(line=line, column=column, message=what, expected=expected, hint="run 'friendcities format'")


RULE = Rule(
    name="canonical-form",
    scope=Scope.FILE,
    summary="files are as the formatter writes them",
    description=(
        "One text stands for a record, so that a change shows nothing but what changed: the fields in their order, "
        "those at their default left out, two spaces, UTF-8 unescaped, one newline at the end. 'friendcities format' "
        "writes it."
    ),
    find=in_files(_find),
    fix=canonical,
)
