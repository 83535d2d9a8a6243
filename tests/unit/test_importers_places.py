"""How the rows of a table become places: homonyms, subdivisions, territories and names that differ in accents."""

from typing import Final

import pytest

from friendcities.importers import Profile, Reason
from friendcities.names.bounding_boxes import cell_of
from friendcities.names.countries import TERRITORIES, find_subdivision, find_territory, smallest_subdivisions
from tests.cases import for_each_case
from tests.tables import built
from tools.populated_cells import populated_cells

COLUMNS: Final = ("town", "partner", "country", "state", "lat", "lng", "qid")
PROFILE: Final = """
[cities]
level = "town"
[first]
name = "town"
country_is = "IS"
[second]
name = "partner"
subdivision = "state"
latitude = "lat"
longitude = "lng"
wikidata = "qid"
"""


def read_cities(*rows: tuple[str, ...], country: str = 'country = "country"') -> list[tuple[str, str | None] | None]:
    """The id and the subdivision of the partner in each row; None if the row is rejected."""
    found = built(*(pad(row) for row in rows), profile=Profile.parse(PROFILE + country), columns=COLUMNS)
    partners = [row.partnership and row.partnership.replace("is-vik", "").strip("-") for row in found.report.rows]
    return [(each, found.dataset.city(each).subdivision) if each else None for each in partners]


def read_remarks(*rows: tuple[str, ...], country: str = 'country = "country"') -> list[list[tuple[Reason, str]]]:
    """The remarks on each row."""
    report = built(*(pad(row) for row in rows), profile=Profile.parse(PROFILE + country), columns=COLUMNS).report
    return [[(each.reason, each.detail) for each in row.remarks] for row in report.rows]


def pad(row: tuple[str, ...]) -> tuple[str, ...]:
    """The row of Vík, with all columns."""
    return ("Vík", *row, *[""] * (len(COLUMNS) - 1 - len(row)))


YVELINES, EURE = ("48.97", "1.98"), ("48.72", "1.36")
OSAKA, NARA = ("34.69", "135.50"), ("34.68", "135.80")


def test_a_point_shows_the_subdivision() -> None:
    """The point must be within 50 km of one of the cities with a subdivision."""
    cells = [("Yvelines", *YVELINES), ("Eure-et-Loir", *EURE), ("", "48.7", "1.4"), ("", "43.3", "5.4"), ("",)]
    first, second = ("fr-vernouillet-78", "FR-78"), ("fr-vernouillet-28", "FR-28")

    found = read_cities(*[("Vernouillet", "France", *each) for each in cells])
    assert [first, second, second, ("fr-vernouillet-n43d30e5d40", None), None] == found


def test_a_point_near_two_cities_of_one_name_is_ambiguous() -> None:
    """Both cities are within 50 km."""
    cells = [("Osaka", *OSAKA), ("Nara", *NARA), ("", "34.69", "135.6")]

    assert [("jp-miyoshi-27", "JP-27"), ("jp-miyoshi-29", "JP-29"), None] == read_cities(
        *[("Miyoshi", "Japan", *each) for each in cells]
    )


def test_a_point_shows_no_subdivision_if_a_city_has_no_point() -> None:
    """The city of the row may be the one without a point. A Wikidata id identifies the city."""
    cells = [("Osaka",), ("Nara", *NARA, "Q1"), ("", "35.6", "139.7"), ("", "", "", "Q1"), ("", "", "", "Q2")]

    first, second = ("jp-miyoshi-27", "JP-27"), ("jp-miyoshi-q1", "JP-29")
    assert [first, second, None, second, ("jp-miyoshi-q2", None)] == read_cities(
        *[("Miyoshi", "Japan", *each) for each in cells]
    )


def test_points_distinguish_unknown_subdivisions() -> None:
    """A row with an unknown subdivision and a point is not ambiguous."""
    cells = [("Old State", "39.80", "-89.64"), ("New State", "37.21", "-93.29")]

    expected = [("us-springfield-n39d80w89d64", None), ("us-springfield-n37d21w93d29", None)]
    assert expected == read_cities(*[("Springfield", "USA", *each) for each in cells])


