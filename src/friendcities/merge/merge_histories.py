"""Merge two histories of one partnership: the steps that follow from what the evidence of both states.

Each history is split into events: its recorded steps, and what its evidence claims instead. Rules that depend on the
events alone group them into steps, so the order of merging only decides between contrary values: ours stay, theirs
become claims, and the report lists both.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple, TypeVar

from attrs import Factory, define

from friendcities.errors import UnknownRecordError
from friendcities.merge.merge_records import evolve, find_relation, merge_note
from friendcities.merge.merge_report import RecordLog, Relation
from friendcities.model import (
    Evidence,
    FrozenMap,
    PartialDate,
    Partnership,
    PartnershipKind,
    SourceId,
    Status,
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
_ENDS: Final = {StepAction.SUSPENDED, _ENDED}
_IN_FORCE: Final = PUTS_IN_FORCE | {_LISTED}
_ORDER: Final = (
    *(StepAction.PROPOSED, _UNCONFIRMED, _ESTABLISHED, StepAction.UPGRADED, StepAction.RENEWED),
    *(_LISTED, StepAction.SUSPENDED, _ENDED, StepAction.RESUMED),
)
"""The order of steps of the same date."""
_NO_KIND: Final = PartnershipKind.UNSPECIFIED
_FIRST: Final = (0, 0, 0)
_LAST: Final = (10_000, 0, 0)

T = TypeVar("T")


class _Statement(NamedTuple):
    """What a piece of evidence states about a step."""

    item: Evidence
    values: Mapping[str, Any]
    as_of: date | None
    """The last day of the date that its source describes."""
    home: Step
    """The step that has it as evidence."""


@define(eq=False)
class _Event:
    """A recorded step, or what a piece of evidence claims instead of one."""

    step: Step
    is_ours: bool
    index: int
    """The index of the recorded step."""
    is_claim: bool = False
    is_resumed: bool = False
    """Whether a later step of its history puts the partnership in force."""
    is_listed_again: bool = False
    """Whether it is a listing beside a start."""
    after: date = date.min
    """The first day of an earlier step that the same source states."""
    until: date = date.max
    """The last day of a later step that the same source states."""
    statements: list[_Statement] = Factory(list)

    @property
    def last_day(self) -> date | None:
        """The last day of its date, or else of the dates that its sources describe."""
        dates = (each.as_of for each in self.statements if each.as_of is not None)
        return max(dates, default=None) if self.step.date is None else self.step.date.latest

    @property
    def preference(self) -> tuple[Any, ...]:
        """The order in which values are chosen: recorded before claimed, ours before theirs, precise before coarse."""
        return self.is_claim, not self.is_ours, *self.precision

    @property
    def precision(self) -> tuple[Any, ...]:
        """The order of events: precise dates and kinds first."""
        step = self.step
        dated = (step.date is None, -len(str(step.date)), str(step.date))
        return *dated, step.kind is _NO_KIND, _ORDER.index(step.action), step.kind


@define(eq=False)
class _Group:
    """The events that are one step, and the claims against it."""

    events: list[_Event]
    claims: list[_Event] = Factory(list)
    resumes: bool = False
    """Whether it is a start after an end."""

    @property
    def action(self) -> StepAction:
        """What happened: for a start, the most specific action of its events."""
        actions = [event.step.action for event in sorted(self.events, key=lambda event: event.preference)]
        if actions[0] not in PUTS_IN_FORCE:
            return actions[0]
        specific = (action for action in actions if action is not _ESTABLISHED)
        return next(specific, StepAction.RESUMED if self.resumes else _ESTABLISHED)

    @property
    def kind(self) -> PartnershipKind:
        """Its kind; where no event has one, that of a listing."""
        kind: PartnershipKind = self.choose("kind")
        if self.action not in PUTS_IN_FORCE:
            return kind
        kinds = (
            event.step.kind
            for event in sorted(self.claims, key=lambda event: event.preference)
            if event.step.action is _LISTED
        )
        return next((each for each in (kind, *kinds) if each is not _NO_KIND), kind)

    @property
    def date(self) -> PartialDate | None:
        """Its date: ours, or one that is the same with more precision."""
        chosen = self.choose("date")
        dates = (event.step.date for event in self.events if not event.is_claim)
        finer = (day for day in dates if chosen is not None and day is not None and chosen.includes(day))
        return min(finer, default=chosen, key=lambda day: (-len(str(day)), str(day)))

    @property
    def order(self) -> tuple[int, int, int]:
        """The order of its date; without a date, a proposal comes first, any other step last."""
        if self.date is not None:
            return self.date.order
        return _FIRST if self.action is StepAction.PROPOSED else _LAST

    @property
    def recorded(self) -> list[_Event]:
        """The steps of ours that it is."""
        return [event for event in self.events if event.is_ours and not event.is_claim]

    def choose(self, name: str) -> Any:
        """The value of a field: ours, where it is not empty or our evidence claims another; else theirs."""
        ours = {event.index for event in self.recorded}
        claims = [
            each.item.claims
            for event in self.events
            if event.index in ours and event.is_ours
            for each in event.statements
        ]
        first, *others = sorted(self.events, key=lambda event: event.preference)
        value = getattr(first.step, name)
        for event in others:
            if not is_empty(value) or (self.recorded and any(name in each for each in claims)):
                break
            value = getattr(event.step, name)
        return value


def merge_partnership(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership:
    """Merge their partnership of the same two cities into ours.

    Evidence goes to the step that it is about. Other steps are inserted at their date. Where one side ended and later
    sources of the other have it in force, our status stays, and their statement becomes a claim against it.
    """
    events = _split(ours, is_ours=True)
    new = _find_new(events, _split(theirs, is_ours=False))
    merged = ours
    if new:
        groups = _make_groups([*events, *new], is_active=ours.state.status is Status.ACTIVE)
        groups = _sort_groups(groups)
        steps = tuple(map(_make_step, groups))
        for index, (group, step) in enumerate(zip(groups, steps, strict=True)):
            _log_step(group, step, log, index)
        merged = evolve(ours, steps=steps)
    mine, their = ours.state.status, theirs.state.status
    if their is not mine:
        log.add_disagreement("status", mine, their, Relation.CONTRARY, tuple(sorted(theirs.cites)))
    return merge_note(merged, theirs, log)


def insert(known: Iterable[T], new: Iterable[T], key: Callable[[T], Any]) -> list[T]:
    """The known items in their order, each new one after the last that does not come after it by the key."""
    items = list(known)
    for item in new:
        before = [index for index, each in enumerate(items) if key(each) <= key(item)]
        items.insert(before[-1] + 1 if before else 0, item)
    return items


def _split(partnership: Partnership, *, is_ours: bool) -> list[_Event]:
    """The recorded steps of a history, and as events of their own what their evidence claims instead."""
    events = []
    sources = [{item.source for item in step.evidence} for step in partnership.steps]
    for index, step in enumerate(partnership.steps):
        # only the order in which one source states steps is known to be right
        own = [
            (position, each)
            for position, each in enumerate(partnership.steps)
            if not sources[position].isdisjoint(sources[index]) or not sources[index]
        ]
        recorded = _Event(step, is_ours, index)
        recorded.is_resumed = any(each.action in PUTS_IN_FORCE for position, each in own if position > index)
        recorded.is_listed_again = step.action is _LISTED and any(each.action in PUTS_IN_FORCE for _, each in own)
        earlier = [each.date.earliest for position, each in own if position < index and each.date is not None]
        later = [each.date.latest for position, each in own if position > index and each.date is not None]
        recorded.after, recorded.until = max(earlier, default=date.min), min(later, default=date.max)
        events.append(recorded)
        for item in step.evidence:
            values = {**{name: getattr(step, name) for name in item.supports}, **item.claims}
            statement = _Statement(item, values, _as_of(partnership, item), step)
            if _is_separate(step, item, values):
                events.append(_Event(Step(**values), is_ours, index, is_claim=True, statements=[statement]))
            else:
                recorded.statements.append(statement)
    return events


def _is_separate(step: Step, item: Evidence, values: Mapping[str, Any]) -> bool:
    """Whether evidence of a step states an event that may belong to another step."""
    action = values.get("action")
    if action is step.action:
        return "date" in item.claims or (
            action in {_ESTABLISHED, _LISTED} and step.date is not None and "date" not in values
        )
    return (
        (action is _LISTED and step.action in {*PUTS_IN_FORCE, *_ENDS, _UNCONFIRMED})
        or (action in _ENDS and step.action in _IN_FORCE)
        or (action is _UNCONFIRMED and step.action is _LISTED)
    )


def _as_of(partnership: Partnership, item: Evidence) -> date | None:
    try:
        as_of = partnership.source(item.source).as_of
    except UnknownRecordError:  # a partnership without its sources
        return None
    return None if as_of is None else as_of.latest


def _find_new(ours: Sequence[_Event], theirs: Iterable[_Event]) -> list[_Event]:
    """The events of theirs that state something new, each without the statements that ours has."""
    known = [statement for event in ours for statement in event.statements]
    steps = {evolve(event.step, evidence=()) for event in ours if not event.is_claim}
    new = []
    for event in theirs:
        items = [each.item for each in event.statements] if event.is_claim else event.step.evidence
        stated = {name for item in items for name in (*item.supports, *item.claims)}
        event.statements = [each for each in event.statements if not any(_includes(other, each) for other in known)]
        recorded = [name for name in (*evidenced_fields(Step), "note") if not is_empty(getattr(event.step, name))]
        if event.statements or not (
            event.is_claim or stated.issuperset(recorded) or evolve(event.step, evidence=()) in steps
        ):
            new.append(event)
    return new


def _includes(known: _Statement, other: _Statement) -> bool:
    """Whether a statement states all that another one of the same source and locator states."""
    if (known.item.source, known.item.locator) != (other.item.source, other.item.locator):
        return False
    if other.item.note not in {None, known.item.note}:
        return False
    if other.item.denies:
        return known.item.denies and known.home.action is other.home.action
    return all(
        name in known.values and _agrees(name, known.values[name], value) for name, value in other.values.items()
    )


def _agrees(name: str, value: object, stated: object) -> bool:
    """Whether a stated value is the given one; of a start, ``established`` is the least that a source states."""
    return stated == value or (name == "action" and stated is _ESTABLISHED and value in PUTS_IN_FORCE)


def _make_groups(events: Sequence[_Event], *, is_active: bool) -> list[_Group]:
    """The steps that the events make; ``is_active``: our partnership is in force."""

    def find(*actions: StepAction) -> list[_Event]:
        return [event for event in events if event.step.action in actions]

    overruled = _find_overruled(events, is_active=is_active)
    starts, ends = _group_starts_and_ends(
        find(*PUTS_IN_FORCE), [each for each in find(*_ENDS) if each not in overruled]
    )
    for end in ends:
        _add_later_listings(end, starts, events)
    listed = _find_listings(starts, ends, find(_LISTED))
    targets = [_find_listed_step(event, starts, overruled) for event in listed]
    is_step = any(target is None and event.step.date is None for event, target in zip(listed, targets, strict=True))
    own = []
    for event, target in zip(listed, targets, strict=True):
        if target is None or (is_step and event.step.date is None):
            own.append(event)
        else:
            target.claims.append(event)
    lists, unconfirmed = _group(own), _group(find(_UNCONFIRMED))
    if lists and unconfirmed and not starts and _is_ours(lists) is not _is_ours(unconfirmed):
        stays, goes = (lists, unconfirmed) if _is_ours(lists) else (unconfirmed, lists)
        stays[-1].claims += [event for group in goes for event in group.events]
        goes.clear()
    in_force = lists or starts or unconfirmed
    if in_force:
        in_force[-1].claims += map(_with_date, overruled)
    else:
        ends += _group(overruled)
    return [*_group(find(StepAction.PROPOSED)), *unconfirmed, *starts, *lists, *ends]


def _find_listings(starts: Sequence[_Group], ends: Sequence[_Group], listed: Iterable[_Event]) -> list[_Event]:
    """The listings that are no claims against an end, without those that follow from a start of the same source."""
    events = [event for group in starts for event in group.events]
    places = {(each.item.source, each.item.locator) for event in events for each in event.statements}
    rest = [event for event in listed if not any(event in end.claims for end in ends)]
    return [
        event
        for event in rest
        if not event.is_claim
        or not any(
            each.home.action in _ENDS and (each.item.source, each.item.locator) in places for each in event.statements
        )
    ]


def _with_date(event: _Event) -> _Event:
    """An end that becomes a claim; the claim has its date also where only the step has one."""
    if not event.is_claim and event.step.date is not None:
        date_ = {"date": event.step.date}
        event.statements = [
            each._replace(values={**date_, **each.values}) if "action" in each.values else each
            for each in event.statements
        ]
    return event


def _is_ours(groups: Iterable[_Group]) -> bool:
    return any(group.recorded for group in groups)


def _group(events: Iterable[_Event]) -> list[_Group]:
    """The groups of events of one sort: each event joins the earliest step that it may be."""
    groups: list[_Group] = []
    for event in sorted(events, key=lambda event: event.precision):
        same = [group for group in groups if _is_same(group.events[0], event) and _may_join(group.events, [event])]
        if same:
            min(same, key=lambda group: group.order).events.append(event)
        else:
            groups.append(_Group([event]))
    return sorted(groups, key=lambda group: (group.order, _ORDER.index(group.action)))


def _is_same(one: _Event, other: _Event) -> bool:
    """Whether two events of one sort may be the same, going by their dates, actions and kinds."""
    same_action = one.step.action is other.step.action
    if one.step.date is None or other.step.date is None:
        days = [
            (event.step.date.earliest, event.step.date.latest) for event in (one, other) if event.step.date is not None
        ]
        after, until = max(one.after, other.after), min(one.until, other.until)
        return same_action and all(after <= latest and earliest <= until for earliest, latest in days)
    kinds_agree = one.step.kind is other.step.kind or _NO_KIND in {one.step.kind, other.step.kind}
    in_force = {one.step.action, other.step.action} <= PUTS_IN_FORCE
    return one.step.date.overlaps(other.step.date) and (same_action or (in_force and kinds_agree))


def _may_join(one: Iterable[_Event], other: Iterable[_Event]) -> bool:
    """Whether two groups of events may be one step: the steps of one history are never the same."""
    sides = [{event.is_ours for event in events if not event.is_claim} for events in (one, other)]
    return sides[0].isdisjoint(sides[1])


def _group_starts_and_ends(starts: Iterable[_Event], ends: Iterable[_Event]) -> tuple[list[_Group], list[_Group]]:
    """The groups of starts and ends; between two ends, one establishment, and between two starts, one end."""
    undated = [event for event in starts if event.step.date is None and event.step.action is _ESTABLISHED]
    undated_ends = [event for event in ends if event.step.date is None and event.step.action is _ENDED]
    start_groups = _group(event for event in starts if event not in undated)
    end_groups = _group(event for event in ends if event not in undated_ends)
    timeline = sorted((*start_groups, *end_groups), key=lambda group: (group.order, _ORDER.index(group.action)))
    first: _Group | None = None
    established: _Group | None = None
    ended: _Group | None = None
    is_over = is_restarted = False
    for group in timeline:
        actions = {event.step.action for event in group.events}
        if group.order == _LAST:
            continue
        if not actions <= PUTS_IN_FORCE:
            is_over = True
            if actions == {_ENDED}:
                ended = _join(ended, group, end_groups)
            continue
        if is_over:
            group.resumes = is_restarted = True
            is_over, established, ended = False, None, None
        if actions <= ({_ESTABLISHED, StepAction.RESUMED} if is_restarted else {_ESTABLISHED}):
            established = _join(established, group, start_groups)
            first = first if is_restarted else established
    if undated:
        _join(first, _Group(undated), start_groups)
    if undated_ends:
        last = [group for group in end_groups if group.action is _ENDED]
        _join(last[-1] if last else None, _Group(undated_ends), end_groups)
    start_groups.sort(key=lambda group: (group.order != _LAST or group.action is not _ESTABLISHED, group.order))
    return start_groups, end_groups


def _join(one: _Group | None, other: _Group, groups: list[_Group]) -> _Group:
    """The first group with the events of the other, if the two may be one step; else the other."""
    if one is None or not _may_join(one.events, other.events):
        if other not in groups:
            groups.append(other)
        return other
    one.events += other.events
    if other in groups:
        groups.remove(other)
    return one


def _find_overruled(events: Sequence[_Event], *, is_active: bool) -> list[_Event]:
    """The ends that do not become steps, because a later source has the partnership in force, and nothing restarts it.

    Our own end always is a step; an end that evidence claims is one only if another history records one.
    """
    starts = [event.step.date for event in events if event.step.action in PUTS_IN_FORCE]
    every = [event for event in events if event.step.action in _ENDS]
    ends = [event for event in every if not _is_restarted(event, starts)]
    if any(event.is_ours and not event.is_claim for event in ends):
        return []
    sources = {each.item.source for event in every for each in event.statements}
    in_force = [event for event in events if event.is_ours and event.step.action in _IN_FORCE and is_active]
    attested = max((day for event in in_force for day in _attested_days(event, sources)), default=None)

    def is_later(event: _Event) -> bool:
        return attested is None or (event.last_day is not None and event.last_day > attested)

    return [] if any(is_later(event) for event in ends if not event.is_claim) else ends


def _is_restarted(end: _Event, starts: Iterable[PartialDate | None]) -> bool:
    """Whether the partnership came into force again after an end."""
    last_day = end.last_day if end.step.date is not None or end.until == date.max else end.until
    later = last_day is not None and any(day is not None and day.earliest > last_day for day in starts)
    return later or (end.step.date is None and end.is_resumed)


def _attested_days(event: _Event, without: Container[SourceId]) -> list[date]:
    """The days for which sources have a partnership in force, without sources that also state its end."""
    days = [each.as_of for each in event.statements if each.item.source not in without and each.as_of is not None]
    listed = event.step.action is _LISTED and event.step.date is not None
    return [*days, event.step.date.latest] if listed and event.step.date is not None else days


def _add_later_listings(end: _Group, starts: Sequence[_Group], events: Sequence[_Event]) -> None:
    """Add to our end the statements of theirs that have the partnership in force later, as claims against it."""
    dates = [event.step.date for group in starts for event in group.events]
    if not end.recorded or any(_is_restarted(event, dates) for event in end.recorded):
        return
    ends = [event for event in events if event.step.action in _ENDS]
    sources = {each.item.source for event in ends for each in event.statements}
    ended = [event.last_day for event in end.recorded if event.last_day is not None]
    for event in events:
        if event.step.action is _LISTED and event.is_claim and event.is_ours and event.index == end.recorded[0].index:
            end.claims.append(event)
        if event.is_ours or event.step.action not in _IN_FORCE:
            continue
        later = [day for day in _attested_days(event, sources) if not ended or day >= max(ended)]
        if later and event.step.action is _LISTED:
            end.claims.append(event)
        elif later:
            claims = FrozenMap({"action": _LISTED})
            statements = [
                each._replace(item=evolve(each.item, supports=(), claims=claims), values=claims)
                for each in event.statements
                if each.as_of in later and each.item.source not in sources
            ]
            listed = Step(action=_LISTED)
            end.claims.append(_Event(listed, is_ours=False, index=event.index, is_claim=True, statements=statements))


def _find_listed_step(event: _Event, starts: Sequence[_Group], overruled: Sequence[_Event]) -> _Group | None:
    """The start that a listing confirms; ``None`` if the listing is a step of its own."""
    recorded_starts = [group for group in starts if group.recorded]
    if event.is_claim and event.is_ours and not overruled and len(recorded_starts) == len(starts):
        home = [group for group in starts if any(each.index == event.index for each in group.recorded)]
        if home:  # no new start: the listing stays where it is
            return home[0]
    if event.is_listed_again:
        return None
    date = event.step.date
    if date is not None:
        same = [group for group in starts if group.date is not None and group.date.overlaps(date)]
        if same or not event.is_claim:
            return same[0] if same else None
    if not starts:
        return None
    start = max(enumerate(starts), key=lambda pair: (pair[1].kind is event.step.kind, pair[1].order, pair[0]))[1]
    day = event.last_day
    is_ended = day is not None and any(
        end.last_day is not None and end.last_day <= day and (start.date is None or start.date.latest < end.last_day)
        for end in overruled
    )
    return None if is_ended else start


def _sort_groups(groups: Sequence[_Group]) -> list[_Group]:
    """The groups in the order of their dates; in our order, if that matters for the state of our partnership."""
    ends = [(group.order, group.action) for group in groups if group.action in _ENDS]
    dates = [group.date for group in groups if group.action in PUTS_IN_FORCE and group.date is not None]
    starts = [each.order for each in dates]
    before = {
        StepAction.SUSPENDED: min((order for order, action in ends if action is _ENDED), default=_LAST),
        _ESTABLISHED: min([*starts, *(order for order, _ in ends)], default=_LAST),
    }
    first_end = min((order for order, _ in ends), default=_LAST)

    def key(group: _Group) -> tuple[Any, ...]:
        rank = _ORDER.index(group.action)
        if group.order != _LAST:
            return group.order, 1, rank
        if group.action in _ENDS and starts and any(_is_restarted(event, dates) for event in group.events):
            days = [event.last_day for event in group.events if event.last_day is not None]
            later = [each.order for each in dates if days and each.earliest > max(days)]
            return min(later, default=max(starts)), 0, rank
        if group.action in {_ENDED, StepAction.RESUMED}:
            return _LAST, 2, rank
        return before.get(group.action, first_end), 0, rank

    ordered = sorted(groups, key=key)
    ours = sorted((group for group in groups if group.recorded), key=lambda group: group.recorded[0].index)
    if fold(ours) != fold(group for group in ordered if group.recorded):
        in_our_order = insert(ours, (group for group in ordered if not group.recorded), key)
        return in_our_order if in_order(in_our_order) else ordered
    return ordered


def _make_step(group: _Group) -> Step:
    """The step that a group is, with all its evidence."""
    first = min(group.events, key=lambda event: event.preference).step
    values = {name: group.choose(name) for name in (*evidenced_fields(Step), "note")}
    step = evolve(first, **{**values, "action": group.action, "date": group.date, "kind": group.kind, "evidence": ()})
    events = [*group.events, *group.claims]
    known = [(event.index, each) for event in events if event.is_ours for each in event.statements]
    known.sort(key=lambda pair: (pair[0], pair[1].home.evidence.index(pair[1].item)))
    statements = [each for _, each in known]
    for event in events:
        for each in () if event.is_ours else event.statements:
            new = [] if any(_includes(other, each) for other in statements) else [each]
            statements = insert(statements, new, _statement_key)
    return evolve(step, evidence=tuple(_restate(each, step) for each in statements))


def _statement_key(statement: _Statement) -> tuple[str, ...]:
    values = statement.values
    return statement.item.source, statement.item.locator, str(values.get("date")), str(sorted(values.items()))


def _restate(statement: _Statement, step: Step) -> Evidence:
    """The evidence for what a source states, in relation to the values of a step."""
    values = statement.values
    if all(getattr(step, name) == getattr(statement.home, name) for name in values):
        return statement.item
    claims = {name: value for name, value in values.items() if not _agrees(name, getattr(step, name), value)}
    supports = tuple(name for name in values if name not in claims)
    return evolve(statement.item, supports=supports, claims=FrozenMap(claims))


def _log_step(group: _Group, step: Step, log: RecordLog, index: int) -> None:
    """Add to the report what theirs adds to a step, and the values that differ from the recorded ones."""
    part = log.part("steps", index)
    recorded = group.recorded[0].step if group.recorded else None
    if recorded is None:
        log.part("steps").add_value(index, step, tuple(dict.fromkeys(item.source for item in step.evidence)))
    for name in (*evidenced_fields(Step), "note"):
        listings = [event for event in group.claims if event.step.action is _LISTED and name == "kind"]
        events = [event for event in (*group.events, *listings) if recorded is None or not event.is_ours]
        stated = [(getattr(event.step, name), _sources_of(event, name)) for event in events]
        value = getattr(step, name)
        if recorded is not None and value != getattr(recorded, name):
            part.add_value(name, value, tuple(id_ for each, ids in stated if each == value for id_ in ids))
        for each, ids in stated:
            same = is_empty(each) or _agrees(name, value, each)
            relation = Relation.OTHER if name == "note" else find_relation(step, name, each)
            if not same and relation is not None:
                part.add_disagreement(name, value, each, relation, ids)
    for event in group.claims:
        if (recorded is None or not event.is_ours) and step.contradicts("action", event.step.action):
            ids = _sources_of(event, "action")
            part.add_disagreement("action", step.action, event.step.action, Relation.CONTRARY, ids)
    known = {item for event in group.recorded for item in event.step.evidence}
    for item in step.evidence if recorded is not None else ():
        if item not in known:
            part.add_value("evidence", item, (item.source,))


def _sources_of(event: _Event, name: str) -> tuple[SourceId, ...]:
    """The sources that state a field of an event."""
    return tuple(dict.fromkeys(each.item.source for each in event.statements if name in each.values))
