"""A record that names others by new ids, as if it had always done so."""

from collections.abc import Mapping
from typing import Any

from friendcities.codec.builder import build_trusted
from friendcities.codec.writer import to_plain
from friendcities.datasets.references import references
from friendcities.field_path import FieldPath
from friendcities.model import AnyRecord

__all__ = ["NewIds", "repointed"]

NewIds = Mapping[type[AnyRecord], Mapping[str, str]]
"""By type of record, from the id that one had to the one it has now."""


def repointed(record: AnyRecord, to: NewIds) -> AnyRecord:
    """A record under its new id, which names others by theirs; the record itself where none of these is new."""
    cls = type(record)
    stale = [(field, to[target][id_]) for field, target, id_ in references(record) if id_ in to[target]]
    if not stale and record.id not in to[cls]:
        return record
    plain: Any = to_plain(record)
    for field, id_ in stale:
        if field != "id":  # of which a partnership's cities are read
            plain = FieldPath.parse(field).replace(plain, id_)
    made: AnyRecord = build_trusted(cls, to[cls].get(record.id, record.id), plain)
    return made
