"""Analyses the network of cities and partnerships."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, ClassVar, Final, TypeVar, Unpack

from attrs import asdict, frozen

from friendcities.datasets.dataset import Dataset, Results
from friendcities.datasets.filters import PartnershipFilters, expand_signature
from friendcities.datasets.shortest_path import find_path
from friendcities.errors import InvalidQueryError
from friendcities.exporters.geodesics import kilometres_between
from friendcities.exporters.tables import CellType, Column, TableDeclaration, TableSchema
from friendcities.exporters.tables.partnerships import city_cells, place_columns
from friendcities.extras import extra
from friendcities.model import City, Partnership
from friendcities.model.record import short

T = TypeVar("T")

_EXTRA: Final = "graph"
MAX_COLUMNS: Final = 20
"""The maximum number of columns of a matrix, and of cities of a network, in a notebook."""


@frozen
class Degree:
    """The number of a city's partners."""

    TABLE: ClassVar = TableDeclaration(
        TableSchema(
            "degrees",
            "A city and the number of its partners",
            ("city",),
            (*place_columns("city", "name", "country", "The city"), Column("partners", CellType.INTEGER, "Number")),
        ),
        frozenset(),
        lambda degree, context: [(*city_cells(degree.city.id, context), degree.partners)],
    )

    city: City
    partners: int

    def to_dict(self) -> dict[str, Any]:
        """Return the degree as plain JSON values."""
        return {"city": self.city.summary(), "partners": self.partners}


@frozen
class IndirectPartner:
    """A city that shares partners with another city, but is not a partner of that city."""

    TABLE: ClassVar = TableDeclaration(
        TableSchema(
            "indirect_partners",
            "A city that has partners in common with another city",
            ("city",),
            (
                *place_columns("city", "name", "country", "The city"),
                Column("partners", CellType.INTEGER, "Number of partners in common"),
                Column("by", CellType.TEXT, "Ids of the partners in common"),
            ),
        ),
        frozenset(),
        lambda each, context: [
            (*city_cells(each.city.id, context), len(each.by), " ".join(city.id for city in each.by))
        ],
    )

    city: City
    by: tuple[City, ...]
    """The partners that the two cities share, sorted by id."""

    def to_dict(self) -> dict[str, Any]:
        """Return the indirect partner as plain JSON values."""
        return {"city": self.city.summary(), "by": [city.summary() for city in self.by]}


@frozen
class Distance:
    """The geodesic distance between the two cities of a partnership."""

    TABLE: ClassVar = TableDeclaration(
        TableSchema(
            "distances",
            "A partnership and the distance between its cities",
            ("partnership",),
            (
                Column("partnership", CellType.TEXT, "The partnership", "partnerships"),
                *place_columns("city_1", "name_1", "country_1", "The city whose id is first in alphabetical order"),
                *place_columns("city_2", "name_2", "country_2", "The other city"),
                Column("kilometres", CellType.NUMBER, "Length of the geodesic on WGS 84"),
            ),
        ),
        frozenset(),
        lambda each, context: [
            (
                each.partnership.id,
                *(cell for city in each.partnership.cities for cell in city_cells(city, context)),
                each.kilometres,
            )
        ],
    )

    partnership: Partnership
    kilometres: float | None
    """The length of the geodesic on WGS 84; ``None`` if the coordinates of a city are unknown."""

    def to_dict(self) -> dict[str, Any]:
        """Return the distance as plain JSON values."""
        cities = list(map(str, self.partnership.cities))
        return {"partnership": str(self.partnership.id), "cities": cities, "kilometres": self.kilometres}


@frozen
class CountryMatrix:
    """The number of partnerships between each pair of countries."""

    countries: tuple[str, ...]
    """The countries, as ISO 3166-1 alpha-2 codes in alphabetical order."""
    rows: tuple[tuple[int, ...], ...]
    """A symmetric matrix with a row and a column for each country. The diagonal has partnerships within countries."""

    def between(self, one: str, other: str) -> int:
        """Return the number of partnerships between two countries, or within one country.

        Example:
            >>> CountryMatrix(("CN", "NZ"), ((0, 7), (7, 0))).between("NZ", "CN")
            7
        """
        if one not in self.countries or other not in self.countries:
            return 0
        return self.rows[self.countries.index(one)][self.countries.index(other)]

    def to_dict(self) -> dict[str, Any]:
        """Return the matrix as plain JSON values."""
        return {"countries": list(self.countries), "rows": list(map(list, self.rows))}

    def __repr__(self) -> str:
        return f"<CountryMatrix: {len(self.countries)} countries>"

    def _repr_html_(self) -> str:
        """Return the table for a notebook."""
        from friendcities.notebook.tables import cell_table  # noqa: PLC0415 - only a notebook needs it

        rows = [(code, *numbers[:MAX_COLUMNS]) for code, numbers in zip(self.countries, self.rows, strict=True)]
        return cell_table("Partnerships between countries", ("Country", *self.countries[:MAX_COLUMNS]), rows)


