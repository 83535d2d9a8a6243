"""What is on record, and what is about to be: where answers that name a record are looked up."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from friendcities.checks import RecordTree
from friendcities.datasets.storage import path_of
from friendcities.errors import UnknownRecordError
from friendcities.model import RECORD_TYPES, AnyRecord, City, Memorandum, Official, PartialDate, Source
from friendcities.model.record import short
from friendcities.names import Gazetteer, fold

__all__ = ["Desk"]

R = TypeVar("R", Source, Official, Memorandum)
_MOST_SUGGESTED: Final = 3
_NEAR: Final = 0.8
"""The likeness (difflib's ratio) from which the name of a new city may be a slip for one on record."""


class Desk:
    """A register, and the records that are being made for it.

    Example:
        >>> import pathlib
        >>> import friendcities as fc
        >>> desk = Desk(RecordTree.read(pathlib.Path("no such folder"), base=fc.dataset()))
        >>> desk.city("Dunedin")
        <City nz-dunedin: Dunedin, NZ>
    """

    def __init__(self, register: RecordTree) -> None:
        self.register = register
        self._new: dict[type[AnyRecord], dict[str, Any]] = {cls: {} for cls in RECORD_TYPES.values()}
        self._gazetteer: tuple[int, Gazetteer] | None = None

    @property
    def today(self) -> PartialDate:
        """The day on which it is written."""
        day = self.register.today
        return PartialDate(day.year, day.month, day.day)

    def add(self, record: AnyRecord) -> None:
        """Note a record that is about to be; one of the same id gives way to it."""
        self._new[type(record)][record.id] = record

    def new(self) -> Iterator[AnyRecord]:
        """The records that are about to be: sources first, then cities, then what names them, each by id."""
        for cls in (Source, City, *(each for each in RECORD_TYPES.values() if each not in {Source, City})):
            yield from (self._new[cls][id_] for id_ in sorted(self._new[cls]))

    def records(self, cls: type[AnyRecord]) -> Mapping[str, Any]:
        """The records of a type, by id: those on record and those about to be."""
        return {**self.register.base_records[cls], **self.register.records[cls], **self._new[cls]}

    def taken(self, cls: type[AnyRecord]) -> set[str]:
        """Every id of a type that no other record may have: in use, once in use, or about to be."""
        return {*self.register.known_ids[cls], *self.register.moved_ids[cls], *self._new[cls]}

    def place_of(self, record: AnyRecord) -> str:
        """Where a record is, for people."""
        if self.register.owns(record):
            return self.register.path_of(record)
        if record.id in self._new[type(record)]:
            return "what you are adding"
        return f"the data beneath this register ({path_of(record)})"

    def city(self, text: str) -> City:
        """The one city that is meant; raises as :meth:`Gazetteer.city <friendcities.names.Gazetteer.city>` does."""
        return self._names().city(text)

    def like_city(self, name: str, country: str) -> tuple[City | None, City | None]:
        """The city of a country that has this name, and, where none has, the one whose name comes nearest."""
        from difflib import get_close_matches  # noqa: PLC0415 - only a new city needs it

        cities: list[City] = [each for each in self.records(City).values() if each.country == country]
        named = {fold(text): each for each in cities for text in (*(other.text for other in each.names), each.name)}
        same = named.get(fold(name))
        near = [] if same else get_close_matches(fold(name), named, n=1, cutoff=_NEAR)
        return same, named[near[0]] if near else None

    def source(self, text: str) -> Source:
        """The source of an id, an address or a title.

        Raises:
            UnknownRecordError: If there is none.
        """
        found = self._by_id(Source, text)
        if found is not None:
            return found
        address, title = _plain_address(text), fold(text)
        sources: list[Source] = list(self.records(Source).values())
        for each in sources:
            if address in {_plain_address(known) for known in (each.address, each.archived) if known is not None}:
                return each
        titled = [each for each in sources if title and fold(each.title) == title]
        if len(titled) == 1:
            return titled[0]
        raise self._unknown(
            Source,
            text,
            {each.publisher: each.id for each in sources} | {each.title: each.id for each in sources},
            tuple(each.id for each in titled),
        )

    def official(self, text: str) -> Official:
        """The official of an id or a name.

        Raises:
            UnknownRecordError: If there is none, or several.
        """
        found = self._by_id(Official, text)
        if found is not None:
            return found
        officials: list[Official] = list(self.records(Official).values())
        named = [each for each in officials if fold(text) and fold(each.name) == fold(text)]
        if len(named) == 1:
            return named[0]
        ids = tuple(each.id for each in named)
        raise self._unknown(Official, text, {each.name: each.id for each in officials}, ids)

    def memorandum(self, text: str) -> Memorandum:
        """The memorandum of an id.

        Raises:
            UnknownRecordError: If there is none.
        """
        found = self._by_id(Memorandum, text)
        if found is not None:
            return found
        raise self._unknown(Memorandum, text, {})

    def _names(self) -> Gazetteer:
        new: Mapping[Any, City] = self._new[City]
        if self._gazetteer is None or self._gazetteer[0] != len(new):
            moved: Mapping[str, Any] = self.register.moved_ids[City]
            cities: Mapping[Any, City] = {**self.register.cities, **new}
            self._gazetteer = (len(new), Gazetteer(cities, moved))
        return self._gazetteer[1]

    def _by_id(self, cls: type[R], text: str) -> R | None:
        id_ = text.strip()
        found: R | None = self.records(cls).get(self.register.moved_ids[cls].get(id_, id_))
        return found

    def _unknown(
        self, cls: type[AnyRecord], text: str, names: Mapping[str, str], ids: tuple[str, ...] = ()
    ) -> UnknownRecordError:
        from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

        wanted = fold(text)
        folded = {fold(name): id_ for name, id_ in names.items()} | {fold(id_): id_ for id_ in self.records(cls)}
        within = [id_ for name, id_ in folded.items() if wanted and f" {wanted} " in f" {name} "]
        close = [folded[name] for name in get_close_matches(wanted, folded)]
        near = ids or tuple(dict.fromkeys([*close, *within]))[:_MOST_SUGGESTED]
        hint = f"; did you mean {' or '.join(map(repr, near))}?" if near else ""
        message = f"there is no {cls.__name__.lower()} {short(text.strip())} on record{hint}"
        return UnknownRecordError(message, text, near)


def _plain_address(address: str) -> str:
    """An address without what does not tell one page from another."""
    return address.strip().casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.").rstrip("/")
