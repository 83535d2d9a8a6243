"""How a form is filled: from options, and by asking."""

import pytest

from friendcities import City, InvalidQueryError, Partnership, Source
from friendcities.authoring import FORMS, FormFiller, Session
from friendcities.authoring.prompts import confirm
from tests.sessions import NEW_TIE, Person, filled, make_session
from tests.worlds import a_city

SHORT = {
    "first": "Naidislinn",
    "second": "Mihon",
    "action": "listed",
    "source": "geographers-2020",
    "locator": "page 1",
}
"""The options that add a partnership of cities on record, by a source on record."""
PLACE = {"name": "Mihonn", "source": "geographers-2020", "locator": "page 1"}
"""Some of the options that add a city whose name comes near that of one on record."""


def asked(person: Person, form: str = "partnership", session: Session | None = None, **given: str) -> FormFiller:
    """The filler after a form was filled by asking somebody, who gave all their answers."""
    options = {name.replace("_", "-"): [text] for name, text in given.items()}
    filler = FormFiller(session or make_session(), options, person)
    filler.fill(FORMS[form])
    assert [] == person.left
    return filler


def refused(given: dict[str, str], form: str = "partnership", session: Session | None = None) -> str:
    """What is said where options do not do."""
    options = {name.replace("_", "-"): text for name, text in given.items()}
    with pytest.raises(InvalidQueryError) as caught:
        filled(form, options, session)
    return str(caught.value)


def test_options_alone_make_a_record() -> None:
    """With every needed option nothing has to be asked; what is not given is left empty."""
    [tie] = filled("partnership", SHORT).new_records()

    assert isinstance(tie, Partnership)
    assert "ee-naidislinn--jp-mihon" == tie.id
    assert tie.steps[0].date is None


def test_options_make_what_is_new_as_well() -> None:
    """Cities and sources that are not on record are made with it, and rest on the same source."""
    source, city, tie = filled("partnership", NEW_TIE).new_records()

    assert isinstance(source, Source)
    assert isinstance(city, City)
    assert isinstance(tie, Partnership)
    assert ("ke-kisumu", "KE", None) == (city.id, city.country, city.subdivision)
    assert (city.id,) == source.speaks_for
    assert [source.id] == [item.source for item in city.evidence]
    assert ("date", "action", "kind") == tie.steps[0].evidence[0].supports
    assert "2026-01-01" == str(source.accessed)


def test_everything_missing_is_said_at_once() -> None:
    """One error names every option that is missing, and everything that is wrong with those given."""
    message = refused({"second": "Mihon", "date": "yesterday", "kind": "sister citty"})

    for said in ("FIRST is missing", "--action is missing", "--source is missing", "--locator is missing"):
        assert said in message
    assert "--date: invalid date 'yesterday'" in message
    assert "did you mean 'sister_city'?" in message


def test_what_is_missing_of_new_records_is_said_as_well() -> None:
    """Also of cities and sources within, by the names of their options."""
    message = refused(SHORT | {"second": "Kisumu", "second_country": "Zork", "source": "New", "source_kind": "press"})

    assert "--second-country: unknown country 'Zork'" in message
    assert "--second-level is missing" in message
    assert "--source-publisher is missing" in message
    assert "as-of is missing" not in message
    assert "-id is missing" not in message


def test_a_part_of_an_answer_that_is_invalid() -> None:
    """The error shows the answer with the part, and two corrections, which work."""
    given = SHORT | {"second": "Bielefeld, Otago", "second_country": "DE", "second_level": "municipality"}
    message = refused(given)

    assert "'Bielefeld, Otago': DE has no state, province or region 'Otago'; expected a name, a code" in message
    assert "; leave out 'Otago', or pass --second-subdivision" in message
    for correction in ({"second": "Bielefeld"}, {"second_subdivision": "DE-NW"}):
        options = {name.replace("_", "-"): text for name, text in (given | correction).items()}
        assert any(each.id.startswith("de-bielefeld") for each in filled("partnership", options).new_records())


def test_a_slip_is_no_new_record() -> None:
    """A name that is not on record is only taken for a new one where an option says so; else both ways are shown."""
    message = refused(SHORT | {"second": "Gervivk"})
    assert "did you mean Gervivík, IS ('is-gervivik')?; to add a new city, give --second-country and" in message

    message = refused(SHORT | {"second": "Kisumu, Kenya"})
    assert (
        "SECOND: this dataset has no city 'Kisumu, Kenya'; to add a new city, give --second-level\n" in message + "\n"
    )

    message = refused(SHORT | {"source": "https://new.example"})
    assert "to add a new source, give --source-title and --source-publisher and --source-kind" in message


