"""Where a city is drawn: at its point, or, where none is on record, near it, and marked as such."""

from attrs import frozen

from friendcities.datasets.partnership_questions import Dataset
from friendcities.model import City
from friendcities.names.bounding_boxes import boxes, middle_of

__all__ = ["Place", "place_of"]


@frozen
class Place:
    """Where a city is drawn."""

    latitude: float
    """Degrees north."""
    longitude: float
    """Degrees east."""
    exact: bool
    """Whether it is the point on record; else it is that of the city it is a part of, or the middle of its country."""


def place_of(data: Dataset, city: City) -> Place | None:
    """Where a city is drawn; ``None`` where nothing is known of that.

    Args:
        data: The dataset that it is from.
        city: The city.

    Example:
        >>> import friendcities as fc
        >>> place_of(fc.dataset(), fc.city("Dunedin")).exact
        True
    """
    if city.coordinates is not None:
        return Place(city.coordinates.latitude, city.coordinates.longitude, exact=True)
    if city.part_of is not None:
        whole = place_of(data, data.city(city.part_of))
        return None if whole is None else Place(whole.latitude, whole.longitude, exact=False)
    box = boxes().get(city.country)
    return None if box is None else Place(*middle_of(box), exact=False)
