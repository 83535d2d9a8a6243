"""Suggests a profile for a file from the names and cells of its columns."""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from attrs import evolve, fields
from importlib_resources import files

from friendcities.importers.claims import is_doubtful, known_meanings, names_end
from friendcities.importers.dates import parse_period
from friendcities.importers.file_layout import FileLayout, examine_file
from friendcities.importers.find_notes import is_note
from friendcities.importers.formats.tables import check_path, unreadable
from friendcities.importers.names_gate import is_total
from friendcities.importers.profile import CityColumns
from friendcities.importers.read_rows import split_country
from friendcities.model.record import short
from friendcities.names.countries import CountrySpellings, find_subdivision, read_country
from friendcities.names.normalize import fold


def suggest_profile(path: str | Path) -> str:
    r"""Suggest a profile for a file, as TOML. Check and correct the suggestion before you use it.

    Raises:
        DataError: If the file cannot be read.
        MissingExtraError: If the extra for the file format is not installed.

    Example:
        >>> import pathlib, tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     file = pathlib.Path(folder, "mine.csv")
        ...     _ = file.write_text("town,partner,country,year\nVik,Lyon,France,1994\n")
        ...     print(suggest_profile(file), end="")
        # A proposal: check every line before you use it, and replace each "?". The columns of the file are:
        #   "town" "partner" "country" "year"
        [source]
        # kind = "city_government"  # the kind of publisher (default: database)
        # speaks_for = ["de-ulm"]  # for a city government: the ids of its cities
        publisher = "?"  # the publisher of the file; or pass the argument publisher
        as_of = "?"  # the date that the file describes, such as "2026-02"; or pass the argument as_of
        [cities]
        level = "municipality"  # the level of the places in the file; correct this value if needed
        [first]
        name = "town"
        country_is = "?"  # the country code for all rows, such as "NZ"; for a column, use the key country
        [second]
        name = "partner"
        country = "country"
        [steps]
        date = "year"
    """
    file = check_path(path)
    layout = _with_heading(examine_file(file))
    if not any(map(any, layout.rows)):
        columns = ", ".join(map(short, filter(None, layout.columns)))
        reason = f"no row can be read: {layout.error}" if layout.error is not None else "the file has no rows"
        raise unreadable(file, f"{reason} below the column names {columns}" if columns else reason)
    return format_suggestion(layout)


_WORDS: Final = tomllib.loads(files("friendcities.importers").joinpath("words.toml").read_text("utf-8"))
_FIELDS: Final = (
    *("latitude", "longitude", "wikidata", "country", "subdivision"),
    *("end", "date", "status", "kind", "name"),
)
"""The profile fields that a column name can mean. More specific fields come first."""
_HEADINGS: Final[Mapping[str, Mapping[str, Sequence[str]]]] = {
    language: {field: tuple(map(fold, words)) for field, words in fields_.items()}
    for language, fields_ in _WORDS["headings"].items()
}
"""The words of column names, by language and field."""
_RANKS: Final[dict[str, dict[str, int]]] = {}
"""The rank of each word by field; 0 is the best."""
for _fields in _HEADINGS.values():
    for _field, _words in _fields.items():
        for _rank, _word in enumerate(_words):
            _RANKS.setdefault(_field, {}).setdefault(_word, _rank)
