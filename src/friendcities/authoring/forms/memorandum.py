"""The form for a memorandum."""

from typing import Final

from attrs import evolve

from friendcities.authoring import ids, reading
from friendcities.authoring.forms.city import cities_question
from friendcities.authoring.forms.parts import (
    END,
    START,
    always,
    choice_question,
    date_question,
    id_question,
    note_question,
    period_of,
    plain,
    read_organisation,
    text_question,
)
from friendcities.authoring.forms.source import PROOF, with_evidence
from friendcities.authoring.question import Answers, Form, Question
from friendcities.authoring.session import Desk
from friendcities.model import DocumentKind, Memorandum, MemorandumId, Party, StatedCount

__all__ = ["MEMORANDUM"]


def _signing(answers: Answers) -> list[str]:
    """The cities of a memorandum, for its id."""
    signed = [city.id for city in answers["cities"] or ()]
    based_in = [party.based_in for party in answers["organisations"] or () if party.based_in is not None]
    return sorted(dict.fromkeys(signed or based_in))


def _propose_memorandum_id(desk: Desk, answers: Answers) -> str | None:
    date = answers["signed"]
    if date is None and answers["source"] is not None:
        date = answers["source"].published or answers["source"].as_of
    parts = _signing(answers) or [ids.slug(party.organisation) for party in (answers["organisations"] or ())[:1]]
    return (
        ids.joined_id([*parts, str(date.year) if date else ""], desk.taken(Memorandum))
        if all(parts) and parts
        else None
    )


def _make_memorandum(answers: Answers, desk: Desk) -> Memorandum:
    del desk
    signatories = (*(Party(city=city.id) for city in answers["cities"] or ()), *(answers["organisations"] or ()))
    number = answers["documents"]
    return Memorandum(
        id=MemorandumId(answers["id"]),
        kind=answers["kind"],
        signatories=signatories,
        documents=None if number is None else StatedCount(counted="documents", number=number),
        signed=answers["signed"],
        period=period_of(answers),
        subject=answers["subject"],
        note=answers["note"],
    )


MEMORANDUM: Final = Form(
    name="memorandum",
    summary="a signed document",
    questions=(
        choice_question("kind", "What was signed?", "What kind of document it is.", DocumentKind, needed=always),
        cities_question("cities", "Which cities signed it themselves?", "The cities that signed it."),
        Question(
            name="organisations",
            asks="Which organisations signed it?",
            help="Organisations that signed, with ; between them; behind an @ the city of each, where the source says "
            "it: Port of Porto @ Porto.",
            reads=read_organisation,
            many=True,
            needed=lambda answers: not answers["cities"],
        ),
        date_question("signed", "When was it signed?", "The day, month or year of signing."),
        text_question("subject", "What is it about?", "Its subject, in a few words of ours."),
        Question(
            name="documents",
            asks="How many documents?",
            help="How many documents there are, where the source tells of several.",
            reads=plain(reading.read_number),
            asked=False,
        ),
        evolve(START, asked=False),
        evolve(END, asked=False),
        note_question("it"),
        *PROOF,
        id_question(Memorandum, _propose_memorandum_id, "cn-shanghai-ve-carabobo-2023", "source"),
    ),
    make=with_evidence(_make_memorandum),
)
