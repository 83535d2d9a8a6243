"""Partnership: one pair of cities and the dated steps of its history, from which all else is derived."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any

import attrs

from friendcities.errors import InvalidRecordError, UnknownPartnershipError, UnknownRecordError
from friendcities.model.dates import DateLike, PartialDate, as_date
from friendcities.model.evidence import Evidence, Sourced
from friendcities.model.field_spec import evidenced_fields
from friendcities.model.grammar import (
    ANY_ID,
    LANGUAGE,
    CityId,
    MemorandumId,
    PartnershipId,
    SourceId,
    parse_partnership_id,
)
from friendcities.model.history import (
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
from friendcities.model.record import Bounds, FrozenMap, Problems, Record, record, short
from friendcities.model.source import Source
from friendcities.model.value_text import format_value, shorten
from friendcities.model.vocabulary import PartnershipKind, Reliability, SourceKind, Status, StepAction

_IN_FORCE = PUTS_IN_FORCE | {StepAction.LISTED}
_THIRD_PARTY_LISTS = frozenset(
    {SourceKind.ENCYCLOPAEDIA, SourceKind.DATABASE, SourceKind.SOCIAL_MEDIA, SourceKind.OTHER}
)
_NO_SOURCES: FrozenMap[SourceId, Source] = FrozenMap()


@record
class SourceTerm(Record):
    """What a source calls a thing, in its own words.

    Example:
        >>> SourceTerm(text="友好城市", language="zh-Hans").text
        '友好城市'
    """

    text: str
    """The words."""
    language: Annotated[str, LANGUAGE]
    """Their language, a BCP 47 tag."""

    def _describe(self) -> str:
        return f"{shorten(self.text)} ({self.language})"


@record
class Step(Sourced):
    """One thing that happened in the history of a partnership.

    Example:
        >>> import friendcities as fc
        >>> [step] = fc.partnership_between("Dunedin", "Shanghai").steps
        >>> step.action, str(step.date)
        (<StepAction.ESTABLISHED: 'established'>, '1994-10-21')
    """

    date: PartialDate | None = None
    """When; ``None``: no source says."""
    action: StepAction
    """What happened."""
    kind: PartnershipKind = PartnershipKind.UNSPECIFIED
    """Of what kind the partnership was thereby, or would have been."""
    initiator: CityId | None = None
    """Who acted, where only one side did."""
    memorandum: MemorandumId | None = None
    """The memorandum that it rests on."""
    term: SourceTerm | None = None
    """What the source calls it."""

    def contradicts(self, name: str, said: object) -> bool:
        """Whether a value claimed for a field is contrary to the recorded one, not merely coarser.

        ``listed`` is coarser than every action that puts a partnership in force; terms and documents never contradict.

        Example:
            >>> stated = Step(date=PartialDate(1994, 10, 21), action=StepAction.ESTABLISHED)
            >>> stated.contradicts("date", PartialDate(1994)), stated.contradicts("date", PartialDate(1995))
            (False, True)
        """
        if name in {"term", "memorandum"}:
            return False
        if name == "action":
            return not (said == self.action or (said is StepAction.LISTED and self.action in _IN_FORCE))
        return super().contradicts(name, said)

    def attested_by(self, item: Evidence) -> bool:
        """Whether a piece of its evidence supports its action, or claims a coarser one."""
        if "action" in item.claims:
            return not self.contradicts("action", item.claims["action"])
        return "action" in item.supports

    def action_contradicted_by(self, item: Evidence) -> bool:
        """Whether a piece of its evidence denies the step, or claims another action."""
        return item.denies or ("action" in item.claims and self.contradicts("action", item.claims["action"]))

    def according_to(self, source: SourceId) -> "Step | None":
        """This step as one source states it; ``None`` if the source does not state it, or denies it.

        A field on which the source is silent is left empty.

        Example:
            >>> import friendcities as fc
            >>> [step] = fc.partnership_between("Dunedin", "Shanghai").steps
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
        for place, said in self._said("memorandum"):
            if not ANY_ID.matches(said):
                problems.add(place, f"{short(said)} is no id", ANY_ID.words, rule=ANY_ID.rule)

    def _said(self, name: str) -> Iterator[tuple[str, str]]:
        """The claims for a field that holds an id, each with its place."""
        for index, item in enumerate(self.evidence):
            said = item.claims.get(name) if item.claims else None
            if isinstance(said, str):  # other values are rejected with the rest of the evidence
                yield f"evidence[{index}].claims.{name}", said

    def _describe(self) -> str:
        kind = "" if self.kind is PartnershipKind.UNSPECIFIED else f" ({format_value(self.kind)})"
        return f"{format_value(self.action)} {self.date or 'undated'}{kind}"

    def __repr__(self) -> str:
        return f"<Step {self.date or 'undated'}: {self.action} {self.kind}>"


