"""Details of merges: which steps are the same, how steps are ordered, and what the report contains."""

from itertools import permutations
from typing import Final

import pytest

import friendcities as fc
from friendcities import Dataset, Evidence, FrozenMap, PartialDate, Source, Step, StepAction
from friendcities.merge.merge_claims import read_claims
from tests.unit.test_merge import (
    GAZETTE,
    REGISTER,
    at,
    differs,
    doubts,
    edited,
    history,
    joined,
    known_as,
    list_of,
    made_of,
    written,
)
from tests.worlds import a_city, a_name, a_source, a_step, a_tie, changed, denial, told

TIE_ID: Final = "fr-lyon--is-vik"
START: Final = ("date", "action", "kind")


def steps_of(*texts: str) -> list[Step]:
    """Steps without evidence, written as "ended 1985"."""
    words = [text.partition(" ") for text in texts]
    return [a_step(date or None, action=action) for action, _, date in words]


class TestSteps:
    """Merges of histories that a person edited."""

    @pytest.mark.parametrize(
        ("ours", "theirs", "outcome"),
        [
            # the second start is in the era of the resumption
            (["resumed 1985"], ["suspended 1980", "established 1995"], ["suspended 1980", "resumed 1985"]),
            # a dated listing after an undated end is a claim against the end
            (["ended"], ["listed 1995"], ["ended"]),
            (["resumed 1980"], ["unconfirmed 1980"], ["unconfirmed 1980", "resumed 1980"]),
            # an undated step can be on the day of the step before it
            (
                ["suspended 1980-05-01"],
                ["established 1980-05-01", "suspended"],
                ["established 1980-05-01", "suspended 1980-05-01"],
            ),
            # our order stays because it decides about the status
            (
                ["established 1985", "established", "unconfirmed"],
                ["proposed 1995"],
                ["established 1985", "established", "proposed 1995", "unconfirmed"],
            ),
        ],
    )
    def test_steps_without_evidence(self, ours: list[str], theirs: list[str], outcome: list[str]) -> None:
        """Which steps are the same, and their order."""
        assert outcome == written(made_of(history(*steps_of(*ours)), history(*steps_of(*theirs))))

    def test_two_new_steps_on_one_date(self) -> None:
        """They keep their order if our order decides about the status."""
        new = [a_step("1995", action="proposed", kind=kind) for kind in ("friendship_city", "sister_city")]
        tie = made_of(history(*steps_of("established 1985", "established", "unconfirmed")), history(*new))

        assert ["friendship_city", "sister_city"] == [step.kind for step in tie.steps if step.action == "proposed"]

    def test_two_starts_on_one_date(self) -> None:
        """A start joins the start of its kind."""
        ours = history(a_step("1990", kind="friendship_city"), a_step("1990-05", action="renewed"))
        tie = made_of(ours, history(a_step("1990", told("register", *START), action="upgraded")))

        assert [0, 1] == [len(step.evidence) for step in tie.steps]

    def test_a_step_without_a_source_follows_all_steps_of_its_history(self) -> None:
        """An undated end without evidence is later than the start before it."""
        theirs = history(a_step("1995", told("register", "date", "action")), a_step(None, action="ended"))

        assert ["ended 1980", "resumed 1995", "ended"] == written(made_of(history(*steps_of("ended 1980")), theirs))

    @pytest.mark.parametrize(("ours", "theirs"), [("renewed", "established"), ("established", "renewed")])
    def test_a_known_start_under_another_action(self, ours: str, theirs: str) -> None:
        """A start that our evidence has at the same place in the source is not added again."""
        base = history(a_step("1980", told("gazette", *START), action=ours))
        other = history(a_step(None, told("gazette", "action"), action=theirs, kind="unspecified"))

        assert [f"{ours} 1980"] == written(made_of(base, other))

    def test_a_known_note(self) -> None:
        """A step whose evidence and note are known is not compared."""
        ours = changed(a_step("1990-05", told("register", *START)), note="A note.")
        said = told("register", "action", "kind", date=PartialDate(1990, 5))
        theirs = changed(a_step("1991", said), note="A note.")

        assert [] == differs(history(ours).merge(history(theirs)))

    def test_nothing_new(self) -> None:
        """Steps without evidence that add nothing leave our history and its evidence as they are."""
        ours = history(
            a_step("1980", told("register", *START)), a_step("1985", told("gazette", "date", "action"), action="ended")
        )
        merge = ours.merge(history(a_step("1980"), a_step("1985", action="ended", kind="unspecified")))

        assert (ours, ()) == (merge.dataset, merge.report.added)

    def test_a_more_precise_listing(self) -> None:
        """The date of a listing without evidence is only in the report."""
        merge = history(a_step("1980")).merge(history(a_step("1980-05", action="listed")))

        assert [(TIE_ID, "steps[0].date", PartialDate(1980), PartialDate(1980, 5), "finer")] == differs(merge)

    def test_a_listing_of_another_kind(self) -> None:
        """The kind of a listing replaces no known kind."""
        tie = made_of(history(a_step("1990")), history(a_step(None, action="listed", kind="contact")))

        assert ["sister_city"] == [step.kind for step in tie.steps]

    def test_a_claimed_date(self) -> None:
        """The report has the date that the evidence of the other step claims."""
        theirs = history(a_step("1980", told("register", "action", date=PartialDate(1980, 5))))
        merge = history(a_step("1980")).merge(theirs)

        assert (TIE_ID, "steps[0].date", PartialDate(1980), PartialDate(1980, 5), "finer") in differs(merge)

    def test_evidence_of_a_step_without_evidence(self) -> None:
        """It keeps the order of the other dataset."""
        evidence = (told("register", "action"), told("gazette", "action"))
        tie = made_of(history(*steps_of("listed 1980")), history(a_step(None, *evidence, action="listed")))

        assert ["register", "gazette"] == [item.source for item in tie.steps[0].evidence]

    def test_two_starts_after_our_end(self) -> None:
        """Each source that has the partnership in force after the end is a claim against the end."""
        starts = a_step("1985", told("register", "date", "action")), a_step("1995", action="renewed")
        tie = made_of(history(*steps_of("suspended")), history(*starts))
        claims = [dict(item.claims) for step in tie.steps if step.action == "suspended" for item in step.evidence]

        assert [{"action": StepAction.LISTED}] == claims

    def test_an_overruled_end_without_a_source_of_its_date(self) -> None:
        """The claim has the date of the step."""
        ours = edited(list_of("newer", "2015", "listed"))
        theirs = history(a_step("2000", told("gazette", "action"), action="ended"))
        [tie] = ours.merge(
            Dataset([changed(GAZETTE, as_of=PartialDate(2005)), *theirs.cities(), *theirs.partnerships()])
        ).dataset.partnerships()

        assert {"action": StepAction.ENDED, "date": PartialDate(2000)} in [
            dict(i.claims) for i in tie.steps[0].evidence
        ]


