"""Measures the library against its budgets and prints a table: ``python benchmarks/run.py``.

Every budget is a ratio of two things timed in turn in one run, so that a slow machine slows both; and what is timed is
processor time, so that what else runs on the machine counts for nothing. The table has the median of the ratios over
all rounds, and between which two of them the middle half lies.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path
from statistics import median, quantiles

from attrs import frozen

HERE = Path(__file__).parent
SAMPLE = "import pycountry; pycountry.subdivisions.get(code='NZ-OTA')"
"""The first look-up of a subdivision in a new process: what a cold answer is held against."""
LINES = 2
"""How often lines are measured; they take long."""


@frozen
class Row:
    """One budget: what is timed, what it is held against, and how many times as long it may take."""

    what: str
    timed: str
    against: str
    budget: float | None
    goal: float | None


ROWS = (
    Row("`import friendcities` / `import attrs`", "import", "attrs", 0.4, 0.25),
    Row("cold answer / pycountry's first subdivision", "cold", "sample", 1.0, 0.8),
    Row("cold answer, ten times the data / the same", "cold 10", "sample", 1.3, 1.0),
    Row("cold answer, a hundred times the data / the same", "cold 100", "sample", None, None),
    Row("first answer from a compiled world of 26,000 / from the bundled data", "cold world", "cold", 1.2, 1.0),
    Row("warm `partners_of` / pycountry `get`", "partners", "pycountry", 4, 1.5),
    Row("warm, `on=` and `kind=`, asked again / `get`", "filtered", "pycountry", 8, 4),
    Row("warm, `on=` and `kind=`, a new date each time / `get`", "filtered anew", "pycountry", 8, 4),
    Row("warm in a world of 26,000 / the bundled", "large", "partners", 1.5, 1.1),
    Row("the same, a new date each time / the bundled", "large anew", "filtered anew", 1.5, 1.1),
    Row("strict load of the world / `json.loads`", "strict", "json", 5, 3),
    Row("import of 26,000 CSV rows with report / strict load", "import CSV", "strict load", 3, 1.5),
    Row("world to pandas / strict load", "pandas", "strict load", 3, 1.5),
    Row("world to a CSV folder / strict load", "CSV folder", "strict load", 4, 2),
    Row("world without coordinates to GeoJSON / strict load", "GeoJSON", "strict load", 2, 1),
    Row("world to GeoJSON, with lines / strict load", "GeoJSON lines", "one strict load", None, None),
    Row("world to NetworkX / strict load", "to NetworkX", "strict load", 1.5, 0.7),
    Row("GraphML of the world / NetworkX reading it", "GraphML", "NetworkX", 2, 1.2),
    Row("all shortest paths of the world / strict load", "paths", "strict load", None, None),
)


def processes(worlds: Path) -> dict[str, list[str]]:
    """The processes that are timed whole, by name; each is the arguments of one Python."""
    return {
        "attrs": ["-c", "import attrs"],
        "import": ["-c", "import friendcities"],
        "sample": ["-c", SAMPLE],
        "cold": ["-c", "import friendcities as fc; print(fc.partners_of('Shanghai'))"],
        "cold world": [str(HERE / "cold_answer.py"), str(worlds / "world.jsonl")],
        "cold 10": [str(HERE / "cold_answer.py"), str(worlds / "bundled-10.jsonl")],
        "cold 100": [str(HERE / "cold_answer.py"), str(worlds / "bundled-100.jsonl")],
    }


def whole_processes(worlds: Path, rounds: int) -> dict[str, list[float]]:
    """The seconds that each process takes, in every round; the first round, which compiles, is thrown away."""
    timed = processes(worlds)
    seconds: dict[str, list[float]] = {name: [] for name in timed}
    for number in range(rounds + 1):
        for name, arguments in timed.items():
            before = _used_by_children()
            python(*arguments)
            if number:
                seconds[name].append(_used_by_children() - before)
    return seconds


def _used_by_children() -> float:
    """The processor time of all processes that were started here and have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def python(*arguments: str) -> str:
    """What a new process of this Python prints."""
    quiet = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run([sys.executable, *arguments], stdout=subprocess.PIPE, env=quiet, check=True, text=True)
    return done.stdout


def table(seconds: dict[str, list[float]]) -> str:
    """The table, in Markdown."""
    lines = [
        "| what | median | middle half | budget | goal | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for row in ROWS:
        ratios = [one / other for one, other in zip(seconds[row.timed], seconds[row.against], strict=True)]
        low, middle, high = quantiles(ratios, n=4, method="inclusive")
        lines.append(
            f"| {row.what} | {middle:.2f} | {low:.2f} to {high:.2f} | {_limit(row.budget)} | {_limit(row.goal)} "
            f"| {_verdict(row, middle)} |"
        )
    return "\n".join(lines)


def _limit(limit: float | None) -> str:
    return "" if limit is None else f"{limit:g}"


def _verdict(row: Row, ratio: float) -> str:
    if row.budget is None or row.goal is None:
        return ""
    return "goal met" if ratio <= row.goal else "budget met" if ratio <= row.budget else "**missed**"


def medians(seconds: dict[str, list[float]], calls: dict[str, int]) -> str:
    """The times themselves, in milliseconds, for whoever wants to know where a ratio comes from."""
    return ", ".join(f"{name} {median(each) / calls.get(name, 1) * 1000:.3g}" for name, each in seconds.items())


def circumstances() -> str:
    """Where this was measured, and with what."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("attrs", "cattrs", "pycountry"))
    where = (
        "from importlib_resources import files; "
        "print('one bundle' if (files('friendcities') / 'data' / 'bundle.jsonl').is_file() else 'the tree of files')"
    )
    reads = python("-c", where).strip()
    return (
        f"{platform.python_implementation()} {platform.python_version()}, {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} processors; {packages}; the bundled data is read from {reads}."
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure friendcities against its budgets.")
    parser.add_argument("--rounds", type=int, default=15, help="how often each process is started (default: 15)")
    parser.add_argument("--loads", type=int, default=5, help="how often the large world is loaded (default: 5)")
    asked = parser.parse_args()
    print(circumstances(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        worlds = Path(folder)
        python(str(HERE / "world.py"), folder)
        large = str(worlds / "world.json")
        inside = str(HERE / "in_process.py")
        seconds = whole_processes(worlds, asked.rounds)
        warm = json.loads(python(inside, "warm", large, str(asked.rounds)))
        loads = json.loads(python(inside, "load", large, str(asked.loads)))
        loads |= json.loads(python(inside, "files", large, str(asked.loads)))
        loads |= json.loads(python(inside, "lines", large, str(LINES)))
    calls = int(python("-c", f"import runpy; print(runpy.run_path({inside!r})['CALLS'])"))
    every = {**seconds, **warm, **loads}
    print(f"\n{table(every)}\n\nMilliseconds: {medians(every, dict.fromkeys(warm, calls))}.")


if __name__ == "__main__":
    main()
