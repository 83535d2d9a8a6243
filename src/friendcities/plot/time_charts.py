"""Draws two charts over the years: the timeline and the growth curve."""

from collections import Counter, defaultdict
from itertools import accumulate
from typing import Any, Final, Unpack

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, check_filter_names, expand_signature
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.model import City, PartnershipKind, State, Status
from friendcities.plot.figure import (
    COLOURS,
    GREY,
    INK,
    PALE,
    SMALL,
    TEXT,
    FigureData,
    Layout,
    add_credit,
    area_style,
    legend_of_areas,
    name_rows,
    new_figure,
    select,
    write_empty,
    year_of,
)

_ROW: Final = 0.108
"""The height of the row of a partner, in inches."""
_LOWEST: Final = 0.3
"""The minimum height of all rows, in inches."""
_CURVE: Final = 1.75
"""The height of the curve, in inches."""
_YEAR: Final = 0.45
"""The width of a year below the axis, in inches."""
_LONGEST: Final = 28
_UNDATED: Final[dict[str, Any]] = {"marker": "o", "markersize": 2.6, "markerfacecolor": "white"}
"""The style of the mark of an undated partnership."""
_HIGH: Final = 0.34
_OPACITY: Final = 0.55
"""The opacity of the areas below the curve."""


def timeline_of(
    city: str | City,
    *,
    title: str | None = None,
    language: str | None = None,
    width: float = 3.4,
    data: Dataset | None = None,
    **filters: Unpack[PartnershipFilters],
) -> Figure:
    """Draw a timeline of a city's partnerships, with a row for each partner. The earliest partner comes first.

    The colour and the hatch of a bar show the kind. The bar is pale while the partnership is not active. The bar stops
    at the end of the partnership. A thin line before a bar shows an uncertain date. For example, the line covers 1994
    if only the year is known. If a partnership has no date, a hollow dot marks the date of its first evidence. No bar
    extends beyond the latest date in the sources.

    Args:
        city: The city.
        title: The title above the figure.
        language: The language of the names of cities, as a BCP 47 tag such as ``"ja"``. Missing names are in English.
        width: The width in inches. The height depends on the number of partners.
        data: The dataset; by default, the bundled dataset.
        **filters: Selects partnerships; see :meth:`friendcities.Dataset.partnerships_of`. The filter ``on`` is not
            allowed. The default of ``status`` is ``"any"``.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError, TypeError: See
            :meth:`friendcities.Dataset.partnerships_of`.

    Example:
        >>> from friendcities import plot
        >>> axes = plot.timeline_of("Shanghai", country="NZ").axes[0]
        >>> [label.get_text() for label in axes.get_yticklabels()]
        ['Dunedin, NZ']
    """
    check_filter_names(filters, without="on")
    filters.setdefault("status", "any")
    shown = select(data, city, language, filters)
    rows = [(view, spans) for view in shown.views if (spans := list(shown.spans(view)))]
    kinds = {state.kind for _, spans in rows for *_, state in spans}
    states = [state for _, spans in rows for *_, state in spans if state.status is not Status.ENDED]
    pale = any(state.status is not Status.ACTIVE for state in states)
    handles = legend_of_areas(kinds, inactive=pale)
    if any(map(_is_inexact, states)):
        handles.append(Line2D([], [], color=GREY, linewidth=1.0, label="date not exact"))
    if any(state.since is None for state in states):
        handles.append(Line2D([], [], **_UNDATED, linestyle="", markeredgecolor=GREY, label="date unknown"))
    layout = Layout(title, handles, 2)
    figure, axes = new_figure(width, layout.above + layout.below + max(_ROW * len(rows), _LOWEST))
    style = shown.style
    left = name_rows(figure, axes, [_label(view, shown) for view, _ in rows], {**style, "fontsize": SMALL})
    layout.arrange(figure, axes, left, 0.05 * width, style)
    last = shown.last_day
    for row, (view, spans) in enumerate(rows):
        for day, end, state in spans:
            if state.status is not Status.ENDED:
                _draw(axes, row, view, (day, last if end is None else end), state)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=max(1, int((0.95 * width - left) / _YEAR))))
    if rows:
        axes.set_xlim(right=year_of(last))
    else:
        axes.set_xticks([])
        write_empty(axes)
    axes.grid(axis="x", color=GREY, alpha=0.25, linewidth=0.5)
    axes.set_axisbelow(True)
    caption = f"{len(rows)} partnership{'' if len(rows) == 1 else 's'} of {shown.name_of(shown.city)}"
    add_credit(figure, shown.data, style, caption)
    return figure


