"""What changed between two versions of the data, and how it is told."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

import friendcities as fc
from friendcities.diff import Action, Changes, FieldChange, as_json, as_line, as_markdown, as_text, compare
from friendcities.diff.compare import is_same_order, pair_items, record_label
from friendcities.diff.plain_text import format_distance, join_words
from friendcities.field_path import FieldPath
from friendcities.merge.merge_report import escape_markdown
from friendcities.model import AnyRecord
from tests.worlds import a_city, a_dataset, a_name, a_source, a_step, a_tie, changed, denial, told

SHANGHAI = a_city("cn-shanghai")
MILAN = a_city("it-milan")
DUNEDIN = a_city("nz-dunedin")
OFFICE = changed(
    a_source("shanghai-fao", "2012", fc.SourceKind.CITY_GOVERNMENT, "cn-shanghai"), publisher="Shanghai FAO"
)
GAZETTE = changed(a_source("gazette"), publisher="The Gazette")
UNCHANGED = "warning: value changed, evidence unchanged"
BESIDE = (SHANGHAI, MILAN, OFFICE, GAZETTE)
"""What is there in both versions of most worlds."""


def between(before: Any, after: Any) -> Changes:
    """What changed where one record changed, or several did, in a world of two cities and two sources."""
    versions = [
        {(type(each), each.id): each for each in (*BESIDE, *(records if isinstance(records, tuple) else (records,)))}
        for records in (before, after)
    ]
    return compare(fc.Dataset(versions[0].values()), fc.Dataset(versions[1].values()))


def said(before: Any, after: Any) -> str:
    """What the text has to say of the one record that changed, behind its name."""
    [line, _] = as_text(between(before, after)).splitlines()
    return line.partition(": ")[2]


def milan_shanghai(*steps: fc.Step) -> fc.Partnership:
    """The partnership of the two."""
    return a_tie("it-milan", "cn-shanghai", *steps)


def moved(records: list[AnyRecord], redirects: Mapping[type[AnyRecord], Mapping[str, str]]) -> fc.Dataset:
    """A dataset with redirects."""
    return a_dataset(records, redirects)


class TestPartnerships:
    """What is told of a partnership: how it stands first, and then what else differs in its steps."""

    BEFORE = milan_shanghai(a_step("1976", told("gazette", "date", "action")))
    AFTER = milan_shanghai(
        a_step(
            "1979-06-25", told("gazette", "action", date=fc.PartialDate(1976)), told("shanghai-fao", "date", "action")
        ),
    )

    def test_a_date_is_corrected_and_a_city_added(self) -> None:
        """A corrected date is told with what it was, what it is and on whose word; the rest is counted."""
        before, after = (
            milan_shanghai(a_step(day, told("shanghai-fao", "action", "date"))) for day in ("1976", "1979-06-25")
        )
        found = between(before, (after, DUNEDIN))
        first = (
            "Milan–Shanghai: established 1976 → 1979-06-25, warning: value changed, evidence unchanged (Shanghai FAO)"
        )
        assert [first, "City Dunedin: added (municipality, NZ)", "1 partnership changed, 1 city added"] == (
            as_text(found).splitlines()
        )
        assert f"{first}; 1 city added" == as_line(found)

    @pytest.mark.parametrize(
        ("evidence", "expected"),
        [
            pytest.param(
                [told("gazette", "action", "date"), told("shanghai-fao", "date")],
                ", according to Shanghai FAO, warning: value changed, evidence unchanged (The Gazette)",
                id="another source beside it",
            ),
            pytest.param(
                [changed(told("gazette", "action", "date"), locator="page 2")],
                ", according to The Gazette; The Gazette is cited at “page 1” → “page 2”",
                id="another place in the source",
            ),
            pytest.param(
                [changed(told("gazette", "action", "date"), note="Misread before.")],
                ", according to The Gazette; The Gazette has a note added: “Misread before.”",
                id="a note",
            ),
        ],
    )
    def test_unchanged_evidence_of_a_changed_value_is_a_warning(
        self, evidence: list[fc.Evidence], expected: str
    ) -> None:
        """A source that supports the new value as it did the old one is not among those according to which it is so."""
        before, after = (
            milan_shanghai(a_step(day, *items))
            for day, items in (("1976", [told("gazette", "action", "date")]), ("1979-06-25", evidence))
        )
        assert f"established 1976 → 1979-06-25{expected}" == said(before, after)

    def test_a_later_date_with_unchanged_evidence_is_a_warning(self) -> None:
        """Also where no fact follows from the value; JSON names the sources."""
        before, after = (
            milan_shanghai(a_step("1990"), a_step(day, told("gazette", "action", "date"), action="renewed"))
            for day in ("2000", "2001")
        )
        assert "in renewed 2001, date 2000 → 2001, warning: value changed, evidence unchanged (The Gazette)" == said(
            before, after
        )
        changes = between(before, after)
        assert json.loads(as_json(changes)) == changes.to_dict()
        [change] = changes.to_dict()["changes"]
        assert [["gazette"]] == [field["unchanged_sources"] for field in change["fields"]]

    def test_a_dispute_is_recorded(self) -> None:
        """A source that is contradicted now is told of, and with what it says."""
        assert (
            "established 1976 → 1979-06-25, according to Shanghai FAO; now disputed by The Gazette; "
            "reliability reported → official; The Gazette disputes date (1976)"
        ) == said(self.BEFORE, self.AFTER)

    def test_a_dispute_is_withdrawn(self) -> None:
        """A dispute that is gone is told of; that its source supports what it is named for is not told again."""
        assert (
            "established 1979-06-25 → 1976, according to The Gazette; no longer disputed; "
            "reliability official → reported; Shanghai FAO removed as a source"
        ) == said(self.AFTER, self.BEFORE)

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            pytest.param(
                [a_step(None, told("gazette", "action"), action="proposed")],
                [
                    a_step(None, told("gazette", "action"), action="proposed"),
                    a_step("2004", told("gazette", "action", "date", "kind"), kind="friendship_city"),
                ],
                "status proposed → active, according to The Gazette; "
                "kind sister city → friendship city, according to The Gazette; "
                "established 2004, according to The Gazette",
                id="established",
            ),
            pytest.param(
                [a_step("1990"), a_step("2004", action="ended")],
                [a_step("1990")],
                "status ended → active; ended 2004 withdrawn",
                id="no longer ended",
            ),
            pytest.param(
                [a_step("1990")],
                [a_step("1990"), a_step("2004", told("gazette", "action", "date"), action="ended")],
                "status active → ended, according to The Gazette; ended 2004, according to The Gazette; "
                "reliability listed → reported",
                id="ended",
            ),
            pytest.param(
                [a_step("1990", kind="unspecified")],
                [a_step("1990", kind="contact")],
                "kind unspecified → contact",
                id="kind",
            ),
            pytest.param(
                [a_step("1990")],
                [a_step(None)],
                "established 1990 withdrawn",
                id="date withdrawn",
            ),
            pytest.param(
                [a_step("1990"), a_step("2000", action="renewed")],
                [a_step("1990"), a_step("2001", action="renewed")],
                "in renewed 2001, date 2000 → 2001",
                id="date of a later step",
            ),
            pytest.param(
                [a_step("1990"), a_step("2000", action="renewed"), a_step(None, action="renewed")],
                [a_step("1990")],
                "step removed: renewed 2000 (sister city); step removed: renewed undated (sister city)",
                id="steps removed",
            ),
            pytest.param(
                [a_step("1990")],
                [a_step("1990"), a_step("2000", action="renewed"), a_step(None, action="renewed", kind="unspecified")],
                "step added: renewed 2000 (sister city); step added: renewed undated",
                id="steps added",
            ),
            pytest.param(
                [a_step(None), a_step(None, action="renewed")],
                [a_step(None, action="renewed"), a_step(None)],
                "order of steps changed",
                id="steps in another order",
            ),
            pytest.param(
                [a_step("1990")],
                [changed(a_step("1990"), term=fc.SourceTerm(text="友好城市", language="zh-Hans"), note="So it is.")],
                "term added: 友好城市 (zh-Hans); note added: “So it is.”",
                id="term",
            ),
        ],
    )
    def test_steps(self, before: list[fc.Step], after: list[fc.Step], expected: str) -> None:
        """What differs in a step is told once: as the fact that follows from it, or else by itself."""
        assert expected == said(milan_shanghai(*before), milan_shanghai(*after))

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            pytest.param(
                [told("gazette", "action")],
                [told("gazette", "action", "date")],
                "The Gazette now supports date",
                id="supports more",
            ),
            pytest.param(
                [told("gazette", "action", "date")],
                [told("gazette", "action", date=fc.PartialDate(1990, 5))],
                "The Gazette gives date as 1990-05",
                id="says otherwise what it supported",
            ),
            pytest.param(
                [told("gazette", "action", date=fc.PartialDate(1990, 5))],
                [told("gazette", "action", "date")],
                "The Gazette now supports date",
                id="supports what it said otherwise",
            ),
            pytest.param(
                [told("gazette", "action", "date")],
                [told("gazette", "date")],
                "reliability reported → listed; The Gazette no longer supports what happened",
                id="supports less",
            ),
            pytest.param(
                [told("gazette", "action", date=fc.PartialDate(1990, 5))],
                [told("gazette", "action")],
                "The Gazette no longer gives date as 1990-05",
                id="says it no longer",
            ),
            pytest.param(
                [],
                [denial("gazette")],
                "now disputed by The Gazette; The Gazette added as a source: denies that it happened",
                id="denies it",
            ),
            pytest.param(
                [told("gazette", "action")],
                [denial("gazette")],
                "now disputed by The Gazette; reliability reported → listed; "
                "The Gazette no longer supports what happened, now denies that it happened",
                id="denies what it supported",
            ),
            pytest.param(
                [told("gazette", "action", date=fc.PartialDate(1980))],
                [told("gazette", "action")],
                "no longer disputed; The Gazette no longer disputes date (1980)",
                id="disputes it no longer",
            ),
            pytest.param(
                [told("gazette", "action", "date")],
                [told("gazette", "date", "action")],
                "The Gazette has the same supports in another order",
                id="supports in another order",
            ),
            pytest.param(
                [told("gazette", "action"), told("shanghai-fao", "action")],
                [told("shanghai-fao", "action"), told("gazette", "action")],
                "order of evidence changed",
                id="evidence in another order",
            ),
            pytest.param(
                [],
                [told("gazette", "action", "kind", date=fc.PartialDate(1980))],
                "now disputed by The Gazette; reliability listed → reported; "
                "The Gazette added as a source for what happened and kind, but disputes date (1980)",
                id="a new source that differs",
            ),
            pytest.param(
                [told("gazette", "action")],
                [changed(told("gazette", "action"), locator="page 2", note="Read again.")],
                "The Gazette is cited at “page 1” → “page 2”, has a note added: “Read again.”",
                id="cited elsewhere",
            ),
            pytest.param(
                [changed(told("gazette", "action"), note="Read.")],
                [changed(told("gazette", "action"), note="Read again.")],
                "The Gazette has another note: Read. → “Read again.”",
                id="another note",
            ),
            pytest.param(
                [changed(told("gazette", "action"), note="Read.")],
                [told("gazette", "action")],
                "The Gazette has a note removed: Read.",
                id="note removed",
            ),
            pytest.param(
                [told("gazette", "action"), told("gazette", "kind")],
                [told("gazette", "action"), changed(told("gazette", "kind"), locator="page 7")],
                "The Gazette is cited at “page 1” → “page 7”",
                id="one of two pieces",
            ),
        ],
    )
    def test_evidence(self, before: list[fc.Evidence], after: list[fc.Evidence], expected: str) -> None:
        """Of evidence, it is told who confirms, disputes or falls silent on what."""
        assert expected == said(milan_shanghai(a_step("1990", *before)), milan_shanghai(a_step("1990", *after)))

    def test_evidence_is_that_of_a_step_whatever_its_place(self) -> None:
        """A step that stands elsewhere now is still the same, and what is said of its evidence is said of it."""
        told_before = a_step("2000", told("gazette", "action", date=fc.PartialDate(1999)), action="renewed")
        told_after = a_step("2000", told("gazette", "action"), action="renewed")
        first = a_step("1990")
        assert (
            "established 2000 → 1990; no longer disputed; "
            "step added: established 1990 (sister city); in renewed 2000, The Gazette no longer disputes date (1999)"
        ) == said(milan_shanghai(told_before), milan_shanghai(first, told_after))

    def test_assurance_follows_from_sources(self) -> None:
        """Without speaks_for, a source makes the partnership's reliability less, though its record is the same."""
        tie = milan_shanghai(a_step("1990", told("shanghai-fao", "action")))
        found = between(tie, (tie, changed(OFFICE, speaks_for=())))
        assert [
            "Milan–Shanghai: reliability official → reported",
            "Source shanghai-fao: city of the publisher removed: cn-shanghai",
        ] == as_text(found).splitlines()[:2]
        assert () == next(iter(found)).fields
        assert 1 == len(between(tie, (tie, changed(OFFICE, note="Read."))))

    def test_added_and_removed(self) -> None:
        """A partnership that was added is told with how it stands and on whose word."""
        one = milan_shanghai(a_step("1979", told("gazette", "action", "date")), a_step("2004", action="ended"))
        assert "added (ended sister city, established 1979, ended 2004), according to The Gazette" == said((), one)
        other = milan_shanghai(a_step(None, told("gazette", "action"), action="listed", kind="unspecified"))
        assert "added (active partnership), according to The Gazette" == said((), other)
        assert "removed" == said(one, ())