@pytest.mark.parametrize("form", ["partnership", "city"])
def test_a_slip_with_options_is_no_new_city(form: str) -> None:
    """A new city whose name comes near that of one in its country needs an id of its own; elsewhere it does not."""
    prefix, more = ("second-", SHORT | {"second": "Mihonn"}) if form == "partnership" else ("", PLACE)
    options = {**more, f"{prefix}level": "town"}
    meant = "did you mean Mihon, JP ('jp-mihon')? This city is on record; if you mean another place, choose another id"

    assert f"--{prefix}id is missing: {meant}" in refused(options | {f"{prefix}country": "JP"}, form)
    insisting = options | {f"{prefix}country": "JP", f"{prefix}id": "jp-mihonn"}
    assert "Mihonn" == filled(form, insisting).city("jp-mihonn").name
    assert "Mihonn" == filled(form, options | {f"{prefix}country": "KE"}).city("ke-mihonn").name


def test_a_city_on_record_is_said_to_be() -> None:
    """Who adds a city that is there is told so, with its id; one of the name in another part is another."""
    town = PLACE | {"name": "Mihon", "level": "town"}

    said = "--id is missing: Mihon, JP is already on record ('jp-mihon'); if you mean another place, choose another id"
    assert said in refused(town | {"country": "JP"}, "city")
    session = make_session()
    session.add(a_city("us-mo-springfield", "Springfield"))
    options = PLACE | {"name": "Springfield", "country": "US", "level": "town", "subdivision": "IL"}
    assert "US-IL" == filled("city", options, session).city("us-springfield").subdivision


def test_who_is_asked_sees_which_city_may_be_meant() -> None:
    """They are told, and Enter takes the id that is proposed."""
    person = Person("Mihonn", "JP", "", "town", "", "geographers-2020", "page 1", "")
    [city] = asked(person, "city").session.new_records()

    assert "jp-mihonn" == city.id
    assert any(line.startswith("  did you mean Mihon, JP") for line in person.read)


def test_options_for_what_is_on_record_are_refused() -> None:
    """What is on record is not changed on the quiet; that it is there is said."""
    message = refused(SHORT | {"second_level": "town"})

    assert "'Mihon' is on record ('jp-mihon'); leave out --second-level" in message


def test_a_new_city_cannot_be_the_partner_of_itself() -> None:
    """A city that is added twice is not on record; the two are the same city."""
    city = {f"{which}_level": "town" for which in ("first", "second")}
    message = refused(SHORT | city | {"first": "Kisumu, Kenya", "second": "Kisumu, Kenya"})

    assert "SECOND: both cities are Kisumu ('ke-kisumu'); expected two different cities" in message
    assert "on record" not in message


@pytest.mark.parametrize("more", [{}, {"second_country": "DE"}, {"second_country": "DE", "second_level": "town"}])
def test_an_unknown_place_is_the_only_error(more: dict[str, str]) -> None:
    """A typing error after the comma is no reason to ask for the country or to name options that nobody gave."""
    message = refused(SHORT | {"second": "Bielefeld, Deutchland"} | more)

    said = "SECOND: unknown country or part 'Deutchland'; did you mean Deutschland (DE)?"
    assert f"nothing was written\n  {said}" == message.partition("; ")[2]
    assert "did you mean Illinois (US-IL)" in refused(SHORT | {"second": "Springfield, Illinios"} | more)


@pytest.mark.parametrize("more", [{"second_country": "Kenya"}, {"second_country": "JP", "second_id": "jp-new-mihon"}])
def test_another_place_of_a_name_can_be_added(more: dict[str, str]) -> None:
    """Another country, or another id, says that another place is meant than the one on record."""
    options = {name.replace("_", "-"): text for name, text in (SHORT | more).items()}
    city, _ = filled("partnership", options | {"second-level": "town"}).new_records()

    assert city.id in {"ke-mihon", "jp-new-mihon"}


def test_options_can_tell_which_of_two_is_none() -> None:
    """A name of several cities is refused, unless options say that a new one is meant."""
    session = make_session()
    for id_ in ("us-il-springfield", "us-mo-springfield"):
        session.add(a_city(id_, "Springfield"))

    assert "is the name of 2 cities" in refused(SHORT | {"second": "Springfield"}, session=session)
    filled("partnership", SHORT | {"second": "Springfield", "second-country": "JM", "second-level": "town"}, session)
    assert "JM" == session.city("jm-springfield").country


