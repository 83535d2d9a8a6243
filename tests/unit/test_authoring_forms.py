"""The forms: what they ask, and the records that their answers make."""

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import friendcities as fc
from friendcities import InvalidQueryError
from friendcities.authoring import FORMS, Form, Question
from friendcities.authoring.form_declarations import describe_value
from friendcities.checks import check
from friendcities.codec.writer import encode
from friendcities.datasets.folder import record_path
from friendcities.model import RECORD_TYPES
from tests.sessions import BASE, filled, make_session
from tests.worlds import a_city

PROOF = {"source": "geographers-2020", "locator": "page 1"}


def made(form: str, **given: str) -> Any:
    """The record that a form makes of options, in the small register; it passes the check."""
    options = {name.replace("_", "-"): text for name, text in (PROOF | given if form != "source" else given).items()}
    session = filled(form, options)
    record = [each for each in session.new_records() if type(each).__name__.lower() == form][-1]
    register = session.tree
    for each in session.new_records():
        register = register.with_file(BASE / record_path(each), type(each), encode(each).encode())
    assert () == tuple(problem for problem in check(register).problems if problem.rule != "unused-source")
    return record


def refused(form: str, **given: str) -> str:
    """What is said where options do not do."""
    with pytest.raises(InvalidQueryError) as caught:
        made(form, **given)
    return str(caught.value)


def every_question() -> Iterator[tuple[Form, str, Question]]:
    """Every question of every form, with the name of its option."""
    for form in FORMS.values():
        for option, question in form.options():
            yield form, option, question


def test_there_is_a_form_for_every_type_of_record() -> None:
    """Whatever can be on record can be added."""
    assert {cls.__name__.lower() for cls in RECORD_TYPES.values()} == set(FORMS)


def test_questions_and_options_are_the_same() -> None:
    """Every option of a form has a name of its own, explains itself, and asks in words."""
    for form in FORMS.values():
        names = [option for option, _ in form.options()]
        assert len(set(names)) == len(names)
    for _, option, question in every_question():
        assert question.help.endswith((".", ".)", "…")), option
        assert question.prompt.rstrip(")").rpartition("?")[1], option


def test_every_value_is_said_in_plain_words() -> None:
    """A value of a vocabulary is shown by itself, and in words where it does not explain itself."""
    vocabularies = {question.vocabulary for _, _, question in every_question() if question.vocabulary is not None}

    assert fc.StepAction in vocabularies
    for vocabulary in vocabularies:
        assert all(describe_value(member).startswith(member.value) for member in vocabulary)
    assert "listed: the source lists the partnership without a start date" == describe_value(fc.StepAction.LISTED)
    assert "company" == describe_value(fc.SourceKind.COMPANY)


def test_a_city_has_all_that_is_given() -> None:
    """Names, place, ids, coordinates: each rests on the source."""
    city = made(
        "city", name="Kawauchi", country="Japan", subdivision="Tokyo", level="district", other_name="Kawa-Uchi",
        other_name_language="Ainu", other_name_kind="alias", part_of="Mihon", wikidata="Q216385", latitude="35.9",
        longitude="139.75", point="centre", note="A made-up place.",
    )  # fmt: skip

    assert ("JP-13", "district", "jp-mihon") == (city.subdivision, city.level, city.part_of)
    assert {"wikidata": "Q216385"} == dict(city.identifiers)
    assert (35.9, 139.75, "centre") == attrs.astuple(city.coordinates)
    assert ("Kawa-Uchi", "alias", "A made-up place.") == (city.names[0].text, city.names[0].kind, city.note)
    [evidence] = city.evidence
    expected = ("name", "names", "country", "subdivision", "level", "part_of", "coordinates", "identifiers")
    assert expected == evidence.supports


