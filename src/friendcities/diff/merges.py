"""What a merge did, in lines, Markdown and JSON."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from friendcities.codec.writer import dumps, value_to_plain
from friendcities.diff.counting import plural
from friendcities.diff.markdown import escaped
from friendcities.merge import Added, Agreement, Disagreement, Doubt, Joined, MergeReport
from friendcities.model import Evidence, Partnership
from friendcities.model.words import in_words

__all__ = ["merge_as_json", "merge_as_markdown", "merge_as_text"]


def merge_as_text(report: MergeReport) -> str:
    """What a merge did, in lines: the totals, what needs a person, what disagrees, and what was taken for one.

    Of what is one by its id, and of what is new, the totals tell; :func:`merge_as_json` has all of it.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import merge_as_text
        >>> print(merge_as_text(fc.dataset().merge(fc.Dataset()).report), end="")
        Nothing was merged: the other dataset is empty.
    """
    lines = list(_totals(report))
    for heading, told in _sections(report):
        lines += [heading, *(f"  {line}" for line in told)]
    return "\n".join(lines) + "\n"


def merge_as_markdown(report: MergeReport) -> str:
    """What a merge did, as Markdown: what :func:`merge_as_text` tells, under headings.

    All that comes from the records is escaped, so that nothing in it acts as Markdown or HTML.

    Example:
        >>> import friendcities as fc
        >>> from friendcities.diff import merge_as_markdown
        >>> ours = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> print(merge_as_markdown(ours.merge(ours).report), end="")
        - joined: 148 cities (148 by id)
        - joined: 122 sources (122 by id)
    """
    lines = [f"- {escaped(line)}" for line in _totals(report)]
    for heading, told in _sections(report):
        lines += ["", f"### {heading}", "", *(f"- {escaped(line)}" for line in told)]
    return "\n".join(lines) + "\n"


def merge_as_json(report: MergeReport) -> str:
    """What a merge did, as JSON, in full: ``joined``, ``added``, ``disagreements`` and ``doubts``, each a list.

    Example:
        >>> import friendcities as fc
        >>> import json
        >>> from friendcities.diff import merge_as_json
        >>> ours = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> json.loads(merge_as_json(ours.merge(ours).report))["joined"][0]
        {'type': 'cities', 'id': 'ae-dubai', 'their_id': 'ae-dubai', 'by': 'id', 'detail': ''}
    """
    return dumps(
        {
            "joined": [_joined(each) for each in report.joined],
            "added": [_added(each) for each in report.added],
            "disagreements": [_disagreement(each) for each in report.disagreements],
            "doubts": [_doubt(each) for each in report.doubts],
        }
    )


def _joined(each: Joined) -> dict[str, Any]:
    return {
        "type": plural(each.record_type, 2),
        "id": each.id,
        "their_id": each.their_id,
        "by": each.by.value,
        "detail": each.detail,
    }


def _added(each: Added) -> dict[str, Any]:
    return {
        "type": plural(each.record_type, 2),
        "id": each.id,
        "their_id": each.their_id,
        "field": each.field,
        "value": value_to_plain(each.value),
        "sources": list(each.sources),
    }


def _disagreement(each: Disagreement) -> dict[str, Any]:
    return {
        "type": plural(each.record_type, 2),
        "id": each.id,
        "field": each.field,
        "ours": value_to_plain(each.ours),
        "theirs": value_to_plain(each.theirs),
        "relation": each.relation.value,
        "sources": list(each.sources),
    }


def _doubt(each: Doubt) -> dict[str, Any]:
    return {"id": each.id, "their_id": each.their_id, "candidates": list(each.candidates), "why": each.why}


def _totals(report: MergeReport) -> Iterator[str]:
    """How much was joined and added, by type of record."""
    joined = Counter((each.record_type, each.by) for each in report.joined)
    for cls in dict.fromkeys(each.record_type for each in report.joined):
        ways = [f"{joined[cls, by]:,} by {in_words(by)}" for by in Agreement if joined[cls, by]]
        yield f"joined: {_how_many(cls, sum(joined[cls, by] for by in Agreement))} ({', '.join(ways)})"
    records = Counter(each.record_type for each in report.added if not each.field)
    for cls, number in records.items():
        yield f"added: {_how_many(cls, number)}"
    evidence = sum(1 for each in report.added if isinstance(each.value, Evidence))
    facts = sum(1 for each in report.added if each.field) - evidence
    if evidence or facts:
        pieces = f"{evidence:,} {'piece' if evidence == 1 else 'pieces'} of evidence"
        yield f"added to what was joined: {pieces}, {facts:,} other {'value' if facts == 1 else 'values'}"
    if not report.joined and not report.added:
        yield "Nothing was merged: the other dataset is empty."


def _how_many(cls: Any, number: int) -> str:
    return f"{number:,} {plural(cls, number)}"


def _sections(report: MergeReport) -> Iterator[tuple[str, list[str]]]:
    """What a person should read, under headings; nothing where there is nothing."""
    for heading, told in (
        ("Needs a person", [_doubt_in_words(each) for each in report.doubts]),
        ("Disagrees", [_disagreement_in_words(each) for each in report.disagreements]),
        ("Taken for one", [_join_in_words(each) for each in report.joined if each.by is not Agreement.ID]),
        ("Under another id", [_move_in_words(each) for each in report.added if _was_renamed(each)]),
    ):
        if told:
            yield f"{heading} ({len(told):,})", told


def _was_renamed(each: Added) -> bool:
    """Whether a record had to take another id; a partnership only follows its cities."""
    return each.their_id not in {"", each.id} and each.record_type is not Partnership


def _doubt_in_words(each: Doubt) -> str:
    there = "" if each.id == each.their_id else f" ({each.their_id} there)"
    return f"{each.id}{there} may be {' or '.join(each.candidates)}: {each.why}"


def _disagreement_in_words(each: Disagreement) -> str:
    said = f", says {', '.join(each.sources)}" if each.sources else ", without a source"
    return f"{each.id}: {each.field}: {in_words(each.ours)} here, {in_words(each.theirs)} there ({each.relation}){said}"


def _join_in_words(each: Joined) -> str:
    detail = f": {each.detail}" if each.detail else ""
    return f"{each.id} is {each.their_id} there, by {in_words(each.by)}{detail}"


def _move_in_words(each: Added) -> str:
    return f"{each.id}, {each.their_id} there, where the id is another {each.record_type.__name__.lower()}'s here"
