"""Questions about the network that partnerships make: small worlds whose answers are worked out by hand."""

import re
import sys
from typing import Any

import pytest

import friendcities as fc
from friendcities import (
    Coordinates,
    Dataset,
    InvalidQueryError,
    MissingExtraError,
    NoPathError,
    UnknownCityError,
)
from friendcities.extras import install_command
from friendcities.graph import CountryMatrix, Figures, Network, Paths
from tests.worlds import a_city, a_source, a_step, a_tie, changed, told

A, B, C, D, E, F = "cn-a", "cn-b", "jp-c", "jp-d", "nz-e", "nz-f"
PLACES = {A: (0.0, 0.0), B: (0.0, 1.0)}


def a_world(*pairs: str, **steps: Any) -> Dataset:
    """Six cities, A and B on the equator, and partnerships between some; the year stands behind the pair, if any."""
    cities = [
        a_city(
            id_,
            coordinates=Coordinates(latitude=PLACES[id_][0], longitude=PLACES[id_][1], point="city")
            if id_ in PLACES
            else None,
        )
        for id_ in (A, B, C, D, E, F)
    ]
    names = dict(zip("ABCDEF", (A, B, C, D, E, F), strict=True))
    ties = [
        a_tie(names[pair[0]], names[pair[1]], a_step(pair[2:] or "1990", told("gazette", "action"), **steps))
        for pair in pairs
    ]
    return Dataset([*cities, a_source("gazette"), *ties])


KITE = a_world("AB", "BC", "CA", "CD", "DE")
"""A triangle with a tail; F has no partner."""


def ids(cities: tuple[fc.City, ...]) -> list[str]:
    """The ids of some cities."""
    return [city.id for city in cities]


def test_degrees_count_partners() -> None:
    """The most first, then by id; who has none is not there."""
    found = [(degree.city.id, degree.partners) for degree in Network(KITE).degrees()]

    assert [(C, 3), (A, 2), (B, 2), (D, 2), (E, 1)] == found


ASKED: list[dict[str, Any]] = [
    {},
    {"on": "1994-06-01", "status": "any"},
    {"on": "2000", "kind": "sister_city"},
    {"status": ["proposed", "unconfirmed"], "reliability": "reported"},
    {"source": "shine-2023-12-02", "on": "1995"},
    {"disputed": True, "kind": ["friendly_exchange", "sister_city"]},
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: " ".join(asked) or "all")
def test_partners_and_cousins_are_those_of_the_answers(asked: dict[str, Any]) -> None:
    """Each city has as many partners as it is told to have; indirect partners are partners of those only."""
    network = Network(fc.dataset(), **asked)
    degrees = {degree.city: degree.partners for degree in network.degrees()}

    assert degrees
    for city in fc.cities():
        partners = set(fc.partners_of(city, **asked))
        beyond = {cousin for partner in partners for cousin in fc.partners_of(partner, **asked)}
        assert degrees.get(city, 0) == len(partners)
        assert {cousin.city for cousin in network.indirect_partners(city)} == beyond - partners - {city}


def test_components_are_what_hangs_together() -> None:
    """The largest first; of those alike the one whose ids come first."""
    assert [[A, B, C, D, E]] == [ids(each) for each in Network(KITE).components()]
    assert [[A, B], [C, D]] == [ids(each) for each in Network(a_world("CD", "AB")).components()]
    assert [[D, E, F], [A, B]] == [ids(each) for each in Network(a_world("AB", "DE", "EF")).components()]


def test_cousins_share_a_partner_and_are_none() -> None:
    """Those with most partners in common first, then by name; neither the city itself nor its partners."""
    network = Network(a_world("AC", "AD", "BC", "BD", "EC"))

    assert [(B, [C, D]), (E, [C])] == [(cousin.city.id, ids(cousin.by)) for cousin in network.indirect_partners(A)]
    assert [(D, [C])] == [(cousin.city.id, ids(cousin.by)) for cousin in Network(KITE).indirect_partners("A")]
    assert () == Network(KITE).indirect_partners(F)


def test_chains_are_shortest_and_first_by_the_alphabet() -> None:
    """Of two that are as short, the one whose ids come first; the same from either end."""
    square = Network(a_world("AC", "AD", "CE", "DE"))

    assert [A, C, E] == ids(square.shortest_path(A, E))
    assert [E, C, A] == ids(square.shortest_path(E, A))
    assert [A, C, D, E] == ids(Network(KITE).shortest_path("A", "E, NZ"))
    assert [F] == ids(Network(KITE).shortest_path(F, "F"))


@pytest.mark.parametrize(("one", "other"), [(A, F), (F, A)])
def test_unconnected_cities_are_an_error(one: str, other: str) -> None:
    """It says who, among how many partnerships, and what to ask instead."""
    with pytest.raises(NoPathError, match=r"no path from .* among the 5 selected partnerships") as caught:
        Network(KITE).shortest_path(one, other)
    assert (one, other) == caught.value.query
    assert isinstance(caught.value, LookupError)


def test_unknown_cities_are_the_usual_error() -> None:
    """A name that no city has suggests, as everywhere."""
    with pytest.raises(UnknownCityError):
        Network(KITE).shortest_path(A, "Atlantis")
    with pytest.raises(UnknownCityError):
        Network(KITE).indirect_partners("Atlantis")


