"""Converts rows to claims about partnerships."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple, TypeVar

from attrs import evolve
from importlib_resources import files

from friendcities.importers.dates import find_calendar, is_after, is_now, parse_dates, parse_period, strip_since
from friendcities.importers.import_report import Reason, Remark
from friendcities.importers.names_gate import past_words
from friendcities.importers.profile import Profile
from friendcities.model import PartialDate, PartnershipKind, Source, Status
from friendcities.model.claimed_history import END_ACTIONS, START_ACTIONS, Claim
from friendcities.model.record import short
from friendcities.names.normalize import fold

_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))
_DOUBT_MARK: Final = re.compile("[?\u00bf\uff1f\ufe56\u061f\u2047\u2048\u2049\u2753\u2754\u2020\u271d]")
_DOUBT: Final = frozenset(_WORDS["cells"]["doubt"])
_ABOUT: Final = frozenset(_WORDS["dates"]["about"])
_UNTIL: Final = frozenset(_WORDS["cells"]["until"])
_ENDS: Final = past_words().union(*(_WORDS["statuses"][status] for status in END_ACTIONS))
_PAST: Final = _ENDS.union(_WORDS["cells"]["past_kinds"])
_PLANNED: Final = (*_WORDS["statuses"]["proposed"], *_WORDS["cells"]["planned_kinds"])
_PAST_STEMS: Final = tuple(word for word in _PAST if not word.isascii())
"""Non-ASCII words for past partnerships, such as Russian and Chinese ones. Longer words can contain such a word."""
_PERIOD: Final = re.compile(r"\b[0-9]{4}\s*[-–—]\s*[0-9]{4}\b")
_FOOTNOTE: Final = re.compile(r"(?<=[0-9])\s*(?:\[(?:[0-9]{1,3}|[a-z]|note [0-9]+)\]|\([0-9]{1,2}\)|\*+|[¹²³⁰⁴-⁹]+)$")
"""Footnote marks after a date: [1], [a], [note 3], (1), asterisks and superscript digits."""
_EDGES: Final = "()[]（）.,;: "
_SUSPENDED_STEMS: Final = tuple(word for word in _WORDS["statuses"]["suspended"] if not word.isascii())

W = TypeVar("W")


class _Period(NamedTuple):
    start: PartialDate | None = None
    end: PartialDate | None = None


@cache
def known_meanings(table: str) -> dict[str, str]:
    """The meaning of each known word in the column of the kinds or the statuses."""
    known = {word: meaning for meaning, words in _WORDS[table].items() for word in words}
    past = dict.fromkeys(past_words(), "ended") if table == "statuses" else {}
    return past | known | {fold(meaning): meaning for meaning in _WORDS[table]}


class ClaimReader:
    """Converts a row to a claim, as the profile defines."""

    def __init__(self, profile: Profile, source: Source) -> None:
        self._profile = profile
        self._source = source
        self._kinds, self._statuses = _fold_words(profile.kinds), _fold_words(profile.statuses)
        self.columns = (profile.date, profile.kind, profile.status, profile.end)
        self.read_claim = cache(self._read_claim)

    def _read_claim(self, *texts: str) -> tuple[Claim, list[Remark]]:
        date_text, kind_text, status_text, end_text = texts
        remarks, unsure = list[Remark](), list[Remark]()
        kind, kind_end = self._read_kind(kind_text, remarks, unsure)
        status, of_status = self._read_status(status_text, unsure)
        date_status, of_date = self._read_date(date_text, remarks, unsure)
        end_status, of_end = self._read_end(end_text, remarks, unsure)
        start = _choose_date("start", [of_date.start, of_end.start, of_status.start], unsure)
        date, status = self._check_date(start, status, remarks, unsure)
        past = end_status or date_status
        if past is not None and status is Status.ACTIVE:
            detail = f"the status is {status}, but another cell states that it is {past}"
            unsure.append(Remark(Reason.CONTRADICTORY, detail))
        status = status or past
        end = _choose_date("end", [of_end.end, of_date.end, of_status.end, kind_end], unsure)
        if end is not None:
            status, end = self._check_end(end, status, date, remarks, unsure)
        if unsure and status not in END_ACTIONS:
            status = Status.UNCONFIRMED
            unsure[-1] = evolve(unsure[-1], detail=f"{unsure[-1].detail}; the partnership is unconfirmed")
        return Claim(date, kind, status, end), remarks + unsure

    def _read_kind(
        self, text: str, remarks: list[Remark], unsure: list[Remark]
    ) -> tuple[PartnershipKind, PartialDate | None]:
        kind = self._profile.kinds.get(text)
        if kind is not None:
            return kind, None
        rest, end = self._split_end(text)
        if is_doubtful(text):
            unsure.append(Remark(Reason.DOUBTFUL, f"the kind {short(text)} expresses doubt"))
        elif end is None and any(map(_is_past, fold(text).split())):
            unsure.append(Remark(Reason.DOUBTFUL, f"the kind {short(text)} has a word for a past partnership"))
        elif _is_planned(text):
            unsure.append(Remark(Reason.DOUBTFUL, f"the kind {short(text)} has a word for a planned partnership"))
        elif end is None and _PERIOD.search(text):
            unsure.append(Remark(Reason.DOUBTFUL, f"the kind {short(text)} contains a period that may be over"))
        words = fold(_PERIOD.sub(" ", rest)).split()
        plain = " ".join(word for word in words if word not in _DOUBT and not _is_past(word))
        kind = self._kinds.get(fold(text), self._kinds.get(plain))
        if kind is None and plain:
            detail = f"unknown kind {short(text)}; add the word to [steps.kinds] of the profile"
            remarks.append(Remark(Reason.KIND_UNKNOWN, detail))
        return kind or PartnershipKind.UNSPECIFIED, end

    def _read_status(self, text: str, unsure: list[Remark]) -> tuple[Status | None, _Period]:
        status = self._profile.statuses.get(text)
        if status is not None:
            return status, _Period()
        if is_doubtful(text):
            unsure.append(Remark(Reason.DOUBTFUL, f"the status {short(text)} expresses doubt"))
            return Status.UNCONFIRMED, _Period()
        rest, end = self._split_end(text)
        status = self._statuses.get(fold(text), self._statuses.get(fold(rest)))
        if end is not None and status is Status.ACTIVE:  # "active until 2010"
            return None, _Period(end=end)
        if status is not None:
            return status, _Period(end=end)
        status, period = self._read_past(text)
        if text and period.end is None:
            detail = f"unknown status {short(text)}; add the word to [steps.statuses] of the profile"
            unsure.append(Remark(Reason.STATUS_UNKNOWN, detail))
        return status, period

    def _read_past(self, text: str, *, can_start: bool = False) -> tuple[Status | None, _Period]:
        """Read a period such as "1990–2010", or a text such as "until 2010" or "ended in 2010".

        A column of starts does not show whether "2010 (ended)" is the start or the end.
        """
        starts, ends = self._parse_period(text)
        if len(ends) == 1 and len(starts) <= 1:
            return None, _Period(next(iter(starts), None), ends[0])
        rest, end = self._split_end(text)
        status = _past_status(rest)
        if end is not None and (status or not rest):
            return status, _Period(end=end)
        words = {word: _past_status(word) for word in text.split()}
        starts, ends = self._parse_period(" ".join(word for word in words if words[word] is None))
        found = [each for each in words.values() if each is not None]
        if found and len(ends) == 1 and len(starts) <= 1:  # "1990–2010 (ended)"
            return found[0], _Period(next(iter(starts), None), ends[0])
        if found and len(starts) == 1 and not ends and not can_start:  # "2010 (ended)"
            return found[0], _Period(end=starts[0])
        return None, _Period()

    def _split_end(self, text: str) -> tuple[str, PartialDate | None]:
        """Split a text such as "sister city until 2010" or "ended in 2010"."""
        words = text.split()
        for place, word in enumerate(words):
            folded = fold(word)
            if folded in _UNTIL or _is_past(folded):
                for start in (place + 1, place + 2):
                    dates = self._parse(strip_since(" ".join(words[start:]).strip(_EDGES)))
                    if len(dates) == 1:
                        return " ".join(words[: place + (folded not in _UNTIL)]).strip(_EDGES), dates[0]
        return text, None

    def _check_date(
        self, date: PartialDate | None, status: Status | None, remarks: list[Remark], unsure: list[Remark]
    ) -> tuple[PartialDate | None, Status | None]:
        """Remove a start date that is later than the date of the source."""
        if date is None or not is_after(date, self._source.as_of):
            return date, status
        detail = f"the start {date} is after {self._source.as_of}, the date of the file"
        if status is Status.ACTIVE:
            unsure.append(Remark(Reason.CONTRADICTORY, f"{detail}, but the status is {status}"))
        else:
            proposed = ", so the partnership is only proposed" if status is None else ""
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
        if is_after(end, self._source.as_of):
            detail = f"the end {end} is after {self._source.as_of}, the date of the file"
            if status not in END_ACTIONS:
                remarks.append(Remark(Reason.DATE_AFTER_SOURCE, f"{detail}; the end is left out"))
            else:
                unsure.append(Remark(Reason.CONTRADICTORY, f"{detail}, but the status is {status}"))
                return Status.UNCONFIRMED, None
        elif status is Status.ACTIVE:
            unsure.append(Remark(Reason.CONTRADICTORY, f"the status is {status}, but the partnership ended in {end}"))
        elif status in START_ACTIONS:
            detail = f"the end {end} is left out, because the status is {status}"
            remarks.append(Remark(Reason.LEFT_OUT, detail))
        elif date is not None and end.latest < date.earliest:
            detail = f"the end {end} is before the start {date}; the end is imported without a date"
            remarks.append(Remark(Reason.CONTRADICTORY, detail))
            return status or Status.ENDED, None
        else:
            return status or Status.ENDED, end
        return status, None

    def _read_date(self, text: str, remarks: list[Remark], unsure: list[Remark]) -> tuple[Status | None, _Period]:
        text = _remove_footnote(text, remarks)
        starts, ends = self._parse_period(text)
        if len(starts) == 1 and not ends:
            return None, _Period(starts[0])
        status, period = self._read_past(text, can_start=True)
        if period.end is None:
            status = _past_status(text)
        if period.end is None and status is None:
            self._report_date(text, ends if len(ends) > 1 else starts, unsure)
        return status, period

    def _read_end(self, text: str, remarks: list[Remark], unsure: list[Remark]) -> tuple[Status | None, _Period]:
        text = _remove_footnote(text, remarks)
        dates = self._parse(text)
        if len(dates) == 1:
            return None, _Period(end=dates[0])
        status = _past_status(text)
        if status is not None or is_now(text):  # "ended", "present"
            return status, _Period()
        status, period = self._read_past(text)
        if period.end is None:
            self._report_date(text, dates, unsure)
        return status, period

    def _report_date(self, text: str, dates: Sequence[PartialDate], unsure: list[Remark]) -> None:
        if dates:
            detail = f"ambiguous date {short(text)}: {' or '.join(map(str, dates))}"
            unsure.append(Remark(Reason.DATE_UNREADABLE, detail))
        elif any(map(str.isdigit, text)) and (is_doubtful(text) or not _ABOUT.isdisjoint(fold(text).split())):
            unsure.append(Remark(Reason.DOUBTFUL, f"the date {short(text)} expresses doubt; the date is left out"))
        elif (calendar := find_calendar(text)) is not None:
            detail = f"the year in {short(text)} may belong to the {calendar} calendar; write the Gregorian year"
            unsure.append(Remark(Reason.DATE_UNREADABLE, detail))
        elif text:
            declared = ", or one of the date_formats of the profile" if self._profile.date_formats else ""
            detail = f"invalid date {short(text)}; expected a date like '1994' or '1994-10-21'{declared}"
            unsure.append(Remark(Reason.DATE_UNREADABLE, detail))

    def _parse_period(self, text: str) -> tuple[Sequence[PartialDate], Sequence[PartialDate]]:
        return parse_period(text, self._profile.date_formats, self._profile.months) if text else ((), ())

    def _parse(self, text: str) -> tuple[PartialDate, ...]:
        return parse_dates(text, self._profile.date_formats, self._profile.months) if text else ()


def _choose_date(what: str, dates: Sequence[PartialDate | None], unsure: list[Remark]) -> PartialDate | None:
    """Return the first known date. If another cell contradicts this date, add a remark."""
    known = [each for each in dates if each is not None]
    other = next((each for each in known if not each.overlaps(known[0])), None)
    if other is not None:
        unsure.append(Remark(Reason.CONTRADICTORY, f"the row states two dates of the {what}: {known[0]} and {other}"))
    return next(iter(known), None)


def _past_status(text: str) -> Status | None:
    """The status that a word such as "ended" or "suspended" states; ``None`` for any other text."""
    words = fold(text).split()
    status = known_meanings("statuses").get(" ".join(words))
    if status in END_ACTIONS:
        return Status(status)
    if not words or not all(map(_is_past, words)):
        return None
    return Status.SUSPENDED if any(stem in words[0] for stem in _SUSPENDED_STEMS) else Status.ENDED


def _fold_words(words: Mapping[str, W]) -> dict[str, W]:
    return {**{fold(word): value for word, value in words.items() if fold(word)}, **words}


def _remove_footnote(text: str, remarks: list[Remark]) -> str:
    mark = _FOOTNOTE.search(text)
    if mark is None:
        return text
    shown = short(mark[0].strip())
    remarks.append(Remark(Reason.FOOTNOTE, f"removed the footnote mark {shown}; check the text of the footnote"))
    return text[: mark.start()]


def is_doubtful(text: str) -> bool:
    """Whether a text contains a question mark, a cross or a word of doubt."""
    return _DOUBT_MARK.search(text) is not None or not _DOUBT.isdisjoint(fold(text).split())


def names_end(text: str) -> bool:
    """Whether a text contains a period of years or a word such as "ended" or "until"."""
    words = fold(text).split()
    return any(map(_is_past, words)) or not _UNTIL.isdisjoint(words) or _PERIOD.search(text) is not None


def states_end(text: str) -> bool:
    """Whether a text contains a word such as "ended" or "suspended".

    Example:
        >>> [states_end(text) for text in ("ophørt", "Town hall")]
        [True, False]
    """
    words = fold(text).split()
    return not _ENDS.isdisjoint(words) or (not text.isascii() and any(map(_is_past, words)))


def _is_past(word: str) -> bool:
    return word in _PAST or any(stem in word for stem in _PAST_STEMS)


def _is_planned(text: str) -> bool:
    words = f" {fold(text)} "
    return any((f" {word} " if word.isascii() else word) in words for word in _PLANNED)
