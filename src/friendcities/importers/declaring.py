"""The text of a profile: what may stand in each of its tables, and the values that it declares."""

import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from friendcities.errors import InvalidQueryError, InvalidRecordError
from friendcities.importers.fitting import unfit
from friendcities.model import Level, PartialDate, PartnershipKind, SourceKind, Status
from friendcities.model.record import short

__all__ = ["END", "declared"]

END: Final = ("name", "country", "country_is", "latitude", "longitude", "wikidata")
"""What a profile may say of an end."""
_TABLES: Final[Mapping[str, tuple[str, ...]]] = {
    "source": ("kind", "publisher", "title", "as_of", "language", "address"),
    "cities": ("level",),
    "first": END,
    "second": END,
    "countries": (),
    "steps": ("date", "date_formats", "months", "kind", "kinds", "status", "statuses", "end"),
    "file": ("encoding", "delimiter", "sheet", "heading", "fill_down", "blank"),
}
"""The tables of a profile, and what each may say; ``countries`` has the spellings of the file for keys."""
_NEEDED: Final = ("cities", "first", "second")
_TEXTS: Final = frozenset({"date_formats", "months", "fill_down", "blank"})
_TEXT: Final[tuple[type, str]] = (str, "text")
_FORMS: Final[Mapping[str, tuple[type, str]]] = {
    **dict.fromkeys(("kinds", "statuses"), (dict, "a table")),
    **dict.fromkeys(_TEXTS, (list, "a list of texts")),
    "heading": (int, "a number"),
}
"""What values are that are no text."""


def declared(text: str, name: str) -> dict[str, Any]:
    """The values that a profile declares, by the names that :class:`Profile` has for them; the ends as tables.

    Args:
        text: The profile, in TOML.
        name: What it is called in errors.

    Raises:
        InvalidQueryError: If anything is wrong with it: all that is.
    """
    try:
        told = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        message = f"{name}: this is no TOML: {error}"
        raise InvalidQueryError(message, name) from None
    problems = list(_problems(told))
    values: dict[str, Any] = {}
    if not problems:
        values = _values(told, problems)
        problems += unfit(values)
    if problems:
        message = f"{name}: {'; '.join(problems)}"
        raise InvalidQueryError(message, name)
    return values


def _problems(told: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with the form of a profile."""
    yield from (f"[{table}] is missing" for table in _NEEDED if table not in told)
    for table, said in told.items():
        if table not in _TABLES:
            yield f"there is no table [{table}]; there are {', '.join(f'[{each}]' for each in _TABLES)}"
        elif not isinstance(said, dict):
            yield f"{table} is to be a table: [{table}]"
        else:
            yield from _of_table(table, said)


def _of_table(table: str, said: Mapping[str, Any]) -> Iterator[str]:
    for key, value in said.items():
        form, words = _FORMS.get(key, _TEXT) if _TABLES[table] else _TEXT
        if _TABLES[table] and key not in _TABLES[table]:
            yield f"[{table}] has no {key!r}; it has {', '.join(map(repr, _TABLES[table]))}"
        elif type(value) is not form or (isinstance(value, list) and not _are_texts(value)):
            yield f"{key!r} in [{table}] is to be {words}"
    if _TABLES[table] is END and "name" not in said:
        yield f"'name' in [{table}] is missing"


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(each, str) for each in values)


def _values(told: Mapping[str, Any], problems: list[str]) -> dict[str, Any]:
    """The values that are told; what is wrong with words and dates is added to the problems."""
    source, steps, file = (told.get(table, {}) for table in ("source", "steps", "file"))

    def word(kind: type[StrEnum], value: Any, place: str) -> Any:
        try:
            return kind(value)
        except ValueError:
            problems.append(f"{place} = {short(value)}; it can be {', '.join(repr(each.value) for each in kind)}")
            return next(iter(kind))

    values: dict[str, Any] = {"first": told["first"], "second": told["second"]}
    values["level"] = word(Level, told["cities"].get("level", ""), "level")
    if "kind" in source:
        values["source_kind"] = word(SourceKind, source["kind"], "kind of [source]")
    if "as_of" in source:
        try:
            values["as_of"] = PartialDate.parse(source["as_of"])
        except InvalidRecordError as error:
            problems.append(f"as_of: {error}")
    values |= {key: source[key] for key in ("publisher", "title", "language", "address") if key in source}
    values |= {key: steps[key] for key in ("date", "kind", "status", "end") if key in steps}
    for key, kind, called in (("kinds", PartnershipKind, "kind"), ("statuses", Status, "status")):
        meant = steps.get(key, {})
        values[key] = {each: word(kind, said, f"{called} {short(each)}") for each, said in meant.items()}
    for table in (steps, file):
        values |= {key: tuple(table[key]) for key in _TEXTS if key in table}
    values["countries"] = told.get("countries", {})
    return values | {key: value for key, value in file.items() if key not in _TEXTS}
