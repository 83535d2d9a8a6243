"""The rules on codes and cities beyond their golden cases: valid values, and large numbers of cities."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from string import ascii_uppercase
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from friendcities import City, CityId, Coordinates, Dataset, FrozenMap, Level, Name, NameKind, Source, cities
from friendcities.checks import RecordTree, all_rules
from friendcities.checks.rules.cities import are_nested, format_ids
from friendcities.checks.rules.codes import explain_unknown_code
from friendcities.checks.runner import find_problems
from friendcities.datasets.folder import RecordFile
from friendcities.errors import Problem
from friendcities.model.grammar import COUNTRY, LANGUAGE, SUBDIVISION, UNIT, Grammar
from friendcities.names.bounding_boxes import boxes, is_inside, subdivision_boxes
from friendcities.names.countries import read_country
from tests.worlds import a_city, a_name, a_source, changed
from tools.country_boxes import box, written
from tools.country_boxes import boxes as boxes_of
from tools.subdivision_boxes import boxes as subdivision_boxes_of


def a_register(*records: City | Source, base: Iterable[City | Source] = ()) -> RecordTree:
    """A tree of some records that overlays others."""
    files = [RecordFile(Path(f"{type(each).__name__}/{each.id}.json"), type(each), b"", each, ()) for each in records]
    return RecordTree(root=Path(), files=files, base=Dataset(base))


def found(rule: str, *records: City | Source, base: Iterable[City | Source] = ()) -> list[Problem]:
    """The problems that a rule finds in some records."""
    return list(find_problems(all_rules()[rule], a_register(*records, base=base)))


def places(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    """The record and the field of each problem."""
    return sorted((Path(problem.path).stem, problem.field) for problem in problems)


def at(latitude: float, longitude: float) -> Coordinates:
    """Coordinates."""
    return Coordinates(latitude=float(latitude), longitude=float(longitude), point="town hall")


def in_bavaria(id_: str, name: str, *names: Name, **more: Any) -> City:
    """A city near Munich with no other values."""
    return a_city(id_, name, *names, **{"subdivision": "DE-BY", "coordinates": at(48.1, 11.5)} | more)


class TestUnknownCode:
    """The rule ``unknown-code``."""

    @pytest.mark.parametrize(
        ("grammar", "code"),
        [
            (COUNTRY, "NZ"),
            (COUNTRY, "XK"),
            (SUBDIVISION, "NZ-OTA"),
            (LANGUAGE, "en"),
            (LANGUAGE, "yue"),
            (LANGUAGE, "qaa"),
            (LANGUAGE, "zh-Hant-TW"),
            (LANGUAGE, "es-419"),
            (LANGUAGE, "sq-XK"),
            (LANGUAGE, "de-1996"),
            (LANGUAGE, "sr-Qaaa"),
            (LANGUAGE, "en-x-klingon"),
            (LANGUAGE, "en-t-jp"),
            (UNIT, "USD"),
            (UNIT, "DEM"),
            (UNIT, "ventures"),
        ],
    )
    def test_a_code_that_exists(self, grammar: Grammar, code: str) -> None:
        """Current codes, withdrawn currencies and codes for private use are valid."""
        assert explain_unknown_code(grammar, code) is None

    @pytest.mark.parametrize(
        ("grammar", "code", "message", "hint"),
        [
            (COUNTRY, "UK", "unknown country code 'UK'", "did you mean 'GB' (United Kingdom)?"),
            (COUNTRY, "JA", "unknown country code 'JA'", "did you mean 'JM' (Jamaica) or 'JP' (Japan)?"),
            (COUNTRY, "QQ", "unknown country code 'QQ'", ""),
            (COUNTRY, "DD", "'DD' is the withdrawn code of German Democratic Republic", ""),
            (SUBDIVISION, "NZ-OTG", "unknown subdivision code 'NZ-OTG'", "did you mean 'NZ-OTA' (Otago)?"),
            (SUBDIVISION, "BF-9", "unknown subdivision code 'BF-9'", "did you mean 'BF-09' (Hauts-Bassins)?"),
            (SUBDIVISION, "EE-IDA", "unknown subdivision code 'EE-IDA'", "did you mean 'EE-45' (Ida-Virumaa)?"),
            (
                SUBDIVISION,
                "XK-1",
                "unknown subdivision code 'XK-1'",
                "delete the field: this country has no subdivision codes",
            ),
            (SUBDIVISION, "UK-X", "unknown subdivision code 'UK-X'", ""),
            (LANGUAGE, "jp", "unknown language 'jp'", "did you mean 'ja' (Japanese)?"),
            (LANGUAGE, "eng", "unknown language 'eng'", "did you mean 'en' (English)?"),
            (LANGUAGE, "ger", "unknown language 'ger'", "did you mean 'de' (German)?"),
            (LANGUAGE, "qq", "unknown language 'qq'", ""),
            (LANGUAGE, "xqx-Latn", "unknown language 'xqx' in 'xqx-Latn'", ""),
            (LANGUAGE, "zh-Hans-XX", "unknown region 'XX' in 'zh-Hans-XX'", ""),
            (LANGUAGE, "zh-UK-x-UK", "unknown region 'UK' in 'zh-UK-x-UK'", "did you mean 'GB' (United Kingdom)?"),
            (UNIT, "RMB", "unknown currency code 'RMB'", "did you mean 'CNY' (Yuan Renminbi)?"),
            (UNIT, "QQQ", "unknown currency code 'QQQ'", ""),
        ],
    )
    def test_a_code_that_does_not_exist(self, grammar: Grammar, code: str, message: str, hint: str) -> None:
        """The message names the code; the hint names a similar code, if there is one."""
        problem = explain_unknown_code(grammar, code)

        assert problem is not None
        assert (message, hint) == (problem.message, problem.hint)

    def test_country_codes_are_those_that_are_read(self) -> None:
        """The rule accepts a code if and only if importers and queries read it as itself."""
        codes = [one + other for one in ascii_uppercase for other in ascii_uppercase]
        accepted = [code for code in codes if explain_unknown_code(COUNTRY, code) is None]

        assert [code for code in codes if read_country(code).code == code] == accepted
        assert {"XK", "GB"} <= {*accepted}
        assert {"SU", "DD", "YU", "AN", "UK", "EU"}.isdisjoint(accepted)

    def test_the_first_of_two_slips_in_a_tag_is_told(self) -> None:
        """Only the first unknown part of a language tag is reported."""
        problem = explain_unknown_code(LANGUAGE, "zh-Hanz-UK")

        assert problem is not None
        assert "unknown script 'Hanz' in 'zh-Hanz-UK'" == problem.message

    def test_a_subdivision_is_found_by_the_name_of_the_city(self) -> None:
        """The name of a state in any language finds its code before a similar code does."""
        state = a_city("ve-carabobo", "State of Carabobo", a_name("CARABOBO"), subdivision="VE-CAR")

        (problem,) = found("unknown-code", state)

        assert "did you mean 'VE-G' (Carabobo)?" == problem.hint

    def test_only_a_city_has_names(self) -> None:
        """Records other than cities are checked, too."""
        problems = found("unknown-code", changed(a_source("a"), language="jp"))

        assert [("a", "language")] == places(problems)


class TestSharedIdentifier:
    """The rule ``shared-identifier``."""

    def test_ids_of_different_schemes_are_different(self) -> None:
        """Equal identifiers in different schemes are not shared."""
        one = a_city("nz-one", identifiers=FrozenMap({"geonames": "1"}))
        other = a_city("nz-other", identifiers=FrozenMap({"unlocode": "1"}))

        assert [] == found("shared-identifier", one, other)

    def test_only_own_records_are_accused(self) -> None:
        """Records of the base are not reported."""
        own, base = (a_city(f"nz-{name}", identifiers=FrozenMap({"wikidata": "Q1"})) for name in ("own", "base"))

        (problem,) = found("shared-identifier", own, base=[base])

        assert "own" in problem.path
        assert "'Q1' is also the identifier of 'nz-base'" == problem.message

    def test_a_crowd_is_not_listed_whole(self) -> None:
        """A problem lists only a few of many cities."""
        crowd = [a_city(f"nz-c{i}", identifiers=FrozenMap({"wikidata": "Q1"})) for i in range(9)]

        problems = found("shared-identifier", *crowd)

        assert 9 == len(problems)
        assert "'Q1' is also the identifier of 'nz-c1', 'nz-c2', 'nz-c3' and others" == problems[0].message


class TestSharedAddress:
    """The rule ``shared-address``."""

    @pytest.mark.parametrize(
        "other",
        ["http://a.example/list", "https://A.Example/list/", "https://a.example/list#north"],
        ids=["protocol", "host and slash", "place on the page"],
    )
    def test_one_page_has_several_addresses(self, other: str) -> None:
        """Protocol, case of the host, final slash and fragment do not make a different address."""
        one = changed(a_source("one"), address="https://a.example/list")

        problems = found("shared-address", one, changed(a_source("two"), address=other))

        assert [("one", "address"), ("two", "address")] == places(problems)

    @pytest.mark.parametrize(
        "other",
        ["https://a.example/List", "https://a.example/#/list", "https://a.example/list?year=2020"],
        ids=["path", "page behind a fragment", "query"],
    )
    def test_another_page_has_another_address(self, other: str) -> None:
        """Paths are case-sensitive, and a fragment that looks like a path is a part of the address."""
        one = changed(a_source("one"), address="https://a.example/list")

        assert [] == found("shared-address", one, changed(a_source("two"), address=other))

    def test_a_page_read_again_is_another_source(self) -> None:
        """The same list of 2010 and of 2020 is two sources."""
        years = [changed(a_source(f"s-{year}", year), address="https://a.example") for year in ("2010", "2020")]

        assert [] == found("shared-address", *years)

    def test_a_year_holds_its_days(self) -> None:
        """Two days of one year are two states, but the year overlaps both."""
        dates = ["2019", "2020-01-05", "2020-06", "2020", "2021"]
        sources = [changed(a_source(f"s-{date}", date), address="https://a.example") for date in dates]

        problems = found("shared-address", *sources)

        assert {"s-2020", "s-2020-01-05", "s-2020-06"} == {record for record, _ in places(problems)}

    def test_sources_without_address_share_none(self) -> None:
        """A missing address is not shared, and sources of the base are not reported."""
        one, two, base = (a_source(each) for each in ("one", "two", "base"))
        addressed = [changed(each, address="https://a.example") for each in (one, base)]

        assert [] == found("shared-address", one, two)
        assert [("one", "address")] == places(found("shared-address", addressed[0], base=[addressed[1]]))


class TestSharedName:
    """The rule ``shared-name``."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({"subdivision": "US-IL"}, {"subdivision": "US-MA"}),
            ({"level": Level.COUNTY}, {"level": Level.MUNICIPALITY}),
            ({"part_of": "us-a"}, {"part_of": "us-b"}),
            ({"part_of": "us-two"}, {}),
        ],
        ids=["subdivision", "level", "what they are parts of", "one a part of the other"],
    )
    def test_what_tells_cities_apart(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        """Cities of one name are valid if something distinguishes them."""
        first, second = _city("us-one", "Springfield", one), _city("us-two", "Springfield", other)

        assert [] == found("shared-name", first, second)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ({}, {}),
            ({"subdivision": "US-IL"}, {"subdivision": "US-IL"}),
            ({"subdivision": "US-IL"}, {}),
            ({"part_of": "us-a"}, {}),
            ({"subdivision": "US-IL", "part_of": "us-a"}, {"subdivision": "US-IL", "part_of": "us-a"}),
            ({"subdivision": "US-IL"}, {"part_of": "us-a"}),
        ],
        ids=["nothing", "one subdivision", "one without", "one without a whole", "all the same", "half and half"],
    )
    def test_what_does_not(self, one: dict[str, Any], other: dict[str, Any]) -> None:
        """A value that only one of two cities has does not distinguish them."""
        first, second = _city("us-one", "Springfield", one), _city("us-two", "SPRINGFIELD", other)

        assert [("us-one", "name"), ("us-two", "name")] == places(found("shared-name", first, second))

    def test_only_own_records_are_accused(self) -> None:
        """Records of the base are not reported."""
        own, base = a_city("us-own", "Springfield"), a_city("us-base", "Springfield")

        assert [("us-own", "name")] == places(found("shared-name", own, base=[base]))

    def test_a_name_may_stand_twice_in_two_languages(self) -> None:
        """A name is repeated if text, language and kind are equal."""
        names = [a_name("Berne", language="fr"), a_name("Berne"), a_name("Berne", NameKind.EXONYM), a_name("Berne")]

        assert [("ch-bern", "names[3]")] == places(found("shared-name", a_city("ch-bern", "Bern", *names)))


