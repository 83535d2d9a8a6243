"""Partners in common, shortest paths, periods of establishment, and records by id or name."""

from typing import Any

import pytest

import friendcities as fc
from friendcities import Dataset
from tests.worlds import a_city, a_step, a_tie

OLD, NEW, LISTED = "fr-old", "fr-new", "fr-listed"
HUB = "it-hub"
MONTH = "fr-month"
WORLD = Dataset(
    [
        *(a_city(id_) for id_ in (OLD, NEW, LISTED, MONTH, HUB, "aq-alone")),
        a_tie(OLD, HUB, a_step("1980")),
        a_tie(NEW, HUB, a_step("2015-06-01"), a_step("2020", action=fc.StepAction.RENEWED)),
        a_tie(MONTH, HUB, a_step("2015")),
        a_tie(LISTED, HUB, a_step("2016", action=fc.StepAction.LISTED)),
    ]
)


def ids(cities: tuple[fc.City, ...]) -> list[str]:
    """The ids of cities."""
    return [city.id for city in cities]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ({}, [OLD, MONTH, NEW, LISTED]),
        ({"since": 2015}, [MONTH, NEW]),
        ({"since": "2015-06-02"}, [MONTH]),  # a year counts as its last day
        ({"since": "2015-06-01", "until": "2015-06"}, [NEW]),
        ({"until": 2014}, [OLD]),
        ({"until": "2015-12-30"}, [OLD, NEW]),
        ({"since": "2016"}, []),  # a listing is no establishment
    ],
)
def test_a_period_selects_by_establishment(period: dict[str, Any], expected: list[str]) -> None:
    """The last possible day of the establishment lies in the period; an unknown date lies in none."""
    assert sorted(expected) == sorted(ids(WORLD.partners_of(HUB, **period)))
    assert len(expected) == len(WORLD.find_partnerships(**period))
    assert len(expected) == sum(WORLD.count_partnerships("status", HUB, **period).values())


@pytest.mark.parametrize("name", ["since", "until"])
def test_a_period_has_valid_dates(name: str) -> None:
    """Anything that is no date is an error."""
    wrong: dict[str, Any] = {name: "recently"}
    with pytest.raises(fc.InvalidQueryError, match="'recently'"):
        WORLD.partners_of(HUB, **wrong)


def test_partners_in_common() -> None:
    """They are partners of both by the same filters, in either order of the two, and none without partners."""
    assert [HUB] == ids(WORLD.common_partners(OLD, NEW)) == ids(WORLD.common_partners(NEW, OLD))
    assert [] == ids(WORLD.common_partners(OLD, NEW, since=2000))
    assert [] == ids(WORLD.common_partners(OLD, "aq-alone"))
    both = set(fc.partners_of("Shanghai", status="any")) & set(fc.partners_of("Hamburg", status="any"))
    assert both == set(fc.common_partners("Shanghai", "Hamburg", status="any"))


def test_the_shortest_path() -> None:
    """Both ends are in it; filters choose its partnerships; a city is at the end of a path to itself."""
    assert [OLD, HUB, NEW] == ids(WORLD.shortest_path(OLD, NEW))
    assert [OLD] == ids(WORLD.shortest_path(OLD, OLD))
    with pytest.raises(fc.NoPathError, match=r"no path from .* to .* among the 2 selected partnerships"):
        WORLD.shortest_path(OLD, NEW, since=2000)
    with pytest.raises(fc.NoPathError, match="among the 0 selected"):
        Dataset([a_city("fr-a"), a_city("fr-b")]).shortest_path("fr-a", "fr-b")


def test_of_several_paths_the_first_in_the_alphabet() -> None:
    """It is chosen step by step from the beginning."""
    ends, middles = ("aq-a", "aq-z"), ("aq-m", "aq-n", "aq-p")
    ties = [a_tie(min(end, middle), max(end, middle)) for end in ends for middle in middles]
    world = Dataset([*(a_city(id_) for id_ in (*ends, *middles)), *ties])
    assert ["aq-a", "aq-m", "aq-z"] == ids(world.shortest_path(*ends))
    assert ["aq-z", "aq-m", "aq-a"] == ids(world.shortest_path(*reversed(ends)))


def test_records_by_id_or_name() -> None:
    """``dataset[…]`` finds any record by its id, and a city by its name or as a record of another dataset."""
    data, shanghai = fc.dataset(), fc.city("Shanghai")
    assert shanghai == data["上海"] == data["cn-shanghai"] == data[shanghai]
    assert fc.source("shine-2023-12-02") == data["shine-2023-12-02"]
    assert fc.partnership_between("Shanghai", "Dunedin") == data["cn-shanghai--nz-dunedin"]
    assert data["nz-dunedin--cn-shanghai"] is data["cn-shanghai--nz-dunedin"]
    assert "nz-dunedin--cn-shanghai" in data
    assert "cn-shanghai--nz-dunedinn" not in data
    with pytest.raises(fc.UnknownPartnershipError, match="Dunedin and Milan have no partnership on record"):
        data["nz-dunedin--it-milan"]
    with pytest.raises(fc.UnknownCityError, match="did you mean Dunedin"):
        data["cn-shanghai--nz-dunedinn"]
    with pytest.raises(fc.UnknownCityError):
        data["Atlantis"]
    wrong: Any = 7
    with pytest.raises(fc.InvalidQueryError):
        data[wrong]


def test_what_is_in_a_dataset() -> None:
    """Records, ids of any type and names of cities, without an error for anything else."""
    data, shanghai = fc.dataset(), fc.city("Shanghai")
    for known in (shanghai, "Shanghai", "cn-shanghai", "cn-shanghai--nz-dunedin", "shine-2023-12-02", "上海"):
        assert known in data
    others: tuple[Any, ...] = ("Atlantis", "", " ", 7, None, a_city("cn-shanghai"), a_city("aq-x"), fc.Dataset(), [])
    for unknown in others:
        assert unknown not in data
