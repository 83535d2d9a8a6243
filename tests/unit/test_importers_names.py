"""The gate for names: what is a name of a city, what is cleaned, and why a text is rejected."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

import friendcities as fc
from friendcities.importers import Profile, Reason
from friendcities.importers.names_gate import DEFECTS, check_name, past_words, rules_for_browser
from friendcities.importers.read_rows import split_country
from friendcities.model.record import is_text
from friendcities.names.countries import CountrySpellings
from tests.cases import for_each_case
from tests.city_names import CLEANED, FOOTNOTES, NAMES, NUMBERED, ONE_CITY, REJECTED, SEVERAL
from tests.tables import built


@for_each_case(REJECTED)
def test_texts_that_are_no_names(reason: Reason, text: str) -> None:
    """The last remark is the reason."""
    checked = check_name(text)

    assert (None, reason) == (checked.name, checked.remarks[-1].reason)


@for_each_case(
    [
        ("TRUE", "'TRUE' is a boolean"),
        ("VERO", "'VERO' is a boolean"),
        ("N/A", "'N/A' is a missing-value marker"),
        ("Ulm (Q3012)", "'Ulm (Q3012)' contains a Wikidata id; move the id to its own column"),
        (
            "K\ufffdln",
            "'K\ufffdln' has a damaged letter; correct the name, or set encoding in [file] if the file has a profile",
        ),
    ]
)
def test_the_detail_names_the_defect(text: str, detail: str) -> None:
    """The detail fits every import, also one without a profile."""
    assert detail == check_name(text).remarks[-1].detail


@for_each_case(FOOTNOTES)
def test_marks_of_footnotes_are_removed(name: str, text: str) -> None:
    """With a remark that shows the mark."""
    checked = check_name(text)

    assert (name, Reason.FOOTNOTE) == (checked.name, checked.remarks[0].reason)


@for_each_case([(text,) for text in SEVERAL])
def test_a_list_of_known_cities_is_rejected(text: str) -> None:
    """Both parts are names of large cities."""
    checked = check_name(text)

    assert (None, Reason.SEVERAL_CITIES) == (checked.name, checked.remarks[-1].reason)


@for_each_case([(text,) for text in (*NUMBERED, *ONE_CITY)])
def test_a_name_that_may_have_two_parts_has_a_remark(text: str) -> None:
    """The name is imported unchanged."""
    checked = check_name(text)

    assert (text, [Reason.COMPOUND_NAME]) == (checked.name, [remark.reason for remark in checked.remarks])


@for_each_case(CLEANED)
def test_what_is_no_part_of_a_name_is_removed(name: str, text: str) -> None:
    """Invisible characters, blanks, and the mark with which our own CSV files protect an apostrophe."""
    assert (name, ()) == check_name(text)


@for_each_case(NAMES)
def test_odd_names_are_names(name: str) -> None:
    """They come out as they are."""
    assert (name, ()) == check_name(name)


@for_each_case(
    [
        ("St. John's, Antigua and Barbuda", None, True),
        ("Parham (Antigua)", None, True),
        ("Parham (Antigua)", "en", True),
        ("Soria (antigua)", "es", False),
        ("Ulm (ruht)", None, False),
        ("Ulm (ruht)", "de-AT", False),
        ("Ulm (ruht)", "en", True),
        ("Vík (dormant)", "xx", True),
    ]
)
def test_markers_of_the_past_are_words_of_a_language(text: str, language: str | None, taken: bool) -> None:  # noqa: FBT001
    """Of the language of the file; a file without a language has all of them but those that are names."""
    assert taken is (check_name(text, past_words(language)).name is not None)


def test_a_profile_has_past_words() -> None:
    """Its words for statuses count, except those of partnerships in force."""
    past = past_words("en", {"schlummert": fc.Status.SUSPENDED, "blüht": fc.Status.ACTIVE, "-": fc.Status.ENDED})

    assert [None, "Ulm (blüht)"] == [check_name(f"Ulm ({word})", past).name for word in ("schlummert", "blüht")]


@given(st.text() | st.text("ab [](){}*?.,:'\u200e\u200d\xa0¹1=#", max_size=12))
def test_a_name_that_passes_is_a_text_and_passes_again(text: str) -> None:
    """Cleaning is idempotent, and its result can be shown."""
    checked = check_name(text)

    assert checked.remarks or checked.name is not None
    if checked.name is not None:
        assert is_text(checked.name)
        assert unicodedata.is_normalized("NFC", checked.name)
        assert checked.name == check_name(checked.name).name


def test_na_is_namibia_beside_a_name() -> None:
    """Only as a country; the row of R's missing values is rejected."""
    found = built(("Vík", "Iceland", "", "", "NA", "NA", "", ""), ("Vík", "Iceland", "", "", "Windhoek", "NA", "", ""))

    assert [None, "is-vik--na-windhoek"] == [row.partnership for row in found.report.rows]


