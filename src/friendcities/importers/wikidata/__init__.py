"""Downloads and reads Wikidata's twinned cities (property P190)."""

from friendcities.importers.wikidata.api import read_wikidata
from friendcities.importers.wikidata.download import FetchResult, fetch_wikidata

__all__ = ["FetchResult", "fetch_wikidata", "read_wikidata"]
