"""The repository's own help stays true: workflows, forms, hooks, and the guides to contributing and to versions."""

import argparse
import ast
import re
import runpy
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import yaml

import friendcities as fc
from friendcities import release as published
from friendcities.cli import main
from friendcities.cli.commands import parser_for
from tests.systems import needs_posix

ROOT: Final = Path(__file__).parents[2]
GITHUB: Final = ROOT / ".github"
WORKFLOWS: Final = sorted((GITHUB / "workflows").iterdir())
FORMS: Final = sorted(path for path in (GITHUB / "ISSUE_TEMPLATE").iterdir() if path.name != "config.yml")
HOOKS: Final = ROOT / ".pre-commit-hooks.yaml"
GUIDES: Final = [ROOT / "CONTRIBUTING.md", ROOT / "docs/versioning.md", GITHUB / "PULL_REQUEST_TEMPLATE.md"]
EVIDENCE_UNCHANGED: Final = "value changed, evidence unchanged"
BEFORE: Final = "26.0.9"
RELEASE_FILES = (".github/release.py", "CHANGELOG.md", "CITATION.cff")
"""The tag of an earlier version, in a history made up for a test."""

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def text(path: Path) -> str:
    """What a file holds."""
    return path.read_text(encoding="utf-8")


def parsed(path: Path) -> Any:
    """What a YAML file says."""
    return yaml.safe_load(text(path))


def jobs(path: Path) -> dict[str, dict[str, Any]]:
    """The jobs of a workflow."""
    found: dict[str, dict[str, Any]] = parsed(path)["jobs"]
    return found


def steps(path: Path) -> Iterator[dict[str, Any]]:
    """The steps of all jobs of a workflow."""
    for job in jobs(path).values():
        yield from job["steps"]


def scripts(path: Path) -> list[str]:
    """What the steps of a workflow run in a shell."""
    return [step["run"] for step in steps(path) if "run" in step]


def calls(script: str) -> Iterator[list[str]]:
    """The arguments of every call of our command line in some lines of shell."""
    for called in re.findall(r"(?m)(?:^|bin/|`)friendcities ([a-z-][^`\n]*)", script):
        yield shlex.split(re.split(r"\s(?:\d?>|&&|\|)", called)[0], comments=True)


def in_the_guides() -> list[list[str]]:
    """Every call in a guide, be it in a block or in a sentence, once."""
    return [shlex.split(call) for call in sorted({shlex.join(each) for path in GUIDES for each in calls(text(path))})]


def understood(arguments: list[str]) -> argparse.Namespace:
    """What the command line makes of arguments."""
    return parser_for(arguments[0]).parse_args(arguments)