class TestNearDuplicate:
    """The rule ``near-duplicate``."""

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Fürstenfeld", "Furstenfeldt"),
            ("Fürstenfeld", "Fürstenfelt"),
            ("Fürstenfeld", "Früstenfeld"),
            ("Fürstenfeld", "Fürstenfled"),
            ("Fürstenfeld", "Fürsten-Feld"),
            ("Fürstenfeld", "City of Furstenfeld"),
            ("Ulm", "Stadt Ulm"),
            ("Ulm", "Ulm town"),
            ("Bad Ems", "Badems"),
        ],
        ids=["more", "other", "turned", "turned at the end", "hyphen", "city of", "stadt", "town", "space"],
    )
    def test_one_city_is_spelt_in_two_ways(self, one: str, other: str) -> None:
        """One letter more, another letter, two swapped letters, and words for types of places are similar names."""
        problems = found("near-duplicate", in_bavaria("de-a", one), in_bavaria("de-b", other))

        assert [("de-a", "name"), ("de-b", "name")] == places(problems)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Altdorf", "Neudorf"),
            ("Abensberg", "Amensburg"),
            ("Melk", "Melks"),
            ("Welden", "Selden"),
            ("Bezirk 1", "Bezirk 2"),
            ("Bezirk XI", "Bezirk XII"),
            ("Bezirk A", "Bezirk B"),
            ("Altstadt", "Altsta"),
            ("Stadt", "City of Ulm"),
        ],
        ids=["two words", "two slips", "short", "first letter", "number", "roman", "letter", "two letters", "nothing"],
    )
    def test_two_cities_have_two_names(self, one: str, other: str) -> None:
        """In short names, numbered quarters and at the first letter, one letter distinguishes two names."""
        assert [] == found("near-duplicate", in_bavaria("de-a", one), in_bavaria("de-b", other))

    @pytest.mark.parametrize(
        ("more", "expected"),
        [
            ({"coordinates": at(48.2, 11.5)}, True),
            ({"coordinates": at(48.3, 11.5)}, False),
            ({"coordinates": at(48.1, 11.8)}, False),
            ({"level": Level.TOWN}, True),
            ({"level": Level.COUNTY}, False),
            ({"part_of": "de-a"}, False),
            ({"subdivision": "DE-BW"}, True),
            ({"coordinates": None}, True),
            ({"coordinates": None, "subdivision": "DE-BW"}, False),
            ({"coordinates": None, "subdivision": None}, False),
            ({"coordinates": None, "identifiers": FrozenMap({"wikidata": "Q2"})}, False),
            ({"coordinates": None, "identifiers": FrozenMap({"geonames": "2"})}, True),
            ({"identifiers": FrozenMap({"wikidata": "Q2"})}, True),
        ],
        ids=str,
    )
    def test_what_speaks_for_one_city(self, more: Mapping[str, Any], *, expected: bool) -> None:
        """Similar names are reported nearby, or, without coordinates, in one subdivision, unless identifiers differ."""
        one = in_bavaria("de-a", "Fürstenfeld", identifiers=FrozenMap({"wikidata": "Q1"}))
        other = changed(in_bavaria("de-b", "Fürstenfeldt"), **more)

        assert expected == bool(found("near-duplicate", one, other))

    @pytest.mark.parametrize("subdivision", [None, "DE-BY"], ids=str)
    def test_a_name_spelt_with_a_space_needs_no_subdivision(self, subdivision: str | None) -> None:
        """Equal names are reported if nothing contradicts."""
        one = in_bavaria("de-a", "Ober Ammergau")
        other = in_bavaria("de-b", "Oberammergau", subdivision=subdivision, coordinates=None)

        assert 2 == len(found("near-duplicate", one, other))

    def test_short_names_need_a_place(self) -> None:
        """Many names in a subdivision differ in one letter, so short names are not reported without coordinates."""
        one, other = in_bavaria("de-a", "Hausen"), in_bavaria("de-b", "Hausem")

        assert 2 == len(found("near-duplicate", one, other))
        assert [] == found("near-duplicate", one, changed(other, coordinates=None))

    def test_other_names_count(self) -> None:
        """A former name is compared; the name of a predecessor is not."""
        chemnitz = in_bavaria("de-chemnitz", "Chemnitz", a_name("Karl-Marx-Stadt", NameKind.FORMER))
        again = in_bavaria("de-kms", "Karl Marx Stadt")
        absorbed = in_bavaria("de-c", "Chemnitz", a_name("Ebersdorf", NameKind.PREDECESSOR), coordinates=at(50, 12))

        assert [("de-chemnitz", "names[0].text"), ("de-kms", "name")] == places(
            found("near-duplicate", chemnitz, again)
        )
        assert [] == found("near-duplicate", absorbed, in_bavaria("de-e", "Ebersdorf", coordinates=at(50, 12)))

    def test_what_shares_a_name_outright_is_left_to_another_rule(self) -> None:
        """Cities that ``shared-name`` reports are not reported again."""
        one, other = in_bavaria("de-a", "Neu-Ulm"), in_bavaria("de-b", "Neu Ulm")

        assert [] == found("near-duplicate", one, other)
        (problem, _) = found("near-duplicate", one, in_bavaria("de-b", "Neu-Ulm", subdivision="DE-BW"))
        assert "'Neu-Ulm' is also a name of 'de-b', 0 km away" == problem.message

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (a_city("jp-a", "Mihon-chō", subdivision="JP-20"), a_city("jp-b", "Mihon", subdivision="JP-20")),
            (a_city("cn-a", "Qingpu Qu"), a_city("cn-b", "Qingpu")),
        ],
        ids=lambda city: city.id,
    )
    def test_a_country_has_words_of_its_own(self, one: City, other: City) -> None:
        """A Japanese word for 'town' is a part of the name elsewhere: Lang Son is not Lang."""
        assert 2 == len(found("near-duplicate", one, other))
        assert [] == found("near-duplicate", a_city("vn-a", "Lang Son"), a_city("vn-b", "Lang"))

    def test_cities_on_both_sides_of_the_date_line_are_near(self) -> None:
        """The distance across the 180th meridian is short."""
        one = a_city("fj-a", "Waiyevo", coordinates=at(-16.8, 179.99))

        assert 2 == len(found("near-duplicate", one, a_city("fj-b", "Waiyevoo", coordinates=at(-16.8, -179.99))))

    def test_only_own_records_are_accused(self) -> None:
        """Records of the base are not reported, and not compared with one another."""
        base = [in_bavaria("de-a", "Fürstenfeld"), in_bavaria("de-b", "Fürstenfelt")]

        assert [] == found("near-duplicate", base=base)
        assert [("de-c", "name")] == places(found("near-duplicate", in_bavaria("de-c", "Fürstenfeldt"), base=base))

    def test_many_of_one_name_are_told_in_time(self) -> None:
        """Thousands of cities of one name are not all compared with one another."""
        far = [in_bavaria(f"de-f{i}", "San Isidro", coordinates=at(i / 100 - 80, i % 170)) for i in range(5_000)]
        near = [in_bavaria(f"de-n{i}", "San Josef" + "f" * (i % 2)) for i in range(500)]

        assert [] == found("near-duplicate", *far)
        assert 500 == len(found("near-duplicate", *near))


