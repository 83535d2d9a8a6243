"""Citations of sources, and of the dataset itself, as text and as BibTeX."""

from collections.abc import Iterable

from friendcities import __version__, data_version
from friendcities.model import Source

_AUTHORS = "The friendcities contributors"
_TITLE = "friendcities: sister cities and what ties them, typed and sourced"
_YEAR = f"20{__version__.partition('.')[0]}"
_LICENCE = "data: CC BY 4.0; code: MIT"
_LATEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{each: f"\\{each}" for each in "{}$&#_%"},
    },
)


def as_text(source: Source) -> str:
    """A source as one line of a reference list.

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
    text = ". ".join(part.removesuffix(".") for part in parts) + "."
    address = source.address or source.archived
    return text if address is None else f"{text} {address}"


def as_bibtex(sources: Iterable[Source]) -> str:
    """Sources as BibTeX entries, whose keys are their ids.

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
    """The dataset itself, as one line of a reference list."""
    return f"{_AUTHORS} ({_YEAR}). {_TITLE}. Version {__version__}, data of {data_version} ({_LICENCE})."


def dataset_as_bibtex() -> str:
    """The dataset itself, as a BibTeX entry."""
    return _format_entry(
        f"friendcities-{__version__}",
        {
            "author": f"{{{_AUTHORS}}}",
            "title": f"{{{_escape_latex(_TITLE)}}}",
            "year": _YEAR,
            "version": __version__,
            "note": f"data of {data_version}; {_LICENCE}",
        },
    )


def page_as_text(title: str, address: str) -> str:
    """A page about a part of the dataset, as one line of a reference list.

    Example:
        >>> page_as_text("Dunedin", "https://friendcities.example/cities/nz-dunedin.html").partition(". In: ")[0]
        'The friendcities contributors (2026). Dunedin'
    """
    text = f"{_AUTHORS} ({_YEAR}). {title}. In: {_TITLE}. Version {__version__}, data of {data_version}."
    return f"{text} {address}" if address else text


def page_as_bibtex(key: str, title: str, address: str) -> str:
    """A page about a part of the dataset, as a BibTeX entry; the address is empty where it is not known."""
    return _format_entry(
        key,
        {
            "author": f"{{{_AUTHORS}}}",
            "title": f"{{{_escape_latex(title)}}}",
            "howpublished": _escape_latex(_TITLE),
            "year": _YEAR,
            "note": f"version {__version__}, data of {data_version}; CC BY 4.0",
            **({"url": _escape_url(address)} if address else {}),
        },
    )


def _source_entry(source: Source) -> str:
    date = source.published or source.as_of
    fields = {
        "author": " and ".join(f"{{{_escape_latex(author)}}}" for author in source.authors or (source.publisher,)),
        "title": f"{{{_escape_latex(source.title)}}}",
        "howpublished": _escape_latex(source.publisher),
    }
    if date is not None:
        fields["year"] = f"{date.year:04}"
    if date is not None and date.month is not None:
        fields["month"] = str(date.month)
    address = source.address or source.archived
    if address is not None:
        fields["url"] = _escape_url(address)
    if source.language is not None:
        fields["langid"] = source.language
    return _format_entry(source.id, fields)


def _format_entry(key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def _escape_url(address: str) -> str:
    return address.replace("{", "%7B").replace("}", "%7D")


def _escape_latex(text: str) -> str:
    return text.translate(_LATEX_ESCAPES)
