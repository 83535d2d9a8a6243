"""Pauses Python's garbage collector while many objects are created, to save time."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import RLock
from typing import Final

_LOCK: Final = RLock()

with suppress(AttributeError):  # Windows has no fork
    # Take the lock before a fork. A lock that another thread holds would stay locked in the child process.
    os.register_at_fork(before=_LOCK.acquire, after_in_parent=_LOCK.release, after_in_child=_LOCK.release)


@contextmanager
def pause_garbage_collector() -> Iterator[None]:
    """Return a context that pauses garbage collection. Wait until other threads leave such a context.

    Example:
        >>> with pause_garbage_collector():
        ...     gc.isenabled()
        False
    """
    with _LOCK:
        was_enabled = gc.isenabled()
        gc.disable()
        try:
            yield
        finally:
            if was_enabled:
                gc.enable()
