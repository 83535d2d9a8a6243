"""The rule ``id-inside``."""

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, when_read
from friendcities.codec.json_text import decoded, read
from friendcities.codec.reader import structure
from friendcities.codec.writer import encode
from friendcities.datasets.tree import RecordFile
from friendcities.errors import InvalidRecordError

__all__ = ["RULE"]


def _without_id(file: RecordFile, register: Register) -> bytes | None:
    """The file without the key, if that is the file's name and all else is right.

    Where it is another id, a person must say which is meant; where something else is wrong too, nobody can vouch for
    what would be written.
    """
    del register
    plain, repeated = read(decoded(file.data))
    if repeated or plain.get("id") != file.id:
        return None
    try:
        record = structure(file.cls, file.id, {key: value for key, value in plain.items() if key != "id"})
    except InvalidRecordError:
        return None
    return encode(record).encode()


RULE = Rule(
    name="id-inside",
    scope=Scope.FILE,
    summary="the id is the file's name alone",
    description=("The name of the file is the id. Stated twice, the two could differ. Delete the key."),
    find=when_read("id-inside"),
    fix=_without_id,
)
