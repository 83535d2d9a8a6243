"""The JSON Schema (draft 2020-12) of a record's file, read off the classes of the model.

It lets an editor complete and check while typing, and accepts what :mod:`~friendcities.codec.reader` reads, but for
what no schema can say. That is what hangs on more than one field, or on the file's name:

* a country that is not that of the id, or not that of the subdivision; a city that is a part of itself;
* an end before the start; steps whose dates run backwards; who acted and is no party;
* evidence that supports a field which the record leaves empty; that says what the record says; that supports a field
  and says otherwise.

And a schema sees values, not text: of a key that stands twice it is shown one. The reader refuses all of these.
"""

import ast
import inspect
import sys
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, Final, NewType, Union, get_args, get_origin

import attrs

from friendcities.codec.scalars import DECIMAL, DECIMAL_IN_WORDS
from friendcities.model import (
    AnyRecord,
    CityId,
    Evidence,
    FrozenMap,
    MemorandumId,
    PartialDate,
    Party,
    Period,
    Record,
    StatedCount,
    Step,
)
from friendcities.model.evidence import evidenced_fields
from friendcities.model.grammar import GRAMMAR_OF, TEXT, Grammar
from friendcities.model.record import Bounds, bare

__all__ = ["DATE", "anchored", "name_of", "schema_of"]

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_FOURTH: Final = "(?:0[48]|[2468][048]|[13579][26])"
_YEAR: Final = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
DATE: Final = (
    f"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?|-(?:0[13-9]|1[0-2])-(?:29|30)"
    f"|-(?:0[13578]|1[02])-31)?|(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29"
)
"""A pattern for all dates that there are."""


def _given(name: str) -> Schema:
    """That a field is there and says something."""
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def _but(given: Schema, **others: Schema) -> Schema:
    return {**given, "properties": {**given["properties"], **others}}


_NULL: Final[Schema] = {"type": "null"}
_ITSELF: Final = {"organisation": _NULL, "named": {"const": True}, "based_in": _NULL, "on_behalf_of": _NULL}
_RULES: Final[dict[type, Schema]] = {
    StatedCount: {"anyOf": [_given("number"), _given("wording")]},
    Evidence: {
        "anyOf": [
            {"required": ["supports"], "properties": {"supports": {"minItems": 1}}},
            {"required": ["claims"], "properties": {"claims": {"minProperties": 1}}},
        ]
    },
    Party: {"oneOf": [_but(_given("city"), **_ITSELF), _but(_given("organisation"), city=_NULL)]},
    Period: {"anyOf": [_given(attribute.name) for attribute in attrs.fields(Period)]},
}
"""What a class asks of its fields together, as far as a schema can say it."""

_HELD_TO_ITS_GRAMMAR: Final[dict[tuple[type, str], Any]] = {
    (Step, "initiator"): CityId,
    (Step, "memorandum"): MemorandumId,
}
"""Of what evidence says instead, the fields that must be an id; elsewhere any text may stand there."""


def name_of(cls: type[AnyRecord]) -> str:
    """The name of a record type in the name of its schema's file.

    Example:
        >>> from friendcities import City
        >>> name_of(City)
        'city'
    """
    return cls.__name__.lower()


def schema_of(cls: type[AnyRecord]) -> Schema:
    """The JSON Schema of the files of a record type, the same at every call.

    Example:
        >>> from friendcities import Partnership
        >>> schema = schema_of(Partnership)
        >>> schema["required"], schema["properties"]["steps"]["description"]
        (['steps'], 'Its history: what happened, in order; known dates never decrease.')
    """
    return _Writer().file(cls)


def anchored(pattern: str) -> str:
    """A pattern that has to match all of a text, in JavaScript and in Python, to which ``$`` is also a line's end."""
    return rf"^(?:{pattern})$(?!\n)"


