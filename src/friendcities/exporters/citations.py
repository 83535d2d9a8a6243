"""Formats citations of sources and of the dataset as text, BibTeX and CSL JSON."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from friendcities import __version__, data_version, release
from friendcities.errors import InvalidQueryError
from friendcities.model import Partnership, Source

_AUTHORS = "The friendcities contributors"
_TITLE = "friendcities: sister cities and city partnerships, with a source for every fact"
_YEAR = f"20{__version__.partition('.')[0]}"
_LICENCE = "data: CC BY 4.0; code: MIT"
_FORMATS = ("text", "bibtex", "csl")
_LATEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": r"\textbraceleft{}",  # BibTeX counts braces even after a backslash
        "}": r"\textbraceright{}",
        **{each: f"\\{each}" for each in "$&#_%"},
    },
)


def cite(*cited: Source | Partnership, format: str = "text") -> str:  # noqa: A002 - `export` has the same name
    """Return citations of sources, or of the dataset, as text.

    Args:
        *cited: Sources or partnerships. For a partnership, all its sources are cited, sorted by id. If there is no
            argument, the dataset is cited.
        format: ``"text"`` (one line for each citation), ``"bibtex"``, or ``"csl"`` (a JSON array of CSL items).

    Raises:
        InvalidQueryError: If the format or another argument is invalid.
        UnknownRecordError: If a partnership lacks a cited source; see :meth:`Partnership.with_sources`.

    Example:
        >>> import friendcities as fc
        >>> fc.cite().partition(" (")[0]
        'The friendcities contributors'
        >>> print(fc.cite(fc.source("shine-2023-12-02"), format="bibtex").splitlines()[0])
        @misc{shine-2023-12-02,
        >>> len(fc.cite(fc.partnership_between("Shanghai", "Porto")).splitlines())
        4
    """
    if format not in _FORMATS:
        message = f"unknown format {format!r}; expected one of {', '.join(map(repr, _FORMATS))}"
        raise InvalidQueryError(message, format)
    sources = dict.fromkeys(source for each in cited for source in _sources_of(each))
    if format == "csl":
        items = [source_as_csl(each) for each in sources] if cited else [dataset_as_csl()]
        return json.dumps(items, ensure_ascii=False, indent=2)
    if format == "bibtex":
        return (as_bibtex(sources) if cited else dataset_as_bibtex()).rstrip("\n")
    return "\n".join(map(as_text, sources)) if cited else dataset_as_text()


def _sources_of(cited: object) -> list[Source]:
    if isinstance(cited, Source):
        return [cited]
    if isinstance(cited, Partnership):
        return [cited.source(each) for each in sorted(cited.cites)]
    message = (
        f"invalid source {cited!r}; expected one such as friendcities.source('shine-2023-12-02'), or a partnership"
    )
    raise InvalidQueryError(message, cited)


def as_text(source: Source) -> str:
    """Return a source as one line of a reference list.

    Example:
        >>> import friendcities as fc
        >>> print(as_text(fc.source("shine-2023-12-02")))
        Yang Meiping (2023-12-02). Shanghai and friendship cities seek high-quality development. SHINE (Shanghai \
Daily). https://www.shine.cn/news/metro/2312023535/
    """
    creator = ", ".join(source.authors) or source.publisher
    state = "n.d." if source.as_of is None else f"state of {source.as_of}"
    parts = [f"{creator} ({source.published or state})", source.title]
    if source.authors:
        parts.append(source.publisher)
    text = " ".join(part if part.endswith((".", "?", "!", "？", "！")) else f"{part}." for part in parts)
    address = source.address or source.archived
    return text if address is None else f"{text} {address}"


def as_bibtex(sources: Iterable[Source]) -> str:
    """Return sources as BibTeX entries. The keys are the ids of the sources.

    Example:
        >>> import friendcities as fc
        >>> print(as_bibtex([fc.source("shine-2023-12-02")]), end="")
        @misc{shine-2023-12-02,
          author = {{Yang Meiping}},
          title = {{Shanghai and friendship cities seek high-quality development}},
          howpublished = {SHINE (Shanghai Daily)},
          year = {2023},
          month = {12},
          url = {https://www.shine.cn/news/metro/2312023535/},
          langid = {en},
        }
    """
    return "\n".join(_source_entry(source) for source in sources)


def dataset_as_text() -> str:
    """Cite the dataset as one line of a reference list."""
    address = _address()
    text = (
        f"{_AUTHORS} ({release.DATE or _YEAR}). {_TITLE}. Version {__version__}, data of {data_version} ({_LICENCE})."
    )
    return f"{text} {address}" if address else text


def dataset_as_bibtex() -> str:
    """Cite the dataset as a BibTeX entry."""
    note = f"data of {data_version}; {_LICENCE}"
    fields: dict[str, str | list[str]] = {
        "author": [_AUTHORS],
        "title": [_TITLE],
        "year": _YEAR,
        "date": release.DATE,
        "version": __version__,
        "note": note,
        "doi": release.DOI,
    }
    return _format_entry(f"friendcities-{__version__}", fields, release.ADDRESS)


def dataset_as_csl() -> dict[str, Any]:
    """Cite the dataset as an item of CSL JSON."""
    item = {
        "id": f"friendcities-{__version__}",
        "type": "dataset",
        "author": [{"literal": _AUTHORS}],
        "title": _TITLE,
        "issued": _csl_date(release.DATE or _YEAR),
        "version": __version__,
        "note": f"data of {data_version}; {_LICENCE}",
        "DOI": release.DOI,
        "URL": release.ADDRESS,
    }
    return {key: value for key, value in item.items() if value}


def source_as_csl(source: Source) -> dict[str, Any]:
    """Return a source as an item of CSL JSON.

    Example:
        >>> import friendcities as fc
        >>> source_as_csl(fc.source("shine-2023-12-02"))["issued"]
        {'date-parts': [[2023, 12, 2]]}
    """
    date = source.published or source.as_of
    item = {
        "id": source.id,
        "type": "document",
        "author": [{"literal": each} for each in source.authors or [source.publisher]],
        "title": source.title,
        "publisher": source.publisher,
        "issued": None if date is None else _csl_date(str(date)),
        "accessed": None if source.accessed is None else _csl_date(str(source.accessed)),
        "URL": source.address or source.archived,
        "language": source.language,
    }
    return {key: value for key, value in item.items() if value}


def _csl_date(date: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in date.split("-")]]}


def _address() -> str:
    return f"https://doi.org/{release.DOI}" if release.DOI else release.ADDRESS


def page_as_text(title: str, address: str) -> str:
    """Cite a page about a part of the dataset as one line of a reference list.

    Example:
        >>> page_as_text("Dunedin", "https://friendcities.example/cities/nz-dunedin.html").partition(". In: ")[0]
        'The friendcities contributors (2026). Dunedin'
    """
    text = f"{_AUTHORS} ({_YEAR}). {title}. In: {_TITLE}. Version {__version__}, data of {data_version}."
    return f"{text} {address}" if address else text


def page_as_bibtex(key: str, title: str, address: str) -> str:
    """Cite a page about a part of the dataset as a BibTeX entry. The address may be empty."""
    note = f"version {__version__}, data of {data_version}; CC BY 4.0"
    fields = {"author": [_AUTHORS], "title": [title], "howpublished": _TITLE, "year": _YEAR, "note": note}
    return _format_entry(key, fields, address)


def _source_entry(source: Source) -> str:
    date = source.published or source.as_of
    fields = {
        "author": source.authors or [source.publisher],
        "title": [source.title],
        "howpublished": source.publisher,
        "year": "" if date is None else f"{date.year:04}",
        "month": "" if date is None or date.month is None else str(date.month),
    }
    return _format_entry(source.id, fields, source.address or source.archived or "", source.language or "")


def _format_entry(key: str, fields: Mapping[str, str | Sequence[str]], address: str = "", language: str = "") -> str:
    """Return a BibTeX entry without empty fields. Braces protect each text of a list from changes by BibTeX."""
    texts = {}
    for name, value in fields.items():
        protected = " and ".join(f"{{{_escape_latex(each)}}}" for each in value)
        texts[name] = _escape_latex(value) if isinstance(value, str) else protected
    texts |= {"url": address.replace("{", "%7B").replace("}", "%7D"), "langid": language}
    lines = [f"  {name} = {{{text}}}," for name, text in texts.items() if text]
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def _escape_latex(text: str) -> str:
    return text.translate(_LATEX_ESCAPES)
