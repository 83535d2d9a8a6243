"""Draw the map of README.md and of the documentation's first page: Shanghai's active partnerships.

    python tools/draw_readme_map.py

Run this tool (or ``nox -s examples``) before a release that changes the data. The tool needs the extra ``plot``.
"""

import sys
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image

from friendcities import plot

PICTURE: Final = Path(__file__).parents[1] / "docs" / "_static" / "map.png"
COLOURS: Final = 48
"""The number of colours in the picture. Fewer colours make a smaller file; this number keeps smooth edges.

The octree keeps rare colours, such as the colour of a kind with few lines.
"""
DOTS_PER_INCH: Final = 160


def draw(path: Path) -> None:
    """Write the picture as PNG."""
    drawn = BytesIO()
    plot.map_of("Shanghai", width=6.5).savefig(drawn, dpi=DOTS_PER_INCH)
    Image.open(drawn).convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE).save(path, optimize=True)


if __name__ == "__main__":
    draw(Path(sys.argv[1]) if sys.argv[1:] else PICTURE)
