"""What cells state of a partnership when they are in doubt or look ahead, and of a city when its point is wrong."""

from typing import Any

import pytest
from attrs import evolve

import friendcities as fc
from friendcities.importers import ImportResult, Outcome, Profile, Reason
from friendcities.importers.claims import names_end
from friendcities.importers.profile import CityColumns
from tests.cases import for_each_case
from tests.tables import COLUMNS, PAIRS, built

STATED = Profile.parse(
    """
    [cities]
    level = "town"
    [first]
    name = "a"
    country_is = "IS"
    [second]
    name = "b"
    country_is = "FR"
    [steps]
    date = "since"
    kind = "form"
    status = "state"
    end = "until"
    [steps.kinds]
    P = "sister_city"
    jumelage = "sister_city"
    hermanamiento = "sister_city"
    Partnerschaft = "sister_city"
    gemellaggio = "sister_city"
    partnerstwo = "sister_city"
    "побратим" = "sister_city"
    "友好城市" = "sister_city"
    "sister city" = "sister_city"
    "exchange?" = "friendly_exchange"
    [steps.statuses]
    active = "active"
    ended = "ended"
    suspended = "suspended"
    "maybe" = "unconfirmed"
    "planned?" = "proposed"
    """
)


COLUMNS_STATED = ("a", "b", "since", "form", "state", "until")


def stated(since: str = "", kind: str = "", status: str = "", until: str = "") -> ImportResult:
    """What is made of one row."""
    row = ("Vik", "Lyon", since, kind, status, until)
    return built(row, profile=STATED, columns=COLUMNS_STATED)


@for_each_case(
    [
        ({"status": "active ?"}, "the status 'active ?' expresses doubt"),
        ({"status": "ended ?"}, "the status 'ended ?' expresses doubt"),
        ({"status": "active (?)"}, "the status 'active (?)' expresses doubt"),
        ({"status": "evtl. ended"}, "the status 'evtl. ended' expresses doubt"),
        ({"status": "probably active"}, "the status 'probably active' expresses doubt"),
        ({"status": "?"}, "the status '?' expresses doubt"),
        ({"kind": "P?"}, "the kind 'P?' expresses doubt"),
        ({"kind": "P (?)"}, "the kind 'P (?)' expresses doubt"),
        ({"kind": "jumelage rompu"}, "the kind 'jumelage rompu' has a word for a past partnership"),
        ({"kind": "ehem. P"}, "the kind 'ehem. P' has a word for a past partnership"),
        ({"kind": "former jumelage"}, "the kind 'former jumelage' has a word for a past partnership"),
        ({"kind": "P?", "status": "active"}, "the kind 'P?' expresses doubt"),
        ({"status": "active ？"}, "the status 'active ？' expresses doubt"),
        ({"status": "active（？）"}, "the status 'active（？）' expresses doubt"),
        ({"status": "active¿"}, "the status 'active¿' expresses doubt"),
        ({"status": "active ⁇"}, "the status 'active ⁇' expresses doubt"),
        ({"status": "active, wahrscheinlich"}, "the status 'active, wahrscheinlich' expresses doubt"),
        ({"kind": "P ？"}, "the kind 'P ？' expresses doubt"),
        ({"kind": "jumelage peut-être"}, "the kind 'jumelage peut-être' expresses doubt"),
        ({"kind": "hermanamiento roto"}, "the kind 'hermanamiento roto' has a word for a past partnership"),
        ({"kind": "jumelage dénoncé"}, "the kind 'jumelage dénoncé' has a word for a past partnership"),
        ({"kind": "Partnerschaft aufgelöst"}, "the kind 'Partnerschaft aufgelöst' has a word for a past partnership"),
        ({"kind": "aufgelöste Partnerschaft"}, "the kind 'aufgelöste Partnerschaft' has a word for a past partnership"),
        ({"kind": "gemellaggio sciolto"}, "the kind 'gemellaggio sciolto' has a word for a past partnership"),
        ({"kind": "partnerstwo zakończone"}, "the kind 'partnerstwo zakończone' has a word for a past partnership"),
        ({"kind": "бывший побратим"}, "the kind 'бывший побратим' has a word for a past partnership"),
        ({"kind": "P†"}, "the kind 'P†' expresses doubt"),
        ({"kind": "jumelage 1980–2010"}, "the kind 'jumelage 1980–2010' contains a period that may be over"),
        ({"kind": "P (1980-2010)"}, "the kind 'P (1980-2010)' contains a period that may be over"),
        ({"kind": "友好城市（已终止）"}, "the kind '友好城市（已终止）' has a word for a past partnership"),
    ]
)
def test_doubt_leaves_a_partnership_unconfirmed(cells: dict[str, str], detail: str) -> None:
    """The report has the reason; a kind that can be read is kept."""
    found = stated(**cells)

    [tie] = found.dataset.partnerships()
    assert fc.Status.UNCONFIRMED is tie.state.status
    assert ("sister_city" if "kind" in cells else "unspecified") == tie.state.kind
    assert (Reason.DOUBTFUL, f"{detail}; the partnership is unconfirmed") in [
        (remark.reason, remark.detail) for remark in found.report.rows[0].remarks
    ]


