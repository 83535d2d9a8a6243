"""Proposed profiles: what columns are recognised by their names and cells, and how a file is written."""

import tomllib
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pytest
from attrs import evolve
from importlib_resources import files
from pyarrow import parquet

import friendcities as fc
from friendcities.importers import ImportResult, Outcome, Profile, Reason, read_table, suggest_profile
from friendcities.importers.file_layout import FileLayout
from friendcities.importers.suggest import format_suggestion
from friendcities.names.normalize import fold
from tests.cases import for_each_case
from tests.frozen import FROZEN

GERMAN = """\
Stadt;Partnerstadt;Land;seit;Art;Status;beendet am
Köln;Liverpool;Großbritannien;21.10.1952;Partnerschaft;aktiv;
Köln;Straßburg;Frankreich;1.2.1960;Partnerschaft;aktiv;-
Köln;Plzeň-Ost;Tschechien;5. Mai 1979;Freundschaft;beendet;31.12.1999
Köln;Lüttich;Belgien;1958;Städtepartnerschaft;ruht;
Köln;Hørsholm;Dänemark;03/1970;Kontakt;aktiv;
Köln;Nürnberg;;1990;Partnerschaft;aktiv;
""".replace("ň", "n")


GRAPH = "first,second,first.label,first.country,second.label,second.country"


def proposed(*rows: str) -> dict[str, Any]:
    """The profile that is proposed for these rows, the first of them the heading."""
    heading, *cells = [row.split(";" if ";" in row else ",") for row in rows]
    return tomllib.loads(format_suggestion(FileLayout(tuple(heading), rows=tuple(cells))))


def ends_of(profile: dict[str, Any]) -> list[str | None]:
    """The columns of names and countries, or what is left open."""
    return [
        profile[end].get(key) or profile[end].get(f"{key}_is")
        for end in ("first", "second")
        for key in ("name", "country")
    ]


@for_each_case(
    [
        # the country belongs to the partner
        (["Stadt", "?", "Partnerstadt", "Land"], ("Stadt,Partnerstadt,Land,seit",)),
        (["city", "?", "partner", "country"], ("city,partner,country,since",)),
        (["UK town", "?", "TWIN TOWN", "TWIN TOWN COUNTRY"], ("UK town,TWIN TOWN,TWIN TOWN COUNTRY",)),
        (["ville", "?", "ville jumelée", "pays"], ("ville,ville jumelée,pays",)),
        (["Gemeinde", "?", "Partnergemeinde", "Land"], ("Land,Gemeinde,Partnergemeinde",)),
        # between the names it does unless all rows have one
        (["Stadt", "?", "Partnerstadt", "Land"], ("Stadt,Land,Partnerstadt", "Ulm,Polen,Łódź", "Ulm,Ungarn,Győr")),
        (["Stadt", "Land", "Partnerstadt", "?"], ("Stadt,Land,Partnerstadt", "Ulm,DE,Łódź", "Bonn,DE,Győr")),
        # both ends have one
        (["town", "country", "partner", "partner country"], ("town,country,partner,partner country",)),
        (["city_a", "country_a", "city_b", "country_b"], ("city_a,country_a,city_b,country_b",)),
        # graphs: the label of a node is its name
        (
            ["first.label", "first.country", "second.label", "second.country"],
            (GRAPH,),
        ),
        # the list of one town
        (["?", "?", "Partnerstadt", "Land"], ("Partnerstadt,Land,seit",)),
        (["?", "?", "City", "Country"], ("City,Country,Year", "Lyon,France,1994")),
        (["?", "?", "友好城市", "国家"], ("友好城市,国家",)),
        # countries that only their cells show
        (["town", "?", "partner", "where"], ("town,partner,where", "Ulm,Lyon,France", "Ulm,Linz,Austria")),
        # languages, each with its words
        (["Город", "Страна", "Побратим", "Страна побратима"], ("Город;Страна;Побратим;Страна побратима",)),
        (["місто", "країна", "місто-побратим", "країна побратима"], ("місто;країна;місто-побратим;країна побратима",)),
        (["城市", "#2", "友好城市", "#4"], ("城市;國家;友好城市;國家",)),
        (["城市", "國家", "姊妹市", "姊妹市國家"], ("城市;國家;姊妹市;姊妹市國家",)),
        (["都市", "国", "姉妹都市", "相手国"], ("都市;国;姉妹都市;相手国",)),
        (["自治体", "?", "姉妹都市", "?"], ("自治体;姉妹都市",)),
        (["도시", "국가", "자매도시", "자매국가"], ("도시;국가;자매도시;자매국가",)),
        (["Comune", "?", "Gemellato con", "?"], ("Comune;Gemellato con",)),
        (["Gemeente", "?", "Zustergemeente", "?"], ("Gemeente;Zustergemeente",)),
        (["Kommune", "?", "Vennskapsby", "?"], ("Kommune;Vennskapsby",)),
        (["Kommun", "?", "Vänort", "Land"], ("Kommun;Vänort;Land",)),
        (["Kunta", "?", "Ystävyyskunta", "Maa"], ("Kunta;Ystävyyskunta;Maa",)),
        (["Municipio", "?", "Ciudad hermana", "País"], ("Municipio;Ciudad hermana;País;Fecha",)),
        (["Cidade", "?", "Cidade-irmã", "País"], ("Cidade;Cidade-irmã;País;Data",)),
        (["Miasto", "?", "Miasto partnerskie", "Kraj"], ("Miasto;Miasto partnerskie;Kraj;Rok",)),
        (["Město", "Země", "Partnerské město", "Stát"], ("Město;Země;Partnerské město;Stát",)),
        (["Şehir", "Ülke", "Kardeş şehir", "Kardeş ülke"], ("Şehir;Ülke;Kardeş şehir;Kardeş ülke",)),
        # names with words of an end only
        (["town", "?", "twinned with", "where"], ("town;twinned with;where;when",)),
        (["from", "from_country", "to", "to_country"], ("from;from_country;to;to_country",)),
        (["source", "?", "target", "?"], ("source;target", "Vik;Cork")),
        (["town", "?", "partner", "?"], ("town;partner;source", "Vik;Cork;a website")),
        (["Stadt", "?", "Partner", "Land"], ("Stadt;Partner;Partnerschaft;Land", "Ulm;Lyon;1990;FR")),
        # a city and its country in one cell
        (
            ["place", "?", "sister city", "sister city"],
            ("place;sister city", "Vik;Cork, Ireland", "Ulm;Seoul, Korea, South"),
        ),
        (["place", "country", "partner", "partner"], ("place;country;partner", "Vik;Iceland;Cork (Ireland)")),
        (
            ["市", "市", "姉妹都市", "姉妹都市"],
            ("市;姉妹都市", "上海（中国）;横浜市（日本）", "北京市（中国）;東京（日本）"),
        ),
        (["town", "?", "partner", "?"], ("town;partner", "Ulm;Dover, DE", "Ulm;Denver, CO")),
        (["hometown", "?", "sister city", "country"], ("hometown;sister city;country", "Ulm;Lyon;France")),
        # nothing at all
        (["?", "?", "?", "?"], ("a1,b1", "x,y")),
    ]
)
def test_the_ends(expected: list[str], rows: tuple[str, ...]) -> None:
    """Which column has the name and the country of which end."""
    assert expected == ends_of(proposed(*rows))


