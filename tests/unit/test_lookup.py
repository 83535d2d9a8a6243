"""How a city is found by what people call it."""

import re

import pytest

import friendcities as fc
from friendcities import AmbiguousCityError, City, CityId, Dataset, InvalidQueryError, NameKind, UnknownCityError
from friendcities.model.record import short
from friendcities.names import fold, lookup
from friendcities.names.countries import countries_called, country_code
from tests.cases import for_each_case
from tests.worlds import a_city, a_dataset, a_name, a_tie


def ids(cities: tuple[object, ...]) -> list[str]:
    """The ids of cities."""
    return [city.id for city in cities if isinstance(city, City)]


@pytest.mark.parametrize(
    "query",
    [
        "nz-dunedin",
        "NZ-Dunedin",
        " ｎｚ-dunedin ",
        "Dunedin",
        "dunedin",
        "DUNEDIN",
        "Dúnedin",
        "ＤＵＮＥＤＩＮ",
        "Ōtepoti",
        "otepoti",
        "达尼丁",
        "达尼丁市",
        "但尼丁",
        "Dunedin, NZ",
        "Dunedin, nz",
        "Dunedin,NZ",
        "Dunedin，ＮＺ",
        "Dunedin, New Zealand",
        "dunedin, NEW ZEALAND",
        "Dunedin, NZ-OTA",
        "达尼丁, New Zealand",
        "Q133073",
        "q133073",
        " Ｑ１３３０７３ ",
        "Dune\u200bdin",
        "\ufeffDunedin",
    ],
)
def test_a_city_is_found_by_id_name_country_and_wikidata(query: str) -> None:
    """An id, any name, a name with its country and a Wikidata id name a city, whatever the case, accents and width."""
    assert "nz-dunedin" == fc.city(query).id


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("上海", "cn-shanghai"),
        ("浦东新区", "cn-shanghai-pudong"),
        ("Pudong, Shanghai", "cn-shanghai-pudong"),
        ("Pudong, 上海", "cn-shanghai-pudong"),
        ("bobo dioulasso", "bf-bobo-dioulasso"),
        ("Bobo-Dioulasso", "bf-bobo-dioulasso"),
        ("博博迪乌拉索", "bf-bobo-dioulasso"),
        ("No. 5 District of Bobo Dioulasso", "bf-bobo-dioulasso-5"),
        ("Carabobo State", "ve-carabobo"),
        ("Carabobo, Venezuela", "ve-carabobo"),
        ("Carabobo, VEN", "ve-carabobo"),
        ("约翰内斯堡", "za-johannesburg"),
    ],
)
def test_names_of_every_language_and_wholes_work(query: str, expected: str) -> None:
    """Names work in any language, with or without punctuation, and with the city that a place is a part of."""
    assert expected == fc.city(query).id


def test_a_city_names_itself() -> None:
    """A City is found as the dataset has it, even where the one given was made elsewhere."""
    other = a_city("nz-dunedin", "Another word for it")

    assert fc.city("Dunedin") is fc.city(fc.city("Dunedin"))
    assert fc.city("Dunedin") is fc.city(other)


def test_a_city_of_another_dataset_is_unknown() -> None:
    """A City that the dataset does not have raises, with those whose names come near."""
    stranger = a_city("us-fl-dunedin", "Dunedin")

    with pytest.raises(
        UnknownCityError, match=r"no city 'us-fl-dunedin'; search with find_cities\('Dunedin'\)"
    ) as caught:
        fc.city(stranger)

    assert (stranger, (fc.city("Dunedin"),)) == (caught.value.query, caught.value.candidates)


@pytest.mark.parametrize(
    ("query", "suggested"),
    [
        ("shan ghai", ["cn-shanghai"]),
        ("Dunedn", ["nz-dunedin"]),
        ("Dunedin, AU", ["nz-dunedin"]),
        ("Atlantis", []),
        ("Q1", []),
        (", NZ", []),
        ("Pudong, Dunedin", []),
        ("x" * 10_000, []),
    ],
)
def test_a_miss_suggests_and_never_guesses(query: str, suggested: list[str]) -> None:
    """A name that no city has raises; what comes near is suggested in the message and as candidates."""
    with pytest.raises(UnknownCityError) as caught:
        fc.city(query)

    assert query == caught.value.query
    assert set(suggested) <= set(ids(caught.value.candidates))
    assert all(repr(id_) in str(caught.value) for id_ in suggested)
    assert len(str(caught.value)) < 1000


def test_a_miss_with_nothing_near_says_what_to_do() -> None:
    """If a search would find nothing, the error names the function that lists all cities."""
    with pytest.raises(UnknownCityError) as caught:
        fc.city("Atlantis")

    assert "this dataset has no city 'Atlantis'; list the cities with cities()" == str(caught.value)
    command = "list the cities with: friendcities export --table cities --format csv -o -"
    assert f"this dataset has no city 'Atlantis'; {command}" == caught.value.shell_message
    assert isinstance(caught.value, LookupError)


def test_a_miss_with_a_part_of_a_name_proposes_a_search() -> None:
    """The error names a search that finds cities."""
    with pytest.raises(UnknownCityError) as caught:
        fc.city("Dune")

    assert "this dataset has no city 'Dune'; search with find_cities('Dune')" == str(caught.value)
    assert "this dataset has no city 'Dune'; search with: friendcities find 'Dune'" == caught.value.shell_message
    assert fc.city("Dunedin") in fc.find_cities("Dune")


