"""Reading records strictly: no coercion, no unknown key, every problem at once and each with its field."""

import json
from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import Any, NoReturn

import pytest

from friendcities import (
    City,
    Cooperation,
    Coordinates,
    Coverage,
    DocumentKind,
    Event,
    InvalidRecordError,
    Level,
    Memorandum,
    Official,
    PartialDate,
    Partnership,
    Problem,
    Source,
    Statistic,
    StatisticChange,
)
from friendcities.codec import reader
from friendcities.codec.parse_json import parse_json
from friendcities.codec.reader import read_checked, read_record, read_text
from friendcities.codec.writer import encode
from friendcities.model import RECORD_TYPES, AnyRecord, FrozenMap
from tests.cases import for_each_case
from tests.documents import DOCUMENTS, evidence
from tests.strategies import anatomy

NAN, HUGE = parse_json("NaN"), parse_json("9" * 300)
JUNK: dict[str, Any] = {
    "null": None,
    "true": True,
    "12.9": 12.9,
    "text": "abc",
    "list": [],
    "object": {},
    "NaN": NAN,
    "300 digits": HUGE,
    "half a character": "\ud800",
    "deep": parse_json("[" * 500 + "]" * 500),
}
TAKES: dict[str, set[str]] = {
    "text": {"text"},
    "member": set(),
    "date": set(),
    "id": {"text"},
    "city": set(),
    "country": set(),
    "language": {"text"},
    "slug": {"text"},
    "address": set(),
    "whole": set(),
    "flag": {"true"},
    "number": {"12.9"},
    "decimal": set(),
    "record": {"object"},  # its fields are missing, and said to be: see the tests of missing fields
    "list": {"list"},
    "filled list": set(),
    "mapping": {"object"},
    "filled mapping": set(),
}
"""Of all that, what each sort of field takes; all the rest it refuses. A sort with a ``?`` takes ``null`` too."""

EVIDENCE = {
    "evidence": "list",
    "evidence[0]": "record",
    "evidence[0].source": "id",
    "evidence[0].locator": "text",
    "evidence[0].supports": "list",
    "evidence[0].supports[0]": "text ",
    "evidence[0].claims": "mapping",
    "evidence[0].denies": "flag ",
    "evidence[0].note": "text?",
}
PERIOD = {"": "record", ".start": "date?", ".end": "date?", ".each": "record?", ".wording": "text?"}
PERIOD |= {".each.number": "whole", ".each.unit": "member"}
COUNT = {"": "record", ".counted": "text", ".number": "whole?", ".wording": "text?"}
PARTY = {
    "": "record",
    ".organisation": "text ",
    ".named": "flag",
    ".based_in": "city?",
    ".on_behalf_of": "city?",
    ".count": "record?",
    ".count.number": "whole?",
}


def below(place: str, fields: dict[str, str], *, optional: bool = False) -> dict[str, str]:
    """The fields of a record that stands at this place."""
    return {f"{place}{name}": sort + "?" * (optional and not name) for name, sort in fields.items()}


