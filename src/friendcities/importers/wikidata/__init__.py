"""Wikidata's twinned cities (property P190): download, and reading of entity JSON and query results."""

from friendcities.importers.wikidata.api import read_wikidata
from friendcities.importers.wikidata.download import FetchResult, fetch_wikidata

__all__ = ["FetchResult", "fetch_wikidata", "read_wikidata"]
