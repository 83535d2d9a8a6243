"""Wikidata's statements as records: entity JSON, results of queries, dates, ranks, references, and what is reported."""

import json
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities.cli import main
from friendcities.importers import ImportResult, Outcome, Reason, read_wikidata
from friendcities.importers.wikidata import api
from friendcities.importers.wikidata.entities import read_date_snak
from friendcities.importers.wikidata.queries import statements_query
from friendcities.importers.wikidata.statements import language_tag, read_date
from tests.endpoints import results, statement, text, uri
from tests.wikidata import EARTH, claim, entity, item, snak, twinned, when, written

VIK = entity("Q901", "Vik", "Q189")
LYON = entity("Q902", "Lyon", "Q142")


def read(folder: Path, *entities: dict[str, Any], **options: Any) -> ImportResult:
    """What is read of some entities."""
    return read_wikidata(written(folder / "entities.json", *entities), **options)


def said(found: ImportResult) -> list[tuple[str, str, str]]:
    """What the report says: outcome, reason and words of each remark."""
    return [(row.outcome.value, each.reason.value, each.detail) for row in found.report.rows for each in row.remarks]


def steps(found: ImportResult) -> list[tuple[str, str | None]]:
    """The steps of the one partnership that was read."""
    [tie] = found.dataset.partnerships()
    return [(step.action.value, None if step.date is None else str(step.date)) for step in tie.steps]


def test_a_statement_becomes_a_partnership(tmp_path: Path) -> None:
    """A start is an establishment, an end an end; both on the word of Wikidata and of the page that it names."""
    page = {"P854": [snak("https://vik.example/lyon")], "P1476": [snak({"text": "Bæir", "language": "is"})]}
    page |= {"P577": [when("+2015-03-01", 10)], "P813": [when("+2020-01-02")]}
    tie = twinned("Q902", when("+1994-10-21"), when("+2010-00-00", 9), id="Q901$1", references=[{"snaks": page}])
    found = read(tmp_path, entity("Q901", "Vik", "Q189", tie), LYON)

    [made] = found.dataset.partnerships()
    wikidata, paper = found.dataset.source("wikidata-p190-2026-01-31"), found.dataset.sources()[0]
    assert [("established", "1994-10-21"), ("ended", "2010")] == steps(found)
    assert "fr-lyon--is-vik" == made.id
    assert ("unspecified", "ended") == (made.state.kind, made.state.status)
    assert [("P190 of Q901, Q901$1", ("date", "action")), ("cited in P190 of Q901", ("date", "action"))] == [
        (each.locator, each.supports) for each in made.steps[0].evidence
    ]
    assert (fc.SourceKind.DATABASE, "Wikidata") == (wikidata.kind, wikidata.publisher)
    assert ("vik.example", "Bæir", "is", "2015-03", "https://vik.example/lyon") == (
        paper.publisher,
        paper.title,
        paper.language,
        str(paper.as_of),
        paper.address,
    )
    assert (1, 1, 0, 0) == (found.report.total, found.report.imported, found.report.merged, found.report.rejected)
    assert ("start", "+1994-10-21T00:00:00Z") in found.report.rows[0].cells


def test_a_statement_without_a_start_is_a_listing(tmp_path: Path) -> None:
    """That a partnership is listed tells nothing of its beginning."""
    found = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902")), LYON)

    assert [("listed", None)] == steps(found)


def test_an_end_at_a_date_that_cannot_be_kept_is_an_end(tmp_path: Path) -> None:
    """That it ended is known though the date is not, or lies before the start."""
    unknown = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902", end={"snaktype": "somevalue"})), LYON)
    turned = twinned("Q902", when("+1994-10-21"), when("+1990-01-01"))
    backwards = read(tmp_path, entity("Q901", "Vik", "Q189", turned), LYON)
    never = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902", end={"snaktype": "novalue"})), LYON)

    assert [("listed", None), ("ended", None)] == steps(unknown)
    assert [("established", "1994-10-21"), ("ended", None)] == steps(backwards)
    assert [("listed", None)] == steps(never)
    assert [
        (
            "imported",
            "contradictory",
            "the end 1990-01-01 is before the start 1994-10-21; the end is imported without a date",
        )
    ] == said(backwards)