def test_the_rules_for_the_browser_are_plain_values() -> None:
    """The form reads them from JSON; classes of characters that JavaScript lacks are replaced."""
    rules = rules_for_browser()

    assert rules == json.loads(json.dumps(rules))
    assert [defect for _, _, defect in DEFECTS] == [defect for _, _, defect in rules["defects"]]
    assert r"\w" not in json.dumps(rules, ensure_ascii=False)


@for_each_case(
    [
        ("Cork, Ireland", "Cork", "Ireland"),
        ("Seoul, Korea, South", "Seoul", "Korea, South"),
        ("Edinburgh, Scotland, UK", "Edinburgh", "Scotland, UK"),
        ("Columbus, OH, USA", "Columbus", "OH, USA"),
        ("Porto Alegre, Rio Grande do Sul, Brazil", "Porto Alegre", "Rio Grande do Sul, Brazil"),
        ("Washington, D.C., USA", "Washington", "D.C., USA"),
        ("Vila Nova, Atlantis, Portugal", "Vila Nova, Atlantis", "Portugal"),
        ("Lyon (France)", "Lyon", "France"),
        ("Edinburgh (Scotland, UK)", "Edinburgh", "Scotland, UK"),
        ("Lyon [France]", "Lyon", "France"),
        ("Shanghai - China", "Shanghai", "China"),
        ("Shanghai – China", "Shanghai", "China"),
        ("Shanghai / CN", "Shanghai", "CN"),
        ("Stratford-upon-Avon", "Stratford-upon-Avon", ""),
        ("Biel/Bienne", "Biel/Bienne", ""),
        ("Toledo, Ohio", "Toledo", "Ohio"),
        ("Ulm", "Ulm", ""),
    ]
)
def test_a_city_and_its_country_in_one_cell(text: str, name: str, country: str) -> None:
    """A known part of the country belongs to the country, and another part to the name."""
    assert (name, country) == split_country(text, CountrySpellings())


def find_subdivisions(*rows: tuple[str, ...], more: str = "") -> set[tuple[str, str | None]]:
    """The id and the subdivision of each imported partner of Vík."""
    columns = ("town", "partner", "state", "qid")
    profile = Profile.parse(AMERICAN + more)
    cells = (("Vík", *row, *[""] * (len(columns) - 1 - len(row))) for row in rows)
    cities = built(*cells, profile=profile, columns=columns).dataset.cities()
    return {(city.id, city.subdivision) for city in cities if city.country != "IS"}


