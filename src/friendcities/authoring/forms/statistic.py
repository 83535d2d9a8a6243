"""The form for a statistic."""

from typing import Final

from friendcities.authoring import questions as q
from friendcities.authoring.evidence import build_with_evidence
from friendcities.authoring.forms.city import city_question
from friendcities.authoring.forms.source import SOURCE_QUESTIONS
from friendcities.authoring.ids import format_period, join_id
from friendcities.authoring.parse_answers import parse_decimal, parse_slug, parse_unit
from friendcities.authoring.session import Session
from friendcities.model import Period, Statistic, StatisticBasis, StatisticChange, ValueQualifier


def _propose_id(session: Session, answers: q.Answers) -> str | None:
    period = q.make_period(answers)
    when = "" if period is None else format_period(period)
    basis = "forecast" if answers["basis"] is StatisticBasis.FORECAST else ""
    measure = answers["measure"].replace("_", "-")
    return join_id([answers["city"].id, measure, when, basis], session.taken_ids(Statistic))


def _build(answers: q.Answers, _: Session) -> Statistic:
    change = None
    if _has_change(answers):
        compared_with = Period(start=answers["change-start"], end=answers["change-end"])
        change = StatisticChange(percent=answers["change-percent"], compared_with=compared_with)
    return Statistic(
        **q.field_values(answers, "id", "measure", "value", "qualifier", "unit", "basis", "note"),
        city=answers["city"].id,
        period=q.make_period(answers),  # type: ignore[arg-type]  # one of its questions needs an answer
        change=change,
        stated_by=q.id_of(answers["stated-by"]),
    )


def _has_change(answers: q.Answers) -> bool:
    return answers["change-percent"] is not None


_TEXTS: Final = """
city: Which city is it about? | The city it is about.
measure: What is measured? | What is measured, in a few English words, like new foreign ventures.
value: What is its value? | The number in full, in figures, with a point before decimals and no commas: 24000000000.
qualifier: How exact is that? | How the number bounds the true one: more than, about …
unit: Of what? (a currency like USD, or what is counted) | The unit: a currency code like USD, or what is counted, like
  inhabitants.
wording: How does the source put the time? | The time in the source's few words, like three consecutive years.
basis: Is it what was, or what is expected? | Whether it states what was or what is expected.
change-percent: By how many percent is it up? | By how many percent it is up, or with a minus down, on another period.
change-start: Up on what time, from when? | When the period begins that it is compared with.
change-end: And until when? | When the period ends that it is compared with.
"""
STATISTIC: Final = q.Form(
    name="statistic",
    summary="a number that somebody said about a city",
    questions=q.add_texts(
        _TEXTS,
        city_question("city", required=True, positional=True),
        q.text_question(
            "measure",
            parse_slug,
            required=True,
            suggest=lambda session: tuple(sorted({each.measure for each in session.records(Statistic).values()})),
        ),
        q.text_question("value", parse_decimal, required=True),
        q.choice_question("qualifier", ValueQualifier, required=True, default=lambda *_: ValueQualifier.EXACTLY.value),
        q.text_question(
            "unit",
            parse_unit,
            required=True,
            suggest=lambda session: tuple(sorted({each.unit for each in session.records(Statistic).values()})),
        ),
        q.START,
        q.END,
        q.text_question("wording", required_when=lambda answers: answers["start"] is None and answers["end"] is None),
        q.choice_question("basis", StatisticBasis, required=True, default=lambda *_: StatisticBasis.REPORTED.value),
        q.STATED_BY,
        q.text_question("change-percent", parse_decimal, asked=False),
        q.date_question("change-start", asked=False, required_when=_has_change, applies=_has_change),
        q.date_question(
            "change-end", after="change-start", asked=False, required_when=_has_change, applies=_has_change
        ),
        q.note_question("it"),
        *SOURCE_QUESTIONS,
        q.id_question(Statistic, _propose_id, "cn-shanghai-population-2020", "city", "measure"),
    ),
    build=build_with_evidence(_build),
)
