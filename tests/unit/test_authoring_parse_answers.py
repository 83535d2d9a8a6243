"""What people type is read as it is meant, or refused with what it may mean."""

from decimal import Decimal

import pytest

from friendcities import InvalidQueryError, PartnershipKind, SourceKind
from friendcities.authoring import parse_answers
from friendcities.model.dates import parse_date
from tests.cases import for_each_case


def refusal(read: object, *arguments: object) -> InvalidQueryError:
    """The error with which something is refused."""
    assert callable(read)
    with pytest.raises(InvalidQueryError) as caught:
        read(*arguments)
    return caught.value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1994", "1994"),
        ("1994-10", "1994-10"),
        ("1994/10", "1994-10"),
        ("10/1994", "1994-10"),
        ("October 1994", "1994-10"),
        ("Oct. 1994", "1994-10"),
        ("October of 1994", "1994-10"),
        ("1994-10-21", "1994-10-21"),
        ("1994/10/21", "1994-10-21"),
        ("21 October 1994", "1994-10-21"),
        ("  21  october   1994 ", "1994-10-21"),
        ("21st Oct 1994", "1994-10-21"),
        ("21. October 1994", "1994-10-21"),
        ("the 21st of October, 1994", "1994-10-21"),
        ("October 21, 1994", "1994-10-21"),
        ("Oct 21st 1994", "1994-10-21"),
        ("21-Oct-1994", "1994-10-21"),
        ("21.10.1994", "1994-10-21"),
        ("10/21/1994", "1994-10-21"),
        ("3/3/1994", "1994-03-03"),
        ("1994年", "1994"),
        ("1994年10月", "1994-10"),
        ("1994年10月21日", "1994-10-21"),
        ("1994년 10월 21일", "1994-10-21"),
    ],
)
def test_dates_are_read_in_words_and_figures(text: str, expected: str) -> None:
    """A year, a month or a day, as people write it."""
    assert expected == str(parse_date(text))


def test_figures_that_may_be_two_days_are_refused() -> None:
    """Which of two numbers is the month is not guessed; both readings are named, and are the candidates."""
    error = refusal(parse_date, "03/04/1994")

    assert "3 April 1994 or 4 March 1994" in str(error)
    assert ["1994-04-03", "1994-03-04"] == [str(each) for each in error.candidates]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("21/10/94", "invalid date"),
        ("yesterday", "invalid date"),
        ("", "invalid date"),
        ("31 February 1994", "there is no date"),
        ("31/02/1994", "there is no date"),
        ("13/1994", "there is no date"),
        ("octobre 1994", "unknown month 'octobre'"),
        ("Ma 1994", "unknown month 'Ma'"),
    ],
)
def test_what_is_no_date_is_refused_with_examples(text: str, said: str) -> None:
    """What cannot be read, and days that are not in the calendar, are refused with dates that could be."""
    message = str(refusal(parse_date, text))

    assert said in message
    assert "'21 October 1994'" in message


def test_countries_are_read_by_what_they_are_called() -> None:
    """A country may be named as everywhere; a slip is answered with what comes near, anything else with how."""
    assert "RU" == parse_answers.parse_country("Russia")
    assert "did you mean Portugal (PT)?" in str(refusal(parse_answers.parse_country, "Portugl"))
    assert "expected the name or code of a country" in str(refusal(parse_answers.parse_country, "Zork"))


def test_a_name_of_several_countries_is_not_guessed() -> None:
    """All that are called so are named, and are the candidates."""
    error = refusal(parse_answers.parse_country, "Korea")

    assert "'Korea' is the name of 2 countries: North Korea (KP), South Korea (KR)" in str(error)
    assert ["North Korea (KP)", "South Korea (KR)"] == list(error.candidates)


@pytest.mark.parametrize(
    ("text", "country", "expected"),
    [("NZ-OTA", "NZ", "NZ-OTA"), ("il", "US", "US-IL"), ("Illinois", "US", "US-IL"), ("otago", "NZ", "NZ-OTA")],
)
def test_subdivisions_are_read_within_their_country(text: str, country: str, expected: str) -> None:
    """By code, by its last letters, by name."""
    assert expected == parse_answers.parse_subdivision(text, country)


