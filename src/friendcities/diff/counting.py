"""How much changed, in numbers."""

from collections import Counter

from friendcities.diff.compare import types_in_order
from friendcities.diff.results import Action, Changes
from friendcities.model import RECORD_TYPES, AnyRecord

__all__ = ["NO_CHANGE", "counts", "plural", "summary"]

NO_CHANGE = "The data is the same."


def counts(changes: Changes) -> dict[tuple[type[AnyRecord], Action], int]:
    """How many records of each type were added, removed, moved and changed, in this order; never 0."""
    counted = Counter((change.record_type, change.action) for change in changes)
    keys = [(cls, action) for cls in types_in_order() for action in Action]
    return {key: counted[key] for key in keys if counted[key]}


def summary(changes: Changes) -> str:
    """How many records changed, in words.

    Example:
        >>> summary(Changes())
        'The data is the same.'
    """
    parts = [f"{number} {plural(cls, number)} {action}" for (cls, action), number in counts(changes).items()]
    redirects = Counter(each.action for each in changes.redirects_alone)
    parts += [
        f"{number} redirect{'' if number == 1 else 's'} {action}" for action in Action if (number := redirects[action])
    ]
    return ", ".join(parts) or NO_CHANGE


def plural(cls: type[AnyRecord], number: int) -> str:
    """The noun for some records of a type.

    Example:
        >>> import friendcities as fc
        >>> plural(fc.City, 1), plural(fc.City, 2)
        ('city', 'cities')
    """
    return cls.__name__.lower() if number == 1 else next(folder for folder, each in RECORD_TYPES.items() if each is cls)
