"""The network of cities that partnerships form, and its analysis."""

from collections import Counter
from functools import reduce
from operator import or_
from typing import Any, Final, Unpack

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, expand_signature
from friendcities.errors import InvalidQueryError, NoPathError
from friendcities.exporters.geodesics import kilometres_between
from friendcities.extras import extra
from friendcities.graph.answers import CountryMatrix, Degree, Distance, Figures, IndirectPartner, Paths
from friendcities.model import City
from friendcities.model.record import short

__all__ = ["Network"]

_EXTRA: Final = "graph"


class Network:
    """The cities and partnerships that filters select, as an immutable network.

    Args:
        data: The dataset.
        **filters: Which partnerships to select, as in :meth:`friendcities.Dataset.find_partnerships`.

    Raises:
        MissingExtraError: If the extra ``graph`` is not installed.
        UnknownRecordError, TypeError: As ``find_partnerships`` does.
        InvalidQueryError: If a filter has an invalid value, or this is no dataset.

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
            message = f"{short(data)} is no dataset; pass one, such as friendcities.dataset()"
            raise InvalidQueryError(message, data)
        with extra(_EXTRA, "a network"):
            import networkx as nx  # noqa: PLC0415 - an extra
            import numpy as np  # noqa: F401, PLC0415 - NetworkX needs it for some answers, and imports it then
        self._networkx: Any = nx
        self._data = data
        self._partnerships = data.find_partnerships(**filters)
        self._graph: nx.Graph[str] = nx.Graph()
        self._graph.add_nodes_from(sorted({city for partnership in self._partnerships for city in partnership.cities}))
        self._graph.add_edges_from(partnership.cities for partnership in self._partnerships)

    def degrees(self) -> tuple[Degree, ...]:
        """The number of partners of each city that has any, the largest first, then by id.

        Example:
            >>> import friendcities as fc
            >>> [degree.partners for degree in Network(fc.dataset(), country="NZ").degrees()]
            [1, 1]
        """
        found = sorted(self._graph.degree, key=lambda entry: (-entry[1], entry[0]))
        return tuple(Degree(self._city(id_), partners) for id_, partners in found)

    def components(self) -> tuple[tuple[City, ...], ...]:
        """The connected components, the largest first, then by id; the cities of each by id.

        Example:
            >>> import friendcities as fc
            >>> [len(component) for component in Network(fc.dataset(), country=["NZ", "GE"], status="any").components()]
            [3]
        """
        return tuple(tuple(map(self._city, component)) for component in self._components())

    def indirect_partners(self, city: str | City) -> tuple[IndirectPartner, ...]:
        """The cities that share a partner with a city and are not its partners.

        Those with the most partners in common come first, then they are sorted by name.

        Raises:
            AmbiguousCityError, UnknownCityError, InvalidQueryError: As :meth:`friendcities.Dataset.city` does.

        Example:
            >>> import friendcities as fc
            >>> network = Network(fc.dataset(), on="1980")
            >>> [indirect.city.name for indirect in network.indirect_partners("Yokohama")]
            ['Milan', 'Osaka', 'Osaka Prefecture', 'Rotterdam', 'San Francisco', 'Zagreb']
        """
        own = self._data.city(city).id
        partners = set(self._graph.adj[own]) if own in self._graph else set()
        shared: dict[str, list[str]] = {}
        for partner in sorted(partners):
            for other in self._graph.adj[partner]:
                if other != own and other not in partners:
                    shared.setdefault(other, []).append(partner)
        found = [IndirectPartner(self._city(id_), tuple(map(self._city, by))) for id_, by in shared.items()]
        return tuple(sorted(found, key=lambda each: (-len(each.by), each.city.name, each.city.id)))

    def shortest_path(self, one: str | City, other: str | City) -> tuple[City, ...]:
        """The shortest path from one city to another along partnerships, with both ends.

        Of several shortest paths it is the one whose ids come first in alphabetical order.

        Raises:
            NoPathError: If there is no path.
            AmbiguousCityError, UnknownCityError, InvalidQueryError: As :meth:`friendcities.Dataset.city` does.

        Example:
            >>> import friendcities as fc
            >>> [city.name for city in Network(fc.dataset()).shortest_path("Dunedin", "Yokohama")]
            ['Dunedin', 'Shanghai', 'Yokohama']
        """
        start, end = self._data.city(one), self._data.city(other)
        if start.id == end.id:
            return (start,)
        distance = self._distances_from(end.id)
        if start.id not in distance:
            message = (
                f"no way leads from {start.name} to {end.name}, from partner to partner, among the "
                f"{len(self._partnerships)} partnerships that were let through; ask for another date or status, as "
                "with status='any'"
            )
            raise NoPathError(message, (one, other))
        path = [str(start.id)]
        while path[-1] != end.id:
            path.append(min(each for each in self._graph.adj[path[-1]] if distance[each] == distance[path[-1]] - 1))
        return tuple(map(self._city, path))

    def countries(self) -> CountryMatrix:
        """The number of partnerships between each two countries.

        Example:
            >>> import friendcities as fc
            >>> Network(fc.dataset()).countries().between("CN", "JP")
            15
        """
        pairs = Counter(tuple(sorted(self._city(city).country for city in each.cities)) for each in self._partnerships)
        codes = tuple(sorted({code for pair in pairs for code in pair}))
        rows = tuple(tuple(pairs[min(one, other), max(one, other)] for other in codes) for one in codes)
        return CountryMatrix(codes, rows)

    def distances(self) -> tuple[Distance, ...]:
        """The distance between partners: the length of the geodesic on WGS 84, for each partnership, by its id.

        GeographicLib computes it (C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87, 2013).

        Example:
            >>> import friendcities as fc
            >>> [distance] = Network(fc.dataset(), country="NZ").distances()
            >>> round(distance.kilometres)
            9865
        """
        found = []
        for partnership in self._partnerships:
            one, other = (self._city(id_).coordinates for id_ in partnership.cities)
            kilometres = None if one is None or other is None else kilometres_between(one, other, _EXTRA)
            found.append(Distance(partnership, kilometres))
        return tuple(found)

    def figures(self) -> Figures:
        """The key figures of the network.

        Example:
            >>> import friendcities as fc
            >>> figures = Network(fc.dataset(), on="1980").figures()
            >>> figures.cities, figures.partnerships, figures.clustering
            (8, 7, 0.0)
        """
        graph = self._graph
        degrees = dict(graph.degree)
        threes = sum(degree * (degree - 1) // 2 for degree in degrees.values())
        triangles = sum(self._networkx.triangles(graph).values()) // 3
        components = self._components()
        return Figures(
            cities=len(degrees),
            partnerships=len(self._partnerships),
            mean_degree=2 * len(self._partnerships) / len(degrees) if degrees else None,
            most_partners=max(degrees.values(), default=0),
            components=len(components),
            largest_component=len(components[0]) if components else 0,
            triangles=triangles,
            clustering=3 * triangles / threes if threes else None,
            degree_assortativity=self._degree_assortativity(),
            country_assortativity=self._country_assortativity(),
        )

    def paths(self) -> Paths:
        """The lengths of the shortest paths in the largest component.

        Example:
            >>> import friendcities as fc
            >>> Network(fc.dataset(), on="1974").paths()
            Paths(diameter=2, mean=1.3333333333333333)
        """
        members = next(iter(self._components()), [])
        reached = {city: 1 << position for position, city in enumerate(members)}
        diameter = total = 0
        while unreached := sum(len(members) - cities.bit_count() for cities in reached.values()):
            total += unreached  # each pair counts once for every step of its path
            diameter += 1
            reached = {
                city: reduce(or_, (reached[partner] for partner in self._graph.adj[city]), cities)
                for city, cities in reached.items()
            }
        pairs = len(members) * (len(members) - 1)
        return Paths(diameter=diameter, mean=total / pairs if pairs else None)

    def _city(self, id_: str) -> City:
        return self._data.city(id_)

    def _components(self) -> list[list[str]]:
        found = [sorted(component) for component in self._networkx.connected_components(self._graph)]
        return sorted(found, key=lambda component: (-len(component), component[0]))

    def _distances_from(self, city: str) -> dict[str, int]:
        """The number of steps to each city that has a path to a city."""
        if city not in self._graph:
            return {}
        return dict(self._networkx.single_source_shortest_path_length(self._graph, city))

    def _degree_assortativity(self) -> float | None:
        """Newman's r; not defined where all ends of partnerships have the same degree."""
        if len({degree for _, degree in self._graph.degree}) < 2:  # noqa: PLR2004 - one degree, or none
            return None
        return float(self._networkx.degree_assortativity_coefficient(self._graph))

    def _country_assortativity(self) -> float | None:
        """Newman's coefficient for countries; not defined where all cities are of one."""
        countries = {id_: self._city(id_).country for id_ in self._graph}
        if len(set(countries.values())) < 2:  # noqa: PLR2004 - one country, or none
            return None
        graph = self._graph.copy()
        self._networkx.set_node_attributes(graph, countries, "country")
        return float(self._networkx.attribute_assortativity_coefficient(graph, "country"))


expand_signature(Network.__init__, without="include_parts")