@for_each_case([("旧友好都市",), ("元姉妹都市",), ("原友好城市",), ("rescinded",), ("beendet",)])
def test_a_kind_with_only_a_word_for_the_past(kind: str) -> None:
    """The kind is unspecified, the partnership is unconfirmed, and the report does not ask what the kind means."""
    found = stated(kind=kind)

    [partnership] = found.dataset.partnerships()
    assert (fc.Status.UNCONFIRMED, "unspecified") == (partnership.state.status, partnership.state.kind)
    assert [Reason.DOUBTFUL] == [remark.reason for remark in found.report.rows[0].remarks]


def test_words_that_a_profile_has_are_no_doubt() -> None:
    """The profile says what its words mean, question marks too."""
    found = stated(kind="exchange?", status="planned?")

    [tie] = found.dataset.partnerships()
    assert ("friendly_exchange", "proposed", ()) == (tie.state.kind, tie.state.status, found.report.rows[0].remarks)


def test_a_doubtful_kind_of_what_ended() -> None:
    """That a partnership ended is more than that its kind has a word of the past."""
    [tie] = stated(kind="jumelage rompu", until="1999").dataset.partnerships()

    assert ("ended", "1999") == (tie.state.status, str(tie.steps[-1].date))


@for_each_case(
    [
        ({"kind": "sister city until 2010"}, "ended", "2010", "sister_city"),
        ({"kind": "Sister city (until 2010-05)"}, "ended", "2010-05", "sister_city"),
        ({"kind": "Partnerschaft bis 2010"}, "ended", "2010", "sister_city"),
        ({"kind": "jumelage jusqu'en 2010"}, "ended", "2010", "sister_city"),
        ({"kind": "jumelage, dénoncé en 2010"}, "ended", "2010", "sister_city"),
        ({"status": "active until 2010"}, "ended", "2010", "unspecified"),
        ({"status": "until 2010"}, "ended", "2010", "unspecified"),
        ({"status": "ended in 2010"}, "ended", "2010", "unspecified"),
        ({"status": "suspended 2010", "kind": "P"}, "suspended", "2010", "sister_city"),
        # words that the profile does not name
        ({"status": "beendet 2010"}, "ended", "2010", "unspecified"),
        ({"status": "terminated 2010-05"}, "ended", "2010-05", "unspecified"),
        ({"status": "2010 beendet"}, "ended", "2010", "unspecified"),
        ({"status": "ruht seit dem Jahr 2010"}, "suspended", "2010", "unspecified"),
        ({"status": "приостановлены в 2010"}, "suspended", "2010", "unspecified"),
        ({"status": "прекращение 2010"}, "ended", "2010", "unspecified"),
        ({"status": "1990–2010"}, "ended", "2010", "unspecified"),
        ({"status": "–2010"}, "ended", "2010", "unspecified"),
        ({"status": "1990–2010 (beendet)"}, "ended", "2010", "unspecified"),
        # the column of ends
        ({"until": "ended in 2010"}, "ended", "2010", "unspecified"),
        ({"until": "bis 2010"}, "ended", "2010", "unspecified"),
        ({"until": "1990–2010"}, "ended", "2010", "unspecified"),
        ({"until": "–2010"}, "ended", "2010", "unspecified"),
        ({"until": "suspended in 2010"}, "suspended", "2010", "unspecified"),
        ({"until": "ended"}, "ended", "None", "unspecified"),
        ({"until": "heute"}, "active", "None", "unspecified"),
        ({"kind": "P until 2010-05-01 12:00"}, "ended", "2010-05-01", "sister_city"),
    ]
)
def test_an_end_in_a_kind_or_a_status(cells: dict[str, str], status: str, end: str, kind: str) -> None:
    """The date behind a word such as "until" or "ended" is the end; the column of ends comes first."""
    found = stated(**cells)

    [tie] = found.dataset.partnerships()
    assert (status, end, kind, ()) == (
        tie.state.status,
        str(tie.steps[-1].date),
        tie.steps[0].kind,
        found.report.rows[0].remarks,
    )


