"""``friendcities diff``: versions by path and by revision, forms of the answer, and exit codes."""

import io
import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

import friendcities as fc
from friendcities.cli import diff, main
from friendcities.codec.writer import encode
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import record_path
from friendcities.model import AnyRecord
from tests.systems import needs_posix
from tests.worlds import a_city, a_step, a_tie, changed

TREE = "src/friendcities/data"
MILAN, SHANGHAI, DUNEDIN = a_city("it-milan"), a_city("cn-shanghai"), a_city("nz-dunedin")
OLD = (MILAN, SHANGHAI, a_tie("it-milan", "cn-shanghai", a_step("1976")))
NEW = (MILAN, SHANGHAI, DUNEDIN, a_tie("it-milan", "cn-shanghai", a_step("1979-06-25")))
TEXT = """\
Milan–Shanghai: established 1976 → 1979-06-25
City Dunedin: added (municipality, NZ)
1 partnership changed, 1 city added
"""


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    """Run the command; give its exit code, standard output and standard error."""
    code = main(["diff", *map(str, arguments)])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def laid_out(folder: Path, *records: AnyRecord) -> Path:
    """A folder of record files."""
    shutil.rmtree(folder, ignore_errors=True)
    for record in records:
        path = folder / record_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(encode(record), encoding="utf-8")
    return folder


