"""The encodings of short lists of real cities, and what the proposal states where two encodings fit."""

from itertools import product
from pathlib import Path
from typing import Final

import pytest

from friendcities.importers import suggest_profile
from friendcities.importers.detect_encoding import detect_encodings
from tests.cases import for_each_case

LISTS: Final = {
    "ja: headings in Japanese": (
        "cp932 euc_jp",
        """\
市,姉妹都市,国
横浜市,上海,中国
大阪市,サンパウロ,ブラジル
神戸市,シアトル,アメリカ
札幌市,ミュンヘン,ドイツ
京都市,パリ,フランス
""",
    ),
    "ja: headings in English": (
        "cp932 euc_jp",
        """\
city,sister city,country
横浜市,上海,中国
大阪市,サンパウロ,ブラジル
神戸市,シアトル,アメリカ
札幌市,ミュンヘン,ドイツ
京都市,パリ,フランス
""",
    ),
    "ja: countries in English": (
        "cp932 euc_jp shift_jis",
        """\
City,Country,Partner,Partner country
横浜市,Japan,上海,China
大阪市,Japan,ハンブルク,Germany
神戸市,Japan,天津,China
札幌市,Japan,瀋陽,China
福岡市,Japan,広州,China
""",
    ),
    "ja: partners in katakana": (
        "cp932 euc_jp",
        """\
City,Partner,Country
Yokohama,サンディエゴ,USA
Yokohama,リヨン,France
Yokohama,ムンバイ,India
Yokohama,マニラ,Philippines
Yokohama,オデーサ,Ukraine
""",
    ),
    "ja: one city": (
        "cp932",
        """\
姉妹都市;国名;提携年月日
サンディエゴ市;アメリカ;1957年10月29日
リヨン市;フランス;1959年4月7日
ムンバイ市;インド;1965年6月26日
マニラ市;フィリピン;1965年7月1日
上海市;中国;1973年11月30日
""",
    ),
    "ja: few characters": (
        "cp932 euc_jp",
        """\
name,country,name_ja
Yokohama,Japan,横浜
Kobe,Japan,神戸
Osaka,Japan,大阪
Nagoya,Japan,名古屋
Sendai,Japan,仙台
""",
    ),
    "ja: a note": (
        "cp932",
        """\
Town,Twin,Country,Note
Kamakura,Nice,France,姉妹都市
Kamakura,Dunhuang,China,友好都市
Hakone,Taupo,New Zealand,姉妹都市
Hakone,Jasper,Canada,姉妹都市
Atami,Sanremo,Italy,姉妹都市
""",
    ),
    "zh: headings in Chinese": (
        "gb18030",
        """\
城市,友好城市,年
上海,横浜,1973
北京,東京,1979
天津,神戸,1973
大连,北九州,1979
西安,奈良,1974
""",
    ),
    "zh: simplified, countries in English": (
        "gb18030",
        """\
City,Country,Partner,Partner country
上海,China,横滨,Japan
北京,China,东京,Japan
天津,China,神户,Japan
南京,China,名古屋,Japan
西安,China,奈良,Japan
""",
    ),
    "zh: simplified, one city": (
        "gb18030 gb2312",
        """\
友好城市;国家;结好时间
横滨市;日本;1973-11-30
大阪市;日本;1974-04-18
米兰市;意大利;1979-06-13
鹿特丹市;荷兰;1979-11-23
旧金山市;美国;1980-01-28
""",
    ),
    "zh: traditional, countries in English": (
        "big5 cp950",
        """\
City,Country,Partner,Partner country
臺北,Taiwan,洛杉磯,USA
高雄,Taiwan,西雅圖,USA
臺中,Taiwan,聖地牙哥,USA
臺南,Taiwan,仙臺,Japan
基隆,Taiwan,羅斯米德,USA
""",
    ),
    "zh: traditional": (
        "big5 cp950",
        """\
城市,姊妹市,國家
臺北,洛杉磯,美國
高雄,西雅圖,美國
臺中,聖地牙哥,美國
臺南,仙臺,日本
新竹,岡山,日本
""",
    ),
    "ko": (
        "euc_kr cp949",
        """\
도시,자매도시,국가
서울,도쿄,일본
부산,시모노세키,일본
인천,톈진,중국
대구,애틀랜타,미국
광주,센다이,일본
""",
    ),
    "ko: countries in English": (
        "euc_kr cp949",
        """\
City,Country,Sister city,Country
서울,South Korea,베이징,China
부산,South Korea,상하이,China
인천,South Korea,톈진,China
대전,South Korea,난징,China
울산,South Korea,창춘,China
""",
    ),
    "pl": (
        "cp1250 iso8859_2 cp852",
        """\
Miasto;Miasto partnerskie;Kraj
Łódź;Stuttgart;Niemcy
Poznań;Rennes;Francja
Gdańsk;Brema;Niemcy
Kraków;Norymberga;Niemcy
Wrocław;Drezno;Niemcy
""",
    ),
    "pl: headings in English": (
        "cp1250 iso8859_2",
        """\
town;partner;country
Kraków;Leipzig;Germany
Poznań;Brno;Czechia
Toruń;Göttingen;Germany
Gdańsk;Bremen;Germany
Łódź;Chemnitz;Germany
""",
    ),
    "pl: without capitals": (
        "cp1250 iso8859_2",
        """\
town;partner;country
Poznań;Rennes;France
Gdańsk;Bremen;Germany
Toruń;Leiden;Netherlands
Bielsko-Biała;Wolfsburg;Germany
Przemyśl;Lviv;Ukraine
""",
    ),
    "pl: few letters": (
        "cp1250 iso8859_2",
        """\
city,partner,country
Warszawa,Berlin,Niemcy
Poznań,Hanower,Niemcy
Lublin,Nancy,Francja
Opole,Poczdam,Niemcy
Sopot,Karlshamn,Szwecja
""",
    ),
    "cs": (
        "cp1250 iso8859_2",
        """\
Město;Partnerské město;Země
Plzeň;Řezno;Německo
České Budějovice;Linec;Rakousko
Brno;Lipsko;Německo
Liberec;Žitava;Německo
Ostrava;Drážďany;Německo
""",
    ),
    "cs: headings in English": (
        "cp1250 iso8859_2",
        """\
town;partner;country
Plzeň;Regensburg;Germany
Chomutov;Bernburg;Germany
Třebíč;Humpolec;Czechia
Děčín;Pirna;Germany
Tábor;Konstanz;Germany
""",
    ),
    "sk": (
        "cp1250 iso8859_2",
        """\
Mesto;Partnerské mesto;Krajina
Košice;Wuppertal;Nemecko
Žilina;Frýdek-Místek;Česko
Banská Bystrica;Hradec Králové;Česko
Prešov;Mukačevo;Ukrajina
Trenčín;Kragujevac;Srbsko
""",
    ),
    "hu": (
        "cp1250 iso8859_2",
        """\
Város;Testvérváros;Ország
Győr;Erfurt;Németország
Székesfehérvár;Schwäbisch Gmünd;Németország
Pécs;Graz;Ausztria
Miskolc;Aschaffenburg;Németország
Szeged;Temesvár;Románia
""",
    ),
    "hu: headings in English": (
        "cp1250 iso8859_2",
        """\
town;partner;country
Győr;Sindelfingen;Germany
Pécs;Graz;Austria
Kőszeg;Senj;Croatia
Hódmezővásárhely;Bihać;Bosnia and Herzegovina
Zalaegerszeg;Lendva;Slovenia
""",
    ),
    "ro": (
        "cp1250 iso8859_2",
        """\
Oraş;Oraş înfrăţit;Ţara
Bucureşti;Paris;Franţa
Timişoara;Gera;Germania
Iaşi;Padova;Italia
Constanţa;Brest;Franţa
Piteşti;Caserta;Italia
""",
    ),
    "hr": (
        "cp1250 iso8859_2",
        """\
Grad;Prijateljski grad;Država
Zagreb;Budimpešta;Mađarska
Šibenik;Muggia;Italija
Varaždin;Bad Radkersburg;Austrija
Čakovec;Nagykanizsa;Mađarska
Dubrovnik;Vukovar;Hrvatska
""",
    ),
    "sl": (
        "cp1250 iso8859_2",
        """\
Mesto;Pobrateno mesto;Država
Ljubljana;Pesaro;Italija
Maribor;Gradec;Avstrija
Tržič;Zaječar;Srbija
Škofja Loka;Freising;Nemčija
Novo mesto;Trogir;Hrvaška
""",
    ),
    "lt": (
        "cp1257 iso8859_13",
        """\
Miestas;Partneris;Šalis
Vilnius;Krokuva;Lenkija
Kaunas;Ryga;Latvija
Šiauliai;Čenstakava;Lenkija
Panevėžys;Liublinas;Lenkija
Klaipėda;Gdynė;Lenkija
""",
    ),
    "lt: headings in English": (
        "cp1257 iso8859_13",
        """\
town;partner;country
Šiauliai;Jelgava;Latvia
Panevėžys;Daugavpils;Latvia
Klaipėda;Liepāja;Latvia
Marijampolė;Suwałki;Poland
Alytus;Giżycko;Poland
""",
    ),
    "lv": (
        "cp1257 iso8859_13",
        """\
Pilsēta;Partneris;Valsts
Rīga;Brēmene;Vācija
Liepāja;Darmštate;Vācija
Jelgava;Šauļi;Lietuva
Ventspils;Štrālzunde;Vācija
Rēzekne;Čenstohova;Polija
""",
    ),
    "et": (
        "cp1257 iso8859_13 iso8859_15",
        """\
Linn;Sõpruslinn;Riik
Tartu;Lüneburg;Saksamaa
Pärnu;Jelgava;Läti
Võru;Laitila;Soome
Narva;Petšora;Venemaa
Põltsamaa;Sodankylä;Soome
""",
    ),
    "ru": (
        "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic",
        """\
Город;Побратим;Страна
Москва;Берлин;Германия
Самара;Штутгарт;Германия
Омск;Пуховичи;Беларусь
Тверь;Оснабрюк;Германия
Суздаль;Эворд;Франция
""",
    ),
    "ru: headings in English": (
        "cp1251 koi8_r cp866",
        """\
city,country,partner,partner country
Москва,Russia,Берлин,Germany
Казань,Russia,Брауншвейг,Germany
Пермь,Russia,Дуйсбург,Germany
Уфа,Russia,Галле,Germany
Тула,Russia,Филлинген,Germany
""",
    ),
    "uk": (
        "cp1251 koi8_u cp1125",
        """\
місто;побратим;країна
Київ;Лейпциг;Німеччина
Львів;Краків;Польща
Харків;Нюрнберг;Німеччина
Чернівці;Клагенфурт;Австрія
Житомир;Плоцьк;Польща
""",
    ),
    "uk: headings in English": (
        "cp1251 koi8_u cp1125",
        """\
city,partner,country
Ужгород,Дармштадт,Germany
Мукачево,Егер,Hungary
Бердичів,Седльце,Poland
Чернігів,Меммінген,Germany
Миколаїв,Білецьк,Poland
""",
    ),
    "bg": (
        "cp1251",
        """\
Град;Побратимен град;Държава
София;Берлин;Германия
Пловдив;Лайпциг;Германия
Варна;Росток;Германия
Русе;Гюргево;Румъния
Бургас;Одеса;Украйна
""",
    ),
    "sr": (
        "cp1251",
        """\
Град;Побратим;Држава
Београд;Чикаго;САД
Ниш;Косице;Словачка
Крагујевац;Јена;Немачка
Шабац;Фењ;Француска
Краљево;Љубљана;Словенија
""",
    ),
    "el": (
        "cp1253 iso8859_7",
        """\
Πόλη;Αδελφή πόλη;Χώρα
Αθήνα;Βαρκελώνη;Ισπανία
Θεσσαλονίκη;Λειψία;Γερμανία
Πάτρα;Ρέτζιο;Ιταλία
Ηράκλειο;Λεμεσός;Κύπρος
Χανιά;Πάφος;Κύπρος
""",
    ),
    "tr": (
        "cp1254 iso8859_9 cp857",
        """\
Şehir;Kardeş şehir;Ülke
İzmir;Bremen;Almanya
Muğla;Ürümçi;Çin
Eskişehir;Paju;Güney Kore
Çanakkale;Osnabrück;Almanya
Iğdır;Bakü;Azerbaycan
""",
    ),
    "tr: headings in English": (
        "cp1254 cp857",
        """\
town;partner;country
İzmir;Bremen;Germany
Eskişehir;Frankfurt;Germany
Beyoğlu;Amadora;Portugal
Muğla;Antalya;Turkey
Çanakkale;Osnabrück;Germany
""",
    ),
    "he": (
        "cp1255",
        """\
עיר;עיר תאומה;מדינה
תל אביב;ברלין;גרמניה
חיפה;מרסיי;צרפת
אשדוד;בורדו;צרפת
ירושלים;ניו יורק;ארצות הברית
""",
    ),
    "ar": (
        "cp1256 iso8859_6",
        """\
المدينة;المدينة التوأم;الدولة
القاهرة;إسطنبول;تركيا
بيروت;دبي;الإمارات
دمشق;قرطبة;إسبانيا
تونس;باريس;فرنسا
""",
    ),
    "ar: headings in English": (
        "cp1256",
        """\
city;sister city;country
القاهرة;فرانكفورت;Germany
عمان;شيكاغو;USA
الرباط;غرناطة;Spain
بيروت;مارسيليا;France
""",
    ),
    "th": (
        "cp874 tis_620",
        """\
City;Country;Partner;Partner country
กรุงเทพมหานคร;Thailand;ปักกิ่ง;China
เชียงใหม่;Thailand;คุนหมิง;China
ภูเก็ต;Thailand;นีซ;France
ชลบุรี;Thailand;ชิงเต่า;China
""",
    ),
    "de": (
        "cp1252 latin-1 iso8859_15 mac_roman cp850",
        """\
Stadt;Partnerstadt;Land
Köln;Lüttich;Belgien
München;Zürich;Schweiz
Düsseldorf;Warschau;Polen
Nürnberg;Krakau;Polen
Göttingen;Thorn;Polen
""",
    ),
    "de: few letters": (
        "cp1252 iso8859_15 mac_roman",
        """\
Stadt;Partnerstadt;Land
Bremen;Danzig;Polen
Hannover;Posen;Polen
Mainz;Zagreb;Kroatien
Erfurt;Györ;Ungarn
Ulm;Steyr;Österreich
""",
    ),
    "de: the German words of other countries": (
        "cp1252 mac_roman",
        """\
Stadt;Partnerstadt;Land
Tübingen;Perugia;Italien
Tübingen;Durham;Großbritannien
Tübingen;Villa El Salvador;Perú
Tübingen;Kilchberg;Schweiz
Tübingen;Aix-en-Provence;Frankreich
""",
    ),
    "fr": (
        "cp1252 iso8859_15 mac_roman",
        """\
Ville;Ville jumelée;Pays
Orléans;Münster;Allemagne
Nîmes;Brunswick;Allemagne
Besançon;Fribourg;Allemagne
Béziers;Chiclana;Espagne
Nevers;Coblence;Allemagne
""",
    ),
    "fr: with œ": (
        "cp1252 iso8859_15 mac_roman",
        """\
Commune;Commune sœur;Pays
Œuilly;Bad Dürkheim;Allemagne
Plœuc;Wicklow;Irlande
Hénin;Herne;Allemagne
Lons;Ragusa;Italie
""",
    ),
    "es": (
        "cp1252 iso8859_15 mac_roman",
        """\
Municipio;Ciudad hermana;País
Córdoba;Damasco;Siria
Málaga;Mobile;Estados Unidos
León;Bragança;Portugal
Logroño;Darmstadt;Alemania
Cáceres;Santarém;Portugal
""",
    ),
    "es: headings in English": (
        "cp1252 mac_roman",
        """\
city,sister city,country
Almería,Orlando,USA
Gijón,Niort,France
A Coruña,Recife,Brazil
Cádiz,Veracruz,Mexico
Mérida,Cáceres,Spain
""",
    ),
    "pt": (
        "cp1252 mac_roman cp850",
        """\
Cidade;Cidade-irmã;País
São Paulo;Milão;Itália
Santarém;Badajoz;Espanha
Bragança;Lavoriel;França
Covilhã;Mérida;Espanha
Brasília;Assunção;Paraguai
""",
    ),
    "it": (
        "cp1252 mac_roman",
        """\
Comune;Gemellato con;Paese
Forlì;Bourges;Francia
Cefalù;Pécs;Ungheria
Cantù;Città di Castello;Italia
Fiesole;Asnières;Francia
""",
    ),
    "sv": (
        "cp1252 mac_roman iso8859_15",
        """\
Kommun;Vänort;Land
Växjö;Lohja;Finland
Gävle;Næstved;Danmark
Malmö;Szczecin;Polen
Umeå;Würzburg;Tyskland
Östersund;Kajana;Finland
""",
    ),
    "da": (
        "cp1252 mac_roman",
        """\
Kommune;Venskabsby;Land
Næstved;Gävle;Sverige
Hørsholm;Årdal;Norge
Køge;Kristianstad;Sverige
Aabenraa;Lysekil;Sverige
Randers;Ålesund;Norge
""",
    ),
    "fi": (
        "cp1252 iso8859_15",
        """\
Kunta;Ystävyyskunta;Maa
Jyväskylä;Stavanger;Norja
Hämeenlinna;Celle;Saksa
Äänekoski;Brzeg;Puola
Kuopio;Jönköping;Ruotsi
Lappeenranta;Härnösand;Ruotsi
""",
    ),
    "is": (
        "cp1252 iso8859_15",
        """\
Bær;Vinabær;Land
Reykjavík;Winnipeg;Kanada
Kópavogur;Þórshöfn;Færeyjar
Akureyri;Ålesund;Noregur
Ísafjörður;Roskilde;Danmörk
Selfoss;Silkiborg;Danmörk
""",
    ),
    "Viennese partners": (
        "cp1252 cp1250 iso8859_2",
        """\
Stadt;Partnerstadt;Land
Mödling;Köszeg;Ungarn
Mödling;Esslingen;Deutschland
Würzburg;Rochester;USA
Würzburg;Umea;Schweden
""",
    ),
}
OTHER_SCRIPTS: Final = {"ar: headings in English", "th"}
"""Lists whose first row is too short to show the script."""


