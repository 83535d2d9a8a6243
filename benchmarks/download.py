"""Measures a download of the whole world, with a server on this machine in place of Wikidata.

    python -m benchmarks.download

``friendcities download wikidata`` runs once. Then the partners of three cities are asked, and Shanghai's partners in
the bundled data, in turn. A time is processor time, unless it is called elapsed.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.world import world
from tests.endpoints import playing
from tests.wikidata_endpoint import WikidataOf

BUNDLED = "Shanghai, in the bundled data"
RUN = """
import json, resource, subprocess, sys
printed = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True, text=True).stdout
used = resource.getrusage(resource.RUSAGE_CHILDREN)
memory = used.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps({"printed": printed, "seconds": used.ru_utime + used.ru_stime, "memory": memory}))
"""
"""A small process between this one and the command: a new process has the memory of the process that starts it."""


def measured(home: Path, cities: int, partnerships: int, rounds: int) -> dict[str, Any]:
    """Times in seconds, the largest memory in bytes, and the summary that the download prints."""
    made = world(cities, partnerships)
    by_partners = sorted(made.cities(), key=lambda city: len(made.partners_of(city)))
    asked = ["Shanghai", *(f"{city.name}, {city.country}" for city in (by_partners[0], by_partners[-1]))]
    questions = {city: ["partners", city, "--dataset", "wikidata"] for city in asked} | {
        BUNDLED: ["partners", "Shanghai"]
    }
    with playing(WikidataOf(made).answer) as played:
        began = time.monotonic()
        download = friendcities(home, "download", "wikidata", "--endpoint", played.address, "--pause", "0")
        elapsed = time.monotonic() - began
    answers = [{name: friendcities(home, *each) for name, each in questions.items()} for _ in range(rounds + 1)][1:]
    folder = home / "datasets" / "wikidata"
    return {
        "download": download["seconds"],
        "download, elapsed": elapsed,
        "memory of the download": download["memory"],
        "requests": len(played.queries),
        "files": {file.name: file.stat().st_size for file in sorted(folder.iterdir())},
        "summary": download["printed"].splitlines(),
        "rows": {name: len(answers[0][name]["printed"].splitlines()) for name in questions},
        "answers": {name: median(each[name]["seconds"] for each in answers) for name in questions},
        "memory of an answer": {name: median(each[name]["memory"] for each in answers) for name in questions},
    }


def friendcities(home: Path, *arguments: str) -> dict[str, Any]:
    """What a command prints, its processor time in seconds, and its largest memory in bytes."""
    environment = os.environ | {"FRIENDCITIES_HOME": str(home)}
    command = [sys.executable, "-c", RUN, sys.executable, "-m", "friendcities", *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, env=environment, check=True, text=True)
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def main() -> None:
    """Measure, and print the results as JSON."""
    parser = argparse.ArgumentParser(description="Measure a download of the whole world.")
    parser.add_argument("--cities", type=int, default=18_000)
    parser.add_argument("--partnerships", type=int, default=26_000)
    parser.add_argument("--rounds", type=int, default=5, help="how often each question is asked (default: 5)")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        print(json.dumps(measured(Path(home), asked.cities, asked.partnerships, asked.rounds), indent=2))


if __name__ == "__main__":
    main()
