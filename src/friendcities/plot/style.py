"""How figures look, and what each says of itself."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from friendcities import __version__, data_version
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.errors import InvalidQueryError
from friendcities.model import PartnershipKind
from friendcities.model.record import short

__all__ = ["COLOURS", "GREY", "INK", "LAND", "SMALL", "TEXT", "credit", "legend", "new_figure", "plain_axes", "words"]

COLOURS: Final[Mapping[PartnershipKind, str]] = {
    PartnershipKind.SISTER_CITY: "#0072b2",
    PartnershipKind.FRIENDSHIP_CITY: "#00875f",
    PartnershipKind.FRIENDLY_EXCHANGE: "#c65200",
    PartnershipKind.PROJECT_PARTNERSHIP: "#b0558a",
    PartnershipKind.CONTACT: "#5a4d00",
    PartnershipKind.UNSPECIFIED: "#4d4d4d",
}
"""A colour for each kind, after Okabe and Ito; the colour-blind can tell them apart."""
INK: Final = "#222222"
GREY: Final = "#767676"
LAND: Final = "#dcdfe3"
SMALL: Final = 6.0
"""The size of the smallest letters, in points."""
TEXT: Final[Mapping[str, Any]] = {"fontfamily": "DejaVu Sans", "fontsize": 7.0, "color": INK, "parse_math": False}
"""How text is set; matplotlib's own font, so that a figure is the same everywhere. No name is taken for a formula."""
_LEAST: Final = 2.0
_MOST: Final = 20.0


def new_figure(width: float, height: float) -> Figure:
    """An empty figure, its sides in inches.

    Raises:
        InvalidQueryError: If it would be too narrow to be read, or wider than any page.
    """
    if not isinstance(width, (int, float)) or not _LEAST <= width <= _MOST:
        message = f"width={short(width)} cannot be; write how many inches wide it is to be, from 2 to 20"
        raise InvalidQueryError(message, width)
    return Figure(figsize=(width, height), facecolor="white")


def plain_axes(axes: Axes) -> None:
    """Leave out of axes what says nothing, and set their numbers as all text is set."""
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set_color(GREY)
    axes.spines[["bottom", "left"]].set_linewidth(0.6)
    axes.tick_params(labelsize=TEXT["fontsize"], labelfontfamily=TEXT["fontfamily"], color=GREY, width=0.6, length=2.5)


def legend(figure: Figure, kinds: Iterable[PartnershipKind], more: Iterable[Line2D] = (), **where: Any) -> None:
    """Say which colour stands for which kind, and what else is to be said."""
    lines = [
        *(
            Line2D([], [], color=COLOURS[kind], linewidth=2, label=words(kind))
            for kind in COLOURS
            if kind in set(kinds)
        ),
        *more,
    ]
    figure.legend(
        handles=lines,
        frameon=False,
        handlelength=1.4,
        columnspacing=1.2,
        prop={"family": TEXT["fontfamily"], "size": TEXT["fontsize"]},
        **where,
    )


def credit(figure: Figure, data: Dataset, told: str, more: str = "") -> None:
    """Say below a figure what it shows, and on what it rests."""
    origin = f"data of {data_version}, CC BY 4.0" if data is dataset() else "own register"
    rests = f"friendcities {__version__}, {origin}{more}"
    figure.text(
        0.01, 0.012, f"{told}.\n{rests}.", **{**TEXT, "fontsize": SMALL, "color": GREY}, va="bottom", gid="credit"
    )


def words(value: str) -> str:
    """A word for programs, as people write it."""
    return str(value).replace("_", " ")
