"""Builds partnerships from Wikidata statements, and reports the outcome of each statement."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import Final
from urllib.parse import urlsplit

from attrs import frozen

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.references import with_referenced_records
from friendcities.importers.dates import is_after
from friendcities.importers.import_report import ImportResult, Outcome, Reason, Remark, Report, Row
from friendcities.importers.wikidata.cities import ItemCities
from friendcities.importers.wikidata.statements import Reference, StatedDate, Statement, language_tag
from friendcities.merge.merge_records import evolve
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
from friendcities.model.partnership_state import PUTS_IN_FORCE, in_order
from friendcities.model.record import is_text, short

_RANKS: Final = {"preferred": 0, "normal": 1}
"""The ranks of imported statements, the best first."""
_NOT_READ: Final = "Cited by Wikidata; the page itself was not read."
_RESUMED: Final = "Wikidata has several statements for this pair; the resumption is our interpretation."
_DIGEST_LENGTH: Final = 8
_MAX_ID_WORDS: Final = 60
_MAX_LOCATOR: Final = 80


@frozen
class _DatedStatement:
    number: int
    """The number of the row in the report."""
    statement: Statement
    remarks: list[Remark]
    start: PartialDate | None
    end: PartialDate | None
    """The end. ``None`` means no end, or an end without a valid date."""
    has_end: bool
    is_planned: bool
    """Whether the start is after the date of the source, so that the partnership is only proposed."""

    @property
    def quality(self) -> tuple[object, ...]:
        """The sort key: statements with a start, a good rank and references come first."""
        start, statement = str(self.start or ""), self.statement
        precision, has_page = -len(start), bool(statement.references)
        return not start, self.is_planned, _RANKS[statement.rank], not has_page, precision, start, statement.id

    @property
    def date(self) -> PartialDate | None:
        """The start of the statement; the end if there is no start."""
        return self.start or self.end


_Period = Sequence[_DatedStatement]
"""Statements about one period in which a partnership was in force, the best first."""


def build_partnerships(statements: Sequence[Statement], cities: ItemCities, source: Source) -> ImportResult:
    """Build partnerships from statements. ``source`` is Wikidata."""
    rows: dict[int, Row] = {}
    pairs: dict[tuple[CityId, CityId], list[_DatedStatement]] = {}
    mentioned: set[str] = set()
    for number, statement in enumerate(statements, start=1):
        remarks = [Remark(Reason.LEFT_OUT, f"qualifier {each}") for each in statement.omitted]
        if count := statement.references_without_address:
            what = f"{count} {'reference has' if count == 1 else 'references have'} no address"
            remarks.append(Remark(Reason.LEFT_OUT, what))
        pair = _find_pair(statement, cities, remarks)
        if pair is None:
            rows[number] = _make_row(number, statement, Outcome.REJECTED, remarks, None)
            continue
        for item in (statement.item, str(statement.partner)):
            if item not in mentioned:
                remarks += cities.remarks_on(item)
            mentioned.add(item)
        dated = _read_dates(number, statement, remarks, source.as_of)
        pairs.setdefault(pair, []).append(dated)
    sources: dict[SourceId, Source] = {source.id: source}
    partnerships = []
    for pair, group in sorted(pairs.items()):
        periods = _group_by_period(group)
        partnership = _make_partnership(pair, periods, source, sources)
        partnerships.append(partnership)
        for best, *others in periods:
            rows[best.number] = _make_row(best.number, best.statement, Outcome.IMPORTED, best.remarks, partnership.id)
            for each in others:
                remarks = [*each.remarks, _remark_repetition(each, best)]
                rows[each.number] = _make_row(each.number, each.statement, Outcome.MERGED, remarks, partnership.id)
    records = with_referenced_records([*sources.values(), *partnerships], lambda cls, id_: cities.records[cls, id_])
    return ImportResult(Dataset(records), Report(tuple(rows[number] for number in sorted(rows))))


def _find_pair(statement: Statement, cities: ItemCities, remarks: list[Remark]) -> tuple[CityId, CityId] | None:
    if statement.problem:
        remarks.append(Remark(Reason.UNREADABLE_ROW, statement.problem))
    elif statement.rank not in _RANKS:
        remarks.append(Remark(Reason.DEPRECATED, f"the rank of the statement is {short(statement.rank)}"))
    elif statement.partner is None:
        remarks.append(Remark(Reason.BLANK_CITY, "the statement has no partner with a valid item id"))
    elif statement.partner == statement.item:
        remarks.append(Remark(Reason.SELF_LINK, f"both cities are {statement.item}"))
    else:
        one, other = cities.city_id(statement.item), cities.city_id(statement.partner)
        remarks += [each for each in (one, other) if isinstance(each, Remark)]
        if not isinstance(one, Remark) and not isinstance(other, Remark) and one != other:
            return (one, other) if one < other else (other, one)
    return None


def _read_dates(number: int, statement: Statement, remarks: list[Remark], as_of: PartialDate | None) -> _DatedStatement:
    """Dates after the date of the source are left out."""
    start, end = _choose_date(statement.starts, remarks), _choose_date(statement.ends, remarks)
    has_end = bool(statement.ends)
    if end is not None and is_after(end, as_of):
        detail = f"the end {end} is after {as_of}, the date of the file; the end is left out"
        remarks.append(Remark(Reason.DATE_AFTER_SOURCE, detail))
        has_end, end = False, None
    elif start is not None and end is not None and end.latest < start.earliest:
        detail = f"the end {end} is before the start {start}; the end is imported without a date"
        remarks.append(Remark(Reason.CONTRADICTORY, detail))
        end = None
    is_planned = start is not None and is_after(start, as_of)
    if is_planned:
        detail = f"the start {start} is after {as_of}, the date of the file, so the partnership is only proposed"
        remarks.append(Remark(Reason.DATE_AFTER_SOURCE, f"{detail}; the date is left out"))
        start = None
    return _DatedStatement(number, statement, remarks, start, end, has_end, is_planned)


def _choose_date(dates: Sequence[StatedDate], remarks: list[Remark]) -> PartialDate | None:
    remarks.extend(Remark(Reason.DATE_UNREADABLE, f"{each.text}: {each.problem}") for each in dates if each.problem)
    known = list(dict.fromkeys(each.date for each in dates if each.date is not None))
    if len(known) > 1:
        detail = f"several dates, and none is used: {', '.join(map(str, known))}"
        remarks.append(Remark(Reason.DATE_UNREADABLE, detail))
    return known[0] if len(known) == 1 else None


def _remark_repetition(repeated: _DatedStatement, best: _DatedStatement) -> Remark:
    if None in {repeated.start, best.start} or repeated.start == best.start:
        return Remark(Reason.REPEATED, f"row {best.number} states the same partnership")
    dates = f"row {best.number} states {best.start}, but this row states {repeated.start}"
    return Remark(Reason.REPEATED, f"{dates}; both dates are kept")


def _make_row(
    number: int, statement: Statement, outcome: Outcome, remarks: Sequence[Remark], partnership: PartnershipId | None
) -> Row:
    found = (
        ("statement", statement.id),
        ("item", statement.item),
        ("partner", statement.partner or ""),
        ("start", ", ".join(date.text for date in statement.starts)),
        ("end", ", ".join(date.text for date in statement.ends)),
        ("rank", statement.rank),
    )
    return Row(number, outcome, found, tuple(remarks), partnership)


def _group_by_period(statements: Sequence[_DatedStatement]) -> list[_Period]:
    """Undated statements belong to the period of the best statement."""
    best_first = sorted(statements, key=lambda each: each.quality)
    dated = [(each.date.latest, each) for each in best_first if each.date is not None]
    if not dated:
        return [best_first]
    periods: list[list[_DatedStatement]] = []
    for _, statement in sorted(dated, key=lambda pair: pair[0]):
        if periods and not _begins_period(statement, periods[-1]):
            periods[-1].append(statement)
        else:
            periods.append([statement])
    [period_of_best] = [period for period in periods if dated[0][1] in period]
    period_of_best.extend(each for each in best_first if each.date is None)
    return [sorted(period, key=lambda each: each.quality) for period in periods]


def _begins_period(statement: _DatedStatement, period: _Period) -> bool:
    start = statement.start
    if start is None or not any(each.has_end for each in period):
        return False
    return all(
        (each.end is None or each.end.earliest <= start.latest)
        and (each.start is None or not each.start.overlaps(start))
        for each in period
    )


def _make_partnership(
    pair: tuple[CityId, CityId], periods: Sequence[_Period], source: Source, sources: dict[SourceId, Source]
) -> Partnership:
    steps: list[Step] = []
    for period in periods:
        start = period[0].start
        unstated = StepAction.PROPOSED if period[0].is_planned else StepAction.LISTED
        action = unstated if start is None else StepAction.RESUMED if steps else StepAction.ESTABLISHED
        step = Step(date=start, action=action, note=_RESUMED if steps else None)
        evidence = [item for each in period for item in _make_evidence(each, each.start, step, source, sources)]
        steps.append(evolve(step, evidence=tuple(evidence)))
        if ends := [each for each in period if each.has_end]:
            dated = [Step(date=each.end, action=StepAction.ENDED) for each in ends if each.end is not None]
            step = next((each for each in dated if in_order([*steps, each])), Step(action=StepAction.ENDED))
            evidence = [item for each in ends for item in _make_evidence(each, each.end, step, source, sources)]
            steps.append(evolve(step, evidence=tuple(evidence)))
    return Partnership(id=PartnershipId("--".join(pair)), steps=tuple(steps))


def _make_evidence(
    statement: _DatedStatement,
    date: PartialDate | None,
    step: Step,
    source: Source,
    sources: dict[SourceId, Source],
) -> Iterator[Evidence]:
    supports: tuple[str, ...] = ("action",)
    claims: dict[str, object] = {}
    if statement.is_planned and step.action in {*PUTS_IN_FORCE, StepAction.LISTED}:
        supports, claims = (), {"action": StepAction.PROPOSED}
    elif date is None and step.action in PUTS_IN_FORCE:
        supports, claims = (), {"action": StepAction.LISTED}
    elif date not in {step.date, None}:
        claims["date"] = date
    elif date is not None:
        supports = ("date", "action")
    item = f"P190 of {statement.statement.item}"
    locator = f"{item}, {statement.statement.id}"
    locator = locator if len(locator) <= _MAX_LOCATOR else item
    yield Evidence(source=source.id, locator=locator, supports=supports, claims=FrozenMap(claims))
    for reference in statement.statement.references:
        page = _make_source(reference, source)
        sources.setdefault(page.id, page)
        yield Evidence(
            source=page.id, locator=f"cited in {item}", supports=supports, claims=FrozenMap(claims), note=_NOT_READ
        )


def _make_source(reference: Reference, source: Source) -> Source:
    try:
        host = urlsplit(reference.address).hostname or reference.address
    except ValueError:
        host = reference.address
    as_of = reference.published or reference.retrieved or source.as_of
    digest = sha256(reference.address.encode()).hexdigest()[:_DIGEST_LENGTH]
    words = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in host.lower()).split()
    title = reference.title if is_text(reference.title) else None
    return Source(
        id=SourceId(f"{'-'.join(words)[:_MAX_ID_WORDS].strip('-') or 'page'}-{digest}-{as_of}"),
        kind=SourceKind.OTHER,
        publisher=host,
        title=title or reference.address,
        published=reference.published,
        as_of=as_of,
        language=language_tag(reference.language) if title and reference.language else None,
        address=reference.address,
        note=_NOT_READ,
    )