def test_a_subdivision_rests_on_the_standard_where_that_is_on_record() -> None:
    """An article does not give the code of a province; the standard, if it is there, is named for it."""
    session = make_session()
    standard = fc.Source(id=fc.SourceId("iso-3166-2"), kind=fc.SourceKind.DATABASE, publisher="ISO", title="ISO 3166-2",
                         as_of=fc.PartialDate(2020))  # fmt: skip
    session.add(standard)
    told = {"name": "Kisumu", "country": "KE", "subdivision": "KE-17", "level": "town"} | PROOF
    city = filled("city", told, session).city("Kisumu")

    assert [("name", "country", "level"), ("country", "subdivision")] == [item.supports for item in city.evidence]
    assert "KE-17" == city.evidence[1].locator

    told = told | {"name": "Siaya", "subdivision": "Siaya", "source": "iso-3166-2"}
    city = filled("city", told, session).city("Siaya")
    assert [("name", "country", "subdivision", "level")] == [item.supports for item in city.evidence]


@pytest.mark.parametrize(
    ("text", "more", "expected"),
    [
        ("Kisumu, Kenya", {}, ("Kisumu", "KE", None)),
        ("Springfield, Illinois", {"country": "US"}, ("Springfield", "US", "US-IL")),
        ("Springfield, IL", {"country": "US"}, ("Springfield", "US", "US-IL")),
        ("Nazareth, IL", {"country": "Israel"}, ("Nazareth", "IL", None)),
        ("Porto, PT", {}, ("Porto", "PT", None)),
        (", Porto", {"country": "PT"}, ("Porto", "PT", None)),
        ("Perth, WA", {"country": "AU"}, ("Perth", "AU", "AU-WA")),
        ("Atlanta, Georgia", {"country": "US"}, ("Atlanta", "US", "US-GA")),
        ("Gori, Georgia", {"country": "GE"}, ("Gori", "GE", None)),
        ("Arlon, Luxembourg", {"country": "Belgium"}, ("Arlon", "BE", "BE-WLX")),
        ("Kinshasa, Congo", {"country": "CD"}, ("Kinshasa", "CD", None)),
        ("Toluca, Mexico", {}, ("Toluca", "MX", None)),
        ("Edinburgh, Scotland", {}, ("Edinburgh", "GB", "GB-SCT")),
        ("Cardiff", {"country": "Wales"}, ("Cardiff", "GB", "GB-WLS")),
        ("Cardiff", {"country": "GB", "subdivision": "Wales"}, ("Cardiff", "GB", "GB-WLS")),
        ("Glasgow", {"country": "Schottland"}, ("Glasgow", "GB", None)),
    ],
)
def test_a_new_city_may_be_named_with_its_place(
    text: str, more: dict[str, str], expected: tuple[str, str, str | None]
) -> None:
    """What stands behind the comma is taken where it is certain; two letters that may be two places never are."""
    options = {f"second-{name}": value for name, value in more.items()}
    tie = {"first": "Mihon", "second": text, "second-level": "town", "action": "listed"} | PROOF
    city = next(each for each in filled("partnership", options | tie).new_records() if isinstance(each, fc.City))

    assert expected == (city.name, city.country, city.subdivision)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Springfield, IL", "'IL' can mean Israel (IL) or Illinois (US-IL); write the country, one of IL, US"),
        ("Atlanta, Georgia", "'Georgia' can mean Georgia (GE) or Georgia (US-GA); write the country, one of GE, US"),
        ("Arlon, Luxembourg", "'Luxembourg' can mean Luxembourg (LU) or Luxembourg (BE-WLX)"),
        ("Bobo, Mali", "'Mali' can mean Mali (ML) or Mali (GN-ML); write the country, one of GN, ML"),
        ("Kinshasa, Congo", "'Congo' can mean Republic of the Congo (CG) or DR Congo (CD)"),
    ],
)
def test_a_place_that_may_be_in_two_countries_is_asked_about(text: str, said: str) -> None:
    """Without the country it is missing, and what is missing names both; so does the refusal of the bare name."""
    tie = {"first": "Mihon", "second": text, "action": "listed"}

    assert f"--second-country is missing: {said}" in refused("partnership", second_level="town", **tie)
    bare = refused("partnership", **tie)
    assert "to add a new city, give --second-country and --second-level; " in bare
    assert said in bare


