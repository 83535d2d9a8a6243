"""Records on disk: what is read, what is refused, and that writing is all or nothing."""

import gc
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from typing import Any, NoReturn

import pytest

import friendcities as fc
from friendcities import CityId, DataError, Dataset, Problem
from friendcities.checks import RecordTree
from friendcities.cli import main
from friendcities.datasets import folder as module
from friendcities.datasets.folder import record_path, write_folder
from friendcities.garbage_collector import pause_garbage_collector
from tests.systems import needs_posix
from tests.worlds import a_city, a_source, a_step, a_tie, told

CITY = '{"name": "Dunedin", "country": "NZ", "level": "municipality"}'
SMALL = Dataset(
    [
        a_city("cn-shanghai", "Shanghai"),
        a_city("nz-dunedin", "Dunedin"),
        a_source("gazette"),
        a_tie("cn-shanghai", "nz-dunedin", a_step("1994", told("gazette", "action"))),
    ]
)


def write(root: Path, files: dict[str, str]) -> Path:
    """Write files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def problems_of(path: Path) -> list[Problem]:
    """All that is wrong with a folder or file, which can be said in words."""
    with pytest.raises(DataError) as caught:
        Dataset.load(path)
    assert len(caught.value.problems) == len(str(caught.value).splitlines())
    return list(caught.value.problems)


# A folder of records -------------------------------------------------------------------------------------------------


def test_a_folder_is_read_at_any_depth(tmp_path: Path) -> None:
    """The folder names the type and the file the record, wherever it lies; the hidden and others are passed over."""
    write(
        tmp_path,
        {
            "cities/nz-dunedin.json": CITY,
            "cities/a/b/c/nz-otherwise.json": CITY,
            "cities/nz/.nz-hidden.json": "{",
            "cities/.git/nz-a.json": "{",
            "cities/nz/.cache/deep/nz-b.json": "{",
            "cities/nz/notes.txt": "{",
            ".git/cities/x.json": "{",
            "README.md": "# Mine",
        },
    )

    assert ["nz-dunedin", "nz-otherwise"] == [city.id for city in Dataset.load(tmp_path).cities()]
    assert Dataset.load(tmp_path) == Dataset.load(str(tmp_path))


def test_everything_wrong_is_reported_at_once(tmp_path: Path) -> None:
    """Every problem of every file, with file, line and field, in the order of the files."""
    write(
        tmp_path,
        {
            "cities/nz/nz-a.json": CITY[:-1],
            "cities/nz/nz-b.json": '{"name": null, "country": 12.9, "level": "abc", "names": true}',
            "cities/nz/nz-c.json": CITY.replace("{", '{"name": "Twice", '),
            "cities/nz/nz-d.json": "[" * 1000,
            "cities/nz/nz-e.json": CITY.replace('"Dunedin"', "1" * 300),
            "citys/nz-g.json": CITY,
            "mayors/nz-h.json": CITY,
            "officials/A B.json": '{"name": "A", "offices": []}',
        },
    )
    folder = tmp_path / "cities" / "nz"

    found = [(problem.path, problem.field) for problem in problems_of(tmp_path)]

    assert [
        (str(folder / "nz-a.json"), ""),
        (str(folder / "nz-b.json"), "name"),
        (str(folder / "nz-b.json"), "country"),
        (str(folder / "nz-b.json"), "level"),
        (str(folder / "nz-b.json"), "names"),
        (str(folder / "nz-c.json"), "name"),
        (str(folder / "nz-d.json"), ""),
        (str(folder / "nz-e.json"), "name"),
        (str(tmp_path / "citys"), ""),
        (str(tmp_path / "mayors"), ""),
        (str(tmp_path / "officials" / "A B.json"), "id"),
    ] == found


def test_a_deleted_bracket_is_named_with_its_place(tmp_path: Path) -> None:
    """What is not JSON is said with line and column."""
    write(tmp_path, {"cities/nz-a.json": '{\n  "name": "A",\n  "level": \n}'})

    [problem] = problems_of(tmp_path)

    assert (4, 1) == (problem.line, problem.column)
    assert "invalid JSON" in problem.message


def test_an_unknown_folder_is_named_with_the_known_ones(tmp_path: Path) -> None:
    """A folder of no type of record is a problem; where its name is nearly that of one, that is suggested."""
    write(tmp_path, {"citis/nz-a.json": CITY, "xyz/nz-b.json": CITY})

    near, far = problems_of(tmp_path)

    message = "the folder name is not a record type"
    assert (message, "did you mean 'cities'?") == (near.message, near.hint)
    assert (message, "") == (far.message, far.hint)
    assert "'cities', 'partnerships'" in far.expected


def test_two_files_of_one_id_are_a_problem(tmp_path: Path) -> None:
    """An id in two places below a folder is a problem that names both files; in two folders it is none."""
    write(tmp_path, {"cities/a/nz-a.json": CITY, "cities/b/nz-a.json": CITY})

    [problem] = problems_of(tmp_path)

    assert str(tmp_path / "cities/b/nz-a.json") == problem.path
    assert f"the id 'nz-a' is also the id of {tmp_path / 'cities/a/nz-a.json'}" == problem.message


def test_broken_references_name_the_file_as_it_lies(tmp_path: Path) -> None:
    """A reference that leads nowhere is reported for the file that has it, not for where it would belong."""
    write(tmp_path, {"cities/x/nz-a.json": CITY.replace("{", '{"part_of": "nz-none", ')})

    [problem] = problems_of(tmp_path)

    assert (str(tmp_path / "cities/x/nz-a.json"), "part_of") == (problem.path, problem.field)


@needs_posix
def test_a_file_that_cannot_be_read_is_a_problem(tmp_path: Path) -> None:
    """A file that goes round to itself, or leads nowhere, is named among the other problems."""
    write(tmp_path, {"cities/nz-a.json": "{"})
    (tmp_path / "cities" / "nz-loop.json").symlink_to("nz-loop.json")
    (tmp_path / "cities" / "nz-none.json").symlink_to("nowhere.json")

    broken, loop, none = problems_of(tmp_path)

    assert broken.path.endswith("nz-a.json")
    assert (str(tmp_path / "cities/nz-loop.json"), True) == (
        loop.path,
        loop.message.startswith("this path cannot be read: "),
    )
    assert (str(tmp_path / "cities/nz-none.json"), True) == (
        none.path,
        none.message.startswith("this path cannot be read: "),
    )


@needs_posix
def test_a_folder_that_goes_round_to_itself_is_a_problem(tmp_path: Path) -> None:
    """A link back up does not send the reader round and round, and is not passed over in silence."""
    write(tmp_path, {"cities/nz-dunedin.json": CITY})
    (tmp_path / "cities" / "again").symlink_to(tmp_path / "cities")
    (tmp_path / "loop").symlink_to("loop")

    [problem] = problems_of(tmp_path)

    assert str(tmp_path / "cities" / "again") == problem.path


def test_a_file_that_may_not_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files beside it are read all the same, and what is wrong with them is told too."""
    write(tmp_path, {"cities/nz-a.json": CITY, "cities/nz-b.json": CITY, "cities/nz-c.json": "{"})
    refuse(monkeypatch, module, "open_regular_file", tmp_path / "cities" / "nz-a.json")

    refused, broken = problems_of(tmp_path)

    assert (str(tmp_path / "cities/nz-a.json"), "this path cannot be read: permission denied") == (
        refused.path,
        refused.message,
    )
    assert str(tmp_path / "cities/nz-c.json") == broken.path


