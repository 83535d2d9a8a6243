"""A compiled dataset answers like the dataset, and reads only the lines that a question needs."""

import json

import pytest

from friendcities import City, Dataset, Partnership, Source, UnknownCityError
from friendcities.codec import bundle
from friendcities.codec.bundle import read_bundle
from friendcities.datasets.dataset import compile_dataset, make_dataset
from tests.frozen import FROZEN
from tests.worlds import a_city

COMPILED = compile_dataset(FROZEN)


def test_a_compiled_dataset_is_equal() -> None:
    """All records and redirects are in the bundle, and the bytes depend on nothing but the records."""
    trusted = make_dataset(*read_bundle(COMPILED))

    assert FROZEN == trusted
    assert len(FROZEN) == len(trusted)
    assert [*FROZEN] == [*trusted]
    assert COMPILED == compile_dataset(trusted) == compile_dataset(Dataset([*reversed([*FROZEN])]))


def test_an_empty_dataset_can_be_compiled() -> None:
    """It has no records, and its indexes are empty."""
    trusted = make_dataset(*read_bundle(compile_dataset(Dataset())))

    assert Dataset() == trusted
    with pytest.raises(UnknownCityError):
        trusted.city("Shanghai")


def test_a_question_reads_few_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The partners of a city with one partner: two cities, one partnership, and the lines of the indexes."""
    trusted = make_dataset(*read_bundle(COMPILED))
    read: list[str] = []

    class Json:
        @staticmethod
        def loads(text: bytes) -> object:
            read.append(text.decode())
            return json.loads(text)

    monkeypatch.setattr(bundle, "json", Json)

    assert ["cn-shanghai"] == [city.id for city in trusted.partners_of("Dunedin")]
    assert 5 == len(read), read


@pytest.mark.parametrize("all_at_once", [False, True])
def test_each_key_is_found_and_no_other(all_at_once: bool) -> None:  # noqa: FBT001 - pytest passes it
    """By the binary search, and by the places of all lines; a value is made once."""
    for cls, lines in read_bundle(COMPILED)[0].items():
        expected = {record.id: record for record in FROZEN if type(record) is cls}
        if all_at_once:
            assert sorted(expected) == list(lines)
        assert expected == {id_: lines[id_] for id_ in expected}
        assert all(lines[id_] is lines[id_] for id_ in expected)
        for id_ in (*expected, ""):
            assert (id_ in expected) is (id_ in lines)
            for other in (id_ + "a", id_[:-1], "\ud800", "\uffff", '"'):
                assert (other in expected) is (other in lines), other
        assert None not in lines
        with pytest.raises(KeyError, match="missing"):
            lines["missing"]


def test_partnerships_have_their_sources() -> None:
    """The sources are read when they are needed."""
    records, _, _ = read_bundle(COMPILED)
    partnership = records[Partnership]["cn-shanghai--nz-dunedin"]

    assert FROZEN.partnership_between("Shanghai", "Dunedin").reliability is partnership.reliability
    assert records[Source]["shine-2023-12-02"] == FROZEN.source("shine-2023-12-02")


def test_an_identifier_of_any_form_is_kept() -> None:
    """Only identifiers that can be looked up are in an index, whose keys contain no punctuation."""
    odd = a_city("nz-dunedin", "Dunedin", identifiers={"geonames": '1",2', "wikidata": "Q133073"})
    records, _, indexes = read_bundle(compile_dataset(Dataset([odd])))

    assert odd == records[City]["nz-dunedin"]
    assert {} == dict(indexes["geonames"])
    assert {"Q133073": ["nz-dunedin"]} == dict(indexes["wikidata"])