FIELDS: dict[type[AnyRecord], dict[str, str]] = {
    City: {
        "name": "text",
        "names": "list",
        "names[0]": "record",
        "names[0].text": "text",
        "names[0].language": "language",
        "names[0].kind": "member",
        "names[0].until": "date?",
        "country": "country",
        "subdivision": "country?",
        "level": "member",
        "part_of": "city?",
        "coordinates": "record?",
        "coordinates.latitude": "number",
        "coordinates.longitude": "number",
        "coordinates.point": "text",
        "identifiers": "mapping",
        "identifiers.geonames": "text",
        "note": "text?",
        "evidence[0].claims.country": "text",
        "evidence[0].claims.level": "member",
        "evidence[0].claims.names": "filled list",
        "evidence[0].claims.names[0].kind": "member",
        "evidence[0].claims.coordinates.latitude": "number",
        "evidence[0].claims.identifiers": "filled mapping",
        "evidence[0].claims.identifiers.wikidata": "text",
    }
    | EVIDENCE,
    Partnership: {
        "steps": "filled list",
        "steps[0]": "record",
        "steps[0].date": "date?",
        "steps[0].action": "member",
        "steps[0].kind": "member",
        "steps[0].initiator": "city?",
        "steps[0].memorandum": "id?",
        "steps[0].term": "record?",
        "steps[0].term.text": "text",
        "steps[0].term.language": "language",
        "steps[0].note": "text?",
        "steps[0].evidence[0].claims.date": "date",
        "steps[0].evidence[0].claims.kind": "member",
        "steps[0].evidence[0].claims.initiator": "city",
        "steps[0].evidence[0].claims.memorandum": "id",
        "steps[0].evidence[0].claims.term.language": "language",
        "note": "text?",
    }
    | below("steps[0].", EVIDENCE),
    Memorandum: {
        "kind": "member",
        "signatories": "filled list",
        "signed": "date ",
        "subject": "text?",
        "note": "text?",
        "evidence[0].claims.documents.number": "whole?",
    }
    | below("signatories[0]", PARTY)
    | below("documents", COUNT, optional=True)
    | below("period", PERIOD, optional=True)
    | EVIDENCE,
    Official: {
        "name": "text",
        "offices": "list",
        "offices[0]": "record",
        "offices[0].title": "text",
        "offices[0].body": "text?",
        "offices[0].city": "city",
        "offices[0].attested": "date?",
        "offices[0].start": "date?",
        "offices[0].end": "date?",
        "offices[0].note": "text?",
        "note": "text?",
        "evidence[0].claims.offices[0].city": "city",
    }
    | below("offices[0].", EVIDENCE)
    | EVIDENCE,
    Statistic: {
        "city": "city",
        "measure": "slug",
        "value": "decimal",
        "qualifier": "member",
        "unit": "slug",
        "change": "record?",
        "change.percent": "decimal",
        "change.qualifier": "member",
        "change.compared_with": "record",
        "change.compared_with.start": "date ",
        "basis": "member",
        "stated_by": "id?",
        "note": "text?",
        "evidence[0].claims.change.percent": "decimal",
    }
    | below("period", PERIOD)
    | EVIDENCE,
    Event: {
        "name": "text",
        "place": "city ",
        "period": "record",
        "period.start": "date ",
        "organisers": "list",
        "organisers[0]": "text",
        "participants": "list",
        "participants[0]": "record",
        "participants[0].city": "city",
        "participants[0].delegate": "id?",
        "participants[0].note": "text?",
        "counts": "list",
        "note": "text?",
    }
    | below("participants[0].", EVIDENCE)
    | below("counts[0]", COUNT)
    | EVIDENCE,
    Cooperation: {
        "summary": "text",
        "area": "slug",
        "cities": "filled list",
        "cities[0]": "city",
        "parties": "list",
        "parties[0].city": "city ",
        "parties[0].named": "flag",
        "stage": "member",
        "stated_by": "id?",
        "note": "text?",
    }
    | below("period", PERIOD, optional=True)
    | EVIDENCE,
    Coverage: {
        "city": "city",
        "kinds": "list",
        "kinds[0]": "member",
        "include_parts": "flag",
        "as_of": "date?",
        "completeness": "member",
        "note": "text?",
        "evidence[0].claims.as_of": "date",
    }
    | below("stated_count", COUNT, optional=True)
    | EVIDENCE,
    Source: {
        "kind": "member",
        "publisher": "text",
        "title": "text",
        "authors": "list",
        "authors[0]": "text",
        "published": "date?",
        "as_of": "date?",
        "accessed": "date?",
        "language": "language?",
        "address": "address?",
        "archived": "address?",
        "speaks_for": "list",
        "speaks_for[0]": "city",
        "note": "text?",
    },
}
"""Every field of every record type, and of what sort it is; a sort with a blank is also bound to another field."""


def is_taken(sort: str, junk: str) -> bool:
    """Whether a field of this sort takes this value."""
    return junk in TAKES[sort.rstrip("? ")] or (sort.endswith("?") and junk == "null")


def pairs(*, taken: bool) -> list[Any]:
    """Every field of every record type with everything that it takes, or with everything that it refuses."""
    return [
        (cls, field, junk)
        for cls, fields in FIELDS.items()
        for field, sort in fields.items()
        for junk in JUNK
        if is_taken(sort, junk) is taken and not sort.endswith(" ") and (junk, sort.rstrip("?")) != ("object", "record")
    ]


