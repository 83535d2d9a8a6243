"""Makes the JSON Schemas (draft 2020-12) of record files.

A schema cannot detect all errors. For example, a schema accepts repeated keys.
"""

import ast
import inspect
import sys
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cache
from itertools import pairwise
from typing import Any, Final, cast

from friendcities.codec.record_builder import DECIMAL, DECIMAL_IN_WORDS
from friendcities.model import AnyRecord, Evidence, PartialDate, Party, Period, Record, Sourced, StatedCount, Step
from friendcities.model.field_spec import FieldSpec, Shape, claim_specs, field_specs
from friendcities.model.grammar import SURROGATES, TEXT, Bounds, Grammar

Schema = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

_FOURTH: Final = "(?:0[48]|[2468][048]|[13579][26])"
_YEAR: Final = "(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)"
DATE: Final = (
    f"{_YEAR}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1[0-9]|2[0-8]))?|-(?:0[13-9]|1[0-2])-(?:29|30)"
    f"|-(?:0[13578]|1[02])-31)?|(?:[0-9]{{2}}{_FOURTH}|{_FOURTH}00)-02-29"
)
"""A pattern for all dates that exist."""
NO_LINE_FEED: Final[Schema] = {"not": {"pattern": r"\n"}}


def _given(name: str, **others: Schema) -> Schema:
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}, **others}}


_NULL: Final[Schema] = {"type": "null"}
_ITSELF: Final = {"organisation": _NULL, "named": {"const": True}, "based_in": _NULL, "on_behalf_of": _NULL}
_RULES: Final[dict[type, Schema]] = {
    StatedCount: {"anyOf": [_given("number"), _given("wording")]},
    Evidence: {
        "anyOf": [
            {"required": ["supports"], "properties": {"supports": {"minItems": 1}, "denies": {"const": False}}},
            {"required": ["claims"], "properties": {"claims": {"minProperties": 1}, "denies": {"const": False}}},
            {
                "required": ["denies"],
                "properties": {"denies": {"const": True}, "supports": {"maxItems": 0}, "claims": {"maxProperties": 0}},
            },
        ]
    },
    Party: {"oneOf": [_given("city", **_ITSELF), _given("organisation", city=_NULL)]},
    Period: {"anyOf": [_given(spec.name) for spec in field_specs(Period)]},
}
"""A schema for each class with rules about several fields."""

_CLAIMED_IDS: Final = {(Step, "initiator"), (Step, "memorandum")}
"""The fields whose claimed values must be ids. Claimed values of other fields may be any text."""


def name_of(cls: type[AnyRecord]) -> str:
    """Return the name of a record type in lower case.

    Example:
        >>> from friendcities import City
        >>> name_of(City)
        'city'
    """
    return cls.__name__.lower()


def schema_of(cls: type[AnyRecord]) -> Schema:
    """Return the JSON Schema of the files of a record type.

    Example:
        >>> from friendcities import Partnership
        >>> schema = schema_of(Partnership)
        >>> schema["required"], schema["properties"]["steps"]["description"]
        (['steps'], 'All steps of the history, in chronological order.')
    """
    return _Writer().file(cls)


def anchored(pattern: str) -> str:
    """Return a pattern that must match a whole text, for JavaScript, Python and Rust.

    In Python, ``$`` also matches before a final line feed. Therefore, combine the pattern with :data:`NO_LINE_FEED`.
    """
    return f"^(?:{pattern.replace(SURROGATES, '')})$"