def test_a_subdivision_and_a_larger_one_are_one_place() -> None:
    """England contains Liverpool. Of two smaller subdivisions, a point shows which is meant."""
    parts = ["England", "GB-LIV", ""]
    assert [("gb-everton", "GB-LIV")] * 3 == read_cities(*[("Everton", "UK", each) for each in parts])

    cells: list[tuple[str, ...]]
    cells = [("Shropshire", "52.77", "-2.38"), ("Isle of Wight", "50.70", "-1.29"), ("England", "50.7", "-1.3")]
    cells += [("England",), ("Wales",), ("Scotland", "56.4", "-2.9")]
    first, second = ("gb-newport-shr", "GB-SHR"), ("gb-newport-iow", "GB-IOW")
    others = [("gb-newport-wls", "GB-WLS"), ("gb-newport-sct", "GB-SCT")]
    assert [first, second, second, None, *others] == read_cities(*[("Newport", "UK", *each) for each in cells])

    found = read_cities(*[("Newport", "UK", each) for each in ("Shropshire", "England", "Wales")])
    assert [first, first, ("gb-newport-wls", "GB-WLS")] == found
    assert ["GB-LIV", "GB-SCT"] == smallest_subdivisions({"GB-SCT", "GB-LIV", "GB-ENG"})


@pytest.mark.parametrize(
    ("is_remarked", "one", "other"),
    [
        (True, ("Habo", "Sweden"), ("Håbo", "Sweden")),
        (True, ("Münster", "Germany", "", "51.96", "7.63"), ("Munster", "Germany")),
        (False, ("Münster", "Germany", "", "51.96", "7.63"), ("Munster", "Germany", "", "51.9", "7.6")),
        (False, ("Münster", "Germany", "", "51.96", "7.63"), ("Munster", "Germany", "", "52.98", "10.08")),
        (False, ("Münster", "Germany", "", "", "", "Q2742"), ("Munster", "Germany", "", "", "", "Q2742")),
        (False, ("St. Gallen", "Switzerland"), ("ST GALLEN", "Switzerland")),
    ],
)
def test_names_that_differ_in_accents_are_remarked(
    one: tuple[str, ...], other: tuple[str, ...], *, is_remarked: bool
) -> None:
    """Unless points or Wikidata ids show whether the names mean one place. Punctuation and case do not matter."""
    details = [detail for row in read_remarks(one, other) for reason, detail in row if reason is Reason.NAMES_ALIKE]

    names = " and ".join(map(repr, sorted([one[0], other[0]])))
    several = "if they are several places, give each row coordinates or a Wikidata id"
    expected = f"{names} differ in accents and are imported as one place; {several}"
    assert ([expected] if is_remarked else []) == details


@for_each_case(
    [
        (("Hong Kong", "China"), "hk-hong-kong"),
        (("香港", "中国"), "hk-"),
        (("Macau", "China"), "mo-macau"),
        (("Papeete", "France"), "pf-papeete"),
        (("Nuuk", "Denmark"), "gl-nuuk"),
        (("Isle of Man", "UK"), "im-isle-of-man"),
        (("Saint-Denis", "France", "La Réunion"), "re-saint-denis"),
        (("San Juan", "USA", "PR"), "pr-san-juan"),
        (("San Juan", "USA", "", "18.47", "-66.11"), "pr-san-juan"),
        (("Arecibo", "USA", "", "18.47", "-66.72"), "pr-arecibo"),
        (("Taipei City", "China"), "tw-taipei-city"),
        (("Willemstad", "Netherlands", "", "12.1", "-68.9"), "cw-willemstad"),
        (("Saint-Paul", "France", "", "-21.0", "55.3"), "re-saint-paul"),
        (("Hong Kong", "Hong Kong"), "hk-hong-kong"),
        (("Hong Kong", "USA"), "us-hong-kong"),
    ]
)
def test_cities_of_territories_have_the_code_of_the_territory(row: tuple[str, ...], id_: str) -> None:
    """By the name, the subdivision or the point. The report has a remark if the file has another country."""
    [found], [remarks] = read_cities(row), read_remarks(row)
    territory = id_.partition("-")[0].upper()

    assert found is not None
    assert found[0].startswith(id_)
    assert found[1] is None
    is_moved = TERRITORIES.get(territory) is not None and row[1] != "Hong Kong"
    words = [detail for reason, detail in remarks if reason is Reason.TERRITORY]
    assert [f"read as {territory}, which has its own country code"] * is_moved == [
        detail.partition(" in ")[2].partition(" ")[2] for detail in words
    ]


