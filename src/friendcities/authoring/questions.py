"""Questions and forms, as data from which both prompts and command-line options are made."""

import re
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from attrs import evolve, frozen

from friendcities.authoring.parse_answers import parse_choice, parse_date, parse_id, parse_text
from friendcities.authoring.session import Session
from friendcities.errors import InvalidQueryError
from friendcities.model import AnyRecord, PartialDate, Party, Period
from friendcities.model.field_spec import field_specs
from friendcities.model.record import Record

T = TypeVar("T")
Answers = Mapping[str, Any]
"""The values answered so far by question name; ``None`` for a question without an answer."""


@frozen(kw_only=True, eq=False)
class Question:
    """A question of a form."""

    name: str
    """Its name, which is also that of its option."""
    prompt: str = ""
    """The question in plain words; ``{name}`` stands for an earlier answer."""
    help: str = ""
    """What to answer, in plain words."""
    parse: Callable[[str, Session, Answers], Any]
    """Parses the text of an answer; raises InvalidQueryError or LookupFailedError."""
    validate: Callable[[Any, Session, Answers], None] = lambda *_: None
    """Raises InvalidQueryError for a parsed answer that is invalid here."""
    required: bool = False
    """Whether it must be answered."""
    required_when: Callable[[Answers], bool] = lambda _: False
    """Whether it must be answered after the earlier answers."""
    applies: Callable[[Answers], bool] = lambda _: True
    """Whether it makes sense after the earlier answers."""
    default: Callable[[Session, Answers], str] = lambda *_: ""
    """The text that an empty answer stands for."""
    doubt: Callable[[Session, Answers], str] = lambda *_: ""
    """Why a person must confirm the default; empty if nobody must."""
    suggest: Callable[[Session], tuple[str, ...]] = lambda _: ()
    """Possible answers, shown with the help."""
    vocabulary: type[StrEnum] | None = None
    """Its possible values, if they are listed."""
    asked: bool = True
    """Whether people are asked; others are asked only if they are required and have no default."""
    many: bool = False
    """Whether it takes several answers, separated by semicolons."""
    positional: bool = False
    """Whether the command line takes it without an option name."""
    form: "Form | None" = None
    """The form for a record that does not exist yet; its options start with the name of the question."""
    prefill: Callable[[str], dict[str, str]] = lambda _: {}
    """The answers for that form that the text contains."""
    explain_ambiguity: Callable[[str], dict[str, str]] = lambda _: {}
    """The meanings of an ambiguous text, by the question of that form which decides."""

    def is_required(self, answers: Answers) -> bool:
        """Whether it must be answered."""
        return self.required or self.required_when(answers)


@frozen(kw_only=True, eq=False)
class Form:
    """The questions for a record of one type."""

    name: str
    """The type, in a word."""
    summary: str
    """What a record of the type is, in a line."""
    questions: tuple[Question, ...]
    build: Callable[[Answers, Session], AnyRecord]
    """Builds the record from the answers."""

    def options(self, prefix: str = "") -> Iterator[tuple[str, Question]]:
        """Every question with the name of its option, those of inner forms included."""
        for each in self.questions:
            name = f"{prefix}{each.name}"
            yield name, each
            if each.form is not None:
                yield from each.form.options(f"{name}-")


def add_texts(texts: str, *questions: Question) -> tuple[Question, ...]:
    """Add the prompts and help texts to the questions of a form.

    Args:
        texts: A line ``name: prompt | help`` for each question; indented lines continue the line before.
        questions: The questions; those without a line keep their texts.
    """
    by_name = {}
    for line in re.sub(r"\n\s+", " ", texts.strip()).splitlines():
        name, _, rest = line.partition(": ")
        by_name[name] = rest.split(" | ")
    return tuple(
        evolve(each, prompt=by_name[each.name][0], help=f"{by_name[each.name][1]}{each.help}")
        if each.name in by_name
        else each
        for each in questions
    )


def text_question(name: str, parse: Callable[[str], Any] = parse_text, **more: Any) -> Question:
    """A question whose text is parsed without context; for text by default."""
    return Question(name=name, parse=lambda text, *_: parse(text), **more)


def record_question(name: str, find: Callable[[Session, str], AnyRecord], **more: Any) -> Question:
    """A question for a record, which a method of the session finds."""
    return Question(name=name, parse=lambda text, session, _: find(session, text), **more)


def is_answered(name: str) -> Callable[[Answers], bool]:
    """A function that tests whether a question has an answer."""
    return lambda answers: answers[name] is not None


def suggest_values(cls: type[AnyRecord], field: str) -> Callable[[Session], tuple[str, ...]]:
    """A function that suggests the values of a field in the existing records."""
    return lambda session: tuple(sorted({getattr(record, field) for record in session.records(cls).values()}))


def choice_question(name: str, vocabulary: type[StrEnum], default: str = "", **more: Any) -> Question:
    """A question for a value of a vocabulary, which needs an answer."""
    return Question(
        name=name,
        parse=lambda text, *_: parse_choice(text, vocabulary),
        vocabulary=vocabulary,
        required=True,
        default=lambda *_: default,
        **more,
    )