class TestEditedEnds:
    """Ends in histories that a person edited: the newest source decides, in both orders."""

    @pytest.mark.parametrize(
        ("one", "two", "outcome"),
        [
            # an end that a source states later than the restart is another end
            (
                ("2022", "established 1990", "suspended", "resumed 2022"),
                ("2026-02", "established 1990", "suspended"),
                ["established 1990", "suspended", "resumed 2022", "suspended"],
            ),
            (
                ("2022", "established 1990", "ended 2014", "resumed 2022"),
                ("2026-02", "established 1990", "ended"),
                ["established 1990", "ended 2014", "resumed 2022", "ended"],
            ),
            # a source without a date is the oldest source
            (
                ("2022", "established 1990", "suspended", "resumed 2022"),
                (None, "established 1990", "suspended"),
                ["established 1990", "suspended", "resumed 2022"],
            ),
            # an undated restart in a newer source
            (
                ("2000", "established 1980", "suspended"),
                ("2010", "established 1980", "suspended", "resumed"),
                ["established 1980", "suspended", "resumed"],
            ),
            # an older listing joins the start, and the end becomes a claim
            (("1998", "listed", "ended 1997"), ("2015", "established 1990"), ["established 1990"]),
            # two histories with an end: the later one stays
            (
                ("1998", "established 1980", "ended 1985"),
                ("2015", "established 1980", "ended 1985"),
                ["established 1980", "ended 1985"],
            ),
            # a listing of the same date as the end decides nothing
            (("2015", "established 1980", "ended"), ("2015", "listed"), ["established 1980", "ended"]),
            # the latest source of an end counts, and not only the date of the end
            (("2020", "established 1980", "ended 1985"), ("2015", "listed"), ["established 1980", "ended 1985"]),
            (("1998", "established 1980", "ended 2016"), ("2015", "listed"), ["established 1980", "ended 2016"]),
        ],
    )
    def test_both_orders(self, one: tuple[str, ...], two: tuple[str, ...], outcome: list[str]) -> None:
        """The steps are the same in both orders, also for lists that nobody edited, and after another merge."""
        plain = list_of("a", *one), list_of("b", *two)
        for lists in (plain, tuple(map(edited, plain))):
            for first, second in permutations(lists):
                merged = first.merge(second).dataset
                assert outcome == written(merged.partnerships()[0])
                assert [merged, merged] == [merged.merge(each).dataset for each in lists]

    def test_an_objection_is_no_source_of_an_end(self) -> None:
        """A list that contradicts our end does not make the end newer. It supports the listing in the result."""
        ours = edited(list_of("older", "1998", "established 1980", "ended 1985"))
        [tie] = ours.partnerships()
        objection = told("gazette", action=StepAction.LISTED)
        end = changed(tie.steps[1], evidence=(*tie.steps[1].evidence, objection))
        late = changed(GAZETTE, as_of=PartialDate(2022))
        records = [record for record in ours if record != tie]
        base = Dataset([late, *records, changed(tie, steps=(tie.steps[0], end))])
        merged = made_of(base, list_of("newer", "2015", "listed"))

        assert ["established 1980", "listed"] == written(merged)
        assert {"gazette": {}, "newer": {}, "older": {"action": StepAction.ENDED, "date": PartialDate(1985)}} == {
            item.source: dict(item.claims) for item in merged.steps[1].evidence
        }

    def test_an_end_whose_source_states_only_the_date(self) -> None:
        """The claim has the action, too."""
        older = history(
            a_step("1980", told("gazette", *START)), a_step("1985", told("gazette", "date"), action="ended")
        )
        merged = made_of(older, edited(list_of("newer", "2050", "listed")))

        assert {"action": StepAction.ENDED, "date": PartialDate(1985)} in [
            dict(item.claims) for item in merged.steps[1].evidence
        ]

    @pytest.mark.parametrize("dates", [("1998", "2015"), ("2015", "1998")])
    def test_a_doubt_and_a_listing(self, dates: tuple[str, str]) -> None:
        """A partnership that a list has in force is active, whatever another list doubts."""
        lists = edited(list_of("a", dates[0], "unconfirmed")), edited(list_of("b", dates[1], "listed"))

        for first, second in permutations(lists):
            assert "active" == made_of(first, second).state.status