@pytest.mark.parametrize("query", ["", " ", "!!", "\ud800", None, 5, True, b"Dunedin", ["Dunedin"]], ids=range(9))
def test_what_is_no_name_is_refused(query: str) -> None:
    """Empty text and what is no text are no names, which is a fault of the question, not a miss."""
    for ask in (fc.city, fc.find_cities, fc.partners_of, fc.timeline):
        with pytest.raises(InvalidQueryError, match=r"^invalid city .*; expected an id") as caught:
            ask(query)
        assert query is caught.value.query
        assert isinstance(caught.value, ValueError)


SPRINGFIELDS = Dataset(
    [
        a_city("us-il-springfield", "Springfield", subdivision="US-IL"),
        a_city("us-ma-springfield", "Springfield", subdivision="US-MA"),
        a_city("nz-springfield", "Springfield"),
        a_city("us-il-chicago", "Chicago", a_name("Springfield"), subdivision="US-IL"),
    ]
)


def test_a_name_of_several_cities_is_ambiguous() -> None:
    """A name that is several cities' own raises with all of them, and never means the first."""
    with pytest.raises(AmbiguousCityError, match=r"the name of 3 cities: .*; use the id of one") as caught:
        SPRINGFIELDS.city("springfield")

    assert ["nz-springfield", "us-il-springfield", "us-ma-springfield"] == ids(caught.value.candidates)
    assert "springfield" == caught.value.query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Springfield, NZ", "nz-springfield"),
        ("Springfield, New Zealand", "nz-springfield"),
        ("Springfield, US-MA", "us-ma-springfield"),
        ("springfield, us-il", "us-il-springfield"),
    ],
)
def test_a_country_or_subdivision_tells_homonyms_apart(query: str, expected: str) -> None:
    """What stands behind the comma chooses among homonyms, where an own name again wins over an alias."""
    assert expected == SPRINGFIELDS.city(query).id


def test_a_country_with_several_homonyms_leaves_them_ambiguous() -> None:
    """A country that has several of the name leaves those."""
    with pytest.raises(AmbiguousCityError) as caught:
        SPRINGFIELDS.city("Springfield, US")

    assert ["us-il-springfield", "us-ma-springfield"] == ids(caught.value.candidates)


@pytest.mark.parametrize("kind", [NameKind.ALIAS, NameKind.FORMER, NameKind.PREDECESSOR])
def test_an_own_name_wins_over_anothers_alias(kind: NameKind) -> None:
    """A name that is one city's own is that city, though another is or was called so too."""
    other = a_city("vn-other", "Other", a_name("Saigon", kind), a_name("Elsewhere", kind))
    world = Dataset([other, a_city("vn-saigon", "Saigon")])

    assert "vn-saigon" == world.city("Saigon").id
    assert "vn-other" == world.city("Elsewhere").id
    assert "vn-other" == world.city("Elsewhere, VN").id


@pytest.mark.parametrize("kind", [NameKind.OFFICIAL, NameKind.ENDONYM, NameKind.EXONYM])
def test_own_names_are_equal(kind: NameKind) -> None:
    """Official names, endonyms and exonyms are a city's own, as its English name is."""
    world = Dataset([a_city("vn-other", "Other", a_name("Saigon", kind)), a_city("vn-saigon", "Saigon")])

    with pytest.raises(AmbiguousCityError):
        world.city("Saigon")


def test_a_name_twice_is_one_name() -> None:
    """A city that has the same name in two languages, or in two spellings that fold into one, has it once."""
    world = Dataset([a_city("xk-peja", "Peja", a_name("Pejë"), a_name("PEJA", NameKind.ENDONYM))])

    assert "xk-peja" == world.city("peja").id


def test_an_id_wins_over_a_name() -> None:
    """A city that calls itself by another's id does not take it."""
    world = Dataset([a_city("aa-impostor", "bb-real"), a_city("bb-real", "Real", a_name("aa-impostor"))])

    assert "bb-real" == world.city("bb-real").id
    assert "aa-impostor" == world.city("aa-impostor").id


def test_a_name_wins_over_a_wikidata_id() -> None:
    """A city that is called what looks like a Wikidata id is found by it."""
    world = Dataset([a_city("fr-q7", "Q7"), a_city("fr-x", "X", identifiers={"wikidata": "Q7"})])

    assert "fr-q7" == world.city("q7").id


def test_a_wikidata_id_of_two_cities_is_ambiguous() -> None:
    """Where two cities share a Wikidata id, neither is taken in silence."""
    both = {"wikidata": "Q7"}
    world = Dataset([a_city("fr-a", identifiers=both), a_city("fr-b", identifiers=both), a_city("fr-c")])

    with pytest.raises(AmbiguousCityError) as caught:
        world.city("Q7")

    assert ["fr-a", "fr-b"] == ids(caught.value.candidates)


