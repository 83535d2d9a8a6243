"""Changes as JSON text."""

from friendcities.codec.writer import dumps
from friendcities.diff.changes import Changes


def as_json(changes: Changes) -> str:
    """Return :meth:`Changes.to_dict` as JSON text.

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
    return dumps(changes.to_dict())
