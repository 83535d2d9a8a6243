"""The form for a source, and the questions for the source of a fact."""

from typing import Final

from friendcities.authoring import questions as q
from friendcities.authoring.forms.city import cities_question
from friendcities.authoring.ids import make_source_id
from friendcities.authoring.parse_answers import parse_address, parse_language
from friendcities.authoring.session import Session
from friendcities.model import Source, SourceKind
from friendcities.model.grammar import is_id


def _propose_id(session: Session, answers: q.Answers) -> str | None:
    date = answers["published"] or answers["as-of"]
    return make_source_id(answers["publisher"], answers["url"], date, session.taken_ids(Source))


def _build(answers: q.Answers, _: Session) -> Source:
    names = ("id", "kind", "publisher", "title", "published", "as_of", "accessed", "language", "archived", "note")
    return Source(
        **q.field_values(answers, *names),
        authors=answers["authors"] or (),
        address=answers["url"],
        speaks_for=tuple(city.id for city in answers["speaks-for"] or ()),
    )


def _prefill_source(text: str) -> dict[str, str]:
    plain = text.strip()
    if "://" in plain:
        return {"url": plain}
    return {"id": plain} if is_id(plain) and "-" in plain else {"title": plain}


_SOURCE_TEXTS: Final = """
title: What is its title? | Its title, as published.
publisher: Who published it? | The newspaper, office or body that published it.
kind: Who speaks in it? | What kind of source it is.
speaks-for: For which city does that government speak? | The cities whose government speaks in it.
authors: Who wrote it? | Its authors as printed, with ; between them.
published: When was it published? | The day, month or year of publication.
as-of: Which date's state of affairs does it describe? | The date whose state of affairs it describes; without one, that
  of publication.
language: In which language is it? | Its language, by English name or tag, like Chinese or pt-BR.
url: What is its address on the web? | Its address on the web, where it has one: https://…
archived: What is the address of an archived copy? | The address of an archived copy.
accessed: When did you read it? | When it was read; without one, today for a source with an address.
"""
SOURCE: Final = q.Form(
    name="source",
    summary="an article, an official page, a yearbook: what facts rest on",
    questions=q.add_texts(
        _SOURCE_TEXTS,
        q.text_question("title", required=True, positional=True),
        q.text_question("publisher", required=True),
        q.choice_question("kind", SourceKind, required=True),
        cities_question(
            "speaks-for",
            required_when=lambda answers: answers["kind"] is SourceKind.CITY_GOVERNMENT,
            applies=lambda answers: answers["kind"] in {SourceKind.CITY_GOVERNMENT, None},
        ),
        q.text_question("authors", many=True),
        q.date_question("published"),
        q.date_question(
            "as-of", asked=False, required=True, default=lambda _, answers: str(answers["published"] or "")
        ),
        q.text_question("language", parse_language),
        q.text_question("url", parse_address),
        q.text_question("archived", parse_address, asked=False),
        q.date_question(
            "accessed",
            asked=False,
            default=lambda session, answers: "" if answers["url"] is None else str(session.today),
        ),
        q.note_question("it"),
        q.id_question(Source, _propose_id, "shine-2023-12-02", "publisher", "as-of"),
    ),
    build=_build,
)
_TEXTS: Final = """
source: Which source says so? (its address, its title or its id) | The source that says so: by its id, its address or
  its title. One that is not on record is added.
locator: Where in the source does it say so? | Where in the source: like paragraph 4, page 12, row of Porto. (A place to
  look, no quotation.)
"""
SOURCE_QUESTIONS: Final = q.add_texts(
    _TEXTS,
    q.Question(
        name="source",
        parse=lambda text, session, _: session.source(text),
        required=True,
        suggest=lambda session: tuple(sorted(session.records(Source))),
        form=SOURCE,
        prefill=_prefill_source,
    ),
    q.text_question("locator", required=True),
)
"""The questions for the source of a fact, and for the place in it."""
