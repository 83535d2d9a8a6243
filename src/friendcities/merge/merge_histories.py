"""Merges two histories of the same partnership.

If possible, all steps are built again from the claims of the sources. If a person edited a history, the new steps of
the other history are added to ours.
"""

from datetime import date

from friendcities.merge.merge_claims import merge_claims
from friendcities.merge.merge_records import evolve, merge_note
from friendcities.merge.merge_report import RecordLog, Relation, is_contrary
from friendcities.merge.merge_steps import ENDS, find_as_of, merge_steps
from friendcities.model import PartialDate, Partnership, Step
from friendcities.model.partnership_state import confirming_steps


def merge_partnership(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership:
    """Merge a partnership of the other dataset into our partnership of the same two cities."""
    before = len(log.entries)
    from_claims = merge_claims(ours, theirs, log)
    merged = merge_steps(ours, theirs, log) if from_claims is None else from_claims
    mine, their = ours.state.status, theirs.state.status
    if their is not mine:
        decision = _explain_status(merged, ours, theirs, has_base=from_claims is None)
        log.add_disagreement("status", mine, their, Relation.CONTRARY, tuple(sorted(theirs.cites)), decision=decision)
    if from_claims is None and merged is not ours and not any(map(is_contrary, log.entries[before:])):
        _report_undecided(merged, ours, theirs, log)
    return merge_note(merged, theirs, log)


def _report_undecided(merged: Partnership, ours: Partnership, theirs: Partnership, log: RecordLog) -> None:
    """Report a disagreement if the order of the merge matters, or if both histories have own steps."""
    mirrored = merge_steps(theirs, ours, RecordLog([], Partnership, ours.id))
    both_have_own_steps = len(merged.steps) > max(len(ours.steps), len(theirs.steps))
    if both_have_own_steps or _outline(merged) != _outline(mirrored):
        ids = tuple(sorted(theirs.cites))
        log.add_disagreement("steps", ours.steps, theirs.steps, Relation.CONTRARY, ids)


def _explain_status(merged: Partnership, ours: Partnership, theirs: Partnership, *, has_base: bool) -> str:
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
    steps = confirming_steps(partnership.steps)
    ends = [step.date for step in steps if step.action in ENDS and step.date is not None]
    stated = [
        find_as_of(partnership, item)
        for step in steps
        for item in step.evidence
        if not item.denies and (item.claims.get("action", step.action) in ENDS) is (step.action in ENDS)
    ]
    return max((day for day in (*stated, *ends) if day is not None), default=None, key=lambda day: day.latest)


def _outline(partnership: Partnership) -> list[Step]:
    return [evolve(step, note=None, evidence=()) for step in partnership.steps]
