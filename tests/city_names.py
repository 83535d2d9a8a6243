"""Texts in the place of a city's name, for the gate in Python and for the form in the browser."""

from typing import Final

from friendcities.importers import Reason

REJECTED: Final[list[tuple[Reason, str]]] = [
    # missing-value markers, of R and pandas too
    (Reason.INVALID_NAME, "NA"),
    (Reason.INVALID_NAME, "<NA>"),
    (Reason.INVALID_NAME, "NaN"),
    # error values and booleans of spreadsheets
    (Reason.INVALID_NAME, "#REF!"),
    (Reason.INVALID_NAME, "#NAME?"),
    (Reason.INVALID_NAME, "#VALUE!"),
    (Reason.INVALID_NAME, "#BEZUG!"),
    (Reason.INVALID_NAME, "#N/A"),
    *((Reason.INVALID_NAME, text) for text in ("#N/A N/A", "#REF! #REF!", "#N/A Field Not Applicable")),
    (Reason.INVALID_NAME, "TRUE"),
    (Reason.INVALID_NAME, "False"),
    (Reason.INVALID_NAME, "WAHR"),
    *((Reason.INVALID_NAME, text) for text in ("#ЗНАЧ!", "#¡REF!", "#REF !", "ИСТИНА", "VERO", "ONWAAR")),
    *(
        (Reason.INVALID_NAME, text)
        for text in ("brak", "Brak", "ingen", "Inga", "žádné", "nenhuma", "nincs", "немає", "κανένα")
    ),
    *((Reason.INVALID_NAME, text) for text in ("okänd", "Nieznane", "neznámé", "غير معروف", "不詳", "해당 없음")),
    # names of columns
    *((Reason.INVALID_NAME, text) for text in ("City", "Stadt", "Ciudad", "Miasto", "Город", "都市名")),
    *((Reason.INVALID_NAME, text) for text in ("undefined", "(blank)", "Not available", "keine Angabe", "不明")),
    # sentences
    (Reason.TEXT_FOR_CITY, "Vik is a member of a league of small towns across the whole of Europe."),
    (Reason.TEXT_FOR_CITY, "Vik has been a partner city"),
    *(
        (Reason.TEXT_FOR_CITY, text)
        for text in ("Vik is a town.", "Vik ist ein Ort.", "Vik est un lieu.", "Vik is small!")
    ),
    (Reason.TEXT_FOR_CITY, "Partner cities in Iceland:"),
    (Reason.TEXT_FOR_CITY, "Die Gemeinde pflegt seit langem eine Partnerschaft mit Vík"),
    (Reason.TEXT_FOR_CITY, "维克是冰岛的一个村庄。"),
    (Reason.TEXT_FOR_CITY, "Vik cooperates. The other town does not"),
    (Reason.TEXT_FOR_CITY, "A B C D E F G H I J K L M"),
    *(
        (Reason.TEXT_FOR_CITY, text)
        for text in (
            *("No sister cities yet", "It was twinned in 1990.", "Vik has no partner cities", "Vik has no twin"),
            *("Keine Partnerstädte", "Die Stadt hat keine Städtepartnerschaft", "Vik ist mit Cork befreundet"),
            *(
                "Pas de ville jumelée",
                "Il n'y a pas de jumelage",
                "Vik est jumelée avec Cork",
                "Le maire ne répond pas",
            ),
            *("No tiene ciudades hermanas", "Vik está hermanada con Cork", "Sin hermanamientos", "NO SISTER CITIES"),
            *("Nessun gemellaggio", "Geen stedenband", "See note below", "У города нет городов побратимов"),
        )
    ),
    # identifiers
    (Reason.ID_FOR_CITY, "Q16511122"),
    (Reason.ID_FOR_CITY, "AGS 09162000"),
    *((Reason.ID_FOR_CITY, text) for text in ("wd:Q16511122", "Q16511122.", "(Q16511122)", "Q16511122 (Vik)")),
    *((Reason.ID_FOR_CITY, text) for text in ("viaf/122530980", "INSEE 75056")),
    *(
        (Reason.ID_FOR_CITY, text)
        for text in ("q3012", "Q1", "Q12", "Q3012 Ulm", "Ulm Q3012", "Ulm (Q3012)", "Ulm, q64")
    ),
    (Reason.ID_FOR_CITY, "relation/62422"),
    (Reason.ID_FOR_CITY, "2c5ea4c0-4067-11e9-8bad-9b1deb4d3b7d"),
    # marks of footnotes that cannot be removed, and lost characters
    (Reason.MARKUP, "Vík["),
    *((Reason.MARKUP, text) for text in ("Vík [12]a", "Vík §", "Vík¶", "Vík ①")),
    (Reason.MARKUP, "Vík]"),
    *((Reason.MARKUP, text) for text in ("K&ouml;ln", "K&#246;ln", "K&#xf6;ln")),
    (Reason.MARKUP, "Bautzen [Budyšin]"),
    (Reason.INVALID_NAME, "K\ufffdln"),
    (Reason.INVALID_NAME, "K?ln"),
    (Reason.INVALID_NAME, "M??nchen"),
    # structured text
    (Reason.TEXT_FOR_CITY, '{"en": "Ulm"}'),
    (Reason.TEXT_FOR_CITY, "['Ulm']"),
    (Reason.TEXT_FOR_CITY, '"name": "Ulm"'),
    (Reason.TEXT_FOR_CITY, "name=Ulm"),
    *(
        (Reason.TEXT_FOR_CITY, text)
        for text in (
            *("('Ulm',)", "(Ulm, DE)", "POINT (8 50)", "LINESTRING(8.5 50.1, 9 51)", '"Ulm"@de', '"Ulm"^^xsd:string'),
            *("b'Ulm'", 'u"Ulm"', "en: Ulm", "name: Ulm", "de:Ulm", "urn:x:Ulm", "${city}", "New_York", '"Ulm", "Vik"'),
        )
    ),
    # escapes, and letters that were lost or read in another encoding
    *(
        (Reason.TEXT_FOR_CITY, text)
        for text in ("K%C3%B6ln", "K\\u00f6ln", "K\\xf6ln", "K\\303\\266ln", "Bad K=C3=B6nig", "K+APY-ln")
    ),
    *(
        (Reason.INVALID_NAME, text)
        for text in (
            *(
                "ÅÃ³dÅº",
                "Malm√∂",
                "Bogot√°",
                "KÃ¶ln",
                "MÃƒÂ¼nchen",
                "ÐœÐ¾Ñ\x81ÐºÐ²Ð°",
                "ÐœÐ¾ÑÐºÐ²Ð°",
                "ä¸Šæµ·",
                "KĂ¶ln",
            ),
            *("MĂĽnchen", "РњРѕСЃРєРІР°", "Kï¿½ln", "K¿ln", "K÷ln", "Ko¨ln", "K□ln"),
        )
    ),
    *((Reason.MARKUP, text) for text in ("&nbsp;", "Lyon&nbsp;", "Lyon&nbsp", "K&ouml;ln")),
    *((Reason.INVALID_NAME, text) for text in ("Malm├╢", "Noch keine")),
    *(
        (Reason.NOTE_IN_NAME, text)
        for text in ("75001 Paris", "D-50667 Köln", "Köln 50667", "Köln, 50667", "1010 Wien")
    ),
    *((Reason.TEXT_FOR_CITY, text) for text in ("姉妹都市", "友好城市", "자매도시", "Города-побратимы")),
    *(
        (Reason.NOTE_IN_NAME, text)
        for text in (
            "Lyon (приостановлено)",
            "Lyon (расторгнуто в 2014)",
            "Lyon (终止于2012年)",
            "Lyon (ended in 2014)",
        )
    ),
    # addresses, markup, notes, doubt
    (Reason.FILE_FOR_CITY, "info@ulm.example"),
    (Reason.MARKUP, "''Vík''"),
    (Reason.NOTE_IN_NAME, "Ulm (seit 1994)"),
    (Reason.INVALID_NAME, "VÃ\xadk"),
    (Reason.NOTE_IN_NAME, "Ulm?"),
    *(
        (Reason.NOTE_IN_NAME, text)
        for text in ("Lyon (unconfirmed)", "Lyon – unklar", "Lyon (aktiv)", "Lyon (en vigueur)", "Lyon (действует)")
    ),
    *(
        (Reason.NOTE_IN_NAME, text)
        for text in (
            "probably Lyon",
            "Lyon, vermutlich",
            "peut-être Lyon",
            "Lyon forse",
            "возможно Лион",
            "Lyon (недействующий)",
        )
    ),
    (Reason.NOTE_IN_NAME, "Ulm (?)"),
    (Reason.BLANK_CITY, " \u200e\xa0"),
    *((Reason.SEVERAL_CITIES, text) for text in ("Lyon etc.", "Lyon u.a.", "Lyon et al.", "Lyon and 3 others")),
    *((Reason.SEVERAL_CITIES, text) for text in ("Lyon und weitere", "Lyon, et autres")),
    *(
        (Reason.INVALID_NAME, text)
        for text in ("unknown, France", "Unknown (France)", "keine, Deutschland", "TBA, France")
    ),
    *((Reason.INVALID_NAME, text) for text in ("--none--", "(none)", "** none **", "auf Anfrage", "dto.", "w toku")),
    *(
        (Reason.TEXT_FOR_CITY, text)
        for text in ("see Lyon", "siehe Lyon", "mehrere Gemeinden im Elsass", "towns in Kent")
    ),
    *((Reason.NOTE_IN_NAME, text) for text in ("Lyon (geplant)", "Lyon (pending)", "Lyon (in Vorbereitung)")),
    *((Reason.MARKUP, text) for text in ("Lyon [ended]", "Lyon [1] [beendet]", "Ulm #2", "Ulm †", "Lyon | Ulm")),
    # missing-value markers of other programs, and words for "no data" and for yes and no in other languages
    *(
        (Reason.INVALID_NAME, text)
        for text in (
            *(
                "SYSMIS",
                ".a",
                "nd",
                "ND",
                "n.v.",
                "NULL VALUE",
                "null null",
                "1.#QNAN",
                "Inf",
                "[object Object]",
                "#NV",
            ),
            *("nichts", "rien", "пусто", "н/д", "空白", "記載なし", "모름", "ไม่มีข้อมูล", "לא זמין", "غير متوفر", "fehlt"),
            *("Fehler", "エラー", "bilgi yok", "FAŁSZ", "YANLIŞ", "ΨΕΥΔΗΣ", "TOSI", "거짓", "T", "F"),
            *("Да", "tak", "Igen", "はい", "否", "city name", "Name"),
        )
    ),
    *(
        (Reason.TEXT_FOR_CITY, text)
        for text in (
            *(
                "inga uppgifter",
                "bez danych",
                "ohne Angabe",
                "не указано",
                "niet opgegeven",
                "sin información",
                "non disponibile",
            ),
            *(
                "城市与科克保持联系",
                "市はコークと交流している",
                "이 도시는 코크와 교류하고 있다",
                "المدينة لديها علاقات مع كورك",
            ),
            *("Město udržuje vztahy s Cork", "Category:Ulm", "c/o Rathaus"),
        )
    ),
    *(
        (Reason.ID_FOR_CITY, text)
        for text in (
            "r62422",
            "DE-BW",
            "NUTS DE144",
            "UN/LOCODE DEULM",
            "2c5ea4c0406711e98bad9b1deb4d3b7d",
            "GeoNames 2820256",
        )
    ),
    *(
        (Reason.MARKUP, text)
        for text in (
            "*Ulm*",
            "`Ulm`",
            '"Ulm',
            "Ulm“",
            "(Ulm",
            "Ulm)",
            'K"oln',
            "Ulm -> Lyon",
            "Ulm ⇔ Lyon",
            "Ulm#History",
        )
    ),
    (Reason.NOTE_IN_NAME, "Ulm (disambiguation)"),
    (Reason.INVALID_NAME, "\u202emlU"),
    # a status, a document or a year of two digits beside the name
    *(
        (Reason.NOTE_IN_NAME, text)
        for text in (
            *(
                "ex-Leipzig",
                "ex Leipzig",
                "ehemals Leipzig",
                "formerly Leipzig",
                "Leipzig (ehem.)",
                "бывш. Ульм",
                "Ulm (ex)",
            ),
            *(
                "Ulm (on hold)",
                "Ulm – on hold",
                "Ulm (en sommeil)",
                "Ulm (paused)",
                "Ulm - dormant",
                "Ulm/inactive since 2010",
            ),
            *("Ulm (MoU)", "Ulm (LoI)", "Ulm (letter of intent)", "Ulm, Absichtserklärung", "Cork '84", "Cork ’84"),
        )
    ),
    *((Reason.SEVERAL_CITIES, text) for text in ("Lyon & co", "Lyon + Co.", "Lyon; Ulm", "Lyon；Ulm")),
    *((Reason.INVALID_NAME, text) for text in ("Lyon…", "Lyon...", "Lyon.. Ulm")),
    # notes in place of a name: where to look, what is to come, how many
    *(
        (Reason.TEXT_FOR_CITY, text)
        for text in (
            *(
                "see list",
                "siehe Liste",
                "voir liste",
                "ver lista",
                "vedi elenco",
                "zie lijst",
                "s. Anlage",
                "cf. liste",
            ),
            *(
                "see below",
                "see attached list",
                "siehe S. 12",
                "see p. 3",
                "см. список",
                "to be announced",
                "To be confirmed",
            ),
            *("not listed", "nicht aufgeführt", "wird nachgereicht", "à définir", "por confirmar", "da definire"),
            *("3 cities", "several towns", "mehrere Städte", "unknown city", "keine Daten", "and 3 more", "und andere"),
            *(
                "a city in France",
                "Stadt in Frankreich",
                "somewhere in Iceland",
                "page 3",
                "Total 12",
                "Tel. 030 123456",
            ),
            *(
                "Fax 123",
                "1000 EUR",
                "100 km",
                "USD 5",
                "12 km",
                "3 Mio.",
                "MCMXCIV",
            ),
        )
    ),
    *(
        (Reason.INVALID_NAME, text)
        for text in (
            *(
                "various",
                "verschiedene",
                "diverse",
                "several",
                "others",
                "etc.",
                "usw.",
                "u.a.",
                "TBC",
                "pending",
                "n.n.",
            ),
            *("ditto", "wie oben", "same as above", "in Vorbereitung", "geplant", "folgt", "unnamed", "Total", "Notes"),
            *("同上", "その他", "未定", "其他", "없음", "k.A.", "yes", "nein", "none", "x", "no data", "нет данных"),
            *("None, None", "Null, null", "none; N/A", "NaN / NaN"),
            *(
                "+49 30 1234567",
                "0049 30 1234567",
                "030/123456",
                "+1 (555) 123-4567",
                "1e5",
            ),
            "34628.0",
            "3,5 Mio.",
            "50.1 N",
            "50°06'N",
            "50° 06′ N 8° 41′ E",
            "Lat 50.1",
        )
    ),
    *(
        (Reason.FILE_FOR_CITY, text)
        for text in ("ulm.de", "www.ulm.de", "ulm at example.org", "ulm.example.org/partners")
    ),
    *(
        (Reason.YEAR_FOR_CITY, text)
        for text in (
            *(
                "May 1994",
                "5 May 1994",
                "12. Mai 1994",
                "Oct-94",
                "Oct 21, 1994",
                "since 1994",
                "seit 1994",
                "ca. 1994",
            ),
            *(
                "1990s",
                "1990er Jahre",
                "20th century",
                "平成6年",
                "昭和60年10月1日",
                "1994年",
                "1994 to 1998",
                "1 juin 1994",
            ),
        )
    ),
    *(
        (Reason.NOTE_IN_NAME, text)
        for text in (
            *("Lyon (1994)", "Lyon, 1994", "Lyon – 1994/95", "Lyon since 1994", "Lyon seit 1994", "Lyon May 1994"),
            *("Lyon ended", "Lyon inactive", "Lyon (see below)", "Lyon (siehe unten)", "Lyon (Freundschaft)", "ended"),
        )
    ),
    *(
        (Reason.MARKUP, text)
        for text in ("1. Lyon", "2) Lyon", "(1) Lyon", "a) Lyon", "- Lyon", "• Lyon", "* Lyon", "→ Lyon", "Lyon ✓")
    ),
]
"""Texts that are not names, each with the reason."""
FOOTNOTES: Final[list[tuple[str, str]]] = [
    ("Vík", "Vík[a]"),
    ("Vík, IS", "Vík [1], IS"),
    ("Vík", "Vík [citation needed]"),
    ("Vík", "Vík[12][b]"),
    ("Vík", "Vík[note 3]"),
    ("Vík", "Vík [Anm. 2]"),
    ("Vík", "Vík²"),
    ("Vík", "Vík **"),
    ("Vík, Suðurland", "Vík*, Suðurland"),
    *(
        ("Vík", text)
        for text in (
            "Vík1",
            "Vík12",
            "Vík1, 2",
            "Vík (1)",
            "Vík (12)",
            "Vík (a)",
            "Vík (note 1)",
            "Vík (Anm. 2)",
            "Vík, (2)",
            "Vík (*)",
        )
    ),
]
"""Names without and with a footnote mark."""
NUMBERED: Final[list[str]] = ["Reims 1", "Prague 6", "Colonia 10", "Section 1", "Olinda 2", "Fort 500"]
"""Names with a number that may be a footnote mark. Each is imported with a remark."""
SEVERAL: Final[list[str]] = [
    *(
        "Lyon & Marseille",
        "Antwerp & Ghent",
        "Rotterdam en Den Haag",
        "Lyon + Marseille",
        "Lyon / Marseille",
        "Lyon/Marseille",
        "Lyon and Marseille",
        "Lyon et Marseille",
    ),
    *("Lyon y Marseille", "Lyon und Marseille", "Lyon sowie Marseille", "Lyon ou Marseille", "Lyon i Marseille"),
    *(
        "Пекин и Шанхай",
        "北京和上海",
        "北京、上海",
        "Paris & Lyon & Marseille",
        "Lyon, Marseille and Paris",
        "Lyon – Marseille – Paris",
        "Lyon with Marseille",
        "Lyon\nMarseille",
    ),
]
"""Names of several large cities. Only Python knows the names of cities, not the form."""
ONE_CITY: Final[list[str]] = [
    *(
        "Barking and Dagenham",
        "Barking & Dagenham",
        "Brighton and Hove",
        "Tyne and Wear",
        "Bozen / Bolzano",
        "Brighton & Hove",
        "Fribourg/Freiburg",
    ),
    *(
        "Biel/Bienne",
        "Lyon – Marseille",
        "Grimsby (ehem. Cleethorpes)",
        "Villeneuve et Saint-Georges",
        "Arroyos y Esteros",
        "Courchevel 1850",
    ),
]
"""Names with two parts of one city, or parts that are not names of large cities. Each is imported with a remark."""
CLEANED: Final[list[tuple[str, str]]] = [
    ("Ulm", "Ulm\u200e"),
    ("Ulm", "\ufeffUlm\u200b"),
    *(("Ulm", text) for text in ("Ulm\ufe0f", "U\u034flm", "\u3164Ulm")),
    ("Reykjavík", "Reykja\u00advík"),
    ("Ulm Mitte", " Ulm\xa0 Mitte\t"),
    ("بندر\u200cعباس", "بندر\u200cعباس\u200c"),
    ("'s-Hertogenbosch", "''s-Hertogenbosch"),
    ("'s-Hertogenbosch", "'s-Hertogenbosch"),
    ("-Ulm", "'-Ulm"),
    *(("Ulm", text) for text in ('"Ulm"', "«Ulm»", "„Ulm“", "'Ulm'")),
    ("Malmö", "Malmo\u0308"),
    ("Berlin", "Berlin."),
    *(("Ulm", text) for text in ("Ulm,", "Ulm ;", "🇩🇪 Ulm", "Ulm 😀", "Ｕｌｍ", "\u3000Ulm", "\u200fUlm")),
]
"""Names, and texts with what is no part of them."""
NAMES: Final[list[str]] = [
    *("None", "Nan", "Y", "Å", "Washington D.C.", "Weiden i. d. OPf.", "Bruck i. d. OPf.", "Westward Ho!"),
    *("Saint-Louis-du-Ha! Ha!", "Municipality of the District of Lunenburg", "SS2", "O'Fallon"),
    *("Dolores Hidalgo Cuna de la Independencia Nacional", "san juan bautista de la salle", "Chelyabinsk-40"),
    *("Saint-Jean-de-la-Ruelle", "Villa de la Santa Cruz del Valle", "Kirchheim unter Teck", "Truth or Consequences"),
    *(
        "Ærøskøbing",
        "Ålesund",
        "L'Aquila",
        "'s-Hertogenbosch",
        "Nuku'alofa",
        "Ã",
        "St. John's",
        "Åmål",
        "Ñuñoa",
        "Vall d'Alba",
    ),
    *("Castellar del Vallès", "Wollongong city centre", "Budapest XXIII. kerület", "Twin City", "Longué-Jumelles"),
    *("Caldaro sulla Strada del Vino", "Chukotskiy avtonomnyy okrug", "S:t Olof", "Skania:tares", "No Kunda"),
    *("No. 5 District of Bobo Dioulasso", "L·lívia", "Ўзбекистон", "Рівне", "Київ", "Ning-lang-i-tsu-tzu-chih-hsien"),
    *(
        "Leer",
        "Many",
        "Varie",
        "No",
        "Same",
        "Vári",
        "Todo",
        "See im Paznaun",
        "Ver-sur-Mer",
        "25 de Mayo",
        "9 de Julio",
    ),
    *("The Village", "Friendship", "Antigo", "Rota", "San Severino Rota", "Ort im Innkreis", "Ville-en-Sallaz", "Mid"),
    *(
        "Ampelokipoi",
        "10th of Ramadan City",
        "6th of October",
        "7LC",
        "Exeter",
        "Ex-Hacienda Delicias",
        "Ville Platte",
        "Ancien",
        "Roto",
        "Twelve Oaks",
        "Two Rivers",
        "May Pen",
    ),
    *(
        "Vero",
        "Waar",
        "Es Castell",
        "Quebec",
        "Qo'qon",
        "Er Rachidia",
        "Frankfurt a. M.",
        "Is-sur-Tille",
        "Son en Breugel",
    ),
    *("Úžice", "Úšovice", "ÚŽICE", "Ðurđevac", "Ýský Brod", "Talan Sud", "Kota", "Grad", "Kent", "Ort", "Stad"),
    *("Ingå", "Ingá", "Matsudo Chyba"),
    *("友好区", "100 Mile House", "Beira-Mar", "Kings Co", "Forty Fort"),
    *(
        "Antiguo Cuscatlán",
        "Rota Greca",
        "Tak",
        "Sim",
        "Leer",
        "Chervona Kam”yanka",
        'Posyolok "Mir"',
        "`Abasan",
        "Arroyos",
        "Dar es Salaam",
        "Saint-Denis en Val",
        "Santa Maria a Monte",
        "Castelnovo ne' Monti",
    ),
    *("More", "All", "Sta. Cruz", "St.Gallen", "サン＝ルイ", "Mount Mary", "March", "Marzo", "Augusto Correa"),
]
"""Odd names that are taken as they are."""
