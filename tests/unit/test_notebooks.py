"""What a notebook shows of records, of what questions give, and of a dataset."""

import base64
import pickle
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_notebook

import friendcities as fc
from friendcities.datasets.dataset import Results
from friendcities.model import RECORD_TYPES
from friendcities.notebook.tables import MAX_ROWS, QUESTIONS
from tests.shown import Shown, shown
from tests.worlds import a_city, a_name, a_source, a_step, a_tie, changed, denial, told


def fields(html: Shown) -> dict[str, str]:
    """The rows of a card: what each is about, and what it says."""
    return dict(html.cells)


class TestCards:
    """One record."""

    def test_a_city(self) -> None:
        """All that it says is there, with country and languages; what it leaves empty is not."""
        city = a_city(
            "nz-dunedin",
            "Dunedin",
            a_name("Ōtepoti", fc.NameKind.ENDONYM, "mi"),
            changed(a_name("New Edinburgh"), until=fc.PartialDate(1848)),
            coordinates=fc.Coordinates(latitude=-45.9, longitude=170.5, point="city"),
            identifiers={"wikidata": "Q133073"},
            note="It is steep.",
            evidence=(told("gazette", "name", level=fc.Level.TOWN),),
        )

        assert "City nz-dunedin" == shown(city).caption
        assert {
            "Name": "Dunedin",
            "Names": "Ōtepoti (mi, endonym)New Edinburgh (en, alias, until 1848)",
            "Country": "New Zealand (NZ)",
            "Level": "municipality",
            "Coordinates": "-45.9, 170.5 (city)",
            "Identifiers": "wikidata: Q133073",
            "Note": "It is steep.",
            "Evidence": "gazette, page 1: supports name; contrary claim: level “town”",
        } == fields(shown(city))
        assert {"mi", "en"} == {attributes.get("lang") for _, attributes in shown(city).elements} - {None}

    def test_a_part_of_a_city(self) -> None:
        """What it is a part of is said."""
        assert "cn-shanghai" == fields(shown(fc.city("Pudong New Area")))["Part of"]

    def test_a_partnership(self) -> None:
        """A history stands step by step, with publishers, and with what one says otherwise marked by words."""
        steps = (
            changed(
                a_step("1979", told("gazette", "action", date=fc.PartialDate(1980)), denial("list")),
                initiator=fc.CityId("it-milan"),
                term=fc.SourceTerm(text="gemellaggio", language="it"),
                note="At sea.",
            ),
            a_step(None, action="renewed", kind="unspecified"),
        )
        sources = {fc.SourceId(id_): changed(a_source(id_), publisher=id_.title()) for id_ in ("gazette", "list")}
        tie = changed(a_tie("it-milan", "cn-shanghai", *steps), note="Of old.").with_sources(sources)
        html = shown(tie)

        assert (
            "Partnership cn-shanghai--it-milanactive sister city since 1979, reported, disputedOf old."
        ) == html.caption
        assert [
            ["Date", "What happened", "Kind", "Who acted", "Term", "Note", "Sources"],
            [
                "1979",
                "established",
                "sister city",
                "it-milan",
                "gemellaggio (it)",
                "At sea.",
                (
                    "Gazette, gazette, page 1: supports what happened; contrary claim: date 1980"
                    "List, list, page 1: denies that it happened"
                ),
            ],
            ["undated", "renewed", "", "", "", "", ""],
        ] == html.cells

    def test_a_partnership_made_by_hand(self) -> None:
        """Without its sources it shows their ids, and leaves out what rests on them."""
        tie = a_tie("it-milan", "cn-shanghai", a_step("1979", changed(told("gazette", "action"), note="Torn.")))
        html = shown(tie)

        assert "Partnership cn-shanghai--it-milanactive sister city since 1979" == html.caption
        assert "gazette, page 1: supports what happened (Torn.)" == html.cells[1][-1]

    def test_a_partnership_of_no_stated_kind(self) -> None:
        """A kind that nobody states is said to be so; one that nobody tells of is attested by nobody."""
        tie = a_tie("it-milan", "cn-shanghai", a_step(None, kind="unspecified", action="listed"))

        assert shown(tie).caption.endswith("active partnership of unspecified kind, listed")
        assert [["Date", "What happened"], ["undated", "listed"]] == shown(tie).cells

    def test_a_source(self) -> None:
        """Its address is a link, and its authors are listed."""
        html = shown(changed(a_source("gazette"), address="https://example.org/?a=1&b=2", authors=("Ann", "Bob")))

        assert ("a", {"href": "https://example.org/?a=1&b=2", "rel": "noreferrer"}) in html.elements
        assert "https://example.org/?a=1&b=2" == fields(html)["Address"]
        assert "AnnBob" == fields(html)["Authors"]

    def test_an_official(self) -> None:
        """Each office has its own evidence."""
        office = fc.Office(title="mayor", city=fc.CityId("nz-dunedin"), evidence=(told("gazette", "title"),))
        other = fc.Office(title="clerk", city=fc.CityId("nz-dunedin"), start=fc.PartialDate(1990))
        html = shown(fc.Official(id=fc.OfficialId("ann"), name="Ann", offices=(office, other)))

        assert (
            "title mayor; city nz-dunedingazette, page 1: supports titletitle clerk; city nz-dunedin; start 1990"
        ) == fields(html)["Offices"]

    def test_evidence(self) -> None:
        """What it says stands field by field."""
        html = shown(told("gazette", "action", date=fc.PartialDate(1980), kind=fc.PartnershipKind.CONTACT))

        assert "Evidence" == html.caption
        assert "date 1980kind “contact”" == fields(html)["Claims"]
        assert "Denies" not in fields(html)
        assert "yes" == fields(shown(denial("list")))["Denies"]

    def test_a_step_and_a_name(self) -> None:
        """What has no id shows itself too."""
        assert "Step" == shown(a_step("1990")).caption
        assert "1990" == fields(shown(a_step("1990")))["Date"]
        assert "Ōtepoti" == fields(shown(a_name("Ōtepoti")))["Text"]

    @pytest.mark.parametrize("folder", RECORD_TYPES)
    def test_every_record(self, folder: str) -> None:
        """Every record of the bundled data is shown under its id, and so is it when it comes out of a pickle."""
        records = getattr(fc, folder)()
        again = pickle.loads(pickle.dumps(records))  # noqa: S301 - our own bytes

        assert records
        assert [] == [
            each.id for each in records if not shown(each).caption.startswith(f"{type(each).__name__} {each.id}")
        ]
        assert [shown(each).cells for each in records] == [shown(each).cells for each in again]