def test_an_option_that_does_not_fit_is_refused() -> None:
    """The language of a term that is not given makes no sense, and is not dropped on the quiet."""
    assert "--term-language does not apply with the other answers" in refused(SHORT | {"term_language": "Estonian"})


def test_somebody_is_asked_for_all_that_is_not_given() -> None:
    """Every question is asked in order; Enter skips, or takes what is proposed."""
    person = Person("Naidislinn", "Mihon", "8", "", "", "geographers-2020", "page 1")
    [tie] = asked(person).session.new_records()

    assert isinstance(tie, Partnership)
    assert "listed" == tie.steps[0].action
    assert "What kind of partnership is it? (a number or a word) [unspecified] " in person.read
    assert "What does the source call the partnership? (Enter: skip) " in person.read
    assert "   2 established: the partnership came into force" in person.read


def test_a_wrong_answer_is_explained_and_asked_again() -> None:
    """Nothing has to be typed again but that answer; what is needed is asked until it is there."""
    person = Person("Naidislinn", "", "Naidislinn", "Mihon", "established", "03/04/2019", "3 April 2019", "", "",
                    "geographers-2020", "", "page 1")  # fmt: skip
    asked(person)

    help_text = "The other city. Give a name, an id, or a name and country such as 'Dunedin, New Zealand'."
    assert f"  An answer is required. {help_text}" in person.read
    assert any("can mean 3 April 2019 or 4 March 2019" in line for line in person.read)
    assert any("expected two different cities" in line for line in person.read)


def test_a_question_is_explained_to_who_asks() -> None:
    """A question mark is answered with what to write, the choices, and what is on record."""
    person = Person("?", "Naidislinn", "Mihon", "?", "listed", "", "", "?", "geographers-2020", "page 1")
    asked(person)

    assert (
        "  One of the two cities. Give a name, an id, or a name and country such as 'Dunedin, New Zealand'."
        in person.read
    )
    assert 2 == person.read.count("   8 listed: the source lists the partnership without a start date")
    assert any(line.startswith("  On record: courier-2019-05-18; ") for line in person.read)


def test_help_shows_the_values_on_record() -> None:
    """The help of a question about a measure lists the measures of existing statistics."""
    session = make_session()
    filled("statistic", {"city": "Mihon", "measure": "harbours", "value": "2", "unit": "harbours", "start": "2019",
                         "source": "geographers-2020", "locator": "p"}, session)  # fmt: skip
    person = Person("?", "population")
    given = {"city": "Mihon", "value": "1", "unit": "people", "start": "2019", "end": "2019", "wording": "a year",
             "basis": "reported", "qualifier": "exactly", "stated_by": "Anna Gervadottir", "source": "geographers-2020",
             "locator": "p"}  # fmt: skip
    asked(person, "statistic", session, **given)

    assert any(line.startswith("  On record: ") and "harbours" in line for line in person.read)


def test_what_is_not_on_record_is_added_if_they_like() -> None:
    """Where nothing comes near, Enter adds it; where something does, it asks first, and Enter asks anew."""
    person = Person("Naidislinn", "Gervivk", "", "Kisumu", "perhaps", "y", "", "Kenya", "", "1", "", "listed", "", "",
                    "Geographers", "n", "geographers-2020", "page 1")  # fmt: skip
    city, _ = asked(person).session.new_records()

    assert "ke-kisumu" == city.id
    assert "  'Gervivk' is not on record. Add a new city? [y/N] " in person.read
    assert "  'Kisumu' is not on record. Add a new city? [Y/n] " in person.read
    assert any("expected 'y' or 'n'" in line for line in person.read)


def test_who_is_asked_is_told_what_may_be_meant() -> None:
    """A place that is a country and a part of another is told before the country is asked for."""
    person = Person("Naidislinn", "Atlanta, Georgia", "y", "", "", "US", "", "1", "", "listed", "", "",
                    "geographers-2020", "page 1")  # fmt: skip
    city, _ = asked(person).session.new_records()
    why = "  'Georgia' can mean Georgia (GE) or Georgia (US-GA); write the country, one of GE, US"

    assert isinstance(city, City)
    assert ("US", "US-GA") == (city.country, city.subdivision)
    assert "In which country is Atlanta? " == person.read[person.read.index(why) + 1]


