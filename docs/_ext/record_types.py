"""The directive ``record-types``: every type of record with its fields, from its JSON Schema."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from friendcities.codec.schema import name_of
from friendcities.model import RECORD_TYPES

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata

Schema = dict[str, Any]
PLAIN = {"array": "list", "object": "object", "string": "text", "number": "number", "integer": "whole number"}
"""The names of the JSON types on the page."""


class RecordTypes(SphinxDirective):
    """A section for each type of record, then a section for each type of value."""

    def run(self) -> list[nodes.Node]:
        """Make the sections."""
        schemas = {folder: schema_named(name_of(cls)) for folder, cls in RECORD_TYPES.items()}
        within: dict[str, Schema] = {}
        for schema in schemas.values():
            within |= schema.get("$defs", {})
        values = {name: within[name] for name in sorted(within, key=str.lower)}
        records: list[nodes.Node] = [
            section_of(schema["title"], schema, values, folder) for folder, schema in schemas.items()
        ]
        return [*records, *(section_of(name, schema, values) for name, schema in values.items())]


def schema_named(name: str) -> Schema:
    """The schema of a type of record."""
    read: Schema = json.loads((files("friendcities") / "schema" / f"{name}.schema.json").read_text(encoding="utf-8"))
    return read


def section_of(name: str, schema: Schema, values: dict[str, Schema], folder: str = "") -> nodes.section:
    """The section of one type."""
    section = nodes.section(ids=[name.lower()], names=[name.lower()], support_smartquotes=False)
    section += nodes.title(text=name)
    meaning = schema.get("description") or schema.get("title", "")
    section += prose(f"{meaning[0].upper()}{meaning[1:]}")
    if folder:
        section += nodes.paragraph("", "", nodes.Text("Files: "), nodes.literal(text=f"{folder}/**/<id>.json"))
    entries = [*fields(schema, values), *words(schema)]
    if entries:
        section += nodes.definition_list("", *entries)
    return section


def fields(schema: Schema, values: dict[str, Schema]) -> Iterator[nodes.definition_list_item]:
    """The fields of an object: name, whether it is required, type and meaning."""
    for name, field in schema.get("properties", {}).items():
        must = "required" if name in schema.get("required", ()) else "optional"
        term = nodes.term("", "", nodes.literal(text=name), nodes.Text(f" ({must}): "), *in_words(field, values))
        yield nodes.definition_list_item("", term, nodes.definition("", prose(field.get("description", ""))))


def words(schema: Schema) -> Iterator[nodes.definition_list_item]:
    """The values of a vocabulary, with their meanings if the schema has them."""
    for word in schema.get("enum", ()):
        yield nodes.definition_list_item("", nodes.term("", "", nodes.literal(text=word)), nodes.definition())
    for each in schema.get("oneOf", ()):
        if "const" in each:
            meaning = nodes.definition("", prose(each.get("description", "")))
            yield nodes.definition_list_item("", nodes.term("", "", nodes.literal(text=each["const"])), meaning)


def prose(text: str) -> nodes.paragraph:
    """Format a description as a paragraph. Text in backticks is code; emphasis is removed."""
    parts = text.replace("*", "").split("`")
    return nodes.paragraph("", "", *(nodes.literal(text=p) if i % 2 else nodes.Text(p) for i, p in enumerate(parts)))


def in_words(field: Schema, values: dict[str, Schema]) -> Iterator[nodes.Node]:
    """The type of a field, with a link to its section."""
    if "$ref" in field:
        name = field["$ref"].rpartition("/")[2]
        shown = nodes.Text(name)
        yield nodes.reference("", "", shown, refid=name.lower(), internal=True) if name in values else shown
    elif "anyOf" in field:
        types = [each for each in field["anyOf"] if each != {"type": "null"}]
        for position, each in enumerate(types):
            yield from [nodes.Text(" or ")] if position else []
            yield from in_words(each, values)
    elif field.get("type") == "array":
        yield nodes.Text("list of ")
        yield from in_words(field.get("items", {}), values)
    else:
        kinds = field.get("type", "value")
        yield nodes.Text(" or ".join(PLAIN.get(each, each) for each in ([kinds] if isinstance(kinds, str) else kinds)))


def setup(app: "Sphinx") -> "ExtensionMetadata":
    """Register the extension with Sphinx."""
    app.add_directive("record-types", RecordTypes)
    return {"parallel_read_safe": True}
