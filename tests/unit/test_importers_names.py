"""The gate for names: what is a name of a city, what is cleaned, and why a text is rejected."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

import friendcities as fc
from friendcities.importers import Reason
from friendcities.importers.names_gate import check_name, past_words
from friendcities.model.record import is_text
from tests.cases import for_each_case
from tests.tables import built


@for_each_case(
    [
        # missing-value markers, of R and pandas too
        (Reason.UNFIT_NAME, "NA"),
        (Reason.UNFIT_NAME, "<NA>"),
        (Reason.UNFIT_NAME, "NaN"),
        # error values and booleans of spreadsheets
        (Reason.UNFIT_NAME, "#REF!"),
        (Reason.UNFIT_NAME, "#NAME?"),
        (Reason.UNFIT_NAME, "#VALUE!"),
        (Reason.UNFIT_NAME, "#BEZUG!"),
        (Reason.UNFIT_NAME, "#N/A"),
        (Reason.UNFIT_NAME, "TRUE"),
        (Reason.UNFIT_NAME, "False"),
        (Reason.UNFIT_NAME, "WAHR"),
        *((Reason.UNFIT_NAME, text) for text in ("#ЗНАЧ!", "#¡REF!", "#REF !", "ИСТИНА", "VERO", "ONWAAR")),
        *((Reason.UNFIT_NAME, text) for text in ("undefined", "(blank)", "Not available", "keine Angabe", "不明")),
        # sentences
        (Reason.TEXT_FOR_CITY, "Vik is a member of a league of small towns across the whole of Europe."),
        (Reason.TEXT_FOR_CITY, "Vik has been a partner city"),
        (Reason.TEXT_FOR_CITY, "Partner cities in Iceland:"),
        (Reason.TEXT_FOR_CITY, "Die Gemeinde pflegt seit langem eine Partnerschaft mit Vík"),
        (Reason.TEXT_FOR_CITY, "维克是冰岛的一个村庄。"),
        (Reason.TEXT_FOR_CITY, "Vik cooperates. The other town does not"),
        (Reason.TEXT_FOR_CITY, "A B C D E F G H I J K L M"),
        # identifiers
        (Reason.ID_FOR_CITY, "Q16511122"),
        (Reason.ID_FOR_CITY, "AGS 09162000"),
        *((Reason.ID_FOR_CITY, text) for text in ("wd:Q16511122", "Q16511122.", "(Q16511122)", "Q16511122 (Vik)")),
        *((Reason.ID_FOR_CITY, text) for text in ("viaf/122530980", "INSEE 75056")),
        (Reason.ID_FOR_CITY, "relation/62422"),
        (Reason.ID_FOR_CITY, "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"),
        # marks of footnotes that cannot be removed, and lost characters
        (Reason.MARKUP, "Vík["),
        *((Reason.MARKUP, text) for text in ("Vík [12]a", "Vík §", "Vík¶", "Vík ①")),
        (Reason.MARKUP, "Vík]"),
        (Reason.MARKUP, "Bautzen [Budyšin]"),
        (Reason.UNFIT_NAME, "K\ufffdln"),
        (Reason.UNFIT_NAME, "K?ln"),
        (Reason.UNFIT_NAME, "M??nchen"),
        # structured text
        (Reason.TEXT_FOR_CITY, '{"en": "Ulm"}'),
        (Reason.TEXT_FOR_CITY, "['Ulm']"),
        (Reason.TEXT_FOR_CITY, '"name": "Ulm"'),
        (Reason.TEXT_FOR_CITY, "name=Ulm"),
        # addresses, markup, notes, doubt
        (Reason.FILE_FOR_CITY, "info@ulm.example"),
        (Reason.MARKUP, "''Vík''"),
        (Reason.NOTE_IN_NAME, "Ulm (seit 1994)"),
        (Reason.UNFIT_NAME, "VÃ\xadk"),
        (Reason.NOTE_IN_NAME, "Ulm?"),
        (Reason.NOTE_IN_NAME, "Ulm (?)"),
        (Reason.BLANK_CITY, " \u200e\xa0"),
    ]
)
def test_texts_that_are_no_names(reason: Reason, text: str) -> None:
    """The last remark is the reason."""
    checked = check_name(text)

    assert (None, reason) == (checked.name, checked.remarks[-1].reason)


@for_each_case(
    [
        ("Vík", "Vík[a]"),
        ("Vík, IS", "Vík [1], IS"),
        ("Vík", "Vík [citation needed]"),
        ("Vík", "Vík[12][b]"),
        ("Vík", "Vík[note 3]"),
        ("Vík", "Vík [Anm. 2]"),
        ("Vík", "Vík²"),
        ("Vík", "Vík **"),
        ("Vík, Suðurland", "Vík*, Suðurland"),
    ]
)
def test_marks_of_footnotes_are_removed(name: str, text: str) -> None:
    """With a remark that shows the mark."""
    checked = check_name(text)

    assert (name, Reason.FOOTNOTE) == (checked.name, checked.remarks[0].reason)


@for_each_case(
    [
        ("Ulm", "Ulm\u200e"),
        ("Ulm", "\ufeffUlm\u200b"),
        *(("Ulm", text) for text in ("Ulm\ufe0f", "U\u034flm", "\u3164Ulm")),
        ("Reykjavík", "Reykja\u00advík"),
        ("Ulm Mitte", " Ulm\xa0 Mitte\t"),
        ("بندر\u200cعباس", "بندر\u200cعباس\u200c"),
        ("'s-Hertogenbosch", "''s-Hertogenbosch"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("-Ulm", "'-Ulm"),
        ("Malmö", "Malmo\u0308"),
    ]
)
def test_what_is_no_part_of_a_name_is_removed(name: str, text: str) -> None:
    """Invisible characters, blanks, and the mark with which our own CSV files protect an apostrophe."""
    assert (name, ()) == check_name(text)


@for_each_case(
    [
        *("None", "Nan", "Y", "Å", "Washington D.C.", "Weiden i. d. OPf.", "Bruck i. d. OPf.", "Westward Ho!"),
        *("Saint-Louis-du-Ha! Ha!", "Municipality of the District of Lunenburg", "Prague 6", "O'Fallon"),
        *("Dolores Hidalgo Cuna de la Independencia Nacional", "san juan bautista de la salle", "Chelyabinsk-40"),
    ]
)
def test_odd_names_are_names(name: str) -> None:
    """They come out as they are."""
    assert (name, ()) == check_name(name)


@for_each_case(
    [
        ("St. John's, Antigua and Barbuda", None, True),
        ("Parham (Antigua)", None, True),
        ("Parham (Antigua)", "en", True),
        ("Soria (antigua)", "es", False),
        ("Ulm (ruht)", None, False),
        ("Ulm (ruht)", "de-AT", False),
        ("Ulm (ruht)", "en", True),
        ("Vík (dormant)", "xx", True),
    ]
)
def test_markers_of_the_past_are_words_of_a_language(text: str, language: str | None, taken: bool) -> None:  # noqa: FBT001
    """Of the language of the file; a file without a language has all of them but those that are names."""
    assert taken is (check_name(text, past_words(language)).name is not None)


def test_a_profile_has_past_words() -> None:
    """Its words for statuses count, except those of partnerships in force."""
    past = past_words("en", {"schlummert": fc.Status.SUSPENDED, "blüht": fc.Status.ACTIVE, "-": fc.Status.ENDED})

    assert [None, "Ulm (blüht)"] == [check_name(f"Ulm ({word})", past).name for word in ("schlummert", "blüht")]


@given(st.text() | st.text("ab [](){}*?.,:'\u200e\u200d\xa0¹1=#", max_size=12))
def test_a_name_that_passes_is_a_text_and_passes_again(text: str) -> None:
    """Cleaning is idempotent, and its result can be shown."""
    checked = check_name(text)

    assert checked.remarks or checked.name is not None
    if checked.name is not None:
        assert is_text(checked.name)
        assert unicodedata.is_normalized("NFC", checked.name)
        assert checked.name == check_name(checked.name).name


def test_na_is_namibia_beside_a_name() -> None:
    """Only as a country; the row of R's missing values is rejected."""
    found = built(("Vík", "Iceland", "", "", "NA", "NA", "", ""), ("Vík", "Iceland", "", "", "Windhoek", "NA", "", ""))

    assert [None, "is-vik--na-windhoek"] == [row.partnership for row in found.report.rows]