@for_each_case(
    [
        ({"since": "1980", "until": "1990–2010"}, "the row states two dates of the start: 1980 and 1990"),
        ({"since": "1990–2009", "until": "2010"}, "the row states two dates of the end: 2010 and 2009"),
        ({"kind": "P until 2010", "until": "2011"}, "the row states two dates of the end: 2011 and 2010"),
        ({"status": "active", "until": "ended"}, "the status is active, but another cell states that it is ended"),
    ]
)
def test_cells_that_contradict_one_another(cells: dict[str, str], detail: str) -> None:
    """The first date is used, and the other one is reported."""
    [remark] = stated(**cells).report.rows[0].remarks
    assert (Reason.CONTRADICTORY, detail) == (remark.reason, remark.detail.partition("; the partnership")[0])


@for_each_case(
    [
        ({"kind": "sister city until 2035"}, "active", Reason.DATE_AFTER_SOURCE),
        ({"kind": "sister city until recently"}, "active", Reason.KIND_UNKNOWN),
        ({"status": "ended 2035"}, "unconfirmed", Reason.CONTRADICTORY),
        ({"status": "asleep 2010"}, "unconfirmed", Reason.STATUS_UNKNOWN),
        ({"status": "ended", "until": "2035"}, "unconfirmed", Reason.CONTRADICTORY),
        ({"since": "1990", "status": "ended", "until": "2027-01-31"}, "unconfirmed", Reason.CONTRADICTORY),
        ({"since": "1990", "status": "suspended", "until": "2035"}, "unconfirmed", Reason.CONTRADICTORY),
    ]
)
def test_ends_that_have_not_happened(cells: dict[str, str], status: str, reason: Reason) -> None:
    """A status that states an end contradicts an end to come, so that the partnership is unconfirmed."""
    found = stated(**cells)

    [tie] = found.dataset.partnerships()
    assert (status, [reason]) == (tie.state.status, [remark.reason for remark in found.report.rows[0].remarks])
    assert ("; the partnership is unconfirmed" in found.report.rows[0].remarks[0].detail) == (status == "unconfirmed")


def test_doubt_about_a_stated_status() -> None:
    """The doubtful row is evidence of the same step that claims another action, and the report names the other row."""
    rows = [("Vik", "Lyon", since, "", status, "") for since, status in (("1990", "active"), ("1990", "active ?"))]
    found = built(*rows, ("Vik", "Lyon", "1995", "", "?", ""), profile=STATED, columns=COLUMNS_STATED)

    [step] = found.dataset.partnerships()[0].steps
    assert [{}, {"action": "unconfirmed"}, {"action": "unconfirmed", "date": fc.PartialDate(1995)}] == [
        dict(item.claims) for item in step.evidence
    ]
    assert ("date",) == step.evidence[1].supports
    assert (
        Reason.CONTRADICTORY,
        "row 2 confirms the partnership; the doubt of this row is recorded as a contrary claim",
    ) in [(remark.reason, remark.detail) for remark in found.report.rows[1].remarks]


@for_each_case([("1994", "1994.0"), ("1994", "1994.00"), ("1994", "1994,0"), ("1994", "1994")])
def test_years_of_columns_with_gaps(year: str, text: str) -> None:
    """A year as programs write it if other cells of the column are blank."""
    [tie] = stated(since=text).dataset.partnerships()

    assert year == str(tie.established)