class _Writer:
    def __init__(self) -> None:
        self._defs: dict[str, Schema] = {}

    def file(self, cls: type[AnyRecord]) -> Schema:
        head = {"$schema": _DIALECT, "$id": f"{name_of(cls)}.schema.json", "title": cls.__name__}
        body = {"description": _first_line(cls), **self._object(cls)}
        return {**head, **body, "$defs": dict(sorted(self._defs.items()))}

    def _object(self, cls: type[Record], **instead: Schema) -> Schema:
        descriptions = _descriptions(cls)
        specs = [spec for spec in field_specs(cls) if spec.name != "id"]
        properties: Schema = {}
        for spec in specs:
            schema = instead.get(spec.name) or self._value(spec, cls)
            default = {"default": spec.default} if isinstance(spec.default, StrEnum | bool) else {}
            properties[spec.name] = {"description": descriptions[spec.name], **schema, **default}
        return {
            "type": "object",
            "properties": properties,
            "required": [spec.name for spec in specs if spec.required],
            "additionalProperties": False,
            **_RULES.get(cls, {}),
        }

    def _value(self, spec: FieldSpec, owner: type[Record]) -> Schema:
        schema = self._value_given(spec, owner)
        return {"anyOf": [schema, _NULL]} if spec.optional else schema

    def _value_given(self, spec: FieldSpec, owner: type[Record]) -> Schema:
        if spec.shape is Shape.RECORD:
            return self._record(spec.type, owner)
        if spec.shape is Shape.MAP:
            return self._map(spec, owner)
        if spec.item is not None:
            least = {} if spec.bounds is None else {"minItems": spec.bounds.least}
            return {"type": "array", "items": self._value(spec.item, owner), **least}
        if spec.type in _PATTERNS:
            return self._text(spec.grammar or _PATTERNS[spec.type])
        if issubclass(spec.type, Enum):
            return self._ref(spec.type.__name__, lambda: _vocabulary(spec.type))
        bounds = spec.bounds or Bounds()
        limits = {} if spec.type is bool else {"minimum": bounds.least, "maximum": bounds.most}
        return {"type": _TYPES[spec.type], **limits}

    def _text(self, grammar: Grammar) -> Schema:
        longest = {} if grammar.longest is None else {"maxLength": grammar.longest}
        schema = {"title": grammar.words, "type": "string", **longest, "pattern": anchored(grammar.pattern)}
        schema |= NO_LINE_FEED
        return self._ref(grammar.name, lambda: schema)

    def _map(self, spec: FieldSpec, owner: type[Record]) -> Schema:
        schema: Schema = {"type": "object"}
        if spec.key is not None and spec.key.grammar is not None:
            schema["propertyNames"] = self._value(spec.key, owner)
        if spec.key_grammars:
            schema["properties"] = {name: self._text(grammar) for name, grammar in spec.key_grammars.items()}
        return {**schema, "additionalProperties": {} if spec.item is None else self._value(spec.item, owner)}

    def _record(self, cls: type[Record], owner: type[Record]) -> Schema:
        if cls is not Evidence:
            return self._ref(cls.__name__, lambda: {"title": _first_line(cls), **self._object(cls)})
        return self._ref(f"{owner.__name__}Evidence", lambda: self._evidence(cast("type[Sourced]", owner)))

    def _evidence(self, owner: type[Sourced]) -> Schema:
        """Only fields of ``owner`` are valid in ``supports`` and ``claims``."""
        claims = {
            name: self._claim(spec if (owner, name) in _CLAIMED_IDS else spec.without_rules(), owner)
            for name, spec in claim_specs(owner).items()
        }
        return {
            "title": _first_line(Evidence),
            **self._object(
                Evidence,
                supports={"type": "array", "items": {"enum": list(claims)}, "uniqueItems": True},
                claims={"type": "object", "properties": claims, "additionalProperties": False},
                **({} if owner.DENIABLE else {"denies": {"const": False}}),
            ),
        }

    def _claim(self, spec: FieldSpec, owner: type[Record]) -> Schema:
        schema = self._value_given(spec, owner)
        if spec.shape is Shape.LIST:
            return {**schema, "minItems": 1}
        if spec.shape is Shape.MAP:
            return {**schema, "minProperties": 1}
        if spec.type is str or (issubclass(spec.type, Enum) and "unspecified" in {each.value for each in spec.type}):
            return {**schema, "not": {"const": "unspecified"}}
        return schema

    def _ref(self, name: str, make: Callable[[], Schema]) -> Schema:
        if name not in self._defs:
            self._defs[name] = {}  # the definition may refer to itself
            self._defs[name] = make()
        return {"$ref": f"#/$defs/{name}"}


_TYPES: Final = {bool: "boolean", int: "integer", float: "number"}
_PATTERNS: Final = {
    str: TEXT,
    Decimal: Grammar("decimal", DECIMAL, DECIMAL_IN_WORDS),
    PartialDate: Grammar("date", DATE, PartialDate.EXPECTED),
}


def _vocabulary(cls: type[Enum]) -> Schema:
    descriptions = _descriptions(cls)
    if not descriptions:
        return {"title": _first_line(cls), "enum": [member.value for member in cls]}
    members = [{"const": member.value, "description": descriptions[member.name]} for member in cls]
    return {"title": _first_line(cls), "oneOf": members}


def _first_line(cls: type) -> str:
    return _plain_text(str(cls.__doc__).splitlines()[0])


def _descriptions(cls: type) -> dict[str, str]:
    inherited = _descriptions(Sourced) if issubclass(cls, Sourced) and cls is not Sourced else {}
    (body,) = (node.body for node in _classes(cls.__module__) if node.name == cls.__name__)
    return {**inherited, **dict(_docstrings(body))}


@cache
def _classes(module: str) -> tuple[ast.ClassDef, ...]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return tuple(node for node in tree.body if isinstance(node, ast.ClassDef))


def _docstrings(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for named, below in pairwise(body):
        target = named.target if isinstance(named, ast.AnnAssign) else getattr(named, "targets", [None])[0]
        match target, below:
            case ast.Name(id=name), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, _plain_text(text)
            case _:
                pass


def _plain_text(text: str) -> str:
    plain = text.replace("``None``", "`null`").replace("``", "`")
    return " ".join(plain.split())
