"""The form for a cooperation."""

from typing import Final

from friendcities.authoring.evidence import build_with_evidence
from friendcities.authoring.forms.city import cities_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.ids import join_id
from friendcities.authoring.parse_answers import parse_slug
from friendcities.authoring.questions import (
    END,
    START,
    STATED_BY,
    Answers,
    Form,
    Question,
    always,
    choice_question,
    field_values,
    id_of,
    id_question,
    make_period,
    note_question,
    parse_organisation,
    question,
)
from friendcities.authoring.session import Session
from friendcities.model import Cooperation, CooperationStage

__all__ = ["COOPERATION"]


def _build(answers: Answers, _: Session) -> Cooperation:
    return Cooperation(
        **field_values(answers, "id", "summary", "area", "stage", "note"),
        cities=tuple(city.id for city in answers["cities"]),
        parties=answers["organisations"] or (),
        period=make_period(answers),
        stated_by=id_of(answers["stated-by"]),
    )


def _propose_id(session: Session, answers: Answers) -> str | None:
    cities = sorted(city.id for city in answers["cities"])[:2]
    return join_id([*cities, answers["area"].replace("_", "-")], session.taken_ids(Cooperation))


COOPERATION: Final = Form(
    name="cooperation",
    summary="something concrete between partners: an investment, a shipment of buses",
    questions=(
        question("summary", "What is it?", "What it is, in a few words of ours.", is_required=always, positional=True),
        question(
            "area",
            "In which area?",
            "Its area in a word or two, like investment or public transport.",
            parse_slug,
            is_required=always,
            suggest=lambda session: tuple(sorted({each.area for each in session.records(Cooperation).values()})),
        ),
        cities_question("cities", "Which cities does it concern?", "The cities it concerns.", is_required=always),
        Question(
            name="organisations",
            prompt="Which organisations take part?",
            help="Organisations that take part, with ; between them; behind an @ the city of each.",
            parse=parse_organisation,
            many=True,
        ),
        START,
        END,
        choice_question(
            "stage",
            "Is it stated as a fact or an intention?",
            "Whether it is a fact or a plan.",
            CooperationStage,
            is_required=always,
        ),
        STATED_BY,
        note_question("it"),
        *SOURCE_QUESTIONS,
        id_question(Cooperation, _propose_id, "shanghai-dunedin-education", "cities", "area"),
    ),
    build=build_with_evidence(_build),
)