@needs_posix
def test_a_link_to_a_folder_below_is_a_problem(tmp_path: Path) -> None:
    """Records that lie behind a link are not left out in silence; behind a hidden one they are hidden."""
    write(tmp_path / "elsewhere", {"nz-oamaru.json": CITY})
    write(tmp_path, {"mine/cities/nz/nz-dunedin.json": CITY})
    (tmp_path / "mine" / "cities" / "nz" / "more").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "mine" / "cities" / ".hidden").symlink_to(tmp_path / "elsewhere")

    [problem] = problems_of(tmp_path / "mine")

    assert str(tmp_path / "mine" / "cities" / "nz" / "more") == problem.path
    assert problem.message
    assert problem.expected


@pytest.mark.parametrize("name", ["nz-a.JSON", "nz-a.Json", "nz-a.jsoN"])
def test_an_ending_in_other_letters_is_a_problem(tmp_path: Path, name: str) -> None:
    """A record file whose ending is written otherwise is not passed over, whether it would be a record or not."""
    write(tmp_path, {"cities/nz-dunedin.json": CITY, f"cities/nz/{name}": CITY})

    [problem] = problems_of(tmp_path)

    assert str(tmp_path / "cities" / "nz" / name) == problem.path


@needs_posix
def test_a_folder_or_pipe_named_like_a_record_is_a_problem(tmp_path: Path) -> None:
    """What is no file is named, and is not waited for."""
    write(tmp_path, {"cities/nz-dunedin.json": CITY, "cities/nz-folder.json/notes.txt": ""})
    os.mkfifo(tmp_path / "cities" / "nz-pipe.json")

    problems = problems_of(tmp_path)

    assert {"nz-folder.json", "nz-pipe.json"} == {Path(problem.path).name for problem in problems}
    assert 2 == len(problems)


