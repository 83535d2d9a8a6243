"""Writing records: one text stands for each."""

import json
from decimal import Decimal

import pytest

from friendcities import (
    City,
    Coordinates,
    Evidence,
    FrozenMap,
    Level,
    PartialDate,
    Partnership,
    PartnershipKind,
    Party,
    Period,
    SourceId,
    StatedCount,
    Statistic,
    StatisticChange,
    Step,
    StepAction,
    parse_city_id,
)
from friendcities.codec.writer import dumps, encode, to_plain
from friendcities.model import PartnershipId, StatisticId

DUNEDIN = parse_city_id("nz-dunedin")


def city(**fields: object) -> City:
    """Dunedin, with these fields."""
    made: City = City(**{"id": DUNEDIN, "name": "Dunedin", "country": "NZ", "level": Level.MUNICIPALITY} | fields)  # type: ignore[arg-type]
    return made


def statistic(value: str) -> Statistic:
    """A statistic of this value."""
    return Statistic(
        id=StatisticId("ventures"),
        city=DUNEDIN,
        measure="ventures",
        value=Decimal(value),
        unit="ventures",
        period=Period(wording="three consecutive years"),
        change=StatisticChange(percent=Decimal(-35), compared_with=Period(start=PartialDate(2022))),
    )


def test_the_text_has_fixed_keys_two_spaces_and_one_final_newline() -> None:
    """Keys stand in the order of the fields whatever the order they were given in; defaults and the id are left out."""
    made = city(note="上海 “’ é", names=(), part_of=None)
    text = '{\n  "name": "Dunedin",\n  "country": "NZ",\n  "level": "municipality",\n  "note": "上海 “’ é"\n}\n'
    assert text == encode(made)


def test_a_mapping_is_written_in_the_order_of_its_keys() -> None:
    """Equal records have one text, in whichever order their mappings were made."""
    there, back = ("wikidata", "Q133073"), ("geonames", "2191562")
    texts = {encode(city(identifiers=FrozenMap(dict(pair)))) for pair in ([there, back], [back, there])}
    assert 1 == len(texts)
    assert ["geonames", "wikidata"] == list(json.loads(texts.pop())["identifiers"])


def test_every_value_is_written_plainly() -> None:
    """Dates, members, decimals and what evidence says become plain values, and nothing else does."""
    told = Evidence(
        source=SourceId("gazette"),
        locator="page 1",
        supports=("action",),
        claims=FrozenMap({"kind": PartnershipKind.CONTACT, "date": PartialDate(1995)}),
    )
    step = Step(
        date=PartialDate(1994, 10), action=StepAction.ESTABLISHED, kind=PartnershipKind.SISTER_CITY, evidence=(told,)
    )
    plain = to_plain(Partnership(id=PartnershipId("cn-shanghai--nz-dunedin"), steps=(step,)))
    says = {"date": "1995", "kind": "contact"}
    evidence = {"source": "gazette", "locator": "page 1", "supports": ["action"], "claims": says}
    assert {
        "steps": [{"date": "1994-10", "action": "established", "kind": "sister_city", "evidence": [evidence]}]
    } == plain
    (written,) = plain["steps"]
    assert {str} == {
        type(value) for value in (written["action"], written["kind"], written["evidence"][0]["claims"]["kind"])
    }


@pytest.mark.parametrize(
    ("value", "text"),
    [("4321", "4321"), ("2E+10", "20000000000"), ("-0.50", "-0.50"), ("1E-7", "0.0000001")],
)
def test_a_decimal_is_written_in_full_and_in_quotes(value: str, text: str) -> None:
    """A value keeps its digits, is never written with an exponent, and never passes through a float."""
    plain = to_plain(statistic(value))
    assert text == plain["value"]
    assert {"percent": "-35", "compared_with": {"start": "2022"}} == plain["change"]
    assert {"wording": "three consecutive years"} == plain["period"]


def test_a_value_that_equals_the_default_but_is_of_another_type_is_written() -> None:
    """Only the default itself is left out: a count of 0 is not an absent one."""
    party = Party(organisation="universities", named=False, count=StatedCount(counted="universities", number=0))
    assert party.count is not None
    assert 0 == party.count.number
    point = Coordinates(latitude=0.0, longitude=-0.0, point="city")
    assert {"latitude": 0.0, "longitude": -0.0, "point": "city"} == to_plain(city(coordinates=point))["coordinates"]
    assert '"longitude": -0.0' in encode(city(coordinates=point))


def test_numbers_that_json_lacks_are_never_written() -> None:
    """Whatever comes to the writer, what it writes is JSON."""
    with pytest.raises(ValueError, match="JSON"):
        dumps(float("nan"))
