"""``friendcities check``, ``rules`` and ``format``: what they say, what they write, and what their exit codes mean."""

import json
import shlex
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from friendcities.checks import all_rules, fixes
from friendcities.checks.records_folder import find_project_data, group_by_root, is_project_data
from friendcities.cli import main, output
from friendcities.codec.writer import encode
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import record_path
from friendcities.errors import InvalidQueryError
from friendcities.model import AnyRecord
from tests.systems import needs_posix
from tests.worlds import a_city

BASE = Path(__file__).parents[1] / "checks" / "base"
BROKEN = '{\n  "name": "Fjord",\n  "country": "NO",\n  "level": "twon"\n}\n'
SCHEMA_LINE = "schema: level: invalid value 'twon'; expected one of"


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Run the command line; give its exit code, standard output and standard error."""
    code = main(arguments)
    captured = capsys.readouterr()
    return code, captured.out, captured.err


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A sound register of its own, in the working directory."""
    shutil.copytree(BASE, tmp_path / "mine")
    monkeypatch.chdir(tmp_path)
    return Path("mine")


def write(root: Path, *records: AnyRecord) -> None:
    """Write records where they belong."""
    for record in records:
        path = root / record_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(encode(record), "utf-8")


def broken(register: Path, text: str = BROKEN) -> Path:
    """A register with a file that breaks a rule."""
    path = register / "cities" / "no" / "no-fjord.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


