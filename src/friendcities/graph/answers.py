"""The results of network analysis."""

from attrs import frozen

from friendcities.model import City, Partnership

__all__ = ["CountryMatrix", "Degree", "Distance", "Figures", "IndirectPartner", "Paths"]


@frozen
class Degree:
    """The number of a city's partners."""

    city: City
    partners: int


@frozen
class IndirectPartner:
    """A city that shares partners with another, and is not its partner."""

    city: City
    by: tuple[City, ...]
    """The partners in common, by id."""


@frozen
class Distance:
    """The distance between the two cities of a partnership."""

    partnership: Partnership
    kilometres: float | None
    """The length of the geodesic on WGS 84; ``None`` where the place of a city is not on record."""


@frozen
class CountryMatrix:
    """The number of partnerships between each two countries."""

    countries: tuple[str, ...]
    """The countries, as ISO 3166-1 alpha-2 codes, in order."""
    rows: tuple[tuple[int, ...], ...]
    """A row for each, with a number for each: symmetric; partnerships within a country count once."""

    def between(self, one: str, other: str) -> int:
        """The number between two countries, or within one; 0 where a country has none.

        Example:
            >>> CountryMatrix(("CN", "NZ"), ((0, 7), (7, 0))).between("NZ", "CN")
            7
        """
        if one not in self.countries or other not in self.countries:
            return 0
        return self.rows[self.countries.index(one)][self.countries.index(other)]


@frozen
class Figures:
    """The key figures of a network; a figure that is not defined for it is ``None``."""

    cities: int
    """The number of cities that have a partner."""
    partnerships: int
    """The number of partnerships."""
    mean_degree: float | None
    """The mean number of partners: 2 m / n."""
    most_partners: int
    """The partners of the city that has the most."""
    components: int
    """The number of connected components."""
    largest_component: int
    """The number of cities in the largest of them."""
    triangles: int
    """The number of groups of three cities that are all partners of each other."""
    clustering: float | None
    """The share of triangles among all groups of three in which one city is the partner of both others."""
    degree_assortativity: float | None
    """Whether cities with many partners have partners with many: Pearson's correlation of the degrees at the two ends
    of partnerships, from -1 to 1 (M. E. J. Newman, "Assortative mixing in networks", Phys. Rev. Lett. 89, 2002)."""
    country_assortativity: float | None
    """Whether partners are in the same country: Newman's coefficient for discrete properties, (Σ e_ii - Σ a_i b_i) /
    (1 - Σ a_i b_i), up to 1 (M. E. J. Newman, "Mixing patterns in networks", Phys. Rev. E 67, 2003)."""


@frozen
class Paths:
    """The lengths of the shortest paths in the largest component."""

    diameter: int
    """The length of the longest of them, in steps."""
    mean: float | None
    """Their mean over all pairs of different cities; ``None`` where there is no pair."""