class TestKnownSteps:
    """Steps that add nothing, or only a note, to our history."""

    def test_a_note_on_a_known_step(self) -> None:
        """A note on a step whose evidence we have is added to this step."""
        plain = edited(list_of("a", "2000", "established 1980", "renewed 1990"))
        [tie] = plain.partnerships()
        steps = tie.steps[0], changed(tie.steps[1], note="A note.")
        noted = Dataset([*(record for record in plain if record != tie), changed(tie, steps=steps)])

        for merge in (plain.merge(noted), noted.merge(plain)):
            assert steps == merge.dataset.partnerships()[0].steps

    def test_a_note_on_evidence_that_becomes_the_note_of_the_step(self) -> None:
        """It is not added again to the evidence."""
        one = edited(list_of("a", "2000", "established 1980", "ended 1990"))
        both = one.merge(list_of("c", "2020", "listed", "ended")).dataset
        merged = both.merge(list_of("b", "2005", "established 1995")).dataset

        assert "As printed." == merged.partnerships()[0].steps[0].note
        assert merged == merged.merge(one).dataset

    def test_a_note_on_a_listing_that_is_a_claim(self) -> None:
        """The note of a listing that contradicts our end does not go to another step."""
        ours = edited(list_of("a", "2020", "established 1980", "ended 1985"))
        listed = list_of("b", "2015", "listed")
        [tie] = listed.partnerships()
        noted = changed(tie, steps=(changed(tie.steps[0], note="A note."),))
        theirs = Dataset([*(record for record in listed if record != tie), noted])
        once = ours.merge(theirs).dataset

        assert once == once.merge(theirs).dataset
        assert [None, None] == [step.note for step in once.partnerships()[0].steps]

    @pytest.mark.parametrize(
        ("theirs", "is_known"),
        [
            (a_step("1990"), True),
            (a_step("1990", kind="unspecified"), True),
            (a_step("1990-05"), True),
            (a_step("1990", kind="contact"), False),
            (a_step("1990-05-01"), False),
            (changed(a_step("1990"), note="A note."), False),
            (a_step("1990", action="ended"), False),
        ],
    )
    def test_a_step_without_evidence(self, theirs: Step, *, is_known: bool) -> None:
        """A step that states the same as our step, or less, is known, and not in the report."""
        merge = history(a_step("1990-05", told("register", *START))).merge(history(theirs))

        assert is_known == (not merge.report.added and not merge.report.disagreements)

    def test_an_undated_step_without_evidence(self) -> None:
        """It is not the dated step."""
        theirs = history(a_step("1995"), a_step(None, action="ended"))

        assert ["ended 1980", "resumed 1995", "ended"] == written(made_of(history(*steps_of("ended 1980")), theirs))