def spoiled(cls: type[AnyRecord], **places: Any) -> tuple[str, dict[str, Any]]:
    """The id and the document of a record type, with other values at some places."""
    id_, document = DOCUMENTS[cls]
    plain: dict[str, Any] = json.loads(json.dumps(document))
    for place, value in places.items():
        *way, last = parse_json(f"[{place_keys(place)}]")
        inner: Any = plain
        for key in way:
            inner = inner[key]
        inner[last] = value
    return id_, plain


def place_keys(place: str) -> str:
    """``steps[0].date`` as the keys ``"steps", 0, "date"``."""
    keys = place.replace("[", ".").replace("]", "").split(".")
    return ", ".join(key if key.isdigit() else json.dumps(key) for key in keys)


def problems(cls: type[AnyRecord], plain: Any, id_: str | None = None) -> list[Problem]:
    """All that is wrong with a document."""
    with pytest.raises(InvalidRecordError) as caught:
        read_record(cls, DOCUMENTS[cls][0] if id_ is None else id_, plain)
    return list(caught.value.problems)


def fields_of(found: list[Problem]) -> list[str]:
    """The fields that problems name."""
    return [problem.field for problem in found]


@pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_every_document_of_these_tests_is_sound(cls: type[AnyRecord]) -> None:
    """What is spoiled below is read as it stands, so that what is refused is refused for what was spoiled."""
    id_, plain = DOCUMENTS[cls]
    made = read_record(cls, id_, plain)
    assert cls is type(made)
    assert id_ == made.id


@for_each_case(pairs(taken=False))
def test_one_wrong_value_is_one_problem_with_its_field(cls: type[AnyRecord], field: str, junk: str) -> None:
    """Whatever stands where something else belongs: one problem, that field named, and no other exception."""
    id_, plain = spoiled(cls, **{field: JUNK[junk]})
    found = problems(cls, plain, id_)
    is_list = junk == "deep" and "list" in FIELDS[cls][field]
    assert [field + "[0]" * is_list] == fields_of(found)
    assert "" != found[0].message
    assert "" != found[0].expected
    assert 500 > len(str(found[0]))


@for_each_case(pairs(taken=True))
def test_what_a_field_takes_it_takes_as_it_is(cls: type[AnyRecord], field: str, junk: str) -> None:
    """A value that may stand in a field is read, and written again as it was, or left out where it is the default."""
    id_, plain = spoiled(cls, **{field: JUNK[junk]})
    made = read_record(cls, id_, plain)
    assert anatomy(made) == anatomy(read_text(cls, id_, encode(made)))


@for_each_case(product(RECORD_TYPES.values(), JUNK.keys() - {"object"}))
def test_what_is_no_object_is_no_record(cls: type[AnyRecord], junk: str) -> None:
    """Any other JSON value in place of the whole document is one problem, of the whole document."""
    (problem,) = problems(cls, JUNK[junk])
    assert ("", "an object: { … }") == (problem.field, problem.expected)


MISSING = Problem(rule="schema", message="missing field", hint="add it")
NEEDED: dict[type[AnyRecord], list[str]] = {
    City: ["name", "country", "level"],
    Partnership: ["steps"],
    Memorandum: ["kind", "signatories"],
    Official: ["name", "offices"],
    Statistic: ["city", "measure", "value", "unit", "period"],
    Event: ["name", "period", "place"],
    Cooperation: ["summary", "area", "cities", "stage"],
    Coverage: ["city", "completeness"],
    Source: ["kind", "publisher", "title"],
}


@pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)
def test_every_missing_field_is_named(cls: type[AnyRecord]) -> None:
    """An empty document lacks the fields that have no default, and nothing else is said of it."""
    assert [MISSING.within(name) for name in NEEDED[cls]] == problems(cls, {})


@pytest.mark.parametrize(
    ("cls", "field", "missing"),
    [
        (City, "names[0]", ["text", "language", "kind"]),
        (City, "coordinates", ["latitude", "longitude", "point"]),
        (City, "evidence[0]", ["source", "locator"]),
        (Partnership, "steps[0]", ["action"]),
        (Partnership, "steps[0].term", ["text", "language"]),
        (Memorandum, "documents", ["counted"]),
        (Memorandum, "period.each", ["number", "unit"]),
        (Official, "offices[0]", ["title", "city"]),
        (Statistic, "change", ["percent", "compared_with"]),
        (Event, "participants[0]", ["city"]),
    ],
)
def test_every_missing_field_of_an_inner_record_is_named(cls: type[AnyRecord], field: str, missing: list[str]) -> None:
    """An empty inner object lacks its own fields, each named with the way to it; no other rule is cited."""
    id_, plain = spoiled(cls, **{field: {}})
    assert [MISSING.within(f"{field}.{name}") for name in missing] == problems(cls, plain, id_)


