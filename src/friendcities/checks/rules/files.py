"""Rules on files and their form; the reader reports the problems of most, which have only names and reasons here."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Final

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Rule, Scope, rule
from friendcities.codec.json_text import decode_text, read_json
from friendcities.codec.reader import read_record
from friendcities.codec.writer import encode
from friendcities.datasets.folder import RecordFile, record_path
from friendcities.errors import InvalidRecordError, Problem


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


def _remove_byte_order_mark(file: RecordFile, _: RecordTree) -> bytes | None:
    return file.data.removeprefix(BOM_UTF8) if file.data.startswith(BOM_UTF8) else None


def _remove_id(file: RecordFile, _: RecordTree) -> bytes | None:
    """Remove the key ``id`` if it equals the file's name and the rest is valid; otherwise a person must decide."""
    plain, repeated_keys = read_json(decode_text(file.data))
    if repeated_keys or plain.get("id") != file.id:
        return None
    try:
        record = read_record(file.cls, file.id, {key: value for key, value in plain.items() if key != "id"})
    except InvalidRecordError:
        return None
    return encode(record).encode()


_TABLE: Final = """
readable (file): files can be read | A file that the system does not hand out (no permission, a link that leads nowhere
  or in a circle) cannot be checked. Give yourself the right to read it, or remove it.
encoding (file): text is UTF-8, without a byte-order mark | Names stand in their own letters, so one encoding must hold
  for all: UTF-8. A byte-order mark, which some editors write in front, is not part of it.
json-syntax (file): files are JSON | The line and column are those at which reading stopped; what is missing often lies
  just before it: a comma, a quotation mark, a bracket. JSON knows no comments and no comma after the last item.
repeated-key (file): a key stands once in an object | Readers of JSON keep the last of two values in silence, so one of
  the two facts would be lost. Delete all but one; where both are claimed, the other belongs into the evidence of its
  source.
id-grammar (file): ids are well formed | An id is lower-case letters and digits in groups joined by single hyphens, at
  most 100 characters. A city's begins with its country's two letters ('nz-dunedin'); a partnership's is its two cities'
  in alphabetical order ('cn-shanghai--nz-dunedin').
id-inside (file): the id is the file's name alone | The name of the file is the id. Stated twice, the two could differ.
  Delete the key.
schema (file): values have the types and the form of their record | Fields that are missing or unknown, values of a
  wrong type, words outside the vocabularies, and values that no record can have (a latitude of 123, a partnership
  without a step). Nothing is converted on the quiet: write numbers without quotation marks and decimal amounts in them.
date-order (record): dates run forwards | The known dates of steps never decrease, and nothing ends before it begins.
  Steps count in the order of the file.
evidence-field (record): evidence fits its record | Evidence names fields that its record has and fills in; what it says
  instead differs from what the record says, and has the field's type. Evidence about a step stands in the step.
duplicate-id (dataset): an id is that of one record | Two files of one name in two folders are two records with one id,
  of which a reader would get one. Join the two, or give one an id of its own.
exception (dataset): an exception to a rule has a reason and is needed | Some rules only suspect. Where one is wrong
  about a record, 'exceptions.json' names the rule, the record ('cities/nz-dunedin') and the reason. Once the record no
  longer breaks the rule, the exception must go.
"""
"""A row for each rule: name (scope): summary | description. Indented lines continue a row."""
_FIXES: Final = {"encoding": _remove_byte_order_mark, "id-inside": _remove_id}
RULES: Final = (
    canonical_form,
    place,
    *(
        Rule(name=name, scope=Scope(scope), summary=summary, description=description, fix=_FIXES.get(name))
        for name, scope, summary, description in re.findall(
            r"^(\S+) \((\w+)\): (.*?) \| (.*)$", re.sub(r"\n\s+", " ", _TABLE), re.MULTILINE
        )
    ),
)
