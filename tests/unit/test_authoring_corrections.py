"""How a field is corrected: who supports the new value, who claims the old one, and what is written."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities import DataError, InvalidQueryError
from friendcities.authoring import FORMS, Draft, FormFiller, Session
from friendcities.authoring.corrections import CORRECTION, correct, list_fields
from friendcities.checks import RecordTree
from friendcities.cli import main
from friendcities.diff import as_text, compare
from friendcities.field_path import FieldPath
from friendcities.model import AnyRecord
from tests.frozen import FROZEN, write_tree
from tests.sessions import TODAY, Person, files_in, make_session
from tests.worlds import a_source, a_step, a_tie, denial, told

DATE = "steps[0].date"
MILAN = "partnerships/cn-it/cn-shanghai--it-milan.json"
NEW_SOURCE = ["--source", "www.gazette.example/1", "--source-title", "Milan", "--source-publisher", "The Gazette",
              "--source-kind", "press", "--locator", "line 4"]  # fmt: skip


def evidence_of(record: AnyRecord, field: str = DATE) -> dict[tuple[str, str], tuple[tuple[str, ...], dict[str, str]]]:
    """What each source supports, and what it claims, by source and place."""
    items = (FieldPath(FieldPath.parse(field)[:-1]).join("evidence")).get(record.to_dict())
    return {
        (item["source"], item["locator"]): (tuple(item.get("supports", ())), item.get("claims", {})) for item in items
    }


def a_partnership(*evidence: fc.Evidence, date: str = "1976") -> fc.Partnership:
    """A partnership of one step."""
    return a_tie("cn-shanghai", "it-milan", a_step(date, *evidence))


def test_former_supporters_claim_the_old_value() -> None:
    """Their evidence for other fields stays; who claimed the new value supports it; the record is disputed."""
    before = a_partnership(
        told("office", "date", "action"), told("yearbook", "date"), told("star", "action", date=fc.PartialDate(1979)),
        told("list", "kind", date=fc.PartialDate(1950)), denial("letter"),
    )  # fmt: skip
    after = correct(before, DATE, "1979", "gazette", "line 4")

    assert isinstance(after, fc.Partnership)
    assert "1979" == str(after.established)
    assert {
        ("office", "page 1"): (("action",), {"date": "1976"}),
        ("yearbook", "page 1"): ((), {"date": "1976"}),
        ("star", "page 1"): (("date", "action"), {}),
        ("list", "page 1"): (("kind",), {"date": "1950"}),
        ("letter", "page 1"): ((), {}),
        ("gazette", "line 4"): (("date",), {}),
    } == evidence_of(after)
    assert after.disputed


def test_a_claim_leaves_the_rest() -> None:
    """The value stays, and so does all other evidence."""
    before = a_partnership(told("office", "date", "action"))
    after = correct(before, DATE, "1979", "gazette", "line 4", only_claim=True)

    assert {
        ("office", "page 1"): (("date", "action"), {}),
        ("gazette", "line 4"): ((), {"date": "1979"}),
    } == evidence_of(after)


@pytest.mark.parametrize("only_claim", [False, True])
def test_a_value_on_record_gets_one_more_source(*, only_claim: bool) -> None:
    """Who states what is on record supports it."""
    before = a_partnership(told("office", "date"), told("star", "action", date=fc.PartialDate(1979)))
    after = correct(before, DATE, "1976", "gazette", "line 4", only_claim=only_claim)

    assert {
        ("office", "page 1"): (("date",), {}),
        ("star", "page 1"): (("action",), {"date": "1979"}),
        ("gazette", "line 4"): (("date",), {}),
    } == evidence_of(after)


@pytest.mark.parametrize(
    ("locator", "expected"),
    [
        ("page 1", {("office", "page 1"): (("date", "action"), {})}),
        ("line 4", {("office", "page 1"): (("action",), {}), ("office", "line 4"): (("date",), {})}),
    ],
)
def test_a_source_states_one_value(locator: str, expected: dict[Any, Any]) -> None:
    """A source that was read again no longer claims or supports the old value, at whichever place."""
    for item in (told("office", "date", "action"), told("office", "action", date=fc.PartialDate(1970))):
        assert expected == evidence_of(correct(a_partnership(item), DATE, "1979", "office", locator))
    empty = correct(a_partnership(told("office", "date"), told("star", "date")), DATE, "1979", "office", "line 4")
    assert {("star", "page 1"), ("office", "line 4")} == set(evidence_of(empty))


def test_fields_are_those_of_the_record_and_its_parts() -> None:
    """Evidence stands where its fields are; a source has none."""
    official = next(iter(FROZEN.officials()))

    assert {"name", "offices[0].title"} <= set(list_fields(official))
    assert "offices" not in list_fields(official)
    assert {} == list_fields(FROZEN.sources()[0])


def build(*, record: str, field: str, value: str, **more: str) -> AnyRecord:
    """The record that the options of the command make."""
    session = make_session()
    given = {"record": record, "field": field, "value": value, "source": "geographers-2020", "locator": "page 9"} | more
    return FormFiller(session, {name: [text] for name, text in given.items()}).fill(CORRECTION)


@pytest.mark.parametrize(
    ("record", "field", "value", "expected"),
    [
        ("cities/jp-mihon", "level", "town", "town"),
        ("cities/jp/jp-mihon.json", "name", " Mihonn ", "Mihonn"),
        ("jp-mihon", "coordinates", '{"latitude": 1.5, "longitude": 2.5, "point": "city"}',
         {"latitude": 1.5, "longitude": 2.5, "point": "city"}),
        ("is-gervivik-population-2018", "value", "4 321", "4321"),
        ("is-gervivik-population-2018", "city", "Mihon", "jp-mihon"),
        ("is-gervivik-2006", "include_parts", "yes", True),
        ("ee-naidislinn--is-gervivik", "steps[1].date", "18 May 1999", "1999-05-18"),
        ("ee-naidislinn--is-gervivik", "steps[1].initiator", "Gervivik", "is-gervivik"),
    ],
)  # fmt: skip
def test_values_are_typed_as_in_add(record: str, field: str, value: str, expected: object) -> None:
    """Dates, words, numbers and cities by name; an object as JSON."""
    assert expected == FieldPath.parse(field).get(build(record=record, field=field, value=value).to_dict())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"field": "levell"}, "unknown field 'levell' of 'jp-mihon'; did you mean 'level'?"),
        ({"field": "zzz"}, "expected one of name, names, country"),
        ({"field": "coordinates", "value": "1, 2"}, "invalid value '1, 2'; expected an object: Coordinates, as JSON"),
        ({"field": "country", "value": "Zork"}, "VALUE: unknown country 'Zork'"),
        ({"field": "level", "value": "capital"}, "VALUE: invalid answer 'capital'"),
        ({"field": "coordinates", "value": "{}"}, "latitude: missing field"),
        ({"record": "jp-mihonn"}, "RECORD: there is no record 'jp-mihonn'; did you mean 'jp-mihon'?"),
        ({"record": "zzz", "field": "x"}, "RECORD: there is no record 'zzz'\n"),
        ({"record": "geographers-2020"}, "'geographers-2020' has no evidence; edit the record in "),
    ],
)
def test_what_cannot_be_corrected_is_explained(given: dict[str, str], said: str) -> None:
    """The error says what was expected, or what comes near."""
    with pytest.raises(InvalidQueryError) as caught:
        build(**({"record": "jp-mihon", "field": "level", "value": "town"} | given))
    assert said in f"{caught.value}\n"


def test_everything_missing_is_said_at_once() -> None:
    """One error names every argument."""
    with pytest.raises(InvalidQueryError) as caught:
        FormFiller(make_session(), {}).fill(CORRECTION)
    for name in ("RECORD", "FIELD", "VALUE", "--source", "--locator"):
        assert f"  {name} is missing: " in str(caught.value)


def test_an_id_of_two_records_is_not_guessed() -> None:
    """Both are named with their types, which is how one of them is chosen."""
    session = make_session()
    session.add(a_source("jp-mihon"))

    with pytest.raises(fc.UnknownRecordError) as caught:
        session.record("jp-mihon")
    assert ("cities/jp-mihon", "sources/jp-mihon") == caught.value.candidates
    assert isinstance(session.record("sources/jp-mihon"), fc.Source)


def test_what_is_stated_already_is_no_correction() -> None:
    """Nothing is written where nothing changes."""
    with pytest.raises(InvalidQueryError, match="nothing to correct"):
        build(record="jp-mihon", field="name", value="Mihon", locator="entry of Mihon")


def test_somebody_is_asked_and_sees_what_is_recorded() -> None:
    """The fields of the record, the recorded value with its sources, and other claims are shown."""
    person = Person("ee-naidislinn--is-gervivik", "steps[1].date", "1998", "gervivik-2006", "", "y")
    session = make_session()
    filler = FormFiller(session, {}, person)
    built = filler.fill(CORRECTION)

    assert [] == person.left
    assert "  steps[1].date: 1999-05-17" in person.read
    assert "  recorded: 1999-05-17, according to naidislinn-2005" in person.read
    assert "  claimed by courier-2019-05-18: 1999-05" in person.read
    assert "Where in the source? [page 4] " in person.read
    assert {"date": "1998"} == evidence_of(built, "steps[1].date")["gervivik-2006", "page 4"][1]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A folder with the records of the fixture dataset."""
    write_tree(tmp_path / "src" / "friendcities" / "data")
    return tmp_path / "src" / "friendcities" / "data"


