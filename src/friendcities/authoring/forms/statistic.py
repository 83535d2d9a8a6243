"""The form for a statistic."""

from typing import Final

from friendcities.authoring import ids, reading
from friendcities.authoring.forms.city import city_question
from friendcities.authoring.forms.parts import (
    END,
    SAID_BY,
    START,
    always,
    choice_question,
    date_question,
    id_question,
    note_question,
    period_of,
    plain,
    text_question,
)
from friendcities.authoring.forms.source import PROOF, with_evidence
from friendcities.authoring.question import Answers, Form, Question
from friendcities.authoring.session import Desk
from friendcities.model import Period, Statistic, StatisticBasis, StatisticChange, StatisticId, ValueQualifier

__all__ = ["STATISTIC"]


def _propose_statistic_id(desk: Desk, answers: Answers) -> str | None:
    period = period_of(answers)
    when = "" if period is None else ids.span(period)
    basis = "forecast" if answers["basis"] is StatisticBasis.FORECAST else ""
    parts = [answers["city"].id, answers["measure"].replace("_", "-"), when, basis]
    return ids.joined_id(parts, desk.taken(Statistic))


def _make_statistic(answers: Answers, desk: Desk) -> Statistic:
    del desk
    change = None
    if answers["change-percent"] is not None:
        against = Period(start=answers["change-start"], end=answers["change-end"])
        change = StatisticChange(percent=answers["change-percent"], compared_with=against)
    return Statistic(
        id=StatisticId(answers["id"]),
        city=answers["city"].id,
        measure=answers["measure"],
        value=answers["value"],
        qualifier=answers["qualifier"],
        unit=answers["unit"],
        period=period_of(answers),  # type: ignore[arg-type]  # one of its questions needs an answer
        change=change,
        basis=answers["basis"],
        stated_by=None if answers["said-by"] is None else answers["said-by"].id,
        note=answers["note"],
    )


def _has_change(answers: Answers) -> bool:
    return answers["change-percent"] is not None


STATISTIC: Final = Form(
    name="statistic",
    summary="a number that somebody said about a city",
    questions=(
        city_question("city", "Which city is it about?", "The city it is about.", needed=always, positional=True),
        Question(
            name="measure",
            asks="What is measured?",
            help="What is measured, in a few English words, like new foreign ventures.",
            reads=plain(reading.read_slug),
            needed=always,
            shown=lambda desk: tuple(sorted({each.measure for each in desk.records(Statistic).values()})),
        ),
        Question(
            name="value",
            asks="What is its value?",
            help="The number in full, in figures, with a point before decimals and no commas: 24000000000.",
            reads=plain(reading.read_decimal),
            needed=always,
        ),
        choice_question(
            "qualifier",
            "How exact is that?",
            "How the number bounds the true one: more than, about …",
            ValueQualifier,
            needed=always,
            default=lambda *_: ValueQualifier.EXACTLY.value,
        ),
        Question(
            name="unit",
            asks="Of what? (a currency like USD, or what is counted)",
            help="The unit: a currency code like USD, or what is counted, like inhabitants.",
            reads=plain(reading.read_unit),
            needed=always,
            shown=lambda desk: tuple(sorted({each.unit for each in desk.records(Statistic).values()})),
        ),
        START,
        END,
        text_question(
            "stated",
            "How does the source put the time?",
            "The time in the source's few words, like three consecutive years.",
            needed=lambda answers: answers["start"] is None and answers["end"] is None,
        ),
        choice_question(
            "basis",
            "Is it what was, or what is expected?",
            "Whether it tells what was or what is expected.",
            StatisticBasis,
            needed=always,
            default=lambda *_: StatisticBasis.REPORTED.value,
        ),
        SAID_BY,
        Question(
            name="change-percent",
            asks="By how many percent is it up?",
            help="By how many percent it is up, or with a minus down, on another period.",
            reads=plain(reading.read_decimal),
            asked=False,
        ),
        date_question(
            "change-start",
            "Up on what time, from when?",
            "When the period begins that it is compared with.",
            asked=False,
            needed=_has_change,
            fits=_has_change,
        ),
        date_question(
            "change-end",
            "And until when?",
            "When the period ends that it is compared with.",
            after="change-start",
            asked=False,
            needed=_has_change,
            fits=_has_change,
        ),
        note_question("it"),
        *PROOF,
        id_question(Statistic, _propose_statistic_id, "cn-shanghai-population-2020", "city", "measure"),
    ),
    make=with_evidence(_make_statistic),
)
