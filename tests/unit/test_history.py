"""How steps fold into a state: the rules of the field, one by one."""

import pytest

from friendcities import PartialDate, PartnershipKind, State, Status, Step, StepAction
from friendcities.model.partnership_state import (
    NOTHING,
    PUTS_IN_FORCE,
    advance,
    confirming_steps,
    fold,
    in_force_from,
    in_order,
    states_by_day,
)
from tests.cases import for_each_case

O, S, K = StepAction, Status, PartnershipKind  # noqa: E741 - a table wants short names
EARLIER, LATER = PartialDate(1990), PartialDate(1994, 10, 21)


def step(what: StepAction, date: str | None = None, kind: PartnershipKind = K.UNSPECIFIED) -> Step:
    """A step without evidence."""
    return Step(action=what, date=None if date is None else PartialDate.parse(date), kind=kind)


EVERY = (None, S.UNCONFIRMED, S.PROPOSED, S.ACTIVE, S.SUSPENDED, S.ENDED)
FOLDING: dict[StepAction, tuple[Status | None, ...]] = {
    O.PROPOSED: (S.PROPOSED, S.PROPOSED, S.PROPOSED, S.ACTIVE, S.SUSPENDED, S.ENDED),
    O.ESTABLISHED: (S.ACTIVE,) * 6,
    O.UPGRADED: (S.ACTIVE,) * 6,
    O.RENEWED: (S.ACTIVE,) * 6,
    O.SUSPENDED: (S.SUSPENDED,) * 6,
    O.RESUMED: (S.ACTIVE,) * 6,
    O.ENDED: (S.ENDED,) * 6,
    O.LISTED: (S.ACTIVE, S.ACTIVE, S.ACTIVE, S.ACTIVE, S.SUSPENDED, S.ENDED),
    O.UNCONFIRMED: (S.UNCONFIRMED, S.UNCONFIRMED, S.PROPOSED, S.ACTIVE, S.SUSPENDED, S.ENDED),
}
"""The status after each step, from each status of ``EVERY``."""


def test_the_table_has_every_occurrence_and_every_status() -> None:
    """No word of the vocabularies is forgotten."""
    assert set(StepAction) == set(FOLDING)
    assert {None, *Status} == set(EVERY)


@for_each_case((what, before, after) for what, row in FOLDING.items() for before, after in zip(EVERY, row, strict=True))
def test_each_occurrence_from_each_status(what: StepAction, before: Status | None, after: Status | None) -> None:
    """A step leads where the table says; the state is since then where it changes the status, else since before."""
    state = advance(State(before, K.CONTACT, EARLIER), step(what, "1994-10-21"))
    assert State(after, K.CONTACT, EARLIER if after is before else LATER) == state


@pytest.mark.parametrize(
    ("what", "before"),
    [
        (O.PROPOSED, S.ACTIVE),
        (O.PROPOSED, S.PROPOSED),
        (O.LISTED, S.ACTIVE),
        (O.LISTED, S.ENDED),
        (O.UNCONFIRMED, S.UNCONFIRMED),
        (O.UNCONFIRMED, S.PROPOSED),
    ],
)
def test_a_step_that_does_not_count_leaves_the_kind_alone(what: StepAction, before: Status) -> None:
    """A proposed upgrade, a coarse list, a bare claim change nothing of what stands: not its kind, not its date."""
    state = State(before, K.FRIENDSHIP_CITY, EARLIER)
    assert state is advance(state, step(what, "1994", K.SISTER_CITY))


@pytest.mark.parametrize("kind", [kind for kind in K if kind is not K.UNSPECIFIED])
@pytest.mark.parametrize("what", [O.ESTABLISHED, O.UPGRADED, O.RENEWED, O.SUSPENDED, O.RESUMED, O.ENDED])
def test_the_latest_step_that_counts_and_names_a_kind_gives_it(what: StepAction, kind: PartnershipKind) -> None:
    """The kind is that of the latest step, and ``unspecified`` never overwrites one."""
    begun = fold([step(O.ESTABLISHED, "1990", kind)])
    assert kind is advance(begun, step(what, "1994")).kind
    other = K.CONTACT if kind is not K.CONTACT else K.SISTER_CITY
    assert other is advance(begun, step(what, "1994", other)).kind


@pytest.mark.parametrize(
    ("steps", "since"),
    [
        ([], None),
        ([step(O.ESTABLISHED, "1990")], "1990"),
        ([step(O.ESTABLISHED, None)], None),
        ([step(O.ESTABLISHED, "1990"), step(O.RENEWED, "2000")], "1990"),
        ([step(O.ESTABLISHED, "1990", K.CONTACT), step(O.RENEWED, "2000", K.CONTACT)], "1990"),
        ([step(O.ESTABLISHED, "1990", K.CONTACT), step(O.UPGRADED, "2000", K.SISTER_CITY)], "2000"),
        ([step(O.ESTABLISHED, "1990"), step(O.RENEWED, "2000", K.SISTER_CITY)], "2000"),
        ([step(O.ESTABLISHED, "1990"), step(O.SUSPENDED, "2000"), step(O.RESUMED, "2010")], "2010"),
        ([step(O.ESTABLISHED, "1990"), step(O.ENDED, "2000"), step(O.ENDED, "2010")], "2000"),
        ([step(O.LISTED, None), step(O.ESTABLISHED, "1990")], None),
        ([step(O.PROPOSED, "1990"), step(O.LISTED, None)], None),
    ],
    ids=str,
)
def test_since_is_the_date_from_which_status_and_kind_are_both_true(steps: list[Step], since: str | None) -> None:
    """A renewal does not move it; another status or another kind does, to no date where none is known."""
    found = fold(steps).since
    assert since == (None if found is None else str(found))