class TestOtherRecords:
    """What is told of cities and all other records."""

    def test_names_coordinates_and_identifiers_of_a_city(self) -> None:
        """Names come and go one by one, coordinates move by some distance, identifiers are told by scheme."""
        told_by = (told("gazette", "coordinates", "names"),)
        here = fc.Coordinates(latitude=45.0, longitude=9.0, point="city")
        there = fc.Coordinates(latitude=45.0, longitude=9.1, point="city")
        old, new = (
            a_city("it-milan", None, *names, evidence=told_by, coordinates=point, identifiers=fc.FrozenMap(ids))
            for names, point, ids in (
                ([a_name("Milano"), a_name("Mailand")], here, {"wikidata": "Q1", "geonames": "2", "osm": "3"}),
                (
                    [a_name("Mailand", fc.NameKind.EXONYM), a_name("米兰")],
                    there,
                    {"wikidata": "Q490", "iata": "MIL", "osm": "3"},
                ),
            )
        )
        assert [
            "name removed: Milano (en, alias)",
            "name Mailand (en, alias) → Mailand (en, exonym), warning: value changed, evidence unchanged (The Gazette)",
            "name added: 米兰 (en, alias), according to The Gazette",
            f"coordinates moved 7,863 m: 45.0, 9.0 (city) → 45.0, 9.1 (city), {UNCHANGED} (The Gazette)",
            "identifier geonames removed: 2",
            "identifier iata added: MIL",
            "identifier wikidata Q1 → Q490",
        ] == said(old, new).split("; ")

    def test_a_field_that_was_empty(self) -> None:
        """What was not there is added, what is no more is removed, with its value."""
        assert "subdivision added: IT-25" == said(MILAN, changed(MILAN, subdivision="IT-25"))
        assert "coordinates removed: 45.0, 9.0 (city)" == said(
            changed(MILAN, coordinates=fc.Coordinates(latitude=45.0, longitude=9.0, point="city")), MILAN
        )

    def test_parts_are_named(self) -> None:
        """What differs in an office, or in what a city did at an event, is told of that office or that city."""
        mayor = fc.Office(title="mayor", city=MILAN.id)
        person = fc.Official(id=fc.OfficialId("it-somebody"), name="Somebody", offices=(mayor,))
        assert "as mayor, end added: 2025" == said(
            person, changed(person, offices=(changed(mayor, end=fc.PartialDate(2025)),))
        )
        assert "as president, title mayor → president" == said(
            person, changed(person, offices=(changed(mayor, title="president"),))
        )
        assert "office added: mayor, it-milan" == said(changed(person, offices=()), person)
        part = fc.Participant(city=MILAN.id)
        period = fc.Period(start=fc.PartialDate(2023, 12, 1))
        event = fc.Event(id=fc.EventId("forum"), name="Forum", period=period, place=SHANGHAI.id, participants=(part,))
        assert "for it-milan, note added: Spoke." == said(
            event, changed(event, participants=(changed(part, note="Spoke."),))
        )

    @pytest.mark.parametrize(
        ("record", "line"),
        [
            pytest.param(
                fc.Memorandum(
                    id=fc.MemorandumId("m"),
                    kind=fc.DocumentKind.LETTER_OF_INTENT,
                    signatories=(fc.Party(city=SHANGHAI.id), fc.Party(city=MILAN.id)),
                    signed=fc.PartialDate(1979),
                ),
                "Memorandum Milan–Shanghai, letter of intent, 1979: added",
                id="memorandum",
            ),
            pytest.param(
                fc.Memorandum(
                    id=fc.MemorandumId("m"),
                    kind=fc.DocumentKind.OTHER,
                    signatories=(fc.Party(organisation="Port"),),
                ),
                "Memorandum other: added",
                id="memorandum of nobody known",
            ),
            pytest.param(
                fc.Statistic(
                    id=fc.StatisticId("s"),
                    city=SHANGHAI.id,
                    measure="new_ventures",
                    value=Decimal(4321),
                    qualifier=fc.ValueQualifier.MORE_THAN,
                    unit="ventures",
                    period=fc.Period(start=fc.PartialDate(2023), end=fc.PartialDate(2023)),
                    evidence=(told("gazette", "value"),),
                ),
                "Statistic Shanghai, new ventures, 2023: added (more than 4,321 ventures), according to The Gazette",
                id="statistic",
            ),
            pytest.param(
                fc.Official(
                    id=fc.OfficialId("o"),
                    name="Somebody",
                    offices=(fc.Office(title="mayor", body="city", city=MILAN.id),),
                ),
                "Official Somebody: added (mayor, city, it-milan)",
                id="official",
            ),
            pytest.param(
                fc.Event(
                    id=fc.EventId("e"), name="Forum", period=fc.Period(start=fc.PartialDate(2023)), place=SHANGHAI.id
                ),
                "Event Forum: added (from 2023)",
                id="event",
            ),
            pytest.param(
                fc.Cooperation(
                    id=fc.CooperationId("c"),
                    summary="Electric buses",
                    area="public_transport",
                    cities=(SHANGHAI.id,),
                    stage=fc.CooperationStage.PLANNED,
                ),
                "Cooperation Electric buses: added (planned)",
                id="cooperation",
            ),
            pytest.param(a_source("new"), "Source new: added (new, 2020)", id="source"),
        ],
    )
    def test_added(self, record: AnyRecord, line: str) -> None:
        """A record that was added is told by what people call it, with what most matters of it."""
        assert line == as_text(between((), record)).splitlines()[0]

    def test_records_of_one_label(self) -> None:
        """Where the label does not tell which, the id does."""
        ours, theirs = (changed(a_source(id_), title="Yearbook") for id_ in ("one", "two"))
        assert ["Source Yearbook (one): removed", "Source Yearbook (two): removed"] == as_text(
            between((ours, theirs), ())
        ).splitlines()[:2]


