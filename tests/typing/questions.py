"""The questions, as a type checker sees them; looked at by mypy and pyright, never run."""

from collections.abc import Mapping  # noqa: TC003 - as a user writes it
from datetime import date
from pathlib import Path
from typing import Any, assert_type

import pandas as pd
import polars as pl

import friendcities as fc
from friendcities import (
    City,
    Cooperation,
    Coverage,
    Dataset,
    Event,
    FrozenMap,
    Level,
    Memorandum,
    Official,
    PartialDate,
    Partnership,
    PartnershipKind,
    Reliability,
    Results,
    Source,
    State,
    Statistic,
    Status,
    TimelineEntry,
)
from friendcities.graph import Degree, IndirectPartner, Network
from friendcities.model import AnyRecord

# A return type never depends on the arguments.
assert_type(fc.city("Shanghai"), City)
assert_type(fc.data_version, str)
assert_type(fc.find_cities("dune", limit=3), Results[City])
assert_type(fc.parts_of("Shanghai"), Results[City])
assert_type(fc.partners_of("Shanghai"), Results[City])
assert_type(fc.partners_of(fc.city("Shanghai"), on="1985", kind="sister_city", include_parts=True), Results[City])
assert_type(fc.partnerships_of("Shanghai"), Results[Partnership])
assert_type(fc.partnerships_of("Shanghai", source="shine-2023-12-02"), Results[Partnership])
assert_type(fc.common_partners("Shanghai", "Hamburg", since=1990, until="2000"), Results[City])
assert_type(fc.shortest_path(fc.city("Dunedin"), "Hamburg", status="any"), Results[City])
assert_type(fc.partnership_between("Shanghai", "Dunedin"), Partnership)
assert_type(fc.timeline("Shanghai"), Results[TimelineEntry])
assert_type(fc.timeline("Shanghai", since="1990", until=date(1999, 1, 1), kind="contact"), Results[TimelineEntry])
assert_type(fc.count_partnerships("country"), FrozenMap[str, int])
assert_type(fc.count_partnerships("decade", "Shanghai", on="1995", include_parts=True), FrozenMap[str, int])
assert_type(fc.memoranda_of("Dunedin"), Results[Memorandum])
assert_type(fc.officials_of("Dunedin"), Results[Official])
assert_type(fc.statistics_of("Shanghai", measure="new_foreign_ventures"), Results[Statistic])
assert_type(fc.events_of("Dunedin"), Results[Event])
assert_type(fc.cooperations_of("Dunedin"), Results[Cooperation])
assert_type(fc.coverage_of("Dunedin"), Results[Coverage])
assert_type(fc.coverage(), Results[Coverage])
assert_type(fc.sources_of("Dunedin"), Results[Source])
assert_type(fc.sources_of("Shanghai", include_parts=True), Results[Source])

assert_type(fc.cities(), Results[City])
assert_type(fc.partnerships(), Results[Partnership])
assert_type(fc.memoranda(), Results[Memorandum])
assert_type(fc.officials(), Results[Official])
assert_type(fc.statistics(), Results[Statistic])
assert_type(fc.events(), Results[Event])
assert_type(fc.cooperations(), Results[Cooperation])
assert_type(fc.sources(), Results[Source])
assert_type(fc.memorandum("x"), Memorandum)
assert_type(fc.official("x"), Official)
assert_type(fc.statistic("x"), Statistic)
assert_type(fc.event("x"), Event)
assert_type(fc.cooperation("x"), Cooperation)
assert_type(fc.source("x"), Source)

# A dataset of one's own answers as the bundled one does.
assert_type(fc.dataset(), Dataset)
mine = Dataset.load("my-register/", base=fc.dataset())
assert_type(mine, Dataset)
assert_type(Dataset.load(Path("mine.json")), Dataset)
assert_type(Dataset([fc.city("Shanghai")]).partners_of("Shanghai"), Results[City])
assert_type(mine.partnership_between("Shanghai", "Dunedin"), Partnership)
assert_type(mine.save("mine.json"), None)
assert_type(len(mine), int)
assert_type(mine["Shanghai"], AnyRecord)
assert_type("Shanghai" in mine, bool)

