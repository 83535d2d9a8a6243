"""The form for a source, and the questions for what a fact rests on."""

from collections.abc import Callable
from typing import Any, Final

from friendcities.authoring import ids, reading
from friendcities.authoring.evidence import cited
from friendcities.authoring.forms.city import cities_question
from friendcities.authoring.forms.parts import (
    always,
    choice_question,
    date_question,
    id_question,
    note_question,
    plain,
    text_question,
)
from friendcities.authoring.question import Answers, Form, Question
from friendcities.authoring.session import Desk
from friendcities.model import AnyRecord, City, Source, SourceId, SourceKind
from friendcities.model.grammar import is_id

__all__ = ["PROOF", "SOURCE", "with_evidence"]


def _propose_source_id(desk: Desk, answers: Answers) -> str | None:
    date = answers["published"] or answers["as-of"]
    return ids.source_id(answers["publisher"], answers["address"], date, desk.taken(Source))


def _make_source(answers: Answers, desk: Desk) -> Source:
    del desk
    return Source(
        id=SourceId(answers["id"]),
        kind=answers["kind"],
        publisher=answers["publisher"],
        title=answers["title"],
        authors=answers["authors"] or (),
        published=answers["published"],
        as_of=answers["as-of"],
        accessed=answers["accessed"],
        language=answers["language"],
        address=answers["address"],
        archived=answers["archived"],
        speaks_for=tuple(city.id for city in answers["speaks-for"] or ()),
        note=answers["note"],
    )


def _first_of_source(text: str) -> dict[str, str]:
    plain = text.strip()
    if "://" in plain:
        return {"address": plain}
    return {"id": plain} if is_id(plain) and "-" in plain else {"title": plain}


SOURCE: Final = Form(
    name="source",
    summary="an article, an official page, a yearbook: what facts rest on",
    questions=(
        text_question("title", "What is its title?", "Its title, as published.", needed=always, positional=True),
        text_question(
            "publisher", "Who published it?", "The newspaper, office or body that published it.", needed=always
        ),
        choice_question("kind", "Who speaks in it?", "What kind of source it is.", SourceKind, needed=always),
        cities_question(
            "speaks-for",
            "For which city does that government speak?",
            "The cities whose government speaks in it.",
            needed=lambda answers: answers["kind"] is SourceKind.CITY_GOVERNMENT,
            fits=lambda answers: answers["kind"] in {SourceKind.CITY_GOVERNMENT, None},
        ),
        text_question("authors", "Who wrote it?", "Its authors as printed, with ; between them.", many=True),
        date_question("published", "When was it published?", "The day, month or year of publication."),
        date_question(
            "as-of",
            "Which date's state of affairs does it describe?",
            "The date whose state of affairs it describes; without one, that of publication.",
            asked=False,
            needed=always,
            default=lambda _, answers: str(answers["published"] or ""),
        ),
        Question(
            name="language",
            asks="In which language is it?",
            help="Its language, by English name or tag, like Chinese or pt-BR.",
            reads=plain(reading.read_language),
        ),
        Question(
            name="address",
            asks="What is its address on the web?",
            help="Its address on the web, where it has one: https://…",
            reads=plain(reading.read_address),
        ),
        Question(
            name="archived",
            asks="What is the address of an archived copy?",
            help="The address of an archived copy.",
            reads=plain(reading.read_address),
            asked=False,
        ),
        date_question(
            "accessed",
            "When did you read it?",
            "When it was read; without one, today for a source with an address.",
            asked=False,
            default=lambda desk, answers: "" if answers["address"] is None else str(desk.today),
        ),
        note_question("it"),
        id_question(Source, _propose_source_id, "shine-2023-12-02", "publisher", "as-of"),
    ),
    make=_make_source,
)
_SOURCE_QUESTION: Final = Question(
    name="source",
    asks="Which source says so? (its address, its title or its id)",
    help="The source that says so: by its id, its address or its title. One that is not on record is added.",
    reads=lambda text, desk, _: desk.source(text),
    needed=always,
    shown=lambda desk: tuple(sorted(desk.records(Source))),
    form=SOURCE,
    first=_first_of_source,
)
_LOCATOR: Final = text_question(
    "locator",
    "Where in the source does it say so?",
    "Where in the source: like paragraph 4, page 12, row of Porto. (A place to look, no quotation.)",
    needed=always,
)
PROOF: Final = (_SOURCE_QUESTION, _LOCATOR)


def with_evidence(make: Callable[[Answers, Desk], Any]) -> Callable[[Answers, Desk], AnyRecord]:
    """Make a record, and have it and the cities that are new with it rest on the source that was named."""

    def made(answers: Answers, desk: Desk) -> AnyRecord:
        source, locator = answers["source"], answers["locator"]
        for each in list(desk.new()):
            if isinstance(each, City) and not each.evidence:
                desk.add(cited(each, source.id, locator, desk))
        record: AnyRecord = cited(make(answers, desk), source.id, locator, desk)
        return record

    return made
