"""What rows state about a partnership, as claims; and the claims for one pair, as the steps of a history."""

import re
import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, Final, TypeVar

from attrs import define, evolve, frozen
from importlib_resources import files

from friendcities.importers.dates import is_after, parse_dates
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.names_gate import past_words
from friendcities.importers.profile import Profile
from friendcities.model import FrozenMap, PartialDate, PartnershipKind, Source, Status, StepAction
from friendcities.model.partnership_state import in_order
from friendcities.model.record import short
from friendcities.names.normalize import fold

CLOSENESS: Final = (
    PartnershipKind.UNSPECIFIED,
    PartnershipKind.CONTACT,
    PartnershipKind.PROJECT_PARTNERSHIP,
    PartnershipKind.FRIENDLY_EXCHANGE,
    PartnershipKind.FRIENDSHIP_CITY,
    PartnershipKind.SISTER_CITY,
)
"""The kinds, from the loosest to the closest."""
_STATUSES: Final = (None, *Status)
_START_ACTIONS: Final = {Status.UNCONFIRMED: StepAction.UNCONFIRMED, Status.PROPOSED: StepAction.PROPOSED}
_END_ACTIONS: Final = {Status.SUSPENDED: StepAction.SUSPENDED, Status.ENDED: StepAction.ENDED}
_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))["cells"]
_QUESTION_MARK: Final = re.compile("[?\u00bf\uff1f\ufe56\u061f\u2047\u2048\u2049\u2753\u2754]")
_DOUBT: Final = frozenset(_WORDS["doubt"])
_UNTIL: Final = frozenset(_WORDS["until"])
_PAST: Final = past_words() | frozenset(_WORDS["past_kinds"])
_PAST_STEMS: Final = tuple(word for word in _PAST if not word.isascii())
"""The words of the past that have other endings, or stand within a word, as in Russian and Chinese."""
_PERIOD: Final = re.compile(r"\b[0-9]{4}\s*[-–—]\s*[0-9]{4}\b")
_EDGES: Final = "()[]（）.,;: "

W = TypeVar("W")


@frozen
class Claim:
    """What a row states about a partnership."""

    date: PartialDate | None
    kind: PartnershipKind
    status: Status | None = None
    """Its status; ``None`` if the row states none: lists contain partnerships in force."""
    end: PartialDate | None = None
    """When it was suspended or ended."""

    @property
    def start_action(self) -> StepAction:
        """The action of the step at its date."""
        in_force = StepAction.LISTED if self.date is None else StepAction.ESTABLISHED
        return in_force if self.status is None else _START_ACTIONS.get(self.status, in_force)

    @property
    def end_action(self) -> StepAction | None:
        """The action of the step at its end; ``None`` if it has no end."""
        return None if self.status is None else _END_ACTIONS.get(self.status)

    @property
    def order(self) -> tuple[tuple[int, int, int], int, int, tuple[int, int, int]]:
        """Its place among the claims for one pair."""
        date, end = ((0, 0, 0) if each is None else each.order for each in (self.date, self.end))
        return date, CLOSENESS.index(self.kind), _STATUSES.index(self.status), end


