"""The steps that follow from the claims of several sources, each with the day that it describes."""

from datetime import date
from typing import Any

import pytest

from friendcities import PartialDate, PartnershipKind, Status, StepAction
from friendcities.model.claimed_history import Claim, ClaimedStep, build_steps

SISTER, FRIEND, NONE = PartnershipKind.SISTER_CITY, PartnershipKind.FRIENDSHIP_CITY, PartnershipKind.UNSPECIFIED
ENDED, SUSPENDED, ACTIVE, UNCONFIRMED = Status.ENDED, Status.SUSPENDED, Status.ACTIVE, Status.UNCONFIRMED


def claim(
    source: str,
    day: str = "",
    kind: PartnershipKind = NONE,
    status: Status | None = None,
    end: str = "",
    *,
    as_of: int | None = None,
    rank: int = 0,
) -> Claim:
    """The claim of a source; ``as_of`` is a year."""
    begun, ended = (PartialDate.parse(text) if text else None for text in (day, end))
    return Claim(begun, kind, status, ended, source, as_of=None if as_of is None else date(as_of, 1, 1), rank=rank)


def describe(steps: list[ClaimedStep]) -> list[str]:
    """Each step with its date, its kind, its sources, and the sources of its objections."""
    return [
        " ".join(
            [
                *(str(word) for word in (step.action, step.date, step.kind) if word not in {None, NONE}),
                "by " + ", ".join(sorted(each.source for each in step.claims)),
                *(f"against {each.source}" for each in step.objections),
            ]
        )
        for step in steps
    ]


