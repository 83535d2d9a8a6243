"""The small map of a city's page: lines to its active partners, over a picture of the land that pages share."""

from collections.abc import Iterable, Iterator
from typing import Any, Final

from attrs import frozen
from jinja2 import Template
from matplotlib.path import Path as Outline

import friendcities as fc
from catalogue.views import Catalogue
from friendcities.exporters.html_map import MapPosition, map_position
from friendcities.model import PartnershipKind, Status
from friendcities.plot.map_geometry import Point, great_circle, land, outline, project, project_copies, wrap_longitude

__all__ = ["MERIDIANS", "land_picture", "small_map"]

MERIDIANS: Final = range(-180, 180, 60)
"""The central meridians of the maps: each page uses the nearest one."""
SCALE: Final = 200
"""The number of units of the picture for one unit of the projection."""
WIDTH, HEIGHT = 1092, 536
BOX: Final = f"{-WIDTH // 2} {-HEIGHT // 2} {WIDTH} {HEIGHT}"
EVERY: Final = 2
"""A line has every second point of the great circle."""
LAND: Final = Template(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="{{ box }}"><clipPath id="edge"><path d="{{ edge }}"/></clipPath>'
    '<path d="{{ land }}" fill="#8a919c" fill-opacity=".4" clip-path="url(#edge)"/>'
    '<path d="{{ edge }}" fill="none" stroke="#8a919c" stroke-width="1"/></svg>\n'
)


def rings(path: Outline) -> Iterator[str]:
    """The closed parts of a path."""
    for polygon in path.to_polygons(closed_only=False):
        yield as_ring(polygon)


def as_ring(vertices: Any) -> str:
    """An array of points as a closed line."""
    return as_path(map(tuple, vertices.tolist())) + "z"


def as_path(points: Iterable[Point]) -> str:
    """A line as the commands of SVG, in whole units; points that fall together are left out."""
    (x, y), *others = dict.fromkeys(map(in_units, points))
    made = [f"M{x} {y}"]
    for next_x, next_y in others:
        across, down = next_x - x, next_y - y
        made.append(f"l{across}{'' if down < 0 else ' '}{down}")
        x, y = next_x, next_y
    return "".join(made)


def as_dots(places: Iterable[MapPosition], meridian: int) -> str:
    """Lines without a length, which the style shows as dots."""
    points = (project((wrap_longitude(place.longitude - meridian), place.latitude)) for place in places)
    return "".join(f"M{x} {y}h0" for x, y in dict.fromkeys(map(in_units, points)))


def in_units(point: Point) -> tuple[int, int]:
    """A projected point in the units of the picture, in which y grows downwards."""
    x, y = point
    return round(x * SCALE), -round(y * SCALE)


EDGE: Final = as_ring(outline().vertices)
"""The edge of the map."""


@frozen
class SmallMap:
    """The lines and dots of a map as paths of SVG."""

    meridian: int
    """The central meridian: one of ``MERIDIANS``."""
    lines: dict[PartnershipKind, str]
    partners: str
    city: str

    box = BOX
    edge = EDGE
    left, top, width, height = -WIDTH // 2, -HEIGHT // 2, WIDTH, HEIGHT


def small_map(catalogue: Catalogue, city: fc.City) -> SmallMap | None:
    """The map of the active partnerships of a city; ``None`` if no partnership can be drawn.

    Args:
        catalogue: The catalogue.
        city: The city.
    """
    here = map_position(catalogue.data, city)
    places = [(view, map_position(catalogue.data, view.partner)) for view in catalogue.views(city)]
    drawn = [(view.state.kind, there) for view, there in places if there and view.state.status is Status.ACTIVE]
    if here is None or not drawn:
        return None
    meridian = min(MERIDIANS, key=lambda each: abs(wrap_longitude(each - here.longitude)))
    lines = dict.fromkeys(sorted({kind for kind, _ in drawn}, key=list(PartnershipKind).index), "")
    for kind, there in drawn:
        points = great_circle((here.longitude, here.latitude), (there.longitude, there.latitude))
        lines[kind] += "".join(map(as_path, project_copies([*points[:-1:EVERY], points[-1]], meridian)))
    return SmallMap(meridian, lines, as_dots([place for _, place in drawn], meridian), as_dots([here], meridian))


def land_picture(meridian: int) -> str:
    """The picture of the land, as SVG. A grey with little opacity fits light and dark pages."""
    return str(LAND.render(box=BOX, edge=EDGE, land="".join(rings(land(meridian)))))