@pytest.mark.parametrize("name", ["Washington, D.C.", "Q", "—", "a,b,c", "\u0301", "' OR 1=1 --", "{0}%s", "../../etc"])
def test_hostile_names_are_names(name: str) -> None:
    """Commas, marks and what means something elsewhere are found, or refused as no name, and break nothing."""
    world = Dataset([a_city("us-hostile", name), a_city("us-plain", "Plain")])

    assert "us-plain" == world.city("Plain, US").id
    assert "us-plain" == world.find_cities("plain")[0].id
    try:
        found: str | None = world.city(name).id
    except InvalidQueryError:
        found = None
    assert ("us-hostile" if any(c.isalnum() for c in name) else None) == found


def test_a_part_is_found_through_its_own_whole_alone() -> None:
    """Behind the comma stands the whole of the place: another city, or one that is not known, does not do."""
    world = Dataset(
        [
            a_city("fr-a", "Whole"),
            a_city("fr-b", "Hole"),
            a_city("fr-a-old", "Old Town", part_of=CityId("fr-a")),
            a_city("fr-b-old", "Old Town", part_of=CityId("fr-b")),
        ]
    )

    assert "fr-a-old" == world.city("Old Town, Whole").id
    assert "fr-b-old" == world.city("old town, hole").id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NZ", "NZ"),
        ("nz", "NZ"),
        ("NZL", "NZ"),
        (" new zealand ", "NZ"),
        ("Venezuela", "VE"),
        ("Narnia", None),
        ("", None),
    ],
)
def test_countries_go_by_code_and_name(text: str, expected: str | None) -> None:
    """A country is known by its codes and its English names; there is no guessing."""
    assert expected == country_code(text)


RANKED = Dataset(
    [
        a_city("aa-exact", "York"),
        a_city("aa-alias", "Eboracum", a_name("York")),
        a_city("aa-prefix", "Yorkton"),
        a_city("aa-longer-prefix", "Yorkshire Dales"),
        a_city("aa-word", "New York"),
        a_city("aa-part", "Newyorkish"),
        a_city("aa-like", "Jork"),
        a_city("aa-far", "Atlantis"),
    ]
)


def test_find_cities_ranks_by_how_well_the_name_fits() -> None:
    """The whole name, its beginning, the beginning of a word, any part, a likeness: in that order, own names first."""
    expected = ["aa-exact", "aa-alias", "aa-prefix", "aa-longer-prefix", "aa-word", "aa-part", "aa-like"]

    assert expected == ids(RANKED.find_cities("york"))


@pytest.mark.parametrize("limit", [1, 2, 7])
def test_find_cities_stops_at_the_limit(limit: int) -> None:
    """No more cities than asked for, the best of them."""
    assert RANKED.find_cities("york")[:limit] == RANKED.find_cities("york", limit=limit)


@pytest.mark.parametrize("limit", [0, -1, True, 2.0, "3", None])
def test_find_cities_refuses_a_limit_that_is_none(limit: int) -> None:
    """The limit is a whole number of 1 or more."""
    with pytest.raises(InvalidQueryError, match=r"invalid limit .*; expected an integer of 1 or more") as caught:
        fc.find_cities("Dunedin", limit=limit)

    assert limit is caught.value.query


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dune", ["nz-dunedin"]),
        ("bobo", ["bf-bobo-dioulasso", "bf-bobo-dioulasso-5", "ve-carabobo"]),
        ("上", ["cn-shanghai"]),
        ("shang hai", ["cn-shanghai"]),
        ("Q65", ["us-los-angeles"]),
        ("Dunedin, New Zealand", ["nz-dunedin"]),
        ("CN-Shanghai-Pudong", ["cn-shanghai-pudong"]),
        ("Atlantis", []),
    ],
)
def test_find_cities_takes_parts_of_names_and_all_that_city_takes(query: str, expected: list[str]) -> None:
    """Zero or more cities, best first; what names one city exactly finds that one first."""
    assert expected == ids(fc.find_cities(query))[: len(expected) or None]


def test_suggestions_are_few_and_without_repeats() -> None:
    """However many cities come near, five are suggested, each once."""
    world = Dataset([a_city(f"aa-town{i}", f"Town {i}", a_name(f"Townn {i}")) for i in range(9)])

    with pytest.raises(UnknownCityError) as caught:
        world.city("Town")

    found = ids(caught.value.candidates)
    assert 0 < len(found) <= 5
    assert len(found) == len(set(found))


def test_an_empty_dataset_knows_no_city() -> None:
    """Nothing is found in nothing, and nothing is suggested."""
    with pytest.raises(UnknownCityError):
        Dataset().city("Dunedin")
    assert () == Dataset().find_cities("Dunedin")


@pytest.mark.parametrize("query", ["Shang\u200bhai", "Shang\u00adhai", "\u2066Shanghai\u2069"], ids=ascii)
def test_what_cannot_be_seen_makes_no_difference(query: str) -> None:
    """Text copied from elsewhere often has characters that show nothing; they are no part of a name."""
    assert "cn-shanghai" == fc.city(query).id


