"""The whole report and all records of merges, compared with a file: one changed line of the merge shows here.

``UPDATE_MERGES=1 pytest tests/unit/test_merge_reports.py`` writes the file again, for a review of its changes.
"""

import json
import os
import random
import re
from contextlib import suppress
from functools import cache
from html import escape
from pathlib import Path
from typing import Any, Final

import pytest

import friendcities as fc
from friendcities import Dataset, Evidence, FrozenMap, PartialDate, PartnershipId, Step
from friendcities.merge import Doubt
from friendcities.merge.match_sources import is_numbered_copy, unused_id
from friendcities.merge.merge_report import escape_markdown
from friendcities.model import AnyRecord, SourceId
from tests.worlds import a_city, a_name, a_source, changed, told

FILE: Final = Path(__file__).parents[1] / "fixture" / "merges.json"
CITIES: Final = ("fr-lyon", "is-vik", "jp-mito")
SEEDS: Final = (*range(24), 29, 30, 49, 73, 93, 143, 192, 193, 383)
"""The seeds of the merges. Only the later seeds notice some changes of the code."""
DATES: Final = (None, "1990", "1990-05", "1990-05-12", "1994", "1999", "2005")
ACTIONS: Final = ("established", "listed", "ended", "suspended", "unconfirmed", "proposed", "renewed", "resumed")
KINDS: Final = ("sister_city", "friendship_city", "unspecified")


def draw_evidence(draw: random.Random, sources: list[str]) -> tuple[Evidence, ...]:
    """Evidence of some sources for a step."""
    found = []
    for source in draw.sample(sources, draw.choice([1, 1, 2])):
        given: dict[str, Any] = {"locator": draw.choice(["row 1", "row 2"])}
        if draw.random() < 0.1:
            given["denies"] = True
        else:
            claims = {"date": draw.choice(DATES[1:])} if draw.random() < 0.3 else {}
            claims |= {"action": draw.choice(ACTIONS[:4])} if draw.random() < 0.2 else {}
            given["claims"] = {
                name: PartialDate.parse(value) if name == "date" else fc.StepAction(value)
                for name, value in claims.items()
            }
            given["supports"] = tuple(name for name in ("date", "action", "kind") if name not in claims)
        found.append(Evidence(source=SourceId(source), **given))
    return tuple(found)


def draw_step(draw: random.Random, sources: list[str]) -> Step:
    """A step with evidence."""
    date = draw.choice(DATES)
    action = fc.StepAction(draw.choice(ACTIONS))
    evidence = tuple(
        changed(each, supports=tuple(name for name in each.supports if name != "date" or date is not None))
        for each in draw_evidence(draw, sources)
    )
    return Step(
        date=None if date is None else PartialDate.parse(date),
        action=action,
        kind=fc.PartnershipKind(draw.choice(KINDS)),
        evidence=evidence,
        note=draw.choice([None, None, None, "A note.", "Another note."]),
    )


def draw_dataset(draw: random.Random, side: str) -> Dataset:
    """A dataset with three cities, three sources and some partnerships."""
    records: list[AnyRecord] = []
    for id_ in CITIES:
        wikidata = FrozenMap({"wikidata": f"Q{CITIES.index(id_) + 1}"} if draw.random() < 0.8 else {})
        own = draw.choice([id_, id_, f"{id_}-{side}"])
        names = (a_name(f"Alias {draw.randint(1, 2)}"),) if draw.random() < 0.4 else ()
        level = draw.choice([fc.Level.MUNICIPALITY, fc.Level.MUNICIPALITY, fc.Level.TOWN])
        note = draw.choice([None, None, "A note.", "Another note."])
        records.append(a_city(own, id_[3:].title(), *names, identifiers=wikidata, level=level, note=note))
    ids = [record.id for record in records]
    sources = ["list-a", "list-b", f"list-{side}"]
    for id_ in sources:
        kind = draw.choice([fc.SourceKind.PRESS, fc.SourceKind.ENCYCLOPAEDIA])
        source = a_source(id_, draw.choice(["1995", "2015", "2020"]), kind)
        address = draw.choice([None, f"https://{id_}.example/", "https://same.example/"])
        records.append(changed(source, address=address, note=draw.choice([None, "A note."])))
    for number in range(draw.choice([1, 2, 2])):
        one, other = sorted([ids[number], ids[number + 1]])
        steps = sorted(
            (draw_step(draw, sources) for _ in range(draw.choice([1, 1, 2, 3]))), key=lambda step: str(step.date or "")
        )
        note = draw.choice([None, "A note.", "Another note."])
        records.append(fc.Partnership(id=PartnershipId(f"{one}--{other}"), steps=tuple(steps), note=note))
    return Dataset(records)


def draw_merge(number: int) -> dict[str, Any]:
    """The report and the records of a merge of two datasets that a seed gives."""
    draw = random.Random(number)  # noqa: S311 - examples, not secrets
    datasets: list[Dataset] = []
    while len(datasets) < 2:
        with suppress(fc.FriendcitiesError):
            datasets.append(draw_dataset(draw, "xy"[len(datasets)]))
    merge = datasets[0].merge(datasets[1])
    return {
        "text": merge.report.as_text().splitlines(),
        "report": merge.report.to_dict(),
        "partnerships": {each.id: each.to_dict() for each in merge.dataset.partnerships()},
        "cities": {each.id: each.to_dict() for each in merge.dataset.cities()},
        "sources": {each.id: each.to_dict() for each in merge.dataset.sources()},
    }