def test_a_folder_below_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may not be looked into is named; nothing in it is left out in silence."""
    write(tmp_path, {"cities/nz/nz-dunedin.json": CITY})
    refuse(monkeypatch, os, "scandir", tmp_path / "cities" / "nz")

    [problem] = problems_of(tmp_path)

    assert (str(tmp_path / "cities" / "nz"), "this path cannot be read: permission denied") == (
        problem.path,
        problem.message,
    )


def test_a_root_that_cannot_be_read_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So is the folder that was asked for."""
    refuse(monkeypatch, Path, "iterdir", tmp_path)

    [problem] = problems_of(tmp_path)

    assert (str(tmp_path), "this path cannot be read: permission denied") == (problem.path, problem.message)


def refuse(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, where: Path) -> None:
    """Have the system refuse permission to look into one folder, which it does not to an administrator."""
    allowed = getattr(owner, name)

    def refused(path: Any, *more: Any) -> Any:
        if Path(path) == where:
            raise PermissionError(13, "Permission denied", str(path))
        return allowed(path, *more)

    monkeypatch.setattr(owner, name, refused)


def test_an_error_without_a_reason_is_told_in_its_own_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system gives no reason, what the error itself says stands for it."""

    def fail(path: object) -> NoReturn:
        raise OSError(f"Disk On Fire: {path}")  # noqa: EM102, TRY003

    (tmp_path / "x.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(module, "open_regular_file", fail)

    [problem] = problems_of(tmp_path / "x.json")

    assert problem.message.startswith("this path cannot be read: disk on fire")


# One file ------------------------------------------------------------------------------------------------------------


def test_what_was_saved_is_loaded_again(tmp_path: Path) -> None:
    """A dataset that was saved and loaded is the same, to the record."""
    path = tmp_path / "saved.json"
    fc.dataset().save(path)

    assert fc.dataset() == Dataset.load(path)
    assert 0 == path.read_text("utf-8").count("\\u")
    assert path.read_text("utf-8").endswith("}\n")


def test_saving_is_deterministic(tmp_path: Path) -> None:
    """The same records give the same bytes, in whatever order they came."""
    one, other = tmp_path / "one.json", tmp_path / "other.json"
    SMALL.save(one)
    Dataset(reversed(list(SMALL))).save(str(other))

    assert one.read_bytes() == other.read_bytes()


def test_an_empty_dataset_is_saved_and_loaded(tmp_path: Path) -> None:
    """What has no records is a file too."""
    Dataset().save(tmp_path / "empty.json")

    assert '{"friendcities":1}\n' == (tmp_path / "empty.json").read_text("utf-8")
    assert Dataset() == Dataset.load(tmp_path / "empty.json")


@pytest.mark.parametrize("broken", [(os, "fsync"), (os, "replace"), (Path, "chmod")], ids=lambda each: str(each[1]))
def test_a_failure_while_writing_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: tuple[Any, str]
) -> None:
    """The file is replaced only once the new one is whole; nothing else is left behind."""
    path = tmp_path / "saved.json"
    Dataset().save(path)
    before = path.read_bytes()

    def fail(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(*broken, fail)
    with pytest.raises(OSError, match="No space left on device"):
        SMALL.save(path)

    assert before == path.read_bytes()
    assert [path] == list(tmp_path.iterdir())


def test_a_failure_to_tidy_up_does_not_hide_the_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What went wrong first is what is raised."""

    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    def fail_too(*_: object, **__: object) -> NoReturn:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "fsync", fail)
    monkeypatch.setattr(os, "rmdir", fail_too)
    monkeypatch.setattr(Path, "unlink", fail_too)

    with pytest.raises(OSError, match="No space left on device"):
        SMALL.save(tmp_path / "saved.json")


