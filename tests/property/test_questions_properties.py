"""What holds of every question, whatever the dataset."""

import pickle
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from friendcities import (
    CityId,
    Dataset,
    InvalidQueryError,
    PartialDate,
    PartnershipKind,
    SourceKind,
    Status,
    StepAction,
)
from friendcities.datasets.counts import CountBy
from tests.worlds import a_city, a_source, a_step, a_tie, changed, told

IDS = ["aa-a", "aa-b", "bb-c", "bb-d", "cc-e"]
SOURCES = ["gazette", "list", "council"]
DATES = st.dates().map(lambda day: f"{day.year:04}")


@st.composite
def worlds(draw: DrawFn) -> Dataset:
    """A small dataset: some cities, parts of others among them, and some ties with histories of all sorts."""
    wholes = {id_: draw(st.none() | st.sampled_from(IDS[:i])) if i else None for i, id_ in enumerate(IDS)}
    cities = [a_city(id_, part_of=whole and CityId(whole)) for id_, whole in wholes.items()]
    sources = [
        a_source("gazette", draw(DATES)),
        a_source("list", draw(DATES), SourceKind.DATABASE),
        a_source("council", draw(DATES), SourceKind.CITY_GOVERNMENT, draw(st.sampled_from(IDS))),
    ]
    pairs = draw(st.sets(st.tuples(st.sampled_from(IDS), st.sampled_from(IDS)).map(sorted).map(tuple), max_size=6))
    ties = []
    for one, other in sorted(pair for pair in pairs if pair[0] != pair[1]):
        dates = sorted(draw(st.lists(DATES, min_size=1, max_size=3)))
        steps = [
            a_step(
                date if draw(st.booleans()) else None,
                *(told(source, "action") for source in draw(st.sets(st.sampled_from(SOURCES)))),
                action=draw(st.sampled_from(StepAction)),
                kind=draw(st.sampled_from(PartnershipKind)),
            )
            for date in dates
        ]
        ties.append(a_tie(one, other, *steps))
    return Dataset([*cities, *sources, *ties])


FILTERS: Any = st.fixed_dictionaries(
    {},
    optional={
        "on": DATES,
        "status": st.just("any") | st.sets(st.sampled_from(Status), min_size=1),
        "kind": st.sets(st.sampled_from(PartnershipKind), min_size=1),
        "reliability": st.sampled_from(["official", "reported", "listed", "any"]),
        "disputed": st.booleans(),
        "source": st.sampled_from(SOURCES),
    },
)


@given(worlds(), FILTERS)
def test_partners_are_mutual(world: Dataset, filters: dict[str, Any]) -> None:
    """``a in partners_of(b)`` if and only if ``b in partners_of(a)``, on any date, by any source."""
    partners = {city: set(world.partners_of(city, **filters)) for city in world.cities()}

    assert all((a in partners[b]) is (b in partners[a]) for a in partners for b in partners)
    assert not any(city in partners[city] for city in partners)


@given(worlds(), FILTERS, st.booleans())
def test_partners_and_partnerships_agree(world: Dataset, filters: dict[str, Any], parts: bool) -> None:  # noqa: FBT001
    """The two questions give the same ties, in the same order, without repeats."""
    for city in world.cities():
        own = {city.id, *(part.id for part in world.parts_of(city) if parts)}
        partners = world.partners_of(city, include_parts=parts, **filters)
        ties = world.partnerships_of(city, include_parts=parts, **filters)
        others = [world.city(next(id_ for id_ in tie.cities if id_ not in own)) for tie in ties]
        assert partners == tuple(dict.fromkeys(others))
        assert len(ties) == len({tie.id for tie in ties})


@given(worlds(), FILTERS)
def test_filters_only_ever_narrow(world: Dataset, filters: dict[str, Any]) -> None:
    """What a filter lets through was there without it; parts only ever add."""
    source = {name: filters[name] for name in ("source",) if name in filters}
    for city in world.cities():
        everything = {tie.id for tie in world.partnerships_of(city, status="any", **source)}
        assert {tie.id for tie in world.partnerships_of(city, **filters)} <= everything
        with_parts = set(world.partners_of(city, include_parts=True, **filters))
        parts = set(world.parts_of(city))
        assert set(world.partners_of(city, **filters)) - parts <= with_parts
        assert not with_parts & {city, *parts}


