"""The form for an official."""

from typing import Final

from friendcities.authoring.evidence import add_evidence, build_with_evidence
from friendcities.authoring.forms.city import city_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.ids import make_person_id
from friendcities.authoring.questions import (
    Answers,
    Form,
    always,
    date_question,
    field_values,
    id_question,
    note_question,
    question,
)
from friendcities.authoring.session import Session
from friendcities.errors import InvalidQueryError
from friendcities.model import City, Office, Official
from friendcities.names.normalize import fold

__all__ = ["OFFICIAL"]


def _validate_city(city: City, session: Session, answers: Answers) -> None:
    """Reject a person who has an office in the city already."""
    for official in session.records(Official).values():
        if fold(official.name) == fold(answers["name"] or "") and city.id in official.cities:
            message = (
                f"{official.name} is on record, with an office in {city.name}, in {session.describe_place(official)}; "
                "to say more of them, add an office, or evidence for one, to that file"
            )
            raise InvalidQueryError(message, official.name)


def _propose_id(session: Session, answers: Answers) -> str | None:
    return make_person_id(answers["name"], answers["city"].country, session.taken_ids(Official))


def _build(answers: Answers, session: Session) -> Official:
    office = Office(city=answers["city"].id, **field_values(answers, "title", "body", "attested", "start", "end"))
    office = add_evidence(office, answers["source"].id, answers["locator"], session)
    return Official(offices=(office,), **field_values(answers, "id", "name", "note"))


OFFICIAL: Final = Form(
    name="official",
    summary="a person and an office that they hold or held",
    questions=(
        question(
            "name",
            "What is their name?",
            "Their name, in the source's order and spelling.",
            is_required=always,
            positional=True,
        ),
        city_question(
            "city",
            "In which city do they hold office?",
            "The city whose office it is.",
            is_required=always,
            validate=_validate_city,
        ),
        question("title", "What is their title?", "The title as stated, like mayor or vice mayor.", is_required=always),
        question(
            "body", "In which body?", "The council, office or party in which it is held, where the source says so."
        ),
        date_question(
            "attested", "When does the source show them in it?", "A date on which the source shows them in office."
        ),
        date_question("start", "When did they take office?", "When they took office.", is_asked=False),
        date_question("end", "When did they leave it?", "When they left office.", is_asked=False, after="start"),
        note_question("them"),
        *SOURCE_QUESTIONS,
        id_question(Official, _propose_id, "nz-jules-radich", "name", "city"),
    ),
    build=build_with_evidence(_build),
)