class TestWorkflows:
    """The workflows do no more than they say, and what they say exists."""

    def test_all_of_them_are_found(self) -> None:
        """What the tests below look at is what there is."""
        assert ["ci", "comment", "data", "docs", "release", "world"] == [path.stem for path in WORKFLOWS]

    @each_workflow
    def test_actions_are_pinned(self, path: Path) -> None:
        """An action is named by the hash of a commit, with its version beside it, for a tag can be moved."""
        uses = [line.partition("uses:")[2].strip() for line in text(path).splitlines() if "uses:" in line]

        assert uses
        assert [] == [each for each in uses if not re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)]

    def test_an_action_has_one_version(self) -> None:
        """Wherever an action is used, it is the same one."""
        uses = {step["uses"] for path in WORKFLOWS for step in steps(path) if "uses" in step}

        assert len(uses) == len({each.partition("@")[0] for each in uses})

    @each_workflow
    def test_nothing_is_allowed_unless_a_job_says_so(self, path: Path) -> None:
        """A workflow starts without any permission, and each job names those that it needs."""
        assert {} == parsed(path)["permissions"]
        assert all(job["permissions"] for job in jobs(path).values())

    def test_writing_is_allowed_to_few(self) -> None:
        """No job may write but those that publish or comment, and no more than that takes."""
        writing = {
            (path.stem, name): {what for what, degree in job["permissions"].items() if degree != "read"}
            for path in WORKFLOWS
            for name, job in jobs(path).items()
        }

        assert {
            ("comment", "comment"): {"pull-requests"},
            ("docs", "deploy"): {"id-token", "pages"},
            ("release", "announce"): {"contents"},
            ("release", "publish"): {"id-token"},
            ("world", "publish"): {"contents"},
        } == {job: what for job, what in writing.items() if what}

    @each_workflow
    def test_jobs_end(self, path: Path) -> None:
        """Every job has a time after which it is given up."""
        assert all(job["timeout-minutes"] <= 60 for job in jobs(path).values())

    @each_workflow
    def test_no_credentials_are_left_on_disk(self, path: Path) -> None:
        """A checkout does not leave the token where a later step could read it."""
        checkouts = [step["with"] for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]

        assert checkouts
        assert all(each["persist-credentials"] is False for each in checkouts)

    @each_workflow
    def test_nothing_is_pasted_into_a_script(self, path: Path) -> None:
        """What comes from outside reaches a script as a variable; pasted into it, it could be a command."""
        assert [] == [script for script in scripts(path) if "${{" in script]

    @each_workflow
    @needs_posix
    def test_scripts_are_shell(self, path: Path) -> None:
        """Bash can read every script."""
        for script in scripts(path):
            subprocess.run(["bash", "-n"], input=script, check=True, text=True)  # noqa: S607 - wherever bash is

    @pytest.mark.parametrize(
        "arguments", [each for path in WORKFLOWS for script in scripts(path) for each in calls(script)], ids=shlex.join
    )
    def test_commands_exist(self, arguments: list[str]) -> None:
        """A workflow calls our command line as it can be called."""
        assert callable(understood(arguments).run)

    def test_commands_were_found(self) -> None:
        """The workflow for data checks, formats, mends and compares."""
        called = [each for script in scripts(GITHUB / "workflows/data.yml") for each in calls(script)]

        assert {"check", "diff", "format"} == {name for name, *_ in called}
        assert ["check", "--fix"] in called

    def test_ci_runs_what_the_readme_says(self) -> None:
        """One job of CI runs the script that runs the lines of README.md, and nothing else."""
        (run,) = (step["run"] for step in jobs(GITHUB / "workflows/ci.yml")["all"]["steps"] if "run" in step)

        assert ".ci/run" == run

    def test_one_wheel_is_tested_on_every_system(self) -> None:
        """The wheel is built once; the jobs that test it only download it, and only a prerelease of Python may fail."""
        ci = jobs(GITHUB / "workflows/ci.yml")
        tested = ci["tests"]["strategy"]["matrix"]["include"]

        assert "build" == ci["tests"]["needs"]
        assert {"macos-latest", "ubuntu-latest", "windows-latest"} == {each["system"] for each in tested}
        assert {"3.15-dev"} == {each["python"] for each in tested if each.get("may-fail")}
        assert "python -m nox -s tests --no-dependencies" == ci["tests"]["steps"][-1]["run"]

    def test_what_is_published_is_what_was_tested(self) -> None:
        """One job builds with pinned tools; the others take its packages, and compare the hashes that it states."""
        release = jobs(GITHUB / "workflows/release.yml")
        ran = {name: "\n".join(step.get("run", "") for step in job["steps"]) for name, job in release.items()}
        compared = {
            name
            for name, job in release.items()
            for step in job["steps"]
            if "sha256sum --check --strict" in step.get("run", "")
            and step["env"]["HASHES"] == "${{ needs.build.outputs.hashes }}"
        }
        uploaded = [
            (name, step["with"]["name"])
            for name, job in release.items()
            for step in job["steps"]
            if step.get("uses", "").startswith("actions/upload-artifact@")
        ]

        assert ["build", "test", "publish", "announce"] == list(release)
        assert [None, "build", ["build", "test"], ["build", "publish"]] == [
            job.get("needs") for job in release.values()
        ]
        assert {"test", "publish", "announce"} == compared
        assert [("build", "dist"), ("test", "notes")] == uploaded
        assert "--require-hashes --only-binary :all: -r .github/build-requirements.txt" in ran["build"]
        assert ["build"] == [name for name, script in ran.items() if "-m build --no-isolation" in script]
        assert [".ci/run"] == [line for line in ran["test"].splitlines() if line.startswith(".ci")]
        assert {"attestations": True} == release["publish"]["steps"][-1]["with"]
        assert "release" == release["publish"]["environment"]

    def test_the_tools_of_a_release_are_pinned(self) -> None:
        """With the hashes of their files, and those that the build needs are there."""
        lines = [line for line in text(GITHUB / "build-requirements.txt").splitlines() if not line.startswith("#")]
        pinned = {line.partition("==")[0] for line in lines if "==" in line}
        assert all("==" in line or line.startswith("    --hash=sha256:") for line in lines)
        required = tomllib.loads(text(ROOT / "pyproject.toml"))["build-system"]["requires"]
        assert {re.split(r"\W", each)[0] for each in required} | {"build"} <= pinned

    def test_data_is_checked_with_what_a_person_installs(self) -> None:
        """The first line of README.md is the one that the workflow for data installs with."""
        install, *_ = scripts(GITHUB / "workflows/data.yml")

        assert f"{install} && " in text(ROOT / "README.md")

    @pytest.mark.parametrize(("name", "job"), [("ci", "all"), ("release", "test")])
    def test_every_supported_python_is_set_up(self, name: str, job: str) -> None:
        """The Pythons of the workflow are those that the package names."""
        (given,) = (
            step["with"]["python-version"]
            for step in jobs(GITHUB / f"workflows/{name}.yml")[job]["steps"]
            if is_set_up(step)
        )
        classifiers = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]["classifiers"]

        assert re.findall(r"3\.\d+", "\n".join(classifiers)) == given.split()

    def test_the_comment_follows_the_check(self) -> None:
        """The workflow that comments waits for the one that checks, by its name, and takes what that leaves."""
        data, comment = GITHUB / "workflows/data.yml", GITHUB / "workflows/comment.yml"
        names = [step["with"]["name"] for step in steps(data) if step.get("uses", "").startswith("actions/upload")]

        assert [parsed(data)["name"]] == parsed(comment)[True]["workflow_run"]["workflows"]  # YAML reads `on` as true
        assert ["whole-report", "report"] == names
        assert any("name=report " in script for script in scripts(comment))

    def test_the_comment_runs_no_code_of_the_pull_request(self) -> None:
        """It checks out what its own branch has and no other, and installs nothing."""
        (checkout,) = (step["with"] for step in steps(GITHUB / "workflows/comment.yml") if "uses" in step)
        (script,) = scripts(GITHUB / "workflows/comment.yml")

        assert {"persist-credentials": False, "sparse-checkout": ".github"} == checkout
        assert [] == re.findall(r"\b(pip|git|unzip|nox)\b", script)


