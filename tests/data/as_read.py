"""What was read from the sources, in the records of today as far as they still rest on the same evidence.

The tests of facts ask this dataset. It has the records of the fixture dataset, each replaced by the bundled one where
that exists and rests on the same evidence. So a fact that is changed by mistake fails a test; a new record, a new
source or a new step never does.
"""

from collections.abc import Iterator
from typing import Any, Final

import attrs

from friendcities import City, Dataset, Evidence
from friendcities.datasets import bundled
from friendcities.datasets.references import references
from friendcities.model import AnyRecord
from tests.frozen import FROZEN

__all__ = ["AS_READ", "BUNDLED", "as_read", "unchanged"]


def unchanged(today: Dataset) -> list[AnyRecord]:
    """The records of a dataset that rest on what the fixture dataset's record of the same id rests on."""
    found = {(type(record), record.id): record for record in FROZEN}
    return [record for record in today if basis(record) == basis(found.get((type(record), record.id)))]


def as_read(today: Dataset) -> Dataset:
    """The fixture dataset, with the unchanged records of another one instead of its own."""
    records = {(type(record), record.id): record for record in [*FROZEN, *unchanged(today)]}
    return Dataset(records.values())


def basis(record: AnyRecord | None) -> object:
    """What a record rests on: its evidence, the records that it names and, of a city, the name."""
    if record is None:
        return None
    evidence = sorted((item.source, item.locator) for item in evidence_in(record))
    named = {(cls, id_) for _, cls, id_ in references(record)}
    return evidence, named, record.name if isinstance(record, City) else None


def evidence_in(value: Any) -> Iterator[Evidence]:
    """Every piece of evidence in a record."""
    if isinstance(value, Evidence):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from evidence_in(each)
    elif attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            if field.eq:
                yield from evidence_in(getattr(value, field.name))


BUNDLED: Final = bundled._read()
"""The bundled dataset."""
AS_READ: Final = as_read(BUNDLED)
"""The dataset that the tests of facts ask."""
