"""Inputs that are made to do harm: long names, pipes and devices, links, and names of files with control characters."""

import gzip
import json
import os
import re
import threading
import time
from contextlib import suppress
from decimal import Decimal
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, NoReturn

import pytest

import friendcities as fc
from friendcities.cli import main
from friendcities.cli.output import written_first
from friendcities.codec.reader import read_text
from friendcities.codec.writer import encode
from friendcities.datasets import folder as module
from friendcities.datasets.dataset import Dataset
from friendcities.datasets.folder import record_path, replace_file
from friendcities.importers import fetch_wikidata, read_table, read_wikidata
from friendcities.importers.import_report import Reason
from friendcities.importers.names_gate import check_name
from friendcities.importers.profile import Profile
from friendcities.importers.wikidata import endpoint
from friendcities.model.grammar import is_decimal, is_id
from friendcities.names import fold
from friendcities.names.countries import read_country
from tests.endpoints import playing, results, sending, statement
from tests.systems import needs_posix
from tests.tables import in_csv
from tests.worlds import a_city

MARKS = "a" + "\u0301\u0323" * 50_000
DUNEDIN = a_city("nz-dunedin")


@pytest.fixture
def data() -> Dataset:
    """One city."""
    return Dataset([DUNEDIN])


def raise_permission_error(path: str, _: int) -> NoReturn:
    """Refuse to open a file."""
    raise PermissionError(13, "denied", path)


def put(folder: Path, text: str | None = None) -> Path:
    """Write a city into a folder of records; return the path of its file."""
    path = folder / record_path(DUNEDIN)
    path.parent.mkdir(parents=True)
    path.write_text(encode(DUNEDIN) if text is None else text, encoding="utf-8")
    return path


@pytest.mark.parametrize(("digits", "reason"), [(90, Reason.UNKNOWN_ITEM), (100, Reason.BLANK_CITY)])
def test_a_statement_of_two_unknown_items_is_reported(digits: int, reason: Reason, tmp_path: Path) -> None:
    """An import does not end at a statement whose items no file describes."""
    snak = {"snaktype": "value", "datavalue": {"value": {"id": "Q" + "9" * digits}, "type": "wikibase-entityid"}}
    claims = {"P190": [{"id": "Q1$1", "rank": "normal", "mainsnak": snak}]}
    path = tmp_path / "Q1.json"
    path.write_text(json.dumps({"id": "Q1", "modified": "2026-01-31T08:00:00Z", "claims": claims}), encoding="utf-8")

    report = read_wikidata(path).report

    assert 1 == report.rejected
    assert [reason] == list(report.reasons)


@pytest.mark.parametrize("query", [MARKS, f"{MARKS}, NZ", "a" * 1_000_000, "a, " * 30_000])
def test_a_long_query_is_rejected_at_once(query: str, data: Dataset) -> None:
    """The time for a query has a limit."""
    start = time.process_time()
    for find in (data.city, data.partnerships_of):
        with pytest.raises(fc.UnknownCityError, match="is too long for the name of a city"):
            find(query)
    assert () == tuple(data.find_cities(query))
    assert query not in data
    assert time.process_time() - start < 1


def test_a_long_filter_is_rejected_at_once(data: Dataset) -> None:
    """No text is normalized in more time than its length explains."""
    start = time.process_time()
    cases: list[dict[str, Any]] = [{"country": MARKS}, {"kind": MARKS}, {"on": MARKS}]
    for filters in cases:
        with pytest.raises(fc.InvalidQueryError, match="invalid"):
            data.partnerships_of("nz-dunedin", **filters)
    assert fold(MARKS) == fold("a")
    assert time.process_time() - start < 1


@pytest.mark.parametrize("name", [MARKS, "a" * 1_000_000])
def test_a_long_name_is_not_imported(name: str) -> None:
    """A name in a table has a limit too."""
    start = time.process_time()
    assert [Reason.INVALID_NAME] == [remark.reason for remark in check_name(name).remarks]
    assert time.process_time() - start < 1


