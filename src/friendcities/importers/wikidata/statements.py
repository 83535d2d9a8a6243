"""What Wikidata says, as far as it concerns us: statements that tie two items, and what is known of the items."""

from collections.abc import Iterable, Mapping

from attrs import field, frozen

from friendcities.model import PartialDate

__all__ = ["Item", "Moment", "Reference", "Statement", "joined"]


@frozen
class Moment:
    """A date as a qualifier gives it."""

    stated: str
    """It as found."""
    date: PartialDate | None = None
    """It as we can keep it."""
    why: str = ""
    """Why it cannot be kept."""


@frozen
class Reference:
    """What a statement rests on, where it has an address."""

    address: str
    title: str | None = None
    language: str | None = None
    published: PartialDate | None = None
    retrieved: PartialDate | None = None


@frozen(kw_only=True)
class Statement:
    """One statement of the property P190, "twinned administrative body"."""

    id: str
    """Its id on Wikidata."""
    item: str
    """The item that has it."""
    partner: str | None
    """The item that it names; ``None``: it names none."""
    rank: str = "normal"
    starts: tuple[Moment, ...] = ()
    ends: tuple[Moment, ...] = ()
    references: tuple[Reference, ...] = ()
    without_address: int = 0
    """How many references have no address."""
    left_out: tuple[str, ...] = ()
    """The other qualifiers, as found."""
    broken: str = ""
    """Why it cannot be read."""


@frozen(kw_only=True)
class Item:
    """What files say of an item."""

    id: str
    labels: Mapping[str, str] = field(factory=dict)
    """Its names by language, in Wikidata's codes."""
    aliases: Mapping[str, tuple[str, ...]] = field(factory=dict)
    countries: tuple[str, ...] = ()
    """The countries it lies in today: ISO 3166-1 codes, or items."""
    code: str | None = None
    """Of a country: its ISO 3166-1 code."""
    point: tuple[float, float] | None = None
    """Latitude and longitude."""
    geonames: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    """What of it could not be read, in words."""


def joined(items: Iterable[Item]) -> dict[str, Item]:
    """What several places say of each item, by its id; of two that differ, the first is kept."""
    found: dict[str, Item] = {}
    for item in items:
        known = found.get(item.id)
        found[item.id] = item if known is None else _both(known, item)
    return found


def _both(one: Item, other: Item) -> Item:
    return Item(
        id=one.id,
        labels={**other.labels, **one.labels},
        aliases={**other.aliases, **one.aliases},
        countries=one.countries or other.countries,
        code=one.code or other.code,
        point=one.point or other.point,
        geonames=one.geonames or other.geonames,
        left_out=tuple(dict.fromkeys((*one.left_out, *other.left_out))),
    )
