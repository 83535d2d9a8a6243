"""Rules on files and their format. The reader of records finds most of these problems."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterator
from typing import Final

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Rule, Scope, rule
from friendcities.codec.parse_json import decode_text, read_json
from friendcities.codec.reader import read_record
from friendcities.codec.writer import encode
from friendcities.datasets.folder import RecordFile, record_path
from friendcities.errors import InvalidRecordError, Problem


def _encode_record(file: RecordFile, _: RecordTree) -> bytes | None:
    return None if file.record is None else encode(file.record).encode()


@rule(Scope.FILE, fix=_encode_record)
def canonical_form(file: RecordFile, tree: RecordTree) -> Iterator[Problem]:
    """Files must be in canonical form.

    The canonical form has a fixed order of fields, no default values, and an indent of two spaces. Diffs of canonical
    files show only real changes. 'friendcities format' writes canonical files.
    """
    canonical = _encode_record(file, tree)
    if canonical is None or canonical == file.data:
        return
    text, wanted = file.data.decode(), canonical.decode()
    at = next((i for i, (a, b) in enumerate(zip(text, wanted, strict=False)) if a != b), min(len(text), len(wanted)))
    yield Problem(
        line=text.count("\n", 0, at) + 1,
        column=at - text.rfind("\n", 0, at),
        message="the file is not in canonical form from here on",
        hint="run 'friendcities format'",
    )


@rule(Scope.FILE)
def place(file: RecordFile, tree: RecordTree) -> Iterator[Problem]:
    """Each file must be in the right folder for its record.

    A city belongs in a folder for its country, such as 'cities/nz'. A partnership belongs in a folder for its two
    countries, such as 'partnerships/cn-nz'. Other records have no subfolders.
    """
    if file.record is not None and file.path != tree.root / record_path(file.record):
        expected = f"{record_path(file.record)!r} in the folder of records"
        yield Problem(
            message="the file is in the wrong place", expected=expected, hint="move the file to the expected path"
        )


def _remove_byte_order_mark(file: RecordFile, _: RecordTree) -> bytes | None:
    return file.data.removeprefix(BOM_UTF8) if file.data.startswith(BOM_UTF8) else None


def _remove_id(file: RecordFile, _: RecordTree) -> bytes | None:
    plain, repeated_keys = read_json(decode_text(file.data))
    if repeated_keys or plain.get("id") != file.id:
        return None
    try:
        record = read_record(file.cls, file.id, {key: value for key, value in plain.items() if key != "id"})
    except InvalidRecordError:
        return None
    return encode(record).encode()


_TABLE: Final = """
readable (file): files must be readable | The operating system must allow reading the file. A link must lead to an
  existing file. Change the permissions, or delete the file.
encoding (file): files must be UTF-8 without a byte-order mark | Names keep their own letters, so all files use one
  encoding, UTF-8. Some editors add a byte-order mark at the beginning.
json-syntax (file): files must be valid JSON | The line and column show where reading stopped. The error is often just
  before this position, such as a missing comma or quotation mark. JSON has no comments and no comma after the last
  item.
repeated-key (file): an object must have each key only once | Most JSON readers keep only the last value of a repeated
  key, without a warning. Keep one value, and delete the others. If sources disagree, move the other value to the
  'claims' of its source.
id-grammar (file): ids must have a valid form | An id has lower-case letters and digits in groups joined by single
  hyphens, at most 100 characters. The id of a city begins with the two letters of its country ('nz-dunedin'). The id of
  a partnership joins the ids of the two cities in alphabetical order ('cn-shanghai--nz-dunedin').
id-inside (file): a record must not repeat its id | The name of the file is the id, and a second copy could differ.
  Delete the key 'id'.
schema (file): values must have the right type and form | The rule reports missing and unknown fields, wrong types,
  values outside the vocabularies, and impossible values, such as a latitude of 123. Values are never converted. Write
  numbers without quotation marks, and decimal amounts with quotation marks.
date-order (record): dates must be in order | The known dates of steps, in the order of the file, must not decrease. An
  end must not be before its start.
evidence-field (record): evidence must fit its record | Evidence names only fields that have a value in the record. A
  claimed value has the type of the field and differs from the recorded value. Evidence about a step belongs to the
  step.
duplicate-id (dataset): an id must belong to only one record | Two files with the same name in two folders are two
  records with the same id. Combine the records, or give one record another id.
exception (dataset): an exception to a rule must have a reason and be needed | Some rules report values that may be
  right. For such a record, 'exceptions.json' names the rule, the record ('cities/nz-dunedin') and the reason. Delete an
  exception that is no longer needed.
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
