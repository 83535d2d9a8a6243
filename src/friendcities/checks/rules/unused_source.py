"""The rule ``unused-source``."""

from collections.abc import Iterator
from pathlib import Path

from friendcities.checks.register import Register
from friendcities.checks.rule import Rule, Scope
from friendcities.checks.walk import sourced
from friendcities.collection.tree import RecordFile
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Source

__all__ = ["RULE"]


def _find(register: Register) -> Iterator[Problem]:
    cited: set[str] = {
        item.source for record in _records(register) for _, owner in sourced(record) for item in owner.evidence
    }
    moved = register.moved[Source]
    cited |= {moved[id_] for id_ in cited if id_ in moved}
    unused = [source for id_, source in register.records[Source].items() if id_ not in cited]
    if not unused or any(problem.rule == "readable" for problem in register.met):
        return  # what nobody can read may cite any of them
    unread = b"\n".join(_unread(register)).replace(b"\0", b"")  # saved as UTF-16, a citation is still one
    for source in unused:
        if f'"{source.id}"'.encode() not in unread:
            what, expected = f"no evidence cites the source {source.id!r}", "a source on which a fact rests"
            mend = "cite it in the evidence of what it says, or remove it"
            yield Problem(path=register.path_of(source), what=what, expected=expected, mend=mend)


def _records(register: Register) -> Iterator[AnyRecord]:
    for collection in (register.records, register.beneath):
        for records in collection.values():
            yield from records.values()


def _unread(register: Register) -> Iterator[bytes]:
    """What stands in files of which no record could be made, and in those that lie where none is looked for."""
    for file in register.files:
        if file.record is None:
            yield file.data
    for stray in {Path(problem.path) for problem in register.strays}:
        for path in stray.rglob("*.json") if stray.is_dir() else (stray,):
            if path.is_file():
                yield RecordFile.read(path, Source).data


RULE = Rule(
    name="unused-source",
    scope=Scope.DATASET,
    summary="every source is cited",
    description=(
        "A source that nothing cites supports nothing: a left-over, or a sign that evidence was forgotten. While other "
        "files cannot be read, a source that they name counts as cited."
    ),
    find=_find,
)
