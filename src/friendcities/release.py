"""The address, date and DOI of this version, for citations and metadata.

The values are empty before the first release. ``.github/release.py`` compares the values with the changelog and
``CITATION.cff``.
"""

ADDRESS = ""
"""The web address of the project."""
DATE = ""
"""The day of the release, as an ISO 8601 date."""
DOI = ""
"""The digital object identifier of the version, such as ``10.5281/zenodo.1234567``."""
WORLD_ADDRESS = ""
"""The web address of ``wikidata.json``, the file that ``friendcities download world`` installs."""
WORLD_DIGEST = ""
"""The SHA-256 digest of ``wikidata.json``, from the published file ``SHA256SUMS``."""
