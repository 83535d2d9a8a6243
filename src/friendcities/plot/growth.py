"""The growth curve: how many partnerships there were, day by day."""

from collections import Counter

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import CountryFilter, KindFilter, LevelFilter, ReliabilityFilter, StatusFilter
from friendcities.model import City, PartnershipKind, Source
from friendcities.plot.selection import Shown, shown, year_of
from friendcities.plot.style import COLOURS, INK, TEXT, credit, legend, new_figure, plain_axes

__all__ = ["growth_of"]


def growth_of(
    city: str | City,
    *,
    status: StatusFilter = "active",
    kind: KindFilter = None,
    country: CountryFilter = None,
    level: LevelFilter = None,
    reliability: ReliabilityFilter = None,
    disputed: bool | None = None,
    source: str | Source | None = None,
    include_parts: bool = False,
    width: float = 3.4,
    data: Dataset | None = None,
) -> Figure:
    """How many partnerships a city had, day by day: a stepped curve over areas for each kind.

    A partnership counts from the last day of the date of the step that makes it what is asked for, as with ``on=``: one
    of 1994 from the end of that year.

    Args:
        city: The city.
        status: How the partnership stood: one value or several; ``"any"`` for all.
        kind: Of what kind it was.
        country: The partner's country: ISO 3166-1 alpha-2 codes or names.
        level: The partner's level of government.
        reliability: On how good a word the partnership stands.
        disputed: Only those whose sources disagree (true), or only those whose sources do not (false).
        source: Only what this source says, its own dates included.
        include_parts: Also the partnerships of the city's districts and other parts.
        width: How many inches wide it is to be; the height follows.
        data: The dataset; ``None``: the bundled one.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError: As ``partnerships_of`` does.

    Example:
        >>> from friendcities import plot
        >>> curve = plot.growth_of("Shanghai").axes[0].lines[0]
        >>> int(curve.get_ydata()[-1])
        79
    """
    asked = shown(
        data,
        city,
        status,
        kind,
        country=country,
        level=level,
        reliability=reliability,
        disputed=disputed,
        source=source,
        include_parts=include_parts,
    )
    figure = new_figure(width, 2.3)
    axes = figure.add_axes((0.12, 0.22, 0.86, 0.75))
    plain_axes(axes)
    days, counts = _counts(asked)
    years = [year_of(day) for day in days]
    below = [0] * len(days)
    for each in (kind for kind in COLOURS if kind in counts):
        above = [low + count for low, count in zip(below, counts[each], strict=True)]
        axes.fill_between(
            years, below, above, step="post", color=COLOURS[each], alpha=0.55, linewidth=0, gid=each.value
        )
        below = above
    axes.plot(years, below, drawstyle="steps-post", color=INK, linewidth=1.0, gid="all")
    axes.set_ylim(bottom=0)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True, nbins=6))
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=7))
    axes.set_ylabel("partnerships", **TEXT)
    legend(figure, counts, loc="upper left", bbox_to_anchor=(0.12, 0.99))
    total = below[-1] if below else 0
    credit(figure, asked.data, f"Partnerships of {asked.city.name}: {total} at the end of the curve")
    return figure


def _counts(asked: Shown) -> tuple[list[int], dict[PartnershipKind, list[int]]]:
    """The days on which a number changes, and the last one; and how many there are of each kind from each on."""
    changes: dict[int, Counter[PartnershipKind]] = {}
    for tie in asked.ties:
        for day, end, state in asked.spans(tie):
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
    return [*days, asked.last_day] if days else days, counts
