"""What holds of ``friendcities add`` whatever people type."""

import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from friendcities import InvalidQueryError, PartialDate
from friendcities.authoring import Draft, parse_answers
from friendcities.checks import RecordTree, check
from friendcities.model.dates import MONTHS, parse_date
from tests.sessions import NEW_TIE, TODAY, a_tree, files_in, filled, make_session

ANY = st.text(max_size=20)
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 1, 1))
NAMES = st.one_of(
    ANY,
    st.text(st.characters(categories=["L", "N", "Pd", "Zs", "Mn"]), min_size=1, max_size=20),
    st.sampled_from(["Naidislinn", "Mihon", "上海", "São Tomé", "No. 5", "Springfield, IL", "Moscow, Russia", "Q42"]),
)
DATES = st.one_of(
    ANY,
    DAYS.map(str),
    DAYS.map(lambda day: day.strftime("%d.%m.%Y")),
    DAYS.map(lambda day: f"{day:%d %B} {day.year}"),
    st.integers(1900, 2030).map(str),
)


TYPED = {
    "second": NAMES,
    "date": DATES,
    "term": NAMES,
    "second-other-name": NAMES,
    "source-title": NAMES,
    "source-publisher": NAMES,
    "source-published": DATES,
    "locator": NAMES,
}
MORE = {
    "second-country": "Kenya",
    "term": "kaksoiskaupunki",
    "term-language": "Finnish",
    "second-other-name": "Kisuma",
    "second-other-name-language": "Luo",
    "second-other-name-kind": "alias",
}


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional=TYPED))
@example({})
@example({"second": "Moscow, Idaho"})
@example({"locator": "page\u200b 1"})
def test_what_is_written_passes_the_check_or_nothing_is(typed: dict[str, str]) -> None:
    """Whatever is typed, either every file is written and the check has nothing against the whole, or none is."""
    options = NEW_TIE | MORE | {"source-speaks-for": typed.get("second", "Kisumu")} | typed
    with tempfile.TemporaryDirectory() as folder:
        tree = a_tree(Path(folder))
        before = files_in(tree)
        try:
            draft = Draft.from_session(filled("partnership", options, make_session(tree)))
        except InvalidQueryError:
            assert before == files_in(tree)
            return
        if not draft.find_problems(RecordTree.read(tree, today=TODAY)):
            draft.write()
            assert () == check(RecordTree.read(tree, today=TODAY)).problems
            assert before.items() <= files_in(tree).items()
            assert len(draft.files) == len([name for name in set(files_in(tree)) - set(before) if ".json" in name])


@given(text=st.one_of(ANY, DATES))
def test_dates_are_read_or_refused(text: str) -> None:
    """Whatever is typed for a date is one, which is then read as itself, or is refused."""
    with suppress(InvalidQueryError):
        found = parse_date(text)
        assert found == parse_date(str(found))


@given(day=st.dates())
def test_every_day_can_be_written_in_words(day: date) -> None:
    """A day in words is read as that day, whichever way round."""
    expected = PartialDate.parse(str(day))
    month = MONTHS[day.month - 1].title()

    assert expected == parse_date(f"{day.day} {month} {day.year:04}")
    assert expected == parse_date(f"{month[:3]} {day.day}, {day.year:04}")


@given(text=NAMES)
def test_nothing_that_is_typed_raises_anything_else(text: str) -> None:
    """Every parser takes any text, or refuses it in words."""
    parsers: list[Any] = [
        getattr(parse_answers, f"parse_{kind}")
        for kind in (
            "address", "country", "decimal", "degrees", "yes_or_no", "id", "language", "number", "slug", "text", "unit",
            "wikidata_id",
        )
    ]  # fmt: skip
    parsers.append(lambda text: parse_answers.parse_subdivision(text, "US"))
    for parse in parsers:
        with suppress(InvalidQueryError):
            assert parse(text) is not None