@for_each_case(
    [
        (("San Juan", "USA"), "us-san-juan", "PR; if the city is there, use this code as the country"),
        (("San Juan", "USA", "", "26.19", "-98.15"), "us-san-juan", ""),
        (("Hong Kong", "China", "", "39.9", "116.4"), "cn-hong-kong", "HK; if the city is there, use"),
        (("Le Bourg", "France", "", "17.2", "-62.9"), "fr-le-bourg", "BL or GP or MF; use the code of the"),
        (("Lyon", "France", "", "45.76", "4.84"), "fr-lyon", ""),
        (("Honolulu", "USA", "", "21.3", "-157.86"), "us-honolulu", ""),
    ]
)
def test_cities_that_may_be_in_a_territory_keep_the_country(row: tuple[str, ...], id_: str, words: str) -> None:
    """The report has a remark if the name or the point can mean a territory."""
    [found], [remarks] = read_cities(row), read_remarks(row)

    assert (id_, None) == found
    assert [Reason.TERRITORY] * bool(words) == [reason for reason, _ in remarks]
    assert all(words in detail for _, detail in remarks)


def test_a_point_outside_the_country_and_its_territories() -> None:
    """A territory is no reason to take a point in another country."""
    [remarks] = read_remarks(("San Juan", "USA", "", "-31.54", "-68.53"))

    assert [Reason.TERRITORY, Reason.COORDINATES_OUTSIDE] == [reason for reason, _ in remarks]


@for_each_case(
    [
        (("Córdoba, Veracruz", "Mexico"), ("mx-cordoba", "MX-VER")),
        (("Córdoba (Veracruz)", "Mexico"), ("mx-cordoba", "MX-VER")),
        (("Barking and Dagenham", "UK"), ("gb-barking-and-dagenham", None)),
        (("Brighton and Hove", "UK"), ("gb-brighton-and-hove", None)),
        (("Lyon et Marseille", "France"), None),
        (("Toledo, Ohio", "Spain"), None),
        (("Toledo (OH)", "Spain"), None),
        (("St. Petersburg, Florida", "Russia"), None),
        (("Kitchener (Ontario)", "UK"), None),
        (("Valencia, Carabobo", "Spain"), None),
        (("Athens, Georgia", "Greece"), None),
        (("Birmingham (England)", "USA"), None),
        (("Misburg (Hanover)", "Germany"), ("de-misburg-hanover", None)),
        (("Ulm (Bar)", "Germany"), ("de-ulm-bar", None)),
    ]
)
def test_a_place_behind_the_name(row: tuple[str, ...], expected: tuple[str, str | None] | None) -> None:
    """A subdivision of the country is read. A state of another country contradicts the country of the row."""
    assert [expected] == read_cities(row)


def test_a_state_of_another_country() -> None:
    """It contradicts the country of the row, but not the country of all rows."""
    [named, in_column] = read_remarks(("Toledo, Ohio", "Spain"), ("Toledo", "Spain", "Ohio"))

    contrary = "'Toledo, Ohio' names US-OH, but the country of the row is ES"
    assert (Reason.AMBIGUOUS_COUNTRY, contrary) == named[-1]
    assert [(Reason.UNKNOWN_SUBDIVISION, "'Ohio' is not a subdivision of ES, but of US")] == in_column
    cells = ["Toledo, Ohio", "Bath, England", "Athens, Georgia"]
    expected = [("us-toledo", "US-OH"), ("gb-bath", "GB-ENG"), None]
    assert expected == read_cities(*[(each,) for each in cells], country='country_is = "ES"')
    assert [None] == read_cities(("San José, CA",), country='country_is = "CR"')