def test_a_file_without_a_heading() -> None:
    """Its first row has dates or countries; the cells show what its columns are."""
    made = proposed("Bath,Aix,France,1977-05-01", "Bath,Linz,Austria,")
    town = proposed("1977,Aix,France", "1980,Linz,Austria")

    assert (0, "#1", "?", "#2", "#3") == (made["file"]["heading"], *ends_of(made))
    assert "#4" == made["steps"]["date"]
    assert ["?", "?", "#2", "#3"] == ends_of(town)


@for_each_case(
    [
        (["%d.%m.%Y"], ["21.10.1994", "1.2.1980", "1990", ""]),
        (["%d/%m/%Y"], ["21/10/1994", "1/2/1980"]),
        (["%m/%d/%Y"], ["10/21/1994", "1/2/1980"]),
        (["?"], ["10/11/1994", "1/2/1980"]),
        (["%d/%m/%Y", "%m/%d/%Y"], ["21/10/1994", "10/21/1994"]),
        (["%d.%m.%Y", "%m/%Y"], ["21.10.1994", "10/1994"]),
        (["%Y年%m月%d日"], ["1973年11月30日"]),
        (["%d. %B %Y", "%B %Y"], ["5. März 1980", "Mai 1979"]),
        (["%B %d, %Y"], ["May 5, 1980"]),
        (["%d de %B de %Y"], ["5 de enero de 1980"]),
        (None, ["1994", "1994-10-21", "long ago"]),
    ]
)
def test_formats_of_dates(formats: list[str] | None, cells: list[str]) -> None:
    """Those that the cells need; a "?" where no date shows which of two is meant."""
    made = proposed("town,partner,since", *(f"Ulm,Lyon,{cell}".replace(", ", "; ") for cell in cells))
    layout = FileLayout(("town", "partner", "since"), rows=tuple(("Ulm", "Lyon", cell) for cell in cells))
    made = tomllib.loads(format_suggestion(layout))

    assert formats == made["steps"].get("date_formats")
    if formats and "B" in "".join(formats):
        assert 12 == len(made["steps"]["months"])


def test_doubt_and_ends_in_words() -> None:
    """The importer reads them, so the proposal gives them no meaning that would hide them."""
    made = proposed(
        "Stadt;Partnerstadt;Land;Art;Status",
        "Ulm;Lyon;FR;Partnerschaft;aktiv",
        "Ulm;Bar;ME;Partnerschaft ?;aktiv ?",
        "Ulm;Nice;FR;Partnerschaft aufgelöst;beendet",
        "Ulm;Linz;AT;Partnerschaft bis 2010;beendet 2010",
        "Ulm;Graz;AT;Verein;wer weiß",
    )

    assert {"Partnerschaft": "sister_city", "Verein": "?"} == made["steps"]["kinds"]
    assert {"aktiv": "active", "beendet": "ended", "wer weiß": "?"} == made["steps"]["statuses"]


def test_a_state_is_no_status() -> None:
    """Lists of the Americas name the state of a city."""
    for heading in ("City,State,Sister City,Country", "Município,Estado,Cidade-irmã,País"):
        assert "steps" not in proposed(heading, "Atlanta,GA,Osaka,Japan")


def test_words_of_kinds_and_statuses() -> None:
    """Those that are known have their meaning, others a "?"."""
    made = proposed(
        "town,partner,Art,Status", "Ulm,Lyon,Partnerschaft,beendet", "Ulm,Bar,Verein,ruht", "Ulm,Bar,-,aktiv"
    )

    assert {"Partnerschaft": "sister_city", "Verein": "?"} == made["steps"]["kinds"]
    assert {"beendet": "ended", "ruht": "suspended", "aktiv": "active"} == made["steps"]["statuses"]
    assert ["-"] == made["file"]["blank"]


@for_each_case(
    [
        ("suspended", "zawieszona zawieszone suspendue suspendu interrompu suspendida inactivo sospesa suspenso"),
        ("suspended", "suspensa interrompue sospeso inattiva suspendat felfüggesztett приостанов. призупинен"),
        ("suspended", "暂停 暫停 休止 중단 приостановлено призупинено askıda en_sommeil inactive neaktivní opgeschort"),
        ("ended", "прекращено sona_erdi 解消 종료"),
        ("active", "継続 aktif действует 유지"),
        (
            "active",
            "en_vigueur действующий чинний érvényes yürürlükte obowiązuje gällande voimassa 有効 有效 유효 in_vigore",
        ),
        ("?", "расторгнуто formerly_so"),
    ]
)
def test_words_of_statuses_in_many_languages(status: str, words: str) -> None:
    """All genders and forms of a word have the same status; a word that is not listed has a "?"."""
    cells = [word.replace("_", " ") for word in words.split()]
    made = proposed("town,partner,status", *(f"Ulm,Lyon,{cell}" for cell in cells))

    assert dict.fromkeys(cells, status) == made["steps"]["statuses"]


