"""Parses and builds field paths such as ``steps[0].date``."""

import re
from typing import Any, Final

_PART: Final = re.compile(r"\[([0-9]{1,9})\]|([^.\[]+|\[)")


class FieldPath(tuple[str | int, ...]):
    """The path of a value in a record, with names, keys and indices.

    A path is a tuple of its parts; the outermost part comes first. ``str()`` returns the text of the path.

    Example:
        >>> FieldPath.parse("steps[0].date")
        ('steps', 0, 'date')
        >>> str(FieldPath(("steps", 0, "date")))
        'steps[0].date'
    """

    __slots__ = ()

    @classmethod
    def parse(cls, text: str) -> "FieldPath":
        """Parse the text of a path. A key with a dot or a bracket is split into several parts."""
        return cls(int(index) if index else name for index, name in _PART.findall(text))

    def __str__(self) -> str:
        text = ""
        for part in self:
            text = join_fields(text, f"[{part}]" if isinstance(part, int) else part)
        return text

    def join(self, *parts: str | int) -> "FieldPath":
        """Return the path with parts added at its end.

        Example:
            >>> str(FieldPath.parse("steps").join(0, "date"))
            'steps[0].date'
        """
        return FieldPath((*self, *parts))

    def get(self, value: Any) -> Any:
        """Return the value at this path in nested lists and dicts.

        Raises:
            LookupError: If the path does not exist.

        Example:
            >>> FieldPath.parse("steps[0].date").get({"steps": [{"date": "1994"}]})
            '1994'
        """
        for part in self:
            value = value[part]
        return value

    def replace(self, value: Any, new: Any) -> Any:
        """Return a copy of nested lists and dicts with a new value at this path.

        If the path does not exist, the copy is equal to the original.

        Example:
            >>> FieldPath.parse("steps[0].initiator").replace({"steps": [{"initiator": "nz-old"}]}, "nz-new")
            {'steps': [{'initiator': 'nz-new'}]}
        """
        if not self:
            return new
        first, rest = self[0], FieldPath(self[1:])
        if isinstance(value, list):
            return [rest.replace(item, new) if index == first else item for index, item in enumerate(value)]
        return {key: rest.replace(item, new) if key == first else item for key, item in value.items()}


def join_fields(outer: str, inner: str) -> str:
    """Join the path of a record and the path of a field in this record.

    Example:
        >>> join_fields("steps[0]", "date"), join_fields("steps", "[0]")
        ('steps[0].date', 'steps[0]')
    """
    return f"{outer}.{inner}" if outer and inner and not inner.startswith("[") else outer + inner
