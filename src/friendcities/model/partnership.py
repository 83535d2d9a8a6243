"""Partnership: two cities and the steps of their history."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Any

import attrs

from friendcities.errors import InvalidRecordError, UnknownPartnershipError, UnknownRecordError
from friendcities.model.city import City
from friendcities.model.dates import DateLike, PartialDate, as_date
from friendcities.model.evidence import Evidence, Sourced
from friendcities.model.field_spec import evidenced_fields
from friendcities.model.format_values import format_value, shorten
from friendcities.model.grammar import (
    ANY_ID,
    LANGUAGE,
    CityId,
    MemorandumId,
    PartnershipId,
    SourceId,
    parse_partnership_id,
)
from friendcities.model.partnership_state import (
    NOTHING,
    PUTS_IN_FORCE,
    State,
    advance,
    confirming_steps,
    fold,
    in_order,
    out_of_order,
    states_by_day,
)
from friendcities.model.record import (
    EMPTY_MAP,
    Bounds,
    FrozenMap,
    Problems,
    Record,
    record,
    short,
    value_to_plain,
)
from friendcities.model.source import Source
from friendcities.model.vocabulary import PartnershipKind, Reliability, SourceKind, Status, StepAction

_IN_FORCE = PUTS_IN_FORCE | {StepAction.LISTED}
_THIRD_PARTY_LISTS = frozenset(
    {SourceKind.ENCYCLOPAEDIA, SourceKind.DATABASE, SourceKind.SOCIAL_MEDIA, SourceKind.OTHER}
)
_NO_SOURCES: FrozenMap[SourceId, Source] = FrozenMap()


@record
class SourceTerm(Record):
    """The term that a source uses for a partnership.

    Example:
        >>> SourceTerm(text="友好城市", language="zh-Hans").text
        '友好城市'
    """

    text: str
    """The term."""
    language: Annotated[str, LANGUAGE]
    """The language of the term, as a BCP 47 tag."""

    def _describe(self) -> str:
        return f"{shorten(self.text)} ({self.language})"


@record
class Step(Sourced):
    """One step in the history of a partnership.

    Example:
        >>> import friendcities as fc
        >>> step = fc.partnership_between("Dunedin", "Shanghai").steps[0]
        >>> step.action, str(step.date)
        (<StepAction.ESTABLISHED: 'established'>, '1994-10-21')
    """

    date: PartialDate | None = None
    """The date; ``None`` if no source states a date."""
    action: StepAction
    """The action, such as ``established`` or ``ended``."""
    kind: PartnershipKind = PartnershipKind.UNSPECIFIED
    """The kind of partnership after the step, or the proposed kind."""
    initiator: CityId | None = None
    """The city that acted, if only one of the two cities acted."""
    memorandum: MemorandumId | None = None
    """The memorandum that documents the step."""
    term: SourceTerm | None = None
    """The term that the source uses for the partnership."""

    def contradicts(self, name: str, claim: object) -> bool:
        """Whether a source's value contradicts the recorded value of a field.

        The claim ``listed`` does not contradict ``established`` and similar actions. A claimed term or memorandum never
        contradicts the record.

        Example:
            >>> stated = Step(date=PartialDate(1994, 10, 21), action=StepAction.ESTABLISHED)
            >>> stated.contradicts("date", PartialDate(1994)), stated.contradicts("date", PartialDate(1995))
            (False, True)
        """
        if name in {"term", "memorandum"}:
            return False
        if name == "action":
            return not (claim == self.action or (claim is StepAction.LISTED and self.action in _IN_FORCE))
        return super().contradicts(name, claim)

    def attested_by(self, item: Evidence) -> bool:
        """Whether the evidence supports the action or claims a coarser action."""
        if "action" in item.claims:
            return not self.contradicts("action", item.claims["action"])
        return "action" in item.supports

    def action_contradicted_by(self, item: Evidence) -> bool:
        """Whether the evidence denies the step or claims a contrary action."""
        return item.denies or ("action" in item.claims and self.contradicts("action", item.claims["action"]))

    def according_to(self, source: SourceId) -> "Step | None":
        """Return this step as one source states it.

        Fields that the source does not mention are empty. If the source denies or does not mention the step, return
        ``None``.

        Example:
            >>> import friendcities as fc
            >>> step = fc.partnership_between("Dunedin", "Shanghai").steps[0]
            >>> str(step.according_to("shine-2023-12-02").date)
            '1994'
        """
        stated: dict[str, Any] = {}
        cited = [item for item in self.evidence if item.source == source]
        for item in cited:
            stated = {**item.claims, **stated}
        for item in cited:
            stated.update({name: getattr(self, name) for name in item.supports})
        if "action" not in stated:
            return None
        supports = tuple(name for name in evidenced_fields(Step) if stated.get(name, "unspecified") != "unspecified")
        locator = "; ".join(dict.fromkeys(item.locator for item in cited))
        return Step(**stated, evidence=(Evidence(source=source, locator=locator, supports=supports),))

    def _check(self, problems: Problems) -> None:
        for place, claim in self._claims_of("memorandum"):
            if not ANY_ID.matches(claim):
                problems.add(place, f"invalid id {short(claim)}", ANY_ID.words, rule=ANY_ID.rule)

    def _claims_of(self, name: str) -> list[tuple[str, str]]:
        claims = [None if item.claims is EMPTY_MAP else item.claims.get(name) for item in self.evidence]
        return [(f"evidence[{i}].claims.{name}", claim) for i, claim in enumerate(claims) if isinstance(claim, str)]

    def _describe(self) -> str:
        kind = "" if self.kind is PartnershipKind.UNSPECIFIED else f" ({format_value(self.kind)})"
        return f"{format_value(self.action)} {self.date or 'undated'}{kind}"

    def __repr__(self) -> str:
        return f"<Step {self.date or 'undated'}: {self.action} {self.kind}>"


@record
class Partnership(Record):
    """A partnership of two cities, with the steps of its history. Each pair of cities has one record.

    All other values, such as :attr:`state` and :attr:`reliability`, are computed from the steps. Today's date has no
    influence.

    Some values, such as :attr:`reliability`, need the sources. Partnerships of a dataset have their sources. For your
    own partnership, call :meth:`with_sources`.

    Example:
        >>> import friendcities as fc
        >>> partnership = fc.partnership_between("Dunedin", "Shanghai")
        >>> partnership
        <Partnership cn-shanghai--nz-dunedin: active sister_city since 1994-10-21>
        >>> partnership.at("1994-06-01").status is None, partnership.at("1994-12-31").status
        (True, <Status.ACTIVE: 'active'>)
    """

    id: PartnershipId
    """The permanent identifier: the ids of the two cities in alphabetical order."""
    steps: Annotated[tuple[Step, ...], Bounds(1)]
    """All steps of the history, in chronological order."""
    note: str | None = None
    """A note for readers, in our own words."""
    _sources: Mapping[SourceId, Source] = attrs.field(default=_NO_SOURCES, eq=False, repr=False, alias="_sources")

    @property
    def cities(self) -> tuple[CityId, CityId]:
        """The ids of the two cities, in alphabetical order."""
        first, _, second = self.id.partition("--")
        return CityId(first), CityId(second)

    def partner_of(self, city: City | str) -> CityId:
        """Return the id of the other city.

        Args:
            city: One of the two cities: a :class:`City`, an id, or the name in the id ("Dunedin" for ``nz-dunedin``).
                For any other name, pass ``fc.city(name)``.

        Raises:
            UnknownPartnershipError: If the argument does not mean exactly one of the two cities.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").partner_of("Dunedin")
            'cn-shanghai'
        """
        first, second = self.cities
        id_ = city.id if isinstance(city, City) else city
        meant = {id_} & {first, second} or self._cities_called(id_)
        if len(meant) != 1:
            message = f"{short(id_)} is not the id, or the name in the id, of one city of {self.id}"
            hint = f"pass {first!r} or {second!r}, or a City, as in partner_of(fc.city(name))"
            raise UnknownPartnershipError(message, city, (first, second), hint)
        return first if second in meant else second

    def _cities_called(self, name: object) -> set[CityId]:
        from friendcities.names.normalize import make_slug  # noqa: PLC0415 - this package imports the model

        slug = make_slug(name, len(name)) if isinstance(name, str) else ""
        return {id_ for id_ in self.cities if id_.partition("-")[2] == slug}

    @property
    def state(self) -> State:
        """The status, the kind and the start date after the last step."""
        return fold(self.steps)

    def at(self, on: DateLike) -> State:
        """Return the state at the end of a date.

        A step of 1994 takes effect on 31 December 1994. An undated step takes effect on the earliest date that its
        sources describe.

        Args:
            on: A date, such as ``"1994-10"``, 1994 or a :class:`datetime.date`.

        Raises:
            InvalidQueryError: If the date is invalid.
            UnknownRecordError: If the source of an undated step is missing; see :meth:`with_sources`.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").at("1993").status is None
            True
        """
        days = self.states_by_day
        index = bisect_right(days, as_date(on).latest.toordinal(), key=lambda entry: entry[0])
        return days[index - 1][1] if index else NOTHING

    @property
    def states_by_day(self) -> tuple[tuple[int, State], ...]:
        """All states in chronological order, each with the ordinal of its first day.

        Raises:
            UnknownRecordError: If the source of an undated step is missing; see :meth:`with_sources`.
        """
        return states_by_day(self.steps, self._effective_date)

    @property
    def established(self) -> PartialDate | None:
        """The date on which the partnership came into force; ``None`` if there is no such date."""
        return next((step.date for step in self.steps if step.action in PUTS_IN_FORCE), None)

    @property
    def ended(self) -> PartialDate | None:
        """The date on which the partnership ended; ``None`` if unknown or not ended."""
        ended, state = None, NOTHING
        for step in self.steps:
            before, state = state, advance(state, step)
            if state.status is not before.status:
                ended = step.date if state.status is Status.ENDED else None
        return ended

    @property
    def disputed(self) -> bool:
        """Whether a source contradicts or denies a step."""
        return any(step.disputed for step in self.steps)

    @property
    def reliability(self) -> Reliability:
        """The reliability of the best source for the state after the last step.

        Disputes about dates have no influence.

        Raises:
            UnknownRecordError: If a cited source is missing; see :meth:`with_sources`.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").reliability
            <Reliability.OFFICIAL: 'official'>
        """
        attesting = {
            item.source for step in confirming_steps(self.steps) for item in step.evidence if step.attested_by(item)
        }
        found = {self.reliability_of(source) for source in attesting}
        return next((each for each in Reliability if each in found), Reliability.LISTED)

    def reliability_of(self, source: SourceId) -> Reliability:
        """Return the reliability of one source for this partnership.

        Raises:
            UnknownRecordError: If the partnership does not have this source.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").reliability_of("shine-2023-12-02")
            <Reliability.REPORTED: 'reported'>
        """
        cited = self.source(source)
        if not set(self.cities).isdisjoint(cited.speaks_for):
            return Reliability.OFFICIAL
        return Reliability.LISTED if cited.kind in _THIRD_PARTY_LISTS else Reliability.REPORTED

    @property
    def last_attested(self) -> PartialDate | None:
        """The latest date for which a source confirms the partnership.

        Raises:
            UnknownRecordError: If a cited source is missing; see :meth:`with_sources`.
        """
        agreeing = (item for step in self.steps for item in step.evidence if not step.contradicted_by(item))
        dates = [self.source(item.source).as_of for item in agreeing]
        return max((day for day in dates if day is not None), default=None, key=lambda day: day.latest)

    @property
    def cites(self) -> frozenset[SourceId]:
        """The ids of all cited sources."""
        return frozenset(item.source for step in self.steps for item in step.evidence)

    def according_to(self, source: SourceId) -> "Partnership | None":
        """Return the partnership as one source states it; ``None`` if this source is not cited.

        Example:
            >>> import friendcities as fc
            >>> partnership = fc.partnership_between("Dunedin", "Shanghai")
            >>> str(partnership.established), str(partnership.according_to("shine-2023-12-02").established)
            ('1994-10-21', '1994')
        """
        steps = [step for each in self.steps if (step := each.according_to(source)) is not None]
        if not steps:
            return None
        if not in_order(steps):
            steps = _sort_by_date(steps)
        return Partnership(id=self.id, steps=tuple(steps), _sources=self._sources)

    def to_dict(self, on: DateLike | None = None) -> dict[str, Any]:
        """Return the partnership as plain JSON values.

        The dict contains the cities, the steps, the ids of the sources, and computed values such as ``status``. Sources
        of the start date come first. Without sources, ``reliability`` and ``last_attested`` are ``None``.

        Args:
            on: The date for ``status``, ``kind`` and ``since``; by default, after the last step.

        Raises:
            InvalidQueryError, UnknownRecordError: See :meth:`at`.

        Example:
            >>> import friendcities as fc
            >>> plain = fc.partnership_between("Dunedin", "Shanghai").to_dict()
            >>> plain["status"], plain["established"], plain["steps"][0]["date"]
            ('active', '1994-10-21', '1994-10-21')
        """
        state = self.state if on is None else self.at(on)
        known = self.cites <= self._sources.keys()
        return {
            "id": str(self.id),
            "cities": list(map(str, self.cities)),
            **state.to_dict(),
            "established": value_to_plain(self.established),
            "ended": value_to_plain(self.ended),
            "reliability": self.reliability.value if known else None,
            "disputed": self.disputed,
            "last_attested": value_to_plain(self.last_attested) if known else None,
            "sources": sources_of_state(self, state),
            **{name: value for name, value in super().to_dict().items() if name != "id"},
        }

    def with_sources(self, sources: Mapping[SourceId, Source]) -> "Partnership":
        """Return a copy with these sources. ``==`` ignores the sources."""
        made = object.__new__(Partnership)  # the fields are already validated
        made.__setstate__({"id": self.id, "steps": self.steps, "note": self.note, "_sources": sources})
        return made

    def _effective_date(self, step: Step) -> PartialDate | None:
        if step.date is not None:
            return step.date
        dates = (self.source(item.source).as_of for item in step.evidence if not step.action_contradicted_by(item))
        return min((day for day in dates if day is not None), default=None, key=lambda day: day.latest)

    def source(self, source: SourceId | str) -> Source:
        """Return the source with this id.

        Raises:
            UnknownRecordError: If the partnership does not have this source.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").source("shine-2023-12-02").publisher
            'SHINE (Shanghai Daily)'
        """
        try:
            return self._sources[SourceId(source)]
        except KeyError:
            message = f"the partnership {self.id} does not have the source {source!r}; "
            message += "take the partnership from a Dataset, or add its sources with with_sources()"
            raise UnknownRecordError(message, source) from None

    def _check(self, problems: Problems) -> None:
        try:
            parties = parse_partnership_id(self.id)
        except InvalidRecordError as error:
            problems.take(error)
            parties = None
        late = out_of_order(self.steps)
        if late is not None:
            what = f"the date {self.steps[late].date} is before the date of an earlier step"
            expected = "steps sorted by date"
            problems.add(f"steps[{late}].date", what, expected, "sort the steps", rule="date-order")
        for index, step in enumerate(self.steps):
            claims = step._claims_of("initiator")  # noqa: SLF001 - a class of this module
            for place, city in claims if step.initiator is None else [("initiator", step.initiator), *claims]:
                if parties is not None and city not in parties:
                    expected = f"{parties[0]!r} or {parties[1]!r}"
                    problems.add(f"steps[{index}].{place}", f"{short(city)} is not one of the two cities", expected)

    def __repr__(self) -> str:
        status, kind, since = self.state.status, self.state.kind, self.state.since
        return f"<Partnership {self.id}: {status} {kind}{f' since {since}' if since else ''}>"

    def _repr_html_(self) -> str:
        from friendcities.notebook.cards import partnership_card  # noqa: PLC0415 - only notebooks need it

        return partnership_card(self, self._sources)

    def __getstate__(self) -> dict[str, Any]:
        cited = FrozenMap({id_: self._sources[id_] for id_ in sorted(self.cites) if id_ in self._sources})
        return {"id": self.id, "steps": self.steps, "note": self.note, "_sources": cited}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)


def sources_of_state(partnership: Partnership, state: State) -> list[str]:
    """Return the ids of all sources. Sources of the state's start date come first."""
    return sources_in_order([*(step for step in partnership.steps if step.date == state.since), *partnership.steps])


def sources_in_order(steps: Iterable[Step]) -> list[str]:
    """Return the ids of all sources that do not deny a step. Sources that support a date come first."""
    affirming = [item for step in steps for item in step.evidence if not item.denies]
    dating = [item for item in affirming if "date" in item.supports]
    return list(dict.fromkeys(str(item.source) for item in (*dating, *affirming)))


def _sort_by_date(steps: list[Step]) -> list[Step]:
    """An undated step stays after the step before it."""
    keyed: list[tuple[date, Step]] = []
    last = date.min
    for step in steps:
        last = step.date.earliest if step.date is not None else last
        keyed.append((last, step))
    return [step for _, step in sorted(keyed, key=lambda entry: entry[0])]
