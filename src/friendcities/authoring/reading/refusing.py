"""What is said of what cannot be read: what was wrong, and what may have been meant."""

from collections.abc import Iterable, Mapping
from typing import NoReturn

from friendcities.errors import InvalidQueryError
from friendcities.model.grammar import Grammar
from friendcities.model.record import short
from friendcities.names.normalize import fold

__all__ = ["close_names", "near_names", "of_grammar", "or_list", "refuse", "refuse_name"]


def of_grammar(grammar: Grammar, text: str, what: str) -> str:
    """The text, if it is of a grammar; else it is refused, in the grammar's words."""
    if not grammar.matches(text):
        refuse(f"{short(text)} is no {what}; write {grammar.words}", text)
    return text


def refuse_name(what: str, text: str, names: Mapping[str, str], hint: str) -> NoReturn:
    """Refuse a text that should be one of some names, with those that come near."""
    near = [f"{name.title()} ({names[name]})" for name in close_names(fold(text), names)]
    meant = f"did you mean {' or '.join(near)}?" if near else hint
    refuse(f"no {what} is called {short(text.strip())}; {meant}", text, near)


def near_names(text: str, names: Mapping[str, str]) -> list[str]:
    """What is called a name that comes near, or one that begins with it or ends on it."""
    wanted = fold(text)
    begun = [each for name, each in names.items() if wanted and (name.startswith(wanted) or name.endswith(wanted))]
    return list(dict.fromkeys([*begun, *(names[name] for name in close_names(wanted, names))]))[:3]


def close_names(wanted: str, names: Iterable[str]) -> list[str]:
    """The names that come near, at most three, the nearest first; codes are none."""
    from difflib import get_close_matches  # noqa: PLC0415 - only a miss needs it

    return get_close_matches(wanted, [name for name in names if len(name) > 3], n=3, cutoff=0.75)  # noqa: PLR2004 - codes are no names


def or_list(values: Iterable[str]) -> str:
    """Values in quotes, with "or" between them."""
    return " or ".join(map(repr, values))


def refuse(message: str, text: str, candidates: Iterable[object] = ()) -> NoReturn:
    """Refuse a text."""
    raise InvalidQueryError(message, text, candidates) from None
