"""The help of the commands: examples that run, lines that fit, suggestions and completions."""

import argparse
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

import friendcities as fc
from friendcities.cli import download, fetch, main
from friendcities.cli.commands import COMMANDS, parser_for
from friendcities.cli.parser import CommandParser
from friendcities.datasets.installed import Description, install
from friendcities.extras import install_command
from friendcities.importers import read_wikidata
from tests.frozen import write_tree
from tests.sessions import BASE
from tests.tables import in_csv
from tests.wikidata import entity, twinned, written
from tests.worlds import a_city, a_tie

WIDTH = 80
UNFINISHED = (
    "friendcities add partnership",
    "friendcities correct",
    "friendcities import list.csv > my-profile.toml",
)
"""Examples that exit with 2: nobody answers the questions here, and a proposed profile is no import."""


def parsers(parser: CommandParser) -> Iterator[CommandParser]:
    """A parser, and those of the commands within it."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from parsers(each)


def command_parsers() -> Iterator[CommandParser]:
    """The parser of every command, with all its arguments."""
    for name in COMMANDS:
        yield from (each for each in parsers(parser_for(name)) if f"{each.prog} ".startswith(f"friendcities {name} "))


PARSERS = {parser.prog: parser for parser in command_parsers()}
EXAMPLES = list(dict.fromkeys(each for parser in (parser_for(None), *PARSERS.values()) for each in parser.examples))


def help_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command line prints before it exits with 0."""
    with pytest.raises(SystemExit) as stop:
        main(arguments)
    assert not stop.value.code
    return capsys.readouterr().out


@pytest.mark.parametrize("columns", ["80", "200"])
@pytest.mark.parametrize("name", ["", *PARSERS])
def test_help_fits_the_terminal(
    name: str, columns: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No line of a help is longer than 80 columns, however wide the terminal is, and with or without rich."""
    monkeypatch.setenv("COLUMNS", columns)
    arguments = [*name.split()[1:], "--help"]
    shown = help_of(capsys, *arguments)
    monkeypatch.setitem(sys.modules, "rich", None)

    assert [] == [line for line in shown.splitlines() if len(line) > WIDTH]
    assert shown == help_of(capsys, *arguments) == help_of(capsys, "help", *arguments[:-1])
    assert "\nexamples:\n  friendcities " in shown
    assert shown.startswith("usage: friendcities")


def test_help_says_what_may_be_repeated() -> None:
    """An option may be repeated if, and only if, its help says so."""
    actions = [action for parser in PARSERS.values() for action in parser._actions if action.help]
    repeated = {action.dest for action in actions if isinstance(action, argparse._AppendAction)}

    assert {"status", "only", "same", "city"} <= repeated
    for action in actions:
        appends = isinstance(action, argparse._AppendAction)
        assert appends == ("may be repeated" in str(action.help).lower()), action.dest


def test_every_option_has_a_group() -> None:
    """Beside --help and --version, no option is in the group without a name of its own."""
    for parser in PARSERS.values():
        alone = {option for action in parser._optionals._group_actions for option in action.option_strings}
        assert alone <= {"-h", "--help", "--profile"}, parser.prog


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(option: str, capsys: pytest.CaptureFixture[str]) -> None:
    """The version of the package and of the data."""
    assert f"friendcities {fc.__version__}, data of {fc.data_version}\n" == help_of(capsys, option)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A clone with everything that the examples name beside it."""
    path = tmp_path_factory.mktemp("examples")
    for name in ("src/friendcities/data", "old", "new"):
        write_tree(path / name)
    told = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "src"], ["commit", "-q", "-m", "The data"], ["gc", "-q"]):
        environment = os.environ | {"GIT_CONFIG_GLOBAL": os.devnull}
        subprocess.run(["git", *told, *command], cwd=path, env=environment, check=True, capture_output=True)  # noqa: S607
    lyon = a_city("fr-lyon")
    mine = fc.Dataset([lyon, a_city("nz-otepoti"), a_tie("fr-lyon", "nz-otepoti")])
    mine.save(path / "new.json")
    mine.save(path / "twins.json")
    shutil.copytree(BASE, path / "my-records")
    rows = in_csv(("Vík", "Iceland", "", "", "Lyon", "France", "", ""))
    (path / "list.csv").write_text(rows, encoding="utf-8")
    (path / "nz").mkdir()
    written(path / "nz" / "page.json", entity("Q901", "Vik", "Q189", twinned("Q902")), entity("Q902", "Lyon", "Q142"))
    read_wikidata(path / "nz").dataset.save(path / "wikidata.json")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("FRIENDCITIES_HOME", str(path / "home"))
        for name in ("wikidata", "wikidata-nz"):
            description = Description(date="2026-01-31", source="Wikidata", licence="CC0 1.0")
            install(name, mine, description)
            mine.save(path / "home" / "datasets" / name / "download.json")
    return path


def test_there_are_examples() -> None:
    """Each command has at least one, and every one is of the command."""
    assert all(parser.examples for parser in PARSERS.values())
    for name, parser in PARSERS.items():
        words = [
            example.removeprefix("friendcities help ").removeprefix("friendcities ") for example in parser.examples
        ]
        assert all(each.startswith(name.removeprefix("friendcities ")) for each in words), name


