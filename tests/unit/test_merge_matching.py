"""How a merge matches cities: each rule, the doubts of each rule, and what earlier matches and doubts exclude."""

from typing import Final

import pytest

import friendcities as fc
from friendcities import City, CityId, Dataset, Evidence, FrozenMap, Level
from friendcities.merge import Merge, match_cities
from friendcities.model import Office, Official, OfficialId
from tests.unit.test_merge import GAZETTE, REGISTER, at, differs, doubts, joined, known_as
from tests.worlds import a_city, a_dataset, a_name, changed, told

GROUP: Final = (
    "not all sources confirm that the cities are the same, and another order of merges may match other cities"
)
ONE_IDENTIFIER: Final = "the id matches one city, but an external identifier matches another city"


def merge_cities(ours: list[City], theirs: list[City], **options: object) -> Merge[Dataset]:
    """Merge two datasets of cities, with two sources."""
    lists = [Dataset([GAZETTE, REGISTER, *cities]) for cities in (ours, theirs)]
    return lists[0].merge(lists[1], **options)  # type: ignore[arg-type]


def row(*supports: str, **claims: object) -> tuple[Evidence, ...]:
    """A row of the gazette."""
    return (told("gazette", *supports, **claims),)


def other_row(*supports: str, **claims: object) -> tuple[Evidence, ...]:
    """A row of the register."""
    return (told("register", *supports, **claims),)


