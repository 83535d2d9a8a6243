"""The report of a merge: joined and added records, disagreements and doubts, as objects, text, Markdown and JSON."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum, unique
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import Factory, asdict, evolve, field, frozen

from friendcities.codec.writer import dumps, value_to_plain
from friendcities.field_path import FieldPath
from friendcities.model import RECORD_TYPES, AnyRecord, City, Evidence, Partnership, SourceId
from friendcities.model.value_text import format_value

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset


@unique
class Agreement(StrEnum):
    """Why two records are the same."""

    DECISION = "decision"
    """A person decided it."""
    ID = "id"
    """They have the same id, and nothing contradicts it; partnerships have the same two cities."""
    IDENTIFIER = "identifier"
    """Two cities have the same identifier in another register, such as Wikidata or GeoNames."""
    NAME = "name"
    """Two cities have the same name, country and location."""
    PARTNER = "partner"
    """Two cities have the same name, country and a common partner, and no other city of that name is possible."""
    ADDRESS = "address"
    """Two sources describe one state of one page."""
    CONTENT = "content"
    """Two cities are equal in every field; two sources in publisher, title, authors, dates and address."""


@unique
class Relation(StrEnum):
    """How a value of the other dataset relates to the recorded value."""

    CONTRARY = "contrary"
    """The two exclude each other."""
    FINER = "finer"
    """It is the recorded value with more precision: a day in the recorded year."""
    OTHER = "other"
    """It is a different value that may also be right: another point of the place, another wording."""


@frozen(kw_only=True)
class Joined:
    """A record of the other dataset that is the same as a record of ours."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The id in our dataset, which stays."""
    their_id: str
    """The id in the other dataset."""
    by: Agreement
    """Why the two are the same."""
    detail: str = ""
    """The value on which they agree: "wikidata Q3955", "Weimar, 0.4 km away"."""


@frozen(kw_only=True)
class Added:
    """A record that is new in our dataset, or a value that is new in one of our records."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The id of the record."""
    their_id: str = ""
    """The id of a new record in the other dataset; empty for a new value."""
    field: str = ""
    """The path of the field of a new value; empty for a new record."""
    value: object = None
    """The new value; ``None`` for a new record."""
    sources: tuple[SourceId, ...] = ()
    """The sources that state the new value."""


@frozen(kw_only=True)
class Disagreement:
    """A field on which the other dataset has a different value; our value stays."""

    record_type: type[AnyRecord]
    """The type of record."""
    id: str
    """The id of the record."""
    field: str
    """The path of the field; ``status`` of a partnership follows from all its steps."""
    ours: object
    """Our value, which stays."""
    theirs: object
    """The other value; it is kept as evidence if a source states it."""
    relation: Relation
    """How the other value relates to ours."""
    sources: tuple[SourceId, ...] = ()
    """The sources of the other value; if there is none, only this report contains it."""


@frozen(kw_only=True)
class Doubt:
    """A city of the other dataset that may be one of ours; it stays distinct until a person decides."""

    id: str
    """The id in the merged dataset."""
    their_id: str
    """The id in the other dataset."""
    candidates: tuple[str, ...]
    """The ids of our cities that it may be."""
    why: str
    """Why the match is unclear."""


Entry = Joined | Added | Disagreement | Doubt


