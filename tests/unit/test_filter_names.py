"""The names of the filters: completed, documented, and rejected with a suggestion."""

import inspect
import pydoc
import re
from collections.abc import Callable
from typing import Any, Final

import pytest
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell

import friendcities as fc
from friendcities import Dataset, plot
from friendcities.datasets.filters import PartnershipFilters, expand_signature
from friendcities.graph import Network

FILTERS: Final = set(PartnershipFilters.__annotations__)
SHELL: Final = InteractiveShell()  # type: ignore[no-untyped-call]
SHELL.user_ns.update(fc=fc, data=fc.dataset(), Network=Network, plot=plot)
CALLS: Final[dict[str, set[str]]] = {
    'fc.partners_of("x", ': FILTERS,
    'fc.partnerships_of("x", ': FILTERS,
    'fc.count_partnerships("kind", ': FILTERS,
    "fc.find_partnerships(": FILTERS - {"include_parts"},
    'data.partners_of("x", ': FILTERS,
    'data.partnerships_of("x", ': FILTERS,
    "Network(data, ": FILTERS - {"include_parts"},
    'plot.map_of("x", ': FILTERS,
    'plot.growth_of("x", ': FILTERS - {"on"},
    'plot.timeline_of("x", ': FILTERS - {"on"},
}
"""The beginnings of calls, each with the filters that the function takes."""
UNPACKED = "Unpack[PartnershipFilters]"
"""How ``help()`` writes the type of the filters: Python 3.11 has another form."""


@pytest.mark.parametrize("use_jedi", [True, False], ids=["jedi", "signature"])
def test_ipython_completes_every_filter(use_jedi: bool) -> None:  # noqa: FBT001
    """Whichever way IPython completes, it offers every filter of a function, and no other one."""
    SHELL.Completer.use_jedi = use_jedi
    offered = {}
    for call in CALLS:
        with provisionalcompleter():
            texts = {completion.text for completion in SHELL.Completer.completions(call, len(call))}
        offered[call] = {text.removesuffix("=") for text in texts if text.endswith("=")} & FILTERS

    assert offered == CALLS


@pytest.mark.parametrize("name", ["partners_of", "partnerships_of", "find_partnerships", "count_partnerships"])
def test_help_starts_with_a_short_signature(name: str) -> None:
    """The signature takes at most three lines of a terminal, on every version of Python."""
    for function in (getattr(fc, name), getattr(Dataset, name)):
        text = pydoc.render_doc(function, renderer=pydoc.plaintext)  # type: ignore[attr-defined]
        signature = text[text.index(f"{name}(") : text.index("\n    ")]

        assert f"**filters: {UNPACKED}" in signature
        assert sum(len(line) // 80 + 1 for line in signature.splitlines()) <= 3


def test_help_documents_every_filter_once() -> None:
    """``help(fc.partners_of)`` explains each filter; the other functions refer to it."""
    documented = re.findall(r"^ *\* ``(\w+)``:", inspect.getdoc(fc.partners_of) or "", re.MULTILINE)

    assert list(PartnershipFilters.__annotations__) == documented
    for name in ("partnerships_of", "find_partnerships", "count_partnerships"):
        assert "partners_of" in (inspect.getdoc(getattr(fc, name)) or "")


def test_the_signature_of_a_function_with_filters() -> None:
    """Editors see each filter with its default; ``help()`` has one line."""

    def count_all(city: str, /, **filters: Any) -> int:
        raise NotImplementedError  # pragma: no cover - only its signature counts

    expand_signature(count_all)
    signature: Any = inspect.signature(count_all)
    assert ["city", *PartnershipFilters.__annotations__] == list(signature.parameters)
    defaults = {name: each.default for name, each in signature.parameters.items() if name != "city"}
    assert dict.fromkeys(FILTERS) | {"include_parts": False, "status": "active"} == defaults
    assert {inspect.Parameter.KEYWORD_ONLY} == {signature.parameters[name].kind for name in FILTERS}
    for name, hint in PartnershipFilters.__annotations__.items():
        assert hint == signature.parameters[name].annotation
    assert f"(city: str, /, **filters: {UNPACKED}) -> int" == str(signature) == signature.format()

    del count_all.__signature__  # type: ignore[attr-defined]
    expand_signature(count_all, status="any", without="on")
    parameters = inspect.signature(count_all).parameters
    assert "on" not in parameters
    assert "any" == parameters["status"].default


UNKNOWN: Final[dict[str, Callable[..., Any]]] = {
    "partners_of": lambda **more: fc.partners_of("Shanghai", **more),
    "partnerships_of": lambda **more: fc.partnerships_of("Shanghai", **more),
    "find_partnerships": fc.find_partnerships,
    "count_partnerships": lambda **more: fc.count_partnerships("kind", **more),
    "Network": lambda **more: Network(fc.dataset(), **more),
    "map_of": lambda **more: plot.map_of("Shanghai", **more),
    "growth_of": lambda **more: plot.growth_of("Shanghai", **more),
    "timeline_of": lambda **more: plot.timeline_of("Shanghai", **more),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_filter_is_rejected_with_a_suggestion(name: str) -> None:
    """A misspelt filter raises with the one that was meant; another name with those that there are."""
    with pytest.raises(TypeError, match=r"^unknown filter 'stauts'; did you mean 'status'\?$"):
        UNKNOWN[name](stauts="active")
    with pytest.raises(TypeError, match=r"^unknown filter 'xyz'; expected one of ('\w+', )+'kind'"):
        UNKNOWN[name](xyz="red")


def test_a_filter_that_a_function_does_not_take_is_rejected() -> None:
    """All cities have no parts besides, and a curve over time has no date."""
    rejected: dict[str, tuple[Callable[..., object], ...]] = {
        "include_parts": (fc.find_partnerships, UNKNOWN["Network"]),
        "on": (UNKNOWN["growth_of"], UNKNOWN["timeline_of"]),
    }
    for name, functions in rejected.items():
        for function in functions:
            with pytest.raises(TypeError, match=f"^unknown filter '{name}'; "):
                function(**{name: "1990" if name == "on" else True})
