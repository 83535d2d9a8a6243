"""Merges two histories of the same partnership.

Each history is split into events. An event is a recorded step, or a step that evidence claims instead. The events are
grouped into steps. The values of our history stay. Contrary values of the other history become claims, and the report
lists these values.
"""

from collections.abc import Callable, Container, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

from friendcities.merge.history_events import (
    ENDED,
    ENDS,
    ESTABLISHED,
    IN_FORCE,
    LAST,
    LISTED,
    NO_KIND,
    ORDER,
    UNCONFIRMED,
    Event,
    Group,
    Statement,
    agrees,
    find_as_of,
    find_new_events,
    includes,
    split_history,
)
from friendcities.merge.merge_claims import merge_claims
from friendcities.merge.merge_records import evolve, find_relation, merge_note, sort_evidence
from friendcities.merge.merge_report import RecordLog, Relation, is_contrary
from friendcities.model import (
    Evidence,
    FrozenMap,
    PartialDate,
    Partnership,
    SourceId,
    Status,
    Step,
    StepAction,
)
from friendcities.model.evidence import evidenced_fields, is_empty
from friendcities.model.partnership_state import PUTS_IN_FORCE, confirming_steps, fold, in_order

T = TypeVar("T")


def merge_partnership(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership:
    """Merge a partnership of the other dataset into our partnership of the same two cities.

    Evidence is added to the matching step. Steps without a match are inserted by date. The status of our partnership
    stays. Contrary statements in the other partnership become claims.
    """
    before = len(log.entries)
    merged, has_base = _merge_history(ours, theirs, log)
    mine, their = ours.state.status, theirs.state.status
    if their is not mine:
        decision = _explain_status(merged, ours, theirs, has_base=has_base)
        log.add_disagreement("status", mine, their, Relation.CONTRARY, tuple(sorted(theirs.cites)), decision=decision)
    if merged is not ours and not any(map(is_contrary, log.entries[before:])):
        _ask_as_mirrored(merged, ours, theirs, log)
    return merge_note(merged, theirs, log)


def _merge_history(ours: Partnership, theirs: Partnership, log: RecordLog) -> tuple[Partnership, bool]:
    """Merge the steps. Return the merged partnership, and whether the result depends on which dataset is the base."""
    from_claims = merge_claims(ours, theirs, log)
    return (_merge_steps(ours, theirs, log), True) if from_claims is None else (from_claims, False)


def _ask_as_mirrored(merged: Partnership, ours: Partnership, theirs: Partnership, log: RecordLog) -> None:
    """Report a disagreement if a merge in the other order has different steps."""
    other_log = RecordLog([], Partnership, ours.id)
    mirrored, _ = _merge_history(theirs, ours, other_log)
    if _outline(merged) != _outline(mirrored):
        ids = tuple(sorted(theirs.cites))
        log.add_disagreement("steps", ours.steps, theirs.steps, Relation.CONTRARY, ids)


def _explain_status(merged: Partnership, ours: Partnership, theirs: Partnership, *, has_base: bool) -> str:
    """Return a text with the merged status, the rule that decides the status, and the dates of the two statuses."""
    mine, their = (_find_status_date(each) for each in (ours, theirs))
    days = [date.min if each is None else each.latest for each in (mine, their)]
    later = ours if days[0] > days[1] else theirs
    if days[0] != days[1] and merged.state.status is later.state.status:
        rule = "the later source decides"
    elif has_base and merged.state.status is ours.state.status:
        rule = "the base decides"
    else:
        rule = "the merged steps decide"
    dates = f"{mine or 'undated'} in the base, {their or 'undated'} in the other dataset"
    return f"merged as {merged.state.status}: {rule} ({dates})"


def _find_status_date(partnership: Partnership) -> PartialDate | None:
    """Return the latest date that a source of the status describes."""
    steps = confirming_steps(partnership.steps)
    ends = [step.date for step in steps if step.action in ENDS and step.date is not None]
    stated = [
        find_as_of(partnership, item)
        for step in steps
        for item in step.evidence
        if not item.denies and (item.claims.get("action", step.action) in ENDS) is (step.action in ENDS)
    ]
    return max((day for day in (*stated, *ends) if day is not None), default=None, key=lambda day: day.latest)


def _merge_steps(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership:
    """Merge the steps of the other history into our steps. A person may have edited some of the steps."""
    events = split_history(ours, is_ours=True)
    new = find_new_events(events, split_history(theirs, is_ours=False))
    if not new:
        return ours
    groups = _sort_groups(_make_groups([*events, *new], is_active=ours.state.status is Status.ACTIVE))
    steps = tuple(map(_make_step, groups))
    for index, (group, step) in enumerate(zip(groups, steps, strict=True)):
        _log_step(group, step, log, index)
    return evolve(ours, steps=steps)


def _outline(partnership: Partnership) -> list[Step]:
    """Return the steps without notes and evidence, for comparisons."""
    return [evolve(step, note=None, evidence=()) for step in partnership.steps]


def insert(known: Iterable[T], new: Iterable[T], key: Callable[[T], Any]) -> list[T]:
    """Insert each new item after the last item whose key is equal or smaller. Known items keep their order."""
    items = list(known)
    for item in new:
        before = [index for index, each in enumerate(items) if key(each) <= key(item)]
        items.insert(before[-1] + 1 if before else 0, item)
    return items


def _make_groups(events: Sequence[Event], *, is_active: bool) -> list[Group]:
    """Return groups of events; each group becomes a step. ``is_active`` states whether our partnership is in force."""

    def find(*actions: StepAction) -> list[Event]:
        return [event for event in events if event.step.action in actions]

    overruled = _find_overruled(events, is_active=is_active)
    starts, ends = _group_starts_and_ends(find(*PUTS_IN_FORCE), [each for each in find(*ENDS) if each not in overruled])
    for end in ends:
        _add_later_listings(end, starts, events)
    listed = _find_listings(starts, ends, find(LISTED))
    targets = [_find_listed_step(event, starts, overruled) for event in listed]
    is_step = any(target is None and event.step.date is None for event, target in zip(listed, targets, strict=True))
    own = []
    for event, target in zip(listed, targets, strict=True):
        if target is None or (is_step and event.step.date is None):
            own.append(event)
        else:
            target.claims.append(event)
    lists, unconfirmed = _group(own), _group(find(UNCONFIRMED))
    if lists and unconfirmed and not starts and _is_ours(lists) is not _is_ours(unconfirmed):
        stays, goes = (lists, unconfirmed) if _is_ours(lists) else (unconfirmed, lists)
        stays[-1].claims += [event for group in goes for event in group.events]
        goes.clear()
    in_force = lists or starts or unconfirmed
    if in_force:
        in_force[-1].claims += map(_as_claim, overruled)
    else:
        ends += _group(overruled)
    return [*_group(find(StepAction.PROPOSED)), *unconfirmed, *starts, *lists, *ends]


def _find_listings(starts: Sequence[Group], ends: Sequence[Group], listed: Iterable[Event]) -> list[Event]:
    """Return the listings (events with the action ``listed``) that do not contradict an end.

    A claimed listing is left out if its source also states a start.
    """
    events = [event for group in starts for event in group.events]
    places = {(each.item.source, each.item.locator) for event in events for each in event.statements}
    rest = [event for event in listed if not any(event in end.claims for end in ends)]
    return [
        event
        for event in rest
        if not event.is_claim
        or not any(
            each.home.action in ENDS and (each.item.source, each.item.locator) in places for each in event.statements
        )
    ]


def _as_claim(event: Event) -> Event:
    """Turn an end into a claim. Its statements get the date and the note of the step."""
    if event.is_claim:
        return event
    date_ = {} if event.step.date is None else {"date": event.step.date}
    event.statements = [
        each._replace(
            values={**date_, **each.values} if "action" in each.values else each.values,
            item=evolve(each.item, note=each.item.note or event.step.note),
        )
        for each in event.statements
    ]
    return event


def _is_ours(groups: Iterable[Group]) -> bool:
    return any(group.recorded for group in groups)


def _group(events: Iterable[Event]) -> list[Group]:
    """Return groups of events that are all starts or all ends. Each event joins the earliest group that matches."""
    groups: list[Group] = []
    for event in sorted(events, key=lambda event: event.precision):
        same = [group for group in groups if _is_same(group.events[0], event) and _may_join(group.events, [event])]
        if same:
            min(same, key=lambda group: group.order).events.append(event)
        else:
            groups.append(Group([event]))
    return sorted(groups, key=lambda group: (group.order, ORDER.index(group.action)))


def _is_same(one: Event, other: Event) -> bool:
    """Whether two starts, or two ends, match in date, action and kind."""
    same_action = one.step.action is other.step.action
    if one.step.date is None or other.step.date is None:
        days = [
            (event.step.date.earliest, event.step.date.latest) for event in (one, other) if event.step.date is not None
        ]
        after, until = max(one.after, other.after), min(one.until, other.until)
        return same_action and all(after <= latest and earliest <= until for earliest, latest in days)
    kinds_agree = one.step.kind is other.step.kind or NO_KIND in {one.step.kind, other.step.kind}
    in_force = {one.step.action, other.step.action} <= PUTS_IN_FORCE
    return one.step.date.overlaps(other.step.date) and (same_action or (in_force and kinds_agree))


def _may_join(one: Iterable[Event], other: Iterable[Event]) -> bool:
    """Whether two groups of events may be joined. Recorded steps of one history are never joined."""
    sides = [{event.is_ours for event in events if not event.is_claim} for events in (one, other)]
    return sides[0].isdisjoint(sides[1])


def _group_starts_and_ends(starts: Iterable[Event], ends: Iterable[Event]) -> tuple[list[Group], list[Group]]:
    """Return groups of starts and of ends. Starts with no end between them are joined; so are ends with no start."""
    undated = [event for event in starts if event.step.date is None and event.step.action is ESTABLISHED]
    undated_ends = [event for event in ends if event.step.date is None and event.step.action is ENDED]
    start_groups = _group(event for event in starts if event not in undated)
    end_groups = _group(event for event in ends if event not in undated_ends)
    timeline = sorted((*start_groups, *end_groups), key=lambda group: (group.order, ORDER.index(group.action)))
    first: Group | None = None
    established: Group | None = None
    ended: Group | None = None
    is_over = is_restarted = False
    for group in timeline:
        actions = {event.step.action for event in group.events}
        if group.order == LAST:
            continue
        if not actions <= PUTS_IN_FORCE:
            is_over = True
            if actions == {ENDED}:
                ended = _join(ended, group, end_groups)
            continue
        if is_over:
            group.resumes = is_restarted = True
            is_over, established, ended = False, None, None
        if actions <= ({ESTABLISHED, StepAction.RESUMED} if is_restarted else {ESTABLISHED}):
            established = _join(established, group, start_groups)
            first = first if is_restarted else established
    if undated:
        _join(first, Group(undated), start_groups)
    if undated_ends:
        after = max(event.after for event in undated_ends)
        last = [each for each in end_groups if each.action is ENDED and each.date and after <= each.date.latest]
        _join(last[-1] if last else None, Group(undated_ends), end_groups)
    start_groups.sort(key=lambda group: (group.order != LAST or group.action is not ESTABLISHED, group.order))
    return start_groups, end_groups


def _join(one: Group | None, other: Group, groups: list[Group]) -> Group:
    """Join the second group to the first if possible, and return the joined group. Otherwise, return the second."""
    if one is None or not _may_join(one.events, other.events):
        if other not in groups:
            groups.append(other)
        return other
    one.events += other.events
    if other in groups:
        groups.remove(other)
    return one


def _find_overruled(events: Sequence[Event], *, is_active: bool) -> list[Event]:
    """Find the ends that do not become steps, because a later source reports the partnership as in force.

    An end that our history records always becomes a step. A claimed end does so only if the other history records an
    end.
    """
    starts = [event.step.date for event in events if event.step.action in PUTS_IN_FORCE]
    every = [event for event in events if event.step.action in ENDS]
    ends = [event for event in every if not _is_restarted(event, starts)]
    if any(event.is_ours and not event.is_claim for event in ends):
        return []
    sources = {each.item.source for event in every for each in event.statements}
    in_force = [event for event in events if event.is_ours and event.step.action in IN_FORCE and is_active]
    attested = max((day for event in in_force for day in _attested_days(event, sources)), default=None)

    def is_later(event: Event) -> bool:
        days = [event.last_day, *(each.as_of for each in event.statements if not each.item.denies)]
        return attested is None or any(day is not None and day >= attested for day in days)

    return [] if any(is_later(event) for event in ends if not event.is_claim) else ends


def _is_restarted(end: Event, starts: Iterable[PartialDate | None]) -> bool:
    last_day = end.last_day if end.step.date is not None or end.until == date.max else end.until
    later = last_day is not None and any(day is not None and day.earliest > last_day for day in starts)
    return later or (end.step.date is None and end.is_resumed)


def _attested_days(event: Event, without: Container[SourceId]) -> list[date]:
    """Return the days on which sources report a partnership as in force. Sources that state the end are ignored."""
    stated = [each for each in event.statements if each.item.source not in without and not each.item.denies]
    days = [each.as_of for each in stated if each.as_of is not None]
    listed = event.step.action is LISTED and event.step.date is not None
    return [*days, event.step.date.latest] if listed and event.step.date is not None else days


def _add_later_listings(end: Group, starts: Sequence[Group], events: Sequence[Event]) -> None:
    """Attach to an end, as claims, statements of the other history that the partnership was in force afterwards."""
    dates = [event.step.date for group in starts for event in group.events]
    own = [event for event in end.events if not event.is_claim]
    if not own or any(_is_restarted(event, dates) for event in end.events):
        return
    ends = [event for event in events if event.step.action in ENDS]
    sources = {each.item.source for event in ends for each in event.statements}
    for event in events:
        if event.step.action is LISTED and event.is_claim and event.is_ours:
            end.claims += [event for each in end.recorded[:1] if each.index == event.index]
        others = [each for each in own if each.is_ours is not event.is_ours]
        if not others or event.step.action not in IN_FORCE:
            continue
        ended = [each.last_day for each in others if each.last_day is not None]
        later = [day for day in _attested_days(event, sources) if not ended or day >= max(ended)]
        if later and event.step.action is LISTED:
            end.claims.append(event)
        elif later:
            claims = FrozenMap({"action": LISTED})
            statements = [
                each._replace(item=evolve(each.item, supports=(), claims=claims), values=claims)
                for each in event.statements
                if each.as_of in later and each.item.source not in sources and not each.item.denies
            ]
            listed = Step(action=LISTED)
            end.claims.append(Event(listed, is_ours=False, index=event.index, is_claim=True, statements=statements))


def _find_listed_step(event: Event, starts: Sequence[Group], overruled: Sequence[Event]) -> Group | None:
    """Find the start that a listing confirms; ``None`` if the listing is a separate step."""
    recorded_starts = [group for group in starts if group.recorded]
    if event.is_claim and event.is_ours and not overruled and len(recorded_starts) == len(starts):
        home = [group for group in starts if any(each.index == event.index for each in group.recorded)]
        if home:  # without a new start, the listing stays where it is
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


def _sort_groups(groups: Sequence[Group]) -> list[Group]:
    """Sort groups by date. Our steps keep their order if sorting would change the state of our partnership."""
    ends = [(group.order, group.action) for group in groups if group.action in ENDS]
    dates = [group.date for group in groups if group.action in PUTS_IN_FORCE and group.date is not None]
    starts = [each.order for each in dates]
    before = {
        StepAction.SUSPENDED: min((order for order, action in ends if action is ENDED), default=LAST),
        ESTABLISHED: min([*starts, *(order for order, _ in ends)], default=LAST),
    }
    first_end = min((order for order, _ in ends), default=LAST)

    def key(group: Group) -> tuple[Any, ...]:
        rank = ORDER.index(group.action)
        if group.order != LAST:
            return group.order, 1, rank
        if group.action in ENDS and starts and any(_is_restarted(event, dates) for event in group.events):
            days = [event.last_day for event in group.events if event.last_day is not None]
            later = [each.order for each in dates if days and each.earliest > max(days)]
            return min(later, default=max(starts)), 0, rank
        if group.action in {ENDED, StepAction.RESUMED}:
            return LAST, 2, rank
        return before.get(group.action, first_end), 0, rank

    ordered = sorted(groups, key=key)
    ours = sorted((group for group in groups if group.recorded), key=lambda group: group.recorded[0].index)
    if fold(ours) != fold(group for group in ordered if group.recorded):
        in_our_order = insert(ours, (group for group in ordered if not group.recorded), key)
        return in_our_order if in_order(in_our_order) else ordered
    return ordered


def _make_step(group: Group) -> Step:
    first = min(group.events, key=lambda event: event.preference).step
    values = {name: group.choose(name) for name in (*evidenced_fields(Step), "note")}
    step = evolve(first, **{**values, "action": group.action, "date": group.date, "kind": group.kind, "evidence": ()})
    events = [*group.events, *group.claims]
    known = [(event.index, each) for event in events if event.is_ours for each in event.statements]
    known.sort(key=lambda pair: (pair[0], pair[1].home.evidence.index(pair[1].item)))
    statements = [each for _, each in known]
    for event in events:
        for each in () if event.is_ours else event.statements:
            if not any(includes(other, each) for other in statements):
                statements.append(each)
    evidence = tuple(_restate(each, step) for each in statements)
    return evolve(step, evidence=sort_evidence(evidence) if 0 < len(known) < len(evidence) else evidence)


def _restate(statement: Statement, step: Step) -> Evidence:
    """Make the evidence of a statement for a step. A value that differs from the step becomes a claim."""
    values = statement.values
    if all(getattr(step, name) == getattr(statement.home, name) for name in values):
        return statement.item
    claims = {name: value for name, value in values.items() if not agrees(name, getattr(step, name), value)}
    supports = tuple(name for name in values if name not in claims)
    return evolve(statement.item, supports=supports, claims=FrozenMap(claims))


def _log_step(group: Group, step: Step, log: RecordLog, index: int) -> None:
    """Log new values of a step, and values that differ from the recorded values."""
    part = log.part("steps", index)
    recorded = group.recorded[0].step if group.recorded else None
    if recorded is None:
        log.part("steps").add_value(index, step, tuple(dict.fromkeys(item.source for item in step.evidence)))
    for name in (*evidenced_fields(Step), "note"):
        listings = [event for event in group.claims if event.step.action is LISTED and name == "kind"]
        events = [event for event in (*group.events, *listings) if recorded is None or not event.is_ours]
        stated = [(getattr(event.step, name), _sources_of(event, name)) for event in events]
        value = getattr(step, name)
        if recorded is not None and value != getattr(recorded, name):
            ids = tuple(id_ for each, ids in stated if each == value for id_ in ids)
            part.add_value(name, value, ids, before=getattr(recorded, name))
        for each, ids in stated:
            same = is_empty(each) or agrees(name, value, each)
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


def _sources_of(event: Event, name: str) -> tuple[SourceId, ...]:
    """Return the sources that state the value of a field of an event."""
    return tuple(dict.fromkeys(each.item.source for each in event.statements if name in each.values))