def is_set_up(step: dict[str, Any]) -> bool:
    """Whether a step sets up Python."""
    return str(step.get("uses")).startswith("actions/setup-python@")


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """Where the report of a run lies."""
    return tmp_path / "report.zip"


def pack(report: Path, changes: str | bytes = "", fix: str | bytes = "") -> None:
    """Make the report of a run."""
    with ZipFile(report, "w", ZIP_DEFLATED) as archive:
        archive.writestr("changes.txt", changes)
        archive.writestr("fix.patch", fix)


def run_on(report: Path) -> "subprocess.CompletedProcess[bytes]":
    """Make a comment of a report, as the workflow does."""
    command = [sys.executable, "-I", str(GITHUB / "comment.py"), str(report), "0" * 40, "https://example.org/run"]
    return subprocess.run(command, capture_output=True, check=False)


def comment_on(report: Path) -> str:
    """The comment made of a report."""
    done = run_on(report)
    assert (0, b"") == (done.returncode, done.stderr)
    return done.stdout.decode()


def fenced(comment: str) -> tuple[str, str]:
    """What stands in the first fence of a comment, and all that stands in no fence, as CommonMark reads it."""
    inside: list[list[str]] = []
    outside: list[str] = []
    fence = ""
    for line in comment.splitlines():
        ticks = re.match(r" {0,3}(`{3,})(.*)", line)
        if fence and ticks and len(ticks[1]) >= len(fence) and not ticks[2].strip():
            fence = ""
        elif fence:
            inside[-1].append(line)
        elif ticks:
            fence = ticks[1]
            inside.append([])
        else:
            outside.append(line)
    assert not fence
    return "\n".join(inside[0]), "\n".join(outside)


