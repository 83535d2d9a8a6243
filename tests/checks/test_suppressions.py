"""Exceptions to rules: their format, their effect, and unused ones."""

import json
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import pytest

from friendcities.checks import RecordTree, Rule, Scope, check
from friendcities.checks import runner as module
from friendcities.checks.record_tree import EXCEPTION_RULE
from friendcities.errors import Problem

CITY: Final = '{"name": "A", "country": "NZ", "level": "town"}'
EXCEPTION: Final = Rule(name=EXCEPTION_RULE, scope=Scope.DATASET, summary="x", description="x.", find=lambda _: ())
STRICT: Final = Rule(
    name="strict",
    scope=Scope.RECORD,
    summary="x",
    description="x.",
    find=lambda record, _: [Problem(field="name", message=f"{record.id} is strange")] * 2,
)
LENIENT: Final = Rule(
    name="lenient",
    scope=Scope.DATASET,
    summary="x",
    description="x.",
    find=lambda register: (
        Problem(path=str(file.path), message=f"{file.id} is {how}")
        for file in register.files
        for how in ("strange", "odd")
        if file.record is not None and file.record.name == "A"
    ),
    excusable=True,
)


@pytest.fixture(autouse=True)
def three_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rule that allows exceptions, one that does not, and the rule of exceptions."""
    monkeypatch.setattr(
        module, "all_rules", lambda: MappingProxyType({r.name: r for r in (EXCEPTION, LENIENT, STRICT)})
    )


def said(root: Path, exceptions: Any, *only: str) -> list[tuple[str, str]]:
    """File names and messages of the problems of a tree of two cities with these exceptions."""
    for id_ in ("nz-a", "nz-b"):
        path = root / "cities" / "nz" / f"{id_}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CITY, "utf-8")
    (root / "exceptions.json").write_text(json.dumps(exceptions), "utf-8")
    return [(Path(each.path).name, each.message) for each in check(RecordTree.read(root), only=only).problems]


def test_an_exception_holds(tmp_path: Path) -> None:
    """An exception covers all problems of a rule in one record, and no others."""
    assert [("nz-b.json", "nz-b is odd"), ("nz-b.json", "nz-b is strange")] == said(
        tmp_path, {"lenient": {"cities/nz-a": "It was ever so."}}, "lenient", "exception"
    )


def test_an_exception_of_another_type_does_not_hold(tmp_path: Path) -> None:
    """An exception names the folder and the id of a record."""
    exceptions = {"lenient": {"sources/nz-a": "It was ever so.", "nz-b": "So was this."}}

    found = said(tmp_path, exceptions, "lenient", "exception")

    assert 4 == sum(name != "exceptions.json" for name, _ in found)
    assert [
        ("exceptions.json", "unused exception for 'nz-b'"),
        ("exceptions.json", "unused exception for 'sources/nz-a'"),
    ] == sorted(each for each in found if each[0] == "exceptions.json")


def test_an_exception_that_is_not_needed_is_a_problem(tmp_path: Path) -> None:
    """An unused exception is reported with line, column and hint."""
    said(tmp_path, {})
    text = '{\n  "lenient": {\n    "cities/nz-a": "x",\n    "cities/nz-z": "Gone.", "cities/nz-b": "So too."\n  }\n}'
    (tmp_path / "exceptions.json").write_text(text, "utf-8")

    [problem] = check(RecordTree.read(tmp_path), only=["lenient", "exception"]).problems

    assert (
        Problem(
            path=str(tmp_path / "exceptions.json"),
            line=4,
            column=5,
            rule="exception",
            field="lenient.cities/nz-z",
            message="unused exception for 'cities/nz-z'",
            hint="delete the exception",
        )
        == problem
    )


def test_an_exception_for_a_file_that_is_broken_is_not_judged(tmp_path: Path) -> None:
    """Exceptions for invalid files are not checked."""
    said(tmp_path, {"lenient": {"cities/nz-a": "Ever so.", "cities/nz-b": "So too."}})
    (tmp_path / "cities" / "nz" / "nz-a.json").write_text("{", "utf-8")

    assert () == check(RecordTree.read(tmp_path), only=["lenient", "exception"]).problems


@pytest.mark.parametrize("only", [("lenient",), ("exception",), ("exception", "strict")], ids=" ".join)
def test_exceptions_to_rules_that_are_not_applied_are_not_judged(tmp_path: Path, only: tuple[str, ...]) -> None:
    """Exceptions are checked only together with their rule and the rule of exceptions."""
    exceptions = {"lenient": {"cities/nz-a": "x", "cities/nz-b": "x", "cities/nz-z": "x"}}

    assert [] == [each for each in said(tmp_path, exceptions, *only) if each[0] == "exceptions.json"]


@pytest.mark.parametrize(
    ("name", "what"),
    [("strict", "the rule 'strict' allows no exceptions"), ("lennient", "unknown rule 'lennient'")],
)
def test_an_exception_to_a_rule_that_takes_none_is_a_problem(tmp_path: Path, name: str, what: str) -> None:
    """An exception to such a rule has no effect, and the problem lists the rules with exceptions."""
    found = said(tmp_path, {name: {"cities/nz-a": "Ever so."}})
    [problem] = check(RecordTree.read(tmp_path), only=["exception"]).problems

    assert ("exceptions.json", what) in found
    assert ("nz-a.json", "nz-a is strange") in found
    assert (name, "one of 'lenient'", 1, 2) == (problem.field, problem.expected, problem.line, problem.column)


def test_a_register_without_the_file_has_none(tmp_path: Path) -> None:
    """The file of exceptions is optional."""
    said(tmp_path, {})
    (tmp_path / "exceptions.json").unlink()
    tree = RecordTree.read(tmp_path)

    assert ({}, ()) == (tree.exceptions, tree.folder_problems)


@pytest.mark.parametrize(
    ("text", "rule", "fields"),
    [
        ("[]", "exception", [""]),
        ('"x"', "exception", [""]),
        ('{"lenient": 5}', "exception", ["lenient"]),
        ('{"lenient": {"cities/nz-a": ""}}', "exception", ["lenient.cities/nz-a"]),
        ('{"lenient": {"cities/nz-a": " \\n"}}', "exception", ["lenient.cities/nz-a"]),
        ('{"lenient": {"a": null, "b": "why", "c": ["why"]}}', "exception", ["lenient.a", "lenient.c"]),
        ('{"lenient": {"a": 1}, "strict": []}', "exception", ["lenient.a", "strict"]),
        ('{"lenient": {"a": "x", "a": "y"}}', "repeated-key", ["lenient.a"]),
        ("{", "json-syntax", [""]),
        ("\ufeff{}", "encoding", [""]),
    ],
)
def test_what_is_written_otherwise_is_a_problem(tmp_path: Path, text: str, rule: str, fields: list[str]) -> None:
    """Every invalid value is reported with line and column, and no exception of the file applies."""
    (tmp_path / "exceptions.json").write_text(text, "utf-8")
    tree = RecordTree.read(tmp_path)

    assert {} == tree.exceptions
    assert [(rule, field) for field in fields] == [(each.rule, each.field) for each in tree.folder_problems]
    assert {str(tmp_path / "exceptions.json")} == {each.path for each in tree.folder_problems}
    assert all(each.line and each.column for each in tree.folder_problems)


def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """A folder with the name of the file is reported."""
    (tmp_path / "exceptions.json").mkdir()
    tree = RecordTree.read(tmp_path)

    assert {} == tree.exceptions
    assert ("readable", "this path cannot be read: is a directory") in {
        (p.rule, p.message) for p in tree.folder_problems
    }
