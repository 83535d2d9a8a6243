"""What rows say of how a partnership stands, as steps of its history."""

from collections import Counter
from random import Random

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import friendcities as fc
from friendcities.importers import ImportResult, Profile, Reason
from friendcities.model.claimed_history import Claim, build_steps
from friendcities.model.partnership_state import in_order
from tests.tables import built

TERMS = Profile.parse(
    """
    [cities]
    level = "town"
    [first]
    name = "a"
    country_is = "IS"
    [second]
    name = "b"
    country_is = "FR"
    [steps]
    date = "since"
    kind = "form"
    status = "stand"
    end = "until"
    date_formats = ["%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y"]
    [steps.kinds]
    p = "sister_city"
    f = "friendship_city"
    [steps.statuses]
    active = "active"
    dormant = "suspended"
    over = "ended"
    planned = "proposed"
    doubtful = "unconfirmed"
    """
)
COLUMNS = ("a", "b", "since", "form", "stand", "until")
Said = tuple[str, str, str, str]


def told(*rows: Said) -> ImportResult:
    """What is made of rows for one pair: since when, of what kind, how it stands, until when."""
    return built(*(("Vik", "Lyon", *row) for row in rows), profile=TERMS, columns=COLUMNS)


def tie_of(*rows: Said) -> fc.Partnership:
    """The partnership that rows tell of."""
    [tie] = told(*rows).dataset.partnerships()
    return tie


