"""Fetching from an endpoint: pages, errors that pass and errors that do not, and going on where it was broken off."""

import json
import re
import sys
import time
from contextlib import ExitStack, suppress
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

import friendcities as fc
from friendcities.cli import main, output
from friendcities.extras import install_command
from friendcities.importers import FetchResult, fetch_wikidata, read_wikidata
from friendcities.importers.wikidata import endpoint
from friendcities.importers.wikidata.city_search import find_city_item
from friendcities.importers.wikidata.download import count_statements
from friendcities.importers.wikidata.queries import statements_query
from tests.endpoints import Answer, Played, paged, playing, resetting, results, sending, silent, statement, text, uri
from tests.wikidata_endpoint import WikidataOf
from tests.worlds import a_city, a_name, a_tie

ROWS = [statement(number) for number in range(5)]
WHOLE = sending(results(ROWS[0]))


def fetched(played: Played, folder: Path, **more: Any) -> tuple[FetchResult, list[float]]:
    """Fetch all that there is from an endpoint that is played; what there is, and how long it was waited."""
    waits: list[float] = []
    options: dict[str, Any] = {"everything": True, "pause": 0, "page_size": 2, "sleep": waits.append} | more
    return fetch_wikidata(folder, endpoint=played.address, **options), waits


def test_pages_are_fetched_until_one_is_not_full(tmp_path: Path) -> None:
    """Each page is a file, the last is the first that is not full, and who asks says who it is."""
    told: list[tuple[int, int]] = []
    with playing(paged(ROWS)) as played:
        found, waits = fetched(
            played, tmp_path / "new", contact="me@example.org", progress=lambda *each: told.append(each)
        )

    assert FetchResult(tmp_path / "new", 5, 3, 0) == found
    assert [(1, 2), (2, 4), (3, 5)] == told
    assert [] == waits
    assert [[], ["Q1-0001"], ["Q1-0003"]] == [re.findall(r"> .*/statement/(.*)\"\)", query) for query in played.queries]
    assert played.agents[0].startswith(f"friendcities/{fc.__version__} (me@example.org) httpx/")
    assert ["page-00001.json", "page-00002.json", "page-00003.json"] == sorted(
        path.name for path in (tmp_path / "new").glob("page*")
    )


def test_what_was_fetched_can_be_read(tmp_path: Path) -> None:
    """The pages are read as what the endpoint said on the day on which they were fetched."""
    known = {
        "itemLabel": text("Vik"),
        "itemCountry": text("IS"),
        "partnerLabel": text("Lyon"),
        "partnerCountry": text("FR"),
    }
    with playing(paged([{**row, **known} for row in ROWS])) as played:
        fetched(played, tmp_path)
    found = read_wikidata(tmp_path)

    assert ["fr-lyon--is-vik"] == [tie.id for tie in found.dataset.partnerships()]
    assert (5, 1, 4) == (found.report.total, found.report.imported, found.report.merged)
    state = found.dataset.sources()[0].as_of
    assert state is not None
    assert datetime.now(UTC).date() - state.earliest <= timedelta(days=1)


def test_half_a_character_does_not_stop_a_fetch(tmp_path: Path) -> None:
    """A page is kept as it came, also with what UTF-8 has no bytes for."""
    odd = {"itemLabel": text("V\ud800k, Vík"), **ROWS[0]}
    with playing([sending(results(odd))]) as played:
        fetched(played, tmp_path)

    page = json.loads((tmp_path / "page-00001.json").read_text(encoding="utf-8"))
    assert [odd] == page["results"]["bindings"]


def test_a_statement_of_several_rows_counts_once(tmp_path: Path) -> None:
    """Rows of one statement are one, so a page of few statements is the last however many rows it has."""
    with playing([sending(results(ROWS[0], ROWS[0], ROWS[0], {"item": uri("Q5")}))]) as played:
        found, _ = fetched(played, tmp_path)

    assert (1, 1) == (found.statements, found.pages)