def test_the_words_of_statuses_are_folded() -> None:
    """Another word would never be found."""
    text = files("friendcities.importers").joinpath("words.toml").read_text("utf-8")
    tables = tomllib.loads(text)
    words = [word for words in tables["statuses"].values() for word in words]
    cells = tables["cells"]
    others = [cells[name] for name in ("missing", "headings", "doubt", "doubt_in_names", "until", "past_kinds")]
    others += [*cells["past"].values(), *tables["kinds"].values()]

    assert list(map(fold, words)) == words
    assert len(set(words)) == len(words)
    assert [] == [word for words in others for word in words if fold(word) != word]


@for_each_case(
    [
        (heading,)
        for heading in (
            *("状態", "Durum", "상태", "Stare", "Статус", "Statut", "状态"),
            *("Stav", "Állapot", "Κατάσταση", "Tila", "Stanje", "Būsena", "מצב", "الحالة", "Tilstand"),
        )
    ]
)
def test_headings_of_statuses(heading: str) -> None:
    """A column of statuses is found by its name; its unknown words have a "?"."""
    steps = proposed(f"town,partner,{heading}", "Ulm,Lyon,x1", "Ulm,Linz,y")["steps"]

    assert heading == steps["status"]
    assert {"x1": "?", "y": "?"} == steps["statuses"]


def test_namibia_is_no_missing_value() -> None:
    """A marker that is a country of the file is not proposed."""
    made = proposed("town,partner,country,since", "Ulm,Windhoek,NA,NA", "Ulm,Lyon,FR,-")

    assert ["-"] == made["file"]["blank"]


def test_a_date_column_without_a_name() -> None:
    """Every cell shows that it has dates; the language is that of the other names."""
    made = proposed("Gemeinde,Partnergemeinde,Vertrag", "Ulm,Lyon,21.10.1994", "Ulm,Linz,")

    assert ("Vertrag", "de") == (made["steps"]["date"], made["source"]["language"])


@for_each_case(
    [
        ("Stadt;Partnerstadt;Land;Bemerkung", "Ulm;Lyon;FR;beendet", {"status": "Bemerkung"}),
        ("Stadt;Partnerstadt;Land;Partnerschaft", "Ulm;Lyon;FR;Städtepartnerschaft", {"kind": "Partnerschaft"}),
        ("Stadt;Partnerstadt;Land;Was", "Ulm;Lyon;FR;Freundschaft", {"kind": "Was"}),
        ("town;partner;country;twinned", "Ulm;Lyon;FR;1990", {"date": "twinned"}),
        ("Stadt;Partnerstadt;Land;seit;Vertrag", "Ulm;Lyon;FR;1990;21.10.1991", {"date": "seit"}),
        ("Stadt;Partnerstadt;Land;Partnerschaftsbeginn;Vertragsende", "Ulm;Lyon;FR;1990;1991", {"end": "Vertragsende"}),
    ]
)
def test_columns_of_steps_by_their_cells(heading: str, row: str, columns: dict[str, str]) -> None:
    """Cells with known words or dates show what a column has."""
    steps = proposed(heading, row)["steps"]

    assert columns == {field: steps[field] for field in columns}


def test_a_column_with_cities_and_countries_beside_one_with_cities() -> None:
    """A column name with a word for countries has cities, if its cells have both."""
    made = proposed("Stadt;Partnerstadt (Land)", "Ulm;Shanghai (China)", "Ulm;Edinburgh (Großbritannien)")

    assert {"name": "Stadt", "country_is": "?"} == made["first"]
    assert {"name": "Partnerstadt (Land)", "country": "Partnerstadt (Land)"} == made["second"]


def test_a_word_for_a_country_and_a_status() -> None:
    """The French "État" is a status if its cells are no countries."""
    rows = ("Lyon;Birmingham;Royaume-Uni;actif", "Lyon;Francfort;Allemagne;rompu")
    made = proposed("Commune;Ville jumelée;Pays;Etat", *rows)
    empty = proposed("Commune;Ville jumelée;Etat", "Lyon;Birmingham;")

    assert ("Pays", "Etat") == (made["second"]["country"], made["steps"]["status"])
    assert "Etat" == empty["second"]["country"]


def test_merged_cells_are_mentioned(tmp_path: Path) -> None:
    """A comment proposes to fill blank names of one of the two cities from above."""
    path = tmp_path / "a.csv"
    hint = '# fill_down = ["Kommune"]  # if a blank cell repeats the cell above'
    for rows, is_merged in (("Oslo,Vilnius\n,Artvin\n", True), ("Oslo,Vilnius\n", False), ("Oslo,\n,Artvin\n", False)):
        path.write_text(f"Kommune,Vennskapsby\n{rows}")

        assert is_merged is (hint in suggest_profile(path).splitlines())


def test_a_german_list(tmp_path: Path) -> None:
    """Semicolons, Latin-1, German names of columns, dates, kinds and countries: one correction, and all is read."""
    path = tmp_path / "partner.csv"
    path.write_bytes(GERMAN.encode("latin-1"))

    text = suggest_profile(path)
    unset = [line.split(" = ")[0] for line in text.splitlines() if ' = "?"' in line]
    assert ["publisher", "as_of", "country_is"] == unset
    found = read_table(
        path,
        profile=Profile.parse(text.replace('country_is = "?"', 'country_is = "DE"')),
        publisher="Köln",
        as_of="2026",
    )
    rows = {dict(row.cells)["Partnerstadt"]: row for row in found.report.rows}
    assert {Outcome.IMPORTED} == {row.outcome for name, row in rows.items() if name != "Nürnberg"}
    assert [Reason.BLANK_COUNTRY] == [remark.reason for remark in rows["Nürnberg"].remarks]
    steps = {
        str(tie.id): [(step.action, str(step.date), step.kind) for step in tie.steps]
        for tie in found.dataset.partnerships()
    }
    assert {
        "be-luttich--de-koln": [("established", "1958", "sister_city"), ("suspended", "None", "unspecified")],
        "cz-plzen-ost--de-koln": [
            ("established", "1979-05-05", "friendship_city"),
            ("ended", "1999-12-31", "unspecified"),
        ],
        "de-koln--dk-horsholm": [("established", "1970-03", "contact")],
        "de-koln--fr-strassburg": [("established", "1960-02-01", "sister_city")],
        "de-koln--gb-liverpool": [("established", "1952-10-21", "sister_city")],
    } == steps


