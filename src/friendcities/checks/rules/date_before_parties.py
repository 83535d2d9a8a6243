"""The rule ``date-before-parties``."""

from collections.abc import Iterator, Mapping

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem
from friendcities.model import PartialDate, Partnership, Source, Step

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    sources: Mapping[str, Source] = {**register.beneath[Source], **register.records[Source]}
    for tie in register.records[Partnership].values():
        for index, step in enumerate(tie.steps):
            if step.date is None or not any("date" in item.claims for item in step.evidence):
                continue
            told = [_told(step, step.date, city, sources) for city in tie.cities]
            if all(days and min(days).earliest > step.date.latest for days in told):
                first, second = tie.cities
                what = f"{step.date} is earlier than both parties say: {first} {min(told[0])}, {second} {min(told[1])}"
                mend = "record what they say, and put this date into the 'claims' of the source that has it"
                path, expected = register.path_of(tie), "a date that one of the parties can stand by"
                yield Problem(path=path, field=f"steps[{index}].date", message=what, expected=expected, hint=mend)


def _told(step: Step, day: PartialDate, city: str, sources: Mapping[str, Source]) -> list[PartialDate]:
    """The dates that the government of a city gives for a step, in whichever of its sources."""
    own = [item for item in step.evidence if item.source in sources and city in sources[item.source].speaks_for]
    said = [item.claims["date"] for item in own if "date" in item.claims]
    agreed = [day for item in own if "date" in item.supports]
    return [each for each in (*said, *agreed) if isinstance(each, PartialDate)]


RULE = Rule(
    name="date-before-parties",
    scope=Scope.DATASET,
    summary="a step is not dated earlier than both of its parties say",
    description=(
        "Where the governments of both cities, in sources that speak for them, give a later date, an earlier one on "
        "another's word cannot stand as the recorded one. Theirs is recorded; the other goes into the evidence of its "
        "source, under 'claims'."
    ),
    find=_find,
)