class TestMoved:
    """Records whose ids moved."""

    TIE = milan_shanghai(a_step("1979", told("gazette", "action")))
    MILANO = changed(MILAN, id="it-milano")
    NEW_TIE = changed(TIE, id="cn-shanghai--it-milano")
    PART = a_city("it-brera", part_of=MILAN.id)
    NEW_PART = changed(PART, part_of="it-milano")

    def versions(self, **changes: Any) -> tuple[fc.Dataset, fc.Dataset]:
        """A world before and after a city got another id, and changed otherwise if so wished."""
        old = fc.Dataset([SHANGHAI, MILAN, self.PART, self.TIE, GAZETTE])
        city = changed(self.MILANO, **changes)
        return old, moved([SHANGHAI, city, self.NEW_PART, self.NEW_TIE, GAZETTE], {fc.City: {"it-milan": "it-milano"}})

    def test_a_city_moves_with_its_partnerships(self) -> None:
        """What has another id now is moved; what names it and differs in nothing else is not told of."""
        old, new = self.versions()
        assert (
            "Milan–Shanghai: moved from cn-shanghai--it-milan to cn-shanghai--it-milano\n"
            "City Milan: moved from it-milan to it-milano\n"
            "1 partnership moved, 1 city moved\n"
        ) == as_text(compare(old, new))

    def test_what_else_changed_is_told(self) -> None:
        """A record may change and move at once."""
        old, new = self.versions(note="The city.")
        assert "City Milan: moved from it-milan to it-milano; note added: “The city.”" in as_text(compare(old, new))

    def test_a_move_is_taken_back(self) -> None:
        """The other way round, a move is a move."""
        old, new = self.versions()
        back = compare(new, old)
        assert [("cn-shanghai--it-milano", "cn-shanghai--it-milan"), ("it-milano", "it-milan")] == [
            (each.old_id, each.id) for each in back
        ]
        assert {Action.MOVED} == {each.action for each in back}
        assert [(Action.REMOVED, "it-milano", None)] == [
            (each.action, each.before, each.after) for each in back.redirects
        ]

    def test_sources_move(self) -> None:
        """A partnership stands on the same word when the source has another id."""
        gazette = changed(GAZETTE, id="the-gazette")
        tie = changed(self.TIE, steps=(a_step("1979", told("the-gazette", "action")),))
        old = fc.Dataset([SHANGHAI, MILAN, self.TIE, GAZETTE])
        new = moved([SHANGHAI, MILAN, tie, gazette], {fc.Source: {"gazette": "the-gazette"}})
        assert ["gazette"] == [each.old_id for each in compare(old, new)]
        worse = moved(
            [SHANGHAI, MILAN, tie, changed(gazette, kind=fc.SourceKind.DATABASE)],
            {fc.Source: {"gazette": "the-gazette"}},
        )
        assert "Milan–Shanghai: reliability reported → listed" == as_text(compare(old, worse)).splitlines()[0]

    def test_a_record_is_joined_to_another(self) -> None:
        """A record that moved to one that was there before is told by its own name; that one changes by itself."""
        double = a_city("it-milano", "Milano")
        old = fc.Dataset([MILAN, double])
        new = moved([changed(MILAN, note="One city.")], {fc.City: {"it-milano": "it-milan"}})
        assert [
            "City Milan: note added: “One city.”",
            "City Milano: moved from it-milano to it-milan",
            "1 city moved, 1 city changed",
        ] == as_text(compare(old, new)).splitlines()

    def test_redirects_alone(self) -> None:
        """A redirect from an id that no version has a record of is told by itself, and so is its end and its change."""
        plain = fc.Dataset([MILAN, SHANGHAI])
        one, other = (moved([MILAN, SHANGHAI], {fc.City: {"it-m": id_}}) for id_ in ("it-milan", "cn-shanghai"))
        assert "City id it-m: leads to it-milan\n1 redirect added\n" == as_text(compare(plain, one))
        assert "City id it-m: no longer leads to it-milan\n1 redirect removed\n" == as_text(compare(one, plain))
        assert "City id it-m: leads to cn-shanghai\n1 redirect changed\n" == as_text(compare(one, other))
        assert "1 redirect added" == as_line(compare(plain, one))
        assert "### Redirects\n\n- City id it-m: leads to it-milan\n" in as_markdown(compare(plain, one))
        [redirect] = json.loads(as_json(compare(one, other)))["redirects"]
        assert {"type": "cities", "id": "it-m", "before": "it-milan", "after": "cn-shanghai"} == redirect

    def test_several_redirects(self) -> None:
        """Two redirects are called redirects, and one that was there before is no change."""
        new = moved([MILAN], {fc.City: {"it-m": "it-milan", "it-mi": "it-milan"}})
        assert "2 redirects added" == as_line(compare(fc.Dataset([MILAN]), new))
        assert "1 redirect added" == as_line(compare(moved([MILAN], {fc.City: {"it-m": "it-milan"}}), new))


