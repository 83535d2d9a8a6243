"""Changes as JSON."""

from typing import Any

from friendcities.codec.writer import dumps, to_plain
from friendcities.diff.changes import Changes, FieldChange, RecordChange, count_changes, summarize
from friendcities.merge.merge_report import record_noun
from friendcities.model.record import value_to_plain


def as_json(changes: Changes) -> str:
    """Format changes as JSON; values are complete and have the same form as in the data files.

    The object has the keys ``summary`` (text), ``counts`` (records by type and action, without zeros), ``changes`` (one
    object for each record, in order), ``redirects``, and ``sources`` (the sources in the changes, by id). All other
    keys are always present.

    Example:
        >>> import friendcities as fc
        >>> import json
        >>> from friendcities.diff import as_json, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> new = fc.Dataset(record for record in old if record.id != "us-los-angeles")
        >>> document = json.loads(as_json(compare(old, new)))
        >>> document["counts"]
        {'cities': {'removed': 1}}
        >>> [(change["type"], change["id"], change["change"]) for change in document["changes"]]
        [('cities', 'us-los-angeles', 'removed')]
    """
    counts: dict[str, dict[str, int]] = {}
    for (cls, action), number in count_changes(changes).items():
        counts.setdefault(record_noun(cls, 2), {})[action.value] = number
    return dumps(
        {
            "summary": summarize(changes),
            "counts": counts,
            "changes": [_record_to_plain(change) for change in changes],
            "redirects": [
                {"type": record_noun(each.record_type, 2), "id": each.id, "before": each.before, "after": each.after}
                for each in changes.redirects
            ],
            "sources": {
                id_: {"publisher": source.publisher, "title": source.title} for id_, source in changes.sources.items()
            },
        },
    )


def _record_to_plain(change: RecordChange) -> dict[str, Any]:
    in_both = change.before is not None and change.after is not None
    before, after = (None if in_both or each is None else to_plain(each) for each in (change.before, change.after))
    return {
        "type": record_noun(change.record_type, 2),
        "id": change.id,
        "old_id": change.old_id,
        "label": change.label,
        "change": change.action.value,
        "before": before,
        "after": after,
        "sources": list(change.sources),
        "facts": [_field_to_plain(fact) for fact in change.facts],
        "fields": [_field_to_plain(field) for field in change.fields],
    }


def _field_to_plain(change: FieldChange) -> dict[str, Any]:
    return {
        "field": change.field,
        "old_field": str(change.old_path),
        "change": change.action.value,
        "before": value_to_plain(change.before),
        "after": value_to_plain(change.after),
        "sources": list(change.sources),
        "unchanged_sources": list(change.unchanged_sources),
    }
