"""Python's garbage collector, which finds nothing while modules are imported or records made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["collector_paused"]


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector: while many things are made and none is dropped, its passes find nothing.

    Nor does the pass that is overdue afterwards, over all that was made: so that counts as having been passed over.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            if not gc.get_freeze_count():  # or what was set aside, as 3.12 does itself, would come back with it
                gc.freeze()  # sets all that there is aside, without looking at it
                gc.unfreeze()  # and puts it with what was there long ago, which is seldom passed over
            gc.enable()
