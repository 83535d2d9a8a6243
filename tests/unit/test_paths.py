"""The short paths: how many modules a reader goes through to follow a question."""

from pathlib import Path

from friendcities import Dataset
from tests.frozen import FROZEN
from tests.paths import modules_run

QUESTION = [
    "datasets.dataset",
    "datasets.filters",
    "datasets.index",
    "names.lookup",
    "names.normalize",
    "datasets.partnership_view",
]
"""The modules of a question, in the order in which they are reached; ``docs/architecture.md`` explains them."""


def test_a_question_runs_through_six_modules(tmp_path: Path) -> None:
    """A question by name on a loaded dataset, with nothing cached, and with a date and filters."""
    FROZEN.save(tmp_path / "data.json")
    for filters in ({}, {"on": "1995"}, {"kind": "sister_city", "country": ["NZ", "JP"], "level": "municipality"}):
        loaded = Dataset.load(tmp_path / "data.json")

        assert QUESTION == modules_run(lambda: loaded.partners_of("Shanghai", **filters))  # noqa: B023 - called at once
