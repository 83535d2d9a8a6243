"""The SPARQL query for one page of statements of P190."""

from collections.abc import Sequence
from textwrap import indent
from typing import Final

from attrs import frozen

from friendcities.errors import InvalidQueryError
from friendcities.model.grammar import is_country, is_wikidata
from friendcities.model.record import short

_QUERY: Final = """\
PREFIX p: <http://www.wikidata.org/prop/>
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
{selected}    }} ORDER BY ?statement LIMIT {limit} OFFSET {offset} }}
  ?statement wikibase:rank ?rank .
  OPTIONAL {{ ?statement ps:P190 ?partner . }}
{dates}  OPTIONAL {{
    ?statement prov:wasDerivedFrom ?reference .
    OPTIONAL {{ ?reference pr:P854 ?referenceAddress . }}
    OPTIONAL {{ ?reference pr:P1476 ?referenceTitle . }}
{reference_dates}  }}
{items}}} ORDER BY ?statement
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
  OPTIONAL {{ ?{name} rdfs:label ?{name}Label . FILTER(LANG(?{name}Label) = "en") }}
  OPTIONAL {{ ?{name} wdt:P17/wdt:P297 ?{name}Country . }}
  OPTIONAL {{ ?{name} wdt:P625 ?{name}Point . }}
"""


@frozen
class Selection:
    """The statements to download: those of some cities and those that name them, those of a country, or all."""

    cities: tuple[str, ...] = ()
    country: str | None = None

    @classmethod
    def from_options(cls, cities: Sequence[str], country: str | None, *, everything: bool) -> "Selection":
        """The selection for the options of a user.

        Raises:
            InvalidQueryError: If not exactly one of the three is given, or an id or code is invalid.
        """
        if [bool(cities), country is not None, everything].count(True) != 1:
            message = "choose one: some cities, one country, or all"
            raise InvalidQueryError(message, (tuple(cities), country, everything))
        for id_ in cities:
            if not isinstance(id_, str) or not is_wikidata(id_):
                message = f"{short(id_)} is no Wikidata id; write one like 'Q3955'"
                raise InvalidQueryError(message, id_)
        if country is not None and not is_country(country):
            message = f"{short(country)} is no country code; write two capital letters, like 'NZ'"
            raise InvalidQueryError(message, country)
        return cls(tuple(sorted(set(cities))), country)

    def query(self, limit: int, offset: int) -> str:
        """The query for one page of statements, sorted by id.

        Example:
            >>> query = Selection(country="NZ").query(100, 200)
            >>> [line.strip() for line in query.splitlines() if "NZ" in line or "LIMIT" in line]
            ['?item wdt:P17/wdt:P297 "NZ" ; p:P190 ?statement .', '} ORDER BY ?statement LIMIT 100 OFFSET 200 }']
        """
        dates = _date_patterns("statement", start="pqv:P580", end="pqv:P582")
        reference_dates = _date_patterns("reference", referencePublished="prv:P577", referenceRetrieved="prv:P813")
        return _QUERY.format(
            selected=self._statement_pattern(),
            limit=limit,
            offset=offset,
            dates=dates,
            reference_dates=indent(reference_dates, "  "),
            items="".join(_ITEM.format(name=name) for name in ("item", "partner")),
        )

    def _statement_pattern(self) -> str:
        """The graph pattern of the selected statements."""
        if self.cities:
            ids = " ".join(f"wd:{id_}" for id_ in self.cities)
            own = f"      {{ VALUES ?item {{ {ids} }} ?item p:P190 ?statement . }}\n"
            named = f"VALUES ?named {{ {ids} }} ?statement ps:P190 ?named . ?item p:P190 ?statement ."
            return f"{own}      UNION\n      {{ {named} }}\n"
        if self.country is not None:
            return f'      ?item wdt:P17/wdt:P297 "{self.country}" ; p:P190 ?statement .\n'
        return "      ?item p:P190 ?statement .\n"


def _date_patterns(owner: str, **properties: str) -> str:
    """The graph patterns for dates with their precision and calendar; ``properties`` are by variable."""
    return "".join(_DATE.format(owner=owner, property=id_, name=name) for name, id_ in properties.items())
