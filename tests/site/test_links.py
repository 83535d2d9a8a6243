"""Every link of every page leads to something that is there."""

import json
import posixpath
import re
from typing import Final
from urllib.parse import unquote, urlsplit

import pytest

import friendcities as fc
from tests.site.built import ADDRESS_OF_A_SOURCE, CATALOGUE, HTML, PAGES, Link, document

NOT_FOUND: Final = "404.html"
"""The page for wrong addresses, at any depth: its links begin at the root of the site."""
OUTSIDE: Final = {"https", "mailto"}
FILES: Final = {path.relative_to(HTML).as_posix() for path in HTML.rglob("*") if path.is_file()}
LINKS: Final = [(page, link) for page in PAGES for link in document(page).links]


def broken(page: str, link: Link) -> bool:
    """Whether a link within the site leads nowhere."""
    address = urlsplit(link.address)
    folder = "" if page == NOT_FOUND else posixpath.dirname(page)
    path = unquote(address.path).removeprefix("/" if page == NOT_FOUND else "")
    target = posixpath.normpath(posixpath.join(folder, path) if path else page)
    if target not in FILES:
        return True
    wanted = unquote(address.fragment)
    return bool(wanted) and wanted not in document(target).ids


def test_links_within_the_site_lead_somewhere() -> None:
    """The file of every link is there, and in it the place that the link names."""
    within = [(page, link) for page, link in LINKS if not urlsplit(link.address).scheme]

    assert within
    assert [] == [f"{page}: {link.address}" for page, link in within if broken(page, link)]


def test_links_to_elsewhere_are_safe() -> None:
    """A link to another host is https or mailto; only a source may have an older address."""
    schemes = [(page, urlsplit(link.address).scheme, link) for page, link in LINKS]
    safe = [(page, link) for page, scheme, link in schemes if scheme in OUTSIDE]
    sources = [link for _, scheme, link in schemes if scheme == "http" and ADDRESS_OF_A_SOURCE in link.classes]

    assert safe
    assert {urlsplit(link.address).scheme for _, link in LINKS} <= {"", "http", *OUTSIDE}
    assert len(sources) == sum(scheme == "http" for _, scheme, _ in schemes)


def test_nothing_is_loaded_from_elsewhere() -> None:
    """What a page is made of lies beside it: no address in it, and none in a style sheet, names a host."""
    loaded = [(page, link.address) for page, link in LINKS if link.loads]
    sheets = {path.name: path.read_text(encoding="utf-8") for path in HTML.rglob("*.css")}

    assert loaded
    assert [] == [each for each in loaded if urlsplit(each[1]).netloc]
    assert [] == [name for name, sheet in sheets.items() if re.search(r"@import|url\(['\"]?(https?:)?//", sheet)]


@pytest.mark.parametrize("folder", CATALOGUE)
def test_linked_data_is_data(folder: str) -> None:
    """Every page of the catalogue has one piece of linked data, in the vocabulary of schema.org."""
    found = {page: document(page).structured for page in PAGES if page.startswith(f"{folder}/")}
    moved = {f"{folder}/{old}.html" for moved in fc.dataset().redirects.values() for old in moved}

    assert found
    for page, texts in found.items():
        told = [json.loads(text) for text in texts]
        assert page in moved or ["https://schema.org/"] == [each["@context"]["@vocab"] for each in told]


def test_linked_data_names_the_city() -> None:
    """The page of a city says its name, and the entity of Wikidata that it is."""
    (told,) = map(json.loads, document("cities/nz-dunedin.html").structured)

    assert "Dunedin" == told["name"]
    assert "http://www.wikidata.org/entity/Q133073" in told["sameAs"]


def test_a_link_that_leads_nowhere_is_seen() -> None:
    """A file or a place in one that is not there."""
    made = [
        Link(tag="a", address=address, classes=(), rel="") for address in ("nowhere.html", "#nowhere", "index.html")
    ]

    assert [True, True, False] == [broken("index.html", link) for link in made]