class TestClaims:
    """Merges of histories that are built from the claims of the sources."""

    def test_the_report_of_two_lists(self) -> None:
        """The report has the new start, and the older end as a disagreement."""
        older = list_of("older", "1998", "established 1980", "ended 1985")
        merge = list_of("newer", "2015", "listed").merge(older)
        [tie] = merge.dataset.partnerships()

        assert [("steps[0]", tie.steps[0]), ("steps[1].evidence", tie.steps[1].evidence[1])] == [
            (each.field, each.value) for each in merge.report.added if each.id == TIE_ID
        ]
        assert (TIE_ID, "steps[1].action", StepAction.LISTED, StepAction.ENDED, "contrary") in differs(merge)

    def test_a_list_with_itself(self) -> None:
        """The evidence keeps the order of a person."""
        ours = history(a_step("1980", told("register", *START), told("gazette", *START)))

        assert ours == ours.merge(ours).dataset

    def test_evidence_of_a_date_only(self) -> None:
        """Evidence that states no action is added to our step."""
        tie = made_of(
            history(a_step("1980", told("gazette", *START))), history(a_step("1980", told("register", "date")))
        )

        assert [START, ("date",)] == [item.supports for item in tie.steps[0].evidence]

    def test_a_note_on_a_known_end(self) -> None:
        """A known end gets the note, and its evidence is not repeated."""
        plain = list_of("a", "2000", "established 1980", "ended 1985")
        [tie] = plain.partnerships()
        steps = tie.steps[0], changed(tie.steps[1], note="A note.")
        noted = Dataset([*(record for record in plain if record != tie), changed(tie, steps=steps)])

        for merge in (plain.merge(noted), noted.merge(plain)):
            assert steps == merge.dataset.partnerships()[0].steps

    def test_an_end_before_a_second_start(self) -> None:
        """The end belongs to the start before it."""
        [tie] = list_of("a", "2000", "established 1980", "ended 1985", "resumed 1990").partnerships()

        assert {("1980", "1985"), ("1990", "None")} == {
            (str(claim.date), str(claim.end)) for claim in read_claims(tie) or ()
        }

    def test_a_denied_start(self) -> None:
        """A denial of one of two steps does not prevent that the history is built from claims."""
        [tie] = list_of("a", "2000", "established 1980", "ended 1985").partnerships()
        begun, ended = tie.steps
        item = changed(denial("a"), locator="page 2")
        denied = changed(tie, steps=(changed(begun, evidence=(*begun.evidence, item)), ended))

        assert read_claims(tie) == read_claims(denied)


