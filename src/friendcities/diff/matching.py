"""Which items of two versions of a list are the same thing, as far as one can tell."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Sequence
from typing import Any

from friendcities.model import Evidence, Name, Office, Participant, Party, StatedCount, Step

__all__ = ["in_same_order", "pair"]

Pair = tuple[int | None, int | None]
_Key = Callable[[Any], Hashable | None]

_KEYS: dict[type, tuple[_Key, ...]] = {
    Step: (lambda step: (step.action, step.date), lambda step: step.action, lambda step: step.date),
    Office: (lambda office: (office.title, office.city), lambda office: office.city),
    Participant: (lambda participant: participant.city,),
    Evidence: (lambda evidence: (evidence.source, evidence.locator), lambda evidence: evidence.source),
    Name: (lambda name: name.text,),
    Party: (lambda party: (party.city, party.organisation),),
    StatedCount: (lambda count: count.counted,),
}
"""What makes two unequal items one thing that changed, the surest sign first. ``None`` is a sign of nothing."""


def pair(before: Sequence[object], after: Sequence[object]) -> list[Pair]:
    """The places of the same thing in two lists; ``None`` for the list that lacks it.

    What is equal belongs together; then what agrees in what tells such things apart. The order is that of the new
    list, with what was removed where it stood.

    Example:
        >>> pair(("a", "b"), ("b", "c"))
        [(0, None), (1, 0), (None, 1)]
    """
    left = dict(enumerate(before))
    right = dict(enumerate(after))
    pairs: list[Pair] = []
    kinds = {type(item) for item in (*before, *after)}
    keys = [key for kind in kinds for key in _KEYS.get(kind, ())]  # a list holds items of one type
    for key in (_itself, *keys):
        waiting: defaultdict[Hashable, list[int]] = defaultdict(list)
        for place, item in right.items():
            waiting[key(item)].append(place)
        for place, item in list(left.items()):
            sign = key(item)
            if sign is not None and waiting[sign]:
                other = waiting[sign].pop(0)
                pairs.append((place, other))
                del left[place], right[other]
    pairs += [(place, None) for place in left]
    pairs += [(None, place) for place in right]
    return sorted(pairs, key=_where)


def in_same_order(pairs: Sequence[Pair]) -> bool:
    """Whether what both lists have stands in the same order in both."""
    shared = sorted((one, other) for one, other in pairs if one is not None and other is not None)
    places = [other for _, other in shared]
    return places == sorted(places)


def _itself(item: Hashable) -> Hashable:
    return item


def _where(found: Pair) -> tuple[int, bool]:
    one, other = found
    if other is None:
        return (one or 0, False)
    return (other, True)