@for_each_case(
    [
        ({"since": "2030"}, ["proposed"], [Reason.DATE_AFTER_SOURCE]),
        ({"since": "2030", "status": "active"}, ["unconfirmed"], [Reason.CONTRADICTORY]),
        ({"since": "2030", "status": "ended"}, ["listed", "ended"], [Reason.DATE_AFTER_SOURCE]),
        ({"since": "2030", "status": "planned?"}, ["proposed"], [Reason.DATE_AFTER_SOURCE]),
        ({"since": "1990", "until": "2035"}, ["established 1990"], [Reason.DATE_AFTER_SOURCE]),
        ({"since": "1990", "until": "2035", "status": "active"}, ["established 1990"], [Reason.DATE_AFTER_SOURCE]),
        ({"since": "2026", "until": "2027-01"}, ["established 2026"], [Reason.DATE_AFTER_SOURCE]),
    ]
)
def test_dates_to_come(cells: dict[str, str], steps: list[str], reasons: list[Reason]) -> None:
    """In a file of 2026 a later beginning is a proposal, and a later end has not happened."""
    found = stated(**cells)

    assert steps == [f"{s.action} {s.date or ''}".strip() for tie in found.dataset.partnerships() for s in tie.steps]
    assert reasons == [remark.reason for remark in found.report.rows[0].remarks]


@for_each_case(
    [
        ({"since": "2030"}, ", so the partnership is only proposed; the date is left out"),
        ({"since": "2030", "status": "ended"}, "; the date is left out"),
        ({"since": "2030", "status": "active"}, ", but the status is active; the partnership is unconfirmed"),
    ]
)
def test_remarks_on_dates_to_come(cells: dict[str, str], end: str) -> None:
    """The remark states what the importer does with the date."""
    [remark] = stated(**cells).report.rows[0].remarks
    assert f"the start 2030 is after 2026, the date of the file{end}" == remark.detail


@for_each_case(
    [((), "; the partnership is unconfirmed"), (("%d.%m.%Y",), ", or one of the date_formats of the profile; the")]
)
def test_the_remark_on_an_invalid_date(formats: tuple[str, ...], end: str) -> None:
    """The remark names the formats of the profile, if the profile has any."""
    found = built(
        ("Vik", "Lyon", "long ago", "", "", ""), profile=evolve(STATED, date_formats=formats), columns=COLUMNS_STATED
    )
    [remark] = found.report.rows[0].remarks
    assert remark.detail.startswith(f"invalid date 'long ago'; expected a date like '1994' or '1994-10-21'{end}")


def placed(*rows: tuple[str, str, str, str]) -> ImportResult:
    """What is made of rows of Vík and these cities: name, country and point."""
    return built(*(("Vík", "Iceland", "", "", *row) for row in rows))


class TestPoints:
    """Points that do not fit the country of their row."""

    @pytest.mark.parametrize(
        ("city", "ids"),
        [
            ("Saint-Denis", {"fr-saint-denis", "re-saint-denis"}),
            ("Le Port", {"fr-le-port", "re-le-port"}),
        ],
    )
    def test_a_point_in_a_territory_gives_the_code_of_the_territory(self, city: str, ids: set[str]) -> None:
        """Two places of one name, 9,370 km from each other."""
        found = placed((city, "France", "48.94", "2.35"), (city, "France", "-20.88", "55.45"))
        remarks = [[(each.reason, each.detail) for each in row.remarks] for row in found.report.rows]

        assert ids == {str(each.id) for each in found.dataset.cities() if each.country != "IS"}
        detail = f"'{city}' in FR read as RE, which has its own country code"
        assert [[], [(Reason.TERRITORY, detail)]] == remarks

    @pytest.mark.parametrize(
        ("row", "words"),
        [
            (("Stockholm", "Denmark", "59.33", "18.07"), "is outside DK, in the area of NO, SE;"),
            (("Peking", "China", "40.57", "-89.65"), "is outside CN, in the area of CA, US;"),
            (("Perth", "United Kingdom", "-31.95", "115.86"), "is outside GB, in the area of AU"),
            (("Suva", "New Zealand", "-18.14", "178.44"), "is outside NZ, in the area of FJ"),
        ],
    )
    def test_a_point_deep_in_another_country_refuses_the_row(self, row: tuple[str, str, str, str], words: str) -> None:
        """The country or the point is wrong, and nothing shows which."""
        [read] = placed(row).report.rows

        assert (Outcome.REJECTED, [Reason.COORDINATES_OUTSIDE]) == (read.outcome, [r.reason for r in read.remarks])
        assert words in read.remarks[0].detail

    def test_a_refused_point_is_not_no_point(self) -> None:
        """A row whose point lies in the sea does not join a namesake far away; alone, it is imported."""
        lyon, at_sea = ("Lyon", "France", "45.76", "4.84"), ("Lyon", "France", "45.76", "-14.84")
        near = ("Lyon", "France", "45.7", "4.8")

        assert [True] == [row.partnership is not None for row in placed(at_sea).report.rows]
        report = placed(lyon, at_sea, near).report
        assert [True, False, True] == [row.partnership is not None for row in report.rows]
        assert Reason.AMBIGUOUS_CITY in {remark.reason for remark in report.rows[1].remarks}

    def test_a_swapped_point_is_compared_the_right_way_round(self) -> None:
        """It lies where the city does, so both rows are about one city."""
        report = placed(("Lyon", "France", "45.76", "4.84"), ("Lyon", "France", "4.84", "45.76")).report

        assert ["fr-lyon--is-vik"] * 2 == [row.partnership for row in report.rows]

    def test_a_refused_point_with_an_id(self) -> None:
        """The id tells which place is meant."""
        profile = evolve(PAIRS, second=evolve(PAIRS.second, wikidata="id"))
        columns = (*COLUMNS, "id")
        rows = [(*("Vík", "Iceland", "", ""), "Lyon", "France", "45.76", east, "Q456") for east in ("4.84", "-14.84")]

        report = built(*rows, profile=profile, columns=columns).report
        assert ["fr-lyon--is-vik"] * 2 == [row.partnership for row in report.rows]


