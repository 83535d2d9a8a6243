"""Makes the data and the HTML file of the interactive map.

The script of the map computes the state of each partnership on a day. The content security policy of the HTML file
allows only the embedded script and style.
"""

# In the data of the map, records are lists:
#
# * a city: id, name, country code, position (null, or latitude, longitude, and 1 for the recorded point, 0 otherwise),
#   other names, and the index of its coverage in the list of coverage texts;
# * a source: id, publisher, title, date, and address (or null);
# * a partnership: its two cities, reliability, its disputed steps, the date by which it is sorted (or null),
#   its states by day (first day, status, kind and date), its state after the last step (null if that is the last state
#   by day), and its sources. A reference to a city or a source is its index in the list.
# * a disputed step: the step in words, and the contrary claims, each with its source.

import base64
import hashlib
import html
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Unpack

from friendcities import __version__
from friendcities.datasets.filters import PartnershipFilters, normalize_filter, parse_members
from friendcities.errors import UnknownPartnershipError
from friendcities.exporters.citations import dataset_as_text
from friendcities.exporters.json_ld import as_script
from friendcities.model import City, Partnership, PartnershipKind, Reliability, State, Status, Step, as_date
from friendcities.model.format_values import DENIAL, format_claim, format_value
from friendcities.model.partnership_state import in_force_from
from friendcities.names.bounding_boxes import boxes, middle_of
from friendcities.web_assets import asset

if TYPE_CHECKING:
    from friendcities.datasets.dataset import Dataset