def test_the_subdivision_in_a_cell_or_a_column() -> None:
    """Cities of one name in two states are two cities. A city without a state is then ambiguous."""
    portlands = {("us-portland-or", "US-OR"), ("us-portland-me", "US-ME")}
    columns = 'subdivision = "state"\nwikidata = "qid"\n'
    wikidata = [("Portland, USA", "US-OR", "Q6106"), ("Portland, USA", "", "Q6106"), ("Portland, USA", "ME")]

    assert portlands == find_subdivisions(("Portland, Oregon, USA",), ("Portland (ME, USA)",), ("Portland, US",))
    assert portlands == find_subdivisions(("Portland, USA", "Oregon"), ("Portland, USA", "Maine"), more=columns)
    assert {("us-portland-q6106", "US-OR"), ("us-portland-me", "US-ME")} == find_subdivisions(*wikidata, more=columns)
    assert {("us-portland", "US-OR")} == find_subdivisions(("Portland, Oregon, USA",), ("Portland, US",))
    assert {("us-portland", "US-OR")} == find_subdivisions(("Portland, OR",), more='[countries]\nOR = "US"\n')
    assert {("lu-vianden", None)} == find_subdivisions(("Vianden, Luxembourg",))


def test_the_parts_of_the_united_kingdom_are_subdivisions() -> None:
    """Lists name them as countries, in the languages of the lists, too."""
    cells = [
        ("Newport", "Wales"),
        ("Newport", "England"),
        ("Perth", "Schottland"),
        ("Newry", "Northern Ireland, UK"),
        ("Cardiff, Wales", "UK"),
        ("Leeds", "UK"),
    ]
    found = [(id_, part) for id_, part, _ in read_places('country = "country"', *cells)]

    newports = [("gb-newport-wls", "GB-WLS"), ("gb-newport-eng", "GB-ENG")]
    others = [("gb-perth", "GB-SCT"), ("gb-newry", "GB-NIR"), ("gb-cardiff", "GB-WLS"), ("gb-leeds", None)]
    assert newports + others == found


def test_a_row_without_the_subdivision_of_another_row_has_a_remark() -> None:
    """The subdivision comes from another row. A Wikidata id confirms the city."""
    columns = ("town", "partner", "state", "qid")
    profile = Profile.parse(AMERICAN + 'subdivision = "state"\nwikidata = "qid"\n')
    rows = [("Vík", "Portland, USA", "Maine", ""), ("Hof", "Portland, USA", "", ""), ("Ey", "Ada, USA", "", "")]
    rows += [("Vík", "Reno, USA", "Nevada", "Q1"), ("Hof", "Reno, USA", "", "Q1")]
    report = built(*rows, profile=profile, columns=columns).report
    details = [
        [remark.detail for remark in row.remarks if remark.reason is Reason.SUBDIVISION_ADDED] for row in report.rows
    ]

    added = "'Portland' is in US-ME by another row; this row states no subdivision"
    assert [[], [added], [], [], []] == details


def test_cities_with_unknown_subdivisions_are_not_combined() -> None:
    """A row with an unknown subdivision has a remark, and is rejected if another row has another subdivision."""
    columns = ("town", "partner", "state")
    profile = Profile.parse(AMERICAN + 'subdivision = "state"\n')
    rows = [("Vík", "Springfield, USA", "Illinios"), ("Hof", "Springfield, USA", "Missouri")]
    rows += [("Vík", "Salem, USA", "Old State"), ("Hof", "Salem, USA", "New State"), ("Ey", "Ada, USA", "Ohyo")]
    found = built(*rows, profile=profile, columns=columns)
    reasons = [[str(remark.reason) for remark in row.remarks] for row in found.report.rows]

    unknown, ambiguous = "unknown_subdivision", "ambiguous_city"
    assert [[unknown, ambiguous], [], [unknown, ambiguous], [unknown, ambiguous], [unknown]] == reasons
    assert "'Illinios' is not a subdivision of US" == found.report.rows[0].remarks[0].detail
    assert {("us-springfield", "US-MO"), ("us-ada", None)} == {
        (city.id, city.subdivision) for city in found.dataset.cities() if city.country == "US"
    }


