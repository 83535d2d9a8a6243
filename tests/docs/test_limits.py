"""The page of limits has the limits of the module, each with a test that exists."""

import ast
import re
from itertools import pairwise
from pathlib import Path
from typing import Final

import friendcities.limits
from tests.docs.blocks import ROOT

PAGE: Final = ROOT / "docs/reference/limits.md"
ROW: Final = re.compile(r"^\| (?P<meaning>.+?) \| (?P<value>.+?) \| `(?P<file>\w+)\.(?P<test>\w+)` \|$", re.MULTILINE)


def limits() -> dict[str, str]:
    """The meaning and the value of each limit, as the page writes them."""
    body = ast.parse(Path(friendcities.limits.__file__).read_text(encoding="utf-8")).body
    found = {}
    for statement, after in pairwise(body):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
        ):
            name = ast.unparse(statement.target)
            unit = name.rpartition("_")[2].lower()
            found[str(after.value.value).rstrip(".")] = f"{getattr(friendcities.limits, name):,.0f} {unit}"
    return found


def test_the_page_has_every_limit() -> None:
    """In the order of the module, with the same words and values."""
    rows = [(row["meaning"], row["value"]) for row in ROW.finditer(PAGE.read_text(encoding="utf-8"))]
    public = [name for name in vars(friendcities.limits) if name.isupper() and not name.startswith("_")]
    assert len(public) > 30
    assert len(public) == len(rows)
    assert list(limits().items()) == rows


def test_every_limit_has_a_test() -> None:
    """Each named test exists."""
    for row in ROW.finditer(PAGE.read_text(encoding="utf-8")):
        text = (ROOT / f"tests/unit/{row['file']}.py").read_text(encoding="utf-8")
        assert f"def {row['test']}(" in text, row["test"]


def test_every_promise_of_security_has_a_test() -> None:
    """Each promise of the security policy names a test that exists, or the page of limits."""
    promises = re.findall(r"^\| (.+) \| (.+) \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE)[1:]
    assert len(promises) > 9
    for promise, tests in promises:
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", tests)
        assert named or "docs/reference/limits.md" in promise, promise
        for path, name in named:
            text = (ROOT / path).read_text(encoding="utf-8")
            assert re.search(rf"^ *(def|class) {name}\b", text, re.MULTILINE), name