class TestChanges:
    """What a comparison gives."""

    def test_nothing_changed(self) -> None:
        """An empty comparison says so in every form."""
        found = compare(fc.dataset(), fc.dataset())
        assert (False, 0, []) == (bool(found), len(found), list(found))
        assert "The data is the same.\n" == as_text(found) == as_markdown(found)
        assert "The data is the same." == as_line(found)
        assert {"summary": "The data is the same.", "counts": {}, "changes": [], "redirects": [], "sources": {}} == (
            json.loads(as_json(found))
        )

    def test_order(self) -> None:
        """Partnerships come first, then the other types; in each, labels in alphabetical order."""
        tie = milan_shanghai()
        found = between((), (a_city("fr-zug", "zug"), a_city("fr-aix", "Aix"), DUNEDIN, a_source("a"), tie))
        assert ["Milan–Shanghai", "Aix", "Dunedin", "zug", "a"] == [each.label for each in found]

    def test_counts_in_the_right_number(self) -> None:
        """The summary counts each type by what happened."""
        found = between((DUNEDIN, MILAN), (a_city("fr-aix"), changed(MILAN, note="x"), a_city("fr-zug")))
        assert "2 cities added, 1 city removed, 1 city changed" == as_text(found).splitlines()[-1]

    def test_only_datasets_are_compared(self) -> None:
        """What is no dataset is refused, and the error says what to pass."""
        wrong: Any = "v1"
        with pytest.raises(fc.InvalidQueryError, match=r"cannot compare 'v1'; pass two datasets"):
            compare(fc.dataset(), wrong)

    def test_the_records_are_at_hand(self) -> None:
        """A change carries both records, and each field's way in both."""
        before, after = (
            milan_shanghai(a_step("2000")),
            milan_shanghai(a_step("1990"), changed(a_step("2000"), note="x")),
        )
        [found] = between(before, after)
        assert (fc.Partnership, before, after) == (found.record_type, found.before, found.after)
        noted = next(each for each in found.fields if each.path[-1] == "note")
        assert ("steps[1].note", ("steps", 0, "note"), "x") == (noted.field, noted.old_path, noted.after)

    def test_a_line_tells_of_few(self) -> None:
        """Of many partnerships, the line only has the number; of few, the first statement, and that there is more."""
        cities = [a_city(f"fr-{letter}") for letter in "abcd"]
        old = fc.Dataset([SHANGHAI, *cities, *(a_tie("cn-shanghai", city.id) for city in cities)])
        new = fc.Dataset([SHANGHAI, *cities, *(a_tie("cn-shanghai", city.id, a_step(None)) for city in cities)])
        assert "4 partnerships changed" == as_line(compare(old, new))
        both = a_step("1991", kind="contact")
        assert "Milan–Shanghai: kind sister city → contact, and more" == as_line(
            between(milan_shanghai(), milan_shanghai(both))
        )

    def test_json(self) -> None:
        """JSON has every value in full, as it stands in a file, and whole records where they come or go."""
        long = "word " * 100 + "end"
        found = between((), (changed(MILAN, note=long), DUNEDIN))
        assert long not in as_text(found)
        document = json.loads(as_json(found))
        assert {"cities": {"added": 1, "changed": 1}} == document["counts"]
        dunedin, milan = document["changes"]
        assert {
            "type": "cities",
            "id": "it-milan",
            "old_id": "it-milan",
            "label": "Milan",
            "change": "changed",
            "before": None,
            "after": None,
            "sources": [],
            "facts": [],
            "fields": [
                {
                    "field": "note",
                    "old_field": "note",
                    "change": "added",
                    "before": None,
                    "after": long,
                    "sources": [],
                    "unchanged_sources": [],
                }
            ],
        } == milan
        assert ("added", {"name": "Dunedin", "country": "NZ", "level": "municipality"}) == (
            dunedin["change"],
            dunedin["after"],
        )
        [gone] = json.loads(as_json(between(DUNEDIN, ())))["changes"]
        assert (dunedin["after"], None) == (gone["before"], gone["after"])

    def test_json_names_its_sources(self) -> None:
        """The sources that changes name are there with publisher and title."""
        document = json.loads(as_json(between(TestPartnerships.BEFORE, TestPartnerships.AFTER)))
        [change] = document["changes"]
        assert ["shanghai-fao"] == change["facts"][0]["sources"]
        assert {"publisher": "Shanghai FAO", "title": "shanghai-fao"} == document["sources"]["shanghai-fao"]


