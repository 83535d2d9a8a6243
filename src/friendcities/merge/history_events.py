"""Splits histories of partnerships into events. An event is a recorded step, or a step that evidence claims instead."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, NamedTuple

from attrs import Factory, define

from friendcities.errors import UnknownRecordError
from friendcities.merge.merge_records import evolve
from friendcities.model import (
    Evidence,
    PartialDate,
    Partnership,
    PartnershipKind,
    Step,
    StepAction,
)
from friendcities.model.evidence import evidenced_fields, is_empty
from friendcities.model.partnership_state import PUTS_IN_FORCE

LISTED, UNCONFIRMED, ESTABLISHED, ENDED = (
    StepAction.LISTED,
    StepAction.UNCONFIRMED,
    StepAction.ESTABLISHED,
    StepAction.ENDED,
)
ENDS: Final = {StepAction.SUSPENDED, ENDED}
IN_FORCE: Final = PUTS_IN_FORCE | {LISTED}
ORDER: Final = (
    *(StepAction.PROPOSED, UNCONFIRMED, ESTABLISHED, StepAction.UPGRADED, StepAction.RENEWED),
    *(LISTED, StepAction.SUSPENDED, ENDED, StepAction.RESUMED),
)
"""The order of steps with the same date."""
NO_KIND: Final = PartnershipKind.UNSPECIFIED
_FIRST: Final = (0, 0, 0)
LAST: Final = (10_000, 0, 0)


class Statement(NamedTuple):
    """The content of one piece of evidence about a step."""

    item: Evidence
    values: Mapping[str, Any]
    as_of: date | None
    """The last day of the date that the source describes."""
    home: Step
    """The step in which the evidence is recorded."""


@define(eq=False)
class Event:
    """A recorded step, or a step that a piece of evidence claims instead."""

    step: Step
    is_ours: bool
    index: int
    """The index of the recorded step."""
    is_claim: bool = False
    is_resumed: bool = False
    """Whether a later step of the same history puts the partnership in force."""
    is_listed_again: bool = False
    """Whether the event is a listing in a history that also has a start."""
    after: date = date.min
    """The first day of an earlier step according to the same source."""
    until: date = date.max
    """The last day of a later step according to the same source."""
    statements: list[Statement] = Factory(list)

    @property
    def last_day(self) -> date | None:
        """The last day of the date; for an undated step, the latest day that a source describes."""
        dates = (each.as_of for each in self.statements if each.as_of is not None)
        return max(dates, default=None) if self.step.date is None else self.step.date.latest

    @property
    def preference(self) -> tuple[Any, ...]:
        """The sort key by preference: recorded before claimed, our dataset before the other, precise before coarse."""
        return self.is_claim, not self.is_ours, *self.precision

    @property
    def precision(self) -> tuple[Any, ...]:
        """The sort key by precision. Precise dates and known kinds come first."""
        step = self.step
        dated = (step.date is None, -len(str(step.date)), str(step.date))
        return *dated, step.kind is NO_KIND, ORDER.index(step.action), step.kind


@define(eq=False)
class Group:
    """The events that form one step, and the claims against the step."""

    events: list[Event]
    claims: list[Event] = Factory(list)
    resumes: bool = False
    """Whether the group is a start after an end."""

    @property
    def action(self) -> StepAction:
        """The action of the step. For a start, this is the most specific action of the events."""
        actions = [event.step.action for event in sorted(self.events, key=lambda event: event.preference)]
        if actions[0] not in PUTS_IN_FORCE:
            return actions[0]
        specific = (action for action in actions if action is not ESTABLISHED)
        return next(specific, StepAction.RESUMED if self.resumes else ESTABLISHED)

    @property
    def kind(self) -> PartnershipKind:
        """The kind of the step. If no event of a start states a kind, the kind comes from a listing."""
        kind: PartnershipKind = self.choose("kind")
        if self.action not in PUTS_IN_FORCE:
            return kind
        kinds = (
            event.step.kind
            for event in sorted(self.claims, key=lambda event: event.preference)
            if event.step.action is LISTED
        )
        return next((each for each in (kind, *kinds) if each is not NO_KIND), kind)

    @property
    def date(self) -> PartialDate | None:
        """The date of the step: the chosen date, or a more precise form of that date."""
        chosen = self.choose("date")
        dates = (event.step.date for event in self.events if not event.is_claim)
        finer = (day for day in dates if chosen is not None and day is not None and chosen.includes(day))
        return min(finer, default=chosen, key=lambda day: (-len(str(day)), str(day)))

    @property
    def order(self) -> tuple[int, int, int]:
        """The sort key by date. Undated proposals come first, and other undated steps last."""
        if self.date is not None:
            return self.date.order
        return _FIRST if self.action is StepAction.PROPOSED else LAST

    @property
    def recorded(self) -> list[Event]:
        """The events in the group that are recorded steps of our history."""
        return [event for event in self.events if event.is_ours and not event.is_claim]

    def choose(self, name: str) -> Any:
        """Return our value of a field. If our history states no value, return the value of the other history."""
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


def split_history(partnership: Partnership, *, is_ours: bool) -> list[Event]:
    """Split a history into recorded steps and claimed steps. A claimed step becomes an event of its own."""
    events = []
    sources = [{item.source for item in step.evidence} for step in partnership.steps]
    for index, step in enumerate(partnership.steps):
        # the order of steps is reliable only within one source
        own = [
            (position, each)
            for position, each in enumerate(partnership.steps)
            if not sources[position].isdisjoint(sources[index]) or not sources[index]
        ]
        recorded = Event(step, is_ours, index)
        recorded.is_resumed = any(each.action in PUTS_IN_FORCE for position, each in own if position > index)
        recorded.is_listed_again = step.action is LISTED and any(each.action in PUTS_IN_FORCE for _, each in own)
        earlier = [each.date.earliest for position, each in own if position < index and each.date is not None]
        later = [each.date.latest for position, each in own if position > index and each.date is not None]
        recorded.after, recorded.until = max(earlier, default=date.min), min(later, default=date.max)
        events.append(recorded)
        for item in step.evidence:
            values = {**{name: getattr(step, name) for name in item.supports}, **item.claims}
            as_of = find_as_of(partnership, item)
            statement = Statement(item, values, None if as_of is None else as_of.latest, step)
            if _is_separate(step, item, values):
                events.append(Event(Step(**values), is_ours, index, is_claim=True, statements=[statement]))
            else:
                recorded.statements.append(statement)
    return events


def _is_separate(step: Step, item: Evidence, values: Mapping[str, Any]) -> bool:
    """Whether a piece of evidence describes a separate event, which may belong to another step."""
    action = values.get("action")
    if action is step.action:
        return "date" in item.claims or (
            action in {ESTABLISHED, LISTED} and step.date is not None and "date" not in values
        )
    return (
        (action is LISTED and step.action in {*PUTS_IN_FORCE, *ENDS, UNCONFIRMED})
        or (action in ENDS and step.action in IN_FORCE)
        or (action is UNCONFIRMED and step.action is LISTED)
    )


def find_as_of(partnership: Partnership, item: Evidence) -> PartialDate | None:
    """Return the date that the source of a piece of evidence describes."""
    try:
        return partnership.source(item.source).as_of
    except UnknownRecordError:  # the dataset of the partnership has no such source
        return None


def find_new_events(ours: Sequence[Event], theirs: Iterable[Event]) -> list[Event]:
    """Return the events of the other history that add something to ours, without statements that we already have."""
    known = [statement for event in ours for statement in event.statements]
    steps = {evolve(event.step, evidence=()) for event in ours if not event.is_claim}
    notes = {event.step.note for event in ours} | {each.item.note for each in known}
    new = []
    for event in theirs:
        items = [each.item for each in event.statements] if event.is_claim else event.step.evidence
        stated = {name for item in items for name in (*item.supports, *item.claims)}
        event.statements = [each for each in event.statements if not any(includes(other, each) for other in known)]
        names = (*evidenced_fields(Step), *([] if event.step.note in notes else ["note"]))
        recorded = [name for name in names if not is_empty(getattr(event.step, name))]
        if event.statements or not (
            event.is_claim or stated.issuperset(recorded) or evolve(event.step, evidence=()) in steps
        ):
            new.append(event)
    return new


def includes(known: Statement, other: Statement) -> bool:
    """Whether a known statement contains another one: same source, same locator, and at least the same content."""
    if (known.item.source, known.item.locator) != (other.item.source, other.item.locator):
        return False
    if other.item.note not in {None, known.item.note}:
        return False
    if other.item.denies:  # after a merge, the denied step can have another action
        return known.item.denies
    values = {**other.values}
    if known.values.get("action") in PUTS_IN_FORCE and values.get("action") in IN_FORCE:
        del values["action"]  # a merge can interpret a start in another way
    return all(name in known.values and agrees(name, known.values[name], value) for name, value in values.items())


def agrees(name: str, value: object, stated: object) -> bool:
    """Whether a recorded value agrees with a stated value. If ``established`` is stated, every kind of start agrees."""
    return stated == value or (name == "action" and stated is ESTABLISHED and value in PUTS_IN_FORCE)
