"""Pauses Python's garbage collector while many objects are created, to save time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Final

_LOCK: Final = Lock()
_FOUND_ENABLED: Final[list[bool]] = []
"""For each pause that is not over: whether the collector was on before."""


@contextmanager
def pause_garbage_collector() -> Iterator[None]:
    """Return a context in which the garbage collector does not run; threads and calls may overlap.

    Example:
        >>> with pause_garbage_collector():
        ...     gc.isenabled()
        False
    """
    with _LOCK:
        _FOUND_ENABLED.append(gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            if _FOUND_ENABLED.pop() and not _FOUND_ENABLED:
                gc.enable()
