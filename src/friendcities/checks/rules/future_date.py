"""The rule ``future-date``."""

from collections.abc import Iterator

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope, in_records
from friendcities.checks.walk import dates
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Cooperation, Memorandum, Partnership, Statistic, StatisticBasis, StepAction

__all__ = ["RULE"]


def _find(record: AnyRecord, register: Register) -> Iterator[Problem]:
    for field, day in dates(record, lambda day: day.earliest > register.today):
        if not _may_lie_ahead(record, field):
            what, expected = f"{day} has not come yet", f"a date that is not after today, {register.today}"
            yield Problem(field=field, message=what, expected=expected)


def _may_lie_ahead(record: AnyRecord, field: str) -> bool:
    """Whether a field tells of what is planned or expected, or of what a source says instead, right or wrong."""
    first, _, rest = field.partition(".")
    if first.startswith("evidence[") or rest.startswith("evidence[") or field.rpartition(".")[2] == "end":
        return True
    if isinstance(record, Partnership):
        index = int(first.removeprefix("steps[").removesuffix("]"))
        return record.steps[index].action is StepAction.PROPOSED
    if isinstance(record, Statistic):
        return record.basis is StatisticBasis.FORECAST
    return first == "period" and isinstance(record, Cooperation | Memorandum)


RULE = Rule(
    name="future-date",
    scope=Scope.RECORD,
    summary="what is told as done is not dated ahead",
    description=(
        "A source that is yet to appear or a step that is yet to be taken is a slip of the pen: two digits of the year "
        "are swapped, say. What is planned may lie ahead: steps that are 'proposed', forecasts, the periods of "
        "cooperations and memoranda, and the end of any period. Today is the day on which the check is run."
    ),
    find=in_records(_find),
)