def test_a_name_with_another_country_is_rejected() -> None:
    """A territory is no other country, and neither is a name in a language that is not that of the file."""
    names = [("Lyon, France", "DE"), ("Shanghai (China)", "JP"), ("Saint-Denis, France", "RE"), ("Ulm (Polan)", "DE")]
    found = built(*(("Vík", "Iceland", "", "", name, country, "", "") for name, country in names))
    details = [[remark.detail for remark in row.remarks] for row in found.report.rows]

    assert [True, True, False, False] == [row.partnership is None for row in found.report.rows]
    assert "'Lyon, France' names the country FR, but the country of the row is DE" == details[0][-1]


PLACES = """
[cities]
level = "town"
[first]
name = "town"
country_is = "IS"
[second]
name = "partner"
"""


def read_places(second: str, *partners: tuple[str, ...]) -> list[tuple[str | None, str | None, Reason | None]]:
    """The id of each partner, its subdivision, and the reason of the last remark."""
    profile = Profile.parse(PLACES + second)
    columns = ("town", "partner", "country")[: 1 + len(partners[0])]
    found = built(*(("Vík", *each) for each in partners), profile=profile, columns=columns)
    read = []
    for row in found.report.rows:
        id_ = None if row.partnership is None else (set(row.partnership.split("--")) - {"is-vik"}).pop()
        subdivision = None if id_ is None else found.dataset.city(id_).subdivision
        read.append((id_, subdivision, row.remarks[-1].reason if row.remarks else None))
    return read


def test_the_state_in_a_cell_becomes_the_subdivision() -> None:
    """Two cities of one name in two states are two cities; a code of a state is one beside its country only."""
    cells = (
        "Portland, Oregon, USA",
        "Portland, ME, USA",
        "Portland (OR, USA)",
        "London, Ontario, Canada",
        "Athens, Greece",
    )
    respelt, repeated = Reason.COUNTRY_RESPELT, Reason.REPEATED

    assert [
        ("us-portland-or", "US-OR", respelt),
        ("us-portland-me", "US-ME", respelt),
        ("us-portland-or", "US-OR", repeated),
        ("ca-london", "CA-ON", respelt),
        ("gr-athens", None, None),
    ] == read_places('country = "partner"', *[(cell,) for cell in cells])


def test_a_country_in_a_cell_overrides_the_country_of_all_rows() -> None:
    """The state and the country are removed from the name, and the report states it."""
    cells = ("Portland, Oregon", "Athens, Georgia", "Lima, Peru", "Reno - USA", "San Juan, Puerto Rico", "Ada (US)")
    more = ("Reno (Nevada)", "Wilmington (DE)", "Ulm (Polen)")
    compound, place = Reason.COMPOUND_NAME, Reason.PLACE_IN_NAME

    assert [
        ("us-portland", "US-OR", place),
        ("us-athens", "US-GA", place),
        ("pe-lima", None, place),
        ("us-reno", "US-NV", Reason.SUBDIVISION_ADDED),
        ("pr-san-juan", None, place),
        ("us-ada", None, place),
        ("us-reno", "US-NV", Reason.REPEATED),
        ("us-wilmington", "US-DE", place),
        ("us-ulm-polen", None, compound),
    ] == read_places('country_is = "US"', *[(cell,) for cell in (*cells, *more)])


NOTED = (
    *("France (ended 2010)", "Germany (beendet)", "Latvia [suspended 2022]", "Switzerland – ended 2010"),
    *("Switzerland (planned)", "Germany (probably)", "Norway (former)", "Germany (?)", "Austria?", "Wales, UK (ended)"),
    *("Wales, UK?", "Ireland 1994"),
)


@for_each_case(NOTED)
def test_a_note_beside_a_country_is_rejected(country: str) -> None:
    """The note may mean that the partnership is not active."""
    rejected = [(None, None, Reason.NOTE_IN_NAME)]

    assert rejected == read_places('country = "partner"', (f"Ulm, {country}",))
    assert rejected == read_places('country = "country"', ("Ulm", country))