@pytest.mark.parametrize(
    ("expected", "claims"),
    [
        pytest.param(
            ["established 1990 by a, b", "renewed 2022 by a", "ended by b"],
            [claim("a", "1990"), claim("a", "2022", as_of=2022), claim("b", "1990", status=ENDED, as_of=2026)],
            id="an undated end of a newer source follows the starts of other sources",
        ),
        pytest.param(
            ["established 1990 by a, b", "ended by b", "resumed 2022-01-02 by a"],
            [claim("a", "1990"), claim("a", "2022-01-02", as_of=2022), claim("b", "1990", status=ENDED, as_of=2022)],
            id="an undated end precedes a start that its source cannot know",
        ),
        pytest.param(
            ["established 1990 by a, b", "renewed 2022-01-01 by a", "ended by b against a"],
            [claim("a", "1990"), claim("a", "2022-01-01", as_of=2022), claim("b", "1990", status=ENDED, as_of=2022)],
            id="an undated end follows a start on the day of its source",
        ),
        pytest.param(
            ["established 1980 by a, b", "ended by b against a"],
            [claim("a", "1980", as_of=2000), claim("b", "1980", status=ENDED, as_of=2000)],
            id="an undated end and a listing of one date contradict each other",
        ),
        pytest.param(
            ["established 1980 by a, b, c", "ended by b, c"],
            [
                claim("a", "1980", as_of=2000),
                claim("b", "1980", status=ENDED, as_of=1999),
                claim("c", "1980", status=ENDED, as_of=2001),
            ],
            id="an older listing does not contradict an undated end",
        ),
        pytest.param(
            ["established 1990 by a, b", "suspended by a", "resumed 2010 by a", "suspended by b"],
            [
                claim("a", "1990", status=SUSPENDED, as_of=2022),
                claim("a", "2010", as_of=2022),
                claim("b", "1990", status=SUSPENDED, as_of=2026),
            ],
            id="undated ends before and after a restart are two ends",
        ),
        pytest.param(
            ["established 1990 by a", "ended 1999 by a", "resumed 2005 by b"],
            [claim("a", "1990", status=ENDED, end="1999", as_of=2010), claim("b", "2005", as_of=2020)],
            id="a start after the end is a resumption, although the source of the end is newer than the start",
        ),
        pytest.param(
            ["established 1999-12-31 by a, b against a"],
            [claim("a", "1990", status=ENDED, end="1999", as_of=2000), claim("b", "1999-12-31", as_of=2020)],
            id="a start on the last day of the end is no resumption",
        ),
        pytest.param(
            ["established 1990 by a, c", "ended by a", "resumed 2005 by a"],
            [
                claim("a", "1990", status=ENDED, as_of=2010),
                claim("a", "2005", as_of=2010),
                claim("c", "1990", as_of=2020),
            ],
            id="the source of an undated end has a later start",
        ),
        pytest.param(
            ["established 1985 by a, c", "renewed 1990 by a against a"],
            [
                claim("a", "1985", as_of=2010),
                claim("a", "1990", status=ENDED, as_of=2010),
                claim("c", "1985", as_of=2020),
            ],
            id="the source of an undated end has an earlier start",
        ),
        pytest.param(
            ["established 1990-05-01 by a, c against a"],
            [claim("a", "1990-05-01", status=ENDED, as_of=2010), claim("c", "1990-05-01", as_of=2020)],
            id="a claim does not restart what it ends",
        ),
        pytest.param(
            ["established 1990 by a, b against a"],
            [claim("a", "1990", status=ENDED, end="2000", as_of=2001), claim("b", "1995", as_of=2020)],
            id="a start of another source before the end is no resumption",
        ),
        pytest.param(
            ["established 1990 by a, b", "ended 2015 by a"],
            [claim("a", "1990", status=ENDED, end="2015"), claim("b", "1990", as_of=2014)],
            id="a source from before the end does not contradict the end",
        ),
        pytest.param(
            ["established 1991 by a, b"],
            [claim("a", "1990", rank=1), claim("b", "1991")],
            id="the date of the more reliable source",
        ),
        pytest.param(
            ["established 1991-05-06 by a, b"],
            [claim("a", "1990"), claim("b", "1991-05-06")],
            id="of equally reliable dates, the more precise one",
        ),
        pytest.param(
            ["established 1990 sister_city by a, b"],
            [claim("a", "1990", SISTER), claim("b", "1991")],
            id="of equally precise dates, the earlier one",
        ),
        pytest.param(
            ["established 1990-05-01 by a, b", "ended 1990-05-01 by b"],
            [claim("a", "1990-05-01"), claim("b", status=ENDED, end="1990-05-01")],
            id="an undated claim belongs to a start on the day of its end",
        ),
        pytest.param(
            ["established 1990 sister_city by a, b", "renewed 2000 friendship_city by a"],
            [claim("a", "1990"), claim("a", "2000", FRIEND), claim("b", kind=SISTER)],
            id="an undated claim belongs to a start without a kind rather than to one of another kind",
        ),
        pytest.param(
            ["established 1990 by a, b", "renewed 2000 by a"],
            [claim("a", "1990", status=ACTIVE), claim("a", "2000"), claim("b", "1990-05", status=UNCONFIRMED)],
            id="a doubt belongs to the start of its date",
        ),
        pytest.param(
            ["established 1990 friendship_city by a, b", "upgraded 2000 sister_city by a"],
            [
                claim("a", "1990", FRIEND, ACTIVE),
                claim("a", "2000", SISTER),
                claim("b", kind=FRIEND, status=UNCONFIRMED),
            ],
            id="an undated doubt belongs to the start of its kind",
        ),
        pytest.param(
            ["established 1990 friendship_city by a", "ended 2000-05-01 by a", "resumed 2000-05-01 sister_city by a"],
            [claim("a", "1990", FRIEND, ENDED, "2000-05-01"), claim("a", "2000-05-01", SISTER)],
            id="on one day, an end comes before the start of another claim",
        ),
        pytest.param(
            ["established 1990 by a, a", "ended 1995 by a", "suspended 1999 by a"],
            [claim("a", "1990", status=ENDED, end="1995"), claim("a", "1990", status=SUSPENDED, end="1999")],
            id="ends after one start are in the order of their dates",
        ),
        pytest.param(
            ["established 1990 sister_city by a, b", "renewed 2000 by a"],
            [claim("a", "1990", SISTER), claim("a", "2000"), claim("b", "1991")],
            id="the first start of a source is its earliest one",
        ),
        pytest.param(
            ["established 1990 by a, b", "ended 1995 by a, b"],
            [claim("a", "1990", status=ENDED, end="1995"), claim("b", "1990", status=ENDED, end="1996")],
            id="ends of two sources after one start are one end",
        ),
        pytest.param(
            ["established 1990 by a, b", "ended 1995 by a", "resumed 2000 by b", "ended 2005 by b"],
            [
                claim("a", "1990", status=ENDED, end="1995"),
                claim("b", "1990"),
                claim("b", "2000", status=ENDED, end="2005"),
            ],
            id="ends of two sources after different starts are two ends",
        ),
        pytest.param(
            ["established 1990-05-01 friendship_city by a, b"],
            [claim("a", "1990-05-01", FRIEND), claim("b", "1990", SISTER, rank=1)],
            id="different kinds on one date are one start with the kind of the more reliable source",
        ),
        pytest.param(
            ["established 1990 sister_city by a, b, c"],
            [claim("a", "1990", FRIEND), claim("b", "1990", SISTER, as_of=2000), claim("c", "1990")],
            id="of equally reliable kinds, the kind of the newest source",
        ),
        pytest.param(
            ["listed sister_city by a, b"],
            [claim("a", kind=FRIEND), claim("b", kind=SISTER)],
            id="of equally new kinds, the closest kind",
        ),
        pytest.param(
            ["established 1990 friendship_city by a, b", "upgraded 1990 sister_city by a"],
            [claim("a", "1990", FRIEND), claim("a", "1990", SISTER), claim("b", "1990", FRIEND)],
            id="one source states two kinds on one date",
        ),
        pytest.param(
            ["established 1990 friendship_city by a", "renewed 2000 by a", "upgraded 2010 sister_city by a"],
            [claim("a", "1990", FRIEND), claim("a", "2000"), claim("a", "2010", SISTER)],
            id="a start without a kind keeps the kind",
        ),
        pytest.param(
            ["established 2000-05-01 by a, b", "ended 2000-05-01 by a"],
            [claim("a", "1990", status=ENDED, end="2000-05-01"), claim("b", "2000-05-01")],
            id="a start of another source on the day of the end is no resumption",
        ),
        pytest.param(
            ["established 1990 by a, b", "ended 1995 by a", "resumed 2000 by a", "ended 2005 by a against b"],
            [
                claim("a", "1990", status=ENDED, end="1995"),
                claim("a", "2000", status=ENDED, end="2005", as_of=2010),
                claim("b", "1990", as_of=2008),
            ],
            id="a source from after the last end contradicts that end, although the source of the end is newer",
        ),
        pytest.param(
            ["established 1990 by a, b", "ended 1995 by a", "resumed 2000 by a", "ended 2005 by a"],
            [
                claim("a", "1990", status=ENDED, end="1995"),
                claim("a", "2000", status=ENDED, end="2005", as_of=2010),
                claim("b", "1990", as_of=1998),
            ],
            id="a source from between two ends contradicts neither",
        ),
        pytest.param(
            ["established 1990 by a, b", "ended 2005-01-01 by a"],
            [claim("a", "1990", status=ENDED, end="2005-01-01", as_of=2010), claim("b", "1990", as_of=2005)],
            id="a source from the day of the end does not contradict the end",
        ),
    ],
)
def test_the_steps_of_claims(expected: list[str], claims: list[Claim]) -> None:
    """Sources that agree share a step; whatever the order of the claims."""
    assert expected == describe(build_steps(claims)) == describe(build_steps(claims[::-1]))


@pytest.mark.parametrize(
    ("step", "contrary", "supports", "claims"),
    [
        (StepAction.ENDED, claim("b"), (), {"action": StepAction.LISTED}),
        (StepAction.LISTED, claim("b", status=ENDED), (), {"action": StepAction.ENDED}),
        (StepAction.ESTABLISHED, claim("b", status=ENDED, end="1990"), ("date",), {"action": StepAction.ENDED}),
        (
            StepAction.ESTABLISHED,
            claim("b", status=SUSPENDED, end="1999"),
            (),
            {"action": StepAction.SUSPENDED, "date": PartialDate(1999)},
        ),
    ],
)
def test_evidence_of_contrary_claims(
    step: StepAction, contrary: Claim, supports: tuple[str, ...], claims: dict[str, Any]
) -> None:
    """A contrary claim states another action, and its date if the date is another one."""
    stated = ClaimedStep(step, PartialDate(1990), NONE, []).evidence_of_objection(contrary)
    assert (supports, claims) == (stated[0], dict(stated[1]))