class TestMappings:
    """What counts give."""

    def test_counts(self) -> None:
        """Each sort has a row, in order."""
        counts = fc.count_partnerships("decade", "Shanghai")

        assert [[sort, str(number)] for sort, number in counts.items()] == shown(counts).cells
        assert f"{len(counts)} entries" == shown(counts).caption

    def test_large_numbers(self) -> None:
        """They are easy to read."""
        assert [["cities", "26,000"]] == shown(fc.FrozenMap({"cities": 26_000})).cells
        assert "1 entry" == shown(fc.FrozenMap({"cities": 26_000})).caption

    def test_text(self) -> None:
        """Text stands as it is."""
        assert [["wikidata", "Q133073"]] == shown(fc.FrozenMap({"wikidata": "Q133073"})).cells

    @pytest.mark.parametrize("items", [{}, {1: "a"}, {"a": None}, {"a": "\ud800"}, {"a": True}])
    def test_what_its_repr_says_better(self, items: dict[Any, Any]) -> None:
        """Nothing, and what is neither text nor a whole number, is left to the repr."""
        assert fc.FrozenMap(items)._repr_html_() is None


class TestTables:
    """What a question gives."""

    def test_cities(self) -> None:
        """Name, country, level, id."""
        assert [
            ["City", "Country", "Level", "Id"],
            ["Dunedin", "NZ", "municipality", "nz-dunedin"],
        ] == shown(fc.find_cities("dune")).cells

    def test_partnerships_of_one_city(self) -> None:
        """Where one city is in all of them, it stands in the caption, and the partners in the rows."""
        cities = [a_city("cn-shanghai", "Shanghai"), a_city("it-milan", "Milan"), a_city("nz-dunedin", "Dunedin")]
        steps = (
            a_step("1979", told("gazette", "action")),
            a_step("1994", told("gazette", "action", kind=fc.PartnershipKind.CONTACT)),
        )
        ties = [a_tie("it-milan", "cn-shanghai", steps[0]), a_tie("nz-dunedin", "cn-shanghai", steps[1])]
        html = shown(fc.Dataset([*cities, *ties, a_source("gazette")]).partnerships_of("Shanghai"))

        assert "2 partnerships of Shanghai" == html.caption
        assert [
            ["Partner", "Kind", "Status", "Since", "Reliability", "Sources"],
            ["Milan", "sister city", "active", "1979", "reported", "1"],
            ["Dunedin", "sister city", "active", "1994", "reported", "1, disputed"],
        ] == html.cells

    def test_partnerships_of_several_cities(self) -> None:
        """Where none is, or there is but one partnership, both cities stand in the row."""
        html = shown(fc.partnerships_of("Dunedin"))

        assert "1 partnership" == html.caption
        assert ["Cities", "Shanghai – Dunedin"] == [row[0] for row in html.cells]

    def test_a_timeline(self) -> None:
        """The steps stand with the partner; an entry shows itself too."""
        [entry] = fc.timeline("Dunedin")

        assert "1 step" == shown(fc.timeline("Dunedin")).caption
        assert f"{len(fc.timeline('Shanghai'))} steps" == shown(fc.timeline("Shanghai")).caption
        assert (
            [
                ["Date", "What happened", "Kind", "Partner", "Country", "Sources"],
                ["1994-10-21", "established", "sister city", "Shanghai", "CN", f"{len(entry.step.evidence)}"],
            ]
            == shown(entry).cells
            == shown(fc.timeline("Dunedin")).cells
        )

    def test_what_is_not_known(self) -> None:
        """A step without date or kind, and a memorandum without date or subject, say so or say nothing."""
        cities = [a_city("cn-shanghai", "Shanghai"), a_city("it-milan", "Milan")]
        data = fc.Dataset([*cities, a_tie("it-milan", "cn-shanghai", a_step(None, kind="unspecified"))])
        party = fc.Party(city=fc.CityId("it-milan"))
        signed = fc.Memorandum(id=fc.MemorandumId("m"), kind=fc.DocumentKind.OTHER, signatories=(party,))

        assert ["undated", "established", "", "Milan", "IT", "0"] == shown(data.timeline("Shanghai")).cells[1]
        assert ["undated", "other", "it-milan", "", "m"] == shown(Results([signed], fc.Memorandum)).cells[1]
        undated = shown(data.partnerships_of("Shanghai", status="any")).cells[1]
        assert ["Shanghai – Milan", "unspecified", "active", "", "listed", "0"] == undated

    def test_sources(self) -> None:
        """The title leads to the source, if it has an address."""
        linked = changed(a_source("gazette"), address="https://example.org/")
        html = shown(Results([linked, a_source("list")], fc.Source))

        assert ["gazette", "list"] == [row[1] for row in html.cells[1:]]
        assert 1 == sum(tag == "a" for tag, _ in html.elements)

    def test_only_so_many(self) -> None:
        """Of many the first are shown, and how many more there are is said, with what shows them."""
        every = fc.partners_of("Shanghai")
        rows = shown(every).cells

        assert MAX_ROWS + 2 == len(rows)
        assert [f"{len(every) - MAX_ROWS} more; show them with the slice [{MAX_ROWS}:]"] == rows[-1]
        assert every[MAX_ROWS].name == shown(every[MAX_ROWS:]).cells[1][0]
        assert MAX_ROWS + 1 == len(shown(every[:MAX_ROWS]).cells)