class TestReasons:
    """The reason of each match and of each doubt."""

    @pytest.mark.parametrize(
        ("why", "ours", "theirs"),
        [
            (
                ONE_IDENTIFIER,
                [known_as("is-vik", wikidata="Q1"), known_as("is-vikur", geonames="1")],
                [a_city("is-vikur", "Vikur", identifiers=FrozenMap({"wikidata": "Q1"}))],
            ),
            (
                "the cities share geonames 1, but differ in another identifier",
                [known_as("is-vik", wikidata="Q1", geonames="1")],
                [known_as("is-x", wikidata="Q2", geonames="1")],
            ),
            (
                "the external identifiers match more than one city",
                [known_as("is-vik", wikidata="Q1"), known_as("is-vikur", geonames="1")],
                [known_as("is-x", wikidata="Q1", geonames="1")],
            ),
            (
                "more than one city has the same name and location",
                [a_city("is-vik", "Vik", coordinates=at(63)), a_city("is-vikur", "Vik", coordinates=at(63.1))],
                [a_city("is-x", "Vik", coordinates=at(63.05))],
            ),
            (
                "the location of one or both cities is unknown",
                [a_city("is-vik", "Vik", coordinates=at(63))],
                [a_city("is-x", "Vik")],
            ),
            (
                "the cities are 111 km apart",
                [a_city("is-vik", "Vik", coordinates=at(63))],
                [a_city("is-x", "Vik", coordinates=at(64))],
            ),
            (
                "one of the two is a province or a region, and the other is not",
                [a_city("is-vik", "Vik", coordinates=at(63), level=Level.REGION)],
                [a_city("is-x", "Vik", coordinates=at(63))],
            ),
            (
                "the external identifiers of the cities differ",
                [changed(known_as("is-vik", wikidata="Q1"), coordinates=at(63))],
                [changed(known_as("is-x", wikidata="Q2"), coordinates=at(63))],
            ),
            (
                "the names differ in brackets or in words such as 'city of'",
                [a_city("is-vik", "Vik", coordinates=at(63))],
                [a_city("is-x", "City of Vik", coordinates=at(63))],
            ),
            ("the names are nearly the same", [a_city("is-vik", "Gervivik")], [a_city("is-x", "Gervivikk")]),
            (
                GROUP,
                [a_city("is-vik", "Vik", coordinates=at(63), evidence=row("name"))],
                [a_city("is-x", "Vik", coordinates=at(66), evidence=other_row("name", "coordinates"))],
            ),
            (
                "the city also matches is-y",
                [a_city("is-x", "Bay"), a_city("is-y", "Vik", coordinates=at(63), evidence=row("coordinates"))],
                [a_city("is-x", "Vik", coordinates=at(63), evidence=row("coordinates"))],
            ),
            (
                "is-y of the other dataset may also be this city",
                [a_city("is-x", "Vik", coordinates=at(63), evidence=row("coordinates"))],
                [a_city("is-x", "Bay"), a_city("is-y", "Vik", coordinates=at(63), evidence=row("coordinates"))],
            ),
        ],
    )
    def test_doubts(self, why: str, ours: list[City], theirs: list[City]) -> None:
        """A person reads why two cities are a doubt."""
        assert [why] == [doubt.why for doubt in merge_cities(ours, theirs).report.doubts]

    @pytest.mark.parametrize(
        ("reason", "ours", "theirs"),
        [
            (("id", ""), a_city("is-vik", coordinates=at(63)), a_city("is-vik", coordinates=at(63))),
            (("id", ""), known_as("is-vik", geonames="1"), known_as("is-vik", geonames="1", wikidata="Q1")),
            (("id", ""), a_city("is-vik", evidence=row("country")), a_city("is-vik", evidence=row("country"))),
            (("id_only", ""), a_city("is-vik"), a_city("is-vik", "Vik", a_name("Vikur"))),
            (
                ("evidence", "gazette, page 1"),
                a_city("is-vik", "Vik", evidence=row("country")),
                a_city("is-x", "Vik", evidence=row("country")),
            ),
            (
                ("evidence", "gazette, page 1"),
                a_city("is-vik", "Vik", subdivision="IS-8", evidence=row("country") + row("country", "subdivision")),
                a_city("is-x", "Vik", subdivision="IS-8", evidence=row("country") + row("country", "subdivision")),
            ),
            (("content", ""), a_city("is-vik", "Vik", coordinates=at(63)), a_city("is-x", "Vik", coordinates=at(63))),
            (("content", ""), known_as("is-vik", geonames="1"), known_as("is-x", geonames="1")),
            (("content", ""), a_city("is-vik-2", "Vik"), a_city("is-vik", "Vik")),
            (
                ("identifier", "wikidata Q1"),
                known_as("is-vik", geonames="1", wikidata="Q1"),
                known_as("is-x", geonames="1", wikidata="Q1", other="2"),
            ),
            (
                ("identifier", "geonames 1"),
                known_as("is-vik", geonames="1", other="2"),
                known_as("is-x", geonames="1", wikidata="Q1"),
            ),
            (
                ("name", "Vik, IS, IS-8"),
                a_city("is-vik", "Vik", subdivision="IS-8"),
                a_city("is-x", "Vík", subdivision="IS-8"),
            ),
            (
                ("name", "Vik, IS, 11.1 km away"),
                a_city("is-vik", "Vik", coordinates=at(63)),
                a_city("is-x", "Vik", coordinates=at(63.1)),
            ),
        ],
    )
    def test_matches(self, reason: tuple[str, str], ours: City, theirs: City) -> None:
        """A match has the first rule that applies, and what the two cities have in common. It is no doubt."""
        merge = merge_cities([ours], [theirs])

        assert [(ours.id, theirs.id, *reason)] == [
            (each.id, each.their_id, each.by.value, each.detail)
            for each in merge.report.joined
            if each.record_type is City
        ]
        assert [] == doubts(merge)

    def test_decisions(self) -> None:
        """A decision is a match without a detail."""
        merge = merge_cities([a_city("is-vik")], [a_city("is-x")], same={"is-x": "is-vik"})

        assert [("is-vik", "is-x", "decision", "")] == [
            (each.id, each.their_id, each.by.value, each.detail)
            for each in merge.report.joined
            if each.record_type is City
        ]

    def test_two_reasons(self) -> None:
        """A doubt about two cities has the reason of each."""
        ours = [a_city("is-a", "Vik", coordinates=at(63)), a_city("is-b", "Vik", coordinates=at(65))]
        [doubt] = merge_cities(ours, [a_city("is-x", "Vik", coordinates=at(64.1))]).report.doubts

        assert "the cities are 122 km apart; the cities are 100 km apart" == doubt.why

    def test_an_identifier_of_a_city_and_a_region(self) -> None:
        """The identifier decides: the match is no doubt."""
        one = known_as("is-vik", wikidata="Q1")
        merge = merge_cities([one], [changed(one, id="is-x", level=Level.REGION)])

        assert ([("is-vik", "is-x", "identifier")], []) == (joined(merge), doubts(merge))


