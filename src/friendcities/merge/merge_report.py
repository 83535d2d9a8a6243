"""What a merge did: what was joined, what was added, what disagrees, and what only a person can tell."""

from enum import StrEnum, unique
from typing import TYPE_CHECKING, Generic, TypeVar

from attrs import field, frozen

from friendcities.model import AnyRecord, SourceId

if TYPE_CHECKING:
    from friendcities.datasets.stored import Stored

__all__ = ["Added", "Agreement", "Disagreement", "Doubt", "Joined", "Merge", "MergeReport", "Relation"]


@unique
class Agreement(StrEnum):
    """By what two records were taken for one."""

    DECISION = "decision"
    """Somebody said so."""
    ID = "id"
    """They have one id, and nothing speaks against it; of a partnership: it ties the same two cities."""
    IDENTIFIER = "identifier"
    """Two cities have one id in another register, such as Wikidata or GeoNames."""
    NAME = "name"
    """Two cities have a name, the country and the place in common."""
    PARTNER = "partner"
    """Two cities have a name, the country and a partner in common; there is no other of the name that it could be."""
    ADDRESS = "address"
    """Two sources describe one state of one page."""
    CONTENT = "content"
    """Two cities are the same in all that is on record; two sources in publisher, title, authors, dates and address."""


@unique
class Relation(StrEnum):
    """How what the other dataset says stands to what is recorded."""

    CONTRARY = "contrary"
    """The two cannot both be so."""
    FINER = "finer"
    """It is the same, known more closely: a day of the year that is recorded."""
    OTHER = "other"
    """It is something else that may be so as well: another point of the place, other words for the thing."""


@frozen(kw_only=True)
class Joined:
    """A record of the other dataset that is one with a record of ours."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The id of ours, which stays."""
    their_id: str
    """The id that it has in the other dataset."""
    by: Agreement
    """By what they were taken for one."""
    detail: str = ""
    """That in particular: "wikidata Q3955", "Weimar, 0.4 km away"."""


@frozen(kw_only=True)
class Added:
    """A record of the other dataset that is new to ours, or something that is new to a record of ours."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """Its id."""
    their_id: str = ""
    """Of a record: the id that it has in the other dataset; empty of what is new to a record."""
    field: str = ""
    """The field, with the way to it; empty of a record."""
    value: object = None
    """What was added to it; ``None`` of a record."""
    sources: tuple[SourceId, ...] = ()
    """On whose word."""


@frozen(kw_only=True)
class Disagreement:
    """A field on which the other dataset says something else; what ours has recorded stays."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """Its id."""
    field: str
    """The field, with the way to it; ``status`` of a partnership is what follows from all its steps."""
    ours: object
    """What is recorded, and stays."""
    theirs: object
    """What the other dataset says; it stands beside as evidence where a source says so."""
    relation: Relation
    """How the two stand to each other."""
    sources: tuple[SourceId, ...] = ()
    """The sources that say what the other dataset says; nothing here: it names none, and this report alone has it."""


@frozen(kw_only=True)
class Doubt:
    """A city of the other dataset of which only a person can tell whether it is one of ours; it stands apart."""

    id: str
    """The id under which it stands."""
    their_id: str
    """The id that it has in the other dataset."""
    candidates: tuple[str, ...]
    """The ids of those of ours that it may be."""
    why: str
    """Why it cannot be told."""


@frozen(kw_only=True)
class MergeReport:
    """All that a merge did, by type of record and then by id.

    Example:
        >>> import friendcities as fc
        >>> fc.dataset().merge(fc.Dataset()).report.joined
        ()
    """

    joined: tuple[Joined, ...] = ()
    """What was taken for one."""
    added: tuple[Added, ...] = ()
    """What is new."""
    disagreements: tuple[Disagreement, ...] = ()
    """What the other dataset says otherwise."""
    doubts: tuple[Doubt, ...] = ()
    """What needs a person."""

    def __repr__(self) -> str:
        counts = ((len(self.joined), "joined"), (len(self.added), "added"), (len(self.disagreements), "disagreements"))
        return f"<MergeReport: {', '.join(f'{n} {what}' for n, what in counts)}, {len(self.doubts)} doubts>"


D = TypeVar("D", bound="Stored", covariant=True)  # noqa: PLC0105 - as every type variable here, it is one letter


@frozen(kw_only=True)
class Merge(Generic[D]):
    """Two datasets merged, and what the merge did.

    Example:
        >>> import friendcities as fc
        >>> merge = fc.dataset().merge(fc.Dataset())
        >>> merge.dataset == fc.dataset()
        True
    """

    dataset: D
    """The dataset that holds what both have."""
    report: MergeReport = field(repr=False)
    """What was joined, what was added, what disagrees, and what needs a person."""
