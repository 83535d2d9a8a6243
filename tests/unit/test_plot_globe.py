"""The shape of the world on paper."""

import math
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from friendcities.plot.map_geometry import great_circle, land, outline, project, project_copies, wrap_longitude

LONGITUDES = st.floats(-180, 180)
POINTS = st.tuples(LONGITUDES, st.floats(-89, 89))
EDGE = project((180, 0))[0]


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        ((0.0, 0.0), (0.0, 0.0)),
        ((180.0, 0.0), (2.7066, 0.0)),
        ((0.0, 90.0), (0.0, 1.3173)),
        ((180.0, 90.0), (1.6036, 1.3173)),
        ((0.0, -90.0), (0.0, -1.3173)),
    ],
)
def test_the_projection_is_equal_earth(point: tuple[float, float], expected: tuple[float, float]) -> None:
    """The corners of the map are where the authors of the projection have them."""
    assert pytest.approx(expected, abs=1e-4) == project(point)


def test_areas_are_kept() -> None:
    """Strips of the same area on the sphere have the same area on paper."""
    strips = [(0, 30), (60, 90)]
    areas = []
    for south, north in strips:
        lines = [south + (north - south) * step / 600 for step in range(601)]
        widths = [project((180, each))[0] for each in lines]
        heights = [project((0, each))[1] for each in lines]
        area = sum((a + b) / 2 * (d - c) for a, b, c, d in zip(widths, widths[1:], heights, heights[1:], strict=False))
        areas.append(area / (math.sin(math.radians(north)) - math.sin(math.radians(south))))

    assert pytest.approx(areas[0], rel=1e-4) == areas[1]


@given(POINTS, POINTS)
def test_a_great_circle_is_even_and_without_jumps(one: tuple[float, float], other: tuple[float, float]) -> None:
    """It begins at the one and ends at the other, whichever way around."""
    found = great_circle(one, other)

    assert pytest.approx(one, abs=1e-4) == found[0]
    assert pytest.approx(other[1], abs=1e-4) == found[-1][1]
    assert pytest.approx(0, abs=1e-4) == wrap_longitude(found[-1][0] - other[0] + 90) - 90
    assert all(abs(after[0] - before[0]) <= 180 for before, after in pairwise(found))


def test_a_great_circle_leans_to_the_pole() -> None:
    """Between two places of the north the shortest way goes further north than both."""
    assert max(latitude for _, latitude in great_circle((121, 31), (-88, 42))) > 70


@pytest.mark.parametrize("other", [(10.0, 20.0), (-170.0, -20.0)])
def test_from_a_point_to_itself_or_its_antipode_any_way_will_do(other: tuple[float, float]) -> None:
    """Where no way is the shortest, a line is drawn all the same."""
    found = great_circle((10.0, 20.0), other)

    assert (10.0, 20.0) == found[0]
    assert pytest.approx(other[1]) == found[-1][1]


def test_a_line_across_the_edge_comes_in_at_the_other() -> None:
    """It is drawn twice, each time without a jump across the map."""
    lines = list(project_copies(great_circle((170, 10), (-170, 10)), 0))

    assert 2 == len(lines)
    assert all(abs(b[0] - a[0]) < 0.1 for line in lines for a, b in pairwise(line))


@given(LONGITUDES, POINTS, POINTS)
@example(0.0, (180.0, 0.0), (180.0, 0.0))
@example(0.0, (-180.0, 10.0), (180.0, 40.0))
def test_every_line_is_drawn_somewhere_on_the_map(
    middle: float, one: tuple[float, float], other: tuple[float, float]
) -> None:
    """With any meridian in the middle, both ends of a line are on the map."""
    for longitude, latitude in (one, other):
        expected = project((wrap_longitude(longitude - middle), latitude))
        drawn = [point for line in project_copies(great_circle(one, other), middle) for point in line]

        assert any(math.dist(expected, point) < 0.01 or abs(abs(expected[0]) - EDGE) < EDGE for point in drawn)


def test_the_outline_is_closed_and_as_wide_as_the_world() -> None:
    """It is the edge by which all else is cut off."""
    extents = outline().get_extents()

    assert pytest.approx(2 * EDGE, abs=1e-6) == extents.width
    assert outline().codes is not None


@pytest.mark.parametrize("middle", [0.0, 121.5, -100.0])
def test_land_has_no_line_across_the_map(middle: float) -> None:
    """Nothing but the edge along the pole is longer than a few degrees."""
    path = land(middle)
    parts = [part for part, _ in path.iter_segments(curves=False, simplify=False)]
    codes = [code for _, code in path.iter_segments(curves=False, simplify=False)]
    long = [
        (before, after)
        for (before, after), code in zip(pairwise(parts), codes[1:], strict=True)
        if code == path.LINETO and math.dist(before, after) > 0.5 and after[1] > -1.3
    ]

    assert [] == long


def test_land_is_where_land_is() -> None:
    """Inner Asia is land, and the middle of the Pacific is not."""
    path = land(0)

    assert path.contains_point(project((100, 50)))
    assert not path.contains_point(project((-140, 10)))
