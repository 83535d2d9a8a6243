"""Evidence: what it may be for, and what in it is a disagreement."""

from typing import Any

import pytest

from friendcities import (
    City,
    Evidence,
    FrozenMap,
    InvalidRecordError,
    Level,
    PartialDate,
    PartnershipKind,
    Period,
    SourceTerm,
    Statistic,
    Step,
    StepAction,
)
from friendcities.codec.reader import read_record
from tests.documents import DOCUMENTS


def told(*supports: str, source: str = "gazette", **says: Any) -> Any:
    """What one source tells."""
    made: Any = Evidence
    return made(source=source, locator="page 1", supports=supports, claims=FrozenMap(says))


def denial(source: str = "gazette") -> Any:
    """Evidence of a source that states that it did not happen."""
    made: Any = Evidence
    return made(source=source, locator="page 1", denies=True)


def city(*evidence: Evidence) -> City:
    """Dunedin with evidence."""
    made: Any = City
    found: City = made(id="nz-dunedin", name="Dunedin", country="NZ", level=Level.TOWN, evidence=evidence)
    return found


def step(*evidence: Evidence, **fields: Any) -> Step:
    """An established sister city of October 1994, with evidence."""
    values = {"date": PartialDate(1994, 10), "action": StepAction.ESTABLISHED, "kind": PartnershipKind.SISTER_CITY}
    return Step(**{**values, **fields}, evidence=evidence)


def faults(make: Any) -> list[tuple[str, str]]:
    """Field and fault of each problem."""
    with pytest.raises(InvalidRecordError) as caught:
        make()
    return [(problem.field, problem.message) for problem in caught.value.problems]


def test_evidence_is_for_something() -> None:
    """Evidence supports a field or says otherwise; that it was there is no fact."""
    assert [("", "the evidence names no field")] == faults(told)


def test_evidence_does_not_contradict_itself() -> None:
    """A field is either supported or said otherwise, and is named once."""
    assert [
        ("claims", "the field 'name' is in 'claims' and in 'supports'"),
        ("claims", "the field 'name' is in 'claims' and in 'supports'"),
        ("supports", "'supports' repeats a field"),
    ] == faults(lambda: told("name", "name", name="Dunners"))


def test_evidence_has_a_source_by_its_id() -> None:
    """The source is named by a well-formed id."""
    assert ["source"] == [field for field, _ in faults(lambda: told("name", source="The Gazette"))]


def test_a_repr_of_evidence_says_what_it_says() -> None:
    """Source, place, and what it supports or says otherwise."""
    assert "<Evidence gazette, page 1: supports name, claims country=AU>" == repr(told("name", country="AU"))


@pytest.mark.parametrize("name", ["mayor", "id", "evidence", "note"])
def test_evidence_is_for_fields_that_its_record_has(name: str) -> None:
    """Neither an unknown field nor the id, the note or the evidence itself is evidenced."""
    fault = f"unknown field {name!r}"
    assert [("evidence[0].supports", fault)] == faults(lambda: city(told(name)))
    assert [("evidence[1].claims", fault)] == faults(lambda: city(told("name"), told(**{name: "x"})))


@pytest.mark.parametrize("name", ["names", "subdivision", "identifiers", "part_of"])
def test_evidence_does_not_support_an_empty_field(name: str) -> None:
    """A source cannot say what the record says where the record says nothing."""
    fault = f"'supports' contains {name!r}, but this field is empty in the record"
    assert [("evidence[0].supports", fault)] == faults(lambda: city(told(name)))


def test_evidence_does_not_support_an_unspecified_kind() -> None:
    """``unspecified`` is an empty word too."""
    assert ["evidence[0].supports"] == [
        field for field, _ in faults(lambda: step(told("kind"), kind=PartnershipKind.UNSPECIFIED))
    ]


def test_a_claim_with_one_meaning_is_converted() -> None:
    """A claim is converted like the field of the record; the evidence that was passed stays as it is."""
    evidence = told(level="district", country="AU")
    assert {"level": Level.DISTRICT, "country": "AU"} == dict(city(evidence).evidence[0].claims)
    assert "district" == evidence.claims["level"]
    assert type(evidence.claims["level"]) is str