@pytest.mark.parametrize(
    ("text", "country", "said"),
    [
        ("Illinos", "US", "did you mean Illinois (US-IL)?"),
        ("Shanghai", "CN", "did you mean Shanghai Shi (CN-SH)?"),
        ("Zork", "NZ", "expected a name, a code such as 'NZ-"),
        ("Zork", "XK", "leave the answer out"),
        ("", "NZ", "NZ has no state, province or region ''"),
        ("Dhaka", "BD", "BD has 2 parts with the name 'Dhaka'"),
    ],
)
def test_subdivisions_that_are_not_there_are_refused(text: str, country: str, said: str) -> None:
    """With what comes near; with all of them where several are called so; or with how to name one."""
    assert said in str(refusal(parse_answers.parse_subdivision, text, country))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Chinese", "zh"),
        ("traditional Chinese", "zh-Hant"),
        ("zh-hans", "zh-Hans"),
        ("por", "pt"),
        ("pt_br", "pt-BR"),
        ("sr-latn-rs", "sr-Latn-RS"),
        ("de-1996", "de-1996"),
        ("Greek", "el"),
        ("Swahili", "sw"),
        ("Luo", "luo"),
    ],
)
def test_languages_are_read_by_tag_and_name(text: str, expected: str) -> None:
    """A language is named by its tag, in any case, or in English; the tag is the shortest there is."""
    assert expected == parse_answers.parse_language(text)


def test_languages_that_are_none_are_refused() -> None:
    """A slip is answered with what comes near, anything else with how."""
    assert "Portuguese (pt)" in str(refusal(parse_answers.parse_language, "Portugueze"))
    for text in ("xx", "", "pt-x1", "ロジバン"):
        assert "expected the English name of a language" in str(refusal(parse_answers.parse_language, text))


@pytest.mark.parametrize("text", ["sister_city", "sister city", "Sister-City", "1", " 1 "])
def test_choices_are_made_by_number_and_by_word(text: str) -> None:
    """By the number in the list that is shown, or by the value, however it is written."""
    assert PartnershipKind.SISTER_CITY is parse_answers.parse_choice(text, PartnershipKind)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sister citty", "did you mean 'sister_city'?"),
        ("city", "did you mean 'sister_city' or 'friendship_city'?"),
        ("0", "one of sister_city"),
        ("7", "one of"),
        ("²", "one of"),
    ],
)
def test_choices_that_are_not_there_are_refused(text: str, said: str) -> None:
    """With what comes near, or else with all there are."""
    assert said in str(refusal(parse_answers.parse_choice, text, PartnershipKind))
    assert SourceKind.PRESS is parse_answers.parse_choice("press", SourceKind)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("4321", "4321"),
        ("4 321", "4321"),
        ("24\u00a0000\u202f000.50", "24000000.50"),
        ("-3.5", "-3.5"),
        ("0.321", "0.321"),
        ("4.3210", "4.3210"),
    ],
)
def test_numbers_are_read_in_figures(text: str, expected: str) -> None:
    """Blanks may stand between thousands, and a point before decimals."""
    assert Decimal(expected) == parse_answers.parse_decimal(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("4,321", "can mean 4321 or 4.321"),
        ("4.321", "can mean 4321 or 4.321"),
        ("1,234,567", "without commas"),
        ("4,5", "without commas"),
        ("1e5", "invalid number"),
        ("many", "invalid number"),
        ("²", "invalid number"),
        ("9" * 60, "invalid number"),
    ],
)
def test_numbers_that_may_be_two_are_refused(text: str, said: str) -> None:
    """A comma or point that may stand for either is not guessed; what is no number is refused."""
    assert said in str(refusal(parse_answers.parse_decimal, text))


