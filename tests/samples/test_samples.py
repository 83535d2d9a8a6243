"""Files from elsewhere, as they were found; where they are not at hand these tests are skipped."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

import friendcities as fc
from friendcities.importers import ImportResult, Reason, read_table, read_wikidata
from friendcities.merge import Agreement
from tests.endpoints import results, text, uri

SAMPLES: Final = Path(__file__).parents[3] / "shared" / "samples"
PAIRS: Final = SAMPLES / "hekman_twin_cities.csv"
WEIMAR: Final = SAMPLES / "l3viathan_weimar.json"
REGISTER: Final = SAMPLES / "muenchdo_TwinTowns_clean.csv"

pytestmark = pytest.mark.slow
needs_samples = pytest.mark.skipif(not PAIRS.exists(), reason="the samples are no part of the project")


@pytest.fixture(scope="module")
def pairs() -> ImportResult:
    """25,917 partnerships, scraped from an encyclopaedia."""
    return read_table(PAIRS, profile="pairs", publisher="Wikipedia", as_of="2026-02")


@pytest.fixture(scope="module")
def register() -> ImportResult:
    """5,881 rows of the register of one country, with years and kinds."""
    return read_table(REGISTER, profile="register-of-a-country", publisher="RGRE", as_of="2015")


@needs_samples
def test_every_pair_is_in_the_report(pairs: ImportResult) -> None:
    """Taken, merged and not taken are all rows, and what is known to be wrong with the file is named."""
    report = pairs.report

    assert 25_917 == report.total == report.imported + report.merged + report.rejected
    assert (3, 5) == (report.reasons[Reason.SELF_LINK], report.reasons[Reason.BLANK_COUNTRY])
    assert () == report.rows_with(Reason.UNKNOWN_COUNTRY)
    assert "'Island' read as IS" in {r.detail for row in report.rows_with(Reason.COUNTRY_RESPELT) for r in row.remarks}
    doubtful = [
        remark.detail for row in report.rows for remark in row.remarks if remark.reason is Reason.AMBIGUOUS_COUNTRY
    ]
    assert doubtful
    assert all("'Congo'" in what for what in doubtful)


@needs_samples
def test_spellings_of_countries_lose_nobody(pairs: ImportResult) -> None:
    """Shanghai has 66 partners, Cork and Liverpool among them."""
    partners = pairs.dataset.partners_of("Shanghai, China")

    assert 66 == len(partners)
    assert {("Cork", "IE"), ("Liverpool", "GB")} <= {(city.name, city.country) for city in partners}


@needs_samples
def test_years_and_kinds_are_steps(register: ImportResult) -> None:
    """Each row with a year is a dated step, of the kind that its letter means."""
    assert 5_881 == register.report.total
    kinds = Counter(tie.state.kind for tie in register.dataset.partnerships())
    assert {"sister_city", "friendship_city", "contact", "unspecified"} == set(kinds)
    assert all(step.date is not None for tie in register.dataset.partnerships() for step in tie.steps)


@needs_samples
def test_repeated_pairs_are_histories(register: ImportResult) -> None:
    """Of the 16 pairs that the file has twice, nine are histories, six say the same twice, and one names no country."""
    told = {
        str(tie.id): [(step.action, str(step.date), step.kind) for step in tie.steps]
        for tie in register.dataset.partnerships()
    }
    erfurt = told["de-erfurt--ml-kati"]
    histories = {
        "de-berlin--ru-st-petersburg",
        "de-celle--gb-tavistock",
        "de-erfurt--ml-kati",
        "de-hassloch--tr-silifke",
        "de-kamp-lintfort--tr-edremit",
        "de-lengede--se-alvesta",
        "de-malterdingen--fr-lentilly",
        "de-rothenburg-o-l--pl-czerwiensk-rothenburg-i-p",
        "de-wildsteig--fr-oulmes",
    }
    twice = {384, 589, 596, 1455, 3609, 4474}

    assert all(2 == len(told[each]) for each in histories)
    assert twice <= {row.number for row in register.report.rows_with(Reason.REPEATED)}
    assert {600, 601} <= {row.number for row in register.report.rows_with(Reason.BLANK_COUNTRY)}
    assert [("established", "2009", "friendship_city"), ("upgraded", "2011", "sister_city")] == erfurt


@needs_samples
def test_wrong_points_are_reported(register: ImportResult) -> None:
    """A Peking that lies in America contradicts its row, which is rejected."""
    wrong = [row for row in register.report.rows_with(Reason.COORDINATES_OUTSIDE) if "Peking" in row.remarks[0].detail]

    assert wrong
    assert all(row.partnership is None for row in wrong)
    assert all("is outside CN, in the area of" in row.remarks[0].detail for row in wrong)


@needs_samples
def test_the_bundled_data_takes_in_the_pairs(pairs: ImportResult) -> None:
    """Shanghai keeps one record a partner, and Wikipedia's evidence is added.

    One partner is asked about: "Constanta" may be the city or the county.
    """
    theirs = pairs.dataset
    merge = fc.dataset().merge(theirs)

    before, after = (data.partnerships_of("Shanghai", status="any") for data in (fc.dataset(), merge.dataset))
    assert 7 == sum(each.by is Agreement.PARTNER for each in merge.report.joined)
    assert {"cn-shanghai--ro-constanta-2"} == {tie.id for tie in after} - {tie.id for tie in before}
    assert {tie.id for tie in before} <= {tie.id for tie in after}
    assert ("ro-constanta",) in {each.candidates for each in merge.report.doubts}
    assert 66 == sum(theirs.sources()[0].id in tie.cites for tie in after)
    assert len(merge.dataset.partnerships()) > 24_000
    fields = {"level", "coordinates", "subdivision", "status", "steps[0].date"}  # "England" beside GB-LIV
    assert fields >= {each.field for each in merge.report.disagreements}


@needs_samples
def test_an_entity_has_five_partnerships(tmp_path: Path) -> None:
    """Weimar's are dated to the day, on the word of Wikidata and of the city; partners are named by another file."""
    partners = {
        "Q160927": ("Unu", "FR"),
        "Q202158": ("Du", "FI"),
        "Q2751": ("Tri", "IT"),
        "Q3138": ("Kvar", "DE"),
        "Q145972": ("Kvin", "PL"),
    }
    named = [
        {"item": uri(id_), "itemLabel": text(label), "itemCountry": text(code)}
        for id_, (label, code) in partners.items()
    ]
    file = tmp_path / "partners.json"
    file.write_bytes(results(*named))
    alone, found = read_wikidata(WEIMAR), read_wikidata(WEIMAR, file)

    assert (5, {Reason.UNKNOWN_ITEM: 5}) == (alone.report.rejected, alone.report.reasons)
    assert (5, 5) == (found.report.total, found.report.imported)
    assert ["1970-09-06", "1987-05-24", "1994-04-15", "1995-02-18", "2012-05-25"] == [
        str(tie.established) for tie in found.dataset.partnerships_of("Weimar")
    ]
    assert {"stadt.weimar.de", "Wikidata"} == {source.publisher for source in found.dataset.sources()}