@for_each_case(
    [
        ("Congo (Kinshasa)", "cd"),
        ("Korea (South)", "kr"),
        ("Germany (Bavaria)", "de"),
        ("Ireland (Republic of)", "ie"),
        ("Macedonia, Former Yugoslav Republic of", "mk"),
        ("Myanmar (formerly Burma)", "mm"),
        ("Ukraine (former USSR)", "ua"),
    ]
)
def test_an_addition_of_a_country_is_no_note(country: str, code: str) -> None:
    """The addition is a part of the name, another name, a part of the country, or a spelling of the profile."""
    own = '[countries]\n"Ukraine (former USSR)" = "UA"\n'

    assert f"{code}-ulm" == read_places(f'country = "country"\n{own}', ("Ulm", country))[0][0]


def test_a_footnote_mark_of_a_country_is_removed() -> None:
    """A dagger may mean the end, so the row is rejected, as in the cell of the city."""
    cells = [("Ulm", country) for country in ("Germany*", "Germany [2]", "Germany †", "Germany")]

    assert [
        ("de-ulm", None, Reason.FOOTNOTE),
        ("de-ulm", None, Reason.REPEATED),
        (None, None, Reason.MARKUP),
        ("de-ulm", None, Reason.REPEATED),
    ] == read_places('country = "country"', *cells)


def test_a_district_after_a_dash_is_no_second_city() -> None:
    """A city and its district are one place, although both are names of cities."""
    cells = [("Berlin – Mitte", "Germany"), ("Suzhou – Wuzhong", "China")]

    expected = [("de-berlin-mitte", None, Reason.COMPOUND_NAME), ("cn-suzhou-wuzhong", None, Reason.COMPOUND_NAME)]
    assert expected == read_places('country = "country"', *cells)


def test_two_cities_with_their_countries_in_one_cell_are_rejected() -> None:
    """A city and a country before the last city make no name."""
    cells = ("Cork, Ireland & Lyon, France", "Lyon, France / Milan, Italy", "Cork (Ireland) und Lyon (France)")

    assert [(None, None, Reason.SEVERAL_CITIES)] * 3 == read_places('country = "partner"', *[(cell,) for cell in cells])


def test_a_part_of_the_united_kingdom_is_a_subdivision() -> None:
    """Scotland names the country and the subdivision, in one cell or beside the country."""
    cells = ("Edinburgh, Scotland", "Leeds (England, UK)", "Derry, Northern Ireland", "Vianden, Luxembourg")
    respelt = Reason.COUNTRY_RESPELT

    assert [
        ("gb-edinburgh", "GB-SCT", respelt),
        ("gb-leeds", "GB-ENG", respelt),
        ("gb-derry", "GB-NIR", respelt),
        ("lu-vianden", None, None),
    ] == read_places('country = "partner"', *[(cell,) for cell in cells])
    assert [("gb-edinburgh", "GB-SCT", Reason.PLACE_IN_NAME), ("gb-leeds", "GB-ENG", respelt)] == read_places(
        'country = "country"', ("Edinburgh, Scotland", "GB"), ("Leeds", "England")
    )


def test_the_state_in_brackets_is_read_like_the_state_after_a_comma() -> None:
    """Two cities of one name in two states are two cities; another name in brackets remains."""
    cells = [("Portland (Oregon)", "USA"), ("Portland, Maine", "USA"), ("Ulm (BW)", "DE"), ("Szczecin (Stettin)", "PL")]
    place = Reason.PLACE_IN_NAME

    assert [
        ("us-portland-or", "US-OR", place),
        ("us-portland-me", "US-ME", place),
        ("de-ulm", "DE-BW", place),
        ("pl-szczecin-stettin", None, Reason.COMPOUND_NAME),
    ] == read_places('country = "country"', *cells)