@pytest.fixture
def run(tree: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Run the command on the folder; its exit code, standard output and standard error."""

    def run_command(*arguments: str) -> tuple[int, str, str]:
        code = main(["correct", *arguments, "--records", str(tree)])
        return code, *capsys.readouterr()

    return run_command


def test_a_correction_is_shown_checked_and_written(run: Callable[..., tuple[int, str, str]], tree: Path) -> None:
    """The change is a patch; the new source is a file; the comparison warns of nothing."""
    code, out, _ = run("cn-shanghai--it-milan", DATE, "26 June 1979", *NEW_SOURCE, "--yes")

    assert 0 == code
    assert '-      "date": "1979-06-25",\n+      "date": "1979-06-26",\n' in out
    assert out.endswith("2 files written.\n" + out.rpartition("files written.\n")[2])
    assert "https://www.gazette.example/1" == json.loads((tree / "sources/gazette.json").read_bytes())["address"]
    assert 0 == main(["format", "--check", str(tree)])
    said = as_text(compare(FROZEN, fc.Dataset.load(tree)))
    assert "established 1979-06-25 → 1979-06-26, according to The Gazette; " in said
    assert "evidence unchanged" not in said


@pytest.mark.parametrize("only_claim", [(), ("--only-claim",)])
def test_a_replaced_statement_is_reported(
    run: Callable[..., tuple[int, str, str]], only_claim: tuple[str, ...]
) -> None:
    """A warning names the source whose earlier statement is replaced, supported or claimed; others get none."""
    asked = ("cn-shanghai--it-milan", DATE, "1980", *only_claim, "--dry-run", "--locator", "line 9", "--source")
    warning = "friendcities: warning: the earlier statement of '{}' about steps[0].date, {} ({}), is replaced\n"
    note = "nothing was written (--dry-run)\n"

    evidence = FROZEN.partnership_between("Shanghai", "Milan").steps[0].evidence
    supporting = next(item for item in evidence if "date" in item.supports)
    claiming = next(item for item in evidence if "date" in item.claims)
    for item, value in ((supporting, "1979-06-25"), (claiming, str(claiming.claims["date"]))):
        code, _, err = run(*asked, item.source)
        assert (0, warning.format(item.source, value, item.locator) + note) == (code, err)
    assert (0, note) == run(*asked[:-3], *NEW_SOURCE)[::2]
    assert "is replaced" not in run(*asked[:2], "1979-06-25", *asked[3:], supporting.source)[2]


def test_a_change_that_fails_the_check_writes_nothing(run: Callable[..., tuple[int, str, str]], tree: Path) -> None:
    """Only the problems of the change are shown, with a command to continue."""
    (tree / "cities/nz/nz-broken.json").write_text("{", encoding="utf-8")
    before = files_in(tree)
    code, out, err = run(
        "cn-shanghai--it-milan", DATE, "1980", *NEW_SOURCE, "--locator", "line\u200b 4", "--only-claim", "--yes"
    )

    assert (1, before) == (code, files_in(tree))
    assert "nz-broken" not in out
    assert "to continue with your answers: friendcities correct cn-shanghai--it-milan 'steps[0].date' 1980 " in err
    assert " --only-claim " in err


def test_a_file_that_was_changed_in_the_meantime_stays(tree: Path) -> None:
    """Neither the changed file nor the new one is written."""
    session = Session(RecordTree.read(tree, today=TODAY))
    record = session.record("cn-shanghai--it-milan")
    session.add(a_source("gazette-1979"))
    session.add(correct(record, DATE, "1979-06-26", "gazette-1979", "line 4"))
    draft = Draft.from_session(session)
    with (tree / MILAN).open("a", encoding="utf-8") as file:
        file.write("\n")
    before = files_in(tree)

    assert [False, True] == [file.before is not None for file in draft.files]
    with pytest.raises(DataError, match="another program changed this file"):
        draft.write()
    assert before == files_in(tree)


def test_an_existing_pair_leads_to_the_correction(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Who adds a partnership that exists sees its steps, and the command that corrects them."""
    assert 2 == main(["add", "partnership", "Milan", "Shanghai", "--records", str(tree)])
    error = capsys.readouterr().err
    assert "cn-shanghai--it-milan.json (established 1979-06-25 (sister city)" in error
    assert "run 'friendcities correct cn-shanghai--it-milan'" in error


def test_going_back_forgets_what_came_after() -> None:
    """The previous question is asked again, out of a new record too; what was added for it is gone."""
    answers = ["back", "Naidislinn", "Kisumu", "y", "", "Kenya", "", "1", "", "back", "Siaya", "y", "back", "back"]
    answers += ["Naidislinn", "Kisumu", "y", "Kisumu Town", "KE", "back", "KE", "", "1", "", "listed", "", ""]
    person = Person(*answers, "geographers-2020", "page 1")
    session = make_session()
    filler = FormFiller(session, {}, person)
    filler.fill(FORMS["partnership"])

    assert [] == person.left
    assert ["ke-kisumu-town"] == [each.id for each in session.new_records() if isinstance(each, fc.City)]
    assert ["Kisumu Town"] == filler.answered["second-name"]
