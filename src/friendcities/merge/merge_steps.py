"""Merges the steps of two histories if a person edited one of the histories.

Our steps and our evidence stay. A step of the other history joins one of our steps, becomes a claim, or becomes a new
step. Values that differ from our step become claims.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Any, Final, NamedTuple

from attrs import Factory, define

from friendcities.errors import UnknownRecordError
from friendcities.merge.merge_records import evolve, find_relation, sort_evidence
from friendcities.merge.merge_report import RecordLog, Relation
from friendcities.model import (
    Evidence,
    FrozenMap,
    PartialDate,
    Partnership,
    PartnershipKind,
    SourceId,
    Step,
    StepAction,
)
from friendcities.model.evidence import evidenced_fields, is_empty
from friendcities.model.partnership_state import PUTS_IN_FORCE, fold, in_order

_LISTED, _UNCONFIRMED, _ESTABLISHED, _ENDED = (
    StepAction.LISTED,
    StepAction.UNCONFIRMED,
    StepAction.ESTABLISHED,
    StepAction.ENDED,
)
ENDS: Final = {StepAction.SUSPENDED, _ENDED}
_IN_FORCE: Final = PUTS_IN_FORCE | {_LISTED}
_ORDER: Final = (
    *(StepAction.PROPOSED, _UNCONFIRMED, _ESTABLISHED, StepAction.UPGRADED, StepAction.RENEWED),
    *(_LISTED, StepAction.SUSPENDED, _ENDED, StepAction.RESUMED),
)
"""The order of steps with the same date."""
_NO_KIND: Final = PartnershipKind.UNSPECIFIED
_FIRST: Final = (0, 0, 0)
_LAST: Final = (10_000, 0, 0)
_FIELDS: Final = (*evidenced_fields(Step), "note")


class Statement(NamedTuple):
    """What one source states about a step."""

    item: Evidence
    values: Mapping[str, Any]
    as_of: date | None
    """The last day of the date that the source describes."""
    home: Step
    """The step in which the evidence is recorded."""


@define(eq=False)
class HistoryStep:
    """A step of one history, with additions from the other history."""

    step: Step
    is_ours: bool
    index: int = 0
    """The index of the step in its history."""
    statements: list[Statement] = Factory(list)
    """The statements of the step. In the other history, only the new statements."""
    after: date = date.min
    """The first day of an earlier step according to the same source."""
    until: date = date.max
    """The last day of a later step according to the same source."""
    is_resumed: bool = False
    """Whether a later step of the same source puts the partnership in force."""
    has_start: bool = False
    """Whether the same source has a step that puts the partnership in force."""
    era: int = 0
    """The number of earlier starts that follow an end. A start that follows an end is included."""
    restarts: bool = False
    """Whether the step is a start that follows an end."""
    is_restarted: bool = False
    """Whether a start follows the end."""
    same: "HistoryStep | None" = None
    """The step of the other history that is the same step."""
    claims: "list[HistoryStep]" = Factory(list)
    """Other steps, listings and ends, whose statements become evidence for or against this step."""

    @property
    def action(self) -> StepAction:
        """The action of the step."""
        return self.step.action

    @property
    def last_day(self) -> date | None:
        """The last day of the date, or the last possible day of an undated step according to its sources."""
        if self.step.date is not None:
            return self.step.date.latest
        return max(self.described_days, default=None) if self.until == date.max else self.until

    @property
    def described_days(self) -> list[date]:
        """The days that the sources describe, except of sources that contradict an end."""
        stated = [each for each in self.statements if not (self.action in ENDS and _is_objection(each))]
        return [each.as_of for each in stated if each.as_of is not None and not each.item.denies]

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key by date. Undated proposals come first, and other undated steps last."""
        if self.step.date is not None:
            return self.step.date.order
        return _FIRST if self.action is StepAction.PROPOSED else _LAST


