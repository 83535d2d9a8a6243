"""The map: a city's partnerships as great circles."""

from itertools import product
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Bbox

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import CountryFilter, KindFilter, LevelFilter, ReliabilityFilter, StatusFilter
from friendcities.exporters.html_map import MapPosition, map_position
from friendcities.model import City, DateLike, Source, State, Status, as_date
from friendcities.plot.projection import along, great_circle, land, outline, project, wrapped
from friendcities.plot.selection import Tie, shown
from friendcities.plot.style import COLOURS, GREY, INK, LAND, SMALL, TEXT, credit, legend, new_figure

__all__ = ["map_of"]

_SHAPE: Final = 0.55
_MARGIN: Final = 1.01
_POINTS: Final = 72
"""How many points an inch has."""
_LETTER: Final = 0.58
"""How wide a letter is on the average, for its height."""
_BEYOND: Final = 11.0
"""A meridian whose opposite cuts least land, for a city whose place is not known."""


def map_of(
    city: str | City,
    *,
    on: DateLike | None = None,
    status: StatusFilter = "active",
    kind: KindFilter = None,
    country: CountryFilter = None,
    level: LevelFilter = None,
    reliability: ReliabilityFilter = None,
    disputed: bool | None = None,
    source: str | Source | None = None,
    include_parts: bool = False,
    labels: bool = False,
    width: float = 7.0,
    data: Dataset | None = None,
) -> Figure:
    """A map of the world with the partnerships of a city as great circles, the city in the middle.

    The colour of a line tells the kind; it is broken where the partnership is not active. A hollow dot is a city whose
    point is not on record: it stands where the city is that it is a part of, or in the middle of its country. The
    projection is Equal Earth, which keeps areas.

    Args:
        city: The city.
        on: As things stood at the end of this date, instead of after the last step on record.
        status: How the partnership stands: one value or several; ``"any"`` for all.
        kind: Of what kind it is.
        country: The partner's country: ISO 3166-1 alpha-2 codes or names.
        level: The partner's level of government.
        reliability: On how good a word the partnership stands.
        disputed: Only those whose sources disagree (true), or only those whose sources do not (false).
        source: Only what this source says, its own dates included.
        include_parts: Also the partnerships of the city's districts and other parts.
        labels: Whether partners are named, the earliest first, as far as there is room for their names.
        width: How many inches wide it is to be; the height follows.
        data: The dataset; ``None``: the bundled one.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError: As ``partnerships_of`` does.
        MissingExtraError: If the outlines of land were not built.

    Example:
        >>> from friendcities import plot
        >>> figure = plot.map_of("Dunedin")
        >>> [line.get_gid() for line in figure.axes[0].patches if "--" in (line.get_gid() or "")]
        ['cn-shanghai--nz-dunedin']
    """
    asked = shown(
        data,
        city,
        status,
        kind,
        country=country,
        level=level,
        reliability=reliability,
        disputed=disputed,
        source=source,
        include_parts=include_parts,
    )
    rows = [(tie, tie.partnership.state if on is None else tie.partnership.at(on)) for tie in asked.ties]
    rows = [(tie, state) for tie, state in rows if asked.fits(state)]
    figure = new_figure(width, width * _SHAPE if isinstance(width, (int, float)) else 0)
    axes = figure.add_axes((0.0, 0.1, 1.0, 0.89))
    own = map_position(asked.data, asked.city)
    world = _World(figure, axes, asked.data, _BEYOND if own is None else own.longitude)
    undrawn = [tie for tie, state in rows if not world.draw(tie, state)]
    partners = {tie.partner.id: tie.partner for tie, _ in rows}
    world.mark(asked.city, named=True, main=True)
    for partner in partners.values():
        world.mark(partner, named=labels)
    dashed = [Line2D([], [], color=GREY, linestyle=(0, (3, 2)), label="not active")]
    legend(
        figure,
        {state.kind for _, state in rows},
        dashed if any(state.status is not Status.ACTIVE for _, state in rows) else (),
        loc="lower right",
        ncols=3,
        bbox_to_anchor=(1.0, 0.0),
    )
    when = "after the last step on record" if on is None else f"at the end of {as_date(on)}"
    left_out = f", {len(undrawn)} of them not drawn, for no place is known" if undrawn else ""
    told = f"{len(rows)} partnership{'' if len(rows) == 1 else 's'} of {asked.city.name}, {when}{left_out}"
    credit(figure, asked.data, told, "; land: Natural Earth")
    return figure