def date_question(name: str, *, after: str = "", may_be_future: bool = False, **more: Any) -> Question:
    """A question for a date, which may not lie before that of the question ``after``."""

    def parse(text: str, session: Session, answers: Answers) -> PartialDate:
        date = parse_date(text)
        if not may_be_future and date.earliest > session.tree.today:
            message = f"{date} is yet to come; write what was, not what will be"
            raise InvalidQueryError(message, text)
        start: PartialDate | None = answers.get(after)
        if start is not None and date.latest < start.earliest:
            message = f"{date} lies before {start}; write when it ended"
            raise InvalidQueryError(message, text)
        return date

    return Question(name=name, help=" Like 1994, October 1994 or 21 October 1994.", parse=parse, **more)


def id_question(
    cls: type[AnyRecord], propose: Callable[[Session, Answers], str | None], like: str, *made_of: str, **more: Any
) -> Question:
    """A question for the id of a new record, which by default is made of the answers to ``made_of``."""

    def has_parts(answers: Answers) -> bool:
        """Whether those are answered; otherwise they are reported as missing, and no id is needed."""
        return all(answers[name] is not None for name in made_of)

    def parse(text: str, session: Session, _: Answers) -> str:
        id_ = parse_id(text)
        if id_ in session.taken_ids(cls):
            message = f"the id {id_!r} is or was that of another {cls.__name__.lower()}; choose one that is free"
            raise InvalidQueryError(message, text)
        return id_

    return Question(
        name="id",
        prompt="What is its id to be?",
        help=f"An id for ever, like {like!r}. (It is made of the other answers, where they give one that is free.)",
        parse=parse,
        asked=False,
        required_when=has_parts,
        default=lambda session, answers: (has_parts(answers) and propose(session, answers)) or "",
        **more,
    )


def note_question(about: str) -> Question:
    """A question for a note."""
    help_ = f"Anything a reader must know of {about}, in our words."
    return text_question("note", prompt="Anything a reader must know?", help=help_, asked=False)


def parse_organisation(text: str, session: Session, answers: Answers) -> Party:
    """An organisation, and after an @ the city in which it is based."""
    del answers
    name, _, city = (part.strip() for part in text.partition("@"))
    return Party(organisation=parse_text(name), based_in=session.city(city).id if city else None)


def make_period(answers: Answers) -> Period | None:
    """The period of the answers; ``None`` if they have none."""
    start, end, wording = answers["start"], answers["end"], answers.get("wording")
    return None if start is end is wording is None else Period(start=start, end=end, wording=wording)


def build_record(cls: type[T], answers: Answers, **values: Any) -> T:
    """Build a record from the given values and, for its other fields, from the answers to the questions named so.

    An answer that is a record stands for its id.
    """
    for spec in field_specs(cls):
        answer = answers.get(spec.name.replace("_", "-"))
        if spec.name not in values and answer is not None:
            values[spec.name] = tuple(map(_id_of, answer)) if isinstance(answer, tuple) else _id_of(answer)
    return cls(**values)


def _id_of(answer: Any) -> Any:
    return getattr(answer, "id", answer) if isinstance(answer, Record) else answer


_TEXTS: Final = """
start: From when? | When it begins.
end: Until when? | When it ends, its last day, month or year.
stated-by: Which official said it? | The official on record who said it, by name or id ('friendcities add official' adds
  one).
"""
START, END, STATED_BY = add_texts(
    _TEXTS,
    date_question("start", may_be_future=True),
    date_question("end", may_be_future=True, after="start"),
    record_question("stated-by", Session.official),
)
_MEANINGS: Final = {
    "sister_city": "sister city, twin town, jumelage, 友好城市, 姉妹都市",
    "friendship_city": "a weaker tie, where a country knows both (Freundschaft, 우호도시)",
    "friendly_exchange": "friendly exchange relationship, 友好交流关系",
    "project_partnership": "for one project and its time",
    "contact": "a contact without a treaty",
    "unspecified": "the source does not say of what kind",
    "proposed": "wished for, in a speech or a letter of intent; not in force",
    "established": "it came into force",
    "upgraded": "it went on as a closer kind",
    "renewed": "it was confirmed, or signed again",
    "suspended": "it was put on hold",
    "resumed": "it came into force again",
    "ended": "it is no more",
    "listed": "the source lists it, without saying when it began",
    "unconfirmed": "the source says so against better evidence",
    "municipality": "a city or commune with its own government",
    "district": "a part of a city",
    "town": "a town or village",
    "county": "a county, prefecture or Kreis",
    "province_or_state": "the first level below the country",
    "region": "a region of several provinces",
    "official": "the name in law",
    "endonym": "the name in a language spoken there",
    "exonym": "the name in a language of elsewhere",
    "former": "a name that it once had",
    "predecessor": "the name of a place that was absorbed into it",
    "alias": "another spelling or a short form",
    "city_government": "a city's own page or office",
    "national_government": "a ministry, a national register",
    "statistical_yearbook": "a yearbook",
    "association": "an association of cities",
    "press": "a newspaper or broadcaster",
    "academic": "a study or thesis",
}
"""The meanings of the values of vocabularies that do not explain themselves."""


def describe_value(member: StrEnum) -> str:
    """A value of a vocabulary with its meaning.

    Example:
        >>> from friendcities import StepAction
        >>> describe_value(StepAction.ESTABLISHED)
        'established: it came into force'
    """
    meaning = _MEANINGS.get(member.value, "")
    return f"{member.value}: {meaning}" if meaning else member.value
