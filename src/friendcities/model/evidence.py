"""Evidence: which source says what about which field of a record, and what of that is a disagreement."""

from collections.abc import Iterable
from typing import ClassVar

import attrs

from friendcities.model.dates import PartialDate, Period
from friendcities.model.field_spec import claim_specs, evidenced_fields, is_empty
from friendcities.model.grammar import SourceId
from friendcities.model.record import EMPTY_MAP, FrozenMap, Problems, Record, frozen_map, record, short
from friendcities.model.value_text import shorten

__all__ = ["Evidence", "Sourced", "evidenced_fields", "is_empty"]

RULE = "evidence-field"
"""The rule that evidence breaks which does not fit its record."""


@record
class Evidence(Record):
    """What one source has to say about a record (or about one step, office or participant in it).

    Example:
        >>> from friendcities import Evidence, PartialDate
        >>> item = Evidence(source="shine-2023-12-02", locator="line 11", supports=("action", "kind"),
        ...                 claims={"date": PartialDate(1994)})
        >>> item.claims["date"]
        PartialDate.parse('1994')
    """

    source: SourceId
    """The source, by id."""
    locator: str
    """Where in the source: a line, a page, a row; it stands where a quotation would."""
    supports: tuple[str, ...] = ()
    """The fields on which the source says what the record says."""
    claims: FrozenMap[str, object] = attrs.field(default=EMPTY_MAP, converter=frozen_map)
    """The fields for which the source states a coarser or contrary value, each with that value.

    A field that the source does not mention is not named here."""
    denies: bool = False
    """Whether the source states that this step, office or participation did not happen; then nothing else is stated."""
    note: str | None = None
    """Anything that a reader must know, in our own words."""

    def _check(self, problems: Problems) -> None:
        supports, says = self.supports, self.claims
        if self.denies and (supports or says):
            problems.add("denies", "evidence that denies also supports or claims", "'denies' alone", rule=RULE)
        if not self.denies and not supports and not says:
            problems.add("", "evidence for nothing", "at least one field in 'supports' or 'claims'", rule=RULE)
        for name in supports if says else ():
            if name in says:
                problems.add("claims", f"{name!r} is both supported and said otherwise", "one of the two", rule=RULE)
        if len(set(supports)) < len(supports):
            problems.add("supports", "a field is named twice", "each field once", rule=RULE)

    def _describe(self) -> str:
        return f"{self.source}, {shorten(self.locator)}"

    def __repr__(self) -> str:
        stated = [*(f"supports {name}" for name in self.supports), *(f"claims {n}={v}" for n, v in self.claims.items())]
        return f"<Evidence {self.source}, {self.locator}: {', '.join(stated) or 'denies'}>"


@record
class Sourced(Record):
    """The base of records with evidence for their own fields."""

    DENIABLE: ClassVar[bool] = True
    """Whether evidence can deny it: a step or an office can be denied, a city or a statistic cannot."""

    note: str | None = None
    """Anything that a reader must know, in our own words."""
    evidence: tuple[Evidence, ...] = ()
    """The sources that state its fields, or state something else."""

    @property
    def disputed(self) -> bool:
        """Whether some evidence contradicts or denies this record; a coarser value does not."""
        return any(map(self.contradicted_by, self.evidence))

    def contradicted_by(self, item: Evidence) -> bool:
        """Whether a piece of its evidence denies it, or claims a contrary value for one of its fields.

        Example:
            >>> import friendcities as fc
            >>> [step] = fc.partnership_between("Dunedin", "Shanghai").steps
            >>> any(step.contradicted_by(item) for item in step.evidence)
            False
        """
        return item.denies or any(self.contradicts(name, value) for name, value in item.claims.items())

    def contradicts(self, name: str, said: object) -> bool:
        """Whether a value claimed for a field is contrary to the recorded one, not merely coarser.

        Example:
            >>> import friendcities as fc
            >>> dunedin = fc.city("Dunedin")
            >>> dunedin.contradicts("country", "AU"), dunedin.contradicts("country", "NZ")
            (True, False)
        """
        recorded = getattr(self, name)
        if isinstance(recorded, PartialDate) and isinstance(said, PartialDate):
            return not recorded.overlaps(said)
        if isinstance(recorded, Period) and isinstance(said, Period):
            return not recorded.overlaps(said)
        return bool(recorded != said)

    def _check_evidence(self, problems: Problems) -> None:
        specs = claim_specs(type(self))
        for index, item in enumerate(self.evidence):
            if item.denies and not self.DENIABLE:
                what = f"a {type(self).__name__.lower()} cannot be denied"
                problems.add(f"evidence[{index}].denies", what, "claims for single fields", rule=RULE)
            for name in item.supports:
                if name not in specs:
                    what = f"there is no field {short(name)}"
                    problems.add(f"evidence[{index}].supports", what, _one_of(specs), rule=RULE)
                elif is_empty(getattr(self, name)):
                    what = f"{name!r} is supported, but the record leaves it empty"
                    problems.add(f"evidence[{index}].supports", what, "a field that says something", rule=RULE)
            if item.claims:
                _check_claims(problems, self, item, f"evidence[{index}].claims")


def _check_claims(problems: Problems, owner: Sourced, item: Evidence, place: str) -> None:
    specs = claim_specs(type(owner))
    for name, claim in item.claims.items():
        if name not in specs:
            problems.add(place, f"there is no field {short(name)}", _one_of(specs), rule=RULE)
        elif is_empty(claim):
            problems.add(f"{place}.{name}", "a claim that states no value", "a value", _LEAVE_OUT, rule=RULE)
        elif not specs[name].is_valid(claim):
            problems.add(f"{place}.{name}", f"invalid value {short(claim)}", specs[name].expected)
        elif claim == getattr(owner, name):
            what = f"{short(str(claim) if isinstance(claim, PartialDate) else claim)} is what the record says"
            problems.add(f"{place}.{name}", what, "something else", _SUPPORT, rule=RULE)


def _one_of(names: Iterable[str]) -> str:
    return "one of " + ", ".join(map(repr, names))


_SUPPORT = "name the field in 'supports' instead"
_LEAVE_OUT = "leave the field out: what a source does not state is not recorded"
