"""Two records of one thing made one: what ours says stays, and what theirs says beside it becomes evidence."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeVar, cast

import attrs
from attrs import frozen

from friendcities.errors import InvalidRecordError
from friendcities.merge.merge_report import Relation
from friendcities.merge.notes import RecordNotes, relation
from friendcities.model import (
    City,
    Evidence,
    FrozenMap,
    Name,
    NameKind,
    Office,
    Participant,
    PartnershipKind,
    Sourced,
    SourceId,
    Step,
)
from friendcities.model.evidence import evidenced_fields, is_empty

__all__ = ["absorbed", "absorbed_city", "contradicted", "evolved", "with_note"]

S = TypeVar("S", bound=Sourced)

_PARTS: Final = {"offices", "participants"}
"""The fields whose items have evidence of their own."""
_SILENT: Final = {"date": None, "kind": PartnershipKind.UNSPECIFIED}
"""The fields of a step on which sources are often silent, each with what a step says there that says nothing."""


@frozen
class _Field:
    """What becomes of one field."""

    value: Any
    """What stands there from now on."""
    said: Any = None
    """What theirs says instead."""
    differs: bool = False
    """Whether it says something else."""


_Fields = Mapping[str, _Field]


def absorbed(ours: S, theirs: S, notes: RecordNotes, *, keep: Collection[str] = ()) -> S:
    """Our record with what theirs says of the same thing.

    A field that ours leaves empty takes their value, unless evidence of ours tells of it already. Where both say
    something and differ, ours stays, and their evidence comes to say the other. Names and identifiers that ours lacks
    are added; another English name of a city is one more name. Evidence that ours has already is not added again.

    Args:
        ours: The record that stays.
        theirs: The other one, naming others by the ids they have in ours.
        notes: Collects what is done.
        keep: The fields that are not filled where ours leaves them empty.
    """
    told = {name for item in ours.evidence for name, said in item.claims.items() if said is not None}
    try:
        made, fields = _filled(ours, theirs, {*keep, *told})
    except InvalidRecordError:  # fields that do not go together, such as a country and the part of another
        made, fields = _filled(ours, theirs, evidenced_fields(type(ours)))
    for name, each in fields.items():
        before = getattr(ours, name)
        if each.value != before:
            notes.add(name, _news(before, each.value), _supporters(theirs, name))
        how = relation(made, name, each.said) if each.differs else None
        if how is None:
            continue
        for key, mine, their in _apart(name, each):
            notes.differ(key, mine, their, how, _supporters(theirs, name))
    evidence = list(ours.evidence)
    for item in _retold(made, theirs, fields):
        if not any(_holds(known, item) for known in evidence):
            evidence.append(item)
            notes.add("evidence", item, (item.source,))
    parts = {name: _parts(getattr(ours, name), getattr(theirs, name), name, notes) for name in fields if name in _PARTS}
    return with_note(evolved(made, evidence=tuple(evidence), **parts), theirs, notes)


def contradicted(ours: Step, theirs: Step, notes: RecordNotes) -> Step:
    """Our step with the evidence of one of theirs that contradicts it: it comes to say what theirs is, and when.

    Args:
        ours: The step that stays.
        theirs: What cannot be so as well.
        notes: Collects what is done.
    """
    notes.differ("action", ours.action, theirs.action, Relation.CONTRARY, _supporters(theirs, "action"))
    evidence = list(ours.evidence)
    for told in theirs.evidence:
        item = evolved(
            told, supports=(), claims=FrozenMap({"action": theirs.action, "date": theirs.date, **told.claims})
        )
        if not any(_holds(known, item) for known in evidence):
            evidence.append(item)
            notes.add("evidence", item, (item.source,))
    return evolved(ours, evidence=tuple(evidence))


def absorbed_city(ours: City, theirs: City, notes: RecordNotes, cities: Mapping[str, City]) -> City:
    """Our city with what theirs says of it; of what it is itself a whole it becomes no part.

    Args:
        ours: The city that stays.
        theirs: The other one.
        notes: Collects what is done.
        cities: All cities by id, as they are to be.
    """
    way: set[str | None] = {ours.id}
    whole: str | None = theirs.part_of
    while whole is not None and whole in cities and whole not in way:
        way.add(whole)
        whole = cities[whole].part_of
    return absorbed(ours, theirs, notes, keep=("part_of",) if whole in way else ())


R = TypeVar("R")


def evolved(record: R, **changes: Any) -> R:
    """A record with some fields changed (type checkers do not see that ours are classes of attrs)."""
    return cast("R", attrs.evolve(cast("Any", record), **changes))


def with_note(ours: R, theirs: R, notes: RecordNotes) -> R:
    """Our record with their note where it has none; where both have one, ours stays."""
    mine, their = (cast("Any", each).note for each in (ours, theirs))
    if their is None or their == mine:
        return ours
    if mine is None:
        notes.add("note", their)
        return evolved(ours, note=their)
    notes.differ("note", mine, their, Relation.OTHER)
    return ours


def _filled(ours: S, theirs: S, kept: Collection[str]) -> tuple[S, _Fields]:
    """Our record with what theirs adds to its fields, and what becomes of each of them.

    Raises:
        InvalidRecordError: If there can be no such record.
    """
    fields = {name: _field(ours, theirs, name, fill=name not in kept) for name in evidenced_fields(type(ours))}
    return evolved(ours, **{name: each.value for name, each in fields.items() if name not in _PARTS}), fields


def _field(ours: Sourced, theirs: Sourced, name: str, *, fill: bool) -> _Field:
    mine, their = getattr(ours, name), getattr(theirs, name)
    if isinstance(ours, City) and isinstance(theirs, City) and name in {"name", "names"}:
        return _Field(mine if name == "name" else _all_names(ours, theirs))
    if name in _PARTS or mine == their or is_empty(their):
        return _Field(mine)
    if isinstance(ours, City) and isinstance(theirs, City) and name == "identifiers":
        return _all_identifiers(ours, theirs)
    if fill and is_empty(mine):
        return _Field(their)
    return _Field(mine, their, differs=True)


def _all_names(ours: City, theirs: City) -> tuple[Name, ...]:
    """Our names, then those of theirs that ours lacks, its English one among them.

    What it is called in another language, and has for its English name too, is a name in that language: lists that are
    not in English know no other.
    """
    english = [Name(text=theirs.name, language="en", kind=NameKind.ALIAS)]
    elsewhere = any(name.text == theirs.name and not _is_english(name) for name in theirs.names)
    known = {(ours.name, "en"), *((name.text, name.language) for name in ours.names)}
    more = {(name.text, name.language): name for name in (*theirs.names, *(english if not elsewhere else ()))}
    return (*ours.names, *(name for key, name in more.items() if key not in known))


def _is_english(name: Name) -> bool:
    return name.language.partition("-")[0] == "en"


def _all_identifiers(ours: City, theirs: City) -> _Field:
    """Our ids elsewhere, and those of theirs in registers of which ours has none."""
    mine = ours.identifiers
    contrary = {scheme: id_ for scheme, id_ in theirs.identifiers.items() if mine.get(scheme, id_) != id_}
    both = {**theirs.identifiers, **mine}
    value = mine if both.keys() == mine.keys() else FrozenMap({scheme: both[scheme] for scheme in sorted(both)})
    return _Field(value, FrozenMap(contrary), differs=bool(contrary))


def _retold(made: Sourced, theirs: Sourced, fields: _Fields) -> Iterator[Evidence]:
    """Their evidence, as it stands to the record that was made."""
    for item in theirs.evidence:
        supports: dict[str, None] = {}
        says: dict[str, object] = {}
        for name in item.supports:
            if fields[name].differs:
                says[name] = fields[name].said
            else:
                supports[_told_of(name, made, theirs)] = None
        for name, said in item.claims.items():
            if said is None or name in _PARTS or said != getattr(made, name):
                says[name] = said
            elif is_empty(said):
                says[name] = None
            else:
                supports[name] = None
        if isinstance(made, Step) and (says.get("action") or "action" in supports):
            silent = (name for name, nothing in _SILENT.items() if getattr(theirs, name) == nothing)
            says |= {
                name: _SILENT[name] for name in silent if name not in says and getattr(made, name) != _SILENT[name]
            }
        kept = tuple(name for name in supports if name not in says)
        yield evolved(item, supports=kept, claims=FrozenMap(says))


def _told_of(name: str, made: Sourced, theirs: Sourced) -> str:
    """The field of which a source tells that supports this one of theirs: their English name may be but one of ours."""
    if isinstance(made, City) and isinstance(theirs, City):
        if name == "name" and made.name != theirs.name:
            return "names"
        if name == "names" and not made.names:
            return "name"
    return name


def _holds(known: Evidence, item: Evidence) -> bool:
    """Whether evidence says already what another piece of the same source says at the same place."""
    if (known.source, known.locator) != (item.source, item.locator) or item.note not in {None, known.note}:
        return False
    said = {name: value for name, value in item.claims.items() if name not in _SILENT or value != _SILENT[name]}
    return set(item.supports) <= set(known.supports) and said.items() <= known.claims.items()


def _supporters(owner: Sourced, name: str) -> tuple[SourceId, ...]:
    return tuple(dict.fromkeys(item.source for item in owner.evidence if name in item.supports))


def _news(before: Any, after: Any) -> object:
    """What is there now and was not, of a list or a mapping only that."""
    if isinstance(after, tuple):
        return tuple(each for each in after if each not in before)
    if isinstance(after, FrozenMap):
        return FrozenMap({key: value for key, value in after.items() if key not in before})
    return cast("object", after)


def _apart(name: str, field: _Field) -> Iterator[tuple[str, object, object]]:
    """What differs in a field, of a mapping each key on its own."""
    if isinstance(field.said, FrozenMap):
        for key, said in field.said.items():
            yield f"{name}.{key}", field.value[key], said
    else:
        yield name, field.value, field.said


def _parts(
    ours: tuple[Any, ...], theirs: tuple[Any, ...], name: str, notes: RecordNotes
) -> tuple[Office, ...] | tuple[Participant, ...]:
    """Our offices or participants, each with what theirs says of the same; then those that ours lacks."""
    made = list(ours)
    free = set(range(len(ours)))
    for part in theirs:
        place = next((at for at in sorted(free) if _same_part(ours[at], part)), None)
        if place is None:
            made.append(part)
            notes.add(name, part, tuple(dict.fromkeys(item.source for item in part.evidence)))
        else:
            free.discard(place)
            made[place] = absorbed(ours[place], part, notes.within(f"{name}[{place}]"))
    if name == "offices" and len(made) > len(ours):
        made.sort(key=_begun)
    return tuple(made)


def _same_part(one: Office | Participant, other: Office | Participant) -> bool:
    if isinstance(one, Office) and isinstance(other, Office):
        return (one.title, one.body, one.city) == (other.title, other.body, other.city)
    return one.city == other.city


def _begun(office: Office) -> date:
    known = next((day for day in (office.start, office.attested, office.end) if day is not None), None)
    return date.max if known is None else known.earliest
