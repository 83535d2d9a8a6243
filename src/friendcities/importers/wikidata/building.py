"""Statements of Wikidata to partnerships, with a report in which each statement is a row."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from friendcities.datasets.dataset import Dataset
from friendcities.importers.import_report import ImportResult, Outcome, Reason, Remark, Report, Row
from friendcities.importers.wikidata.cities import Cities
from friendcities.importers.wikidata.languages import language_tag
from friendcities.importers.wikidata.statements import Moment, Reference, Statement
from friendcities.importers.wikidata.terms import RANKS, Told, terms_of
from friendcities.model import (
    CityId,
    Evidence,
    FrozenMap,
    PartialDate,
    Partnership,
    PartnershipId,
    Source,
    SourceId,
    SourceKind,
    Step,
    StepAction,
)
from friendcities.model.history import PUTS_IN_FORCE, in_order
from friendcities.model.record import is_text, short

__all__ = ["build"]

_NOT_READ: Final = "Named by Wikidata as what it rests on; it was not read."
_ANEW: Final = "Wikidata has several statements for this pair; that this one tells of a new beginning is our reading."
_FEW_DIGITS: Final = 8
_LONGEST: Final = 60


def build(statements: Sequence[Statement], cities: Cities, source: Source) -> ImportResult:
    """Make partnerships of statements.

    Args:
        statements: The statements, in the order of the files.
        cities: The cities that their items are.
        source: What Wikidata is as a source.
    """
    rows: dict[int, Row] = {}
    told: dict[tuple[CityId, CityId], list[Told]] = {}
    remarks: dict[int, list[Remark]] = {}
    mentioned: set[str] = set()
    for number, statement in enumerate(statements, start=1):
        remarks[number] = list(_remarks(statement))
        pair = _pair(statement, cities, remarks[number])
        if pair is None:
            rows[number] = _row(number, statement, Outcome.REJECTED, remarks[number], None)
            continue
        for item in (statement.item, str(statement.partner)):
            remarks[number] += () if item in mentioned else cities.remarks(item)
            mentioned.add(item)
        start, end = (_date(moments, remarks[number]) for moments in (statement.starts, statement.ends))
        if start is not None and end is not None and end.latest < start.earliest:
            remarks[number].append(Remark(Reason.DATE_UNREADABLE, f"it is said to end in {end}, before {start}"))
            end = None
        told.setdefault(pair, []).append(Told(number, statement, start, ended=bool(statement.ends), end=end))
    sources: dict[SourceId, Source] = {source.id: source}
    ties = []
    for pair, some in sorted(told.items()):
        terms = terms_of(some)
        tie = _partnership(pair, terms, source, sources)
        ties.append(tie)
        for best, *others in terms:
            rows[best.number] = _row(best.number, best.statement, Outcome.IMPORTED, remarks[best.number], tie.id)
            for each in others:
                said = [*remarks[each.number], _repeated(each, best)]
                rows[each.number] = _row(each.number, each.statement, Outcome.MERGED, said, tie.id)
    used = [city for pair in told for city in pair]
    found = {(type(record), record.id): record for record in (*cities.records(used), *sources.values(), *ties)}
    return ImportResult(Dataset(found.values()), Report(tuple(rows[number] for number in sorted(rows))))


def _remarks(statement: Statement) -> Iterator[Remark]:
    """What is to be said of a statement whatever becomes of it."""
    for each in statement.left_out:
        yield Remark(Reason.LEFT_OUT, f"qualifier {each}")
    if statement.without_address:
        number = statement.without_address
        what = f"{number} {'reference has' if number == 1 else 'references have'} no address"
        yield Remark(Reason.LEFT_OUT, what)


def _pair(statement: Statement, cities: Cities, remarks: list[Remark]) -> tuple[CityId, CityId] | None:
    """The two cities that a statement ties; ``None``, with a remark, where it does not."""
    if statement.broken:
        remarks.append(Remark(Reason.UNREADABLE_ROW, statement.broken))
    elif statement.rank not in RANKS:
        remarks.append(Remark(Reason.DEPRECATED, f"Wikidata ranks it as {short(statement.rank)}"))
    elif statement.partner is None:
        remarks.append(Remark(Reason.BLANK_CITY, "it names no partner"))
    elif statement.partner == statement.item:
        remarks.append(Remark(Reason.SELF_LINK, f"both ends are {statement.item}"))
    else:
        ends = [cities.of(item) for item in (statement.item, statement.partner)]
        remarks += [end for end in ends if isinstance(end, Remark)]
        first, *rest = sorted({end for end in ends if not isinstance(end, Remark)})
        if rest and not any(isinstance(end, Remark) for end in ends):
            return first, rest[0]
    return None


def _date(moments: Sequence[Moment], remarks: list[Remark]) -> PartialDate | None:
    """The date that qualifiers agree on; ``None``, with a remark, where there is none that can be kept."""
    remarks.extend(Remark(Reason.DATE_UNREADABLE, f"{each.stated}: {each.why}") for each in moments if each.why)
    dates = dict.fromkeys(each.date for each in moments if each.date is not None)
    if len(dates) > 1:
        remarks.append(Remark(Reason.DATE_UNREADABLE, f"it has several dates: {', '.join(map(str, dates))}"))
    return next(iter(dates)) if len(dates) == 1 else None


def _repeated(each: Told, best: Told) -> Remark:
    if each.start is not None and best.start is not None and each.start != best.start:
        return Remark(
            Reason.REPEATED, f"row {best.number} says {best.start}, and this one {each.start}; it stands beside"
        )
    return Remark(Reason.REPEATED, f"row {best.number} tells of the same two")


def _row(
    number: int, statement: Statement, outcome: Outcome, remarks: Sequence[Remark], tie: PartnershipId | None
) -> Row:
    found = (
        ("statement", statement.id),
        ("item", statement.item),
        ("partner", statement.partner or ""),
        ("start", ", ".join(each.stated for each in statement.starts)),
        ("end", ", ".join(each.stated for each in statement.ends)),
        ("rank", statement.rank),
    )
    return Row(number, outcome, found, tuple(remarks), tie)


def _partnership(
    pair: tuple[CityId, CityId], terms: Sequence[Sequence[Told]], source: Source, sources: dict[SourceId, Source]
) -> Partnership:
    """The partnership of two cities, by the times for which it was in force; sources that it rests on are added."""
    steps: list[Step] = []
    for term in terms:
        start = term[0].start
        what = StepAction.LISTED if start is None else StepAction.RESUMED if steps else StepAction.ESTABLISHED
        begun = [item for each in term for item in _evidence(each, each.start, (what, start), source, sources)]
        steps.append(Step(date=start, action=what, note=_ANEW if steps else None, evidence=tuple(begun)))
        ends = [each for each in term if each.ended]
        if ends:
            end = next((each.end for each in ends if each.end is not None and _fits(each.end, steps)), None)
            over = [
                item for each in ends for item in _evidence(each, each.end, (StepAction.ENDED, end), source, sources)
            ]
            steps.append(Step(date=end, action=StepAction.ENDED, evidence=tuple(over)))
    return Partnership(id=PartnershipId("--".join(pair)), steps=tuple(steps))


def _fits(end: PartialDate, steps: Sequence[Step]) -> bool:
    """Whether an end at this date can follow the steps."""
    return in_order([*steps, Step(date=end, action=StepAction.ENDED)])


def _evidence(
    each: Told,
    date: PartialDate | None,
    recorded: tuple[StepAction, PartialDate | None],
    source: Source,
    sources: dict[SourceId, Source],
) -> Iterator[Evidence]:
    """What a statement says of a step, on the word of Wikidata and of what that rests on."""
    what, day = recorded
    supports = ["action"]
    says: dict[str, object] = {}
    if date is not None and date == day:
        supports.insert(0, "date")
    elif date != day:
        says["date"] = date
    if date is None and what in PUTS_IN_FORCE:
        supports, says = [], {"date": None, "action": StepAction.LISTED}
    place = f"P190 of {each.statement.item}"
    whole = f"{place}, {each.statement.id}"
    told = Evidence(
        source=source.id,
        locator=whole if len(whole) <= _LONGEST_LOCATOR else place,
        supports=tuple(supports),
        claims=FrozenMap(says),
    )
    yield told
    for reference in each.statement.references:
        rests_on = _source(reference, source)
        sources.setdefault(rests_on.id, rests_on)
        yield Evidence(
            source=rests_on.id, locator=f"cited in {place}", supports=told.supports, claims=told.claims, note=_NOT_READ
        )


_LONGEST_LOCATOR: Final = 80


def _source(reference: Reference, source: Source) -> Source:
    """What a statement rests on, as a source: Wikidata tells its address, and seldom more."""
    host = _host(reference.address)
    state = reference.published or reference.retrieved or source.as_of
    digest = sha256(reference.address.encode()).hexdigest()[:_FEW_DIGITS]
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in host.lower()).split()
    named = reference.title if is_text(reference.title) else None
    return Source(
        id=SourceId("-".join(["-".join(words)[:_LONGEST].strip("-") or "page", digest, str(state)])),
        kind=SourceKind.OTHER,
        publisher=host,
        title=named or reference.address,
        published=reference.published,
        as_of=state,
        language=language_tag(reference.language) if named and reference.language else None,
        address=reference.address,
        note=_NOT_READ,
    )


def _host(address: str) -> str:
    """The host of an address; all of it where it has none."""
    try:
        return urlsplit(address).hostname or address
    except ValueError:
        return address