@pytest.mark.parametrize(
    "query",
    ["x" * 10**5, "x," * 10**5, a_city("us-x", "x" * 5000), b"x" * 10**6, ["x" * 10**6] * 1000],
    ids=["text", "commas", "city", "bytes", "list"],
)
def test_a_huge_query_is_refused_in_few_words(query: str) -> None:
    """The message shows the beginning of what was asked, the error carries all of it."""
    with pytest.raises(fc.FriendcitiesError) as caught:
        fc.city(query)

    assert len(str(caught.value)) < 1000
    assert query is getattr(caught.value, "query", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia", "RU"),
        ("UK", "GB"),
        ("U.S.A.", "US"),
        ("Turkey", "TR"),
        ("turkiye", "TR"),
        ("Ivory Coast", "CI"),
        ("COTE D’IVOIRE", "CI"),
        ("The Netherlands", "NL"),
        ("Republic of Korea", "KR"),
        ("Democratic Republic of the Congo", "CD"),
        ("Kosovo", "XK"),
        ("XK", "XK"),
        ("Democratic Republic of Congo", "CD"),
        ("Virgin Islands, British", "VG"),
        ("Sint Maarten", "SX"),
        ("America", None),
        ("", None),
    ],
)
def test_countries_are_known_by_what_people_call_them(text: str, expected: str | None) -> None:
    """Everyday names, without accents and inverted, work; a name of none does not."""
    assert expected == country_code(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Congo", {"CG", "CD"}),
        ("the congo", {"CG", "CD"}),
        ("Korea", {"KP", "KR"}),
        ("St. Martin", {"MF", "SX"}),
        ("Saint-Martin", {"MF", "SX"}),
        ("Virgin Islands", {"VG", "VI"}),
    ],
)
def test_a_name_of_several_countries_is_refused_with_all_of_them(text: str, expected: set[str]) -> None:
    """None of them is guessed, not even the one to which the standard gives the bare name; each can be named."""
    with pytest.raises(InvalidQueryError, match=f"{text!r} is the name of 2 countries: ") as caught:
        country_code(text)

    called = countries_called(text)
    assert expected == set(called)
    assert {code: code for code in called} == {code: country_code(name) for code, name in called.items()}
    assert [f"{name} ({code})" for code, name in called.items()] == list(caught.value.candidates)
    assert all(str(each) in str(caught.value) for each in caught.value.candidates)


def test_a_country_is_called_by_one_name_of_its_own() -> None:
    """Whatever it was named by, in words and by code; also the one that the standard lacks."""
    assert {"BO": "Bolivia"} == countries_called("BOL")
    assert {"RU": "Russian Federation"} == countries_called("Russia")
    assert {"XK": "Kosovo"} == countries_called("kosovo")
    assert {} == countries_called("Narnia")


def test_a_name_of_several_countries_tells_cities_apart_where_one_has_it() -> None:
    """Behind a city it means all of them: that is one city, or an error that names both."""
    world = Dataset([a_city("cd-kinshasa"), a_city("cg-moto", "Moto"), a_city("cd-moto", "Moto")])

    assert "cd-kinshasa" == world.city("Kinshasa, Congo").id
    with pytest.raises(AmbiguousCityError) as caught:
        world.city("Moto, Congo")
    assert {"cd-moto", "cg-moto"} == set(ids(caught.value.candidates))
    with pytest.raises(InvalidQueryError, match=r"Republic of the Congo \(CG\), DR Congo \(CD\)"):
        world.partnerships_of("cd-kinshasa", country="Congo")


def test_everyday_names_of_countries_work_in_questions() -> None:
    """What people call a country works after a comma, and as a filter."""
    world = Dataset([a_city("ru-moscow"), a_city("us-id-moscow", "Moscow", subdivision="US-ID")])

    assert "ru-moscow" == world.city("Moscow, Russia").id
    assert "us-id-moscow" == world.city("Moscow, U.S.").id
    assert () == world.partnerships_of("ru-moscow", country="Russia")


@pytest.mark.parametrize("query", ["Springfield, IL", "Springfield, US-IL", "Springfield, illinois"])
def test_a_city_is_found_by_the_part_of_its_country(query: str) -> None:
    """A subdivision may follow a name as whole code, as its last letters, or by its name."""
    world = Dataset([a_city(f"us-{each}-springfield", "Springfield", subdivision=f"US-{each.upper()}") for each in
                     ("il", "mo")])  # fmt: skip

    assert "us-il-springfield" == world.city(query).id


def test_two_letters_that_are_a_state_and_a_country_are_not_guessed() -> None:
    """A bare "IL" is Illinois as well as Israel: where both have such a city, the error names both."""
    world = Dataset([a_city("us-il-nazareth", "Nazareth", subdivision="US-IL"), a_city("il-nazareth")])

    with pytest.raises(AmbiguousCityError) as caught:
        world.city("Nazareth, IL")

    assert {"us-il-nazareth", "il-nazareth"} == set(ids(caught.value.candidates))


WITH_SUBDIVISIONS = Dataset(
    [
        a_city("gb-liverpool", subdivision="GB-LIV"),
        a_city("gb-london", subdivision="GB-ENG"),
        a_city("gb-glasgow"),
        a_city("us-springfield", subdivision="US-IL"),
    ]
)


@for_each_case(
    [
        ("Liverpool, England", "gb-liverpool"),
        ("Liverpool, England, UK", "gb-liverpool"),
        ("London, City of London, UK", "gb-london"),
        ("Glasgow, England", "gb-glasgow"),
        ("Springfield, Illinois, USA", "us-springfield"),
        ("Springfield, USA", "us-springfield"),
    ]
)
def test_a_place_that_agrees_with_the_subdivision(query: str, expected: str) -> None:
    """The subdivision can lie in the place, or the place in the subdivision. A city without a subdivision matches."""
    assert expected == WITH_SUBDIVISIONS.city(query).id


