"""Partnerships as tables: each once, each as seen from either city, and the steps of their histories."""

from collections.abc import Iterator
from typing import Final

from attrs import frozen

from friendcities.datasets.timeline import TimelineEntry
from friendcities.errors import InvalidQueryError
from friendcities.exporters.tables.design import Columns, Design, Surroundings, field_of, ids
from friendcities.model import Partnership, State, Step
from friendcities.model.record import short

__all__ = ["PARTNERSHIPS", "STEPS", "TIES", "place_of"]


@frozen
class _Tie:
    """A partnership as it is told."""

    partnership: Partnership
    state: State
    cities: tuple[str, str]
    """The ids of its cities: in alphabetical order, or first the one from which it is seen."""
    names: tuple[str | None, str | None]

    @property
    def countries(self) -> tuple[str, str]:
        """The codes of the cities' countries, with which their ids begin."""
        one, other = self.cities
        return one[:2].upper(), other[:2].upper()


def _told(record: object, around: Surroundings) -> Iterator[_Tie]:
    if isinstance(record, Partnership):
        one, other = record.cities
        state = record.state if around.on is None else record.at(around.on)
        yield _Tie(record, state, (one, other), (around.name_of(one), around.name_of(other)))


def _seen(record: object, around: Surroundings) -> Iterator[_Tie]:
    for tie in _told(record, around):
        (one, other), (name, other_name) = tie.cities, tie.names
        yield tie
        yield _Tie(tie.partnership, tie.state, (other, one), (other_name, name))


_tie: Final = Columns[_Tie]()
_STANDS: Final = [
    *_tie.text("status", "How it stands, at the date asked about", lambda tie: tie.state.status),
    *_tie.text("kind", "Of what kind it is, at that date", lambda tie: tie.state.kind),
    *_tie.dates("since", "Since when it has had this status and kind", lambda tie: tie.state.since),
    *_tie.dates("established", "When it first came into force", lambda tie: tie.partnership.established),
    *_tie.dates("ended", "When it ended", lambda tie: tie.partnership.ended),
    *_tie.text("reliability", "On how good a word it stands", lambda tie: tie.partnership.reliability),
    *_tie.boolean("disputed", "Whether its sources disagree", lambda tie: tie.partnership.disputed),
    *_tie.dates(
        "last_attested",
        "The latest date whose state a source describes, and does not contradict it",
        lambda tie: tie.partnership.last_attested,
    ),
    *_tie.integer("steps", "How many steps its history has", lambda tie: len(tie.partnership.steps)),
    *_tie.text("sources", "The ids of its sources", lambda tie: ids(sorted(tie.partnership.cites))),
    *_tie.text("note", "Anything a reader must know", lambda tie: tie.partnership.note),
]
PARTNERSHIPS: Final = Design.of(
    "partnerships",
    "The partnership of two cities, with what is derived from its history",
    ("id",),
    _told,
    [
        *_tie.text("id", "Its id for ever", lambda tie: tie.partnership.id),
        *_tie.text("city_1", "The city whose id is first by the alphabet", lambda tie: tie.cities[0], "cities"),
        *_tie.text("name_1", "Its name in English", lambda tie: tie.names[0]),
        *_tie.text("country_1", "Its country, ISO 3166-1 alpha-2", lambda tie: tie.countries[0]),
        *_tie.text("city_2", "The other city", lambda tie: tie.cities[1], "cities"),
        *_tie.text("name_2", "Its name in English", lambda tie: tie.names[1]),
        *_tie.text("country_2", "Its country, ISO 3166-1 alpha-2", lambda tie: tie.countries[1]),
        *_STANDS,
    ],
)
TIES: Final = Design.of(
    "ties",
    "A partnership as seen from one of its cities; each is here twice, for questions that go by city or country",
    ("city", "partner"),
    _seen,
    [
        *_tie.text("city", "The city from which it is seen", lambda tie: tie.cities[0], "cities"),
        *_tie.text("name", "Its name in English", lambda tie: tie.names[0]),
        *_tie.text("country", "Its country, ISO 3166-1 alpha-2", lambda tie: tie.countries[0]),
        *_tie.text("partner", "The city on the other side", lambda tie: tie.cities[1], "cities"),
        *_tie.text("partner_name", "Its name in English", lambda tie: tie.names[1]),
        *_tie.text("partner_country", "Its country, ISO 3166-1 alpha-2", lambda tie: tie.countries[1]),
        *_tie.text("partnership", "The partnership", lambda tie: tie.partnership.id, "partnerships"),
        *_STANDS,
    ],
)

_Happened = tuple[Partnership, int, Step]


def _happened(record: object, _: Surroundings) -> Iterator[_Happened]:
    if isinstance(record, Partnership):
        for place, step in enumerate(record.steps, 1):
            yield record, place, step
    elif isinstance(record, TimelineEntry):
        yield record.partnership, place_of(record), record.step


def place_of(entry: TimelineEntry) -> int:
    """The place of what a timeline tells, in the history of its partnership, from 1.

    Raises:
        InvalidQueryError: If it is no part of that.
    """
    steps = entry.partnership.steps
    same = [place for place, step in enumerate(steps, 1) if step is entry.step]
    if same or entry.step in steps:
        return same[0] if same else steps.index(entry.step) + 1
    message = f"what {short(entry)} tells is no step of its partnership; take entries as `timeline` gives them"
    raise InvalidQueryError(message, entry)


_step: Final = Columns[_Happened]()
STEPS: Final = Design.of(
    "steps",
    "One thing that happened in the history of a partnership",
    ("partnership", "position"),
    _happened,
    [
        *_step.text("partnership", "The partnership", lambda row: row[0].id, "partnerships"),
        *_step.integer("position", "Its place in the history, from 1", lambda row: row[1]),
        *_step.text("city_1", "The city whose id is first by the alphabet", lambda row: row[0].cities[0], "cities"),
        *_step.text("city_2", "The other city", lambda row: row[0].cities[1], "cities"),
        *_step.dates("date", "When it happened", lambda row: row[2].date),
        *_step.text("action", "What happened", lambda row: row[2].action),
        *_step.text("kind", "Of what kind the partnership was thereby, or would have been", lambda row: row[2].kind),
        *_step.text("initiator", "Who acted, where only one side did", lambda row: row[2].initiator, "cities"),
        *_step.text("memorandum", "The memorandum that it rests on", lambda row: row[2].memorandum, "memoranda"),
        *_step.text("term", "What the source calls it", lambda row: field_of(row[2].term, "text")),
        *_step.text(
            "term_language", "The language of those words, BCP 47", lambda row: field_of(row[2].term, "language")
        ),
        *_step.boolean("disputed", "Whether its sources disagree", lambda row: row[2].disputed),
        *_step.text(
            "sources", "The ids of its sources", lambda row: ids(dict.fromkeys(each.source for each in row[2].evidence))
        ),
        *_step.text("note", "Anything a reader must know", lambda row: row[2].note),
    ],
)
