"""Cells of tables as text, whatever they are."""

import math
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

__all__ = ["as_text", "texts_of"]


def texts_of(row: Sequence[Any] | str) -> Sequence[str] | str:
    """The cells of a row as text; or why it has none."""
    if isinstance(row, str):
        return row
    try:
        return [cell if type(cell) is str else as_text(cell) for cell in row]
    except (ValueError, ArithmeticError) as error:
        return f"a cell of it cannot be told as text: {error}"


def as_text(value: Any) -> str:
    """A cell as text: what is missing as nothing, and a whole number without a point behind it.

    Raises:
        ValueError: If it has no text: bytes that are no UTF-8, a number of thousands of digits.
    """
    if _is_missing(value):
        return ""
    match value:
        case bytes():
            return value.decode()
        case float() | Decimal() if math.isfinite(value) and value == int(value):
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case _:
            return str(value)


def _is_missing(value: Any) -> bool:
    """Whether a value stands for none, as those do that are not themselves: NaN and NaT, and NA, which cannot tell."""
    try:
        return value is None or bool(value != value)  # noqa: PLR0124 - this is how they are known
    except (TypeError, ArithmeticError):
        return True