_VOCABULARY: Final = {
    "status": ["active", "proposed", "unconfirmed", "suspended", "ended"],
    "kind": [kind.value for kind in PartnershipKind],
    "reliability": [reliability.value for reliability in Reliability],
}
"""The values of the filters, in the order on the map."""
_UNDATED: Final = (9999, 12, 31)  # undated partnerships are sorted last
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
<footer>Made with friendcities {version}. Data: CC BY 4.0, the friendcities contributors; places partly from GeoNames
(CC BY 4.0) and Who's On First; land from Natural Earth.</footer>
<script>{script}</script>
</body>
</html>
"""


class MapPosition(NamedTuple):
    """The position of a city on the map."""

    latitude: float
    longitude: float
    exact: bool
    """Whether the position is the recorded point of the city, not of a larger city or of the country."""


def map_position(data: "Dataset", city: City) -> MapPosition | None:
    """Return the position of a city of a dataset; ``None`` if the position is unknown.

    Example:
        >>> import friendcities as fc
        >>> map_position(fc.dataset(), fc.city("Dunedin")).exact
        True
    """
    if city.coordinates is not None:
        return MapPosition(city.coordinates.latitude, city.coordinates.longitude, exact=True)
    if city.part_of is not None:
        whole = map_position(data, data.city(city.part_of))
        return None if whole is None else MapPosition(whole.latitude, whole.longitude, exact=False)
    box = boxes().get(city.country)
    return None if box is None else MapPosition(*middle_of(box), exact=False)


def map_data(
    data: "Dataset",
    partnerships: Iterable[Partnership],
    opens: Mapping[str, Any],
    links: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """Return the data of a map of partnerships.

    ``opens`` sets the initial view. ``links`` contains the addresses of pages.

    Example:
        >>> import friendcities as fc
        >>> partnership = fc.partnership_between("Dunedin", "Shanghai")
        >>> made = map_data(fc.dataset(), [partnership], {"city": "cn-shanghai"})
        >>> made["partnerships"][0][5], made["years"]
        ([['1994-10-21', 'active', 'sister_city', '1994-10-21']], {'first': 1994, 'last': 1994})
    """

    def sort_key(partnership: Partnership) -> tuple[Any, ...]:
        start = in_force_from(partnership.steps)
        names = [data.city(city).name for city in partnership.cities]
        return (_UNDATED if start is None else start.order, names, partnership.id)

    ordered = sorted(partnerships, key=sort_key)
    city_indexes: dict[str, int] = {}
    source_indexes: dict[str, int] = {}
    rows = [_partnership_row(partnership, city_indexes, source_indexes) for partnership in ordered]
    years = sorted({int(day[:4]) for row in rows for day, *_ in row[5]})
    if not years:
        message = "there are no partnerships to draw, or all are undated"
        raise UnknownPartnershipError(message, tuple(ordered))
    cities, sources = list(map(data.city, city_indexes)), map(data.source, source_indexes)
    coverages: dict[str, int] = {}
    countries = sorted({(city.country, city.country_name) for city in cities}, key=lambda country: country[1])
    return {
        "cities": [_city_row(data, city, coverages) for city in cities],
        "coverages": list(coverages),
        "countries": dict(countries),
        "sources": [[s.id, s.publisher, s.title, s.date_text, s.address or s.archived] for s in sources],
        "partnerships": rows,
        "years": {"first": years[0], "last": years[-1]},
        "vocabulary": _VOCABULARY,
        "opens": {"status": ["active"], **opens},
        "links": None if links is None else dict(links),
        "citation": dataset_as_text(),
    }


def _city_row(data: "Dataset", city: City, coverages: dict[str, int]) -> list[Any]:
    position = map_position(data, city)
    point = position and [*position[:2], int(position.exact)]
    others = dict.fromkeys(name.text for name in city.names if name.text != city.name)
    coverage = " / ".join(map(format_value, data.coverage_of(city)))
    return [city.id, city.name, city.country, point, list(others), coverages.setdefault(coverage, len(coverages))]


def _partnership_row(partnership: Partnership, city_indexes: dict[str, int], sources: dict[str, int]) -> list[Any]:
    first, second = (city_indexes.setdefault(id_, len(city_indexes)) for id_ in partnership.cities)
    days: list[list[str | None]] = []
    for day, state in partnership.states_by_day:
        row = _state_row(state)
        if not days or days[-1][1:] != row:
            days.append([date.fromordinal(day).isoformat(), *row])
    now = _state_row(partnership.state)
    cited = dict.fromkeys(item.source for step in partnership.steps for item in step.evidence)
    source_indexes = [sources.setdefault(id_, len(sources)) for id_ in cited]
    start = in_force_from(partnership.steps)
    return [
        first,
        second,
        partnership.reliability.value,
        [_dispute_row(step, sources) for step in partnership.steps if step.disputed],
        None if start is None else str(start),
        days,
        None if days and days[-1][1:] == now else now,
        source_indexes,
    ]


def _dispute_row(step: Step, sources: Mapping[str, int]) -> list[Any]:
    claims = [
        [text, sources[item.source]]
        for item in step.evidence
        for text in [
            *([DENIAL] if item.denies else []),
            *(format_claim(name, value) for name, value in item.claims.items() if step.contradicts(name, value)),
        ]
    ]
    return [format_value(step), claims]


def _state_row(state: State) -> list[str | None]:
    status = None if state.status is None else state.status.value
    return [status, state.kind.value, None if state.since is None else str(state.since)]


def map_page(data: "Dataset", city: str | City, **filters: Unpack[PartnershipFilters]) -> str:
    """Return a map of a city's partnerships as the text of an HTML file.

    ``on``, ``status``, ``kind`` and ``reliability`` set the initial view. The other filters select the
    partnerships of the map.

    Raises:
        UnknownPartnershipError: If there are no partnerships to draw.
        MissingExtraError: If the script of the map is not built.

    Example:
        >>> import friendcities as fc
        >>> page = map_page(fc.dataset(), "Dunedin")
        >>> "<title>Partnerships of Dunedin</title>" in page, "default-src &#x27;none&#x27;" in page
        (True, True)
    """
    found = data.city(city)
    changeable: dict[str, Any] = {"status": Status, "kind": PartnershipKind, "reliability": Reliability}
    fixed: Any = {name: value for name, value in filters.items() if name != "on" and name not in changeable}
    partnerships = data.partnerships_of(found, status="any", **fixed)
    opens: dict[str, Any] = {"city": "" if filters.get("include_parts") else found.id}
    if (on := filters.get("on")) is not None:
        opens["on"] = str(as_date(on))
    values: dict[str, Any] = {"status": "active", **filters}
    for name, vocabulary in changeable.items():
        chosen = parse_members(name, normalize_filter(values.get(name)), vocabulary, required=name == "status")
        opens[name] = None if chosen is None else sorted(chosen)
    return render_map_page(f"Partnerships of {found.name}", map_data(data, partnerships, opens))


def render_map_page(title: str, data: dict[str, Any]) -> str:
    """Return the HTML file of a map as text.

    Args:
        title: The heading, as plain text.
        data: The result of :func:`map_data`.

    Raises:
        MissingExtraError: If the script of the map is not built.
    """
    style, script = _STYLE + asset("map.css"), asset("map.js")
    script_data = as_script(data, "application/json", "fc-data")
    sources = f"default-src 'none'; script-src {_csp_hash(script)}; style-src {_csp_hash(style)}"
    policy = html.escape(f"{sources}; base-uri 'none'; form-action 'none'")
    return _PAGE.format(
        policy=policy, title=html.escape(title), style=style, data=script_data, version=__version__, script=script
    )


def _csp_hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
