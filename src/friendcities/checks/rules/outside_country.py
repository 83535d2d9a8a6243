"""The rule ``outside-country``."""

from collections.abc import Iterator
from typing import Final

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.errors import Problem
from friendcities.model import AnyRecord, City
from friendcities.names.bounding_boxes import Box, boxes, is_inside

__all__ = ["RULE"]

_MOST_NORTHERN: Final = 90


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    del register
    if not isinstance(record, City) or record.coordinates is None or record.country not in boxes():
        return
    box, latitude, longitude = boxes()[record.country], record.coordinates.latitude, record.coordinates.longitude
    if not is_inside(box, latitude, longitude):
        south, west, north, east = box
        across = "" if west <= east else ", across the 180th meridian"
        yield Problem(
            field="coordinates",
            message=f"latitude {latitude}, longitude {longitude} lies outside {record.country_name}",
            expected=f"a latitude from {south} to {north}, and a longitude from {west} to {east}{across}",
            hint=_mend(box, latitude, longitude),
        )


def _mend(box: Box, latitude: float, longitude: float) -> str:
    """Which slip of the pen it was, if one would bring the point back."""
    slips = {
        "the two are swapped": (longitude, latitude),
        "the sign of the latitude is wrong": (-latitude, longitude),
        "the sign of the longitude is wrong": (latitude, -longitude),
        "both signs are wrong": (-latitude, -longitude),
        "the two are swapped, and the sign of the latitude is wrong": (-longitude, latitude),
        "the two are swapped, and the sign of the longitude is wrong": (longitude, -latitude),
    }
    for slip, (south_north, west_east) in slips.items():
        if abs(south_north) <= _MOST_NORTHERN and is_inside(box, south_north, west_east):
            return f"{slip}, it seems: write latitude {south_north}, longitude {west_east}"
    return "mend the point, or the country"


RULE = Rule(
    name="outside-country",
    scope=Scope.RECORD,
    summary="a city lies in its country",
    description=(
        "Coordinates outside the box that holds all places of the city's country are mistyped: latitude and longitude "
        "swapped, a sign lost, a digit wrong. The boxes are those of GeoNames' places, and wide. A territory with a "
        "code of its own, like Martinique ('MQ'), is another country here. Where a place does lie outside, make an "
        "exception."
    ),
    find=in_records(_find),
    excusable=True,
)
