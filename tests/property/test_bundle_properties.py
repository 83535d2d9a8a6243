"""A compiled dataset and the dataset itself give the same answers."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from friendcities import Dataset, FriendcitiesError
from friendcities.codec.bundle import read_bundle
from friendcities.datasets.dataset import compile_dataset, make_dataset
from friendcities.model import NameKind
from tests.property.test_questions_properties import FILTERS, IDS, worlds
from tests.strategies import TEXT
from tests.worlds import a_name, changed


@st.composite
def named_worlds(draw: st.DrawFn) -> Dataset:
    """A small dataset whose cities have names and identifiers of all sorts."""
    world = draw(worlds())
    words = st.sampled_from(["Köln", "St. Petersburg", "上海", "Łódź", "city of x"]) | TEXT
    cities = []
    for city in world.cities():
        kinds = draw(st.lists(st.tuples(words, st.sampled_from(NameKind)), max_size=3, unique_by=lambda each: each[0]))
        names = tuple(a_name(text, kind=kind) for text, kind in kinds)
        items = {"wikidata": st.sampled_from(["Q1", "Q64"]), "geonames": st.sampled_from(["2886242"]) | TEXT}
        identifiers = draw(st.fixed_dictionaries({}, optional=items))
        cities.append(changed(city, names=names, identifiers=identifiers))
    return Dataset([*cities, *world.sources(), *world.partnerships()])


def answer(dataset: Dataset, question: str, *arguments: Any, **filters: Any) -> Any:
    """What a dataset answers, or the message of its error."""
    try:
        return getattr(dataset, question)(*arguments, **filters)
    except FriendcitiesError as error:
        return str(error), getattr(error, "candidates", ())


@given(named_worlds(), st.data(), FILTERS)
def test_a_compiled_dataset_answers_alike(world: Dataset, data: st.DataObject, filters: Any) -> None:
    """By id, by any name and by identifier, in any order of the questions."""
    compiled = make_dataset(*read_bundle(compile_dataset(world)))
    names = [name.text for city in world.cities() for name in city.names]
    city = data.draw(st.sampled_from([*IDS, *names, "Q64", "q1", "Koeln", "Saint Petersburg", "A, AA"]) | TEXT)
    questions: list[tuple[Any, ...]] = data.draw(
        st.permutations(
            [
                ("city", city),
                ("find_cities", city),
                ("parts_of", city),
                ("partners_of", city),
                ("partnerships_of", city),
                ("coverage_of", city),
                ("sources_of", city),
                ("count_partnerships", "country"),
                ("find_partnerships",),
                ("cities",),
                ("__len__",),
            ]
        )
    )
    for question, *arguments in questions:
        chosen = filters if question in {"partners_of", "partnerships_of"} else {}
        expected = answer(world, question, *arguments, **chosen)
        assert expected == answer(compiled, question, *arguments, **chosen), question
    assert world == compiled