@pytest.mark.parametrize("example", EXAMPLES)
def test_examples_run(
    example: str, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Every example of a help does what it says, in a clone with the files that it names."""
    here = shutil.copytree(folder, tmp_path / "here", copy_function=os.link)
    monkeypatch.chdir(here)
    found = SimpleNamespace(pages=1, statements=2, kept=0, folder="nz")
    monkeypatch.setattr(fetch, "fetch_wikidata", lambda *_, **__: found)
    monkeypatch.setenv("FRIENDCITIES_HOME", str(here / "home"))
    monkeypatch.setattr(download, "find_city_item", lambda *_, **__: "Q901")
    monkeypatch.setattr(download, "_fetch", lambda pages, *_: shutil.copytree("nz", pages))
    program, *arguments = shlex.split(example.partition(" > ")[0])
    try:
        code: Any = main(arguments)
    except SystemExit as stop:
        code = stop.code
    shown = capsys.readouterr()

    assert "friendcities" == program
    assert (2 if example in UNFINISHED else 0) == (code or 0), shown.err
    assert "Traceback" not in shown.err


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("friendcities pa", ["partners", "path"]),
        ("friendcities partners Duned", ["Dunedin "]),
        ("friendcities partners 'Port of Sp", ["Port of Spain"]),
        ("friendcities partners Dunedin --shared-with Yokoh", ["Yokohama "]),
        ("friendcities show cn-shanghai--nz", ["cn-shanghai--nz-dunedin "]),
        ("friendcities sources iso", ["iso-3166-2 "]),
        ("friendcities partners Dunedin --ki", ["--kind "]),
        ("friendcities partners Dunedin --kind s", ["sister_city "]),
        ("friendcities partners Dunedin --country N", ["NA", "NL", "NO", "NZ"]),
        ("friendcities partners Dunedin --source iso", ["iso-3166-2 "]),
        ("friendcities export --format ge", ["geojson", "gexf"]),
        ("friendcities add par", ["partnership "]),
        ("friendcities check --only unu", ["unused-source "]),
        ("friendcities completion f", ["fish "]),
    ],
)
def test_completions(line: str, expected: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell completes commands, options, their values, cities and sources."""
    output = tmp_path / "completions"
    given = {"_ARGCOMPLETE": "1", "_ARGCOMPLETE_IFS": "\n", "_ARGCOMPLETE_STDOUT_FILENAME": str(output)}
    for name, value in {**given, "COMP_LINE": line, "COMP_POINT": str(len(line))}.items():
        monkeypatch.setenv(name, value)
    # argcomplete opens the file descriptor 9 for debugging, which belongs to pytest here; None makes it use stderr.
    monkeypatch.setattr(os, "fdopen", None)
    with pytest.raises(SystemExit):
        main([])

    assert sorted(expected) == sorted(output.read_text(encoding="utf-8").split("\n"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(shell: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The script of a shell is for the command; without the extra, the error names it."""
    assert 0 == main(["completion", shell])
    script = capsys.readouterr().out
    assert "friendcities" in script
    monkeypatch.setitem(sys.modules, "argcomplete.shell_integration", None)
    assert 1 == main(["completion", shell])
    assert install_command("cli") in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [
        ("partners", "Atlantis"),
        ("partners", "Springfild"),
        ("partners", ""),
        ("partners", "Shanghai", "--country", "Atlantis"),
        ("partners", "Shanghai", "--source", "shine"),
        ("partners", "Japan"),
        ("partners", "Weimar"),
        ("add", "partnership", "Atlantis", "Weimar", "--date", "soon"),
        ("cite", "Shanghai", "Johannesburg"),
        ("path", "Dunedin", "Yokohama", "--kind", "contact"),
        ("sources", "--include-parts"),
        ("export", "--format", "csv", "--include-parts"),
        ("export", "--format", "sqlite"),
        ("stats", "--include-parts"),
        ("find", "qqqq"),
        ("check", "no/such/folder"),
        ("rules", "unused"),
        ("schema",),
        ("diff", ""),
        ("merge", "list.csv", "-o", "out.json"),
        ("import", "no-such-file.csv", "--profile", "pairs"),
        ("import", "list.csv", "--profile", "no-such-profile"),
        ("fetch", "wikidata", "--all", "-o", "nowhere", "--page-size", "0"),
        ("fetch", "wikidata", "--all", "-o", "nowhere"),
        ("map", "Shanghai", "-o", "map.docx"),
    ],
    ids=" ".join,
)
def test_errors_in_a_shell_name_no_python(
    arguments: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the command line says is wrong names commands and options, never functions or their arguments."""
    monkeypatch.chdir(folder)
    monkeypatch.delenv("FRIENDCITIES_CONTACT", raising=False)
    assert main(arguments) in {1, 2}
    said = capsys.readouterr().err

    assert said.startswith("friendcities: ")
    assert [] == re.findall(r"\w+\(|(?<!-)\b[a-z_]+=|Dataset\b|True|False|None", said), said