def test_two_statements_of_one_pair_are_one_partnership(tmp_path: Path) -> None:
    """What both sides say stands side by side, the better rank first, and the report names the other row."""
    ours = entity("Q901", "Vik", "Q189", twinned("Q902", when("+1994-01-01", 9), id="Q901$1"))
    same = entity("Q902", "Lyon", "Q142", twinned("Q901", when("+1994-10-21"), id="Q902$1"))
    other = entity("Q902", "Lyon", "Q142", twinned("Q901", when("+1995-10-21"), id="Q902$1", rank="preferred"))
    bare = entity("Q902", "Lyon", "Q142", twinned("Q901", id="Q902$1"))
    found = [read(tmp_path, ours, each) for each in (same, other, bare)]

    says = [dict(each.dataset.partnerships()[0].steps[0].evidence[1].claims) for each in found]
    assert [[("established", "1994-10-21")], [("established", "1995-10-21")], [("established", "1994")]] == [
        steps(each) for each in found
    ]
    assert [{"date": fc.PartialDate(1994)}, {"date": fc.PartialDate(1994)}, {"action": "listed"}] == says
    assert [
        ("merged", "repeated", "row 2 states 1994-10-21, but this row states 1994; both dates are kept"),
        ("merged", "repeated", "row 2 states 1995-10-21, but this row states 1994; both dates are kept"),
        ("merged", "repeated", "row 1 states the same partnership"),
    ] == [each for one in found for each in said(one)]


def test_remarks_on_an_item_are_made_once(tmp_path: Path) -> None:
    """A new city in several statements has its remarks in the first of their rows."""
    compound = entity("Q901", "Vik (Mýrdalur)", "Q189", twinned("Q902", id="Q901$1"), twinned("Q903", id="Q901$2"))
    found = read(tmp_path, compound, LYON, entity("Q903", "Cork", "Q27"))

    assert ["compound_name"] == [reason for _, reason, _ in said(found)]
    assert 2 == found.report.imported


@pytest.mark.parametrize(("date", "precision"), [("1994", 9), ("1994-10-21", 11)])
def test_an_end_at_the_date_of_the_start(date: str, precision: int, tmp_path: Path) -> None:
    """It is possible."""
    stated = when(f"+{date:-<10}".replace("------", "-00-00"), precision)
    found = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902", stated, stated)), LYON)
    assert [("established", date), ("ended", date)] == steps(found)
    assert [] == said(found)


def test_an_end_that_fits_no_start(tmp_path: Path) -> None:
    """An end before the start that is recorded keeps no date, so that known dates never decrease."""
    ours = entity("Q901", "Vik", "Q189", twinned("Q902", when("+1994-10-21"), id="Q901$1", rank="preferred"))
    other = twinned("Q901", when("+1994-00-00", 9), when("+1994-03-01"), id="Q902$1")
    found = read(tmp_path, ours, entity("Q902", "Lyon", "Q142", other))

    [_, ended] = found.dataset.partnerships()[0].steps
    assert (None, fc.PartialDate(1994, 3, 1)) == (ended.date, ended.evidence[0].claims["date"])


@pytest.mark.parametrize(
    ("start", "end", "expected", "reasons"),
    [
        pytest.param("1994", "2035", [("established", "1994")], ["date_after_source"], id="end"),
        pytest.param(None, "2035", [("listed", None)], ["date_after_source"], id="only an end"),
        pytest.param(
            "1994", "2026", [("established", "1994"), ("ended", "2026")], [], id="end in the year of the file"
        ),
        pytest.param("2030", None, [("proposed", None)], ["date_after_source"], id="start"),
        pytest.param("2030", "2035", [("proposed", None)], ["date_after_source"] * 2, id="start and end"),
        pytest.param(
            "2030", "2010", [("proposed", None), ("ended", None)], ["contradictory", "date_after_source"], id="ended"
        ),
    ],
)
def test_a_date_after_the_files_is_a_plan(
    tmp_path: Path, start: str | None, end: str | None, expected: list[tuple[str, str | None]], reasons: list[str]
) -> None:
    """An end in the future has not happened, and a partnership with a start in the future is only proposed."""
    dates = [None if each is None else when(f"+{each}-00-00", 9) for each in (start, end)]
    found = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902", *dates)), LYON)

    assert expected == steps(found)
    assert reasons == [reason for _, reason, _ in said(found)]


def test_a_plan_beside_a_start(tmp_path: Path) -> None:
    """A statement of a plan does not decide the step that another statement dates; it stays as a contrary claim."""
    planned = twinned("Q901", when("+2030-01-01"), id="Q902$1", rank="preferred")
    ours = entity("Q901", "Vik", "Q189", twinned("Q902", when("+1994-10-21"), id="Q901$1"))
    found = read(tmp_path, ours, entity("Q902", "Lyon", "Q142", planned))

    [partnership] = found.dataset.partnerships()
    assert [("established", "1994-10-21")] == steps(found)
    assert {"action": "proposed"} == dict(partnership.steps[0].evidence[1].claims)
    assert partnership.disputed


