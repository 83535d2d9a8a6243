"""Evidence: the fields of a record that a source supports or contradicts."""

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar

import attrs

from friendcities.model.dates import PartialDate, Period
from friendcities.model.field_spec import FieldSpec, claim_specs, evidenced_fields, is_empty
from friendcities.model.format_values import shorten
from friendcities.model.grammar import SourceId
from friendcities.model.record import (
    EMPTY_MAP,
    FrozenMap,
    Problems,
    Record,
    add_type_problems,
    frozen_map,
    record,
    short,
)

__all__ = ["Evidence", "Sourced", "evidenced_fields", "is_empty"]

RULE = "evidence-field"
"""The name of the rule about evidence that does not match its record."""


@record
class Evidence(Record):
    """What one source states about a record, a step, an office or a participant.

    Example:
        >>> from friendcities import Evidence, PartialDate
        >>> item = Evidence(source="shine-2023-12-02", locator="line 11", supports=("action", "kind"),
        ...                 claims={"date": PartialDate(1994)})
        >>> item.claims["date"]
        PartialDate.parse('1994')
    """

    source: SourceId
    """The id of the source."""
    locator: str
    """The place in the source, such as a line, a page or a row."""
    supports: tuple[str, ...] = ()
    """The names of the fields that the source confirms."""
    claims: FrozenMap[str, object] = attrs.field(default=EMPTY_MAP, converter=frozen_map)
    """The coarser or contrary values that the source states, by the name of the field."""
    denies: bool = False
    """Whether the source states that the step, office or participation did not happen.

    Such evidence has no ``supports`` and no ``claims``."""
    note: str | None = None
    """A note for readers, in our own words."""

    def _check(self, problems: Problems) -> None:
        supports, claims = self.supports, self.claims
        if self.denies and (supports or claims):
            what = "'denies' is combined with 'supports' or 'claims'"
            problems.add("denies", what, "only one of the three fields", rule=RULE)
        if not self.denies and not supports and not claims:
            problems.add("", "the evidence names no field", "at least one field in 'supports' or 'claims'", rule=RULE)
        for name in supports if claims is not EMPTY_MAP else ():
            if name in claims:
                what = f"the field {name!r} is in 'claims' and in 'supports'"
                problems.add("claims", what, "the field in only one of the two", rule=RULE)
        if len(set(supports)) < len(supports):
            problems.add("supports", "'supports' repeats a field", "each field once", rule=RULE)

    def _describe(self) -> str:
        return f"{self.source}, {shorten(self.locator)}"

    def __repr__(self) -> str:
        stated = [*(f"supports {name}" for name in self.supports), *(f"claims {n}={v}" for n, v in self.claims.items())]
        return f"<Evidence {self.source}, {self.locator}: {', '.join(stated) or 'denies'}>"


@record
class Sourced(Record):
    """The base class of records with evidence."""

    DENIABLE: ClassVar[bool] = True
    """Whether evidence can deny the record. Evidence can deny a step, but not a city."""

    note: str | None = None
    """A note for readers, in our own words."""
    evidence: tuple[Evidence, ...] = ()
    """The evidence for the fields of this record."""

    @property
    def disputed(self) -> bool:
        """Whether a source denies the record or contradicts a field."""
        return any(map(self.contradicted_by, self.evidence))

    def contradicted_by(self, item: Evidence) -> bool:
        """Whether this evidence denies the record or contradicts a field.

        Example:
            >>> import friendcities as fc
            >>> step = fc.partnership_between("Dunedin", "Shanghai").steps[0]
            >>> any(step.contradicted_by(item) for item in step.evidence)
            False
        """
        return item.denies or any(self.contradicts(name, value) for name, value in item.claims.items())

    def contradicts(self, name: str, claim: object) -> bool:
        """Whether a source's value contradicts the recorded value of a field.

        A less precise value is no contradiction: 1994 does not contradict 1994-10, but 1995 does.

        Example:
            >>> import friendcities as fc
            >>> dunedin = fc.city("Dunedin")
            >>> dunedin.contradicts("country", "AU"), dunedin.contradicts("country", "NZ")
            (True, False)
        """
        recorded = getattr(self, name)
        if isinstance(recorded, PartialDate) and isinstance(claim, PartialDate):
            return not recorded.overlaps(claim)
        if isinstance(recorded, Period) and isinstance(claim, Period):
            return not recorded.overlaps(claim)
        return bool(recorded != claim)

    def _convert_claims(self) -> None:
        if any(item.claims for item in self.evidence):
            specs = claim_specs(type(self))
            object.__setattr__(self, "evidence", tuple(_convert_claims(item, specs) for item in self.evidence))

    def _check_evidence(self, problems: Problems) -> None:
        specs = claim_specs(type(self))
        for index, item in enumerate(self.evidence):
            if item.denies and not self.DENIABLE:
                what = f"evidence cannot deny a {type(self).__name__.lower()}"
                problems.add(f"evidence[{index}].denies", what, "'claims' for the contrary fields", rule=RULE)
            for name in item.supports:
                if name not in specs:
                    what = f"unknown field {short(name)}"
                    problems.add(f"evidence[{index}].supports", what, _one_of(specs), rule=RULE)
                elif is_empty(getattr(self, name)):
                    what = f"'supports' contains {name!r}, but this field is empty in the record"
                    problems.add(f"evidence[{index}].supports", what, "a field with a value", rule=RULE)
            if item.claims is not EMPTY_MAP:
                _check_claims(problems, self, item, f"evidence[{index}].claims")


def _convert_claims(item: Evidence, specs: Mapping[str, FieldSpec]) -> Evidence:
    claims = {
        name: specs[name].convert(claim)
        for name, claim in item.claims.items()
        if name in specs and claim is not None and not specs[name].is_valid(claim)
    }
    evolve: Any = attrs.evolve  # type checkers do not know that `record` makes an attrs class
    return evolve(item, claims=FrozenMap({**item.claims, **claims})) if claims else item


def _check_claims(problems: Problems, owner: Sourced, item: Evidence, place: str) -> None:
    specs = claim_specs(type(owner))
    for name, claim in item.claims.items():
        if name not in specs:
            problems.add(place, f"unknown field {short(name)}", _one_of(specs), rule=RULE)
        elif is_empty(claim):
            problems.add(f"{place}.{name}", "the claim is empty", "a value", _LEAVE_OUT, rule=RULE)
        elif not specs[name].is_valid(claim):
            add_type_problems(problems, specs[name], f"{place}.{name}", claim)
        elif claim == getattr(owner, name):
            what = f"the claim {short(str(claim) if isinstance(claim, PartialDate) else claim)} is the recorded value"
            problems.add(f"{place}.{name}", what, "a different value", _SUPPORT, rule=RULE)


def _one_of(names: Iterable[str]) -> str:
    return "one of " + ", ".join(map(repr, names))


_SUPPORT = "name the field in 'supports' instead"
_LEAVE_OUT = "delete the claim if the source states no value"