@cache
def read_recorded() -> list[dict[str, Any]]:
    """The recorded merges."""
    if "UPDATE_MERGES" in os.environ:  # pragma: no cover - on demand
        lines = [json.dumps(draw_merge(number), ensure_ascii=False) for number in SEEDS]
        FILE.write_text("[\n" + ",\n".join(lines) + "\n]\n", "utf-8")
    recorded: list[dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return recorded


@pytest.mark.parametrize("number", SEEDS)
def test_merges_are_as_recorded(number: int) -> None:
    """Each merge of the file has the same report and the same records."""
    found = json.loads(json.dumps(draw_merge(number)))
    for part, value in read_recorded()[SEEDS.index(number)].items():
        assert value == found[part], part


def test_markdown_is_escaped() -> None:
    """A text is neither markup nor a link."""
    escaped = "a &lt;b&gt; &amp; www&#46;x.example http&#58;//y \\`c\\` \\[f\\](g)"
    assert escaped == escape_markdown("a <b> & www.x.example http://y `c` [f](g)")


def test_numbers_of_ids() -> None:
    """A number follows at most 92 characters of the id, without a hyphen before it."""
    long = "a" * 91
    assert f"{long}-2" == unused_id(f"{long}-bc", {f"{long}-bc"})
    assert is_numbered_copy(f"{long}-2", f"{long}-bc")
    assert "-a-3" == unused_id("-a", {"-a", "-a-2"})
    assert not is_numbered_copy("a-b-2", "a")


def test_a_report_in_a_notebook() -> None:
    """A table with the totals, which have no section, and the entries of each section."""
    ours = Dataset([a_city("nz-a", "A", note="A note.", subdivision="NZ-OTA")])
    report = ours.merge(Dataset([a_city("nz-a", "A", note="Another note.", subdivision="NZ-OTA")])).report
    html = report._repr_html_()
    cells = [re.sub("<[^>]*>", "", cell) for cell in re.findall("<t[hd] [^>]*>.*?(?=</t[hd]>)", html)]
    [entry] = report.disagreements
    rows = [("", "joined: 1 city (1 by id)"), ("Disagreements (1)", escape(str(entry)))]
    assert ["Section", "Entry", *(cell for row in rows for cell in row)] == cells
    assert "MergeReport: 1 joined, 0 added, 1 disagreements, 0 doubts" in html


def test_an_empty_merge() -> None:
    """The report states that the other dataset is empty, as text and as Markdown."""
    report = Dataset().merge(Dataset()).report
    nothing = "Nothing was merged: the other dataset is empty.\n"
    assert (nothing, f"- {nothing}") == (report.as_text(), report.as_markdown())
    city = Dataset([a_city("nz-a", subdivision="NZ-OTA")])
    assert "joined: 1 city (1 by id)\n" == city.merge(city).report.as_text()


def test_a_doubt_with_several_candidates() -> None:
    """The text names each candidate, and shows how to decide."""
    doubt = Doubt(record_type=fc.City, id="is-vik", their_id="is-wick", candidates=("is-a", "is-b"), why="a reason")
    decision = "decide with --same is-wick=is-a or --distinct is-wick (in Python: same={'is-wick': 'is-a'}"
    start = "is-vik (is-wick in the other dataset) may be is-a or is-b: a reason; "
    assert f"{start}{decision} or distinct=['is-wick'])" == str(doubt)


def test_mentions_are_escaped() -> None:
    """A zero-width space separates the sign of a mention or reference from its name."""
    assert "@\u200bname GH-\u200b1 \\#\u200b2" == escape_markdown("@name GH-1 #2").replace("\\#2", "\\#\u200b2")
    assert "a :\u200bsmile: b" == escape_markdown("a :smile: b")


def test_offices_keep_their_order() -> None:
    """Offices are sorted by date only if the merge adds an office."""
    offices = tuple(
        fc.Office(title=title, city=fc.CityId("is-vik"), start=PartialDate(year))
        for title, year in (("mayor", 2000), ("clerk", 1990))
    )
    vik, ari = a_city("is-vik"), fc.Official(id=fc.OfficialId("is-ari"), name="Ari", offices=offices)
    ours = Dataset([vik, ari])
    theirs = Dataset([vik, changed(ari, offices=offices[:1])])
    assert ["mayor", "clerk"] == [each.title for each in ours.merge(theirs).dataset.officials()[0].offices]


def test_evidence_of_one_place_in_a_source() -> None:
    """Evidence is added if it supports other fields, or claims other values, than the known evidence of this place."""
    source = a_source("list")
    known = told("list", "name")
    ours = Dataset([source, a_city("nz-a", "A", evidence=(known,))])
    for item in (told("list", "country"), told("list", level="town")):
        theirs = Dataset([source, a_city("nz-a", "A", evidence=(item,))])
        assert {known, item} == set(ours.merge(theirs).dataset.city("nz-a").evidence)
    assert (known,) == ours.merge(ours).dataset.city("nz-a").evidence
