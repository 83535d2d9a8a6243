"""The bundled dataset, and its query methods as functions.

The data is read once, at the first query. A wheel contains one validated file; a source tree contains a folder of
records.
"""

import inspect
from collections.abc import Callable
from os import path
from typing import Any

from friendcities import data_version
from friendcities.codec.bundle import read_bundle
from friendcities.datasets.dataset import Dataset, make_dataset, set_data_version
from friendcities.garbage_collector import pause_garbage_collector

_LOADED: list[Dataset] = []


def dataset() -> Dataset:
    """Return the dataset that comes with the package. All calls return the same object.

    Example:
        >>> import friendcities as fc
        >>> fc.dataset() is fc.dataset()
        True
    """
    if not _LOADED:
        with pause_garbage_collector():  # one thread at a time
            _LOADED.extend([] if _LOADED else [_read()])
    return _LOADED[0]


def _read() -> Dataset:
    folder = path.join(path.dirname(path.dirname(__file__)), "data")
    if path.isdir(folder):
        return _read_bundle_or_folder(folder)
    import importlib_resources  # noqa: PLC0415 - only a package in an archive needs it

    with importlib_resources.as_file(importlib_resources.files("friendcities") / "data") as unpacked:
        return _read_bundle_or_folder(str(unpacked))


def _read_bundle_or_folder(folder: str) -> Dataset:
    try:
        with open(path.join(folder, "bundle.jsonl"), "rb") as bundle:
            loaded = make_dataset(*read_bundle(bundle.read()))
    except FileNotFoundError:
        loaded = Dataset.load(folder)
    set_data_version(loaded, data_version)
    return loaded


def __getattr__(name: str) -> Callable[..., Any]:
    """Return a method of the bundled dataset as a function (PEP 562)."""
    method = None if name.startswith("_") else getattr(Dataset, name, None)
    if not inspect.isfunction(method):
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)

    def ask(*args: Any, **kwargs: Any) -> Any:
        return method(dataset(), *args, **kwargs)

    signature = inspect.signature(method)
    _, *parameters = signature.parameters.values()
    ask.__name__ = ask.__qualname__ = name
    ask.__doc__ = method.__doc__
    ask.__annotations__ = {key: hint for key, hint in method.__annotations__.items() if key != "self"}
    ask.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]  # inspect reads it
    question: Callable[..., Any] = globals().setdefault(name, ask)  # two threads get the same function
    return question
