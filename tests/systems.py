"""What tests need of the system that they run on."""

import os
from typing import Any, Final

import pytest

__all__ = ["changes_files", "needs_posix"]

needs_posix: Final = pytest.mark.skipif(os.name != "posix", reason="links, pipes, modes and shells differ there")
CHANGES: Final = {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink", "os.truncate"}


def changes_files(event: str, arguments: Any) -> bool:  # pragma: no cover - in a process of its own
    """Whether an audit event is about a change of the file system."""
    if event == "open":
        return isinstance(arguments[0], str) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event in CHANGES
