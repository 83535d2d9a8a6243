"""The data of the templates: records with their evidence, and their addresses in the catalogue."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import pycountry
from attrs import frozen

import friendcities as fc
from friendcities.datasets.folder import record_path
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.model import RECORD_TYPES, AnyRecord
from friendcities.model.evidence import Sourced
from friendcities.model.format_values import field_label, format_claim, format_value

__all__ = ["Catalogue", "Claim", "EvidenceItem", "Fact", "country_name"]

FOLDERS: Mapping[type[Any], str] = {cls: folder for folder, cls in RECORD_TYPES.items()}


@frozen
class Claim:
    """A value that a source states instead of the recorded value."""

    text: str
    contrary: bool
    """Whether the value contradicts the record. Otherwise, the value is coarser."""


@frozen
class EvidenceItem:
    """The evidence of one source for a record or a part of a record."""

    source: fc.Source
    locator: str
    supports: tuple[str, ...]
    claims: tuple[Claim, ...]
    denies: bool
    note: str | None

    @property
    def contrary(self) -> bool:
        """Whether the evidence contradicts the record."""
        return self.denies or any(claim.contrary for claim in self.claims)

    @property
    def roles(self) -> set[str]:
        """Whether the evidence supports the record, contradicts the record, both, or only has coarser claims."""
        supports = {"supports"} if self.supports else set()
        return supports | ({"contrary"} if self.contrary else set()) or {"coarser"}


@frozen
class Fact:
    """One fact of a source, with its address in the catalogue."""

    record: AnyRecord
    label: str
    """The record in words."""
    part: str
    """The step, office or participant of the record, in words; empty for the record itself."""
    address: str | None
    """The address of the page and the anchor, relative to a page of the catalogue."""
    evidence: EvidenceItem


@frozen
class SourceSummary:
    """A source of a page, with the number of its evidence items of each role."""

    source: fc.Source
    supports: int
    coarser: int
    """Evidence that neither supports nor contradicts a field, such as a coarser claim of a list."""
    contrary: int


class Catalogue:
    """A dataset for the catalogue.

    Args:
        data: The dataset.
        repository: The address of the repository with the files; empty if unknown.
        site: The address of the published pages; empty if unknown.
    """

    def __init__(self, data: fc.Dataset, repository: str = "", site: str = "") -> None:
        self.data = data
        self.repository = repository.rstrip("/")
        self.site = site.rstrip("/")

    def views(self, city: fc.City) -> list[PartnershipView]:
        """The partnerships of a city with any status: the earliest first, undated partnerships last, then by name."""
        return [
            PartnershipView(each, city, self.data.city(each.partner_of(city.id)))
            for each in self.data.partnerships_of(city, status="any")
        ]

    @cached_property
    def countries(self) -> dict[str, list[fc.City]]:
        """The cities of each country. Countries and cities are sorted by name."""
        found: dict[str, list[fc.City]] = {}
        for city in self.data.cities():
            found.setdefault(city.country, []).append(city)
        return {
            code: sorted(found[code], key=lambda city: (city.name, city.id))
            for code in sorted(found, key=lambda code: (country_name(code), code))
        }

    def evidence_items(self, owner: Sourced) -> list[EvidenceItem]:
        """The evidence for a record, a step, an office or a participant."""
        return [
            EvidenceItem(
                source=self.data.source(item.source),
                locator=item.locator,
                supports=tuple(map(field_label, item.supports)),
                claims=tuple(
                    Claim(self.claim_text(name, value), owner.contradicts(name, value))
                    for name, value in item.claims.items()
                ),
                denies=item.denies,
                note=item.note,
            )
            for item in owner.evidence
        ]

    def claim_text(self, name: str, value: object) -> str:
        """The value that a source states for a field, in words."""
        names_city = value is not None and name in {"city", "part_of", "initiator", "place"}
        return format_claim(name, self.data.city(str(value)).name if names_city else value)

    def sources_behind(self, city: fc.City) -> list[SourceSummary]:
        """The sources of the page of a city, each with the number of its evidence items of each role."""
        counts = {source.id: Counter[str]() for source in self.data.sources_of(city)}
        for record in self._records_on_page_of(city):
            for _, owner in self.owners(record):
                if isinstance(owner, fc.Participant) and owner.city != city.id:
                    continue  # the page of that city has the evidence
                for item in self.evidence_items(owner):
                    counts[item.source.id].update(item.roles)
        return [
            SourceSummary(self.data.source(id_), count["supports"], count["coarser"], count["contrary"])
            for id_, count in counts.items()
        ]

    @cached_property
    def facts(self) -> dict[str, list[Fact]]:
        """The facts of each source by id. Partnerships come first, then the other types."""
        found: dict[str, list[Fact]] = {source.id: [] for source in self.data.sources()}
        records = sorted(self.data, key=lambda each: not isinstance(each, fc.Partnership))
        for record in records:
            for part, owner in self.owners(record):
                for item in self.evidence_items(owner):
                    fact = Fact(record, self.label(record), part, self.address(record), item)
                    found[item.source.id].append(fact)
        return found

    def owners(self, record: AnyRecord) -> Iterator[tuple[str, Sourced]]:
        """The parts of a record with evidence, each with its name in words. The name of the record itself is empty."""
        match record:
            case fc.Partnership():
                yield from ((format_value(step), step) for step in record.steps)
            case fc.Source():
                return
            case fc.Official():
                yield "", record
                yield from ((f"{office.title} in office", office) for office in record.offices)
            case fc.Event():
                yield "", record
                yield from ((f"{self.data.city(each.city).name} took part", each) for each in record.participants)
            case _:
                yield "", record

    def label(self, record: AnyRecord) -> str:
        """A record in words."""
        match record:
            case fc.Partnership():
                return "–".join(self.data.city(city).name for city in record.cities)
            case fc.Memorandum():
                return f"{words(record.kind)}{f' of {record.signed}' if record.signed else ''}"
            case fc.Statistic() | fc.Coverage():
                topic = words(record.measure) if isinstance(record, fc.Statistic) else "coverage"
                return f"{topic} of {self.data.city(record.city).name}"
            case fc.Cooperation():
                return record.summary
            case fc.Source():
                return record.title
            case _:
                return record.name

    def address(self, record: AnyRecord) -> str | None:
        """The address of a record in the catalogue, relative to one of the pages; ``None`` without an address."""
        match record:
            case fc.City():
                return f"../cities/{record.id}.html"
            case fc.Source():
                return f"../sources/{record.id}.html"
            case fc.Statistic() | fc.Coverage():
                cities: tuple[str, ...] = (record.city,)
            case _:
                cities = record.cities
        # The city with the shortest page, on which the record is found most easily.
        shortest = min(
            cities, key=lambda city: (len(self.data.partnerships_of(city, status="any")), city), default=None
        )
        return None if shortest is None else f"../cities/{shortest}.html#{self.anchor(record)}"

    def anchor(self, record: AnyRecord) -> str:
        """The anchor of a record on the pages of its cities."""
        return str(record.id) if isinstance(record, fc.Partnership) else f"{FOLDERS[type(record)]}-{record.id}"

    def path(self, record: AnyRecord) -> str:
        """The path of the file of a record in the repository."""
        return f"src/friendcities/data/{record_path(record)}"

    def edit(self, record: AnyRecord) -> str:
        """The address for editing the file of a record: in the repository, or the guide to contributing."""
        if self.repository:
            return f"{self.repository}/edit/main/{self.path(record)}"
        return "../guides/contributing.html"

    def section_path(self, records: Sequence[AnyRecord]) -> str:
        """The path in the repository of the only record of a section, or of the folder of its records."""
        if len(records) == 1:
            return self.path(records[0])
        return f"src/friendcities/data/{FOLDERS[type(records[0])]}"

    def edit_section(self, records: Sequence[AnyRecord]) -> str:
        """The address for editing the records of a section: in the repository, or the guide to contributing."""
        if self.repository and len(records) > 1:
            return f"{self.repository}/tree/main/{self.section_path(records)}"
        return self.edit(records[0])

    @property
    def how_to_edit(self) -> str:
        """The text of the link to the file of a record."""
        return "Edit this file" if self.repository else "How to correct this file"

    def published(self, page: str) -> str:
        """The address of a page; empty if the address of the site is unknown."""
        return f"{self.site}/{page}" if self.site else ""

    def count(self, city: fc.City) -> int:
        """How many partnerships of a city are active."""
        return len(self.data.partnerships_of(city))

    def names(self, city: fc.City) -> list[str]:
        """All names of a city without repeats, the English name first."""
        return list(dict.fromkeys((city.name, *(name.text for name in city.names))))

    def _records_on_page_of(self, city: fc.City) -> Iterator[AnyRecord]:
        yield city
        yield from self.data.partnerships_of(city, status="any")
        yield from self.data.memoranda_of(city)
        yield from self.data.officials_of(city)
        yield from self.data.statistics_of(city)
        yield from self.data.events_of(city)
        yield from self.data.cooperations_of(city)
        yield from self.data.coverage_of(city)


def words(name: str) -> str:
    """A value of a vocabulary in words."""
    return str(name).replace("_", " ")


def country_name(code: str) -> str:
    """The English name of a country: pycountry's common name, or the short name, or the code."""
    known = pycountry.countries.get(alpha_2=code)
    return code if known is None else str(getattr(known, "common_name", known.name))


def language_name(tag: str) -> str:
    """The English name of a language by BCP 47 tag; the tag if there is no name."""
    primary = tag.partition("-")[0]
    known = pycountry.languages.get(alpha_2=primary) or pycountry.languages.get(alpha_3=primary)
    return tag if known is None else str(known.name).partition(" (")[0]
