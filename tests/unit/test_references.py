"""References between records: each must lead somewhere, and no city may be a part of itself."""

import difflib
from collections.abc import Collection
from typing import Any

import pytest

import friendcities as fc
from friendcities import (
    City,
    CityId,
    DataError,
    Dataset,
    Evidence,
    Memorandum,
    MemorandumId,
    Official,
    Partnership,
    Problem,
    Source,
    SourceId,
    Statistic,
)
from friendcities.datasets.folder import record_path
from friendcities.datasets.references import part_of_cycles, references, unknown_references
from friendcities.model import AnyRecord
from tests.worlds import a_city, a_source, a_step, a_tie, changed, told


def problems_of(*records: AnyRecord) -> list[tuple[str, str, str]]:
    """What is wrong with these records taken together: path, field and what."""
    with pytest.raises(DataError) as caught:
        Dataset(records)
    return [(problem.path, problem.field, problem.message) for problem in caught.value.problems]


def without(cls: type[AnyRecord], id_: str) -> list[AnyRecord]:
    """The bundled records but one."""
    return [record for record in fc.dataset() if (type(record), record.id) != (cls, id_)]


@pytest.mark.parametrize(
    ("cls", "id_", "path", "field"),
    [
        (City, "nz-dunedin", "partnerships/cn-nz/cn-shanghai--nz-dunedin.json", "id"),
        (City, "nz-dunedin", "officials/nz-jules-radich.json", "offices[0].city"),
        (City, "nz-dunedin", "events/2023-shanghai-friendship-cities-forum.json", "participants[5].city"),
        (City, "nz-dunedin", "cooperations/pudong-dunedin-electric-buses.json", "cities[1]"),
        (City, "nz-dunedin", "memoranda/nz-dunedin-delegation-2023.json", "signatories[0].based_in"),
        (City, "cn-shanghai", "cities/cn/cn-shanghai-pudong.json", "part_of"),
        (City, "cn-shanghai", "sources/shanghai-fao-2012-09-24.json", "speaks_for[0]"),
        (City, "ve-carabobo", "partnerships/cn-ve/cn-shanghai--ve-carabobo.json", "steps[0].initiator"),
        (City, "za-johannesburg", "cities/ve/ve-carabobo.json", "evidence[0].claims.part_of"),
        (
            Memorandum,
            "cn-shanghai-ve-carabobo-2023",
            "partnerships/cn-ve/cn-shanghai--ve-carabobo.json",
            "steps[0].memorandum",
        ),
        (Official, "cn-hua-yuan", "statistics/cn-shanghai-new-foreign-ventures-2023-q1-q3.json", "stated_by"),
        (
            Official,
            "bf-yoma-etienne-bako",
            "events/2023-shanghai-friendship-cities-forum.json",
            "participants[0].delegate",
        ),
        (Source, "iso-3166-2", "cities/cn/cn-shanghai.json", "evidence[1].source"),
        (
            Source,
            "shanghai-yearbook-2007",
            "partnerships/cn-nz/cn-shanghai--nz-dunedin.json",
            "steps[0].evidence[1].source",
        ),
    ],
)
def test_a_reference_that_leads_nowhere_is_named(cls: type[AnyRecord], id_: str, path: str, field: str) -> None:
    """Whatever names a record that is not there is a problem, with the file and the way to the field."""
    what = f"there is no {cls.__name__.lower()} {id_!r}"

    assert (path, field, what) in problems_of(*without(cls, id_))


def test_every_broken_reference_is_reported_at_once() -> None:
    """Nothing stops at the first problem; a near id is suggested, else how to mend it is said."""
    with pytest.raises(DataError) as caught:
        Dataset([a_city("nz-dunedin"), a_tie("nz-dunedine", "cn-shanghai", a_step("1994", told("gazette", "action")))])

    path = "partnerships/cn-nz/cn-shanghai--nz-dunedine.json"
    city, source = "the id of a city on record", "the id of a source on record"
    assert (
        Problem(
            rule="unknown-reference",
            path=path,
            field="id",
            message="there is no city 'cn-shanghai'",
            expected=city,
            hint="add the city, or fix the id",
        ),
        Problem(
            rule="unknown-reference",
            path=path,
            field="id",
            message="there is no city 'nz-dunedine'",
            expected=city,
            hint="did you mean 'nz-dunedin'?",
        ),
        Problem(
            rule="unknown-reference",
            path=path,
            field="steps[0].evidence[0].source",
            message="there is no source 'gazette'",
            expected=source,
            hint="add the source, or fix the id",
        ),
    ) == caught.value.problems


def test_an_id_of_another_type_is_none() -> None:
    """A source that has a city's id is no city."""
    tie = a_tie("nz-dunedin", "cn-shanghai", a_step("1994"))

    assert [
        ("partnerships/cn-nz/cn-shanghai--nz-dunedin.json", "id", "there is no city 'cn-shanghai'"),
    ] == problems_of(a_city("nz-dunedin"), a_source("cn-shanghai"), tie)


