"""Draws the dates from all sources for a partnership's first step."""

from typing import Any, Final

from attrs import frozen
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from friendcities.datasets.bundled import dataset
from friendcities.datasets.dataset import Dataset
from friendcities.model import City, PartialDate, Partnership
from friendcities.plot.figure import (
    GREY,
    INK,
    SMALL,
    TEXT,
    Layout,
    add_credit,
    name_rows,
    new_figure,
    write_empty,
)
from friendcities.plot.names import check_language, find_fonts, name_of

_ROW: Final = 0.15
"""The height of the row of a source, in inches."""
_LETTERS: Final = 9
"""The number of letters of a publisher's name that fit into one inch."""
_RECORDED: Final[dict[str, Any]] = {"color": INK, "linewidth": 0.8, "alpha": 0.3}
"""The style of the line at the recorded date."""
_STYLES: Final[dict[str, dict[str, Any]]] = {
    "same date": {"color": "#0072b2", "marker": "o"},
    "less precise date": {"color": GREY, "marker": "s"},
    "other date": {"color": "#c65200", "marker": "^"},
}
"""The colour and the mark of each relation to the recorded date."""
_MARK_SIZE: Final = 3.5


@frozen
class _StatedDate:
    publisher: str
    date: PartialDate
    agreement: str
    """The relation to the recorded date: a key of ``_STYLES``."""


def dispute_of(
    city: str | City,
    partner: str | City,
    *,
    title: str | None = None,
    language: str | None = None,
    width: float = 5.0,
    data: Dataset | None = None,
) -> Figure:
    """Draw the dates from all sources for a partnership's first step. The earliest date comes first.

    A mark shows a complete date; a bar shows a year or a month. The colour and the shape of a mark show whether the
    date is the recorded date. The vertical line marks the recorded date.

    Args:
        city: One of the cities.
        partner: The other city.
        title: The title above the figure.
        language: The language of the city names, as a BCP 47 tag such as ``"ja"``. Missing names are in English.
        width: The width in inches. The height depends on the number of sources.
        data: The dataset. The default is the bundled dataset.

    Raises:
        AmbiguousCityError, UnknownCityError, UnknownPartnershipError, InvalidQueryError: See
            :meth:`friendcities.Dataset.partnership_between`.

    Example:
        >>> from friendcities import plot
        >>> axes = plot.dispute_of("Dunedin", "Shanghai").axes[0]
        >>> axes.texts[0].get_text(), axes.texts[-1].get_text()
        ('1994', '1994-10-21')
    """
    data = dataset() if data is None else data
    check_language(language)
    partnership = data.partnership_between(city, partner)
    step = partnership.steps[0]
    rows = _stated_dates(partnership)
    names = [name_of(data.city(each), language) for each in (city, partner)]
    style = {**TEXT, "fontfamily": find_fonts("".join([*names, *(row.publisher for row in rows)]), language)}
    used = {row.agreement for row in rows}
    handles = [
        Line2D([], [], **style, markersize=_MARK_SIZE, linewidth=1.6, label=label)
        for label, style in _STYLES.items()
        if label in used
    ]
    if step.date is not None:
        handles.append(Line2D([], [], **_RECORDED, label=f"recorded: {step.date}"))
    layout = Layout(title, handles, 4)
    figure, axes = new_figure(width, layout.above + layout.below + _ROW * max(len(rows), 2))
    longest = int(width * _LETTERS)
    left = name_rows(figure, axes, [_cut(row.publisher, longest) for row in rows], _small(style))
    layout.arrange(figure, axes, left, 0.75, style)
    if step.date is not None:
        axes.axvspan(*_days(step.date), **_RECORDED, gid="recorded")
    halo = [withStroke(linewidth=1.5, foreground="white")]
    for position, row in enumerate(rows):
        first, last = _days(row.date)
        mark = _STYLES[row.agreement]
        axes.plot([first, last], [position] * 2, color=mark["color"], linewidth=1.6, solid_capstyle="round")
        axes.plot((first + last) / 2, position, **mark, markersize=_MARK_SIZE, gid=row.agreement)
        axes.annotate(
            str(row.date),
            (last, position),
            (5, 0),
            textcoords="offset points",
            va="center",
            path_effects=halo,
            **_small(style),
        )
    if rows:
        locator = AutoDateLocator(minticks=2, maxticks=5)
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
    else:
        axes.set_xticks([])
        write_empty(axes, "no source states a date")
    caption = f"Dates of the first step ({step.action}) of {' and '.join(names)}, according to {len(rows)} sources"
    add_credit(figure, data, style, caption)
    return figure


def _stated_dates(partnership: Partnership) -> list[_StatedDate]:
    step = partnership.steps[0]
    stated = {}
    for item in step.evidence:
        date = step.date if "date" in item.supports else item.claims.get("date")
        if isinstance(date, PartialDate):
            other = "other date" if step.contradicts("date", date) else "less precise date"
            agreement = "same date" if date == step.date else other
            stated[item.source, date] = _StatedDate(partnership.source(item.source).publisher, date, agreement)
    return sorted(stated.values(), key=lambda row: (row.date.order, row.publisher))


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def _days(day: PartialDate) -> tuple[float, float]:
    return float(date2num(day.earliest)), float(date2num(day.latest))


def _small(style: dict[str, Any]) -> dict[str, Any]:
    return {**style, "fontsize": SMALL}
