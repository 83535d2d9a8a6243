"""Runs the command line for ``python -m friendcities``."""

from friendcities.cli import main

raise SystemExit(main())