# Records, results and datasets are plain values and data frames.
assert_type(fc.city("Shanghai").to_dict(), dict[str, Any])
assert_type(fc.city("Shanghai").summary(), dict[str, str])
assert_type(fc.partnership_between("Shanghai", "Dunedin").to_dict(on=1995), dict[str, Any])
assert_type(fc.partnerships_of("Shanghai").to_dicts(), list[dict[str, Any]])
assert_type(fc.partnerships_of("Shanghai")[0], Partnership)
assert_type(fc.partnerships_of("Shanghai")[:2], Results[Partnership])
assert_type(fc.partners_of("Shanghai").to_pandas(), pd.DataFrame)
assert_type(fc.timeline("Shanghai").to_polars(), pl.DataFrame)
assert_type(fc.timeline("Shanghai")[0].to_dict(), dict[str, Any])
assert_type(mine.to_dict(), dict[str, Any])
assert_type(Dataset.from_dict(mine.to_dict(), base=fc.dataset()), Dataset)

# Filters take text, members, and any iterable of them.
fc.partners_of("Shanghai", status="any", kind=PartnershipKind.SISTER_CITY, level="district", reliability="official")
fc.partners_of("Shanghai", status=Status.ACTIVE, level=Level.DISTRICT, reliability=Reliability.LISTED)
fc.partners_of("Shanghai", status=["active", Status.ENDED], kind=("sister_city", "contact"), level={"town", "county"})
fc.partners_of("Shanghai", country="NZ", disputed=True, source=fc.source("shine-2023-12-02"))
fc.partners_of("Shanghai", country=["NZ", "Japan"], disputed=None, source=None)
fc.partners_of("Shanghai", on=PartialDate(1985))
fc.partners_of("Shanghai", on=date(1985, 1, 1))
fc.partners_of("Shanghai", on=1985)

# What a question refuses, a type checker refuses first; mypy says so where one of these is not needed.
fc.partners_of("Shanghai", kind="sister_citty")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
fc.partners_of("Shanghai", status="ACTIVE")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
fc.partners_of("Shanghai", status=Level.TOWN)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
fc.partners_of("Shanghai", level=["city"])  # type: ignore[list-item] # pyright: ignore[reportArgumentType]
fc.partners_of("Shanghai", disputed="yes")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
fc.partners_of("Shanghai", on=19.85)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
fc.partners_of("Shanghai", "1985")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
fc.partners_of("Shanghai", colour="red")  # type: ignore[call-arg] # pyright: ignore[reportCallIssue]
fc.count_partnerships("colour")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
fc.city(None)  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]
fc.find_cities("dune", limit="3")  # type: ignore[arg-type] # pyright: ignore[reportArgumentType]


def of_a_partnership(tie: Partnership, entry: TimelineEntry) -> None:
    """Every field and derived value has a type of its own."""
    assert_type(tie.state, State)
    assert_type(tie.at("1985"), State)
    assert_type(tie.state.status, Status | None)
    assert_type(tie.state.kind, PartnershipKind)
    assert_type(tie.established, PartialDate | None)
    assert_type(tie.reliability, Reliability)
    assert_type(tie.disputed, bool)
    assert_type(tie.according_to(fc.parse_source_id("shine-2023-12-02")), Partnership | None)
    assert_type(tie.partner_of(fc.parse_city_id("nz-dunedin")), fc.CityId)
    assert_type(entry.date, PartialDate | None)
    assert_type(entry.partner, City)


def of_a_network(network: Network) -> None:
    """Answers about a network are results too."""
    assert_type(network.degrees(), Results[Degree])
    assert_type(network.distances().to_pandas(), pd.DataFrame)
    assert_type(network.indirect_partners("Shanghai"), Results[IndirectPartner])
    assert_type(network.figures().to_dict(), dict[str, Any])


def of_an_error(error: fc.AmbiguousCityError, wrong: fc.DataError) -> None:
    """Errors carry what they say."""
    assert_type(error.query, object)
    assert_type(error.candidates, tuple[object, ...])
    assert_type(wrong.problems, tuple[fc.Problem, ...])


def nothing_public_is_mutable(city: City, tie: Partnership) -> None:
    """A type checker refuses what would raise."""
    city.name = "Elsewhere"  # type: ignore[misc] # pyright: ignore[reportAttributeAccessIssue]
    tie.steps[0] = tie.steps[1]  # type: ignore[index] # pyright: ignore[reportIndexIssue]
    identifiers: Mapping[str, str] = city.identifiers
    identifiers["x"] = "y"  # type: ignore[index] # pyright: ignore[reportIndexIssue]
