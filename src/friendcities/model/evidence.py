"""Evidence: which source says what about which field of a record, and what of that is a disagreement."""

from collections.abc import Iterable

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
        >>> told = Evidence(source="shine-2023-12-02", locator="line 11", supports=("action", "kind"),
        ...                 claims={"date": PartialDate(1994)})
        >>> told.claims["date"]
        PartialDate.parse('1994')
    """

    source: SourceId
    """The source, by id."""
    locator: str
    """Where in the source: a line, a page, a row; it stands where a quotation would."""
    supports: tuple[str, ...] = ()
    """The fields on which the source says what the record says."""
    claims: FrozenMap[str, object] = attrs.field(default=EMPTY_MAP, converter=frozen_map)
    """The fields on which it is coarser or contrary, each with what it says instead, a value of that field's type.

    ``None`` for ``action`` says that the step did not happen; ``None`` elsewhere, that the source is silent."""
    note: str | None = None
    """Anything a reader must know, in our words."""

    def _check(self, problems: Problems) -> None:
        supports, says = self.supports, self.claims
        if not supports and not says:
            problems.add("", "evidence for nothing", "at least one field in 'supports' or 'claims'", rule=RULE)
        for name in supports if says else ():
            if name in says:
                problems.add("claims", f"{name!r} is both supported and said otherwise", "one of the two", rule=RULE)
        if len(set(supports)) < len(supports):
            problems.add("supports", "a field is named twice", "each field once", rule=RULE)

    def _describe(self) -> str:
        return f"{self.source}, {shorten(self.locator)}"

    def __repr__(self) -> str:
        said = [*(f"supports {name}" for name in self.supports), *(f"claims {n}={v}" for n, v in self.claims.items())]
        return f"<Evidence {self.source}, {self.locator}: {', '.join(said)}>"


class Sourced(Record):
    """The base of records that carry evidence for their own fields."""

    __slots__ = ()
    evidence: tuple[Evidence, ...]

    @property
    def disputed(self) -> bool:
        """Whether some evidence contradicts this record; a coarser word or silence does not."""
        return any(self.contradicts(name, said) for item in self.evidence for name, said in item.claims.items())

    def contradicts(self, name: str, said: object) -> bool:
        """Whether a value said for a field is contrary to the recorded one, not merely coarser or silent.

        Example:
            >>> import friendcities as fc
            >>> dunedin = fc.city("Dunedin")
            >>> dunedin.contradicts("country", "AU"), dunedin.contradicts("country", None)
            (True, False)
        """
        recorded = getattr(self, name)
        if said is None or said == "unspecified":
            return False
        if isinstance(recorded, PartialDate) and isinstance(said, PartialDate):
            return not recorded.overlaps(said)
        if isinstance(recorded, Period) and isinstance(said, Period):
            return not recorded.overlaps(said)
        return bool(recorded != said)

    def _check_evidence(self, problems: Problems) -> None:
        check_evidence(problems, self)


def check_evidence(problems: Problems, owner: Sourced) -> None:
    """Note where evidence names a field its record lacks or leaves empty, or says what the record says."""
    specs = claim_specs(type(owner))
    for index, item in enumerate(owner.evidence):
        for name in item.supports:
            if name not in specs:
                what = f"there is no field {short(name)}"
                problems.add(f"evidence[{index}].supports", what, _one_of(specs), rule=RULE)
            elif is_empty(getattr(owner, name)):
                what = f"{name!r} is supported, but the record leaves it empty"
                problems.add(f"evidence[{index}].supports", what, "a field that says something", rule=RULE)
        for name, said in item.claims.items() if item.claims else ():
            place = f"evidence[{index}].claims"
            if name not in specs:
                problems.add(place, f"there is no field {short(name)}", _one_of(specs), rule=RULE)
            elif said is not None and not specs[name].is_valid(said):
                problems.add(f"{place}.{name}", f"invalid value {short(said)}", specs[name].expected)
            elif said is not None and said == getattr(owner, name):
                what = f"{short(str(said) if isinstance(said, PartialDate) else said)} is what the record says"
                problems.add(f"{place}.{name}", what, "something else", _SUPPORT, rule=RULE)


def _one_of(names: Iterable[str]) -> str:
    return "one of " + ", ".join(map(repr, names))


_SUPPORT = "name the field in 'supports' instead"
