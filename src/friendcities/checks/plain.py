"""A value in the plain values of a record, found by the way to its field."""

import re
from typing import Any

__all__ = ["replaced"]

_STEP = re.compile(r"\[(\d+)\]|([^.\[]+)")


def replaced(plain: Any, field: str, value: Any) -> Any:
    """Plain values with another value in one field; those given are left as they are.

    Example:
        >>> replaced({"steps": [{"initiator": "nz-old"}]}, "steps[0].initiator", "nz-new")
        {'steps': [{'initiator': 'nz-new'}]}
    """
    match = _STEP.match(field)
    if match is None:
        return value
    rest = field[match.end() :].removeprefix(".")
    if match[1] is not None:
        index = int(match[1])
        return [replaced(each, rest, value) if at == index else each for at, each in enumerate(plain)]
    return {key: replaced(each, rest, value) if key == match[2] else each for key, each in plain.items()}
