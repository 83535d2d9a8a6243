"""Every benchmark runs: on worlds so small that nothing is learnt of time, and nothing can rot unseen."""

import json
from pathlib import Path

import pytest

import friendcities as fc
from benchmarks import check_command, in_process, json_positions, run, scale
from benchmarks.world import many_times, world
from friendcities.codec.writer import encode
from friendcities.datasets.dataset import compile_dataset
from friendcities.datasets.folder import record_path

CITIES, PARTNERSHIPS = 40, 60


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a small world in every form in which it is read."""
    scale.fill(tmp_path, CITIES, PARTNERSHIPS)
    for name in ("world.jsonl", "bundled-10.jsonl", "bundled-100.jsonl"):
        (tmp_path / name).write_bytes(compile_dataset(world(CITIES, PARTNERSHIPS)))
    return tmp_path


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A register of one city."""
    city = next(each for each in world(CITIES, PARTNERSHIPS).cities() if each.id == "cn-shanghai")
    place = tmp_path / "tree" / record_path(city)
    place.parent.mkdir(parents=True)
    place.write_text(encode(city), encoding="utf-8")
    return tmp_path / "tree"


def test_a_world_is_as_large_as_it_is_asked_for_and_always_the_same() -> None:
    """So many cities and partnerships, every city with a partner, and the same ones each time."""
    made = world(CITIES, PARTNERSHIPS)

    assert (CITIES, PARTNERSHIPS) == (len(made.cities()), len(made.partnerships()))
    assert all(made.partners_of(city) for city in made.cities())
    assert made == world(CITIES, PARTNERSHIPS)


def test_the_bundled_data_can_be_had_many_times_over() -> None:
    """Each copy has as many records, and all of them fit together; sources are copied as well."""
    assert len(many_times(3)) == 3 * len(fc.dataset())


@pytest.mark.slow
@pytest.mark.bundled_data
def test_the_budgets_are_measured(folder: Path) -> None:
    """Whole processes, warm questions and the strict load make one table, with a row for every budget."""
    seconds = {
        **run.whole_processes(folder, 2),
        **in_process.measured(in_process.warm(folder / "world.json"), 2, 3),
        **in_process.measured(in_process.load(folder / "world.json"), 2, 1),
        **in_process.measured(in_process.files(folder / "world.json"), 2, 1),
        **in_process.measured(in_process.lines(folder / "world.json"), 2, 1),
    }
    table = run.table(seconds)

    assert [f"| {row.what} |" for row in run.ROWS] == [
        line[: line.index(" |", 2) + 2] for line in table.splitlines()[2:]
    ]
    assert "processors" in run.circumstances()
    assert run.medians(seconds, {}).count(",") == len(seconds) - 1


@pytest.mark.slow
@pytest.mark.bundled_data
def test_every_tool_does_every_job_and_gives_the_same_answers(folder: Path) -> None:
    """Where a tool gave another answer than ours, measuring would stop; all that was measured is more than nothing."""
    found = scale.measured(folder, 1)

    assert {"load", "look-up", "find", "save", "export", "import", "memory"} == set(found)
    assert all(set(scale.TOOLS) == set(tools) for tools in found.values())
    assert "duckdb" in scale.circumstances()


def test_a_tool_with_other_answers_stops_the_measuring(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is quick and wrong is not compared."""
    told = {"seconds": {}, "memory": 0, "counted": [1, 1]}
    monkeypatch.setattr(scale, "done", lambda tool, _: {**told, "answers": [tool]})
    with pytest.raises(SystemExit, match="NetworkX gives other answers"):
        scale.measured(folder, 1)


def test_what_was_measured_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For each job and tool one figure for each size of the world."""
    monkeypatch.setattr(scale, "measured", lambda *_: {"load": dict.fromkeys(scale.TOOLS, 1.0)})
    monkeypatch.setattr("sys.argv", ["", "--cities=4", "--partnerships=4", f"--output={tmp_path / 'x.json'}"])
    scale.main()
    told = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))

    assert [4, 16, 64] == told["partnerships"]
    assert {"load": {tool: [1.0, 1.0, 1.0] for tool in scale.TOOLS}} == told["jobs"]


@pytest.mark.bundled_data
def test_the_check_is_measured(tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """The project's own records, and a world as a tree of files."""
    monkeypatch.setattr(check_command, "TREE", tree)
    monkeypatch.setattr(check_command, "ROUNDS", 1)
    check_command.main(["26"])

    project, small = capsys.readouterr().out.splitlines()
    assert project.split()[:4] == ["the", "project:", "1", "files"]
    assert small.split()[:3] == ["26:", "45", "files"]


def test_reading_positions_is_measured(
    folder: Path, tree: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The records and a large text, with ours and with whatever of the others is installed."""
    monkeypatch.setattr(json_positions, "TREE", tree)
    monkeypatch.setattr(json_positions, "ROUNDS", 1)
    json_positions.main([str(folder / "world.json")])

    assert "friendcities.codec.positions" in capsys.readouterr().out
