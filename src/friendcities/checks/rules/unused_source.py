"""The rule ``unused-source``."""

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NoReturn

from friendcities.checks.record_tree import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.walk import sourced
from friendcities.datasets.tree import READABLE, contents
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Source

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    cited: set[str] = {
        item.source for record in _records(register) for _, owner in sourced(record) for item in owner.evidence
    }
    moved = register.moved[Source]
    cited |= {moved[id_] for id_ in cited if id_ in moved}
    unused = {id_: source for id_, source in register.records[Source].items() if id_ not in cited}
    if not unused or any(problem.rule == READABLE for problem in register.met):
        return  # what nobody can read may cite any of them
    try:
        for data in _unread(register):
            for quoted in _QUOTED.findall(data.replace(b"\0", b"")):  # saved as UTF-16, a citation is still one
                unused.pop(quoted.decode(), None)
    except OSError:
        return
    for source in unused.values():
        what, expected = f"no evidence cites the source {source.id!r}", "a source on which a fact rests"
        mend = "cite it in the evidence of what it says, or remove it"
        yield Problem(path=register.path_of(source), message=what, expected=expected, hint=mend)


_QUOTED: Final = re.compile(rb'"([a-z0-9-]+)(?=")')
"""What may be the id of a source, with a quote before it and one behind, which may open the next."""


def _records(register: Register) -> Iterator[AnyRecord]:
    for collection in (register.records, register.beneath):
        for records in collection.values():
            yield from records.values()


def _unread(register: Register) -> Iterator[bytes]:
    """What stands in files of which no record could be made, and in those that lie where none is looked for.

    Links are not followed: what they lead to is no part of the register, and may be the whole machine.

    Raises:
        OSError: If something of it cannot be read.
    """
    for file in register.files:
        if file.record is None:
            yield file.data
    for stray in {Path(problem.path) for problem in register.strays}:
        if not stray.is_symlink():
            for path in _files_in(stray) if stray.is_dir() else (stray,):
                yield contents(path)


def _files_in(folder: Path) -> Iterator[Path]:
    for place, _, names in os.walk(folder, onerror=_refuse):
        paths = (Path(place, name) for name in names if name.lower().endswith(".json"))
        yield from (path for path in paths if not path.is_symlink())


def _refuse(error: OSError) -> NoReturn:
    raise error


RULE = Rule(
    name="unused-source",
    scope=Scope.DATASET,
    summary="every source is cited",
    description=(
        "A source that nothing cites supports nothing: a left-over, or a sign that evidence was forgotten. While other "
        "files cannot be read, a source that they name counts as cited. Links are not followed."
    ),
    find=_find,
)