def test_the_longest_names_of_places() -> None:
    """A name of a city or of a country has a limit."""
    assert "A" * 200 == check_name("A" * 200).name
    assert None is check_name("A" * 201).name
    assert None is read_country("New Zealand" + "x" * 200).code
    assert "NZ" == read_country("New Zealand").code


def test_the_longest_ids_and_numbers() -> None:
    """Ids are names of files, and numbers are read exactly."""
    assert is_id("a" * 100)
    assert not is_id("a" * 101)
    assert is_decimal(Decimal("9" * 40))
    assert not is_decimal(Decimal("9" * 41))


@pytest.mark.parametrize("name", [MARKS, "a" * 1_000_000, "a" + "\u0301" * 31, "א" + "\u05b0\u05b1" * 16])
def test_a_long_name_is_no_text_of_a_record(name: str) -> None:
    """Neither in a file nor in Python."""
    start = time.process_time()
    plain = {"name": name, "country": "NZ", "level": "municipality"}
    expected = r"1 to 5,000 characters, .*, at most 30 combining marks"
    with pytest.raises(fc.InvalidRecordError, match=expected):
        read_text(fc.City, "nz-a", json.dumps(plain))
    with pytest.raises(fc.InvalidRecordError, match=expected):
        fc.City(id=fc.parse_city_id("nz-a"), name=name, country="NZ", level=fc.Level.MUNICIPALITY)
    assert time.process_time() - start < 1


def test_usual_marks_are_text() -> None:
    """Languages that write several marks on a letter can be written, in names of any length that occurs."""
    for text in ("a" + "\u0301" * 30, "ក្រុងព្រះសីហនុ" * 10, "שָׁלוֹם " * 20 + "x", "x" * 5000):
        assert text == fc.City(id=fc.parse_city_id("nz-a"), name=text, country="NZ", level=fc.Level.MUNICIPALITY).name


A_CITY = {"name": "A", "country": "NZ", "level": "municipality"}


@pytest.mark.parametrize(
    ("plain", "problems", "last"),
    [
        (
            {"evidence": [{}] * 300_000},
            101,
            "evidence[50]: reading stopped here, because there are too many problems",
        ),
        (
            {"names": [{}] * 300_000},
            103,
            "names[34]: reading stopped here, because there are too many problems",
        ),
        (
            {"evidence": [{"source": "s", "supports": [1] * 300_000}]},
            102,
            "reading stopped here, because there are too many problems",
        ),
        ({f"k{number:06}": 1 for number in range(100_000)}, 101, "99,900 other unknown fields; delete them"),
    ],
)
def test_problems_of_a_record_are_limited(plain: dict[str, Any], problems: int, last: str) -> None:
    """A small file does not have hundreds of thousands of problems, and is not read for minutes."""
    start = time.process_time()
    with pytest.raises(fc.InvalidRecordError, match=re.escape(last)) as raised:
        read_text(fc.City, "nz-a", json.dumps(A_CITY | plain))
    assert problems == len(raised.value.problems)
    assert time.process_time() - start < 10


def test_problems_of_a_file_are_limited(tmp_path: Path) -> None:
    """So are those of a file with many records, and of keys that are repeated."""
    text = "".join(f', "k{number}": 1, "k{number}": 2' for number in range(5000))
    with pytest.raises(fc.InvalidRecordError) as raised:
        read_text(fc.City, "nz-a", '{"name": "A", "country": "NZ", "level": "municipality"' + text + "}")
    assert (1001, "4,101 other problems are not listed") == (
        len(raised.value.problems),
        raised.value.problems[-1].message,
    )
    (tmp_path / "a.json").write_text(json.dumps({"friendcities": 1, "cities": {f"nz-{n}": {} for n in range(5000)}}))
    with pytest.raises(fc.DataError, match="other problems are not listed"):
        Dataset.load(tmp_path / "a.json")