@pytest.mark.bundled_data
class TestComment:
    """What the comment on a pull request makes of a report, which may be hostile."""

    def test_says_what_changes(self, report: Path) -> None:
        """The sentences stand in the comment, which begins with the mark that the workflow looks for."""
        pack(report, "1 partnership added: Milan–Shanghai\n")
        comment = comment_on(report)
        mark, *_ = comment.splitlines()

        assert "1 partnership added: Milan–Shanghai" == fenced(comment)[0]
        assert mark in scripts(GITHUB / "workflows/comment.yml")[0]
        assert "<details>" not in comment

    def test_offers_the_fix(self, report: Path) -> None:
        """The fix is a patch that is folded away and kept to the letter."""
        patch = "--- a/x.json\n+++ b/x.json\n@@ -1 +1 @@\n-{}\n+{\n" + "+" + "long " * 50 + "end"
        pack(report, "Nothing.", patch)
        comment = comment_on(report)

        assert f"\n```diff\n{patch}\n```\n\n</details>\n" in comment
        assert comment.index("<details>") < comment.index(patch)

    def test_warns_of_evidence_that_did_not_change(self, report: Path) -> None:
        """The warning of the comparison, which may be wrapped in the fence, stands above it in words."""
        pack(report, f"Milan–Shanghai: {'long ' * 15}: {EVIDENCE_UNCHANGED} (Shanghai FAO)\n")
        inside, outside = fenced(comment_on(report))

        assert EVIDENCE_UNCHANGED not in inside
        assert "Some values changed, but their evidence did not." in outside
        pack(report, "Milan–Shanghai: established 1976 → 1979, according to Shanghai FAO\n")
        assert "Some values changed" not in comment_on(report)

    def test_says_that_nothing_changes(self, report: Path) -> None:
        """An empty comparison is said in a word."""
        pack(report, "\n")

        assert "Nothing." == fenced(comment_on(report))[0]

    def test_wraps_long_sentences(self, report: Path) -> None:
        """A sentence need not be scrolled, and what follows its first line is indented."""
        pack(report, "  " + "word " * 50)
        lines = fenced(comment_on(report))[0].splitlines()

        assert len(lines) > 1
        assert all(len(line) <= 110 for line in lines)
        assert all(line.startswith("    word") for line in lines[1:])

    @pytest.mark.parametrize(
        "hostile",
        [
            "```\n@everyone",
            "``````````\n<script>",
            "~~~\n[click](https://example.org)",
            "</details>\n\n# Approved by the maintainers",
            "   ```\n![](https://example.org/x.png)",
            "> ```\n@everyone",
            "\x0b```\x0c\n@everyone",
            "```\u2028@everyone",
            "\x85```\x85@everyone",
            "-->\n@everyone",
        ],
        ids=["fence", "long-fence", "tildes", "html", "indented", "quoted", "controls", "separator", "next", "comment"],
    )
    def test_nothing_gets_out_of_its_fence(self, report: Path, hostile: str) -> None:
        """Whatever a report holds, outside of the fences there are only our own words."""
        pack(report, "x", "y")
        _, ours = fenced(comment_on(report))
        pack(report, hostile, hostile)

        assert ours == fenced(comment_on(report))[1]

    def test_a_report_that_is_too_large(self, report: Path) -> None:
        """The comment links to the run, whether the report is missing because of its size, or grows when wrapped."""
        comment = comment_on(report)
        assert "is too large for a comment: [the run](https://example.org/run) has it" in comment
        assert comment.startswith("<!-- friendcities: data -->")
        pack(report, " " * 105 + "a b " * 6000, "x" * 90_000)
        assert len(comment_on(report)) < 65_536

    def test_shows_no_hidden_characters(self, report: Path) -> None:
        """What cannot be seen, or turns the direction of what can, is shown as a replacement character."""
        pack(report, "a\u202eb\u2066c\x1b[31md\u200be\ufefff")

        assert "a\ufffdb\ufffdc\ufffd[31md\ufffde\ufffdf" == fenced(comment_on(report))[0]

    def test_takes_what_is_no_text(self, report: Path) -> None:
        """Bytes that are no UTF-8 are shown as replacement characters."""
        pack(report, b"\xff\xfe")

        assert "\ufffd\ufffd" == fenced(comment_on(report))[0]

    def test_is_no_longer_than_a_comment_may_be(self, report: Path) -> None:
        """A small archive that unpacks to 100 MB is cut where a comment would be too long, and says so."""
        pack(report, b"word " * 20_000_000, b"+" * 100_000_000)
        comment = comment_on(report)

        assert report.stat().st_size < 1_000_000
        assert len(comment) < 65_536
        assert 2 == comment.count("… (the artifact whole-report of the run has the rest)")

    def test_says_what_it_cannot_read(self, report: Path) -> None:
        """What is no archive, or lacks a part, leads to no comment, and to one line that says why."""
        report.write_bytes(b"no archive")
        no_archive = run_on(report)
        with ZipFile(report, "w") as archive:
            archive.writestr("changes.txt", "x")
        incomplete = run_on(report)

        assert (1, b"") == (no_archive.returncode, no_archive.stdout)
        assert b"the report cannot be read: File is not a zip file\n" == no_archive.stderr.replace(b"\r", b"")
        assert (1, b"") == (incomplete.returncode, incomplete.stdout)
        assert b"fix.patch" in incomplete.stderr
        assert b"Traceback" not in incomplete.stderr


