"""What holds of every comparison."""

import json
import re
from typing import Any

import attrs
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from friendcities import Dataset, NameKind, PartialDate, SourceKind, Step, StepAction
from friendcities.diff import Action, FieldChange, RecordChange, as_json, as_line, as_markdown, as_text, compare
from friendcities.diff.compare import field_changes, is_same_order, pair_items
from friendcities.merge.merge_report import escape_markdown
from tests.strategies import RECORDS, TEXTS
from tests.worlds import a_city, a_name, a_source, a_tie, changed, denial, told

MIRRORED = {Action.ADDED: Action.REMOVED, Action.REMOVED: Action.ADDED}
COUNTRIES = ("cn-shanghai", "it-milan", "nz-dunedin")
SOURCES = ("gazette", "register")


@st.composite
def two_versions(draw: st.DrawFn) -> tuple[Any, Any]:
    """Two records of one type and one id: one or some fields are another one's, or lists stand in another order."""
    cls = draw(st.sampled_from(sorted(RECORDS, key=lambda each: each.__name__)))
    old, other = draw(RECORDS[cls]), draw(RECORDS[cls])
    if draw(st.booleans()):
        return old, draw(reordered(old))
    fixed = {"id", "country", "subdivision", "evidence"}
    names = [each.name for each in attrs.fields(cls) if each.name not in fixed and not each.name.startswith("_")]
    chosen = draw(st.sampled_from(names).map(lambda name: {name}) | st.sets(st.sampled_from(names)))
    taken = {name: on_its_own(getattr(other, name)) for name in names if name in chosen}
    assume(taken.get("part_of") != old.id)
    loose = (
        {"evidence": ()} if taken and "evidence" in attrs.fields_dict(cls) else {}
    )  # it hangs together with the rest
    return old, attrs.evolve(old, **taken, **loose)


def on_its_own(value: Any) -> Any:
    """A value that may stand in another record: steps without what is known of their parties alone."""
    steps = isinstance(value, tuple) and all(isinstance(each, Step) for each in value)
    return tuple(attrs.evolve(each, initiator=None, evidence=()) for each in value) if steps else value


@st.composite
def reordered(draw: st.DrawFn, record: Any) -> Any:
    """A record whose lists of values stand in some order, and whose evidence is some of what it was."""
    made: dict[str, Any] = {}
    for each in attrs.fields(type(record)):
        value = getattr(record, each.name)
        if each.name == "evidence":
            made["evidence"] = tuple(draw(st.permutations(value)))[: draw(st.sampled_from([9, 9, 1]))]
        elif each.name in {"steps", "offices", "participants"}:
            made[each.name] = tuple(draw(reordered(part)) for part in value)
        elif isinstance(value, tuple):
            made[each.name] = tuple(draw(st.permutations(value)))
    says = {name for item in made.get("evidence", ()) for name in item.claims}
    assume(all(getattr(record, name) == made.get(name, getattr(record, name)) for name in says))
    return attrs.evolve(record, **made)


@st.composite
def worlds(draw: st.DrawFn) -> Dataset:
    """A small world, of which two have much in common and much not."""
    date = st.none() | DATES
    sources = [
        changed(a_source(id_, "2020", draw(st.sampled_from([SourceKind.PRESS, SourceKind.DATABASE]))), note=draw(NOTES))
        for id_ in SOURCES
    ]
    cities = [
        a_city(id_, None, *draw(st.lists(st.sampled_from(NAMES), unique=True)), note=draw(NOTES)) for id_ in COUNTRIES
    ]
    ties = []
    for one, other in ((0, 1), (0, 2), (1, 2)):
        days = sorted(draw(st.lists(date, max_size=3)), key=lambda day: (day is not None, day and day.order))
        evidence = [
            told(draw(st.sampled_from(SOURCES)), "action", **({"date": draw(DATES)} if draw(st.booleans()) else {}))
            if draw(st.integers(0, 4))
            else denial("gazette")
            for _ in days
        ]
        steps = []
        for day, item in zip(days, evidence, strict=True):
            what = draw(st.sampled_from([StepAction.ESTABLISHED, StepAction.ENDED, StepAction.PROPOSED]))
            agrees = day is not None and item.claims.get("date", "") == day
            steps.append(Step(date=day, action=what, evidence=() if agrees else (item,)))
        if steps:
            ties.append(a_tie(COUNTRIES[one], COUNTRIES[other], *steps))
    there = [city for city in cities if draw(st.booleans()) or any(city.id in tie.cities for tie in ties)]
    return Dataset([*sources, *there, *ties])


DATES = st.sampled_from([PartialDate(1976), PartialDate(1979, 6, 25), PartialDate(2004)])
NOTES = st.none() | st.sampled_from(["One *note*.", "Another @note."])
NAMES = [a_name("Milano", NameKind.ENDONYM, "it"), a_name("Mailand", NameKind.EXONYM, "de"), a_name("Milano")]


def seen(change: FieldChange) -> tuple[Any, ...]:
    """A change of a field; on whose word is a matter of the side from which it is seen."""
    return (change.action, change.path, change.old_path, repr(change.before), repr(change.after))


