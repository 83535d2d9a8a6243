"""Charts over the years: the timeline with a bar for each partner, and the growth curve."""

import math
from collections import Counter, defaultdict
from itertools import accumulate
from typing import Final, Unpack

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, check_filter_names, expand_signature
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.model import City, PartnershipKind, State, Status
from friendcities.plot.figure import (
    COLOURS,
    GREY,
    INK,
    SMALL,
    TEXT,
    FigureData,
    add_credit,
    add_legend,
    new_figure,
    select,
    year_of,
)

_ROW: Final = 0.108
"""The height of the row of a partner, in inches."""
_ABOVE: Final = 0.06
_NUMBERS: Final = 0.2
_LINE: Final = 0.155
_CREDIT: Final = 0.27
"""The heights above and below the rows: the margin, the years, a line of the legend, the credit."""
_LETTER: Final = 0.058
"""The mean width of a letter, in inches."""
_LONGEST: Final = 28
_HIGH: Final = 0.34


def timeline_of(
    city: str | City, *, width: float = 3.4, data: Dataset | None = None, **filters: Unpack[PartnershipFilters]
) -> Figure:
    """The partnerships of a city over the years: a row for each partner, the earliest first.

    The colour of a bar shows the kind; the bar is pale while the partnership is not active, and stops when it ends. A
    thin line before a bar shows an uncertain date: the whole of 1994 if only the year is known. A hollow dot marks the
    first evidence of an undated partnership. All bars stop at the latest date in the sources.

    Args:
        city: The city.
        width: The width in inches; the height follows from the number of partners.
        data: The dataset; ``None``: the bundled one.
        **filters: Which partnerships to show, as in :meth:`friendcities.Dataset.partnerships_of`,
            but by default those of any status; not ``on``.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError, TypeError: As ``partnerships_of``.

    Example:
        >>> from friendcities import plot
        >>> axes = plot.timeline_of("Shanghai", country="NZ").axes[0]
        >>> [label.get_text() for label in axes.get_yticklabels()]
        ['Dunedin, NZ']
    """
    check_filter_names(filters, without="on")
    filters.setdefault("status", "any")
    shown = select(data, city, filters)
    rows = [(view, spans) for view in shown.views if (spans := list(shown.spans(view)))]
    kinds = {state.kind for _, spans in rows for *_, state in spans}
    pale = not {Status.ACTIVE, Status.ENDED}.issuperset(state.status for _, spans in rows for *_, state in spans)
    below = _CREDIT + _NUMBERS + _LINE * math.ceil((len(kinds) + pale) / 2)
    height = _ABOVE + below + _ROW * max(len(rows), 1)
    figure, axes = new_figure(width, height)
    names = [_label(view, shown.city) for view, _ in rows]
    left = (0.12 + _LETTER * max(map(len, names), default=0)) / width
    axes.set_position((left, below / height, 0.95 - left, 1 - (_ABOVE + below) / height))
    last = shown.last_day
    for row, (view, spans) in enumerate(rows):
        for day, end, state in spans:
            if state.status is not Status.ENDED:
                _draw(axes, row, view, (day, last if end is None else end), state)
    axes.set_yticks(range(len(rows)), labels=names)
    for label in axes.get_yticklabels():
        label.set(**{**TEXT, "fontsize": SMALL})
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.set_xlim(right=year_of(last) if rows else None)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.grid(axis="x", color=GREY, alpha=0.25, linewidth=0.5)
    axes.set_axisbelow(True)
    corner = (0.0, (below - _NUMBERS + 0.03) / height)
    inactive = {"alpha": 0.4, "linewidth": 2} if pale else None
    add_legend(figure, kinds, inactive, loc="upper left", bbox_to_anchor=corner, ncols=2)
    add_credit(figure, shown.data, f"{len(rows)} partnership{'' if len(rows) == 1 else 's'} of {shown.city.name}")
    return figure


expand_signature(timeline_of, status="any", without="on")


def _label(view: PartnershipView, city: City) -> str:
    """The name of a partner, and of the part of the city that has the partnership."""
    part = f" ({_short(view.city)})" if view.city.id != city.id else ""
    return f"{_short(view.partner)}, {view.partner.country}{part}"


def _short(city: City) -> str:
    return city.name if len(city.name) <= _LONGEST else f"{city.name[: _LONGEST - 1]}…"


def _draw(axes: Axes, row: int, view: PartnershipView, days: tuple[int, int], state: State) -> None:
    colour = COLOURS[state.kind]
    alpha = 1.0 if state.status is Status.ACTIVE else 0.4
    start, end = map(year_of, days)
    gid = f"{view.partnership.id} {state.status or ''}"
    axes.barh(row, end - start, left=start, height=2 * _HIGH, color=colour, alpha=alpha, linewidth=0, gid=gid)
    if state.since is None:
        axes.plot(start, row, "o", markersize=2.6, markerfacecolor="white", markeredgecolor=colour, clip_on=False)
    elif state.since.earliest < state.since.latest:
        unsure = year_of(state.since.earliest.toordinal())
        axes.plot([unsure, start], [row, row], color=colour, alpha=alpha, linewidth=1.0)


def growth_of(
    city: str | City, *, width: float = 3.4, data: Dataset | None = None, **filters: Unpack[PartnershipFilters]
) -> Figure:
    """The number of a city's partnerships over time: a stepped curve, and an area for each kind.

    A partnership counts from the last day of the date of its step, as with ``on=``: a partnership of 1994 counts from
    the end of that year.

    Args:
        city: The city.
        width: The width in inches; the height follows.
        data: The dataset; ``None``: the bundled one.
        **filters: Which partnerships to show, as in :meth:`friendcities.Dataset.partnerships_of`; not ``on``.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError, TypeError: As ``partnerships_of``.

    Example:
        >>> from friendcities import plot
        >>> curve = plot.growth_of("Shanghai").axes[0].lines[0]
        >>> int(curve.get_ydata()[-1])
        79
    """
    check_filter_names(filters, without="on")
    shown = select(data, city, filters)
    figure, axes = new_figure(width, 2.3)
    axes.set_position((0.12, 0.22, 0.86, 0.75))
    days, counts = _counts_by_day(shown)
    years = [year_of(day) for day in days]
    below = [0] * len(days)
    for kind, colour in COLOURS.items():
        if kind not in counts:
            continue
        above = [low + count for low, count in zip(below, counts[kind], strict=True)]
        axes.fill_between(years, below, above, step="post", color=colour, alpha=0.55, linewidth=0, gid=kind.value)
        below = above
    axes.plot(years, below, drawstyle="steps-post", color=INK, linewidth=1.0, gid="all")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.set_ylabel("partnerships", **TEXT)
    add_legend(figure, counts, loc="upper left", bbox_to_anchor=(0.12, 0.99))
    total = below[-1] if below else 0
    add_credit(figure, shown.data, f"Partnerships of {shown.city.name}: {total} at the end of the curve")
    return figure


expand_signature(growth_of, without="on")


def _counts_by_day(shown: FigureData) -> tuple[list[int], dict[PartnershipKind, list[int]]]:
    """The days on which a number changes, and the last day; for each kind, the number from each day on."""
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
