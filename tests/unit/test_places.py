"""The position of a city on the map."""

import pytest

from friendcities import CityId, Coordinates, Dataset
from friendcities.exporters.html_map import MapPosition, map_position
from friendcities.names.bounding_boxes import Box, middle_of
from tests.worlds import a_city

PLACED = a_city("is-gervivik", coordinates=Coordinates(latitude=65.5, longitude=-18.25, point="city"))


def test_a_city_is_where_its_point_is() -> None:
    """A recorded point is used and exact."""
    assert MapPosition(65.5, -18.25, exact=True) == map_position(Dataset([PLACED]), PLACED)


def test_a_part_without_a_point_is_where_its_city_is() -> None:
    """A part without coordinates has those of its city, not exact."""
    part = a_city("is-gervivik-hofn", part_of=CityId("is-gervivik"))

    assert MapPosition(65.5, -18.25, exact=False) == map_position(Dataset([PLACED, part]), part)


def test_a_city_without_a_point_is_in_the_middle_of_its_country() -> None:
    """Other cities have the middle of the country, not exact."""
    found = map_position(Dataset([]), a_city("nz-nowhere"))

    assert found is not None
    assert not found.exact
    assert -53 < found.latitude < -29


@pytest.mark.parametrize("id_", ["zz-nowhere", "zz-somewhere-in"])
def test_a_city_of_no_known_country_is_nowhere(id_: str) -> None:
    """Cities in unknown countries, and their parts, have no position."""
    cities = [a_city("zz-nowhere"), a_city("zz-somewhere-in", part_of=CityId("zz-nowhere"))]
    data = Dataset(cities)

    assert map_position(data, data.city(id_)) is None


@pytest.mark.parametrize(
    ("box", "expected"),
    [
        ((0.0, 10.0, 20.0, 30.0), (10.0, 20.0)),
        ((-20.0, 170.0, -10.0, -170.0), (-15.0, 180.0)),
        ((-20.0, 175.0, -10.0, -165.0), (-15.0, -175.0)),
    ],
)
def test_the_middle_of_a_box_is_within_it(box: Box, expected: tuple[float, float]) -> None:
    """The middle of a country across the 180th meridian is inside it."""
    assert expected == middle_of(box)
