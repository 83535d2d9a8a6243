"""Fixes: which files change, which do not, and atomic writing."""

import errno
import json
import os
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, NoReturn

import pytest

from friendcities import City, Dataset
from friendcities.checks import FixedFile, RecordTree, Rule, Scope, check, fix_files, fixes
from friendcities.checks import runner as module
from friendcities.checks.fixes import write_fixes
from friendcities.checks.runner import find_rule
from friendcities.codec.writer import encode
from friendcities.datasets.folder import record_path, replace_file
from friendcities.errors import DataError, InvalidQueryError, Problem
from tests.worlds import a_city, a_source, a_step, a_tie, told

CANONICAL: Final = b'{\n  "name": "A",\n  "country": "NZ",\n  "level": "town"\n}\n'
CITY: Final = b'{"name": "A", "country": "NZ", "level": "town"}'
FORM: Final = ("canonical-form", "encoding", "id-inside", "unknown-reference")


def lay(root: Path, files: Mapping[str, bytes | str]) -> Path:
    """Write files below a folder."""
    for name, data in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def fixed(root: Path, *only: str, base: Dataset | None = None) -> dict[str, bytes]:
    """The fixed files of a folder; nothing is written."""
    before = {path: path.read_bytes() for path in root.rglob("*.json") if path.is_file()}
    found = fix_files(RecordTree.read(root, base=base), only=only or FORM)
    assert {each.path: each.before for each in found}.items() <= before.items()
    assert before == {path: path.read_bytes() for path in before}
    return {each.path.name: each.after for each in found}


