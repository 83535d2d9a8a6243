"""Figures as files: the same figure makes the same bytes, and a file is replaced only by a whole one."""

from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.figure import Figure

from friendcities.datasets.storage import replace_file
from friendcities.errors import InvalidQueryError
from friendcities.model.record import short

__all__ = ["as_bytes", "save"]

_UNDATED: Final[dict[str, dict[str, Any]]] = {
    "pdf": {"CreationDate": None},
    "png": {},
    "svg": {"Date": None},
}
"""The formats, and what keeps the hour out of them."""
_FIXED: Final[Any] = {"pdf.fonttype": 42, "svg.hashsalt": "friendcities", "svg.fonttype": "path"}
"""Names in a file that are usually drawn by lot, and letters that need no font to be there."""
_DOTS: Final = 300


def as_bytes(figure: Figure, format_: str) -> bytes:
    """A figure as the bytes of a file, the same ones each time with one version of matplotlib.

    Args:
        figure: The figure.
        format_: ``"svg"``, ``"pdf"`` or ``"png"``.

    Raises:
        InvalidQueryError: If it is another format.

    Example:
        >>> from friendcities import plot
        >>> plot.as_bytes(plot.growth_of("Dunedin"), "svg")[:5]
        b'<?xml'
    """
    if format_ not in _UNDATED:
        message = f"{short(format_)} is no format of a figure; it can be {', '.join(map(repr, _UNDATED))}"
        raise InvalidQueryError(message, format_, tuple(_UNDATED))
    made = BytesIO()
    with rc_context(_FIXED):
        figure.savefig(made, format=format_, metadata=_UNDATED[format_], dpi=_DOTS)
    return made.getvalue()


def save(figure: Figure, path: str | PathLike[str]) -> None:
    """Write a figure into a file whose name says the format; a file of that name is replaced, by a whole one only.

    Args:
        figure: The figure.
        path: The file; its name ends on ``.svg``, ``.pdf`` or ``.png``.

    Raises:
        InvalidQueryError: If its name ends otherwise.
        OSError: If it cannot be written.
    """
    replace_file(Path(path), as_bytes(figure, Path(path).suffix.lower().removeprefix(".")))
