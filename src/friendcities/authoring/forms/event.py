"""The form for an event."""

from typing import Final

from friendcities.authoring import ids
from friendcities.authoring.evidence import cited
from friendcities.authoring.forms.city import cities_question, city_question
from friendcities.authoring.forms.parts import always, date_question, id_question, note_question, text_question
from friendcities.authoring.forms.source import PROOF, with_evidence
from friendcities.authoring.question import Answers, Form
from friendcities.authoring.session import Desk
from friendcities.model import Event, EventId, Participant, Period

__all__ = ["EVENT"]


def _make_event(answers: Answers, desk: Desk) -> Event:
    source, locator = answers["source"].id, answers["locator"]
    return Event(
        id=EventId(answers["id"]),
        name=answers["name"],
        period=Period(start=answers["start"], end=answers["end"] or answers["start"]),
        place=answers["place"].id,
        organisers=answers["organisers"] or (),
        participants=tuple(
            cited(Participant(city=city.id), source, locator, desk) for city in answers["participants"] or ()
        ),
        note=answers["note"],
    )


def _propose_event_id(desk: Desk, answers: Answers) -> str | None:
    words = ids.slug(answers["name"].replace(str(answers["start"].year), ""))
    return ids.joined_id([str(answers["start"].year), words], desk.taken(Event)) if words else None


EVENT: Final = Form(
    name="event",
    summary="a meeting of cities; taking part is no partnership",
    questions=(
        text_question("name", "What is its name?", "Its name, in English.", needed=always, positional=True),
        city_question("place", "Where was it?", "The city where it was.", needed=always),
        date_question("start", "When was it, or when did it begin?", "Its day, or its first.", needed=always),
        date_question("end", "When did it end?", "Its last day; without one, the first.", after="start"),
        text_question("organisers", "Who held it?", "Who held it, as stated, with ; between them.", many=True),
        cities_question("participants", "Which cities took part?", "The cities that are known to have taken part."),
        note_question("it"),
        *PROOF,
        id_question(Event, _propose_event_id, "2023-shanghai-friendship-cities-forum", "name", "start"),
    ),
    make=with_evidence(_make_event),
)
