"""Downloads of generated worlds: their cost, and whether a killed process can be continued."""

import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

import friendcities as fc
from benchmarks import download
from benchmarks.world import world
from tests.endpoints import playing
from tests.systems import needs_posix
from tests.wikidata_endpoint import WikidataOf

KILLS = 20
SIZE, PAGE = (100, 150), 10
"""The cities and partnerships of the world whose download is killed, and the statements of a page."""
MEMORY = 1 << 30
"""The memory that a download of the world may use, in bytes."""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of the user."""
    monkeypatch.setenv("FRIENDCITIES_HOME", str(tmp_path / "home"))
    monkeypatch.delenv("FRIENDCITIES_DATASET", raising=False)
    return tmp_path / "home"


@needs_posix
@pytest.mark.slow
@pytest.mark.bundled_data
def test_a_world_in_one_command(home: Path) -> None:
    """A tenth of the world is installed; the answers are as fast as from the bundled data, and memory is bounded."""
    found = download.measured(home, 1_800, 2_600, rounds=2)
    *_, rejected, _, report, query = found["summary"]
    number = int(rejected.split()[1])

    assert f"rejected: {number} of 2600 rows" == rejected
    assert f"report: {home / 'datasets/wikidata/report.txt'}" == report
    assert "query: friendcities partners CITY --dataset wikidata" == query
    assert number < 50
    assert all(found["rows"].values())
    assert found["rows"][download.BUNDLED] < found["rows"]["Shanghai"]
    assert found["answers"]["Shanghai"] < 2 * found["answers"][download.BUNDLED]
    assert max(found["memory of the download"], *found["memory of an answer"].values()) < MEMORY
    assert 2_600 - number <= len(fc.Dataset.load_installed("wikidata").partnerships())


@needs_posix
@pytest.mark.slow
@pytest.mark.bundled_data
def test_killed_at_random_moments_and_continued(home: Path) -> None:
    """Whenever the process is killed, the same command continues, and in the end the files have the same bytes."""
    lot = random.Random(20)  # noqa: S311 - it is to be foreseen
    with playing(WikidataOf(world(*SIZE)).answer) as played:
        options = ["--endpoint", played.address, "--pause", "0", "--page-size", str(PAGE)]
        command = [sys.executable, "-m", "friendcities", "download", "wikidata", *options]
        began = time.monotonic()
        subprocess.run(command, check=True, capture_output=True)
        duration = time.monotonic() - began
        expected = contents(home)
        shutil.rmtree(home)
        killed = 0
        while killed < KILLS:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            with suppress(subprocess.TimeoutExpired):
                process.wait(lot.uniform(0, duration))
            process.kill()
            is_complete = process.wait() == 0
            killed += process.returncode == -signal.SIGKILL
            assert process.returncode in {0, -signal.SIGKILL}
            assert not is_complete or expected == contents(home)
            shutil.rmtree(home if is_complete else home / "nothing", ignore_errors=True)
        subprocess.run(command, check=True, capture_output=True)

    assert expected == contents(home)


def contents(home: Path) -> dict[str, bytes]:
    """The files of the installed dataset, compiled. The manifest has the times of the files."""
    fc.Dataset.load_installed("wikidata")
    files = (home / "datasets/wikidata").iterdir()
    return {path.name: path.read_bytes() for path in files if path.name != "manifest.json"}
