"""Rules on dates, including the dates of sources."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from friendcities.checks.find_values import find_dates
from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.errors import Problem
from friendcities.model import (
    AnyRecord,
    Cooperation,
    Memorandum,
    Official,
    PartialDate,
    Partnership,
    Source,
    Sourced,
    Statistic,
    StatisticBasis,
    Step,
    StepAction,
)


@rule(Scope.DATASET)
def date_after_source(tree: RecordTree) -> Iterator[Problem]:
    """Every dated step, office and memorandum must have a source from this date or later.

    A source cannot report an event that happened later. Correct the date of the record or of the source, or cite
    another source.
    """
    last_days = {id_: _last_known_day(source) for id_, source in tree.all_records(Source).items()}
    for record in chain(*(tree.records[cls].values() for cls in (Memorandum, Official, Partnership))):
        for field, name, part in _dated_parts(record):
            day = getattr(part, name)
            supporting = {each.source: None for each in part.evidence if {name, "action"} & {*each.supports}}
            known_days = [last_days[id_] for id_ in supporting if id_ in last_days]
            if day is not None and len(known_days) == len(supporting) > 0 and day.earliest > max(known_days):
                message = f"the date {day} is later than all sources of the date: {', '.join(supporting)}"
                expected = f"a date on or before {max(known_days)}"
                hint = f"correct the date of the {type(part).__name__.lower()} or of the source"
                yield Problem(path=tree.path_of(record), field=field, message=message, expected=expected, hint=hint)


@rule(Scope.DATASET, excusable=True)
def source_before_date(tree: RecordTree) -> Iterator[Problem]:
    """A source must not be older than a date that the source supports.

    A page from July cannot report an event in August. Correct the date of the source, or cite another source in the
    evidence. If the page announced the event, add an exception. If all sources of a date are older than the date, see
    the rule date-after-source.
    """
    last_days = {id_: _last_known_day(source) for id_, source in tree.all_records(Source).items()}
    for record in chain(*(tree.records[cls].values() for cls in (Memorandum, Official, Partnership))):
        for field, name, part in _dated_parts(record):
            day = getattr(part, name)
            supporting = [item for item in part.evidence if {name, "action"} & {*item.supports}]
            is_known = any(day.earliest <= last_days.get(item.source, date.max) for item in supporting if day)
            stated = [(item, day) for item in supporting if name in item.supports] if is_known else []
            stated += [(item, item.claims.get(name)) for item in part.evidence]
            for item, claimed in stated:
                last_day = last_days.get(item.source, date.max)
                if isinstance(claimed, PartialDate) and claimed.earliest > last_day:
                    index, place = part.evidence.index(item), field.rpartition(".")[0]
                    what = f"the source {str(item.source)!r} is evidence for the date {claimed}"
                    yield Problem(
                        path=tree.path_of(record),
                        field=f"evidence[{index}].source",
                        message=f"{what}, but was published on or before {last_day}",
                        expected=f"a source published in or after {claimed}",
                        hint="correct the dates of the source; if the source announces the event, add an exception",
                    ).within(place)


def _dated_parts(record: Memorandum | Official | Partnership) -> Iterator[tuple[str, str, Sourced]]:
    """Yield the path, the field name and the part of the record for each date. Omit proposals."""
    if isinstance(record, Memorandum):
        yield "signed", "signed", record
    elif isinstance(record, Official):
        yield from ((f"offices[{index}].attested", "attested", office) for index, office in enumerate(record.offices))
    else:
        for index, step in enumerate(record.steps):
            if step.action is not StepAction.PROPOSED:
                yield f"steps[{index}].date", "date", step


def _last_known_day(source: Source) -> date:
    days = (day.latest for day in (source.as_of, source.published) if day is not None)
    return max(days, default=date.max)


@rule(Scope.DATASET)
def date_before_parties(tree: RecordTree) -> Iterator[Problem]:
    """The date of a step must not be earlier than the dates from both city governments.

    If both governments report a later date, record one of these dates.
    Move the earlier date to the 'claims' of its source.
    """
    sources = tree.all_records(Source)
    for partnership in tree.records[Partnership].values():
        for index, step in enumerate(partnership.steps):
            if step.date is None or not any("date" in item.claims for item in step.evidence):
                continue
            stated = [_dates_stated_by(city, step, step.date, sources) for city in partnership.cities]
            if all(days and min(days).earliest > step.date.latest for days in stated):
                first, second = (f"{city} {min(days)}" for city, days in zip(partnership.cities, stated, strict=True))
                path, field = tree.path_of(partnership), f"steps[{index}].date"
                message = f"the date {step.date} is earlier than the dates from both cities: {first}, {second}"
                expected = "a date from one of the two cities"
                hint = f"record the date from a city, and move {step.date} to the 'claims' of its source"
                yield Problem(path=path, field=field, message=message, expected=expected, hint=hint)


def _dates_stated_by(city: str, step: Step, day: PartialDate, sources: Mapping[str, Source]) -> list[PartialDate]:
    own = [item for item in step.evidence if item.source in sources and city in sources[item.source].speaks_for]
    claimed = [item.claims["date"] for item in own if "date" in item.claims]
    supported = [day for item in own if "date" in item.supports]
    return [each for each in (*claimed, *supported) if isinstance(each, PartialDate)]


@rule(Scope.RECORD)
def future_date(record: AnyRecord, tree: RecordTree) -> Iterator[Problem]:
    """Past events must not have future dates.

    A future date of a publication or of a completed step is usually a typing error. Future dates are allowed in plans,
    such as proposed steps, forecasts and the ends of periods.
    """
    for field, day in find_dates(record, lambda day: day.earliest > tree.today):
        if not _may_be_future(record, field):
            message, expected = f"the date {day} is in the future", f"a date on or before today ({tree.today})"
            yield Problem(field=field, message=message, expected=expected)


def _may_be_future(record: AnyRecord, field: str) -> bool:
    first, _, rest = field.partition(".")
    if first.startswith("evidence[") or rest.startswith("evidence[") or field.rpartition(".")[2] == "end":
        return True
    if isinstance(record, Partnership):
        index = int(first.removeprefix("steps[").removesuffix("]"))
        return record.steps[index].action is StepAction.PROPOSED
    if isinstance(record, Statistic):
        return record.basis is StatisticBasis.FORECAST
    return first == "period" and isinstance(record, Cooperation | Memorandum)


@rule(Scope.RECORD)
def source_dates(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """A source must be accessed on or after the date of its publication.

    The date 'accessed' must not be before 'published' or 'as_of'. Omit 'as_of' if the page states no date.
    """
    if isinstance(record, Source) and record.accessed is not None:
        for field, day in (("published", record.published), ("as_of", record.as_of)):
            if day is not None and day.earliest > record.accessed.latest:
                message = f"the date {day} is later than 'accessed' ({record.accessed})"
                expected = f"a date on or before {record.accessed}"
                yield Problem(
                    field=field,
                    message=message,
                    expected=expected,
                    hint=f"change the date in {field!r} or in 'accessed'",
                )