@given(worlds(), DATES)
def test_a_question_on_a_date_is_what_the_partnership_was_then(world: Dataset, on: str) -> None:
    """The rows of the index answer as the records themselves do."""
    for city in world.cities():
        expected = {tie.id for tie in world.partnerships() if city.id in tie.cities and tie.at(on).status == "active"}
        assert expected == {tie.id for tie in world.partnerships_of(city, on=on)}


@given(worlds())
def test_the_end_of_time_is_now(world: Dataset) -> None:
    """Where every step has a date, the last day there is asks for what the last step left."""
    dated = Dataset(
        changed(record, steps=tuple(changed(step, date=step.date or PartialDate(9999)) for step in record.steps[:1]))
        if hasattr(record, "steps")
        else record
        for record in world
    )
    for city in dated.cities():
        assert set(dated.partners_of(city)) == set(dated.partners_of(city, on="9999"))


@given(worlds())
def test_the_timeline_tells_each_step_once(world: Dataset) -> None:
    """Each step of a city's partnerships is an entry of both sides' timelines, and dates never run backwards."""
    for city in world.cities():
        entries = world.timeline(city)
        steps = [step for tie in world.partnerships() if city.id in tie.cities for step in tie.steps]
        dates = [entry.date for entry in entries if entry.date is not None]
        assert len(steps) == len(entries)
        assert dates == [entry.date for entry in entries[: len(dates)]]
        assert sorted(dates) == dates


@given(worlds())
def test_a_dataset_survives_saving_and_pickling(world: Dataset) -> None:
    """What was saved or pickled is equal, and saved again it is the same bytes."""
    with TemporaryDirectory() as folder:
        one, two = Path(folder, "one.json"), Path(folder, "two.json")
        world.save(one)
        again = Dataset.load(one)
        pickle.loads(pickle.dumps(world)).save(two)  # noqa: S301 - our own bytes
        assert world == again
        assert one.read_bytes() == two.read_bytes()


JUNK: Any = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.binary(max_size=3),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=2), below, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from(["status", "kind", "country", "level", "reliability", "disputed", "include_parts", "on"]), JUNK)
def test_no_filter_crashes_a_question(name: str, value: Any) -> None:
    """Whatever a filter is given, there is an answer or an error of ours that carries it in its words."""
    filters: Any = {name: value}
    try:
        answer = WORLD.partners_of("aa-a", **filters)
    except InvalidQueryError as error:
        assert name in {"on", str(error).split()[1]}  # noqa: PT017 - or there is an answer
    else:
        assert isinstance(answer, tuple)


WORLD = Dataset([a_city("aa-a"), a_city("bb-b"), a_tie("aa-a", "bb-b")])


def test_a_junk_filter_is_refused() -> None:
    """The property above is not empty: something is refused."""
    with pytest.raises(InvalidQueryError):
        WORLD.partners_of("aa-a", kind="junk")  # type: ignore[arg-type]


@given(worlds(), FILTERS, st.sampled_from(get_args(CountBy)), st.booleans())
def test_counts_are_of_the_partnerships_there_are(
    world: Dataset,
    filters: dict[str, Any],
    by: CountBy,
    parts: bool,  # noqa: FBT001
) -> None:
    """The counts of a city add up to its partnerships, and those of all have each of them."""
    every = world.count_partnerships(by, **filters)
    for city in world.cities():
        counts = world.count_partnerships(by, city, include_parts=parts, **filters)
        assert sum(counts.values()) == len(world.partnerships_of(city, include_parts=parts, **filters))
        assert all(0 < count <= every[name] for name, count in counts.items())


@given(worlds(), st.sampled_from(IDS), st.sets(st.sampled_from(PartnershipKind), min_size=1))
def test_an_answer_for_a_date_is_that_of_each_partnership(
    world: Dataset, city: str, kinds: set[PartnershipKind]
) -> None:
    """What is kept for a span of days is what each history says on each of them, its first and its last included."""
    every = world.partnerships_of(city, status="any")
    changes = {day for tie in every for day, _ in tie.states_by_day}
    for day in sorted({near for change in changes for near in (change - 1, change, change + 1)}):
        on = date.fromordinal(day)
        answer = world.partnerships_of(city, on=on, kind=kinds)
        standing = [tie for tie in every if tie.at(on).status is Status.ACTIVE and tie.at(on).kind in kinds]
        assert standing == list(answer)
        assert answer == world.partnerships_of(city, on=on.isoformat(), kind=kinds)