class TestRecords:
    """Merges of cities, sources and officials."""

    def test_evidence_in_the_report(self) -> None:
        """The report has the new evidence, and the sources of an identifier that differs."""
        evidence = told("register", "identifiers")
        theirs = changed(known_as("is-vik", wikidata="Q1", geonames="2"), evidence=(evidence,))
        merge = Dataset([known_as("is-vik", wikidata="Q1", geonames="1")]).merge(Dataset([REGISTER, theirs]))

        assert [("register",)] == [each.sources for each in merge.report.disagreements]
        assert [FrozenMap({"geonames": "2"})] == [
            each.value.claims["identifiers"] for each in merge.report.added if isinstance(each.value, Evidence)
        ]

    def test_evidence_of_one_place(self) -> None:
        """Its order does not depend on the order of the merge."""
        lists = [
            Dataset([GAZETTE, a_city("is-vik", evidence=(told("gazette", name),))]) for name in ("name", "country")
        ]

        assert lists[0].merge(lists[1]).dataset == lists[1].merge(lists[0]).dataset

    def test_notes_of_sources(self) -> None:
        """A new note and a different note are in the report once."""
        noted = Dataset([changed(GAZETTE, note="A note.")])

        assert ["note"] == [each.field for each in Dataset([GAZETTE]).merge(noted).report.added]
        assert [("gazette", "note", "Other.", "A note.", "other")] == differs(
            Dataset([changed(GAZETTE, note="Other.")]).merge(noted)
        )

    def test_an_english_name_with_a_script(self) -> None:
        """A name in a variety of English is also added as an English alias."""
        theirs = a_city("is-vik", "Vik", a_name("Vik", language="en-Latn-GB"))
        city = Dataset([a_city("is-vik", "Vik i Myrdal")]).merge(Dataset([theirs])).dataset.city("is-vik")

        assert ["en-Latn-GB", "en"] == [name.language for name in city.names]

    def test_a_page_without_a_date(self) -> None:
        """It is the same source as the page with a date."""
        page = changed(GAZETTE, address="https://example.org/a")
        undated = changed(page, id="x", as_of=None, title="Other")

        assert [("gazette", "x", "address")] == joined(Dataset([page]).merge(Dataset([undated])), Source)
        assert [("x", "gazette", "address")] == joined(Dataset([undated]).merge(Dataset([page])), Source)

    def test_two_copies_of_a_page(self) -> None:
        """A source does not match a copy that another source matches by its id."""
        page = changed(GAZETTE, address="https://example.org/a")
        ours = Dataset([page, changed(page, id="register")])
        merge = ours.merge(Dataset([page, changed(page, id="x")]))

        assert [("gazette", "gazette", "id"), ("register", "x", "address")] == joined(merge, Source)