class _World:
    """A map of the world with a meridian in its middle.

    Args:
        figure: The figure.
        axes: Where in it to draw.
        data: The dataset that the cities are from.
        middle: The longitude of the meridian.
    """

    def __init__(self, figure: Figure, axes: Axes, data: Dataset, middle: float) -> None:
        self._figure = figure
        self._axes = axes
        self._data = data
        self._middle = middle
        self._taken: list[Bbox] = []
        self._edge = PathPatch(outline(), facecolor="none", edgecolor=GREY, linewidth=0.5, gid="outline")
        axes.add_patch(self._edge)
        ground = PathPatch(land(middle), facecolor=LAND, edgecolor=LAND, linewidth=0.3, gid="land")
        self._add(ground)
        axes.set_axis_off()
        axes.set_aspect("equal")
        (west, south), (east, north) = self._edge.get_path().get_extents().get_points().tolist()
        axes.set_xlim(west * _MARGIN, east * _MARGIN)
        axes.set_ylim(south * _MARGIN, north * _MARGIN)
        axes.apply_aspect()

    def draw(self, tie: Tie, state: State) -> bool:
        """Draw a partnership; whether it could be."""
        one, other = map_position(self._data, tie.own), map_position(self._data, tie.partner)
        if one is None or other is None:
            return False
        points = great_circle((one.longitude, one.latitude), (other.longitude, other.latitude))
        lines = Path.make_compound_path(*(Path(line) for line in along(points, self._middle)))
        arc = PathPatch(
            lines,
            facecolor="none",
            edgecolor=COLOURS[state.kind],
            linewidth=0.8,
            linestyle="-" if state.status is Status.ACTIVE else (0, (3, 2)),
            alpha=0.85,
            capstyle="round",
            gid=str(tie.partnership.id),
        )
        self._add(arc)
        return True

    def mark(self, city: City, *, named: bool, main: bool = False) -> None:
        """Mark a city, where it is known to lie."""
        place = map_position(self._data, city)
        if place is None:
            return
        x, y = self._on_paper(place)
        self._axes.plot(
            [x],
            [y],
            marker="o",
            markersize=5 if main else 2.6,
            markerfacecolor=INK if place.exact else "white",
            markeredgecolor="white" if place.exact else INK,
            markeredgewidth=0.4,
            gid=str(city.id),
        )
        if named:
            self._name(city.name, (x, y), main=main)

    def _name(self, name: str, at: tuple[float, float], *, main: bool) -> None:
        """Write a name beside a dot, on the first side where there is room; nowhere, where there is none."""
        size = TEXT["fontsize"] if main else SMALL
        x, y = self._axes.transData.transform(at) * _POINTS / self._figure.dpi
        width, height = size * (_LETTER + 0.1 * main) * len(name), size
        for right, up in product((True, False), (True, False)):
            west, south = x + 4 if right else x - 4 - width, y + 2 if up else y - 2 - height
            box = Bbox.from_bounds(west, south, width, height)
            if not any(box.overlaps(other) for other in self._taken):
                self._taken.append(box)
                self._axes.annotate(
                    name,
                    at,
                    (4 if right else -4, 2 if up else -2),
                    textcoords="offset points",
                    ha="left" if right else "right",
                    va="bottom" if up else "top",
                    path_effects=[withStroke(linewidth=1.5, foreground="white")],
                    **{**TEXT, "fontsize": size, "fontweight": "bold" if main else "normal"},
                )
                return

    def _on_paper(self, place: MapPosition) -> tuple[float, float]:
        return project((wrapped(place.longitude - self._middle), place.latitude))

    def _add(self, patch: PathPatch) -> None:
        """Add what the edge of the map is to cut off."""
        self._axes.add_patch(patch)
        patch.set_clip_path(self._edge)
