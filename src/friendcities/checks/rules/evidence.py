"""Rules on evidence and sources: ``missing-evidence``, ``locator-prose``, ``unused-source``."""

import os
import re
from collections.abc import Iterator
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Final, NoReturn

import attrs

from friendcities.checks.record_tree import RecordTree
from friendcities.checks.rule import Scope, rule
from friendcities.checks.walk import find_sourced
from friendcities.datasets.folder import READABLE, read_file
from friendcities.errors import Problem
from friendcities.model import AnyRecord, Source, Sourced
from friendcities.model.evidence import evidenced_fields
from friendcities.model.record import short

_EMPTY: Final[tuple[object, ...]] = (None, (), {})
_LONGEST: Final = 80
_FEWEST_QUOTED_WORDS: Final = 4
_FEWEST_SENTENCES: Final = 2
_MARKS: Final = '“”„‟«»「」『』｢｣〝〞〟＂"'
_QUOTATION: Final = re.compile(rf"[{_MARKS}]([^{_MARKS}]+)[{_MARKS}]|[‘‚‛‹›]([^‘’‚‛‹›]+)[‘’‹›]")
_UNSPACED: Final = "\u3041-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Kana and Chinese characters, which are written without spaces between words: two of them count as a word."""
_WORD: Final = re.compile(rf"[{_UNSPACED}]{{1,2}}|[^\W{_UNSPACED}]+(?:['’-]\w+)*")
_SENTENCE_END: Final = re.compile(r"(?<=\w{3})[.!?]['\"”’»)]*(?=\s+[^\W\d_a-z]|$)|[。！？।؟۔]")
"""The end of a sentence; the points of "p. 3" and "vol. 2, no. 1" are none."""
_QUOTED_ID: Final = re.compile(rb'"([a-z0-9-]+)(?=")')
"""A possible id between quotes, the second of which may open the next one."""


@rule(Scope.RECORD)
def missing_evidence(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """Every field that says something has a source for it.

    Nothing stands here on our own word. Each field of a record, of a step, an office or a participant is named in the
    'supports' of some evidence beside it. A field at its default (a kind that is unspecified, a value that is exact)
    says nothing and needs none; nor does a note, which is ours.
    """
    for path, owner in find_sourced(record):
        supported = {name for item in owner.evidence for name in item.supports}
        for name, default in _default_values(type(owner)):  # type: ignore[arg-type]  # classes are hashable
            value = getattr(owner, name)
            if name not in supported and value != default and value not in _EMPTY:
                message, expected = f"no source is named for {name!r}", "evidence that names it in 'supports'"
                hint = "name the source, or leave the field out"
                yield Problem(field=name, message=message, expected=expected, hint=hint).within(path)


@cache
def _default_values(cls: type[Sourced]) -> tuple[tuple[str, object], ...]:
    """The fields that need evidence, each with its default."""
    defaults = {attribute.name: attribute.default for attribute in attrs.fields(cls)}
    return tuple((name, defaults[name]) for name in evidenced_fields(cls))


@rule(Scope.RECORD, excusable=True)
def locator_prose(record: AnyRecord, _: RecordTree) -> Iterator[Problem]:
    """A locator says where, and quotes nothing.

    Facts are free, sentences belong to those who wrote them: a locator stands where a quotation would. It names the
    line, the page or the row, in at most 80 characters, and quotes no four words in a row. Where a heading in quotation
    marks is the only way to name the place, 'exceptions.json' can say so.
    """
    for path, owner in find_sourced(record):
        for index, item in enumerate(owner.evidence):
            reason = _explain_prose(item.locator)
            if reason:
                yield Problem(
                    field=f"evidence[{index}].locator",
                    message=f"{short(item.locator)} {reason}",
                    expected="where it says so: a line, a page, a row, a paragraph",
                    hint="write where it stands; what it says is known from the fields",
                ).within(path)


def _explain_prose(locator: str) -> str:
    """Why a locator is prose; empty if it is not."""
    if len(locator) > _LONGEST:
        return f"has {len(locator)} characters, more than {_LONGEST}"
    for match in _QUOTATION.finditer(locator):
        words = len(_WORD.findall(match[1] or match[2]))
        if words >= _FEWEST_QUOTED_WORDS:
            return f"quotes {words} words"
    return "reads like sentences" if len(_SENTENCE_END.findall(locator)) >= _FEWEST_SENTENCES else ""


@rule(Scope.DATASET)
def unused_source(tree: RecordTree) -> Iterator[Problem]:
    """Every source is cited.

    A source that nothing cites supports nothing: a left-over, or a sign that evidence was forgotten. While other files
    cannot be read, a source that they name counts as cited. Links are not followed.
    """
    by_type = chain(tree.records.values(), tree.base_records.values())
    owners = (owner for records in by_type for record in records.values() for _, owner in find_sourced(record))
    cited: set[str] = {item.source for owner in owners for item in owner.evidence}
    cited |= {tree.moved_ids[Source][id_] for id_ in cited if id_ in tree.moved_ids[Source]}
    unused = {id_: source for id_, source in tree.records[Source].items() if id_ not in cited}
    if not unused or any(problem.rule == READABLE for problem in tree.reading_problems):
        return  # a file that nobody can read may cite any of them
    try:
        for data in _read_invalid_files(tree):
            for match in _QUOTED_ID.finditer(data.replace(b"\0", b"")):  # in UTF-16, too, a citation is one
                unused.pop(match[1].decode(), None)
    except OSError:
        return
    for source in unused.values():
        message, expected = f"no evidence cites the source {source.id!r}", "a source on which a fact rests"
        hint = "cite it in the evidence of what it says, or remove it"
        yield Problem(path=tree.path_of(source), message=message, expected=expected, hint=hint)


def _read_invalid_files(tree: RecordTree) -> Iterator[bytes]:
    """The read_file of record files without a valid record, and of JSON files in the wrong places.

    Links are not followed: they may lead anywhere on the machine.

    Raises:
        OSError: If one of them cannot be read.
    """
    yield from (file.data for file in tree.files if file.record is None)
    for path in {Path(problem.path) for problem in tree.folder_problems}:
        if not path.is_symlink():
            yield from map(read_file, _find_json_files(path) if path.is_dir() else (path,))


def _find_json_files(folder: Path) -> Iterator[Path]:
    def fail(error: OSError) -> NoReturn:
        raise error

    for place, _, names in os.walk(folder, onerror=fail):
        paths = (Path(place, name) for name in names if name.lower().endswith(".json"))
        yield from (path for path in paths if not path.is_symlink())
