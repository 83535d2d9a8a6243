"""What reading the positions of JSON values costs: our reader beside the libraries that could do it.

The libraries are no dependencies of the project; those that are installed are measured, the others are named:

    pip install json-source-map pyyaml tree-sitter tree-sitter-json
    python benchmarks/json_positions.py [FILE]

FILE is one large JSON text, such as ``benchmarks/world.py`` makes; without it, only the records are read.
"""

import importlib
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median
from typing import Any

from friendcities.codec.positions import Positions

TREE = Path(__file__).parents[1] / "src" / "friendcities" / "data"
ROUNDS = 5

Reader = Callable[[str], object]


def readers() -> Iterator[tuple[str, Reader]]:
    """What there is to measure; ``json.loads``, which gives no positions, is the measure of the others."""
    yield "json.loads (no positions)", json.loads
    yield "friendcities.codec.positions", lambda text: Positions(text).of("name")
    for name, make in (("json-source-map", source_map), ("tree-sitter", tree_sitter), ("PyYAML (C)", yaml)):
        try:
            yield name, make()
        except ImportError as error:
            print(f"{name}: not installed ({error.name})")


def source_map() -> Reader:
    """Positions by JSON pointer."""
    read: Reader = importlib.import_module("json_source_map").calculate
    return read


def tree_sitter() -> Reader:
    """A syntax tree, every node of which is visited once."""
    library: Any = importlib.import_module("tree_sitter")
    grammar: Any = importlib.import_module("tree_sitter_json")
    parser = library.Parser(library.Language(grammar.language()))

    def read(text: str) -> int:
        cursor = parser.parse(text.encode()).walk()
        lines: int = 0
        while True:
            lines += int(cursor.node.start_point[0])
            if cursor.goto_first_child():
                continue
            while not cursor.goto_next_sibling():
                if not cursor.goto_parent():
                    return lines

    return read


def yaml() -> Reader:
    """YAML nodes with their marks; JSON is nearly a subset."""
    library: Any = importlib.import_module("yaml")
    return lambda text: library.compose(text, Loader=library.CSafeLoader)


def seconds(read: Reader, texts: list[str], rounds: int) -> float:
    """The median processor time of reading some texts."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for text in texts:
            read(text)
        times.append(time.process_time() - start)
    return median(times)


def main(arguments: list[str]) -> None:
    """Measure and print."""
    texts = [path.read_text("utf-8") for path in sorted(TREE.rglob("*.json"))]
    large = [Path(argument).read_text("utf-8") for argument in arguments]
    print(f"{len(texts)} records, {sum(map(len, texts))} characters; large: {sum(map(len, large))} characters")
    for name, read in readers():
        line = f"{name:30} records {seconds(read, texts, ROUNDS) * 1000:8.1f} ms"
        print(line + (f"   large {seconds(read, large, 1):7.2f} s" if large else ""))


if __name__ == "__main__":
    main(sys.argv[1:])