@pytest.mark.parametrize(
    ("cls", "field", "value", "what"),
    [
        (Statistic, "period", {}, "the period is empty"),
        (Memorandum, "documents", {"counted": "memoranda"}, "the count is empty"),
        (Memorandum, "signatories[0]", {}, "neither 'city' nor 'organisation' is given"),
        (City, "evidence[0]", {"source": "a", "locator": "b"}, "the evidence names no field"),
    ],
)
def test_what_is_absent_from_a_whole_object_is_said_of_the_object(
    cls: type[AnyRecord], field: str, value: dict[str, Any], what: str
) -> None:
    """A rule about several fields of which none is there names the object that lacks them."""
    id_, plain = spoiled(cls, **{field: value})
    assert [(field, what)] == [(problem.field, problem.message) for problem in problems(cls, plain, id_)]


@pytest.mark.parametrize(
    ("cls", "field", "value", "inner"),
    [
        (Statistic, "period", {"wording": 5}, "wording"),
        (Memorandum, "documents", {"counted": "memoranda", "wording": 5}, "wording"),
        (Memorandum, "signatories[0]", {"organisation": 5}, "organisation"),
        (Memorandum, "signatories[0]", {"organisation": 5, "named": False, "based_in": "nz-dunedin"}, "organisation"),
        (City, "evidence[0]", {"source": "a", "locator": "b", "claims": 5}, "claims"),
    ],
)
def test_a_faulty_field_is_not_also_said_to_be_absent(
    cls: type[AnyRecord], field: str, value: dict[str, Any], inner: str
) -> None:
    """A field that is there but faulty is one problem: no second one follows from it."""
    id_, plain = spoiled(cls, **{field: value})
    assert [f"{field}.{inner}"] == fields_of(problems(cls, plain, id_))


def test_text_is_text_and_a_member_is_a_member() -> None:
    """The types are right, not only the values: a member of a vocabulary equals its text and is not the same."""
    city = read_record(City, *DOCUMENTS[City])
    assert isinstance(city, City)
    assert [Level, str, str, tuple, FrozenMap, float, Coordinates] == [
        type(value)
        for value in (
            city.level,
            city.name,
            city.country,
            city.names,
            city.identifiers,
            city.coordinates and city.coordinates.longitude,
            city.coordinates,
        )
    ]
    (told,) = city.evidence
    assert [Level, str, tuple, FrozenMap, Coordinates] == [
        type(told.claims[name]) for name in ("level", "country", "names", "identifiers", "coordinates")
    ]
    assert str is type(read_record(Memorandum, *DOCUMENTS[Memorandum]).note)


def test_what_evidence_says_has_the_types_of_the_record_it_is_about() -> None:
    """The same key means a date in one record and a period in another."""
    tie = read_record(Partnership, *DOCUMENTS[Partnership])
    assert isinstance(tie, Partnership)
    assert PartialDate(1994) == tie.steps[0].evidence[0].claims["date"]
    statistic = read_record(Statistic, *DOCUMENTS[Statistic])
    assert isinstance(statistic, Statistic)
    assert StatisticChange is type(statistic.evidence[0].claims["change"])
    memorandum = read_record(Memorandum, *spoiled(Memorandum, evidence=evidence("signed", kind="letter_of_intent")))
    assert isinstance(memorandum, Memorandum)
    assert DocumentKind is type(memorandum.evidence[0].claims["kind"])


@pytest.mark.parametrize(
    ("text", "value"),
    [("4321", "4321"), ("-0.50", "-0.50"), ("0", "0"), ("9" * 40 + "." + "9" * 40, "9" * 40 + "." + "9" * 40)],
    ids=["whole", "cents", "nought", "longest"],
)
def test_a_decimal_keeps_its_digits(text: str, value: str) -> None:
    """A decimal is read from text, digit for digit."""
    made = read_record(Statistic, *spoiled(Statistic, value=text))
    assert isinstance(made, Statistic)
    assert Decimal(value).as_tuple() == made.value.as_tuple()