@pytest.mark.parametrize("said", ["twon", 5, StepAction.ENDED], ids=repr)
def test_what_is_said_has_the_type_of_the_field(said: object) -> None:
    """A claim has a type that the field can have."""
    assert ["evidence[0].claims.level"] == [field for field, _ in faults(lambda: city(told(level=said)))]


def test_what_is_said_otherwise_is_not_what_the_record_says() -> None:
    """What agrees belongs among the supported fields."""
    with pytest.raises(InvalidRecordError, match=r"name the field in 'supports' instead$"):
        city(told(country="NZ"))


@pytest.mark.parametrize(
    ("name", "said", "problem"),
    [
        ("memorandum", "No Id", "evidence[0].claims.memorandum"),
        ("memorandum", 5, "evidence[0].claims.memorandum"),
        ("initiator", 5, "evidence[0].claims.initiator"),
    ],
)
def test_what_is_said_of_an_id_is_an_id(name: str, said: object, problem: str) -> None:
    """A step as one source tells it must be a step that can be."""
    says: Any = {name: said}
    assert [problem] == [field for field, _ in faults(lambda: step(told("action", **says)))]


@pytest.mark.parametrize(
    ("name", "said", "contradicts"),
    [
        ("date", PartialDate(1994), False),
        ("date", PartialDate(1994, 10, 21), False),
        ("date", PartialDate(1994, 11), True),
        ("date", PartialDate(1995), True),
        ("kind", PartnershipKind.CONTACT, True),
        ("action", StepAction.LISTED, False),
        ("action", StepAction.RENEWED, True),
        ("action", StepAction.PROPOSED, True),
        ("initiator", "nz-dunedin", True),
        ("term", SourceTerm(text="twins", language="en"), False),
        ("memorandum", "dunedin-1994", False),
    ],
)
def test_what_contradicts_a_step(name: str, said: object, *, contradicts: bool) -> None:
    """Coarser values do not; another year or another kind does."""
    says: Any = {name: said}
    made = step(told("kind" if name == "action" else "action", **says))
    assert contradicts is made.contradicts(name, said)
    assert contradicts is made.disputed


@pytest.mark.parametrize(
    ("what", "contradicts"),
    [
        (StepAction.ESTABLISHED, False),
        (StepAction.UPGRADED, False),
        (StepAction.RENEWED, False),
        (StepAction.RESUMED, False),
        (StepAction.PROPOSED, True),
        (StepAction.SUSPENDED, True),
        (StepAction.ENDED, True),
        (StepAction.UNCONFIRMED, True),
    ],
)
def test_a_listing_is_a_coarser_word_for_what_puts_in_force(what: StepAction, *, contradicts: bool) -> None:
    """A list that has a partnership agrees with whatever made it active, and with nothing else."""
    assert contradicts is step(action=what).contradicts("action", StepAction.LISTED)


def test_what_the_record_says_does_not_contradict_it() -> None:
    """The recorded value itself is no contradiction."""
    made = step(initiator="nz-dunedin")
    assert not any(made.contradicts(name, getattr(made, name)) for name in ("date", "action", "kind", "initiator"))


def test_a_record_without_contrary_evidence_is_not_disputed() -> None:
    """Support and coarser values are no dispute; one contrary value is."""
    assert not city().disputed
    assert city(told("name"), told("name", country="AU")).disputed


@pytest.mark.parametrize(
    ("said", "contradicts"),
    [
        (Period(start=PartialDate(2023)), False),
        (Period(start=PartialDate(2022)), True),
        (Period(wording="lately"), False),
        ("2023", True),
    ],
    ids=str,
)
def test_a_period_contradicts_by_a_known_end(said: object, *, contradicts: bool) -> None:
    """A span that leaves open or coarser what the record knows is no contradiction."""
    statistic = read_record(Statistic, *DOCUMENTS[Statistic])
    assert isinstance(statistic, Statistic)
    assert contradicts is statistic.contradicts("period", said)


