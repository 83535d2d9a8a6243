"""What is true of every file of somebody else."""

import random
import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import friendcities as fc
from friendcities.importers import Outcome, Profile, read_table, read_wikidata
from tests.tables import PAIRS, built
from tests.wikidata import entity, twinned, when, written

NAMES = st.sampled_from(["Vík", "VIK", "Lyon", "上海", "Springfield", "1994", "", "=1+1", "Szczecin (Stettin)"])
COUNTRIES = st.sampled_from(["IS", "Iceland", "France", "US", "Georgia", "", "Atlantis", "England, United Kingdom"])
NUMBERS = st.sampled_from(["", "0", "39.8", "-89.65", "45.76", "4.84", "37.2", "-93.3", "x", "nan", "1e400"])
ROWS = st.lists(st.tuples(NAMES, COUNTRIES, NUMBERS, NUMBERS, NAMES, COUNTRIES, NUMBERS, NUMBERS), max_size=12)
SHAPES = ["a.csv", "a.tsv", "a.xlsx", "a.parquet", "a.graphml", "a.gexf", "a.geojson", "a.edgelist"]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


@given(st.binary(max_size=300) | TEXTS.map(str.encode), st.sampled_from(SHAPES))
def test_no_file_breaks_the_reader(content: bytes, name: str) -> None:
    """Whatever is in a file, it is read or refused with an error of ours."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        try:
            read_table(path, profile=PAIRS, publisher="x", as_of="2026")
        except fc.FriendcitiesError as error:
            refused = str(error)
            assert refused


@given(ROWS)
def test_every_row_has_one_outcome(rows: list[tuple[str, ...]]) -> None:
    """Taken, merged and not taken add up to what was read; what was not taken has a reason and no partnership."""
    report = built(*rows).report

    assert len(rows) == report.total == report.imported + report.merged + report.rejected
    for row in report.rows:
        assert (row.partnership is None) == (row.outcome is Outcome.REJECTED)
        assert row.remarks or row.outcome is Outcome.IMPORTED


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_does_not_matter(rows: list[tuple[str, ...]], chance: random.Random) -> None:
    """The places and partnerships are the same; only the rows that are cited differ."""
    other = list(rows)
    chance.shuffle(other)

    one, two = built(*rows).dataset, built(*other).dataset
    assert [(city.id, city.name, city.coordinates) for city in one.cities()] == [
        (city.id, city.name, city.coordinates) for city in two.cities()
    ]
    assert [tie.id for tie in one.partnerships()] == [tie.id for tie in two.partnerships()]


@given(ROWS)
def test_what_is_made_can_be_saved_and_loaded(rows: list[tuple[str, ...]]) -> None:
    """The records pass the strict reader."""
    made = built(*rows).dataset
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "made.json")
        made.save(path)

        assert made == fc.Dataset.load(path)


DATES = st.none() | st.tuples(
    st.sampled_from(["+1960-00-00", "+1990-00-00", "+1990-06-01", "+1990-06-15", "+2000-00-00"]),
    st.sampled_from([9, 10, 11]),
)
STATEMENTS = st.lists(st.tuples(DATES, DATES, st.sampled_from(["preferred", "normal"])), min_size=1, max_size=6)


@given(STATEMENTS)
def test_every_statement_of_a_pair_has_its_place(statements: list[tuple[Any, Any, str]]) -> None:
    """Whatever the dates, known dates never decrease, an end is followed by a new beginning only, and all are heard."""
    claims = [
        twinned("Q902", *(None if date is None else when(*date) for date in dates), id=f"Q901${at}", rank=rank)
        for at, (*dates, rank) in enumerate(statements)
    ]
    with tempfile.TemporaryDirectory() as folder:
        file = written(Path(folder, "x.json"), entity("Q901", "Vik", "Q189", *claims), entity("Q902", "Lyon", "Q142"))
        found = read_wikidata(file)

    [tie] = found.dataset.partnerships()
    heard = {told.locator.partition(", ")[2] for step in tie.steps for told in step.evidence}
    after_ends = [after.action for before, after in pairwise(tie.steps) if before.action == "ended"]
    assert {f"Q901${at}" for at in range(len(claims))} == heard
    assert {"resumed"} >= set(after_ends)
    assert len(claims) == found.report.imported + found.report.merged


@given(st.text() | st.sampled_from(["[cities]", "[first]\n[second]", "first = 1", "[steps.kinds]\np = 1"]))
def test_no_profile_breaks_the_reader(text: str) -> None:
    """What is no profile is refused with an error of ours, and nothing else happens."""
    with pytest.raises(fc.InvalidQueryError):
        Profile.parse(text)