@for_each_case(
    ["Liverpool, Scotland", "Liverpool (Scotland, UK)", "Springfield, USA - Ohio", "Springfield, Ohio, United States"]
)
def test_a_place_that_contradicts_the_subdivision(query: str) -> None:
    """The recorded subdivision of the city lies in another part of the country."""
    with pytest.raises(UnknownCityError, match=re.escape(repr(query))):
        WITH_SUBDIVISIONS.city(query)


def test_another_name_of_a_known_place_is_suggested() -> None:
    """GeoNames calls Havana "Havanna". The record has no GeoNames id, so the two places may differ."""
    with pytest.raises(UnknownCityError, match=r"^no city is called 'Havanna'; did you mean Havana, CU") as caught:
        Dataset([a_city("cu-havana")]).city("Havanna")

    assert ("cu-havana",) == tuple(city.id for city in caught.value.candidates if isinstance(city, City))


def test_a_subdivision_that_pycountry_does_not_know_is_no_name() -> None:
    """A code in the data that pycountry lacks has no name to be asked by."""
    world = Dataset([a_city("us-springfield", subdivision="US-ZZZ")])

    with pytest.raises(UnknownCityError):
        world.city("Springfield, Illinois")


def test_a_city_is_found_by_a_part_and_its_country() -> None:
    """A query with three parts means the city in both places; a part that is unknown does not exclude a city."""
    world = Dataset(
        [
            *(
                a_city(f"us-{each}-springfield", "Springfield", subdivision=f"US-{each.upper()}")
                for each in ("il", "mo")
            ),
            a_city("gb-edinburgh", "Edinburgh"),
            a_city("us-oh-toledo", "Toledo", subdivision="US-OH"),
            a_city("es-toledo", "Toledo"),
        ]
    )
    expected = {
        "Edinburgh, Scotland, UK": "gb-edinburgh",
        "Edinburgh (Scotland, UK)": "gb-edinburgh",
        "Edinburgh (UK)": "gb-edinburgh",
        "Springfield, Illinois, USA": "us-il-springfield",
        "Springfield (MO, US)": "us-mo-springfield",
        "Toledo (Spain)": "es-toledo",
        "Toledo, La Mancha, Spain": "es-toledo",
        "Toledo, Ohio, United States": "us-oh-toledo",
    }

    assert expected == {query: world.city(query).id for query in expected}
    with pytest.raises(AmbiguousCityError):
        world.city("Springfield, USA")


def test_a_namesake_without_a_part() -> None:
    """A city whose record names the part is meant, not a namesake whose record names no part."""
    world = Dataset([a_city("us-a", "Newark", subdivision="US-NJ"), a_city("us-b", "Newark")])

    assert "us-a" == world.city("Newark, New Jersey, USA").id


def test_a_misspelt_name_of_several_cities_suggests_all_of_them() -> None:
    """Each with its country and its id."""
    world = Dataset([a_city("cl-santiago", "Santiago"), a_city("do-santiago", "Santiago")])

    with pytest.raises(
        UnknownCityError, match=r"did you mean Santiago, CL \('cl-santiago'\) or Santiago, DO \('do-santiago'\)\?$"
    ):
        world.city("Santigo")


ABROAD = Dataset(
    [
        a_city("it-milan", "Milan", identifiers={"geonames": "3173435"}),
        a_city("gb-london", "London", identifiers={"geonames": "2643743"}),
        a_city("be-antwerp", "Antwerp", identifiers={"geonames": "2803138"}),
        a_city("pt-porto", "Porto", identifiers={"geonames": "2735943"}),
        a_city("ru-saint-petersburg", "Saint Petersburg", identifiers={"geonames": "498817"}),
        a_city("vn-ho-chi-minh-city", "Ho Chi Minh City", identifiers={"geonames": "1566083"}),
        a_city("in-mumbai", "Mumbai", identifiers={"geonames": "1275339"}),
        a_city("cn-shanghai", "Shanghai", identifiers={"geonames": "1796236"}),
        a_city("ch-st-gallen", "St. Gallen"),
        a_city("us-fort-worth", "Fort Worth"),
        a_city("jp-tsu", "津"),
        a_city("mx-jalisco", "Jalisco"),
        a_city("mx-zapopan", "Zapopan"),
        a_city("pe-lima", "Lima"),
        a_city("ch-bern", "Bern"),
    ]
)
"""Cities with and without the ids of GeoNames, and cities that used to be suggested for others."""


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("Leningrad", "ru-saint-petersburg"),
        ("Saigon", "vn-ho-chi-minh-city"),
        ("Bombay", "in-mumbai"),
        ("Mailand", "it-milan"),
        ("Londres", "gb-london"),
        ("Anvers", "be-antwerp"),
        ("Oporto", "pt-porto"),
        ("Милан", "it-milan"),
        ("ロンドン", "gb-london"),
        ("Mailand, Italien", "it-milan"),
        ("St. Petersburg", "ru-saint-petersburg"),
        ("Saint-Pétersbourg", "ru-saint-petersburg"),
        ("Saint Gallen", "ch-st-gallen"),
        ("Ft. Worth", "us-fort-worth"),
        ("City of Shanghai", "cn-shanghai"),
        ("Shanghai City", "cn-shanghai"),
        ("The City of St. Petersburg", "ru-saint-petersburg"),
        ("Ville de Milan", "it-milan"),
        ("Statutární město Milan", "it-milan"),
        ("Milan Metropolitan City", "it-milan"),
        ("City of Mailand", "it-milan"),
        ("津市", "jp-tsu"),
        ("City of Shanghai, China", "cn-shanghai"),
    ],
)
def test_other_forms_and_languages(query: str, expected: str) -> None:
    """Without a recorded name, other forms of a name are tried, and then the names that GeoNames has."""
    assert expected == ABROAD.city(query).id
    assert expected == ABROAD.find_cities(query)[0].id