def git(folder: Path, *arguments: str) -> None:
    """Run git in a folder, as somebody whose settings are nobody's."""
    who = [f"GIT_{role}_{what}" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")]
    environment = {**os.environ, **dict.fromkeys(who, "nobody"), "GIT_CONFIG_GLOBAL": os.devnull}
    program = shutil.which("git")
    assert program is not None
    subprocess.run([program, *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with two versions of the data, in which we stand: the tag ``v1`` and what is there now."""
    for name in [each for each in os.environ if each.startswith("GIT_")]:  # such as a hook sets
        monkeypatch.delenv(name)
    git(tmp_path, "init", "--quiet")
    (tmp_path / "README.md").write_text("before there was data\n", encoding="utf-8")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=Begin")
    git(tmp_path, "tag", "v0")
    laid_out(tmp_path / TREE, *OLD)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=Add data")
    git(tmp_path, "tag", "v1")
    laid_out(tmp_path / TREE, *NEW)
    monkeypatch.chdir(tmp_path)
    return tmp_path


class TestPaths:
    """Versions on disk."""

    def test_folders_and_files(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """A version is a folder of records or a file that was saved; differences alone do not fail."""
        folder = laid_out(tmp_path / "old", *OLD)
        Dataset(NEW).save(tmp_path / "new.json")
        assert (0, TEXT, "") == run(capsys, folder, tmp_path / "new.json")

    def test_exit_code(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Asked for, the exit code tells whether there are differences."""
        old, new = laid_out(tmp_path / "old", *OLD), laid_out(tmp_path / "new", *NEW)
        assert (1, TEXT, "") == run(capsys, old, new, "--exit-code")
        assert (0, "The data is the same.\n", "") == run(capsys, old, old, "--exit-code")

    def test_formats(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """The same changes come in one line, as Markdown and as JSON."""
        old, new = laid_out(tmp_path / "old", *OLD), laid_out(tmp_path / "new", *NEW)
        assert (
            "Milan–Shanghai: established 1976 → 1979-06-25; 1 city added\n" == run(capsys, old, new, "--format=line")[1]
        )
        assert "\n### Cities\n" in run(capsys, old, new, "--format=markdown")[1]
        assert {"partnerships": {"changed": 1}, "cities": {"added": 1}} == (
            json.loads(run(capsys, old, new, "--format=json")[1])["counts"]
        )

    def test_over_bundled(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Registers of one's own may name what is bundled, and only what differs in them is told."""
        tie = a_tie("cn-shanghai", "za-johannesburg", a_step("1990"))
        old, new = (
            laid_out(tmp_path / name, a_tie("cn-shanghai", "za-johannesburg", a_step(day)))
            for name, day in (("old", "1990"), ("new", "1991"))
        )
        code, _, err = run(capsys, old, new)
        assert 1 == code
        assert "there is no city 'cn-shanghai'" in err
        assert tie.id not in {each.id for each in fc.dataset()}
        assert (
            "Johannesburg–Shanghai: established 1990 → 1991\n1 partnership changed\n"
            == (run(capsys, old, new, "--with-bundled")[1])
        )

    def test_unreadable_data(self, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
        """Data that cannot be read is an error that says where."""
        (tmp_path / "old.json").write_text("[]", encoding="utf-8")
        code, out, err = run(capsys, tmp_path / "old.json", tmp_path / "old.json")
        assert (1, "") == (code, out)
        assert f"friendcities: {tmp_path / 'old.json'}" in err

    def test_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Without a version to compare with, there is nothing to do."""
        with pytest.raises(SystemExit) as ended:
            run(capsys)
        assert 2 == ended.value.code


class TestRevisions:
    """Versions in a repository."""

    def test_a_tag_with_what_is_there(self, capsys: pytest.CaptureFixture[str], repository: Path) -> None:
        """A revision is compared with the tree of the repository, from any folder in it."""
        assert (0, TEXT, "") == run(capsys, "v1")
        os.chdir(repository / "src")
        assert (0, TEXT, "") == run(capsys, "v1")

    def test_two_revisions(self, capsys: pytest.CaptureFixture[str], repository: Path) -> None:
        """Both versions may be revisions, of any kind that names a commit."""
        git(repository, "commit", "--quiet", "--all", "--message=Correct")
        assert "The data is the same.\n" == run(capsys, "v1", "HEAD~1")[1]
        git(repository, "add", ".")
        git(repository, "commit", "--quiet", "--message=Add a city")
        assert TEXT == run(capsys, "v1", "HEAD")[1]

    def test_a_path_comes_first(self, capsys: pytest.CaptureFixture[str], repository: Path) -> None:
        """Where there is a path of the name of a revision, the path is meant."""
        laid_out(repository / "v1", *NEW)
        assert "The data is the same.\n" == run(capsys, "v1")[1]

    @pytest.mark.usefixtures("repository")
    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("v9", "v9: there is no such path or git revision; expected a folder of records"),
            ("v0", f"v0: the revision has no folder {TREE}; expected a revision with the folder {TREE}"),
        ],
        ids=["unknown", "without data"],
    )
    def test_no_version(self, capsys: pytest.CaptureFixture[str], name: str, words: str) -> None:
        """A revision that is not there, or has no data, is an error that says so."""
        code, out, err = run(capsys, name)
        assert (1, "") == (code, out)
        assert words in err

    @pytest.mark.usefixtures("repository")
    @pytest.mark.parametrize("name", ["--output=x", "", "v1\0"], ids=["option", "empty", "zero"])
    def test_what_names_nothing(self, capsys: pytest.CaptureFixture[str], name: str) -> None:
        """What would be an option to git, or can name nothing, never gets to it."""
        code, out, err = run(capsys, "--", name)
        assert (2, "") == (code, out)
        assert "expected a folder of records, a saved file, or a tag" in err

    def test_data_that_cannot_be_read(self, capsys: pytest.CaptureFixture[str], repository: Path) -> None:
        """What is wrong with the data of a revision is told with the path that it has there."""
        bad = repository / TREE / record_path(MILAN)
        bad.write_text("{}", encoding="utf-8")
        git(repository, "commit", "--quiet", "--all", "--message=Break it")
        git(repository, "tag", "broken")
        code, out, err = run(capsys, "broken")
        assert (1, "") == (code, out)
        assert f"broken:{TREE}/cities/it/it-milan.json" in err

    @needs_posix
    def test_a_link_that_leads_out(self, capsys: pytest.CaptureFixture[str], repository: Path) -> None:
        """A revision that would write outside of the folder in which it is looked at is not laid out."""
        (repository / TREE / "cities" / "out.json").symlink_to("/etc/hostname")
        git(repository, "add", ".")
        git(repository, "commit", "--quiet", "--message=Link")
        code, out, err = run(capsys, "HEAD")
        assert (1, "") == (code, out)
        assert "HEAD: cannot write this revision to a temporary folder: " in err

    def test_no_repository(
        self, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Outside of a repository there are no revisions, and git's own word on that is passed on."""
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        code, _, err = run(capsys, "v1")
        assert 1 == code
        assert "v1: there is no such path, and the current folder is no git repository (fatal: " in err

    def test_no_git(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Without git, a revision is an error that says what is missing."""
        monkeypatch.setenv("PATH", "")
        code, _, err = run(capsys, "v1")
        assert 1 == code
        assert "v1: there is no such file or folder; to compare git revisions, install git" in err

    @pytest.mark.usefixtures("repository")
    def test_git_fails(self, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        """Where git cannot give out the data, it is told that it cannot."""
        ask = diff._run_git

        def broken(program: str, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
            failed = subprocess.CompletedProcess[bytes]([], 128, b"", b"")
            return failed if "cat-file" in arguments else ask(program, *arguments, stdin=stdin)

        monkeypatch.setattr(diff, "_run_git", broken)
        code, _, err = run(capsys, "v1")
        assert 1 == code
        assert "v1: git cannot read this revision (git gives no reason)" in err

    def test_git_attributes_hide_nothing(self, capsys: pytest.CaptureFixture[str], repository: Path) -> None:
        """The files of a revision are read as they are, also if git attributes exclude them from archives."""
        (repository / TREE / ".gitattributes").write_text("* export-ignore\n*.json export-subst\n", encoding="utf-8")
        git(repository, "add", ".")
        git(repository, "commit", "--quiet", "--message=Hide")
        assert (0, TEXT, "") == run(capsys, "v1", "HEAD")

    @pytest.mark.parametrize(
        ("path", "blob"),
        [(b"../outside.json", b"0 blob 1\nx\n"), (b"/outside.json", b"0 blob 1\nx\n"), (b"a.json", b"0 missing\n")],
    )
    def test_invalid_blobs(self, path: bytes, blob: bytes, tmp_path: Path) -> None:
        """A path that leads out of the folder, or a missing blob, is an error."""
        (tmp_path / "inside").mkdir()
        with pytest.raises(ValueError, match="invalid file"):
            diff._write_blobs(tmp_path / "inside", [(b"100644", path)], io.BytesIO(blob))
        assert [] == list(tmp_path.rglob("*.json"))


def test_the_bundled_data_is_the_default(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no tree here or above, a version is compared with the data that is installed."""
    monkeypatch.chdir(tmp_path)
    without = [each for each in fc.dataset() if each.id != "byd-dunedin"]
    Dataset(without).save(tmp_path / "old.json")
    assert run(capsys, "old.json")[1].endswith("\n1 cooperation added\n")


def test_a_source_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """On whose word something changed is told by publisher."""
    tie = fc.partnership_between("Shanghai", "Dunedin")
    step = changed(tie.steps[0], date=fc.PartialDate(1994, 10), evidence=())
    Dataset([*(each for each in fc.dataset() if each.id != tie.id), changed(tie, steps=(step,))]).save(tmp_path / "old")
    fc.dataset().save(tmp_path / "new")
    assert run(capsys, tmp_path / "old", tmp_path / "new")[1].startswith(
        "Dunedin–Shanghai: established 1994-10 → 1994-10-21, according to Foreign Affairs Office of the Shanghai"
    )
