"""Draws figures for papers, such as a map of a city's partnerships.

The extra ``plot`` is required. Each drawing function returns a new :class:`matplotlib.figure.Figure`. Notebooks show
the figure without pyplot. Colour-blind readers can distinguish the colours. The text is large enough for a one-column
figure. The caption of each figure states the version of the data.

Example:
    >>> import friendcities as fc
    >>> from friendcities import plot
    >>> figure = plot.map_of("Shanghai", on="1985")
    >>> len([line for line in figure.axes[0].patches if "--" in line.get_gid()])
    15
"""

from friendcities.errors import MissingExtraError
from friendcities.extras import install_command

try:
    from friendcities.plot.dispute import dispute_of
    from friendcities.plot.figure import as_bytes, save
    from friendcities.plot.map import map_of
    from friendcities.plot.time_charts import growth_of, timeline_of
except ModuleNotFoundError as error:
    package = (error.name or "").partition(".")[0]
    if package not in {"matplotlib", "textalloc"}:
        raise
    message = f"figures need the package {package}; install it with: {install_command('plot')}"
    raise MissingExtraError(message) from None

__all__ = ["as_bytes", "dispute_of", "growth_of", "map_of", "save", "timeline_of"]