class TestSharedCoordinates:
    """The rule ``shared-coordinates``."""

    def test_a_district_may_have_the_point_of_its_city(self) -> None:
        """A part may have the coordinates of any city that contains it."""
        state = a_city("nz-state", coordinates=at(1, 2))
        city = a_city("nz-city", part_of=CityId("nz-state"))
        quarter = a_city("nz-quarter", part_of=CityId("nz-city"), coordinates=at(1, 2))

        assert [] == found("shared-coordinates", state, city, quarter)

    def test_points_agree_to_four_decimals(self) -> None:
        """Points more than ten metres apart differ; the 180th meridian has one longitude."""
        one, same, near = (a_city(f"nz-{i}", coordinates=at(i / 100_000, 180)) for i in (0, 4, 6))
        across = a_city("nz-across", coordinates=at(0, -180))

        problems = found("shared-coordinates", one, same, near, base=[across])

        assert [("nz-0", "coordinates"), ("nz-4", "coordinates")] == places(problems)
        assert "the city has the same coordinates as 'nz-across', 'nz-4'" == problems[0].message


class TestOutsideCountry:
    """The rule ``outside-country``."""

    @pytest.mark.parametrize(
        ("country", "point", "slip"),
        [
            ("NZ", at(45.87, 170.5), "a wrong sign of the latitude"),
            ("NZ", at(45.87, -170.5), "two wrong signs"),
            ("IS", at(65.7, 17.4), "a wrong sign of the longitude"),
            ("EE", at(27.3, 59.2), "swapped values"),
            ("UY", at(56.2, -34.9), "swapped values and a wrong sign of the longitude"),
            ("UY", at(-56.2, 34.9), "swapped values and a wrong sign of the latitude"),
            ("JP", at(6, 14), ""),
        ],
        ids=str,
    )
    def test_a_slip_is_recognised(self, country: str, point: Coordinates, slip: str) -> None:
        """The hint names swapped values or wrong signs that would explain the point."""
        (problem,) = found("outside-country", a_city(f"{country.lower()}-a", coordinates=point))

        assert "coordinates" == problem.field
        assert problem.hint.startswith(f"probably {slip}: write latitude " if slip else "correct the coordinates")

    def test_the_way_across_the_date_line_is_told(self) -> None:
        """The expected longitudes across the 180th meridian are marked."""
        (problem,) = found("outside-country", a_city("nz-a", coordinates=at(-45, 100)))

        assert problem.expected.endswith("to -175.5, across the 180th meridian")

    def test_what_has_no_place_lies_nowhere(self) -> None:
        """Cities without coordinates or in countries without a box, and other records, are not checked."""
        assert [] == found("outside-country", a_city("nz-a"), a_city("aq-a", coordinates=at(0, 0)), a_source("a"))

    def test_every_country_has_a_box(self) -> None:
        """Every inhabited country has a valid box."""
        import pycountry  # noqa: PLC0415 - it takes longer to import than the tests of other modules take

        countries = {country.alpha_2 for country in pycountry.countries}

        assert {"AQ", "BV", "HM", "UM"} == countries - set(boxes())
        assert {"XK"} == set(boxes()) - countries
        for south, west, north, east in boxes().values():
            assert -90 <= south < north <= 90
            assert -180 <= west <= 180
            assert -180 <= east <= 180
            assert west != east
            assert all(edge * 2 == int(edge * 2) for edge in (south, west, north, east))

    @pytest.mark.parametrize(
        ("country", "latitude", "longitude", "expected"),
        [
            ("NZ", -43.95, -176.56, True),
            ("NZ", -36.85, 174.76, True),
            ("NZ", -36.85, 0.0, False),
            ("FJ", -16.8, -179.97, True),
            ("FJ", -18.14, 178.44, True),
            ("FJ", -18.14, 170.0, False),
            ("RU", 66.16, -169.81, True),
            ("US", 52.9, 172.9, True),
            ("GB", 34.6, 33.0, False),
            ("NO", 59.91, 10.75, True),
        ],
        ids=str,
    )
    def test_boxes_cross_the_date_line(
        self, country: str, latitude: float, longitude: float, *, expected: bool
    ) -> None:
        """A country on both sides of the 180th meridian has one box without the rest of the world."""
        assert expected == is_inside(boxes()[country], latitude, longitude)

    def test_the_cities_on_record_lie_in_their_boxes(self) -> None:
        """The bundled cities are inside their boxes."""
        located = [city for city in cities() if city.coordinates is not None]

        assert located
        assert [] == found("outside-country", *located)

    @given(st.lists(st.tuples(st.floats(-90, 90), st.floats(-180, 180)), min_size=1, max_size=9))
    def test_a_box_holds_its_points(self, points: list[tuple[float, float]]) -> None:
        """The box of any points contains them, and is read as it is written."""
        found_box = box(points)

        assert all(is_inside(found_box, latitude, longitude) for latitude, longitude in points)

    def test_a_box_spans_little(self) -> None:
        """Points on both sides of the 180th meridian have a narrow box; points all around have the whole circle."""
        assert (-18, 178, -14.5, -178) == box([(-16.8, 179.0), (-15.7, -179.2)])
        assert (-1, -180, 1, 180) == box([(0.0, float(longitude)) for longitude in range(-180, 180, 2)])

    def test_boxes_are_made_of_places(self) -> None:
        """Places are grouped by country; small islands are added; bases abroad are left out."""
        rows = [
            {"geonameid": 1, "countrycode": "ZA", "latitude": -26.2, "longitude": 28.0},
            {"geonameid": 2, "countrycode": "GB", "latitude": 51.5, "longitude": -0.1},
            {"geonameid": 146839, "countrycode": "GB", "latitude": 34.6, "longitude": 33.0},
        ]

        made = boxes_of(rows)

        assert {"GB": (50.5, -1.5, 52.5, 1), "ZA": (-48, 27, -25, 39)} == made
        assert '{\n  "GB": [50.5, -1.5, 52.5, 1],\n  "ZA": [-48, 27, -25, 39]\n}\n' == written(made)