class ClaimReader:
    """Reads the claims of rows with a profile; dates after the date of the source are plans."""

    def __init__(self, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._kinds, self._statuses = _fold_words(profile.kinds), _fold_words(profile.statuses)
        self.columns = (profile.date, profile.kind, profile.status, profile.end)
        self.read_claim = cache(self._read_claim)
        """The claim of a row, and the remarks on it, from the texts of these columns."""

    def _read_claim(self, *texts: str) -> tuple[Claim, list[Remark]]:
        date_text, kind_text, status_text, end_text = texts
        remarks, unsure = list[Remark](), list[Remark]()
        kind, kind_end = self._read_kind(kind_text, remarks, unsure)
        status, status_end = self._read_status(status_text, unsure)
        date, status = self._check_date(self._read_date(date_text, unsure), status, remarks, unsure)
        end = self._read_date(end_text, unsure) or status_end or kind_end
        if end is not None:
            status, end = self._check_end(end, status, date, remarks, unsure)
        if unsure and status not in _END_ACTIONS:
            status = Status.UNCONFIRMED
            unsure[-1] = evolve(unsure[-1], detail=f"{unsure[-1].detail}; the partnership is unconfirmed")
        return Claim(date, kind, status, end), remarks + unsure

    def _read_kind(
        self, text: str, remarks: list[Remark], unsure: list[Remark]
    ) -> tuple[PartnershipKind, PartialDate | None]:
        """The kind, and the end that its text names; doubt, or a word of the past, makes the status unconfirmed."""
        kind = self._profile.kinds.get(text)
        if kind is not None:
            return kind, None
        rest, end = self._split_end(text)
        if is_doubtful(text):
            unsure.append(Remark(Reason.DOUBTFUL, f"the kind {short(text)} expresses doubt"))
        elif end is None and any(map(_is_past, fold(text).split())):
            unsure.append(Remark(Reason.DOUBTFUL, f"the kind {short(text)} has a word for a past partnership"))
        elif end is None and _PERIOD.search(text):
            unsure.append(Remark(Reason.DOUBTFUL, f"the kind {short(text)} has a period, which may be over"))
        words = fold(_PERIOD.sub(" ", rest)).split()
        plain = " ".join(word for word in words if word not in _DOUBT and not _is_past(word))
        kind = self._kinds.get(fold(text), self._kinds.get(plain))
        if kind is None and text:
            remarks.append(Remark(Reason.KIND_UNKNOWN, f"{short(text)} is not among the kinds of the profile"))
        return kind or PartnershipKind.UNSPECIFIED, end

    def _read_status(self, text: str, unsure: list[Remark]) -> tuple[Status | None, PartialDate | None]:
        """The status, and the end that its text names."""
        status = self._profile.statuses.get(text)
        if status is not None:
            return status, None
        if is_doubtful(text):
            unsure.append(Remark(Reason.DOUBTFUL, f"the status {short(text)} expresses doubt"))
            return Status.UNCONFIRMED, None
        rest, end = self._split_end(text)
        status = self._statuses.get(fold(text), self._statuses.get(fold(rest)))
        if end is not None and (status is Status.ACTIVE or not rest):  # "active until 2010", "until 2010"
            return None, end
        if status is None and text:
            unsure.append(Remark(Reason.STATUS_UNKNOWN, f"{short(text)} is not among the statuses of the profile"))
            return None, None
        return status, end

    def _split_end(self, text: str) -> tuple[str, PartialDate | None]:
        """A text without the date of an end, and that date, as in "sister city until 2010" and "ended in 2010"."""
        words = text.split()
        for place, word in enumerate(words):
            folded = fold(word)
            if folded in _UNTIL or _is_past(folded):
                for start in (place + 1, place + 2):
                    dates = self._parse(" ".join(words[start:]).strip(_EDGES))
                    if len(dates) == 1:
                        return " ".join(words[: place + (folded not in _UNTIL)]), dates[0]
        return text, None

    def _check_date(
        self, date: PartialDate | None, status: Status | None, remarks: list[Remark], unsure: list[Remark]
    ) -> tuple[PartialDate | None, Status | None]:
        """The date and the status; a partnership that begins after the date of the source is not in force yet."""
        if date is None or not is_after(date, self._source.as_of):
            return date, status
        detail = f"the partnership starts in {date}, after {self._source.as_of}, the date of the file"
        if status is Status.ACTIVE:
            unsure.append(Remark(Reason.CONTRADICTORY, f"{detail}, but its status is {status}"))
        else:
            proposed = ", so it is only proposed" if status is None else ""
            remarks.append(Remark(Reason.DATE_AFTER_SOURCE, f"{detail}{proposed}; the date is left out"))
        return None, status or Status.PROPOSED

    def _check_end(
        self,
        end: PartialDate,
        status: Status | None,
        date: PartialDate | None,
        remarks: list[Remark],
        unsure: list[Remark],
    ) -> tuple[Status | None, PartialDate | None]:
        """The status of a partnership with an end, and the end where it is valid."""
        if is_after(end, self._source.as_of):
            detail = f"the end, {end}, is after {self._source.as_of}, the date of the file"
            if status not in _END_ACTIONS:
                remarks.append(Remark(Reason.DATE_AFTER_SOURCE, f"{detail}; the end is left out"))
            else:
                unsure.append(Remark(Reason.CONTRADICTORY, f"{detail}, but the status is {status}"))
                return Status.UNCONFIRMED, None
        elif status is Status.ACTIVE:
            unsure.append(Remark(Reason.CONTRADICTORY, f"the status is {status}, but the partnership ended in {end}"))
        elif status in _START_ACTIONS:
            detail = f"the end, {end}, is left out, because the partnership is {status}"
            remarks.append(Remark(Reason.LEFT_OUT, detail))
        elif date is not None and end.latest < date.earliest:
            detail = f"the end, {end}, is before the start, {date}; the end is imported without its date"
            remarks.append(Remark(Reason.CONTRADICTORY, detail))
            return status or Status.ENDED, None
        else:
            return status or Status.ENDED, end
        return status, None

    def _read_date(self, text: str, unsure: list[Remark]) -> PartialDate | None:
        dates = self._parse(text)
        if len(dates) == 1:
            return dates[0]
        if dates:
            unsure.append(Remark(Reason.DATE_UNREADABLE, f"{short(text)} can be {' or '.join(map(str, dates))}"))
        elif text:
            declared = " or one of date_formats" if self._profile.date_formats else ""
            detail = f"{short(text)} is not a date such as '1994' or '1994-10-21'{declared}"
            unsure.append(Remark(Reason.DATE_UNREADABLE, detail))
        return None

    def _parse(self, text: str) -> tuple[PartialDate, ...]:
        return parse_dates(text, self._profile.date_formats, self._profile.months) if text else ()


def _fold_words(words: Mapping[str, W]) -> dict[str, W]:
    """Words as they are, and folded, if something is left of them."""
    return {**{fold(word): value for word, value in words.items() if fold(word)}, **words}


def is_doubtful(text: str) -> bool:
    """Whether a text has a question mark, or a word that expresses doubt."""
    return _QUESTION_MARK.search(text) is not None or not _DOUBT.isdisjoint(fold(text).split())


def names_end(text: str) -> bool:
    """Whether a text has a word of the past, a word before the date of an end, or a period."""
    words = fold(text).split()
    return any(map(_is_past, words)) or not _UNTIL.isdisjoint(words) or _PERIOD.search(text) is not None


def _is_past(word: str) -> bool:
    """Whether a word, folded, marks a partnership as over or dormant, in any language."""
    return word in _PAST or any(stem in word for stem in _PAST_STEMS)


# The claims for one pair as steps


_NO_KIND: Final = PartnershipKind.UNSPECIFIED
_ISO_LENGTHS: Final = (len("1994"), len("1994-10"), len("1994-10-21"))
_IN_FORCE: Final = frozenset({StepAction.LISTED, StepAction.ESTABLISHED})
_START_GROUPS: Final = (frozenset({StepAction.UNCONFIRMED}), frozenset({StepAction.PROPOSED}), _IN_FORCE)
"""The actions of a claim's start; claims share a step only within one of these."""
INTERPRETED: Final = frozenset({StepAction.UPGRADED, StepAction.RENEWED, StepAction.RESUMED})
"""The actions that follow only from several claims together."""


@define
class ClaimedStep:
    """A step, and its claims, the one with the most precise date first."""

    action: StepAction
    date: PartialDate | None
    kind: PartnershipKind
    claims: list[Claim]

    @property
    def is_end(self) -> bool:
        """Whether the partnership was suspended or ended in it."""
        return self.action in {StepAction.SUSPENDED, StepAction.ENDED}

    def is_doubted_by(self, claim: Claim) -> bool:
        """Whether a claim leaves open whether the partnership is in force, and the step does not."""
        return claim.status is Status.UNCONFIRMED and self.action is not StepAction.UNCONFIRMED

    def evidence_of(self, claim: Claim) -> tuple[tuple[str, ...], FrozenMap[str, object]]:
        """The fields of the step that a claim supports, and the values it claims for others."""
        supports, claimed = [], dict[str, Any]()
        date = claim.end if self.is_end else claim.date
        if self.is_doubted_by(claim):
            claimed["action"] = StepAction.UNCONFIRMED
            if date is not None and date == self.date:
                supports.append("date")
            elif date is not None:
                claimed["date"] = date
        elif date == self.date:
            supports += ["action"] if date is None else ["date", "action"]
        elif date is not None or self.is_end or self.action not in {StepAction.ESTABLISHED, *INTERPRETED}:
            supports.append("action")
            claimed |= {} if date is None else {"date": date}
        else:
            claimed["action"] = StepAction.LISTED
        if not self.is_end and claim.kind not in {self.kind, _NO_KIND}:
            claimed["kind"] = claim.kind
        elif not self.is_end and claim.kind is not _NO_KIND:
            supports.append("kind")
        return tuple(supports), FrozenMap(claimed)

    def add_claim(self, claim: Claim) -> None:
        """Add a claim, and its kind if the step has none."""
        self.kind = claim.kind if self.kind is _NO_KIND else self.kind
        self.claims.append(claim)


def build_steps(claims: Iterable[Claim]) -> list[ClaimedStep]:
    """The steps that the claims for one pair state, in the order of a history.

    Claims share a start if they state the same status, their kinds agree, and the date of the one includes that of the
    other: a year and a day of it. A later start is an upgrade if its kind is closer than the one before, else a
    renewal; after an end it is a resumption. A claim without a date belongs to the last step of its kind, or the last
    of all, that does not lie after its own end.

    Ends are placed by date, before a start of another claim at the same time; undated ends follow the step of their own
    claim. If one claim leaves the status open, claims without a status are unconfirmed too. If another claim states the
    status, the open one makes no step of its own, but belongs to a start that another claim states.

    Example:
        >>> year, day = (Claim(PartialDate.parse(text), PartnershipKind.SISTER_CITY) for text in ("1994", "1994-10-21"))
        >>> [(str(step.date), len(step.claims)) for step in build_steps([year, day])]
        [('1994-10-21', 2)]
    """
    every = sorted(claims, key=lambda claim: claim.order)
    if len(every) == 1 and every[0].end_action is None:  # as for most pairs
        return [ClaimedStep(every[0].start_action, every[0].date, every[0].kind, every)]
    statuses = {claim.status for claim in every}
    is_certain = not statuses.isdisjoint({Status.ACTIVE, *_END_ACTIONS})
    in_doubt = Status.UNCONFIRMED in statuses and not is_certain

    def start_action(claim: Claim) -> StepAction:
        return StepAction.UNCONFIRMED if in_doubt and claim.status is None else claim.start_action

    groups = [[claim for claim in every if start_action(claim) in actions] for actions in _START_GROUPS]
    doubts = groups.pop(0) if is_certain else []
    starts = [start for group in groups for start in _build_starts(group, start_action)]
    for claim in doubts:
        _step_for_doubt(claim, starts).add_claim(claim)
    starts.sort(key=lambda step: _order(step.date))
    steps = _insert_ends(starts, [claim for claim in every if claim.end_action is not None])
    _set_actions(steps)
    return steps


def _order(date: PartialDate | None) -> tuple[int, int, int]:
    return (0, 0, 0) if date is None else date.order


def _build_starts(claims: list[Claim], start_action: Callable[[Claim], StepAction]) -> list[ClaimedStep]:
    """The starts that the claims of one group state; each claim belongs to one start."""
    steps = _group_claims([claim for claim in claims if claim.date is not None], start_action)
    undated = []
    for claim in (claim for claim in claims if claim.date is None):
        step = _step_for_undated(claim, steps)
        if step is None:
            undated.append(claim)
        else:
            step.add_claim(claim)
    return [*_group_claims(undated, start_action), *steps]


def _step_for_undated(claim: Claim, steps: Sequence[ClaimedStep]) -> ClaimedStep | None:
    """The last step of the kind of a claim without a date, or else without a kind, or else of all, before its end."""
    end = claim.end
    before = [step for step in steps if end is None or step.date is None or step.date.earliest <= end.latest]
    return max(reversed(before), key=lambda step: (step.kind is claim.kind, step.kind is _NO_KIND), default=None)


def _step_for_doubt(claim: Claim, starts: Sequence[ClaimedStep]) -> ClaimedStep:
    """The start in force that a claim in doubt is about: one of its date, or else the last of its kind, or of all."""
    in_force = [step for step in reversed(starts) if step.action in _IN_FORCE]
    return max(in_force, key=lambda step: (_is_same_date(claim.date, step.date), step.kind is claim.kind))


def _is_same_date(one: PartialDate | None, other: PartialDate | None) -> bool:
    """Whether two dates can be the same: one includes the other."""
    return one is not None and other is not None and (one.includes(other) or other.includes(one))


def _group_claims(claims: list[Claim], start_action: Callable[[Claim], StepAction]) -> list[ClaimedStep]:
    """The steps of claims that all have a date, or all have none; precise dates and named kinds come first."""
    steps: list[ClaimedStep] = []
    known: defaultdict[tuple[str, PartnershipKind], list[ClaimedStep]] = defaultdict(list)
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.date)), claim.kind is _NO_KIND)):
        kinds = (claim.kind, *(CLOSENESS if claim.kind is _NO_KIND else (_NO_KIND,)))
        step = next((step for kind in kinds for step in known[str(claim.date), kind] if step.kind is kind), None)
        if step is None:
            step = ClaimedStep(start_action(claim), claim.date, claim.kind, [])
            steps.append(step)
        step.add_claim(claim)
        for date in {str(step.date)[:length] for length in _ISO_LENGTHS}:
            known[date, step.kind].append(step)
    return sorted(steps, key=lambda step: (_order(step.date), CLOSENESS.index(step.kind)))


