"""The map: a city's partnerships as great circles."""

from itertools import product
from typing import Any, Final, Unpack

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, expand_signature
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.exporters.html_map import map_position
from friendcities.model import City, State, Status, as_date
from friendcities.plot.figure import COLOURS, GREY, INK, LAND, SMALL, TEXT, add_credit, add_legend, new_figure, select
from friendcities.plot.map_geometry import great_circle, land, outline, project, project_copies, wrap_longitude

_ASPECT: Final = 0.55
_MARGIN: Final = 1.01
_POINTS_PER_INCH: Final = 72
_DASHES: Final = (0, (3, 2))
_LETTER_WIDTH: Final = 0.58
"""The mean width of a letter, divided by its height."""
_DEFAULT_MERIDIAN: Final = 11.0
"""The central meridian for a city without known coordinates; its opposite crosses little land."""


def map_of(
    city: str | City,
    *,
    labels: bool = False,
    width: float = 7.0,
    data: Dataset | None = None,
    **filters: Unpack[PartnershipFilters],
) -> Figure:
    """A world map, centred on a city, with its partnerships as great circles.

    The colour of a line shows the kind; the line is dashed if the partnership is not active. A hollow dot is a city
    without known coordinates: it is drawn at the city that it is part of, or in the middle of its country. The
    projection is Equal Earth, which preserves areas.

    Args:
        city: The city.
        labels: Whether to name partners where there is room, the earliest first.
        width: The width in inches; the height follows.
        data: The dataset; ``None``: the bundled one.
        **filters: Which partnerships to show, as in :meth:`friendcities.Dataset.partnerships_of`.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError, TypeError: As ``partnerships_of``.
        MissingExtraError: If the outlines of land are not installed.

    Example:
        >>> from friendcities import plot
        >>> figure = plot.map_of("Dunedin")
        >>> [line.get_gid() for line in figure.axes[0].patches if "--" in (line.get_gid() or "")]
        ['cn-shanghai--nz-dunedin']
    """
    shown, on = select(data, city, filters), filters.get("on")
    states = [(view, view.partnership.state if on is None else view.partnership.at(on)) for view in shown.views]
    rows = [(view, state) for view, state in states if shown.fits(state)]
    figure, axes = new_figure(width, width * _ASPECT if isinstance(width, (int, float)) else 0)
    axes.set_position((0.0, 0.1, 1.0, 0.89))
    own = map_position(shown.data, shown.city)
    world = _WorldMap(axes, shown.data, _DEFAULT_MERIDIAN if own is None else own.longitude)
    undrawn = [world.draw(view, state) for view, state in rows].count(False)
    world.mark(shown.city, named=True, main=True)
    for partner in {view.partner.id: view.partner for view, _ in rows}.values():
        world.mark(partner, named=labels)
    dashed = {"linestyle": _DASHES} if any(state.status is not Status.ACTIVE for _, state in rows) else None
    kinds = {state.kind for _, state in rows}
    add_legend(figure, kinds, dashed, loc="lower right", ncols=3, bbox_to_anchor=(1.0, 0.0))
    when = "after the last recorded step" if on is None else f"at the end of {as_date(on)}"
    left_out = f", {undrawn} of them not drawn, because no coordinates are known" if undrawn else ""
    caption = f"{len(rows)} partnership{'' if len(rows) == 1 else 's'} of {shown.city.name}, {when}{left_out}"
    add_credit(figure, shown.data, caption, "; land: Natural Earth")
    return figure


expand_signature(map_of)


class _WorldMap:
    """A world map with a given central meridian."""

    def __init__(self, axes: Axes, data: Dataset, middle: float) -> None:
        self._axes = axes
        self._data = data
        self._middle = middle
        self._name_boxes: list[Bbox] = []
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
        """Draw a partnership; return whether the coordinates of both cities are known."""
        one, other = map_position(self._data, view.city), map_position(self._data, view.partner)
        if one is None or other is None:
            return False
        points = great_circle((one.longitude, one.latitude), (other.longitude, other.latitude))
        lines = Path.make_compound_path(*map(Path, project_copies(points, self._middle)))
        dashes = "-" if state.status is Status.ACTIVE else _DASHES
        line: dict[str, Any] = {"linestyle": dashes, "edgecolor": COLOURS[state.kind], "gid": str(view.partnership.id)}
        self._add_clipped(PathPatch(lines, facecolor="none", linewidth=0.8, alpha=0.85, capstyle="round", **line))
        return True

    def mark(self, city: City, *, named: bool, main: bool = False) -> None:
        """Mark a city if its coordinates are known."""
        place = map_position(self._data, city)
        if place is None:
            return
        x, y = project((wrap_longitude(place.longitude - self._middle), place.latitude))
        inside, edge = (INK, "white") if place.exact else ("white", INK)
        style: dict[str, Any] = {"markerfacecolor": inside, "markeredgecolor": edge, "markeredgewidth": 0.4}
        self._axes.plot([x], [y], marker="o", markersize=5 if main else 2.6, gid=str(city.id), **style)
        if named:
            self._write_name(city.name, (x, y), main=main)

    def _write_name(self, name: str, at: tuple[float, float], *, main: bool) -> None:
        """Write a name on the first side of a dot that has room, if any has."""
        size = TEXT["fontsize"] if main else SMALL
        x, y = self._axes.transData.transform(at) * _POINTS_PER_INCH / self._axes.figure.dpi
        width, height = size * (_LETTER_WIDTH + 0.1 * main) * len(name), size
        for right, up in product((True, False), (True, False)):
            west, south = x + 4 if right else x - 4 - width, y + 2 if up else y - 2 - height
            box = Bbox.from_bounds(west, south, width, height)
            if not any(box.overlaps(other) for other in self._name_boxes):
                self._name_boxes.append(box)
                style = {**TEXT, "fontsize": size, "fontweight": "bold" if main else "normal"}
                style |= {"ha": "left" if right else "right", "va": "bottom" if up else "top"}
                style["path_effects"] = [withStroke(linewidth=1.5, foreground="white")]
                offset = (4 if right else -4, 2 if up else -2)
                self._axes.annotate(name, at, offset, textcoords="offset points", **style)
                return

    def _add_clipped(self, patch: PathPatch) -> None:
        """Add a patch that is clipped at the edge of the map."""
        self._axes.add_patch(patch)
        patch.set_clip_path(self._edge)
