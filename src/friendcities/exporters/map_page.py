"""The map of a city's partnerships as one file: it opens in any browser, without a network.

What is in it can load nothing: its policy lets through only the script and the style that are in it, by their hashes.
"""

import base64
import hashlib
import html
from typing import Any, Final

from friendcities import __version__
from friendcities.assets import asset
from friendcities.datasets.filters import (
    CountryFilter,
    KindFilter,
    LevelFilter,
    ReliabilityFilter,
    StatusFilter,
    checked_values,
    hashable,
)
from friendcities.datasets.partnership_questions import Dataset
from friendcities.exporters.json_ld import as_script
from friendcities.exporters.map_data import map_data
from friendcities.model import City, DateLike, PartnershipKind, Reliability, Source, Status, as_date

__all__ = ["map_page"]

_STYLE: Final = """
:root {
  --color-background-primary: #fff; --color-background-secondary: #f5f6f8; --color-foreground-primary: #16181d;
  --color-foreground-secondary: #565b66; --color-background-border: #d4d7dd; --color-foreground-muted: #6b6f76;
  --color-brand-content: #0a4bff; --color-brand-primary: #0a4bff; color-scheme: light dark;
}
@media (prefers-color-scheme: dark) { :root {
  --color-background-primary: #131416; --color-background-secondary: #1e2024; --color-foreground-primary: #e6e7ea;
  --color-foreground-secondary: #a3a7b0; --color-background-border: #3a3d44; --color-foreground-muted: #858a94;
  --color-brand-content: #9ab4ff; --color-brand-primary: #7c9cff;
} }
body {
  background: var(--color-background-primary); color: var(--color-foreground-primary); margin: 0 auto; padding: 1rem;
  font: 1rem/1.5 system-ui, sans-serif; max-width: 72rem;
}
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0.5rem 0; overflow-wrap: anywhere; }
footer { color: var(--color-foreground-secondary); font-size: .85em; margin-top: 2rem; }
"""
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<main>
<h1><bdi>{title}</bdi></h1>
<div class="fc fc-map">{data}</div>
</main>
<footer>Made with friendcities {version}. Its data are CC BY 4.0, by the friendcities contributors, with places partly
from GeoNames (CC BY 4.0) and Who's On First; the outlines of land are Natural Earth's.</footer>
<script>{script}</script>
</body>
</html>
"""


def map_page(
    data: Dataset,
    city: str | City,
    *,
    on: DateLike | None = None,
    status: StatusFilter = "active",
    kind: KindFilter = None,
    country: CountryFilter = None,
    level: LevelFilter = None,
    reliability: ReliabilityFilter = None,
    disputed: bool | None = None,
    source: str | Source | None = None,
    include_parts: bool = False,
) -> str:
    """The map of a city's partnerships as the text of one HTML file.

    ``on``, ``status``, ``kind`` and ``reliability`` are what it opens with, and can be changed in it; the other filters
    decide what is in it.

    Args:
        data: The dataset.
        city: The city.
        on: As things stood at the end of this date, instead of after the last step on record.
        status: How the partnership stands: one value or several; ``"any"`` for all.
        kind: Of what kind it is.
        country: The partner's country: ISO 3166-1 alpha-2 codes or names.
        level: The partner's level of government.
        reliability: On how good a word the partnership stands.
        disputed: Only those whose sources disagree (true), or only those whose sources do not (false).
        source: Only what this source says, its own dates included.
        include_parts: Also the partnerships of the city's districts and other parts.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError: As ``partnerships_of`` does.
        UnknownPartnershipError: If there is nothing to draw.
        MissingExtraError: If the script of the map was not built.

    Example:
        >>> import friendcities as fc
        >>> page = map_page(fc.dataset(), "Dunedin")
        >>> "<title>Partnerships of Dunedin</title>" in page, "default-src &#x27;none&#x27;" in page
        (True, True)
    """
    found = data.city(city)
    partnerships = data.partnerships_of(
        found,
        status="any",
        country=country,
        level=level,
        disputed=disputed,
        source=source,
        include_parts=include_parts,
    )
    opens: dict[str, Any] = {"city": "" if include_parts else found.id}
    if on is not None:
        opens["on"] = str(as_date(on))
    for name, value, vocabulary in (
        ("status", status, Status),
        ("kind", kind, PartnershipKind),
        ("reliability", reliability, Reliability),
    ):
        chosen = checked_values(name, hashable(value), vocabulary, required=name == "status")
        opens[name] = None if chosen is None else sorted(chosen)
    style, script = _STYLE + asset("map.css"), asset("map.js")
    told = as_script(map_data(data, partnerships, opens), "application/json", "fc-data")
    policy = (
        f"default-src 'none'; script-src {_hash(script)}; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    )
    return _PAGE.format(
        policy=html.escape(policy),
        title=html.escape(f"Partnerships of {found.name}"),
        style=style,
        data=told,
        version=__version__,
        script=script,
    )


def _hash(text: str) -> str:
    """What a policy names a script or a style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