class TestMarkdown:
    """Changes as Markdown."""

    def test_headings_and_bullets(self) -> None:
        """A heading a type, a bullet a record, with a bullet a statement where there are several."""
        found = between(TestPartnerships.BEFORE, (TestPartnerships.AFTER, DUNEDIN, a_city("fr-aix")))
        assert [
            "**1 partnership changed, 2 cities added**",
            "",
            "### Partnerships",
            "",
            "- **Milan–Shanghai** (`cn-shanghai--it-milan`)",
            "  - established 1976 → 1979-06-25, according to Shanghai FAO",
            "  - now disputed by The Gazette",
            "  - reliability reported → official",
            "  - The Gazette disputes date (1976)",
            "",
            "### Cities",
            "",
            "- **Aix** (`fr-aix`): added (municipality, FR)",
            "- **Dunedin** (`nz-dunedin`): added (municipality, NZ)",
        ] == as_markdown(found).splitlines()

    def test_many_lines_are_folded_away(self) -> None:
        """More than fifty lines stand behind the summary."""
        cities = tuple(a_city(f"fr-{number}") for number in range(1, 49))
        few, many = (as_markdown(between((), records)).splitlines() for records in (cities[:47], cities))
        assert "<details>" not in few
        assert ["**48 cities added**", "", "<details>", "<summary>What changed</summary>", ""] == many[:5]
        assert ["", "</details>"] == many[-2:]

    def test_what_has_no_room_is_counted(self) -> None:
        """The bullets have no more characters than are given, and what is left out is counted."""
        cities = tuple(a_city(f"fr-{letter}") for letter in "abc")
        found = between((), cities)
        whole = as_markdown(found)
        assert whole == as_markdown(found, longest=len(whole))
        assert [*whole.splitlines()[:5], "", "And 2 more changes."] == as_markdown(found, longest=80).splitlines()
        assert ["**3 cities added**", "", "And 3 more changes."] == as_markdown(found, longest=0).splitlines()

    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("@mayor", "@\u200bmayor"),
            ("mail@example.org", "mail@\u200bexample.org"),
            ("a#12", "a\\#\u200b12"),
            ("GH-12", "GH-\u200b12"),
            ("say :tada: now", "say :\u200btada: now"),
            ("<img src=x>", "&lt;img src=x&gt;"),
            ("&#64;mayor", "&amp;\\#\u200b64;mayor"),
            ("[a](b) `c` **d** ~~e~~ f_g_", "\\[a\\](b) \\`c\\` \\*\\*d\\*\\* \\~\\~e\\~\\~ f\\_g\\_"),
            ("https://example.org", "https&#58;//example.org"),
            ("www.example.org", "www&#46;example.org"),
            ("1. FC", "1\\. FC"),
            ("- x", "\\- x"),
            ("+ x", "\\+ x"),
            ("C:\\", "C:\\\\"),
        ],
        ids=repr,
    )
    def test_escaping(self, text: str, expected: str) -> None:
        """What would act where Markdown is rendered is made to stand for itself."""
        assert expected == escape_markdown(text)

    def test_labels_are_escaped(self) -> None:
        """What comes from a record is escaped wherever it stands."""
        assert "- **\\*Milan\\* @\u200bx** (`it-milan`): name added: &lt;b&gt; (en, alias)" in as_markdown(
            between(a_city("it-milan", "*Milan* @x"), a_city("it-milan", "*Milan* @x", a_name("<b>")))
        )


