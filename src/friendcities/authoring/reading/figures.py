"""Numbers that people type."""

import re
from decimal import Decimal
from typing import Final

from friendcities.authoring.reading.refusing import refuse
from friendcities.model.record import is_decimal, short

__all__ = ["read_decimal", "read_degrees", "read_number"]


_GROUPED: Final = re.compile(r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:\.\d+)?", re.ASCII)
_BLANKS: Final = re.compile(r"[ \u00a0\u2009\u202f]")
_NUMBER: Final = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_MOST_DEGREES: Final = 180
_ONE_MARK: Final = re.compile(r"(-?\d{1,3})([.,])(\d{3})", re.ASCII)


def read_decimal(text: str) -> Decimal:
    """A number in figures: a point before its decimals, and blanks, if any, between its thousands.

    Raises:
        InvalidQueryError: If it is none, or its comma or point may be either.

    Example:
        >>> read_decimal("24 000 000.5")
        Decimal('24000000.5')
        >>> read_decimal("4,321")
        Traceback (most recent call last):
        friendcities.errors.InvalidQueryError: '4,321' may be 4321 or 4.321; write '4321', or '4.3210' with a point \
before the decimals
    """
    plain = text.strip()
    match = _ONE_MARK.fullmatch(plain)
    if match is not None and match[1] not in {"0", "-0"}:
        whole, _, rest = match.groups()
        ways = f"{plain!r} may be {whole}{rest} or {whole}.{rest}"
        refuse(f"{ways}; write '{whole}{rest}', or '{whole}.{rest}0' with a point before the decimals", text)
    if _GROUPED.fullmatch(plain):
        plain = _BLANKS.sub("", plain)
    number = Decimal(plain) if _NUMBER.fullmatch(plain) else None
    if number is None or not is_decimal(number):
        message = f"{short(text)} is no number that can be read; write figures, a point before decimals, and no comma"
        refuse(message, text)
    return number


def read_number(text: str) -> int:
    """A whole number, 0 or more."""
    number = read_decimal(text)
    if number != int(number) or number < 0 or number >= 10**15:
        refuse(f"{short(text)} is no whole number of things; write one like '4321'", text)
    return int(number)


def read_degrees(text: str) -> float:
    """Degrees north or east, with a point before the decimals."""
    plain = text.strip()
    if not _NUMBER.fullmatch(plain) or abs(float(plain)) > _MOST_DEGREES:
        refuse(f"{short(text)} is no number of degrees; write one like '-45.874'", text)
    return float(plain)