@pytest.mark.parametrize(
    "text",
    [
        "",
        " 1",
        "1 ",
        "+1",
        "01",
        "1.",
        ".5",
        "1e3",
        "1_000",
        "1,000",
        "NaN",
        "Infinity",
        "٣",
        "9" * 41,
        "0." + "9" * 41,
        4321,
    ],
)
def test_what_is_not_a_decimal_in_its_one_form_is_refused(text: object) -> None:
    """A decimal has one form: no exponent, no plus, no grouping, and an end."""
    (problem,) = problems(*reversed_of(Statistic, value=text))
    assert ("value", 'a decimal number in quotes, like "4321" or "-0.5"') == (problem.field, problem.expected)


def reversed_of(cls: type[AnyRecord], **places: Any) -> tuple[type[AnyRecord], dict[str, Any], str]:
    """A record type, its document with other values at some places, and its id."""
    id_, plain = spoiled(cls, **places)
    return cls, plain, id_


@pytest.mark.parametrize(
    "number",
    [float("inf"), float("nan"), 10**400, "1", "45.0"],
    ids=["infinite", "NaN", "400 digits", "text", "text with a point"],
)
def test_what_is_not_a_finite_number_is_no_coordinate(number: object) -> None:
    """A coordinate is a JSON number: not text, and neither NaN nor infinite, even where Python would have it so."""
    assert ["coordinates.latitude"] == fields_of(problems(*reversed_of(City, **{"coordinates.latitude": number})))


def test_a_whole_number_of_degrees_is_a_number() -> None:
    """JSON has one kind of number: 170 is 170.0."""
    made = read_record(City, *DOCUMENTS[City])
    assert isinstance(made, City)
    assert made.coordinates is not None
    assert "170.0" == repr(made.coordinates.longitude)


def test_a_whole_number_is_one_however_it_is_written() -> None:
    """JSON has one kind of number: 3.0 is 3."""
    id_, plain = spoiled(Memorandum, **{"documents.number": 3.0})
    made = read_record(Memorandum, id_, plain)
    assert isinstance(made, Memorandum)
    assert made.documents is not None
    assert "3" == repr(made.documents.number)


@pytest.mark.parametrize(
    "number",
    [2.5, float("inf"), float("nan"), True, "3", 2**53, -(2**53), 2.0**53, 1e300],
    ids=[
        "fraction",
        "infinite",
        "NaN",
        "true",
        "text",
        "too great",
        "too small",
        "too great with a point",
        "300 digits",
    ],
)
def test_what_is_not_whole_or_not_exact_everywhere_is_no_count(number: object) -> None:
    """A count is a whole number, and none beyond those that every reader of JSON keeps exact."""
    (problem,) = problems(*reversed_of(Memorandum, **{"documents.number": number}))
    assert ("documents.number", "a whole number") == (problem.field, problem.expected)


@pytest.mark.parametrize(
    ("cls", "field", "key", "mend"),
    [
        (City, "", "nmae", "did you mean 'name'?"),
        (City, "", "mayor", ""),
        (City, "", "ID", ""),
        (City, "", "_sources", ""),
        (Partnership, "", "_sources", ""),
        (Partnership, "", "sources", ""),
        (Partnership, "", "__attrs_attrs__", ""),
        (Partnership, "steps[0].", "knid", "did you mean 'kind'?"),
        (Partnership, "steps[0].term.", "lang", "did you mean 'language'?"),
        (Partnership, "steps[0].evidence[0].", "support", "did you mean 'supports'?"),
        (Statistic, "change.compared_with.", "begin", ""),
    ],
)
def test_an_unknown_key_is_refused_with_what_it_may_have_meant(
    cls: type[AnyRecord], field: str, key: str, mend: str
) -> None:
    """A key that no field has is named with the fields there are and the nearest of them; hidden ones are none."""
    (problem,) = problems(*reversed_of(cls, **{f"{field}{key}": 1}))
    assert (f"{field}{key}", "unknown field", mend) == (problem.field, problem.message, problem.hint)
    assert problem.expected.startswith("one of '")
    assert "'id'" not in problem.expected
    assert "_sources" not in problem.expected


