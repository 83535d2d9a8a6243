"""Rules beyond their golden cases: unreadable files, trees over a base, and the search for values in records."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from friendcities import CityId, Completeness, Coverage, CoverageId, Dataset, PartialDate, StatedCount
from friendcities.checks import RecordTree, all_rules, check
from friendcities.checks.find_values import find_dates, find_sourced, find_texts, replace_texts
from friendcities.checks.rules import codes as checked_codes
from friendcities.checks.runner import find_problems
from friendcities.codec.writer import encode
from friendcities.datasets.folder import RecordFile, record_path
from friendcities.errors import Problem
from friendcities.model import AnyRecord, City, Source
from friendcities.names import fold
from tests.systems import needs_posix
from tests.worlds import a_city, a_name, a_source, a_step, a_tie, changed, told

BASE: Final = Path(__file__).parent / "base"
TODAY: Final = date(2026, 1, 1)
TIE: Final = "partnerships/ee-is/ee-naidislinn--is-gervivik.json"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of the valid tree."""
    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    return tmp_path


def write(root: Path, *records: AnyRecord) -> None:
    """Write records to their paths."""
    for record in records:
        path = root / record_path(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(encode(record), "utf-8")


def found(root: Path, rule: str, base: Dataset | None = None) -> list[str]:
    """The names of the files that break a rule."""
    return [Path(each.path).name for each in check(RecordTree.read(root, base=base, today=TODAY), only=[rule]).problems]


def problems_of(record: AnyRecord, rule: str = "unknown-code") -> list[Problem]:
    """The problems of a rule in a single record."""
    path = Path(record_path(record))
    file = RecordFile.decode(path, type(record), encode(record).encode())
    return list(find_problems(all_rules()[rule], RecordTree(root=Path(), files=(file,))))


def edited(path: Path, edit: Callable[[Any], None]) -> None:
    """Change the plain values of a file."""
    plain = json.loads(path.read_text("utf-8"))
    edit(plain)
    path.write_text(json.dumps(plain), "utf-8")


class TestWalk:
    """The values of records with their paths."""

    def test_texts_are_those_whose_script_is_open(self) -> None:
        """Ids, codes and addresses are left out; claims are included."""
        city = Dataset.load(BASE).city("is-gervivik")
        otherwise = changed(city, evidence=(*city.evidence, told("gervivik-2006", name="Gervi Vík")))

        assert [
            ("name", "Gervivík"),
            ("names[0].text", "Gervivíkurbær"),
            ("coordinates.point", "town hall"),
            ("identifiers.geonames", "999900002"),
            ("identifiers.wikidata", "Q999900002"),
            ("evidence[0].locator", "entry of Gervivík"),
            ("evidence[1].locator", "page 1"),
            ("evidence[1].claims.name", "Gervi Vík"),
        ] == list(find_texts(otherwise))

    def test_dates_are_found_however_deep(self) -> None:
        """Dates of steps and of claims are found."""
        step = a_step("1990", told("a", "action", date=PartialDate(1991)), told("b", "action"))

        assert [
            ("steps[0].date", PartialDate(1990)),
            ("steps[0].evidence[0].claims.date", PartialDate(1991)),
        ] == list(find_dates(a_tie("ee-a", "is-b", step)))

    def test_what_carries_evidence_is_found(self) -> None:
        """Records and parts with evidence are found; partnerships have it only in their steps, sources have none."""
        dataset = Dataset.load(BASE)
        [event], [tie] = dataset.events(), dataset.partnerships()

        assert ["", "participants[0]"] == [way for way, _ in find_sourced(event)]
        assert ["steps[0]", "steps[1]"] == [way for way, _ in find_sourced(tie)]
        assert [] == list(find_sourced(dataset.sources()[0]))

    @pytest.mark.parametrize(
        ("data", "text"),
        [(b"{", "x"), (b"[]", "x"), (encode(a_source("a")).encode(), "a"), (encode(a_source("a")).encode(), " ")],
        ids=["no JSON", "no record", "nothing to mend", "not a record any more"],
    )
    def test_only_a_record_that_stays_one_is_mended(self, data: bytes, text: str) -> None:
        """Without a valid record before and after, nothing is replaced."""
        assert replace_texts(RecordFile.decode(Path("a.json"), Source, data), lambda _: text) is None

    def test_texts_are_mended_in_their_places(self) -> None:
        """The rest of the file stays unchanged."""
        source = changed(a_source("a"), title="b", authors=("b", "c"))
        mended = changed(source, title="B", authors=("B", "c"))
        file = RecordFile.decode(Path("a.json"), Source, encode(source).encode())

        assert encode(mended).encode() == replace_texts(file, lambda text: text.replace("b", "B"))


class TestUnknownCode:
    """``unknown-code``."""

    def test_many_names_are_not_gone_through_for_each_code(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Names are folded only for unknown codes, once for each code."""
        folded: list[str] = []

        def counted(text: str) -> str:
            folded.append(text)
            return fold(text)

        monkeypatch.setattr(checked_codes, "fold", counted)
        names = tuple(a_name(f"Name {i}") for i in range(2000))
        city = changed(Dataset.load(BASE).city("is-gervivik"), names=names)

        assert [] == problems_of(city)
        assert [] == folded

        told_alike = (*city.evidence, *(told("gervivik-2006", subdivision="IS-X") for _ in range(50)))
        wrong = changed(city, evidence=told_alike)

        assert 50 == len(problems_of(wrong))
        assert [name.text for name in names] == [text for text in folded if text.startswith("Name ")]

    def test_names_are_gone_through_for_the_first_codes_alone(self) -> None:
        """All wrong codes of a city are reported; names give hints for only a few."""
        codes = [f"IS-A{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
        city = Dataset.load(BASE).city("is-gervivik")
        evidence = (*city.evidence, *(told("gervivik-2006", subdivision=code) for code in codes))

        meant = [each.hint for each in problems_of(changed(city, name="Suðurland", evidence=evidence))]

        assert len(codes) == len(meant)
        assert {"did you mean 'IS-8' (Suðurland)?"} == set(meant[:19])
        assert "did you mean 'IS-8' (Suðurland)?" not in meant[19:]


class TestUnusedSource:
    """``unused-source``."""

    def test_only_its_own_sources_must_be_cited(self, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        """A tree over a base reports only its own sources; the base may cite them."""
        write(root, a_source("left-over"))
        over = tmp_path_factory.mktemp("over")
        write(over, a_source("gervivik-2006"), a_source("new-2020"))

        assert ["left-over.json"] == found(root, "unused-source")
        assert ["new-2020.json"] == found(over, "unused-source", Dataset.load(root))

    @needs_posix
    def test_a_file_that_is_withheld_may_cite_any(self, root: Path) -> None:
        """While a file is unreadable, no source is reported."""
        write(root, a_source("left-over"))
        loop = root / "cities" / "ee" / "ee-loop.json"
        loop.symlink_to(loop)

        assert [] == found(root, "unused-source")

    @needs_posix
    def test_a_file_that_leads_nowhere_cites_nothing(self, root: Path) -> None:
        """An id with an unknown name cites no source."""
        write(root, a_source("left-over"))
        (root / "lost.json").symlink_to(root / "nowhere.json")

        assert ["left-over.json"] == found(root, "unused-source")

    def test_a_folder_that_is_no_type_of_record_may_cite_any(self, root: Path) -> None:
        """A citation in an invalid file counts, at any depth."""
        deep = root / "backups" / "2019"
        deep.mkdir(parents=True)
        (deep / "notes.txt").write_text('"left-over"', "utf-8")
        write(root, a_source("left-over"), a_source("left-alone"))
        (deep / "tie.json").write_text('{"source": "left-alone"', "utf-8")

        assert ["left-over.json"] == found(root, "unused-source")

    @needs_posix
    def test_no_link_is_followed(self, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Links out of the folder are not followed."""
        outside = tmp_path_factory.mktemp("outside")
        (outside / "tie.json").write_text('{"source": "left-over"}', "utf-8")
        write(root, a_source("left-over"))
        (root / "cities" / "loop").symlink_to(outside)
        (root / "backups").symlink_to(outside)
        (root / "tie.json").symlink_to(outside / "tie.json")
        (root / "kept").mkdir()
        (root / "kept" / "deep").symlink_to(outside)
        (root / "kept" / "tie.json").symlink_to(outside / "tie.json")

        assert ["left-over.json"] == found(root, "unused-source")

    def test_a_folder_that_is_withheld_may_cite_any(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """While a folder cannot be listed, no source is reported."""
        write(root, a_source("left-over"))
        withheld = root / "backups"
        withheld.mkdir()
        walk = os.walk

        def refusing(top: Path, onerror: Callable[[OSError], None]) -> Iterator[Any]:
            if top == withheld:
                onerror(PermissionError(13, "Permission denied", str(top)))
            return walk(top, onerror=onerror)

        assert ["left-over.json"] == found(root, "unused-source")
        monkeypatch.setattr(os, "walk", refusing)
        assert [] == found(root, "unused-source")

    @needs_posix
    def test_a_stray_file_that_is_withheld_may_cite_any(self, root: Path) -> None:
        """A file that is not regular, such as a pipe, is not read."""
        write(root, a_source("left-over"))
        (root / "backups").mkdir()
        os.mkfifo(root / "backups" / "tie.json")

        assert [] == found(root, "unused-source")

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
    def test_a_citation_counts_in_a_broken_file(self, root: Path, encoding: str) -> None:
        """A citation counts in a file with any error, including its encoding."""
        path = root / TIE
        path.write_text(path.read_text("utf-8")[:-3], encoding)

        assert [] == found(root, "unused-source")


def test_a_reference_may_have_meant_what_the_base_holds(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Ids of the base are known to a tree over it."""
    over = tmp_path_factory.mktemp("over")
    write(over, changed(a_city("is-town"), part_of=CityId("is-gervivikk")))

    [problem] = check(RecordTree.read(over, base=Dataset.load(root), today=TODAY), only=["unknown-reference"]).problems

    assert "did you mean 'is-gervivik'?" == problem.hint


class TestDates:
    """``date-after-source`` and ``date-before-parties``."""

    def test_the_sources_may_be_those_of_the_base(self, root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        """Sources of the base count for steps of the tree."""
        over = tmp_path_factory.mktemp("over")
        early = a_step(
            "1980",
            told("geographers-2020", "date", "action"),
            *(told(id_, "action", date=PartialDate(1990)) for id_ in ("gervivik-2006", "naidislinn-2005")),
        )
        late = a_step("2031", told("geographers-2020", "date", "action"))
        write(over, a_tie("ee-naidislinn", "is-gervivik", early, late))

        for rule, field in (("date-before-parties", "steps[0].date"), ("date-after-source", "steps[1].date")):
            [problem] = check(RecordTree.read(over, base=Dataset.load(root), today=TODAY), only=[rule]).problems
            assert field == problem.field

    def test_a_source_that_is_not_on_record_decides_nothing(self, root: Path) -> None:
        """A step with an unknown source is not reported; another rule reports the source."""
        step = a_step("2031", told("geographers-2020", "action"), told("nobody-2040", "date", "action"))
        undated = a_step(None, told("nobody-2040", "action"))
        write(root, a_tie("ee-naidislinn", "is-gervivik", step, undated))

        assert [] == found(root, "date-after-source")
        assert [] == found(root, "date-before-parties")


def test_a_ring_is_told_of_in_its_own_files(root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A cycle through a city of the base is reported only in the tree's own file."""
    dataset = Dataset.load(root)
    town, other = dataset.city("ee-naidislinn"), dataset.city("is-gervivik")
    write(root, changed(town, part_of=other.id))
    over = tmp_path_factory.mktemp("over")
    write(over, changed(other, part_of=town.id))

    assert ["is-gervivik.json"] == found(over, "part-of", Dataset.load(root))


@pytest.mark.parametrize("name", [name for name, rule in all_rules().items() if rule.fix is not None])
def test_a_fix_leaves_alone_what_is_no_record(name: str) -> None:
    """Without a valid record, nothing is fixed."""
    fix = all_rules()[name].fix
    register = RecordTree.read(BASE)

    assert fix is not None
    assert fix(RecordFile.decode(BASE / "cities" / "ee-broken.json", City, b"{}"), register) is None


def test_a_file_of_another_place_is_told_where_it_belongs(root: Path) -> None:
    """A file that exists only in memory is checked."""
    register = RecordTree.read(root).with_file(
        Path("jp-other.json"), City, (BASE / "cities/jp/jp-mihon.json").read_bytes()
    )

    [problem] = check(register, only=["place"]).problems

    assert "jp-other.json" == problem.path
    assert "'cities/jp/jp-other.json' in the folder of records" == problem.expected


def test_a_forecast_that_became_fact_keeps_its_date(root: Path) -> None:
    """A reported statistic may not be in the future; a forecast may."""
    path = root / "statistics" / "is-gervivik-population-2018.json"
    edited(path, lambda plain: plain.update(period={"start": "2027"}))

    assert [path.name] == found(root, "future-date")

    edited(path, lambda plain: plain.update(basis="forecast"))

    assert [] == found(root, "future-date")


def test_coverage_counts_the_partnerships_of_its_scope_and_date(tmp_path: Path) -> None:
    """Districts count if the scope includes them; partnerships with unknown sources do not count."""
    district = a_city("is-a-east", "East", part_of=CityId("is-a"))
    cities = [a_city("is-a", "A"), district, a_city("jp-b", "B"), a_city("jp-c", "C")]
    ties = [
        a_tie("is-a", "jp-b", a_step("1990")),
        a_tie("is-a-east", "jp-b", a_step("1990")),
        a_tie("is-a", "jp-c", a_step(None, told("missing", "action"), action="listed")),
    ]
    count = StatedCount(counted="partners", number=1)
    given: dict[str, Any] = {"city": CityId("is-a"), "completeness": Completeness.COMPLETE, "stated_count": count}
    scopes: dict[str, dict[str, Any]] = {
        "alone": {"as_of": PartialDate(2000)},
        "before": {"as_of": PartialDate(1980), "include_parts": True},
        "parts": {"as_of": PartialDate(2000), "include_parts": True},
    }
    records = [Coverage(id=CoverageId(id_), **given, **scope) for id_, scope in scopes.items()]
    write(tmp_path, *cities, *ties, *records)

    assert ["parts.json"] == found(tmp_path, "coverage")