@needs_posix
def test_a_saved_file_may_be_read_by_those_who_may_read_new_files(tmp_path: Path) -> None:
    """Its permissions are those of any new file, not those of a temporary one."""
    SMALL.save(tmp_path / "saved.json")
    (tmp_path / "new.json").touch()
    saved, new = (stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("saved.json", "new.json"))

    assert new == saved


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
@needs_posix
def test_saving_keeps_the_permissions_of_the_file_that_it_replaces(tmp_path: Path, mode: int) -> None:
    """What only some may read stays so."""
    path = tmp_path / "saved.json"
    path.touch()
    path.chmod(mode)
    SMALL.save(path)

    assert mode == stat.S_IMODE(path.stat().st_mode)
    assert SMALL == Dataset.load(path)


@pytest.mark.parametrize("there", [True, False], ids=["a file", "nothing yet"])
@needs_posix
def test_saving_through_a_link_writes_what_it_leads_to(tmp_path: Path, *, there: bool) -> None:
    """The link stays a link, and the file behind it, wherever it lies, is the one that is written."""
    target, link = tmp_path / "there" / "target.json", tmp_path / "link.json"
    target.parent.mkdir()
    if there:
        target.write_text("old", "utf-8")
    link.symlink_to(target)
    SMALL.save(link)

    assert link.is_symlink()
    assert not target.is_symlink()
    assert SMALL == Dataset.load(target) == Dataset.load(link)
    assert [target] == list(target.parent.iterdir())


@pytest.mark.parametrize("there", [True, False])
@needs_posix
def test_saving_leaves_the_mask_of_the_process_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, there: bool
) -> None:
    """Other threads that make a file meanwhile make it with the permissions that they meant."""
    path = tmp_path / "saved.json"
    if there:
        path.touch()
    masks: list[int] = []
    monkeypatch.setattr(os, "umask", masks.append)
    SMALL.save(path)

    assert [] == masks
    assert SMALL == Dataset.load(path)


def test_saving_where_there_is_no_folder_is_an_error_of_the_system(tmp_path: Path) -> None:
    """A folder that is not there is not made."""
    with pytest.raises(FileNotFoundError):
        SMALL.save(tmp_path / "none" / "saved.json")


@pytest.mark.parametrize("name", ["x.json", "x/dataset.json"], ids=["file", "folder"])
def test_a_newer_format_is_refused_with_what_to_do(tmp_path: Path, name: str) -> None:
    """A file or a folder of a later format names the format, and says to upgrade."""
    path = tmp_path / name
    path.parent.mkdir(exist_ok=True)
    path.write_text('{"friendcities": 2}', "utf-8")

    [problem] = problems_of(path if path.name == "x.json" else path.parent)

    assert str(path) == problem.path
    assert "this version of friendcities cannot read the newer format 2" == problem.message
    assert "install the latest version of friendcities" == problem.hint
    assert 1 == main(["check", "--standalone", str(path.parent)])


def test_a_folder_that_states_its_format_is_read(tmp_path: Path) -> None:
    """A folder may state the format of this version; one that does not has it, too."""
    write_folder(tmp_path / "folder", SMALL, SMALL.redirects)
    with_format = Dataset.load(tmp_path / "folder")
    (tmp_path / "folder" / "dataset.json").unlink()

    assert SMALL == with_format == Dataset.load(tmp_path / "folder")