def merge_steps(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership:
    """Merge the steps of the other history into ours, and report new and different values."""
    mine = _read_steps(ours, is_ours=True)
    new = _find_new(mine, _read_steps(theirs, is_ours=False))
    has_statements = any(each.statements for each in new)
    merged = _match_steps(mine, new)
    made = [evolve(each, step=_merge_values(each)) for each in merged]
    is_known = not has_statements and [each.step for each in made] == [_bare(step) for step in ours.steps]
    ordered = made if is_known else _sort_steps(made)
    steps = ours.steps if is_known else tuple(map(_add_evidence, ordered))
    for index, (each, step) in enumerate(zip(ordered, steps, strict=True)):
        _log_step(ours.steps[each.index] if each.is_ours else None, each, step, log, index)
    return ours if is_known else evolve(ours, steps=steps)


def _bare(step: Step) -> Step:
    return evolve(step, evidence=())


def _read_steps(partnership: Partnership, *, is_ours: bool) -> list[HistoryStep]:
    found = []
    sources = [{item.source for item in step.evidence} for step in partnership.steps]
    for index, step in enumerate(partnership.steps):
        # the order of steps is reliable only within one source
        own = [
            (position, each)
            for position, each in enumerate(partnership.steps)
            if not sources[position].isdisjoint(sources[index]) or not sources[index]
        ]
        earlier = [each.date.earliest for position, each in own if position < index and each.date is not None]
        later = [each.date.latest for position, each in own if position > index and each.date is not None]
        found.append(
            HistoryStep(
                step,
                is_ours,
                index,
                [_read_statement(partnership, step, item) for item in step.evidence],
                after=max(earlier, default=date.min),
                until=min(later, default=date.max),
                is_resumed=any(each.action in PUTS_IN_FORCE for position, each in own if position > index),
                has_start=any(each.action in PUTS_IN_FORCE for _, each in own),
            )
        )
    return found


def _read_statement(partnership: Partnership, step: Step, item: Evidence) -> Statement:
    values = {**{name: getattr(step, name) for name in item.supports}, **item.claims}
    as_of = find_as_of(partnership, item)
    return Statement(item, values, None if as_of is None else as_of.latest, step)


def find_as_of(partnership: Partnership, item: Evidence) -> PartialDate | None:
    """Return the date that the source of the evidence describes."""
    try:
        return partnership.source(item.source).as_of
    except UnknownRecordError:  # the dataset of the partnership has no such source
        return None


def _find_new(mine: Sequence[HistoryStep], other: Iterable[HistoryStep]) -> list[HistoryStep]:
    """Return the steps that add something. A step whose statements are all known only fills fields of its step."""
    new = []
    for each in other:
        stated = each.statements
        homes = [one for one in mine if any(_includes(*pair) for pair in product(one.statements, stated))]
        known = [have for one in homes for have in one.statements]
        each.statements = [one for one in stated if not any(_includes(have, one) for have in known)]
        if not each.statements and any(_adds_nothing(each.step, one.step) for one in mine):
            continue
        if each.statements or not homes:
            new.append(each)
        for home in [one for one in homes if not each.statements and _is_same(one, each)][:1]:
            home.step = _fill_fields(home.step, each.step)
    return new


def _fill_fields(step: Step, other: Step) -> Step:
    """Empty fields get the values of the other step, unless evidence claims another value, or has the note."""
    known = {name for item in step.evidence for name in item.claims}
    known |= {"note"} if other.note in {item.note for item in step.evidence} else set()
    return evolve(
        step,
        **{name: getattr(other, name) for name in _FIELDS if is_empty(getattr(step, name)) and name not in known},
    )


def _adds_nothing(step: Step, known: Step) -> bool:
    is_covered = step.date is known.date is None or (step.date and known.date and step.date.includes(known.date))
    values = [(getattr(known, name), getattr(step, name)) for name in _FIELDS if name != "date"]
    return bool(is_covered) and all(is_empty(value) or recorded == value for recorded, value in values)


def _includes(known: Statement, other: Statement) -> bool:
    if (known.item.source, known.item.locator) != (other.item.source, other.item.locator):
        return False
    if other.item.note not in {None, known.item.note, known.home.note}:
        return False
    if other.item.denies:  # after a merge, the denied step can have another action
        return known.item.denies
    values = {**other.values}
    if known.values.get("action") in PUTS_IN_FORCE and values.get("action") in _IN_FORCE:
        del values["action"]  # a merge can interpret a start in another way
    return all(name in known.values and _agrees(name, known.values[name], value) for name, value in values.items())


def _agrees(name: str, value: object, stated: object) -> bool:
    """If ``established`` is stated, every kind of start agrees."""
    return stated == value or (name == "action" and stated is _ESTABLISHED and value in PUTS_IN_FORCE)


def _match_steps(mine: list[HistoryStep], other: list[HistoryStep]) -> list[HistoryStep]:
    """Return our steps, and then the new steps. Ends that a later source contradicts become claims."""
    separate = [claim for each in other for claim in _split_claims(each, mine)]
    every = [*mine, *other]
    for each in every:
        each.is_restarted = each.action in ENDS and _is_restarted(each, every)
    ending = _find_ending_sources([*every, *(claim for _, claim in separate)])
    overruled = _find_overruled(every, ending)
    is_ours_overruled = any(each.is_ours for each in overruled)
    mine = [each for each in mine if each not in overruled]
    rest = sorted((each for each in other if each not in overruled), key=_precision)
    targets = sorted(mine, key=lambda each: each.order)
    rest = _pair(targets, _pair(targets, rest, _is_same), _are_starts_on_one_date)
    _set_eras([*mine, *(each for each in other if each not in overruled)])
    rest = _pair(targets, sorted(rest, key=lambda each: each.order), _is_same_in_era)
    if is_ours_overruled or not (overruled or any(each.action in PUTS_IN_FORCE for each in mine)):
        _match_listed_starts(mine, rest)
    new = [each for each in rest if each.action not in {_LISTED, _UNCONFIRMED}]
    starts = [each for each in (*mine, *new) if each.action in PUTS_IN_FORCE]
    ends = [each for each in (*mine, *new) if each.action in ENDS and not each.is_restarted]
    listed = [each for each in (*mine, *(rest if is_ours_overruled else ())) if each.action is _LISTED]
    for each in rest:
        target = None
        if each.action is _LISTED and not is_ours_overruled:
            contradicted = [end for end in ends if end.is_ours and _find_later(each, end, ending)]
            target = contradicted[-1] if contradicted else _find_start(each, starts)
        elif each.action is _UNCONFIRMED and listed:
            target = listed[-1]
        if target is not None:
            target.claims.append(each)
        elif each not in new:
            new.append(each)
    for target, claim in separate:
        target.claims.append(claim)
    _add_objections(ends, every, ending)
    if overruled:
        (listed or starts)[-1].claims.extend(map(_as_claim, overruled))
    return [*mine, *new]


def _split_claims(each: HistoryStep, mine: Sequence[HistoryStep]) -> Iterator[tuple[HistoryStep, HistoryStep]]:
    for statement in list(each.statements):
        if "date" in statement.item.claims and "action" in statement.values:
            claim = HistoryStep(Step(**statement.values), is_ours=False, statements=[statement])
            target = next((one for one in mine if one.step.date is not None and _is_same(one, claim)), None)
            if target is not None:
                each.statements.remove(statement)
                yield target, claim


def _find_overruled(every: Sequence[HistoryStep], ending: Container[SourceId]) -> list[HistoryStep]:
    """Return the ends of one history if a later source of the other history contradicts all of them.

    Our ends without evidence, and ends that evidence denies, stay.
    """
    ends = [each for each in every if each.action in ENDS and not each.is_restarted]
    if len({each.is_ours for each in ends}) != 1 or not all(map(_can_be_overruled, ends)):
        return []
    in_force = [each for each in every if each.is_ours is not ends[0].is_ours and each.action in _IN_FORCE]
    attested = max((day for each in in_force for day in _attested_days(each, ending)), default=date.min)
    days = {day for each in ends for day in (each.last_day, *each.described_days) if day is not None}
    return ends if attested > max(days, default=date.min) else []


def _can_be_overruled(end: HistoryStep) -> bool:
    has_statements = bool(end.statements) or not end.is_ours
    return has_statements and not any(one.item.denies for one in end.statements)


def _is_objection(statement: Statement) -> bool:
    return statement.values.get("action", _ENDED) not in ENDS


def _find_ending_sources(every: Iterable[HistoryStep]) -> set[SourceId]:
    return {
        one.item.source
        for each in every
        for one in each.statements
        if one.values.get("action", each.action) in ENDS and not one.item.denies
    }


def _attested_days(each: HistoryStep, ending: Container[SourceId]) -> list[date]:
    """Sources that state the end are ignored."""
    stated = [one for one in each.statements if one.item.source not in ending and not one.item.denies]
    days = [one.as_of for one in stated if one.as_of is not None]
    return [*days, each.step.date.latest] if each.action is _LISTED and each.step.date is not None else days


def _is_restarted(end: HistoryStep, every: Iterable[HistoryStep]) -> bool:
    starts = [each.step.date for each in every if each.action in PUTS_IN_FORCE]
    later = end.last_day is not None and any(day is not None and day.earliest > end.last_day for day in starts)
    return later or (end.step.date is None and end.is_resumed)


def _pair(
    mine: Sequence[HistoryStep], other: Iterable[HistoryStep], is_same: Callable[[HistoryStep, HistoryStep], bool]
) -> list[HistoryStep]:
    rest = []
    for each in other:
        target = next((one for one in mine if one.same is None and is_same(one, each)), None)
        if target is None:
            rest.append(each)
        else:
            target.same = each
            target.is_restarted = target.is_restarted or each.is_restarted
            target.until = min(target.until, each.until)
    return rest


def _precision(each: HistoryStep) -> tuple[Any, ...]:
    """Precise dates and known kinds come first."""
    step = each.step
    dated = (step.date is None, -len(str(step.date)), str(step.date))
    return *dated, step.kind is _NO_KIND, _ORDER.index(step.action), step.kind


def _is_same(one: HistoryStep, other: HistoryStep) -> bool:
    same_action = one.action is other.action
    if one.step.date is not None and other.step.date is not None:
        kinds_agree = one.step.kind is other.step.kind or _NO_KIND in {one.step.kind, other.step.kind}
        in_force = {one.action, other.action} <= PUTS_IN_FORCE
        return one.step.date.overlaps(other.step.date) and (same_action or (in_force and kinds_agree))
    dates = [each.step.date for each in (one, other) if each.step.date is not None]
    after, until = max(one.after, other.after), min(one.until, other.until)
    in_window = all(after <= day.latest and day.earliest <= until for day in dates)
    days = {each.is_restarted: max(each.described_days, default=date.min) for each in (one, other)}
    is_restart_between = len(days) > 1 and days[False] > days[True]
    return same_action and in_window and not is_restart_between and not (dates and one.action is _ESTABLISHED)


def _are_starts_on_one_date(one: HistoryStep, other: HistoryStep) -> bool:
    """Whether two dated steps put the partnership in force on the same date, perhaps with different kinds."""
    dates = one.step.date, other.step.date
    return (
        {one.action, other.action} <= PUTS_IN_FORCE
        and dates[0] is not None
        and dates[1] is not None
        and dates[0].overlaps(dates[1])
    )


def _set_eras(steps: Iterable[HistoryStep]) -> None:
    """An era begins with a start after an end."""
    dated = [each for each in steps if each.action in PUTS_IN_FORCE | ENDS and each.step.date is not None]
    era, is_over = 0, False
    for each in sorted(dated, key=lambda each: (each.order, _ORDER.index(each.action))):
        each.restarts = is_over and each.action in PUTS_IN_FORCE
        era += each.restarts
        is_over = each.action in ENDS or (is_over and not each.restarts)
        each.era = era


def _is_same_in_era(one: HistoryStep, other: HistoryStep) -> bool:
    """Whether two steps with different dates start the same era, or end it."""
    actions = {one.action, other.action}
    undated = [each for each in (one, other) if each.step.date is None]
    starts = {_ESTABLISHED, StepAction.RESUMED} if one.era else {_ESTABLISHED}
    may_join = (actions == {_ENDED} and not undated) or actions <= starts
    return may_join and one.era == other.era


def _match_listed_starts(mine: Iterable[HistoryStep], other: list[HistoryStep]) -> None:
    for each in mine:
        starts = [one for one in other if one.action in PUTS_IN_FORCE]
        if each.action is _LISTED and each.same is None and starts:
            each.same = _find_start(each, starts)
            other[:] = [one for one in other if one is not each.same]


def _find_start(listing: HistoryStep, starts: Sequence[HistoryStep]) -> HistoryStep | None:
    """Return ``None`` if the listing is a separate step."""
    day = listing.step.date
    if day is not None:
        return next((each for each in starts if each.step.date is not None and each.step.date.overlaps(day)), None)
    if listing.has_start:
        return None
    return max(starts, key=lambda each: (each.step.kind is listing.step.kind, each.order), default=None)


def _find_later(each: HistoryStep, end: HistoryStep, ending: Container[SourceId]) -> list[date]:
    ended = [day for day in (end.last_day, None if end.same is None else end.same.last_day) if day is not None]
    return [day for day in _attested_days(each, ending) if not ended or day >= max(ended)]


def _add_objections(ends: Iterable[HistoryStep], every: Iterable[HistoryStep], ending: Container[SourceId]) -> None:
    """If a source reports the partnership as in force after an end, add a contrary claim to the end."""
    claims = FrozenMap({"action": _LISTED})
    for end, each in product(ends, every):
        is_other_side = each.is_ours is not end.is_ours or end.same is not None
        if is_other_side and each.action in _IN_FORCE and each not in end.claims:
            later = _find_later(each, end, ending)
            statements = [
                one._replace(item=evolve(one.item, supports=(), claims=claims), values=claims)
                for one in each.statements
                if one.as_of in later and one.item.source not in ending and not one.item.denies
            ]
            end.claims += (
                [HistoryStep(Step(action=_LISTED), is_ours=False, statements=statements)] if statements else []
            )


def _as_claim(end: HistoryStep) -> HistoryStep:
    """The statements get the action, the date and the note of the step."""
    stated = {"action": end.action} | ({} if end.step.date is None else {"date": end.step.date})
    end.statements = [
        each
        if _is_objection(each)
        else each._replace(
            values={**stated, **each.values},
            item=evolve(each.item, note=each.item.note or end.step.note),
        )
        for each in end.statements
    ]
    return end


def _merge_values(each: HistoryStep) -> Step:
    """Our values stay. Empty fields and more precise dates come from the other step."""
    step = _bare(each.step)
    if each.same is not None:
        other = each.same.step
        changes: dict[str, Any] = {}
        if step.date is not None and other.date is not None and step.date.includes(other.date):
            changes["date"] = other.date
        if step.action in {_ESTABLISHED, _LISTED} and other.action in PUTS_IN_FORCE:
            changes["action"] = other.action
        step = evolve(_bare(_fill_fields(each.step, other)), **changes)
    if step.action is _ESTABLISHED and (each.restarts or (each.same is not None and each.same.restarts)):
        step = evolve(step, action=StepAction.RESUMED)
    for listing in [claim.step for claim in each.claims if claim.action is _LISTED and step.action in PUTS_IN_FORCE]:
        step = evolve(step, kind=listing.kind if step.kind is _NO_KIND else step.kind, note=step.note or listing.note)
    return step


def _sort_steps(steps: Sequence[HistoryStep]) -> list[HistoryStep]:
    """Our steps keep their order if sorting would change the state of our partnership."""
    ends = [each for each in steps if each.action in ENDS]
    starts = [each.step.date for each in steps if each.action in PUTS_IN_FORCE and each.step.date is not None]
    first_end = min((each.order for each in ends), default=_LAST)
    before = {
        StepAction.SUSPENDED: min((each.order for each in ends if each.action is _ENDED), default=_LAST),
        _ESTABLISHED: min([*(date_.order for date_ in starts), first_end]),
    }

    def key(each: HistoryStep) -> tuple[Any, ...]:
        rank = _ORDER.index(each.action)
        if each.order != _LAST:
            return each.order, 1, rank
        later = [date_.order for date_ in starts if each.last_day is not None and date_.latest >= each.last_day]
        if each.is_restarted and later:
            return min(later), 0, rank
        if each.action in {_ENDED, StepAction.RESUMED}:
            return _LAST, 2, rank
        return before.get(each.action, first_end), 0, rank

    ordered = sorted(steps, key=key)
    ours = sorted((each for each in steps if each.is_ours), key=lambda each: each.index)
    if fold(each.step for each in ours) == fold(each.step for each in ordered if each.is_ours):
        return ordered
    in_our_order = list(ours)
    for each in (one for one in ordered if not one.is_ours):
        earlier = [index for index, one in enumerate(in_our_order) if key(one) <= key(each)]
        in_our_order.insert(earlier[-1] + 1 if earlier else 0, each)
    return in_our_order if in_order([each.step for each in in_our_order]) else ordered


def _add_evidence(each: HistoryStep) -> Step:
    own = each.statements
    others = [one for part in ([each.same] if each.same else []) + each.claims for one in part.statements]
    statements = list(own)
    for one in others:
        if not any(_includes(have, one) for have in statements):
            statements.append(one)
    evidence = tuple(_restate(one, each.step) for one in statements)
    return evolve(each.step, evidence=sort_evidence(evidence) if 0 < len(own) < len(evidence) else evidence)


def _restate(statement: Statement, step: Step) -> Evidence:
    """A value that differs from the step becomes a claim."""
    values = statement.values
    if all(getattr(step, name) == getattr(statement.home, name) for name in values):
        return statement.item
    claims = {name: value for name, value in values.items() if not _agrees(name, getattr(step, name), value)}
    supports = tuple(name for name in values if name not in claims)
    return evolve(statement.item, supports=supports, claims=FrozenMap(claims))


def _log_step(before: Step | None, each: HistoryStep, step: Step, log: RecordLog, index: int) -> None:
    part = log.part("steps", index)
    others = [one for one in (each.same, *each.claims) if one is not None and not one.is_ours]
    if before is None:
        log.part("steps").add_value(index, step, tuple(dict.fromkeys(item.source for item in step.evidence)))
    for name in _FIELDS if before is not None else ():
        value = getattr(step, name)
        if value != getattr(before, name):
            ids = tuple(
                id_ for other in others if getattr(other.step, name) == value for id_ in _sources_of(other, name)
            )
            part.add_value(name, value, ids, before=getattr(before, name))
        for other in others:
            stated = getattr(other.step, name)
            ids = _sources_of(other, name)
            if is_empty(stated) or _agrees(name, value, stated):
                continue
            if (
                name != "action"
                and not _agrees("action", step.action, other.action)
                and step.contradicts("action", other.action)
            ):
                continue
            relation = Relation.OTHER if name == "note" else find_relation(step, name, stated)
            if relation is not None:
                part.add_disagreement(name, value, stated, relation, ids)
    known = set(before.evidence) if before is not None else set()
    for item in step.evidence if before is not None else ():
        if item not in known:
            part.add_value("evidence", item, (item.source,))


def _sources_of(each: HistoryStep, name: str) -> tuple[SourceId, ...]:
    return tuple(dict.fromkeys(one.item.source for one in each.statements if name in one.values))
