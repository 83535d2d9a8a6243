"""Other people's data: read into checked records, with a report of every row."""

from friendcities.importers.api import read_frame, read_table, suggested_profile
from friendcities.importers.building import Imported
from friendcities.importers.import_report import Outcome, Reason, Remark, Report, Row
from friendcities.importers.profile import Profile, packaged_profiles
from friendcities.importers.suggest import guessed
from friendcities.importers.wikidata import Fetched, fetch_wikidata, read_wikidata

__all__ = [
    "Fetched",
    "Imported",
    "Outcome",
    "Profile",
    "Reason",
    "Remark",
    "Report",
    "Row",
    "fetch_wikidata",
    "guessed",
    "packaged_profiles",
    "read_frame",
    "read_table",
    "read_wikidata",
    "suggested_profile",
]