@pytest.mark.parametrize(
    ("value", "mend"),
    [("municpality", "did you mean 'municipality'?"), ("MUNICIPALITY", ""), ("zzz", ""), (["town"], "")],
    ids=["near", "capitals", "far", "list"],
)
def test_an_unknown_member_is_refused_with_what_it_may_have_meant(value: object, mend: str) -> None:
    """A value outside its vocabulary is named with the values there are and the nearest of them."""
    (problem,) = problems(*reversed_of(City, level=value))
    assert mend == problem.hint
    assert "one of 'municipality', 'district', 'town', 'county', 'province_or_state', 'region'" == problem.expected


@pytest.mark.parametrize("value", ["nz-dunedin", "other", None, 5], ids=str)
def test_an_id_inside_a_document_is_refused(value: object) -> None:
    """The id is the file's name, and stands nowhere else, not even where the two agree."""
    what = "the key 'id' is not allowed, because the name of the file is the id"
    assert [Problem(rule="id-inside", field="id", message=what, hint="delete the key")] == problems(
        *reversed_of(City, id=value)
    )


def test_an_id_inside_a_document_hides_no_other_problem() -> None:
    """The id is one problem among the others."""
    assert ["id", "level", "mayor"] == fields_of(problems(*reversed_of(City, id="x", level="citty", mayor="?")))


@pytest.mark.parametrize("id_", ["", "NZ-Dunedin", "dunedin", "nz-dunedin ", "nz--dunedin", "\ud800", "nz-" + "x" * 99])
def test_a_file_name_that_is_no_id_is_a_problem_of_the_id(id_: str) -> None:
    """The name of the file is looked at like every other value."""
    assert "id" == problems(City, DOCUMENTS[City][1], id_)[0].field


def test_every_problem_is_said_at_once() -> None:
    """Types, vocabularies, missing and unknown keys, rules of the records and of the codes: one report of all."""
    _, plain = spoiled(
        Partnership,
        **{
            "steps[0].date": 1994,
            "steps[0].action": "establishd",
            "steps[0].initiator": "fr-lyon",
            "steps[0].memorandum": "No Id",
            "steps[0].term": {"text": " ", "languag": "zh"},
            "steps[0].evidence[0].source": "No Id",
            "steps[0].evidence[0].claims.date": "yesterday",
            "steps[0].evidence[0].claims.kind": "unspecifid",
            "note": True,
            "mayor": None,
        },
    )
    plain["steps"].append({"action": "ended", "date": "2023-02-29"})
    plain["steps"].append("renewed")
    assert {
        "steps[0].date",
        "steps[0].action",
        "steps[0].memorandum",
        "steps[0].term.text",
        "steps[0].term.language",
        "steps[0].term.languag",
        "steps[0].evidence[0].source",
        "steps[0].evidence[0].claims.date",
        "steps[0].evidence[0].claims.kind",
        "steps[1].date",
        "steps[2]",
        "note",
        "mayor",
    } == set(fields_of(problems(Partnership, plain)))


@pytest.mark.parametrize(
    ("cls", "places", "fields"),
    [
        (City, {"name": None, "country": "nz", "part_of": "nz-dunedin"}, ["name", "country", "part_of"]),
        (City, {"level": "citty", "subdivision": "?"}, ["level", "subdivision"]),
        (City, {"country": 5, "part_of": "x"}, ["country", "part_of"]),
        (City, {"mayor": 1, "country": "AU"}, ["mayor", "country", "subdivision"]),
        (City, {"coordinates.point": 5, "coordinates.latitude": 91}, ["coordinates.point", "coordinates.latitude"]),
        (
            City,
            {"coordinates.latitude": "5", "coordinates.longitude": 181},
            ["coordinates.latitude", "coordinates.longitude"],
        ),
        (City, {"coordinates.point": 5, "country": "AU"}, ["coordinates.point", "country", "subdivision"]),
        (Statistic, {"value": 4321, "unit": "U$", "measure": "?"}, ["value", "measure", "unit"]),
        (Statistic, {"period": 5, "unit": "U$"}, ["period", "unit"]),
        (Statistic, {"period.each.unit": 5, "period.each.number": 0}, ["period.each.unit", "period.each.number"]),
        (Statistic, {"period.each.number": "3", "period.end": "2022"}, ["period.each.number", "period.end"]),
        (Memorandum, {"kind": 5, "signatories": []}, ["kind", "signatories"]),
        (Memorandum, {"signatories": 5, "signed": 5}, ["signatories", "signed"]),
        (Official, {"offices[0].title": None, "offices[0].end": "2021"}, ["offices[0].title", "offices[0].end"]),
        (Cooperation, {"stage": None, "cities": [], "area": "?"}, ["stage", "cities", "area"]),
        (Source, {"as_of": 5, "address": "example.org"}, ["as_of", "address"]),
        (City, {"evidence[0].source": "No Id", "evidence[0].note": 5}, ["evidence[0].note", "evidence[0].source"]),
    ],
)
def test_rules_are_checked_beside_wrong_types(cls: type[AnyRecord], places: dict[str, Any], fields: list[str]) -> None:
    """A field of a wrong type does not hide the rules that others break, and makes up no problem of its own."""
    assert sorted(fields) == sorted(fields_of(problems(*reversed_of(cls, **places))))


