"""The workflow that publishes the partnerships of the world: its scripts, with a server in place of Wikidata."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

import friendcities as fc
from benchmarks.world import world
from tests.endpoints import playing
from tests.systems import needs_posix
from tests.wikidata_endpoint import WikidataOf

ROOT: Final = Path(__file__).parents[2]
JOBS: Final[dict[str, Any]] = yaml.safe_load((ROOT / ".github/workflows/world.yml").read_text(encoding="utf-8"))["jobs"]
INSTALL: Final = "Install"
"""The step that is left out: the tests run what is installed already."""
PARTNERSHIPS: Final = 60


@pytest.fixture
def clone(tmp_path: Path) -> Iterator[Path]:
    """A folder with what the workflow needs of a clone, our command line, and a program in place of ``gh``."""
    for name in ("LICENSE-DATA", "src"):
        (tmp_path / name).symlink_to(ROOT / name)
    with playing(WikidataOf(world(40, PARTNERSHIPS)).answer) as played:
        requests = f"--endpoint {played.address} --pause 0 --page-size 20"
        begin = f'#!/bin/sh\n[ "$1" != download ] || set -- "$@" {requests}\n'
        program(
            tmp_path / ".venv/bin/friendcities", f'{begin}exec {shlex.quote(sys.executable)} -m friendcities "$@"\n'
        )
        program(tmp_path / "bin/gh", '#!/bin/sh\nprintf "%s\\n" "$@" > gh.txt\n')
        yield tmp_path


def program(path: Path, text: str) -> None:
    """Write a program."""
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def run(job: str, clone: Path, *names: str) -> list[int]:
    """Run the scripts of a job as GitHub does, or only those of some steps; their exit codes."""
    codes = []
    for step in JOBS[job]["steps"]:
        if "run" not in step or step["name"] == INSTALL or (names and step["name"] not in names):
            continue
        path = f"{clone / 'bin'}{os.pathsep}{os.environ['PATH']}"
        env = {**os.environ, **JOBS[job].get("env", {}), **step.get("env", {}), "PATH": path}
        script = ["bash", "-e", "-c", step["run"]]
        codes.append(subprocess.run(script, cwd=clone, env=env, check=False).returncode)
    return codes


@needs_posix
@pytest.mark.slow
@pytest.mark.bundled_data
def test_the_files_are_built_checked_and_published(clone: Path) -> None:
    """Both files are valid, checked and listed with their digests; the release has all files."""
    codes = run("build", clone)
    alone, both = (fc.Dataset.load(clone / f"world/{name}wikidata.json") for name in ("", "friendcities-and-"))
    files = sorted(path.name for path in (clone / "world").iterdir())
    listed = [line.split()[1] for line in (clone / "world/SHA256SUMS").read_text().splitlines()]

    assert [0] * 4 == codes
    assert [
        "LICENSE-DATA",
        "SHA256SUMS",
        "about.txt",
        "attributions.txt",
        "friendcities-and-wikidata.json",
        "problems-of-both.txt",
        "problems-of-wikidata.txt",
        "report.txt",
        "wikidata.json",
    ] == files
    assert [each for each in files if each != "SHA256SUMS"] == listed
    assert PARTNERSHIPS == len(alone.partnerships())
    assert {"Wikidata"} == {each.publisher for each in alone.sources()}
    assert len(fc.dataset().partnerships()) < len(both.partnerships())
    assert ["sha256sum"] == shlex.split(JOBS["build"]["steps"][-2]["run"])[3:4]
    subprocess.run(["sha256sum", "--check", "--strict", "SHA256SUMS"], cwd=clone / "world", check=True)  # noqa: S607

    assert [0] == run("publish", clone)
    published = (clone / "gh.txt").read_text().splitlines()
    assert ["release", "create"] == published[:2]
    assert [f"world/{name}" for name in files] == published[-len(files) :]
    assert "wikidata.json has statements of Wikidata only, under CC0 1.0." in (clone / "notes.md").read_text()

    shutil.rmtree(clone / "checked")
    (clone / "world/wikidata.json").write_text('{"friendcities": 1, "cities": {"x": {}}}', encoding="utf-8")
    [code] = run("build", clone, "Check both files")
    assert 1 == code