class TestCells:
    """One cell for two things, and one thing for all rows."""

    def test_a_city_and_its_country_in_one_cell(self) -> None:
        """The profile names one column for both."""
        profile = evolve(PAIRS, second=CityColumns("partner", country="partner"))
        cells = [
            "Lyon, France",
            "Bar (Montenegro)",
            "St. John's, Antigua and Barbuda",
            "Seoul, Korea, South",
            "Brazzaville, Congo, Republic of the",
            "Washington, D.C., USA",
            "Kinshasa, Congo (Kinshasa)",
            "Frankfurt (Oder) (Germany)",
            "横浜市（日本）",
            "長崎，日本",
            "Nowhere",
            ", France",
            "Bar, Narnia",
        ]
        rows = [("Vík", "Iceland", "", "", cell) for cell in cells]
        found = built(*rows, profile=profile, columns=(*COLUMNS[:4], "partner"))
        data, report = found.dataset, found.report

        read = [
            "Lyon FR",
            "Bar ME",
            "St. John's AG",
            "Seoul KR",
            "Brazzaville CG",
            "Washington US",
            "Kinshasa CD",
        ]
        read += ["Frankfurt (Oder) DE", "横浜市 JP", "長崎 JP"]
        assert read == [
            next(
                f"{city.name} {city.country}"
                for city in map(data.city, row.partnership.split("--"))
                if city.name != "Vík"
            )
            for row in report.rows
            if row.partnership is not None
        ]
        assert [[Reason.BLANK_COUNTRY], [Reason.BLANK_CITY], [Reason.UNKNOWN_COUNTRY]] == [
            [remark.reason for remark in row.remarks] for row in report.rows[-3:]
        ]

    def test_the_list_of_one_town(self) -> None:
        """Its name and country are those of all rows."""
        profile = evolve(PAIRS, first=CityColumns(name_is="Vík", country_is="IS"))
        found = built(("Lyon", "France", "", ""), profile=profile, columns=COLUMNS[4:])

        assert ["fr-lyon--is-vik"] == [tie.id for tie in found.dataset.partnerships()]

    @pytest.mark.parametrize("words", ["either 'name' or 'name_is'"])
    def test_a_name_comes_from_one_place(self, words: str) -> None:
        """From a column or from the profile, not from both."""
        for end in (CityColumns("a", name_is="Vík", country_is="IS"), CityColumns(country_is="IS")):
            with pytest.raises(fc.InvalidQueryError, match=words):
                evolve(PAIRS, first=end)

    @pytest.mark.parametrize(
        ("fill_down", "partners"),
        [
            (("city1", "country1"), ["fr-lyon--is-vik", "fr-nice--is-vik", None]),
            (("country1",), ["fr-lyon--is-vik", None, "fr-bar--is-hofn"]),
        ],
    )
    def test_a_country_is_not_filled_beside_an_own_city(self, fill_down: tuple[str, ...], partners: list[Any]) -> None:
        """A row with its own city needs its own country, unless the country alone is filled down, as in groups."""
        rows = [("Vík", "Iceland", "Lyon"), ("", "", "Nice"), ("Höfn", "", "Bar")]
        profile = evolve(
            PAIRS,
            first=CityColumns("city1", country="country1"),
            second=CityColumns("city2", country_is="FR"),
            fill_down=fill_down,
        )

        report = built(*rows, profile=profile, columns=("city1", "country1", "city2")).report
        assert partners == [row.partnership for row in report.rows]

    @pytest.mark.parametrize(
        ("fill_down", "rows", "partners", "detail"),
        [
            (("city1", "country1"), [("", "Austria", "")], [None], "country1 is 'Austria'"),
            (("city1",), [("", "Austria", "")], [None], "country1 is 'Austria'"),
            (("city1", "country1"), [("", "", "Q64")], [None], "id1 is 'Q64'"),
            (("city1", "country1"), [("", "Germany", "Q3012"), ("", "", "")], ["de-ulm--fr-b1", "de-ulm--fr-b2"], ""),
            (
                ("city1", "country1"),
                [("", "", ""), ("", "Austria", "")],
                ["de-ulm--fr-b1", None],
                "country1 is 'Austria'",
            ),
            (("city1",), [("", "Germany", ""), ("", "Austria", "")], ["de-ulm--fr-b1", None], "country1 is 'Austria'"),
            (("city1", "country1"), [("", "Austria", ""), ("", "", "")], [None, None], "no city is named"),
            (("city1", "country1"), [("Wels", "Austria", ""), ("", "", "")], ["at-wels--fr-b1", "at-wels--fr-b2"], ""),
        ],
    )
    def test_a_blank_city_beside_a_new_country_is_not_filled(
        self, fill_down: tuple[str, ...], rows: list[tuple[str, ...]], partners: list[str | None], detail: str
    ) -> None:
        """The row is about another city than the row above, and is rejected with the reason."""
        profile = evolve(
            PAIRS,
            first=CityColumns("city1", country="country1", wikidata="id1"),
            second=CityColumns("city2", country_is="FR"),
            fill_down=fill_down,
        )
        numbered = [(*row, f"B{number}") for number, row in enumerate([("Ulm", "Germany", "Q3012"), *rows])]
        [_, *read] = built(*numbered, profile=profile, columns=("city1", "country1", "id1", "city2")).report.rows

        assert partners == [row.partnership for row in read]
        assert detail in " ".join(remark.detail for remark in read[-1].remarks if remark.reason is Reason.BLANK_CITY)