def _insert_ends(starts: list[ClaimedStep], claims: list[Claim]) -> list[ClaimedStep]:
    """The starts, and among them the ends that claims state."""
    after: defaultdict[int, list[ClaimedStep]] = defaultdict(list)
    for end in _build_ends(starts, claims):
        after[_start_before(end, starts)].append(end)
    steps = []
    for number, start in enumerate(starts):
        steps += [start, *sorted(after[number], key=_end_order)]
    for number, step in enumerate(steps):
        if step.is_end and not in_order(steps[: number + 1]):
            step.date = None
    return steps


def _build_ends(starts: Sequence[ClaimedStep], claims: list[Claim]) -> list[ClaimedStep]:
    """The ends that claims state: claims with one start share one end, unless their dates differ."""
    start_of = {claim: number for number, step in enumerate(starts) for claim in step.claims}
    ends: list[ClaimedStep] = []
    for claim in sorted(claims, key=lambda claim: (-len(str(claim.end or "")), claim.order)):
        for end in ends:
            is_same = claim.end == end.date or start_of[claim] in {start_of[other] for other in end.claims}
            includes = claim.end is None or (end.date is not None and claim.end.includes(end.date))
            if end.action is claim.end_action and is_same and includes:
                end.claims.append(claim)
                break
        else:
            ends.append(ClaimedStep(claim.end_action or StepAction.ENDED, claim.end, _NO_KIND, [claim]))
    return ends