class TestExclusions:
    """A city with a doubt or a match has no match by a later rule."""

    def test_a_city_with_a_doubt_about_its_identifiers(self) -> None:
        """Another city has the same name and place, but a person decides first, in both orders."""
        asked = changed(known_as("is-vik", wikidata="Q1", geonames="1"), coordinates=at(63))
        other = changed(known_as("is-ey", wikidata="Q2", geonames="1"), name="Ey", coordinates=at(65))
        namesake = a_city("is-x", "Vik", coordinates=at(63.1))

        mine, theirs = merge_cities([asked], [other, namesake]), merge_cities([other, namesake], [asked])
        assert [[], []] == [joined(mine), joined(theirs)]
        assert [("is-ey", "is-ey", ("is-vik",)), ("is-x", "is-x", ("is-vik",))] == doubts(mine)
        assert [("is-vik", "is-vik", ("is-ey", "is-x"))] == doubts(theirs)

    def test_a_city_with_a_doubt_about_its_id(self) -> None:
        """A city whose id and identifier match two cities has no match by name."""
        asked = changed(known_as("is-vik", wikidata="Q1"), name="Bay")
        crossed = [changed(known_as("is-vik", geonames="1"), name="Ey"), known_as("is-x", wikidata="Q1")]
        namesake = a_city("is-y", "Bay", subdivision="IS-8")
        asked = changed(asked, subdivision="IS-8")

        for merge in (merge_cities([asked], [*crossed, namesake]), merge_cities([*crossed, namesake], [asked])):
            assert [] == joined(merge)
            assert 3 == sum(len(doubt.candidates) for doubt in merge.report.doubts)

    def test_a_similar_name_of_the_next_city(self) -> None:
        """A city with a match has no doubt about similar names; the next city has one."""
        vik = a_city("is-a", "Gervivik")
        merge = merge_cities([vik, a_city("is-c", "Stokkseyri")], [vik, a_city("is-b", "Stokkseyrri")])

        assert [("is-b", "is-b", ("is-c",))] == doubts(merge)

    def test_similar_names_of_two_countries(self) -> None:
        """Names are similar only within one country."""
        theirs = [a_city("no-x", "Gervivikk"), a_city("is-x", "Stokkseyrri")]

        assert [("is-x", "is-x", ("is-vik",))] == doubts(
            merge_cities([a_city("is-vik", "Stokkseyri"), a_city("is-ey", "Gervivik")], theirs)
        )

    def test_a_match_is_not_compared_with_similar_names(self) -> None:
        """Neither our matched city nor theirs."""
        one, other = a_city("is-vik", "Gervivik"), a_city("is-x", "Gervivikk")

        assert [] == doubts(merge_cities([one], [one, other]))
        assert [] == doubts(merge_cities([one, other], [one]))


class TestCommonNames:
    """More than 100 cities with one name are not compared with each other (in these tests, more than two)."""

    @pytest.fixture(autouse=True)
    def _two_namesakes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(match_cities, "_MAX_NAMESAKES", 2)

    @pytest.fixture
    def many(self) -> list[City]:
        """Three cities with one name."""
        return [a_city(f"is-{number}", "Vik", coordinates=at(number + 60)) for number in range(3)]

    def test_many_of_ours(self, many: list[City]) -> None:
        """A city with the name is a doubt. The report lists the first two."""
        merge = merge_cities(many, [a_city("is-x", "Vik", coordinates=at(60.1))])

        assert [("is-x", "is-x", ("is-0", "is-1"))] == doubts(merge)
        assert "3 cities have the same name" == merge.report.doubts[0].why

    def test_many_of_theirs(self, many: list[City]) -> None:
        """Each of them is a doubt."""
        merge = merge_cities([a_city("is-x", "Vik", coordinates=at(60.1))], many)

        assert [(id_, id_, ("is-x",)) for id_ in ("is-0", "is-1", "is-2")] == doubts(merge)
        assert {"3 cities have the same name"} == {doubt.why for doubt in merge.report.doubts}

    def test_some_have_a_match(self, many: list[City]) -> None:
        """The report lists the others, in both orders."""
        theirs = a_city("is-x", "Vik")

        assert [("is-x", "is-x", ("is-0", "is-1"))] == doubts(merge_cities(many, [many[0], theirs]))
        assert [("is-1", "is-1", ("is-0", "is-x")), ("is-2", "is-2", ("is-0", "is-x"))] == doubts(
            merge_cities([many[0], theirs], many)
        )
        assert [("is-0", "is-0", ("is-1", "is-2"))] == doubts(merge_cities(many, many[:1]))

    def test_another_name(self, many: list[City]) -> None:
        """A city with a doubt about a frequent name has no match by another name, in both orders."""
        many[1] = changed(many[1], names=(a_name("Bay"),))
        theirs = [a_city("is-x", "Vik"), a_city("is-y", "Bay", coordinates=many[1].coordinates)]

        for merge in (merge_cities(many, theirs), merge_cities(theirs, many)):
            assert [] == joined(merge)
            assert [] != doubts(merge)

    def test_two_cities_are_not_many(self, many: list[City]) -> None:
        """They are compared."""
        assert [("is-0", "is-x", "name")] == joined(
            merge_cities(many[:2], [a_city("is-x", "Vik", coordinates=at(60.1))])
        )


