"""The form for an official."""

from typing import Final

from friendcities.authoring import questions as q
from friendcities.authoring.evidence import add_evidence, build_with_evidence
from friendcities.authoring.forms.city import city_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.ids import make_person_id
from friendcities.authoring.session import Session
from friendcities.errors import InvalidQueryError
from friendcities.model import City, Office, Official
from friendcities.names.normalize import fold


def _validate_city(city: City, session: Session, answers: q.Answers) -> None:
    """Reject a person who has an office in the city already."""
    for official in session.records(Official).values():
        if fold(official.name) == fold(answers["name"] or "") and city.id in official.cities:
            message = (
                f"{official.name} is on record, with an office in {city.name}, in {session.describe_place(official)}; "
                "to say more of them, add an office, or evidence for one, to that file"
            )
            raise InvalidQueryError(message, official.name)


def _propose_id(session: Session, answers: q.Answers) -> str | None:
    return make_person_id(answers["name"], answers["city"].country, session.taken_ids(Official))


def _build(answers: q.Answers, session: Session) -> Official:
    office = Office(city=answers["city"].id, **q.field_values(answers, "title", "body", "attested", "start", "end"))
    office = add_evidence(office, answers["source"].id, answers["locator"], session)
    return Official(offices=(office,), **q.field_values(answers, "id", "name", "note"))


_TEXTS: Final = """
name: What is their name? | Their name, in the source's order and spelling.
city: In which city do they hold office? | The city whose office it is.
title: What is their title? | The title as stated, like mayor or vice mayor.
body: In which body? | The council, office or party in which it is held, where the source says so.
attested: When does the source show them in it? | A date on which the source shows them in office.
start: When did they take office? | When they took office.
end: When did they leave it? | When they left office.
"""
OFFICIAL: Final = q.Form(
    name="official",
    summary="a person and an office that they hold or held",
    questions=q.add_texts(
        _TEXTS,
        q.text_question("name", required=True, positional=True),
        city_question("city", required=True, validate=_validate_city),
        q.text_question("title", required=True),
        q.text_question("body"),
        q.date_question("attested"),
        q.date_question("start", asked=False),
        q.date_question("end", asked=False, after="start"),
        q.note_question("them"),
        *SOURCE_QUESTIONS,
        q.id_question(Official, _propose_id, "nz-jules-radich", "name", "city"),
    ),
    build=build_with_evidence(_build),
)
