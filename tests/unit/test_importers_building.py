"""Rows to records: places, histories, and what is said of each row."""

import pytest
from attrs import evolve

import friendcities as fc
from friendcities import Dataset
from friendcities.importers import Outcome, Profile, Reason
from friendcities.importers.build_records import import_table
from friendcities.importers.formats.tables import InputRow, Table
from friendcities.importers.names_gate import check_name
from tests.cases import for_each_case
from tests.tables import COLUMNS, PAIRS, SOURCE, built
from tests.worlds import a_city, changed

VIK = ("Vík", "Iceland", "", "")
LYON = ("Lyon", "France", "45.76", "4.84")
DATED = Profile.parse(
    """
    [cities]
    level = "town"
    [first]
    name = "a"
    country_is = "IS"
    [second]
    name = "b"
    country = "land"
    wikidata = "id"
    [steps]
    date = "year"
    kind = "form"
    [steps.kinds]
    p = "sister_city"
    f = "friendship_city"
    k = "contact"
    """
)
DATED_COLUMNS = ("a", "b", "land", "id", "year", "form")


def dated(*claims: tuple[str, str]) -> fc.Partnership:
    """The partnership of which each row says a year and a kind."""
    rows = [("Vik", "Lyon", "France", "", year, form) for year, form in claims]
    [tie] = built(*rows, profile=DATED, columns=DATED_COLUMNS).dataset.partnerships()
    return tie


def test_a_row_is_a_partnership_on_the_word_of_the_file() -> None:
    """Two places and a listing, each with the file and the row as evidence, and the level as declared."""
    found = built((*VIK, *LYON))

    [tie] = found.dataset.partnerships()
    [step] = tie.steps
    [told] = step.evidence
    assert ("fr-lyon--is-vik", "listed", None) == (tie.id, step.action, step.date)
    assert ("list-2026", "row 2", ("action",)) == (told.source, told.locator, told.supports)
    lyon, vik = found.dataset.cities()
    assert fc.Coordinates(latitude=45.76, longitude=4.84, point="as stated in the file") == lyon.coordinates
    assert vik.coordinates is None
    assert ("name", "country", "level", "coordinates") == lyon.evidence[0].supports
    assert [(2, Outcome.IMPORTED, "fr-lyon--is-vik")] == [
        (r.number, r.outcome, r.partnership) for r in found.report.rows
    ]


def test_both_directions_and_repeats_are_merged() -> None:
    """What another row says in either direction is evidence beside it, and the report says which row that is."""
    report = built((*VIK, *LYON), (*LYON, *VIK), (*VIK, *LYON)).report

    assert (3, 1, 2, 0) == (report.total, report.imported, report.merged, report.rejected)
    assert ["row 2 states the same partnership"] * 2 == [
        row.remarks[-1].detail for row in report.rows_with(Reason.REPEATED)
    ]


