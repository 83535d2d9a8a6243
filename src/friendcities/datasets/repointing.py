"""A record that names others by new ids, as if it had always done so."""

import re
from collections.abc import Mapping
from typing import Any

from friendcities.codec.trusted import build
from friendcities.codec.writer import to_plain
from friendcities.datasets.references import references
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
    plain = to_plain(record)
    for field, id_ in stale:
        if field != "id":  # of which a partnership's cities are read
            _put(plain, field, id_)
    made: AnyRecord = build(cls, to[cls].get(record.id, record.id), plain)
    return made


def _put(plain: Any, field: str, id_: str) -> None:
    *way, last = (int(part) if part.isdigit() else part for part in re.findall(r"[^.\[\]]+", field))
    for part in way:
        plain = plain[part]
    plain[last] = id_
