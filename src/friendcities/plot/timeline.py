"""The timeline: for each partner a bar, as long as the partnership was what is asked for."""

import math
from typing import Final

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.filters import CountryFilter, KindFilter, LevelFilter, ReliabilityFilter, StatusFilter
from friendcities.model import City, Source, State, Status
from friendcities.plot.selection import Tie, shown, year_of
from friendcities.plot.style import COLOURS, GREY, SMALL, TEXT, credit, legend, new_figure, plain_axes, words

__all__ = ["timeline_of"]

_ROW: Final = 0.108
"""How high the row of a partner is, in inches."""
_ABOVE: Final = 0.06
_NUMBERS: Final = 0.2
_LINE: Final = 0.155
_CREDIT: Final = 0.27
"""How high what is above and below the rows is: the years, a line of the legend, the last two lines."""
_LETTER: Final = 0.058
"""How wide a letter of a name is, in inches, on the average."""
_LONGEST: Final = 28
_HIGH: Final = 0.34


def timeline_of(
    city: str | City,
    *,
    status: StatusFilter = "any",
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
    """The partnerships of a city over the years: a row for each partner, the earliest first.

    The colour of a bar tells the kind; it is pale where the partnership is not active, and gone where it has ended. The
    thin line before a bar is as long as its date is unsure: the whole of 1994 where no more than that is known. A
    hollow dot is where the first record of an undated partnership is. Bars end where the sources do.

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
        width: How many inches wide it is to be; the height follows from the number of partners.
        data: The dataset; ``None``: the bundled one.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownRecordError, InvalidQueryError: As ``partnerships_of`` does.

    Example:
        >>> from friendcities import plot
        >>> axes = plot.timeline_of("Shanghai", country="NZ").axes[0]
        >>> [label.get_text() for label in axes.get_yticklabels()]
        ['Dunedin, NZ']
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
    rows = [(tie, spans) for tie in asked.ties if (spans := list(asked.spans(tie)))]
    states = [state for _, spans in rows for _, _, state in spans]
    kinds = {state.kind for state in states}
    pale = any(state.status not in {Status.ACTIVE, Status.ENDED} for state in states)
    below = _CREDIT + _NUMBERS + _LINE * math.ceil((len(kinds) + pale) / 2)
    height = _ABOVE + below + _ROW * max(len(rows), 1)
    figure = new_figure(width, height)
    names = [_label(tie, asked.city) for tie, _ in rows]
    left = (0.12 + _LETTER * max(map(len, names), default=0)) / width
    axes = figure.add_axes((left, below / height, 0.95 - left, 1 - (_ABOVE + below) / height))
    plain_axes(axes)
    last = asked.last_day
    for row, (tie, spans) in enumerate(rows):
        for day, end, state in spans:
            if state.status is not Status.ENDED:
                _draw(axes, row, tie, (day, last if end is None else end), state)
    axes.set_yticks(range(len(rows)), labels=names)
    for label in axes.get_yticklabels():
        label.set(**{**TEXT, "fontsize": SMALL})
    axes.tick_params(axis="y", length=0)
    axes.set_ylim(max(len(rows), 1) - 0.5, -0.5)
    axes.set_xlim(right=year_of(last) if rows else None)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True, nbins=5))
    axes.grid(axis="x", color=GREY, alpha=0.25, linewidth=0.5)
    axes.set_axisbelow(True)
    legend(
        figure,
        kinds,
        [Line2D([], [], color=GREY, alpha=0.4, linewidth=2, label="not active")] if pale else (),
        loc="upper left",
        bbox_to_anchor=(0.0, (below - _NUMBERS + 0.03) / height),
        ncols=2,
    )
    plural = "" if len(rows) == 1 else "s"
    credit(figure, asked.data, f"{len(rows)} partnership{plural} of {asked.city.name}")
    return figure


def _label(tie: Tie, city: City) -> str:
    """The partner, and the part of the city that it is a partner of."""
    part = f" ({_short(tie.own)})" if tie.own.id != city.id else ""
    return f"{_short(tie.partner)}, {tie.partner.country}{part}"


def _short(city: City) -> str:
    return city.name if len(city.name) <= _LONGEST else f"{city.name[: _LONGEST - 1]}…"


def _draw(axes: Axes, row: int, tie: Tie, days: tuple[int, int], state: State) -> None:
    colour = COLOURS[state.kind]
    alpha = 1.0 if state.status is Status.ACTIVE else 0.4
    start, end = map(year_of, days)
    gid = f"{tie.partnership.id} {words(state.status or '')}"
    axes.barh(row, end - start, left=start, height=2 * _HIGH, color=colour, alpha=alpha, linewidth=0, gid=gid)
    if state.since is None:
        axes.plot(
            [start], [row], marker="o", markersize=2.6, markerfacecolor="white", markeredgecolor=colour, clip_on=False
        )
    elif state.since.earliest < state.since.latest:
        unsure = year_of(state.since.earliest.toordinal())
        axes.plot([unsure, start], [row, row], color=colour, alpha=alpha, linewidth=1.0)
