"""Writes records as canonical JSON text.

Default values are omitted. The id is omitted, too, because it is the file name.
"""

import json
from typing import Any

from friendcities.model import AnyRecord, Record


def encode(record: AnyRecord) -> str:
    """Return the canonical JSON text of a record.

    Example:
        >>> from friendcities import Source, SourceKind, PartialDate
        >>> print(encode(Source(id="gazette-1994", kind=SourceKind.PRESS, publisher="The Gazette", title="Twins",
        ...                     as_of=PartialDate(1994))), end="")
        {
          "kind": "press",
          "publisher": "The Gazette",
          "title": "Twins",
          "as_of": "1994"
        }
    """
    return dumps(to_plain(record))


def dumps(plain: Any) -> str:
    """Return plain values as canonical JSON text.

    Example:
        >>> print(dumps({"name": "上海"}), end="")
        {
          "name": "上海"
        }
    """
    return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_plain(record: AnyRecord) -> dict[str, Any]:
    """Convert a record to plain JSON values, without its id."""
    plain = Record.to_dict(record)
    del plain["id"]
    return plain