_WITHOUT_BLANKS: Final = re.compile(
    "|".join(sorted((word for words in _RANKS.values() for word in words if word > "\u3000"), key=len, reverse=True))
)
"""The words of languages that are written without spaces, the longest first."""
_WORD: Final = re.compile(r"[^\W\d_]+|\d+")
_CAMEL_CASE: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_REPEATED: Final = re.compile(r"(.+)\.[1-9][0-9]?")
"""The name that pandas gives to a repeated column, such as "city.1"."""
_ENDS: Final = {"home": "first", "partner": "second"}
_WORST: Final = 100
_STEP_FIELDS: Final = ("date", "end", "kind", "status")
_MOST: Final = 0.8
"""The minimum share of cells that must match."""
_FORMATS: Final = (
    *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%m.%Y", "%m/%Y"),
    *("%Y. %m. %d.", "%Y年%m月%d日", "%Y年%m月", "%Y년 %m월 %d일", "%Y년 %m월"),
)
_FORMATS_WITH_NAMES: Final = (
    *(
        "%d. %B %Y",
        "%d %B %Y",
        "%d de %B de %Y",
        "%d de %B, %Y",
        "%B %d, %Y",
        "%B %Y",
        "%B de %Y",
        "%Y. %B %d.",
        "%Y. %B",
    ),
)
_OPPOSITES: Final = (("%d/%m/%Y", "%m/%d/%Y"), ("%d-%m-%Y", "%m-%d-%Y"))
"""Pairs of formats that read most dates alike. A date such as 21/10/1994 decides between the two."""
_MARKERS: Final = frozenset({"-", "--", "–", "—", ".", "/", "n/a", "na", "k.a.", "k. a.", "null", "none", "nan", "x"})
"""The missing-value markers that a suggested profile declares."""
_TEXTS: Final = ("name", "country")
_SPELLINGS: Final = CountrySpellings()

T = TypeVar("T")


class _Column(NamedTuple):
    """The possible meaning of a column, according to its name."""

    place: int
    field: str | None
    """The field of a profile. If the column name only states which city is meant, the field is ``name``."""
    end: str | None
    rank: tuple[int, int]
    """The rank of the best word, and the number of words; lower numbers are better."""


class _Guess(NamedTuple):
    """The column number of each field of the profile."""

    ends: dict[str, dict[str, int]]
    steps: dict[str, int]

    def has(self, field: str) -> bool:
        return any(field in end for end in self.ends.values())

    def places(self) -> set[int]:
        return {*self.steps.values(), *(place for end in self.ends.values() for place in end.values())}


def format_suggestion(layout: FileLayout) -> str:
    """Return the suggested profile for a file as TOML."""
    layout = _with_heading(layout)
    return "\n".join(_profile_lines(layout, _assign_columns(layout, _read_headings(layout)))) + "\n"


def _with_heading(layout: FileLayout) -> FileLayout:
    """If the first row contains data, add this row to the rows."""
    is_named = not layout.heading or any(column.field for column in _read_headings(layout))
    if is_named or not any(map(_is_data, filter(None, layout.columns))):
        return layout
    return evolve(layout, columns=("",) * len(layout.columns), heading=0, rows=(layout.columns, *layout.rows))


# What the columns mean


def _read_headings(layout: FileLayout) -> list[_Column]:
    columns = []
    seen: Counter[str] = Counter()
    for place, heading in enumerate(layout.columns):
        repeated = _REPEATED.fullmatch(heading)
        base = repeated[1] if repeated is not None and repeated[1] in layout.columns else heading
        words = _split_heading(base)
        shown = [field for field in _FIELDS if not _RANKS[field].keys().isdisjoint(words)]
        end = next((end for end in ("partner", "home") if not _RANKS[end].keys().isdisjoint(words)), None)
        field = _choose_field(shown, layout.cells_of(place), end)
        ranks = _RANKS.get(field or "", {})
        rank = min((ranks[word] for word in words if word in ranks), default=_WORST)
        if field is None and end is not None and _has_only_ends(words):
            cells = layout.cells_of(place)
            tests = _CELL_TESTS.items()
            field = next((field for field, is_of_field in tests if _share(cells, is_of_field) > _MOST), "name")
            rank += min(_RANKS[end].get(word, _WORST) for word in words)
        if end is None and field not in {None, *_STEP_FIELDS}:
            end = "partner" if seen[base] else None
        seen[base] += 1
        columns.append(_Column(place, field, None if end is None else _ENDS[end], (rank, len(words))))
    return columns


