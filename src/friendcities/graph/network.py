"""The network that partnerships make of cities, and its answers."""

from collections import Counter
from typing import Any, Final

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import (
    CountryFilter,
    KindFilter,
    LevelFilter,
    ReliabilityFilter,
    StatusFilter,
)
from friendcities.errors import InvalidQueryError, NoPathError
from friendcities.exporters.geodesics import kilometres_between
from friendcities.extras import extra
from friendcities.graph.answers import CountryMatrix, Cousin, Degree, Distance, Figures, Paths
from friendcities.model import City, DateLike, Source
from friendcities.model.record import short

__all__ = ["Network"]

_EXTRA: Final = "graph"


class Network:
    """The cities and partnerships that a date and filters let through, as a network that is asked.

    It cannot be changed, and its answers stand in an order that is said.

    Args:
        data: The dataset.
        on: As things stood at the end of this date, instead of after the last step on record.
        status: How a partnership stands: one value or several; ``"any"`` for all.
        kind: Of what kind it is.
        country: The country of either city: ISO 3166-1 alpha-2 codes or names.
        level: The level of government of either city.
        reliability: On how good a word the partnership stands.
        disputed: Only those whose sources disagree (true), or only those whose sources do not (false).
        source: Only what this source says, its own dates included.

    Raises:
        MissingExtraError: If the extra ``graph`` is not installed.
        UnknownRecordError: If there is no such source.
        InvalidQueryError: If a filter has a value that it cannot have, or this is no dataset.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.graph import Network
        >>> network = Network(fc.dataset(), on="1980")
        >>> network.degrees()[0]
        Degree(city=<City cn-shanghai: Shanghai, CN>, partners=7)
    """

    __slots__ = ("_data", "_graph", "_ties")

    def __init__(
        self,
        data: Dataset,
        *,
        on: DateLike | None = None,
        status: StatusFilter = "active",
        kind: KindFilter = None,
        country: CountryFilter = None,
        level: LevelFilter = None,
        reliability: ReliabilityFilter = None,
        disputed: bool | None = None,
        source: str | Source | None = None,
    ) -> None:
        given: object = data
        if not isinstance(given, Dataset):
            message = f"{short(data)} is no dataset; pass one, such as friendcities.dataset()"
            raise InvalidQueryError(message, data)
        with extra(_EXTRA, "a network"):
            import networkx as nx  # noqa: PLC0415 - an extra
            import numpy as np  # noqa: F401, PLC0415 - NetworkX needs it for some answers, and imports it then
        self._data = data
        self._ties = data.find_partnerships(
            on=on,
            status=status,
            kind=kind,
            country=country,
            level=level,
            reliability=reliability,
            disputed=disputed,
            source=source,
        )
        self._graph: nx.Graph[str] = nx.Graph()
        self._graph.add_nodes_from(sorted({city for tie in self._ties for city in tie.cities}))
        self._graph.add_edges_from(tie.cities for tie in self._ties)

    def degrees(self) -> tuple[Degree, ...]:
        """How many partners each city has that has any, the most first, then by id.

        Example:
            >>> import friendcities as fc
            >>> [degree.partners for degree in Network(fc.dataset(), country="NZ").degrees()]
            [1, 1]
        """
        found = sorted(self._graph.degree, key=lambda entry: (-entry[1], entry[0]))
        return tuple(Degree(self._city(id_), partners) for id_, partners in found)

    def components(self) -> tuple[tuple[City, ...], ...]:
        """The cities that hang together, from partner to partner: the most first, then by id; in each by id.

        Example:
            >>> import friendcities as fc
            >>> [len(component) for component in Network(fc.dataset(), country=["NZ", "GE"], status="any").components()]
            [3]
        """
        return tuple(tuple(map(self._city, component)) for component in self._components())

    def cousins_of(self, city: str | City) -> tuple[Cousin, ...]:
        """The cities that share a partner with a city and are not its partners.

        Those with the most partners in common stand first, then they go by name.

        Raises:
            AmbiguousCityError, UnknownCityError, InvalidQueryError: As :meth:`friendcities.Dataset.city` does.

        Example:
            >>> import friendcities as fc
            >>> network = Network(fc.dataset(), on="1980")
            >>> [cousin.city.name for cousin in network.cousins_of("Yokohama")]
            ['Milan', 'Osaka', 'Osaka Prefecture', 'Rotterdam', 'San Francisco', 'Zagreb']
        """
        own = self._data.city(city).id
        partners = set(self._graph.adj[own]) if own in self._graph else set()
        shared: dict[str, list[str]] = {}
        for partner in sorted(partners):
            for cousin in self._graph.adj[partner]:
                if cousin != own and cousin not in partners:
                    shared.setdefault(cousin, []).append(partner)
        found = [Cousin(self._city(id_), tuple(map(self._city, by))) for id_, by in shared.items()]
        return tuple(sorted(found, key=lambda each: (-len(each.by), each.city.name, each.city.id)))

    def shortest_path(self, one: str | City, other: str | City) -> tuple[City, ...]:
        """The shortest way from one city to another, from partner to partner, with both ends.

        Of several it is that whose ids come first by the alphabet.

        Raises:
            NoPathError: If there is no way.
            AmbiguousCityError, UnknownCityError, InvalidQueryError: As :meth:`friendcities.Dataset.city` does.

        Example:
            >>> import friendcities as fc
            >>> [city.name for city in Network(fc.dataset()).shortest_path("Dunedin", "Yokohama")]
            ['Dunedin', 'Shanghai', 'Yokohama']
        """
        start, end = self._data.city(one), self._data.city(other)
        if start.id == end.id:
            return (start,)
        left = self._steps_to(end.id)
        if start.id not in left:
            message = (
                f"no way leads from {start.name} to {end.name}, from partner to partner, among the "
                f"{len(self._ties)} partnerships that were let through; ask for another date or status, as with "
                "status='any'"
            )
            raise NoPathError(message, (one, other))
        way = [str(start.id)]
        while way[-1] != end.id:
            way.append(min(each for each in self._graph.adj[way[-1]] if left[each] == left[way[-1]] - 1))
        return tuple(map(self._city, way))

    def countries(self) -> CountryMatrix:
        """How many partnerships there are between each two countries.

        Example:
            >>> import friendcities as fc
            >>> Network(fc.dataset()).countries().between("CN", "JP")
            15
        """
        pairs = Counter(tuple(sorted(self._city(city).country for city in tie.cities)) for tie in self._ties)
        codes = tuple(sorted({code for pair in pairs for code in pair}))
        rows = tuple(tuple(pairs[min(one, other), max(one, other)] for other in codes) for one in codes)
        return CountryMatrix(codes, rows)

    def distances(self) -> tuple[Distance, ...]:
        """How far apart partners are: the length of the geodesic on WGS 84, for each partnership, by its id.

        It is worked out by GeographicLib (C. F. F. Karney, "Algorithms for geodesics", Journal of Geodesy 87, 2013).

        Example:
            >>> import friendcities as fc
            >>> [distance] = Network(fc.dataset(), country="NZ").distances()
            >>> round(distance.kilometres)
            9865
        """
        return tuple(Distance(tie, self._apart(*tie.cities)) for tie in self._ties)

    def figures(self) -> Figures:
        """The network in the figures of network science.

        Example:
            >>> import friendcities as fc
            >>> figures = Network(fc.dataset(), on="1980").figures()
            >>> figures.cities, figures.partnerships, figures.clustering
            (8, 7, 0.0)
        """
        import networkx as nx  # noqa: PLC0415 - an extra, which is there by now

        graph = self._graph
        degrees = dict(graph.degree)
        threes = sum(degree * (degree - 1) // 2 for degree in degrees.values())
        by_city: Any = nx.triangles(graph)
        triangles = sum(by_city.values()) // 3
        components = self._components()
        return Figures(
            cities=len(degrees),
            partnerships=len(self._ties),
            mean_degree=2 * len(self._ties) / len(degrees) if degrees else None,
            most_partners=max(degrees.values(), default=0),
            components=len(components),
            largest_component=len(components[0]) if components else 0,
            triangles=triangles,
            clustering=3 * triangles / threes if threes else None,
            degree_assortativity=self._degree_assortativity(),
            country_assortativity=self._country_assortativity(),
        )

    def paths(self) -> Paths:
        """How long the shortest ways are in the largest component: the time that takes grows as cities × partnerships.

        Example:
            >>> import friendcities as fc
            >>> Network(fc.dataset(), on="1974").paths()
            Paths(diameter=2, mean=1.3333333333333333)
        """
        members = next(iter(self._components()), [])
        longest = total = 0
        for city in members:
            steps = self._steps_to(city).values()
            longest = max((longest, *steps))
            total += sum(steps)
        pairs = len(members) * (len(members) - 1)
        return Paths(diameter=longest, mean=total / pairs if pairs else None)

    def _city(self, id_: str) -> City:
        return self._data.city(id_)

    def _components(self) -> list[list[str]]:
        import networkx as nx  # noqa: PLC0415 - an extra, which is there by now

        found = [sorted(component) for component in nx.connected_components(self._graph)]
        return sorted(found, key=lambda component: (-len(component), component[0]))

    def _steps_to(self, city: str) -> dict[str, int]:
        """How many steps each city that has a way to a city is away from it."""
        import networkx as nx  # noqa: PLC0415 - an extra, which is there by now

        if city not in self._graph:
            return {}
        return dict(nx.single_source_shortest_path_length(self._graph, city))

    def _apart(self, one: str, other: str) -> float | None:
        here, there = self._city(one).coordinates, self._city(other).coordinates
        return None if here is None or there is None else kilometres_between(here, there, _EXTRA)

    def _degree_assortativity(self) -> float | None:
        """Newman's r; not defined where all ends of partnerships have the same degree."""
        import networkx as nx  # noqa: PLC0415 - an extra, which is there by now

        if len({degree for _, degree in self._graph.degree}) < 2:  # noqa: PLR2004 - one degree, or none
            return None
        return float(nx.degree_assortativity_coefficient(self._graph))

    def _country_assortativity(self) -> float | None:
        """Newman's coefficient for countries; not defined where all cities are of one."""
        import networkx as nx  # noqa: PLC0415 - an extra, which is there by now

        countries = {id_: self._city(id_).country for id_ in self._graph}
        if len(set(countries.values())) < 2:  # noqa: PLR2004 - one country, or none
            return None
        graph = self._graph.copy()
        nx.set_node_attributes(graph, countries, "country")
        return float(nx.attribute_assortativity_coefficient(graph, "country"))
