"""What tests need of the system that they run on."""

import os
from typing import Final

import pytest

__all__ = ["needs_posix"]

needs_posix: Final = pytest.mark.skipif(os.name != "posix", reason="links, pipes, modes and shells differ there")
