"""The bundled dataset, and its questions as plain functions.

The data is read when it is first asked for, once, under a lock. The wheel carries one file that was made when it was
built; a source tree has the folder of records that people edit, which is read strictly.
"""

import inspect
from collections.abc import Callable
from os import path
from threading import Lock
from typing import Concatenate, ParamSpec, TypeVar

from friendcities import data_version
from friendcities.codec.bundle import read_trusted
from friendcities.datasets.dataset import Dataset

__all__ = [
    "cities",
    "city",
    "cooperation",
    "cooperations",
    "cooperations_of",
    "count_partnerships",
    "dataset",
    "event",
    "events",
    "events_of",
    "find_cities",
    "find_partnerships",
    "memoranda",
    "memoranda_of",
    "memorandum",
    "official",
    "officials",
    "officials_of",
    "partners_of",
    "partnership_between",
    "partnerships",
    "partnerships_of",
    "parts_of",
    "source",
    "sources",
    "sources_of",
    "statistic",
    "statistics",
    "statistics_of",
    "timeline",
]

P = ParamSpec("P")
R = TypeVar("R")

_LOCK = Lock()
_LOADED: list[Dataset] = []


def dataset() -> Dataset:
    """The dataset that comes with the package; read once, then always the same object.

    Example:
        >>> import friendcities as fc
        >>> fc.dataset() is fc.dataset()
        True
    """
    if not _LOADED:
        with _LOCK:
            if not _LOADED:
                _LOADED.append(_read())
    return _LOADED[0]


def _read() -> Dataset:
    folder = path.join(path.dirname(path.dirname(__file__)), "data")
    if path.isdir(folder):
        return _read_folder(folder)
    import importlib_resources  # noqa: PLC0415 - where the package lies in an archive; it takes long to import

    with importlib_resources.as_file(importlib_resources.files("friendcities") / "data") as unpacked:
        return _read_folder(str(unpacked))


def _read_folder(folder: str) -> Dataset:
    """The bundle, where there is one, as in the wheel; else the tree that people edit."""
    try:
        with open(path.join(folder, "bundle.json"), "rb") as bundle:
            made = Dataset._unread(*read_trusted(bundle.read()))  # noqa: SLF001 - checked when it was built
    except FileNotFoundError:
        made = Dataset.load(folder)
    object.__setattr__(made, "_version", data_version)  # no other dataset has one: it is that of what was shipped
    return made


def _asked_of_the_bundled(method: Callable[Concatenate[Dataset, P], R]) -> Callable[P, R]:
    """A method of :class:`Dataset` as a function over the bundled dataset, with its signature and docstring."""

    def ask(*args: P.args, **kwargs: P.kwargs) -> R:
        return method(dataset(), *args, **kwargs)

    signature = inspect.signature(method)
    _, *others = signature.parameters.values()
    ask.__name__ = method.__name__
    ask.__qualname__ = method.__name__
    ask.__doc__ = method.__doc__
    ask.__annotations__ = {name: hint for name, hint in method.__annotations__.items() if name != "self"}
    ask.__signature__ = signature.replace(parameters=others)  # type: ignore[attr-defined]
    return ask


cities = _asked_of_the_bundled(Dataset.cities)
city = _asked_of_the_bundled(Dataset.city)
cooperation = _asked_of_the_bundled(Dataset.cooperation)
cooperations = _asked_of_the_bundled(Dataset.cooperations)
cooperations_of = _asked_of_the_bundled(Dataset.cooperations_of)
count_partnerships = _asked_of_the_bundled(Dataset.count_partnerships)
event = _asked_of_the_bundled(Dataset.event)
events = _asked_of_the_bundled(Dataset.events)
events_of = _asked_of_the_bundled(Dataset.events_of)
find_cities = _asked_of_the_bundled(Dataset.find_cities)
memoranda = _asked_of_the_bundled(Dataset.memoranda)
memoranda_of = _asked_of_the_bundled(Dataset.memoranda_of)
memorandum = _asked_of_the_bundled(Dataset.memorandum)
official = _asked_of_the_bundled(Dataset.official)
officials = _asked_of_the_bundled(Dataset.officials)
officials_of = _asked_of_the_bundled(Dataset.officials_of)
partners_of = _asked_of_the_bundled(Dataset.partners_of)
partnership_between = _asked_of_the_bundled(Dataset.partnership_between)
partnerships = _asked_of_the_bundled(Dataset.partnerships)
partnerships_of = _asked_of_the_bundled(Dataset.partnerships_of)
find_partnerships = _asked_of_the_bundled(Dataset.find_partnerships)
parts_of = _asked_of_the_bundled(Dataset.parts_of)
source = _asked_of_the_bundled(Dataset.source)
sources = _asked_of_the_bundled(Dataset.sources)
sources_of = _asked_of_the_bundled(Dataset.sources_of)
statistic = _asked_of_the_bundled(Dataset.statistic)
statistics = _asked_of_the_bundled(Dataset.statistics)
statistics_of = _asked_of_the_bundled(Dataset.statistics_of)
timeline = _asked_of_the_bundled(Dataset.timeline)