@for_each_case(
    [
        ("sister city", False),
        ("former sister city", True),
        ("sister city until 2010", True),
        ("sister city (1980-2010)", True),
        ("1980", False),
    ]
)
def test_texts_with_an_end(text: str, has_end: bool) -> None:  # noqa: FBT001 - the column of a table
    """A word for the past, the word "until" or a period is an end."""
    assert has_end is names_end(text)


@for_each_case(
    [
        # the kind: a period of years, and the two inputs beside it
        ("1958–1999", [("established", "1958"), ("ended", "1999")], None),
        ("1958-05-01 to 1999", [("established", "1958-05-01"), ("ended", "1999")], None),
        ("с 1958 по 1999", [("established", "1958"), ("ended", "1999")], None),
        ("1994–", [("established", "1994")], None),
        ("1994 – heute", [("established", "1994")], None),
        ("1958–2030", [("established", "1958")], Reason.DATE_AFTER_SOURCE),
        ("1999–1958", [("established", "1999"), ("ended", "None")], Reason.CONTRADICTORY),
        # only an end
        ("–1999", [("listed", "None"), ("ended", "1999")], None),
        ("until 1999", [("listed", "None"), ("ended", "1999")], None),
        ("ended in 1999", [("listed", "None"), ("ended", "1999")], None),
        ("beendet 1999", [("listed", "None"), ("ended", "1999")], None),
        ("bis 1999", [("listed", "None"), ("ended", "1999")], None),
        ("1958–1999 (beendet)", [("established", "1958"), ("ended", "1999")], None),
        ("ended", [("listed", "None"), ("ended", "None")], None),
        # another calendar
        ("1372", [("unconfirmed", "None")], Reason.DATE_UNREADABLE),
        ("2537", [("unconfirmed", "None")], Reason.DATE_UNREADABLE),
        # only a start
        ("seit 1994", [("established", "1994")], None),
        ("since 1994", [("established", "1994")], None),
        ("depuis 1994", [("established", "1994")], None),
        ("desde 1994", [("established", "1994")], None),
        ("od 1994", [("established", "1994")], None),
        ("с 1994", [("established", "1994")], None),
        ("с 1994 г.", [("established", "1994")], None),
        # footnote marks
        ("1995[2]", [("established", "1995")], Reason.FOOTNOTE),
        ("1995 (2)", [("established", "1995")], Reason.FOOTNOTE),
        ("1995*", [("established", "1995")], Reason.FOOTNOTE),
        ("1958–1999²", [("established", "1958"), ("ended", "1999")], Reason.FOOTNOTE),
        # doubt
        ("ca. 1995", [("unconfirmed", "None")], Reason.DOUBTFUL),
        ("1995?", [("unconfirmed", "None")], Reason.DOUBTFUL),
        ("около 1995", [("unconfirmed", "None")], Reason.DOUBTFUL),
        ("1958–1999?", [("unconfirmed", "None")], Reason.DOUBTFUL),
        # neither a date nor a period
        ("1994–95", [("unconfirmed", "None")], Reason.DATE_UNREADABLE),
        ("since", [("unconfirmed", "None")], Reason.DATE_UNREADABLE),
        ("?", [("unconfirmed", "None")], Reason.DATE_UNREADABLE),
        ("1995 (ended)", [("unconfirmed", "None")], Reason.DATE_UNREADABLE),
    ]
)
def test_dates_with_words_and_marks(since: str, steps: list[tuple[str, str]], reason: Reason | None) -> None:
    """A period has a start and an end, a footnote mark is removed, and a doubtful date is not recorded."""
    found = stated(since)
    [tie] = found.dataset.partnerships()
    assert steps == [(step.action.value, str(step.date)) for step in tie.steps]
    assert [reason] * (reason is not None) == [remark.reason for remark in found.report.rows[0].remarks]


