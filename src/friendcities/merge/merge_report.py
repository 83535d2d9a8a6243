"""The report of a merge."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import Factory, evolve, field, fields, frozen

from friendcities.codec.writer import dumps
from friendcities.field_path import FieldPath
from friendcities.model import RECORD_TYPES, AnyRecord, Evidence, Partnership, SourceId
from friendcities.model.evidence import is_empty
from friendcities.model.format_values import format_value
from friendcities.model.record import value_to_plain

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset


@unique
class Agreement(StrEnum):
    """Why two records match."""

    DECISION = "decision"
    """A person decided that the two are the same."""
    EVIDENCE = "evidence"
    """An earlier merge added the evidence of the other city to our city."""
    ID = "id"
    """The two have the same id, and nothing contradicts the match. For partnerships, the two cities are the same."""
    ID_ONLY = "id_only"
    """The two cities have the same id, and nothing else confirms the match."""
    IDENTIFIER = "identifier"
    """The two cities have the same external identifier, such as a Wikidata or GeoNames id."""
    NAME = "name"
    """The two cities have the same name, country and location."""
    PARTNER = "partner"
    """The two cities have the same name, country and a common partner, and no other city of that name is possible."""
    ADDRESS = "address"
    """The two sources describe the same page on the same date."""
    CONTENT = "content"
    """The two cities have equal fields. Two sources have equal publishers, titles, authors, dates and addresses."""


@unique
class Relation(StrEnum):
    """How a value in the other dataset relates to the recorded value."""

    CONTRARY = "contrary"
    """The two values exclude each other."""
    FINER = "finer"
    """The other value is more precise, such as a day in the recorded year."""
    OTHER = "other"
    """The other value is different and may also be right, such as another point in the city or another wording."""


@frozen(kw_only=True)
class Entry:
    """An entry about one record in a merge report."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The id of the record in the merged dataset."""


@frozen(kw_only=True)
class Joined(Entry):
    """A record of the other dataset that was merged into one of our records."""

    their_id: str
    """The id of the record in the other dataset."""
    by: Agreement
    """Why the two records match."""
    detail: str = ""
    """The value that the two records share, such as "wikidata Q3955" or "Weimar, 0.4 km away"."""

    def __str__(self) -> str:
        detail = f": {self.detail}" if self.detail else ""
        if self.by is Agreement.ID_ONLY:
            id_ = self.their_id
            detail = f"; if the two are distinct, use --distinct {id_} (in Python: distinct=[{id_!r}])"
        return f"{self.id} matches {self.their_id} in the other dataset by {format_value(self.by)}{detail}"


@frozen(kw_only=True)
class Added(Entry):
    """A new record in our dataset, or a new value in one of our records."""

    their_id: str = ""
    """The id that a new record has in the other dataset; empty if only a value is new."""
    field: str = ""
    """The path of the field with a new value; empty if the record is new."""
    value: object = None
    """The new value; ``None`` if the record is new."""
    before: object = None
    """The value that the new value replaces; ``None`` if the field was empty or is a list."""
    sources: tuple[SourceId, ...] = ()
    """The sources that state the new value."""

    def __str__(self) -> str:
        if self.field:
            before = "" if is_empty(self.before) else f" instead of {format_value(self.before)}"
            return f"{self.id}: {self.field}: {format_value(self.value)}{before}{_format_sources(self.sources)}"
        noun = record_noun(self.record_type, 1)
        return f"{self.id} is {self.their_id} in the other dataset; in the base, {self.their_id} is another {noun}"


@frozen(kw_only=True)
class Disagreement(Entry):
    """A field with a different value in the other dataset. Our value stays."""

    field: str
    """The path of the field. ``status`` of a partnership is the result of all its steps."""
    ours: object
    """The value in our dataset. This value stays; for a status, see ``decision``."""
    theirs: object
    """The value in the other dataset. If a source states this value, the merged record has the value as a claim."""
    relation: Relation
    """The relation of the other value to our value."""
    sources: tuple[SourceId, ...] = ()
    """The sources of the other value. If there is none, only this report contains the value."""
    decision: str = ""
    """For the status of a partnership: the merged status, the rule that decides it, and the dates of both statuses."""

    def __str__(self) -> str:
        values = f"{format_value(self.ours)}; the other dataset has {format_value(self.theirs)} ({self.relation})"
        decision = f"; {self.decision}" if self.decision else ""
        return f"{self.id}: {self.field}: {values}{_format_sources(self.sources)}{decision}"


@frozen(kw_only=True)
class Doubt(Entry):
    """A city of the other dataset that may be the same as a city of our dataset.

    A person must decide. If ``candidates`` is only ``id``, the two cities were merged, but may be a city and a
    province.
    """

    their_id: str
    """The id of the city in the other dataset."""
    candidates: tuple[str, ...]
    """The ids of the cities in our dataset that may match."""
    why: str
    """Why the match is unclear."""

    def __str__(self) -> str:
        their_id = "" if self.id == self.their_id else f" ({self.their_id} in the other dataset)"
        same, distinct = f"--same {self.their_id}={self.candidates[0]}", f"--distinct {self.their_id}"
        in_python = f"same={{{self.their_id!r}: {self.candidates[0]!r}}} or distinct=[{self.their_id!r}]"
        action = f"decide with {same} or {distinct} (in Python: {in_python})"
        meaning = "two distinct places" if self.candidates == (self.id,) else " or ".join(self.candidates)
        return f"{self.id}{their_id} may be {meaning}: {self.why}; {action}"


