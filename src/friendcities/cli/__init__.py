"""The command line ``friendcities``, also ``python -m friendcities``. Internal."""

from friendcities.cli.main import main

__all__ = ["main"]
