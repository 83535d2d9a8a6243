"""The growth curve: the number of partnerships, day by day."""

from collections import Counter
from typing import Unpack

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import PartnershipFilters, check_filter_names, expand_signature
from friendcities.model import City, PartnershipKind
from friendcities.plot.figure import COLOURS, INK, TEXT, add_credit, add_legend, new_figure, style_axes
from friendcities.plot.selection import FigureData, select, year_of

__all__ = ["growth_of"]


def growth_of(
    city: str | City, *, width: float = 3.4, data: Dataset | None = None, **filters: Unpack[PartnershipFilters]
) -> Figure:
    """The number of a city's partnerships, day by day: a stepped curve over areas for each kind.

    A partnership counts from the last day of the date of the step that gives it the selected status and kind, as with
    ``on=``: one of 1994 from the end of that year.

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
    figure = new_figure(width, 2.3)
    axes = figure.add_axes((0.12, 0.22, 0.86, 0.75))
    style_axes(axes)
    days, counts = _counts(shown)
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


def _counts(shown: FigureData) -> tuple[list[int], dict[PartnershipKind, list[int]]]:
    """The days on which a number changes, and the last day; for each kind the number from each of these days on."""
    changes: dict[int, Counter[PartnershipKind]] = {}
    for view in shown.views:
        for day, end, state in shown.spans(view):
            changes.setdefault(day, Counter())[state.kind] += 1
            if end is not None:
                changes.setdefault(end, Counter())[state.kind] -= 1
    days = sorted(changes)
    kinds = {kind for each in changes.values() for kind in each}
    counts: dict[PartnershipKind, list[int]] = {kind: [] for kind in kinds}
    for kind, series in counts.items():
        count = 0
        for day in days:
            count += changes[day][kind]
            series.append(count)
        series.append(count)
    return [*days, shown.last_day] if days else days, counts
