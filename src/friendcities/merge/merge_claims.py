"""Merges histories by building all steps again from the claims of the sources.

The result does not depend on the order of merges.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from friendcities.errors import UnknownRecordError
from friendcities.merge.merge_records import evolve, find_relation, sort_evidence, supporting_sources
from friendcities.merge.merge_report import RecordLog
from friendcities.model import (
    Evidence,
    PartialDate,
    Partnership,
    PartnershipKind,
    Reliability,
    SourceId,
    Status,
    Step,
)
from friendcities.model.claimed_history import END_ACTIONS, START_ACTIONS, Claim, ClaimedStep, build_steps

_FIELDS: Final = {"date", "action", "kind"}
"""The fields that evidence may claim if a history is to be rebuilt."""
_STATUSES: Final = {action: status for status, action in (START_ACTIONS | END_ACTIONS).items()}
_ENDS: Final = frozenset(END_ACTIONS.values())

_Values = Mapping[str, Any]
_Place = tuple[bool, str, str, PartialDate | None]
"""Whether the statement is about an end; then the source, the locator and the stated date."""


def merge_claims(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership | None:
    """Merge two histories by their claims; ``None`` if a history cannot be rebuilt from claims."""
    mine = read_claims(ours)
    other = None if mine is None else read_claims(theirs)
    if mine is None or other is None:
        return None
    both = _unite(mine, other)
    if both == mine and _find_denials(theirs.steps) <= _find_denials(ours.steps):
        return ours
    made = _make_steps(both, (*ours.steps, *theirs.steps))
    if made is None:
        return None
    for index, (claimed, step) in enumerate(made):
        places = {_place_of(claim, is_end=claimed.is_end) for claim in claimed.claims}
        before = next((each for each in ours.steps if places & _find_places(each)), None)
        _log_step(before, step, ours, log, index)
    return evolve(ours, steps=tuple(step for _, step in made))


def read_claims(partnership: Partnership) -> frozenset[Claim] | None:
    """Return the claims of a history; ``None`` if the claims do not give the same history."""
    stated: defaultdict[tuple[SourceId, str], list[_Values]] = defaultdict(list)
    for step in partnership.steps:
        for item in step.evidence:
            if item.denies:
                continue
            values = _find_values(step, item)
            if "action" not in values or not values.keys() <= _FIELDS:
                return None
            is_own = (values["action"] in _ENDS) is (step.action in _ENDS)
            if is_own or values["action"] in _ENDS:
                note = item.note or (step.note if is_own else None)
                stated[item.source, item.locator].append({**values, "note": note})
    try:
        claims = frozenset(
            claim
            for (source, locator), found in stated.items()
            for claim in _read_place(partnership, source, locator, found)
        )
    except (UnknownRecordError, ValueError):
        return None
    made = _make_steps(claims, partnership.steps) if claims else None
    steps = None if made is None else [comparable(step) for _, step in made]
    return claims if steps == list(map(comparable, partnership.steps)) else None


def _unite(mine: Iterable[Claim], other: Iterable[Claim]) -> frozenset[Claim]:
    """Claims that differ only in their notes become one claim."""
    notes: defaultdict[Claim, list[Claim]] = defaultdict(list)
    for claim in (*mine, *other):
        notes[evolve(claim, note=None, end_note=None)].append(claim)
    return frozenset(
        evolve(
            claim,
            note=min((each.note for each in same if each.note is not None), default=None),
            end_note=min((each.end_note for each in same if each.end_note is not None), default=None),
        )
        for claim, same in notes.items()
    )


def _read_place(partnership: Partnership, source: SourceId, locator: str, stated: Iterable[_Values]) -> Iterator[Claim]:
    """Read the claims at one place in a source.

    Raises:
        ValueError: If there is no start before an end.
    """
    as_of = partnership.source(source).as_of
    rank = tuple(Reliability).index(partnership.reliability_of(source))
    starts = []
    for values in stated:
        if values["action"] not in _ENDS:
            status = _STATUSES.get(values["action"], Status.ACTIVE)
            kind = values.get("kind", PartnershipKind.UNSPECIFIED)
            day = None if as_of is None else as_of.latest
            start = Claim(values.get("date"), kind, status, None, source, locator, day, rank, values["note"])
            starts.append(start)
    starts = sorted(set(starts), key=lambda claim: claim.order)
    for values in stated:
        if values["action"] in _ENDS:
            end = values.get("date")
            before = [
                index
                for index, claim in enumerate(starts)
                if claim.is_in_force and (claim.date is None or end is None or claim.date.earliest <= end.latest)
            ]
            index = max(before)
            starts[index] = evolve(starts[index], status=_STATUSES[values["action"]], end=end, end_note=values["note"])
    yield from starts


def _make_steps(claims: Iterable[Claim], known: Sequence[Step]) -> list[tuple[ClaimedStep, Step]] | None:
    made = []
    denied = set[Evidence]()
    for each in build_steps(claims):
        places = {_place_of(claim, is_end=each.is_end) for claim in each.claims}
        denials = {
            item
            for step in known
            for item in _find_denials([step])
            if any(place in places and place[1] == item.source for place in _find_places(step))
        }
        denied |= denials
        made.append((each, _make_step(each, denials)))
    return made if denied == _find_denials(known) else None


def _place_of(claim: Claim, *, is_end: bool) -> _Place:
    return is_end, claim.source, claim.locator, claim.end if is_end else claim.date


def _find_places(step: Step) -> set[_Place]:
    stated = [(item, _find_values(step, item)) for item in step.evidence if not item.denies]
    is_end = step.action in _ENDS
    return {
        (is_end, item.source, item.locator, values.get("date"))
        for item, values in stated
        if (values["action"] in _ENDS) is is_end
    }


def _find_values(step: Step, item: Evidence) -> _Values:
    return {**{name: getattr(step, name) for name in item.supports}, **item.claims}


def _find_denials(steps: Iterable[Step]) -> set[Evidence]:
    return {item for step in steps for item in step.evidence if item.denies}


def _make_step(step: ClaimedStep, denials: Iterable[Evidence]) -> Step:
    """A note that all claims share becomes the note of the step."""
    notes = {claim: claim.end_note if step.is_end else claim.note for claim in step.claims}
    common = {*notes.values()}
    stated = [(claim, *step.evidence_of(claim), notes[claim] if len(common) > 1 else None) for claim in step.claims]
    stated += [
        (claim, *step.evidence_of_objection(claim), None if step.is_end else claim.end_note)
        for claim in step.objections
    ]
    evidence = [
        Evidence(source=SourceId(claim.source), locator=claim.locator, supports=supports, claims=claims, note=note)
        for claim, supports, claims, note in stated
    ]
    ordered = sort_evidence([*evidence, *denials])
    note = common.pop() if len(common) == 1 else None
    return Step(date=step.date, action=step.action, kind=step.kind, note=note, evidence=ordered)


def comparable(step: Step) -> Step:
    """Return a copy of a step with sorted evidence, for comparisons."""
    evidence = (evolve(item, supports=tuple(sorted(item.supports))) for item in step.evidence)
    return evolve(step, evidence=tuple(sorted(evidence, key=repr)))


def _log_step(before: Step | None, step: Step, ours: Partnership, log: RecordLog, index: int) -> None:
    part = log.part("steps", index)
    if before is None:
        log.part("steps").add_value(index, step, tuple(dict.fromkeys(item.source for item in step.evidence)))
    for name in sorted(_FIELDS) if before is not None else ():
        if getattr(before, name) != getattr(step, name):
            part.add_value(name, getattr(step, name), supporting_sources(step, name), before=getattr(before, name))
    known = {item for each in ours.steps for item in each.evidence}
    places = {(item.source, item.locator) for item in known}
    for item in step.evidence:
        if item in known:
            continue
        is_theirs = (item.source, item.locator) not in places
        if before is not None and is_theirs:
            part.add_value("evidence", item, (item.source,))
        contrary = step.action_contradicted_by(item)
        for name, value in item.claims.items():
            relation = find_relation(step, name, value) if name == "action" or not contrary else None
            if relation is not None and is_theirs:
                part.add_disagreement(name, getattr(step, name), value, relation, (item.source,))
            elif relation is not None:
                part.add_disagreement(name, value, getattr(step, name), relation, supporting_sources(step, name))