def test_a_fetch_goes_on_where_it_was_broken_off(tmp_path: Path) -> None:
    """Pages that are there and whole are not asked for again; one that is not whole is."""
    with playing([sending(results(*ROWS[:2])), sending(b"", 403)]) as played, pytest.raises(fc.FetchError):
        fetched(played, tmp_path)
    (tmp_path / "page-00002.json").write_text('{"results": {"bindings": [', encoding="utf-8")
    with playing(paged(ROWS)) as played_again:
        # What is asked for again must be the same, and the address is a part of it.
        notes = json.loads((tmp_path / ".fetch.json").read_text(encoding="utf-8"))
        notes["endpoint"] = played_again.address
        (tmp_path / ".fetch.json").write_text(json.dumps(notes), encoding="utf-8")
        found, _ = fetched(played_again, tmp_path)
        once_more, _ = fetched(played_again, tmp_path)

    assert FetchResult(tmp_path, 5, 3, 1) == found
    assert FetchResult(tmp_path, 5, 3, 3) == once_more
    assert 2 == len(played_again.queries)


def test_wikidata_may_change_between_two_pages(tmp_path: Path) -> None:
    """Statements of a finished page are deleted and added: no other statement is skipped or fetched twice."""
    rows = [statement(number) for number in range(10, 20)]
    answer = paged(rows)

    def change(pages: int, _: int) -> None:
        del rows[0]  # with an offset, the first statement of the next page would be skipped
        rows.extend(statement(number) for number in range(pages * 2))  # with an offset, some would come again

    with playing(answer) as played:
        found, _ = fetched(played, tmp_path, progress=change)
    pages = [json.loads(path.read_text()) for path in sorted(tmp_path.glob("page*"))]
    rows_found = [row["statement"]["value"][-2:] for page in pages for row in page["results"]["bindings"]]

    assert [str(number) for number in range(10, 20)] == rows_found
    assert 10 == found.statements


def test_a_page_that_was_fetched_again_moves_the_next(tmp_path: Path) -> None:
    """A page belongs to the page before it: if that page has changed, the page is fetched again as well."""
    rows = list(ROWS)
    with playing(paged(rows)) as played:
        fetched(played, tmp_path)
        (tmp_path / "page-00001.json").write_text("{", encoding="utf-8")
        del rows[0]
        found, _ = fetched(played, tmp_path)

    pages = sorted(tmp_path.glob("page*"))
    assert (4, 0) == (found.statements, found.kept)
    assert [2, 2, 0] == [len(json.loads(page.read_text())["results"]["bindings"]) for page in pages]


@pytest.mark.parametrize("rows", [ROWS[:2], [ROWS[1], ROWS[0]]], ids=["no filter", "no order"])
def test_an_endpoint_that_does_not_page(rows: list[Any], tmp_path: Path) -> None:
    """The same statements again, or in another order: the download stops, and the page is not kept."""
    first, answer = sending(results(*rows)), sending(results(ROWS[1], ROWS[2]))
    with (
        playing([first, answer]) as played,
        pytest.raises(
            fc.FetchError, match="sent a statement again on page 2; the endpoint does not sort or filter results"
        ),
    ):
        fetched(played, tmp_path)

    assert ["page-00001.json"] == [path.name for path in tmp_path.glob("page*")]


@pytest.mark.parametrize(
    "passing",
    [
        pytest.param(sending(b"", 429), id="too many"),
        pytest.param(sending(b"", 500), id="failure"),
        pytest.param(sending(b"busy", 503, "text/html"), id="busy"),
        pytest.param(sending(b"", 522), id="proxy"),
        pytest.param(resetting, id="reset"),
        pytest.param(silent, id="silent"),
        pytest.param(sending(results(ROWS[0])[:20], length=500), id="cut off"),
        pytest.param(sending(results(ROWS[0])[:20]), id="ends in the middle"),
        pytest.param(sending(b"[" * 100_000), id="deep"),
        pytest.param(sending(b"no gzip", Content_Encoding="gzip"), id="garbled"),
    ],
)
def test_what_may_pass_is_tried_again(tmp_path: Path, passing: Answer) -> None:
    """After an error that may pass the same is asked again, each time after a longer wait."""
    with playing([passing, passing, WHOLE]) as played:
        found, waits = fetched(played, tmp_path, patience=0.2)

    assert 1 == found.statements
    assert 3 == len(played.queries)
    assert 1 <= waits[0] <= waits[1] <= 4


