"""Merge histories that follow from the claims of their sources alone, in which no person decided anything.

The merged history follows from the claims of both, so neither the order of merging nor merging again matters.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from friendcities.errors import UnknownRecordError
from friendcities.merge.merge_records import evolve, find_relation
from friendcities.merge.merge_report import RecordLog
from friendcities.model import (
    Evidence,
    Partnership,
    PartnershipKind,
    Reliability,
    SourceId,
    Status,
    Step,
    StepAction,
)
from friendcities.model.claimed_history import END_ACTIONS, START_ACTIONS, Claim, ClaimedStep, build_steps

_FIELDS: Final = {"date", "action", "kind"}
"""The fields that a claim can have."""
_STATUSES: Final = {action: status for status, action in (START_ACTIONS | END_ACTIONS).items()}
_ENDS: Final = frozenset(END_ACTIONS.values())

_Values = Mapping[str, Any]


def merge_claims(ours: Partnership, theirs: Partnership, log: RecordLog) -> Partnership | None:
    """Merge two histories that follow from claims alone; ``None`` if one of them does not."""
    mine = read_claims(ours)
    other = None if mine is None else read_claims(theirs)
    if mine is None or other is None:
        return None
    if other <= mine and _find_attachments(theirs) <= _find_attachments(ours):
        return ours
    made = _make_steps(mine | other, (*ours.steps, *theirs.steps))
    if made is None:
        return None
    known = {item for step in ours.steps for item in step.evidence}
    for index, (claimed, step) in enumerate(made):
        _log_step(step, known, log, index, is_new=mine.isdisjoint(claimed.claims))
    return evolve(ours, steps=tuple(step for _, step in made))


def read_claims(partnership: Partnership) -> frozenset[Claim] | None:
    """The claims from which a history follows; ``None`` if the history does not follow from claims alone."""
    stated: defaultdict[tuple[SourceId, str], list[_Values]] = defaultdict(list)
    for step in partnership.steps:
        for item in step.evidence:
            if item.denies:
                continue
            values = {**{name: getattr(step, name) for name in item.supports}, **item.claims}
            if item.note is not None or "action" not in values or not values.keys() <= _FIELDS:
                return None
            if step.action not in _ENDS or values["action"] is not StepAction.LISTED:
                stated[item.source, item.locator].append(values)
    try:
        claims = frozenset(
            claim
            for (source, locator), found in stated.items()
            for claim in _read_place(partnership, source, locator, found)
        )
    except (UnknownRecordError, ValueError):
        return None
    made = _make_steps(claims, partnership.steps) if claims else None
    steps = None if made is None else [_comparable(step) for _, step in made]
    return claims if steps == list(map(_comparable, partnership.steps)) else None


def _read_place(partnership: Partnership, source: SourceId, locator: str, stated: Iterable[_Values]) -> Iterator[Claim]:
    """The claims of one place in a source.

    Raises:
        ValueError: If an end has no start.
    """
    as_of = partnership.source(source).as_of
    rank = tuple(Reliability).index(partnership.reliability_of(source))
    starts = []
    for values in stated:
        if values["action"] not in _ENDS:
            status = _STATUSES.get(values["action"], Status.ACTIVE)
            kind = values.get("kind", PartnershipKind.UNSPECIFIED)
            day = None if as_of is None else as_of.latest
            starts.append(Claim(values.get("date"), kind, status, None, source, locator, day, rank))
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
            starts[index] = evolve(starts[index], status=_STATUSES[values["action"]], end=end)
    yield from starts


def _make_steps(claims: Iterable[Claim], known: Sequence[Step]) -> list[tuple[ClaimedStep, Step]] | None:
    """The steps that follow from claims, with the notes and denials of the known steps with the same evidence.

    ``None`` if a note or a denial has no place in the new history.
    """
    built = build_steps(claims)
    made = []
    placed: set[tuple[int, str | None, Evidence | None]] = set()
    for each in built:
        same = [(step, _places_of(step)) for step in known if (step.action in _ENDS) is each.is_end]
        places = {(claim.source, claim.locator) for claim in each.claims}
        about = [step for step, found in same if not places.isdisjoint(found)]
        notes = {step.note for step in about if step.note is not None}
        denials = {item for step in about for item in step.evidence if item.denies}
        made.append((each, _make_step(each, min(notes, default=None), denials)))
        placed |= {(id(step), step.note, item) for step in about for item in (None, *denials)}
    wanted = {
        (id(step), step.note, item)
        for step in known
        for item in (None, *(item for item in step.evidence if item.denies))
        if item is not None or step.note is not None
    }
    return made if wanted <= placed else None


def _find_attachments(partnership: Partnership) -> set[object]:
    """The notes and denials of the steps of a history."""
    denials = {item for step in partnership.steps for item in step.evidence if item.denies}
    return {*denials, *(step.note for step in partnership.steps if step.note is not None)}


def _places_of(step: Step) -> set[tuple[str, str]]:
    """The places in sources that state the values of a step, and no other values."""
    return {(item.source, item.locator) for item in step.evidence if item.supports and not item.claims}


def _make_step(step: ClaimedStep, note: str | None, denials: Iterable[Evidence]) -> Step:
    stated = [(claim, *step.evidence_of(claim)) for claim in step.claims]
    stated += [(claim, *step.evidence_of_objection(claim)) for claim in step.objections]
    evidence = [
        Evidence(source=SourceId(claim.source), locator=claim.locator, supports=supports, claims=claims)
        for claim, supports, claims in stated
    ]
    ordered = sorted([*evidence, *denials], key=lambda item: (item.source, item.locator, repr(item)))
    return Step(date=step.date, action=step.action, kind=step.kind, note=note, evidence=tuple(ordered))


def _comparable(step: Step) -> Step:
    """A step with its evidence and the names of supported fields in one order."""
    evidence = (evolve(item, supports=tuple(sorted(item.supports))) for item in step.evidence)
    return evolve(step, evidence=tuple(sorted(evidence, key=repr)))


def _log_step(step: Step, mine: Collection[Evidence], log: RecordLog, index: int, *, is_new: bool) -> None:
    """Add to the report what theirs adds to a step, and the values on which the sources differ."""
    part = log.part("steps", index)
    if is_new:
        log.part("steps").add_value(index, step, tuple(dict.fromkeys(item.source for item in step.evidence)))
    for item in step.evidence:
        if item in mine:
            continue
        if not is_new:
            part.add_value("evidence", item, (item.source,))
        contrary = step.action_contradicted_by(item)
        for name, value in item.claims.items():
            relation = find_relation(step, name, value) if name == "action" or not contrary else None
            if relation is not None:
                part.add_disagreement(name, getattr(step, name), value, relation, (item.source,))