@pytest.mark.parametrize(
    ("countries", "outcome"),
    [
        pytest.param(["IS", "FR"], (Reason.AMBIGUOUS_COUNTRY, "Q901 has more than one country: FR, IS"), id="two"),
        pytest.param(["SU"], (Reason.UNKNOWN_COUNTRY, "Q901, 'Vik': no country code is known for SU"), id="historic"),
        pytest.param(["SU", "IS"], "IS", id="historic and current"),
        pytest.param(["IS", "IS"], "IS", id="repeated"),
    ],
)
def test_countries_of_query_results(tmp_path: Path, countries: list[str], outcome: Any) -> None:
    """The rows of one item can have several countries; only one of today's countries is accepted."""
    lyon = {"partnerLabel": text("Lyon"), "partnerCountry": text("FR")}
    rows = [statement(1, "Q901", "Q902", itemLabel=text("Vik"), itemCountry=text(each), **lyon) for each in countries]
    file = tmp_path / "results.json"
    file.write_bytes(results(*rows))
    found = read_wikidata(file, as_of="2026")

    if isinstance(outcome, str):
        assert [outcome] == [city.country for city in found.dataset.cities() if city.name == "Vik"]
    else:
        assert [outcome] == [(each.reason, each.detail) for row in found.report.rows for each in row.remarks]


@pytest.mark.parametrize("read_label", ["entity", "results"])
@pytest.mark.parametrize(
    ("label", "name", "reason"),
    [
        ("Q16511122", None, Reason.ID_FOR_CITY),
        ("V\ud800k", None, Reason.INVALID_NAME),
        ("Vik is a small town in the south of the island and is known for its beach.", None, Reason.TEXT_FOR_CITY),
        ("Vik[1]", "Vik", Reason.FOOTNOTE),
        ("Vik\u200e", "Vik", None),
    ],
)
def test_labels_pass_the_gate_for_names(
    tmp_path: Path, read_label: str, label: str, name: str | None, reason: Reason | None
) -> None:
    """A label that is not a name rejects the item; a label with a mark of a footnote is cleaned, with a remark."""
    if read_label == "entity":
        found = read(tmp_path, entity("Q901", label, "Q189", twinned("Q902")), LYON)
    else:
        labels = {"itemLabel": text(label), "itemCountry": text("IS")}
        labels |= {"partnerLabel": text("Lyon"), "partnerCountry": text("FR")}
        (tmp_path / "results.json").write_bytes(results(statement(1, "Q901", "Q902", **labels)))
        found = read_wikidata(tmp_path / "results.json", as_of="2026")

    assert ([] if name is None else ["Lyon", name]) == [city.name for city in found.dataset.cities()]
    assert ([] if reason is None else [reason]) == [each.reason for row in found.report.rows for each in row.remarks]


def test_an_id_loses_no_letter(tmp_path: Path) -> None:
    """A name with letters that are not Latin has the id of its item; all other letters are in the id."""
    found = read(tmp_path, entity("Q901", "Vík 2 в", "Q189", twinned("Q902")), entity("Q902", "Łódź", "Q36"))

    assert ["is-q901", "pl-lodz"] == [city.id for city in found.dataset.cities()]


def year(number: int | None) -> dict[str, Any] | None:
    """What says a year."""
    return None if number is None else when(f"+{number}-00-00", 9)


UNKNOWN = {"snaktype": "somevalue"}


@pytest.mark.parametrize(
    ("statements", "expected"),
    [
        pytest.param(
            [(1960, 1990), (2000, None)],
            [("established", "1960"), ("ended", "1990"), ("resumed", "2000")],
            id="revived",
        ),
        pytest.param(
            [(1960, 1990), (2000, 2010)],
            [("established", "1960"), ("ended", "1990"), ("resumed", "2000"), ("ended", "2010")],
            id="revived and ended again",
        ),
        pytest.param(
            [(1960, 1970), (1970, 1980), (1980, None)],
            [("established", "1960"), ("ended", "1970"), ("resumed", "1970"), ("ended", "1980"), ("resumed", "1980")],
            id="one after the other",
        ),
        pytest.param(
            [(None, 1990), (2000, None)], [("listed", None), ("ended", "1990"), ("resumed", "2000")], id="an end"
        ),
        pytest.param(
            [(1960, UNKNOWN), (2000, None)], [("established", "1960"), ("ended", None), ("resumed", "2000")], id="?"
        ),
        pytest.param([(1960, None), (1962, None)], [("established", "1960")], id="two opinions on the start"),
        pytest.param([(1960, 1990), (1962, None)], [("established", "1960"), ("ended", "1990")], id="overlapping"),
        pytest.param([(1960, 1990), (1960, 2010)], [("established", "1960"), ("ended", "1990")], id="two ends"),
        pytest.param(
            [(1960, None), (None, 1990)], [("established", "1960"), ("ended", "1990")], id="an end of its own"
        ),
        pytest.param([(1960, 1990), (None, None)], [("established", "1960"), ("ended", "1990")], id="a bare listing"),
        pytest.param(
            [(None, None), (None, 1990)], [("listed", None), ("ended", "1990")], id="a bare listing and an end"
        ),
        pytest.param([(1960, None), (None, UNKNOWN)], [("established", "1960"), ("ended", None)], id="ended some day"),
        pytest.param(
            [(1960, None), (1960, 1990), (2000, None)],
            [("established", "1960"), ("ended", "1990"), ("resumed", "2000")],
            id="nobody closed the first",
        ),
    ],
)
def test_several_statements_of_one_pair(
    tmp_path: Path, statements: list[tuple[int | None, Any]], expected: list[tuple[str, str | None]]
) -> None:
    """What begins behind an end is a new time in force, and what ended and came back is active."""
    claims = [
        twinned("Q902", year(start), end if end is UNKNOWN else year(end), id=f"Q901${number}")
        for number, (start, end) in enumerate(statements)
    ]
    there = read(tmp_path, entity("Q901", "Vik", "Q189", *claims), LYON)
    back = read(tmp_path, entity("Q901", "Vik", "Q189", *claims[::-1]), LYON)

    starts = [what for what, _ in expected if what != "ended"]
    assert expected == steps(there) == steps(back)
    assert (len(starts), len(claims) - len(starts)) == (there.report.imported, there.report.merged)
    assert ["resumed"] * (len(starts) - 1) == [
        step.action.value for tie in there.dataset.partnerships() for step in tie.steps if step.note
    ]


