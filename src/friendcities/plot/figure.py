"""Prepares the data of figures, arranges their parts, and saves figures."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from os import PathLike
from pathlib import Path
from typing import Any, Final

from attrs import frozen
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from friendcities import __version__, data_version
from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, normalize_filter, parse_members
from friendcities.datasets.folder import replace_file
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.errors import InvalidQueryError
from friendcities.model import City, PartnershipKind, State, Status
from friendcities.model.record import short
from friendcities.plot.names import FONT, check_language, find_fonts, name_of

COLOURS: Final[Mapping[PartnershipKind, str]] = {
    PartnershipKind.SISTER_CITY: "#0072b2",
    PartnershipKind.FRIENDSHIP_CITY: "#00875f",
    PartnershipKind.FRIENDLY_EXCHANGE: "#c65200",
    PartnershipKind.PROJECT_PARTNERSHIP: "#b0558a",
    PartnershipKind.CONTACT: "#5a4d00",
    PartnershipKind.UNSPECIFIED: "#4d4d4d",
}
"""The colour of each kind, after Okabe and Ito. Colour-blind readers can distinguish these colours."""
_DASHES: Final[Mapping[PartnershipKind, tuple[float, ...]]] = {
    PartnershipKind.FRIENDSHIP_CITY: (9, 3),
    PartnershipKind.FRIENDLY_EXCHANGE: (4, 3),
    PartnershipKind.PROJECT_PARTNERSHIP: (9, 3, 2, 3),
    PartnershipKind.CONTACT: (2, 3),
    PartnershipKind.UNSPECIFIED: (0.5, 3),
}
"""The lengths of dashes and gaps of each kind, in widths of the line. A sister city has a solid line."""
_HATCHES: Final[Mapping[PartnershipKind, str]] = {
    PartnershipKind.FRIENDSHIP_CITY: "/////",
    PartnershipKind.FRIENDLY_EXCHANGE: "|||||",
    PartnershipKind.PROJECT_PARTNERSHIP: "xxxxx",
    PartnershipKind.CONTACT: "-----",
    PartnershipKind.UNSPECIFIED: ".....",
}
"""The hatch of the areas of each kind. The area of a sister city is plain."""
PALE: Final = 0.4
"""The opacity of partnerships that are not active."""
INK: Final = "#222222"
GREY: Final = "#767676"
LAND: Final = "#dcdfe3"
SMALL: Final = 6.0
"""The size of the smallest letters, in points."""
TEXT: Final[Mapping[str, Any]] = {"fontfamily": FONT, "fontsize": 7.0, "color": INK, "parse_math": False}
"""The style of text. Formulas are not parsed."""
_WIDTHS: Final = (2.0, 20.0)
"""The minimum and the maximum width, in inches."""
_METADATA: Final[dict[str, dict[str, Any]]] = {"pdf": {"CreationDate": None}, "png": {}, "svg": {"Date": None}}
"""The file formats, each with its metadata. The metadata contain no time."""
_SETTINGS: Final[Any] = {"pdf.fonttype": 42, "svg.hashsalt": "friendcities", "svg.fonttype": "path"}
"""Settings for fixed ids in SVG, and for letters without an installed font."""
_DOTS_PER_INCH: Final = 300
_NOTEBOOK_DOTS_PER_INCH: Final = 150
_TITLE_SIZE: Final = 9.0
_ABOVE: Final = 0.06
_BESIDE: Final = 0.18
_NUMBERS: Final = 0.24
_LINE: Final = 0.155
_CREDIT: Final = 0.27
"""Sizes in inches: the margins above and beside names, the numbers of an axis, a line of text, and the caption."""
_DAYS_PER_YEAR: Final = 365.2425


class NotebookFigure(Figure):
    """A figure that a notebook shows as the result of a cell."""

    def _repr_png_(self) -> bytes:
        return as_bytes(self, "png", _NOTEBOOK_DOTS_PER_INCH)


@frozen
class FigureData:
    """The dataset, the city and the selected partnerships of a figure."""

    data: Dataset
    city: City
    language: str | None
    views: tuple[PartnershipView, ...]
    statuses: frozenset[Status]
    kinds: frozenset[PartnershipKind]

    def name_of(self, city: City) -> str:
        """Return the name of a city in the language of the figure."""
        return name_of(city, self.language)

    @property
    def style(self) -> dict[str, Any]:
        """The text style, with fonts for the names of the cities."""
        cities = [self.city, *(city for view in self.views for city in (view.city, view.partner))]
        return {**TEXT, "fontfamily": find_fonts("".join(map(self.name_of, cities)), self.language)}

    def fits(self, state: State) -> bool:
        """Whether the filters select a partnership with this state."""
        return state.status in self.statuses and state.kind in self.kinds

    @property
    def last_day(self) -> int:
        """The last day on which a partnership changes or a source confirms a partnership."""
        attested = [date_.latest for view in self.views if (date_ := view.partnership.last_attested) is not None]
        changes = [date.fromordinal(day) for view in self.views for day, _ in view.states_by_day]
        return max([*attested, *changes], default=date.min).toordinal()

    def spans(self, view: PartnershipView) -> Iterator[tuple[int, int | None, State]]:
        """Yield the selected periods, each with its first day, its end and its state."""
        days = view.states_by_day
        ends = [*(day for day, _ in days[1:]), None]
        for (day, state), end in zip(days, ends, strict=True):
            if self.fits(state):
                yield day, end, state


def select(data: Dataset | None, city: str | City, language: str | None, filters: PartnershipFilters) -> FigureData:
    """Select the data of a figure. The filter ``on`` is ignored. By default, the bundled dataset is used."""
    check_language(language)
    data = dataset() if data is None else data
    found = data.city(city)
    statuses = parse_members("status", normalize_filter(filters.get("status", "active")), Status, required=True)
    kinds = parse_members("kind", normalize_filter(filters.get("kind")), PartnershipKind)
    undated: Any = {name: value for name, value in filters.items() if name not in {"on", "status", "kind"}}
    parts = data.parts_of(found) if filters.get("include_parts") is True else ()
    own = {each.id: each for each in (found, *parts)}
    views = []
    for partnership in data.partnerships_of(found, status="any", **undated):
        id_ = next(each for each in partnership.cities if each in own)
        views.append(PartnershipView(partnership, own[id_], data.city(partnership.partner_of(id_))))
    return FigureData(
        data, found, language, tuple(views), statuses or frozenset(Status), kinds or frozenset(PartnershipKind)
    )


def year_of(day: int) -> float:
    """Convert a day (an ordinal) to a decimal year."""
    first = date.fromordinal(day).replace(month=1, day=1)
    return first.year + (day - first.toordinal()) / _DAYS_PER_YEAR


def new_figure(width: float, height: float) -> tuple[Figure, Axes]:
    """Make an empty figure with axes. Width and height are in inches.

    Raises:
        InvalidQueryError: If the width is invalid.
    """
    if not isinstance(width, (int, float)) or not _WIDTHS[0] <= width <= _WIDTHS[1]:
        message = f"invalid width {short(width)}; expected a number of inches from 2 to 20"
        raise InvalidQueryError(message, width)
    figure = NotebookFigure(figsize=(width, height), facecolor="white")
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["bottom", "left"]].set(color=GREY, linewidth=0.6)
    axes.tick_params(labelsize=TEXT["fontsize"], labelfontfamily=TEXT["fontfamily"], color=GREY, width=0.6, length=2.5)
    return figure, axes


def name_rows(figure: Figure, axes: Axes, names: Sequence[str], style: Mapping[str, Any]) -> float:
    """Write the names of a chart's rows from top to bottom. Return the width of the names, in inches."""
    axes.set_yticks(range(len(names)), labels=names)
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(names), 1) - 0.5, -0.5)
    widths = []
    for label in axes.get_yticklabels():
        label.set(**style)
        widths.append(label.get_window_extent().width / figure.dpi)
    return max(widths, default=0) + _BESIDE


