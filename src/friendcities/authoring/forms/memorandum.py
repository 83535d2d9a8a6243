"""The form for a memorandum."""

from typing import Final

from attrs import evolve

from friendcities.authoring import questions as q
from friendcities.authoring.evidence import build_with_evidence
from friendcities.authoring.forms.city import cities_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.ids import join_id, make_words
from friendcities.authoring.parse_answers import parse_number
from friendcities.authoring.session import Session
from friendcities.model import DocumentKind, Memorandum, Party, StatedCount


def _propose_id(session: Session, answers: q.Answers) -> str | None:
    """Cities that signed, else those of the organisations, else the first organisation; and the year."""
    date, source, parties = answers["signed"], answers["source"], answers["organisations"] or ()
    if date is None and source is not None:
        date = source.published or source.as_of
    cities = {city.id for city in answers["cities"] or ()} or {each.based_in for each in parties} - {None}
    names = sorted(cities) or [make_words(party.organisation) for party in parties[:1]]
    year = str(date.year) if date else ""
    return join_id([*names, year], session.taken_ids(Memorandum)) if names and all(names) else None


def _build(answers: q.Answers, _: Session) -> Memorandum:
    number = answers["documents"]
    return Memorandum(
        **q.field_values(answers, "id", "kind", "signed", "subject", "note"),
        signatories=(*(Party(city=city.id) for city in answers["cities"] or ()), *(answers["organisations"] or ())),
        documents=None if number is None else StatedCount(counted="documents", number=number),
        period=q.make_period(answers),
    )


_TEXTS: Final = """
kind: What was signed? | What kind of document it is.
cities: Which cities signed it themselves? | The cities that signed it.
organisations: Which organisations signed it? | Organisations that signed, with ; between them; behind an @ the city of
  each, where the source says it: Port of Porto @ Porto.
signed: When was it signed? | The day, month or year of signing.
subject: What is it about? | Its subject, in a few words of ours.
documents: How many documents? | How many documents there are, where the source states several.
"""
MEMORANDUM: Final = q.Form(
    name="memorandum",
    summary="a signed document",
    questions=q.add_texts(
        _TEXTS,
        q.choice_question("kind", DocumentKind, required=True),
        cities_question("cities"),
        q.Question(
            name="organisations",
            parse=q.parse_organisation,
            many=True,
            required_when=lambda answers: not answers["cities"],
        ),
        q.date_question("signed"),
        q.text_question("subject"),
        q.text_question("documents", parse_number, asked=False),
        evolve(q.START, asked=False),
        evolve(q.END, asked=False),
        q.note_question("it"),
        *SOURCE_QUESTIONS,
        q.id_question(Memorandum, _propose_id, "cn-shanghai-ve-carabobo-2023", "source"),
    ),
    build=build_with_evidence(_build),
)