def test_a_recorded_name_comes_before_other_forms_and_languages() -> None:
    """The names of the dataset decide; two cities with one name from GeoNames are ambiguous."""
    milan = {"geonames": "3173435"}
    world = Dataset([a_city("it-milan", "Milan", identifiers=milan), a_city("de-mailand", "Mailand")])
    twice = Dataset([a_city("it-a", "A", identifiers=milan), a_city("it-b", "B", identifiers=milan)])
    city = Dataset([a_city("mx-a", "Mexico City"), a_city("mx-b", "Mexico"), a_city("us-c", "Kansas")])

    assert "de-mailand" == world.city("Mailand").id
    assert "mx-a" == city.city("Mexico City").id
    with pytest.raises(AmbiguousCityError):
        twice.city("Mailand")
    with pytest.raises(UnknownCityError):
        Dataset([a_city("us-kansas-city", "Kansas City")]).city("Kansas")


UMLAUTS = Dataset(
    [
        a_city("de-cologne", "Cologne", a_name("Köln")),
        a_city("se-malmo", "Malmö"),
        a_city("ch-zurich", "Zurich", a_name("Zürich", NameKind.ENDONYM)),
        a_city("de-munich", "Munich", a_name("München")),
        a_city("se-gothenburg", "Gothenburg", a_name("Göteborg")),
        a_city("no-tromso", "Tromsø"),
        a_city("no-alesund", "Ålesund"),
        a_city("de-luebeck", "Luebeck"),
        a_city("de-a-luenen", "Lünen"),
        a_city("de-b-luenen", "Lünen"),
        a_city("us-boeme", "Bome"),
        a_city("mx-jalisco", "Jalisco", level=fc.Level.PROVINCE_OR_STATE),
        a_city("mx-jalisco-town", "Jalisco", level=fc.Level.TOWN),
        a_city("jp-hyogo", "Hyōgo", level=fc.Level.PROVINCE_OR_STATE),
        a_city("ie-cork", "Cork", level=fc.Level.COUNTY),
        a_city("nz-dunedin", "Dunedin"),
        a_city("cn-shanghai", "Shanghai", identifiers={"geonames": "1796236"}, level=fc.Level.PROVINCE_OR_STATE),
    ]
)
"""Cities with umlauts and similar letters, and units of several levels."""


@for_each_case(
    [
        ("Koeln", "de-cologne"),
        ("Malmoe", "se-malmo"),
        ("Zuerich", "ch-zurich"),
        ("Muenchen", "de-munich"),
        ("Goeteborg", "se-gothenburg"),
        ("GOETEBORG, Sweden", "se-gothenburg"),
        ("City of Malmoe", "se-malmo"),
        ("Tromsoe", "no-tromso"),
        ("Aalesund", "no-alesund"),
        ("Lübeck", "de-luebeck"),
        ("Shanghai Municipality", "cn-shanghai"),
        ("Malmö Municipality, SE", "se-malmo"),
        ("State of Jalisco", "mx-jalisco"),
        ("Jalisco State", "mx-jalisco"),
        ("Jalisco State, Mexico", "mx-jalisco"),
        ("Hyogo Prefecture", "jp-hyogo"),
        ("the Prefecture of Hyōgo", "jp-hyogo"),
        ("Shanghai Province", "cn-shanghai"),
        ("Xangai Province", "cn-shanghai"),
        ("Cork County", "ie-cork"),
    ]
)
def test_spellings_without_umlauts_and_words_for_units(query: str, expected: str) -> None:
    """A word for a unit counts if the level of the city is such a unit."""
    assert expected == UMLAUTS.city(query).id
    assert expected == UMLAUTS.find_cities(query)[0].id


@for_each_case(["Dunedin County", "Province of Dunedin", "Cork State", "Boeme", "Zuurich"])
def test_spellings_and_units_that_no_city_has(query: str) -> None:
    """A city is not a county of its name, and "Boeme" is not "Bome", which has no umlaut."""
    with pytest.raises(UnknownCityError):
        UMLAUTS.city(query)


def test_a_spelling_without_umlauts_of_two_cities_is_ambiguous() -> None:
    """The error names both."""
    with pytest.raises(AmbiguousCityError):
        UMLAUTS.city("Luenen")


