"""One document of each record type, every field set: what the tests of the codec spoil, one place at a time."""

from typing import Any, Final

from friendcities import City, Cooperation, Coverage, Event, Memorandum, Official, Partnership, Source, Statistic
from friendcities.model import AnyRecord

__all__ = ["DOCUMENTS", "evidence"]


def evidence(supports: str, **says: object) -> list[dict[str, object]]:
    """One piece of evidence, with every field set."""
    item: dict[str, object] = {
        "source": "gazette-1994",
        "locator": "page 1",
        "supports": [supports],
        "claims": says,
        "denies": False,
        "note": "Read twice.",
    }
    return [item]


_PERIOD = {"start": "2023-01", "end": "2023-09", "each": {"number": 3, "unit": "year"}, "wording": "nine months"}
_COUNT = {"counted": "universities", "number": 2, "wording": "two"}
_PARTY = {
    "organisation": "universities",
    "named": False,
    "based_in": "nz-dunedin",
    "on_behalf_of": "nz-dunedin",
    "count": _COUNT,
}

DOCUMENTS: Final[dict[type[AnyRecord], tuple[str, dict[str, Any]]]] = {
    City: (
        "nz-dunedin",
        {
            "name": "Dunedin",
            "names": [{"text": "Ōtepoti", "language": "mi", "kind": "endonym", "until": "2023"}],
            "country": "NZ",
            "subdivision": "NZ-OTA",
            "level": "municipality",
            "part_of": "nz-otago",
            "coordinates": {"latitude": -45.5, "longitude": 170, "point": "city"},
            "identifiers": {"wikidata": "Q133073"},
            "note": "Of the South.",
            "evidence": evidence(
                "name",
                country="AU",
                level="town",
                coordinates={"latitude": 1, "longitude": 2.5, "point": "centre"},
                names=[{"text": "Dunners", "language": "en", "kind": "alias"}],
                identifiers={"wikidata": "Q1"},
            ),
        },
    ),
    Partnership: (
        "cn-shanghai--nz-dunedin",
        {
            "steps": [
                {
                    "date": "1994-10-21",
                    "action": "established",
                    "kind": "sister_city",
                    "initiator": "nz-dunedin",
                    "memorandum": "dunedin-1994",
                    "term": {"text": "友好城市", "language": "zh-Hans"},
                    "note": "Signed.",
                    "evidence": evidence(
                        "action",
                        date="1994",
                        kind="contact",
                        initiator="cn-shanghai",
                        memorandum="shanghai-1994",
                        term={"text": "sister city", "language": "en"},
                    ),
                },
            ],
            "note": "The first.",
        },
    ),
    Memorandum: (
        "dunedin-1994",
        {
            "kind": "partnership_agreement",
            "signatories": [_PARTY],
            "documents": {"counted": "memoranda", "number": 3, "wording": "several"},
            "signed": "1994-10-21",
            "period": _PERIOD,
            "subject": "friendship",
            "note": "Signed.",
            "evidence": evidence(
                "signed", documents={"counted": "memoranda", "wording": "some"}, signatories=[_PARTY, _PARTY]
            ),
        },
    ),
    Official: (
        "nz-jules-radich",
        {
            "name": "Jules Radich",
            "offices": [
                {
                    "title": "mayor",
                    "body": "council",
                    "city": "nz-dunedin",
                    "attested": "2023-12-01",
                    "start": "2022",
                    "end": "2025",
                    "note": "Elected.",
                    "evidence": evidence("title", city="nz-otago"),
                }
            ],
            "note": "A person.",
            "evidence": evidence("name", offices=[{"title": "councillor", "city": "nz-dunedin"}]),
        },
    ),
    Statistic: (
        "ventures-2023",
        {
            "city": "cn-shanghai",
            "measure": "new_foreign_ventures",
            "value": "4321",
            "qualifier": "more_than",
            "unit": "foreign_ventures",
            "period": _PERIOD,
            "change": {"percent": "35.0", "qualifier": "about", "compared_with": {"start": "2022-01"}},
            "basis": "forecast",
            "stated_by": "cn-hua-yuan",
            "note": "Said.",
            "evidence": evidence("value", change={"percent": "-3", "compared_with": {"end": "2021"}}),
        },
    ),
    Event: (
        "forum-2023",
        {
            "name": "Forum",
            "period": {"start": "2023-12-01"},
            "place": "cn-shanghai",
            "organisers": ["Office"],
            "participants": [
                {
                    "city": "nz-dunedin",
                    "delegate": "nz-jules-radich",
                    "note": "Spoke.",
                    "evidence": evidence("city", delegate="nz-other"),
                }
            ],
            "counts": [{"counted": "cities", "number": 13, "wording": "thirteen"}],
            "note": "Held.",
            "evidence": evidence("place", period={"start": "2023"}),
        },
    ),
    Cooperation: (
        "buses",
        {
            "summary": "Electric buses",
            "area": "public_transport",
            "cities": ["cn-shanghai"],
            "parties": [{"city": "nz-dunedin", "named": True}],
            "period": _PERIOD,
            "stage": "planned",
            "stated_by": "cn-hua-yuan",
            "note": "Planned.",
            "evidence": evidence("stage", area="transport", cities=["nz-dunedin"]),
        },
    ),
    Coverage: (
        "dunedin-2020",
        {
            "city": "nz-dunedin",
            "kinds": ["sister_city"],
            "include_parts": True,
            "as_of": "2020-01",
            "completeness": "partial",
            "stated_count": _COUNT,
            "note": "Counted.",
            "evidence": evidence("city", as_of="2019", stated_count={"counted": "cities", "number": 9}),
        },
    ),
    Source: (
        "gazette-1994",
        {
            "kind": "press",
            "publisher": "The Gazette",
            "title": "Twins",
            "authors": ["A. Writer"],
            "published": "1994",
            "as_of": "1994-10",
            "accessed": "2024-01-02",
            "language": "en",
            "address": "https://example.org",
            "archived": "https://archive.org/x",
            "speaks_for": ["nz-dunedin"],
            "note": "Old.",
        },
    ),
}
