"""The bundled dataset: read once, when it is first asked for, by however many at once."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import importlib_resources
import pytest

import friendcities as fc
from friendcities import Dataset
from friendcities.datasets import bundled
from friendcities.datasets.dataset import compile_dataset
from tests.worlds import a_city, a_source, a_step, a_tie, told

THREADS = 32


def test_the_bundled_dataset_is_one_object() -> None:
    """However often it is asked for, it is the same."""
    assert fc.dataset() is fc.dataset() is bundled.dataset()


@pytest.mark.parametrize("use", [bundled._read, lambda: subprocess.run([sys.executable, "-V"], check=True)])
def test_other_tests_do_not_read_it(use: Callable[[], object]) -> None:
    """A test without the marker fails where it reads the bundled data, or starts a process of Python."""
    with pytest.raises(pytest.fail.Exception, match="needs the marker bundled_data"):
        use()


@pytest.mark.bundled_data
def test_the_first_call_by_many_threads_loads_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """32 threads that make the first call at once load the data once, and all get the same answer."""
    read = bundled._read
    loads: list[Dataset] = []
    gate = threading.Barrier(THREADS)
    monkeypatch.setattr(bundled, "_LOADED", [])

    def counted() -> Dataset:
        loads.append(read())
        return loads[-1]

    monkeypatch.setattr(bundled, "_read", counted)

    def first_call(_: int) -> tuple[Dataset, tuple[fc.City, ...]]:
        gate.wait()
        return fc.dataset(), fc.partners_of("Shanghai")

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(first_call, range(THREADS)))

    assert 1 == len(loads)
    assert all(dataset is loads[0] for dataset, _ in answers)
    [partners] = {partners for _, partners in answers}
    assert partners == loads[0].partners_of("Shanghai")


@pytest.mark.bundled_data
def test_the_first_import_by_many_threads_is_one() -> None:
    """In a new process too, where the threads also make the first use of every public name."""
    code = f"""
import threading, friendcities as fc
gate, found = threading.Barrier({THREADS}), []
def ask():
    gate.wait()
    found.append((id(fc.dataset()), fc.partners_of("Shanghai"), fc.City, fc.timeline("Dunedin", include_parts=True)))
threads = [threading.Thread(target=ask) for _ in range({THREADS})]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
assert len(found) == {THREADS}, len(found)
assert all(each == found[0] for each in found)
print("agreed")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)

    assert ("agreed\n", "") == (done.stdout, done.stderr)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system does not fork")
@pytest.mark.parametrize("when", ["import", "load"])
@pytest.mark.bundled_data
def test_a_fork_during_the_first_call_hangs_nobody(when: str) -> None:
    """A process that forks while another thread imports or loads waits for it; the child answers."""
    code = f"""
import os, signal, sys, threading, time, warnings, friendcities as fc
warnings.simplefilter("ignore", DeprecationWarning)  # a fork in a process with threads
begun = threading.Event()
def slow():
    begun.set()
    time.sleep(0.3)
class Finder:
    def find_spec(name, path=None, target=None):
        if name == "friendcities.datasets.dataset" and not begun.is_set():
            slow()
if {when == "import"}:
    sys.meta_path.insert(0, Finder)
else:
    from friendcities.datasets import bundled
    read = bundled._read
    bundled._read = lambda: (slow(), read())[1]
thread = threading.Thread(target=fc.dataset if {when == "load"} else lambda: fc.dataset())
thread.start()
begun.wait(10)
child = os.fork()
signal.alarm(20)
fc.partners_of("Shanghai")
if child:
    thread.join()
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
else:
    os._exit(0)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False, text=True)

    assert ("0\n", "") == (done.stdout, done.stderr)


def test_a_failure_to_load_is_not_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the first reading fails, the next call reads again."""
    outcomes: Iterator[OSError | Dataset] = iter([OSError("no disk"), Dataset()])
    monkeypatch.setattr(bundled, "_LOADED", [])

    def flaky() -> Dataset:
        outcome = next(outcomes)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    monkeypatch.setattr(bundled, "_read", flaky)

    with pytest.raises(OSError, match="no disk"):
        fc.dataset()
    assert Dataset() == fc.dataset() == fc.dataset()


WORLD = Dataset(
    [
        a_city("cn-shanghai", "Shanghai"),
        a_city("nz-dunedin", "Dunedin", identifiers={"wikidata": "Q133073"}),
        a_source("gazette"),
        a_tie("cn-shanghai", "nz-dunedin", a_step("1994", told("gazette", "action", date=fc.PartialDate(1995)))),
    ]
)


def test_what_a_wheel_carries_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is a bundle, it is read, and is what was saved."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bundle.jsonl").write_bytes(compile_dataset(WORLD))
    monkeypatch.setattr(bundled, "__file__", str(tmp_path / "datasets" / "bundled.py"))

    assert bundled._read() == WORLD
    assert repr(WORLD) == repr(bundled._read())
    assert ["nz-dunedin"] == [city.id for city in bundled._read().partners_of("Shanghai", source="gazette")]


def test_what_a_source_tree_has_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is none, the folder of records is read, strictly."""
    cities = tmp_path / "data" / "cities"
    cities.mkdir(parents=True)
    (cities / "nz-dunedin.json").write_text('{"name": "Dunedin", "country": "NZ", "level": "municipality"}')
    monkeypatch.setattr(bundled, "__file__", str(tmp_path / "datasets" / "bundled.py"))

    assert Dataset([a_city("nz-dunedin", "Dunedin")]) == bundled._read()
    (cities / "nz-dunedin.json").write_text("{}")
    with pytest.raises(fc.DataError):
        bundled._read()


def test_what_lies_in_an_archive_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the package is no folder, its data is had through the importer that knows where it lies."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bundle.jsonl").write_bytes(compile_dataset(WORLD))
    monkeypatch.setattr(bundled, "__file__", str(tmp_path / "archive.zip" / "datasets" / "bundled.py"))
    monkeypatch.setattr(importlib_resources, "files", lambda _: tmp_path)

    assert bundled._read() == WORLD
