"""The same questions from a shell: ``friendcities``, also ``python -m friendcities``."""

from friendcities.cli.main import main

__all__ = ["main"]