class TestDatasets:
    """A dataset."""

    def test_the_bundled_one(self) -> None:
        """It says how much there is of each type, of when the data is, and what to ask."""
        html = shown(fc.dataset())

        assert f"Dataset, data of {fc.data_version}" == html.caption
        assert [
            ["cities", f"{len(fc.cities())}", "cities, city, find_cities, parts_of"],
            ["sources", f"{len(fc.sources())}", "sources, source, sources_of"],
        ] == [html.cells[1], html.cells[-1]]

    def test_another_one(self) -> None:
        """One of one's own has no version of ours, nor has one that was laid over the bundled one or unpickled."""
        unpickled = pickle.loads(pickle.dumps(fc.dataset()))  # noqa: S301 - our own bytes
        mine = fc.Dataset([a_city("nz-dunedin"), a_city("it-milan")])

        assert ["Dataset"] * 2 == [shown(mine).caption, shown(unpickled).caption]
        assert ["2", *["0"] * 8] == [row[1] for row in shown(mine).cells[1:]]

    def test_every_question_exists(self) -> None:
        """What it says to ask can be asked, of every type."""
        assert [*RECORD_TYPES] == [*QUESTIONS]
        assert [] == [
            question for questions in QUESTIONS.values() for question in questions if not hasattr(fc.Dataset, question)
        ]


@pytest.mark.slow
@pytest.mark.bundled_data
def test_a_notebook_shows_a_figure() -> None:
    """A figure as the last line of a cell is a picture in a real notebook, without any other setup."""
    asked = ['plot.growth_of("Shanghai")', 'plot.dispute_of("Shanghai", "Milan")']
    notebook = new_notebook(cells=[new_code_cell(f"from friendcities import plot\n{each}") for each in asked])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    nbformat.validate(notebook)

    for cell in notebook.cells:
        (output,) = cell.outputs
        assert base64.b64decode(output.data["image/png"]).startswith(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.bundled_data
def test_a_notebook_chooses_the_table() -> None:
    """A real notebook takes the table of each of these, and keeps the plain repr beside it."""
    asked = ['fc.partners_of("Shanghai")', 'fc.city("Dunedin")', 'fc.partnership_between("Shanghai", "Milan")']
    asked += [
        "fc.dataset()",
        'fc.timeline("Dunedin")',
        'fc.count_partnerships("kind")',
        'fc.partners_of("Dunedin", on="1950")',
    ]
    notebook = new_notebook(cells=[new_code_cell(f"import friendcities as fc\n{each}") for each in asked])
    NotebookClient(notebook, kernel_name="python3", timeout=120).execute()
    nbformat.validate(notebook)
    outputs = [cell.outputs[0].data for cell in notebook.cells]

    assert [True] * 6 + [False] == [each.get("text/html", "").startswith("<table>") for each in outputs]
    assert "<City nz-dunedin: Dunedin, NZ>" == outputs[1]["text/plain"]
    assert outputs[0]["text/plain"].startswith("(<City jp-yokohama: Yokohama, JP>,\n <City")
    assert "contrary claim: " in outputs[2]["text/html"]
    assert "()" == outputs[6]["text/plain"]
