"""The JSON Schemas: what they say, that they are up to date, and what they leave to the codec."""

import importlib.resources
import json
import re
import sys
from calendar import monthrange
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import pytest
from jsonschema import Draft202012Validator

import friendcities as fc
from friendcities import City, InvalidRecordError, Official, PartialDate, Partnership, PartnershipKind, Source
from friendcities.cli import main
from friendcities.codec.schema import DATE, NO_LINE_FEED, anchored, name_of, schema_of
from friendcities.codec.writer import dumps, to_plain
from friendcities.datasets.folder import record_path
from friendcities.model import RECORD_TYPES, AnyRecord
from friendcities.model.grammar import ADDRESS, ANY_ID, CITY_ID, COUNTRY, LANGUAGE, TEXT, UNIT, Grammar, is_address
from friendcities.model.record import is_text
from tests.documents import DOCUMENTS
from tests.schemas import UNSAYABLE, VALIDATORS, problems_of, unsayable

ROOT: Final = Path(__file__).parents[2]
SHIPPED: Final = importlib.resources.files("friendcities") / "schema"

each_type = pytest.mark.parametrize("cls", RECORD_TYPES.values(), ids=RECORD_TYPES)


def schemas_in(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all that are written into it."""
    if isinstance(schema, dict):
        yield schema
    for below in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from schemas_in(below)


def full_match(pattern: str, text: str) -> bool:
    """Whether a pattern of a schema matches a text, asked as validators ask."""
    return re.search(anchored(pattern), text) is not None and "\n" not in text


class TestFiles:
    """The files in the package."""

    @each_type
    def test_is_up_to_date(self, cls: type[AnyRecord]) -> None:
        """Each file is what is generated; ``friendcities schema --write src/friendcities/schema`` makes it so."""
        assert dumps(schema_of(cls)) == (SHIPPED / f"{name_of(cls)}.schema.json").read_text(encoding="utf-8")

    def test_there_is_one_for_each_type(self) -> None:
        """Each type has a file."""
        names = {path.name for path in SHIPPED.iterdir()}

        assert {f"{name_of(cls)}.schema.json" for cls in RECORD_TYPES.values()} <= names

    def test_editor_is_told_of_each(self) -> None:
        """An editor that opens this repository finds the schema of each folder of records."""
        settings = json.loads((ROOT / ".vscode" / "settings.json").read_text(encoding="utf-8"))
        told = {entry["url"]: entry["fileMatch"] for entry in settings["json.schemas"]}
        expected = {
            f"./src/friendcities/schema/{name_of(cls)}.schema.json": [f"/src/friendcities/data/{folder}/**/*.json"]
            for folder, cls in RECORD_TYPES.items()
        }

        assert expected == {url: told[url] for url in expected}

    def test_docs_name_each(self) -> None:
        """The page about the schemas links each, beside the files that it is for."""
        page = (ROOT / "docs/reference/schema.md").read_text(encoding="utf-8")
        lines = {
            f"| `{folder}/**/*.json` | [`{name}`](../../src/friendcities/schema/{name}) |"
            for folder, cls in RECORD_TYPES.items()
            for name in [f"{name_of(cls)}.schema.json"]
        }

        assert lines <= set(page.splitlines())


class TestSchema:
    """What a schema says."""

    @each_type
    def test_is_a_schema(self, cls: type[AnyRecord]) -> None:
        """Each is valid under the meta-schema of draft 2020-12, names it, and is named as its file is."""
        schema = schema_of(cls)
        Draft202012Validator.check_schema(schema)

        assert Draft202012Validator.META_SCHEMA["$schema"] == schema["$schema"]
        assert f"{name_of(cls)}.schema.json" == schema["$id"]

    @each_type
    def test_says_of_each_field_what_it_is(self, cls: type[AnyRecord]) -> None:
        """Each field of each object that is a record has a description in plain words."""
        schema = schema_of(cls)
        records = [each for each in (schema, *schema["$defs"].values()) if "required" in each]
        fields = [field for each in records for field in each["properties"].values()]
        told = [field.get("description", "") for field in fields]

        assert fields
        assert all(told)
        assert not [words for words in told if "``" in words or "None" in words or "\n" in words]

    @each_type
    def test_takes_no_field_that_it_does_not_know(self, cls: type[AnyRecord]) -> None:
        """Every object with fields is closed, or says what its other fields are."""
        assert [] == [
            each
            for each in schemas_in(schema_of(cls))
            if "required" in each and "type" in each and each["additionalProperties"] is not False
        ]

    @each_type
    def test_every_definition_is_used(self, cls: type[AnyRecord]) -> None:
        """What is defined is referred to, and what is referred to is defined."""
        schema = schema_of(cls)
        used = {each["$ref"] for each in schemas_in(schema) if "$ref" in each}

        assert used == {f"#/$defs/{name}" for name in schema["$defs"]}

    @each_type
    def test_patterns_keep_to_what_all_read_alike(self, cls: type[AnyRecord]) -> None:
        r"""No pattern has what Python, JavaScript and Rust read differently.

        That is ``\d``, named groups, flags, looking ahead or back, half characters, and an open end.
        """
        schemas = [each for each in schemas_in(schema_of(cls)) if isinstance(each.get("pattern"), str)]
        patterns = [each["pattern"] for each in schemas if each != NO_LINE_FEED["not"]]

        assert patterns
        assert [] == [p for p in patterns if re.search(r"\\[^u.]|\\ud[89a-f]|\(\?[^:]|\[\[|--|&&", p)]
        assert all(pattern.startswith("^(?:") and pattern.endswith(")$") for pattern in patterns)
        assert len(patterns) == sum(each.get("not") == NO_LINE_FEED["not"] for each in schemas)

    @each_type
    def test_compiles_in_rust(self, cls: type[AnyRecord]) -> None:
        """A validator whose patterns are compiled by Rust's plain engine takes the records and refuses a line feed."""
        options = jsonschema_rs.RegexOptions()
        validator = jsonschema_rs.Draft202012Validator(schema_of(cls), pattern_options=options)
        _, plain = DOCUMENTS[cls]

        assert validator.is_valid(plain)
        assert not validator.is_valid({**plain, "note": "One\n"})

    def test_tells_the_members_of_a_vocabulary(self) -> None:
        """A vocabulary is the list of its values, each with what is told of it where something is."""
        kinds = schema_of(Partnership)["$defs"]["PartnershipKind"]["oneOf"]

        assert [kind.value for kind in PartnershipKind] == [each["const"] for each in kinds]
        assert "No source states the kind." == kinds[-1]["description"]
        assert ["municipality", "district"] == schema_of(City)["$defs"]["Level"]["enum"][:2]

    def test_evidence_is_about_the_fields_of_its_owner(self) -> None:
        """What evidence supports is a field of the record that it belongs to."""
        defs = schema_of(Official)["$defs"]

        assert ["name", "offices"] == defs["OfficialEvidence"]["properties"]["supports"]["items"]["enum"]
        assert "attested" in defs["OfficeEvidence"]["properties"]["claims"]["properties"]

    def test_default_is_told(self) -> None:
        """A value that may be left out since it is understood is told."""
        assert "unspecified" == schema_of(Partnership)["$defs"]["Step"]["properties"]["kind"]["default"]

    def test_schema_is_not_named_inside_a_record(self) -> None:
        """A record's file has no ``$schema``; schema and codec agree on that."""
        id_, plain = DOCUMENTS[Source]
        plain = {"$schema": "source.schema.json", **plain}

        assert not VALIDATORS[Source].is_valid(plain)
        assert ["$schema"] == [problem.field for problem in problems_of(Source, id_, dumps(plain))]


class TestAgreement:
    """Schema and codec; see also the properties."""

    def test_accepts_every_record_of_ours(self) -> None:
        """Every record that comes with the package is accepted."""
        refused = {
            record_path(record): error.message
            for record in fc.dataset()
            for error in VALIDATORS[type(record)].iter_errors(json.loads(dumps(to_plain(record))))
        }

        assert len(fc.dataset()) > 0
        assert {} == refused

    @each_type
    def test_accepts_a_document_with_every_field(self, cls: type[AnyRecord]) -> None:
        """A document with every field set is accepted."""
        VALIDATORS[cls].validate(DOCUMENTS[cls][1])

    def test_every_text_that_is_text(self) -> None:
        """The pattern of text takes each character where the model takes it: alone, first, last and in the middle."""
        differ = [
            hex(code)
            for code in range(0x10000)
            if not 0xD800 <= code < 0xE000  # half characters, which Rust's patterns cannot contain
            for text in (chr(code), f"a{chr(code)}a", f"{chr(code)}a", f"a{chr(code)}")
            if full_match(TEXT.pattern, text) is not is_text(text)
        ]

        beyond = "".join(map(chr, range(0x10000, sys.maxunicode + 1)))

        assert [] == differ
        assert not full_match(TEXT.pattern, "")
        assert [beyond] == beyond.split()
        assert all(map(is_text, beyond))
        assert full_match(TEXT.pattern, beyond)

    def test_every_date_that_there_is(self) -> None:
        """The pattern of dates takes the days that there are, with the leap days of all years, and no others."""
        years = [f"{year:04}" for year in range(10000)]
        texts = [*years, *(f"{year}-02-{day}" for year in years for day in (28, 29, 30))]
        texts += [f"{year}-{month:02}" for year in (1900, 2000, 2023, 2024) for month in range(100)]
        texts += [f"{year}-{month:02}-{day:02}" for year in (2023, 2024) for month in range(14) for day in range(100)]
        taken = [text for text in texts if full_match(DATE, text)]
        days = sum(monthrange(year, month)[1] for year in (2023, 2024) for month in range(1, 13))

        assert 9999 + 9999 + 2424 + 4 * 12 + days == len(taken)
        assert taken == [text for text in texts if is_date(text)]

    @pytest.mark.parametrize(
        "text", ["", "1994-", "94", "1994-1", "1994-10-1", "1994\n", " 1994", "１９９４", "1994/10", "01994"]
    )
    def test_what_is_no_date(self, text: str) -> None:
        """Nothing but ISO 8601 text is taken for a date."""
        assert not full_match(DATE, text)
        assert not is_date(text)

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("https://", True),
            ("http://example.org/上海", True),
            ("https://a\u3000b", True),
            ("https://a b", False),
            ("https://a\u3000", False),
            ("https://a\n", False),
            ("ftp://example.org", False),
            ("https:/example.org", False),
        ],
    )
    def test_addresses(self, text: str, expected: bool) -> None:  # noqa: FBT001 - a case of a test
        """An address starts with its scheme and has no blank in it; the schema says so too."""
        assert expected is is_address(text)
        assert expected is full_match(ADDRESS.pattern, text)

    @pytest.mark.parametrize(
        ("grammar", "text"),
        [(CITY_ID, "nz-dunedin"), (ANY_ID, "a-b"), (COUNTRY, "NZ"), (UNIT, "USD"), (LANGUAGE, "en"), (TEXT, "a")],
        ids=repr,
    )
    def test_nothing_may_follow(self, grammar: Grammar, text: str) -> None:
        """A line break after a text is a part of it, though to a pattern's ``$`` in Python it is not."""
        assert full_match(grammar.pattern, text)
        assert not full_match(grammar.pattern, f"{text}\n")

    @pytest.mark.parametrize("written", ["2", "2.0", "2e0"])
    def test_a_whole_number_may_have_a_point(self, written: str) -> None:
        """To JSON 2 and 2.0 are one number: schema and codec take both."""
        id_, plain = DOCUMENTS[fc.Memorandum]
        text = dumps(plain).replace('"number": 2', f'"number": {written}')

        assert () == problems_of(fc.Memorandum, id_, text)
        assert VALIDATORS[fc.Memorandum].is_valid(json.loads(text))

    @pytest.mark.parametrize("written", ["2.5", "9007199254740992", "9007199254740992.0", "-1.0", "1e400", "true"])
    def test_other_numbers_are_not_whole(self, written: str) -> None:
        """Fractions, truth values, and numbers that not every reader of JSON keeps exact, are refused by both."""
        id_, plain = DOCUMENTS[fc.Memorandum]
        text = dumps(plain).replace('"number": 2', f'"number": {written}')

        assert problems_of(fc.Memorandum, id_, text)
        assert not VALIDATORS[fc.Memorandum].is_valid(json.loads(text))

    @pytest.mark.parametrize(
        ("cls", "changes", "expected"),
        [
            (Partnership, {"supports": [], "claims": {}, "denies": True}, True),
            (Partnership, {"denies": True}, False),
            (Partnership, {"claims": {}, "denies": True}, False),
            (Partnership, {"supports": [], "claims": {}}, False),
            (Partnership, {"claims": {"date": None}}, False),
            (Partnership, {"claims": {"kind": "unspecified"}}, False),
            (City, {"supports": [], "claims": {}, "denies": True}, False),
            (City, {"claims": {"names": []}}, False),
            (City, {"claims": {"identifiers": {}}}, False),
        ],
    )
    def test_denials_and_claims(self, cls: type[AnyRecord], changes: dict[str, Any], *, expected: bool) -> None:
        """A denial stands alone, where it is possible; a claim has a value: the schema and the codec agree."""
        id_, plain = DOCUMENTS[cls]
        place = "steps.0.evidence.0" if cls is Partnership else "evidence.0"
        text = dumps(changed(plain, {f"{place}.{name}": value for name, value in changes.items()}))

        assert expected is VALIDATORS[cls].is_valid(json.loads(text))
        assert expected is (problems_of(cls, id_, text) == ())

    @pytest.mark.parametrize("name", UNSAYABLE)
    def test_what_only_the_codec_can_say(self, name: str) -> None:
        """Each kind of fault that is left to the codec is one that the schema accepts, and is refused for itself."""
        cls, changes = LEFT_TO_THE_CODEC[name]
        id_, plain = DOCUMENTS[cls]
        text = dumps(changed(plain, changes))
        problems = problems_of(cls, id_, text)

        assert VALIDATORS[cls].is_valid(json.loads(text))
        assert [True] == [UNSAYABLE[name] in problem.message for problem in problems]
        assert all(map(unsayable, problems))


