"""The rule ``shared-address``."""

from collections import defaultdict
from collections.abc import Iterator

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.errors import Problem
from friendcities.model import Source
from friendcities.model.source import page_of

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    groups: dict[str, list[Source]] = defaultdict(list)
    for source in (*register.beneath[Source].values(), *register.records[Source].values()):
        if source.address is not None:
            groups[page_of(source.address)].append(source)
    for group in groups.values():
        for source, other in _of_one_state(group):
            if register.owns(source):
                yield Problem(
                    path=register.path_of(source),
                    field="address",
                    message=f"the source {other.id!r} has this address, too, and describes the same state",
                    expected="one source for one publication",
                    hint="keep one of the two and name it where the other is named, or mend 'address' or 'as_of'",
                )


def _of_one_state(group: list[Source]) -> Iterator[tuple[Source, Source]]:
    """Each source whose date overlaps that of another, with one such; a page read in two years is two sources."""
    longest, *later = sorted(group, key=lambda source: (source.as_of.earliest, source.id))
    found: dict[str, tuple[Source, Source]] = {}
    for source in later:
        if longest.as_of.overlaps(source.as_of):
            found.setdefault(longest.id, (longest, source))
            found[source.id] = source, longest
        longest = max(longest, source, key=lambda each: each.as_of.latest)
    return iter(found.values())


RULE = Rule(
    name="shared-address",
    scope=Scope.DATASET,
    summary="a publication is one source",
    description=(
        "Two sources with one address that describe the same state are one publication, entered twice: it would count "
        "as two witnesses. A page that was read again later is another source, with an 'as_of' of its own."
    ),
    find=_find,
    excusable=True,
)