def test_the_name_of_a_city_is_its_name_alone() -> None:
    """A country behind the name belongs elsewhere; a comma that is part of the name does not hurt."""
    assert "write 'Porto', and give the country in the answer about the country" in refused(
        "city", name="Porto, Portugal"
    )
    assert "us-washington-d-c" == made("city", name="Washington, D.C.", country="US", level="town").id


def test_ids_given_are_checked() -> None:
    """An id is free, and that of a city begins with its country."""
    told = {"name": "Kisumu", "country": "KE", "level": "town"}

    assert "ke-kisumo" == made("city", id="ke-kisumo", **told).id
    assert "another city has or had the id" in refused("city", id="jp-mihon", **told)
    assert "of a city in KE; expected an id such as 'ke-name'" in refused("city", id="kisumu", **told)
    assert "--country is missing" in refused("city", id="kisumu", name="Kisumu")


def test_a_partnership_on_record_is_refused_with_its_file() -> None:
    """There is one record a pair: the error names the file, and says what to do."""
    message = refused("partnership", first="Gervivik", second="Naidislinn", action="renewed")

    assert f"on record in {BASE / 'partnerships/ee-is/ee-naidislinn--is-gervivik.json'}" in message
    assert "add a step" in message


def test_a_partnership_whose_file_is_broken_is_refused(tmp_path: Any) -> None:
    """A file that cannot be read is not written over by another name."""
    folder = tmp_path / "partnerships/ee-jp"
    folder.mkdir(parents=True)
    (folder / "ee-naidislinn--jp-mihon.json").write_text("{", encoding="utf-8")
    session = make_session(tmp_path)
    session.add(a_city("ee-naidislinn"))
    session.add(a_city("jp-mihon"))

    with pytest.raises(InvalidQueryError, match="already on record in a file that cannot be read"):
        filled("partnership", {"first": "Naidislinn", "second": "Mihon"}, session)


def test_a_step_has_all_that_is_given() -> None:
    """Who acted, the memorandum, the term in its language."""
    tie = made(
        "partnership", first="Naidislinn", second="Mihon", action="established", date="2004", kind="contact",
        initiator="Mihon",
        memorandum="ee-naidislinn-is-gervivik-1999", term="sõprus", term_language="Estonian", note="Wished for.",
    )  # fmt: skip
    [step] = tie.steps

    assert ("jp-mihon", "ee-naidislinn-is-gervivik-1999") == (step.initiator, step.memorandum)
    assert ("sõprus", "et", "Wished for.") == (step.term.text, step.term.language, step.note)
    assert ("date", "action", "kind", "initiator", "memorandum", "term") == step.evidence[0].supports


def test_what_has_not_happened_cannot_be_told() -> None:
    """A date that is yet to come is refused where it is asked for; what is only listed has none."""
    tie = {"first": "Naidislinn", "second": "Mihon"}

    assert "2027 is in the future" in refused("partnership", action="established", date="2027", **tie)
    assert "--date does not apply" in refused("partnership", action="listed", date="2020", **tie)


def test_a_source_has_all_that_is_given() -> None:
    """Its id is made of who and when; it describes the state of its day, unless another is named."""
    source = made(
        "source", title="Twins", publisher="The Gazette of Mihon", kind="city government", note="Read twice.",
        speaks_for="Mihon; ee-naidislinn", authors="A. Writer; B. Writer", published="May 2020", as_of="2019",
        language="Japanese", url="https://gazette.example/1", archived="https://archive.example/1", accessed="2021",
    )  # fmt: skip

    assert "gazette-mihon-2020-05" == source.id
    assert ("2020-05", "2019", "2021") == (str(source.published), str(source.as_of), str(source.accessed))
    assert ("A. Writer", "B. Writer") == source.authors
    assert ("jp-mihon", "ee-naidislinn") == source.speaks_for
    assert ("ja", "https://archive.example/1", "Read twice.") == (source.language, source.archived, source.note)