def test_the_rules_of_a_record_and_of_its_evidence_are_checked_together() -> None:
    """Evidence for a field that is not there does not wait until the record itself is mended."""
    found = problems(*reversed_of(City, country="AU", evidence=evidence("mayor", level="municipality")))
    assert ["country", "subdivision", "evidence[0].supports", "evidence[0].claims.level"] == fields_of(found)


@pytest.mark.parametrize("name", ["mayor", "id", "note", "evidence", ""])
def test_evidence_says_something_of_fields_that_can_be_evidenced(name: str) -> None:
    """A key of ``claims`` that is no field of the record, or none that evidence is for, is refused."""
    found = problems(*reversed_of(City, evidence=evidence("name", **{name: "x"})))
    assert ["evidence[0].claims"] == fields_of(found)


def test_what_evidence_says_of_an_unknown_field_may_be_anything() -> None:
    """Even what is no value of ours is refused as what it is: a word on a field that is not there."""
    for value in JUNK.values():
        assert ["evidence[0].claims"] == fields_of(problems(*reversed_of(City, evidence=evidence("name", mayor=value))))


def test_problems_of_the_text_are_raised_by_the_same_error() -> None:
    """Text that is not JSON and a document that is no record are refused alike."""
    with pytest.raises(InvalidRecordError, match=r"^1:1: the file is empty; expected JSON \(RFC 8259\)$"):
        read_text(City, "nz-dunedin", b"")


def test_a_document_is_left_as_it_was() -> None:
    """Reading changes nothing of what it reads, whether it succeeds or fails."""
    id_, plain = spoiled(City, level="citty")
    before = repr(plain)
    problems(City, plain, id_)
    assert before == repr(plain)


def test_one_error_has_no_other_behind_it() -> None:
    """A user sees our words alone: no exception of the machinery is shown as cause or context."""
    with pytest.raises(InvalidRecordError) as caught:
        read_record(City, "nz-dunedin", {})
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


@for_each_case(product([1_000, 100_000], ["name", "names", "identifiers", "evidence", "mayor"], ["[]", ['{"a":', "}"]]))
def test_nesting_is_refused_however_deep(depth: int, field: str, brackets: Sequence[str]) -> None:
    """A text nested a thousand or a hundred thousand levels deep is refused like any other, wherever it is deep."""
    opening, closing = brackets
    text = f'{{"{field}": {opening * depth}1{closing * depth}, "country": "NZ", "level": "town"}}'
    with pytest.raises(InvalidRecordError) as caught:
        read_text(City, "nz-dunedin", text)
    assert 1 <= len(caught.value.problems)


