"""Parts that several forms share: kinds of questions, and questions that several ask."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, Final

from friendcities.authoring import reading
from friendcities.authoring.question import Answers, Question
from friendcities.authoring.session import Desk
from friendcities.errors import InvalidQueryError
from friendcities.model import AnyRecord, PartialDate, Party, Period

__all__ = [
    "END",
    "SAID_BY",
    "START",
    "always",
    "choice_question",
    "date_question",
    "id_question",
    "note_question",
    "period_of",
    "plain",
    "read_organisation",
    "text_question",
]


def always(answers: Answers) -> bool:
    """Whatever the other answers are."""
    del answers
    return True


def plain(read: Callable[[str], Any]) -> Callable[[str, Desk, Answers], Any]:
    """A reader that needs to know nothing but the text."""
    return lambda text, _desk, _answers: read(text)


def text_question(name: str, asks: str, help_: str, **more: Any) -> Question:
    """A question for text."""
    return Question(name=name, asks=asks, help=help_, reads=plain(reading.read_text), **more)


def choice_question(name: str, asks: str, help_: str, vocabulary: type[StrEnum], **more: Any) -> Question:
    """A question for a word of a vocabulary."""

    def reads(text: str, desk: Desk, answers: Answers) -> StrEnum:
        del desk, answers
        return reading.read_choice(text, vocabulary)

    return Question(name=name, asks=asks, help=help_, reads=reads, vocabulary=vocabulary, **more)


def date_question(name: str, asks: str, help_: str, *, after: str = "", past: bool = True, **more: Any) -> Question:
    """A question for a date, which lies in the past and after that of another question, where that is asked for."""

    def reads(text: str, desk: Desk, answers: Answers) -> PartialDate:
        date = reading.read_date(text)
        if past and date.earliest > desk.register.today:
            message = f"{date} is yet to come; write what was, not what will be"
            raise InvalidQueryError(message, text)
        start: PartialDate | None = answers.get(after)
        if start is not None and date.latest < start.earliest:
            message = f"{date} lies before {start}; write when it ended"
            raise InvalidQueryError(message, text)
        return date

    return Question(
        name=name, asks=asks, help=f"{help_} Like 1994, October 1994 or 21 October 1994.", reads=reads, **more
    )


def id_question(
    cls: type[AnyRecord], propose: Callable[[Desk, Answers], str | None], like: str, *made_of: str, **more: Any
) -> Question:
    """A question for the id of a new record, which is made of other answers where they give one that is free."""

    def known(answers: Answers) -> bool:
        """Whether there is what an id is made of; where it is missing, that is told, and no id asked for besides."""
        return all(answers[name] is not None for name in made_of)

    def reads(text: str, desk: Desk, answers: Answers) -> str:
        del answers
        id_ = reading.read_id(text)
        if id_ in desk.taken(cls):
            message = f"the id {id_!r} is or was that of another {cls.__name__.lower()}; choose one that is free"
            raise InvalidQueryError(message, text)
        return id_

    return Question(
        name="id",
        asks="What is its id to be?",
        help=f"An id for ever, like {like!r}. (It is made of the other answers, where they give one that is free.)",
        reads=reads,
        asked=False,
        needed=known,
        default=lambda desk, answers: (known(answers) and propose(desk, answers)) or "",
        **more,
    )


def note_question(about: str) -> Question:
    """A question for a note."""
    return text_question(
        "note", "Anything a reader must know?", f"Anything a reader must know of {about}, in our words.", asked=False
    )


def read_organisation(text: str, desk: Desk, answers: Answers) -> Party:
    """An organisation, and behind an @ the city that it belongs to."""
    del answers
    name, _, city = (part.strip() for part in text.partition("@"))
    return Party(organisation=reading.read_text(name), based_in=desk.city(city).id if city else None)


def period_of(answers: Answers) -> Period | None:
    """The period that the answers tell of; ``None`` where they tell of none."""
    start, end, stated = answers["start"], answers["end"], answers.get("stated")
    return None if start is end is stated is None else Period(start=start, end=end, wording=stated)


START: Final = date_question("start", "From when?", "When it begins.", past=False)
END: Final = date_question(
    "end", "Until when?", "When it ends, its last day, month or year.", past=False, after="start"
)
SAID_BY: Final = Question(
    name="said-by",
    asks="Which official said it?",
    help="The official on record who said it, by name or id ('friendcities add official' adds one).",
    reads=lambda text, desk, _: desk.official(text),
)
