"""What a question is, and a form: data, from which prompts and command-line options are both made."""

from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from attrs import frozen

from friendcities.authoring.session import Desk
from friendcities.model import AnyRecord

__all__ = ["Answers", "Form", "Question", "words_of"]

Answers = Mapping[str, Any]
"""What was answered so far, by the names of the questions; ``None`` where nothing was."""


@frozen(kw_only=True, eq=False)
class Question:
    """One thing to know."""

    name: str
    """Its name, which is also that of its option."""
    asks: str
    """The question, in plain words; an answer given before stands in it by its question's name, in braces."""
    help: str
    """What to answer, in plain words."""
    reads: Callable[[str, Desk, Answers], Any]
    """Reads what was typed; raises what says why it cannot be read."""
    holds: Callable[[Any, Desk, Answers], None] = lambda *_: None
    """Raises what says why an answer that can be read cannot be."""
    needed: Callable[[Answers], bool] = lambda _: False
    """Whether there must be an answer."""
    fits: Callable[[Answers], bool] = lambda _: True
    """Whether the question makes sense, after what was answered so far."""
    default: Callable[[Desk, Answers], str] = lambda *_: ""
    """What is taken where nothing is typed, as it would be typed."""
    doubt: Callable[[Desk, Answers], str] = lambda *_: ""
    """Why the default is not taken without being seen, in words; empty where it is."""
    shown: Callable[[Desk], tuple[str, ...]] = lambda _: ()
    """Answers that may be meant, shown to who asks for help."""
    vocabulary: type[StrEnum] | None = None
    """The values that it may have, where they are listed."""
    asked: bool = True
    """Whether people are asked; others are asked only if they must be answered and have no default."""
    many: bool = False
    """Whether there may be several answers, with semicolons between them."""
    positional: bool = False
    """Whether the command line takes it without the name of an option."""
    form: "Form | None" = None
    """The form for what is named and not on record; its options begin with the name of the question."""
    first: Callable[[str], dict[str, str]] = lambda _: {}
    """What is known for that form from what was typed."""
    unsure: Callable[[str], dict[str, str]] = lambda _: {}
    """What may be meant, in words, by what was typed and can be read in several ways: by the question to ask for it."""


@frozen(kw_only=True, eq=False)
class Form:
    """What to know for a record of one type."""

    name: str
    """What is added, in a word."""
    summary: str
    """What it is, in a line."""
    questions: tuple[Question, ...]
    """The questions, in order."""
    make: Callable[[Answers, Desk], AnyRecord]
    """The record that the answers make, without evidence where that is asked for elsewhere."""

    def options(self, prefix: str = "") -> Iterator[tuple[str, Question]]:
        """Every question with the name of its option, those of the forms within included."""
        for question in self.questions:
            name = f"{prefix}{question.name}"
            yield name, question
            if question.form is not None:
                yield from question.form.options(f"{name}-")


_WORDS: Final = {
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
"""The values of the vocabularies in plain words, where the values themselves do not say enough."""


def words_of(member: StrEnum) -> str:
    """A value of a vocabulary in plain words.

    Example:
        >>> from friendcities import StepAction
        >>> words_of(StepAction.ESTABLISHED)
        'established: it came into force'
    """
    more = _WORDS.get(member.value, "")
    return f"{member.value}: {more}" if more else member.value
