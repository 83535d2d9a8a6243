"""Citations of sources, and of the dataset itself, as text and as BibTeX."""

from collections.abc import Iterable

from friendcities import __version__, data_version
from friendcities.model import Source

__all__ = ["as_bibtex", "as_text", "dataset_as_bibtex", "dataset_as_text", "page_as_bibtex", "page_as_text"]

_AUTHORS = "The friendcities contributors"
_TITLE = "friendcities: sister cities and what ties them, typed and sourced"
_LICENCE = "data: CC BY 4.0; code: MIT"
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{each: f"\\{each}" for each in "{}$&#_%"},
    },
)


def as_text(source: Source) -> str:
    """A source as one line of a list of references.

    Example:
        >>> import friendcities as fc
        >>> print(as_text(fc.source("shine-2023-12-02")))
        Yang Meiping (2023-12-02). Shanghai and friendship cities seek high-quality development. SHINE (Shanghai \
Daily). https://www.shine.cn/news/metro/2312023535/
    """
    who = ", ".join(source.authors) or source.publisher
    parts = [f"{who} ({source.published or f'state of {source.as_of}'})", source.title]
    if source.authors:
        parts.append(source.publisher)
    words = ". ".join(part.removesuffix(".") for part in parts) + "."
    address = source.address or source.archived
    return words if address is None else f"{words} {address}"


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
    return "\n".join(_entry(source) for source in sources)


def dataset_as_text() -> str:
    """The dataset itself, as one line of a list of references."""
    return f"{_AUTHORS} ({_year()}). {_TITLE}. Version {__version__}, data of {data_version} ({_LICENCE})."


def dataset_as_bibtex() -> str:
    """The dataset itself, as a BibTeX entry."""
    return _formatted(
        f"friendcities-{__version__}",
        {
            "author": f"{{{_AUTHORS}}}",
            "title": f"{{{_escaped(_TITLE)}}}",
            "year": _year(),
            "version": __version__,
            "note": f"data of {data_version}; {_LICENCE}",
        },
    )


def page_as_text(title: str, address: str) -> str:
    """A page about a part of the dataset, as one line of a list of references.

    Example:
        >>> page_as_text("Dunedin", "https://friendcities.example/cities/nz-dunedin.html").partition(". In: ")[0]
        'The friendcities contributors (2026). Dunedin'
    """
    words = f"{_AUTHORS} ({_year()}). {title}. In: {_TITLE}. Version {__version__}, data of {data_version}."
    return f"{words} {address}" if address else words


def page_as_bibtex(key: str, title: str, address: str) -> str:
    """A page about a part of the dataset, as a BibTeX entry.

    Args:
        key: The key of the entry.
        title: What the page is about.
        address: Where it is; empty where that is not known.
    """
    return _formatted(
        key,
        {
            "author": f"{{{_AUTHORS}}}",
            "title": f"{{{_escaped(title)}}}",
            "howpublished": _escaped(_TITLE),
            "year": _year(),
            "note": f"version {__version__}, data of {data_version}; CC BY 4.0",
            **({"url": _in_address(address)} if address else {}),
        },
    )


def _year() -> str:
    return f"20{__version__.partition('.')[0]}"


def _entry(source: Source) -> str:
    date = source.published or source.as_of
    fields = {
        "author": " and ".join(f"{{{_escaped(author)}}}" for author in source.authors or (source.publisher,)),
        "title": f"{{{_escaped(source.title)}}}",
        "howpublished": _escaped(source.publisher),
        "year": f"{date.year:04}",
    }
    if date.month is not None:
        fields["month"] = str(date.month)
    address = source.address or source.archived
    if address is not None:
        fields["url"] = _in_address(address)
    if source.language is not None:
        fields["langid"] = source.language
    return _formatted(source.id, fields)


def _formatted(key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
    return "\n".join([f"@misc{{{key},", *lines, "}"]) + "\n"


def _in_address(address: str) -> str:
    return address.replace("{", "%7B").replace("}", "%7D")


def _escaped(text: str) -> str:
    return text.translate(_SPECIAL)
