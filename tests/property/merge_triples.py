"""Merges random triples of tiny datasets in all orders, and again.

Run ``python -c "from tests.property.merge_triples import main; main(10_000)"``.

The seeds are always the same. A failure is a triple whose result depends on the order without a question.
"""

import sys
from functools import partial
from typing import TYPE_CHECKING

from tests.property import test_merge_city_order as cities
from tests.property import test_merge_order_properties as histories

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


def main(number: int) -> None:
    """Print the number of failures, and the seeds, for each sort of dataset."""
    sorts: dict[str, Callable[[Iterable[int]], dict[str, list[int]]]] = {
        "imported partnerships": histories.find_failures,
        "edited partnerships": partial(histories.find_failures, make=partial(histories.make_list, is_edited=True)),
        "namesakes": partial(cities.find_failures, triples=True),
        "forms of a name": partial(cities.find_failures, names=cities.FORMS, triples=True),
    }
    for name, find_failures in sorts.items():
        seeds = range(number // len(sorts))
        counts = [f"{kind} {len(found)} {found[:10]}" for kind, found in find_failures(seeds).items()]
        sys.stdout.write(f"{name}: {len(seeds):,} triples; failures: {'; '.join(counts)}\n")
        sys.stdout.flush()