def _choose_field(shown: Sequence[str], cells: Sequence[str], end: str | None) -> str | None:
    """``country`` is skipped if the cells are not countries."""
    if shown[:1] == ["subdivision"]:  # "State" may also be a country or a status
        return next((field for field, test in _OF_STATE.items() if _share(cells, test) > _MOST), "subdivision")
    if shown[:1] != ["country"] or not cells:
        return next(iter(shown), None)
    if end is not None and _share(cells, _has_country) > _MOST:  # "Partnerstadt (Land)" with "Lyon (France)"
        return "name"
    return shown[1] if shown[1:] and not any(map(_is_country, cells)) else "country"  # "État" is also a status


def _split_heading(heading: str) -> list[str]:
    words = _WORD.findall(fold(_CAMEL_CASE.sub(" ", heading)))
    return [each for word in words for each in (_WITHOUT_BLANKS.findall(word) if word > "\u3000" else None) or [word]]


def _has_only_ends(words: Sequence[str]) -> bool:
    """Whether a column name only means one of the two cities, such as "twinned with"."""
    known = _RANKS["home"].keys() | _RANKS["partner"].keys()
    return any(len(word) > 1 and word in known for word in words) and known.union(_RANKS["filler"]).issuperset(words)


def _assign_columns(layout: FileLayout, columns: Sequence[_Column]) -> _Guess:
    guess = _Guess({"first": {}, "second": {}}, {})
    by_field = {field: [column for column in columns if column.field == field] for field in _FIELDS}
    if not by_field["date"]:  # "von–bis" with "1958–1999"
        by_field["date"] = [each for each in by_field["end"] if any(map(_is_period, layout.cells_of(each.place)))]
        by_field["end"] = [each for each in by_field["end"] if each not in by_field["date"]]
    for field in _STEP_FIELDS:
        if by_field[field]:
            guess.steps[field] = min(by_field[field], key=lambda column: (column.rank, column.place)).place
    _assign_names(layout, columns, by_field["name"], guess)
    _assign_by_cells(layout, columns, guess, by_field)
    for end in guess.ends.values():
        if "name" in end and _share(layout.cells_of(end["name"]), _has_country) > _MOST:
            end["country"] = end["name"]  # "Cork, Ireland"
    for field in ("country", "subdivision", "latitude", "longitude", "wikidata"):
        _assign_to_ends(layout, field, by_field[field], guess)
    _assign_subdivisions(layout, columns, guess)
    for end in guess.ends.values():
        if not {"latitude", "longitude"} <= end.keys():
            end.pop("latitude", None)
            end.pop("longitude", None)
    return guess


def _assign_names(layout: FileLayout, columns: Sequence[_Column], named: Sequence[_Column], guess: _Guess) -> None:
    """A single column with names of cities contains the second city."""
    best = sorted(named, key=lambda column: (column.rank, column.place))
    for end in ("second", "first"):
        own = next((column for column in best if column.end == end), None)
        # beside a column "town", a column "source" names the source of a row, not a city
        is_other = (
            own is not None
            and end == "first"
            and own.rank[0] >= _WORST
            and any(each.end is None for each in best)
            and not {"source", "target"}.issubset(map(fold, layout.columns))  # an edge list of Gephi
        )
        if own is not None and not is_other:
            guess.ends[end]["name"] = own.place
    open_ends = [end for end in ("first", "second") if "name" not in guess.ends[end]]
    free = sorted([column for column in best if column.end is None][: len(open_ends)], key=lambda column: column.place)
    if not free and len(open_ends) == 2 and not layout.heading:  # noqa: PLR2004 - no column has a name
        is_of_name = str.isdigit if layout.comment is not None else _is_name  # an edge list of numbers
        free = [column for column in columns if _share(layout.cells_of(column.place), is_of_name) > _MOST][:2]
    if len(free) == 1 and open_ends == ["first", "second"]:
        open_ends = ["second"]
    for end, column in zip(open_ends, free, strict=False):
        guess.ends[end]["name"] = column.place


