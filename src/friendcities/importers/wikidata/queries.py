"""The SPARQL queries for Wikidata."""

import json
from collections.abc import Collection, Iterable
from textwrap import indent
from typing import Final

_QUERY: Final = """\
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX pq: <http://www.wikidata.org/prop/qualifier/>
PREFIX pqv: <http://www.wikidata.org/prop/qualifier/value/>
PREFIX pr: <http://www.wikidata.org/prop/reference/>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX prv: <http://www.wikidata.org/prop/reference/value/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX wikibase: <http://wikiba.se/ontology#>
SELECT * WHERE {{
  {{ SELECT DISTINCT ?item ?statement WHERE {{
{selected}{later}    }} ORDER BY STR(?statement) LIMIT {limit} }}
  ?statement wikibase:rank ?rank .
  OPTIONAL {{ ?statement ps:P190 ?partner . }}
{dates}  OPTIONAL {{
    ?statement prov:wasDerivedFrom ?reference .
    OPTIONAL {{ ?reference pr:P854 ?referenceAddress . }}
    OPTIONAL {{ ?reference pr:P1476 ?referenceTitle . }}
{reference_dates}  }}
{items}}} ORDER BY STR(?statement)
"""
_DATE: Final = """\
  OPTIONAL {{
    ?{owner} {property} ?{name}Value .
    ?{name}Value wikibase:timeValue ?{name} ;
      wikibase:timePrecision ?{name}Precision ;
      wikibase:timeCalendarModel ?{name}Calendar .
  }}
"""
_ITEM: Final = """\
  OPTIONAL {{ ?{name} rdfs:label ?{name}Label . FILTER(LANG(?{name}Label) IN ("en", "mul")) }}
  OPTIONAL {{
    ?{name} p:P17 ?{name}P17 .
    ?{name}P17 a wikibase:BestRank ; ps:P17/wdt:P297 ?{name}Country .
    MINUS {{ ?{name}P17 pq:P582 ?{name}P17End . }}
  }}
  OPTIONAL {{ ?{name} wdt:P625 ?{name}Point . }}
"""
_COUNT_QUERY: Final = """\
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
SELECT (COUNT(DISTINCT ?statement) AS ?number) WHERE {{
{selected}}}
"""
_NAMES_QUERY: Final = """\
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
SELECT DISTINCT ?item ?itemLabel WHERE {{
  {{
    VALUES ?item {{ {items} }}
    ?item rdfs:label ?itemLabel . FILTER(LANG(?itemLabel) IN ({languages}))
  }} UNION {{
    VALUES ?item {{ {items} }}
    ?item wdt:P17/wdt:P37/wdt:P424 ?language ; rdfs:label ?itemLabel . FILTER(LANG(?itemLabel) = ?language)
  }}
}} ORDER BY ?item ?itemLabel
"""
_CITY_QUERY: Final = """\
PREFIX p: <http://www.wikidata.org/prop/>
PREFIX ps: <http://www.wikidata.org/prop/statement/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
SELECT DISTINCT ?item ?label ?itemLabel ?itemCountry WHERE {{
  {{
    VALUES ?label {{ {names} }}
    ?item rdfs:label ?label .
  }} UNION {{
    VALUES ?label {{ {own_names} }}
    ?item rdfs:label ?label ; wdt:P17/wdt:P37/wdt:P424 ?language . FILTER(LANG(?label) = ?language)
  }} UNION {{
    VALUES ?alias {{ {names} }}
    ?item skos:altLabel ?alias .
  }}
  FILTER(EXISTS {{ ?item p:P190 ?own . }} || EXISTS {{ ?other ps:P190 ?item . }})
  OPTIONAL {{ ?item rdfs:label ?itemLabel . FILTER(LANG(?itemLabel) IN ("en", "mul")) }}
  OPTIONAL {{ ?item wdt:P17/wdt:P297 ?itemCountry . }}
}}
"""


def statements_query(cities: Collection[str], country: str | None, limit: int, after: str = "") -> str:
    """Return the query for one page of statements, sorted by address.

    ``after`` is the last statement on the previous page. A numeric offset would skip statements after a deletion.

    Example:
        >>> after = "http://www.wikidata.org/entity/statement/Q1-9"
        >>> print("".join(statements_query((), "NZ", 100, after).splitlines(keepends=True)[13:16]), end="")
              ?item wdt:P17/wdt:P297 "NZ" ; p:P190 ?statement .
              FILTER(STR(?statement) > "http://www.wikidata.org/entity/statement/Q1-9")
            } ORDER BY STR(?statement) LIMIT 100 }
    """
    return _QUERY.format(
        selected=_selection(cities, country),
        later=f"      FILTER(STR(?statement) > {json.dumps(after)})\n" if after else "",
        limit=limit,
        dates=_date_patterns("statement", start="pqv:P580", end="pqv:P582"),
        reference_dates=indent(
            _date_patterns("reference", referencePublished="prv:P577", referenceRetrieved="prv:P813"), "  "
        ),
        items="".join(_ITEM.format(name=name) for name in ("item", "partner")),
    )


def count_query(cities: Collection[str], country: str | None) -> str:
    """Return the query that counts the statements of a selection.

    Example:
        >>> print(count_query((), None).splitlines()[-2].strip())
        ?item p:P190 ?statement .
    """
    return _COUNT_QUERY.format(selected=_selection(cities, country))


def _selection(cities: Collection[str], country: str | None) -> str:
    if country is not None:
        return f'      ?item wdt:P17/wdt:P297 "{country}" ; p:P190 ?statement .\n'
    if not cities:
        return "      ?item p:P190 ?statement .\n"
    ids = " ".join(f"wd:{id_}" for id_ in sorted(set(cities)))
    own = f"      {{ VALUES ?item {{ {ids} }} ?item p:P190 ?statement . }}\n"
    named = f"VALUES ?named {{ {ids} }} ?statement ps:P190 ?named . ?item p:P190 ?statement ."
    return f"{own}      UNION\n      {{ {named} }}\n"


def names_query(items: Collection[str], languages: Collection[str]) -> str:
    """Return the query for the names of items, in some languages and the official languages.

    Example:
        >>> print(names_query(["Q64"], ["en"]).splitlines()[5].strip())
        VALUES ?item { wd:Q64 }
    """
    ids = " ".join(f"wd:{id_}" for id_ in sorted(items))
    return _NAMES_QUERY.format(items=ids, languages=", ".join(f'"{code}"' for code in languages))


def _date_patterns(owner: str, **properties: str) -> str:
    return "".join(_DATE.format(owner=owner, property=id_, name=name) for name, id_ in properties.items())


def city_query(names: Collection[str], languages: Collection[str], official: Collection[str]) -> str:
    """Return the query for twinned cities by name.

    A name must be a label or an alias in one of ``languages``, or a label in an official language of the city's
    country. ``official`` lists the possible official languages.

    Example:
        >>> print(city_query(["Berlin"], ["en", "mul"], ["de"]).splitlines()[7].strip())
        VALUES ?label { "Berlin"@en "Berlin"@mul }
    """
    return _CITY_QUERY.format(names=_literals(names, languages), own_names=_literals(names, official))


def _literals(names: Iterable[str], languages: Collection[str]) -> str:
    return " ".join(f"{json.dumps(name, ensure_ascii=False)}@{code}" for name in names for code in languages)
