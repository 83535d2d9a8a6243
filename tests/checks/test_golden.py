"""Golden cases: files that break a rule, over a small valid tree, with all problems that the check finds.

A folder in ``golden`` has the name of its rule. It contains files that overlay those of ``base``; ``expected.txt``, one
line for each problem; and, if the rule has a fix, ``fixed`` with the files after ``check --fix``.
"""

import shutil
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import pytest
from attrs import evolve

from friendcities.checks import RecordTree, Rule, all_rules, check, fix_files
from friendcities.checks.rules import RULES, files
from friendcities.cli import check as command
from friendcities.cli import main
from friendcities.errors import Problem
from tests.systems import needs_posix

HERE: Final = Path(__file__).parent
BASE: Final = HERE / "base"
GOLDEN: Final = HERE / "golden"
TODAY: Final = date(2026, 1, 1)
EXPECTED: Final = "expected.txt"
FIXED: Final = "fixed"
MADE_BY_CODE: Final = frozenset({"readable"})
"""Rules whose cases cannot be under version control."""

CASES: Final = sorted(path.name for path in GOLDEN.iterdir())
each_case = pytest.mark.parametrize("name", CASES)


@pytest.fixture
def root(name: str, tmp_path: Path) -> Path:
    """The base, overlaid with the files of a case."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    shutil.copytree(GOLDEN / name, tmp_path, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, FIXED))
    return tmp_path


def line_of(problem: Problem, register: RecordTree) -> str:
    """A problem as one line, with paths relative to the root of the tree."""
    what = problem.message
    for file in register.files:
        what = what.replace(str(file.path), file.path.relative_to(register.root).as_posix())
    return str(evolve(problem, path=Path(problem.path).relative_to(register.root).as_posix(), message=what))


def files_in(folder: Path) -> dict[str, bytes]:
    """The contents of the files in a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class At(RecordTree):
    """A tree that is always checked on the day of the cases."""

    @classmethod
    def read(cls, root: Path, **how: Any) -> RecordTree:
        """Read a folder."""
        return RecordTree.read(root, today=TODAY, **how)


def place_of(line: str) -> list[str]:
    """Path, line, column and rule of a problem."""
    return line.split(": ", 2)[:2]


def test_the_base_is_sound() -> None:
    """The base has no problems, so all problems of a case are caused by its files."""
    report = check(RecordTree.read(BASE, today=TODAY))

    assert () == report.problems
    assert report.files > 0


@each_case
def test_every_problem_is_found(name: str, root: Path) -> None:
    """The check finds exactly the expected problems, among them one of the rule of the case."""
    register = RecordTree.read(root, today=TODAY)
    problems = check(register).problems

    expected = (GOLDEN / name / EXPECTED).read_text("utf-8").splitlines()

    assert expected == [line_of(problem, register) for problem in problems]
    assert name in {problem.rule for problem in problems}


def test_all_is_found_in_one_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command checks all invalid copies at once and reports each problem with line and column."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "RecordTree", At)
    for name in CASES:
        shutil.copytree(BASE, name)
        shutil.copytree(GOLDEN / name, name, dirs_exist_ok=True, ignore=shutil.ignore_patterns(EXPECTED, FIXED))
    expected = [line for name in CASES for line in (GOLDEN / name / EXPECTED).read_text("utf-8").splitlines()]

    code = main(["check", "--standalone", *CASES])

    found = [line.split("/", 1)[1] for line in capsys.readouterr().out.splitlines()]
    assert len(CASES) > 20
    assert 1 == code
    assert [place_of(line) for line in expected] == [place_of(line) for line in found]


@each_case
def test_what_can_be_mended_is_mended(name: str, root: Path) -> None:
    """Fixes produce the expected files and leave other files unchanged."""
    mended = fix_files(RecordTree.read(root, today=TODAY))

    after = {each.path.relative_to(root).as_posix(): each.after for each in mended}

    assert files_in(GOLDEN / name / FIXED) == after


@each_case
def test_a_rule_that_mends_shows_it(name: str) -> None:
    """Every rule with a fix has a case in which the fix is applied."""
    assert (all_rules()[name].fix is not None) <= (GOLDEN / name / FIXED).is_dir()


def test_every_rule_has_a_case() -> None:
    """Every rule has a case, and every case has a rule."""
    assert set(CASES) | MADE_BY_CODE == set(all_rules())


def test_every_module_of_rules_counts() -> None:
    """Every module of rules contains rules, every rule is registered, and names are unique."""
    (folder,) = import_module("friendcities.checks.rules").__path__
    names = [path.stem for path in Path(folder).glob("[!_]*.py")]
    modules = [import_module(f"friendcities.checks.rules.{name}") for name in names]

    counts = [sum(isinstance(value, Rule) for value in vars(module).values()) for module in modules]
    counts[names.index("files")] = len(files.RULES)

    assert all(counts)
    assert sum(counts) == len(all_rules()) == len(RULES)


@pytest.mark.parametrize("name", all_rules())
def test_a_rule_can_be_listed(name: str) -> None:
    """A summary is one line without a full stop; a description consists of sentences."""
    rule = all_rules()[name]

    assert rule.summary
    assert "\n" not in rule.summary
    assert not rule.summary.endswith(".")
    assert rule.description.endswith(".")


@needs_posix
def test_what_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """An unreadable file breaks ``readable``, and the other files are checked."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    loop = tmp_path / "sources" / "loop-2020.json"
    loop.symlink_to(loop)

    problems = check(RecordTree.read(tmp_path, today=TODAY)).problems

    assert {("readable", str(loop))} == {(problem.rule, problem.path) for problem in problems}
