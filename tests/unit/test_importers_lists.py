"""Lists in the style of a city office's web page, imported with the proposed profile after at most two corrections."""

from pathlib import Path

import pytest

from friendcities.importers import Profile, read_table, suggest_profile

GERMAN = """\
Partnerstadt;Land;Partnerschaft seit;Art der Partnerschaft
Odense;Dänemark;21.10.1994;Städtepartnerschaft
Zürich;Schweiz;03.05.1988;Städtefreundschaft
Wolgograd;Russland;12.4.1990;beendet
Győr;Ungarn;1987;Städtepartnerschaft
""".replace("ő", "ö")
FRENCH = """\
Ville jumelée;Pays;Depuis;Type;Statut
Münster;Allemagne;27 mai 1960;Jumelage;actif
Dundee;Royaume-Uni;1946;Jumelage;actif
Tarragone;Espagne;3 mars 1978;Jumelage;actif
Kristiansand;Norvège;1996;Pacte d'amitié;rompu
"""
SPANISH = """\
Ciudad hermana;País;Fecha de hermanamiento;Situación
La Plata;Argentina;5 de octubre de 1964;vigente
Coímbra;Portugal;12 de mayo de 1981;vigente
Würzburg;Alemania;1980;vigente
Nueva York;Estados Unidos;1990;terminado
"""
POLISH = """\
Miasto partnerskie;Kraj;Od;Stan
Norymberga;Niemcy;10.07.1979;aktywne
Kijów;Ukraina;22.05.1993;aktywne
Pécs;Węgry;20.06.1998;aktywne
Petersburg;Rosja;1996;zakończone
"""
JAPANESE = """\
姉妹都市,国名,提携年月日,種別
サンディエゴ,アメリカ,1957年10月29日,姉妹都市
リヨン,フランス,1959年4月7日,姉妹都市
上海,中国,1973年11月30日,友好都市
コンスタンツァ,ルーマニア,1977年10月12日,姉妹都市
"""


@pytest.mark.parametrize(
    ("text", "encoding", "home", "expected"),
    [
        (
            GERMAN,
            "latin-1",
            ("Graz", "AT"),
            {
                "Odense": ("DK", "active", "sister_city", "1994-10-21"),
                "Zürich": ("CH", "active", "friendship_city", "1988-05-03"),
                "Wolgograd": ("RU", "ended", "unspecified", "1990-04-12"),
                "Györ": ("HU", "active", "sister_city", "1987"),
            },
        ),
        (
            FRENCH,
            "cp1252",
            ("Orléans", "FR"),
            {
                "Münster": ("DE", "active", "sister_city", "1960-05-27"),
                "Dundee": ("GB", "active", "sister_city", "1946"),
                "Tarragone": ("ES", "active", "sister_city", "1978-03-03"),
                "Kristiansand": ("NO", "ended", "friendship_city", "1996"),
            },
        ),
        (
            SPANISH,
            "cp1252",
            ("Salamanca", "ES"),
            {
                "La Plata": ("AR", "active", "unspecified", "1964-10-05"),
                "Coímbra": ("PT", "active", "unspecified", "1981-05-12"),
                "Würzburg": ("DE", "active", "unspecified", "1980"),
                "Nueva York": ("US", "ended", "unspecified", "1990"),
            },
        ),
        (
            POLISH,
            "cp1250",
            ("Kraków", "PL"),
            {
                "Norymberga": ("DE", "active", "unspecified", "1979-07-10"),
                "Kijów": ("UA", "active", "unspecified", "1993-05-22"),
                "Pécs": ("HU", "active", "unspecified", "1998-06-20"),
                "Petersburg": ("RU", "ended", "unspecified", "1996"),
            },
        ),
        (
            JAPANESE,
            "cp932",
            ("横浜", "JP"),
            {
                "サンディエゴ": ("US", "active", "sister_city", "1957-10-29"),
                "リヨン": ("FR", "active", "sister_city", "1959-04-07"),
                "上海": ("CN", "active", "sister_city", "1973-11-30"),
                "コンスタンツァ": ("RO", "active", "sister_city", "1977-10-12"),
            },
        ),
    ],
)
def test_the_list_of_a_city(
    text: str, encoding: str, home: tuple[str, str], expected: dict[str, tuple[str, ...]], tmp_path: Path
) -> None:
    """The corrections are the home city and its country; every row is imported."""
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    profile = suggest_profile(path)
    for key, value in zip(("name_is", "country_is"), home, strict=True):
        assert f'{key} = "?"' in profile
        profile = profile.replace(f'{key} = "?"', f'{key} = "{value}"')

    result = read_table(path, profile=Profile.parse(profile), publisher=home[0], as_of="2026-02")
    assert 0 == result.report.rejected
    data = result.dataset
    states = {
        data.city(id_).name: (data.city(id_).country, each.state.status, each.state.kind, str(each.steps[0].date))
        for each in data.partnerships()
        for id_ in each.cities
        if data.city(id_).name != home[0]
    }
    assert expected == states