def test_patience_ends(tmp_path: Path) -> None:
    """After six tries it is given up, with what went wrong last and what to do."""
    with playing([sending(b"", 502)] * 6) as played, pytest.raises(fc.FetchError) as caught:
        fetched(played, tmp_path)

    expected = f"{played.address} sent no valid response in 6 attempts: status 502; repeat the download to continue"
    assert (expected, played.address) == (str(caught.value), caught.value.address)
    assert isinstance(caught.value, ConnectionError)
    assert 6 == len(played.queries)


def test_without_a_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The error says that there was no connection, after few attempts, and names the option that needs none."""
    for name in ("ALL_PROXY", "HTTP_PROXY", "http_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    options: dict[str, Any] = {"everything": True, "sleep": lambda _: None}
    expected = r"no connection was possible in 3 attempts: ConnectError: .*; check the network .* wikidata --from PATH$"
    with pytest.raises(fc.FetchError, match=expected):
        fetch_wikidata(tmp_path, endpoint="http://127.0.0.1:1/", **options)
    monkeypatch.setenv("HTTP_PROXY", "http://me:secret@127.0.0.1:1")
    with pytest.raises(fc.FetchError, match="a proxy is set: check the variables ALL_PROXY, HTTP_PROXY") as caught:
        fetch_wikidata(tmp_path / "proxy", endpoint="http://example.org/", **options)
    assert "secret" not in str(caught.value)


def test_a_connection_that_is_lost(tmp_path: Path) -> None:
    """After a first response, a lost connection gets as many attempts as other temporary errors."""
    with ExitStack() as stack:
        played = stack.enter_context(playing(paged(ROWS)))
        with pytest.raises(fc.FetchError, match="no connection was possible in 6 attempts"):
            fetched(played, tmp_path, progress=lambda *_: stack.close())


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        pytest.param("7", 7, 7, id="seconds"),
        pytest.param(timedelta(seconds=500), 400, 500, id="date"),
        pytest.param("soon", 1, 2, id="neither"),
        pytest.param("0", 0, 0, id="none"),
    ],
)
def test_a_wait_that_is_asked_for_is_kept(tmp_path: Path, said: str | timedelta, least: float, most: float) -> None:
    """``Retry-After`` is obeyed, in seconds or as a date; what is neither is no wait that is asked for."""
    after = format_datetime(datetime.now(UTC) + said) if isinstance(said, timedelta) else said
    with playing([sending(b"", 429, Retry_After=after), WHOLE]) as played:
        _, waits = fetched(played, tmp_path)

    [wait] = waits
    assert least <= wait <= most


def test_a_very_long_wait_is_told_of(tmp_path: Path) -> None:
    """Who is told to come back in a day is told so at once."""
    with (
        playing([sending(b"", 429, Retry_After="86400")]) as played,
        pytest.raises(fc.FetchError, match="86,400 seconds"),
    ):
        fetched(played, tmp_path)


def test_requests_are_not_made_in_a_rush(tmp_path: Path) -> None:
    """There is a pause between two requests."""
    with playing(paged(ROWS)) as played:
        _, waits = fetched(played, tmp_path, pause=50)

    assert [True, True] == [40 < wait <= 50 for wait in waits]


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        pytest.param(sending(b"no", 404), "status 404; there is no endpoint at this address", id="missing"),
        pytest.param(sending(b"no", 400), "status 400; check the address and the selection", id="bad request"),
        pytest.param(sending(b"no", 401), "status 401; the endpoint requires authorization", id="permission"),
        pytest.param(sending(b"no", 403), "status 403; .*: check the contact", id="forbidden"),
        pytest.param(sending(b"no", 407), "status 407; the proxy needs a user name", id="proxy"),
        pytest.param(sending(b"<html>", 200, "text/html"), "sent 'text/html'", id="page"),
        pytest.param(sending(b"{}", 200, None), "sent ''", id="no type"),
        pytest.param(sending(b'{"boolean": true}'), "JSON without query results", id="other JSON"),
        pytest.param(sending(b"", 302, Location="http://localhost:1/x"), "another host", id="moved elsewhere"),
        pytest.param(sending(b"", 302, Location="file:///etc/passwd"), "another host", id="moved to a file"),
    ],
)
def test_what_does_not_pass_is_not_tried_again(tmp_path: Path, answer: Answer, why: str) -> None:
    """An answer that would be the same again is an error at once, and no page is left behind."""
    with playing([answer]) as played, pytest.raises(fc.FetchError, match=why):
        fetched(played, tmp_path)

    assert [] == list(tmp_path.glob("page*"))
    assert 1 == len(played.queries)


def test_a_move_on_the_same_host_is_followed(tmp_path: Path) -> None:
    """An endpoint may lie elsewhere on its host, but not go round and round."""
    with playing([sending(b"", 307, Location="/other"), WHOLE]) as played:
        found, _ = fetched(played, tmp_path / "moved")
    with (
        playing([sending(b"", 307, Location="/other")] * 4) as round_,
        pytest.raises(fc.FetchError, match="redirects more than 3"),
    ):
        fetched(round_, tmp_path / "round")

    assert 1 == found.statements
    assert 2 == len(played.queries)


def test_an_answer_without_end_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that is larger than any, unpacked, or that never ends to arrive, is given up."""
    monkeypatch.setattr(endpoint, "ANSWER_BYTES", 10)
    with playing([WHOLE]) as played, pytest.raises(fc.FetchError, match="more than 10 bytes"):
        fetched(played, tmp_path / "large")
    monkeypatch.undo()
    monkeypatch.setattr(endpoint, "ANSWER_SECONDS", 0.05)

    def answer_late(request: BaseHTTPRequestHandler) -> None:
        time.sleep(0.5)
        with suppress(OSError):
            WHOLE(request)

    with playing([answer_late] * 6) as slow, pytest.raises(fc.FetchError, match="was not complete"):
        fetched(slow, tmp_path / "slow")