def test_a_saved_dataset_in_a_folder_of_records_is_refused(tmp_path: Path) -> None:
    """Loading and checking name the file whose records they do not read, also if only the file is checked."""
    write_folder(tmp_path / "folder", SMALL, SMALL.redirects)
    path = tmp_path / "folder" / "dataset.json"
    SMALL.save(path)

    [problem] = problems_of(path.parent)

    assert str(path) == problem.path
    assert "this file is a saved dataset; in a folder of records, its records are not read" == problem.message
    assert "move the file to another folder, and load the file by its path" == problem.hint
    assert (problem,) == RecordTree.read(path.parent).reading_problems
    assert [1, 1] == [main(["check", "--standalone", str(each)]) for each in (path, path.parent)]


@pytest.mark.parametrize("text", ["[]", "{}", '{"friendcities": true}', '{"friendcities": 0}', '{"format": 1}', "{"])
def test_a_folder_without_a_known_format_is_refused(tmp_path: Path, text: str) -> None:
    """Where the file is there, it states a format."""
    write_folder(tmp_path / "folder", SMALL, SMALL.redirects)
    path = tmp_path / "folder" / "dataset.json"
    path.write_text(text, "utf-8")

    [problem] = problems_of(path.parent)

    assert str(path) == problem.path


@pytest.mark.parametrize(
    "text",
    [
        "[]",
        "null",
        "5",
        "{}",
        '{"friendcities": 0}',
        '{"friendcities": true}',
        '{"friendcities": "1"}',
        '{"cities": {}}',
    ],
)
def test_what_no_dataset_wrote_is_refused(tmp_path: Path, text: str) -> None:
    """A file of another format, or of none, is refused with what to pass instead."""
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")

    [problem] = problems_of(path)

    assert (str(path), "this is not a dataset in format 1") == (problem.path, problem.message)
    assert "pass a file written by Dataset.save, or a folder of record files" == problem.hint


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ('{"friendcities": 1', "invalid JSON"),
        ("", "the file is empty"),
        ('{"friendcities": 1, "friendcities": 1}', "repeated key"),
        ("[" * 100_000, ""),
    ],
)
def test_what_is_no_json_is_refused(tmp_path: Path, text: str, what: str) -> None:
    """A broken file is one report that names it, no traceback of the reader's."""
    path = tmp_path / "x.json"
    path.write_text(text, "utf-8")

    [problem] = problems_of(path)

    assert str(path) == problem.path
    assert problem.message.startswith(what)


def test_everything_wrong_in_one_file_is_reported_at_once(tmp_path: Path) -> None:
    """Unknown types, what is no object, broken records and ids: each with the way to it."""
    bundle = {
        "friendcities": 1,
        "citys": {},
        "sources": [],
        "cities": {
            "nz-a": {"name": None, "country": "NZ"},
            "nz-c": json.loads(CITY),
            "nz-d": 5,
        },
        "officials": {"A B": {"name": "A", "offices": []}},
    }
    path = tmp_path / "x.json"
    path.write_text(json.dumps(bundle), "utf-8")

    problems = problems_of(path)

    assert {str(path)} == {problem.path for problem in problems}
    assert [
        "citys",
        "sources",
        "cities.nz-a.level",
        "cities.nz-a.name",
        "cities.nz-d",
        "officials.A B.id",
    ] == [problem.field for problem in problems]


def test_a_broken_reference_in_one_file_is_named_with_its_record(tmp_path: Path) -> None:
    """The record stands in for a file of its own."""
    path = tmp_path / "x.json"
    cities = {"nz-a": json.loads(CITY) | {"part_of": "nz-b"}}
    path.write_text(json.dumps({"friendcities": 1, "cities": cities}), "utf-8")

    [problem] = problems_of(path)

    assert (f"{path}: cities.nz-a", "part_of") == (problem.path, problem.field)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    """A path that leads nowhere is named."""
    [problem] = problems_of(tmp_path / "none.json")

    assert (str(tmp_path / "none.json"), "this path cannot be read: no such file or directory") == (
        problem.path,
        problem.message,
    )


# One laid over the other ---------------------------------------------------------------------------------------------