@pytest.mark.parametrize(
    ("tie", "reason", "what"),
    [
        (twinned("Q902", rank="deprecated"), Reason.DEPRECATED, "the rank of the statement is 'deprecated'"),
        (twinned("Q901"), Reason.SELF_LINK, "both cities are Q901"),
        (claim({"snaktype": "somevalue"}), Reason.BLANK_CITY, "the statement has no partner with a valid item id"),
        (claim(item("L5")), Reason.BLANK_CITY, "the statement has no partner with a valid item id"),
        (claim(snak("Lyon")), Reason.BLANK_CITY, "the statement has no partner with a valid item id"),
        (claim(None), Reason.UNREADABLE_ROW, "the statement has no value"),
        ("a text", Reason.UNREADABLE_ROW, "the statement has no value"),
        (
            twinned("Q999"),
            Reason.UNKNOWN_ITEM,
            "unknown item Q999: not a city of the base, and not described in a file; add the entity JSON",
        ),
        (twinned("Q903"), Reason.UNKNOWN_ITEM, "Q903 has no English label"),
        (twinned("Q904"), Reason.UNKNOWN_COUNTRY, "Q904, 'Nowhere': no file states the country"),
        (twinned("Q905"), Reason.UNKNOWN_COUNTRY, "Q905, 'Atlantis': no country code is known for Q777"),
        (twinned("Q906"), Reason.AMBIGUOUS_COUNTRY, "Q906 has more than one country: FR, IS"),
    ],
)
def test_what_is_not_taken_is_reported(tmp_path: Path, tie: Any, reason: Reason, what: str) -> None:
    """Every statement that makes no partnership is a row that says why."""
    others = [
        entity("Q903", None, "Q142"),
        entity("Q904", "Nowhere", None),
        entity("Q905", "Atlantis", "Q777"),
        entity("Q906", "Border", None, claims={"P17": [claim(item("Q142")), claim(item("Q189"))]}),
    ]
    found = read(tmp_path, entity("Q901", "Vik", "Q189", tie), LYON, *others)

    assert [(Outcome.REJECTED.value, reason.value, what)] == said(found)
    assert 0 == len(found.dataset.partnerships())


def test_what_else_a_statement_says_is_reported(tmp_path: Path) -> None:
    """Qualifiers that records have no place for, and references without an address, are named."""
    tie = twinned(
        "Q902", references=[{"snaks": {"P143": [item("Q328")]}}, {"snaks": {"P854": [snak("no address")]}}, 5]
    )
    tie["qualifiers"] = {"P585": [when("+1994-10-21")], "P580": [when("+1994-10-21"), when("+1995-10-21")]}
    once = twinned("Q903", references=[{"snaks": {}}])
    found = read(tmp_path, entity("Q901", "Vik", "Q189", tie, once), LYON, entity("Q903", "Ely", "Q145"))

    first, *others = said(found)
    assert first[:2] == ("imported", "left_out")
    assert first[2].startswith("qualifier P585: [{")
    assert [
        ("imported", "left_out", "3 references have no address"),
        ("imported", "date_unreadable", "several dates, and none is used: 1994-10-21, 1995-10-21"),
        ("imported", "left_out", "1 reference has no address"),
    ] == others


def test_a_page_without_a_title_has_its_address_for_one(tmp_path: Path) -> None:
    """Of a page of which only the address is known, address and host stand for title and publisher."""
    pages = [{"snaks": {"P854": [snak(address)]}} for address in ("https://vik.example/a", "http://[bad", "https:///x")]
    found = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902", references=pages)), LYON)

    told = {(source.publisher, source.title) for source in found.dataset.sources()}
    assert {
        ("vik.example", "https://vik.example/a"),
        ("http://[bad", "http://[bad"),
        ("https:///x", "https:///x"),
    } <= told


