"""Writes records as canonical JSON text.

Keys are in the order of the fields. Defaults are left out, and so is the id, which is the name of the file.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from typing import Any

from friendcities.model import AnyRecord, FrozenMap, PartialDate, Record
from friendcities.model.field_spec import field_specs


def encode(record: AnyRecord) -> str:
    """Return the canonical text of a record, the content of its file.

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
    """Return plain values as canonical text.

    Example:
        >>> print(dumps({"name": "上海"}), end="")
        {
          "name": "上海"
        }
    """
    return json.dumps(plain, ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_plain(record: AnyRecord) -> dict[str, Any]:
    """Return the plain values of a record for JSON, without its id."""
    plain = _object(record)
    del plain["id"]
    return plain


def _object(record: Record) -> dict[str, Any]:
    plain = {}
    for spec in field_specs(type(record)):
        value = getattr(record, spec.name)
        if value != spec.default or type(value) is not type(spec.default):
            plain[spec.name] = value_to_plain(value)
    return plain


def value_to_plain(value: Any) -> Any:
    """Return the plain value for JSON of a value of a record.

    Example:
        >>> from friendcities import PartialDate
        >>> value_to_plain((PartialDate(1994),))
        ['1994']
    """
    convert = _TO_PLAIN.get(type(value))
    if convert is not None:
        return convert(value)
    if isinstance(value, Record):
        return _object(value)
    return value.value if isinstance(value, Enum) else value


_TO_PLAIN: dict[type, Callable[[Any], Any]] = {
    str: str,
    tuple: lambda value: list(map(value_to_plain, value)),
    FrozenMap: lambda value: {key: value_to_plain(value[key]) for key in sorted(value)},
    PartialDate: str,
    Decimal: lambda value: format(value, "f"),
}
