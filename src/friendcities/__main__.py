"""``python -m friendcities``: importing this module runs the command line."""

from friendcities.cli import main

raise SystemExit(main())
