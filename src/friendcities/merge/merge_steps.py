"""Merge two histories of the same partnership: match their steps, and insert the new ones."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from attrs import define

from friendcities.errors import UnknownRecordError
from friendcities.merge.merge_records import evolve, merge_note, merge_record, new_evidence, supporting_sources
from friendcities.merge.merge_report import RecordLog, Relation
from friendcities.model import FrozenMap, Partnership, PartnershipKind, Status, Step, StepAction
from friendcities.model.history import PUTS_IN_FORCE, in_order

_SINGLE: Final = {StepAction.ESTABLISHED, StepAction.ENDED}
"""Actions that happen once: of two dates, one is wrong."""
_BEGINNINGS: Final = {StepAction.PROPOSED, StepAction.ESTABLISHED}
_ENDS: Final = {StepAction.SUSPENDED, StepAction.ENDED}
_IN_FORCE: Final = PUTS_IN_FORCE | {StepAction.LISTED}
_BEFORE_ENDS: Final = {StepAction.LISTED, StepAction.UPGRADED, StepAction.RENEWED}
"""Actions of a partnership in force that do not show that it came into force again."""


@define(eq=False)
class _HistoryEntry:
    """A step in the merged history, which merging replaces."""

    step: Step
    is_new: bool = False


def merge_partnership(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership:
    """Merge their partnership of the same two cities into ours.

    Evidence goes to the matching step. Other steps are inserted at their date; but an end that later sources of ours
    do not know contradicts what is in force, and becomes evidence there.
    """
    history = [_HistoryEntry(step) for step in ours.steps]
    entries = {index: history[match] for index, match in match_steps(ours.steps, theirs.steps).items()}
    for index, step in enumerate(theirs.steps):
        if index not in entries:
            previous = next((entries[each] for each in range(index - 1, -1, -1) if each in entries), None)
            following = next((entries[each] for each in range(index + 1, len(theirs.steps)) if each in entries), None)
            entries[index] = _HistoryEntry(step, is_new=True)
            history.insert(_find_position(history, step, previous, following), entries[index])
    refuted = _find_refuted_ends(history, ours, theirs)
    history = [entry for entry in history if entry not in refuted]
    for index, step in enumerate(theirs.steps):
        entry = entries[index]
        if not entry.is_new:
            position = history.index(entry)
            steps = [step if each is entry else each.step for each in history]
            keep_empty = () if in_order(steps) else ("date",)
            entry.step = merge_record(entry.step, step, log.part("steps", position), keep_empty=keep_empty)
    for entry in entries.values():
        if entry.is_new and entry not in refuted:
            sources = tuple(dict.fromkeys(item.source for item in entry.step.evidence))
            log.part("steps").add_value(history.index(entry), entry.step, sources)
    for entry in refuted:
        position = max(index for index, each in enumerate(history) if each.step.action in _IN_FORCE)
        history[position].step = _add_denial(history[position].step, entry.step, log.part("steps", position))
    merged = merge_note(evolve(ours, steps=tuple(entry.step for entry in history)), theirs, log)
    mine, their = ours.state.status, theirs.state.status
    if their is not mine:
        log.add_disagreement("status", mine, their, Relation.CONTRARY, tuple(sorted(theirs.cites)))
    return merged


def match_steps(ours: Sequence[Step], theirs: Sequence[Step]) -> dict[int, int]:
    """Match steps of theirs, by index, to the same steps of ours.

    The strictest rule comes first. Each step of ours matches one step of theirs; but a listing describes what is
    already in force, and is matched to that.

    Example:
        >>> from friendcities import PartialDate
        >>> established = Step(date=PartialDate(1979), action=StepAction.ESTABLISHED)
        >>> ended = Step(date=PartialDate(1990), action=StepAction.ENDED)
        >>> match_steps([established], [Step(action=StepAction.LISTED), ended])
        {0: 0}
    """
    matches: dict[int, int] = {}
    ranks = {
        (rank, index, position)
        for index, step in enumerate(theirs)
        for position, mine in enumerate(ours)
        if (rank := _match_rank(mine, step)) is not None
    }
    for _, index, position in sorted(ranks):
        if index not in matches and position not in matches.values():
            matches[index] = position
    for index, step in enumerate(theirs):
        if index not in matches and step.action is StepAction.LISTED:
            listed = _find_listed_step(ours, step.kind)
            if listed is not None:
                matches[index] = listed
    return matches


def _find_listed_step(ours: Sequence[Step], kind: PartnershipKind) -> int | None:
    """The step that a listing describes: the last that put the partnership in force, preferably of the same kind."""
    in_force = [index for index, step in enumerate(ours) if step.action in PUTS_IN_FORCE]
    same_kind = [index for index in in_force if ours[index].kind is kind]
    listed = [index for index, step in enumerate(ours) if step.action is StepAction.LISTED]
    unconfirmed = [index for index, step in enumerate(ours) if step.action is StepAction.UNCONFIRMED]
    return next((indexes[-1] for indexes in (same_kind, in_force, listed, unconfirmed) if indexes), None)


def _match_rank(one: Step, other: Step) -> int | None:
    """The number of the first rule by which two steps are the same, the strictest first; ``None`` if there is none."""
    same_action = one.action is other.action
    in_force = {one.action, other.action} <= PUTS_IN_FORCE
    single = same_action and one.action in _SINGLE
    overlap = one.date is not None and other.date is not None and one.date.overlaps(other.date)
    kinds_agree = one.kind is other.kind or PartnershipKind.UNSPECIFIED in {one.kind, other.kind}
    rules = (
        one == other,
        same_action and one.date == other.date and one.kind is other.kind,
        same_action and overlap and kinds_agree,
        same_action and overlap,
        in_force and overlap and kinds_agree,
        single and kinds_agree,
        single,
        same_action and None in {one.date, other.date},
    )
    return rules.index(True) if True in rules else None


def _find_position(
    history: Sequence[_HistoryEntry], step: Step, previous: _HistoryEntry | None, following: _HistoryEntry | None
) -> int:
    """The position of a new step: by its date, between its neighbours in its own history where that is possible."""
    first = 0 if previous is None else history.index(previous) + 1
    last = len(history) if following is None else history.index(following)
    steps = [entry.step for entry in history]
    if step.date is None:
        if previous is not None or step.action in _BEGINNINGS:
            return first
        ends = [index for index, each in enumerate(steps) if each.action in _ENDS and step.action in _BEFORE_ENDS]
        return last if following is not None or not ends else ends[0]
    possible = [index for index in range(len(steps) + 1) if in_order([*steps[:index], step, *steps[index:]])]
    between = [index for index in possible if first <= index <= last] or possible
    after_dated = [index for index in between if index > 0 and steps[index - 1].date is not None]
    return after_dated[-1] if after_dated else between[0]


def _find_refuted_ends(history: Sequence[_HistoryEntry], ours: Partnership, theirs: Partnership) -> list[_HistoryEntry]:
    """The new ends after which our sources still attest the partnership."""
    try:
        attested = ours.last_attested
    except UnknownRecordError:  # without its sources
        return []
    if ours.state.status is not Status.ACTIVE or attested is None:
        return []
    last = max((index for index, entry in enumerate(history) if entry.step.action in _IN_FORCE), default=-1)
    ends = [entry for entry in history[last + 1 :] if entry.is_new and entry.step.action in _ENDS]
    return [entry for entry in ends if (day := _last_day(entry.step, theirs)) is None or day <= attested.latest]


def _last_day(step: Step, partnership: Partnership) -> date | None:
    """The last day of the date of a step, or else of its sources; ``None`` where that is not known."""
    if step.date is not None:
        return step.date.latest
    try:
        dates = (partnership.source(item.source).as_of for item in step.evidence)
        return max((day.latest for day in dates if day is not None), default=None)
    except UnknownRecordError:
        return None


def _add_denial(ours: Step, theirs: Step, log: RecordLog) -> Step:
    """Our step with the evidence for a step of theirs that contradicts it."""
    log.add_disagreement("action", ours.action, theirs.action, Relation.CONTRARY, supporting_sources(theirs, "action"))
    claims: dict[str, object] = {"action": theirs.action}
    claims |= {} if theirs.date is None else {"date": theirs.date}
    items = [
        evolve(item, supports=(), claims=FrozenMap({**claims, **item.claims}))
        for item in theirs.evidence
        if not item.denies
    ]
    return evolve(ours, evidence=(*ours.evidence, *new_evidence(ours.evidence, items, log)))