def _assign_by_cells(
    layout: FileLayout, columns: Sequence[_Column], guess: _Guess, by_field: dict[str, list[_Column]]
) -> None:
    used = guess.places()
    for column in columns:
        cells = layout.cells_of(column.place)
        if column.field is not None or column.place in used or not cells:
            continue
        shown = [field for field, is_of_field in _CELL_TESTS.items() if _share(cells, is_of_field) > _MOST]
        if shown:
            guess.steps.setdefault(shown[0], column.place)
        elif len(by_field["country"]) < len(guess.ends) and _share(cells, _is_country) > _MOST:
            by_field["country"].append(column)
    by_field["country"].sort()


def _assign_subdivisions(layout: FileLayout, columns: Sequence[_Column], guess: _Guess) -> None:
    """Assign a column without a known heading if most cells are subdivisions of the country in the row."""
    used = guess.places()
    free = [column.place for column in columns if column.field is None and column.place not in used]
    for end in [end for end in guess.ends.values() if {"name", "country"} <= end.keys() and "subdivision" not in end]:
        for place in free:
            pairs = [("".join(row[end["country"] :][:1]), "".join(row[place:][:1])) for row in layout.rows]
            if _share([pair for pair in pairs if pair[1]], _is_subdivision) > _MOST:
                end["subdivision"] = place
        free = [place for place in free if place not in end.values()]


def _assign_to_ends(layout: FileLayout, field: str, columns: Sequence[_Column], guess: _Guess) -> None:
    """If the column name gives no hint, the position decides."""
    best = sorted(columns, key=lambda column: (column.rank, column.place))
    for end in ("first", "second"):
        own = next((column for column in best if column.end == end), None)
        if own is not None:
            guess.ends[end][field] = own.place
    free = [column for column in columns if column.end is None]
    if not free:
        return
    if (
        field in {"country", "subdivision"}
        and len(free) == len(guess.ends)
        and not any(field in end for end in guess.ends.values())
    ):
        guess.ends["first"][field], guess.ends["second"][field] = (column.place for column in free)
    elif field in guess.ends["second"] or (
        field not in guess.ends["first"] and _is_of_first(layout, field, free[0], guess)
    ):
        guess.ends["first"].setdefault(field, free[0].place)
    else:
        guess.ends["second"].setdefault(field, free[-1].place)


def _is_of_first(layout: FileLayout, field: str, column: _Column, guess: _Guess) -> bool:
    """A country column belongs to the first city only if all its values are equal."""
    first, second = (guess.ends[end].get("name") for end in ("first", "second"))
    if first is None or second is None or not first < column.place < second:
        return False
    return field != "country" or len(set(layout.cells_of(column.place))) == 1


# What cells contain


def _share(cells: Sequence[T], test: Callable[[T], object]) -> float:
    return sum(bool(test(cell)) for cell in cells) / max(1, len(cells))


def _is_date(text: str) -> bool:
    return any(map(str.isdigit, text)) and any(_parse_period(text))


def _is_period(text: str) -> bool:
    return bool(_parse_period(text)[1])


def _parse_period(text: str) -> tuple[Sequence[object], Sequence[object]]:
    """Read a date or a period in any format and language."""
    found = parse_period(text, _FORMATS)
    languages = iter(_languages_of_month(text))
    while not any(found) and (language := next(languages, None)):
        found = parse_period(text, _FORMATS_WITH_NAMES, _WORDS["months"][language])
    return found


def _languages_of_month(text: str) -> list[str]:
    words = set(_WORD.findall(text.casefold()))
    return [language for language, names in _month_names().items() if not names.isdisjoint(words)]


@cache
def _month_names() -> Mapping[str, frozenset[str]]:
    return {language: frozenset(map(str.casefold, names)) for language, names in _WORDS["months"].items()}


def _is_country(text: str) -> bool:
    return read_country(text, None, _SPELLINGS).code is not None


def _is_subdivision(pair: tuple[str, str]) -> bool:
    """Whether the second text is a subdivision of the country in the first. A number or a letter may be anything."""
    place, text = pair
    code = read_country(split_country(place, _SPELLINGS)[1] or place, None, _SPELLINGS).code
    return code is not None and len(text) > 1 and not text.isdigit() and find_subdivision(code, text) is not None


def _is_kind(text: str) -> bool:
    return fold(text) in known_meanings("kinds")


