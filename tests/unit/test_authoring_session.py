"""What is on record, and what is about to be."""

from pathlib import Path

import pytest

import friendcities as fc
from friendcities import AmbiguousCityError, UnknownCityError, UnknownRecordError
from friendcities.authoring import Session
from friendcities.checks import RecordTree
from tests.sessions import TODAY, a_tree, make_session
from tests.worlds import a_city, a_source


def test_it_knows_the_register_and_what_lies_beneath(tmp_path: Path) -> None:
    """A register of one's own is laid over the bundled data: both can be named, and it is said where each is."""
    session = Session(RecordTree.read(a_tree(tmp_path), base=fc.dataset(), today=TODAY))

    mine, beneath = session.city("Naidislinn"), session.city("Dunedin")

    assert str(tmp_path / "register/cities/ee/ee-naidislinn.json") == session.describe_place(mine)
    assert "the bundled data (cities/nz/nz-dunedin.json)" == session.describe_place(beneath)
    assert "2026-01-01" == str(session.today)


def test_what_is_added_can_be_named_at_once() -> None:
    """A city that is about to be is found by its name, and its id is taken."""
    session = make_session()
    with pytest.raises(UnknownCityError):
        session.city("Kisumu")

    session.add(a_city("ke-kisumu"))

    assert "ke-kisumu" == session.city("Kisumu").id
    assert "ke-kisumu" in session.taken_ids(fc.City)
    assert "the records that you are adding" == session.describe_place(session.city("Kisumu"))


def test_new_records_come_in_the_order_in_which_they_name_each_other() -> None:
    """Sources first, then cities, each by id."""
    session = make_session()
    for record in (a_city("ke-b"), a_city("ke-a"), a_source("z-2020")):
        session.add(record)

    assert ["z-2020", "ke-a", "ke-b"] == [record.id for record in session.new_records()]


def test_ids_that_moved_are_followed_and_never_used_again(tmp_path: Path) -> None:
    """Who names a record by an id that it once had finds it; no other record may have that id."""
    tree = a_tree(tmp_path)
    (tree / "redirects.json").write_text(
        '{"cities": {"ee-old": "ee-naidislinn"}, "sources": {"courier-old": "courier-2019-05-18"}}', encoding="utf-8"
    )
    session = make_session(tree)

    assert "ee-naidislinn" == session.city("ee-old").id
    assert "courier-2019-05-18" == session.source("courier-old").id
    assert "ee-old" in session.taken_ids(fc.City)


@pytest.mark.parametrize(
    "text",
    ["naidislinn-2005", "https://naidislinn.example/sopruslinnad", "http://www.Naidislinn.example/sopruslinnad/",
     "sõpruslinnad", "Sopruslinnad"],
)  # fmt: skip
def test_sources_are_named_by_id_address_and_title(text: str) -> None:
    """However an address begins and ends; a title without regard to case and accents."""
    assert "naidislinn-2005" == make_session().source(text).id


def test_a_source_that_is_not_there_is_answered_with_what_comes_near() -> None:
    """By id and by title; where several have one title, with all of them."""
    session = make_session()
    for text, near in (
        ("naidislin-2005", "naidislinn-2005"),
        ("Soprusslinnad", "naidislinn-2005"),
        ("courier", "courier-2019-05-18"),
        ("Town of Naidislinn", "naidislinn-2005"),
    ):
        with pytest.raises(UnknownRecordError, match=f"did you mean '{near}'"):
            session.source(text)
    with pytest.raises(UnknownRecordError, match=r"on record$"):
        session.source("上海")

    session.add(a_source("one-2020"))
    session.add(fc.Source(id=fc.SourceId("other-2020"), kind=fc.SourceKind.PRESS, publisher="p", title="One 2020",
                       as_of=fc.PartialDate(2020)))  # fmt: skip
    session.add(fc.Source(id=fc.SourceId("third-2020"), kind=fc.SourceKind.PRESS, publisher="p", title="one 2020",
                       as_of=fc.PartialDate(2020)))  # fmt: skip
    with pytest.raises(UnknownRecordError) as caught:
        session.source("One 2020")
    assert {"one-2020", "other-2020", "third-2020"} == set(caught.value.candidates)


def test_officials_and_memoranda_are_on_record_or_not() -> None:
    """An official goes by id and by name, a memorandum by id."""
    session = make_session()

    assert "is-anna-gervadottir" == session.official("anna gervadottir").id
    assert "is-anna-gervadottir" == session.official("is-anna-gervadottir").id
    assert "ee-naidislinn-is-gervivik-1999" == session.memorandum("ee-naidislinn-is-gervivik-1999").id
    with pytest.raises(UnknownRecordError, match="did you mean 'is-anna-gervadottir'"):
        session.official("Anna Gervadottr")
    with pytest.raises(UnknownRecordError, match="no memorandum"):
        session.memorandum("nothing")


def test_a_name_of_two_is_not_guessed() -> None:
    """Two cities of one name are an error, as everywhere."""
    session = make_session()
    session.add(a_city("us-il-springfield", "Springfield"))
    session.add(a_city("us-mo-springfield", "Springfield"))

    with pytest.raises(AmbiguousCityError):
        session.city("Springfield")