def part_of(id_: str, whole: str) -> City:
    """A city that is a part of another."""
    return a_city(id_, part_of=CityId(whole))


def test_a_round_trip_of_parts_is_a_problem_of_each() -> None:
    """Each city on the round trip is named, with the way round; one that only leads into it is not."""
    found = problems_of(
        part_of("aa-a", "aa-b"), part_of("aa-b", "aa-c"), part_of("aa-c", "aa-a"), part_of("aa-d", "aa-a")
    )

    assert [
        ("cities/aa/aa-a.json", "part_of", "the city is a part of itself: aa-a → aa-b → aa-c → aa-a"),
        ("cities/aa/aa-b.json", "part_of", "the city is a part of itself: aa-b → aa-c → aa-a → aa-b"),
        ("cities/aa/aa-c.json", "part_of", "the city is a part of itself: aa-c → aa-a → aa-b → aa-c"),
    ] == found


def test_a_long_way_to_the_whole_is_fine() -> None:
    """Parts may lie in parts as deep as they are, and two in one."""
    chain = [part_of(f"aa-{i}", f"aa-{i + 1}") for i in range(50)]
    world = Dataset([*chain, a_city("aa-50"), part_of("aa-other", "aa-1")])

    assert 51 == len(world.parts_of("aa-50"))


def test_two_records_of_one_id_are_a_problem() -> None:
    """An id stands for one record: the second is named, and what has it."""
    found = problems_of(a_city("nz-dunedin"), a_city("nz-dunedin", "Another"))

    assert [
        ("cities/nz/nz-dunedin.json", "", "the id 'nz-dunedin' is also the id of cities/nz/nz-dunedin.json")
    ] == found


def test_duplicates_and_broken_references_are_reported_together() -> None:
    """One report has all that is wrong, of whatever sort."""
    found = problems_of(a_city("nz-a"), a_city("nz-a"), part_of("nz-b", "nz-c"))

    assert ["", "part_of"] == [field for _, field, _ in found]


def test_references_of_a_claim_are_those_of_its_field() -> None:
    """What a source says instead is of the type of the field, so it names what the field would name."""
    says = {"city": "nz-dunedin", "value": fc.statistics()[0].value + 1}
    item = Evidence(source=SourceId("gazette"), locator="page 1", claims=says)  # type: ignore[arg-type]
    statistic = changed(fc.statistics()[0], evidence=(item,))

    assert [
        ("city", City, "cn-shanghai"),
        ("stated_by", Official, "cn-hua-yuan"),
        ("evidence[0].source", Source, "gazette"),
        ("evidence[0].claims.city", City, "nz-dunedin"),
    ] == list(references(statistic))


def test_references_stand_in_the_order_of_the_fields() -> None:
    """A partnership names its two cities by its id, then what its steps name."""
    tie = changed(
        a_tie("aa-a", "bb-b"), steps=(changed(a_step("1990"), initiator=CityId("aa-a"), memorandum=MemorandumId("m")),)
    )

    assert [
        ("id", City, "aa-a"),
        ("id", City, "bb-b"),
        ("steps[0].initiator", City, "aa-a"),
        ("steps[0].memorandum", Memorandum, "m"),
    ] == list(references(tie))


def test_what_can_name_nothing_names_nothing() -> None:
    """A value none of whose fields is the id of a record has no references."""
    [point] = (city.coordinates for city in fc.cities() if city.id == "nz-dunedin")

    assert [] == list(references(point))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cls", [City, Partnership, Memorandum, Official, Statistic, Source], ids=lambda cls: cls.__name__
)
def test_every_type_of_record_can_name_others(cls: type[AnyRecord]) -> None:
    """References are read off the types of the fields: no type of record is forgotten."""
    assert any(list(references(record)) for record in fc.dataset() if type(record) is cls)


def test_suggestions_stop_after_twenty_ids_but_problems_do_not(monkeypatch: pytest.MonkeyPatch) -> None:
    """A register with a wrong base is reported whole and soon: each broken reference, but suggestions for a few ids."""
    searched: list[str] = []
    search = difflib.get_close_matches

    def counted(word: str, known: Collection[str], **options: Any) -> list[str]:
        searched.extend([word] if known else [])  # to search nothing takes no time
        return search(word, list(known), **options)

    monkeypatch.setattr(difflib, "get_close_matches", counted)
    cities = [a_city(f"nz-town{i:02}") for i in range(30)]
    parts = [part_of(f"au-{letter}{i:02}", f"nz-townn{i:02}") for i in range(30) for letter in "ab"]

    with pytest.raises(DataError) as caught:
        Dataset([*cities, *parts])

    problems = caught.value.problems
    assert 60 == len(problems)
    assert {f"there is no city 'nz-townn{i:02}'" for i in range(30)} == {problem.message for problem in problems}
    assert 20 == len(searched) == len(set(searched))
    suggested = [problem for problem in problems if problem.hint.startswith("did you mean 'nz-town")]
    assert {f"there is no city {id_!r}" for id_ in searched} == {problem.message for problem in suggested}
    assert all(problem.hint for problem in problems)


