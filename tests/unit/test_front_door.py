"""The module ``friendcities`` itself: its names, and that importing it costs next to nothing."""

import inspect
import json
import pickle
import pydoc
import subprocess
import sys
from datetime import date
from typing import Any

import pytest

import friendcities as fc
from friendcities import Dataset
from tests.cases import for_each_case

FUNCTIONS = sorted(name for name in fc.__all__ if inspect.isfunction(getattr(fc, name)))
ASKING = [name for name in FUNCTIONS if hasattr(Dataset, name)]


def in_a_new_process(code: str) -> Any:
    """What a new interpreter that runs this code prints, as JSON."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    return json.loads(done.stdout)


@pytest.mark.bundled_data
def test_importing_loads_nothing_else() -> None:
    """After the import alone no package is loaded, attrs and pycountry neither, no module of ours, and no data."""
    loaded = in_a_new_process(
        "import sys; before = set(sys.modules); opened = []\n"
        "sys.addaudithook(lambda event, args: opened.append(str(args[0])) if event == 'open' else None)\n"
        "import friendcities, json\n"
        "data = [path for path in opened if path.endswith('.json')]\n"
        "print(json.dumps([sorted(name for name in set(sys.modules) - before if not name.startswith('json')), data]))"
    )

    modules, data = loaded
    assert [] == data
    assert {"friendcities"} == {name for name in modules if name.split(".")[0] in {"friendcities", *FOREIGN}}


FOREIGN = {"attr", "attrs", "cattr", "cattrs", "importlib_resources", "pycountry"}


@pytest.mark.bundled_data
def test_an_answer_needs_no_pycountry() -> None:
    """A question about a city by name loads neither pycountry nor the thorough reader's package twice over."""
    loaded = in_a_new_process(
        "import json, sys, friendcities; friendcities.partners_of('Shanghai')\n"
        "print(json.dumps('pycountry' in sys.modules))"
    )

    assert loaded is False


@pytest.mark.bundled_data
def test_an_answer_needs_nothing_of_what_notebooks_show() -> None:
    """What makes HTML is loaded when a notebook asks, and not before."""
    loaded = in_a_new_process(
        "import json, sys, friendcities; partners = friendcities.partners_of('Shanghai'); before = set(sys.modules)\n"
        "partners._repr_html_(); makers = {'friendcities.notebook.tables', 'friendcities.notebook.markup'}\n"
        "print(json.dumps([len(makers & before), len(makers & set(sys.modules))]))"
    )

    assert [0, 2] == loaded


@for_each_case(fc.__all__)
def test_every_public_name_is_there(name: str) -> None:
    """Each name in ``__all__`` can be had, and is had again without a look-up."""
    value = getattr(fc, name)

    assert value is vars(fc)[name]
    assert name in dir(fc)


def test_public_names_are_sorted_and_said_once() -> None:
    """``__all__`` is in order and without repeats."""
    assert sorted(set(fc.__all__)) == fc.__all__


def test_help_of_the_module_is_an_overview() -> None:
    """``help(friendcities)`` has no classes in full; the overview names each function. Completion has every name."""
    text = pydoc.plain(pydoc.render_doc(fc))

    assert len(text.splitlines()) < 100
    assert [] == [name for name in FUNCTIONS if not name.startswith("parse_") and name not in text]
    assert {*fc.__all__} <= {*dir(fc)}


def test_help_of_a_function_is_short() -> None:
    """``help(friendcities.partners_of)`` has the meaning of the function in its first lines, and an example."""
    lines = pydoc.plain(pydoc.render_doc(fc.partners_of)).splitlines()

    assert len(lines) < 60
    assert "partners_of(city: str | City, **filters: Unpack[PartnershipFilters]) -> Results[City]" == lines[2]
    assert lines[3].startswith("    Return the partner cities of a city")
    assert "    Example:" in lines


@pytest.mark.parametrize("name", ["nonsense", "_private", "Record"])
def test_another_name_is_an_error(name: str) -> None:
    """What is not public is not there."""
    with pytest.raises(AttributeError, match=f"module 'friendcities' has no attribute '{name}'"):
        getattr(fc, name)


def test_a_name_that_is_promised_and_nowhere_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name in ``__all__`` that no module has is not invented."""
    monkeypatch.setattr(fc, "__all__", ["nowhere"])

    with pytest.raises(AttributeError, match="nowhere"):
        fc.nowhere  # noqa: B018


@pytest.mark.bundled_data
def test_everything_can_be_imported_at_once() -> None:
    """A star import brings the public names."""
    brought = in_a_new_process("from friendcities import *; import json; print(json.dumps(city('Shanghai').id))")

    assert "cn-shanghai" == brought


def test_the_version_is_there_without_loading_anything() -> None:
    """The version is a plain attribute, of the calendar's kind."""
    assert fc.__version__.split(".")[0].isdigit()


def test_the_version_of_the_data_is_a_day() -> None:
    """It is ISO 8601 text, so that of two versions the earlier one sorts first."""
    assert fc.data_version == date.fromisoformat(fc.data_version).isoformat()


@pytest.mark.parametrize("name", ASKING)
def test_every_question_is_also_a_function(name: str) -> None:
    """A function over the bundled data has the name, signature and docstring of the dataset's method."""
    method, function = getattr(Dataset, name), getattr(fc, name)
    _, *expected = inspect.signature(method).parameters.values()

    assert name == function.__name__ == function.__qualname__
    assert method.__doc__
    assert method.__doc__ == function.__doc__
    assert expected == list(inspect.signature(function).parameters.values())
    assert "self" not in function.__annotations__
    assert function is pickle.loads(pickle.dumps(function))  # noqa: S301 - our own bytes


def test_every_method_that_asks_is_a_function() -> None:
    """No question can be asked of a dataset of one's own only; what is one's own is made, loaded, merged or saved.

    Its redirects are no question: whatever takes an id follows them.
    """
    methods = {name for name in dir(Dataset) if not name.startswith(("_", "to_"))}

    of_its_own = {"data_version", "extract", "from_dict", "load", "load_installed", "load_json_lines", "merge"}
    of_its_own |= {"redirects", "save"}
    assert of_its_own == methods - set(ASKING)
    assert {"cite", "dataset", "parse_city_id", "parse_partnership_id", "parse_source_id"} == set(FUNCTIONS) - set(
        ASKING
    )