@for_each_case((name, encoding) for name, (encodings, _) in LISTS.items() for encoding in encodings.split())
def test_the_encoding_of_a_list(name: str, encoding: str) -> None:
    """The detected encoding gives the text of the file."""
    content = LISTS[name][1].encode(encoding)

    assert LISTS[name][1] == content.decode(detect_encodings(content)[0])


@pytest.mark.slow
@for_each_case(
    (name, encoding, rows)
    for (name, (encodings, _)), rows in product(LISTS.items(), (1, 2, 3))
    for encoding in encodings.split()
)
def test_the_encoding_of_the_first_rows(name: str, encoding: str, rows: int) -> None:
    """One of the equally plausible encodings gives the text of the file."""
    text = "".join(LISTS[name][1].splitlines(keepends=True)[: rows + 1])
    content = text.encode(encoding)
    is_too_short = rows == 1 and name in OTHER_SCRIPTS

    assert text in [content.decode(each, "replace") for each in detect_encodings(content) or ["ascii"]] or is_too_short


def test_equally_plausible_encodings_are_proposed(tmp_path: Path) -> None:
    """The proposal names them with the words that then differ."""
    path = tmp_path / "a.csv"
    path.write_bytes("town;partner;country\nGyőr;Erfurt;Germany\nPécs;Graz;Austria\n".encode("cp1250"))

    assert [
        'encoding = "cp1252"  # uncertain; check these words: "Gyõr", "Pécs"',
        '# encoding = "cp1250"  # equally plausible; with it, "Gyõr" is "Győr"',
    ] == [line for line in suggest_profile(path).splitlines() if "encoding = " in line]


def test_greek_encodings() -> None:
    """ISO 8859-7 and Windows-1253 differ in the letter Ά."""
    text = "Πόλη;Χώρα\nΆγιος Νικόλαος;Κύπρος\nΆμφισσα;Ελλάδα\nΈδεσσα;Ελλάδα\n"
    assert ["iso8859_7", "cp1253"] == [detect_encodings(text.encode(each))[0] for each in ("iso8859_7", "cp1253")]