class TestCities:
    """Which cities are the same."""

    def test_a_copy_without_a_place(self) -> None:
        """A city from an earlier merge, whose id has a number, matches by its content."""
        ours = Dataset([a_city("is-vik", "Bay", coordinates=at(63)), a_city("is-vik-2", "Vik")])

        assert [("is-vik-2", "is-vik", "content")] == joined(ours.merge(Dataset([a_city("is-vik", "Vik")])))

    def test_two_distant_points_of_a_region(self) -> None:
        """Two regions with one id match, wherever their points are. A person is asked about distant points."""
        one, other = (a_city("is-land", level=fc.Level.REGION, coordinates=at(north)) for north in (60, 66))
        merge = Dataset([one]).merge(Dataset([other]))

        assert [("is-land", "is-land", "id_only")] == joined(merge)
        assert ["the cities are 667 km apart; only the id confirms the match"] == [
            doubt.why for doubt in merge.report.doubts
        ]

    @pytest.mark.parametrize(
        ("mine", "theirs", "contrary"),
        [
            ({}, {}, ""),
            ({"name": "Håbo"}, {"name": "Habo"}, "the names Håbo and Habo differ; "),
            ({"name": "Haßloch"}, {"name": "Hassloch"}, "the names Haßloch and Hassloch differ; "),
            ({"name": "Xi'an"}, {"name": "XIAN"}, ""),
            ({"name": "Håbo", "names": (a_name("Habo"),)}, {"name": "Habo"}, ""),
            ({"name": "Habo"}, {"name": "Habo Municipality", "names": (a_name("habo"),)}, ""),
            ({"subdivision": "IS-8"}, {}, "only one of the two has a subdivision, IS-8; "),
            ({"subdivision": "IS-8"}, {"coordinates": at(63)}, "only one of the two has a subdivision, IS-8; "),
            ({"coordinates": at(63)}, {}, ""),
            ({"coordinates": at(63)}, {"coordinates": at(64)}, "the cities are 111 km apart; "),
            ({"evidence": (told("gazette", "name"),)}, {"evidence": (told("register", "name"),)}, ""),
            (
                {"evidence": (told("gazette", "name"),)},
                {"evidence": (changed(told("gazette", "name"), locator="page 2"),)},
                "",
            ),
            (
                {"identifiers": FrozenMap({"wikidata": "Q1"})},
                {"identifiers": FrozenMap({"geonames": "1"})},
                "",
            ),
        ],
    )
    def test_an_id_that_nothing_else_confirms(
        self, mine: dict[str, object], theirs: dict[str, object], contrary: str
    ) -> None:
        """The cities match, and the report says so. If a sign is contrary, a person is asked."""
        one, other = (changed(a_city("is-vik", "Vik"), **fields) for fields in (mine, theirs))
        doubt = [f"{contrary}only the id confirms the match"] if contrary else []
        lists = [Dataset([GAZETTE, REGISTER, city]) for city in (one, other)]
        merge = lists[0].merge(lists[1])

        assert [("is-vik", "is-vik", "id_only")] == joined(merge) == joined(lists[1].merge(lists[0]))
        assert doubt == [each.why for each in merge.report.doubts]
        assert len(doubt) == len(lists[1].merge(lists[0]).report.doubts)
        settled = lists[0].merge(lists[1], same={"is-vik": "is-vik"})
        assert ([("is-vik", "is-vik", "decision")], []) == (joined(settled), doubts(settled))

    @pytest.mark.parametrize(
        ("mine", "theirs"),
        [
            ({"subdivision": "IS-8"}, {"subdivision": "IS-8", "name": "Vík"}),
            ({"coordinates": at(63)}, {"coordinates": at(63.1), "subdivision": "IS-8"}),
            (
                {"identifiers": FrozenMap({"wikidata": "Q1"})},
                {"identifiers": FrozenMap({"wikidata": "Q1"}), "subdivision": "IS-8"},
            ),
            ({"evidence": (told("gazette", "name"),)}, {"evidence": (told("gazette", "country"),), "name": "Vík"}),
        ],
    )
    def test_an_id_that_is_confirmed(self, mine: dict[str, object], theirs: dict[str, object]) -> None:
        """An equal place, identifier or row of a source confirms an equal id."""
        lists = [Dataset([GAZETTE, changed(a_city("is-vik", "Vik"), **fields)]) for fields in (mine, theirs)]

        for merge in (lists[0].merge(lists[1]), lists[1].merge(lists[0])):
            assert ([("is-vik", "is-vik", "id")], []) == (joined(merge), doubts(merge))

    def test_a_common_partner_confirms_an_id(self) -> None:
        """Also if the partner has different ids. Different partners confirm nothing."""
        lyon, other_lyon = (a_city(id_, "Lyon", coordinates=at(45)) for id_ in ("fr-lyon", "fr-lyons"))
        cork, vik = a_city("ie-cork"), a_city("is-vik", subdivision="IS-8")
        ours = Dataset([lyon, vik, a_tie("fr-lyon", "is-vik")])
        same = Dataset([other_lyon, a_city("is-vik"), a_tie("fr-lyons", "is-vik")])
        different = Dataset([lyon, cork, a_city("is-vik"), a_tie("ie-cork", "is-vik")])

        for merge in (ours.merge(same), same.merge(ours)):
            assert ("is-vik", "is-vik", "id") in joined(merge)
            assert [] == doubts(merge)
        for merge in (ours.merge(different), different.merge(ours)):
            assert [("fr-lyon", "fr-lyon", "id"), ("is-vik", "is-vik", "id_only")] == joined(merge)
            assert [("is-vik", "is-vik", ("is-vik",))] == doubts(merge)

    @pytest.mark.parametrize(
        ("names", "country", "outcome"),
        [
            (("Hong Kong", "Hong Kong"), ("CN", "HK"), ["name"]),
            (("San Juan", "San Juan"), ("US", "PR"), ["name"]),
            (("Saint-Denis", "St Denis"), ("FR", "RE"), ["doubt"]),
            (("Pointe-à-Pitre", "Pointe-à-Pitres"), ("FR", "GP"), ["doubt"]),
            (("San Juan", "San Juan"), ("ES", "PR"), []),
        ],
    )
    def test_a_city_of_a_territory(self, names: tuple[str, str], country: tuple[str, str], outcome: list[str]) -> None:
        """A city of a territory can be listed under the country of the territory."""
        near, far, unknown = (
            [
                Dataset([changed(a_city(f"{code.lower()}-{key}", name, coordinates=point), country=code)])
                for key, name, code, point in zip("ab", names, country, points, strict=True)
            ]
            for points in ((at(20), at(20.01)), (at(20), at(60)), (None, None))
        )
        for one, two in ((0, 1), (1, 0)):
            merges = [lists[one].merge(lists[two]) for lists in (near, far, unknown)]
            found = [[by for *_, by in joined(each)] + ["doubt"] * len(doubts(each)) for each in merges]
            assert [outcome, [], ["doubt"] * len(outcome)] == found

    def test_another_place_in_the_evidence(self) -> None:
        """A city whose evidence claims a distant point is a doubt."""
        evidence = (told("gazette", "name", coordinates=at(64)),)
        theirs = a_city("is-x", "Vik", coordinates=at(63.1), evidence=evidence)
        merge = Dataset([a_city("is-vik", "Vik", coordinates=at(63))]).merge(Dataset([GAZETTE, theirs]))

        assert [("is-vik", "is-x", ("is-vik",))] == doubts(merge)

    def test_two_names_with_brackets(self) -> None:
        """Two names with different brackets are not compared, also with a common partner."""
        lyon = a_city("fr-lyon", coordinates=at(45))
        lists = [
            Dataset([lyon, a_city(id_, name), a_tie(id_, "fr-lyon")])
            for id_, name in (("de-halle-saale", "Halle (Saale)"), ("de-halle-westfalen", "Halle (Westfalen)"))
        ]
        merge = lists[0].merge(lists[1])

        assert ([("fr-lyon", "fr-lyon", "id")], []) == (joined(merge), doubts(merge))

    def test_a_form_of_a_name_and_a_partner_in_two_sources(self) -> None:
        """The cities match. They are also a doubt, because another order of three lists may give another match."""
        lyon = a_city("fr-lyon", coordinates=at(45))
        lists = [
            Dataset([source, lyon, a_city(id_, name, evidence=(told(source.id, "name"),)), a_tie(id_, "fr-lyon")])
            for source, id_, name in ((GAZETTE, "is-vik", "Vik"), (REGISTER, "is-city", "City of Vik"))
        ]
        for ours, theirs in permutations(lists):
            merge = ours.merge(theirs)
            assert "partner" in {by for *_, by in joined(merge)}
            assert 1 == len(doubts(merge))

    @pytest.mark.parametrize("is_complete", [True, False])
    def test_a_place_that_only_another_source_states(self, *, is_complete: bool) -> None:
        """A list of our city states only the subdivision, which a distant city has, too: a person is asked."""
        evidence = (told("gazette", "name", "subdivision"), told("register", "name", "subdivision", "coordinates"))
        ours = a_city("is-vik", coordinates=at(60), subdivision="IS-8", evidence=evidence[is_complete:])
        stated = (told("almanac", "name", "coordinates", "subdivision"),)
        theirs = a_city("is-x", "Vik", coordinates=at(66), subdivision="IS-8", evidence=stated)
        sources = [GAZETTE, REGISTER, a_source("almanac")]
        for first, second in permutations([ours, theirs]):
            merge = Dataset([*sources, first]).merge(Dataset([*sources, second]))
            assert [] == joined(merge)
            assert int(not is_complete) == len(doubts(merge))

    @pytest.mark.parametrize(("code", "part"), [("HK", "CN-HK"), ("DK", "IS-8")])
    def test_a_claimed_subdivision_of_another_country(self, code: str, part: str) -> None:
        """A merged city with such a claim is merged again without an error."""
        wikidata = FrozenMap({"wikidata": "Q1"})
        here = a_city(f"{code.lower()}-vik", identifiers=wikidata, evidence=(told("gazette", "country"),))
        supports = ("name", "country", "subdivision", "identifiers")
        there = a_city(
            f"{part[:2].lower()}-vik", identifiers=wikidata, subdivision=part, evidence=(told("register", *supports),)
        )
        for lists in permutations([Dataset([GAZETTE, here]), Dataset([REGISTER, there])]):
            merged = lists[0].merge(lists[1]).dataset
            assert [merged, merged] == [merged.merge(each).dataset for each in lists]

    def test_an_id_with_a_state(self) -> None:
        """A city whose id is in use gets an id with its state, in lower case."""
        states = [Dataset([a_city("us-springfield", subdivision=code)]) for code in ("US-MA", "US-IL")]
        merge = states[0].merge(states[1])

        assert ["us-il-springfield", "us-springfield"] == [city.id for city in merge.dataset.cities()]


class TestReport:
    """The text of reports."""

    def test_matches_by_the_id_only(self) -> None:
        """Each match has an action. The section has no matches that are doubts."""
        vik, lyon = a_city("is-vik", subdivision="IS-8"), a_city("fr-lyon")
        text = Dataset([vik, lyon]).merge(Dataset([a_city("is-vik"), lyon])).report.as_text()

        assert text.startswith("joined: 2 cities (2 by id only)\n")
        assert text.endswith(
            """\
Matches by the id only (1)
  fr-lyon matches fr-lyon in the other dataset by id only; if the two are distinct, use --distinct fr-lyon \
(in Python: distinct=['fr-lyon'])
"""
        )

    def test_a_date_that_decides(self) -> None:
        """Of the dates of a status, the report has the one with the latest last day."""
        base = edited(list_of("base", "2015", "established 1980", "ended 2015-05"))
        decisions = [each.decision for each in base.merge(list_of("newer", "2020", "listed")).report.disagreements]

        assert any("(2015 in the base, 2020 in the other dataset)" in decision for decision in decisions)
