"""The application of rules: selection, subjects, and the rule and position of each problem."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any, BinaryIO, Final

import pytest

from friendcities.checks import RecordTree, Report, Rule, Scope, all_rules, check
from friendcities.checks import runner as module
from friendcities.checks.runner import find_problems, find_rule
from friendcities.datasets.folder import open_regular_file
from friendcities.errors import InvalidQueryError, Problem
from friendcities.model import AnyRecord
from tests.systems import needs_posix

CITY: Final = '{"name": "A", "country": "NZ", "level": "town"}'
BROKEN: Final = '{\n  "name": 5,\n  "country": "NZ",\n  "level": "town",\n  "level": "town"\n}\n'


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


def found(root: Path, *only: str) -> list[tuple[str, int | None, int | None, str, str]]:
    """Path, line, column, rule and field of the problems of a folder."""
    problems = check(RecordTree.read(root), only=only).problems
    return [(os.path.relpath(each.path, root), each.line, each.column, each.rule, each.field) for each in problems]


def a_rule(name: str, *problems: Problem, excusable: bool = False) -> Rule:
    """A rule that always finds these problems."""
    return Rule(
        name=name,
        scope=Scope.DATASET,
        summary=name,
        description=f"{name}.",
        find=lambda _: problems,
        excusable=excusable,
    )


def use(monkeypatch: pytest.MonkeyPatch, *made: Rule) -> None:
    """Replace all rules by these."""
    monkeypatch.setattr(module, "all_rules", lambda: MappingProxyType({rule.name: rule for rule in made}))


class TestRules:
    """The list of rules, and their selection."""

    def test_rules_are_sorted_and_made_once(self) -> None:
        """Rules are listed by name, in the same read-only mapping every time."""
        assert sorted(all_rules()) == list(all_rules())
        assert all_rules() is all_rules()
        with pytest.raises(TypeError):
            all_rules()["x"] = all_rules()["schema"]  # type: ignore[index]

    @pytest.mark.parametrize(
        ("name", "candidates", "hint"),
        [
            ("shema", ("schema",), "did you mean 'schema'?"),
            ("repeated_key", ("repeated-key",), "did you mean 'repeated-key'?"),
            ("?", (), "'friendcities rules' lists all rules"),
            ("", (), "'friendcities rules' lists all rules"),
        ],
    )
    @pytest.mark.parametrize("way", ["only", "skip"])
    def test_an_unknown_rule_is_refused(
        self, way: str, name: str, candidates: tuple[str, ...], hint: str, tmp_path: Path
    ) -> None:
        """An unknown rule is an error with a suggestion."""
        options: Any = {way: ["schema", name]}

        with pytest.raises(InvalidQueryError) as caught:
            check(RecordTree.read(tmp_path), **options)

        assert f"unknown rule {name!r}; {hint}" == str(caught.value)
        assert (name, candidates) == (caught.value.query, caught.value.candidates)

    def test_a_rule_is_named_exactly(self) -> None:
        """A rule is found by its name."""
        assert all_rules()["schema"] is find_rule("schema")

    def test_only_and_skip_choose(self, tmp_path: Path) -> None:
        """By default all rules apply; skipped rules do not, even if named; names may repeat."""
        register = RecordTree.read(write(tmp_path, {"cities/nz/nz-a.json": BROKEN}))

        def applied(**options: Any) -> set[str]:
            return {problem.rule for problem in check(register, **options).problems}

        assert {"schema", "repeated-key"} <= applied()
        assert {"schema"} == applied(only=["schema", "schema"])
        assert {"schema", "repeated-key"} == applied(only=iter(["schema", "repeated-key"]))
        assert "schema" not in applied(skip=["schema"])
        assert set() == applied(only=["schema"], skip=["schema"])

    def test_progress_sees_every_rule_that_is_applied(self, tmp_path: Path) -> None:
        """Only the named rule applies."""
        seen: list[str] = []

        def progress(applied: Iterable[Rule]) -> Iterator[Rule]:
            for rule in applied:
                seen.append(rule.name)
                yield rule

        check(RecordTree.read(tmp_path), only=["schema", "place"], progress=progress)

        assert ["place", "schema"] == seen


class TestProblems:
    """The report."""

    def test_every_problem_has_rule_line_and_column(self, tmp_path: Path) -> None:
        """Problems of reading and of rules are in the order of path, line and column."""
        write(
            tmp_path,
            {
                "cities/nz/nz-b.json": BROKEN,
                "cities/nz/nz-a.json": CITY.replace('"level"', '\n "part_of": "nz-none", "level"'),
                "cities/nz/nz-c.json": "{",
            },
        )

        assert [
            ("cities/nz/nz-a.json", 2, 2, "unknown-reference", "part_of"),
            ("cities/nz/nz-b.json", 2, 3, "schema", "name"),
            ("cities/nz/nz-b.json", 5, 3, "repeated-key", "level"),
            ("cities/nz/nz-c.json", 1, 2, "json-syntax", ""),
        ] == found(tmp_path, "unknown-reference", "schema", "repeated-key", "json-syntax")

    def test_what_one_rule_says_twice_is_said_once(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Equal problems are reported once."""
        use(monkeypatch, a_rule("one", Problem(path="x", message="?"), Problem(path="x", message="?")))

        assert (Problem(path="x", rule="one", message="?"),) == check(RecordTree.read(tmp_path)).problems

    def test_problems_are_sorted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Problems are in the order of path, line, column and rule."""
        places = [("b", 1, 1), ("a", 2, 1), ("a", 1, 3), ("a", 1, 2), ("a", None, None)]
        problems = [Problem(path=path, line=line, column=column, message="?") for path, line, column in places]
        use(monkeypatch, a_rule("one", *problems[:3]), a_rule("another", *problems[2:]))

        report = check(RecordTree.read(tmp_path))

        assert [
            ("a", None, "another"),
            ("a", 2, "another"),
            ("a", 3, "another"),
            ("a", 3, "one"),
            ("a", 1, "one"),
            ("b", 1, "one"),
        ] == [(each.path, each.column, each.rule) for each in report.problems]

    def test_a_report_says_whether_all_passed(self, tmp_path: Path) -> None:
        """The report has the number of files."""
        write(tmp_path, {"cities/nz/nz-a.json": CITY, "cities/nz/nz-b.json": CITY})
        sound = check(RecordTree.read(tmp_path), only=["schema"])
        write(tmp_path, {"cities/nz/nz-b.json": "{"})
        broken = check(RecordTree.read(tmp_path), only=["json-syntax"])

        assert (True, 2) == (sound.passed, sound.files)
        assert (False, 2) == (broken.passed, broken.files)

    def test_a_report_is_cut_to_places(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A report can be restricted to files and folders, however their paths are written."""
        monkeypatch.chdir(tmp_path)
        names = ["a/x.json", "a/b/y.json", "ab/z.json"]
        report = Report(tuple(Problem(path=name, message="?") for name in names), 3)

        def kept(*paths: str | Path) -> list[str]:
            return [problem.path for problem in report.restricted_to(map(Path, paths)).problems]

        assert names[:2] == kept("a") == kept(tmp_path / "a")
        assert names == kept(".")
        assert names[2:] == kept("ab/z.json")
        assert names[1:] == kept("a/b", "ab")
        assert [] == kept("x", "a/b/y.json/deeper")
        assert 3 == report.restricted_to([]).files