def test_countries_have_a_matrix() -> None:
    """Symmetric; within a country a partnership counts once; a country without any is not there."""
    matrix = Network(KITE).countries()

    assert CountryMatrix(("CN", "JP", "NZ"), ((1, 2, 0), (2, 1, 1), (0, 1, 0))) == matrix
    assert (2, 2, 1, 0) == tuple(
        matrix.between(*pair) for pair in (("CN", "JP"), ("JP", "CN"), ("CN", "CN"), ("FR", "CN"))
    )
    assert 0 == matrix.between("CN", "FR")


def test_distances_are_those_on_the_ellipsoid() -> None:
    """One degree of the equator; where a place is not on record, nothing is made up."""
    found = {distance.partnership.id: distance.kilometres for distance in Network(KITE).distances()}

    assert pytest.approx(111.3194908) == found[fc.PartnershipId("cn-a--cn-b")]
    assert 4 == list(found.values()).count(None)
    assert sorted(found) == list(found)


def test_figures_of_the_kite() -> None:
    """Five cities, five partnerships; one triangle of six threes; correlations worked out by hand."""
    # Degrees at the two ends, each partnership both ways: (2,2) (2,3) (2,3) (3,2) (2,1), twice. Their mean is 2.2, the
    # mean of the products 4.8, that of the squares 5.2: (4.8 - 4.84) / (5.2 - 4.84).
    # Countries: within CN 1, within JP 1, CN-JP 2, JP-NZ 1, of 5. Σe = 0.4; shares of ends: CN 0.4, JP 0.5, NZ 0.1.
    expected = Figures(
        cities=5,
        partnerships=5,
        mean_degree=2.0,
        most_partners=3,
        components=1,
        largest_component=5,
        triangles=1,
        clustering=3 / 6,
        degree_assortativity=None,
        country_assortativity=None,
    )
    figures = Network(KITE).figures()

    assert expected == changed(figures, degree_assortativity=None, country_assortativity=None)
    assert pytest.approx(-0.04 / 0.36) == figures.degree_assortativity
    assert pytest.approx((0.4 - 0.42) / (1 - 0.42)) == figures.country_assortativity


def test_what_is_not_defined_is_none() -> None:
    """A network without a partnership, and one in which all are alike, have no averages and no correlations."""
    assert Figures(0, 0, None, 0, 0, 0, 0, None, None, None) == Network(a_world()).figures()
    assert Figures(2, 1, 1.0, 1, 1, 2, 0, None, None, None) == Network(a_world("AB")).figures()
    assert Paths(diameter=0, mean=None) == Network(a_world()).paths()


def test_paths_of_the_kite() -> None:
    """From A and B to E are three steps; the mean goes over all ten pairs."""
    assert Paths(diameter=3, mean=(1 + 1 + 2 + 3 + 1 + 2 + 3 + 1 + 2 + 1) / 10) == Network(KITE).paths()


def test_paths_are_those_of_the_largest_component() -> None:
    """Between components there is no way."""
    assert Paths(diameter=2, mean=4 / 3) == Network(a_world("AB", "DE", "EF")).paths()


def test_a_network_is_that_of_a_date() -> None:
    """Before its first step a partnership is not there."""
    world = a_world("AB1990", "BC2000")

    assert [[A, B]] == [ids(each) for each in Network(world, on="1995").components()]
    assert [A, B, C] == ids(Network(world, on="2001").shortest_path(A, C))


def test_filters_are_the_usual_ones() -> None:
    """Status, kind, country, level, reliability, dispute and source narrow the network; unknown values are refused."""
    ended = a_world("AB", action="ended")

    assert () == Network(ended).degrees()
    assert 2 == len(Network(ended, status="any").degrees())
    for asked in (
        {"kind": "contact"},
        {"country": "FR"},
        {"level": "region"},
        {"disputed": True},
        {"reliability": "official"},
    ):
        assert () == Network(KITE, **asked).degrees()
    assert 5 == len(Network(KITE, source="gazette").degrees())
    assert [(D, 2), (C, 1), (E, 1)] == [
        (each.city.id, each.partners) for each in Network(a_world("CD", "DE", "AB"), country="JP").degrees()
    ]
    with pytest.raises(InvalidQueryError, match="invalid kind 'friends'"):
        Network(KITE, kind="friends")  # type: ignore[arg-type]


@pytest.mark.parametrize("wrong", [None, "Shanghai", fc.partnerships()], ids=["nothing", "text", "records"])
def test_a_network_is_made_of_a_dataset(wrong: Any) -> None:
    """Anything else is refused, by a word that says what to pass."""
    with pytest.raises(
        InvalidQueryError, match=r"invalid dataset .*; expected a dataset such as friendcities\.dataset\(\)"
    ):
        Network(wrong)


@pytest.mark.parametrize("package", ["networkx", "numpy"])
def test_without_the_extra_the_command_is_named(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is missing is said before anything is asked."""
    monkeypatch.setitem(sys.modules, package, None)

    with pytest.raises(
        MissingExtraError,
        match=rf"a network needs .*\({package} is not installed\): {re.escape(install_command('graph'))}",
    ):
        Network(KITE)


def test_without_geographiclib_the_extra_of_graphs_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Distances of a network come with the extra of networks."""
    for module in [each for each in sys.modules if each.partition(".")[0] == "geographiclib"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "geographiclib", None)

    with pytest.raises(MissingExtraError, match=re.escape(install_command("graph"))):
        Network(KITE).distances()