def test_the_thorough_reading_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick reading only saves time: whatever goes wrong in it, a sound document is read."""
    expected = read_record(City, *DOCUMENTS[City])
    monkeypatch.setattr(reader, "build_checked", lambda *_: None)
    assert anatomy(expected) == anatomy(read_record(City, *DOCUMENTS[City]))


def test_an_error_of_our_own_making_is_not_hidden() -> None:
    """What is no problem of the document is raised as it is, to be mended in the code."""
    with pytest.raises(ZeroDivisionError):
        reader._problems(ZeroDivisionError())


PLACES = """{
  "nmae": "Dunedin",
  "country": "NZ",
  "identifiers": {"wikidata": "Q1", "wikidata": "Q2", "geonames": 5},
  "names": [
    {"text": "Otepoti", "kind": "endonymm"},
    "Dunners"
  ],
  "country": "nz",
  "coordinates": {"latitude": 1,
    "longitude": 2}
}"""


def test_every_problem_is_told_with_its_place_in_the_order_of_the_text() -> None:
    """A missing field has the place of the object, an unknown one that of its key, a wrong value that of its key.

    Repeated keys are told among the others, at the last of them.
    """
    with pytest.raises(InvalidRecordError) as caught:
        read_text(City, "nz-dunedin", PLACES)

    assert [
        (1, 1, "schema", "level"),
        (1, 1, "schema", "name"),
        (2, 3, "schema", "nmae"),
        (4, 37, "repeated-key", "identifiers.wikidata"),
        (4, 55, "schema", "identifiers.geonames"),
        (6, 5, "schema", "names[0].language"),
        (6, 25, "schema", "names[0].kind"),
        (7, 5, "schema", "names[1]"),
        (9, 3, "repeated-key", "country"),
        (9, 3, "schema", "country"),
        (10, 3, "schema", "coordinates.point"),
    ] == sorted((each.line or 0, each.column or 0, each.rule, each.field) for each in caught.value.problems)
    places = [(each.line or 0, each.column or 0) for each in caught.value.problems]
    assert sorted(places) == places


@pytest.mark.parametrize("plain", ["[]", "5", "null", '"x"'])
def test_what_is_no_object_is_told_where_it_begins(plain: str) -> None:
    """Blanks in front are passed over."""
    with pytest.raises(InvalidRecordError) as caught:
        read_text(City, "nz-dunedin", f"\n  {plain}")

    assert [(2, 3, "schema")] == [(each.line, each.column, each.rule) for each in caught.value.problems]


def test_a_repeated_key_alone_is_a_problem() -> None:
    """A record whose every field would do is refused, if it was written with a key twice."""
    with pytest.raises(InvalidRecordError) as caught:
        read_text(City, "nz-dunedin", '{"name": "A",\n"name": "Dunedin", "country": "NZ", "level": "town"}')

    assert [(2, 1, "repeated-key", "name")] == [
        (each.line, each.column, each.rule, each.field) for each in caught.value.problems
    ]


@pytest.mark.parametrize("field", ["identifiers", "evidence"])
def test_an_object_with_a_repeated_key_is_an_object_all_the_same(field: str) -> None:
    """The key is the only problem: what holds it is not refused for being no object."""
    inner = '{"wikidata": "Q1", "wikidata": "Q2"}'
    if field == "evidence":
        inner = '[{"source": "a", "locator": "b", "claims": {"name": "D", "name": "E"}}]'
    with pytest.raises(InvalidRecordError) as caught:
        read_text(City, "nz-dunedin", f'{{"name": "A", "country": "NZ", "level": "town", "{field}": {inner}}}')

    assert ["repeated-key"] == [each.rule for each in caught.value.problems]


def test_an_id_inside_is_told_at_its_key_with_the_rest() -> None:
    """What else is wrong is told too, and the id that counts is the name of the file."""
    with pytest.raises(InvalidRecordError) as caught:
        read_text(City, "NZ Dunedin", '{"name": 5, "country": "NZ",\n "id": "nz-dunedin", "level": "town"}')

    assert [(1, 2, "schema", "name"), (2, 2, "id-inside", "id"), (2, 2, "id-grammar", "id")] == [
        (each.line, each.column, each.rule, each.field) for each in caught.value.problems
    ]


def test_what_is_made_of_a_text_is_given_back() -> None:
    """Something sound is what ``make`` made of it; what ``make`` says is wrong is told with its place."""

    def refuse(plain: Any) -> NoReturn:
        raise InvalidRecordError(
            [Problem(field=f"a[{len(plain['a']) - 1}]", message="the last"), Problem(message="all")]
        )

    assert [1, 2] == read_checked('{"a": [1, 2]}', lambda plain: plain["a"])
    with pytest.raises(InvalidRecordError) as caught:
        read_checked('{"a": [1, 2]}', refuse)
    assert [(1, 1, "all"), (1, 11, "the last")] == [
        (each.line, each.column, each.message) for each in caught.value.problems
    ]
