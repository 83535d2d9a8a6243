"""Cooperation: something concrete that came of it."""

from typing import Annotated

from friendcities.model.dates import Period
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import SLUG, CityId, CooperationId, OfficialId
from friendcities.model.memorandum import Party
from friendcities.model.record import Bounds, record
from friendcities.model.vocabulary import CooperationStage


@record
class Cooperation(Sourced):
    """Something concrete between partners: an investment, a shipment of buses, a shipping corridor.

    Example:
        >>> import friendcities as fc
        >>> [cooperation.stage.value for cooperation in fc.cooperations_of("Pudong New Area")]
        ['planned']
    """

    id: CooperationId
    """Its id for ever."""
    summary: str
    """What it is, in a few words of ours."""
    area: Annotated[str, SLUG]
    """Its area, as a word for programs: ``investment``, ``public_transport``."""
    cities: Annotated[tuple[CityId, ...], Bounds(1)]
    """The cities it concerns."""
    parties: tuple[Party, ...] = ()
    """Who takes part, as far as the sources say."""
    period: Period | None = None
    """When."""
    stage: CooperationStage
    """Whether it is told as a fact or as an intention."""
    stated_by: OfficialId | None = None
    """The official who said it."""

    def __repr__(self) -> str:
        return f"<Cooperation {self.id}: {self.stage}>"