def line_style(kind: PartnershipKind) -> dict[str, Any]:
    """Return the colour and the dashes of the lines of a kind. The dashes are also visible without colours."""
    dashes = _DASHES.get(kind)
    return {"edgecolor": COLOURS[kind], "linestyle": (0, dashes) if dashes else "-"}


def area_style(kind: PartnershipKind) -> dict[str, Any]:
    """Return the colour and the hatch of the areas of a kind. The hatch is also visible without colours."""
    return {"facecolor": COLOURS[kind], "hatch": _HATCHES.get(kind), "edgecolor": "white", "linewidth": 0}


def legend_of_lines(kinds: Iterable[PartnershipKind], *, inactive: bool) -> list[Artist]:
    """Return the lines of a legend. If ``inactive``, add a line for inactive partnerships."""
    styles = [(name, line_style(kind)) for name, kind in _names_of(kinds)]
    lines = [
        Line2D([], [], label=name, color=style["edgecolor"], linestyle=style["linestyle"], linewidth=1)
        for name, style in styles
    ]
    return [*lines, *([Line2D([], [], label="not active", color=INK, alpha=PALE, linewidth=1)] if inactive else [])]


def legend_of_areas(kinds: Iterable[PartnershipKind], *, inactive: bool) -> list[Artist]:
    """Return the areas of a legend. If ``inactive``, add an area for inactive partnerships."""
    areas = [Patch(label=name, **area_style(kind)) for name, kind in _names_of(kinds)]
    return [*areas, *([Patch(label="not active", facecolor=INK, alpha=PALE, linewidth=0)] if inactive else [])]