class TestEvidence:
    """What the evidence of earlier merges shows about two cities."""

    def test_a_claimed_identifier(self) -> None:
        """Two cities are a doubt if a source states the same identifier for them."""
        ours = changed(known_as("is-vik", geonames="1"), evidence=row("name", identifiers=FrozenMap({"geonames": "2"})))
        theirs = a_city("is-x", "Bay", identifiers=FrozenMap({"geonames": "2"}))

        for merge in (merge_cities([ours], [theirs]), merge_cities([theirs], [ours])):
            assert [] == joined(merge)
            assert [GROUP] == [doubt.why for doubt in merge.report.doubts]

    def test_a_claimed_place(self) -> None:
        """Two cities with distant points are a doubt if a source states a close point."""
        ours = a_city("is-vik", "Vik", coordinates=at(63), evidence=row("name", coordinates=at(66)))
        theirs = a_city("is-x", "Vik", coordinates=at(66))

        for merge in (merge_cities([ours], [theirs]), merge_cities([theirs], [ours])):
            assert [] == joined(merge)
            assert [GROUP] == [doubt.why for doubt in merge.report.doubts]

    @pytest.mark.parametrize("field", ["name", "names"])
    @pytest.mark.parametrize(
        ("stated", "is_doubt"),
        [
            ((), True),
            (("level",), True),
            (("identifiers",), True),
            (("coordinates",), False),
            (("subdivision",), False),
        ],
    )
    def test_a_source_without_a_place(self, field: str, stated: tuple[str, ...], *, is_doubt: bool) -> None:
        """A distant city with the name is a doubt only if a source states the name and no place."""
        fields = {"coordinates": at(63), "subdivision": "IS-8", "identifiers": FrozenMap({"wikidata": "Q1"})}
        ours = a_city("is-vik", "Vik", a_name("Vikur"), evidence=row(field, *stated), **fields)
        theirs = a_city(
            "is-x",
            "Vik",
            coordinates=at(66),
            subdivision="IS-5",
            evidence=other_row("name", "coordinates", "subdivision"),
        )

        for merge in (merge_cities([ours], [theirs]), merge_cities([theirs], [ours])):
            assert [GROUP] * is_doubt == [doubt.why for doubt in merge.report.doubts]

    def test_a_claimed_subdivision_of_another_country(self) -> None:
        """The claim is left out, because the two cities are in one country."""
        ours = a_city("is-vik", "Vik", coordinates=at(63), evidence=row("name", "coordinates", subdivision="NO-03"))
        theirs = a_city("is-x", "Vik", coordinates=at(63.1), evidence=other_row("name", "coordinates"))
        merge = merge_cities([ours], [theirs])

        assert ([("is-vik", "is-x", "name")], []) == (joined(merge), doubts(merge))

    def test_two_rows_of_one_source(self) -> None:
        """A source can state the name in one row, and the place in another."""
        place = changed(row("coordinates")[0], locator="page 2")
        ours = a_city("is-vik", "Vik", coordinates=at(63), evidence=(*row("name"), place))
        theirs = a_city("is-x", "Vik", coordinates=at(66), evidence=other_row("name", "coordinates"))

        assert [] == doubts(merge_cities([ours], [theirs]))

    def test_two_groups(self) -> None:
        """The report has a doubt for each group of cities with one name."""
        ours, theirs = (
            [
                a_city(f"is-{name}{key}".lower(), name, coordinates=at(north), evidence=evidence)
                for name in ("Bay", "Ey", "Vik")
            ]
            for key, north, evidence in (("", 63, row("name")), ("-x", 66, other_row("name")))
        )

        assert [(f"is-{name}-x", f"is-{name}-x", (f"is-{name}",)) for name in ("bay", "ey", "vik")] == doubts(
            merge_cities(ours, theirs)
        )

    def test_a_match_and_a_doubt_in_one_group(self) -> None:
        """A city with a match and another possible match is a doubt, in both orders."""
        vik = a_city("is-vik", "Vik", coordinates=at(63), evidence=row("name"))
        near = a_city("is-near", "Vik", coordinates=at(63.1), evidence=other_row("name", "coordinates"))
        far = a_city("is-far", "Vik", coordinates=at(66), evidence=other_row("name", "coordinates"))

        for merge in (merge_cities([vik], [near, far]), merge_cities([near, far], [vik])):
            assert {("is-vik", "is-near"), ("is-near", "is-vik")} & {pair[:2] for pair in joined(merge)}
            assert 1 == len(merge.report.doubts)
            assert GROUP in merge.report.doubts[0].why

    def test_a_chain_of_names(self) -> None:
        """Cities of which each has a name of the next are one group, even if some of them match by their ids."""
        names = {"is-a": "12", "is-b": "3", "is-c": "4"}, {"is-a": "13", "is-b": "24"}
        ours, theirs = (
            [
                a_city(id_, f"Vik {id_[-1]}", *(a_name(f"Name {number}") for number in numbers))
                for id_, numbers in side.items()
            ]
            for side in names
        )
        merge = merge_cities(ours, theirs)

        assert ["is-a", "is-b"] == [id_ for id_, *_ in joined(merge)]
        assert [("is-a", "is-a", ("is-b",)), ("is-b", "is-b", ("is-c",))] == doubts(merge)

    def test_one_id_in_two_groups(self) -> None:
        """Two distant cities with one id do not connect two groups."""
        ours = [a_city("is-a", "Vik", coordinates=at(63)), a_city("is-b", "Bay", coordinates=at(50))]
        theirs = [
            a_city("is-b", "Vik", coordinates=at(63.1)),
            a_city("is-x", "Bay", coordinates=at(55), evidence=row("name")),
        ]
        merge = merge_cities(ours, theirs)

        assert [("is-a", "is-b", "name")] == joined(merge)
        assert [("is-x", "is-x", ("is-b",))] == doubts(merge)