def test_what_an_item_says_of_itself(tmp_path: Path) -> None:
    """Names in all languages, the country of today, the best point and the one id of GeoNames make the city."""
    claims = {
        "P17": [
            claim(item("Q29999"), qualifiers={"P582": [when("+1944-06-17")]}),
            claim({"datavalue": {"value": {"numeric-id": 189}}}),
            claim(item("Q142"), rank="deprecated"),
        ],
        "P625": [claim(snak({"latitude": 63.42, "longitude": -19.0, "globe": EARTH}))],
        "P1566": [claim(snak("3412888"))],
        "P297": [],
    }
    names = {
        "is": {"language": "is", "value": "Vík"},
        "zh-hant": {"value": "維克"},
        "de": {"value": "Vik"},
        "??": {"value": "Wick"},
        "fr": {"value": "\x07"},
    }
    aliases = {
        "en": [{"value": "Vik i Myrdal"}, {"value": "Vik"}],
        "is": [{"value": "Vík í Mýrdal"}, {"value": "Vík\u200e"}],
        "da": [5],
    }
    vik = entity("Q901", "Vik", None, twinned("Q902"), labels=names, aliases=aliases, claims=claims)
    found = read(tmp_path, vik, LYON)

    city = found.dataset.city("Q901")
    assert ("is-vik", "Vik", "IS") == (city.id, city.name, city.country)
    assert [("Vik i Myrdal", "en"), ("Vík", "is"), ("Vík í Mýrdal", "is"), ("維克", "zh-Hant")] == [
        (name.text, name.language) for name in city.names
    ]
    assert {"geonames": "3412888", "wikidata": "Q901"} == dict(city.identifiers)
    assert city.coordinates is not None
    assert (63.42, -19.0) == (city.coordinates.latitude, city.coordinates.longitude)
    assert [
        ("imported", "left_out", "Q901: a name in 'fr' was left out: '\\x07' is not a name"),
        ("imported", "left_out", "Q901: invalid name in 'da'"),
    ] == said(found)


@pytest.mark.parametrize(
    "place",
    [
        {"latitude": 63.42, "longitude": -19.0, "globe": "http://www.wikidata.org/entity/Q405"},
        {"latitude": 163.42, "longitude": -19.0, "globe": EARTH},
        {"latitude": True, "longitude": -19.0, "globe": EARTH},
        {"latitude": 63.42, "globe": EARTH},
        "63 north",
    ],
)
def test_a_point_that_is_none_on_the_earth_is_left_out(tmp_path: Path, place: Any) -> None:
    """A point on the moon, beyond the poles or without a longitude is reported."""
    found = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902"), claims={"P625": [claim(snak(place))]}), LYON)

    assert found.dataset.city("Vik").coordinates is None
    [(_, reason, what)] = said(found)
    assert ("left_out", "Q901: invalid coordinates ") == (reason, what[:26])


def test_ids_do_not_depend_on_the_order(tmp_path: Path) -> None:
    """Two places of one name have their items in their ids; so has one whose id a city of the base has."""
    twins = [entity("Q903", "Lyon", "Q142"), entity("Q904", "上海", "Q148"), entity("Q905", "Shanghai", "Q148")]
    vik = entity("Q901", "Vik", "Q189", *(twinned(id_) for id_ in ("Q902", "Q903", "Q904", "Q905")))
    one, other = (read(tmp_path, *order, base=fc.dataset()) for order in ([vik, LYON, *twins], [*twins, LYON, vik]))

    assert one.dataset == other.dataset
    assert ["cn-q904", "cn-shanghai-q905", "fr-lyon-q902", "fr-lyon-q903", "is-vik"] == [
        city.id for city in one.dataset.cities()
    ]


def test_the_base_knows_cities(tmp_path: Path) -> None:
    """A city that the base has under this Wikidata id is taken as it is, with what it rests on."""
    tie = entity("Q901", "Vik", "Q189", twinned("Q133073"), twinned("Q56036"))
    found = read(tmp_path, tie, base=fc.dataset())
    merged = fc.dataset().merge(found.dataset)

    assert fc.city("Dunedin") == found.dataset.city("Dunedin")
    assert ["is-vik--nz-dunedin"] == [each.id for each in found.dataset.partnerships()]
    assert () == merged.report.disagreements
    assert "Vik" in [city.name for city in merged.dataset.partners_of("Dunedin")]


def test_an_id_that_two_cities_of_the_base_have_tells_of_neither(tmp_path: Path) -> None:
    """Which of two is meant is not guessed."""
    one, other = (
        fc.City(id=fc.CityId(id_), name="Vik", country="IS", level=fc.Level.TOWN, identifiers={"wikidata": "Q901"})  # type: ignore[arg-type]
        for id_ in ("is-one", "is-two")
    )
    found = read(tmp_path, entity("Q902", "Lyon", "Q142", twinned("Q901")), base=fc.Dataset([one, other]))

    assert [Reason.UNKNOWN_ITEM] == list(found.report.reasons)