@for_each_case(
    [
        (Reason.SELF_LINK, LYON),
        (Reason.BLANK_CITY, (" ", "Iceland", "", "")),
        (Reason.BLANK_COUNTRY, ("Vík", " ", "", "")),
        (Reason.UNKNOWN_COUNTRY, ("Vík", "Atlantis", "", "")),
        (Reason.AMBIGUOUS_COUNTRY, ("Brazzaville", "Congo", "", "")),
        (Reason.AMBIGUOUS_COUNTRY, ("Brazzaville", "Congo", "-4.3", "15.3")),
        (Reason.AMBIGUOUS_COUNTRY, ("Rome", "Georgia", "", "")),
        (Reason.YEAR_FOR_CITY, ("1994", "Iceland", "", "")),
        (Reason.YEAR_FOR_CITY, ("1994–1999", "Iceland", "", "")),
        (Reason.FILE_FOR_CITY, ("Flag of Vik.svg", "Iceland", "", "")),
        (Reason.FILE_FOR_CITY, ("File:Vik", "Iceland", "", "")),
        (Reason.FILE_FOR_CITY, ("../../etc/passwd", "Iceland", "", "")),
        (Reason.FILE_FOR_CITY, ("C:\\vik", "Iceland", "", "")),
        (Reason.FILE_FOR_CITY, ("https://vik.example", "Iceland", "", "")),
        (Reason.MARKUP, ("[[Vík]]", "Iceland", "", "")),
        (Reason.MARKUP, ("Vík<ref>", "Iceland", "", "")),
        (Reason.MARKUP, ("Vík[", "Iceland", "", "")),
        (Reason.MARKUP, ("Vík &amp; co", "Iceland", "", "")),
        (Reason.SEVERAL_CITIES, ("Vík; Akureyri", "Iceland", "", "")),
        (Reason.SEVERAL_CITIES, ("Vík\nAkureyri", "Iceland", "", "")),
        (Reason.SEVERAL_CITIES, ("Vík, Akureyri, Selfoss, Höfn", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("Vík\x00", "Iceland", "", "")),
        (Reason.MARKUP, ("Vík 1)", "Iceland", "", "")),
        (Reason.MARKUP, ("Vík†", "Iceland", "", "")),
        (Reason.NOTE_IN_NAME, ("Vík (ended 2010)", "Iceland", "", "")),
        (Reason.NOTE_IN_NAME, ("Vík (since 1990)", "Iceland", "", "")),
        (Reason.NOTE_IN_NAME, ("Vík (ruht)", "Iceland", "", "")),
        (Reason.NOTE_IN_NAME, ("Vík – dormant since then", "Iceland", "", "")),
        (Reason.NOTE_IN_NAME, ("Vík, former", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("keine", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("N/A", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("Summe: 21", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("VÃ\xadk", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("KÃ¶ln", "Germany", "", "")),
        (Reason.INVALID_NAME, ("ReykjavÃ\x8dk", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("V" * 201, "Iceland", "", "")),
        (Reason.INVALID_NAME, ("—", "Iceland", "", "")),
        (Reason.INVALID_NAME, ("=HYPERLINK(A1)", "Iceland", "", "")),
    ],
)
def test_what_is_not_taken(reason: Reason, first: tuple[str, ...]) -> None:
    """A row that names no two places makes nothing, and the report has the reason and the text as found."""
    found = built((*first, *LYON), (*VIK, *LYON))

    row = found.report.rows[0]
    assert (Outcome.REJECTED, None) == (row.outcome, row.partnership)
    assert reason in {remark.reason for remark in row.remarks}
    assert dict(zip(COLUMNS, (*first, *LYON), strict=True)) == dict(row.cells)
    assert ["fr-lyon--is-vik"] == [tie.id for tie in found.dataset.partnerships()]


@pytest.mark.parametrize(
    ("reason", "latitude", "longitude"),
    [
        (Reason.COORDINATES_OUTSIDE, "45.76", "-14.84"),
        (Reason.COORDINATES_OUTSIDE, "0.0", "0.0"),
        (Reason.COORDINATES_SWAPPED, "4.84", "45.76"),
        (Reason.COORDINATES_UNREADABLE, "north", "4.84"),
        (Reason.COORDINATES_UNREADABLE, "nan", "4.84"),
        (Reason.COORDINATES_UNREADABLE, "145.76", "4.84"),
        (Reason.COORDINATES_UNREADABLE, "", "4.84"),
    ],
)
def test_points_that_cannot_be(reason: Reason, latitude: str, longitude: str) -> None:
    """The partnership is taken and the point is not, and the report says so."""
    found = built((*VIK, "Lyon", "France", latitude, longitude))

    assert Outcome.IMPORTED is found.report.rows[0].outcome
    assert [reason] == [remark.reason for remark in found.report.rows[0].remarks]
    assert [None, None] == [city.coordinates for city in found.dataset.cities()]


def test_spellings_of_a_country_stand_beside_what_they_were_read_as() -> None:
    """The text as found is in the report, and the code in the record."""
    found = built(("Ely", "England, United Kingdom", "", "", *LYON))

    assert ["'England, United Kingdom' read as GB"] == [r.detail for r in found.report.rows[0].remarks]
    assert ["FR", "GB"] == [city.country for city in found.dataset.cities()]


def test_homonyms_are_told_apart_by_where_they_are() -> None:
    """Two places of one name have ids that say where each is, whatever the order; without a point it is ambiguous."""
    illinois, missouri = ("Springfield", "US", "39.8", "-89.65"), ("Springfield", "US", "37.2", "-93.3")
    near = ("SPRINGFIELD", "US", "39.81", "-89.64")

    there = built((*illinois, *LYON), (*missouri, *LYON), (*near, *VIK), ("Springfield", "US", "", "", *LYON))
    back = built((*near, *VIK), (*missouri, *LYON), (*illinois, *LYON))

    ids = ["fr-lyon", "is-vik", "us-springfield-n37d20w93d30", "us-springfield-n39d80w89d65"]
    assert ids == [city.id for city in there.dataset.cities()]
    assert ids[2:] == [city.id for city in back.dataset.cities()][2:]
    assert [Reason.AMBIGUOUS_CITY] == [remark.reason for remark in there.report.rows[3].remarks]


def test_homonyms_without_a_point_are_told_apart_by_spelling() -> None:
    """Names that fold differently but give one id, as those without Latin letters left out, have ids of their own."""
    found = built(("Ab 上", "CN", "", "", *LYON), ("Ab 海", "CN", "", "", *LYON), ("上海", "CN", "", "", *LYON))

    ids = [city.id for city in found.dataset.cities() if city.country == "CN"]
    assert 3 == len(set(ids))
    assert all(id_.startswith(("cn-ab-x", "cn-x")) for id_ in ids)


def test_the_usual_spelling_is_the_name() -> None:
    """Of several spellings that most rows have is the name, and the others are aliases."""
    found = built(("LYON", "FR", "", "", *VIK), ("Lyon", "FR", "", "", *VIK), ("Lyon", "France", "", "", *VIK))

    [lyon] = [city for city in found.dataset.cities() if city.country == "FR"]
    assert ("Lyon", ["LYON"], ["und"]) == (lyon.name, [n.text for n in lyon.names], [n.language for n in lyon.names])
    assert "rows 2, 3, 4" == lyon.evidence[0].locator


@pytest.mark.parametrize(("language", "expected"), [("de", ["Lyon", "LYON"]), ("en-GB", ["LYON"]), (None, ["LYON"])])
def test_names_are_in_the_language_of_the_file(language: str | None, expected: list[str]) -> None:
    """A name in a file that is not in English is one in its language, and a merge takes it for no English name."""
    source = changed(SOURCE, language=language)
    rows = [InputRow(number, dict(zip(COLUMNS, (*VIK, "Lyon", "France", "", ""), strict=True))) for number in (2, 3)]
    rows.append(InputRow(4, {**rows[0].cells, "city2": "LYON"}))
    lyon = import_table(Table(rows, ()), PAIRS, source).dataset.city("Lyon")
    ours = changed(a_city("fr-lyon"), name="Lyons", country="FR")
    [joined] = Dataset([ours]).merge(Dataset([source, lyon])).dataset.cities()

    tag = language or "und"
    assert [(text, tag) for text in expected] == [(name.text, name.language) for name in lyon.names]
    assert {("Lyon", "de" if language == "de" else "en"), ("LYON", tag)} == {(n.text, n.language) for n in joined.names}


def test_one_point_for_two_names_is_remarked() -> None:
    """Places of several names at one point are taken, and the report names them, the first of many."""
    rows = [(f"Lyon {letter}", "France", "45.76", "4.84", *VIK) for letter in "abcde"]
    report = built(*rows).report

    assert 5 == report.imported == len(report.rows_with(Reason.COORDINATES_SHARED))
    assert "'Lyon a' has the same point as 'Lyon b', 'Lyon c', 'Lyon d' and 1 more" == report.rows[0].remarks[0].detail


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Szczecin (Stettin)",
            "Graz, Andritz",
            "Biel/Bienne",
            "Wien – Mauer",
            "Lyon / Lyons",
            "Kirchdorf und Umgebung",
        ),
        *("Brighton and Hove", "Wien (Bezirk 21)"),
    ],
)
def test_compound_names_are_taken_as_they_are(name: str) -> None:
    """What more stands beside a name is part of it, for it may say where the city is; the report says so."""
    found = built((name, "Austria", "", "", *LYON))

    assert [Reason.COMPOUND_NAME] == [remark.reason for remark in found.report.rows[0].remarks]
    assert name in [city.name for city in found.dataset.cities()]


@for_each_case(
    [
        ("横浜市", None, ("横浜市", "und"), True),
        ("横浜市", "en", ("横浜市", "und"), True),
        ("横浜市", "de", ("横浜市", "und"), True),
        ("横浜市", "ja", ("横浜市", "ja"), False),
        ("Yokohama", "ja", ("Yokohama", "und"), False),
        ("الرياض", None, ("الرياض", "und"), True),
        ("Ниш", "sr-Cyrl", ("Ниш", "sr-Cyrl"), False),
        ("Niš", "sr", ("Niš", "sr"), False),
        ("Köln", "de", ("Köln", "de"), False),
        ("Köln", None, None, False),
        ("Köln", "en", None, False),
    ]
)
def test_the_script_of_a_name_shows_its_language(
    name: str,
    language: str | None,
    expected: tuple[str, str] | None,
    reported: bool,  # noqa: FBT001
) -> None:
    """A name in a script that the language of the file does not have is in an unknown language."""
    rows = [InputRow(2, dict(zip(COLUMNS, (name, "Austria", "", "", *LYON), strict=True)))]
    found = import_table(Table(rows, ()), PAIRS, changed(SOURCE, language=language))
    city = next(each for each in found.dataset.cities() if each.country == "AT")

    assert ([expected] if expected else []) == [(each.text, each.language) for each in city.names]
    assert reported is (Reason.LANGUAGE_UNKNOWN in found.report.reasons)


@for_each_case(
    [
        "Wien / Salzburg",
        "Graz und Linz",
        "Graz & Linz",
        "Graz + Linz",
        "Graz u. Linz",
        "Graz, Linz",
        "Lyon et Marseille",
        "Graz, Austria / Salzburg",
    ]
)
def test_two_large_cities_in_one_cell_are_rejected(name: str) -> None:
    """A city of this name does not exist."""
    found = built((name, "Austria", "", "", *LYON))

    assert f"'{name}' names several cities; give each city its own row" == found.report.rows[0].remarks[-1].detail
    assert 1 == found.report.rejected


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("St. John's, Antigua and Barbuda", "Antigua and Barbuda"),
        ("Sarajevo, Bosnia and Herzegovina", "Bosnia and Herzegovina"),
        ("Kingstown, St. Vincent & the Grenadines", "St. Vincent & the Grenadines"),
        ("Port of Spain, Trinidad and Tobago", "Trinidad and Tobago"),
    ],
)
def test_a_city_and_a_country_of_two_parts(name: str, country: str) -> None:
    """The name of a country with "and" makes no list of cities."""
    found = built((name, country, "", "", *LYON))

    assert name.partition(",")[0] in [city.name for city in found.dataset.cities()]
    assert [Reason.PLACE_IN_NAME] == [remark.reason for remark in found.report.rows[0].remarks]


@pytest.mark.parametrize(
    ("name", "country", "reason"),
    [
        ("None", "Spain", "is a missing-value marker, except in IT"),
        ("Gyõr", "Hungary", "has letters that names in HU do not have"),
        ("Plzeò", "Czechia", "has letters that names in CZ do not have"),
        ("Ýzmir", "Turkey", "has letters that names in TR do not have"),
        ("£ódŸ", "Poland", "is text read with the wrong encoding"),
        ("Ìîñêâà", "Russia", "is text read with the wrong encoding"),
        ("Iaºi", "Romania", "is text read with the wrong encoding"),
        ('list(name = "Ulm")', "Germany", "is structured text"),
        ("City(name=Ulm)", "Germany", "is structured text"),
        ("ISO 3166-2:DE-BE", "Germany", "is an identifier"),
        ("ChIJAVkDPzdOqEcRcDteW0YgIQQ", "Germany", "is an identifier"),
    ],
)
def test_texts_that_are_no_names_in_a_country(name: str, country: str, reason: str) -> None:
    """Some texts are names in one country only, and some are never names."""
    (row, *_) = built((name, country, "", "", *LYON)).report.rows

    assert "rejected" == row.outcome
    assert reason in row.remarks[-1].detail


@pytest.mark.parametrize("mark", [" ⁽²⁾", "₁", "⁎", " ※", "[注 1]", " [réf. nécessaire]", "[прим. 3]"])
def test_footnote_marks_in_other_scripts(mark: str) -> None:
    """They are removed with a remark."""
    checked = check_name(f"Ulm{mark}")

    assert ("Ulm", [Reason.FOOTNOTE]) == (checked.name, [remark.reason for remark in checked.remarks])


@pytest.mark.parametrize("name", ["None", "Nan", "Año Nuevo", "Århus", "Köln", "São Paulo", "Ötztal (Sölden)", "Y"])
def test_names_that_look_odd_are_names(name: str) -> None:
    """None is a town in Italy, and Nan one in Thailand; and no letter of Latin-1 makes a name a misread one."""
    found = built((name, "Italy", "", "", *LYON))

    assert name in [city.name for city in found.dataset.cities()]


def test_a_profile_has_its_own_words_for_what_is_over() -> None:
    """Its statuses, but for that of what is in force, are notes where they stand beside a name."""
    profile = evolve(PAIRS, status="city2", statuses={"schlummert": fc.Status.SUSPENDED, "blüht": fc.Status.ACTIVE})
    reasons = [
        {remark.reason for remark in row.remarks}
        for row in built(
            *((f"Vík ({word})", *VIK[1:], *LYON) for word in ("schlummert", "blüht")), profile=profile
        ).report.rows
    ]

    assert Reason.NOTE_IN_NAME in reasons[0]
    assert Reason.COMPOUND_NAME in reasons[1]


KOLN, KOELN = ("Q365", "50.94", "6.96"), ("Q365", "50.9", "6.9")
NEAR_NOTHING = ("", "", "")


@pytest.mark.parametrize(
    ("alike", "names", "where"),
    [
        (True, ("Köln", "Koeln"), (NEAR_NOTHING, NEAR_NOTHING)),
        (True, ("Köln", "Koeln"), (KOLN, NEAR_NOTHING)),
        (True, ("Köln", "Koeln"), (KOLN, ("", *KOELN[1:]))),
        (False, ("Köln", "Koeln"), (KOLN, ("Q1", *KOELN[1:]))),
        (False, ("Köln", "Koeln"), (("", *KOLN[1:]), ("", "48.14", "11.58"))),
        (False, ("Köln", "Kiel"), (NEAR_NOTHING, NEAR_NOTHING)),
        (False, ("Köln", "koln"), (KOLN, KOELN)),
    ],
)
def test_names_that_differ_in_an_umlaut_are_remarked(
    *, alike: bool, names: tuple[str, str], where: tuple[tuple[str, str, str], tuple[str, str, str]]
) -> None:
    """Unless an id or the place tells the two apart; they are kept apart, for they may be two."""
    profile = Profile.parse(
        """
        [cities]
        level = "town"
        [first]
        name = "a"
        country_is = "DE"
        wikidata = "id"
        latitude = "lat"
        longitude = "lng"
        [second]
        name = "b"
        country_is = "FR"
        """
    )
    rows = [(name, *place, "Lyon") for name, place in zip(names, where, strict=True)]
    report = built(*rows, profile=profile, columns=("a", "id", "lat", "lng", "b")).report

    words = [remark.detail for row in report.rows_with(Reason.NAMES_ALIKE) for remark in row.remarks]
    told = [f"{one!r} and {other!r} may be one place; if so, use one spelling" for one, other in (names, names[::-1])]
    assert (told if alike else []) == words


@pytest.mark.parametrize(
    ("expected", "claims"),
    [
        ([("established", "1994", "sister_city")], [("1994", "p")]),
        ([("listed", "None", "contact")], [("", "k")]),
        (
            [("established", "2009", "friendship_city"), ("upgraded", "2011", "sister_city")],
            [("2011", "p"), ("2009", "f")],
        ),
        ([("established", "1999", "sister_city"), ("renewed", "2001", "contact")], [("1999", "p"), ("2001", "k")]),
        (
            [("established", "2000", "friendship_city"), ("upgraded", "2000", "sister_city")],
            [("2000", "p"), ("2000", "f")],
        ),
        ([("established", "1994", "sister_city")], [("1994", "p"), ("", "p"), ("", "k"), ("", "")]),
        ([("listed", "None", "contact")], [("", "k"), ("", "")]),
        ([("listed", "None", "contact"), ("listed", "None", "sister_city")], [("", "p"), ("", "k")]),
        ([("established", "1994-10-21", "sister_city")], [("1994", "p"), ("1994-10-21", "p"), ("1994-10", "p")]),
        ([("established", "1994-10-21", "sister_city")], [("1994", "p"), ("1994-10-21", "")]),
        ([("established", "1994", "sister_city")], [("1994", ""), ("1994", "p")]),
        (
            [("established", "1994-03", "friendship_city"), ("upgraded", "1994-10-21", "sister_city")],
            [("1994", "p"), ("1994-10-21", "p"), ("1994-03", "f")],
        ),
        (
            [("established", "1994", "contact"), ("upgraded", "1994-10-21", "sister_city")],
            [("1994", "k"), ("1994-10", "p"), ("1994-10-21", "")],
        ),
        (
            [
                ("established", "1994", "unspecified"),
                ("renewed", "1996", "sister_city"),
                ("renewed", "1999", "unspecified"),
            ],
            [("1994", ""), ("1996", "p"), ("1999", "")],
        ),
        (
            [
                ("established", "1994", "sister_city"),
                ("renewed", "1996", "unspecified"),
                ("renewed", "1999", "sister_city"),
            ],
            [("1994", "p"), ("1996", ""), ("1999", "p")],
        ),
    ],
)
def test_rows_of_one_pair_are_one_history(expected: list[tuple[str, str, str]], claims: list[tuple[str, str]]) -> None:
    """Other years and kinds are steps, in the order of their dates, the closer kind the later."""
    assert expected == [(step.action, str(step.date), step.kind) for step in dated(*claims).steps]


def test_a_listing_beside_a_date_is_evidence_that_contradicts_nothing() -> None:
    """Rows without a date stand beside the dated step; one of another kind says so, and that is a disagreement."""
    same = dated(("1994", "p"), ("", "p"), ("", ""))
    other = dated(("1994", "p"), ("", "k"))

    assert ["row 2", "row 4", "row 3"] == [told.locator for told in same.steps[0].evidence]
    assert [False, True] == [same.disputed, other.disputed]


def test_a_coarser_date_stands_beside_the_closer_one() -> None:
    """A year and a day of it are one step; the rows that know less say so, contradict nothing, and count as merged."""
    rows = [
        ("Vik", "Lyon", "France", "", *claim) for claim in (("1994", "p"), ("1994-10-21", ""), ("", "p"), ("1994", "p"))
    ]
    found = built(*rows, profile=DATED, columns=DATED_COLUMNS)

    [tie] = found.dataset.partnerships()
    [step] = tie.steps
    assert not tie.disputed
    assert [
        ("row 3", ("date", "action"), {}),
        ("rows 2, 5", ("action", "kind"), {"date": fc.PartialDate(1994)}),
        ("row 4", ("kind",), {"action": "listed"}),
    ] == [(told.locator, told.supports, dict(told.claims)) for told in step.evidence]
    assert [
        (2, "merged", "row 3 describes the same step; for the step, the date is 1994-10-21"),
        (4, "merged", "row 3 describes the same step; for the step, the date is 1994-10-21"),
        (5, "merged", "row 3 describes the same step; for the step, the date is 1994-10-21"),
    ] == [(row.number, row.outcome.value, row.remarks[-1].detail) for row in found.report.rows_with(Reason.REPEATED)]


def test_a_row_that_names_no_kind_tells_of_what_another_names() -> None:
    """It is merged with the row that does."""
    rows = [("Vik", "Lyon", "France", "", "1994", kind) for kind in ("", "p")]
    report = built(*rows, profile=DATED, columns=DATED_COLUMNS).report

    assert ["row 3 describes the same step; for the step, the kind is sister_city"] == [
        each.detail for each in report.rows[0].remarks
    ]


def test_a_listing_tells_of_the_last_step_of_its_kind() -> None:
    """Without a date, a row stands beside what it can tell of, and not beside an earlier step of another kind."""
    tie = dated(("2009", "f"), ("2011", "p"), ("", "f"), ("", ""), ("", "k"))

    assert [["row 2", "row 4"], ["row 3", "row 5", "row 6"]] == [[e.locator for e in s.evidence] for s in tie.steps]


def test_a_beginning_to_come_is_a_proposal() -> None:
    """The file cannot know that it happened; the date is left out, and the report says so."""
    rows = [("Vik", name, "France", "", date, "p") for name, date in (("Lyon", "2026"), ("Nice", "2027-01-01"))]
    found = built(*rows, profile=DATED, columns=DATED_COLUMNS)

    [row] = found.report.rows_with(Reason.DATE_AFTER_SOURCE)
    detail = "the start 2027-01-01 is after 2026, the date of the file, so the partnership is only proposed"
    assert (3, f"{detail}; the date is left out") == (row.number, row.remarks[0].detail)
    assert [("established", "2026"), ("proposed", "None")] == [
        (step.action, str(step.date)) for tie in found.dataset.partnerships() for step in tie.steps
    ]


def test_a_reading_of_several_rows_is_said_to_be_one() -> None:
    """That a second year is a renewal is ours to say, and the note says that."""
    first, second = dated(("1952", "p"), ("1977", "p")).steps

    assert (None, "renewed") == (first.note, second.action)
    assert str(second.note).startswith("The file has several rows for this pair")


def test_words_that_the_profile_lacks() -> None:
    """A kind that is not declared is left out; a date that is none as well, and what may be over is not in force."""
    found = built(("Vik", "Lyon", "France", "", "long ago", "x"), profile=DATED, columns=DATED_COLUMNS)

    assert [Reason.KIND_UNKNOWN, Reason.DATE_UNREADABLE] == [r.reason for r in found.report.rows[0].remarks]
    assert "unknown kind 'x'; add the word to [steps.kinds] of the profile" == found.report.rows[0].remarks[0].detail
    [tie] = found.dataset.partnerships()
    assert [("unconfirmed", None, "unspecified")] == [(step.action, step.date, step.kind) for step in tie.steps]
    assert fc.Status.UNCONFIRMED is tie.state.status


def test_ids_of_wikidata_are_kept() -> None:
    """As an id or an address; what is neither is left out, and reported."""
    rows = [("Vik", "Lyon", "France", "http://www.wikidata.org/entity/Q456", "", ""), ("Vik", "Bar", "ME", "x", "", "")]
    found = built(*rows, profile=DATED, columns=DATED_COLUMNS)

    assert ["'x' is not a Wikidata id such as 'Q3955'"] == [e.detail for r in found.report.rows for e in r.remarks]
    assert [{"wikidata": "Q456"}, {}, {}] == [dict(city.identifiers) for city in found.dataset.cities()]


def test_nothing_is_a_register_with_its_source() -> None:
    """A file of which nothing could be taken gives its source and a report."""
    found = built()

    assert (0, 1) == (found.report.total, len(found.dataset))


PLACED = Profile.parse(
    """
    [cities]
    level = "town"
    [first]
    name = "a"
    country_is = "IS"
    [second]
    name = "b"
    country_is = "US"
    latitude = "north"
    longitude = "east"
    wikidata = "id"
    """
)
ILLINOIS, NEAR_IT, MISSOURI, NOWHERE = ("39.8", "-89.65"), ("39.81", "-89.64"), ("37.2", "-93.3"), ("", "")

BETWEEN, EAST_OF_IT = ("39.8", "-89.2"), ("39.8", "-88.75")


def placed(*rows: tuple[tuple[str, str], str]) -> list[str | None]:
    """The Springfield that each row names, by its point and its id; ``None`` where it cannot be told."""
    cells = [("Vik", "Springfield", *point, id_) for point, id_ in rows]
    report = built(*cells, profile=PLACED, columns=("a", "b", "north", "east", "id")).report
    assert all(row.partnership or [Reason.AMBIGUOUS_CITY] == [e.reason for e in row.remarks] for row in report.rows)
    return [None if row.partnership is None else row.partnership.partition("--us-")[2] for row in report.rows]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([(NOWHERE, "Q1"), (NOWHERE, "Q2")], ["-q1", "-q2"], id="two ids"),
        pytest.param([(ILLINOIS, "Q1"), (ILLINOIS, "Q2")], ["-q1", "-q2"], id="two ids at one point"),
        pytest.param([(ILLINOIS, "Q1"), (MISSOURI, "Q1")], ["", ""], id="one id far apart"),
        pytest.param([(NOWHERE, "Q1"), (NOWHERE, "")], ["", ""], id="one id and none"),
        pytest.param([(NOWHERE, "Q1"), (NOWHERE, "Q2"), (NOWHERE, "")], ["-q1", "-q2", None], id="which of two ids"),
        pytest.param([(ILLINOIS, "Q1"), (NEAR_IT, "")], ["", ""], id="near the one with an id"),
        pytest.param(
            [(ILLINOIS, "Q1"), (MISSOURI, "Q2"), (NEAR_IT, "")], ["-q1", "-q2", "-q1"], id="near one of two ids"
        ),
        pytest.param([(ILLINOIS, "Q1"), (ILLINOIS, "Q2"), (NEAR_IT, "")], ["-q1", "-q2", None], id="near both"),
        pytest.param(
            [(ILLINOIS, "Q1"), (MISSOURI, ""), (NOWHERE, "")], ["-q1", "-n37d20w93d30", None], id="far from the id"
        ),
        pytest.param([(ILLINOIS, "Q1"), (EAST_OF_IT, "Q1"), (BETWEEN, "")], ["", "", ""], id="between two of one id"),
        pytest.param([(NOWHERE, "Q1"), (MISSOURI, "")], ["", ""], id="an id that is nowhere, and one point"),
        pytest.param(
            [(NOWHERE, "Q1"), (MISSOURI, ""), (ILLINOIS, "")], ["", None, None], id="an id that is nowhere, two points"
        ),
        pytest.param(
            [(NOWHERE, "Q1"), (ILLINOIS, "Q2"), (MISSOURI, "")], ["-q1", "-q2", None], id="one id of two is nowhere"
        ),
    ],
)
def test_places_of_one_name(rows: list[tuple[tuple[str, str], str]], expected: list[str | None]) -> None:
    """Ids tell places apart, then points; a row that could be several is not taken, whatever the order of the rows."""
    expected = [None if each is None else f"springfield{each}" for each in expected]

    assert expected == placed(*rows)
    assert expected == placed(*rows[::-1])[::-1]


