"""The form for a partnership with one step."""

from typing import Final

from friendcities.authoring import questions as q
from friendcities.authoring.evidence import build_with_evidence
from friendcities.authoring.forms.city import city_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.parse_answers import parse_language
from friendcities.authoring.session import Session
from friendcities.errors import InvalidQueryError
from friendcities.model import City, Partnership, PartnershipId, PartnershipKind, SourceTerm, Step, StepAction


def _validate_second(second: City, session: Session, answers: q.Answers) -> None:
    """Reject the same city, and a pair that has a partnership already."""
    first: City | None = answers["first"]
    if first is None:
        return
    if first.id == second.id:
        message = f"both are {second.name} ({second.id!r}); a partnership has two different cities"
        raise InvalidQueryError(message, second.id)
    id_ = _make_id(first, second)
    current_id = session.tree.moved_ids[Partnership].get(id_, id_)
    if current_id not in session.taken_ids(Partnership):
        return
    existing = session.records(Partnership).get(current_id)
    place = "a file that cannot be read" if existing is None else session.describe_place(existing)
    message = (
        f"the partnership of {first.name} and {second.name} is on record in {place}, and there is one record a pair; "
        "to say more of it, add a step, or evidence for a step, to that file"
    )
    raise InvalidQueryError(message, id_)


def _make_id(one: City, other: City) -> PartnershipId:
    return PartnershipId("--".join(sorted([one.id, other.id])))


def _build(answers: q.Answers, _: Session) -> Partnership:
    term = answers["term"]
    step = Step(
        **q.field_values(answers, "date", "action", "kind", "note"),
        initiator=q.id_of(answers["initiator"]),
        memorandum=q.id_of(answers["memorandum"]),
        term=None if term is None else SourceTerm(text=term, language=answers["term-language"]),
    )
    return Partnership(id=_make_id(answers["first"], answers["second"]), steps=(step,))


_TEXTS: Final = """
first: Which city? | One of the two cities.
second: And the other city? | The other city.
action: What happened? | What happened, as the source has it.
date: When did it happen? | When it happened, as precisely as the source says; what is only listed has no date.
kind: Of what kind is it? | Of what kind the partnership is, by the source's words for it.
term: What does the source call it, in its own words? | The source's own word for it, like 友好城市.
term-language: In which language is that? | The language of that word, by English name or tag, like Chinese or zh-Hans.
initiator: Which of the two acted alone? | The one of the two that acted, where only one did.
memorandum: On which memorandum does it rest? | The id of the memorandum on record that it rests on.
"""
PARTNERSHIP: Final = q.Form(
    name="partnership",
    summary="what ties two cities, and what happened to it; one source at a time",
    questions=q.add_texts(
        _TEXTS,
        city_question("first", required=True, positional=True),
        city_question("second", required=True, positional=True, validate=_validate_second),
        q.choice_question("action", StepAction, required=True),
        q.date_question("date", applies=lambda answers: answers["action"] is not StepAction.LISTED),
        q.choice_question("kind", PartnershipKind, required=True, default=lambda *_: PartnershipKind.UNSPECIFIED.value),
        q.text_question("term"),
        q.text_question(
            "term-language", parse_language, required=True, applies=lambda answers: answers["term"] is not None
        ),
        q.Question(name="initiator", parse=lambda text, session, _: session.city(text), asked=False),
        q.Question(name="memorandum", parse=lambda text, session, _: session.memorandum(text), asked=False),
        q.note_question("it"),
        *SOURCE_QUESTIONS,
    ),
    build=build_with_evidence(_build),
)