def test_another_fetch_is_left_alone(tmp_path: Path) -> None:
    """A folder that holds something else, or what was fetched by another choice, is not written into."""
    (tmp_path / "foreign").mkdir()
    (tmp_path / "foreign" / "letter.txt").write_text("Dear", encoding="utf-8")
    with playing(paged(ROWS)) as played:
        with pytest.raises(fc.InvalidQueryError, match="contains other files"):
            fetched(played, tmp_path / "foreign")
        fetched(played, tmp_path / "mine")
        with pytest.raises(fc.InvalidQueryError, match="another selection or endpoint"):
            fetched(played, tmp_path / "mine", page_size=3)
        for broken in ("{", "[" * 100_000):
            (tmp_path / "mine" / ".fetch.json").write_text(broken, encoding="utf-8")
            with pytest.raises(fc.InvalidQueryError, match="another selection or endpoint"):
                fetched(played, tmp_path / "mine")


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({}, "invalid selection"),
        ({"everything": True, "country": "NZ"}, "invalid selection"),
        ({"country": "Germany"}, "invalid country code 'Germany'; expected 'DE'"),
        ({"country": 5}, "expected two capital letters like 'NZ'"),
        ({"country": "Atlantis"}, "expected two capital letters like 'NZ'"),
        ({"cities": ["Weimar"]}, "invalid Wikidata id"),
        ({"cities": [3955]}, "invalid Wikidata id"),
        ({"country": "nz"}, "invalid country code"),
        ({"everything": True, "page_size": 0}, "1 to 10,000"),
        ({"everything": True, "page_size": "5"}, "1 to 10,000"),
        ({"everything": True, "endpoint": "ftp://example.org"}, "invalid endpoint"),
        ({"everything": True, "endpoint": "https://me:secret@example.org"}, "without user name and password"),
        ({"everything": True, "endpoint": "http://[example"}, "invalid endpoint"),
        ({"everything": True, "endpoint": None}, "invalid endpoint"),
        ({"everything": True, "contact": "two\nlines"}, "invalid contact"),
        ({"everything": True, "endpoint": endpoint.PUBLIC}, "requires a contact"),
    ],
)
def test_what_makes_no_sense_is_refused(tmp_path: Path, options: dict[str, Any], why: str) -> None:
    """A choice or an address that makes no sense is refused before anything is asked or written."""
    with pytest.raises(fc.InvalidQueryError, match=why):
        fetch_wikidata(tmp_path / "new", **{"endpoint": "http://127.0.0.1:1/", **options})

    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("missing", ["httpx", "tenacity"])