def test_an_ambiguous_period() -> None:
    """The remark states the two readings of the end."""
    profile = evolve(STATED, date_formats=("%d/%m/%Y", "%m/%d/%Y"))
    found = built(("Vik", "Lyon", "1958–5/6/1999", "", "", ""), profile=profile, columns=COLUMNS_STATED)
    assert ["ambiguous date '1958–5/6/1999': 1999-06-05 or 1999-05-06; the partnership is unconfirmed"] == [
        remark.detail for remark in found.report.rows[0].remarks
    ]


def test_a_footnote_mark_after_an_end() -> None:
    """The mark is removed with a remark, as in the column of starts."""
    found = stated("1958", until="1999[3]")
    [tie] = found.dataset.partnerships()
    assert ["established", "ended"] == [step.action.value for step in tie.steps]
    assert [(Reason.FOOTNOTE, "removed the footnote mark '[3]'; check the text of the footnote")] == [
        (remark.reason, remark.detail) for remark in found.report.rows[0].remarks
    ]


@for_each_case(
    [
        ("ukončené partnerství", "past"),
        ("vorm. Partnerstadt", "past"),
        ("Städtepartnerschaft (geplant)", "planned"),
        ("planned sister city", "planned"),
        ("jumelage en projet", "planned"),
        ("планируемый побратим", "planned"),
    ]
)
def test_words_of_the_past_and_the_future_in_unknown_kinds(kind: str, time: str) -> None:
    """The partnership is unconfirmed, and a remark states the reason."""
    found = stated("1994", kind)

    [tie] = found.dataset.partnerships()
    assert fc.Status.UNCONFIRMED is tie.state.status
    detail = f"the kind {kind!r} has a word for a {time} partnership; the partnership is unconfirmed"
    assert (Reason.DOUBTFUL, detail) in [(remark.reason, remark.detail) for remark in found.report.rows[0].remarks]
