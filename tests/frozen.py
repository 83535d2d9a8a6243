"""The fixture dataset: a frozen copy of the bundled data, from which tests of behaviour get their answers."""

import shutil
from pathlib import Path
from typing import Final

from friendcities import Dataset, data_version
from friendcities.codec.writer import encode
from friendcities.datasets import bundled
from friendcities.datasets.dataset import set_data_version
from friendcities.datasets.folder import record_path

__all__ = ["FROZEN", "answer_from", "write_tree"]

FOLDER: Final = Path(__file__).parent / "fixture"
FROZEN: Final = Dataset.load(FOLDER / "dataset.json")
set_data_version(FROZEN, data_version)  # as the bundled dataset has one


def answer_from(dataset: Dataset) -> None:
    """Make the functions of ``friendcities`` and the command line answer from a dataset instead of the bundled one."""
    bundled._LOADED[:] = [dataset]


def write_tree(folder: Path) -> None:
    """Write the fixture dataset as a folder of record files."""
    for record in FROZEN:
        path = folder / record_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(encode(record), encoding="utf-8")
    shutil.copy(FOLDER / "exceptions.json", folder)