@pytest.mark.parametrize(
    ("precision", "published"),
    [("9", "1995"), ("10", "1995-01"), ("11", "1995-01-01"), (None, "1995"), ("9" * 5000, None), ("8", None)],
)
def test_a_page_of_a_year_is_of_that_year(tmp_path: Path, precision: str | None, published: str | None) -> None:
    """What a statement rests on is dated as closely as Wikidata knows, and not to the first of January."""
    page = {"referenceAddress": text("https://vik.example/"), "referencePublished": text("1995-01-01T00:00:00Z")}
    page |= {} if precision is None else {"referencePublishedPrecision": text(precision)}
    known = [
        {"item": uri(id_), "itemLabel": text(name), "itemCountry": text("IS")}
        for id_, name in (("Q901", "Vik"), ("Q902", "Ys"))
    ]
    file = tmp_path / "results.json"
    file.write_bytes(results(statement(1, "Q901", "Q902", **page), *known))
    found = read_wikidata(file, as_of="2026-02")

    [source] = [each for each in found.dataset.sources() if each.publisher == "vik.example"]
    assert published == (None if source.published is None else str(source.published))
    assert (published or "2026-02") == str(source.as_of)


def test_every_date_is_asked_for_with_how_precise_it_is() -> None:
    """Those of a statement, and those of what it rests on."""
    query = statements_query((), "NZ", 10)

    for name in ("start", "end", "referencePublished", "referenceRetrieved"):
        assert f"?{name}Value wikibase:timeValue ?{name} ;\n" in query
        assert f"wikibase:timePrecision ?{name}Precision ;\n" in query


def test_results_of_a_query(tmp_path: Path) -> None:
    """Rows of one statement are one, and what they say of items is known for all files."""
    page = {
        "reference": uri("Q5-ref"),
        "referenceAddress": text("https://vik.example/"),
        "referenceTitle": text("Bæir", "is"),
    }
    page |= {"referencePublished": text("2015-03-01T00:00:00Z"), "referenceRetrieved": text("?")}
    dates = {"start": text("1994-10-21T00:00:00Z"), "startPrecision": text("11")}
    ends = {"end": text("2010-01-01T00:00:00Z"), "endPrecision": text("soon")}
    rank = {"rank": {"type": "uri", "value": "http://wikiba.se/ontology#PreferredRank"}}
    known = {"itemLabel": text("Vik"), "itemCountry": text("IS"), "itemPoint": text("Point(-19.0 63.42)")}
    rows = [
        statement(1, "Q901", "Q902", **dates, **rank, **known, **page),
        statement(1, "Q901", "Q902", **dates, **rank, **known, reference=uri("Q6-ref")),
        statement(
            2, "Q901", "Q903", **ends, partnerLabel=text("Q903"), partnerCountry=uri("Q145"), partnerPoint=text("?")
        ),
        {
            "item": uri("Q902"),
            "itemLabel": text("Lyon"),
            "itemCountry": uri("Q142"),
            "itemPoint": text("Point(1.2.3 4)"),
        },
        {"item": uri("Q903"), "itemLabel": text("Ely"), "itemPoint": text("Point(200 63.42)")},
        {"item": uri("Q902"), "partner": uri("Q903"), "start": {"type": "bnode", "value": "t1"}},
        {"statement": uri("Q9-1"), "item": text("no item"), "partner": uri("Q902")},
        {"partner": uri("Q902")},
        {"other": text("x"), "item": "no cell"},
        {"unrelated": text("x")},
    ]
    file = tmp_path / "results.json"
    file.write_bytes(results(*rows))
    found = read_wikidata(file, as_of="2026-02", accessed="2026-03-01", level="town")

    assert ["fr-lyon--gb-ely", "fr-lyon--is-vik", "gb-ely--is-vik"] == [tie.id for tie in found.dataset.partnerships()]
    assert (5, 3, 2) == (found.report.total, found.report.imported, found.report.rejected)
    vik = found.dataset.city("Vik")
    assert (fc.Level.TOWN, 63.42) == (vik.level, vik.coordinates.latitude if vik.coordinates else None)
    tie = found.dataset.partnership_between("Vik", "Lyon")
    assert ["P190 of Q901, Q901$0001", "cited in P190 of Q901"] == [each.locator for each in tie.steps[0].evidence]
    assert ("2026-02", "2026-03-01") == tuple(
        str(day)
        for each in found.dataset.sources()
        if each.publisher == "Wikidata"
        for day in (each.as_of, each.accessed)
    )
    assert {
        ("imported", "left_out", "1 reference has no address"),
        ("imported", "left_out", "Q903: invalid coordinates '?'"),
        ("imported", "left_out", "Q903: invalid coordinates 'Point(200 63.42)'"),
        ("imported", "left_out", "Q902: invalid coordinates 'Point(1.2.3 4)'"),
        ("imported", "date_unreadable", "2010-01-01T00:00:00Z: the date is less precise than a year"),
        ("imported", "date_unreadable", "unknown: Wikidata marks the date as unknown"),
        ("rejected", "unreadable_row", "the statement has no item"),
    } == set(said(found))