@pytest.fixture
def history(tmp_path: Path) -> Path:
    """A repository with our changelog, dated, our version, our script, one record, and the tag of a version before."""
    for name in (*("src/friendcities/__init__.py", "src/friendcities/release.py"), *RELEASE_FILES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text(ROOT / name), encoding="utf-8")
    replace(tmp_path / "CHANGELOG.md", f"(?m)^## {re.escape(fc.__version__)} .*$", f"## {fc.__version__} (2026-12-01)")
    replace(tmp_path / "src/friendcities/release.py", '(?m)^ADDRESS = ".*"', 'ADDRESS = "https://example.org/"')
    replace(tmp_path / "src/friendcities/release.py", '(?m)^DATE = ".*"', 'DATE = "2026-12-01"')
    with (tmp_path / "CITATION.cff").open("a", encoding="utf-8") as file:
        file.write('url: "https://example.org/"\ndate-released: "2026-12-01"\n')
    write(tmp_path / "src/friendcities/data/x.json", "{}")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "--quiet", "--message=Begin")
    git(tmp_path, "tag", BEFORE)
    return tmp_path


def write(path: Path, content: str) -> None:
    """Write a file, and the folders above it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")


def replace(path: Path, pattern: str, by: str) -> None:
    """Replace the one place in a file that has this pattern."""
    content, count = re.subn(pattern, by, text(path))
    assert 1 == count
    path.write_text(content, encoding="utf-8")


def git(root: Path, *arguments: str) -> None:
    """Run git, whoever it is that runs the tests."""
    who = ["-c", "user.name=Test", "-c", "user.email=test@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", root, *who, *arguments], check=True)  # noqa: S607 - wherever git is


def commit_and_tag(root: Path) -> None:
    """Make the version that is to be published."""
    git(root, "commit", "--quiet", "--all", "--allow-empty", "--message=Release")
    git(root, "tag", fc.__version__)


def release(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run the script that looks at a tag."""
    command = [sys.executable, str(root / ".github/release.py"), *arguments]
    return subprocess.run(command, capture_output=True, check=False, text=True)


def test_what_is_cited_has_one_place() -> None:
    """CITATION.cff has the address, the date and the DOI of the release, once a release has them."""
    lines = text(ROOT / "CITATION.cff").splitlines()
    present = {key: line for line in lines for key in ("url", "date-released", "doi") if line.startswith(f"{key}: ")}
    values = {"url": published.ADDRESS, "date-released": published.DATE, "doi": published.DOI}

    assert {key: f'{key}: "{value}"' for key, value in values.items() if value} == present


