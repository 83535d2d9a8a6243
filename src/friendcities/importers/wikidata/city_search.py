"""Finds the Wikidata item of a city by name, with queries to a SPARQL endpoint."""

import re
import time
from collections import defaultdict
from collections.abc import Callable, Collection
from contextlib import closing
from typing import Final

import pycountry

from friendcities.errors import AmbiguousCityError, InvalidQueryError, UnknownCityError
from friendcities.importers.wikidata.download import check_languages
from friendcities.importers.wikidata.endpoint import PUBLIC, Endpoint
from friendcities.importers.wikidata.queries import city_query
from friendcities.importers.wikidata.query_results import list_bindings, read_items
from friendcities.importers.wikidata.statements import merge_items
from friendcities.model.record import is_text, short
from friendcities.names.countries import read_country

_ITEM: Final = re.compile("[Qq]([1-9][0-9]*)")
_MOST_DIGITS: Final = 10
"""The maximum number of digits of a Wikidata id. Wikidata stores the number of an item in 32 bits."""
_MOST_CANDIDATES: Final = 5


def find_city_item(
    query: str,
    *,
    languages: Collection[str] = (),
    endpoint: str = PUBLIC,
    contact: str | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> str:
    """Return the Wikidata id of a twinned city with a unique name, such as "Berlin" or "Berlin, Germany".

    The name must equal a label in English, in ``languages``, or in an official language of the city's country. If no
    label is equal, the aliases in English and in ``languages`` are compared. An id such as "Q64" is returned without a
    request.

    Raises:
        UnknownCityError: If no twinned city has the name.
        AmbiguousCityError: If several cities have the name. The candidates are ids with names.
        InvalidQueryError: If the name, the id, a language, the endpoint or the contact is invalid.
        FetchError: If the endpoint returns no valid response.
    """
    match = _ITEM.fullmatch(query)
    if match is not None and len(match[1]) > _MOST_DIGITS:
        message = f"invalid Wikidata id {short(query)}; expected a Q and at most {_MOST_DIGITS} digits, like 'Q64'"
        raise InvalidQueryError(message, query)
    if match is not None:
        return f"Q{match[1]}"
    if not is_text(query):
        message = f"invalid city {short(query)}; expected a name like 'Berlin' or a Wikidata id like 'Q64'"
        raise InvalidQueryError(message, query)
    name, _, place = (part.strip() for part in query.rpartition(","))
    country = read_country(place).code if name else None
    names = [query] if country is None else [query, name]
    with closing(Endpoint(endpoint, contact=contact, pause=0, sleep=sleep, patience=60)) as client:
        text = city_query(names, check_languages(languages), _two_letter_languages())
        rows = list_bindings(client.fetch_results(text)) or []
    by_label: defaultdict[bool, list[str]] = defaultdict(list)
    items = merge_items(read_items(rows))
    labelled = {item.id for item in read_items([row for row in rows if "label" in row])}
    for id_, item in items.items():
        if country in {None, *item.countries}:
            by_label[id_ in labelled].append(id_)
    found = by_label[True] or by_label[False]
    if len(found) == 1:
        return found[0]
    candidates = [
        f"{id_} ({', '.join([*list(items[id_].labels.values())[:1], *items[id_].countries])})" for id_ in found or items
    ]
    if not found:
        message = f"no twinned city on Wikidata is called {short(query)}"
        hint = "write the exact name with capitals, or the id that a search on https://www.wikidata.org finds"
        if items:
            message += f"; cities in other countries: {'; '.join(candidates[:_MOST_CANDIDATES])}"
            hint = "give one of these Wikidata ids, or another country"
        raise UnknownCityError(message, query, candidates, hint)
    message = (
        f"{len(found)} twinned cities on Wikidata are called {short(query)}: {'; '.join(candidates[:_MOST_CANDIDATES])}"
    )
    raise AmbiguousCityError(message, query, candidates, "give the Wikidata id, or add the country")


def _two_letter_languages() -> list[str]:
    """Return the codes of ISO 639-1, which include nearly all official languages, sorted."""
    return sorted(language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2"))