class TestFixFiles:
    """Fixes of files."""

    @pytest.mark.parametrize(
        ("data", "only"),
        [
            (CITY, "canonical-form"),
            (CANONICAL.replace(b"\n", b"\r\n"), "canonical-form"),
            (CANONICAL.rstrip(), "canonical-form"),
            (CITY.replace(b"A", b"\\u0041"), "canonical-form"),
            (CITY.replace(b"{", b'{"names": [], "note": null, '), "canonical-form"),
            (BOM_UTF8 + CANONICAL, "encoding"),
            (CANONICAL.replace(b"{", b'{\n  "id": "nz-a",'), "id-inside"),
        ],
        ids=["one line", "CRLF", "no newline", "escape", "defaults", "byte-order mark", "id"],
    )
    def test_one_fault_is_fixed(self, tmp_path: Path, data: bytes, only: str) -> None:
        """The file gets the canonical text of its record."""
        assert {"nz-a.json": CANONICAL} == fixed(lay(tmp_path, {"cities/nz/nz-a.json": data}), only)

    def test_what_fixing_brings_to_light_is_fixed_too(self, tmp_path: Path) -> None:
        """A byte-order mark, an inner id, a moved id and the form are fixed one after the other."""
        text = b'{"id": "nz-a", "part_of": "nz-old", "level": "town",  "country": "NZ", "name": "A"}'
        lay(
            tmp_path,
            {
                "cities/nz/nz-a.json": BOM_UTF8 + text,
                "cities/nz/nz-new.json": CANONICAL,
                "redirects.json": '{"cities": {"nz-old": "nz-new"}}',
            },
        )
        register = RecordTree.read(tmp_path)

        [found] = fix_files(register, only=FORM)

        assert (tmp_path / "cities/nz/nz-a.json", BOM_UTF8 + text) == (found.path, found.before)
        assert CANONICAL.replace(b"town", b'town",\n  "part_of": "nz-new') == found.after
        assert () == check(register.with_contents({found.path: found.after}), only=FORM).problems

    def test_what_is_sound_is_left_alone(self, tmp_path: Path) -> None:
        """Nothing changes."""
        assert {} == fixed(lay(tmp_path, {"cities/nz/nz-a.json": CANONICAL}))

    @pytest.mark.parametrize(
        "data",
        [
            b"{",
            b"",
            b"\xff\xfe{\x00}\x00",
            b'{"name": "A", "country": "NZ"}',
            CITY.replace(b"A", b"5", 1).replace(b'"5"', b"5"),
            CITY.replace(b"{", b'{"name": "B", '),
            CITY.replace(b"{", b'{"id": "nz-b", '),
            CITY.replace(b"{", b'{"id": "nz-a", "id": "nz-a", '),
            CITY.replace(b"{", b'{"id": "nz-a", "note": NaN, '),
            CITY.replace(b"{", b'{"id": "nz-a", "note": "\\ud800", '),
            CITY.replace(b"{", b'{"id": "nz-a", "note": ' + b"9" * 5000 + b", "),
            b"[" * 100_000,
        ],
        ids=[
            "syntax",
            "empty",
            "UTF-16",
            "missing",
            "type",
            "twice",
            "another id",
            "ids",
            "NaN",
            "half a character",
            "long",
            "deep",
        ],
    )
    def test_what_only_a_person_can_fix_is_left_alone(self, tmp_path: Path, data: bytes) -> None:
        """An invalid file stays unchanged, and a valid file is fixed."""
        lay(tmp_path, {"cities/nz/nz-a.json": data, "cities/nz/nz-c.json": CITY})

        assert {"nz-c.json": CANONICAL} == fixed(tmp_path)

    def test_what_can_be_fixed_of_a_broken_file_is(self, tmp_path: Path) -> None:
        """The byte-order mark of an invalid record is removed; everything else stays."""
        data = BOM_UTF8 + b'{"level": "twon", "id": "nz-a", "name": "A"}'

        assert {"nz-a.json": data.removeprefix(BOM_UTF8)} == fixed(lay(tmp_path, {"cities/nz/nz-a.json": data}))

    @pytest.mark.parametrize("depth", [300, 900])
    def test_deep_nesting_is_fixed_or_left(self, tmp_path: Path, depth: int) -> None:
        """Fixes never raise."""
        deep = b"[" * depth + b"]" * depth

        found = fixed(lay(tmp_path, {"cities/nz/nz-a.json": b'{"id": "nz-a", "note": ' + deep + b"}"}))

        assert all(b"id" not in data and depth == data.count(b"]") for data in found.values())

    def test_references_that_moved_are_followed_wherever_they_stand(self, tmp_path: Path) -> None:
        """Moved ids are replaced in fields, evidence and claims, but not in file names."""
        says = told("gazette", part_of="nz-old")
        tie = a_tie("nz-a", "nz-old", a_step("1994", told("gazette", "action")))
        world = {"sources": {"gazette": "gazette-1994"}, "cities": {"nz-old": "nz-new"}}
        Dataset([a_city("nz-new"), a_city("nz-b"), a_source("gazette-1994")]).save(tmp_path / "base.json")
        base = Dataset.load(tmp_path / "base.json")
        folder = lay(tmp_path / "mine", {"redirects.json": json.dumps(world)})
        city = a_city("nz-a", part_of="nz-b", evidence=(says,))
        lay(folder, {"cities/nz/nz-a.json": encode(city), "partnerships/nz-nz/nz-a--nz-old.json": encode(tie)})

        found = fixed(folder, base=base)

        assert encode(city).replace("nz-old", "nz-new").replace('"gazette"', '"gazette-1994"') == (
            found["nz-a.json"].decode()
        )
        assert encode(tie).replace('"gazette"', '"gazette-1994"') == found["nz-a--nz-old.json"].decode()

    @pytest.mark.parametrize(
        ("city", "now"),
        [
            (a_city("nz-a", part_of="nz-old"), "nz-a"),
            (a_city("nz-a", part_of="nz-b", evidence=(told("gazette", part_of="nz-old"),)), "nz-b"),
        ],
        ids=["a part of itself", "evidence that says the same instead"],
    )
    def test_references_are_not_followed_where_no_record_would_be_left(
        self, tmp_path: Path, city: City, now: str
    ) -> None:
        """A fix that would make the record invalid is not applied."""
        moved = {"redirects.json": json.dumps({"cities": {"nz-old": now}})}
        lay(tmp_path, {record_path(each): encode(each) for each in (city, a_city("nz-b"), a_source("gazette"))} | moved)

        assert {} == fixed(tmp_path)

    def test_a_fix_that_needs_a_record_leaves_what_is_none(self, tmp_path: Path) -> None:
        """The fix can be called with any file."""
        register = RecordTree.read(lay(tmp_path, {"cities/nz/nz-a.json": b"{"}))

        for name in ("canonical-form", "unknown-reference"):
            fix = find_rule(name).fix
            assert fix is not None
            assert fix(register.files[0], register) is None

    def test_an_id_that_is_in_use_again_is_not_followed(self, tmp_path: Path) -> None:
        """An id with an own record is not replaced, whatever the base redirects; another moved id is."""
        lay(
            tmp_path / "base",
            {
                "cities/nz/nz-new.json": CANONICAL,
                "sources/gazette-1994.json": '{"kind": "press", "publisher": "G", "title": "T", "as_of": "1994"}',
                "redirects.json": '{"cities": {"nz-old": "nz-new"}, "sources": {"gazette": "gazette-1994"}}',
            },
        )
        evidence = '"evidence": [{"source": "gazette", "locator": "page 1", "supports": ["name"]}]'
        city = CITY.decode().replace("}", f', "part_of": "nz-old", {evidence}}}')
        lay(tmp_path / "mine", {"cities/nz/nz-a.json": city, "cities/nz/nz-old.json": CANONICAL})

        [data] = fixed(tmp_path / "mine", base=Dataset.load(tmp_path / "base")).values()

        assert "nz-old" == json.loads(data)["part_of"]
        assert "gazette-1994" == json.loads(data)["evidence"][0]["source"]

    def test_only_files_that_are_wanted_are_fixed(self, tmp_path: Path) -> None:
        """Files that are not wanted stay unchanged."""
        lay(tmp_path, {"cities/nz/nz-a.json": CITY, "cities/nz/nz-b.json": CITY})
        wanted = tmp_path / "cities/nz/nz-b.json"

        found = fix_files(RecordTree.read(tmp_path), only=FORM, wanted=wanted.__eq__)

        assert (FixedFile(wanted, CITY, CANONICAL),) == found

    def test_only_what_was_asked_for_is_fixed(self, tmp_path: Path) -> None:
        """Rules can be selected and skipped, also by iterators."""
        register = RecordTree.read(lay(tmp_path, {"cities/nz/nz-a.json": BOM_UTF8 + CITY}))

        assert [CITY] == [each.after for each in fix_files(register, only=iter(["encoding"]))]
        assert [CANONICAL] == [each.after for each in fix_files(register, only=iter(["canonical-form", "encoding"]))]
        assert () == fix_files(register, only=FORM, skip=iter(["encoding"]))
        with pytest.raises(InvalidQueryError):
            fix_files(register, only=["canonical"])

    def test_what_is_excused_is_not_fixed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A problem with an exception is not fixed."""
        use(monkeypatch, fixing("letters", lambda data: data.replace(b"A", b"B"), excusable=True))
        exceptions = '{"letters": {"cities/nz-a": "It was ever so."}}'
        lay(tmp_path, {"cities/nz/nz-a.json": CITY, "cities/nz/nz-b.json": CITY, "exceptions.json": exceptions})

        assert ["nz-b.json"] == [each.path.name for each in fix_files(RecordTree.read(tmp_path))]

    def test_fixes_that_undo_each_other_have_an_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """If fixes contradict each other, the file has the result of one of them."""
        use(
            monkeypatch,
            fixing("a-to-b", lambda data: data.replace(b"A", b"B"), finds=b"A"),
            fixing("b-to-a", lambda data: data.replace(b"B", b"A"), finds=b"B"),
            fixing("longer", lambda data: data.replace(b"town", b"town "), finds=b"A"),
        )
        register = RecordTree.read(lay(tmp_path, {"cities/nz/nz-a.json": CITY}))

        assert {CITY.replace(b"A", b"B")} >= {each.after for each in fix_files(register)}

    def test_the_first_fix_that_knows_what_to_do_is_taken(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A rule without a fix, or without a result, leaves the file to the next rule."""
        use(
            monkeypatch,
            fixing("a-none", None),
            fixing("b-unsure", lambda _: None),
            fixing("c-sure", lambda data: data.replace(b"A", b"C"), finds=b"A"),
            fixing("d-late", lambda data: data.replace(b"A", b"D"), finds=b"A"),
        )
        register = RecordTree.read(lay(tmp_path, {"cities/nz/nz-a.json": CITY}))

        assert [CITY.replace(b"A", b"C")] == [each.after for each in fix_files(register)]