@pytest.mark.bundled_data
class TestRelease:
    """A tag is published only if it, the version, the changelog and the version of the data fit together."""

    def test_takes_what_fits(self, history: Path) -> None:
        """Of a version that is as it should be there is nothing to say, with and without one before."""
        commit_and_tag(history)

        assert (0, "", "") == outcome(release(history, fc.__version__))
        assert (0, "", "") == outcome(release(history, fc.__version__, BEFORE))

    @pytest.mark.parametrize(
        ("file", "pattern", "by", "complaint"),
        [
            ("src/friendcities/__init__.py", '(?m)^__version__ = ".*"', '__version__ = "99.1.0"', "the tag is "),
            ("CHANGELOG.md", r"\(2026-12-01\)", "(unreleased)", "CHANGELOG.md begins with "),
            (
                "src/friendcities/__init__.py",
                '(?m)^data_version = ".*"',
                'data_version = "2099-01-01"',
                "newest data is",
            ),
            ("src/friendcities/data/x.json", "{}", "[]", f"the data changed since {BEFORE}"),
            ("src/friendcities/release.py", '(?m)^ADDRESS = ".*"', 'ADDRESS = ""', "ADDRESS is empty: set it in src/"),
            (
                "src/friendcities/release.py",
                '(?m)^DATE = ".*"',
                'DATE = "2026-12-02"',
                "is 2026-12-02: make them equal",
            ),
            (
                "src/friendcities/release.py",
                '(?m)^DOI = ".*"',
                'DOI = "10.1/2"',
                'CITATION.cff has no line doi: "10.1/2"',
            ),
            (
                "src/friendcities/release.py",
                '(?m)^WORLD_ADDRESS = ".*"',
                'WORLD_ADDRESS = "https://example.org/world-2026-12-01/wikidata.json"',
                "of WORLD_ADDRESS and WORLD_DIGEST, one is empty: set both in src/",
            ),
            ("src/friendcities/release.py", '(?m)^WORLD_DIGEST = ".*"', f'WORLD_DIGEST = "{"0" * 64}"', "one is empty"),
            (
                "src/friendcities/release.py",
                '(?m)^WORLD_ADDRESS = ".*"',
                'WORLD_ADDRESS = "http://example.org/world.json"',
                "WORLD_ADDRESS is 'http://example.org/world.json': expected 'https://…/wikidata.json'",
            ),
            (
                "src/friendcities/release.py",
                '(?m)^WORLD_DIGEST = ".*"',
                'WORLD_DIGEST = "sha256"',
                "WORLD_DIGEST is 'sha256': expected the 64 hexadecimal digits",
            ),
        ],
        ids=[
            *("version", "undated", "data-version", "data-changed", "address", "date", "doi"),
            *("world-address", "world-digest", "address-of-the-world", "digest-of-the-world"),
        ],
    )
    def test_complains(self, history: Path, file: str, pattern: str, by: str, complaint: str) -> None:
        """Anything that does not fit is said, with exit code 1."""
        replace(history / file, pattern, by)
        commit_and_tag(history)
        code, printed, said = outcome(release(history, fc.__version__, BEFORE))

        assert (1, "") == (code, printed)
        assert complaint in said

    def test_takes_a_published_world(self, history: Path) -> None:
        """The address of the file and its digest are both set, or neither is; so are those of this tree."""
        file = history / "src/friendcities/release.py"
        address = "https://example.org/world-2026-12-01/wikidata.json"
        replace(file, '(?m)^WORLD_ADDRESS = ".*"', f'WORLD_ADDRESS = "{address}"')
        replace(file, '(?m)^WORLD_DIGEST = ".*"', f'WORLD_DIGEST = "{"0" * 64}"')
        commit_and_tag(history)

        assert (0, "", "") == outcome(release(history, fc.__version__))
        complaints = runpy.run_path(str(GITHUB / "release.py"))["world_complaints"]
        assert [] == list(complaints(text(ROOT / "src/friendcities/release.py")))

    def test_tells_what_is_new(self, history: Path) -> None:
        """The notes of a version are its part of the changelog, and no other."""
        replace(history / "CHANGELOG.md", r"\Z", "\n## 25.9.0 (2025-01-01)\n\nOlder.\n")
        code, notes, said = outcome(release(history, fc.__version__, "--notes"))

        assert (0, "") == (code, said)
        assert f"### Data ({fc.data_version})" in notes
        assert "Older" not in notes
        assert "\n## " not in f"\n{notes}"