@pytest.mark.parametrize(
    ("expected", "status", "rows"),
    [
        (["listed"], "active", [("", "", "active", "")]),
        (["established 1958", "ended 1999"], "ended", [("1958", "", "", "1999")]),
        (["established 1958", "ended 1999-05-29"], "ended", [("1958", "", "over", "29.05.1999")]),
        (["established 1958", "ended"], "ended", [("1958", "", "over", "")]),
        (["listed", "ended 1999"], "ended", [("", "", "", "1999")]),
        (["listed", "ended"], "ended", [("", "", "over", "")]),
        (["established 1958", "suspended 1999"], "suspended", [("1958", "", "dormant", "1999")]),
        (["proposed 2024"], "proposed", [("2024", "", "planned", "")]),
        (["proposed"], "proposed", [("", "", "planned", "")]),
        (["unconfirmed 1958"], "unconfirmed", [("1958", "", "doubtful", "1999")]),
        # Several rows for one pair.
        (
            ["established 1958", "ended 1999", "resumed 2005"],
            "active",
            [("2005", "", "", ""), ("1958", "", "", "1999")],
        ),
        (
            ["established 1958", "upgraded 1980", "ended 1999"],
            "ended",
            [("1958", "f", "", "1999"), ("1980", "p", "", "")],
        ),
        (["established 1958", "ended 1999"], "ended", [("1958", "", "over", ""), ("1958", "", "", "1999")]),
        (["established 1958", "ended 1999-05-29"], "ended", [("1958", "", "", "1999"), ("1958", "", "", "29.05.1999")]),
        (["established 1958", "ended 1999"], "ended", [("", "", "", ""), ("1958", "", "", "1999")]),
        (["listed", "ended", "resumed"], "active", [("", "f", "over", ""), ("", "p", "", "")]),
        (
            ["established 1958", "ended 1990", "ended 1999"],
            "ended",
            [("1958", "", "", "1990"), ("1958", "", "", "1999")],
        ),
        (["established 1990", "proposed 2024"], "active", [("2024", "p", "planned", ""), ("1990", "f", "", "")]),
        # What may be over outweighs rows that say nothing of that, and not one that says that it is in force.
        (["unconfirmed 1958"], "unconfirmed", [("1958", "", "", ""), ("long ago", "", "", "")]),
        (["established 1958"], "active", [("1958", "", "active", ""), ("long ago", "", "", "")]),
        (["unconfirmed", "proposed"], "proposed", [("", "", "", ""), ("", "", "planned", ""), ("", "", "?", "")]),
        (["established 1958", "ended 1999"], "ended", [("?", "", "", ""), ("1958", "", "", "1999")]),
        # Doubt about a stated status makes no second step.
        (["listed"], "active", [("", "p", "active", ""), ("", "p", "active ?", "")]),
        (["established 1958"], "active", [("1958", "", "active", ""), ("1958", "", "active ?", "")]),
        (["established 1958"], "active", [("1958", "p", "active", ""), ("1960", "p", "doubtful", "")]),
        (["established 1958", "ended"], "ended", [("1958", "", "over", ""), ("1958", "", "over ?", "")]),
        (
            ["established 1958", "renewed 1990"],
            "active",
            [("1958", "p", "active", ""), ("1990", "p", "active", ""), ("1958", "p", "?", "")],
        ),
        # What is said to be over is over, though its other cells cannot be read.
        (["listed", "ended 1999"], "ended", [("ca. 1958", "", "", "1999")]),
        (["listed", "suspended"], "suspended", [("Okt. 1990", "", "dormant", "")]),
        (["established 1958", "ended"], "ended", [("1958", "", "over", "?")]),
        (["established 1958", "ended"], "ended", [("1958", "", "", "1957")]),
        (["established 1958"], "active", [("1958", "", "active", "2035")]),
        (["established 1958"], "active", [("1958", "", "", "2035")]),
        (["established 1958"], "active", [("1958", "", "ACTIVE", "")]),
        # Each end belongs to the time that it ends.
        (
            ["established 1990", "ended 1995", "resumed 2000", "ended"],
            "ended",
            [("1990", "p", "", "1995"), ("2000", "p", "over", "")],
        ),
        (
            ["established 1990", "ended 1995", "resumed 2000"],
            "active",
            [("1990", "", "", "1995"), ("2000", "", "active", ""), ("", "", "over", "1995")],
        ),
        (
            ["established 1990", "ended 2000", "resumed 2000"],
            "active",
            [("1990", "f", "", "2000"), ("2000", "p", "", "")],
        ),
        (
            ["established 1990", "suspended", "ended 1995"],
            "ended",
            [("1990", "", "", "1995"), ("1990", "", "dormant", "")],
        ),
        (["established 1990", "suspended", "ended"], "ended", [("1990", "", "over", ""), ("1990", "", "dormant", "")]),
        (
            ["established 1990", "suspended 1995", "ended 1999-05-29"],
            "ended",
            [("1990", "", "over", "29.05.1999"), ("1990", "", "dormant", "1995")],
        ),
        (
            ["established 1990", "suspended 1995", "ended"],
            "ended",
            [("1990", "", "over", ""), ("1990", "", "dormant", "1995")],
        ),
        (["listed", "ended 1999", "resumed 2005"], "active", [("", "", "over", "1999"), ("2005", "", "", "")]),
        (["established 1990"], "active", [("1990", "", "", ""), ("", "p", "", "")]),
        # An end that no place among the steps has, because a closer date of the beginning lies behind it.
        (["established 1958-10-21", "ended"], "ended", [("1958", "", "", "1958-03"), ("1958-10-21", "", "", "")]),
    ],
)
def test_how_a_partnership_stands_is_steps(expected: list[str], status: str, rows: list[Said]) -> None:
    """What begins and what ends stand in the order of their dates, whatever the order of the rows."""
    for some in (rows, rows[::-1]):
        tie = tie_of(*some)
        assert expected == [f"{step.action} {step.date or ''}".strip() for step in tie.steps]
        assert status == tie.state.status