def is_date(text: str) -> bool:
    """Whether the model takes a text for a date."""
    try:
        PartialDate.parse(text)
    except InvalidRecordError:
        return False
    return True


def changed(plain: Any, changes: dict[str, Any]) -> Any:
    """A copy of a document with other values at some of its places."""
    plain = json.loads(json.dumps(plain))
    for way, value in changes.items():
        *outer, last = (int(step) if step.isdigit() else step for step in way.split("."))
        at = plain
        for step in outer:
            at = at[step]
        at[last] = value
    return plain


LEFT_TO_THE_CODEC: Final[dict[str, tuple[type[AnyRecord], dict[str, Any]]]] = {
    "half a character": (Source, {"title": "\ud800"}),
    "country and id": (City, {"country": "AU", "subdivision": None, "evidence": []}),
    "country and subdivision": (City, {"subdivision": "AU-NSW"}),
    "part of itself": (City, {"part_of": "nz-dunedin"}),
    "end before start": (Official, {"offices.0.end": "2021"}),
    "dates backwards": (Partnership, {"steps": [{"action": "listed", "date": date} for date in ("1995", "1994")]}),
    "no party": (Partnership, {"steps.0.initiator": "us-chicago"}),
    "empty field supported": (City, {"part_of": None, "evidence.0.supports": ["part_of"]}),
    "supported and said": (City, {"evidence.0.supports": ["country"]}),
    "said as recorded": (City, {"evidence.0.claims.country": "NZ"}),
}


