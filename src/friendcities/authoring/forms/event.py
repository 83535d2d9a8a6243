"""The form for an event."""

from typing import Final

from friendcities.authoring import questions as q
from friendcities.authoring.evidence import add_evidence, build_with_evidence
from friendcities.authoring.forms.city import cities_question, city_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.ids import join_id, make_words
from friendcities.authoring.session import Session
from friendcities.model import Event, Participant, Period


def _build(answers: q.Answers, session: Session) -> Event:
    participants = (Participant(city=city.id) for city in answers["participants"] or ())
    return Event(
        **q.field_values(answers, "id", "name", "note"),
        period=Period(start=answers["start"], end=answers["end"] or answers["start"]),
        place=answers["place"].id,
        organisers=answers["organisers"] or (),
        participants=tuple(
            add_evidence(each, answers["source"].id, answers["locator"], session) for each in participants
        ),
    )


def _propose_id(session: Session, answers: q.Answers) -> str | None:
    year = str(answers["start"].year)
    words = make_words(answers["name"].replace(year, ""))
    return join_id([year, words], session.taken_ids(Event)) if words else None


_TEXTS: Final = """
name: What is its name? | Its name, in English.
place: Where was it? | The city where it was.
start: When was it, or when did it begin? | Its day, or its first.
end: When did it end? | Its last day; without one, the first.
organisers: Who held it? | Who held it, as stated, with ; between them.
participants: Which cities took part? | The cities that are known to have taken part.
"""
EVENT: Final = q.Form(
    name="event",
    summary="a meeting of cities; taking part is no partnership",
    questions=q.add_texts(
        _TEXTS,
        q.text_question("name", required=True, positional=True),
        city_question("place", required=True),
        q.date_question("start", required=True),
        q.date_question("end", after="start"),
        q.text_question("organisers", many=True),
        cities_question("participants"),
        q.note_question("it"),
        *SOURCE_QUESTIONS,
        q.id_question(Event, _propose_id, "2023-shanghai-friendship-cities-forum", "name", "start"),
    ),
    build=build_with_evidence(_build),
)
