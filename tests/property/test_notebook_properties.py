"""Whatever a record holds, a notebook shows it as text, and nothing else becomes of it."""

from collections.abc import Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import friendcities as fc
from friendcities.datasets.dataset import Results
from friendcities.model import AnyRecord, FrozenMap, Record
from tests.shown import Shown, shown
from tests.strategies import RECORDS, sources_for

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</td></tr></table><h1>gone</h1>",
    "<!-- hidden",
    "<![CDATA[x]]>",
    "&lt;b&gt; &amp;amp; &#x3c;",
    "{{ 7 * 7 }} $x$ `y` **z**",
    "مرحبا بالعالم",
    "עיר <b>",
    "上海🤝🏽👩‍👩‍👧",
]
ALLOWED = {
    "a": {"href", "rel"},
    "bdi": {"lang", "style"},
    "br": set(),
    "caption": {"style"},
    "code": set(),
    "li": set(),
    "span": set(),
    "strong": set(),
    "table": set(),
    "tbody": set(),
    "td": {"style", "colspan"},
    "tfoot": set(),
    "th": {"scope", "style"},
    "thead": set(),
    "tr": set(),
    "ul": {"style"},
}
"""The elements there are, and the attributes of each."""


def hints_of(record: Record) -> dict[str, Any]:
    """The types of the public fields of a record."""
    return {each.name: each.type for each in attrs.fields(type(record)) if not each.name.startswith("_")}


def rewritten(record: Any, texts: Iterator[str], said: Iterator[str]) -> Any:
    """A record with other text in place of each that may be any text.

    Args:
        record: The record.
        texts: What takes the place of its own texts.
        said: What takes the place of those that sources say instead.
    """
    hints = hints_of(record)
    changes = {
        name: replaced(getattr(record, name), hint, texts, said) for name, hint in hints.items() if name != "evidence"
    }
    if "evidence" in hints:
        changes["evidence"] = tuple(
            attrs.evolve(
                item,
                locator=next(texts),
                note=next(texts),
                claims=FrozenMap(
                    {name: replaced(value, hints[name], said, said) for name, value in item.claims.items()}
                ),
            )
            for item in record.evidence
        )
    return attrs.evolve(record, **changes)


def replaced(value: Any, hint: Any, texts: Iterator[str], said: Iterator[str]) -> Any:
    """The value of a field of that type, with other text in it."""
    match value:
        case str() if hint in {str, str | None}:
            return next(texts)
        case tuple() if hint == tuple[str, ...]:
            return tuple(next(texts) for _ in value)
        case tuple():
            return tuple(replaced(each, None, texts, said) for each in value)
        case FrozenMap():
            return FrozenMap({key: next(texts) for key in value})
        case Record():
            return rewritten(value, texts, said)
        case _:
            return value


def numbered(text: str, taken: list[str] | None = None, first: int = 0) -> Iterator[str]:
    """A text again and again, each time with another number, and a note of each that was taken."""
    number = first
    while True:
        one = f"{text}{number}"
        number += 1
        if taken is not None:
            taken.append(one)
        yield one


def filled(record: Any, text: str, taken: list[str] | None = None) -> Any:
    """A record in which every text is this one, but for a number."""
    return rewritten(record, numbered(text, taken), numbered(text, first=1000))


@st.composite
def bound(draw: st.DrawFn, cls: type[AnyRecord]) -> Any:
    """A record; if it is a partnership, perhaps with its sources at hand."""
    made = draw(RECORDS[cls])
    if cls is fc.Partnership and draw(st.booleans()):
        return made.with_sources(draw(sources_for(made)))
    return made


def structure(html: Shown) -> list[tuple[str, dict[str, str | None]]]:
    """Its elements, and all of their attributes."""
    for tag, attributes in html.elements:
        assert attributes.keys() <= ALLOWED[tag]
    return html.elements


@pytest.mark.parametrize("cls", RECORDS)
@given(data=st.data(), hostile=st.sampled_from(HOSTILE))
def test_records(cls: type[AnyRecord], data: st.DataObject, hostile: str) -> None:
    """Hostile text changes no element and no attribute of what is shown of a record, and is shown, set apart."""
    record = data.draw(bound(cls))
    taken: list[str] = []
    plain = shown(filled(record, "x"))
    html = shown(filled(record, hostile, taken))

    assert structure(plain) == structure(html)
    assert [] == [text for text in taken if not any(text in piece for piece, _ in html.pieces)]
    assert all("bdi" in within for piece, within in html.pieces if hostile in piece)


@pytest.mark.parametrize("cls", RECORDS)
@given(data=st.data(), hostile=st.sampled_from(HOSTILE))
def test_tables(cls: type[AnyRecord], data: st.DataObject, hostile: str) -> None:
    """The same holds of the table that shows several records, and of the names of cities in it."""
    records = data.draw(st.lists(RECORDS[cls], min_size=1, max_size=3))
    if cls is fc.Partnership:
        records = [each.with_sources(data.draw(sources_for(each))) for each in records]
    city = data.draw(RECORDS[fc.City])
    named = {id_: city for each in records for id_ in getattr(each, "cities", (getattr(each, "city", each.id),))}
    tables = [
        shown(
            Results(
                [filled(each, text) for each in records],
                cls,
                {id_: attrs.evolve(city, name=text, names=(), evidence=()) for id_ in named},
            )
        )
        for text in ("x", hostile)
    ]
    plain, html = tables

    assert structure(plain) == structure(html)
    assert hostile in html.text
    assert all("bdi" in within for piece, within in html.pieces if hostile in piece)