def test_a_source_without_an_address_was_not_seen_today() -> None:
    """Only what has an address is read where it stands; and only a city's government speaks for a city."""
    assert made("source", title="T", publisher="P", kind="press", published="2020").accessed is None
    message = refused("source", title="T", publisher="P", kind="press", speaks_for="Mihon")
    assert "--speaks-for does not apply" in message
    assert "--as-of" not in message


def test_a_source_may_be_undated() -> None:
    """A page without a date has none, and its id is its publisher; who is asked may skip the question."""
    page = made("source", title="T", publisher="The City of Mihon", kind="press", url="www.mihon.example/partners")

    assert (None, None, "city-mihon") == (page.published, page.as_of, page.id)
    assert "https://www.mihon.example/partners" == page.address


@pytest.mark.parametrize(
    ("text", "title", "address", "id_"),
    [
        ("A title", "A title", None, "paper-2020"),
        ("https://new.example/1", "T", "https://new.example/1", "paper-2020"),
        ("new.example/1", "T", "https://new.example/1", "paper-2020"),
        ("www.new.example", "T", "https://www.new.example", "paper-2020"),
        ("www. A title", "www. A title", None, "paper-2020"),
        ("new.example", "new.example", None, "paper-2020"),
        ("my-paper-1", "T", None, "my-paper-1"),
    ],
)
def test_a_new_source_may_be_named_by_what_is_at_hand(text: str, title: str, address: str | None, id_: str) -> None:
    """By its title, its address or the id that it is to have: that need not be said again."""
    tie = {"first": "Mihon", "second": "Naidislinn", "action": "listed", "locator": "p", "source": text,
           "source-publisher": "Paper", "source-kind": "press", "source-published": "2020"}  # fmt: skip
    more = {} if text == title else {"source-title": "T"}
    source = next(each for each in filled("partnership", tie | more).new_records() if isinstance(each, fc.Source))

    assert (title, address, id_) == (source.title, source.address, source.id)


def test_a_memorandum_has_all_that_is_given() -> None:
    """Cities and organisations sign; its id is made of the cities and the year."""
    signed = made(
        "memorandum", kind="letter of intent", cities="Mihon; Naidislinn",
        organisations="Port of Mihon @ Mihon; University", signed="2004", subject="ports", documents="2", start="2004",
        end="2010", note="Two copies.",
    )  # fmt: skip

    assert "ee-naidislinn-jp-mihon-2004" == signed.id
    told = [(party.city, party.organisation, party.based_in) for party in signed.signatories]
    assert ("jp-mihon", None, None) == told[0]
    assert [(None, "Port of Mihon", "jp-mihon"), (None, "University", None)] == told[2:]
    assert (2, "ports", "2010") == (signed.documents.number, signed.subject, str(signed.period.end))


def test_a_memorandum_of_organisations_goes_by_their_cities_or_names() -> None:
    """Somebody signed; without a date of signing, the year is that of the source."""
    told = {"kind": "other"}

    assert "jp-mihon-2020" == made("memorandum", organisations="Port @ Mihon", **told).id
    assert "port-of-mihon-2020" == made("memorandum", organisations="Port of Mihon", **told).id
    assert "--id is missing" in refused("memorandum", organisations="港", **told)
    assert "--organisations is missing" in refused("memorandum", **told)
    assert "2004 is before the start 2010" in refused(
        "memorandum", organisations="Port", start="2010", end="2004", **told
    )


def test_an_official_holds_an_office() -> None:
    """The office and the person both rest on the source."""
    official = made("official", name="Jane Doe", city="Mihon", title="mayor", body="council", attested="2019",
                    start="2017", end="2020", note="Known as JD.")  # fmt: skip
    [office] = official.offices

    assert "jp-jane-doe" == official.id
    assert ("mayor", "council", "jp-mihon") == (office.title, office.body, office.city)
    assert ("title", "body", "city", "attested", "start", "end") == office.evidence[0].supports
    assert ("name", "offices") == official.evidence[0].supports


def test_an_official_on_record_is_refused_with_their_file() -> None:
    """Another office of the same person in the same city belongs to the file there is; a namesake needs an id."""
    jane = {"name": "Anna Gervadottir", "title": "mayor"}

    assert "is-anna-gervadottir.json; add an office" in refused("official", city="Gervivik", **jane)
    assert "jp-anna-gervadottir" == made("official", city="Mihon", **jane).id


