"""Wikidata: what its property P190 says, read from its entity JSON and from results of queries."""

from friendcities.importers.wikidata.fetching import Fetched, fetch_wikidata
from friendcities.importers.wikidata.reading import read_wikidata

__all__ = ["Fetched", "fetch_wikidata", "read_wikidata"]