@frozen(kw_only=True)
class MergeReport:
    """Everything that a merge did, sorted by type of record and id.

    Example:
        >>> import friendcities as fc
        >>> report = fc.dataset().merge(fc.Dataset()).report
        >>> report.joined
        ()
        >>> print(report.as_text(), end="")
        Nothing was merged: the other dataset is empty.
    """

    joined: tuple[Joined, ...] = ()
    """Records that both datasets have."""
    added: tuple[Added, ...] = ()
    """New records and values."""
    disagreements: tuple[Disagreement, ...] = ()
    """Fields with different values."""
    doubts: tuple[Doubt, ...] = ()
    """Unclear matches, for a person to decide."""

    def __repr__(self) -> str:
        counts = (f"{len(entries)} {name}" for name, entries in asdict(self, recurse=False).items())
        return f"<MergeReport: {', '.join(counts)}>"

    def as_text(self) -> str:
        """The report as lines: totals, doubts, disagreements, matches by other signs than the id, changed ids."""
        lines = list(self._format_totals())
        for heading, entries in self._format_sections():
            lines += [heading, *(f"  {line}" for line in entries)]
        return "\n".join(lines) + "\n"

    def as_markdown(self) -> str:
        """The report as Markdown, with the content of :meth:`as_text`; all text of records is escaped.

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
        return "\n".join(lines) + "\n"

    def as_json(self) -> str:
        """The complete report as JSON: ``joined``, ``added``, ``disagreements`` and ``doubts``, each a list.

        Example:
            >>> import friendcities as fc
            >>> import json
            >>> ours = fc.Dataset([*fc.cities(), *fc.sources()])
            >>> json.loads(ours.merge(ours).report.as_json())["joined"][0]
            {'type': 'cities', 'id': 'ae-dubai', 'their_id': 'ae-dubai', 'by': 'id', 'detail': ''}
        """
        return dumps({name: list(map(_entry_to_plain, part)) for name, part in asdict(self, recurse=False).items()})

    def _format_totals(self) -> Iterator[str]:
        """How many records were joined and added, by type."""
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
            yield f"added to what was joined: {pieces}, {values:,} other {'value' if values == 1 else 'values'}"
        if not self.joined and not self.added:
            yield "Nothing was merged: the other dataset is empty."

    def _format_sections(self) -> Iterator[tuple[str, list[str]]]:
        """The entries that a person should read, under headings; sections without entries are left out."""
        matched = [each for each in self.joined if each.by is not Agreement.ID]
        # a partnership only follows its cities to another id
        renamed = [e for e in self.added if e.their_id not in {"", e.id} and e.record_type is not Partnership]
        sections: dict[str, Sequence[Entry]] = {
            "Needs a person": self.doubts,
            "Disagrees": self.disagreements,
            "Taken for one": matched,
            "Under another id": renamed,
        }
        for heading, entries in sections.items():
            if entries:
                yield f"{heading} ({len(entries):,})", list(map(_format_entry, entries))


D = TypeVar("D", bound="Dataset", covariant=True)  # noqa: PLC0105 - as every type variable here, it is one letter


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
    """What was joined and added, what disagrees, and what is in doubt."""


@frozen
class MergeLog:
    """Collects the entries of a report while a merge makes them."""

    entries: list[Entry] = Factory(list)

    def add_joined(self, record: AnyRecord, their_id: str, by: Agreement, detail: str = "") -> "RecordLog":
        """Add that a record of theirs is the same as this record of ours; returns the log for its fields."""
        self.entries.append(Joined(record_type=type(record), id=record.id, their_id=their_id, by=by, detail=detail))
        return RecordLog(self.entries, type(record), record.id)

    def to_report(self) -> MergeReport:
        """The report, with sorted entries."""
        order = {cls: position for position, cls in enumerate(RECORD_TYPES.values())}
        entries = sorted(self.entries, key=lambda entry: (order[getattr(entry, "record_type", City)], entry.id))
        return MergeReport(
            joined=tuple(entry for entry in entries if isinstance(entry, Joined)),
            added=tuple(entry for entry in entries if isinstance(entry, Added)),
            disagreements=tuple(entry for entry in entries if isinstance(entry, Disagreement)),
            doubts=tuple(entry for entry in entries if isinstance(entry, Doubt)),
        )


@frozen
class RecordLog:
    """Collects the entries about the fields of one record, or of a part of it."""

    entries: list[Entry]
    record_type: type[AnyRecord]
    id: str
    path: FieldPath = Factory(FieldPath)

    def part(self, *parts: str | int) -> "RecordLog":
        """The log for a part of the record, such as ``steps[0]``."""
        return evolve(self, path=self.path.join(*parts))

    def add_value(self, name: str | int, value: object, sources: tuple[SourceId, ...] = ()) -> None:
        """Add that a field got a new value."""
        path = str(self.path.join(name))
        self.entries.append(Added(record_type=self.record_type, id=self.id, field=path, value=value, sources=sources))

    def add_disagreement(
        self, name: str | int, ours: object, theirs: object, relation: Relation, sources: tuple[SourceId, ...] = ()
    ) -> None:
        """Add that a field has a different value in theirs."""
        record: dict[str, Any] = {"record_type": self.record_type, "id": self.id, "field": str(self.path.join(name))}
        self.entries.append(Disagreement(**record, ours=ours, theirs=theirs, relation=relation, sources=sources))


def record_noun(cls: type[AnyRecord], number: int) -> str:
    """The noun for some records of a type.

    Example:
        >>> import friendcities as fc
        >>> record_noun(fc.City, 1), record_noun(fc.City, 2)
        ('city', 'cities')
    """
    return cls.__name__.lower() if number == 1 else next(noun for noun, each in RECORD_TYPES.items() if each is cls)


def escape_markdown(text: str) -> str:
    r"""Text that Markdown, also on GitHub, shows unchanged: without markup, HTML, mentions, references and links.

    Example:
        >>> escape_markdown("*not* bold, <b>not</b> either")
        '\\*not\\* bold, &lt;b&gt;not&lt;/b&gt; either'
    """
    text = _MARKUP.sub(r"\\\g<0>", text)
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _LIST_MARKER.sub(r"\g<1>\\\g<2>", text)
    text = _GITHUB_REFERENCE.sub("\\g<0>\u200b", text)  # a space of no width separates the sign from its name
    return text.replace("://", "&#58;//").replace("www.", "www&#46;")  # backslashes would be a part of the link


_MARKUP = re.compile(r"[\\`*_\[\]#|~$!]")
_LIST_MARKER = re.compile(r"^(\d*)([-+.)=])")
_GITHUB_REFERENCE = re.compile(r"@(?=\w)|#(?=\d)|\bGH-(?=\d)|:(?=[\w+-]+:)", re.IGNORECASE)
"""The beginning of mentions, issues and emoji."""


def _entry_to_plain(entry: Entry) -> dict[str, Any]:
    plain = {
        name: value_to_plain(value) for name, value in asdict(entry, recurse=False).items() if name != "record_type"
    }
    return plain if isinstance(entry, Doubt) else {"type": record_noun(entry.record_type, 2), **plain}


def _format_entry(entry: Entry) -> str:
    """An entry as a line of the text; of added records, those with a new id."""
    if isinstance(entry, Doubt):
        there = "" if entry.id == entry.their_id else f" ({entry.their_id} there)"
        return f"{entry.id}{there} may be {' or '.join(entry.candidates)}: {entry.why}"
    if isinstance(entry, Disagreement):
        values = f"{format_value(entry.ours)} here, {format_value(entry.theirs)} there ({entry.relation})"
        sources = f"says {', '.join(entry.sources)}" if entry.sources else "without a source"
        return f"{entry.id}: {entry.field}: {values}, {sources}"
    if isinstance(entry, Joined):
        detail = f": {entry.detail}" if entry.detail else ""
        return f"{entry.id} is {entry.their_id} there, by {format_value(entry.by)}{detail}"
    return f"{entry.id}, {entry.their_id} there, where the id is another {record_noun(entry.record_type, 1)}'s here"