@for_each_case(
    [
        ("US", "Ill.", "US-IL"),
        ("US", "N.Y.", "US-NY"),
        ("US", "W. Va.", "US-WV"),
        ("US", "State of Hawaii", "US-HI"),
        ("US", "Washington County", None),
        ("CA", "Ont.", "CA-ON"),
        ("CA", "P.E.I.", "CA-PE"),
        ("AU", "N.S.W.", "AU-NSW"),
        ("DE", "Bavaria", "DE-BY"),
        ("DE", "Lower Saxony", "DE-NI"),
        ("DE", "Baden-Wuerttemberg", "DE-BW"),
        ("DE", "Bavière", "DE-BY"),
        ("FR", "Normandie", "FR-NOR"),
        ("FR", "Brittany", "FR-BRE"),
        ("ES", "Catalonia", "ES-CT"),
        ("CH", "Genf", "CH-GE"),
        ("CN", "Hunan Province", "CN-HN"),
        ("CN", "Hainan", "CN-HI"),
        ("JP", "Aichi Prefecture", "JP-23"),
        ("IE", "County Cork", "IE-CO"),
        ("DE", "Ohio", None),
    ]
)
def test_names_of_subdivisions(country: str, text: str, code: str | None) -> None:
    """Names in other languages, with the type of the subdivision, and usual abbreviations."""
    assert code == find_subdivision(country, text)


def test_territories_by_the_names_of_cities() -> None:
    """A name of the territory, or of one of its cities."""
    assert ("HK", True) == find_territory("CN", "Kowloon")
    assert ("GL", True) == find_territory("DK", "Grönland")
    assert ("MF", False) == find_territory("FR", "Saint-Martin")
    assert find_territory("GB", "Hong Kong") is None


@pytest.mark.parametrize(
    ("name", "country", "point", "instead"),
    [
        ("Kyiv", "Russia", ("50.45", "30.52"), "UA"),
        ("Minsk", "Russia", ("53.9", "27.56"), "BY"),
        ("Kathmandu", "India", ("27.7", "85.3"), "NP"),
        ("Hanoi", "China", ("21.03", "105.85"), "VN"),
        ("Johannesburg", "Botswana", ("-26.2", "28.04"), "ZA"),
        ("Paris", "Belgium", ("48.85", "2.35"), "FR"),
        ("Moscow", "Russia", ("55.75", "37.62"), None),
        ("Munich", "Austria", ("48.14", "11.58"), None),
        ("Alert", "Canada", ("82.5", "-62.3"), None),
        ("Smara", "Western Sahara", ("26.74", "-11.67"), None),
        ("Suva", "Fiji", ("-18.14", "178.44"), None),
        ("Waiyevo", "Fiji", ("-16.8", "-179.99"), None),
    ],
)
def test_points_near_places_of_another_country(
    name: str, country: str, point: tuple[str, str], instead: str | None
) -> None:
    """The row is rejected, unless the country has places near, or few places at all, or nobody has places there."""
    (row, *_) = built((name, country, *point, "Lyon", "France", "", "")).report.rows

    assert ("imported" if instead is None else "rejected") == row.outcome
    details = [remark.detail for remark in row.remarks if remark.reason is Reason.COORDINATES_OUTSIDE]
    assert [] == details if instead is None else f" is in {instead}, and " in details[0]


def test_populated_cells_are_made_of_places() -> None:
    """Each cell has one number, and a country with few cells is left out."""
    places = [{"cc": "NZ", "lat": "-45.2", "lon": str(longitude / 2)} for longitude in (*range(330, 340), 339.1)]
    few = [{**place, "cc": "CK"} for place in places[:9]]

    cells = populated_cells([*places, *few])

    assert {"NZ": list(range(cell_of(-45.2, 165), cell_of(-45.2, 170)))} == cells
