"""Merging: which cities and sources are one, what becomes of facts that differ, and what a person is asked."""

from itertools import permutations
from typing import TYPE_CHECKING, Any, Final

import pytest

import friendcities as fc
from friendcities import City, CityId, Coordinates, Dataset, Evidence, FrozenMap, PartialDate, Partnership, Source, Step
from friendcities.datasets.references import replace_ids
from friendcities.merge import Added, Agreement, Doubt, Merge, Relation, match_cities
from friendcities.merge.match_sources import unused_id
from friendcities.merge.merge_histories import merge_partnership
from friendcities.merge.merge_report import RecordLog
from friendcities.model import RECORD_TYPES, AnyRecord
from tests.worlds import a_city, a_dataset, a_name, a_source, a_step, a_tie, changed, denial, told

if TYPE_CHECKING:
    from friendcities.datasets.redirects import Redirects

GAZETTE, REGISTER = a_source("gazette"), a_source("register", "2021")

TIE = a_tie("fr-lyon", "is-vik", a_step("1994", told("gazette", "date", "action")))


STARTS_AFTER_ENDS: Final = [
    ("established 1995", "ended 1985"),
    ("established 2000-05", "suspended 1985"),
    ("resumed 1990", "ended"),
]
"""A start in a newer list, and an end in an older list."""
THREE_LISTS: Final = [
    [("2015", "listed"), ("1998", "unconfirmed"), ("2006", "established 1980", "ended 1985")],
    [("1998", "listed"), (None, "unconfirmed"), ("2006", "ended")],
    [("2015", "established 1990-05"), ("1998", "established 1990", "ended 1993"), ("2006", "listed")],
]
"""The date and the steps of each of three lists of one pair."""


def at(north: float, east: float = 0.0) -> Coordinates:
    """A point."""
    return Coordinates(latitude=float(north), longitude=east, point="city")


def known_as(id_: str, **identifiers: str) -> City:
    """A city with ids elsewhere."""
    return a_city(id_, "Vik", identifiers=FrozenMap(identifiers))


def joined(merge: Merge[Dataset], cls: type[AnyRecord] = City) -> list[tuple[str, str, str]]:
    """What was taken for one: the id here, the id there, and by what."""
    return [(each.id, each.their_id, each.by.value) for each in merge.report.joined if each.record_type is cls]


def doubts(merge: Merge[Dataset]) -> list[tuple[str, str, tuple[str, ...]]]:
    """What a person is asked: the id here, the id there, and which it may be."""
    return [(each.id, each.their_id, each.candidates) for each in merge.report.doubts]


def differs(merge: Merge[Dataset]) -> list[tuple[str, str, object, object, str]]:
    """What disagrees."""
    return [(each.id, each.field, each.ours, each.theirs, each.relation.value) for each in merge.report.disagreements]


