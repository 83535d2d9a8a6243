"""The files of the catalogue: placeholders for its pages, and files for download."""

import shutil
from pathlib import Path

from jinja2 import Template

from catalogue.downloads import downloads
from catalogue.kinds import INDEX, KINDS
from catalogue.parser import SUFFIX
from catalogue.previews import draw_previews
from catalogue.small_map import MERIDIANS, land_picture
from catalogue.views import FOLDERS, Catalogue
from friendcities.codec.writer import encode

__all__ = ["name_pages", "publish"]

MOVED = Template(
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Moved</title>'
    '<meta http-equiv="refresh" content="0; url={{ now }}.html"><link rel="canonical" href="{{ now }}.html">'
    '<p>This page has moved: <a href="{{ now }}.html">{{ now }}</a>.</p></html>\n',
    autoescape=True,
)


def name_pages(catalogue: Catalogue, folder: Path) -> None:
    """Write a placeholder for each page of the catalogue, and delete the placeholders of removed pages.

    Args:
        catalogue: The catalogue.
        folder: The folder of the documents.
    """
    for name, kind in KINDS.items():
        pages = folder / name
        pages.mkdir(exist_ok=True)
        wanted = {f"{stem}{SUFFIX}" for stem in (INDEX, *kind.ids(catalogue))}
        for path in pages.glob(f"*{SUFFIX}"):
            if path.name not in wanted:
                path.unlink()
        for file in wanted - {path.name for path in pages.iterdir()}:
            (pages / file).write_text("This page is made from the data; see docs/_ext/catalogue.\n", encoding="utf-8")


def publish(catalogue: Catalogue, folder: Path) -> None:
    """Write the files for download: the dataset in each format, and each city and source. Write the pictures of pages.

    A moved id gets a page that leads to the new id.

    Args:
        catalogue: The catalogue.
        folder: The folder of the pages.
    """
    target = folder / "download"
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    (folder / "_images").mkdir(exist_ok=True)
    for meridian in MERIDIANS:
        (folder / "_images" / f"land{meridian}.svg").write_text(land_picture(meridian), encoding="utf-8")
    draw_previews(catalogue, folder)
    for name, content in downloads(catalogue).items():
        (target / name).write_bytes(content)
    for name in ("cities", "sources"):
        for record in catalogue.data:
            if FOLDERS[type(record)] == name:
                (folder / name / f"{record.id}.json").write_text(encode(record), encoding="utf-8")
    for cls, moved in catalogue.data.redirects.items():
        if FOLDERS[cls] in KINDS:
            for old, now in moved.items():
                (folder / FOLDERS[cls] / f"{old}.html").write_text(MOVED.render(now=now), encoding="utf-8")