@pytest.mark.parametrize(
    ("stated", "precision", "calendar", "date", "why"),
    [
        ("+1994-10-21T00:00:00Z", 11, None, "1994-10-21", ""),
        ("1994-10-21T00:00:00Z", 10, None, "1994-10", ""),
        ("+1994-00-00T00:00:00Z", 9, None, "1994", ""),
        ("+1994-10-21T12:30:00Z", 14, None, "1994-10-21", ""),
        ("+1994-10-21T00:00:00Z", None, None, "1994", ""),
        ("+1990-00-00T00:00:00Z", 8, None, None, "the date is less precise than a year"),
        ("+1994-10-21T00:00:00Z", "11", None, None, "the date is less precise than a year"),
        (
            "+1994-10-21T00:00:00Z",
            11,
            "http://www.wikidata.org/entity/Q1985786",
            None,
            "the date is not in the Gregorian calendar",
        ),
        ("-0044-03-15T00:00:00Z", 11, None, None, "the date is before the year 1"),
        ("0000-03-15T00:00:00Z", 11, None, None, "the date is before the year 1"),
        ("+1994-02-30T00:00:00Z", 11, None, None, "no such day: '+1994-02-30T00:00:00Z'"),
        ("+12994-02-03T00:00:00Z", 11, None, None, "no such day: '+12994-02-03T00:00:00Z'"),
        ("1994", 9, None, None, "invalid date '1994'"),
    ],
)
def test_dates_are_as_close_as_they_are_known(
    stated: str, precision: object, calendar: object, date: str | None, why: str
) -> None:
    """A date is kept at its precision; one that we cannot keep says why."""
    found = read_date(stated, precision, calendar)

    assert (date, why) == (None if found.date is None else str(found.date), found.problem)


@pytest.mark.parametrize("broken", ["1994", snak("1994"), snak({"time": 1994}), {"datavalue": "1994"}, {}])
def test_a_qualifier_that_is_no_date(broken: Any) -> None:
    """What is no date is not taken for one."""
    found = read_date_snak(broken)

    assert found is not None
    assert "invalid date" in found.problem


def test_an_uncertain_date_is_not_kept() -> None:
    """A date that may be off by some units is no date of ours."""
    found = read_date_snak(when("+1994-10-21", before=1))

    assert found is not None
    assert "the date is stated with an uncertainty" == found.problem


@pytest.mark.parametrize(
    ("code", "tag"),
    [
        ("pt-br", "pt-BR"),
        ("sr-ec", "sr-Cyrl"),
        ("be-tarask", "be-tarask"),
        ("de-formal", "de-x-formal"),
        ("no", "nb"),
        ("??", None),
    ],
)
def test_codes_of_languages_become_tags(code: str, tag: str | None) -> None:
    """Wikimedia's own codes become BCP 47 tags."""
    assert tag == language_tag(code)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "this is not JSON"),
        (b'{"entities": {', "this is not JSON"),
        (b"\xff\xfe", "this is not UTF-8"),
        (b"[" * 100_000, "nested too deep"),
        (b"[" + b"9" * 5000 + b"]", "a number has too many digits"),
        (b"[]", "not a known type of Wikidata document"),
        (b'{"entities": []}', "not a known type of Wikidata document"),
        (b'{"results": {"bindings": 5}}', "not a known type of Wikidata document"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, data: bytes, why: str) -> None:
    """A file that is empty, cut off, in another encoding, nested without end or something else is refused."""
    file = tmp_path / "file.json"
    file.write_bytes(data)

    with pytest.raises(fc.DataError, match=why) as caught:
        read_wikidata(file)
    assert str(file) == caught.value.problems[0].path