def fixing(
    name: str, fix: Callable[[bytes], bytes | None] | None, *, finds: bytes = b"", excusable: bool = False
) -> Rule:
    """A rule that finds some bytes in files, with a fix."""
    return Rule(
        name=name,
        scope=Scope.FILE,
        summary=name,
        description=f"{name}.",
        find=lambda file, _: [Problem(message="?")] if finds in file.data else [],
        fix=None if fix is None else lambda file, _: fix(file.data),
        excusable=excusable,
    )


def use(monkeypatch: pytest.MonkeyPatch, *made: Rule) -> None:
    """Replace all rules by these."""
    for each in (module, fixes):
        monkeypatch.setattr(each, "all_rules", lambda: MappingProxyType({rule.name: rule for rule in made}))


class TestWriteFixes:
    """Writing of fixed files."""

    def test_files_are_written(self, tmp_path: Path) -> None:
        """Each file has its new content, and no other files appear."""
        lay(tmp_path, {"a.json": b"1", "b.json": b"2"})

        write_fixes([FixedFile(tmp_path / "a.json", b"1", b"3"), FixedFile(tmp_path / "b.json", b"2", b"4")])

        assert {"a.json": b"3", "b.json": b"4"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def test_a_file_that_was_changed_meanwhile_is_left(self, tmp_path: Path) -> None:
        """A file that changed in the meantime is named and not written; the others are written."""
        lay(tmp_path, {"a.json": b"changed", "b.json": b"2"})

        with pytest.raises(DataError) as caught:
            write_fixes([FixedFile(tmp_path / "a.json", b"1", b"3"), FixedFile(tmp_path / "b.json", b"2", b"4")])

        [problem] = caught.value.problems
        assert b"changed" == (tmp_path / "a.json").read_bytes()
        assert b"4" == (tmp_path / "b.json").read_bytes()
        assert str(tmp_path / "a.json") == problem.path
        assert "the file changed during the fix and was not written" == problem.message
        assert "run the command again" == problem.hint

    def test_a_file_that_is_gone_is_not_made_again(self, tmp_path: Path) -> None:
        """A file that was removed in the meantime is not written."""
        with pytest.raises(DataError, match="no such file"):
            write_fixes([FixedFile(tmp_path / "a.json", b"1", b"3")])

        assert [] == list(tmp_path.iterdir())

    @pytest.mark.parametrize(
        ("owner", "name"), [(os, "fsync"), (os, "replace"), (Path, "chmod"), (os, "mkdir")], ids=str
    )
    def test_a_full_disk_leaves_every_file_as_it_was(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str
    ) -> None:
        """If a step fails, all files are named, none is damaged, and no temporary files are left."""
        lay(tmp_path, {"a.json": b"1", "b.json": b"2"})

        def fail(*_: object, **__: object) -> NoReturn:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(owner, name, fail)
        with pytest.raises(DataError) as caught:
            write_fixes([FixedFile(tmp_path / "a.json", b"1", b"3"), FixedFile(tmp_path / "b.json", b"2", b"4")])

        assert {"a.json": b"1", "b.json": b"2"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        assert [(str(tmp_path / each), "the file could not be written: no space left on device") for each in
                ("a.json", "b.json")] == [(each.path, each.message) for each in caught.value.problems]  # fmt: skip

    def test_a_disk_that_fills_up_spoils_nothing(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Files written before the error stay written; an error without a reason is quoted."""
        lay(tmp_path, {"a.json": b"1", "b.json": b"2"})

        def fail(path: Path, data: bytes) -> None:
            if path.name == "b.json":
                raise OSError("Disk On Fire")  # noqa: EM101, TRY003
            replace_file(path, data)

        monkeypatch.setattr(fixes, "replace_file", fail)
        with pytest.raises(DataError, match=r"b\.json: the file could not be written: disk on fire$"):
            write_fixes([FixedFile(tmp_path / "a.json", b"1", b"3"), FixedFile(tmp_path / "b.json", b"2", b"4")])

        assert {"a.json": b"3", "b.json": b"2"} == {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    def test_nothing_to_write_is_fine(self) -> None:
        """Without fixed files, nothing happens."""
        write_fixes([])