def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    """Without the libraries that ask, the error names the command that installs them."""
    monkeypatch.setitem(sys.modules, missing, None)

    with pytest.raises(fc.MissingExtraError, match=re.escape(install_command("fetch"))):
        fetch_wikidata(tmp_path, everything=True, endpoint="http://127.0.0.1:1/")


TOWNS = fc.Dataset(
    [
        a_city("de-berlin", "Berlin", a_name("Berlijn", language="nl"), a_name("Spree-Athen", language="de")),
        a_city("us-berlin", "Berlin"),
        a_city("fr-paris", "Paris"),
        a_tie("de-berlin", "fr-paris"),
        a_tie("us-berlin", "fr-paris"),
    ]
)
WIKIDATA = WikidataOf(TOWNS)
ITEMS = {city.id: item for item, city in WIKIDATA.items.items()}


def test_names_in_several_languages_are_downloaded(tmp_path: Path) -> None:
    """The names of the items of a page are fetched once, and a download that goes on does not ask for them again."""
    with playing(WIKIDATA.answer) as played:
        found, _ = fetched(played, tmp_path, languages=["nl", "de"], page_size=1)
        again, _ = fetched(played, tmp_path, languages=["de", "nl"], page_size=1)

    asked = [query for query in played.queries if "rdfs:label ?itemLabel . FILTER" in query and "UNION" in query]
    read = read_wikidata(tmp_path).dataset
    assert (2, 3, 0, 3) == (found.statements, found.pages, found.kept, again.kept)
    assert [2, 1] == [len(set(re.findall(r"wd:(Q\d+)", query))) for query in asked]
    assert ['IN ("de", "en", "mul", "nl")'] * 2 == [
        query[query.index("IN (") :].splitlines()[0][:-1] for query in asked
    ]
    assert "de-berlin" == read.city("Spree-Athen").id
    assert {"de", "nl"} == {name.language for name in read.city("Berlijn").names}


def test_statements_can_be_counted() -> None:
    """The number of the statements of a selection; 0 where an endpoint does not state a number."""
    with playing(WIKIDATA.answer) as played:
        counts = [
            count_statements(endpoint=played.address, **selection)
            for selection in (
                {"everything": True},
                {"country": "DE"},
                {"cities": [ITEMS[fc.parse_city_id("fr-paris")]]},
            )
        ]
    with playing([WHOLE, sending(results({"number": text("many")}))]) as played:
        odd = [count_statements(everything=True, endpoint=played.address) for _ in range(2)]

    assert [2, 1, 2] == counts
    assert [0, 0] == odd