def _start_before(end: ClaimedStep, starts: Sequence[ClaimedStep]) -> int:
    """The start that an end comes after: the last of its claims, or a later one that lies before it."""
    return max(
        number
        for number, step in enumerate(starts)
        if not set(end.claims).isdisjoint(step.claims)
        or (end.date is not None and step.date is not None and step.date.latest < end.date.earliest)
    )


def _end_order(end: ClaimedStep) -> tuple[int, tuple[int, int, int]]:
    """The place of an end among others after one start: an undated suspension first, an undated end last."""
    undated = 2 if end.action is StepAction.ENDED else 0
    return (undated if end.date is None else 1), _order(end.date)


def _set_actions(steps: Iterable[ClaimedStep]) -> None:
    """Give each start the action that follows from the steps before it."""
    kind = _NO_KIND
    started = ended = False
    for step in steps:
        if step.action in _IN_FORCE:
            is_closer = kind is not _NO_KIND and CLOSENESS.index(step.kind) > CLOSENESS.index(kind)
            if ended:
                step.action = StepAction.RESUMED
            elif started and step.date is not None:
                step.action = StepAction.UPGRADED if is_closer else StepAction.RENEWED
            kind = kind if step.kind is _NO_KIND else step.kind
            started, ended = True, False
        ended = ended or step.is_end
