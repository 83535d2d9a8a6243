"""Rules on the form and the place of a file: ``canonical-form``, ``place``."""

from collections.abc import Iterator
from typing import Final

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Rule, Scope, for_each_file
from friendcities.codec.writer import encode
from friendcities.datasets.storage import path_of
from friendcities.datasets.tree import PLACE, RecordFile
from friendcities.errors import Problem

__all__ = ["RULES"]


def _encode_record(file: RecordFile, _: RecordTree) -> bytes | None:
    return None if file.record is None else encode(file.record).encode()


def _find_first_difference(file: RecordFile, tree: RecordTree) -> Iterator[Problem]:
    canonical = _encode_record(file, tree)
    if canonical is None or canonical == file.data:
        return
    text, wanted = file.data.decode(), canonical.decode()
    at = next((i for i, (a, b) in enumerate(zip(text, wanted, strict=False)) if a != b), min(len(text), len(wanted)))
    yield Problem(
        line=text.count("\n", 0, at) + 1,
        column=at - text.rfind("\n", 0, at),
        message="the file is not in canonical form, from here on",
        expected="the fields in their order, defaults left out, two spaces, one newline at the end",
        hint="run 'friendcities format'",
    )


def _find_wrong_place(file: RecordFile, tree: RecordTree) -> Iterator[Problem]:
    if file.record is not None and file.path != tree.root / path_of(file.record):
        expected = f"{path_of(file.record)!r}, below the folder of records"
        message = "the file does not lie where its record belongs"
        yield Problem(message=message, expected=expected, hint="move it there")


RULES: Final = (
    Rule(
        name="canonical-form",
        scope=Scope.FILE,
        summary="files are as the formatter writes them",
        description="One text stands for a record, so that a change shows nothing but what changed: the fields in "
        "their order, those at their default left out, two spaces, UTF-8 unescaped, one newline at the end. "
        "'friendcities format' writes it.",
        find=for_each_file(_find_first_difference),
        fix=_encode_record,
    ),
    Rule(
        name=PLACE,
        scope=Scope.FILE,
        summary="a file lies where its record belongs",
        description="The place of a file follows from its type and its id, so that nobody has to search: 'cities/nz/' "
        "by the country of the city, 'partnerships/cn-nz/' by those of both, the other types straight in their folder.",
        find=for_each_file(_find_wrong_place),
    ),
)
