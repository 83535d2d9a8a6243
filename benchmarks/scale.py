"""How friendcities grows with the world, beside other libraries that do the same jobs: ``python benchmarks/scale.py``.

Worlds of so many, four times and sixteen times as many partnerships are made by ``world.py``; then every tool does the
jobs of ``tool_jobs.py`` in a process of its own, one tool after the other, round after round. The time is processor
time, of all threads together. All tools must give the same answers.
"""

import argparse
import csv
import json
import os
import platform
import random
import runpy
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any, Final

HERE = Path(__file__).parent
WORLD = runpy.run_path(str(HERE / "world.py"))["world"]
TOOLS = ("friendcities", "NetworkX", "pandas", "polars", "DuckDB", "SQLite")
PACKAGES = ("attrs", "networkx", "pandas", "polars", "duckdb")
TIMES: Final = (1, 4, 16)
"""How many times the smallest world there is."""
ASKED, MISSPELT = 200, 10
"""How many cities are looked up, and how many misspelt ones, behind a first one of each."""


def fill(folder: Path, cities: int, partnerships: int) -> None:
    """Write a world in every form that is read, and what is to be asked of it."""
    world = WORLD(cities, partnerships)
    world.save(folder / "world.json")
    known = {city.id: city for city in world.cities()}
    drawn = world.partnerships()
    _table(folder / "cities.csv", ("id", "name", "country"), ((c.id, c.name, c.country) for c in known.values()))
    _table(
        folder / "partnerships.csv",
        ("first", "second", "date", "kind", "source", "locator"),
        ((*p.cities, p.established, p.state.kind, p.steps[0].evidence[0].source, p.id) for p in drawn),
    )
    ends = [(known[p.cities[0]], known[p.cities[1]]) for p in drawn]
    _table(
        folder / "pairs.csv",
        ("city1", "country1", "lat1", "lng1", "city2", "country2", "lat2", "lng2"),
        ((a.name, a.country, "", "", b.name, b.country, "", "") for a, b in ends),
    )
    lot = random.Random(7)  # noqa: S311 - it is to be foreseen
    asked = lot.choices(sorted(known), k=ASKED + 1)
    names = [_misspelt(known[id_].name, lot) for id_ in lot.choices(sorted(known), k=MISSPELT + 1)]
    (folder / "asked.json").write_text(json.dumps({"cities": asked, "names": names}), encoding="utf-8")


def _table(path: Path, heads: tuple[str, ...], rows: Any) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        write = csv.writer(file)
        write.writerow(heads)
        write.writerows(rows)


def _misspelt(name: str, lot: random.Random) -> str:
    """A name with one letter left out."""
    place = lot.randrange(len(name))
    return name[:place] + name[place + 1 :] or name


def done(tool: str, folder: Path) -> dict[str, Any]:
    """What a process of its own measured."""
    command = [sys.executable, str(HERE / "tool_jobs.py"), tool, str(folder)]
    measured: dict[str, Any] = json.loads(subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True).stdout)
    return measured


def measured(folder: Path, rounds: int) -> dict[str, dict[str, float]]:
    """For each job, the median of what each tool took; memory is in bytes, all else in seconds."""
    found: dict[str, dict[str, list[float]]] = {}
    said: dict[str, Any] = {}
    for number in range(rounds):
        for tool in TOOLS:
            began = time.monotonic()
            result = done(tool, folder)
            print(f"  round {number + 1}, {tool}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
            answers = {"answers": result.pop("answers"), "counted": result.pop("counted")}
            if said.setdefault("answers", answers) != answers:
                sys.exit(f"{tool} gives other answers than {TOOLS[0]} does")
            for job, value in {**result["seconds"], "memory": result["memory"]}.items():
                found.setdefault(job, {}).setdefault(tool, []).append(value)
    return {job: {tool: median(values) for tool, values in tools.items()} for job, tools in found.items()}


def circumstances() -> str:
    """Where this was measured, and with what."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{python} on {platform.system()} {platform.machine()} with {os.cpu_count()} processors; {packages}"


def main() -> None:
    """Measure, and write the results."""
    parser = argparse.ArgumentParser(description="Measure how friendcities and others grow with the world.")
    parser.add_argument("--cities", type=int, default=4_500, help="in the smallest world (default: 4500)")
    parser.add_argument("--partnerships", type=int, default=6_500, help="in the smallest world (default: 6500)")
    parser.add_argument("--rounds", type=int, default=1, help="how often every tool does every job (default: 1)")
    parser.add_argument("--output", type=Path, help="the JSON file to write (default: print it)")
    asked = parser.parse_args()
    sizes, jobs = [], []
    for times in TIMES:
        partnerships = asked.partnerships * times
        print(f"{partnerships} partnerships", file=sys.stderr, flush=True)
        with tempfile.TemporaryDirectory() as folder:
            fill(Path(folder), asked.cities * times, partnerships)
            jobs.append(measured(Path(folder), asked.rounds))
        sizes.append(partnerships)
    results = {
        "measured": datetime.now(UTC).date().isoformat(),
        "on": circumstances(),
        "partnerships": sizes,
        "jobs": {job: {tool: [each[job][tool] for each in jobs] for tool in TOOLS} for job in jobs[0]},
    }
    text = json.dumps(results, indent=2) + "\n"
    if asked.output is None:
        print(text, end="")
    else:
        asked.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
