"""The form for a cooperation."""

from typing import Final

from friendcities.authoring import questions as q
from friendcities.authoring.evidence import build_with_evidence
from friendcities.authoring.forms.city import cities_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.ids import join_id
from friendcities.authoring.parse_answers import parse_slug
from friendcities.authoring.session import Session
from friendcities.model import Cooperation, CooperationStage


def _build(answers: q.Answers, _: Session) -> Cooperation:
    return Cooperation(
        **q.field_values(answers, "id", "summary", "area", "stage", "note"),
        cities=tuple(city.id for city in answers["cities"]),
        parties=answers["organisations"] or (),
        period=q.make_period(answers),
        stated_by=q.id_of(answers["stated-by"]),
    )


def _propose_id(session: Session, answers: q.Answers) -> str | None:
    cities = sorted(city.id for city in answers["cities"])[:2]
    return join_id([*cities, answers["area"].replace("_", "-")], session.taken_ids(Cooperation))


_TEXTS: Final = """
summary: What is it? | What it is, in a few words of ours.
area: In which area? | Its area in a word or two, like investment or public transport.
cities: Which cities does it concern? | The cities it concerns.
organisations: Which organisations take part? | Organisations that take part, with ; between them; behind an @ the city
  of each.
stage: Is it stated as a fact or an intention? | Whether it is a fact or a plan.
"""
COOPERATION: Final = q.Form(
    name="cooperation",
    summary="something concrete between partners: an investment, a shipment of buses",
    questions=q.add_texts(
        _TEXTS,
        q.text_question("summary", required=True, positional=True),
        q.text_question(
            "area",
            parse_slug,
            required=True,
            suggest=lambda session: tuple(sorted({each.area for each in session.records(Cooperation).values()})),
        ),
        cities_question("cities", required=True),
        q.Question(name="organisations", parse=q.parse_organisation, many=True),
        q.START,
        q.END,
        q.choice_question("stage", CooperationStage, required=True),
        q.STATED_BY,
        q.note_question("it"),
        *SOURCE_QUESTIONS,
        q.id_question(Cooperation, _propose_id, "shanghai-dunedin-education", "cities", "area"),
    ),
    build=build_with_evidence(_build),
)