def test_a_chain_of_thousands_of_parts_is_fine() -> None:
    """How deep parts lie is not limited, and does not make the check slow."""
    chain = [part_of(f"aa-{i}", f"aa-{i + 1}") for i in range(3000)]

    assert 3000 == len(Dataset([*chain, a_city("aa-3000")]).parts_of("aa-3000"))


def test_a_long_round_trip_is_a_problem_of_each_member_once() -> None:
    """Every city on it is named once, those that lead into it are not."""
    ring = [part_of(f"aa-{i:03}", f"aa-{(i + 1) % 200:03}") for i in range(200)]
    tail = [part_of(f"bb-{i:03}", f"bb-{i + 1:03}") for i in range(200)]

    found = problems_of(*tail, *ring, part_of("bb-200", "aa-100"))

    assert [f"cities/aa/aa-{i:03}.json" for i in range(200)] == sorted(path for path, _, _ in found)
    assert {"part_of"} == {field for _, field, _ in found}
    assert all(what.startswith("the city is a part of itself: ") for _, _, what in found)


def test_what_is_known_may_be_more_than_what_is_looked_at() -> None:
    """A register may name what it is laid over, and what lies in a broken file: those ids are known, and not held."""
    collection: dict[type[AnyRecord], dict[str, AnyRecord]] = {
        City: {"nz-b": part_of("nz-b", "nz-a"), "nz-c": part_of("nz-c", "nz-d"), "nz-e": part_of("nz-e", "nz-f")}
    }
    known: dict[type[AnyRecord], set[str]] = {City: {"nz-a", "nz-b", "nz-c", "nz-e"}}

    found = list(unknown_references(collection, lambda record: f"file of {record.id}", {City: {"nz-d": "nz-a"}}, known))

    assert [
        ("file of nz-c", "unknown-reference", "part_of", "the record has a new id: write 'nz-a'"),
        ("file of nz-e", "unknown-reference", "part_of", "did you mean 'nz-e'?"),
    ] == [(each.path, each.rule, each.field, each.hint) for each in found]


def test_what_is_meant_may_lie_where_nobody_looks() -> None:
    """A register that names few cities of its own is told of those of the dataset that it is laid over."""
    tie: dict[str, AnyRecord] = {"nz-dunedine--nz-x": a_tie("nz-dunedine", "nz-x")}
    known: dict[type[AnyRecord], set[str]] = {City: {"nz-x", "nz-dunedin"}, Partnership: set(tie)}

    [problem] = unknown_references({City: {"nz-x": a_city("nz-x")}, Partnership: tie}, record_path, {}, known)

    assert "did you mean 'nz-dunedin'?" == problem.hint


def test_a_moved_id_is_told_however_many_there_are() -> None:
    """Where an id moved to needs no search, so it is said of every one."""
    moved: dict[type[AnyRecord], dict[str, str]] = {City: {f"nz-old{i}": f"nz-new{i}" for i in range(30)}}
    cities: dict[str, AnyRecord] = {f"au-{i}": part_of(f"au-{i}", f"nz-old{i}") for i in range(30)}

    found = list(unknown_references({City: cities}, record_path, moved, {City: set(cities)}))

    assert [f"the record has a new id: write 'nz-new{i}'" for i in range(30)] == [problem.hint for problem in found]


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ({}, []),
        ({"aa-a": None}, []),
        ({"aa-a": "aa-gone"}, []),
        ({"aa-a": "aa-b", "aa-b": "aa-gone"}, []),
        ({"aa-a": "aa-b", "aa-b": "aa-a"}, [["aa-a", "aa-b", "aa-a"], ["aa-b", "aa-a", "aa-b"]]),
        ({"aa-c": "aa-b", "aa-b": "aa-a", "aa-a": "aa-b"}, [["aa-b", "aa-a", "aa-b"], ["aa-a", "aa-b", "aa-a"]]),
    ],
    ids=["none", "a whole", "nowhere", "a long way nowhere", "two", "with a tail"],
)
def test_a_way_round_is_found_from_each_that_lies_on_it(
    parts: dict[str, str | None], expected: list[list[str]]
) -> None:
    """A way that ends, be it where nothing is, goes not round."""
    cities = {id_: a_city(id_, part_of=whole) for id_, whole in parts.items()}

    found = list(part_of_cycles(cities))

    assert expected == [way for _, way in found]
    assert [way[0] for way in expected] == [city.id for city, _ in found]