def test_every_unset_value_is_in_one_error(tmp_path: Path) -> None:
    """The values of the profile that are "?", and the values of the source that neither profile nor call has."""
    path, profile = tmp_path / "list.csv", tmp_path / "list.toml"
    path.write_text("Stadt;Partnerstadt;Art;Datum\nUlm;Lyon;Gilde;1/2/1994\n")
    profile.write_text(suggest_profile(path))
    start = f"{profile}: invalid country_is of [first]: '?'; expected the ISO 3166-1 code of a country, such as 'NZ'; "

    with pytest.raises(fc.InvalidQueryError) as caught:
        read_table(path, profile=profile)
    message = str(caught.value)
    assert message.startswith(start)
    assert message.endswith("; publisher of [source] is not set; as_of of [source] is not set")
    for where in ("country_is of [second]", "date_formats of [steps]", "kinds of [steps], 'Gilde'"):
        assert f"invalid {where}: '?'; expected " in message

    with pytest.raises(fc.InvalidQueryError) as caught:
        read_table(path, profile=profile, publisher="Ulm", as_of="2026")
    assert "[source]" not in str(caught.value)

    profile.write_text(profile.read_text().replace('country_is = "?"', 'country_is = "DE"'))
    profile.write_text(profile.read_text().replace('"Gilde" = "?"', '"Gilde" = "contact"'))
    profile.write_text(profile.read_text().replace('date_formats = ["?"]', 'date_formats = ["%d/%m/%Y"]'))
    with pytest.raises(fc.InvalidQueryError, match="the source has no publisher and as_of"):
        read_table(path, profile=profile)
    assert 1 == read_table(path, profile=profile, publisher="Ulm", as_of="2026").report.imported


def test_our_own_csv_comes_back(tmp_path: Path) -> None:
    """The proposed profile for our own table of partnerships needs no correction, and gives the same pairs."""
    FROZEN.to_csv(tmp_path / "csv")

    path = tmp_path / "csv" / "partnerships.csv"
    found = read_table(path, profile=Profile.parse(suggest_profile(path)), publisher="friendcities", as_of="2026-12")
    assert found.report.total == len(FROZEN.partnerships()) == found.report.imported

    def stated(data: fc.Dataset) -> set[tuple[frozenset[str], str, str]]:
        return {
            (frozenset(data.city(city).name for city in tie.cities), str(tie.state.kind), str(tie.state.status))
            for tie in data.partnerships()
        }

    assert stated(FROZEN) == stated(found.dataset)


@for_each_case(
    [
        ("cp1252", "Stadt;Partnerstadt\nKöln;Gießen\n"),
        *((encoding, "Stadt;Partnerstadt\nKöln;Łódź\n") for encoding in ("utf-32", "utf-32-le", "utf-32-be", "utf-7")),
        *((encoding, "都市;姉妹都市\n横浜;上海\n") for encoding in ("utf-32-le", "utf-16-be", "iso2022_jp", "utf-7")),
        ("iso2022_kr", "도시;자매도시\n부산;상하이\n"),
        ("cp1250", "miasto;miasto partnerskie\nŁódź;Lwów\nŚwidnica;Kraków\nWrocław;Győr\n"),
        ("iso8859_2", "miasto;miasto partnerskie\nŁódź;Lwów\nŚwidnica;Kraków\nWrocław;Poznań\n"),
        ("cp1254", "şehir;kardeş şehir\nİstanbul;Köln\nIğdır;Batum\nÇanakkale;Beyoğlu\n"),
        ("cp1251", "город;побратим\nСанкт-Петербург;Гамбург\nМосква;Берлин\n"),
        ("cp1253", "πόλη;αδελφή πόλη\nΑθήνα;Πεκίνο\nΘεσσαλονίκη;Λειψία\n"),
        ("gb18030", "城市,友好城市,国家\n上海,横滨,日本\n上海,大阪,日本\n北京,东京,日本\n"),
        ("cp932", "都市,姉妹都市,国\n横浜市,上海市,中国\n大阪市,サンパウロ,ブラジル\n東京都,ニューヨーク,アメリカ\n"),
        ("cp949", "도시,자매도시,국가\n부산,상하이,중국\n서울,도쿄,일본\n"),
        ("cp850", "Stadt;Partnerstadt\nKöln;Zürich\nMünchen;Gießen\n"),
        # one row
        ("cp850", "town;partner\nMalmö;Åbo\n"),
        ("cp850", "town;partner\nSaint-Étienne;Besançon\n"),
        ("mac_roman", "Stadt;Partnerstadt\nKöln;Zürich\n"),
        ("koi8_r", "town;partner\nМосква;Пекин\n"),
        ("cp1251", "town;partner\nКазань;Брауншвейг\n"),
        ("cp866", "город;побратим\nМосква;Пекин\n"),
        ("cp1253", "town;partner\nΑθήνα;Λευκωσία\n"),
        ("big5hkscs", "城市,國家,友好城市,國家\n香港,中國,東京,日本\n"),
        ("big5", "城市,國家,友好城市,國家\n臺北,臺灣,東京,日本\n"),
        # without a byte-order mark
        ("utf-16-le", "town;partner\nVík;Cork\n"),
        ("utf-16-be", "town;partner\nVík;Cork\n"),
        ("utf-16-le", "城市,友好城市\n上海,横滨\n一宫,东京\n"),
    ]
)
def test_encodings_are_detected(encoding: str, text: str) -> None:
    """A file in another encoding is read as it was written, not as gibberish."""
    import tempfile  # noqa: PLC0415 - the cases of a table have no fixtures

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(text.encode(encoding))
        made = tomllib.loads(suggest_profile(path))

        assert text == path.read_bytes().decode(made["file"]["encoding"])