class TestCityByName:
    """The item of a city with a name."""

    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ("Paris", "fr-paris"),
            ("Berlin, Germany", "de-berlin"),
            ("Berlin, US", "us-berlin"),
            ("Spree-Athen", "de-berlin"),
        ],
    )
    def test_one_city(self, query: str, expected: str) -> None:
        """A name, or a name with a country."""
        with playing(WIKIDATA.answer) as played:
            assert ITEMS[fc.parse_city_id(expected)] == find_city_item(query, endpoint=played.address)

    def test_languages(self) -> None:
        """A name in the language of the city's country is found, a name in another language only if it is chosen."""
        with playing(WIKIDATA.answer) as played:
            chosen = find_city_item("Berlijn", languages=["nl"], endpoint=played.address)
            with pytest.raises(fc.UnknownCityError):
                find_city_item("Berlijn", endpoint=played.address)

        assert ITEMS[fc.parse_city_id("de-berlin")] == chosen
        assert '"Berlijn"@nl' in played.queries[0].split("UNION")[0]
        assert '"Berlijn"@de' in played.queries[1].split("UNION")[1]

    def test_an_id_needs_no_request(self) -> None:
        """A Wikidata id is returned as it is, in capitals."""
        assert ["Q64", "Q64"] == [find_city_item(id_, endpoint="http://127.0.0.1:1/") for id_ in ("Q64", "q64")]

    def test_an_id_that_is_too_long(self) -> None:
        """No item has such an id, so no request is needed."""
        message = "invalid Wikidata id 'Q99999999999'; expected a Q and at most 10 digits, like 'Q64'"
        with pytest.raises(fc.InvalidQueryError, match=re.escape(message)) as caught:
            find_city_item("Q" + "9" * 11, endpoint="http://127.0.0.1:1/")
        assert "Q" + "9" * 11 == caught.value.query
        assert "Q" + "9" * 10 == find_city_item("Q" + "9" * 10, endpoint="http://127.0.0.1:1/")

    def test_a_label_is_preferred_to_an_alias(self) -> None:
        """An alias counts only where no label is the name."""
        rows = [{"item": uri("Q1"), "label": text("Vik")}, {"item": uri("Q2")}]
        with playing([sending(results(*rows)), sending(results(rows[1]))]) as played:
            assert ["Q1", "Q2"] == [find_city_item("Vik", endpoint=played.address) for _ in range(2)]

    def test_several_cities(self) -> None:
        """The error has the ids, names and countries of all of them."""
        with playing(WIKIDATA.answer) as played, pytest.raises(fc.AmbiguousCityError) as caught:
            find_city_item("Berlin", endpoint=played.address)

        listed = "; ".join(
            f"{ITEMS[fc.parse_city_id(id_)]} (Berlin, {id_[:2].upper()})" for id_ in ("de-berlin", "us-berlin")
        )
        hint = "give the Wikidata id, or add the country"
        assert f"2 twinned cities on Wikidata are called 'Berlin': {listed}; {hint}" == str(caught.value)

    @pytest.mark.parametrize(
        ("query", "hint"),
        [
            ("berlin", "write the exact name with capitals, or the id that a search on https://www.wikidata.org finds"),
            (
                "Berlin, France",
                r"cities in other countries: Q\d+ \(Berlin, DE\); Q\d+ \(Berlin, US\); give one of these",
            ),
        ],
    )
    def test_no_city(self, query: str, hint: str) -> None:
        """Names are compared exactly; cities with the name in other countries are named."""
        with playing(WIKIDATA.answer) as played, pytest.raises(fc.UnknownCityError, match=hint):
            find_city_item(query, endpoint=played.address)

    @pytest.mark.parametrize(("query", "languages"), [("", []), ("two\nlines", []), ("Vik", ["German"]), ("Vik", [5])])
    def test_what_makes_no_sense_is_refused(self, query: str, languages: list[Any]) -> None:
        """A name that is none, or a language that is none, is refused before anything is asked."""
        with pytest.raises(fc.InvalidQueryError, match=r"invalid (city|language)"):
            find_city_item(query, languages=languages, endpoint="http://127.0.0.1:1/")


def test_queries_name_what_was_chosen() -> None:
    """Cities are asked for by their own statements and by those that name them, each once."""
    cities = statements_query(["Q3955", "Q1", "Q3955"], None, 10)
    everything = statements_query([], None, 10)
    odd = statements_query([], None, 10, 'a"b\\')

    assert "VALUES ?item { wd:Q1 wd:Q3955 } ?item p:P190 ?statement ." in cities
    assert "VALUES ?named { wd:Q1 wd:Q3955 } ?statement ps:P190 ?named . ?item p:P190 ?statement ." in cities
    assert "      ?item p:P190 ?statement .\n    } ORDER BY STR(?statement) LIMIT 10 }" in everything
    assert r'FILTER(STR(?statement) > "a\"b\\")' in odd