@pytest.mark.parametrize(
    ("reason", "row", "words"),
    [
        (
            Reason.DATE_UNREADABLE,
            ("1958 (ruht)", "", "", ""),
            "invalid date '1958 (ruht)'; expected a date like",
        ),
        (Reason.DATE_UNREADABLE, ("1958", "", "", "soon"), "invalid date 'soon'; expected a date like"),
        (Reason.DATE_UNREADABLE, ("05/06/1986", "", "", ""), "ambiguous date '05/06/1986': 1986-06-05 or 1986-05-06"),
        (
            Reason.CONTRADICTORY,
            ("1958", "", "active", "1999"),
            "the status is active, but the partnership ended in 1999",
        ),
        (
            Reason.STATUS_UNKNOWN,
            ("1958", "", "asleep", ""),
            "unknown status 'asleep'; add the word to [steps.statuses] of the profile",
        ),
    ],
)
def test_what_may_be_over_is_not_in_force(reason: Reason, row: Said, words: str) -> None:
    """What cannot be read may say that it is over, so the partnership is unconfirmed, and the report says why."""
    found = told(row)

    [tie] = found.dataset.partnerships()
    [remark] = found.report.rows[0].remarks
    assert (reason, fc.Status.UNCONFIRMED) == (remark.reason, tie.state.status)
    assert remark.detail.startswith(words)
    assert remark.detail.endswith("; the partnership is unconfirmed")
    assert () == found.dataset.partners_of("Lyon")


BEFORE = "is before the start 1990; the end is imported without a date"


@pytest.mark.parametrize(
    ("end", "steps", "details"),
    [
        ("1980", ["established 1990", "ended"], [f"the end 1980 {BEFORE}"]),
        ("1989-12-31", ["established 1990", "ended"], [f"the end 1989-12-31 {BEFORE}"]),
        ("1990", ["established 1990", "ended 1990"], []),
        ("1990-01-01", ["established 1990", "ended 1990-01-01"], []),
    ],
)
def test_an_end_before_the_start(end: str, steps: list[str], details: list[str]) -> None:
    """It has no date, and the report says why; an end in the year of the start is possible."""
    found = told(("1990", "", "", end))
    [partnership] = found.dataset.partnerships()
    assert steps == [f"{step.action} {step.date or ''}".strip() for step in partnership.steps]
    assert [(Reason.CONTRADICTORY, detail) for detail in details] == [
        (remark.reason, remark.detail) for remark in found.report.rows[0].remarks
    ]


@pytest.mark.parametrize(("status", "what"), [("planned", "proposed"), ("doubtful", "unconfirmed")])
def test_what_was_never_in_force_has_no_end(status: str, what: str) -> None:
    """An end beside it is left out, and the report says so."""
    found = told(("2024", "", status, "2025"))

    assert [(Reason.LEFT_OUT, f"the end 2025 is left out, because the status is {what}")] == [
        (remark.reason, remark.detail) for remark in found.report.rows[0].remarks
    ]
    assert [what] == [step.action for tie in found.dataset.partnerships() for step in tie.steps]


def test_an_end_after_the_date_of_the_file() -> None:
    """A file cannot know that a partnership has ended later."""
    found = told(("1958", "", "over", "2035"))

    detail = "the end 2035 is after 2026, the date of the file, but the status is ended; the partnership is unconfirmed"
    assert [(Reason.CONTRADICTORY, detail)] == [(each.reason, each.detail) for each in found.report.rows[0].remarks]
    assert ["unconfirmed"] == [step.action for tie in found.dataset.partnerships() for step in tie.steps]


def test_a_row_that_alone_tells_of_an_end_is_taken() -> None:
    """It makes a step, though its beginning is that of another row; that row is told what goes against it."""
    report = told(("1994", "p", "active", ""), ("1994", "p", "over", "2000"), ("1994", "p", "", "2000")).report

    assert ["imported", "imported", "merged"] == [row.outcome.value for row in report.rows]
    assert [["row 3 states that the partnership was ended"], [], ["row 2 describes the same step"]] == [
        [remark.detail for remark in row.remarks] for row in report.rows
    ]


def test_a_row_beside_one_that_cannot_be_read_is_told_so() -> None:
    """What the one leaves open, the other does not show."""
    report = told(("1958", "", "", ""), ("1958 (ruht)", "", "", "")).report

    assert ["row 3 does not confirm the partnership, so the partnership is unconfirmed"] == [
        remark.detail for remark in report.rows[0].remarks
    ]