def outcome(done: "subprocess.CompletedProcess[str]") -> tuple[int, str, str]:
    """How a process ended, what it printed, and what it complained of."""
    return done.returncode, done.stdout, done.stderr


def test_the_changelog_has_the_version_and_that_of_the_data() -> None:
    """The newest headings of the changelog are those of this version, and of the data that it comes with."""
    changelog = text(ROOT / "CHANGELOG.md")
    version, *_ = re.findall(r"(?m)^## (\S+) \(.+\)$", changelog)
    data_version, *_ = re.findall(r"(?m)^### Data \((.+)\)$", changelog)

    assert fc.__version__ == version
    assert fc.data_version == data_version


@pytest.mark.parametrize("arguments", in_the_guides(), ids=shlex.join)
def test_commands_of_the_guides_exist(arguments: list[str]) -> None:
    """A guide calls our command line as it can be called."""
    if arguments == ["--version"]:
        with pytest.raises(SystemExit, match=r"\A0\Z"):
            understood(arguments)
    else:
        assert callable(understood(arguments).run)


def test_the_worked_example_works(tmp_path: Path) -> None:
    """The records of the guide to contributing pass the check, are in canonical form, and are found."""
    for path, content in re.findall(
        r"`([\w/-]+\.json)`:\n\n```json\n(.+?)```", text(ROOT / "CONTRIBUTING.md"), re.DOTALL
    ):
        write(tmp_path / path, content)

    assert 0 == main(["check", str(tmp_path)])
    assert 0 == main(["format", "--check", str(tmp_path)])
    register = fc.Dataset.load(tmp_path, base=fc.dataset())
    assert "at-salzburg" in {city.id for city in register.partners_of("Reims")}


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_forms_ask_for_what_cannot_be_done_without(path: Path) -> None:
    """Each question has a name of its own, some must be answered, and a form about data asks on whose word."""
    asked = [part for part in parsed(path)["body"] if part["type"] != "markdown"]
    required = {part["id"] for part in asked if part.get("validations", {}).get("required")}

    assert len(asked) == len({part["id"] for part in asked})
    assert required
    assert ("data" in parsed(path)["labels"]) == ("source" in required)


def test_the_guide_names_the_forms() -> None:
    """The guide to contributing calls the forms for data by their names."""
    names = {parsed(path)["name"] for path in FORMS if "data" in parsed(path)["labels"]}

    assert 2 == len(names)
    assert all(f'"{name}"' in text(ROOT / "CONTRIBUTING.md") for name in names)


@pytest.mark.parametrize("hook", parsed(HOOKS), ids=lambda hook: hook["id"])
def test_hooks_can_be_run(hook: dict[str, Any]) -> None:
    """What another repository has run on its files is a command of ours that takes files."""
    program, *arguments = shlex.split(hook["entry"])
    options = understood([*arguments, "register/cities/a.json", "register/cities/b.json"])

    assert "friendcities" == program
    assert ["register/cities/a.json", "register/cities/b.json"] == list(map(str, options.paths))
    assert re.search(hook["files"], "register/cities/a.json")
    assert f"id: {hook['id']}\n" in text(ROOT / "CONTRIBUTING.md")


def test_every_form_and_workflow_is_linted() -> None:
    """The linters' list of what GitHub reads has a schema for each file, and but one."""
    (schemas,) = (
        ast.literal_eval(each.value)
        for each in ast.parse(text(ROOT / "noxfile.py")).body
        if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == "SCHEMAS"
    )
    linted = sorted(path for pattern in schemas.values() for path in ROOT.glob(pattern))

    assert sorted(GITHUB.rglob("*.yml")) == linted
