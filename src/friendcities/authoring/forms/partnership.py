"""The form for a partnership."""

from typing import Final

from friendcities.authoring import reading
from friendcities.authoring.forms.city import city_question
from friendcities.authoring.forms.parts import (
    always,
    choice_question,
    date_question,
    note_question,
    plain,
    text_question,
)
from friendcities.authoring.forms.source import PROOF, with_evidence
from friendcities.authoring.question import Answers, Form, Question
from friendcities.authoring.session import Desk
from friendcities.errors import InvalidQueryError
from friendcities.model import City, Partnership, PartnershipId, PartnershipKind, SourceTerm, Step, StepAction

__all__ = ["PARTNERSHIP"]


def _hold_second(second: City, desk: Desk, answers: Answers) -> None:
    first: City | None = answers["first"]
    if first is None:
        return
    if first.id == second.id:
        message = f"both are {second.name} ({second.id!r}); a partnership has two different cities"
        raise InvalidQueryError(message, second.id)
    id_ = _pair(first, second)
    now = desk.register.moved_ids[Partnership].get(id_, id_)
    if now in desk.records(Partnership):
        place = desk.place_of(desk.records(Partnership)[now])
    elif now in desk.taken(Partnership):
        place = "a file that cannot be read"
    else:
        return
    message = (
        f"the partnership of {first.name} and {second.name} is on record in {place}, and there is one record a pair; "
        "to say more of it, add a step, or evidence for a step, to that file"
    )
    raise InvalidQueryError(message, id_)


def _pair(one: City, other: City) -> str:
    return "--".join(sorted([one.id, other.id]))


def _make_partnership(answers: Answers, desk: Desk) -> Partnership:
    del desk
    term = None
    if answers["term"] is not None:
        term = SourceTerm(text=answers["term"], language=answers["term-language"])
    step = Step(
        date=answers["date"],
        action=answers["action"],
        kind=answers["kind"],
        initiator=None if answers["initiator"] is None else answers["initiator"].id,
        memorandum=None if answers["memorandum"] is None else answers["memorandum"].id,
        term=term,
        note=answers["note"],
    )
    return Partnership(id=PartnershipId(_pair(answers["first"], answers["second"])), steps=(step,))


PARTNERSHIP: Final = Form(
    name="partnership",
    summary="what ties two cities, and what happened to it; one source at a time",
    questions=(
        city_question("first", "Which city?", "One of the two cities.", needed=always, positional=True),
        city_question(
            "second", "And the other city?", "The other city.", needed=always, positional=True, holds=_hold_second
        ),
        choice_question("action", "What happened?", "What happened, as the source has it.", StepAction, needed=always),
        date_question(
            "date",
            "When did it happen?",
            "When it happened, as precisely as the source says; what is only listed has no date.",
            fits=lambda answers: answers["action"] is not StepAction.LISTED,
        ),
        choice_question(
            "kind",
            "Of what kind is it?",
            "Of what kind the partnership is, by the source's words for it.",
            PartnershipKind,
            needed=always,
            default=lambda *_: PartnershipKind.UNSPECIFIED.value,
        ),
        text_question(
            "term", "What does the source call it, in its own words?", "The source's own word for it, like 友好城市."
        ),
        Question(
            name="term-language",
            asks="In which language is that?",
            help="The language of that word, by English name or tag, like Chinese or zh-Hans.",
            reads=plain(reading.read_language),
            needed=always,
            fits=lambda answers: answers["term"] is not None,
        ),
        Question(
            name="initiator",
            asks="Which of the two acted alone?",
            help="The one of the two that acted, where only one did.",
            reads=lambda text, desk, _: desk.city(text),
            asked=False,
        ),
        Question(
            name="memorandum",
            asks="On which memorandum does it rest?",
            help="The id of the memorandum on record that it rests on.",
            reads=lambda text, desk, _: desk.memorandum(text),
            asked=False,
        ),
        note_question("it"),
        *PROOF,
    ),
    make=with_evidence(_make_partnership),
)