@pytest.mark.parametrize("text", ["1.5", "-1", "9" * 30])
def test_counts_are_whole(text: str) -> None:
    """A number of things is whole, not negative, and one that somebody could count."""
    assert 12 == parse_answers.parse_number("12")
    assert "invalid count" in str(refusal(parse_answers.parse_number, text))


@pytest.mark.parametrize("text", ["181", "nan", "12° N", "9" * 400])
def test_degrees_are_of_this_earth(text: str) -> None:
    """Degrees are a number that is no greater than half the way round."""
    assert -45.874 == parse_answers.parse_degrees("-45.874")
    assert "degrees" in str(refusal(parse_answers.parse_degrees, text))


def test_yes_and_no() -> None:
    """Only these are taken for a yes or a no."""
    assert parse_answers.parse_yes_or_no("Y")
    assert not parse_answers.parse_yes_or_no("no")
    assert "expected 'y' or 'n'" in str(refusal(parse_answers.parse_yes_or_no, "perhaps"))


def test_text_is_composed_and_can_be_shown() -> None:
    """Letters with their accents become one character, ideographs stay; what cannot be shown is refused."""
    assert "Näidislinn" == parse_answers.parse_text(" Na\u0308idislinn ")
    assert "\ufa19戸" == parse_answers.parse_text("\ufa19戸")
    for text in ("", "a\tb", "a\u202eb"):
        assert "expected printable characters" in str(refusal(parse_answers.parse_text, text))


@for_each_case(
    [
        ("'1994' is a year", "1994"),
        ("'Q16511122' is an identifier", "Q16511122"),
        ("'#REF!' is not a name", "#REF!"),
        ("'Ulm (ended 2010)' contains a note", "Ulm (ended 2010)"),
        ("'Ulm?' expresses doubt", "Ulm?"),
        ("no city is named", " "),
    ]
)
def test_names_of_cities_pass_the_gate_of_the_importers(words: str, text: str) -> None:
    """A text that is not a name is rejected with the reason; marks of footnotes are removed."""
    assert f"invalid name: {words}" in str(refusal(parse_answers.parse_city_name, text))
    assert "Ulm" == parse_answers.parse_city_name("Ulm[a]\u200e")


def test_words_for_programs_are_made_of_words() -> None:
    """People write words; programs get them in their form. Currencies stay as they are."""
    assert "public_transport" == parse_answers.parse_slug("Public transport")
    assert "USD" == parse_answers.parse_unit(" USD ")
    assert "foreign_ventures" == parse_answers.parse_unit("foreign ventures")
    assert "invalid unit" in str(refusal(parse_answers.parse_unit, "元"))
    assert "invalid word" in str(refusal(parse_answers.parse_slug, "元"))


def test_ids_and_addresses_are_checked() -> None:
    """An id, an address, and a Wikidata id, which may be copied with its address."""
    assert "shine-2023" == parse_answers.parse_id(" shine-2023 ")
    assert "https://a.example" == parse_answers.parse_address("https://a.example ")
    assert "Q36433" == parse_answers.parse_wikidata_id("https://www.wikidata.org/wiki/q36433/")
    assert "invalid id" in str(refusal(parse_answers.parse_id, "Shine 2023"))
    assert "invalid address" in str(refusal(parse_answers.parse_address, "a page"))
    assert "invalid Wikidata id" in str(refusal(parse_answers.parse_wikidata_id, "36433"))


def test_several_things_stand_on_one_line() -> None:
    """Semicolons part them; nothing between two is nothing."""
    assert ["Yang Meiping", "Li, Ming"] == parse_answers.split_list("Yang Meiping;; Li, Ming ;")


def test_a_country_with_the_name_of_a_part_of_another_is_refused() -> None:
    """The error says how to write each."""
    error = refusal(parse_answers.parse_country, "Georgia")

    assert "'Georgia' can mean the country GE or a part of US; write 'GE', or 'US' for the country of this part" == str(
        error
    )
    assert ("GE", "US") == error.candidates
    assert ["GE", "US"] == [parse_answers.parse_country(text) for text in ("Republic of Georgia", "Georgia, USA")]
