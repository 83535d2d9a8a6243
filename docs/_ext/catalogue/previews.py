"""The pictures that a shared link to a city with many partners shows; only for a site with an address."""

from pathlib import Path
from typing import Final

from catalogue.views import Catalogue
from friendcities import plot

__all__ = ["draw_previews", "preview"]

MANY: Final = 10
"""The number of active partnerships from which a city has its own picture."""
DOTS_PER_INCH: Final = 170
"""For about 1200 by 630 points."""


def preview(catalogue: Catalogue, page: str) -> str:
    """The address of the picture of a page, from the folder of the site; empty for the picture of the whole site."""
    folder, _, id_ = page.partition("/")
    return f"_images/preview-{id_}.png" if folder == "cities" and id_ in _cities(catalogue) else ""


def draw_previews(catalogue: Catalogue, folder: Path) -> None:
    """Write the pictures.

    Args:
        catalogue: The catalogue.
        folder: The folder of the site.
    """
    for id_ in _cities(catalogue):
        picture = plot.as_bytes(plot.map_of(id_, data=catalogue.data), "png", DOTS_PER_INCH)
        (folder / preview(catalogue, f"cities/{id_}")).write_bytes(picture)


def _cities(catalogue: Catalogue) -> set[str]:
    """The ids of the cities with their own pictures."""
    if not catalogue.site:
        return set()
    return {city.id for city in catalogue.data.cities() if catalogue.count(city) >= MANY}
