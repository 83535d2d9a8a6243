"""The style of figures, their legend and credit, and figures as files."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, Final

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from friendcities import __version__, data_version
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import replace_file
from friendcities.errors import InvalidQueryError
from friendcities.model import PartnershipKind
from friendcities.model.record import short

__all__ = [
    "COLOURS",
    "GREY",
    "INK",
    "LAND",
    "SMALL",
    "TEXT",
    "add_credit",
    "add_legend",
    "as_bytes",
    "as_words",
    "new_figure",
    "save",
    "style_axes",
]

COLOURS: Final[Mapping[PartnershipKind, str]] = {
    PartnershipKind.SISTER_CITY: "#0072b2",
    PartnershipKind.FRIENDSHIP_CITY: "#00875f",
    PartnershipKind.FRIENDLY_EXCHANGE: "#c65200",
    PartnershipKind.PROJECT_PARTNERSHIP: "#b0558a",
    PartnershipKind.CONTACT: "#5a4d00",
    PartnershipKind.UNSPECIFIED: "#4d4d4d",
}
"""A colour for each kind, after Okabe and Ito; colour-blind readers can distinguish them."""
INK: Final = "#222222"
GREY: Final = "#767676"
LAND: Final = "#dcdfe3"
SMALL: Final = 6.0
"""The size of the smallest letters, in points."""
TEXT: Final[Mapping[str, Any]] = {"fontfamily": "DejaVu Sans", "fontsize": 7.0, "color": INK, "parse_math": False}
"""The style of text: matplotlib's own font, so that a figure is the same everywhere, and no formulas."""
_WIDTHS: Final = (2.0, 20.0)
"""The smallest and the largest width, in inches."""
_METADATA: Final[dict[str, dict[str, Any]]] = {"pdf": {"CreationDate": None}, "png": {}, "svg": {"Date": None}}
"""The formats, each with metadata that leaves out the time."""
_SETTINGS: Final[Any] = {"pdf.fonttype": 42, "svg.hashsalt": "friendcities", "svg.fonttype": "path"}
"""Fixed names in a file that are random by default, and letters that need no font."""
_DOTS_PER_INCH: Final = 300


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, its sides in inches.

    Raises:
        InvalidQueryError: If it would be too narrow to be read, or wider than any page.
    """
    if not isinstance(width, (int, float)) or not _WIDTHS[0] <= width <= _WIDTHS[1]:
        message = f"width={short(width)} cannot be; write how many inches wide it is to be, from 2 to 20"
        raise InvalidQueryError(message, width)
    return Figure(figsize=(width, height), facecolor="white")


def style_axes(axes: Axes) -> None:
    """Remove needless lines from axes, and set their numbers in the style of all text."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set_color(GREY)
    axes.spines[["bottom", "left"]].set_linewidth(0.6)
    axes.tick_params(labelsize=TEXT["fontsize"], labelfontfamily=TEXT["fontfamily"], color=GREY, width=0.6, length=2.5)


def add_legend(figure: Figure, kinds: Iterable[PartnershipKind], more: Iterable[Line2D] = (), **where: Any) -> None:
    """Add a legend of the colours of some kinds, and of other lines."""
    shown = [kind for kind in COLOURS if kind in set(kinds)]
    figure.legend(
        handles=[*(Line2D([], [], color=COLOURS[kind], linewidth=2, label=as_words(kind)) for kind in shown), *more],
        frameon=False,
        handlelength=1.4,
        columnspacing=1.2,
        prop={"family": TEXT["fontfamily"], "size": TEXT["fontsize"]},
        **where,
    )


def add_credit(figure: Figure, data: Dataset, caption: str, more: str = "") -> None:
    """Add below a figure what it shows, and the version of package and data."""
    origin = f"data of {data_version}, CC BY 4.0" if data is dataset() else "own register"
    basis = f"friendcities {__version__}, {origin}{more}"
    figure.text(
        0.01, 0.012, f"{caption}.\n{basis}.", **{**TEXT, "fontsize": SMALL, "color": GREY}, va="bottom", gid="credit"
    )


def as_words(value: str) -> str:
    """A member of a vocabulary in words."""
    return str(value).replace("_", " ")


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
    if format_ not in _METADATA:
        message = f"{short(format_)} is no format of a figure; it can be {', '.join(map(repr, _METADATA))}"
        raise InvalidQueryError(message, format_, tuple(_METADATA))
    made = BytesIO()
    with rc_context(_SETTINGS):
        figure.savefig(made, format=format_, metadata=_METADATA[format_], dpi=_DOTS_PER_INCH)
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
