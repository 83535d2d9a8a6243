"""Formats cities and partnerships as rows of tables."""

from datetime import date
from typing import Any, Final

from attrs import frozen

from friendcities.datasets.dataset import Dataset
from friendcities.datasets.partnership_view import PartnershipView
from friendcities.model import City, DateLike, Partnership, State, as_date
from friendcities.model.partnership import sources_of_state

CITY_COLUMNS: Final = ("City", "Country", "Level", "Id")
PARTNER_COLUMNS: Final = ("Partner", "Country", "Kind", "Status", "Established", "Status since", "Sources")


def city_row(city: City) -> tuple[str, ...]:
    """Return the cells of a city for ``CITY_COLUMNS``."""
    return (city.name, city.country, city.level.value, city.id)


@frozen
class PartnerRow:
    """A partnership on a date, as seen from one city."""

    view: PartnershipView
    on: date | None

    @classmethod
    def from_city(cls, data: Dataset, city: City, partnership: Partnership, on: DateLike | None) -> "PartnerRow":
        """Make the row for a partnership of a city or of a part of the city."""
        own = city.id
        if own not in partnership.cities:
            parts = {part.id for part in data.parts_of(city)}
            own = next(id_ for id_ in partnership.cities if id_ in parts)
        partner = data.city(partnership.partner_of(own))
        view = PartnershipView(partnership, data.city(own), partner)
        return cls(view, None if on is None else as_date(on).latest)

    @property
    def partner(self) -> City:
        """The other city of the partnership."""
        return self.view.partner

    @property
    def state(self) -> State:
        """The state on the date. The default is the state after the last step."""
        return self.view.state_on(None if self.on is None else self.on.toordinal())

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of ``PARTNER_COLUMNS``."""
        state, partnership = self.state, self.view.partnership
        return (
            self.partner.name,
            self.partner.country,
            value_in_words(state.kind),
            value_in_words(state.status) + (", disputed" if partnership.disputed else ""),
            text_or_none(partnership.established) or "",
            text_or_none(state.since) or "",
            first_publisher(partnership, sources_of_state(partnership, state)),
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the partnership as plain JSON values."""
        return self.view.to_dict(self.on)


def first_publisher(partnership: Partnership, sources: list[str]) -> str:
    """Return the publisher of the first source, such as "SHINE and 2 more"."""
    if not sources:
        return "no source"
    publisher = partnership.source(sources[0]).publisher
    return publisher if len(sources) == 1 else f"{publisher} and {len(sources) - 1} more"


def value_in_words(value: str | None) -> str:
    """Return a vocabulary value as words."""
    return "" if value is None else value.replace("_", " ")


def text_or_none(value: object) -> str | None:
    """Convert a value to text; ``None`` stays ``None``."""
    return None if value is None else str(value)
