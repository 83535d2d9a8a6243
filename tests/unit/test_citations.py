"""Citations: text and BibTeX."""

import json
from itertools import accumulate
from typing import Any

import pytest

import friendcities as fc
from friendcities import release
from friendcities.exporters.citations import (
    as_bibtex,
    as_text,
    dataset_as_bibtex,
    dataset_as_text,
    page_as_bibtex,
    page_as_text,
)


def source(**fields: Any) -> fc.Source:
    """A source with these fields and otherwise only the required ones."""
    given = {"id": "s", "kind": fc.SourceKind.PRESS, "publisher": "The Gazette", "title": "Twins"}
    return fc.Source(**{**given, "as_of": fc.PartialDate(1994), **fields})


@pytest.mark.parametrize(
    ("expected", "fields"),
    [
        ("The Gazette (state of 1994). Twins.", {}),
        ("The Gazette (n.d.). Twins.", {"as_of": None}),
        ("The Gazette (1995-03). Twins.", {"published": fc.PartialDate(1995, 3)}),
        ("A. Doe, B. Roe (state of 1994). Twins. The Gazette.", {"authors": ("A. Doe", "B. Roe")}),
        ("The Gazette (state of 1994). Twins. https://example.org/a", {"address": "https://example.org/a"}),
        ("The Gazette (state of 1994). Twins. https://example.org/b", {"archived": "https://example.org/b"}),
        (
            "The Gazette (state of 1994). Twins. https://en.wikipedia.org/wiki/Washington,_D.C.",
            {"address": "https://en.wikipedia.org/wiki/Washington,_D.C."},
        ),
        ("The Gazette (state of 1994). Twins?", {"title": "Twins?"}),
        ("The Gazette (state of 1994). [List of twins].", {"title": "[List of twins]"}),
        ("The Gazette Co. (state of 1994). Twins of D.C.", {"publisher": "The Gazette Co.", "title": "Twins of D.C."}),
    ],
)
def test_text(expected: str, fields: dict[str, Any]) -> None:
    """A citation has author, date, title, publisher and the exact address, if known."""
    assert expected == as_text(source(**fields))


def test_bibtex_leaves_out_what_is_not_known() -> None:
    """Unknown fields are left out."""
    expected = (
        "@misc{s,\n  author = {{The Gazette}},\n  title = {{Twins}},\n"
        "  howpublished = {The Gazette},\n  year = {1994},\n}\n"
    )
    assert expected == as_bibtex([source()])
    assert expected.replace("  year = {1994},\n", "") == as_bibtex([source(as_of=None)])


def test_a_description_is_in_brackets_in_every_format() -> None:
    """A description that stands for an unknown title is never presented as the title."""
    described = source(title="[List of twins]")
    assert "  title = {{[List of twins]}},\n" in as_bibtex([described])
    assert "[List of twins]" == json.loads(fc.cite(described, format="csl"))[0]["title"]


def test_bibtex_escapes_what_tex_reads() -> None:
    """A hostile title is text: braces are balanced and no command runs."""
    entry = as_bibtex([source(title=r"50 % of {\input} & $x_1^2$ #~", address="https://example.org/{a}")])
    assert r"{{50 \% of \textbraceleft{}\textbackslash{}input\textbraceright{} \& \$x\_1\textasciicircum{}2\$" in entry
    assert r"2\$ \#\textasciitilde{}}}" in entry
    assert "https://example.org/%7Ba%7D" in entry


@pytest.mark.parametrize("text", ["Smile :-}", "Smile :-{", "}{", "\\}", "{\\", "a}b{c}}"])
@pytest.mark.parametrize("name", ["publisher", "title", "authors"])
def test_bibtex_braces_are_balanced(name: str, text: str) -> None:
    """BibTeX counts braces, also after a backslash: every field ends where its line ends."""
    entry = as_bibtex([source(**{name: (text,) if name == "authors" else text})])

    for line in entry.splitlines()[1:-1]:
        depths = list(accumulate({"{": 1, "}": -1}.get(each, 0) for each in line))
        assert line.endswith("},")
        assert 0 == depths[-1]
        assert 0 < min(depths[line.index("{") : -2])


def test_several_entries_and_authors() -> None:
    """Authors are joined with "and", and entries are separated by an empty line."""
    entries = as_bibtex([source(authors=("A", "B")), source(id="t", published=fc.PartialDate(1995, 3))])
    assert "author = {{A} and {B}}," in entries
    assert "}\n\n@misc{t," in entries
    assert "  year = {1995},\n  month = {3},\n" in entries


def test_the_dataset_cites_its_version() -> None:
    """The citation of the dataset has its version, year, data version and licences."""
    assert f"({'20' + fc.__version__[:2]})" in dataset_as_text()
    assert f"  version = {{{fc.__version__}}},\n" in dataset_as_bibtex()
    assert f"Version {fc.__version__}, data of {fc.data_version} (" in dataset_as_text()
    assert f"  note = {{data of {fc.data_version}; data: CC BY 4.0; code: MIT}},\n" in dataset_as_bibtex()


