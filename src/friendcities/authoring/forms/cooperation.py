"""The form for a cooperation."""

from typing import Final

from friendcities.authoring import ids, reading
from friendcities.authoring.forms.city import cities_question
from friendcities.authoring.forms.parts import (
    END,
    SAID_BY,
    START,
    always,
    choice_question,
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
from friendcities.model import Cooperation, CooperationId, CooperationStage

__all__ = ["COOPERATION"]


def _make_cooperation(answers: Answers, desk: Desk) -> Cooperation:
    del desk
    return Cooperation(
        id=CooperationId(answers["id"]),
        summary=answers["summary"],
        area=answers["area"],
        cities=tuple(city.id for city in answers["cities"]),
        parties=answers["organisations"] or (),
        period=period_of(answers),
        stage=answers["stage"],
        stated_by=None if answers["said-by"] is None else answers["said-by"].id,
        note=answers["note"],
    )


def _propose_cooperation_id(desk: Desk, answers: Answers) -> str | None:
    parts = [*sorted(city.id for city in answers["cities"])[:2], answers["area"].replace("_", "-")]
    return ids.joined_id(parts, desk.taken(Cooperation))


COOPERATION: Final = Form(
    name="cooperation",
    summary="something concrete between partners: an investment, a shipment of buses",
    questions=(
        text_question("summary", "What is it?", "What it is, in a few words of ours.", needed=always, positional=True),
        Question(
            name="area",
            asks="In which area?",
            help="Its area in a word or two, like investment or public transport.",
            reads=plain(reading.read_slug),
            needed=always,
            shown=lambda desk: tuple(sorted({each.area for each in desk.records(Cooperation).values()})),
        ),
        cities_question("cities", "Which cities does it concern?", "The cities it concerns.", needed=always),
        Question(
            name="organisations",
            asks="Which organisations take part?",
            help="Organisations that take part, with ; between them; behind an @ the city of each.",
            reads=read_organisation,
            many=True,
        ),
        START,
        END,
        choice_question(
            "stage",
            "Is it told as a fact or an intention?",
            "Whether it is a fact or a plan.",
            CooperationStage,
            needed=always,
        ),
        SAID_BY,
        note_question("it"),
        *PROOF,
        id_question(Cooperation, _propose_cooperation_id, "shanghai-dunedin-education", "cities", "area"),
    ),
    make=with_evidence(_make_cooperation),
)