@pytest.mark.parametrize("query", ["LED", "Mil", "mi lan"])
def test_short_names_of_geonames_are_not_used(query: str) -> None:
    """Abbreviations and transliterations are left out of the generated file."""
    with pytest.raises(UnknownCityError):
        ABROAD.city(query)


@pytest.mark.parametrize(
    "query", ["Lisbon", "Weimar", "Berlin", "Kyoto", "Braga", "Granada", "Congo, Atlantis", "Niger (state)"]
)
def test_a_city_outside_the_dataset_is_no_misspelling(query: str) -> None:
    """A known city, and a name that is similar to none, suggest nothing."""
    with pytest.raises(
        UnknownCityError, match=f"^this dataset has no city '{re.escape(query)}'; list the cities with "
    ) as caught:
        ABROAD.city(query)

    assert () == caught.value.candidates


@pytest.mark.parametrize(
    ("query", "name"), [("Lonodn", "London"), ("Zapopam", "Zapopan"), ("Shanghaii, China", "Shanghai")]
)
def test_a_misspelt_name_is_suggested(query: str, name: str) -> None:
    """A name that is similar enough is suggested, with or without its country."""
    with pytest.raises(UnknownCityError, match=f"^no city is called '{query}'; did you mean {name}, "):
        ABROAD.city(query)


@for_each_case(
    [
        ("Jappan", "Japan", "JP"),
        ("Germny", "Germany", "DE"),
        ("South Koera", "South Korea", "KR"),
        ("New Zeland", "New Zealand", "NZ"),
        ("Braizl", "Brazil", "BR"),
    ]
)
def test_a_misspelt_country_in_the_place_of_a_city(query: str, name: str, code: str) -> None:
    """The country is suggested, and no city with a name that is less similar."""
    with pytest.raises(UnknownCityError) as caught:
        ABROAD.city(query)

    beginning = f"no city is called {query!r}; did you mean the country {name}"
    assert (f"{beginning} (country={code!r})?", f"{beginning} (--country {code})?") == (
        str(caught.value),
        caught.value.shell_message,
    )


def test_a_name_below_the_threshold_is_not_suggested() -> None:
    """One wrong letter is below it in a name of three letters only."""
    world = Dataset([a_city("us-san-diego"), a_city("pe-lima"), a_city("de-ulm")])

    assert () == world.find_cities("Santigo")
    for query in ("Santigo", "Ulk", "Lxma Bay"):
        with pytest.raises(UnknownCityError, match=f"^this dataset has no city {query!r}; list the cities with "):
            world.city(query)
    with pytest.raises(UnknownCityError, match="did you mean Lima, PE"):
        world.city("Lina")


def test_a_misspelt_country_in_a_filter_is_suggested() -> None:
    """The error names the country and its code."""
    with pytest.raises(
        InvalidQueryError, match=r"^invalid country 'Jappan'; .*; did you mean Japan \(JP\)\?$"
    ) as caught:
        ABROAD.find_partnerships(country="Jappan")

    assert ("Japan (JP)",) == caught.value.candidates


def test_georgia_is_a_country_in_a_filter_and_also_a_state_behind_a_city() -> None:
    """A filter selects countries only; behind a city, a place can be a part of a country."""
    atlanta, tbilisi = a_city("us-atlanta", subdivision="US-GA"), a_city("ge-tbilisi")
    ties = a_tie("fr-lyon", "us-atlanta"), a_tie("fr-lyon", "ge-tbilisi")
    world = a_dataset([atlanta, tbilisi, a_city("fr-lyon"), *ties], {})

    assert (tbilisi,) == world.partners_of("Lyon", country="Georgia")
    assert (atlanta, tbilisi) == (world.city("Atlanta, Georgia"), world.city("Tbilisi, Georgia"))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("Japan", ["JP"]),
        ("Deutschland", ["DE"]),
        ("NZ", ["NZ"]),
        ("Congo, Republic of the", ["CG"]),
        ("Republic of Kosovo", ["XK"]),
        ("Korea", ["KP", "KR"]),
    ],
)
def test_a_country_in_the_place_of_a_city(query: str, codes: list[str]) -> None:
    """The error names the filter, as it is written in Python and in a shell."""
    with pytest.raises(UnknownCityError, match=f"^'{query}' is ") as caught:
        ABROAD.city(query)

    assert str(caught.value).endswith("; use " + " or ".join(f"country='{code}'" for code in codes))
    assert caught.value.shell_message.endswith("; use " + " or ".join(f"--country {code}" for code in codes))


