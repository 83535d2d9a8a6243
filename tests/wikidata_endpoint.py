"""A server in place of Wikidata's endpoint: it answers the queries of a download from the records of a dataset."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import friendcities as fc
from tests.endpoints import Answer, page_of, results, sending, text, uri

Row = dict[str, Any]
_COUNTRIES = {"de": "DE", "it": "IT"}
"""The country with an official language, as Wikidata would have it."""


class WikidataOf:
    """The items and statements of a dataset, as Wikidata would have them.

    Each partnership is a statement of its first city. A city without a Wikidata id gets one above Q900000000.
    """

    def __init__(self, dataset: fc.Dataset) -> None:
        cities = dataset.cities()
        self.items = {city.identifiers.get("wikidata", f"Q{900_000_000 + n}"): city for n, city in enumerate(cities)}
        ids = {city.id: item for item, city in self.items.items()}
        self.rows: list[tuple[str, str, Row]] = []
        for number, tie in enumerate(dataset.partnerships()):
            item, partner = (ids[city] for city in tie.cities)
            row = {"statement": uri(f"{item}-{number:06}"), "item": uri(item), "partner": uri(partner)}
            row |= self._describe("item", item) | self._describe("partner", partner)
            row |= {} if tie.established is None else _date("start", tie.established)
            self.rows.append((item, partner, row))
        self.by_label: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
        for item, city in self.items.items():
            row = {key: value for key, value in self._describe("item", item).items() if key != "itemPoint"}
            for label, language in [(city.name, "en"), *((name.text, name.language) for name in city.names)]:
                self.by_label[label, language].append({"item": uri(item), "label": text(label), **row})

    def answer(self, query: str) -> Answer:
        """The answer to a query of a download."""
        return sending(results(*self._rows_of(query)))

    def _rows_of(self, query: str) -> Iterable[Mapping[str, Any]]:
        selected = list(self._select(query))
        if "COUNT(DISTINCT" in query:
            return [{"number": {"type": "literal", "value": str(len(selected))}}]
        if "LIMIT" in query:
            return page_of(selected, query)
        if "VALUES ?alias" in query:
            chosen, official = (set(re.findall(r'"([^"]*)"@(\S+)', part)) for part in query.split("UNION")[:2])
            return [
                row
                for name, language in sorted(chosen | official)
                for row in self.by_label[name, language]
                if (name, language) in chosen or row["itemCountry"]["value"] == _COUNTRIES.get(language)
            ]
        return self._names(re.findall(r"wd:(Q\d+)", query.partition("UNION")[0]))

    def _select(self, query: str) -> Iterator[Row]:
        """The rows of the statements of the selected cities or country, or of all statements."""
        chosen = set(re.findall(r"wd:(Q\d+)", query)) if "?named" in query else None
        country = re.search(r'wdt:P17/wdt:P297 "(..)"', query)
        for item, partner, row in self.rows:
            if (chosen is None or chosen & {item, partner}) and (
                country is None or self.items[item].country == country[1]
            ):
                yield row

    def _names(self, items: Iterable[str]) -> Iterator[Row]:
        for item, city in ((item, self.items[item]) for item in items if item in self.items):
            for label, language in [(city.name, "en"), *((each.text, each.language) for each in city.names)]:
                yield {"item": uri(item), "itemLabel": text(label, language)}

    def _describe(self, name: str, item: str) -> Row:
        city = self.items[item]
        point = city.coordinates
        return {f"{name}Label": text(city.name), f"{name}Country": text(city.country)} | (
            {} if point is None else {f"{name}Point": text(f"Point({point.longitude} {point.latitude})")}
        )


def _date(name: str, date: fc.PartialDate) -> Row:
    time = f"{date.year:04}-{date.month or 1:02}-{date.day or 1:02}T00:00:00Z"
    precision = 11 if date.day else 10 if date.month else 9
    calendar = "http://www.wikidata.org/entity/Q1985727"
    return {name: text(time), f"{name}Precision": text(str(precision)), f"{name}Calendar": text(calendar)}