class TestCheck:
    """``friendcities check``."""

    def test_a_sound_register_passes(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing is printed to standard output, and the code is 0."""
        files = len(list(register.rglob("*/*.json")))

        assert (0, "", f"no problems in {files} files\n") == run(capsys, "check", "--standalone", str(register))

    def test_a_problem_is_a_line(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Path, line, column, rule, field, what, expected, mend; the path is as it was given."""
        path = broken(register)

        code, out, err = run(capsys, "check", "--standalone", "mine", "--only", "schema")

        assert 1 == code
        assert out.startswith(f"{path}:4:3: {SCHEMA_LINE}")
        assert out.endswith("did you mean 'town'?\n")
        assert err.startswith("1 problem in 1 of ")

    def test_json_holds_every_part(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """As JSON, a problem is an object with the parts of the line."""
        path = broken(register)

        code, out, _ = run(capsys, "check", "mine", "--only", "schema", "--format", "json")

        [problem] = json.loads(out)
        assert 1 == code
        assert (str(path), 4, 3, "schema", "level") == tuple(
            problem[key] for key in ("path", "line", "column", "rule", "field")
        )
        assert {"message", "expected", "hint"} <= set(problem)

    def test_github_gets_an_annotation(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A workflow command a problem, its parts escaped so that no text can pass for another part."""
        odd = register / "cities" / "a,b:c%"
        odd.mkdir()
        broken(register).rename(odd / "no-fjord.json")

        code, out, _ = run(capsys, "check", "mine", "--only", "schema", "--format", "github")

        assert 1 == code
        file = Path("mine", "cities", "a%2Cb%3Ac%25", "no-fjord.json")
        assert out.startswith(f"::error file={file},line=4,col=3,title=schema::level: invalid value 'twon'")
        assert 1 == out.count("\n")

    def test_only_what_was_asked_for_is_reported(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A file is checked among the others, and what is wrong with the others is not said."""
        path = broken(register)
        sound = next(each for each in sorted(register.rglob("*.json")) if each != path)

        assert 0 == run(capsys, "check", "--standalone", str(sound))[0]
        assert 1 == run(capsys, "check", "--standalone", str(path))[0]
        assert 1 == run(capsys, "check", "--standalone", str(path.parent), str(sound))[0]

    def test_schemas_may_lie_in_a_register(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Where the guide has them written, they are taken for no records."""
        guide = (Path(__file__).parents[2] / "docs/reference/schema.md").read_text("utf-8")
        assert "friendcities schema --write .schema" in guide

        assert 0 == run(capsys, "schema", "--write", str(register / ".schema"))[0]
        assert 0 == run(capsys, "check", "--standalone", str(register))[0]

    def test_rules_can_be_left_out(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What is skipped is not reported."""
        broken(register)

        code, out, _ = run(capsys, "check", "--standalone", "mine", "--skip", "schema")

        assert (0, "") == (code, out)

    @pytest.mark.parametrize("option", ["--only", "--skip"])
    def test_an_unknown_rule_is_wrong_usage(
        self, option: str, register: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A slip in a rule's name does not pass for a clean check."""
        code, out, err = run(capsys, "check", str(register), option, "shema")

        assert (2, "") == (code, out)
        assert "friendcities: unknown rule 'shema'; did you mean 'schema'?\n" == err

    def test_a_missing_path_is_wrong_usage(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A path that is not there is named."""
        del register
        assert (2, "", "friendcities: there is no file or folder 'nowhere'\n") == run(capsys, "check", "nowhere")

    def test_a_register_of_ones_own_is_laid_over_the_bundled_data(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It may name what the bundled data has, unless it is to stand alone."""
        write(tmp_path, a_city("cn-shanghai-other", part_of="cn-shanghai"))
        options = ("check", str(tmp_path), "--only", "unknown-reference")

        assert 0 == run(capsys, *options)[0]
        assert 1 == run(capsys, *options, "--standalone")[0]

    @pytest.mark.parametrize("way", ["mine/cities/no/../no/no-fjord.json", "mine/../mine", "./mine/cities/.", "link"])
    @needs_posix
    def test_the_way_by_which_a_path_is_named_does_not_matter(
        self, way: str, register: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What is wrong is found by any way to it."""
        broken(register)
        Path("link").symlink_to("mine")

        assert 1 == run(capsys, "check", "--standalone", way, "--only", "schema")[0]

    @pytest.mark.parametrize("name", ["notes.txt", ".hidden.json", "empty"])
    def test_a_check_of_nothing_is_wrong_usage(
        self, name: str, register: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A path without a record does not pass for a clean one."""
        path = register / "cities" / name
        path.write_text("{}") if "." in name else path.mkdir()

        code, out, err = run(capsys, "check", str(path))

        assert (2, "") == (code, out)
        assert f"friendcities: {str(path)!r} contains no records; name a file or folder of records\n" == err

    def test_files_beside_the_records_can_be_named(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Redirects are checked like records."""
        (register / "redirects.json").write_text('{\n  "cities": {\n    "no-a": "no-b"\n  }\n}\n', "utf-8")

        code, out, _ = run(capsys, "check", "--standalone", "mine/redirects.json")

        assert 1 == code
        assert out.startswith(f"{Path('mine', 'redirects.json')}:3:5: redirect: ")

    def test_fix_mends_and_says_so(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What needs no person is mended in place; the rest is reported."""
        text = BROKEN.replace("twon", "town").replace("\n", "")
        path = broken(register, text)
        rules_ = ("--only", "canonical-form", "--only", "schema")

        assert 1 == run(capsys, "check", "mine", *rules_)[0]
        code, out, err = run(capsys, "check", "mine", *rules_, "--fix")

        assert (0, "") == (code, out)
        assert err.startswith(f"fixed {path}\nno problems in ")
        assert BROKEN.replace("twon", "town") == path.read_text("utf-8")

    def test_fix_leaves_other_files_alone(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Only files that were asked for are mended."""
        path = broken(register, BROKEN.replace("\n", ""))
        before = path.read_bytes()

        run(capsys, "check", "mine/sources", "--fix")

        assert before == path.read_bytes()

    @pytest.mark.usefixtures("register")
    def test_a_saved_dataset(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The error names a command that writes a folder of records, and the folder can be checked."""
        Dataset([a_city("nz-a")]).save("our data.json")

        code, out, err = run(capsys, "check", "our data.json")
        command = shlex.split(err.strip().rpartition(": friendcities ")[2].replace("FOLDER", "folder"))

        assert (2, "") == (code, out)
        assert "our data.json is a saved dataset, not a file of one record" in err
        assert ["merge", "our data.json", "our data.json", "-o", "folder"] == command
        assert 0 == run(capsys, *command)[0]
        assert "no problems in 1 file\n" == run(capsys, "check", "folder", "--only", "schema")[2]

    def test_what_lies_beside_the_files_is_counted_too(
        self, register: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A problem of something that is no file of a record is counted without a share."""
        empty = register / "nothing"
        empty.mkdir()

        assert (1, "1 problem; 0 files checked\n") == run(capsys, "check", str(empty))[::2]

    def test_one_file_is_said_as_one(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The summary is in right English."""
        write(tmp_path, a_city("nz-a"))

        assert "no problems in 1 file\n" == run(capsys, "check", str(tmp_path), "--only", "schema")[2]

    def test_several_problems_are_said_as_several(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """And so are two."""
        broken(register, BROKEN.replace('"Fjord"', "5"))

        assert run(capsys, "check", "mine", "--only", "schema")[2].startswith("2 problems in 1 of ")


class TestProgress:
    """How far a long check is."""

    def track(self, monkeypatch: pytest.MonkeyPatch) -> list[str]:
        """Have standard error be a terminal, and keep what is tracked there."""
        doing: list[str] = []

        def track(_: object, items: list[Any], description: str) -> Iterable[Any]:
            doing.append(f"{description} {len(items)}")
            return items

        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setattr("rich.progress.Progress.track", track)
        return doing

    def test_a_terminal_gets_a_bar(
        self, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Files are tracked while they are read, rules while they are applied."""
        doing = self.track(monkeypatch)
        files = len(list(register.rglob("*/*.json")))

        assert 0 == run(capsys, "check", "--standalone", "mine")[0]
        assert [f"reading {files}", f"checking {len(all_rules())}"] == doing

    def test_without_rich_there_is_none(
        self, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The bar is an extra; the check is not."""
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setitem(sys.modules, "rich.progress", None)

        assert 0 == run(capsys, "check", "--standalone", str(register))[0]

    def test_a_pipe_gets_none(self) -> None:
        """Where nobody looks, items pass as they are."""
        with output.progress_of("checking") as progress:
            assert [1, 2] == list(progress([1, 2]))


class TestRules:
    """``friendcities rules``."""

    def test_lists_every_rule(self, capsys: pytest.CaptureFixture[str]) -> None:
        """A line a rule: name, scope, whether it mends, what it asks."""
        code, out, _ = run(capsys, "rules")

        assert 0 == code
        assert list(all_rules()) == [line.split("\t")[0] for line in out.splitlines()]
        assert "canonical-form\tfile\tyes\tfiles must be in canonical form" in out.splitlines()

    def test_explains_some(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Heading and paragraph of each rule, with a blank line between two; in a pipe a paragraph is one line."""
        code, out, _ = run(capsys, "rules", "encoding", "unknown-reference")

        first, second = out.split("\n\n")
        assert 0 == code
        assert first.startswith("encoding (file): files must be UTF-8 without a byte-order mark\n  ")
        assert "check --fix" in first
        assert second.startswith("unknown-reference (dataset): ")
        assert [2, 2] == [len(each.splitlines()) for each in (first, second)]

    def test_says_where_an_exception_can_be_made(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Rules that only suspect say so."""
        excusable = next(rule.name for rule in all_rules().values() if rule.excusable)
        strict = next(rule.name for rule in all_rules().values() if not rule.excusable)

        assert "may list exceptions" in " ".join(run(capsys, "rules", excusable)[1].split())
        assert "An exception can be" not in " ".join(run(capsys, "rules", strict)[1].split())

    def test_json_holds_all(self, capsys: pytest.CaptureFixture[str]) -> None:
        """As JSON, everything that is known of the rules."""
        printed = json.loads(run(capsys, "rules", "--json")[1])
        told = printed["results"]

        assert printed["dataset"] is None  # the rules are those of the program
        assert list(all_rules()) == [each["name"] for each in told]
        assert {"name", "scope", "summary", "description", "fix", "excusable"} == set(told[0])

    def test_an_unknown_rule_is_wrong_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing comes near: the list is pointed at."""
        assert (2, "", "friendcities: unknown rule 'xyzzy'; 'friendcities rules' lists all rules\n") == run(
            capsys, "rules", "xyzzy"
        )


class TestFormat:
    """``friendcities format``."""

    SQUEEZED = BROKEN.replace("twon", "town").replace("\n", "")
    WHOLE = BROKEN.replace("twon", "town")

    def test_writes_canonical_form(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """And says which file it wrote; a second time there is nothing to do."""
        path = broken(register, self.SQUEEZED)

        assert (0, "", f"formatted {path}\n") == run(capsys, "format", "mine")
        assert self.WHOLE == path.read_text("utf-8")
        assert (0, "", "") == run(capsys, "format", "mine")

    def test_check_writes_nothing(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It names what would change, and the code is 1."""
        path = broken(register, self.SQUEEZED)

        assert (1, "", f"would format {path}\n") == run(capsys, "format", "mine", "--check")
        assert self.SQUEEZED == path.read_text("utf-8")

    def test_diff_prints_a_patch(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A patch as git takes it, and nothing is written."""
        path = broken(register, self.WHOLE.replace("  ", "\t"))

        code, out, err = run(capsys, "format", "mine", "--diff")

        assert (1, "") == (code, err)
        assert out.startswith(f"--- a/{path.as_posix()}\n+++ b/{path.as_posix()}\n@@ -1,5 +1,5 @@\n {{\n-\t")
        assert "\t" in path.read_text("utf-8")

    def test_what_is_broken_is_said_and_left(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A record that cannot be read has no canonical form."""
        path = broken(register)

        code, out, err = run(capsys, "format", "mine")

        assert (1, "") == (code, out)
        assert err.startswith(f"{path}:4:3: {SCHEMA_LINE}")
        assert BROKEN == path.read_text("utf-8")

    def test_a_byte_order_mark_is_taken_off(self, register: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It is no fault of the record's, and the formatter knows how to mend it."""
        path = broken(register, "\ufeff" + self.WHOLE)

        assert (0, "", f"formatted {path}\n") == run(capsys, "format", "mine")
        assert self.WHOLE == path.read_text("utf-8")

    @pytest.mark.parametrize(
        "text",
        [
            BROKEN.encode("utf-16"),
            BROKEN.replace("Fjord", "Fjörd").encode("latin-1"),
            WHOLE.replace("{", '{\n  "id": "no-other",').encode(),
            b"\xef\xbb\xbf" + BROKEN.encode(),
        ],
        ids=["UTF-16", "Latin-1", "another id", "mark and more"],
    )
    def test_what_cannot_be_formatted_is_never_passed_over(
        self, text: bytes, register: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A file whose record cannot be read is said, with code 1, and left to the letter."""
        path = broken(register)
        path.write_bytes(text)

        for options in ((), ("--check",), ("--diff",)):
            code, out, err = run(capsys, "format", "mine", *options)

            assert (1, "") == (code, out)
            assert err.startswith(f"{path}:")
            assert text == path.read_bytes()

    def test_a_full_disk_leaves_the_file(
        self, register: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What could not be written is as it was, and named."""
        path = broken(register, self.SQUEEZED)

        def full(*_: object) -> NoReturn:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(fixes, "replace_file", full)
        code, out, err = run(capsys, "format", "mine")

        assert (1, "") == (code, out)
        assert f"friendcities: {path}: the file could not be written: no space left on device\n" == err
        assert self.SQUEEZED == path.read_text("utf-8")


class TestPlaces:
    """Which folder of records is meant."""

    def clone(self, folder: Path) -> Path:
        """A clone of the project, as far as it matters here."""
        tree = folder / "src" / "friendcities" / "data"
        write(tree, a_city("nz-a"))
        return tree

    def test_the_tree_of_the_clone_is_found_from_anywhere_in_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without a path, the tree of the clone we stand in is meant; it stands alone."""
        tree = self.clone(tmp_path)
        (tmp_path / "docs").mkdir()
        monkeypatch.chdir(tmp_path / "docs")

        assert tree == find_project_data()
        assert {tree: [tree]} == group_by_root([])
        assert is_project_data(tree)

    def test_it_is_named_from_where_we_stand(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """In the clone itself, paths are short; the clone as a path means its tree."""
        self.clone(tmp_path)
        monkeypatch.chdir(tmp_path)
        tree = Path("src", "friendcities", "data")

        assert {tree: [tree]} == group_by_root([])
        assert {tree: [Path()]} == group_by_root(["."])

    @pytest.mark.parametrize("way", ["src/friendcities/data/cities/..", "link", "other/friendcities/data"])
    @needs_posix
    def test_it_stands_alone_by_any_way(self, way: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The tree is the tree, however it was reached."""
        tree = self.clone(tmp_path)
        (tmp_path / "link").symlink_to(tree)
        (tmp_path / "other").symlink_to(tmp_path / "src")
        monkeypatch.chdir(tmp_path)

        assert [True] == [is_project_data(root) for root in group_by_root([way])]

    def test_elsewhere_there_is_none(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Outside a clone, with the package installed for use, there is no tree to take."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("friendcities.checks.records_folder.__file__", str(tmp_path / "a" / "b" / "places.py"))

        assert None is find_project_data()
        with pytest.raises(InvalidQueryError, match="no folder of records found; give the path of a folder"):
            group_by_root([])

    def test_an_installation_for_editing_has_one(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Outside a clone, with the package installed for editing, its tree is meant."""
        tree = self.clone(tmp_path / "clone")
        (tmp_path / "elsewhere").mkdir()
        monkeypatch.chdir(tmp_path / "elsewhere")
        monkeypatch.setattr("friendcities.checks.records_folder.__file__", str(tree.parent / "checks" / "places.py"))

        assert tree == find_project_data()

    def test_files_and_folders_lie_in_their_register(self, register: Path) -> None:
        """A file, a folder of a type, and one below it lead to the folder that holds the types."""
        city = next(register.rglob("cities/*/*.json"))
        paths = [city, city.parent, register / "cities", register / "redirects.json"]
        (register / "redirects.json").write_text("{}")

        assert {register: paths} == group_by_root([str(path) for path in paths])
        assert not is_project_data(register)

    def test_what_lies_in_no_register_is_its_own(self, register: Path, tmp_path: Path) -> None:
        """A stray file leads to its folder, where the check says what is wrong with it."""
        del register
        (tmp_path / "x.json").write_text("{}")

        assert {Path(): [Path("x.json")]} == group_by_root(["x.json"])

    @pytest.mark.parametrize("name", ["a\0b", "x" * 5000], ids=["nul", "long"])
    def test_a_name_that_the_system_does_not_take_is_not_there(self, name: str) -> None:
        """It is an error of ours, not of the system's."""
        with pytest.raises(InvalidQueryError, match="there is no file or folder"):
            group_by_root([name])
