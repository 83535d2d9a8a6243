"""Importers, which read files of other publishers and report on every row."""

from friendcities.importers.api import read_frame, read_table
from friendcities.importers.import_report import ImportResult, Outcome, Reason, Remark, Report, Row
from friendcities.importers.profile import Profile, packaged_profiles
from friendcities.importers.suggest import suggest_profile
from friendcities.importers.wikidata import FetchResult, fetch_wikidata, read_wikidata

__all__ = [
    "FetchResult",
    "ImportResult",
    "Outcome",
    "Profile",
    "Reason",
    "Remark",
    "Report",
    "Row",
    "fetch_wikidata",
    "packaged_profiles",
    "read_frame",
    "read_table",
    "read_wikidata",
    "suggest_profile",
]
