"""Draws the map of a city's partnerships as great circles."""

from collections.abc import Mapping
from typing import Any, Final, Unpack

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from textalloc import allocate

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, expand_signature
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.exporters.html_map import map_position
from friendcities.model import City, State, Status, as_date
from friendcities.plot.figure import (
    GREY,
    INK,
    LAND,
    PALE,
    SMALL,
    TEXT,
    FigureData,
    Layout,
    add_credit,
    legend_of_lines,
    line_style,
    new_figure,
    select,
    write_empty,
)
from friendcities.plot.map_geometry import great_circle, land, outline, project, project_copies, wrap_longitude

_ASPECT: Final = 0.49
_MARGIN: Final = 1.01
_SIDE: Final = 0.1
"""The margin on the left and on the right of the map, in inches, for names at the edge."""
_OPACITY: Final = 0.85
"""The opacity of the lines of active partnerships."""
_DEFAULT_MERIDIAN: Final = 11.0
"""The central meridian of the map if the city has no coordinates. The edge of such a map crosses little land."""


def map_of(
    city: str | City,
    *,
    labels: bool = False,
    title: str | None = None,
    language: str | None = None,
    width: float = 7.0,
    data: Dataset | None = None,
    **filters: Unpack[PartnershipFilters],
) -> Figure:
    """Draw a city's partnerships as great circles on a world map. The city is at the centre.

    The colour and the dashes of a line show the kind. The line is pale if the partnership is not active. A hollow dot
    marks a city without coordinates. The dot is in the containing city, or in the middle of the country. The projection
    is Equal Earth.

    Args:
        city: The city.
        labels: Whether to write names beside the dots of partners. Names that do not fit are left out. The names of the
            earliest partners come first. The caption states how many names are left out.
        title: The title above the figure.
        language: The language of the city names, as a BCP 47 tag such as ``"ja"``. Missing names are in English.
        width: The width in inches. The height follows from the width.
        data: The dataset. The default is the bundled dataset.
        **filters: Selects partnerships; see :meth:`friendcities.Dataset.partnerships_of`.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError, TypeError: See
            :meth:`friendcities.Dataset.partnerships_of`.
        MissingExtraError: If the outlines of land are not installed.

    Example:
        >>> from friendcities import plot
        >>> figure = plot.map_of("Dunedin")
        >>> [line.get_gid() for line in figure.axes[0].patches if "--" in (line.get_gid() or "")]
        ['cn-shanghai--nz-dunedin']
    """
    shown, on = select(data, city, language, filters), filters.get("on")
    states = [(view, view.partnership.state if on is None else view.partnership.at(on)) for view in shown.views]
    rows = [(view, state) for view, state in states if shown.fits(state)]
    inactive = any(state.status is not Status.ACTIVE for _, state in rows)
    layout = Layout(title, legend_of_lines({state.kind for _, state in rows}, inactive=inactive), 4, numbers=0)
    height = layout.above + layout.below + (width * _ASPECT if isinstance(width, (int, float)) else 0)
    figure, axes = new_figure(width, height)
    style = shown.style
    layout.arrange(figure, axes, _SIDE, _SIDE, style)
    own = map_position(shown.data, shown.city)
    world = _WorldMap(axes, shown, _DEFAULT_MERIDIAN if own is None else own.longitude)
    undrawn = [world.draw(view, state) for view, state in rows].count(False)
    world.mark(shown.city, named=True, main=True)
    for partner in {view.partner.id: view.partner for view, _ in rows}.values():
        world.mark(partner, named=labels)
    unnamed = world.write_names(style)
    if not rows:
        write_empty(axes)
    when = "after the last recorded step" if on is None else f"at the end of {as_date(on)}"
    left_out = f", {undrawn} of them not drawn, because no coordinates are known" if undrawn else ""
    left_out += f"; no room for {unnamed} name{'' if unnamed == 1 else 's'}" if unnamed else ""
    name = shown.name_of(shown.city)
    caption = f"{len(rows)} partnership{'' if len(rows) == 1 else 's'} of {name}, {when}{left_out}"
    add_credit(figure, shown.data, style, caption, "; land: Natural Earth")
    return figure


expand_signature(map_of)


class _WorldMap:
    def __init__(self, axes: Axes, shown: FigureData, middle: float) -> None:
        self._axes = axes
        self._shown = shown
        self._middle = middle
        self._dots: list[tuple[float, float]] = []
        self._names: list[tuple[str, float, float, bool]] = []
        self._edge = PathPatch(outline(), facecolor="none", edgecolor=GREY, linewidth=0.5, gid="outline")
        axes.add_patch(self._edge)
        self._add_clipped(PathPatch(land(middle), facecolor=LAND, edgecolor=LAND, linewidth=0.3, gid="land"))
        axes.set_axis_off()
        axes.set_aspect("equal")
        (west, south), (east, north) = self._edge.get_path().get_extents().get_points().tolist()
        axes.set_xlim(west * _MARGIN, east * _MARGIN)
        axes.set_ylim(south * _MARGIN, north * _MARGIN)
        axes.apply_aspect()

    def draw(self, view: PartnershipView, state: State) -> bool:
        """Draw a partnership. Return whether the coordinates of the two cities are known."""
        one, other = map_position(self._shown.data, view.city), map_position(self._shown.data, view.partner)
        if one is None or other is None:
            return False
        points = great_circle((one.longitude, one.latitude), (other.longitude, other.latitude))
        lines = Path.make_compound_path(*map(Path, project_copies(points, self._middle)))
        style = {**line_style(state.kind), "alpha": _OPACITY if state.status is Status.ACTIVE else PALE}
        line = PathPatch(lines, facecolor="none", linewidth=0.8, gid=str(view.partnership.id), **style)
        self._add_clipped(line)
        return True

    def mark(self, city: City, *, named: bool, main: bool = False) -> None:
        """Mark a city if its coordinates are known."""
        place = map_position(self._shown.data, city)
        if place is None:
            return
        x, y = project((wrap_longitude(place.longitude - self._middle), place.latitude))
        inside, edge = (INK, "white") if place.exact else ("white", INK)
        style: dict[str, Any] = {"markerfacecolor": inside, "markeredgecolor": edge, "markeredgewidth": 0.4}
        self._axes.plot([x], [y], marker="o", markersize=5 if main else 2.6, gid=str(city.id), **style)
        self._dots.append((x, y))
        if named:
            self._names.append((self._shown.name_of(city), x, y, main))

    def write_names(self, style: Mapping[str, Any]) -> int:
        """Write names beside the dots of cities. Return the number of names that do not fit."""
        if not self._names:
            return 0
        names, xs, ys, main = map(list, zip(*self._names, strict=True))
        dots_x, dots_y = map(list, zip(*self._dots, strict=True))
        more = {name: value for name, value in style.items() if name not in {"fontsize", "color"}}
        allocate(
            self._axes,
            xs,
            ys,
            names,
            x_scatter=dots_x,
            y_scatter=dots_y,
            textsize=[TEXT["fontsize"] if each else SMALL for each in main],
            fontweight=["bold" if each else "normal" for each in main],
            textcolor=style["color"],
            linecolor=GREY,
            linewidth=0.4,
            plot_kwargs={"zorder": 3},
            margin=0.003,
            min_distance=0.006,
            max_distance=0.035,
            draw_all=False,
            path_effects=[withStroke(linewidth=1.5, foreground="white")],
            **more,
        )
        return len(names) - len(self._axes.texts)

    def _add_clipped(self, patch: PathPatch) -> None:
        self._axes.add_patch(patch)
        patch.set_clip_path(self._edge)
