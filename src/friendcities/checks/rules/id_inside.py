"""The rule ``id-inside``."""

from friendcities.checks.register import Register
from friendcities.checks.rule import Rule, Scope, when_read
from friendcities.codec.canonical import dumps
from friendcities.codec.text import decoded, read
from friendcities.collection.tree import RecordFile

__all__ = ["RULE"]


def _without_id(file: RecordFile, register: Register) -> bytes | None:
    """The file without the key, if that is the file's name; where it is another, a person must say which is right."""
    del register
    plain, repeated = read(decoded(file.data))
    if repeated or plain.get("id") != file.id:
        return None
    try:
        return dumps({key: value for key, value in plain.items() if key != "id"}).encode()
    except (TypeError, ValueError, RecursionError):  # NaN, half a character, nesting without end: no text stands for it
        return None


RULE = Rule(
    name="id-inside",
    scope=Scope.FILE,
    summary="the id is the file's name alone",
    description=("The name of the file is the id. Stated twice, the two could differ. Delete the key."),
    find=when_read("id-inside"),
    fix=_without_id,
)
