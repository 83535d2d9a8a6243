"""Files from elsewhere, as they were found; where they are not at hand these tests are skipped."""

from collections import Counter
from pathlib import Path
from typing import Final

import pytest

from friendcities.importers import Imported, Reason, read_table

SAMPLES: Final = Path(__file__).parents[3] / "shared" / "samples"
PAIRS: Final = SAMPLES / "hekman_twin_cities.csv"
REGISTER: Final = SAMPLES / "muenchdo_TwinTowns_clean.csv"

needs_samples = pytest.mark.skipif(not PAIRS.exists(), reason="the samples are no part of the project")


@pytest.fixture(scope="module")
def pairs() -> Imported:
    """25,917 partnerships, scraped from an encyclopaedia."""
    return read_table(PAIRS, profile="pairs", publisher="Wikipedia", as_of="2026-02")


@pytest.fixture(scope="module")
def register() -> Imported:
    """5,881 rows of the register of one country, with years and kinds."""
    return read_table(REGISTER, profile="register-of-a-country", publisher="RGRE", as_of="2015")


@needs_samples
def test_every_pair_is_in_the_report(pairs: Imported) -> None:
    """Taken, merged and not taken are all rows, and what is known to be wrong with the file is named."""
    report = pairs.report

    assert 25_917 == report.read == report.taken + report.merged + report.not_taken
    assert (3, 5) == (report.reasons[Reason.SELF_LINK], report.reasons[Reason.BLANK_COUNTRY])
    assert ["'Island' is no country"] == [r.remarks[0].what for r in report.about(Reason.UNKNOWN_COUNTRY)]
    assert all("'Congo'" in row.remarks[0].what for row in report.about(Reason.AMBIGUOUS_COUNTRY))


@needs_samples
def test_spellings_of_countries_lose_nobody(pairs: Imported) -> None:
    """Shanghai has 66 partners, Cork and Liverpool among them."""
    partners = pairs.dataset.partners_of("Shanghai, China")

    assert 66 == len(partners)
    assert {("Cork", "IE"), ("Liverpool", "GB")} <= {(city.name, city.country) for city in partners}


@needs_samples
def test_years_and_kinds_are_steps(register: Imported) -> None:
    """Each row with a year is a dated step, of the kind that its letter means."""
    assert 5_881 == register.report.read
    kinds = Counter(tie.state.kind for tie in register.dataset.partnerships())
    assert {"sister_city", "friendship_city", "contact", "unspecified"} == set(kinds)
    assert all(step.date is not None for tie in register.dataset.partnerships() for step in tie.steps)


@needs_samples
def test_repeated_pairs_are_histories(register: Imported) -> None:
    """Of the 16 pairs that the file has twice, nine are histories, six say the same twice, and one names no country."""
    told = {
        str(tie.id): [(step.what, str(step.date), step.kind) for step in tie.steps]
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
    assert twice <= {row.number for row in register.report.about(Reason.REPEATED)}
    assert {600, 601} <= {row.number for row in register.report.about(Reason.BLANK_COUNTRY)}
    assert [("established", "2009", "friendship_city"), ("upgraded", "2011", "sister_city")] == erfurt


@needs_samples
def test_wrong_points_are_reported(register: Imported) -> None:
    """A Peking that lies in America is taken, and its point is not."""
    wrong = [row for row in register.report.about(Reason.COORDINATES_OUTSIDE) if "Peking" in row.remarks[0].what]

    assert wrong
    assert all(row.partnership is not None for row in wrong)
    assert all(city.coordinates is None for city in register.dataset.cities() if city.id == "cn-peking")
