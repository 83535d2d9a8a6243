"""Answers with all that they name, so that they make a dataset of their own."""

from collections.abc import Callable, Iterable
from typing import Any

from friendcities.datasets.references import references
from friendcities.datasets.timeline import TimelineEntry
from friendcities.model import AnyRecord

__all__ = ["Exportable", "with_all_they_name"]

Exportable = AnyRecord | TimelineEntry
"""What answers are made of: any record, and any entry of a timeline."""


def with_all_they_name(answer: Iterable[Exportable], look_up: Callable[[type[Any], str], Any]) -> list[AnyRecord]:
    """The records of an answer, and what they name, and what that names: each once.

    Args:
        answer: The answer; for an entry of a timeline stands the partnership of whose history it is a part.
        look_up: Finds the record of a type and an id.
    """
    records = [each.partnership if isinstance(each, TimelineEntry) else each for each in answer]
    found: dict[tuple[type[AnyRecord], str], AnyRecord] = {(type(each), each.id): each for each in records}
    wanted = list(found.values())
    for record in wanted:
        for _, cls, id_ in references(record):
            if (cls, id_) not in found:
                found[cls, id_] = look_up(cls, id_)
                wanted.append(found[cls, id_])
    return list(found.values())
