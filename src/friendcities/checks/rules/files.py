"""Rules on the form and the place of a file: ``canonical-form``, ``place``."""

from collections.abc import Iterator

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.codec.writer import encode
from friendcities.datasets.folder import RecordFile, record_path
from friendcities.errors import Problem


def _encode_record(file: RecordFile, _: RecordTree) -> bytes | None:
    return None if file.record is None else encode(file.record).encode()


@rule(Scope.FILE, fix=_encode_record)
def canonical_form(file: RecordFile, tree: RecordTree) -> Iterator[Problem]:
    """Files are as the formatter writes them.

    One text stands for a record, so that a change shows nothing but what changed: the fields in their order, those at
    their default left out, two spaces, UTF-8 unescaped, one newline at the end. 'friendcities format' writes it.
    """
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


@rule(Scope.FILE)
def place(file: RecordFile, tree: RecordTree) -> Iterator[Problem]:
    """A file lies where its record belongs.

    The place of a file follows from its type and its id, so that nobody has to search: 'cities/nz/' by the country of
    the city, 'partnerships/cn-nz/' by those of both, the other types straight in their folder.
    """
    if file.record is not None and file.path != tree.root / record_path(file.record):
        expected = f"{record_path(file.record)!r}, below the folder of records"
        message = "the file does not lie where its record belongs"
        yield Problem(message=message, expected=expected, hint="move it there")