class TestCommand:
    """``friendcities schema``."""

    def test_prints_one(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With a type it prints the schema of that type."""
        assert 0 == main(["schema", "city"])
        assert dumps(schema_of(City)) == capsys.readouterr().out

    def test_writes_all(self, tmp_path: Path) -> None:
        """With a folder it writes those of all types into it, and makes it where it is missing."""
        assert 0 == main(["schema", "--write", str(tmp_path / "new" / "folder")])
        written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new" / "folder").iterdir()}

        assert {f"{name_of(cls)}.schema.json": dumps(schema_of(cls)) for cls in RECORD_TYPES.values()} == written

    def test_writes_one(self, tmp_path: Path) -> None:
        """With both it writes that one."""
        assert 0 == main(["schema", "source", "--write", str(tmp_path)])
        assert ["source.schema.json"] == [path.name for path in tmp_path.iterdir()]

    def test_asks_which(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With neither it says what to add."""
        assert 2 == main(["schema"])
        assert "friendcities: name a type, as in 'friendcities schema city'" in capsys.readouterr().err

    def test_unknown_type(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Of an unknown type it names those that there are."""
        with pytest.raises(SystemExit) as caught:
            main(["schema", "town"])

        assert 2 == caught.value.code
        assert "invalid type 'town'; expected one of city, partnership," in capsys.readouterr().err

    def test_folder_that_is_none(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What cannot be a folder is named in the error."""
        file = tmp_path / "file"
        file.write_text("", encoding="utf-8")

        assert 1 == main(["schema", "--write", str(file)])
        assert f"friendcities: {file}: cannot write a schema to this folder: File exists" in capsys.readouterr().err
