"""What a question for several things gives: a tuple, which a notebook shows as a table."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, Self, SupportsIndex, TypeVar, overload

from friendcities.model import City, CityId, FrozenMap

__all__ = ["Results"]

T = TypeVar("T")

_NO_CITIES: Final[Mapping[CityId, City]] = FrozenMap()


class Results(tuple[T, ...]):  # noqa: SLOT001 - a slot cannot be had in a tuple, and the names have to be kept
    """A tuple in all it does; beyond that, a notebook shows it as a table, with the names of cities instead of ids.

    So does a slice of it. Two of them put together are a plain tuple. A pickle leaves the names out.

    Args:
        found: What was found, in order.
        cities: The cities that may be named in it, by id.

    Example:
        >>> import friendcities as fc
        >>> partners = fc.partners_of("Shanghai")
        >>> isinstance(partners, tuple), partners == (*partners,), type(partners[:2]) is type(partners)
        (True, True, True)
    """

    _cities: Mapping[CityId, City]

    def __new__(cls, found: Iterable[T], cities: Mapping[CityId, City] = _NO_CITIES) -> Self:  # noqa: D102 - see above
        made = super().__new__(cls, found)
        object.__setattr__(made, "_cities", cities)
        return made

    @overload
    def __getitem__(self, key: SupportsIndex, /) -> T: ...
    @overload
    def __getitem__(self, key: slice, /) -> "Results[T]": ...
    def __getitem__(self, key: SupportsIndex | slice, /) -> "T | Results[T]":
        if isinstance(key, slice):
            return Results(super().__getitem__(key), self._cities)
        return super().__getitem__(key)

    def __reduce__(self) -> tuple[Any, tuple[tuple[T, ...]]]:
        return (Results, (tuple(self),))

    def __setattr__(self, name: str, value: object) -> None:
        message = f"what a question gave cannot be changed (it was asked to set {name!r})"
        raise AttributeError(message)

    def _repr_html_(self) -> str | None:
        """What a notebook shows; of nothing, its repr."""
        from friendcities.notebook.tables import result_table  # noqa: PLC0415 - only a notebook asks

        return result_table(self, self._cities) if self else None