def test_a_dataset_laid_over_another_has_the_say(tmp_path: Path) -> None:
    """What both have, the one laid over has the say in; the rest is that of both; the base is as it was."""
    write(
        tmp_path,
        {
            "cities/nz-dunedin.json": CITY.replace("Dunedin", "Dunners"),
            "cities/nz-oamaru.json": CITY.replace("Dunedin", "Oamaru"),
            "partnerships/nz-dunedin--nz-oamaru.json": '{"steps": [{"date": "2000", "action": "established"}]}',
        },
    )

    both = Dataset.load(tmp_path, base=SMALL)

    assert ["Shanghai", "Oamaru"] == [city.name for city in both.partners_of("Dunners")]
    assert ["Shanghai"] == [city.name for city in SMALL.partners_of("Dunedin")]
    assert 6 == len(both)


def test_what_is_laid_over_must_fit_what_lies_beneath(tmp_path: Path) -> None:
    """A reference may lead from the one to the other, but not nowhere, whosever it is."""
    write(tmp_path, {"cities/cn-shanghai.json": CITY.replace('"NZ"', '"CN"').replace("{", '{"part_of": "cn-x", ')})

    with pytest.raises(DataError) as caught:
        Dataset.load(tmp_path, base=SMALL)

    assert [str(tmp_path / "cities/cn-shanghai.json")] == [problem.path for problem in caught.value.problems]
    with pytest.raises(DataError):
        Dataset.load(tmp_path)


# The rest ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        (a_city("us-il-springfield"), "cities/us/us-il-springfield.json"),
        (a_tie("nz-dunedin", "cn-shanghai"), "partnerships/cn-nz/cn-shanghai--nz-dunedin.json"),
        (a_source("gazette-1994"), "sources/gazette-1994.json"),
        (fc.events()[0], "events/2023-shanghai-city-business-connect.json"),
    ],
    ids=lambda each: each if isinstance(each, str) else each.id,
)
def test_every_record_has_its_place(record: fc.City, expected: str) -> None:
    """Cities lie by country, partnerships by the countries of both, others by type."""
    assert expected == record_path(record)


@pytest.mark.parametrize("enabled", [True, False])
def test_the_collector_is_left_as_it_was(tmp_path: Path, *, enabled: bool) -> None:
    """Reading pauses the garbage collector and leaves it as it found it, also after a failure."""
    was = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        with pytest.raises(DataError):
            Dataset.load(tmp_path / "none.json")
        with pause_garbage_collector():
            assert not gc.isenabled()
        assert enabled is gc.isenabled()
    finally:
        (gc.enable if was else gc.disable)()


def test_what_somebody_set_aside_stays_aside() -> None:
    """Objects that a program froze, as before it forks, are not brought back; and reading freezes none."""
    before = gc.get_freeze_count()  # 3.12 has some from the beginning
    with pause_garbage_collector():
        pass
    assert before == gc.get_freeze_count()

    gc.freeze()
    try:
        with pause_garbage_collector():
            pass
        assert gc.get_freeze_count() > before
    finally:
        gc.unfreeze()


def test_a_part_and_its_whole_survive_a_round_trip(tmp_path: Path) -> None:
    """References are read back, whatever the order of the records."""
    world = Dataset([a_city("aa-a-part", part_of=CityId("aa-whole")), a_city("aa-whole")])
    world.save(tmp_path / "x.json")

    assert world == Dataset.load(tmp_path / "x.json")


def test_a_file_outside_the_folders_is_a_problem(tmp_path: Path) -> None:
    """A record file that lies beside the folders of the types is not passed over."""
    (tmp_path / "nz-dunedin.json").write_text("{}", encoding="utf-8")
    with pytest.raises(fc.DataError) as caught:
        fc.Dataset.load(tmp_path)
    [problem] = caught.value.problems
    assert str(tmp_path / "nz-dunedin.json") == problem.path


def test_a_folder_without_records_is_a_problem(tmp_path: Path) -> None:
    """A wrong folder does not pass for an empty register."""
    with pytest.raises(fc.DataError, match="the folder has no records"):
        fc.Dataset.load(tmp_path)