def mirrored(change: FieldChange) -> tuple[Any, ...]:
    """A change of a field as it is seen from the other side."""
    action = MIRRORED.get(change.action, change.action)
    return (action, change.old_path, change.path, repr(change.after), repr(change.before))


def outline(change: RecordChange, *, from_the_other_side: bool = False) -> tuple[Any, ...]:
    """A change of a record, as it is or as it is seen from the other side."""
    facts, fields = (
        sorted((mirrored if from_the_other_side else seen)(each) for each in group)
        for group in (change.facts, change.fields)
    )
    if from_the_other_side:
        action = MIRRORED.get(change.action, change.action)
        return (change.record_type, change.old_id, change.id, action, change.after, change.before, facts, fields)
    return (change.record_type, change.id, change.old_id, change.action, change.before, change.after, facts, fields)


@settings(max_examples=settings().max_examples * 8)
@given(two_versions())
def test_a_difference_is_never_missed(versions: tuple[Any, Any]) -> None:
    """Fields of records differ if and only if the records do, and each difference is told once."""
    old, new = versions
    found = field_changes(old, new)
    assert bool(found) is (old != new)
    told_of = [(each.action, each.path, each.old_path) for each in found]
    assert len(told_of) == len(set(told_of))
    assert () == field_changes(old, old)


@given(two_versions())
def test_what_is_told_is_what_is_there(versions: tuple[Any, Any]) -> None:
    """At its path, a change has the value that it tells of, in the old version and in the new."""
    old, new = versions
    for each in field_changes(old, new):
        if each.action is not Action.ADDED:
            assert each.before == at(old, each.old_path)
        if each.action is not Action.REMOVED:
            assert each.after == at(new, each.path)


def at(record: Any, path: tuple[str | int, ...]) -> Any:
    """The value at a path."""
    for part in path:
        record = getattr(record, part) if attrs.has(type(record)) and isinstance(part, str) else record[part]
    return record


@given(two_versions())
def test_fields_mirror(versions: tuple[Any, Any]) -> None:
    """Seen from the other side, what was added was removed, and before is after."""
    old, new = versions
    assert sorted(map(seen, field_changes(new, old))) == sorted(map(mirrored, field_changes(old, new)))


@given(worlds(), worlds())
def test_comparisons_mirror(old: Dataset, new: Dataset) -> None:
    """Nothing is found if and only if two datasets are equal, and from the other side everything is the other way."""
    there, back = compare(old, new), compare(new, old)
    assert bool(there) is (old != new)
    assert not compare(old, old)
    assert sorted(map(repr, map(outline, back))) == sorted(
        repr(outline(change, from_the_other_side=True)) for change in there
    )
    assert len({(change.record_type, change.id) for change in there}) == len(there)


@given(worlds(), worlds())
def test_every_way_of_telling_tells_all(old: Dataset, new: Dataset) -> None:
    """The text has a line a record, the JSON an object; what a source is named for is there; no statement is empty."""
    found = compare(old, new)
    assert len(found) + 1 == len(as_text(found).splitlines())
    assert "\n" not in as_line(found)
    document = json.loads(as_json(found))
    assert [change.id for change in found] == [change["id"] for change in document["changes"]]
    named = {id_ for change in found for id_ in change.sources}
    named |= {id_ for change in found for each in (*change.facts, *change.fields) for id_ in each.sources}
    assert named == set(document["sources"])
    assert [] == [line for line in as_text(found).splitlines() if line.endswith((": ", "; "))]
    bullets = [line for line in as_markdown(found).splitlines() if line.startswith("- **")]
    assert len(found) == len(bullets)


@given(st.lists(st.integers(0, 3), max_size=6).map(tuple), st.lists(st.integers(0, 3), max_size=6).map(tuple))
def test_pairs_have_every_item_once(before: tuple[int, ...], after: tuple[int, ...]) -> None:
    """Each place of both lists stands in one pair; nothing equal is left alone on both sides."""
    pairs = pair_items(before, after)
    assert list(range(len(before))) == sorted(one for one, _ in pairs if one is not None)
    assert list(range(len(after))) == sorted(other for _, other in pairs if other is not None)
    gone = {before[one] for one, other in pairs if one is not None and other is None}
    assert gone.isdisjoint(after[other] for one, other in pairs if one is None and other is not None)
    assert (before == after) is (all(None not in each for each in pairs) and is_same_order(pairs))


@given(TEXTS | st.text("@#:*_`<>[]&\\-1.a~|!$", max_size=12))
def test_nothing_from_a_record_acts_in_markdown(text: str) -> None:
    """Escaped text mentions nobody, refers to nothing, has no tag and no open mark; and it reads the same."""
    shown = escape_markdown(text)
    assert not re.search(r"@\w|#\d|<|>|(?<!\\)(?:\\\\)*[*_`\[\]|~$!#]", shown.replace("&#58;", "").replace("&#46;", ""))
    read = re.sub(r"\\(.)", r"\1", shown.replace("\u200b", ""))
    for entity, character in (("&#58;", ":"), ("&#46;", "."), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        read = read.replace(entity, character)
    assert text.replace("\u200b", "") == read