def test_recorded_names_need_no_file_of_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The names in other languages are read only if nothing else matches."""
    monkeypatch.setattr(lookup, "_read_city_names", lambda: pytest.fail("the file was read"))

    for query in ("Milan", "it-milan", "Milan, IT", "City of Milan", "milan, italy"):
        assert "it-milan" == ABROAD.city(query).id


def test_the_names_of_cities_are_in_the_form_in_which_names_are_compared() -> None:
    """The generated file fits the folding of names; it is made anew when that changes."""
    names = {name for each in lookup.names_by_geonames_id().values() for name in each}

    assert [] == [name for name in names if fold(name) != name]
    assert len(names) > 10_000


@for_each_case(
    [
        ("France", "'France' is a country; use country='FR'"),
        ("Congo", "'Congo' is the name of several countries; use country='CG' or country='CD'"),
    ]
)
def test_the_error_for_a_country(query: str, message: str) -> None:
    """The error states the query and the filter that selects the cities of the country."""
    with pytest.raises(UnknownCityError) as caught:
        fc.city(query)
    assert (query, (), message) == (caught.value.query, caught.value.candidates, str(caught.value))


@for_each_case(
    [
        ("province of jiangsu", ["province of jiangsu市", "jiangsu province"]),
        ("jiangsu province", ["jiangsu province市", "province of jiangsu"]),
        ("st petersburg", ["st petersburg市", "saint petersburg", "saint petersburg"]),
    ]
)
def test_other_forms_of_a_folded_name(key: str, forms: list[str]) -> None:
    """A word for a unit is before or after the name."""
    assert forms == list(lookup.other_forms(key))


@for_each_case([("fr-lyn", "fr-lyon"), ("pe-limaa", "pe-lima")])
def test_a_misspelt_id(query: str, id_: str) -> None:
    """The part after the country is compared with the names."""
    with pytest.raises(UnknownCityError) as caught:
        Dataset([a_city("fr-lyon"), a_city("pe-lima")]).city(query)
    assert [id_] == ids(caught.value.candidates)


def test_the_longest_query() -> None:
    """A query of 500 characters is answered by each way to ask; a longer one is never the name of a city."""
    query = "Dunedin".ljust(500)
    assert fc.city(query) is fc.city("Dunedin")
    assert (fc.city("Dunedin"),) == fc.find_cities(query)
    assert query in fc.dataset()
    assert () == fc.find_cities(query + " ")
    assert query + " " not in fc.dataset()
    with pytest.raises(UnknownCityError):
        fc.city(query + " ")


@for_each_case([("Dunedin", True), ("Otepoti", True), ("Dunedn", False), ("", False), ("...", False)])
def test_the_names_in_a_dataset(name: str, is_in: bool) -> None:  # noqa: FBT001 - the column of a table
    """``in`` is true for the names of cities."""
    assert is_in is (name in fc.dataset())


def test_a_query_with_a_place_that_suggests_a_city() -> None:
    """If the whole query suggests nothing, the part before the first comma does."""
    data = Dataset([a_city("nz-dunedin", "Dunedin")])
    with pytest.raises(UnknownCityError) as caught:
        data.city("Dunedn, Otago Harbour, New Zealand")
    assert data.cities() == caught.value.candidates


def test_a_city_without_identifiers_has_none_in_the_indexes() -> None:
    """A city without a subdivision lies in no place without a name."""
    city = a_city("aa-hub", "Hub")
    assert {} == lookup.make_city_index("wikidata", [city]) == lookup.make_city_index("geonames", [city])
    with pytest.raises(UnknownCityError):
        Dataset([city]).city("Hub, X")


def test_the_word_for_city_in_chinese_and_japanese() -> None:
    """A name is also found with and without the word."""
    data = Dataset([a_city("aa-a", "田川市"), a_city("aa-b", "飯塚")])
    assert "aa-a" == data.city("田川").id
    assert "aa-b" == data.city("飯塚市").id


def test_an_alias_with_a_word_for_a_unit() -> None:
    """Words for units are optional for other names, too."""
    data = Dataset([a_city("aa-a", "Alpha", a_name("Beta", NameKind.ALIAS), level=fc.Level.COUNTY)])
    assert "aa-a" == data.city("Beta County").id == data.city("County of Beta").id
    with pytest.raises(UnknownCityError):
        data.city("Beta Province")


def test_a_former_id() -> None:
    """A city is found by its former id, in any case, and by a record with this id."""
    former = a_city("aa-old")
    gazetteer = lookup.Gazetteer({CityId("aa-new"): a_city("aa-new")}, {former.id: CityId("aa-new")})
    assert {"aa-new"} == {gazetteer.city(query).id for query in ("aa-old", "AA-Old", former)}
    assert ["aa-new"] == ids(gazetteer.find("AA-Old", 5))


@for_each_case(
    [
        ("x" * 501, f"{short('x' * 501)} is too long for the name of a city; expected at most 500 characters"),
        ("...", "invalid city '...'; expected an id like 'nz-dunedin', or a name like 'Dunedin, NZ'"),
        (
            "Vik",
            "'Vik' is the name of 2 cities: Vik, IS ('is-vik'), Vik, SE ('se-vik'); use the id of one of these cities",
        ),
    ]
)
def test_the_errors_of_names(query: str, message: str) -> None:
    """The message shows the query, and what is expected."""
    with pytest.raises((UnknownCityError, AmbiguousCityError, InvalidQueryError)) as caught:
        Dataset([a_city("is-vik"), a_city("se-vik")]).city(query)
    assert (message, query) == (str(caught.value), caught.value.query)


@for_each_case([("Foo, Bar, NZ",), ("Foo, Bar, Baz, NZ",), ("Ort, NZ",), ("Ort (NZ)",)])
def test_names_and_aliases_with_a_country(query: str) -> None:
    """A name may contain commas, and an alias may have a country, too."""
    data = Dataset(
        [a_city("nz-a", "Foo, Bar", a_name("Foo, Bar, Baz"), a_name("Ort")), a_city("au-a", "Ort", a_name("Ort"))]
    )
    assert "nz-a" == data.city(query).id