class TestCommand:
    """``friendcities fetch wikidata``."""

    def test_it_says_what_there_is(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """How much there is, and how much of it was there before."""
        with playing(paged(ROWS)) as played:
            arguments = ["fetch", "wikidata", "--country", "NZ", "--endpoint", played.address, "--pause", "0"]
            first = main([*arguments, "-o", str(tmp_path / "nz")])
            told = capsys.readouterr().out
            again = main([*arguments, "-o", str(tmp_path / "nz")])

        assert (0, 0) == (first, again)
        assert f"5 statements in 1 page: {tmp_path / 'nz'}\n" == told
        assert f"5 statements in 1 page, 1 of them downloaded before: {tmp_path / 'nz'}\n" == capsys.readouterr().out

    def test_names_in_the_languages_of_the_user(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """English, ``mul``, the official languages, and those of the option or else of the system."""
        monkeypatch.setenv("LANGUAGE", "br_FR.UTF-8:de")
        with playing(WIKIDATA.answer) as played:
            arguments = ["fetch", "wikidata", "--all", "--endpoint", played.address, "--pause", "0"]
            main([*arguments, "-o", str(tmp_path / "system")])
            main([*arguments, "-o", str(tmp_path / "option"), "--language", "nl", "--language", "sv"])
            code = main([*arguments, "-o", str(tmp_path / "invalid"), "--language", "Dutch"])

        asked = [query for query in played.queries if "UNION" in query]
        assert ['IN ("br", "de", "en", "mul")', 'IN ("en", "mul", "nl", "sv")'] == [
            query[query.index("IN (") :].splitlines()[0][:-1] for query in asked
        ]
        assert all("wdt:P37/wdt:P424 ?language" in query for query in asked)
        assert "de-berlin" == read_wikidata(tmp_path / "option").dataset.city("Berlijn").id
        assert 2 == code

    def test_no_statements(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A selection without statements is not found."""
        with playing(paged([])) as played:
            arguments = ["fetch", "wikidata", "--country", "NZ", "--endpoint", played.address, "--pause", "0"]
            code = main([*arguments, "-o", str(tmp_path)])

        assert (1, f"0 statements in 1 page: {tmp_path}\n") == (code, capsys.readouterr().out)

    def test_several_pages(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Pages may be smaller, and cities several."""
        with playing(paged(ROWS)) as played:
            arguments = [
                "--city",
                "Q1",
                "--city",
                "Q2",
                "--endpoint",
                played.address,
                "--pause",
                "0",
                "--page-size",
                "2",
            ]
            code = main(["fetch", "wikidata", *arguments, "-o", str(tmp_path)])

        assert 0 == code
        assert f"5 statements in 3 pages: {tmp_path}\n" == capsys.readouterr().out

    def test_no_answer(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Without an answer the exit code is 1, and the reason is said on standard error."""
        with playing([sending(b"", 400)]) as played:
            code = main(["fetch", "wikidata", "--all", "--endpoint", played.address, "-o", str(tmp_path)])

        assert 1 == code
        assert f"friendcities: {played.address} answered with status 400" in capsys.readouterr().err

    @pytest.mark.parametrize("pause", ["-1", "soon", "nan", "4000"])
    def test_a_pause_is_a_number_of_seconds(self, pause: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A pause that is none is wrong usage."""
        with pytest.raises(SystemExit):
            main(["fetch", "wikidata", "--all", "--pause", pause, "-o", "new"])

        assert f"invalid pause {pause!r}; expected seconds from 0 to 3600" in capsys.readouterr().err


class TestCounter:
    """What shows in a terminal how many statements there are by now."""

    def test_a_terminal_gets_a_bar(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The number is shown as it grows."""
        told: list[Any] = []
        monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
        monkeypatch.setattr("rich.progress.Progress.update", lambda _, task, **more: told.append((task, more)))
        with output.show_count("fetching") as count:
            count(5)

        assert [(0, {"completed": 5})] == told

    @pytest.mark.parametrize("terminal", [True, False])
    def test_without_rich_or_in_a_pipe_there_is_none(self, terminal: bool, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: FBT001
        """The bar is an extra; the fetch is not."""
        monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
        monkeypatch.setitem(sys.modules, "rich.progress", None)
        with output.show_count("fetching") as count:
            count(5)