@needs_posix
class TestPipesAndDevices:
    """Pipes and devices are not read, and not replaced."""

    @pytest.fixture
    def pipe(self, tmp_path: Path) -> Path:
        """A pipe to which nobody writes."""
        os.mkfifo(tmp_path / "pipe")
        return tmp_path / "pipe"

    def test_no_dataset_is_read(self, pipe: Path) -> None:
        """A dataset is a file or a folder."""
        for path in (pipe, Path("/dev/zero")):
            with pytest.raises(fc.DataError, match="neither a file nor a folder"):
                Dataset.load(path)

    def test_no_profile_is_read(self, pipe: Path) -> None:
        """A profile is a file."""
        for path in (pipe, Path("/dev/zero")):
            with pytest.raises(fc.InvalidQueryError, match="neither a file nor a folder"):
                Profile.load(path)

    def test_no_names_of_nodes_are_read(self, pipe: Path, tmp_path: Path) -> None:
        """The names for ids are in a file."""
        (tmp_path / "a.csv").write_text("from,to\n1,2\n", encoding="utf-8")
        tables = [f"[{end}]\nname = '{name}'\ncountry_is = 'NZ'" for end, name in (("first", "from"), ("second", "to"))]

        profile = Profile.parse("\n".join(("[file]", f"names = {str(pipe)!r}", "[cities]", "level = 'town'", *tables)))
        with pytest.raises(fc.DataError, match="neither a file nor a folder"):
            read_table(tmp_path / "a.csv", profile=profile, publisher="x", as_of="2026")

    def test_a_device_is_written_to(self, data: Dataset, capsys: pytest.CaptureFixture[str]) -> None:
        """An output that is a device stays one."""
        data.save("/dev/null")
        replace_file(Path("/dev/null"), b"x")
        assert 0 == main(["export", "Shanghai", "--format", "csv", "-o", "/dev/null"])
        assert not Path("/dev/null").is_file()
        assert "exported" in capsys.readouterr().err

    def test_a_pipe_is_written_to(self, pipe: Path) -> None:
        """The reader of a pipe gets the content, even if a pipe cannot hold all of the content."""
        content = b"content" * 100_000
        with os.fdopen(os.open(pipe, os.O_RDWR), "rb") as reader:  # this does not wait for a writer
            found: list[bytes] = []
            reading = threading.Thread(target=lambda: found.append(reader.read(len(content))))
            reading.start()
            replace_file(pipe, content)
            reading.join(timeout=10)
        assert [content] == found
        assert pipe.is_fifo()

    def test_no_pipe_without_a_reader_is_written_to(self, pipe: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The command does not wait for a reader, and leaves the pipe."""
        with pytest.raises(OSError, match="no program reads this pipe; start the program first"):
            replace_file(pipe, b"content")
        report = ["--profile", "pairs", "--publisher", "x", "--as-of", "2026", "--report", str(pipe)]
        (pipe.parent / "a.csv").write_text(in_csv(("Vik", "Iceland", "", "", "Lyon", "France", "", "")), "utf-8")
        assert 1 == main(["import", str(pipe.parent / "a.csv"), *report])
        assert f"cannot write {pipe}: no program reads this pipe" in capsys.readouterr().err
        assert pipe.is_fifo()

    def test_another_error_of_a_device(self, pipe: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is raised as it is."""
        monkeypatch.setattr(module, "_open_without_waiting", raise_permission_error)
        with pytest.raises(PermissionError, match="denied"):
            replace_file(pipe, b"content")

    def test_what_was_written_to_a_pipe_stays(self, pipe: Path) -> None:
        """If the next output fails, only a file is restored."""
        with pipe.open("r+b", buffering=0) as reader:
            with pytest.raises(ZeroDivisionError), written_first(pipe, b"content"):
                raise ZeroDivisionError
            assert b"content" == reader.read(100)
        assert pipe.is_fifo()


@needs_posix
class TestPaths:
    """Names of files and folders that are links, too long, or have control characters."""

    def test_control_characters_are_escaped(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A name cannot add a line, a command of a workflow or a command of the terminal."""
        folder = tmp_path / "\n::error::x\x1b[31m"
        path = put(folder, encode(DUNEDIN).replace("  ", " "))
        for arguments in (["format", "--check"], ["format", "--diff"], ["check"], ["check", "--format=github"]):
            assert 1 == main([*arguments, str(folder)])
        assert 1 == main(["check", "--fix", str(folder)])
        path.write_text(encode(DUNEDIN).replace("  ", " "), encoding="utf-8")
        assert 0 == main(["format", str(folder)])
        captured = capsys.readouterr()
        assert "\n::error::x" not in captured.out + captured.err
        assert "\x1b" not in captured.out + captured.err

    def test_errors_escape_control_characters(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither do names in errors of usage, of the system, and in what was written."""
        monkeypatch.chdir(tmp_path)
        odd = "\n::error::x\x1b[31m"
        for arguments in (
            ["export", "Shanghai", "-o", odd],
            ["export", "Shanghai", "--format", "csv", "-o", f"{odd}/none/a.csv"],
            ["partners", odd],
            ["partners", "Shanghai", "--overlay", odd],
            ["diff", odd],
            ["check", odd],
            ["import", odd, "--profile", odd],
            ["fetch", odd],
            [odd],
        ):
            with suppress(SystemExit):
                assert main(arguments)
        assert 0 == main(["map", "Shanghai", "-o", f"{odd}.html"])
        captured = capsys.readouterr()
        assert "written: \\n::error" in captured.err
        assert "\n::error::x" not in captured.out + captured.err
        assert "\x1b" not in captured.out + captured.err

    def test_nothing_is_written_through_a_linked_folder(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Neither canonical text nor a new record."""
        put(tmp_path / "other")
        (tmp_path / "data").mkdir()
        for name in ("cities", "sources"):
            (tmp_path / "other" / name).mkdir(exist_ok=True)
            (tmp_path / "data" / name).symlink_to(tmp_path / "other" / name)
        path = tmp_path / "other" / record_path(DUNEDIN)
        path.write_text(encode(DUNEDIN).replace("  ", " "), encoding="utf-8")
        before = sorted(tmp_path.rglob("*"))

        assert 0 == main(["format", str(tmp_path / "data")])
        options = ["--publisher", "A paper", "--kind", "press", "--published", "2020", "--yes"]
        assert 1 == main(["add", "source", "News", "--records", str(tmp_path / "data"), *options])
        assert (
            "sources: the path is a symbolic link, and files are not written through links" in capsys.readouterr().out
        )
        assert encode(DUNEDIN).replace("  ", " ") == path.read_text(encoding="utf-8")
        assert before == sorted(tmp_path.rglob("*"))

    def test_a_linked_file_is_not_formatted(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The target of a link may be outside the folder, so it is not written."""
        path = put(tmp_path / "data", "")
        text = encode(DUNEDIN).replace("  ", " ")
        (tmp_path / "other.json").write_text(text, encoding="utf-8")
        path.unlink()
        path.symlink_to(tmp_path / "other.json")

        assert 1 == main(["format", str(tmp_path / "data")])

        assert "the file is a symbolic link and was not written" in capsys.readouterr().err
        assert text == (tmp_path / "other.json").read_text(encoding="utf-8")

    def test_a_path_that_is_too_long(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A folder that is too deep for the system cannot be read."""
        put(tmp_path)
        monkeypatch.chdir(tmp_path / "cities")
        for _ in range(30):
            Path("d" * 200).mkdir()
            os.chdir("d" * 200)
        with pytest.raises(fc.DataError, match="this path cannot be read: file name too long"):
            Dataset.load(tmp_path)

    def test_git_attributes_are_a_problem(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """They can hide changes of records."""
        (put(tmp_path).parent / ".gitattributes").write_text("*.json -diff\n", encoding="utf-8")
        assert 1 == main(["check", str(tmp_path)])
        assert "place: git attributes can hide changes of records from reviewers" in capsys.readouterr().out


class TestConnections:
    """Settings and answers that make a connection impossible are errors that say what to change."""

    @pytest.mark.parametrize(
        "address", ["http://127.0.0.1:99999/", "data:,x", "http://[::1", "http://\x7f/", "//", "http://a b/"]
    )
    def test_invalid_redirects(self, address: str, tmp_path: Path) -> None:
        """No redirect ends a download with an error of a library."""
        with playing([sending(b"", 307, Location=address)] * 6) as played, pytest.raises(fc.FetchError):
            fetch_wikidata(tmp_path, endpoint=played.address, everything=True, pause=0, sleep=lambda _: None)

    @pytest.mark.parametrize("start", [b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 103 Early Hints\r\n\r\n"])
    def test_headers_without_end(self, start: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An answer has a time, however often a part of it arrives."""
        monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 0.3)
        more = start if b"103" in start else b"x: y\r\n"

        def drip(request: BaseHTTPRequestHandler) -> None:
            request.wfile.write(start)
            with suppress(OSError):
                while True:
                    request.wfile.write(more)
                    time.sleep(0.01)

        before = time.monotonic()
        with playing([drip] * 6) as played, pytest.raises(fc.FetchError, match="was not complete after"):
            fetch_wikidata(tmp_path, endpoint=played.address, everything=True, pause=0, sleep=lambda _: None)
        assert time.monotonic() - before < 20

    @pytest.mark.parametrize("encoding", ["gzip, gzip", "br", "zstd", "deflate"])
    def test_encodings(self, encoding: str, tmp_path: Path) -> None:
        """An answer that is packed twice, or in another way, is not unpacked."""
        body = gzip.compress(gzip.compress(b" " * 50_000_000))
        answers = [sending(body, Content_Encoding=encoding)]
        with playing(answers) as played, pytest.raises(fc.FetchError, match=f"in the encoding '{encoding}'; expected"):
            fetch_wikidata(tmp_path, endpoint=played.address, everything=True, pause=0)

    def test_a_large_answer(self, tmp_path: Path) -> None:
        """An answer that unpacks to more than the limit is refused."""
        answers = [sending(gzip.compress(b" " * 80_000_000), Content_Encoding="gzip")]
        with playing(answers) as played, pytest.raises(fc.FetchError, match="sent more than 67,108,864 bytes"):
            fetch_wikidata(tmp_path, endpoint=played.address, everything=True, pause=0)

    def test_pages_without_a_new_statement(self, tmp_path: Path) -> None:
        """An endpoint that sends the same page for ever is left."""
        answers = [sending(results(statement(1), statement(2)))] * 3
        with playing(answers) as played, pytest.raises(fc.FetchError, match="sent a statement again on page 2"):
            fetch_wikidata(tmp_path, endpoint=played.address, everything=True, page_size=2, pause=0)
        assert ["page-00001.json"] == sorted(path.name for path in tmp_path.glob("page*"))

    @pytest.mark.parametrize(("name", "limit"), [("DOWNLOAD_BYTES", 1), ("DOWNLOAD_SECONDS", -1.0)])
    def test_one_budget_for_a_download(
        self, name: str, limit: float, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """All pages together have a limit, too."""
        monkeypatch.setattr(endpoint, name, limit)
        with playing([sending(results(statement(1)))]) as played, pytest.raises(fc.FetchError, match="needs more than"):
            fetch_wikidata(tmp_path, endpoint=played.address, everything=True, pause=0)
        assert not list(tmp_path.glob("page*"))

    @pytest.mark.parametrize(
        "date",
        [
            "Mon, 01 Jan 2024 00:00:00 +99999999999",
            "Mon, 01 Jan 0001 00:00:00 +2359",
            "Mon, 01 Jan 9999 23:59:59 -2359",
        ],
    )
    def test_invalid_zones(self, date: str, tmp_path: Path) -> None:
        """Neither does a date with an invalid time zone."""
        answers = [sending(b"", 503, Retry_After=date)] * 6
        with playing(answers) as played, pytest.raises(fc.FetchError):
            fetch_wikidata(tmp_path, endpoint=played.address, everything=True, pause=0, sleep=lambda _: None)

    @pytest.mark.parametrize(
        ("name", "value"),
        [("ALL_PROXY", "socks9://127.0.0.1:1"), ("HTTP_PROXY", "http://[::1"), ("SSL_CERT_FILE", "/no/such/file")],
    )
    def test_invalid_settings(self, name: str, value: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An error names the variables of the environment that set proxies and certificates."""
        monkeypatch.setenv(name, value)
        with pytest.raises(fc.FetchError, match=f"check the variables .*{name}"):
            fetch_wikidata(tmp_path, endpoint="http://127.0.0.1:1/", everything=True, pause=0, sleep=lambda _: None)