def test_a_kind_is_that_of_the_row_that_names_it() -> None:
    """A row without a date gives it to a step that has none."""
    tie = tie_of(("1990", "", "", ""), ("", "p", "", ""))

    assert ("sister_city", False) == (tie.state.kind, tie.disputed)


CLAIMS = st.builds(
    Claim,
    date=st.sampled_from([None, *map(fc.PartialDate.parse, ("1990", "1990-05", "1995", "2000-01-31"))]),
    kind=st.sampled_from([fc.PartnershipKind.UNSPECIFIED, fc.PartnershipKind.CONTACT, fc.PartnershipKind.SISTER_CITY]),
    status=st.sampled_from([None, *fc.Status]),
    end=st.none(),
).flatmap(
    lambda claim: st.sampled_from(
        [
            None,
            *(
                end
                for end in map(fc.PartialDate.parse, ("1995", "1995-06", "2000"))
                if not claim.date or claim.date < end
            ),
        ]
    ).map(lambda end: evolve(claim, end=end) if claim.end_action else claim)
)


@given(st.lists(CLAIMS, min_size=1, max_size=6, unique=True), st.randoms(use_true_random=False))
def test_any_claims_make_a_history(claims: list[Claim], random: Random) -> None:
    """In order, whatever the order of the rows, each claim in one beginning, and in an end if it tells of one."""
    steps = list(build_steps(claims))
    shuffled = random.sample(claims, len(claims))

    assert steps == list(build_steps(shuffled))
    assert in_order([fc.Step(date=step.date, action=step.action) for step in steps])
    assert Counter(claims) == Counter(claim for step in steps if not step.is_end for claim in step.claims)
    assert Counter(claim for claim in claims if claim.end_action) == Counter(
        claim for step in steps if step.is_end for claim in step.claims
    )
    for step in steps:
        assert all(claim.end_action is step.action for claim in step.claims if step.is_end)
        assert "date" not in step.evidence_of(step.claims[0])[1] or step.date is None


def test_a_day_after_the_state_of_the_file_is_remarked() -> None:
    """An end too: the file cannot know of it."""
    found = told(("1958", "", "", "2027"))

    assert ["the end 2027 is after 2026, the date of the file; the end is left out"] == [
        remark.detail for remark in found.report.rows[0].remarks
    ]


def test_each_row_stands_beside_the_steps_that_it_tells_of() -> None:
    """With what it says instead, where its date is another; a row that says nothing of an end does not deny it."""
    tie = tie_of(("1958", "p", "", "1999"), ("1958", "p", "over", ""), ("1958", "p", "", "1999-05"), ("", "", "", ""))

    begun, over = tie.steps
    assert all(e.supports == ("date", "action", "kind") and not e.claims for e in begun.evidence[:3])
    assert {
        "row 4": (("date", "action"), {}),
        "row 2": (("action",), {"date": fc.PartialDate(1999)}),
        "row 3": (("action",), {}),
    } == {e.locator: (e.supports, dict(e.claims)) for e in over.evidence}
    assert {"row 2", "row 3", "row 4", "row 5"} == {e.locator for e in begun.evidence}


def test_a_proposal_without_a_date_stands_beside_one_that_has_it() -> None:
    """It says that it was proposed, and no day."""
    [step] = tie_of(("2024", "", "planned", ""), ("", "", "planned", "")).steps

    assert [("row 2", ("date", "action"), {}), ("row 3", ("action",), {})] == [
        (e.locator, e.supports, dict(e.claims)) for e in step.evidence
    ]


def test_a_later_step_is_remarked() -> None:
    """That two dates are two steps is our reading: two opinions of one event would look the same."""
    report = told(("1986-05-29", "p", "", ""), ("1987", "p", "", "")).report

    assert [(3, "imported as a later step of this pair: renewed")] == [
        (row.number, remark.detail) for row in report.rows_with(Reason.LATER_STEP) for remark in row.remarks
    ]