def test_parts_are_asked_for_with_true_or_false() -> None:
    """``include_parts`` is refused everywhere alike when it is neither."""
    for ask in (fc.timeline, fc.memoranda_of):  # one that sorts rows, one that collects ids
        with pytest.raises(fc.InvalidQueryError, match="invalid include_parts 'yes'"):
            ask("Shanghai", include_parts="yes")  # type: ignore[arg-type]


def test_any_country_is_every_country() -> None:
    """``"any"`` lets every country through, as it does for the other filters."""
    assert fc.partners_of("Shanghai", status="any") == fc.partners_of("Shanghai", status="any", country="any")


@pytest.mark.parametrize("path", ["", None, 1, b"x", True], ids=repr)
def test_what_is_no_path_is_refused(path: Any) -> None:
    """A path is text that is not empty, or a Path; anything else is a fault of the question."""
    with pytest.raises(fc.InvalidQueryError) as caught:
        Dataset.load(path)

    assert path is caught.value.query


@pytest.mark.parametrize("path", ["x\0y", "x" * 5000, "\ud800"], ids=["null", "long", "half a character"])
def test_a_path_that_the_system_does_not_take_is_a_problem(path: str) -> None:
    """A path that can lead nowhere is told like one that does not; the message can be printed."""
    [problem] = problems_of(Path(path))

    assert path == problem.path
    assert problem.message.startswith("this path cannot be read: ")
    with pytest.raises(DataError) as caught:
        Dataset.load(path)
    assert str(caught.value).encode()


@pytest.mark.parametrize("base", ["x", 5, True, [], [a_city("nz-a")]], ids=repr)
def test_what_is_laid_over_is_a_dataset(tmp_path: Path, base: Any) -> None:
    """A base that is no dataset is refused."""
    write(tmp_path, {"cities/nz-dunedin.json": CITY})

    with pytest.raises(fc.InvalidQueryError) as caught:
        Dataset.load(tmp_path, base=base)

    assert base is caught.value.query


@pytest.mark.parametrize("path", [None, 5, b"x", ""], ids=repr)
def test_what_is_no_path_is_not_saved_to(path: Any) -> None:
    """What is no path is refused before anything is written."""
    with pytest.raises(fc.InvalidQueryError, match="expected the path of the file to write"):
        Dataset().save(path)


# What a system may hand out ------------------------------------------------------------------------------------------


def refuse_to_tell(monkeypatch: pytest.MonkeyPatch, *where: Path) -> None:
    """Have the system refuse to tell what lies at some places, as it does below a folder that may not be entered."""
    tell = Path.stat

    def refused(path: Path, **options: Any) -> os.stat_result:
        if path in where:
            raise PermissionError(13, "Permission denied", str(path))
        return tell(path, **options)

    monkeypatch.setattr(Path, "stat", refused)
    monkeypatch.setattr(Path, "is_dir", lambda path: stat.S_ISDIR(path.stat().st_mode))


def test_a_folder_that_may_not_be_entered_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it is cannot even be told; it is named, and what lies beside it is read."""
    write(tmp_path, {"cities/nz-a.json": CITY, "sources/x.json": "{", "stray.json": "{}"})
    refuse_to_tell(monkeypatch, tmp_path / "cities", tmp_path / "stray.json")

    found = problems_of(tmp_path)

    assert [
        (str(tmp_path / "cities"), "this path cannot be read: permission denied"),
        (str(tmp_path / "stray.json"), "this path cannot be read: permission denied"),
    ] == [(problem.path, problem.message) for problem in found[:2]]
    assert [str(tmp_path / "sources" / "x.json")] == [problem.path for problem in found[2:]]


def test_files_that_cannot_be_told_are_problems(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is named, whether it would be a record or the redirects."""
    write(tmp_path, {"cities/nz-a.json": CITY, "cities/nz-b.json": CITY, "redirects.json": "{}"})
    refuse_to_tell(monkeypatch, tmp_path / "cities" / "nz-b.json")
    for refused in ("cities/nz-b.json", "redirects.json"):
        refuse(monkeypatch, module, "open_regular_file", tmp_path / refused)

    found = problems_of(tmp_path)

    assert [
        (str(tmp_path / "cities" / "nz-b.json"), "readable", "this path cannot be read: permission denied"),
        (str(tmp_path / "redirects.json"), "readable", "this path cannot be read: permission denied"),
    ] == [(problem.path, problem.rule, problem.message) for problem in found]