@frozen(kw_only=True)
class MergeReport:
    """The results of a merge, sorted by type of record and id.

    Example:
        >>> import friendcities as fc
        >>> report = fc.dataset().merge(fc.Dataset()).report
        >>> report.joined
        ()
        >>> print(report.as_text(), end="")
        Nothing was merged: the other dataset is empty.
    """

    joined: tuple[Joined, ...] = ()
    """Records of the other dataset that were merged into records of ours."""
    added: tuple[Added, ...] = ()
    """New records and values."""
    disagreements: tuple[Disagreement, ...] = ()
    """Fields with different values."""
    doubts: tuple[Doubt, ...] = ()
    """Unclear matches that a person must decide."""

    def __repr__(self) -> str:
        return f"<MergeReport: {', '.join(f'{len(part)} {name}' for name, part in self._parts())}>"

    def _repr_html_(self) -> str:
        from friendcities.notebook.tables import cell_table  # noqa: PLC0415 - only a notebook needs it

        rows = [("", line) for line in self._format_totals()]
        rows += [(heading, line) for heading, lines in self._format_sections() for line in lines]
        return cell_table(repr(self).strip("<>"), ("Section", "Entry"), rows)

    def to_dict(self) -> dict[str, Any]:
        """Return the complete report as plain JSON values."""
        return {name: list(map(_to_plain, part)) for name, part in self._parts()}

    def as_text(self) -> str:
        """Return the report as text: totals, doubts, disagreements and changed ids."""
        lines = list(self._format_totals())
        for heading, entries in self._format_sections():
            lines += [heading, *(f"  {line}" for line in entries)]
        return "\n".join([*lines, ""])

    def as_markdown(self) -> str:
        """Return the report as Markdown, with the content of :meth:`as_text`. All text of records is escaped.

        Example:
            >>> import friendcities as fc
            >>> ours = fc.Dataset([*fc.cities(), *fc.sources()])
            >>> print(ours.merge(ours).report.as_markdown(), end="")
            - joined: 148 cities (148 by id)
            - joined: 122 sources (122 by id)
        """
        lines = [f"- {escape_markdown(line)}" for line in self._format_totals()]
        for heading, entries in self._format_sections():
            lines += ["", f"### {heading}", "", *(f"- {escape_markdown(line)}" for line in entries)]
        return "\n".join([*lines, ""])

    def as_json(self) -> str:
        """Return the complete report as JSON.

        Example:
            >>> import friendcities as fc
            >>> import json
            >>> ours = fc.Dataset([*fc.cities(), *fc.sources()])
            >>> json.loads(ours.merge(ours).report.as_json())["joined"][0]
            {'type': 'cities', 'id': 'ae-dubai', 'their_id': 'ae-dubai', 'by': 'id', 'detail': ''}
        """
        return dumps(self.to_dict())

    def _parts(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        for each in fields(MergeReport):
            yield each.name, getattr(self, each.name)

    def _format_totals(self) -> Iterator[str]:
        joined = Counter((entry.record_type, entry.by) for entry in self.joined)
        for cls in dict.fromkeys(entry.record_type for entry in self.joined):
            reasons = [f"{joined[cls, by]:,} by {format_value(by)}" for by in Agreement if joined[cls, by]]
            number = sum(joined[cls, by] for by in Agreement)
            yield f"joined: {number:,} {record_noun(cls, number)} ({', '.join(reasons)})"
        for cls, number in Counter(entry.record_type for entry in self.added if not entry.field).items():
            yield f"added: {number:,} {record_noun(cls, number)}"
        evidence = sum(isinstance(entry.value, Evidence) for entry in self.added)
        values = sum(bool(entry.field) for entry in self.added) - evidence
        if evidence or values:
            pieces = f"{evidence:,} {'piece' if evidence == 1 else 'pieces'} of evidence"
            yield f"added to joined records: {pieces}, {values:,} other {'value' if values == 1 else 'values'}"
        if not self.joined and not self.added:
            yield "Nothing was merged: the other dataset is empty."

    def _format_sections(self) -> Iterator[tuple[str, list[str]]]:
        matched = [each for each in self.joined if each.by not in {Agreement.ID, Agreement.ID_ONLY}]
        asked = {each.their_id for each in self.doubts}
        unconfirmed = [each for each in self.joined if each.by is Agreement.ID_ONLY and each.their_id not in asked]
        # the id of a partnership follows from the ids of its cities
        renamed = [e for e in self.added if e.their_id not in {"", e.id} and e.record_type is not Partnership]
        values = [each for each in self.added if each.field and not isinstance(each.value, Evidence)]
        sections: tuple[tuple[str, Sequence[Entry]], ...] = (
            ("Doubts", self.doubts),
            ("Disagreements", self.disagreements),
            ("Matches by the id only", unconfirmed),
            ("Matches with different ids", matched),
            ("Added under another id", renamed),
            ("Values added to joined records", values),
        )
        for heading, entries in sections:
            if entries:
                yield f"{heading} ({len(entries):,})", list(map(str, entries))


D = TypeVar("D", bound="Dataset", covariant=True)  # noqa: PLC0105 - every type variable here is one letter


@frozen(kw_only=True)
class Merge(Generic[D]):
    """The merged dataset, and the report of the merge.

    Example:
        >>> import friendcities as fc
        >>> merge = fc.dataset().merge(fc.Dataset())
        >>> merge.dataset == fc.dataset()
        True
    """

    dataset: D
    """The merged dataset."""
    report: MergeReport = field(repr=False)
    """The report of the merge."""


def make_report(entries: Iterable[Entry]) -> MergeReport:
    """Make a report with sorted entries."""
    order = {cls: position for position, cls in enumerate(RECORD_TYPES.values())}
    parts: defaultdict[type[Entry], list[Any]] = defaultdict(list)
    for entry in sorted(entries, key=lambda entry: (order[entry.record_type], entry.id)):
        parts[type(entry)].append(entry)
    joined, added, disagreements, doubts = (tuple(parts[cls]) for cls in (Joined, Added, Disagreement, Doubt))
    return MergeReport(joined=joined, added=added, disagreements=disagreements, doubts=doubts)


@frozen
class RecordLog:
    """Collects entries about the fields of a record or of one of its parts."""

    entries: list[Entry]
    record_type: type[AnyRecord]
    id: str
    path: FieldPath = Factory(FieldPath)

    def part(self, *parts: str | int) -> "RecordLog":
        """Return the log for a part of the record, such as ``steps[0]``."""
        return evolve(self, path=self.path.join(*parts))

    def add_value(
        self, name: str | int, value: object, sources: tuple[SourceId, ...] = (), *, before: object = None
    ) -> None:
        """Add an entry for a field with a new value."""
        record: dict[str, Any] = {"record_type": self.record_type, "id": self.id, "field": str(self.path.join(name))}
        self.entries.append(Added(**record, value=value, before=before, sources=sources))

    def add_disagreement(
        self,
        name: str | int,
        ours: object,
        theirs: object,
        relation: Relation,
        sources: tuple[SourceId, ...] = (),
        *,
        decision: str = "",
    ) -> None:
        """Add an entry for a field with a different value in the other dataset."""
        record: dict[str, Any] = {"record_type": self.record_type, "id": self.id, "field": str(self.path.join(name))}
        values: dict[str, Any] = {"ours": ours, "theirs": theirs, "relation": relation, "sources": sources}
        self.entries.append(Disagreement(**record, **values, decision=decision))


def _format_sources(sources: Sequence[SourceId]) -> str:
    return f", according to {', '.join(sources)}" if sources else ", without a source"


def is_contrary(entry: Entry) -> bool:
    """Whether an entry is a disagreement about two values that exclude each other."""
    return isinstance(entry, Disagreement) and entry.relation is Relation.CONTRARY


def record_noun(cls: type[AnyRecord], number: int) -> str:
    """Return the noun for a number of records: singular for 1, otherwise plural.

    Example:
        >>> import friendcities as fc
        >>> record_noun(fc.City, 1), record_noun(fc.City, 2)
        ('city', 'cities')
    """
    return cls.__name__.lower() if number == 1 else next(noun for noun, each in RECORD_TYPES.items() if each is cls)


def escape_markdown(text: str) -> str:
    r"""Escape text for Markdown on GitHub, including mentions, references and links.

    Example:
        >>> escape_markdown("*not* bold, <b>not</b> either")
        '\\*not\\* bold, &lt;b&gt;not&lt;/b&gt; either'
    """
    text = _MARKUP.sub(r"\\\g<0>", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _LIST_MARKER.sub(r"\g<1>\\\g<2>", text)
    text = _GITHUB_REFERENCE.sub("\\g<0>\u200b", text)  # a zero-width space separates the sign from the name
    return text.replace("://", "&#58;//").replace("www.", "www&#46;")  # backslashes would become part of the link


_MARKUP = re.compile(r"[\\`*_\[\]#|~$!]")
_LIST_MARKER = re.compile(r"^(\d*)([-+.)=])")
_GITHUB_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=[\w+-]+:)", re.IGNORECASE)
"""The beginning of GitHub's mentions, issue references and emoji."""


def _to_plain(entry: Entry) -> dict[str, Any]:
    names = (each.name for each in fields(type(entry)) if each.name != "record_type")
    return {"type": record_noun(entry.record_type, 2), **{name: value_to_plain(getattr(entry, name)) for name in names}}