class TestRuleForms:
    """Rules for files, records and datasets."""

    def test_a_rule_of_files_is_asked_of_every_file(self, tmp_path: Path) -> None:
        """A rule for files is called with every file, valid or not, and its problems get the path."""
        register = RecordTree.read(write(tmp_path, {"cities/nz-a.json": CITY, "cities/nz-b.json": "{"}))

        rule = Rule(
            name="x", scope=Scope.FILE, summary="x", description="x.", find=lambda file, _: [Problem(message=file.id)]
        )
        problems = find_problems(rule, register)

        assert [(str(tmp_path / f"cities/{id_}.json"), id_) for id_ in ("nz-a", "nz-b")] == [
            (each.path, each.message) for each in problems
        ]

    def test_a_rule_of_records_is_asked_of_every_record(self, tmp_path: Path) -> None:
        """A rule for records is called with every valid record of each type."""
        files = {"cities/nz-a.json": CITY, "cities/nz-b.json": "{", "officials/x.json": '{"name": "X", "offices": []}'}
        register = RecordTree.read(write(tmp_path, {**files, "officials/y.json": "[]"}))

        def name_it(record: AnyRecord, _: RecordTree) -> list[Problem]:
            return [Problem(message=record.id)]

        rule = Rule(name="x", scope=Scope.RECORD, summary="x", description="x.", find=name_it)
        assert [(str(tmp_path / "cities/nz-a.json"), "nz-a")] == [
            (each.path, each.message) for each in find_problems(rule, register) if "cities" in each.path
        ]

    def test_a_rule_of_reading_gives_what_was_met(self, tmp_path: Path) -> None:
        """A rule without a function has only the problems of the reader."""
        register = RecordTree.read(write(tmp_path, {"cities/nz-a.json": BROKEN, "cities/nz-b.json": "{"}))

        assert ["schema"] == [each.rule for each in check(register, only=["schema"]).problems]
        assert ["schema"] == [each.rule for each in find_problems(all_rules()["schema"], register)]
        assert () == check(register, only=["date-order"]).problems


