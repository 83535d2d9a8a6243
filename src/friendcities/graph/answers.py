"""What a network answers with."""

from attrs import frozen

from friendcities.model import City, Partnership

__all__ = ["CountryMatrix", "Cousin", "Degree", "Distance", "Figures", "Paths"]


@frozen
class Degree:
    """How many partners a city has."""

    city: City
    partners: int


@frozen
class Cousin:
    """A city that is no partner, but has partners in common."""

    city: City
    by: tuple[City, ...]
    """The partners in common, by id."""


@frozen
class Distance:
    """How far apart the two cities of a partnership are."""

    partnership: Partnership
    kilometres: float | None
    """The length of the geodesic on WGS 84, in kilometres; ``None``: where one of them is, is not on record."""


@frozen
class CountryMatrix:
    """How many partnerships there are between each two countries."""

    countries: tuple[str, ...]
    """The countries, as ISO 3166-1 alpha-2 codes, in order."""
    rows: tuple[tuple[int, ...], ...]
    """A row for each, with a number for each: symmetric; partnerships within a country count once."""

    def between(self, one: str, other: str) -> int:
        """How many there are between two countries, or within one; 0 where a country has none.

        Example:
            >>> CountryMatrix(("CN", "NZ"), ((0, 7), (7, 0))).between("NZ", "CN")
            7
        """
        if one not in self.countries or other not in self.countries:
            return 0
        return self.rows[self.countries.index(one)][self.countries.index(other)]


@frozen
class Figures:
    """A network in figures; what is not defined for it is ``None``."""

    cities: int
    """How many cities have a partner."""
    partnerships: int
    """How many partnerships there are."""
    mean_degree: float | None
    """Partners a city, on average: 2 m / n."""
    most_partners: int
    """The partners of the city that has the most."""
    components: int
    """In how many parts it falls, between which there is no way."""
    largest_component: int
    """How many cities the largest of them has."""
    triangles: int
    """How many threes of cities are all partners of each other."""
    clustering: float | None
    """How many of the threes in which one city is the partner of both others are triangles: 3 t / threes."""
    degree_assortativity: float | None
    """Whether cities with many partners have partners with many: Pearson's correlation of the degrees at the two ends
    of partnerships, from -1 to 1 (M. E. J. Newman, "Assortative mixing in networks", Phys. Rev. Lett. 89, 2002)."""
    country_assortativity: float | None
    """Whether partners are of one country: Newman's coefficient for discrete properties, (Σ e_ii - Σ a_i b_i) /
    (1 - Σ a_i b_i), up to 1 (M. E. J. Newman, "Mixing patterns in networks", Phys. Rev. E 67, 2003)."""


@frozen
class Paths:
    """How long the shortest ways are in the largest component."""

    diameter: int
    """The longest of them, in steps."""
    mean: float | None
    """Their mean over all pairs of different cities; ``None`` where there is no pair."""