def test_a_country_in_a_cell_and_in_a_column() -> None:
    """A column of countries is not overridden; a territory is more exact than its country."""
    cells = [
        ("Granada, Spain", "Spain"),
        ("Granada, Nicaragua", "Spain"),
        ("Portland, Oregon", "USA"),
        ("Portland", "USA (Maine)"),
        ("Portland", "USA"),
        ("Saint-Denis, Réunion", "France"),
        ("Saint-Denis, France", "Réunion"),
        ("1994 - Spain", "Spain"),
    ]
    place = Reason.PLACE_IN_NAME

    assert [
        ("es-granada", None, place),
        (None, None, Reason.AMBIGUOUS_COUNTRY),
        ("us-portland-or", "US-OR", place),
        ("us-portland-me", "US-ME", Reason.COUNTRY_RESPELT),
        (None, None, Reason.AMBIGUOUS_CITY),
        ("re-saint-denis", None, place),
        ("re-saint-denis", None, Reason.REPEATED),
        (None, None, Reason.YEAR_FOR_CITY),
    ] == read_places('country = "country"', *cells)


def test_a_cell_that_repeats_its_heading_is_rejected() -> None:
    """As in a table of several pages."""
    found = read_places('country_is = "DE"', ("Partner",), ("partner",), ("Ulm",))

    assert [None, None, "de-ulm"] == [id_ for id_, _, _ in found]


AMERICAN = """
[cities]
level = "town"
[first]
name = "town"
country_is = "IS"
[second]
name = "partner"
country = "partner"
"""


def read_partners(*partners: str, more: str = "") -> list[tuple[str | None, list[tuple[Reason, str]]]]:
    """The partnership of each row, and its remarks."""
    profile = Profile.parse(AMERICAN + more)
    found = built(*(("Vík", partner) for partner in partners), profile=profile, columns=("town", "partner"))
    return [(row.partnership, [(each.reason, each.detail) for each in row.remarks]) for row in found.report.rows]


def test_the_code_of_a_country_and_of_a_state() -> None:
    """The code is read as that of the country, with a remark. A code from the profile needs no remark."""
    detail = "'CO' read as CO (Colombia); it is also the code of US-CO"
    canada = "'SK' read as SK (Slovakia); it is also the code of CA-SK"
    partners = ("Denver, CO", "Nitra (SK)", "Lyon, FR", "San Juan, PR", "Denver, CO, USA")
    found = read_partners(*partners)

    assert ["co-denver--is-vik", "is-vik--sk-nitra", "fr-lyon--is-vik"] == [tie for tie, _ in found][:3]
    assert [(Reason.COUNTRY_RESPELT, detail), (Reason.COUNTRY_RESPELT, canada)] == [found[0][1][0], found[1][1][0]]
    assert not any("also the code" in detail for _, remarks in found[2:] for _, detail in remarks)
    assert [("is-vik--us-denver", [])] == read_partners("Denver, CO", more='[countries]\nCO = "US"\n')


def test_the_codes_of_an_american_list() -> None:
    """If the column also has codes of states that are no countries, the other codes are ambiguous."""
    found = read_partners("Denver, CO", "Portland, OR", "Lyon, FR", "Nitra, sk")
    detail = "'CO' can be CO (Colombia) or US-CO, because the column also contains 'Portland, OR'; "
    detail += 'add CO = "CO" or CO = "US" to [countries] of the profile'

    assert [None, None, "fr-lyon--is-vik", "is-vik--sk-nitra"] == [tie for tie, _ in found]
    assert [(Reason.AMBIGUOUS_COUNTRY, detail)] == found[0][1]
    assert [Reason.UNKNOWN_COUNTRY] == [reason for reason, _ in found[1][1]]

    named = read_partners("Denver, CO", "Portland, OR", more='[countries]\nOR = "US"\n')
    assert [None, "is-vik--us-portland"] == [tie for tie, _ in named]