def test_a_telephone_number_is_not_utf_7(tmp_path: Path) -> None:
    """A text is UTF-7 if all of its characters beyond ASCII are letters."""
    for number, text in enumerate(("+493012345678", "+49301234", "+1555123")):
        path = tmp_path / f"{number}.csv"
        path.write_text(f"town;partner;phone\nUlm;Lyon;{text}\n")

        assert "encoding" not in suggest_profile(path)


@for_each_case(
    [
        ("cp1254", "town;partner\nİzmir;Köln\n", '"Ýzmir", "Köln"'),
        ("gb18030", "town;partner\n北京;东京\n", '"굇쑴", "땜쑴"'),
        ("cp1252", "town;partner\nKöln;Lyon\n", '"Köln"'),
    ]
)
def test_a_detected_encoding_is_uncertain(encoding: str, text: str, words: str) -> None:
    """The proposal shows words that are wrong if the encoding is."""
    import tempfile  # noqa: PLC0415 - the cases of a table have no fixtures

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.csv")
        path.write_bytes(text.encode(encoding))

        assert f"  # uncertain; check these words: {words}\n" in suggest_profile(path)


@for_each_case(
    [
        ("out.twins", "% sym unweighted\n% 2 3 3\n1 2\n2 3\n", " ", ("#1", "#2")),
        ("out.tsv", "% sym\n1\t2\n2\t3\n", None, ("#1", "#2")),
        ("twins.edgelist", "% sym\n1 2\n2 3\n", " ", ("first", "second")),
    ]
)
def test_edge_lists_with_numbers(name: str, content: str, delimiter: str | None, columns: tuple[str, str]) -> None:
    """Lines of comments are none of the rows, and a file beside it has the names, as KONECT publishes networks."""
    import tempfile  # noqa: PLC0415 - the cases of a table have no fixtures

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(content, encoding="utf-8")
        assert 'names = "?"' in suggest_profile(path)
        Path(folder, "ent.twins.city.name").write_text("Vík\nCork\nHöfn\n", encoding="utf-8")
        text = suggest_profile(path)
        made = tomllib.loads(text)
        profile = Profile.parse(text.replace('country_is = "?"', 'country_is = "IS"'))
        found = read_table(path, profile=profile, publisher="x", as_of="2026")

    assert ("%", "ent.twins.city.name", delimiter) == tuple(
        made["file"].get(key) for key in ("comment", "names", "delimiter")
    )
    assert columns == (made["first"]["name"], made["second"]["name"])
    assert ["is-cork--is-hofn", "is-cork--is-vik"] == [tie.id for tie in found.dataset.partnerships()]


def test_comments_above_a_table(tmp_path: Path) -> None:
    """A table of names has comments, too, and needs no file of names."""
    path = tmp_path / "a.csv"
    path.write_text("% from a website\ntown;partner\nVik;Cork\n", encoding="utf-8")

    assert {"delimiter": ";", "comment": "%", "heading": 2} == tomllib.loads(suggest_profile(path))["file"]
    path.write_text("% nothing else\na1,b1\nx,y\n", encoding="utf-8")
    assert {"comment": "%", "heading": 2} == tomllib.loads(suggest_profile(path))["file"]


def test_a_quoted_heading(tmp_path: Path) -> None:
    """As R writes it; a delimiter that cannot follow the marks is none."""
    path = tmp_path / "a.csv"
    path.write_text('"town","country","partner","partner country"\n"Vik","Iceland","Lyon","France"\n', encoding="utf-8")

    assert ["town", "country", "partner", "partner country"] == ends_of(tomllib.loads(suggest_profile(path)))
    path.write_text('"town"x"y\n', encoding="utf-8")
    with pytest.raises(fc.DataError, match="the heading cannot be read"):
        suggest_profile(path)


def test_a_workbook(tmp_path: Path) -> None:
    """The heading is found below a title, and other sheets are named."""
    book = openpyxl.Workbook()
    for row in (["Our partners"], ["town", "partner", "country"], ["Vik", "Lyon", "France"]):
        book.worksheets[0].append(row)
    book.create_sheet("Old").sheet_state = "hidden"
    book.save(tmp_path / "a.xlsx")

    text = suggest_profile(tmp_path / "a.xlsx")
    assert '#   "Old (hidden)"' in text
    assert 2 == tomllib.loads(text)["file"]["heading"]


def test_parquet(tmp_path: Path) -> None:
    """Its cells show the formats of its dates, too."""
    parquet.write_table(
        pa.table({"town": ["Ulm"], "partner": ["Lyon"], "since": ["21.10.1994"]}), tmp_path / "a.parquet"
    )

    assert ["%d.%m.%Y"] == tomllib.loads(suggest_profile(tmp_path / "a.parquet"))["steps"]["date_formats"]


def test_labels_of_gexf(tmp_path: Path) -> None:
    """The label of a node is proposed as its name, not its id."""
    nodes = '<nodes><node id="0" label="Vík"/><node id="1" label="Lyon"/></nodes>'
    path = tmp_path / "a.gexf"
    path.write_text(
        f'<gexf><graph>{nodes}<edges><edge source="0" target="1"/></edges></graph></gexf>', encoding="utf-8"
    )

    assert ["first.label", "?", "second.label", "?"] == ends_of(tomllib.loads(suggest_profile(path)))