class _Writer:
    """Writes the schema of one type of file, with what it refers to."""

    def __init__(self) -> None:
        self._defs: dict[str, Schema] = {}

    def file(self, cls: type[AnyRecord]) -> Schema:
        """The schema of the files of a record type."""
        body = self._object(cls)
        return {
            "$schema": _DIALECT,
            "$id": f"{name_of(cls)}.schema.json",
            "title": cls.__name__,
            "description": _first_line(cls),
            **body,
            "$defs": dict(sorted(self._defs.items())),
        }

    def _object(self, cls: type[Record], **instead: Schema) -> Schema:
        told = _told(cls)
        fields = [a for a in attrs.fields(cls) if a.name != "id" and not a.name.startswith("_")]
        return {
            "type": "object",
            "properties": {
                a.name: {"description": told[a.name], **(instead.get(a.name) or self._of(a.type, cls)), **_default(a)}
                for a in fields
            },
            "required": [a.name for a in fields if a.default is attrs.NOTHING],
            "additionalProperties": False,
            **_RULES.get(cls, {}),
        }

    def _of(self, hint: Any, owner: type[Record]) -> Schema:  # noqa: PLR0911 - one way out for each form of type
        """The schema of a type hint of the model, in a class."""
        beside = next(iter(get_args(hint)[1:]), None) if bare(hint) is not hint else None
        hint = bare(hint)
        origin = get_origin(hint)
        if origin in {types.UnionType, Union}:
            return _or_null(self._of(next(arm for arm in get_args(hint) if arm is not types.NoneType), owner))
        if origin is tuple:
            least = {"minItems": beside.least} if isinstance(beside, Bounds) else {}
            return {"type": "array", "items": self._of(get_args(hint)[0], owner), **least}
        if origin is FrozenMap:
            key, value = get_args(hint)
            return self._map(key, value, beside or {}, owner)
        if hint is str or isinstance(hint, NewType):
            return self._text(beside or GRAMMAR_OF.get(hint, TEXT))
        if issubclass(hint, Enum):
            return self._ref(hint.__name__, lambda: _vocabulary(hint))
        if issubclass(hint, Record):
            return self._record(hint, owner)
        if hint in _PATTERNS:
            name, pattern, words = _PATTERNS[hint]
            return self._ref(name, lambda: {"title": words, "type": "string", "pattern": anchored(pattern)})
        bounds = beside if isinstance(beside, Bounds) else Bounds()
        return {"type": _TYPES[hint], **({} if hint is bool else {"minimum": bounds.least, "maximum": bounds.most})}

    def _text(self, grammar: Grammar) -> Schema:
        longest = {} if grammar.longest is None else {"maxLength": grammar.longest}
        pattern = anchored(grammar.pattern)
        return self._ref(
            grammar.name, lambda: {"title": grammar.words, "type": "string", **longest, "pattern": pattern}
        )

    def _map(self, key: Any, value: Any, known: Mapping[str, Grammar], owner: type[Record]) -> Schema:
        names = {} if key is str else {"propertyNames": self._of(key, owner)}
        properties = {"properties": {name: self._text(grammar) for name, grammar in known.items()}} if known else {}
        return {"type": "object", **names, **properties, "additionalProperties": self._of(value, owner)}

    def _record(self, cls: type[Record], owner: type[Record]) -> Schema:
        if cls is not Evidence:
            return self._ref(cls.__name__, lambda: {"title": _first_line(cls), **self._object(cls)})
        return self._ref(f"{owner.__name__}Evidence", lambda: self._evidence(owner))

    def _evidence(self, owner: type[Record]) -> Schema:
        """Evidence for a class: its ``supports`` and ``claims`` are about the fields of that class."""
        names = evidenced_fields(owner)
        says = {
            name: _or_null(self._of(_HELD_TO_ITS_GRAMMAR.get((owner, name)) or _ungoverned(a.type), owner))
            for name, a in attrs.fields_dict(owner).items()
            if name in names
        }
        return {
            "title": _first_line(Evidence),
            **self._object(
                Evidence,
                supports={"type": "array", "items": {"enum": list(names)}, "uniqueItems": True},
                claims={"type": "object", "properties": says, "additionalProperties": False},
            ),
        }

    def _ref(self, name: str, make: Callable[[], Schema]) -> Schema:
        """A reference to what is made once and stands in ``$defs``."""
        if name not in self._defs:
            self._defs[name] = {}  # while it is made it may refer to itself
            self._defs[name] = make()
        return {"$ref": f"#/$defs/{name}"}


_TYPES: Final = {bool: "boolean", int: "integer", float: "number"}
_PATTERNS: Final = {
    Decimal: ("decimal", DECIMAL.pattern, DECIMAL_IN_WORDS),
    PartialDate: ("date", DATE, PartialDate.IN_WORDS),
}


def _or_null(schema: Schema) -> Schema:
    return schema if _NULL in schema.get("anyOf", ()) else {"anyOf": [schema, _NULL]}


def _ungoverned(hint: Any) -> Any:
    """A type without the grammar of its text: what evidence says instead is held to the type alone."""
    hint = bare(hint)
    origin = get_origin(hint)
    if origin in {types.UnionType, Union}:
        return _ungoverned(next(arm for arm in get_args(hint) if arm is not types.NoneType))
    if origin is tuple:
        return tuple[_ungoverned(get_args(hint)[0]), ...]  # type: ignore[misc]
    if origin is FrozenMap:
        return FrozenMap[str, _ungoverned(get_args(hint)[1])]  # type: ignore[misc]
    return hint.__supertype__ if isinstance(hint, NewType) else hint


def _default(attribute: "attrs.Attribute[Any]") -> Schema:
    default = attribute.default
    return {"default": default} if isinstance(default, StrEnum | bool) else {}


def _vocabulary(cls: type[Enum]) -> Schema:
    """The members of a vocabulary, each with what is told of it."""
    told = _told(cls)
    members = [(member.value, told.get(member.name)) for member in cls]
    if not told:
        return {"title": _first_line(cls), "enum": [value for value, _ in members]}
    return {
        "title": _first_line(cls),
        "oneOf": [{"const": value, **({"description": words} if words else {})} for value, words in members],
    }


def _first_line(cls: type) -> str:
    return _in_json_words(str(cls.__doc__).splitlines()[0])


def _told(cls: type) -> dict[str, str]:
    """What the source tells of each field of a class, or each member of a vocabulary, in the text under it."""
    (body,) = (node.body for node in _classes(cls.__module__) if node.name == cls.__name__)
    return dict(_texts_under(body))


@cache
def _classes(module: str) -> tuple[ast.ClassDef, ...]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return tuple(node for node in tree.body if isinstance(node, ast.ClassDef))


def _texts_under(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for named, below in pairwise(body):
        target = named.target if isinstance(named, ast.AnnAssign) else getattr(named, "targets", [None])[0]
        match target, below:
            case ast.Name(id=name), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, _in_json_words(text)
            case _:
                pass


def _in_json_words(text: str) -> str:
    """Text of a docstring as one line of plain text, to readers who see JSON."""
    plain = text.replace("``None``", "`null`").replace("``", "`")
    return " ".join(plain.split())