def test_nothing_has_no_status() -> None:
    """Before the first step there is nothing, which is not the same as an unconfirmed partnership."""
    assert State(status=None, kind=K.UNSPECIFIED, since=None) == NOTHING == fold([])


def test_four_occurrences_put_in_force() -> None:
    """A listing makes active too, but does not say that something began."""
    assert {O.ESTABLISHED, O.UPGRADED, O.RENEWED, O.RESUMED} == PUTS_IN_FORCE


@pytest.mark.parametrize(
    ("dates", "ordered"),
    [
        ([], True),
        ([None, None], True),
        (["1990", "1994"], True),
        (["1994", "1990"], False),
        (["1994", None, "1990"], False),
        (["1994", "1994"], True),
        (["1994", "1994-10"], True),
        (["1994-10", "1994"], True),
        (["1994-10", "1994-09"], False),
        (["1994-10", "1994", "1994-09"], False),
        (["1994-10-21", "1994-10"], True),
        (["1994-10-21", "1994-10-20"], False),
        (["1995", "1994-12-31"], False),
        (["1994-12-31", "1995"], True),
    ],
    ids=str,
)
def test_dates_run_backwards_only_where_it_is_known(dates: list[str | None], *, ordered: bool) -> None:
    """A coarser date may stand on either side of a finer one that lies in it; a known earlier one may not follow."""
    assert ordered is in_order([step(O.RENEWED, date) for date in dates])


def test_states_begin_on_the_last_day_of_the_dates() -> None:
    """Each day on which something is first shown has the state at its end; what counts at no date is left out."""
    steps = [
        step(O.PROPOSED, "1990"),
        step(O.UNCONFIRMED),
        step(O.ESTABLISHED, "1994-02"),
        step(O.RENEWED, "1994-02-28"),
    ]
    shown = states_by_day(steps, lambda each: each.date)
    assert [
        (PartialDate(1990).latest.toordinal(), S.PROPOSED),
        (PartialDate(1994, 2, 28).latest.toordinal(), S.ACTIVE),
    ] == [(day, state.status) for day, state in shown]
    assert () == states_by_day(steps, lambda _: None)


def test_steps_fold_in_their_order_whatever_the_day_they_count_from() -> None:
    """A step that is shown late but stands first is folded first."""
    late, early = step(O.LISTED, "2000"), step(O.ENDED, "1990")
    ((_, first), (_, second)) = states_by_day([late, early], lambda each: each.date)
    assert (S.ENDED, S.ENDED) == (first.status, second.status)


@pytest.mark.parametrize(
    ("steps", "date"),
    [
        ([], None),
        ([step(O.PROPOSED)], None),
        ([step(O.UNCONFIRMED), step(O.PROPOSED, "1990")], "1990"),
        ([step(O.PROPOSED, "1990"), step(O.ESTABLISHED, "1994")], "1994"),
        ([step(O.PROPOSED, "1990"), step(O.ESTABLISHED)], None),
        ([step(O.LISTED, "1990"), step(O.RENEWED, "1994")], "1994"),
        ([step(O.PROPOSED, "1990"), step(O.LISTED)], None),
        ([step(O.PROPOSED, "1990"), step(O.LISTED, "1994")], "1994"),
    ],
    ids=str,
)
def test_in_force_from(steps: list[Step], date: str | None) -> None:
    """The first step that put it in force dates it, or else that a list has it, or else the first that has a date."""
    found = in_force_from(steps)
    assert date == (None if found is None else str(found))


@for_each_case(
    [
        ([], []),
        ([(O.ESTABLISHED, "")], [0]),
        ([(O.ESTABLISHED, ""), (O.LISTED, ""), (O.RENEWED, "")], [0, 1, 2]),
        ([(O.ESTABLISHED, ""), (O.ENDED, ""), (O.RESUMED, "")], [2]),
        ([(O.ESTABLISHED, ""), (O.ENDED, ""), (O.LISTED, "")], [1]),
        ([(O.ESTABLISHED, "contact"), (O.UPGRADED, "sister_city"), (O.LISTED, "")], [1, 2]),
    ]
)
def test_the_steps_that_confirm_a_state(history: list[tuple[StepAction, str]], confirming: list[int]) -> None:
    """The step that led to the state, and the later ones that lead to the same status."""
    steps = [step(what, kind=K(kind or "unspecified")) for what, kind in history]
    assert tuple(steps[index] for index in confirming) == confirming_steps(steps)


def test_a_state_as_plain_values() -> None:
    """Texts under the names of the fields."""
    assert {"status": "active", "kind": "contact", "since": "1990"} == State(S.ACTIVE, K.CONTACT, EARLIER).to_dict()