def test_a_date_is_not_contradicted_by_coarseness_but_by_another_value() -> None:
    """A date that the record lacks is a word against its silence."""
    assert step(date=None).contradicts("date", PartialDate(1994))


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([told("action", source="other")], None),
        ([told("kind")], None),
        ([denial()], None),
        ([told("action")], Step(action=StepAction.ESTABLISHED, evidence=(told("action"),))),
        (
            [told("action", date=PartialDate(1994))],
            Step(date=PartialDate(1994), action=StepAction.ESTABLISHED, evidence=(told("date", "action"),)),
        ),
        (
            [told("kind", "date", action=StepAction.LISTED)],
            step(told("date", "action", "kind"), action=StepAction.LISTED),
        ),
        (
            [told(date=PartialDate(1995)), told("date", "action")],
            step(told("date", "action"), kind=PartnershipKind.UNSPECIFIED),
        ),
        (
            [told("action", date=PartialDate(1995)), told(date=PartialDate(1996))],
            Step(date=PartialDate(1995), action=StepAction.ESTABLISHED, evidence=(told("date", "action"),)),
        ),
    ],
    ids=["another source", "not told", "denied", "bare", "coarser", "listed", "supported wins", "first wins"],
)
def test_a_step_as_one_source_tells_it(evidence: list[Evidence], expected: Step | None) -> None:
    """What the source supports or says is kept, what it is silent on is empty, what it denies did not happen."""
    assert expected == step(*evidence).according_to("gazette")  # type: ignore[arg-type]


def test_a_step_as_one_source_tells_it_names_every_place_once() -> None:
    """The places in the source are joined, each once."""
    one: Any = {"source": "gazette", "supports": ("action",)}
    evidence = [Evidence(**one, locator=locator) for locator in ("page 2", "page 1", "page 2")]
    made = step(*evidence, note="Ours.").according_to("gazette")  # type: ignore[arg-type]
    assert made is not None
    assert ("page 2; page 1", None) == (made.evidence[0].locator, made.note)


def test_a_denial_disputes_a_step() -> None:
    """A source that states that a step did not happen contradicts the step as a whole."""
    denied = step(told("action"), denial("other"))
    assert denied.disputed
    assert [False, True] == [denied.contradicted_by(item) for item in denied.evidence]
    assert denied.according_to("other") is None  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"supports": ("action",)}, "denies"),
        ({"claims": FrozenMap({"date": PartialDate(1994)})}, "denies"),
        ({"supports": ("action",), "claims": FrozenMap({"date": PartialDate(1994)})}, "denies"),
    ],
    ids=["supports", "claims", "both"],
)
def test_a_denial_excludes_the_rest(given: dict[str, Any], problem: str) -> None:
    """Evidence that denies neither supports nor claims anything."""
    made: Any = Evidence
    assert [problem] == [field for field, _ in faults(lambda: made(source="a", locator="1", denies=True, **given))]


def test_a_city_and_a_statistic_cannot_be_denied() -> None:
    """Only what can fail to happen is denied."""
    assert [("evidence[0].denies", "evidence cannot deny a city")] == faults(lambda: city(denial()))
    id_, plain = DOCUMENTS[Statistic]
    plain = plain | {"evidence": [{"source": "a", "locator": "1", "denies": True}]}
    expected = [("evidence[0].denies", "evidence cannot deny a statistic")]
    assert expected == faults(lambda: read_record(Statistic, id_, plain))


@pytest.mark.parametrize(
    ("name", "value"), [("date", None), ("kind", None), ("kind", "unspecified"), ("action", None)], ids=str
)
def test_a_claim_states_a_value(name: str, value: object) -> None:
    """Silence is absence: a claim without a value is refused."""
    claim: Any = {name: PartnershipKind.UNSPECIFIED if value else None}
    supported = "kind" if name == "action" else "action"
    found = faults(lambda: step(told(supported, **claim)))
    assert [(f"evidence[0].claims.{name}", "the claim is empty")] == found
