"""The rule ``date-after-source``."""

from collections.abc import Iterator, Mapping
from datetime import date

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem
from friendcities.model import Partnership, Source, Step, StepAction

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    sources: Mapping[str, Source] = {**register.beneath[Source], **register.records[Source]}
    last_word = {id_: _last_word(source) for id_, source in sources.items()}
    for tie in register.records[Partnership].values():
        for index, step in enumerate(tie.steps):
            if step.date is None or step.action is StepAction.PROPOSED:
                continue
            telling = _telling(step)
            heard = [last_word[id_] for id_ in telling if id_ in last_word]
            if len(heard) == len(telling) > 0 and step.date.earliest > max(heard):
                what = f"{step.date} is later than every source that tells of it: {', '.join(telling)}"
                mend = "mend the date of the step, or that of the source"
                expected = f"a date that is not after {max(heard)}"
                path = register.path_of(tie)
                yield Problem(path=path, field=f"steps[{index}].date", message=what, expected=expected, hint=mend)


def _telling(step: Step) -> list[str]:
    """The sources that tell of a step, or of its date."""
    return [*dict.fromkeys(item.source for item in step.evidence if {"date", "action"}.intersection(item.supports))]


def _last_word(source: Source) -> date:
    """The last day of which a source can know."""
    return max(day.latest for day in (source.as_of, source.published) if day is not None)


RULE = Rule(
    name="date-after-source",
    scope=Scope.DATASET,
    summary="a step is not later than every source that tells of it",
    description=(
        "A source cannot tell of what came after it, unless as a proposal. Either the date of the step is wrong, or "
        "'published' or 'as_of' of the source; or the evidence names another source than the one that was read."
    ),
    find=_find,
)
