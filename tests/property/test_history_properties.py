"""What holds of every history."""

import copy
import pickle
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from friendcities import PartialDate, PartnershipKind, Reliability, Status, Step, StepAction
from friendcities.model.partnership_state import NOTHING, advance, fold, in_order
from tests.strategies import DATE, partnerships, sources_for

STEP = st.builds(Step, date=st.none() | DATE, action=st.sampled_from(StepAction), kind=st.sampled_from(PartnershipKind))


@given(st.lists(STEP, max_size=6), STEP)
def test_folding_goes_step_by_step(steps: list[Step], last: Step) -> None:
    """The state after a history is that before its last step, advanced by it; a second time changes nothing."""
    state = fold([*steps, last])
    assert advance(fold(steps), last) == state
    assert state is advance(state, last)


@given(st.lists(STEP, min_size=1, max_size=6))
def test_a_history_always_has_a_status(steps: list[Step]) -> None:
    """Whatever happens first leads somewhere, and nothing leads back to nothing."""
    assert fold(steps).status in set(Status)


@given(st.lists(STEP, max_size=6))
def test_a_kind_once_named_stays_named(steps: list[Step]) -> None:
    """The kind is one that some step names, or unspecified where none counts that does."""
    assert fold(steps).kind in {PartnershipKind.UNSPECIFIED, *(step.kind for step in steps)}
    counted = [advance(fold(steps[:index]), step) for index, step in enumerate(steps)]
    named = [state.kind is not PartnershipKind.UNSPECIFIED for state in counted]
    assert sorted(named) == named


@given(st.lists(DATE, max_size=6))
def test_sorted_dates_never_run_backwards(dates: list[PartialDate]) -> None:
    """The order of dates is an order that a history may have."""
    assert in_order([Step(date=day, action=StepAction.RENEWED) for day in sorted(dates)])


@given(DATE, DATE)
def test_order_agrees_with_the_days(one: PartialDate, other: PartialDate) -> None:
    """An earlier date never begins later; what includes overlaps; text comes back."""
    assert one.earliest <= other.earliest or one > other
    assert one.overlaps(other) or not one.includes(other)
    assert one == PartialDate.parse(str(one))


@given(st.data())
def test_a_partnership_at_a_date(data: st.DataObject) -> None:
    """At the end of time every dated step has counted, before the first none has, and a state lasts until the next."""
    tie = data.draw(partnerships())
    tie = tie.with_sources(data.draw(sources_for(tie)))
    days = tie.states_by_day
    assert sorted({day for day, _ in days}) == [day for day, _ in days]
    for index, (day, state) in enumerate(days):
        assert state == tie.at(date.fromordinal(day))
        before = days[index - 1][1] if index else NOTHING
        assert day == 1 or before == tie.at(date.fromordinal(day - 1))
    shown = [step for step in tie.steps if tie.at(PartialDate(9999)) is not NOTHING]
    assert bool(days) is bool(shown)


@given(st.data())
def test_what_is_derived_is_always_there(data: st.DataObject) -> None:
    """Every question to a partnership has an answer of its type, whatever its evidence says."""
    tie = data.draw(partnerships())
    tie = tie.with_sources(data.draw(sources_for(tie)))
    assert tie.reliability in set(Reliability)
    assert any(step.disputed for step in tie.steps) is tie.disputed
    assert (tie.state.status is Status.ENDED) or tie.ended is None
    assert all(tie.partner_of(city) in tie.cities for city in tie.cities)
    assert repr(tie).startswith(f"<Partnership {tie.id}: ")


@given(st.data())
def test_a_partnership_as_one_source_tells_it(data: st.DataObject) -> None:
    """Each source's own history is a sound one, cites that source alone, is undisputed, and tells itself again."""
    tie = data.draw(partnerships())
    for source in sorted(tie.cites):
        told = tie.according_to(source)
        assert told is None or {source} == told.cites
        assert told is None or not told.disputed
        assert told is None or told == told.according_to(source)
        assert told is None or in_order(told.steps)


@given(st.data())
def test_sources_at_hand_are_no_part_of_a_partnership(data: st.DataObject) -> None:
    """They go along into copies and pickles, so far as they are cited, and play no part in equality or hash."""
    tie = data.draw(partnerships())
    sources: Any = data.draw(sources_for(tie))
    full = tie.with_sources(sources)
    assert tie == full
    assert hash(tie) == hash(full)
    for each in (pickle.loads(pickle.dumps(full)), copy.deepcopy(full)):  # noqa: S301 - our own
        assert full == each
        assert sources == each._sources
        assert full.last_attested == each.last_attested
