"""Records whose ids moved between two versions, and what named them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.repointing import NewIds, repointed
from friendcities.diff.results import RedirectChange
from friendcities.model import RECORD_TYPES, AnyRecord, City, Partnership, Source

__all__ = ["ById", "ByType", "followed", "moves", "redirect_changes"]

ById = Mapping[str, AnyRecord]
ByType = Mapping[type[AnyRecord], ById]


def moves(old: Dataset, new: Dataset, earlier: ByType, later: ByType) -> dict[type[AnyRecord], dict[str, str]]:
    """The new ids of what has gone under its old one, by the old ones.

    Redirects tell of them; one that was there and is gone tells of a move that was taken back. A partnership moves with
    its cities.
    """
    led = old.redirects
    back = {cls: {target: id_ for id_, target in led.get(cls, {}).items()} for cls in earlier}
    leads = {cls: {**back[cls], **new.redirects.get(cls, {})} for cls in earlier}
    return {
        cls: {
            id_: target
            for id_ in before
            if id_ not in later[cls] and (target := _target(cls, id_, leads)) in later[cls]
        }
        for cls, before in earlier.items()
    }


def followed(earlier: ByType, to: NewIds) -> ByType:
    """The records of the old version as they would stand there had it had the new ids, by their old ids."""
    if not any(to.values()):
        return earlier
    made = {cls: {id_: repointed(record, to) for id_, record in records.items()} for cls, records in earlier.items()}
    sources = {source.id: source for source in cast("Iterable[Source]", made[Source].values())}
    ties = cast("Mapping[str, Partnership]", made[Partnership])
    return {**made, Partnership: {id_: tie.with_sources(sources) for id_, tie in ties.items()}}


def redirect_changes(old: Dataset, new: Dataset) -> Iterator[RedirectChange]:
    """The redirects that differ, by type and id."""
    earlier, later = old.redirects, new.redirects
    for cls in RECORD_TYPES.values():
        before, after = earlier.get(cls, {}), later.get(cls, {})
        for id_ in sorted({*before, *after}):
            if before.get(id_) != after.get(id_):
                yield RedirectChange(record_type=cls, id=id_, before=before.get(id_), after=after.get(id_))


def _target(cls: type[AnyRecord], id_: str, leads: NewIds) -> str:
    if cls is Partnership and id_ not in leads[cls]:
        return "--".join(sorted(leads[City].get(city, city) for city in id_.split("--")))
    return leads[cls].get(id_, id_)