class TestCities:
    """Which cities are one."""

    def test_by_an_id_elsewhere(self) -> None:
        """A city under another id is known by its id in another register; Wikidata's counts most."""
        ours = Dataset([known_as("is-vik", wikidata="Q1", geonames="1")])
        same = ours.merge(Dataset([known_as("is-vikur", wikidata="Q1", geonames="2")]))
        other = ours.merge(Dataset([known_as("is-vikur", wikidata="Q2", geonames="1")]))

        assert [("is-vik", "is-vikur", "identifier")] == joined(same)
        assert "wikidata Q1" == same.report.joined[0].detail
        assert [("is-vik", "identifiers.geonames", "1", "2", "contrary")] == differs(same)
        assert [("is-vikur", "is-vikur", ("is-vik",))] == doubts(other)
        both = ours.merge(Dataset([known_as("is-vikur", wikidata="Q1", geonames="1", other="2")]))
        assert "wikidata Q1" == both.report.joined[0].detail

    def test_ids_elsewhere_that_lead_apart(self) -> None:
        """A city that is two of ours by its ids elsewhere, or by its id here another, is left to a person."""
        ours = Dataset([known_as("is-vik", wikidata="Q1"), known_as("is-vikur", geonames="1")])
        two = ours.merge(Dataset([known_as("is-x", wikidata="Q1", geonames="1")]))
        crossed = ours.merge(Dataset([changed(known_as("is-vikur", wikidata="Q1"), name="Vikur")]))

        assert [("is-x", "is-x", ("is-vik", "is-vikur"))] == doubts(two)
        assert [("is-vikur-2", "is-vikur", ("is-vikur", "is-vik"))] == doubts(crossed)

    def test_an_id_of_two_places(self) -> None:
        """Two places far apart, or with two ids elsewhere, are two, whatever id they have; ours keeps it."""
        ours = Dataset([a_city("is-vik", "Bay", coordinates=at(63)), known_as("is-ey", wikidata="Q1")])
        far = changed(a_city("is-vik", "Bay", coordinates=at(66)), subdivision="IS-5")
        merge = ours.merge(Dataset([far, changed(known_as("is-ey", wikidata="Q2"), coordinates=at(60))]))

        assert [] == joined(merge)
        assert [("is-ey-2", "is-ey", ("is-ey",))] == doubts(merge)
        assert ["is-5-vik", "is-ey", "is-ey-2", "is-vik"] == [city.id for city in merge.dataset.cities()]

    @pytest.mark.parametrize(
        ("mine", "theirs", "outcome"),
        [
            ({"coordinates": at(63)}, {"coordinates": at(63.2)}, "Vik, IS, 22.2 km away"),
            ({"coordinates": at(63)}, {"coordinates": at(64)}, "the cities are 111 km apart"),
            ({"coordinates": at(63)}, {"coordinates": at(66)}, None),
            ({"coordinates": at(63)}, {}, "the location of one or both cities is unknown"),
            ({"subdivision": "IS-8"}, {"subdivision": "IS-8"}, "Vik, IS, IS-8"),
            ({"coordinates": at(63), "subdivision": "IS-8"}, {"coordinates": at(64), "subdivision": "IS-5"}, None),
            (
                {"coordinates": at(63), "level": fc.Level.REGION},
                {"coordinates": at(63)},
                "one of the two is a province or a region, and the other is not",
            ),
            (
                {"coordinates": at(63), "level": fc.Level.REGION},
                {"coordinates": at(64), "level": fc.Level.PROVINCE_OR_STATE},
                "Vik, IS, 111.2 km away",
            ),
            (
                {"coordinates": at(63), "level": fc.Level.REGION, "subdivision": "IS-8"},
                {"coordinates": at(66), "level": fc.Level.REGION, "subdivision": "IS-8"},
                "Vik, IS, 333.6 km away",
            ),
            (
                {"coordinates": at(63), "level": fc.Level.REGION},
                {"coordinates": at(66), "level": fc.Level.REGION},
                "the cities are 334 km apart",
            ),
            (
                {"coordinates": at(63), "identifiers": FrozenMap({"wikidata": "Q1"})},
                {"coordinates": at(63), "identifiers": FrozenMap({"wikidata": "Q2"})},
                "the external identifiers of the cities differ",
            ),
        ],
    )
    def test_by_name_country_and_place(self, mine: Any, theirs: Any, outcome: str | None) -> None:
        """Within 30 km a namesake is the same, to 150 km a person must say, beyond it is another."""
        ours, other = a_city("is-vik", "Vik", **mine), a_city("is-other", "VÍK", **theirs)
        merge = Dataset([ours]).merge(Dataset([other]))

        told_of = [each.detail for each in merge.report.joined] + [each.why for each in merge.report.doubts]
        assert [outcome] * (outcome is not None) == told_of

    @pytest.mark.parametrize(
        ("mine", "theirs", "outcome"),
        [
            ({"coordinates": at(63)}, {"coordinates": at(64)}, "common partner fr-lyon"),
            (
                {"coordinates": at(63), "level": fc.Level.COUNTY},
                {"coordinates": at(63.3)},
                "the cities are 33 km apart",
            ),
            (
                {"level": fc.Level.PROVINCE_OR_STATE, "names": (a_name("Vik Land"),)},
                {"name": "Vik Land"},
                "the location of one or both cities is unknown",
            ),
            ({}, {}, "common partner fr-lyon"),
            ({"coordinates": at(63)}, {"coordinates": at(66)}, None),
            (
                {"identifiers": FrozenMap({"wikidata": "Q1"})},
                {"identifiers": FrozenMap({"wikidata": "Q2"})},
                "the location of one or both cities is unknown",
            ),
        ],
    )
    def test_by_a_partner_in_common(self, mine: Any, theirs: Any, outcome: str | None) -> None:
        """Of two namesakes that may be one, a partner in common tells that they are; far away it tells nothing."""
        ours = changed(a_city("is-vik", "Vik"), **mine), a_city("fr-lyon"), GAZETTE, TIE
        other = (
            changed(a_city("is-other", "VÍK"), **theirs),
            a_city("fr-lyon"),
            GAZETTE,
            changed(TIE, id="fr-lyon--is-other"),
        )
        merge = Dataset(ours).merge(Dataset(other))

        told_of = [each.detail for each in merge.report.joined if each.by is Agreement.PARTNER]
        assert [outcome] * (outcome is not None) == told_of + [each.why for each in merge.report.doubts]
        assert merge.dataset == merge.dataset.merge(Dataset(other)).dataset

    @pytest.mark.parametrize(
        ("names", "levels", "is_joined"),
        [
            (("Shanghai", "City of Shanghai"), (), True),
            (("Osaka City", "City of Osaka"), (), True),
            (("Marseille", "Ville de Marseille"), (), True),
            (("Shanghai", "Shanghai Municipality"), (), True),
            (("Busan", "Busan Metropolitan City"), (), True),
            (("Ankara", "Ankara Büyükşehir Belediyesi"), (), True),
            (("Tokyo", "Tokyo Metropolis"), (), True),
            (("Denver", "City and County of Denver"), (), True),
            (("Praha", "Hlavní město Praha"), (), True),
            (("Zagreb", "Grad Zagreb"), (), True),
            (("St Petersburg", "City of Saint Petersburg"), (), True),
            (("Halle", "Halle (Saale)"), (), True),
            (("Liberec (Reichenberg)", "Liberec"), (), True),
            (("Victoria", "Victoria State"), (fc.Level.PROVINCE_OR_STATE,), True),
            (("Constanța County", "Constanta"), (fc.Level.COUNTY,), False),
            (("Constanța County", "Constanta"), (), False),
            (("Province of Liège", "Liege"), (fc.Level.PROVINCE_OR_STATE,), False),
        ],
    )
    def test_other_forms_of_a_name(
        self, names: tuple[str, str], levels: tuple[fc.Level, ...], *, is_joined: bool
    ) -> None:
        """Names with brackets or a word for a city match by a common partner. All others are doubts in both orders."""
        one, other = a_city("is-one", names[0], **dict(zip(["level"], levels, strict=False))), a_city("is-x", names[1])
        alone = Dataset([one]), Dataset([other])
        lists = [
            Dataset([city, a_city("fr-lyon"), GAZETTE, changed(TIE, id=f"fr-lyon--{city.id}")]) for city in (one, other)
        ]

        for ours, theirs in (alone, alone[::-1]):
            merge = ours.merge(theirs)
            assert [] == joined(merge)
            assert 1 == len(merge.report.doubts)
        for ours, theirs in (lists, lists[::-1]):
            merge = ours.merge(theirs)
            assert is_joined == ("partner" in {by for _, _, by in joined(merge)})
            assert is_joined == (not merge.report.doubts)
            assert merge.dataset == merge.dataset.merge(theirs).dataset

    def test_other_forms_and_places(self) -> None:
        """Close cities whose names differ in a word are a doubt. Distant cities are two. A settled city has no area."""
        london = a_city("gb-london", coordinates=at(51.5))
        near, far = (a_city("gb-x", "City of London", coordinates=at(north)) for north in (51.51, 55))
        osaka = a_city("jp-osaka")
        prefecture = a_city("jp-osaka-prefecture", "Osaka Prefecture", level=fc.Level.PROVINCE_OR_STATE)

        [doubt] = Dataset([london]).merge(Dataset([near])).report.doubts
        assert "the names differ in brackets or in words such as 'city of'" == doubt.why
        assert [] == doubts(Dataset([london]).merge(Dataset([far])))
        for lists in permutations([Dataset([osaka]), Dataset([osaka, prefecture])]):
            assert [] == doubts(lists[0].merge(lists[1]))

    @pytest.mark.parametrize("points", [(at(50.6), at(50.5)), (None, None), (at(50.6), at(53))])
    def test_a_city_and_a_province_of_one_name(self, points: tuple[Coordinates | None, ...]) -> None:
        """A person is asked about a city and a province, also if the two match by an id or a partner."""
        levels = fc.Level.PROVINCE_OR_STATE, fc.Level.MUNICIPALITY
        cities = [
            a_city("be-liege", "Liège", level=level, coordinates=point)
            for level, point in zip(levels, points, strict=True)
        ]
        tie = changed(TIE, id="be-liege--fr-lyon")
        for first, second in permutations(cities):
            alone = Dataset([first]).merge(Dataset([second]))
            both = Dataset([first, a_city("fr-lyon"), GAZETTE, tie]).merge(
                Dataset([second, a_city("fr-lyon"), GAZETTE, tie])
            )
            assert [("be-liege",)] == [doubt.candidates for doubt in alone.report.doubts]
            assert [("be-liege", "be-liege", ("be-liege",))] == doubts(both)
            assert "be-liege may be two distinct places: one of the two is a province" in str(both.report.doubts[0])

    def test_a_partner_in_common_with_one_of_two_namesakes(self) -> None:
        """Where only one of two namesakes has the partner, neither order decides."""
        place = at(63)
        vik, lyon = a_city("is-vik", "Vik", coordinates=place), a_city("fr-lyon")
        one, two = (a_city(id_, "Vik", coordinates=at(64)) for id_ in ("is-one", "is-two"))
        ours = Dataset([vik, lyon, GAZETTE, TIE])
        theirs = Dataset([one, two, lyon, GAZETTE, changed(TIE, id="fr-lyon--is-one")])

        for merge in (ours.merge(theirs), theirs.merge(ours)):
            assert 4 == len(merge.dataset.cities())
            assert merge.report.doubts

    @pytest.mark.parametrize(
        ("mine", "theirs", "asked"),
        [
            (a_city("ru-spb", "Saint Petersburg"), a_city("ru-x", "Sankt Petersburg"), True),
            (a_city("pl-gdansk", "Gdańsk Wrzeszcz"), a_city("pl-x", "Gdansk Wrzeszc"), True),
            (
                a_city("is-a", "Vestmannaeyjar", coordinates=at(63)),
                a_city("is-x", "Vestmanneyjar", coordinates=at(66)),
                False,
            ),
            (a_city("is-a", "Vik"), a_city("is-x", "Wik"), False),
            (a_city("cn-a", "Pekin"), a_city("cn-x", "Peking"), True),
            (a_city("cn-a", "Peking"), a_city("cn-x", "Pekin"), True),
            (
                a_city("it-milan", "Milan", identifiers=FrozenMap({"geonames": "3173435"})),
                a_city("it-x", "Mailand"),
                True,
            ),
        ],
    )
    def test_similar_names_and_names_in_other_languages(self, mine: City, theirs: City, asked: bool) -> None:  # noqa: FBT001
        """A near spelling in the same country, and a name in another language, are asked about."""
        assert [(theirs.id, theirs.id, (mine.id,))] * asked == doubts(Dataset([mine]).merge(Dataset([theirs])))

    def test_a_partner_in_common_with_more_than_one(self) -> None:
        """Where two of theirs could be ours, or theirs two of ours, a partner does not tell which."""
        vik, lyon = a_city("is-vik", "Vik"), a_city("fr-lyon")
        one, two = a_city("is-one", "Vik"), a_city("is-two", "Vik")
        ours = Dataset([vik, lyon, GAZETTE, TIE])
        theirs: list[AnyRecord] = [
            one,
            two,
            lyon,
            GAZETTE,
            *(changed(TIE, id=f"fr-lyon--{city.id}") for city in (one, two)),
        ]

        assert {"is-one", "is-two"} == {each.id for each in ours.merge(Dataset(theirs)).report.doubts}
        assert {"is-vik"} == {each.id for each in Dataset(theirs).merge(ours).report.doubts}

    def test_names_that_may_mean_more_than_one(self) -> None:
        """Two of ours with its name and place, or two of theirs for one of ours, are left to a person."""
        twins = [a_city("is-one", "Vik", coordinates=at(63)), a_city("is-two", "Vik", coordinates=at(63.1))]
        one = a_city("is-vik", "Vik", coordinates=at(63.05))

        assert [("is-vik", "is-vik", ("is-one", "is-two"))] == doubts(Dataset(twins).merge(Dataset([one])))
        assert [("is-one", "is-one", ("is-vik",)), ("is-two", "is-two", ("is-vik",))] == doubts(
            Dataset([one]).merge(Dataset(twins))
        )

    def test_the_surer_sign_wins(self) -> None:
        """Of two of theirs for one of ours, the one that has its id is it, and the other is left to a person."""
        ours = a_city("is-vik", "Vik", coordinates=at(63))
        merge = Dataset([ours]).merge(Dataset([ours, a_city("is-two", "Vik", coordinates=at(63.1))]))

        assert [("is-vik", "is-vik", "id")] == joined(merge)
        assert [("is-two", "is-two", ("is-vik",))] == doubts(merge)
        assert "is-vik of the other dataset may also be this city" == merge.report.doubts[0].why

    def test_what_another_is_by_a_surer_sign_is_out_of_the_question(self) -> None:
        """Of two that a city could be, it is the one that no other of its dataset is; alone, it is left to a person."""
        ours = Dataset([a_city("is-a", "Vik", coordinates=at(0)), a_city("is-b", "Vik", coordinates=at(0.1))])
        named = a_city("is-c", "Vik", coordinates=at(0.05))
        by_name = ours.merge(Dataset([a_city("is-a", "Vik", coordinates=at(0.02)), named]))
        alone = Dataset([a_city("is-a", "Vik", coordinates=at(0))]).merge(Dataset([a_city("is-a", "Vik"), named]))

        assert [("is-a", "is-a", "id"), ("is-b", "is-c", "name")] == joined(by_name)
        assert [("is-c", "is-c", ("is-a",))] == doubts(alone)

    def test_an_id_elsewhere_that_two_of_theirs_have(self) -> None:
        """Which of the two it is that of is not guessed."""
        merge = Dataset([known_as("is-vik", wikidata="Q1")]).merge(
            Dataset([changed(known_as(f"is-{name.lower()}", wikidata="Q1"), name=name) for name in ("Wick", "Wik")])
        )

        assert [("is-wick", "is-wick", ("is-vik",)), ("is-wik", "is-wik", ("is-vik",))] == doubts(merge)

    def test_what_another_is_by_its_id_is_out_of_the_question(self) -> None:
        """Of two that have an id elsewhere, a city is the one that no other of its dataset is."""
        ours = Dataset([known_as("is-a", geonames="1"), known_as("is-b", geonames="1")])
        merge = ours.merge(Dataset([a_city("is-a", "Vik"), changed(known_as("is-c", geonames="1"), name="Wick")]))

        assert [("is-a", "is-a", "id_only"), ("is-b", "is-c", "identifier")] == joined(merge)

    def test_what_stood_apart_is_known_again(self) -> None:
        """A second merge finds each city where the first put it, also where two of theirs could be each other."""
        ours = Dataset([a_city("is-vik", "Vik", coordinates=at(40))])
        theirs = Dataset([a_city("is-vik", "Vik", coordinates=at(0)), a_city("is-vikur", "Vik", coordinates=at(0))])
        once = ours.merge(theirs)
        twice = once.dataset.merge(theirs)

        assert ["is-vik", "is-vik-2", "is-vikur"] == [city.id for city in once.dataset.cities()]
        assert once.dataset == twice.dataset
        assert [("is-vik-2", "is-vik", "content"), ("is-vikur", "is-vikur", "id")] == joined(twice)

    def test_evidence_of_an_earlier_merge(self) -> None:
        """A second merge matches a city by the evidence of the first merge, unless ``distinct`` excludes it."""
        ours = Dataset([GAZETTE, a_city("is-vik", "Vik", coordinates=at(63), evidence=(told("gazette", "country"),))])
        same_id_other_source = a_source("gazette", "1999")
        other = a_city("is-x", "Vik", coordinates=at(64), evidence=(told("gazette", "coordinates"),))
        theirs = Dataset([same_id_other_source, other])
        once = ours.merge(theirs, same={"is-x": "is-vik"}).dataset
        again, apart = once.merge(theirs), once.merge(theirs, distinct=["is-x"])

        assert [("is-x", "is-x", ("is-vik",))] == doubts(ours.merge(theirs))
        assert once == again.dataset
        assert [("is-vik", "is-x", "evidence")] == joined(again)
        assert "gazette-2, page 1" == again.report.joined[0].detail
        assert ["is-vik", "is-x"] == [city.id for city in apart.dataset.cities()]

    @pytest.mark.parametrize(
        "theirs",
        [
            a_city("is-x", "Vik", coordinates=at(64), evidence=(told("gazette", "coordinates"),)),
            a_city("is-x", "Wick", coordinates=at(63), evidence=(told("gazette", "coordinates"),)),
            a_city("is-x", "Vik", coordinates=at(64), evidence=(told("gazette", "name"),)),
        ],
    )
    def test_evidence_of_another_city(self, theirs: City) -> None:
        """One place in a source can describe two cities: evidence of another name or place decides nothing."""
        ours = [a_city("is-vik", "Vik", coordinates=at(63), evidence=(told("gazette", "coordinates", "name"),))]
        merge = Dataset([GAZETTE, *ours]).merge(Dataset([GAZETTE, theirs]))

        assert "evidence" not in {by for _, _, by in joined(merge)}

    def test_evidence_that_two_cities_have(self) -> None:
        """Evidence of two of our cities does not decide which of them a city is."""
        evidence = (told("gazette", "country"),)
        ours = Dataset([GAZETTE, *(a_city(id_, "Vik", evidence=evidence) for id_ in ("is-one", "is-two"))])
        theirs = Dataset([GAZETTE, a_city("is-x", "Vik", evidence=evidence)])

        assert [("is-x", "is-x", ("is-one", "is-two"))] == doubts(ours.merge(theirs))

    def test_a_name_of_many(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A name that very many have tells nothing, and is not compared with all of them."""
        monkeypatch.setattr(match_cities, "_MAX_NAMESAKES", 2)
        many = [a_city(f"is-{number}", "Vik", coordinates=at(number)) for number in range(3)]
        [doubt] = Dataset(many).merge(Dataset([many[0], a_city("is-x", "Vik")])).report.doubts

        assert ("3 cities have the same name", ("is-0", "is-1")) == (doubt.why, doubt.candidates)

    def test_an_id_that_a_city_once_had(self) -> None:
        """An old id leads to the city that it leads to in ours; theirs lead on, where their ids are free."""
        ours = a_dataset([a_city("is-vik")], {City: {"is-old": "is-vik"}})
        theirs = a_dataset([a_city("is-old"), a_city("is-ey")], {City: {"is-vik": "is-ey", "is-e": "is-ey"}})
        merge = ours.merge(theirs)

        assert [("is-vik", "is-old", "id_only")] == joined(merge)
        assert {"is-e": "is-ey", "is-old": "is-vik"} == dict(merge.dataset.redirects[City])

    def test_a_person_decides(self) -> None:
        """What a person says of a city counts more than any sign; an old id is one."""
        ours = Dataset([a_city("is-vik", coordinates=at(63)), a_city("is-ey", coordinates=at(66))])
        theirs = Dataset([a_city("is-vik", coordinates=at(63)), a_city("is-y", coordinates=at(66))])
        merge = ours.merge(theirs, same={"is-y": "is-ey"}, distinct=["is-vik"])

        assert [("is-ey", "is-y", "decision")] == joined(merge)
        assert ["is-ey", "is-vik", "is-vik-2"] == [city.id for city in merge.dataset.cities()]
        assert [] == doubts(merge)

    @pytest.mark.parametrize(
        ("same", "distinct"),
        [
            ({"is-vik": "is-vik"}, ["is-vik"]),
            ({"is-vik": "is-vik", "is-ey": "is-vik"}, []),
            ({"is-vik": "is-vik", "is-old": "is-ey"}, []),
        ],
    )
    def test_no_city_is_two(self, same: dict[str, str], distinct: list[str]) -> None:
        """Somebody who says of one city that it is two is told so."""
        both = [a_city("is-vik"), a_city("is-ey")]
        theirs = a_dataset(both, {City: {"is-old": "is-vik"}})

        with pytest.raises(fc.InvalidQueryError, match="one of the two has another match or is in 'distinct'"):
            Dataset(both).merge(theirs, same=same, distinct=distinct)

    def test_what_is_not_there_cannot_be_decided(self) -> None:
        """Ids that are not there, and what is no dataset, are refused."""
        data = Dataset([a_city("is-vik")])
        for options in ({"same": {"is-x": "is-vik"}}, {"same": {"is-vik": "is-x"}}, {"distinct": ["is-x"]}):
            with pytest.raises(fc.UnknownRecordError):
                data.merge(data, **options)
        with pytest.raises(fc.InvalidQueryError, match="expected a dataset"):
            data.merge([a_city("is-vik")])  # type: ignore[arg-type]

    def test_what_is_known_of_a_city_adds_up(self) -> None:
        """Names, ids elsewhere and empty fields are filled; another English name is one more name."""
        mine = changed(a_city("is-vik", "Vik", a_name("Vik i Myrdal")), evidence=(told("gazette", "name", "names"),))
        more = {"identifiers": FrozenMap({"wikidata": "Q1"}), "coordinates": at(63), "note": "A note."}
        theirs = changed(
            a_city("is-vik", "Vik in Myrdal", a_name("Vík", fc.NameKind.ENDONYM, "is"), a_name("Vik"), **more),
            evidence=(told("register", "name", "names", "country", "coordinates", level=fc.Level.TOWN),),
        )
        merge = Dataset([GAZETTE, mine]).merge(Dataset([REGISTER, theirs]))

        city = merge.dataset.city("is-vik")
        assert ["Vik i Myrdal", "Vík", "Vik in Myrdal"] == [name.text for name in city.names]
        assert (at(63), "Q1", "A note.") == (city.coordinates, city.identifiers["wikidata"], city.note)
        assert ("names", "country", "coordinates") == city.evidence[1].supports
        assert {"level": fc.Level.TOWN} == dict(city.evidence[1].claims)
        assert ["names", "coordinates", "identifiers", "evidence", "note"] == [
            each.field for each in merge.report.added if each.record_type is City
        ]
        assert merge.dataset == merge.dataset.merge(Dataset([REGISTER, theirs])).dataset

    def test_an_english_name_with_a_region(self) -> None:
        """An English name that the other dataset also has as a British name is added as an English alias."""
        theirs = a_city("is-vik", "Vik", a_name("Vik", language="en-GB"))
        city = Dataset([a_city("is-vik", "Vik i Myrdal")]).merge(Dataset([theirs])).dataset.city("is-vik")

        assert [("Vik", "en-GB"), ("Vik", "en")] == [(name.text, name.language) for name in city.names]

    def test_new_items_in_the_report(self) -> None:
        """The report lists only the names and the identifiers that are new."""
        more = {"identifiers": FrozenMap({"geonames": "1", "wikidata": "Q1"})}
        ours = a_city("is-vik", "Vik", a_name("Vikur"), identifiers=FrozenMap({"wikidata": "Q1"}))
        merge = Dataset([ours]).merge(Dataset([a_city("is-vik", "Vik", a_name("Vikur"), a_name("Wik"), **more)]))

        assert [("names", (a_name("Wik"),)), ("identifiers", FrozenMap({"geonames": "1"}))] == [
            (each.field, each.value) for each in merge.report.added
        ]

    def test_evidence_for_the_same_english_name(self) -> None:
        """Evidence for the same English name supports the name, and not the other names."""
        evidence = (told("register", "name"),)
        theirs = Dataset([REGISTER, a_city("is-vik", "Vik", evidence=evidence)])

        assert evidence == Dataset([a_city("is-vik", "Vik")]).merge(theirs).dataset.city("is-vik").evidence

    def test_a_name_that_ours_has_as_its_english_one(self) -> None:
        """Who tells of a name that is our English one tells of that."""
        theirs = changed(a_city("is-vik", "Vik", a_name("Vik")), evidence=(told("register", "names"),))
        made = Dataset([a_city("is-vik", "Vik")]).merge(Dataset([REGISTER, theirs])).dataset.city("is-vik")

        assert ((), ("name",)) == (made.names, made.evidence[0].supports)

    def test_points_of_one_place_do_not_differ(self) -> None:
        """Another point within 30 km stands in the evidence and is no disagreement; one beyond it is."""
        told_of = (told("register", "coordinates"),)
        near, far = (
            Dataset([a_city("is-vik", coordinates=at(63))]).merge(
                Dataset([REGISTER, changed(a_city("is-vik", coordinates=at(north)), evidence=told_of)])
            )
            for north in (63.1, 64)
        )

        assert at(63.1) == near.dataset.city("is-vik").evidence[0].claims["coordinates"]
        assert not near.dataset.city("is-vik").disputed
        assert [] == differs(near)
        assert far.dataset.city("is-vik").disputed
        assert [("is-vik", "coordinates", at(63), at(64), "contrary")] == differs(far)

    def test_what_does_not_go_together_is_not_filled(self) -> None:
        """The part of another country cannot fill a gap, and a city becomes no part of its own part."""
        abroad = changed(
            known_as("dk-vik", wikidata="Q1"), subdivision="DK-81", evidence=(told("register", "subdivision"),)
        )
        merge = Dataset([known_as("is-vik", wikidata="Q1")]).merge(Dataset([REGISTER, abroad]))
        whole, part = a_city("is-ey"), a_city("is-vik", part_of=CityId("is-ey"))
        turned = Dataset([a_city("is-ey", part_of=CityId("is-vik")), a_city("is-vik")])
        looped = Dataset([whole, part]).merge(turned)

        assert {"subdivision": "DK-81"} == dict(merge.dataset.city("is-vik").evidence[0].claims)
        assert {
            ("is-vik", "country", "IS", "DK", "contrary"),
            ("is-vik", "subdivision", None, "DK-81", "contrary"),
        } == set(differs(merge))
        assert [("is-ey", "part_of", None, "is-vik", "contrary")] == differs(looped)


class TestSources:
    """Which sources are one."""

    def test_a_page_is_one_source(self) -> None:
        """One state of one page is one source under any id; another state is another."""
        page = changed(GAZETTE, address="https://example.org/a", as_of=PartialDate(2020, 5))
        same = changed(
            page, id="x", address="http://EXAMPLE.org/a#row", title="Other", archived="https://example.org/b"
        )
        later = changed(page, id="y", as_of=PartialDate(2023))
        merge = Dataset([page]).merge(Dataset([same, later]))

        assert [("gazette", "x", "address")] == joined(merge, Source)
        assert "https://example.org/b" == merge.dataset.source("gazette").archived
        assert [
            ("gazette", "address", page.address, same.address, "other"),
            ("gazette", "title", "gazette", "Other", "other"),
        ] == sorted(differs(merge))
        assert ["gazette", "y"] == [source.id for source in merge.dataset.sources()]

    def test_sources_that_could_be_each_other_are_known_again(self) -> None:
        """A second merge finds each where the first put it, though two of theirs tell of one state of one page."""
        page = "https://vik.example/"
        ours = Dataset([changed(a_source("gazette", "1990"), publisher="other")])
        theirs = Dataset(
            [changed(a_source(id_, "2020"), address=page, publisher="x") for id_ in ("gazette", "almanac")]
        )
        once = ours.merge(theirs)

        assert ["almanac", "gazette", "gazette-2"] == [source.id for source in once.dataset.sources()]
        assert once.dataset == once.dataset.merge(theirs).dataset

    def test_the_same_words_are_one_source(self) -> None:
        """Two that say the same of themselves are one, whatever their ids; two of one id that do not are two."""
        other = changed(GAZETTE, title="Other")
        merge = Dataset([GAZETTE]).merge(Dataset([changed(GAZETTE, id="x", note="Seen."), other]))

        assert [("gazette", "x", "content")] == joined(merge, Source)
        assert ["gazette", "gazette-2"] == [source.id for source in merge.dataset.sources()]
        assert "Seen." == merge.dataset.source("gazette").note

    def test_dates_of_one_page(self) -> None:
        """Of one page, a coarser date is no disagreement, a closer one is told of, and so is another."""
        page = changed(
            GAZETTE, address="https://example.org/a", as_of=PartialDate(2020, 5), published=PartialDate(2019)
        )
        finer = changed(page, as_of=PartialDate(2020, 5, 1), published=PartialDate(2018), accessed=PartialDate(2021))
        coarser = changed(page, as_of=PartialDate(2020), accessed=PartialDate(2022), note="A note.")
        merge = Dataset([page]).merge(Dataset([finer]))
        again = merge.dataset.merge(Dataset([changed(coarser, note="Other.")]))

        assert {("as_of", "finer"), ("published", "contrary")} == {(each[1], each[4]) for each in differs(merge)}
        assert [("gazette", "accessed", PartialDate(2021), PartialDate(2022), "other")] == differs(again)

    def test_ids_with_numbers(self) -> None:
        """A free id has the first number that makes it free, and is no longer than ids are."""
        assert ("x", "x-3") == (unused_id("x", ()), unused_id("x", {"x", "x-2"}))
        assert 94 == len(unused_id("x" * 100, {"x" * 100}))


def history(*steps: Step) -> Dataset:
    """Two cities and their partnership, with two sources."""
    return Dataset([GAZETTE, REGISTER, a_city("is-vik"), a_city("fr-lyon"), a_tie("is-vik", "fr-lyon", *steps)])


def made_of(ours: Dataset, theirs: Dataset) -> Partnership:
    """The one partnership of two datasets merged."""
    [tie] = ours.merge(theirs).dataset.partnerships()
    return tie


class TestHistories:
    """What becomes of the steps of a partnership that both have."""

    def test_another_date_becomes_evidence(self) -> None:
        """Our date stays; who says another says so beside it, and the partnership is disputed."""
        ours = history(a_step("1979-06-25", told("gazette", "date", "action")))
        merge = ours.merge(history(a_step("1976", told("register", "date", "action", "kind"))))

        [step] = merge.dataset.partnerships()[0].steps
        assert (PartialDate(1979, 6, 25), True) == (step.date, step.disputed)
        assert (("action", "kind"), {"date": PartialDate(1976)}) == (
            step.evidence[1].supports,
            dict(step.evidence[1].claims),
        )
        assert [
            ("fr-lyon--is-vik", "steps[0].date", PartialDate(1979, 6, 25), PartialDate(1976), "contrary")
        ] == differs(merge)
        assert ("register",) == merge.report.disagreements[0].sources

    def test_a_more_precise_date_is_recorded(self) -> None:
        """A day of the year that is recorded contradicts nothing, and replaces it."""
        merge = history(a_step("1979")).merge(history(a_step("1979-06-25", told("register", "date", "action"))))

        [tie] = merge.dataset.partnerships()
        assert (False, PartialDate(1979, 6, 25)) == (tie.disputed, tie.established)
        assert [] == differs(merge)
        assert [("steps[0].date", PartialDate(1979, 6, 25), ("register",))] == [
            (each.field, each.value, each.sources) for each in merge.report.added if each.field.endswith("date")
        ]
        assert (
            tie.steps
            == history(a_step("1979-06-25", told("register", "date", "action")))
            .merge(history(a_step("1979")))
            .dataset.partnerships()[0]
            .steps
        )

    def test_a_coarser_word_is_no_disagreement(self) -> None:
        """A listing becomes evidence of what is in force, and states nothing of the rest."""
        ours = history(a_step("1979", told("gazette", "date", "action", "kind")))
        listed = a_step(None, told("register", "action"), action="listed", kind="unspecified")
        merge = ours.merge(history(listed))

        [step] = merge.dataset.partnerships()[0].steps
        assert {"action": "listed"} == dict(step.evidence[1].claims)
        assert [] == differs(merge)
        assert not step.disputed

    def test_what_ours_leaves_open_is_filled(self) -> None:
        """A date and a kind fill a gap, unless evidence of ours tells of it, or the order would not hold."""
        open_ = a_step(None, told("gazette", "action"), kind="unspecified")
        dated = a_step("1979", told("register", "date", "action", "kind"))
        told_of = a_step(None, told("gazette", "action", date=PartialDate(1980)))
        later = a_step("1970", action="ended")

        assert ("1979", "sister_city") == (
            str(made_of(history(open_), history(dated)).established),
            made_of(history(open_), history(dated)).state.kind,
        )
        assert made_of(history(told_of), history(dated)).established is None
        assert made_of(history(open_, later), history(dated)).established is None

    def test_other_steps_stand_at_their_dates(self) -> None:
        """What is another step stands where its date belongs, after what stands before it in its own history."""
        ours = history(a_step(None, action="listed"), a_step("1990"), a_step("2010", action="ended"))
        theirs = history(
            a_step("1985", action="proposed"),
            a_step("1990"),
            a_step("2000", action="renewed"),
            a_step("2012", action="resumed"),
        )

        assert ["proposed 1985", "established 1990", "renewed 2000", "listed None", "ended 2010", "resumed 2012"] == [
            f"{step.action.value} {step.date}" for step in made_of(ours, theirs).steps
        ]

    @pytest.mark.parametrize(
        ("ours", "theirs", "outcome"),
        [
            (["ended 2000"], ["listed"], ["listed", "ended 2000"]),
            (["ended 2000"], ["established"], ["established", "ended 2000"]),
            (["ended 2000"], ["renewed"], ["renewed", "ended 2000"]),
            (["ended 2000"], ["resumed"], ["ended 2000", "resumed"]),
            (["established 1990"], ["proposed"], ["proposed", "established 1990"]),
            (["established 1990"], ["ended"], ["established 1990", "ended"]),
            (["established 1990"], ["unconfirmed"], ["established 1990", "unconfirmed"]),
            (["ended 2000"], ["suspended", "ended 2000"], ["suspended", "ended 2000"]),
            (["established 1990"], ["established 1990", "suspended"], ["established 1990", "suspended"]),
            (["proposed 1990"], ["listed"], ["proposed 1990", "listed"]),
            (["listed"], ["established 1990"], ["established 1990"]),
            (["unconfirmed"], ["listed"], ["unconfirmed", "listed"]),
            (["listed"], ["listed"], ["listed"]),
            (["established 1990", "upgraded 1995"], ["established 1995"], ["established 1990", "upgraded 1995"]),
            (["ended 2000"], ["ended 2005"], ["ended 2000"]),
            (["renewed 2000"], ["renewed 2005"], ["renewed 2000", "renewed 2005"]),
            (["renewed 2000"], ["renewed"], ["renewed 2000"]),
            (
                ["proposed", "established 1990"],
                ["proposed 1985", "ended 1995"],
                ["proposed 1985", "established 1990", "ended 1995"],
            ),
        ],
    )
    def test_which_steps_are_one(self, ours: list[str], theirs: list[str], outcome: list[str]) -> None:
        """What is one step, and where the others belong."""
        one, other = (
            [a_step(each.partition(" ")[2] or None, action=each.partition(" ")[0]) for each in each_side]
            for each_side in (ours, theirs)
        )
        tie = made_of(history(*one), history(*other))

        assert outcome == [f"{step.action.value} {step.date or ''}".strip() for step in tie.steps]

    def test_a_listing_of_a_kind(self) -> None:
        """A listing of a kind is evidence for the step of that kind, another listing for the last step."""
        ours = history(
            a_step("1985", kind="friendly_exchange"),
            a_step("1990", action="upgraded"),
            a_step("2000", action="renewed", kind="contact"),
        )
        listing = a_step(None, told("register", "action"), action="listed", kind="friendly_exchange")

        for kind, evidence in (("friendly_exchange", [1, 0, 0]), ("unspecified", [0, 0, 1])):
            steps = made_of(ours, history(changed(listing, kind=fc.PartnershipKind(kind)))).steps
            assert evidence == [len(step.evidence) for step in steps]

    def test_how_it_stands_is_told_of(self) -> None:
        """Where it ended for one and not for the other, the report says so."""
        ended = a_step("2000", told("register", "date", "action"), action="ended")
        merge = history(a_step("1990")).merge(history(a_step("1990"), ended))

        assert [("fr-lyon--is-vik", "status", "active", "ended", "contrary")] == differs(merge)
        assert ("register",) == merge.report.disagreements[0].sources
        assert [f"steps[{1}]"] == [each.field for each in merge.report.added]

    @pytest.mark.parametrize(
        ("theirs", "steps", "status"),
        [
            ([a_step("2000", told("gazette", "date", "action"), action="ended")], ["established 1990"], "active"),
            ([a_step(None, told("gazette", "action"), action="ended")], ["established 1990"], "active"),
            ([a_step(None, action="ended")], ["established 1990", "ended"], "ended"),
            ([a_step("2022", action="ended")], ["established 1990", "ended 2022"], "ended"),
            (
                [a_step("2000", action="ended"), a_step("2010", action="resumed")],
                ["established 1990", "ended 2000", "resumed 2010"],
                "active",
            ),
        ],
    )
    def test_no_end_undoes_what_later_sources_show(self, theirs: list[Step], steps: list[str], status: str) -> None:
        """It is said beside what is in force, which is disputed then; an end that our sources cannot know of counts."""
        ours = history(a_step("1990", told("register", "date", "action", "kind")))
        late = a_source("almanac", "2022")
        some = [step if step.evidence else changed(step, evidence=(told("almanac", "action"),)) for step in theirs]
        cities = (a_city("is-vik"), a_city("fr-lyon"))
        other = Dataset([GAZETTE, REGISTER, late, *cities, a_tie("is-vik", "fr-lyon", a_step("1990"), *some)])
        merge = ours.merge(other)

        [tie] = merge.dataset.partnerships()
        assert steps == [f"{step.action.value} {step.date or ''}".strip() for step in tie.steps]
        assert (status, len(steps) == 1) == (tie.state.status, tie.disputed)
        if tie.disputed:
            told_otherwise = [item for item in tie.steps[0].evidence if "action" in item.claims]
            assert [{"action": step.action} | ({"date": step.date} if step.date else {}) for step in some] == [
                dict(item.claims) for item in told_otherwise
            ]
            assert {"steps[0].action", "status"} == {each.field for each in merge.report.disagreements}
        assert merge.dataset == merge.dataset.merge(other).dataset

    @pytest.mark.parametrize(("as_of", "status"), [("2014", "active"), ("2022", "suspended")])
    def test_the_newest_source_decides_about_a_dated_end(self, as_of: str, status: str) -> None:
        """A list of 2022 with a suspension in 2000 is newer than a register of 2021 without it."""
        ours = history(a_step("1990", told("register", "date", "action", "kind")))
        suspended = a_step("2000", told("almanac", "date", "action"), action="suspended")
        cities = (a_city("is-vik"), a_city("fr-lyon"))
        tie = a_tie("is-vik", "fr-lyon", a_step("1990"), suspended)
        merge = ours.merge(Dataset([REGISTER, a_source("almanac", as_of), *cities, tie]))

        [merged] = merge.dataset.partnerships()
        assert (status, True) == (merged.state.status, merged.disputed)
        assert "the later source decides" in merge.report.as_text()

    def test_an_end_whose_source_is_not_at_hand_undoes_nothing(self) -> None:
        """Nothing shows that it is news."""
        ours = history(a_step("1990", told("register", "date", "action", "kind"))).partnerships()[0]
        theirs = a_tie("is-vik", "fr-lyon", a_step(None, told("unknown", "action"), action="ended"))

        made = merge_partnership(ours, theirs, RecordLog([], Partnership, ours.id))
        assert ("active", ["established"]) == (made.state.status, [step.action for step in made.steps])

    def test_evidence_that_is_there_is_not_added_again(self) -> None:
        """What ours has already, or says more of at the same place, is not added; at another place it is."""
        ours = history(a_step("1990", told("gazette", "date", "action", kind=fc.PartnershipKind.CONTACT)))
        less = told("gazette", "action", kind=fc.PartnershipKind.CONTACT)
        elsewhere = changed(less, locator="page 2")
        noted = changed(told("gazette", "action"), note="In a note.")
        twice = history(changed(a_step("1990", less, elsewhere, noted), kind=fc.PartnershipKind.SISTER_CITY))

        assert ["page 1", "page 1", "page 2"] == [each.locator for each in made_of(ours, twice).steps[0].evidence]

    def test_what_others_say_otherwise_may_be_ours(self) -> None:
        """Who contradicts their record may support ours, or say as little."""
        said = told("register", "action", date=PartialDate(1990))
        theirs = history(a_step("1991", said, kind="contact"))
        tie = made_of(history(a_step("1990", kind="unspecified")), theirs)
        blank = made_of(
            history(
                changed(
                    a_step("1990", kind="unspecified"),
                    evidence=(told("gazette", "action", kind=fc.PartnershipKind.CONTACT),),
                )
            ),
            theirs,
        )

        assert ("action", "date") == tie.steps[0].evidence[0].supports
        assert {} == dict(blank.steps[0].evidence[1].claims)

    def test_notes(self) -> None:
        """A note fills a gap; of two that differ ours stays, and the report has the other."""
        one, other = (changed(a_tie("is-vik", "fr-lyon"), note=note) for note in ("Ours.", "Theirs."))
        cities = [a_city("is-vik"), a_city("fr-lyon")]
        merge = Dataset([*cities, one]).merge(Dataset([*cities, other]))

        assert [("fr-lyon--is-vik", "note", "Ours.", "Theirs.", "other")] == differs(merge)
        assert (
            "Theirs."
            == Dataset([*cities, a_tie("is-vik", "fr-lyon")])
            .merge(Dataset([*cities, other]))
            .dataset.partnerships()[0]
            .note
        )

    def test_a_partnership_follows_its_cities(self) -> None:
        """The cities of a partnership have the ids of ours, in their order, and so has who acted."""
        ours = Dataset([known_as("zz-vik", wikidata="Q1"), a_city("fr-lyon")])
        step = changed(a_step("1990"), initiator=CityId("aa-vik"))
        theirs = Dataset([known_as("aa-vik", wikidata="Q1"), a_city("fr-lyon"), a_tie("aa-vik", "fr-lyon", step)])
        [tie] = ours.merge(theirs).dataset.partnerships()

        assert ("fr-lyon--zz-vik", "zz-vik") == (tie.id, tie.steps[0].initiator)


def list_of(name: str, as_of: str | None, *steps: str) -> Dataset:
    """A list with one partnership, whose steps are written as "ended 1985"; the list states each of them."""
    source = changed(a_source(name), as_of=None if as_of is None else PartialDate.parse(as_of))
    made = []
    for step in steps:
        action, _, date = step.partition(" ")
        supports = ("date", "action") if date else ("action",)
        made.append(a_step(date or None, told(name, *supports), action=action, kind="unspecified"))
    return Dataset([source, a_city("is-vik"), a_city("fr-lyon"), a_tie("is-vik", "fr-lyon", *made)])


def edited(data: Dataset) -> Dataset:
    """A list that a person edited: its evidence has notes."""
    [tie] = data.partnerships()
    steps = [
        changed(step, evidence=tuple(changed(item, note="As printed.") for item in step.evidence)) for step in tie.steps
    ]
    return Dataset([*(record for record in data if record != tie), changed(tie, steps=tuple(steps))])


def written(partnership: Partnership) -> list[str]:
    """The steps of a partnership, as they are written in a list."""
    return [f"{step.action.value} {step.date or ''}".strip() for step in partnership.steps]


class TestOrder:
    """Lists of several years: which state stays, and that the order of merging does not matter."""

    @pytest.mark.parametrize("end", ["ended 1985", "suspended 1985-06", "ended"])
    def test_an_older_end(self, end: str) -> None:
        """An end that an older list states becomes a claim against the newer listing, which is disputed."""
        newer, older = list_of("newer", "2015", "listed"), list_of("older", "1998", "established 1980", end)
        merge = newer.merge(older)

        [tie] = merge.dataset.partnerships()
        assert ["established 1980", "listed"] == written(tie)
        assert ("active", "1980", True) == (tie.state.status, str(tie.established), tie.disputed)
        action, _, date = end.partition(" ")
        claims = {"action": fc.StepAction(action)} | ({"date": PartialDate.parse(date)} if date else {})
        assert [("older", claims)] == [(i.source, dict(i.claims)) for i in tie.steps[1].evidence if i.claims]
        assert {"steps[1].action", "status"} == {each.field for each in merge.report.disagreements}

    @pytest.mark.parametrize("end", ["ended 1985", "suspended 1985-06", "ended"])
    def test_a_newer_listing(self, end: str) -> None:
        """A listing that is newer than our end gives the same result as the other order, and the status is reported."""
        older, newer = list_of("older", "1998", "established 1980", end), list_of("newer", "2015", "listed")
        merge = older.merge(newer)

        [tie] = merge.dataset.partnerships()
        assert newer.merge(older).dataset == merge.dataset
        assert tie.disputed
        action, _, date = end.partition(" ")
        claims = {"action": fc.StepAction(action)} | ({"date": PartialDate.parse(date)} if date else {})
        assert [claims] == [dict(item.claims) for item in tie.steps[1].evidence if item.claims]
        assert "status" in {each.field for each in merge.report.disagreements}

    def test_sources_before_an_end_do_not_contradict_it(self) -> None:
        """Of two sources of a start, only the one that is later than our end contradicts the end."""
        base = edited(list_of("base", "2020", "established 1980", "ended 1985"))
        early = changed(a_source("early"), as_of=PartialDate(1984))
        newer = list_of("newer", "2015", "established 1980")
        [tie] = newer.partnerships()
        evidence = (*tie.steps[0].evidence, told("early", "date", "action"))
        changed_tie = changed(tie, steps=(changed(tie.steps[0], evidence=evidence),))
        other = [early, changed_tie, *(record for record in newer if record != tie)]
        [merged] = base.merge(Dataset(other)).dataset.partnerships()

        assert [("base", False), ("newer", True)] == [(i.source, bool(i.claims)) for i in merged.steps[1].evidence]

    def test_an_undated_end_follows_the_start_of_its_source(self) -> None:
        """An undated end does not join an earlier end than the start that its source states; both orders agree."""
        one = edited(list_of("one", "2006", "established 1985", "ended 1993"))
        two = edited(list_of("two", "2006", "established 1990", "renewed 1995", "ended"))
        steps = [written(data.partnerships()[0])[1:] for data in (one.merge(two).dataset, two.merge(one).dataset)]

        assert [["ended 1993", "renewed 1995", "ended"]] * 2 == steps

    def test_a_newer_list_that_states_the_start(self) -> None:
        """A newer list that states the start of a partnership and no end has it in force."""
        older = list_of("older", "1998", "established 1980", "ended 1985")
        newer = list_of("newer", "2015", "established 1980")
        merge = older.merge(newer)

        [tie] = merge.dataset.partnerships()
        assert (["established 1980"], "active", True) == (written(tie), tie.state.status, tie.disputed)
        claims = {"action": fc.StepAction.ENDED, "date": PartialDate(1985)}
        assert [("newer", {}), ("older", {}), ("older", claims)] == [
            (i.source, dict(i.claims)) for i in sorted(tie.steps[0].evidence, key=lambda i: (i.source, bool(i.claims)))
        ]
        assert merge.dataset == merge.dataset.merge(newer).dataset == newer.merge(older).dataset

    def test_a_newer_statement_of_an_end(self) -> None:
        """An end that the newest source states stays; an older list that has it in force after it is a claim."""
        ended = list_of("newest", "2020", "established 1980", "ended 1985")
        merge = list_of("older", "2015", "listed").merge(ended)

        [tie] = merge.dataset.partnerships()
        assert ["established 1980", "ended 1985"] == written(tie)
        assert [{"action": fc.StepAction.LISTED}] == [dict(i.claims) for i in tie.steps[1].evidence if i.claims]
        assert (
            merge.dataset
            == ended.merge(list_of("older", "2015", "listed")).dataset
            == merge.dataset.merge(ended).dataset
        )

    def test_lists_that_an_editor_changed(self) -> None:
        """Where an end has no start, or a source is unknown, our values stay."""
        newer = list_of("newer", "2015", "listed")
        assert ["listed"] == written(made_of(newer, list_of("older", "1998", "ended 1985")))
        [tie] = newer.partnerships()
        unknown = changed(tie, steps=(a_step(None, told("unknown", "action"), action="listed", kind="unspecified"),))
        made = merge_partnership(tie, unknown, RecordLog([], Partnership, tie.id))
        assert {"newer", "unknown"} == set(made.cites)

    def test_ends_of_two_sources(self) -> None:
        """Between two starts there is one end: that of the more precise date, and the other is a claim."""
        lists = [
            list_of("a", "1998", "established 1980", "ended 1985-03"),
            list_of("b", "1998", "listed", "ended 1984"),
        ]
        for one, other in (lists, reversed(lists)):
            assert ["established 1980", "ended 1985-03"] == written(made_of(one, other))

    def test_notes_and_denials_of_lists(self) -> None:
        """They stay with the evidence that they are about; a note that all evidence has is a note of the step."""
        cities = (a_city("is-vik"), a_city("fr-lyon"))
        step = changed(a_step("1980", told("a", "date", "action"), kind="unspecified"), note="A note.")
        step = changed(step, evidence=(*step.evidence, changed(denial("a"), locator="page 2")))
        ours = Dataset([a_source("a"), *cities, a_tie("fr-lyon", "is-vik", step)])
        theirs = list_of("b", "2015", "established 1980")

        for merge in (ours.merge(theirs), theirs.merge(ours)):
            [made] = merge.dataset.partnerships()[0].steps
            assert [("a", "A note.", False), ("a", None, True), ("b", None, False)] == [
                (item.source, item.note, item.denies) for item in made.evidence
            ]
            assert merge.dataset == merge.dataset.merge(ours).dataset == merge.dataset.merge(theirs).dataset

    @pytest.mark.parametrize(("start", "end"), STARTS_AFTER_ENDS)
    def test_a_start_after_an_end(self, start: str, end: str) -> None:
        """A start after the end of another list is a resumption, in both orders, and nothing is disputed."""
        older, newer = list_of("older", "1988", "established 1980", end), list_of("newer", "2006", start)
        date = start.partition(" ")[2]

        for one, other in ((older, newer), (newer, older)):
            [tie] = one.merge(other).dataset.partnerships()
            assert ["established 1980", end, f"resumed {date}"] == written(tie)
            assert ("active", False, "2006") == (tie.state.status, tie.disputed, str(tie.last_attested))

    @pytest.mark.parametrize("lists", THREE_LISTS)
    def test_three_lists(self, lists: list[tuple[str | None, ...]]) -> None:
        """The order of the second and third decides nothing, and a list that is merged again adds nothing."""
        one, two, three = (
            list_of(name, as_of, *map(str, steps)) for name, (as_of, *steps) in zip("abc", lists, strict=True)
        )
        merged = one.merge(two).dataset.merge(three).dataset

        assert merged == one.merge(three).dataset.merge(two).dataset
        assert [merged] * 3 == [merged.merge(each).dataset for each in (one, two, three)]

    def test_an_undated_end_before_a_resumption(self) -> None:
        """An undated end stays before the resumption that follows it in the list that states both."""
        resumed = list_of("a", "2000", "established 1980", "ended", "resumed 1990")
        merged = made_of(resumed, list_of("b", "2006", "listed"))
        assert ["established 1980", "ended", "resumed 1990"] == written(merged)

    def test_without_a_list_that_has_it_in_force(self) -> None:
        """An end that no list contradicts is a step, also after a proposal."""
        assert ["proposed 1980", "ended 1985"] == written(
            made_of(list_of("a", "2000", "proposed 1980"), list_of("b", "1990", "ended 1985"))
        )

    @pytest.mark.parametrize("end", ["ended", "suspended"])
    @pytest.mark.parametrize(
        ("listed", "ended", "status"),
        [
            ("2015", "1998", "active"),
            ("2015", None, "active"),
            ("2015", "2020", None),
            ("2015", "2015", None),
            (None, "2020", None),
            (None, None, None),
        ],
    )
    def test_an_end_without_a_date(self, end: str, listed: str | None, ended: str | None, status: str | None) -> None:
        """The later source decides, whoever edited the lists; an undated source is the earliest."""
        list_, other = list_of("listed", listed, "listed"), list_of("ended", ended, "established 1980", end)
        merges = [list_.merge(other), other.merge(list_), edited(list_).merge(other), list_.merge(edited(other))]

        statuses = [merge.dataset.partnerships()[0].state.status for merge in merges]
        assert [status or end] * 4 == statuses

    def test_an_end_of_a_partnership_under_another_id(self) -> None:
        """A partnership whose cities have other ids in the base keeps the dates of its sources."""
        base = edited(list_of("base", "2015", "listed"))
        ids: Redirects = {
            **{cls: {} for cls in RECORD_TYPES.values()},
            City: {"is-vik": "is-x"},
            Partnership: {TIE.id: "fr-lyon--is-x"},
        }
        newer = [replace_ids(record, ids) for record in list_of("newer", "2020", "established 1980", "ended")]
        merge = base.merge(Dataset(newer), same={"is-x": "is-vik"})

        assert "ended" == merge.dataset.partnerships()[0].state.status


class TestEditedLists:
    """Lists that a person edited: our values stay."""

    @pytest.mark.parametrize("end", ["ended 1985", "suspended 1985-06", "ended"])
    def test_a_newer_listing(self, end: str) -> None:
        """A listing that is newer than our end decides: the end becomes a claim, in both orders."""
        older = edited(list_of("older", "1998", "established 1980", end))
        newer = list_of("newer", "2015", "listed")
        merge = older.merge(newer)

        [tie] = merge.dataset.partnerships()
        assert ["established 1980", "listed"] == written(tie)
        assert ("active", True) == (tie.state.status, tie.disputed)
        action, _, date = end.partition(" ")
        claims = {"action": fc.StepAction(action)} | ({"date": PartialDate.parse(date)} if date else {})
        assert [claims] == [dict(item.claims) for item in tie.steps[1].evidence if item.claims]
        assert ["status"] == [each.field for each in merge.report.disagreements]
        assert merge.dataset == newer.merge(older).dataset
        assert [merge.dataset] * 2 == [merge.dataset.merge(each).dataset for each in (older, newer)]

    @pytest.mark.parametrize("end", ["ended 1985", "suspended 1985-06", "ended"])
    def test_an_older_end(self, end: str) -> None:
        """An end that an older list states becomes a claim against our newer listing, which is disputed."""
        older = list_of("older", "1998", "established 1980", end)
        merge = edited(list_of("newer", "2015", "listed")).merge(older)

        [tie] = merge.dataset.partnerships()
        assert ["established 1980", "listed"] == written(tie)
        assert ("active", True) == (tie.state.status, tie.disputed)

    def test_a_newer_list_that_states_the_start(self) -> None:
        """A newer list that states the start of a partnership and no end has it in force."""
        older = edited(list_of("older", "1998", "established 1980", "ended 1985"))
        newer = list_of("newer", "2015", "established 1980")
        merge = older.merge(newer)

        [tie] = merge.dataset.partnerships()
        assert (["established 1980"], "active", True) == (written(tie), tie.state.status, tie.disputed)
        claims = {"action": fc.StepAction.ENDED, "date": PartialDate(1985)}
        assert [("newer", {}), ("older", {}), ("older", claims)] == [
            (i.source, dict(i.claims)) for i in sorted(tie.steps[0].evidence, key=lambda i: (i.source, bool(i.claims)))
        ]
        assert merge.dataset == merge.dataset.merge(newer).dataset == newer.merge(older).dataset

    @pytest.mark.parametrize(("start", "end"), STARTS_AFTER_ENDS)
    def test_a_start_after_an_end(self, start: str, end: str) -> None:
        """A start after the end of another list is a resumption, in both orders, and nothing is disputed."""
        older = edited(list_of("older", "1988", "established 1980", end))
        newer = edited(list_of("newer", "2006", start))
        date = start.partition(" ")[2]

        for one, other in ((older, newer), (newer, older)):
            [tie] = one.merge(other).dataset.partnerships()
            assert ["established 1980", end, f"resumed {date}"] == written(tie)
            assert ("active", False, "2006") == (tie.state.status, tie.disputed, str(tie.last_attested))

    @pytest.mark.parametrize("lists", THREE_LISTS)
    def test_three_lists(self, lists: list[tuple[str | None, ...]]) -> None:
        """The order of the second and third decides nothing, and a list that is merged again adds nothing."""
        one, two, three = (
            edited(list_of(name, as_of, *map(str, steps))) for name, (as_of, *steps) in zip("abc", lists, strict=True)
        )
        merged = one.merge(two).dataset.merge(three).dataset

        assert merged == one.merge(three).dataset.merge(two).dataset
        assert [merged] * 3 == [merged.merge(each).dataset for each in (one, two, three)]

    def test_an_undated_end_before_a_resumption(self) -> None:
        """An undated end stays before the resumption that follows it in the list that states both."""
        resumed = edited(list_of("a", "2000", "established 1980", "ended", "resumed 1990"))
        merged = made_of(resumed, list_of("b", "2006", "listed"))
        assert ["established 1980", "ended", "resumed 1990"] == written(merged)

    def test_a_third_list(self) -> None:
        """A listing that is a claim against our end stays one when another list is merged."""
        older = edited(list_of("older", "2020", "established 1980", "ended 1985"))
        both = older.merge(list_of("newer", "2015", "listed")).dataset
        tie = made_of(both, list_of("proposal", "1975", "proposed 1975"))

        assert ["proposed 1975", "established 1980", "ended 1985"] == written(tie)
        assert [{"action": fc.StepAction.LISTED}] == [dict(i.claims) for i in tie.steps[2].evidence if i.claims]

    def test_a_listing_that_is_evidence_of_a_start(self) -> None:
        """It stays there if the other list states no start; a dated listing is evidence of the start of its date."""
        ours = edited(list_of("a", "2000", "established 1980")).merge(list_of("b", "2001", "listed")).dataset
        tie = made_of(ours, list_of("proposal", "1975", "proposed 1975"))
        dated = made_of(edited(list_of("a", "2000", "established 1980")), list_of("b", "2001", "listed 1980"))
        other = made_of(edited(list_of("a", "2000", "established 1980")), list_of("b", "2001", "listed 1990"))

        assert ["a", "b"] == [item.source for item in tie.steps[1].evidence]
        assert ["established 1980"] == written(dated)
        assert ["established 1980", "listed 1990"] == written(other)

    def test_two_kinds_on_one_date(self) -> None:
        """A start of another kind on the date of a start is the same step, and the kind is disputed."""
        first = a_step("1979", told("gazette", "date", "action"), kind="friendly_exchange")
        upgraded = a_step("1990-05", told("gazette", "date", "action", "kind"), action="upgraded")
        other = a_step("1990", told("register", "date", "action", "kind"), kind="friendship_city")
        tie = made_of(history(first, upgraded), history(other))

        assert ["established 1979", "upgraded 1990-05"] == written(tie)
        assert [False, True] == [step.disputed for step in tie.steps]

    def test_an_undated_listing_beside_a_start_of_its_source(self) -> None:
        """It stays a step of its own."""
        ours = edited(list_of("a", "2000", "established 1980"))
        tie = made_of(ours, edited(list_of("b", "2001", "established 1980", "listed")))

        assert ["established 1980", "listed"] == written(tie)

    def test_a_listing_beside_an_unconfirmed_step(self) -> None:
        """It stays at the step where a person recorded it."""
        listed = told("b", action=fc.StepAction.LISTED, date=PartialDate(1990))
        steps = (a_step("1970", listed, action="unconfirmed"), a_step("1980", told("a", "date", "action")))
        cities = (a_city("is-vik"), a_city("fr-lyon"))
        ours = Dataset([a_source("a"), a_source("b"), *cities, a_tie("fr-lyon", "is-vik", *steps)])
        tie = made_of(ours, list_of("proposal", "1965", "proposed 1965"))

        assert ["proposed 1965", "unconfirmed 1970", "established 1980"] == written(tie)
        assert [[], ["b"], ["a"]] == [
            [item.source for item in step.evidence if item.source != "proposal"] for step in tie.steps
        ]

    def test_our_order(self) -> None:
        """Our undated steps keep their order where it decides about the status."""
        ours = edited(list_of("a", "2000", "suspended", "established"))
        tie = made_of(ours, list_of("b", "1975", "proposed 1975"))

        assert "active" == ours.partnerships()[0].state.status
        assert ["proposed 1975", "suspended", "established"] == written(tie)

    def test_a_note_on_an_end_that_is_overruled(self) -> None:
        """It is not lost: it goes to the evidence of the claim. With a denial, our history stays."""
        older, newer = list_of("older", "1998", "established 1980", "ended 1985"), list_of("newer", "2015", "listed")
        [tie] = older.partnerships()
        begun, ended = tie.steps
        noted = changed(tie, steps=(begun, changed(ended, note="A note.")))
        item = changed(denial("older"), locator="page 2")
        denied = changed(tie, steps=(begun, changed(ended, evidence=(*ended.evidence, item))))
        with_note, with_denial = (
            made_of(Dataset([*(record for record in older if record != tie), each]), newer) for each in (noted, denied)
        )

        assert ["established 1980", "listed"] == written(with_note)
        assert ["A note."] == [item.note for item in with_note.steps[1].evidence if item.claims]
        assert ["established 1980", "ended 1985"] == written(with_denial)
        assert item in with_denial.steps[1].evidence


class TestOtherRecords:
    """Memoranda, officials, statistics, events and cooperations, which are one by id."""

    def test_offices(self) -> None:
        """An office is one by title, body and city; what is another stands at its date."""

        def office(title: str, year: int | None, *evidence: Evidence) -> fc.Office:
            start = None if year is None else PartialDate(year)
            return fc.Office(title=title, city=CityId("is-vik"), start=start, evidence=evidence)

        def official(*offices: fc.Office) -> Dataset:
            who = fc.Official(id=fc.OfficialId("is-ari"), name="Ari", offices=offices)
            return Dataset([GAZETTE, REGISTER, a_city("is-vik"), who])

        ours = official(office("mayor", 2000), office("envoy", None))
        theirs = official(
            office("clerk", 1990, told("register", "title")), office("mayor", 2001, told("register", "start"))
        )
        merge = ours.merge(theirs)

        [who] = merge.dataset.officials()
        assert ["clerk", "mayor", "envoy"] == [each.title for each in who.offices]
        assert [("is-ari", "offices[0].start", PartialDate(2000), PartialDate(2001), "contrary")] == differs(merge)
        assert [("offices", ("register",)), ("offices[0].evidence", ("register",))] == sorted(
            (each.field, each.sources) for each in merge.report.added
        )

    def test_participants(self) -> None:
        """A participant is one by city."""

        def event(*cities: str) -> Dataset:
            there = tuple(fc.Participant(city=CityId(id_)) for id_ in cities)
            met = fc.Event(
                id=fc.EventId("meeting"),
                name="Meeting",
                period=fc.Period(start=PartialDate(2020)),
                place=CityId("is-vik"),
                participants=there,
            )
            return Dataset([a_city("is-vik"), a_city("fr-lyon"), met])

        [met] = event("is-vik").merge(event("fr-lyon", "is-vik")).dataset.events()

        assert ["is-vik", "fr-lyon"] == [each.city for each in met.participants]

    def test_a_record_of_its_own(self) -> None:
        """What only theirs has is added, naming ours."""
        place = known_as("is-old", wikidata="Q1")
        note = fc.Cooperation(
            id=fc.CooperationId("ferry"),
            summary="A ferry",
            area="transport",
            cities=(place.id,),
            stage=fc.CooperationStage.PLANNED,
        )
        merge = Dataset([known_as("is-vik", wikidata="Q1")]).merge(Dataset([place, note]))

        assert ("is-vik",) == merge.dataset.cooperation("ferry").cities
        assert [Added(record_type=fc.Cooperation, id="ferry", their_id="ferry")] == list(merge.report.added)


class TestReport:
    """What a merge says of itself."""

    def merge(self) -> Merge[Dataset]:
        """A merge with something of everything."""
        ours = Dataset(
            [
                GAZETTE,
                a_city("is-vik", "Vik", coordinates=at(63)),
                a_city("fr-lyon"),
                a_tie("is-vik", "fr-lyon", a_step("1990")),
            ]
        )
        theirs = Dataset(
            [
                changed(REGISTER, id="gazette", title="*Register*"),
                a_city("is-x", "Vik", coordinates=at(63.1)),
                a_city("fr-lyon", "Lyon", coordinates=at(45)),
                a_city("fr-y", "Lyon"),
                a_tie("is-x", "fr-lyon", a_step("1991", told("gazette", "date")), a_step("1999", action="ended")),
            ]
        )
        return ours.merge(theirs)

    def test_as_text(self) -> None:
        """Totals first, then what needs a person, what disagrees, what was taken for one, and what has another id."""
        expected = """\
joined: 2 cities (1 by id, 1 by name)
joined: 1 partnership (1 by id)
added: 1 city
added: 1 source
added to joined records: 1 piece of evidence, 2 other values
Doubts (1)
  fr-y may be fr-lyon: the location of one or both cities is unknown; decide with --same fr-y=fr-lyon or \
--distinct fr-y (in Python: same={'fr-y': 'fr-lyon'} or distinct=['fr-y'])
Disagreements (2)
  fr-lyon--is-vik: steps[0].date: 1990; the other dataset has 1991 (contrary), according to gazette-2
  fr-lyon--is-vik: status: active; the other dataset has ended (contrary), according to gazette-2; merged as ended: \
the later source decides (undated in the base, 1999 in the other dataset)
Matches with different ids (1)
  is-vik matches is-x in the other dataset by name: Vik, IS, 11.1 km away
Added under another id (1)
  gazette-2 is gazette in the other dataset; in the base, gazette is another source
Values added to joined records (2)
  fr-lyon: coordinates: 45.0, 0.0 (city), without a source
  fr-lyon--is-vik: steps[1]: ended 1999 (sister city), without a source
"""
        assert expected == self.merge().report.as_text()

    @pytest.mark.parametrize(
        ("mine", "their", "decision"),
        [
            (
                ("2015", "listed"),
                ("2020", "established 1980", "ended"),
                "merged as ended: the later source decides (2015 in the base, 2020 in the other dataset)",
            ),
            (
                ("2015", "listed"),
                ("1998", "established 1980", "ended 1985"),
                "merged as active: the later source decides (2015 in the base, 1998 in the other dataset)",
            ),
            (
                (None, "listed"),
                (None, "established 1980", "suspended"),
                "merged as suspended: the merged steps decide (undated in the base, undated in the other dataset)",
            ),
        ],
    )
    def test_the_status_that_wins(self, mine: tuple[str, ...], their: tuple[str, ...], decision: str) -> None:
        """The report states the merged status, the rule, and the dates of the sources of both statuses."""
        merge = list_of("mine", *mine).merge(list_of("their", *their))

        [status] = [each for each in merge.report.disagreements if each.field == "status"]
        assert decision == status.decision
        assert str(status).endswith(f"according to their; {decision}")
        assert decision.split()[2].rstrip(":") == merge.dataset.partnerships()[0].state.status

    def test_equal_dates_of_two_statuses(self) -> None:
        """If the dates of the two statuses are equal, neither the later source nor the base decides."""
        base, other = edited(list_of("base", "2015", "listed")), list_of("other", "2015", "established 1980", "ended")
        decisions = [each.decision for each in base.merge(other).report.disagreements if each.field == "status"]

        assert ["merged as ended: the merged steps decide (2015 in the base, 2015 in the other dataset)"] == decisions

    def test_an_edited_base_that_keeps_its_status(self) -> None:
        """An edited base that has an end without a source keeps it against a newer listing, and the report says so."""
        base = edited(list_of("base", "1998", "established 1980", "ended 1985"))
        [tie] = base.partnerships()
        steps = (tie.steps[0], changed(tie.steps[1], evidence=()))
        base = Dataset([*(record for record in base if record != tie), changed(tie, steps=steps)])
        newer = list_of("newer", "2015", "listed")
        decisions = [each.decision for each in base.merge(newer).report.disagreements if each.field == "status"]

        assert ["merged as ended: the base decides (1985 in the base, 2015 in the other dataset)"] == decisions

    def test_as_markdown(self) -> None:
        """The same under headings, with nothing in it that acts."""
        lines = self.merge().report.as_markdown().splitlines()

        assert "- joined: 2 cities (1 by id, 1 by name)" == lines[0]
        assert ["", "### Doubts (1)", ""] == lines[5:8]

    def test_as_json(self) -> None:
        """Everything, in full."""
        told_of = self.merge().report.as_json()

        assert '"candidates": [\n        "fr-lyon"\n      ]' in told_of
        assert '"relation": "contrary"' in told_of
        assert '"action": "ended"' in told_of

    def test_replaced_values(self) -> None:
        """A value that replaces ours has both values, for edited histories and for lists."""
        ours, theirs = list_of("a", "2000", "established 1980"), list_of("b", "2000", "established 1980-05")
        lines = [line for one in (ours, edited(ours)) for line in one.merge(theirs).report.as_text().splitlines()]

        assert 2 * ["  fr-lyon--is-vik: steps[0].date: 1980-05 instead of 1980, according to b"] == [
            line for line in lines if "instead" in line
        ]

    def test_a_value_of_ours_that_becomes_a_claim(self) -> None:
        """The report has our value as ours, whichever stays."""
        merge = list_of("a", "2000", "established 1980").merge(list_of("b", "2000", "established 1981-05"))

        assert [
            ("fr-lyon--is-vik", "steps[0].date", PartialDate(1980), PartialDate(1981, 5), "contrary"),
        ] == differs(merge)
        assert ("b",) == merge.report.disagreements[0].sources

    def test_without_a_source(self) -> None:
        """What theirs says on nobody's word is in the report alone, which says so."""
        merge = history(a_step("1990")).merge(history(a_step("1991")))

        assert "1990; the other dataset has 1991 (contrary), without a source" in merge.report.as_text()
        assert () == merge.dataset.partnerships()[0].steps[0].evidence

    def test_where_ids_changed(self) -> None:
        """A doubt tells both ids of a city."""
        ours = Dataset([a_city("is-vik", "Vik", coordinates=at(63), level=fc.Level.REGION)])
        merge = ours.merge(Dataset([a_city("is-vik", "Vik", coordinates=at(64))]))

        assert [
            Doubt(
                record_type=City,
                id="is-vik-2",
                their_id="is-vik",
                candidates=("is-vik",),
                why="the cities are 111 km apart",
            )
        ] == list(merge.report.doubts)
        assert "is-vik-2 (is-vik in the other dataset) may be is-vik" in merge.report.as_text()

    def test_how_reports_show_themselves(self) -> None:
        """A report counts what is in it."""
        merge = self.merge()

        assert "<MergeReport: 3 joined, 5 added, 2 disagreements, 1 doubts>" == repr(merge.report)
        assert "<Dataset: 3 cities" in repr(merge)
        assert (Agreement.ID, Relation.CONTRARY) == (merge.report.joined[0].by, merge.report.disagreements[0].relation)