def test_a_page_is_cited_with_its_address() -> None:
    """The citation of a page has its title, version, data version and address."""
    address = "https://friendcities.example/{cities}/nz-dunedin.html"

    text, entry = page_as_text("Dunedin & co.", address), page_as_bibtex("nz-dunedin", "Dunedin & co.", address)

    assert text.startswith("The friendcities contributors (20")
    assert text.endswith(f"Version {fc.__version__}, data of {fc.data_version}. {address}")
    assert entry.startswith("@misc{nz-dunedin,\n")
    assert r"title = {{Dunedin \& co.}}," in entry
    assert "url = {https://friendcities.example/%7Bcities%7D/nz-dunedin.html}," in entry


def test_a_page_whose_address_is_not_known_is_cited_without() -> None:
    """An unknown address is left out without a gap."""
    assert page_as_text("Dunedin", "").endswith(f"data of {fc.data_version}.")
    assert "url" not in page_as_bibtex("nz-dunedin", "Dunedin", "")


def test_cites_what_is_asked() -> None:
    """The dataset or sources, in each format."""
    one, other = (
        source(),
        source(id="t", authors=("A. Doe",), address="https://example.org/a", language="en", as_of=None),
    )

    assert dataset_as_text() == fc.cite()
    assert dataset_as_bibtex() == fc.cite(format="bibtex") + "\n"
    assert [as_text(one), as_text(other)] == fc.cite(one, other).splitlines()
    assert as_bibtex([one, other]) == fc.cite(one, other, format="bibtex") + "\n"
    assert ["dataset"] == [item["type"] for item in json.loads(fc.cite(format="csl"))]
    first, second = json.loads(fc.cite(one, other, format="csl"))
    assert {
        "id": "s",
        "type": "document",
        "author": [{"literal": "The Gazette"}],
        "title": "Twins",
        "publisher": "The Gazette",
        "issued": {"date-parts": [[1994]]},
    } == first
    assert ([{"literal": "A. Doe"}], "https://example.org/a", "en") == (
        second["author"],
        second["URL"],
        second["language"],
    )
    assert "issued" not in second
    (accessed,) = json.loads(fc.cite(source(accessed=fc.PartialDate(2024, 5, 6)), format="csl"))
    assert {"date-parts": [[2024, 5, 6]]} == accessed["accessed"]


@pytest.mark.parametrize("format_", ["text", "bibtex", "csl"])
def test_a_partnership_is_cited_by_its_sources(format_: str) -> None:
    """All its sources are cited, by id; a source that is given again is cited once. Without sources it is empty."""
    porto = fc.partnership_between("Shanghai", "Porto")
    sources = [fc.source(each) for each in sorted(porto.cites)]
    bare = fc.Partnership(id=porto.id, steps=(fc.Step(action=fc.StepAction.LISTED),))

    assert len(sources) > 1
    assert fc.cite(*sources, format=format_) == fc.cite(porto, format=format_)
    assert fc.cite(*sources, format=format_) == fc.cite(porto, sources[0], porto, format=format_)
    assert ("[]" if format_ == "csl" else "") == fc.cite(bare, format=format_)


def test_a_release_is_cited_with_its_address_date_and_doi(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a release these are unknown and left out; then they are in every format."""
    before = fc.cite(format="csl") + fc.cite(format="bibtex") + fc.cite()
    monkeypatch.setattr(release, "ADDRESS", "https://example.org/")
    without_doi = fc.cite()
    monkeypatch.setattr(release, "DATE", "2026-12-01")
    monkeypatch.setattr(release, "DOI", "10.1/2")

    assert "https://" not in before
    assert without_doi.endswith(" https://example.org/")
    assert "(2026-12-01)" in fc.cite()
    assert fc.cite().endswith(" https://doi.org/10.1/2")
    assert {"  date = {2026-12-01},", "  doi = {10.1/2},", "  url = {https://example.org/},"} <= set(
        fc.cite(format="bibtex").splitlines()
    )
    (item,) = json.loads(fc.cite(format="csl"))
    assert ("10.1/2", "https://example.org/", {"date-parts": [[2026, 12, 1]]}) == (
        item["DOI"],
        item["URL"],
        item["issued"],
    )


def test_what_cannot_be_cited_is_an_error() -> None:
    """The error names what was given and what is expected."""
    with pytest.raises(fc.InvalidQueryError, match=r"unknown format 'ris'; expected one of 'text', 'bibtex', 'csl'"):
        fc.cite(format="ris")
    with pytest.raises(
        fc.InvalidQueryError, match=r"invalid source 'shine'; expected one such as friendcities\.source\("
    ):
        fc.cite("shine")  # type: ignore[arg-type]
