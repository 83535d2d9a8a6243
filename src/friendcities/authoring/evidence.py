"""Evidence for what was answered: one source for every field that an answer filled in."""

from collections.abc import Callable
from typing import Any, Final, TypeVar, cast

import attrs

from friendcities.authoring.questions import Answers
from friendcities.authoring.session import Session
from friendcities.model import AnyRecord, City, Evidence, Partnership, Record, Source, SourceId
from friendcities.model.evidence import evidenced_fields, is_empty

R = TypeVar("R", bound=Record)
_SUBDIVISION_STANDARD: Final = SourceId("iso-3166-2")
"""The source, if it exists, for subdivision codes."""


def build_with_evidence(build: Callable[[Answers, Session], Any]) -> Callable[[Answers, Session], AnyRecord]:
    """Build a record, and add the named source as evidence to it and to the cities that are new with it."""

    def build_and_cite(answers: Answers, session: Session) -> AnyRecord:
        source, locator = answers["source"].id, answers["locator"]
        for record in list(session.new_records()):
            if isinstance(record, City) and not record.evidence:
                session.add(add_evidence(record, source, locator, session))
        built: AnyRecord = add_evidence(build(answers, session), source, locator, session)
        return built

    return build_and_cite


def add_evidence(record: R, source: SourceId, locator: str, session: Session) -> R:
    """Add evidence for every field that is filled in; for the code of a subdivision, of the standard itself.

    Args:
        record: The record; of a partnership, each step gets the evidence.
        source: The id of the source.
        locator: The place in it.
        session: The existing records.
    """
    plain = cast("Any", record)  # type checkers do not see that records are classes of attrs
    if isinstance(record, Partnership):
        steps = tuple(add_evidence(step, source, locator, session) for step in record.steps)
        return cast("R", attrs.evolve(plain, steps=steps))
    defaults = {attribute.name: attribute.default for attribute in attrs.fields(type(plain))}
    values = {name: getattr(record, name) for name in evidenced_fields(type(record))}
    filled = [name for name, value in values.items() if not is_empty(value) and value != defaults[name]]
    has_standard = source != _SUBDIVISION_STANDARD and _SUBDIVISION_STANDARD in session.records(Source)
    extra = []
    if isinstance(record, City) and record.subdivision is not None and has_standard:
        filled.remove("subdivision")
        supports = ("country", "subdivision")
        extra = [Evidence(source=_SUBDIVISION_STANDARD, locator=record.subdivision, supports=supports)]
    main = Evidence(source=source, locator=locator, supports=tuple(filled))
    return cast("R", attrs.evolve(plain, evidence=(main, *extra)))