def test_a_statistic_has_all_that_is_given() -> None:
    """Its id is made of the city, the measure and the time, and says whether it is a forecast."""
    number = made(
        "statistic", city="Mihon", measure="New ventures", value="4 321", qualifier="more than", unit="ventures",
        start="2019-01", end="2019-09", wording="nine months", basis="forecast", stated_by="Anna Gervadottir",
        change_percent="-3.5", change_start="2018-01", change_end="2018-09", note="As told.",
    )  # fmt: skip

    assert "jp-mihon-new-ventures-2019-q1-q3-forecast" == number.id
    assert ("4321", "more_than", "ventures") == (str(number.value), number.qualifier, number.unit)
    assert ("-3.5", "2018-01") == (str(number.change.percent), str(number.change.compared_with.start))
    assert ("is-anna-gervadottir", "nine months") == (number.stated_by, number.period.wording)


def test_a_statistic_has_some_time() -> None:
    """Dates, or the source's words for it; and a change is one on some time."""
    told = {"city": "Mihon", "measure": "m", "value": "1", "unit": "things"}

    assert "--wording is missing" in refused("statistic", **told)
    assert "jp-mihon-m" == made("statistic", wording="lately", **told).id
    message = refused("statistic", wording="lately", change_percent="3", **told)
    assert "--change-start is missing" in message
    assert "--change-end is missing" in message


def test_an_event_has_participants() -> None:
    """Who took part rests on the source as well; a day is its first and its last."""
    event = made("event", name="2019 Meeting of Friends", place="Mihon", start="2 May 2019", participants="Naidislinn",
                 organisers="Town; Gown", note="Well attended.")  # fmt: skip

    assert "2019-meeting-of-friends" == event.id
    assert ("2019-05-02", "2019-05-02") == (str(event.period.start), str(event.period.end))
    assert ("Town", "Gown") == event.organisers
    assert ("city",) == event.participants[0].evidence[0].supports
    assert "2019-05-04" == str(
        made("event", name="Meeting", place="Mihon", start="2 May 2019", end="4 May 2019").period.end
    )
    assert "--id is missing" in refused("event", name="会", place="Mihon", start="2019")
    assert "--start is missing" in refused("event", name="Meeting", place="Mihon")


def test_coverage_is_of_one_city_and_date() -> None:
    """Its id is made of the city and the date; the completeness is our judgement, and no source supports it."""
    made_up = made("coverage", city="Mihon", completeness="partial", as_of="2019", count="12", kinds="sister city",
                   include_parts="yes")  # fmt: skip

    assert "jp-mihon-2019" == made_up.id
    assert (12, True, ("sister_city",)) == (made_up.stated_count.number, made_up.include_parts, made_up.kinds)
    assert ("city", "kinds", "include_parts", "as_of", "stated_count") == made_up.evidence[0].supports
    plain = made("coverage", city="Mihon", completeness="complete", as_of="2019")
    assert (None, False, ()) == (plain.stated_count, plain.include_parts, plain.kinds)


def test_a_cooperation_concerns_cities() -> None:
    """Its id is made of the cities and the area."""
    told = made("cooperation", summary="Buses", area="Public transport", cities="Mihon; Naidislinn", stage="planned",
                organisations="Bus Co @ Mihon", start="2019", stated_by="Anna Gervadottir", note="Maybe.")  # fmt: skip

    assert "ee-naidislinn-jp-mihon-public-transport" == told.id
    assert ("public_transport", "planned", "is-anna-gervadottir") == (told.area, told.stage, told.stated_by)
    assert ("Bus Co", "2019") == (told.parties[0].organisation, str(told.period.start))
    assert made("cooperation", summary="Buses", area="transport", cities="Mihon", stage="planned").period is None


def test_nobody_signed() -> None:
    """A list of nothing is no list: somebody must have signed."""
    assert "--organisations is missing" in refused("memorandum", kind="other", cities=" ; ")