def test_no_id_is_too_long() -> None:
    """Where an id elsewhere has many digits, ours has a few letters that stand for it."""
    first, second = placed((NOWHERE, f"Q{'1' * 95}"), (NOWHERE, "Q2"))

    assert (True, "springfield-q2") == (str(first).startswith("springfield-x"), second)


def test_ids_here_are_never_shared() -> None:
    """Not by names that differ in other letters alone at one point, nor by one that is spelt as an id."""
    there = ("CN", "30.0", "120.0")
    found = built(("Ab 上", *there, *LYON), ("Ab 海", *there, *LYON), ("Ab n30d00e120d00", *there, *LYON))

    assert 3 == len([city for city in found.dataset.cities() if city.country == "CN"])


def test_many_names_at_one_point_and_many_points_of_one_name() -> None:
    """The places of a file are told apart without comparing each with each."""
    alike = [(f"Lyon {number}", "France", "45.76", "4.84", *VIK) for number in range(3_000)]
    spread = [("Ely", "US", str(30 + at % 100 / 10), str(-110 + at // 100 / 10), *VIK) for at in range(3_000)]
    found = built(*alike, *spread)

    assert "'Lyon 0' has the same point as 'Lyon 1', 'Lyon 10', 'Lyon 100' and 2,996 more" == (
        found.report.rows[0].remarks[-1].detail
    )
    assert all(city.id.startswith("us-ely-n") for city in found.dataset.cities() if city.country == "US")