@record
class Partnership(Record):
    """What ties two cities: one record a pair, and a partnership *is* its history.

    Everything but the steps is derived: how it stands (:attr:`state`, :meth:`at`), since when
    (:attr:`established`), on how good a word (:attr:`reliability`), and whether its sources agree (:attr:`disputed`).
    The clock is never read: what is active here is what the last step left active.

    :attr:`reliability`, :attr:`last_attested` and the date of an undated step need the sources themselves. A
    partnership of a dataset has them; give them to one that you made with :meth:`with_sources`.

    Example:
        >>> import friendcities as fc
        >>> tie = fc.partnership_between("Dunedin", "Shanghai")
        >>> tie
        <Partnership cn-shanghai--nz-dunedin: active sister_city since 1994-10-21>
        >>> tie.at("1994-06-01").status is None, tie.at("1994-12-31").status
        (True, <Status.ACTIVE: 'active'>)
    """

    id: PartnershipId
    """The ids of its two cities in alphabetical order, which is its id for ever."""
    steps: Annotated[tuple[Step, ...], Bounds(1)]
    """Its history: what happened, in order; known dates never decrease."""
    note: str | None = None
    """Anything that a reader must know, in our own words."""
    _sources: Mapping[SourceId, Source] = attrs.field(default=_NO_SOURCES, eq=False, repr=False, alias="_sources")

    @property
    def cities(self) -> tuple[CityId, CityId]:
        """The ids of the two cities, in alphabetical order."""
        first, _, second = self.id.partition("--")
        return CityId(first), CityId(second)

    def partner_of(self, city: CityId) -> CityId:
        """The id of the other city.

        Raises:
            UnknownPartnershipError: If the city is not a party.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").partner_of("nz-dunedin")
            'cn-shanghai'
        """
        first, second = self.cities
        if city not in {first, second}:
            message = f"{city!r} is no party to {self.id}; its parties are {first!r} and {second!r}"
            raise UnknownPartnershipError(message, city, (first, second))
        return second if city == first else first

    @property
    def state(self) -> State:
        """How it stands after its last step: its status, its kind, and since when both."""
        return fold(self.steps)

    def at(self, on: DateLike) -> State:
        """How it stood at the end of a date.

        A step counts when the last day of its date is not after the last day of the date asked; an undated step
        counts from the earliest state that its sources describe.

        Args:
            on: A year, a month or a day, as :class:`PartialDate`, :class:`datetime.date` or ISO 8601 text.

        Raises:
            InvalidQueryError: If it is no date.
            UnknownRecordError: If an undated step cites a source that is not at hand.

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
        """Its states, each with the day (a proleptic Gregorian ordinal) from which on it is shown, in order.

        Raises:
            UnknownRecordError: If an undated step cites a source that is not at hand.
        """
        return states_by_day(self.steps, self._counts_on)

    @property
    def established(self) -> PartialDate | None:
        """When it first came into force, whatever the kind; ``None`` where it never did or no source says when."""
        return next((step.date for step in self.steps if step.action in PUTS_IN_FORCE), None)

    @property
    def ended(self) -> PartialDate | None:
        """When it ended; ``None`` where it did not, or no source says when."""
        ended, state = None, NOTHING
        for step in self.steps:
            before, state = state, advance(state, step)
            if state.status is not before.status:
                ended = step.date if state.status is Status.ENDED else None
        return ended

    @property
    def disputed(self) -> bool:
        """Whether some evidence contradicts one of its steps."""
        return any(step.disputed for step in self.steps)

    @property
    def reliability(self) -> Reliability:
        """How reliable the evidence for its present state is.

        It is the best source that supports, or claims a coarser value for, the action of the step that makes the state
        or of a later step that confirms it. A dispute about the date alone does not matter.

        Raises:
            UnknownRecordError: If a source that it cites is not available.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").reliability
            <Reliability.OFFICIAL: 'official'>
        """
        parties = set(self.cities)
        best = Reliability.LISTED
        for step in confirming_steps(self.steps):
            for item in step.evidence:
                if not step.attested_by(item):
                    continue
                source = self.source(item.source)
                if parties.intersection(source.speaks_for):
                    return Reliability.OFFICIAL
                if source.kind not in _THIRD_PARTY_LISTS:
                    best = Reliability.REPORTED
        return best

    @property
    def last_attested(self) -> PartialDate | None:
        """The latest date whose state is described by a source that does not contradict it.

        Raises:
            UnknownRecordError: If a source that it cites is not at hand.
        """
        dates = (source.as_of for source in self._confirming_sources() if source.as_of is not None)
        return max(dates, default=None, key=lambda day: day.latest)

    @property
    def cites(self) -> frozenset[SourceId]:
        """The ids of the sources that its evidence names."""
        return frozenset(item.source for step in self.steps for item in step.evidence)

    def according_to(self, source: SourceId) -> "Partnership | None":
        """The partnership as one source alone states it, with its own dates; ``None`` if the source does not state it.

        Example:
            >>> import friendcities as fc
            >>> tie = fc.partnership_between("Dunedin", "Shanghai")
            >>> str(tie.established), str(tie.according_to("shine-2023-12-02").established)
            ('1994-10-21', '1994')
        """
        steps = [step for each in self.steps if (step := each.according_to(source)) is not None]
        if not steps:
            return None
        if not in_order(steps):
            steps = _sort_by_date(steps)
        return Partnership(id=self.id, steps=tuple(steps), _sources=self._sources)

    def with_sources(self, sources: Mapping[SourceId, Source]) -> "Partnership":
        """The same partnership with these sources at hand (which take no part in comparisons)."""
        made = object.__new__(Partnership)  # of fields that were checked when this one was made
        made.__setstate__({"id": self.id, "steps": self.steps, "note": self.note, "_sources": sources})
        return made

    def _confirming_sources(self) -> Iterator[Source]:
        """The sources whose evidence does not contradict the step that it is given for."""
        for step in self.steps:
            for item in step.evidence:
                if not step.contradicted_by(item):
                    yield self.source(item.source)

    def _counts_on(self, step: Step) -> PartialDate | None:
        if step.date is not None:
            return step.date
        dates = (self.source(item.source).as_of for item in step.evidence if not step.action_contradicted_by(item))
        return min((day for day in dates if day is not None), default=None, key=lambda day: day.latest)

    def source(self, source: SourceId | str) -> Source:
        """A source that it cites, by its id.

        Raises:
            UnknownRecordError: If it is not at hand.

        Example:
            >>> import friendcities as fc
            >>> fc.partnership_between("Dunedin", "Shanghai").source("shine-2023-12-02").publisher
            'SHINE (Shanghai Daily)'
        """
        try:
            return self._sources[SourceId(source)]
        except KeyError:
            message = f"{self.id} cites the source {source!r}, which is not at hand; "
            message += "take the partnership from a Dataset, or give it its sources with with_sources()"
            raise UnknownRecordError(message, source) from None

    def _check(self, problems: Problems) -> None:
        try:
            parties = parse_partnership_id(self.id)
        except InvalidRecordError as error:
            problems.take(error)
            parties = None
        late = out_of_order(self.steps)
        if late is not None:
            what, expected = f"{self.steps[late].date} lies before a step above it", "known dates that never decrease"
            problems.add(f"steps[{late}].date", what, expected, "put the steps in order", rule="date-order")
        for index, step in enumerate(self.steps):
            said = step._said("initiator")  # noqa: SLF001 - a class of this module
            for place, by in said if step.initiator is None else [("initiator", step.initiator), *said]:
                if parties is not None and by not in parties:
                    expected = f"one of {parties[0]!r}, {parties[1]!r}"
                    problems.add(f"steps[{index}].{place}", f"{short(by)} is no party", expected)

    def __repr__(self) -> str:
        status, kind, since = self.state.status, self.state.kind, self.state.since
        return f"<Partnership {self.id}: {status} {kind}{f' since {since}' if since else ''}>"

    def _repr_html_(self) -> str:
        from friendcities.notebook.cards import partnership_card  # noqa: PLC0415 - only a notebook asks

        return partnership_card(self, self._sources)

    def __getstate__(self) -> dict[str, Any]:
        cited = FrozenMap({id_: self._sources[id_] for id_ in sorted(self.cites) if id_ in self._sources})
        return {"id": self.id, "steps": self.steps, "note": self.note, "_sources": cited}

    def __setstate__(self, state: dict[str, Any]) -> None:
        for name, value in state.items():
            object.__setattr__(self, name, value)


def _sort_by_date(steps: list[Step]) -> list[Step]:
    """Sort steps by date; an undated one stays behind the one before it."""
    keyed: list[tuple[date, Step]] = []
    last = date.min
    for step in steps:
        last = step.date.earliest if step.date is not None else last
        keyed.append((last, step))
    return [step for _, step in sorted(keyed, key=lambda entry: entry[0])]
