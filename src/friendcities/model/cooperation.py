"""Cooperation: a concrete result of a partnership."""

from typing import Annotated

from friendcities.model.dates import Period
from friendcities.model.evidence import Sourced
from friendcities.model.grammar import SLUG, CityId, CooperationId, OfficialId
from friendcities.model.memorandum import Party
from friendcities.model.record import Bounds, record
from friendcities.model.vocabulary import CooperationStage


@record
class Cooperation(Sourced):
    """A concrete activity of partners, such as an investment or a delivery of buses.

    Example:
        >>> import friendcities as fc
        >>> [cooperation.stage.value for cooperation in fc.cooperations_of("Pudong New Area")]
        ['planned']
    """

    id: CooperationId
    """The permanent identifier."""
    summary: str
    """A short description, in our own words."""
    area: Annotated[str, SLUG]
    """The area of the cooperation, as a slug such as ``public_transport``."""
    cities: Annotated[tuple[CityId, ...], Bounds(1)]
    """The cities that take part or benefit."""
    parties: tuple[Party, ...] = ()
    """The parties that the sources name."""
    period: Period | None = None
    """The period of the cooperation."""
    stage: CooperationStage
    """Whether the sources report the cooperation as a fact or as a plan."""
    stated_by: OfficialId | None = None
    """The official who reported the cooperation."""

    def __repr__(self) -> str:
        return f"<Cooperation {self.id}: {self.stage}>"