def _is_status(text: str) -> bool:
    return fold(text) in known_meanings("statuses") or (any(map(str.isdigit, text)) and names_end(text))


_CELL_TESTS: Final[Mapping[str, Callable[[str], object]]] = {
    "date": _is_date,
    "kind": _is_kind,
    "status": _is_status,
}
"""For each field, a test whether a cell may be a value of the field."""


_OF_STATE: Final[Mapping[str, Callable[[str], object]]] = {
    "status": _is_status,
    "country": lambda text: len(text) > len("USA") and _is_country(text),  # "GA" is Georgia and Gabon
}
"""For each other meaning of a heading such as "State", a test of the cells."""


def _has_country(text: str) -> bool:
    """Country codes except "UK" do not match, because "DE" may be Delaware."""
    country = split_country(text, _SPELLINGS)[1]
    return country == "UK" or ((len(country) > len("US") or not country.isascii()) and _is_country(country))


def _is_name(text: str) -> bool:
    return any(map(str.isalpha, text)) and not _is_date(text) and not _is_country(text)


def _is_data(text: str) -> bool:
    return _is_date(text) or text.replace(".", "").isdigit() or (len(text) > len("US") and _is_country(text))


def _find_formats(cells: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Suggest "?" if two formats fit equally well."""
    unread = [cell for cell in cells if not any(parse_period(cell))]
    named = Counter(language for cell in unread for language in _languages_of_month(cell))
    months = _WORDS["months"][max(named, key=lambda language: named[language])] if named else ()
    formats = (*_FORMATS, *(_FORMATS_WITH_NAMES if months else ()))
    read = {each: {cell for cell in unread if any(parse_period(cell, [each], months))} for each in formats}
    for one, other in _OPPOSITES:
        if read[one] and read[one] == read[other]:
            read |= {one: {"?"}, other: set()}
        elif read[other] < read[one]:
            read[other] = set()
        elif read[one] < read[other]:
            read[one] = set()
    formats = tuple("?" if read[each] == {"?"} else each for each in formats if read[each])
    return formats, months if any("%B" in each for each in formats) else ()


# The profile as text


_WIDTH: Final = 100
_MOST_LISTED: Final = 100
_MOST_EXAMPLES: Final = 4
_MOST_LETTERS: Final = 20
_MOST_NOTE: Final = 60
_MOST_VALUES: Final = 20
"""The maximum number of listed words of a kind or status column."""


def _profile_lines(layout: FileLayout, guess: _Guess) -> Iterator[str]:
    headings = layout.columns
    repeated = {column for column, number in Counter(headings).items() if number > 1}

    def name(place: int) -> str:
        return _quote(f"#{place + 1}" if headings[place] in repeated or not headings[place] else headings[place])

    yield '# A proposal: check every line before you use it, and replace each "?". The columns of the file are:'
    yield from _comment_lines([heading or f"#{place}" for place, heading in enumerate(headings, start=1)])
    if layout.unread_sheets:
        yield "# Other sheets of the file, for sheet in [file]:"
        yield from _comment_lines(layout.unread_sheets)
    yield "[source]"
    yield '# kind = "city_government"  # the kind of publisher (default: database)'
    yield '# speaks_for = ["de-ulm"]  # for a city government: the ids of its cities'
    yield 'publisher = "?"  # the publisher of the file; or pass the argument publisher'
    yield 'as_of = "?"  # the date that the file describes, such as "2026-02"; or pass the argument as_of'
    language = _find_language(headings)
    if language is not None:
        yield f'language = "{language}"'
    yield "[cities]"
    yield 'level = "municipality"  # the level of the places in the file; correct this value if needed'
    for table, end in guess.ends.items():
        yield f"[{table}]"
        yield from (f"{field.name} = {name(end[field.name])}" for field in fields(CityColumns) if field.name in end)
        if "name" not in end and table == "first" and guess.has("name"):
            yield 'name_is = "?"  # the city that all rows are about; for a column, use the key name'
        elif "name" not in end:
            yield 'name = "?"  # the column with the names of the cities'
        if "country" not in end:
            yield 'country_is = "?"  # the country code for all rows, such as "NZ"; for a column, use the key country'
    yield from _step_lines(layout, guess, name)
    for place, text in _find_notes(layout, guess):
        action = "if the column states a date, an end or a status, name it in [steps]"
        yield f"# {name(place)} is not read, but contains {_quote(text)}; {action}"
    yield from _file_lines(layout, guess)


def _find_notes(layout: FileLayout, guess: _Guess) -> Iterator[tuple[int, str]]:
    """Yield the first cell with a year, or with a word such as "ended", of each column without a meaning."""
    used = guess.places()
    for place in range(len(layout.columns)):
        text = next(filter(is_note, layout.cells_of(place)), None) if place not in used else None
        if text is not None:
            yield place, text[:_MOST_NOTE]


def _find_language(headings: Sequence[str]) -> str | None:
    """Return ``None`` for English or an unclear language."""
    words = {word for heading in headings for word in _split_heading(heading)}
    counts = {
        language: len(words.intersection(chain(*(known for field, known in fields_.items() if field != "filler"))))
        for language, fields_ in _HEADINGS.items()
        if language != "any"
    }
    best = max(counts, key=lambda language: counts[language])
    is_clear = list(counts.values()).count(counts[best]) == 1
    return best if is_clear and best != "en" else None


def _step_lines(layout: FileLayout, guess: _Guess, name: Callable[[int], str]) -> Iterator[str]:
    steps, meanings = dict(guess.steps), {table: known_meanings(table) for table in ("kinds", "statuses")}
    if "kind" in steps and any(fold(cell) in meanings["statuses"] for cell in layout.cells_of(steps["kind"])):
        steps.setdefault("status", steps["kind"])  # as in "Städtepartnerschaft", "beendet"
    if steps:
        yield "[steps]"
    yield from (f"{field} = {name(steps[field])}" for field in _STEP_FIELDS if field in steps)
    cells = [cell for field in ("date", "end") if field in guess.steps for cell in layout.cells_of(guess.steps[field])]
    formats, months = _find_formats(cells)
    if formats:
        comment = '  # "?" is "%d/%m/%Y" or "%m/%d/%Y"; the dates in the file fit both' if "?" in formats else ""
        yield f"date_formats = [{', '.join(map(_quote, formats))}]{comment}"
    if months:
        yield f"months = [{', '.join(map(_quote, months[:6]))},"
        yield f"    {', '.join(map(_quote, months[6:]))}]"
    is_shared = steps.get("kind") == steps.get("status")
    for field, table, other, default in (
        ("kind", "kinds", "statuses", "unspecified"),
        ("status", "statuses", "kinds", "active"),
    ):
        if field in steps:
            yield f"[steps.{table}]  # the meaning of each word in the column"
            known = (dict.fromkeys(meanings[other], default) if is_shared else {}) | meanings[table]
            values = Counter(layout.cells_of(steps[field]))
            for value, _ in values.most_common(_MOST_VALUES):
                meaning = known.get(fold(value))
                # the importer itself understands cells such as "active ?" and "sister city until 2010"
                may_end = field == "kind" or any(map(str.isdigit, value))  # only a date can end a status
                has_end = names_end(value) or (field == "status" and _is_period(value))
                is_read = is_doubtful(value) or (meaning is None and may_end and has_end)
                if not is_read and value.casefold() not in _MARKERS:
                    yield f"{_quote(value)} = {_quote(meaning or '?')}"


def _file_lines(layout: FileLayout, guess: _Guess) -> Iterator[str]:
    headings = layout.columns
    countries = {cell for end in guess.ends.values() if "country" in end for cell in layout.cells_of(end["country"])}
    used = {*guess.steps.values(), *(end[key] for end in guess.ends.values() for key in end if key not in _TEXTS)}
    found = {cell for place in used for cell in layout.cells_of(place) if cell.casefold() in _MARKERS}
    markers = sorted(found - countries)  # "NA" is also a country
    cells_of_names = [cell for end in guess.ends.values() if "name" in end for cell in layout.cells_of(end["name"])]
    values: dict[str, Any] = {"delimiter": layout.delimiter, "comment": layout.comment}
    lines = [f"{key} = {_quote(value)}" for key, value in values.items() if value is not None]
    if layout.encoding is not None:
        lines[:0] = _encoding_lines(layout, layout.encoding)
    if layout.comment is not None and cells_of_names and all(map(str.isdigit, cells_of_names)):
        lines.append(f"names = {_quote(layout.names or '?')}  # a file in the same folder with the names of the nodes")
    if layout.heading != 1:
        lines.append(f"heading = {layout.heading}  # the row with the column names; 0 if no row has them")
    merged = [_quote(headings[place]) for place in _find_merged(layout, guess) if headings[place]]
    grouped = [_quote(headings[place]) for place in _find_grouped(layout, guess) if headings[place]]
    if grouped:
        lines.append(f"fill_down = [{', '.join(merged + grouped)}]  # a blank cell repeats the cell above")
    elif merged:
        lines.append(f"# fill_down = [{', '.join(merged)}]  # if a blank cell repeats the cell above")
    if markers:
        lines.append(f"blank = [{', '.join(map(_quote, markers))}]")
    yield from chain(["[file]"] if lines else [], lines)


def _encoding_lines(layout: FileLayout, encoding: str) -> Iterator[str]:
    """Yield the possible encodings, with words that show the difference."""
    words = list(_find_words(layout))
    examples = ", ".join(map(_quote, words[:_MOST_EXAMPLES]))
    is_certain = encoding.startswith(("utf-16", "utf-32", "iso2022"))
    yield f"encoding = {_quote(encoding)}" + ("" if is_certain else f"  # uncertain; check these words: {examples}")
    for other in layout.other_encodings:
        read = [(word, word.encode(encoding).decode(other, "replace")) for word in words]
        changed = [f"{_quote(word)} is {_quote(as_other)}" for word, as_other in read if word != as_other]
        yield f"# encoding = {_quote(other)}  # equally plausible; with it, {', '.join(changed[:_MOST_EXAMPLES])}"


def _find_merged(layout: FileLayout, guess: _Guess) -> list[int]:
    """Return the city columns with blank cells, as in merged cells."""
    places = [end["name"] for end in guess.ends.values() if "name" in end]
    rows = [row for row in layout.rows if any(row)]
    found = {place for place in places if rows and any(not "".join(row[place : place + 1]) for row in rows)}
    return sorted(place for place in found if "".join(rows[0][place : place + 1]) and len(found) < len(places))


def _find_grouped(layout: FileLayout, guess: _Guess) -> list[int]:
    """Return the country columns in which only the first row of each group has a country."""
    places = {end["country"] for end in guess.ends.values() if "country" in end and end["country"] != end.get("name")}
    rows = [row for row in layout.rows if any(row) and not any(map(is_total, row))]
    return sorted(place for place in places if _is_grouped(["".join(row[place : place + 1]) for row in rows]))


def _is_grouped(cells: Sequence[str]) -> bool:
    named = [cell for cell in cells if cell]
    return bool(named) and cells[0] in named and len(named) == len(set(named)) and 2 * len(named) <= len(cells)


def _find_words(layout: FileLayout) -> Iterator[str]:
    """Yield words that show whether the encoding is correct."""
    words = (word for row in (layout.columns, *layout.rows) for cell in row for word in cell.split())
    yield from dict.fromkeys(word[:_MOST_LETTERS] for word in words if not word.isascii())


def _comment_lines(columns: Sequence[str]) -> Iterator[str]:
    line = "#  "
    for column in columns[:_MOST_LISTED]:
        if len(line) + len(column) > _WIDTH and line.strip("# "):
            yield line
            line = "#  "
        line += f" {_quote(column)}"
    more = len(columns) - _MOST_LISTED
    yield f"{line} and {more:,} more" if more > 0 else line


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    return '"' + "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in escaped) + '"'
