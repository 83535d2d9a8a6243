"""The modules of ours whose code runs in a call: what a reader goes through to follow it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

__all__ = ["modules_run"]

_PREFIX = "friendcities."
_LEFT_OUT = ("friendcities.model", "friendcities.errors")


def modules_run(call: Callable[[], object]) -> list[str]:
    """The modules whose functions a call runs, in the order of the first call, without ``model`` and ``errors``.

    Only calls of functions count, not the code of modules that are imported on the way.
    """
    found: dict[str, None] = {}

    def note(frame: FrameType, event: str, _: Any) -> None:
        module = frame.f_globals.get("__name__", "")
        if event == "call" and frame.f_code.co_name != "<module>" and module.startswith(_PREFIX):
            found.setdefault(module.removeprefix(_PREFIX))

    with _profiler(note):
        call()
    return [module for module in found if not f"{_PREFIX}{module}".startswith(_LEFT_OUT)]


@contextmanager
def _profiler(note: Callable[[FrameType, str, Any], None]) -> Iterator[None]:
    before = sys.getprofile()
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)