def _names_of(kinds: Iterable[PartnershipKind]) -> list[tuple[str, PartnershipKind]]:
    return [(kind.replace("_", " "), kind) for kind in COLOURS if kind in set(kinds)]


class Layout:
    """The parts of a figure, from top to bottom: title, axes, legend, caption.

    The parts do not overlap. Sizes are in inches.
    """

    def __init__(self, title: str | None, legend: Sequence[Artist], columns: int, numbers: float = _NUMBERS) -> None:
        self._title = title
        self._legend = legend
        self._columns = columns
        self._numbers = numbers
        self.above = _ABOVE + (0 if title is None else _LINE * (1 + title.count("\n")) + _ABOVE)
        """The height of the title and the margin."""
        self._below = _CREDIT + _LINE * math.ceil(len(legend) / columns)
        self.below = self._below + numbers
        """The height of the axis numbers, the legend and the caption together."""

    def arrange(self, figure: Figure, axes: Axes, left: float, right: float, style: Mapping[str, Any]) -> None:
        """Set the position of the axes, and draw the title and the legend."""
        width, height = figure.get_size_inches()
        size = (1 - (left + right) / width, 1 - (self.above + self.below) / height)
        axes.set_position((left / width, self.below / height, *size))
        if self._title is not None:
            place = (0.05 / width, 1 - _ABOVE / height)
            more = {**style, "fontsize": _TITLE_SIZE, "fontweight": "bold"}
            figure.text(*place, self._title, **more, va="top", gid="title")
        if self._legend:
            figure.legend(
                handles=self._legend,
                loc="upper left",
                bbox_to_anchor=(0.05 / width, (self._below + 0.03) / height),
                ncols=self._columns,
                frameon=False,
                borderaxespad=0.0,
                borderpad=0.2,
                handlelength=2.6,
                columnspacing=1.2,
                labelspacing=0.35,
                prop={"family": TEXT["fontfamily"], "size": TEXT["fontsize"]},
            )


def write_empty(axes: Axes, message: str = "no matching partnership on record") -> None:
    """Write a message in the middle of an empty figure."""
    place: dict[str, Any] = {"transform": axes.transAxes, "ha": "center", "va": "center", "zorder": 5}
    box = {"facecolor": "white", "edgecolor": "none", "pad": 2}
    axes.text(0.5, 0.5, message, **TEXT, **place, bbox=box, gid="empty")


def add_credit(figure: Figure, data: Dataset, style: Mapping[str, Any], caption: str, more: str = "") -> None:
    """Add a caption with the versions of the package and the data below a figure."""
    origin = f"data of {data_version}, CC BY 4.0" if data is dataset() else "own dataset"
    text = f"{caption}.\nfriendcities {__version__}, {origin}{more}."
    figure.text(
        0.05 / figure.get_figwidth(),
        0.012,
        text,
        **{**style, "fontsize": SMALL, "color": GREY},
        va="bottom",
        gid="credit",
    )


def as_bytes(figure: Figure, format_: str, dots_per_inch: int = _DOTS_PER_INCH) -> bytes:
    """Return the bytes of a figure file. The bytes depend only on the figure and the version of matplotlib.

    Args:
        figure: The figure.
        format_: ``"svg"``, ``"pdf"`` or ``"png"``.
        dots_per_inch: The resolution of PNG.

    Raises:
        InvalidQueryError: If the format is invalid.

    Example:
        >>> from friendcities import plot
        >>> plot.as_bytes(plot.growth_of("Dunedin"), "svg")[:5]
        b'<?xml'
    """
    if format_ not in _METADATA:
        message = f"invalid format {short(format_)}; expected one of {', '.join(map(repr, _METADATA))}"
        raise InvalidQueryError(message, format_, tuple(_METADATA))
    made = BytesIO()
    with rc_context(_SETTINGS):
        figure.savefig(made, format=format_, metadata=_METADATA[format_], dpi=dots_per_inch)
    return made.getvalue()


def save(figure: Figure, path: str | PathLike[str]) -> None:
    """Write a figure to a file. An existing file is replaced only after the new file is complete.

    Args:
        figure: The figure.
        path: The file. The extension ``.svg``, ``.pdf`` or ``.png`` determines the format.

    Raises:
        InvalidQueryError: If the file has another extension.
        OSError: If the file cannot be written.
    """
    replace_file(Path(path), as_bytes(figure, Path(path).suffix.lower().removeprefix(".")))