class TestOtherRules:
    """Equal records, names, redirects and wholes."""

    def test_equal_records_in_different_wholes(self) -> None:
        """The whole of a city can have another id in the other dataset."""
        fields = {"coordinates": at(63), "level": Level.DISTRICT}
        ours = [a_city("is-ey"), a_city("is-vik", "Vik", part_of=CityId("is-ey"), **fields)]
        theirs = [a_city("is-other", "Other"), a_city("is-x", "Vik", part_of=CityId("is-other"), **fields)]

        assert [("is-vik", "is-x", "content")] == joined(merge_cities(ours, theirs))

    def test_equal_records_without_a_place(self) -> None:
        """They may be distinct."""
        merge = merge_cities([a_city("is-vik", "Vik")], [a_city("is-x", "Vik")])

        assert ([], [("is-x", "is-x", ("is-vik",))]) == (joined(merge), doubts(merge))

    def test_a_namesake_of_a_well_known_city(self) -> None:
        """The GeoNames id decides which names in other languages a city has."""
        milan, other, third = (
            a_city(f"it-{id_}", name, identifiers=FrozenMap({"geonames": id_}))
            for id_, name in (("3173435", "Mediolanum"), ("1", "Milan"), ("2", "Mailand"))
        )

        assert [("it-x", "it-x", ("it-3173435",))] == doubts(merge_cities([milan], [a_city("it-x", "Mailand")]))
        assert [] == doubts(merge_cities([other], [third]))

    def test_a_name_of_a_predecessor(self) -> None:
        """A city does not match by the name of a place that it absorbed."""
        ours = a_city("is-vik", "Ey", a_name("Bay", fc.NameKind.PREDECESSOR), coordinates=at(63))

        merge = merge_cities([ours], [a_city("is-x", "Bay", coordinates=at(63))])
        assert ([], []) == (joined(merge), doubts(merge))

    def test_an_official_with_a_former_id(self) -> None:
        """An old id of a record leads to the record of ours."""
        official = Official(
            id=OfficialId("vik-mayor"), name="Anna", offices=(Office(title="mayor", city=CityId("is-vik")),)
        )
        ours = a_dataset([a_city("is-vik"), official], {Official: {"old-mayor": "vik-mayor"}})
        merge = ours.merge(Dataset([a_city("is-vik"), changed(official, id="old-mayor")]))

        assert [("vik-mayor", "old-mayor", "id")] == joined(merge, Official)
        assert ours == merge.dataset

    def test_a_new_whole(self) -> None:
        """A city becomes no part of a new city that is its own part."""
        ours = [a_city("is-a"), a_city("is-b", part_of=CityId("is-a"))]
        theirs = [
            a_city("is-a", part_of=CityId("is-new")),
            a_city("is-b"),
            a_city("is-new", part_of=CityId("is-b")),
        ]
        merge = merge_cities(ours, theirs)

        assert [("is-a", "part_of", None, "is-new", "contrary")] == differs(merge)
        assert {"is-a": None, "is-b": "is-a", "is-new": "is-b"} == {
            city.id: city.part_of for city in merge.dataset.cities()
        }