@frozen
class Figures:
    """The key figures of a network. An undefined figure is ``None``."""

    cities: int
    """The number of cities that have a partner."""
    partnerships: int
    """The number of partnerships."""
    mean_degree: float | None
    """The mean number of partners: 2 m / n."""
    most_partners: int
    """The largest number of partners of a city."""
    components: int
    """The number of connected components."""
    largest_component: int
    """The number of cities in the largest component."""
    triangles: int
    """The number of groups of three cities that are all partners of each other."""
    clustering: float | None
    """The share of triangles among all groups of three cities in which one city is a partner of the two others."""
    degree_assortativity: float | None
    """Pearson's correlation between the numbers of partners of the two cities of a partnership, from -1 to 1.

    A positive value means that cities with many partners tend to be partners of one another (M. E. J. Newman,
    "Assortative mixing in networks", Phys. Rev. Lett. 89, 2002)."""
    country_assortativity: float | None
    """Newman's coefficient for partners in the same country, up to 1: (Σ e_ii - Σ a_i b_i) / (1 - Σ a_i b_i).

    A positive value means that partners tend to be in the same country (M. E. J. Newman, "Mixing patterns in networks",
    Phys. Rev. E 67, 2003)."""

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as plain JSON values."""
        return asdict(self)


@frozen
class Paths:
    """The mean and the greatest length of the shortest paths in the largest component."""

    diameter: int
    """The number of partnerships on the longest of these paths."""
    mean: float | None
    """The mean length over all pairs of different cities; ``None`` if there is no pair."""

    def to_dict(self) -> dict[str, Any]:
        """Return the lengths as plain JSON values."""
        return asdict(self)


class Network:
    """An immutable network of selected partnerships and their cities.

    Args:
        data: The dataset.
        **filters: Selects partnerships; see :meth:`friendcities.Dataset.find_partnerships`.

    Raises:
        MissingExtraError: If the extra ``graph`` is not installed.
        UnknownRecordError, TypeError: See :meth:`friendcities.Dataset.find_partnerships`.
        InvalidQueryError: If a filter has an invalid value, or if ``data`` is not a dataset.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.graph import Network
        >>> network = Network(fc.dataset(), on="1980")
        >>> network.degrees()[0]
        Degree(city=<City cn-shanghai: Shanghai, CN>, partners=7)
    """

    __slots__ = ("_data", "_graph", "_networkx", "_partnerships")

    def __init__(self, data: Dataset, **filters: Unpack[PartnershipFilters]) -> None:
        given: object = data
        if not isinstance(given, Dataset):
            message = f"invalid dataset {short(data)}; expected a dataset such as friendcities.dataset()"
            raise InvalidQueryError(message, data)
        with extra(_EXTRA, "a network"):
            import networkx as nx  # noqa: PLC0415 - an extra
            import numpy as np  # noqa: F401, PLC0415 - NetworkX imports numpy for some results
        self._networkx: Any = nx
        self._data = data
        self._partnerships = data.find_partnerships(**filters)
        self._graph: nx.Graph[str] = nx.Graph()
        for city in sorted({city for partnership in self._partnerships for city in partnership.cities}):
            self._graph.add_node(city, country=data.city(city).country)
        self._graph.add_edges_from(partnership.cities for partnership in self._partnerships)

    def __repr__(self) -> str:
        return f"<Network: {len(self._graph):,} cities, {len(self._partnerships):,} partnerships>"

    def _repr_html_(self) -> str:
        """Return the table for a notebook: the cities with the most partners."""
        from friendcities.notebook.tables import cell_table  # noqa: PLC0415 - only a notebook needs it

        rows = [(degree.city.name, degree.city.country, degree.partners) for degree in self.degrees()]
        return cell_table(repr(self).strip("<>"), ("City", "Country", "Partners"), rows[:MAX_COLUMNS], len(rows))

    def _results(self, cls: type[T], found: Iterable[T]) -> Results[T]:
        return Results(found, cls, {city.id: city for city in map(self._data.city, self._graph)})

    def degrees(self) -> Results[Degree]:
        """Return the number of partners of each city. The largest number comes first.

        Example:
            >>> import friendcities as fc
            >>> [degree.partners for degree in Network(fc.dataset(), country="NZ").degrees()]
            [1, 1]
        """
        found = [Degree(self._data.city(id_), partners) for id_, partners in self._graph.degree]
        return self._results(Degree, sorted(found, key=lambda each: (-each.partners, each.city.id)))

    def components(self) -> tuple[tuple[City, ...], ...]:
        """Return the connected components. The largest comes first. The cities in a component are sorted by id.

        Example:
            >>> import friendcities as fc
            >>> [len(component) for component in Network(fc.dataset(), country=["NZ", "GE"], status="any").components()]
            [3]
        """
        return tuple(tuple(map(self._data.city, component)) for component in self._components())

    def indirect_partners(self, city: str | City) -> Results[IndirectPartner]:
        """Return the indirect partners of a city: cities that share partners with the city.

        The largest number of shared partners comes first. Cities with equal numbers are sorted by name.

        Raises:
            AmbiguousCityError, UnknownCityError, InvalidQueryError: See :meth:`friendcities.Dataset.city`.

        Example:
            >>> import friendcities as fc
            >>> network = Network(fc.dataset(), on="1980")
            >>> [indirect.city.name for indirect in network.indirect_partners("Yokohama")]
            ['Milan', 'Osaka', 'Osaka Prefecture', 'Rotterdam', 'San Francisco', 'Zagreb']
        """
        own = self._data.city(city).id
        partners = set(self._graph.adj[own]) if own in self._graph else set()
        shared: defaultdict[str, list[City]] = defaultdict(list)
        for partner in sorted(partners):
            for other in self._graph.adj[partner].keys() - partners - {own}:
                shared[other].append(self._data.city(partner))
        found = [IndirectPartner(self._data.city(id_), tuple(by)) for id_, by in shared.items()]
        ordered = sorted(found, key=lambda each: (-len(each.by), each.city.name, each.city.id))
        return self._results(IndirectPartner, ordered)

    def shortest_path(self, one: str | City, other: str | City) -> Results[City]:
        """Return the cities of the shortest path, including the two ends.

        If several paths are equally short, the first path by city ids is returned.

        Raises:
            NoPathError: If there is no path.
            AmbiguousCityError, UnknownCityError, InvalidQueryError: See :meth:`friendcities.Dataset.city`.

        Example:
            >>> import friendcities as fc
            >>> [city.name for city in Network(fc.dataset()).shortest_path("Dunedin", "Yokohama")]
            ['Dunedin', 'Shanghai', 'Yokohama']
        """
        path = find_path(self._partnerships, self._data.city(one), self._data.city(other))
        return self._results(City, map(self._data.city, path))

    def countries(self) -> CountryMatrix:
        """Return the number of partnerships between each pair of countries.

        Example:
            >>> import friendcities as fc
            >>> Network(fc.dataset()).countries().between("CN", "JP")
            15
        """
        countries = ((self._data.city(id_).country for id_ in each.cities) for each in self._partnerships)
        pairs = Counter(tuple(sorted(pair)) for pair in countries)
        codes = tuple(sorted({code for pair in pairs for code in pair}))
        rows = tuple(tuple(pairs[min(one, other), max(one, other)] for other in codes) for one in codes)
        return CountryMatrix(codes, rows)

    def distances(self) -> Results[Distance]:
        """Return the geodesic distances (WGS 84), one for each partnership, sorted by partnership id.

        GeographicLib computes the distances (Karney 2013, Journal of Geodesy 87).

        Example:
            >>> import friendcities as fc
            >>> [distance] = Network(fc.dataset(), country="NZ").distances()
            >>> round(distance.kilometres)
            9865
        """
        ends = [[self._data.city(id_).coordinates for id_ in partnership.cities] for partnership in self._partnerships]
        kilometres = (kilometres_between(one, other, _EXTRA) if one and other else None for one, other in ends)
        return self._results(Distance, map(Distance, self._partnerships, kilometres))

    def figures(self) -> Figures:
        """Return the key figures of the network.

        Example:
            >>> import friendcities as fc
            >>> figures = Network(fc.dataset(), on="1980").figures()
            >>> figures.cities, figures.partnerships, figures.clustering
            (8, 7, 0.0)
        """
        graph, nx = self._graph, self._networkx
        degrees = dict(graph.degree)
        components = self._components()
        threes = sum(degree * (degree - 1) // 2 for degree in degrees.values())
        triangles = sum(nx.triangles(graph).values()) // 3
        by_degree = float(nx.degree_assortativity_coefficient(graph)) if len({*degrees.values()}) > 1 else None
        several = len(self.countries().rows) > 1
        by_country = float(nx.attribute_assortativity_coefficient(graph, "country")) if several else None
        return Figures(
            cities=len(degrees),
            partnerships=len(self._partnerships),
            mean_degree=2 * len(self._partnerships) / len(degrees) if degrees else None,
            most_partners=max(degrees.values(), default=0),
            components=len(components),
            largest_component=len(components[0]) if components else 0,
            triangles=triangles,
            clustering=3 * triangles / threes if threes else None,
            degree_assortativity=by_degree,
            country_assortativity=by_country,
        )

    def paths(self) -> Paths:
        """Return the lengths of the shortest paths in the largest component.

        Example:
            >>> import friendcities as fc
            >>> Network(fc.dataset(), on="1974").paths()
            Paths(diameter=2, mean=1.3333333333333333)
        """
        members = next(iter(self._components()), [])
        reached = {city: 1 << position for position, city in enumerate(members)}
        diameter = total = 0
        while unreached := sum(len(members) - cities.bit_count() for cities in reached.values()):
            total += unreached  # each pair is added once for each step of its path
            diameter += 1
            reached = {
                city: reduce(or_, (reached[partner] for partner in self._graph.adj[city]), cities)
                for city, cities in reached.items()
            }
        pairs = len(members) * (len(members) - 1)
        return Paths(diameter=diameter, mean=total / pairs if pairs else None)

    def _components(self) -> list[list[str]]:
        found = [sorted(component) for component in self._networkx.connected_components(self._graph)]
        return sorted(found, key=lambda component: (-len(component), component[0]))


expand_signature(Network.__init__, without="include_parts")