def test_rows_that_are_shorter_than_the_heading() -> None:
    """Cells that are missing are blank."""
    layout = FileLayout(("town", "partner", "since"), rows=(("Ulm",), ("Ulm", "Lyon", "21.10.1994")))

    assert ["%d.%m.%Y"] == tomllib.loads(format_suggestion(layout))["steps"]["date_formats"]
    assert "steps" not in tomllib.loads(format_suggestion(evolve(layout, columns=("town", "partner"))))


def test_a_file_that_cannot_be_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error names the file and the reason."""
    path = tmp_path / "a.csv"
    path.write_text("town;partner\n", encoding="utf-8")

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    with pytest.raises(fc.DataError, match="Permission denied"):
        suggest_profile(path)


@pytest.mark.parametrize(
    ("heading", "countries"),
    [
        (("town", "country", "partner", "location"), ["country", "location"]),
        (("城市", "国家", "友好城市", "友好国家"), ["国家", "友好国家"]),
        (("city", "where", "partner", "in"), ["where", "in"]),
    ],
)
def test_countries_of_both_ends_by_their_cells(heading: tuple[str, ...], countries: list[str]) -> None:
    """Two columns of countries whose names state no end belong to the two ends, in their order."""
    rows = (("Vik", "Iceland", "Cork", "Ireland"), ("Ulm", "Germany", "Lyon", "France"))
    made = tomllib.loads(format_suggestion(FileLayout(heading, rows=rows)))
    assert countries == [made[end]["country"] for end in ("first", "second")]


def test_the_kind_of_source(tmp_path: Path) -> None:
    """The proposal names the keys, the report states an assumed kind, and the cities of a source are in the file."""
    path = tmp_path / "a.csv"
    path.write_text("Stadt;Partnerstadt;Land\nGraz;Pula;Kroatien\nGraz;;Italien\n", encoding="utf-8")
    text = suggest_profile(path).replace('country_is = "?"', 'country_is = "AT"')
    asked = text.replace("# kind", "kind").replace("# speaks_for", "speaks_for")

    def read(profile: str) -> ImportResult:
        return read_table(path, profile=Profile.parse(profile), publisher="Graz", as_of="2026-02")

    assumed, stated = read(text), read(asked.replace("de-ulm", "at-graz"))
    words = "assumed kind of source: database; if this is wrong, set kind in [source] of the profile"
    assert [True, False] == [words in each.report.as_text().splitlines() for each in (assumed, stated)]
    assert ["database", None] == [each.report.to_dict()["assumed_kind"] for each in (assumed, stated)]
    [source] = stated.dataset.sources()
    assert ("city_government", ("at-graz",)) == (source.kind, source.speaks_for)
    assert "official" == stated.dataset.partnerships()[0].reliability
    for wrong, near in (("at-grazz", "at-graz"), ("de-ulm", "at-graz")):
        with pytest.raises(
            fc.InvalidQueryError, match=f"the file has no city '{wrong}'; expected an id such as '{near}'"
        ):
            read(asked.replace("de-ulm", wrong))
    with pytest.raises(
        fc.InvalidQueryError, match=r"invalid speaks_for of \[source\]: 'Ulm'; expected the id of a city"
    ):
        read(asked.replace("de-ulm", "Ulm"))
    path.write_text("Stadt;Partnerstadt;Land\nGraz;;Italien\n", encoding="utf-8")
    assert ((), 1) == (read(asked).dataset.sources(), read(asked).report.rejected)


def test_statuses_in_the_column_of_kinds(tmp_path: Path) -> None:
    """A column with kinds and "beendet" is proposed for both, and the proposal needs one correction: the country."""
    path = tmp_path / "a.csv"
    rows = ("Graz;Pula;Kroatien;21.10.1972;Städtepartnerschaft", "Graz;Triest;Italien;1973;beendet")
    path.write_text("\n".join(["Stadt;Partnerstadt;Land;seit;Art", *rows, ""]), encoding="latin-1")
    profile = Profile.parse(suggest_profile(path).replace('country_is = "?"', 'country_is = "AT"'))

    data = read_table(path, profile=profile, publisher="Graz", as_of="2026-02").dataset
    assert {"hr-pula": ("active", "sister_city"), "it-triest": ("ended", "unspecified")} == {
        next(city for city in partnership.cities if city != "at-graz"): (
            partnership.state.status,
            partnership.state.kind,
        )
        for partnership in data.partnerships()
    }


@for_each_case(
    [
        ("period", ["1958–1999", "1994–", "1990"], None),
        ("Zeitraum", ["1958-1999", "seit 1994", "1990"], None),
        ("Années", ["1958–1999", "depuis 1994", "1990"], None),
        ("years", ["01.05.1958 – 03.06.1999", "1994–", "since 1990"], ["%d.%m.%Y"]),
        ("von–bis", ["1958–1999", "1994–", "1990–"], None),
        ("Примечание", ["1958–1999", "с 1994 года", "1990"], None),
        # the heading alone, if many cells are in doubt
        ("Zeitraum", ["1958–1999", "ca. 1994", "1990?"], None),
        ("Années", ["1958–1999", "vers 1994", "1990?"], None),
        ("Period", ["1958–1999", "about 1994", "1990?"], None),
    ]
)
def test_a_column_with_periods(heading: str, cells: list[str], formats: list[str] | None) -> None:
    """Whatever its heading, a column with a start and an end in each cell is the date."""
    steps = proposed(f"town;partner;country;{heading}", *(f"Ulm;Lyon;France;{cell}" for cell in cells))["steps"]
    assert {"date": heading, **({"date_formats": formats} if formats else {})} == steps


@for_each_case(
    [
        # the heading
        (None, "State", ("City,Partner,Country,State", "Ulm,Portland,USA,Oregon", "Ulm,Portland,USA,Maine")),
        (None, "Bundesland", ("Stadt;Partnerstadt;Land;Bundesland", "Lyon;Ulm;Deutschland;Baden-Württemberg")),
        (None, "Région", ("Ville;Ville jumelée;Pays;Région", "Ulm;Lyon;France;Auvergne-Rhône-Alpes")),
        (None, "Estado", ("Ciudad;Ciudad hermana;País;Estado", "Ulm;León;México;Guanajuato")),
        ("State", None, ("City,State,Sister City,Country", "Atlanta,GA,Osaka,Japan")),
        ("#2", "#5", ("City,State,Country,Partner,State,Country", "Reno,NV,USA,Ada,OK,USA")),
        ("State", "Province", ("City,State,Country,Partner,Province", "Reno,NV,USA,Ada,OK")),
        # the cells
        (None, "note", ("City,Partner,Country,note", "Ulm,Portland,USA,OR", "Ulm,Portland,USA,Maine")),
        (None, "x", ("City;Partner, Country;x", "Ulm;Portland, USA;OR", "Ulm;Lyon, France;Bretagne", "Ulm;Cork;")),
        (None, None, ("City,Partner,Country,x", "Ulm,Lyon,France,01", "Ulm,Metz,France,02")),
        # other meanings of the heading
        (None, None, ("City,Partner,Country,State", "Ulm,Lyon,France,active", "Ulm,Linz,Austria,ended")),
        (None, None, ("City,Partner,State", "Ulm,Lyon,France", "Ulm,Linz,Austria")),
    ]
)
def test_columns_of_subdivisions(first: str | None, second: str | None, rows: tuple[str, ...]) -> None:
    """A heading such as "State", or cells that are subdivisions of the country in the row."""
    made = proposed(*rows)
    assert (first, second) == (made["first"].get("subdivision"), made["second"].get("subdivision"))


def test_the_other_meanings_of_state() -> None:
    """A column "State" is a country or a status if its cells show it."""
    country = proposed("City,Partner,State", "Ulm,Lyon,France", "Ulm,Linz,Austria")
    status = proposed("City,Partner,Country,State", "Ulm,Lyon,France,active", "Ulm,Linz,Austria,ended")
    assert ("State", "State") == (country["second"]["country"], status["steps"]["status"])


@for_each_case(
    [
        # the country stands in the first row of each group only
        (
            ["Land"],
            ("Land;Stadt;Partnerstadt", "FR;Lyon;Ulm", ";Brest;Bonn", ";Metz;Trier", "IT;Rom;Graz", ";Bari;Linz"),
        ),
        (["Country"], ("Country,City", "France,Lyon", ",Brest", "Italy,Rome", ",Bari", "Total,4")),
        # one country is missing, or the groups are not groups
        (None, ("Country,City", "France,Lyon", "Spain,Vigo", ",Brest", "Italy,Rome")),
        (None, ("Country,City", "France,Lyon", ",Brest", ",Rome", "France,Metz", ",Bari")),
        (None, ("Country,City", ",Lyon", ",Brest", "France,Rome")),
    ]
)
def test_countries_of_groups(expected: list[str] | None, rows: tuple[str, ...]) -> None:
    """A blank country repeats the one above if each country is named once, and at least half of the cells are blank."""
    assert expected == proposed(*rows).get("file", {}).get("fill_down")


@pytest.mark.parametrize(
    "word", ["Total", "Summe: 3", "Gesamt (3)", "Итого", "合計", "Razem", "Összesen", "Totaal", "Yhteensä"]
)
def test_rows_of_totals(tmp_path: Path, word: str) -> None:
    """A row of totals is rejected, and does not end a group."""
    path = tmp_path / "list.csv"
    rows = [
        "France;Vik;Lyon",
        f"{word};;2",
        ";Vik;Brest",
        f"France;Vik;{word}",
        "Italy;Vik;Rome",
        ";Vik;Bari",
        ";Vik;Pisa",
    ]
    path.write_text("\n".join(["Country;Town;Partner", *rows]), encoding="utf-8")
    columns = 'fill_down = ["Country"]\ndelimiter = ";"'
    ends = '[first]\nname = "Town"\ncountry_is = "IS"\n[second]\nname = "Partner"\ncountry = "Country"'
    profile = Profile.parse(f'[cities]\nlevel = "town"\n{ends}\n[file]\n{columns}')

    report = read_table(path, profile=profile, publisher="A", as_of="2026").report
    assert [3, 5] == [row.number for row in report.rows if row.outcome is Outcome.REJECTED]
    assert f"'{word}' marks a row of totals" == report.rows[1].remarks[-1].detail


class TestNotes:
    """Columns that the profile does not name, with years or words such as "ended"."""

    @pytest.mark.parametrize(
        "note",
        [
            *("ophørt 2012", "ukončeno", "megszűnt", "päättynyt", "încetată", "έληξε", "прекратено", "lõpetatud"),
            *(
                "beendet",
                "ended",
                "rompu",
                "finalizada",
                "解消",
                "종료",
                "szünetel",
                "ανενεργή",
                "הסתיימה",
                "neaktivno",
            ),
            *("ended, see minutes", "1994"),
        ],
    )
    def test_a_note_is_named(self, tmp_path: Path, note: str) -> None:
        """The proposal and the report name the column."""
        path = tmp_path / "list.csv"
        rows = [f"Vik;Lyon;France;1990;{note}", "Vik;Brest;France;1991;the mayor", "Vik;Metz;France;1992;a school"]
        rows = [row.replace("the mayor", "1995").replace("a school", "") for row in rows] if note.isdigit() else rows
        path.write_text("\n".join(["town;partner;country;since;#5", *rows]), encoding="utf-8")
        suggestion = suggest_profile(path)
        assert f'"#5" is not read, but contains "{note}"' in suggestion

        profile = Profile.parse(suggestion.replace('country_is = "?"', 'country_is = "IS"'))
        report = read_table(path, profile=profile, publisher="A", as_of="2026").report
        assert {"#5": note} == report.unread_notes == report.to_dict()["unread_notes"]
        assert f"of these, columns with years or words such as 'ended': '#5' ('{note}')" in report.as_text()

    @pytest.mark.parametrize(
        "cells", [("https://x.org/1994", ""), ("1994", "12345"), ("Town hall", "Tel. 123456"), ("", "")]
    )
    def test_other_columns_are_not_named(self, tmp_path: Path, cells: tuple[str, str]) -> None:
        """Addresses, numbers that are not years, and other texts are no notes."""
        path = tmp_path / "list.csv"
        rows = [f"Vik;Lyon;France;{cells[0]}", f"Vik;Brest;France;{cells[1]}", "Vik;Metz;France"]
        path.write_text("\n".join(["town;partner;country;x", *rows]), encoding="utf-8")
        ends = '[first]\nname = "town"\ncountry_is = "IS"\n[second]\nname = "partner"\ncountry = "country"'
        profile = Profile.parse(f'[cities]\nlevel = "town"\n{ends}\n[file]\ndelimiter = ";"')

        report = read_table(path, profile=profile, publisher="A", as_of="2026").report
        assert ({}, ("x",)) == (report.unread_notes, report.unused_columns)

    def test_a_column_of_ends_is_a_status(self) -> None:
        """Words such as "ended" with dates in nearly every cell make a status."""
        rows = ("By;Venskabsby;Bemærkning", "Vik;Lyon;ophørt 2012", "Vik;Brest;", "Vik;Metz;suspenderet siden 2010")
        assert "Bemærkning" == proposed(*rows)["steps"]["status"]

    def test_attributes_of_a_graph(self, tmp_path: Path) -> None:
        """The attributes of edges are examined, too."""
        path = tmp_path / "a.graphml"
        key = '<key id="n" for="edge" attr.name="note"/>'
        edge = '<edge source="Vik" target="Lyon"><data key="n">ended</data></edge>'
        path.write_text(f"<graphml>{key}<graph>{edge}</graph></graphml>", encoding="utf-8")
        ends = '[first]\nname = "first"\ncountry_is = "IS"\n[second]\nname = "second"\ncountry_is = "FR"'

        profile = Profile.parse(f'[cities]\nlevel = "town"\n{ends}')
        assert {"note": "ended"} == read_table(path, profile=profile, publisher="A", as_of="2026").report.unread_notes


@for_each_case(
    [
        # with a column of starts, periods of another column are ends
        ({"date": "seit", "end": "bis"}, ("Partnerstadt;seit;bis", "Lyon;1980;2010", "Brest;1981;1990–2010")),
        ({"date": "von-bis"}, ("Partnerstadt;von-bis", "Lyon;1980–2010", "Brest;1990–")),
    ]
)
def test_columns_of_ends(expected: dict[str, str], rows: tuple[str, ...]) -> None:
    """A column named "until" contains starts only if no other column does."""
    assert expected == proposed(*rows)["steps"]


@pytest.mark.parametrize(
    ("cells", "formats"),
    [
        (("21. října 1994", "3. května 1988"), ["%d. %B %Y"]),
        (("21 października 1994", "3 maja 1988"), ["%d %B %Y"]),
        (("21 октября 1994", "3 мая 1988"), ["%d %B %Y"]),
        (("1994. október 21.", "1988. május 3."), ["%Y. %B %d."]),
        (("21 Οκτωβρίου 1994",), ["%d %B %Y"]),
        (("1994년 10월 21일",), ["%Y년 %m월 %d일"]),
        (("1994. 10. 21.",), ["%Y. %m. %d."]),
        (("平成6年10月21日",), ["%Y年%m月%d日"]),
    ],
)
def test_formats_of_more_languages(cells: tuple[str, ...], formats: list[str]) -> None:
    """Names of months in many languages, and formats of Korea, Japan and Hungary."""
    assert formats == proposed("town;partner;date", *(f"Vik;Lyon;{cell}" for cell in cells))["steps"]["date_formats"]


@pytest.mark.parametrize(
    "heading", ["Date de rupture", "Data rozwiązania", "Расторгнуто", "Upphörde", "Fin du jumelage", "解消年月日"]
)
def test_headings_of_ends(heading: str) -> None:
    """A column is the end of the partnership in each language."""
    assert heading == proposed(f"town;partner;since;{heading}", "Vik;Lyon;1994;2001")["steps"]["end"]


def test_unread_years() -> None:
    """A column of years that the proposal does not use is named in a comment."""
    layout = FileLayout(("town", "partner", "since", "zzz"), rows=(("Vik", "Lyon", "1994", "2001"),))
    text = format_suggestion(layout)
    assert '"zzz"' in text.partition("[steps]")[2]


@for_each_case(
    [
        (("Source,Target,Type,Id,Label,Weight", "Vik,Lyon,Undirected,0,,1"), ("Source", "Target")),
        (("Thành phố,Thành phố kết nghĩa,Quốc gia,Năm", "Huế,Lyon,Pháp,1994"), ("Thành phố", "Thành phố kết nghĩa")),
        (("Heimatstadt;Partnerstadt", "Ulm;Lyon"), ("Heimatstadt", "Partnerstadt")),
    ]
)
def test_names_of_both_ends(rows: tuple[str, ...], expected: tuple[str, str]) -> None:
    """The columns of both cities are recognized."""
    found = proposed(*rows)
    assert expected == (found["first"]["name"], found["second"]["name"])


def test_united_kingdom_beside_names() -> None:
    """UK is the country in both columns."""
    found = proposed("Home;Twin", "Bath, UK;York, UK")
    assert (found["first"]["country"], found["second"]["country"]) == ("Home", "Twin")


@pytest.mark.parametrize("cells", [("21 octobre 1994", "3 mai 2001"), ("21. Oktober 1994", "3. Mai 2001")])
def test_dates_with_names_of_months(tmp_path: Path, cells: tuple[str, str]) -> None:
    """A column of dates is found by its cells."""
    path = tmp_path / "a.csv"
    path.write_text(f"town,partner,country,x\nVik,Lyon,France,{cells[0]}\nVik,Ulm,Germany,{cells[1]}\n", "utf-8")

    assert 'date = "x"' in suggest_profile(path)
