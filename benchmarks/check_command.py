"""How long ``friendcities check`` takes: whole processes, on the records of the project and on trees of growing worlds.

    python benchmarks/check_command.py [PARTNERSHIPS …]

Without arguments, worlds of 5,000, 10,000 and 20,000 partnerships are checked. They are those of ``world.py``, written
out as trees of files, so this takes some minutes.
"""

import resource
import runpy
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from friendcities.codec.writer import encode
from friendcities.datasets.folder import record_path

world = runpy.run_path(str(Path(__file__).with_name("world.py")))["world"]
TREE = Path(__file__).parents[1] / "src" / "friendcities" / "data"
ROUNDS = 5


def seconds(folder: Path, rounds: int) -> float:
    """The median processor time of a whole process that checks a folder."""
    times = []
    for _ in range(rounds):
        start = used_by_children()
        command = [sys.executable, "-m", "friendcities", "check", "--standalone", str(folder)]
        subprocess.run(command, check=False, capture_output=True)
        times.append(used_by_children() - start)
    return median(times)


def used_by_children() -> float:
    """The processor time of all processes that were started here and have ended, in seconds."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def write(folder: Path, partnerships: int) -> int:
    """Write a world as a tree of files; say how many."""
    records = list(world(partnerships * 9 // 13, partnerships))
    for record in records:
        path = folder / record_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(encode(record), "utf-8")
    return len(records)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    files = len(list(TREE.rglob("*.json")))
    print(f"{'the project':>12}: {files:6} files {seconds(TREE, ROUNDS):7.2f} s")
    for partnerships in map(int, arguments or ["5000", "10000", "20000"]):
        with TemporaryDirectory() as folder:
            files = write(Path(folder), partnerships)
            took = seconds(Path(folder), 1)
        print(f"{partnerships:12}: {files:6} files {took:7.2f} s {took / files * 1e6:6.0f} µs a file")


if __name__ == "__main__":
    main(sys.argv[1:])
