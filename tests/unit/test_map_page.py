"""The map as one HTML file."""

import base64
import hashlib
import html
import json
import re
from html.parser import HTMLParser
from typing import Any

import pytest

import friendcities as fc
from friendcities import Dataset, UnknownPartnershipError
from friendcities.exporters.html_map import map_page
from tests.worlds import a_city, a_tie

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&lt;"


class Page(HTMLParser):
    """The elements of a page and their texts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Record an element."""
        self.tags.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")

    def handle_data(self, data: str) -> None:
        """Record its text."""
        if self.tags:
            self.texts[self.tags[-1][0]][-1] += data


def data_of(page: Page) -> dict[str, Any]:
    """The data of a page."""
    found: dict[str, Any] = json.loads(page.texts["script"][0])
    return found


def test_it_asks_for_nothing() -> None:
    """No element loads another file, and the policy forbids loading."""
    page = Page(map_page(fc.dataset(), "Shanghai"))
    (policy,) = (told["content"] for tag, told in page.tags if tag == "meta" and "http-equiv" in told)

    assert [] == [told for _, told in page.tags if told.keys() & {"src", "href", "data", "action"}]
    assert policy is not None
    assert "default-src 'none'" == policy.split(";")[0]


def test_its_policy_lets_through_what_is_in_it() -> None:
    """The policy names the hashes of the script and the style."""
    text = map_page(fc.dataset(), "Dunedin")
    (policy,) = re.findall(r'Policy" content="([^"]*)"', text)
    for tag in ("script", "style"):
        (inside,) = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()

        assert f"{tag}-src 'sha256-{digest}'" in html.unescape(policy)


def test_filters_are_what_it_opens_with_or_what_is_in_it() -> None:
    """Changeable filters set the initial view; other filters select the partnerships."""
    made = data_of(
        Page(
            map_page(
                fc.dataset(),
                "Shanghai",
                on="1985",
                status="any",
                kind=["sister_city", "contact"],
                country="JP",
                reliability="official",
            )
        )
    )

    expected = {
        "status": None,
        "city": "cn-shanghai",
        "on": "1985",
        "kind": ["contact", "sister_city"],
        "reliability": ["official"],
    }
    assert expected == made["opens"]
    assert {"CN", "JP"} == set(made["countries"])


def test_parts_are_seen_together_with_their_city() -> None:
    """With the partnerships of parts, the page shows all partnerships first."""
    made = data_of(Page(map_page(fc.dataset(), "Shanghai", include_parts=True)))

    assert "" == made["opens"]["city"]
    assert len(fc.partnerships_of("Shanghai", status="any", include_parts=True)) == len(made["partnerships"])


def test_hostile_names_are_text() -> None:
    """A name neither ends nor begins an element."""
    data = Dataset([a_city("is-one", HOSTILE), a_city("is-two"), a_tie("is-one", "is-two")])
    page = Page(map_page(data, "is-one"))

    assert [] == [told for tag, told in page.tags if tag == "img"]
    assert f"Partnerships of {HOSTILE}" == page.texts["title"][0].strip()
    assert HOSTILE in {city[1] for city in data_of(page)["cities"]}


def test_a_city_without_partners_has_no_map() -> None:
    """Without partnerships there is an error."""
    with pytest.raises(UnknownPartnershipError):
        map_page(Dataset([a_city("is-one")]), "is-one")
