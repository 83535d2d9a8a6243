"""Changes as JSON."""

from typing import Any

from friendcities.codec.writer import dumps, to_plain, value_to_plain
from friendcities.diff.counting import counts, plural, summary
from friendcities.diff.results import Action, Changes, FieldChange, RecordChange, path_text

__all__ = ["as_json"]


def as_json(changes: Changes) -> str:
    """Changes as JSON, with every value in full and as it stands in a file.

    An object of five: ``summary`` in words; ``counts`` of records by type and by what happened, where there are any;
    ``changes``, one object a record, in order; ``redirects`` that differ; ``sources``, those that the changes name, by
    id. Every other key is always there.

    Example:
        >>> import friendcities as fc
        >>> import json
        >>> from friendcities.diff import as_json, compare
        >>> old = fc.Dataset([*fc.cities(), *fc.sources()])
        >>> rest = [city for city in fc.cities() if city.id != "us-los-angeles"]
        >>> new = fc.Dataset([*rest, *fc.sources()])
        >>> told = json.loads(as_json(compare(old, new)))
        >>> told["counts"]
        {'cities': {'removed': 1}}
        >>> [(change["type"], change["id"], change["change"]) for change in told["changes"]]
        [('cities', 'us-los-angeles', 'removed')]
    """
    by_type: dict[str, dict[str, int]] = {}
    for (cls, action), number in counts(changes).items():
        by_type.setdefault(plural(cls, 2), {})[action.value] = number
    return dumps(
        {
            "summary": summary(changes),
            "counts": by_type,
            "changes": [_record(change) for change in changes],
            "redirects": [
                {"type": plural(each.record_type, 2), "id": each.id, "before": each.before, "after": each.after}
                for each in changes.redirects
            ],
            "sources": {
                id_: {"publisher": source.publisher, "title": source.title} for id_, source in changes.sources.items()
            },
        },
    )


def _record(change: RecordChange) -> dict[str, Any]:
    gone = change.before if change.action is Action.REMOVED else None
    come = change.after if change.action is Action.ADDED else None
    return {
        "type": plural(change.record_type, 2),
        "id": change.id,
        "old_id": change.old_id,
        "label": change.label,
        "change": change.action.value,
        "before": None if gone is None else to_plain(gone),
        "after": None if come is None else to_plain(come),
        "sources": list(change.sources),
        "facts": [_field(fact) for fact in change.facts],
        "fields": [_field(field) for field in change.fields],
    }


def _field(change: FieldChange) -> dict[str, Any]:
    return {
        "field": change.field,
        "old_field": path_text(change.old_path),
        "change": change.action.value,
        "before": value_to_plain(change.before),
        "after": value_to_plain(change.after),
        "sources": list(change.sources),
    }
