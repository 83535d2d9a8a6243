"""What rows say of how a partnership stands, as steps of its history."""

import pytest

import friendcities as fc
from friendcities.importers import Imported, Profile, Reason
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
    date_formats = ["%d.%m.%Y"]
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


def told(*rows: Said) -> Imported:
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
        (["claimed 1958"], "unconfirmed", [("1958", "", "doubtful", "1999")]),
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
        (["claimed", "established 1958"], "active", [("1958", "", "", ""), ("long ago", "", "", "")]),
        (["claimed", "proposed", "listed"], "active", [("", "", "", ""), ("", "", "planned", ""), ("", "", "?", "")]),
        # An end that no place among the steps has, because a closer date of the beginning lies behind it.
        (["established 1958-10-21", "ended"], "ended", [("1958", "", "", "1958-03"), ("1958-10-21", "", "", "")]),
    ],
)
def test_how_a_partnership_stands_is_steps(expected: list[str], status: str, rows: list[Said]) -> None:
    """What begins and what ends stand in the order of their dates, whatever the order of the rows."""
    for some in (rows, rows[::-1]):
        tie = tie_of(*some)
        assert expected == [f"{step.what} {step.date or ''}".strip() for step in tie.steps]
        assert status == tie.state.status


@pytest.mark.parametrize(
    ("reason", "row", "words"),
    [
        (Reason.DATE_UNREADABLE, ("1958-1999 (ruht)", "", "", ""), "'1958-1999 (ruht)' is no date"),
        (Reason.DATE_UNREADABLE, ("1958", "", "", "today"), "'today' is no date"),
        (Reason.DATE_UNREADABLE, ("1958", "", "", "1957"), "it is said to end in 1957, before 1958"),
        (Reason.STATUS_UNKNOWN, ("1958", "", "asleep", ""), "'asleep' is no status that the profile has"),
    ],
)
def test_what_may_be_over_is_not_in_force(reason: Reason, row: Said, words: str) -> None:
    """What cannot be read may say that it is over, so the partnership is unconfirmed, and the report says why."""
    found = told(row)

    [tie] = found.dataset.partnerships()
    [remark] = found.report.rows[0].remarks
    assert (reason, fc.Status.UNCONFIRMED) == (remark.reason, tie.state.status)
    assert remark.what.startswith(words)
    assert remark.what.endswith("so whether it is in force is not known, and it stands as unconfirmed")
    assert () == found.dataset.partners_of("Lyon")


def test_what_is_proposed_has_no_end() -> None:
    """An end beside it is left out, and the report says so."""
    found = told(("2024", "", "planned", "2025"))

    assert [Reason.LEFT_OUT] == [remark.reason for remark in found.report.rows[0].remarks]
    assert ["proposed"] == [step.what for tie in found.dataset.partnerships() for step in tie.steps]


def test_a_day_after_the_state_of_the_file_is_remarked() -> None:
    """An end too: the file cannot know of it."""
    found = told(("1958", "", "", "2027"))

    assert ["2027 lies after 2026, the date whose state the file describes"] == [
        remark.what for remark in found.report.rows[0].remarks
    ]


def test_each_row_stands_beside_the_steps_that_it_tells_of() -> None:
    """With what it says instead, where its date is another; a row that says nothing of an end does not deny it."""
    tie = tie_of(("1958", "p", "", "1999"), ("1958", "p", "over", ""), ("1958", "p", "", "1999-05"), ("", "", "", ""))

    begun, over = tie.steps
    assert all(e.supports == ("date", "what", "kind") and not e.says for e in begun.evidence[:3])
    assert {
        "row 4": (("date", "what"), {}),
        "row 2": (("what",), {"date": fc.PartialDate(1999)}),
        "row 3": (("what",), {"date": None}),
    } == {e.locator: (e.supports, dict(e.says)) for e in over.evidence}
    assert {"row 2", "row 3", "row 4", "row 5"} == {e.locator for e in begun.evidence}


def test_a_proposal_without_a_date_stands_beside_one_that_has_it() -> None:
    """It says that it was proposed, and no day."""
    [step] = tie_of(("2024", "", "planned", ""), ("", "", "planned", "")).steps

    assert [("row 2", ("date", "what"), {}), ("row 3", ("what",), {"date": None})] == [
        (e.locator, e.supports, dict(e.says)) for e in step.evidence
    ]


def test_a_later_step_is_remarked() -> None:
    """That two dates are two steps is our reading: two opinions of one event would look the same."""
    report = told(("1986-05-29", "p", "", ""), ("1987", "p", "", "")).report

    assert [(3, "read as a later step of this pair, renewed")] == [
        (row.number, remark.what) for row in report.about(Reason.LATER_STEP) for remark in row.remarks
    ]