@needs_posix
def test_redirects_that_are_no_file_are_not_waited_for(tmp_path: Path) -> None:
    """A pipe, a folder, a link that leads round: each is named, and none is read."""
    write(tmp_path, {"cities/nz-dunedin.json": CITY})
    path = tmp_path / "redirects.json"

    os.mkfifo(path)
    [pipe] = problems_of(tmp_path)
    path.unlink()
    path.mkdir()
    _, folder = problems_of(tmp_path)
    path.rmdir()
    path.symlink_to(path)
    [loop] = problems_of(tmp_path)
    path.unlink()

    assert {str(path)} == {pipe.path, folder.path, loop.path}
    assert "this path cannot be read: neither a file nor a folder" == pipe.message
    assert all(problem.message.startswith("this path cannot be read: ") for problem in (pipe, folder, loop))
    assert 1 == len(Dataset.load(tmp_path))


def test_what_is_wrong_in_a_folder_has_line_and_column(tmp_path: Path) -> None:
    """Of every file: a missing field at its object, an unknown key at itself, a wrong value at its key."""
    write(
        tmp_path,
        {
            "cities/nz-a.json": '{\n  "nmae": "A",\n  "country": "NZ",\n  "level": 5\n}',
            "cities/nz-b.json": '{"name": "B", "country": "NZ", "level": "town",\r\n "country": "AU"}',
        },
    )

    found = [(Path(each.path).name, each.line, each.column, each.rule, each.field) for each in problems_of(tmp_path)]

    assert [
        ("nz-a.json", 1, 1, "schema", "name"),
        ("nz-a.json", 2, 3, "schema", "nmae"),
        ("nz-a.json", 4, 3, "schema", "level"),
        ("nz-b.json", 2, 2, "repeated-key", "country"),
        ("nz-b.json", 2, 2, "country-agreement", "country"),
    ] == found


def test_what_is_wrong_in_one_file_has_line_and_column(tmp_path: Path) -> None:
    """All at once and in the order of the text, as if each record had a file of its own."""
    lines = [
        '{"friendcities": 1,',
        ' "cities": {',
        '  "nz-b": {"country": "NZ",',
        '    "level": "twon"},',
        '  "nz-a": {"name": "A", "country": "NZ", "level": "town", "id": "nz-a"},',
        '  "nz-c": 5, "nz.d[0]": {"name": "D",',
        '    "names": [{"text": 1, "language": "en", "kind": "alias"}],',
        '    "country": "NZ", "level": "town", "level": "town"}},',
        ' "mayors": {}}',
    ]
    path = tmp_path / "saved.json"
    path.write_text("\n".join(lines), "utf-8")

    found = [(each.line, each.column, each.rule, each.field) for each in problems_of(path)]

    assert [
        (3, 3, "schema", "cities.nz-b.name"),
        (4, 5, "schema", "cities.nz-b.level"),
        (5, 59, "id-inside", "cities.nz-a.id"),
        (6, 3, "schema", "cities.nz-c"),
        (6, 14, "id-grammar", "cities.nz.d[0].id"),
        (7, 16, "schema", "cities.nz.d[0].names[0].text"),
        (8, 39, "repeated-key", "cities.nz.d[0].level"),
        (9, 2, "", "mayors"),
    ] == found


def test_threads_that_pause_the_collector_leave_it_on() -> None:
    """A second thread waits for the first one, and both leave the collector as they found it."""
    was = gc.isenabled()
    first_inside, second_inside = Event(), Event()
    overlaps = []

    def first() -> None:
        with pause_garbage_collector():
            first_inside.set()
            overlaps.append(second_inside.wait(0.2))

    def second() -> bool:
        first_inside.wait(10)
        with pause_garbage_collector():
            second_inside.set()
            return gc.isenabled()

    gc.enable()
    try:
        with ThreadPoolExecutor(2) as threads:
            one, other = threads.submit(first), threads.submit(second)
            one.result(20)
            assert not other.result(20)
        assert gc.isenabled()
        assert [False] == overlaps
    finally:
        (gc.enable if was else gc.disable)()
