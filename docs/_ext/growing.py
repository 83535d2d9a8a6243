"""The directive ``growth``: tables and figures of how cost grows, from the file that ``benchmarks/scale.py`` writes.

So a figure shows what the table says, and neither can be older than the measuring.
"""

import json
from math import log
from pathlib import Path
from statistics import linear_regression
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from matplotlib.figure import Figure
from sphinx.util.docutils import SphinxDirective

from friendcities import plot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

JOBS: Final = {
    "load": "Load, to the first answer",
    "look-up": "One look-up",
    "find": "One misspelt name",
    "save": "Save",
    "export": "Export as CSV",
    "import": "Import a table of pairs",
    "memory": "Memory",
}
"""The jobs, as they are headed."""
STYLES: Final = (
    ("#0072b2", "o", "-"),
    ("#00875f", "s", "--"),
    ("#c65200", "^", "-."),
    ("#b0558a", "v", ":"),
    ("#5a4d00", "D", "--"),
    ("#4d4d4d", "x", "-."),
)
"""A colour (after Okabe and Ito), a mark and a line for each tool: the colour-blind can tell them apart as well."""
ACROSS: Final = 2
"""How many figures stand side by side."""
PREFIXES: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
BYTES: Final = 1000
"""In a kilobyte."""


class Growth(SphinxDirective):
    """What was measured and where, a table for each job, and a figure of all; the argument is the file."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Show them."""
        _, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(path)
        told = json.loads(Path(path).read_text(encoding="utf-8"))
        shown: list[nodes.Node] = [nodes.paragraph(text=f"Measured on {told['measured']}: {told['on']}.")]
        for job, heading in JOBS.items():
            shown += [nodes.paragraph("", "", nodes.strong(text=heading)), table(job, told)]
        return [*shown, self.figure(told)]

    def figure(self, told: dict[str, Any]) -> nodes.Node:
        """The figure, written as SVG beside the other pictures."""
        figure = drawn(told)
        folder = Path(self.env.app.outdir) / "_images"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "growth.svg").write_bytes(plot.as_bytes(figure, "svg"))
        source = f"{'../' * self.env.docname.count('/')}_images/growth.svg"
        width, height = (round(96 * inches) for inches in figure.get_size_inches())
        alt = (
            "For each job a line for each tool, of cost by number of partnerships; the figures are in the tables above."
        )
        html = f'<img class="figure-of" src="{source}" alt="{alt}" width="{width}" height="{height}" loading="lazy">'
        return nodes.raw("", html, format="html")


def table(job: str, told: dict[str, Any]) -> nodes.table:
    """What a job took with each tool, in worlds of each size, and the power of the size with which that grows."""
    sizes = told["partnerships"]
    heads = ["", *(f"{size:,}" for size in sizes), "grows with"]
    rows = [
        [tool, *(amount(job, *each) for each in zip(values, sizes, strict=True)), f"N^{exponent(sizes, values):.2f}"]
        for tool, values in told["jobs"][job].items()
    ]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in heads), cols=len(heads))
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group)


def _row(cells: list[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell)) for cell in cells))


def amount(job: str, value: float, partnerships: int) -> str:
    """A time, or memory with how much of it falls to each partnership."""
    if job == "memory":
        return f"{value / BYTES**2:,.0f} MB ({value / partnerships / BYTES:.2g} kB each)"
    unit, name = next((each for each in PREFIXES if value >= each[0]), PREFIXES[-1])
    return f"{value / unit:.3g} {name}"


def exponent(sizes: "Sequence[int]", values: "Sequence[float]") -> float:
    """The power of the size with which something grows: 1 is linear, 0 is not at all."""
    return linear_regression([log(size) for size in sizes], [log(value) for value in values]).slope


def drawn(told: dict[str, Any]) -> Figure:
    """The figure: both scales are logarithmic, so that what grows with a power is a straight line."""
    down = -(-len(JOBS) // ACROSS)
    figure = Figure(figsize=(7.5, 2.2 * down), facecolor="white", layout="constrained")
    for place, (job, heading) in enumerate(JOBS.items(), start=1):
        axes = figure.add_subplot(down, ACROSS, place)
        scale = 1 / BYTES**2 if job == "memory" else 1
        for (tool, values), (colour, mark, line) in zip(told["jobs"][job].items(), STYLES, strict=True):
            axes.loglog(
                told["partnerships"],
                [value * scale for value in values],
                color=colour,
                marker=mark,
                linestyle=line,
                linewidth=1.6 if tool == "friendcities" else 0.9,
                markersize=4,
                label=tool,
            )
        axes.set_title(f"{heading} ({'MB' if job == 'memory' else 's'})", fontsize=8)
        axes.set_xticks(told["partnerships"], [f"{size:,}" for size in told["partnerships"]], fontsize=7)
        axes.tick_params(labelsize=7, which="both")
        axes.minorticks_off()
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="lower right", fontsize=8, frameon=False)
    return figure


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Sphinx's own way in."""
    app.add_directive("growth", Growth)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
