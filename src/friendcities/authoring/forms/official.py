"""The form for an official."""

from typing import Final

from friendcities.authoring import ids
from friendcities.authoring.evidence import cited
from friendcities.authoring.forms.city import city_question
from friendcities.authoring.forms.parts import always, date_question, id_question, note_question, text_question
from friendcities.authoring.forms.source import PROOF, with_evidence
from friendcities.authoring.question import Answers, Form
from friendcities.authoring.session import Desk
from friendcities.errors import InvalidQueryError
from friendcities.model import City, Office, Official, OfficialId
from friendcities.names.normalize import fold

__all__ = ["OFFICIAL"]


def _hold_office(city: City, desk: Desk, answers: Answers) -> None:
    for each in desk.records(Official).values():
        if fold(each.name) == fold(answers["name"] or "") and city.id in each.cities:
            message = (
                f"{each.name} is on record, with an office in {city.name}, in {desk.place_of(each)}; "
                "to say more of them, add an office, or evidence for one, to that file"
            )
            raise InvalidQueryError(message, each.name)


def _propose_official_id(desk: Desk, answers: Answers) -> str | None:
    return ids.person_id(answers["name"], answers["city"].country, desk.taken(Official))


def _make_official(answers: Answers, desk: Desk) -> Official:
    office = Office(
        title=answers["title"],
        body=answers["body"],
        city=answers["city"].id,
        attested=answers["attested"],
        start=answers["start"],
        end=answers["end"],
    )
    office = cited(office, answers["source"].id, answers["locator"], desk)
    return Official(id=OfficialId(answers["id"]), name=answers["name"], offices=(office,), note=answers["note"])


OFFICIAL: Final = Form(
    name="official",
    summary="a person and an office that they hold or held",
    questions=(
        text_question(
            "name",
            "What is their name?",
            "Their name, in the source's order and spelling.",
            needed=always,
            positional=True,
        ),
        city_question(
            "city",
            "In which city do they hold office?",
            "The city whose office it is.",
            needed=always,
            holds=_hold_office,
        ),
        text_question("title", "What is their title?", "The title as stated, like mayor or vice mayor.", needed=always),
        text_question(
            "body", "In which body?", "The council, office or party in which it is held, where the source says so."
        ),
        date_question(
            "attested", "When does the source show them in it?", "A date on which the source shows them in office."
        ),
        date_question("start", "When did they take office?", "When they took office.", asked=False),
        date_question("end", "When did they leave it?", "When they left office.", asked=False, after="start"),
        note_question("them"),
        *PROOF,
        id_question(Official, _propose_official_id, "nz-jules-radich", "name", "city"),
    ),
    make=with_evidence(_make_official),
)