def test_files_that_are_not_there_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is not there, a folder without files, and a file larger than any are refused."""
    with pytest.raises(fc.DataError, match="no such file"):
        read_wikidata(tmp_path / "missing.json")
    with pytest.raises(fc.DataError, match=r"no '\.json' file"):
        read_wikidata(tmp_path)
    monkeypatch.setattr(api, "WIKIDATA_BYTES", 10)
    with pytest.raises(fc.DataError, match="more than 10"):
        read(tmp_path, VIK)


def test_documents_in_part(tmp_path: Path) -> None:
    """One entity alone is a document, a byte-order mark does no harm, and parts of another shape are rows not taken."""
    file = tmp_path / "one.json"
    odd = {"claims": {"P190": 5, "P17": [5]}, "labels": [], "id": "L1", "modified": 5}
    none = {"claims": {"P190": {"no": "value"}}, "id": "Q903"}
    entities = {"L1": odd, "L2": 5, "Q903": none, "Q904": {"id": "Q904", "claims": "none"}}
    (tmp_path / "odd.json").write_text(json.dumps({"entities": entities}), encoding="utf-8")
    file.write_text("\ufeff" + json.dumps(entity("Q901", "Vik", "Q189", twinned("Q902"))), encoding="utf-8")
    (tmp_path / ".hidden.json").write_text("{", encoding="utf-8")
    found = read_wikidata(tmp_path)

    assert (4, 0) == (found.report.total, found.report.imported)
    assert [
        ("odd.json, entity 1, statement 1", "the statement belongs to 'L1'; this is not the id of an item"),
        ("odd.json, entity 2", "this is not an entity: 5"),
        ("Q903, statement 1", "the statement has no value"),
    ] == [
        (dict(row.cells)["statement"], row.remarks[0].detail) for row in found.report.rows_with(Reason.UNREADABLE_ROW)
    ]


def test_a_list_of_entities(tmp_path: Path) -> None:
    """Dumps give entities as a list."""
    file = tmp_path / "dump.json"
    file.write_text(json.dumps([entity("Q901", "Vik", "Q189", twinned("Q902")), LYON, 5]), encoding="utf-8")
    found = read_wikidata(file)

    assert ["fr-lyon--is-vik"] == [tie.id for tie in found.dataset.partnerships()]
    assert [("rejected", "unreadable_row", "this is not an entity: 5")] == said(found)


def test_names_of_another_shape(tmp_path: Path) -> None:
    """Labels that are several, none or no object are remarked, and the rest is read."""
    labels = {"is": [{"value": "Vík"}, {"value": "Bær"}], "da": [], "de": 5}
    tie = twinned("Q902", references="none")
    tie["qualifiers"] = {"P580": 1994}
    vik = entity("Q901", "Vik", "Q189", tie, labels=labels, aliases="Wick")
    found = read(tmp_path, vik, LYON)

    assert [("Vík", "is")] == [(name.text, name.language) for name in found.dataset.city("Vik").names]
    assert {
        "1 reference has no address",
        "None: invalid date None",
        "Q901: several labels in 'is'; the first is used: ['Vík', 'Bær']",
        "Q901: invalid name in 'de'",
        "Q901: names that are not a JSON object: 'Wick'",
    } == {what for _, _, what in said(found)}


def test_what_must_be_said() -> None:
    """Files must be named, a level be one, and the date of the files be known."""
    with pytest.raises(fc.InvalidQueryError, match="no files given"):
        read_wikidata()
    with pytest.raises(fc.InvalidQueryError, match="invalid level"):
        read_wikidata("x.json", level="citty")


def test_a_date_is_wanted(tmp_path: Path) -> None:
    """Results of a query tell no date, and one that is none is not taken for one."""
    file = tmp_path / "results.json"
    file.write_bytes(json.dumps({"results": {"bindings": []}, "friendcities_fetched": "today"}).encode())

    with pytest.raises(fc.InvalidQueryError, match="pass as_of"):
        read_wikidata(file)


def test_the_country_of_a_country(tmp_path: Path) -> None:
    """A country that has its code in the files is known by it."""
    land = entity("Q777", "Atlantis", None, claims={"P297": [claim(snak("IS"))]})
    found = read(tmp_path, entity("Q901", "Vik", "Q777", twinned("Q902")), LYON, land)

    assert "IS" == found.dataset.city("Vik").country


def test_a_taken_id_of_a_source(tmp_path: Path) -> None:
    """Where the base has a source of the id, another is made."""
    first = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902")), LYON)
    again = read(tmp_path, entity("Q901", "Vik", "Q189", twinned("Q902", when("+1994-10-21"))), base=first.dataset)

    assert "wikidata-p190-2026-01-31-2" in [source.id for source in again.dataset.sources()]


class TestCommand:
    """``friendcities import --profile wikidata``."""

    def test_it_is_read(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file is read over the data that is installed, and saved."""
        file = written(tmp_path / "vik.json", entity("Q901", "Vik", "Q189", twinned("Q133073")))
        code = main(["import", str(file), "--profile", "wikidata", "-o", str(tmp_path / "out.json")])

        assert 0 == code
        assert "1 row: 1 imported, 0 merged, 0 rejected\n" == capsys.readouterr().out
        assert ["is-vik--nz-dunedin"] == [tie.id for tie in fc.Dataset.load(tmp_path / "out.json").partnerships()]

    def test_wikidata_is_its_own_source(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Who publishes it need not be said."""
        assert 2 == main(["import", "x.json", "--profile", "wikidata", "--publisher", "Me"])
        assert "--profile wikidata sets the source itself; leave out --publisher" in capsys.readouterr().err