class TestOutsideSubdivision:
    """The rule ``outside-subdivision``."""

    def test_boxes_are_of_subdivisions(self) -> None:
        """Each box has a code of ISO 3166-2."""
        import pycountry  # noqa: PLC0415 - it takes longer to import than the tests of other modules take

        subdivisions: Any = pycountry.subdivisions

        assert [] == [code for code in subdivision_boxes() if subdivisions.get(code=code) is None]
        assert len(subdivision_boxes()) > 1000

    def test_boxes_are_made_of_places(self) -> None:
        """Places are grouped by their division; one with few places, or without a code, is left out."""
        rows = [{"cc": "NZ", "admin1": "Otago", "lat": "-45.0", "lon": str(longitude)} for longitude in range(169, 174)]
        few = [{**row, "admin1": "Southland"} for row in rows[:4]]
        unknown = [{**row, "admin1": "Mordor"} for row in rows]

        assert {"NZ-OTA": (-46, 168, -44, 174)} == subdivision_boxes_of([*rows, *few, *unknown])


class TestCountryAgreement:
    """The rule ``country-agreement``."""

    def test_a_part_lies_in_the_country_of_the_whole(self) -> None:
        """Parts may have another subdivision but not another country; unknown cities are reported by another rule."""
        whole = a_city("nz-whole", subdivision="NZ-OTA")
        part = a_city("nz-part", part_of=CityId("nz-whole"), subdivision="NZ-STL")
        foreign = a_city("au-part", part_of=CityId("nz-whole"))
        lost = a_city("au-lost", part_of=CityId("nz-nowhere"))

        assert [("au-part", "part_of")] == places(found("country-agreement", part, foreign, lost, base=[whole]))


class TestCities:
    """Relations of cities."""

    def test_a_way_round_ends(self) -> None:
        """Cities that are parts of each other are nested, and the search ends."""
        a, b, c = (a_city(f"nz-{one}", part_of=CityId(f"nz-{other}")) for one, other in ("ab", "ba", "ca"))
        known: dict[str, City] = {city.id: city for city in (a, b, c)}

        assert are_nested(a, b, known)
        assert not are_nested(a_city("nz-d"), c, known)

    @pytest.mark.parametrize(
        ("number", "expected"),
        [
            (1, "'nz-0'"),
            (2, "'nz-0', 'nz-1'"),
            (3, "'nz-0', 'nz-1', 'nz-2'"),
            (9, "'nz-0', 'nz-1', 'nz-2' and others"),
        ],
        ids=str,
    )
    def test_lists_are_short(self, number: int, expected: str) -> None:
        """At most three ids are listed."""
        assert expected == format_ids(a_city(f"nz-{i}") for i in range(number))


def _city(id_: str, name: str, more: Mapping[str, Any]) -> City:
    return a_city(id_, name, **more)
