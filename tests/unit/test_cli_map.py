"""``friendcities map``."""

import json
from pathlib import Path

import pytest

from friendcities import plot
from friendcities.cli import main
from friendcities.cli import map as command


def test_writes_one_file_under_the_name_that_is_given(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is a page, and where it is is said beside the answer."""
    path = tmp_path / "map.html"

    assert 0 == main(["map", "Shanghai", "-o", str(path)])
    assert path.read_text(encoding="utf-8").startswith("<!doctype html>")
    captured = capsys.readouterr()
    assert ("", f"written: {path}\n") == (captured.out, captured.err)


def test_is_called_like_the_city_where_no_name_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With ``--json`` the answer says what was written."""
    monkeypatch.chdir(tmp_path)

    assert 0 == main(["map", "上海", "--json"])
    assert [{"city": "cn-shanghai", "file": "cn-shanghai.html"}] == json.loads(capsys.readouterr().out)["results"]
    assert ["cn-shanghai.html"] == [path.name for path in tmp_path.iterdir()]


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<?xml"), ("a.pdf", b"%PDF"), ("a.PNG", b"\x89PNG")])
def test_writes_figures_by_the_ending_of_the_name(tmp_path: Path, name: str, begins: bytes) -> None:
    """Vectors or pixels, by the same filters."""
    assert 0 == main(["map", "Shanghai", "-o", str(tmp_path / name), "--on", "1985", "--country", "JP"])
    assert begins == (tmp_path / name).read_bytes()[: len(begins)]


def test_filters_are_those_of_a_question(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked for on the command line is what is drawn."""
    asked = {}
    map_of = plot.map_of

    def noted(city: object, **filters: object) -> object:
        asked.update(filters)
        return map_of(city, **filters)  # type: ignore[arg-type]

    monkeypatch.setattr(plot, "map_of", noted)
    options = ["--status", "any", "--kind", "sister_city", "--disputed", "--include-parts"]

    assert 0 == main(["map", "Shanghai", "-o", str(tmp_path / "a.svg"), *options])
    assert (["any"], ["sister_city"], True, True) == tuple(
        asked[name] for name in ("status", "kind", "disputed", "include_parts")
    )


def test_a_file_is_replaced_only_by_a_whole_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without ``--force``, or where the map cannot be made, the file of before stays."""
    path = tmp_path / "map.html"
    path.write_text("before", encoding="utf-8")

    assert 2 == main(["map", "Shanghai", "-o", str(path)])
    assert f"{path} already exists; name another file, or replace it with --force" in capsys.readouterr().err
    assert 1 == main(["map", "Atlantis", "-o", str(path), "--force"])
    assert "before" == path.read_text(encoding="utf-8")

    monkeypatch.setattr(command, "map_page", lambda *_, **__: "after")
    assert 0 == main(["map", "Shanghai", "-o", str(path), "--force"])
    assert "after" == path.read_text(encoding="utf-8")


def test_a_name_that_says_no_format_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The endings that can be are told."""
    assert 2 == main(["map", "Shanghai", "-o", str(tmp_path / "map.docx")])
    assert "expected a name that ends in .html, .pdf, .png, .svg" in capsys.readouterr().err
    assert [] == list(tmp_path.iterdir())


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be written says where, and what to do."""
    path = tmp_path / "nowhere" / "map.html"

    assert 1 == main(["map", "Shanghai", "-o", str(path)])
    assert (
        f"{path}: cannot write the map: there is no folder {path.parent}; name another file" in capsys.readouterr().err
    )