class TestWhatCannotBeRead:
    """Unreadable and special files and folders."""

    @needs_posix
    def test_what_lies_there_and_is_no_file_is_not_waited_for(self, tmp_path: Path) -> None:
        """Pipes in any place are reported and never opened."""
        write(tmp_path, {"cities/nz/nz-a.json": CITY})
        pipes = ["cities/nz-pipe.json", "cities/nz-p.JSON", "exceptions.json", "pipe.json", "redirects.json"]
        for name in pipes:
            os.mkfifo(tmp_path / name)

        assert {
            ("cities/nz-pipe.json", None, None, "place"),
            ("cities/nz-p.JSON", None, None, "place"),
            ("pipe.json", None, None, "place"),
            ("exceptions.json", None, None, "readable"),
            ("redirects.json", None, None, "readable"),
        } == {each[:4] for each in found(tmp_path, "place", "readable")}

    @needs_posix
    def test_links_that_lead_round_are_named(self, tmp_path: Path) -> None:
        """Unreadable files and folders, and an unreadable root, are reported."""
        write(tmp_path, {"mine/cities/nz/nz-a.json": CITY})
        (tmp_path / "mine" / "cities" / "nz-loop.json").symlink_to("nz-loop.json")
        (tmp_path / "mine" / "cities" / "again").symlink_to(tmp_path / "mine")
        (tmp_path / "root").symlink_to("root")

        assert [("cities/again", "place"), ("cities/nz-loop.json", "readable")] == [
            (path, rule) for path, _, _, rule, _ in found(tmp_path / "mine", "place", "readable")
        ]
        assert "readable" in {each[3] for each in found(tmp_path / "root")}

    def test_a_file_without_permission_is_named_and_the_others_are_checked(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A link in a circle is reported, also for the file of exceptions."""
        write(tmp_path, {"cities/nz/nz-a.json": CITY, "cities/nz/nz-b.json": BROKEN, "exceptions.json": "{}"})
        refused = {tmp_path / "cities/nz/nz-a.json", tmp_path / "exceptions.json"}

        def refuse(path: Path) -> BinaryIO:
            if path in refused:
                raise PermissionError(13, "Permission denied", str(path))
            return open_regular_file(path)

        monkeypatch.setattr("friendcities.datasets.folder.open_regular_file", refuse)

        assert [
            ("cities/nz/nz-a.json", "readable"),
            ("cities/nz/nz-b.json", "schema"),
            ("exceptions.json", "readable"),
        ] == [(path, rule) for path, _, _, rule, _ in found(tmp_path, "readable", "schema")]

    @pytest.mark.parametrize(
        "data",
        [bytes(range(256)) * 20_000, b"\x00" * 5_000_000, b"\xff\xfe{\x00}\x00", b'"' * 5_000_001, b"[" * 5_000_000],
        ids=["every byte", "nothing", "UTF-16", "quotes", "brackets"],
    )
    def test_binary_and_large_files_are_problems(self, tmp_path: Path, data: bytes) -> None:
        """Broken files of every kind are reported in one line each."""
        names = ["cities/a/nz-a.json", "cities/b/nz-a.json", "exceptions.json", "redirects.json", "stray.json"]
        write(tmp_path, dict.fromkeys(names, data))

        problems = check(
            RecordTree.read(tmp_path),
            only=["place", "encoding", "json-syntax", "duplicate-id", "redirect", "exception"],
        ).problems

        assert names == [os.path.relpath(problem.path, tmp_path) for problem in problems]
        assert all(len(str(problem).encode()) < 1000 for problem in problems)

    def test_a_large_record_is_read(self, tmp_path: Path) -> None:
        """Large files are checked, with line numbers."""
        names = '{"text": "A", "language": "en", "kind": "alias"},\n' * 20_000
        text = f'{{"name": "A", "country": "NZ", "level": "town", "names": [\n{names}5]}}'

        assert [("cities/nz-a.json", 20_002, 1, "schema", "names[20000]")] == found(
            write(tmp_path, {"cities/nz-a.json": text}), "schema"
        )

    def test_an_empty_folder_is_a_problem(self, tmp_path: Path) -> None:
        """A folder without record folders is reported; one with an empty record folder is valid."""
        assert [(".", None, None, "place", "")] == found(tmp_path)
        (tmp_path / "cities").mkdir()
        assert [] == found(tmp_path, "place", "readable")

    @pytest.mark.parametrize("name", ["file", "none", "a\0b", "\ud800", "x" * 5000, "file/below"])
    def test_a_folder_that_is_none_is_one_problem(self, tmp_path: Path, name: str) -> None:
        """A file, a missing path or an invalid path as root is one problem, and nothing is raised."""
        (tmp_path / "file").write_text("x", "utf-8")

        problems = check(RecordTree.read(tmp_path / name)).problems

        assert [("readable", str(tmp_path / name))] == [(problem.rule, problem.path) for problem in problems]
        assert all(str(problem).isprintable() for problem in problems)