def test_options_are_not_asked_for_again() -> None:
    """What was given is taken; what was given and cannot be is explained, and asked for."""
    person = Person("n", "Mihon", "1 May 2019", "", "", "geographers-2020", "page 1")
    asked(person, first="Naidislinn", second="Kisumu", action="established", date="soon")

    assert any("invalid date 'soon'" in line for line in person.read)
    assert not any("What happened?" in line for line in person.read)


def test_what_is_on_record_is_shown() -> None:
    """Who names a city sees which one was found."""
    person = Person("Naidislinn", "Mihon", "listed", "", "", "geographers-2020", "page 1")
    asked(person)

    assert "  On record: Näidislinn (ee-naidislinn)" in person.read


def test_a_source_without_a_date_can_be_added() -> None:
    """Who knows no date of publication is asked what the source describes, and may skip that too."""
    person = Person("www.mihon.example/partners", "T", "Mihon Gazette", "press", "", "", "", "", "")
    [source] = asked(person, "source").session.new_records()

    assert isinstance(source, Source)
    assert (None, "T", "mihon-gazette") == (source.as_of, source.title, source.id)
    assert any("expected the published title, not a web address" in line for line in person.read)
    assert "Which date does the source describe? (Enter: skip) " in person.read


def test_what_was_completed_is_shown() -> None:
    """An address without its beginning is completed, and who is asked sees it."""
    person = Person("T", "Mihon Gazette", "press", "", "2020", "", "mihon.example/partners")
    [source] = asked(person, "source").session.new_records()

    assert isinstance(source, Source)
    assert "https://mihon.example/partners" == source.address
    assert "  completed: https://mihon.example/partners" in person.read


def test_a_part_of_a_country_that_is_called_a_country_is_both() -> None:
    """Who answers Scotland is asked about Scotland as the part, and need only press Enter."""
    person = Person("Naidislinn", "Edinburgh", "", "", "Scotland", "", "1", "", "listed", "", "", "geographers-2020",
                    "page 1")  # fmt: skip
    city, _ = asked(person).session.new_records()

    assert isinstance(city, City)
    assert ("GB", "GB-SCT") == (city.country, city.subdivision)
    assert "In which state, province or region is Edinburgh? [GB-SCT] " in person.read


def test_a_name_without_latin_letters_asks_for_more() -> None:
    """A city that is named in its own letters is asked for its English name, and keeps the other."""
    person = Person("Naidislinn", "基苏木", "", "Kisumu", "KE", "", "1", "", "zh-Hans", "exonym", "listed", "", "",
                    "geographers-2020", "page 1")  # fmt: skip
    city, _ = asked(person).session.new_records()

    assert isinstance(city, City)
    assert [("基苏木", "zh-Hans", "exonym")] == [(name.text, name.language, name.kind) for name in city.names]


def test_an_id_is_asked_for_where_none_can_be_made() -> None:
    """Only then; and one that cannot be is explained."""
    person = Person(
        "东方网之文", "东方网", "press", "", "2020", "", "", "courier-2019-05-18", "Eastday 2020", "eastday-2020"
    )
    [source] = asked(person, "source").session.new_records()

    assert "eastday-2020" == source.id
    assert any("another source has or had the id" in line for line in person.read)


def test_what_was_answered_is_kept_as_options() -> None:
    """From what was said the same can be asked again; what was only proposed is not said again."""
    person = Person("Naidislinn", "Mihon", "established", "", "", "", "geographers-2020", "page 1")
    filler = asked(person)
    expected = {"first": ["Naidislinn"], "second": ["Mihon"], "action": ["established"], "source": ["geographers-2020"]}

    assert expected | {"locator": ["page 1"]} == filler.answered


def test_records_that_cannot_be_are_refused() -> None:
    """What the record itself has against the answers is told, like any other problem."""
    options = {"name": "X", "country": "KE", "level": "town", "latitude": "91", "longitude": "0", "point": "centre",
               "source": "geographers-2020", "locator": "p"}  # fmt: skip

    assert "latitude: 91.0 is out of range; expected a number from -90 to 90" in refused(options, "city")


def test_enter_says_the_default() -> None:
    """Of a yes or no, Enter is what the capital letter shows."""
    assert confirm(Person(""), "Well?", "y")
    assert not confirm(Person(""), "Well?", "n")