expand_signature(timeline_of, status="any", without="on")


def _label(view: PartnershipView, shown: FigureData) -> str:
    part = f" ({_short(shown.name_of(view.city))})" if view.city.id != shown.city.id else ""
    return f"{_short(shown.name_of(view.partner))}, {view.partner.country}{part}"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _is_inexact(state: State) -> bool:
    """Whether the start of a state is a year or a month, not a day."""
    return state.since is not None and state.since.earliest < state.since.latest


def _draw(axes: Axes, row: int, view: PartnershipView, days: tuple[int, int], state: State) -> None:
    colour = COLOURS[state.kind]
    alpha = 1.0 if state.status is Status.ACTIVE else PALE
    start, end = map(year_of, days)
    gid = f"{view.partnership.id} {state.status or ''}"
    axes.barh(row, end - start, left=start, height=2 * _HIGH, alpha=alpha, gid=gid, **area_style(state.kind))
    if state.since is None:
        axes.plot(start, row, **_UNDATED, markeredgecolor=colour, clip_on=False)
    elif _is_inexact(state):
        unsure = year_of(state.since.earliest.toordinal())
        axes.plot([unsure, start], [row, row], color=colour, alpha=alpha, linewidth=1.0)


def growth_of(
    city: str | City,
    *,
    title: str | None = None,
    language: str | None = None,
    width: float = 3.4,
    data: Dataset | None = None,
    **filters: Unpack[PartnershipFilters],
) -> Figure:
    """Draw the number of a city's partnerships over time. Each kind has its own area.

    A step takes effect on the last possible day of its date. For example, a step dated 1994 is shown from the end of
    1994.

    Args:
        city: The city.
        title: The title above the figure.
        language: The language of the names of cities, as a BCP 47 tag such as ``"ja"``. Missing names are in English.
        width: The width in inches. The height is computed.
        data: The dataset; by default, the bundled dataset.
        **filters: Selects partnerships; see :meth:`friendcities.Dataset.partnerships_of`. The filter ``on`` is not
            allowed.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError, TypeError: See
            :meth:`friendcities.Dataset.partnerships_of`.

    Example:
        >>> from friendcities import plot
        >>> curve = plot.growth_of("Shanghai").axes[0].lines[0]
        >>> int(curve.get_ydata()[-1])
        79
    """
    check_filter_names(filters, without="on")
    shown = select(data, city, language, filters)
    days, counts = _counts_by_day(shown)
    layout, style = Layout(title, legend_of_areas(counts, inactive=False), 2), shown.style
    figure, axes = new_figure(width, layout.above + layout.below + _CURVE)
    layout.arrange(figure, axes, 0.42, 0.07, style)
    years = [year_of(day) for day in days]
    below = [0] * len(days)
    for kind in COLOURS:
        if kind not in counts:
            continue
        above = [low + count for low, count in zip(below, counts[kind], strict=True)]
        axes.fill_between(years, below, above, step="post", alpha=_OPACITY, gid=kind.value, **area_style(kind))
        below = above
    axes.plot(years, below, drawstyle="steps-post", color=INK, linewidth=1.0, gid="all")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.set_ylabel("partnerships", **TEXT)
    if not days:
        axes.set(xticks=[], yticks=[])
        write_empty(axes)
    total = below[-1] if below else 0
    caption = f"Partnerships of {shown.name_of(shown.city)}: {total} at the end of the curve"
    add_credit(figure, shown.data, style, caption)
    return figure


expand_signature(growth_of, without="on")


def _counts_by_day(shown: FigureData) -> tuple[list[int], dict[PartnershipKind, list[int]]]:
    """Return the days with a change. For each kind, return the numbers of partnerships on these days."""
    changes: defaultdict[int, Counter[PartnershipKind]] = defaultdict(Counter)
    for view in shown.views:
        for day, end, state in shown.spans(view):
            changes[day][state.kind] += 1
            if end is not None:
                changes[end][state.kind] -= 1
    days = sorted(changes)
    kinds = {kind for each in changes.values() for kind in each}
    counts = {kind: [*accumulate(changes[day][kind] for day in days)] for kind in kinds}
    if not days:
        return days, counts
    return [*days, shown.last_day], {kind: [*series, series[-1]] for kind, series in counts.items()}
