"""Text, choices, ids and addresses that people type."""

from enum import StrEnum
from typing import TypeVar

from friendcities.authoring.reading.refusing import close_names, of_grammar, or_list, refuse
from friendcities.model.grammar import ADDRESS, ANY_ID, SLUG, UNIT, WIKIDATA
from friendcities.model.record import is_text, short
from friendcities.names.normalize import composed, fold

__all__ = [
    "read_address",
    "read_choice",
    "read_flag",
    "read_id",
    "read_slug",
    "read_text",
    "read_unit",
    "read_wikidata",
    "split",
]


E = TypeVar("E", bound=StrEnum)


def read_text(text: str) -> str:
    """Text as it stands, its letters composed (NFC, ideographs left alone), without the blanks around it.

    Raises:
        InvalidQueryError: If it holds what cannot be shown, or nothing.
    """
    text = composed(text.strip())
    if not is_text(text):
        refuse(f"{short(text)} holds characters that cannot be shown, or nothing", text)
    return text


def read_choice(text: str, vocabulary: type[E]) -> E:
    """A member of a vocabulary, by its number in the list that is shown, by its value, or by its value in words.

    Raises:
        InvalidQueryError: If it has none of them.

    Example:
        >>> from friendcities import PartnershipKind
        >>> read_choice("sister city", PartnershipKind) is read_choice("1", PartnershipKind)
        True
    """
    members = list(vocabulary)
    wanted = text.strip()
    if wanted.isascii() and wanted.isdecimal() and 0 < int(wanted) <= len(members):
        return members[int(wanted) - 1]
    by_words = {fold(member.value): member for member in members}
    if fold(wanted) in by_words:
        return by_words[fold(wanted)]
    near = [by_words[each].value for each in close_names(fold(wanted), by_words)]
    meant = (
        f"did you mean {or_list(near)}?" if near else f"write one of {', '.join(member.value for member in members)}"
    )
    return refuse(f"{short(wanted)} is none of those that can be; {meant}", text, near or members)


def read_flag(text: str) -> bool:
    """Yes or no."""
    wanted = text.strip().lower()
    if wanted in {"y", "yes", "true"}:
        return True
    if wanted in {"n", "no", "false"}:
        return False
    return refuse(f"{short(text)} is neither yes nor no; write 'y' or 'n'", text)


def read_address(text: str) -> str:
    """An address on the web."""
    return of_grammar(ADDRESS, text.strip(), "address")


def read_id(text: str) -> str:
    """An id."""
    return of_grammar(ANY_ID, text.strip(), "id")


def read_wikidata(text: str) -> str:
    """The id of a Wikidata item, also from its address."""
    return of_grammar(WIKIDATA, text.strip().rstrip("/").rpartition("/")[2].upper(), "Wikidata id")


def read_slug(text: str) -> str:
    """A word for programs, made of words as people write them.

    Example:
        >>> read_slug("New foreign ventures")
        'new_foreign_ventures'
    """
    return of_grammar(SLUG, fold(text).replace(" ", "_"), "word for what is meant")


def read_unit(text: str) -> str:
    """A currency code, or a word for what is counted."""
    plain = text.strip()
    return plain if UNIT.matches(plain) else of_grammar(UNIT, fold(plain).replace(" ", "_"), "unit")


def split(text: str) -> list[str]:
    """Several things in one line, with semicolons between them.

    Example:
        >>> split("Yang Meiping; Li Ming")
        ['Yang Meiping', 'Li Ming']
    """
    return [part.strip() for part in text.split(";") if part.strip()]
