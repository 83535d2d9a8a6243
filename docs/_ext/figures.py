"""The directives ``figure-from-code`` and ``scaling-results``: figures made at build time.

The first directive runs the code that it shows. The second directive shows the file of ``benchmarks/scale.py`` as
tables and as a figure.
"""

import hashlib
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
"""The jobs and their headings."""
STYLES: Final = (
    ("#0072b2", "o", "-"),
    ("#00875f", "s", "--"),
    ("#c65200", "^", "-."),
    ("#b0558a", "v", ":"),
    ("#5a4d00", "D", "--"),
    ("#4d4d4d", "x", "-."),
)
"""A colour (after Okabe and Ito), a mark and a line style for each tool. Colour-blind readers can distinguish them."""
COLUMNS: Final = 2
"""The number of figures in a row."""
PREFIXES: Final = ((1.0, "s"), (1e-3, "ms"), (1e-6, "µs"))
BYTES: Final = 1000
"""The number of bytes in a kilobyte."""


class FigureFromCode(SphinxDirective):
    """A figure with the code that makes the figure. The argument is the description. The code sets ``figure``."""

    required_arguments = 1
    final_argument_whitespace = True
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Run the code. Show the code and the figure."""
        code = "\n".join(self.content)
        names: dict[str, Any] = {}
        exec(compile(code, self.get_location(), "exec"), names)  # noqa: S102 - the documents are our own
        file_name = f"figure-{hashlib.sha256(code.encode()).hexdigest()[:12]}.svg"
        image = write_figure(self, names["figure"], file_name, nodes.unescape(self.arguments[0]))
        return [nodes.literal_block(code, code, language="python"), image]


class ScalingResults(SphinxDirective):
    """A table for each measured job, and a figure of all jobs. The argument is the file."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Make the tables and the figure."""
        _, path = self.env.relfn2path(self.arguments[0])
        self.env.note_dependency(path)
        results = json.loads(Path(path).read_text(encoding="utf-8"))
        shown: list[nodes.Node] = [nodes.paragraph(text=f"Measured on {results['measured']}: {results['on']}.")]
        for job, heading in JOBS.items():
            shown += [nodes.paragraph("", "", nodes.strong(text=heading)), results_table(job, results)]
        alt = (
            "For each job a line for each tool, of cost by number of partnerships; the figures are in the tables above."
        )
        return [*shown, write_figure(self, draw_results(results), "growth.svg", alt)]


def write_figure(directive: SphinxDirective, figure: Figure, file_name: str, alt: str) -> nodes.Node:
    """Write a figure as SVG next to the other pictures. Return the element that shows the figure."""
    folder = Path(directive.env.app.outdir) / "_images"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / file_name).write_bytes(plot.as_bytes(figure, "svg"))
    source = f"{'../' * directive.env.docname.count('/')}_images/{file_name}"
    width, height = (round(96 * inches) for inches in figure.get_size_inches())
    alt = alt.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    html = f'<img class="figure-of" src="{source}" alt="{alt}" width="{width}" height="{height}" loading="lazy">'
    return nodes.raw("", html, format="html")


def results_table(job: str, results: dict[str, Any]) -> nodes.table:
    """The cost of a job with each tool by number of partnerships, and the exponent of the growth."""
    sizes = results["partnerships"]
    heads = ["", *(f"{size:,}" for size in sizes), "grows with"]
    rows = [
        [
            tool,
            *(format_amount(job, *each) for each in zip(values, sizes, strict=True)),
            f"N^{growth_exponent(sizes, values):.2f}",
        ]
        for tool, values in results["jobs"][job].items()
    ]
    group = nodes.tgroup("", *(nodes.colspec(colwidth=1) for _ in heads), cols=len(heads))
    group += nodes.thead("", _row(heads))
    group += nodes.tbody("", *map(_row, rows))
    return nodes.table("", group)


def _row(cells: list[str]) -> nodes.row:
    return nodes.row("", *(nodes.entry("", nodes.paragraph(text=cell)) for cell in cells))


def format_amount(job: str, value: float, partnerships: int) -> str:
    """Format a time, or an amount of memory in total and for each partnership."""
    if job == "memory":
        return f"{value / BYTES**2:,.0f} MB ({value / partnerships / BYTES:.2g} kB each)"
    unit, name = next((each for each in PREFIXES if value >= each[0]), PREFIXES[-1])
    return f"{value / unit:.3g} {name}"


def growth_exponent(sizes: "Sequence[int]", values: "Sequence[float]") -> float:
    """The exponent of the growth of a cost with the size: 1 is linear, 0 is constant."""
    return linear_regression([log(size) for size in sizes], [log(value) for value in values]).slope


def draw_results(results: dict[str, Any]) -> Figure:
    """Draw the figure with logarithmic scales. Growth with a fixed exponent is a straight line."""
    down = -(-len(JOBS) // COLUMNS)
    figure = Figure(figsize=(7.5, 2.2 * down), facecolor="white", layout="constrained")
    for place, (job, heading) in enumerate(JOBS.items(), start=1):
        axes = figure.add_subplot(down, COLUMNS, place)
        scale = 1 / BYTES**2 if job == "memory" else 1
        for (tool, values), (colour, mark, line) in zip(results["jobs"][job].items(), STYLES, strict=True):
            axes.loglog(
                results["partnerships"],
                [value * scale for value in values],
                color=colour,
                marker=mark,
                linestyle=line,
                linewidth=1.6 if tool == "friendcities" else 0.9,
                markersize=4,
                label=tool,
            )
        axes.set_title(f"{heading} ({'MB' if job == 'memory' else 's'})", fontsize=8)
        axes.set_xticks(results["partnerships"], [f"{size:,}" for size in results["partnerships"]], fontsize=7)
        axes.tick_params(labelsize=7, which="both")
        axes.minorticks_off()
    figure.legend(*figure.axes[0].get_legend_handles_labels(), loc="lower right", fontsize=8, frameon=False)
    return figure


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("figure-from-code", FigureFromCode)
    app.add_directive("scaling-results", ScalingResults)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