class TestWords:
    """What sentences say of several things, of two points, of a record."""

    def test_distance(self) -> None:
        """Points that lie far apart do so in kilometres, near ones in metres."""
        one, other = (fc.Coordinates(latitude=0.0, longitude=longitude, point="x") for longitude in (0.0, 180.0))
        assert ("20,015 km", "0 m") == (format_distance(one, other), format_distance(one, one))

    def test_listed(self) -> None:
        """None, one, two, and more."""
        assert ["", "a", "a and b", "a, b and 1 more"] == [join_words(list("abc"[:number])) for number in range(4)]

    def test_label_of_a_city(self) -> None:
        """A city is called by its name."""
        assert "Milan" == record_label(MILAN, {})


def test_pairing_prefers_what_is_surest() -> None:
    """What is equal belongs together first; a step is known by what and when, then by either."""
    old = (a_step("1990"), a_step("2000", action="renewed"))
    new = (a_step("1991"), changed(a_step("2000", action="renewed"), note="x"), a_step("1990"))
    assert [(None, 0), (1, 1), (0, 2)] == pair_items(old, new)
    assert not is_same_order(pair_items(old, new))


def test_a_field_change_says_its_way() -> None:
    """The way to a value as text is that of the errors."""
    path = FieldPath(("claims", "date"))
    assert "claims.date" == FieldChange(path=path, old_path=FieldPath(), action=Action.ADDED).field
